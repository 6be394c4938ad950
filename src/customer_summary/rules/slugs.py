"""Slugs: names in a template's text that stand for values, such as `{customerName}` (spec 7.6)."""

from collections.abc import Callable
from typing import TypeAlias

LookUp: TypeAlias = Callable[[str], str | None]
"""Gives the value of a slug, None where there is none. An `$odata...` slug comes whole, its inner slugs filled."""

ODATA = "$odata."
MAX_DEPTH = 4


def fill(text: str, look_up: LookUp, depth: int = 0) -> str | None:
    """Fills the slugs of a text; None where one has no value.

    What a value says is never read again, so a customer called `{caseId}` keeps that name. Only an `{$odata...}` slug
    may hold others, which are filled first, their quotes doubled so that they stay inside a literal. A brace that
    opens nothing, or is never closed, stands for itself.

    >>> fill("{customerName}, {city}", {"customerName": "{caseId}", "city": "Lviv"}.get)
    '{caseId}, Lviv'
    """
    found, rest = "", text
    while "{" in rest:
        before, _, inside = rest.partition("{")
        end = _end(inside)
        if end < 0:
            break
        name, rest = inside[:end], inside[end + 1 :]
        asked = fill(name, look_up, depth + 1) if name.startswith(ODATA) and depth < MAX_DEPTH else name
        value = None if asked is None else look_up(asked)
        if value is None:
            return None
        found += before + (value.replace("'", "''") if depth else value)
    return found + rest


def _end(inside: str) -> int:
    """Finds the brace that closes the one before this text; -1 where there is none."""
    depth = 1
    for place, one in enumerate(inside):
        depth += (one == "{") - (one == "}")
        if depth == 0:
            return place
    return -1
