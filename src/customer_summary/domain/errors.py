"""The one family of errors.

An exception here is the caller's: a value that cannot be built, a document that cannot be read, a key that is
not known. What people and networks do to a conversation never raises; it is an outcome (`domain.outcome`).
Messages name the field and the rule and say what kind of thing came instead. They never repeat what came.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import attrs


class CustomerSummaryError(Exception):
    """The base of every error this library raises."""


@attrs.define(eq=False)
class InvalidValue(CustomerSummaryError, ValueError):
    """A value that cannot be built: `field` breaks `rule`."""

    field: str
    rule: str

    def __str__(self) -> str:
        return f"{self.field}: {self.rule}"


@attrs.frozen
class Problem:
    """One thing wrong with a document: where (`conversation.visitor.language`) and which rule it breaks.

    `line` is the line of a file that has many, None elsewhere.
    """

    path: str
    rule: str
    line: int | None = None

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        return f"{where}{self.path}: {self.rule}" if self.path else f"{where}{self.rule}"


@attrs.define(eq=False)
class DecodeError(CustomerSummaryError, ValueError):
    """A document that cannot be read. Holds every problem found, and the line of a log where there is one."""

    problems: tuple[Problem, ...]
    line: int | None = None

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        rest = len(self.problems) - 1
        more = f" (and {rest} more)" if rest > 0 else ""
        return f"{where}{self.problems[0]}{more}"


@attrs.define(eq=False)
class UnknownKey(CustomerSummaryError, LookupError):
    """A name that the callee does not hold, such as a section that is not on the page."""

    what: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        known = f"; known: {', '.join(self.known)}" if self.known else ""
        return f"no such {self.what}{known}"


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    ((int, float), "a number"),
    (str, "text"),
    ((bytes, bytearray, memoryview), "bytes"),
    (datetime, "an instant"),
    (timedelta, "a duration"),
    (Mapping, "an object"),
    ((list, tuple), "a list"),
    ((set, frozenset), "a set"),
)


def kind_of(value: object) -> str:
    """Says what kind of thing a value is, without showing it.

    >>> kind_of("anna@example.org"), kind_of(7), kind_of(None)
    ('text', 'a number', 'nothing')
    """
    if value is None:
        return "nothing"
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "something else")
