"""How Sphinx builds the documentation."""

from importlib.metadata import version as version_of
from types import UnionType
from typing import Any

from pygments.lexers.special import TextLexer

project = "customer_summary"
author = "the customer_summary authors"
release = version = version_of("customer-summary")
copyright = f"2026, {author}"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns: list[str] = []
default_role = "code"  # docstrings mark code with single backticks
nitpicky = False

html_theme = "furo"
html_title = f"customer_summary {release}"

myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_maximum_signature_line_length = 88


def say_nothing_of_unions(_app: Any, _what: str, _name: str, thing: object, _options: Any, lines: list[str]) -> None:
    """Leaves out what Python itself says of the class of a type alias."""
    if isinstance(thing, UnionType):
        lines.clear()


def setup(app: Any) -> None:
    """Connects the hook above, and prints diagrams as they are written; Sphinx calls this."""
    app.add_lexer("mermaid", TextLexer)
    app.connect("autodoc-process-docstring", say_nothing_of_unions)
