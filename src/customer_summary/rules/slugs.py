"""Slugs: names in a text that stand for values (spec 7.6): `{caseId}` in templates, `${caseId}` in scripts."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

LookUp: TypeAlias = Callable[[str], str | None]
"""Gives the value of a slug, None where there is none. An `$odata...` slug comes whole, its inner slugs filled."""

ODATA = "$odata."
MAX_DEPTH = 4
IN_TEMPLATES, IN_SCRIPTS = "{", "${"
"""What opens a slug in the texts of notifications, and in those of scripts and macros."""


@attrs.frozen
class Filled:
    """A text whose slugs are filled; those without a value are empty, and named in `missing`."""

    text: str = attrs.field(repr=False)
    missing: tuple[str, ...] = ()


def resolve(text: str, look_up: LookUp, opening: str = IN_SCRIPTS) -> Filled:
    """Fills the slugs of a text of a script or a macro; one without a value becomes empty text. [spec 7.6]

    What a value says is never read again, so a customer called `${caseId}` keeps that name. Only an `$odata...` slug
    may hold others, which are filled first, their quotes doubled so that they stay inside a literal. What opens
    nothing, or is never closed, stands for itself.

    >>> resolve("${customerName} (${city})", {"customerName": "${caseId}"}.get)
    Filled(missing=('city',))
    >>> resolve("${customerName} (${city})", {"customerName": "${caseId}"}.get).text
    '${caseId} ()'
    """
    return _resolved(text, look_up, opening, 0)


def fill(text: str, look_up: LookUp) -> str | None:
    """Fills the slugs of a template as `resolve` does; None where one has no value.

    >>> fill("{customerName}, {city}", {"customerName": "{caseId}", "city": "Lviv"}.get)
    '{caseId}, Lviv'
    """
    filled = resolve(text, look_up, IN_TEMPLATES)
    return None if filled.missing else filled.text


def slugs_in(text: str, opening: str = IN_SCRIPTS, depth: int = 0) -> Iterator[str]:
    """Gives the slugs of a text as they were written, those inside of others after them, as deep as any is filled."""
    if opening in text and depth <= MAX_DEPTH:
        for name in (name for _, name in _parts(text, opening) if name is not None):
            yield name
            yield from slugs_in(name, opening, depth + 1)


def is_nested(slug: str, opening: str = IN_SCRIPTS) -> bool:
    """Says whether a slug holds another one though it may not: only an `$odata...` slug may."""
    return opening in slug and not slug.startswith(ODATA)


def _resolved(text: str, look_up: LookUp, opening: str, depth: int) -> Filled:
    found: list[str] = []
    missing: list[str] = []
    for before, name in _parts(text, opening):
        found.append(before)
        if name is None:
            continue
        inner = Filled(name)
        if name.startswith(ODATA) and depth < MAX_DEPTH:
            inner = _resolved(name, look_up, opening, depth + 1)
        value = None if inner.missing else look_up(inner.text)
        if value is None:
            missing += inner.missing or (name,)
        else:
            found.append(value.replace("'", "''") if depth else value)
    return Filled("".join(found), tuple(missing))


def _parts(text: str, opening: str) -> Iterator[tuple[str, str | None]]:
    """Gives each slug with the text before it, and at the end the rest with None."""
    rest = text
    while opening in rest:
        before, _, inside = rest.partition(opening)
        end = _end(inside)
        if end < 0:
            break
        yield before, inside[:end]
        rest = inside[end + 1 :]
    yield rest, None


def _end(inside: str) -> int:
    """Finds the brace that closes the one before this text; -1 where there is none."""
    depth = 1
    for place, one in enumerate(inside):
        depth += (one == "{") - (one == "}")
        if depth == 0:
            return place
    return -1
