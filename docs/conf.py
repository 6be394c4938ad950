"""How Sphinx builds the documentation."""

from importlib.metadata import version as version_of

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
