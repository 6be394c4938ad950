"""How the fields of a value are normalised and refused: said by their types, done once at construction.

A class declared with `attrs.frozen(field_transformer=checked)` gets a check for each field from the field's type.
Limits and secrecy are written into the type: `Annotated[str, Text(most=100), SECRET]`. A refusal is an
`InvalidValue` naming the field and the rule. What is `SECRET` belongs to a customer and does not show in `repr`.
The JSON Schemas read the same limits.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

import attrs

from customer_summary.domain.errors import InvalidValue, kind_of

MAX_NAME = 200
"""Characters in an id or a name where no document says otherwise (our choice)."""

MAX_WHOLE = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""

_LOGICAL = re.compile(r"[a-z_][a-z0-9_]*")

SECRET: Final = "secret"  # noqa: S105  # no password: the word itself
"""Marks a field that `repr` leaves out."""


@attrs.frozen
class Text:
    """The rule for a text: its least and most characters, and whether spaces around it are removed or refused.

    A `logical` one is the name of a column: kept in lower case, of the letters a to z, digits and underscores.
    """

    least: int = 0
    most: int = MAX_NAME
    strip: bool = True
    bare: bool = False
    logical: bool = False

    def check(self, value: object, field: str) -> str:
        """Gives the text in its normal form, or refuses it with `InvalidValue`."""
        if not isinstance(value, str):
            raise InvalidValue(field, f"expected text, got {kind_of(value)}")
        bare = value.strip()
        normal = str(bare if self.strip else value)
        if self.logical:
            normal = normal.lower()
        if len(normal) > self.most:
            raise InvalidValue(field, f"at most {self.most} characters, got {len(normal)}")
        if self.least and (not bare or len(normal) < self.least):
            raise InvalidValue(field, "must not be empty")
        if self.bare and normal != bare:
            raise InvalidValue(field, "must not begin or end with a space")
        if self.bare and not normal.isprintable():
            raise InvalidValue(field, "must hold no control characters")
        if self.logical and not _LOGICAL.fullmatch(normal):
            raise InvalidValue(field, "must be the logical name of a column, such as custom_x")
        if not normal.isascii():
            try:
                normal.encode()
            except UnicodeEncodeError:
                raise InvalidValue(field, "must be well-formed Unicode, got half of a surrogate pair") from None
        return normal


@attrs.frozen
class Whole:
    """The rule for a whole number: its least and its greatest value."""

    least: int = 0
    most: int = MAX_WHOLE

    def check(self, value: object, field: str) -> int:
        """Gives the number, or refuses it with `InvalidValue`."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise InvalidValue(field, f"expected a whole number, got {kind_of(value)}")
        if not self.least <= value <= self.most:
            raise InvalidValue(field, f"must lie between {self.least} and {self.most}")
        return int(value)


@attrs.frozen
class Span:
    """The rule for a duration: its least and its greatest length. Every duration is kept as a standard `timedelta`."""

    least: timedelta = timedelta(0)
    most: timedelta = timedelta(days=366)

    def check(self, value: object, field: str) -> timedelta:
        """Gives the duration, or refuses it with `InvalidValue`."""
        if not isinstance(value, timedelta):
            raise InvalidValue(field, f"expected a duration, got {kind_of(value)}")
        if not self.least <= value <= self.most:
            least, most = self.least.total_seconds(), self.most.total_seconds()
            raise InvalidValue(field, f"must lie between {least:g} and {most:g} seconds")
        return value if type(value) is timedelta else timedelta(value.days, value.seconds, value.microseconds)


@attrs.frozen
class Many:
    """The rule for a list: how many it holds at most, and the attribute that no two of its items may share."""

    most: int
    unique: str = ""

    def check(self, value: object, field: str, item_rule: "Check") -> tuple[Any, ...]:
        """Gives the items as a tuple, or refuses them with `InvalidValue`."""
        if not isinstance(value, list | tuple):
            raise InvalidValue(field, f"expected a list, got {kind_of(value)}")
        if len(value) > self.most:
            raise InvalidValue(field, f"at most {self.most}, got {len(value)}")
        items = tuple(item_rule(item, f"{field}[{index}]") for index, item in enumerate(value))
        if self.unique and len({getattr(item, self.unique) for item in items}) < len(items):
            raise InvalidValue(field, f"no two may have the same {self.unique}")
        return items


Check = Callable[[Any, str], Any]

Id = Annotated[str, Text(least=1, strip=False, bare=True)]
"""An id that the host gave: exact, 1 to 200 characters, no space around it."""

Name = Annotated[str, Text(least=1)]
"""A name: 1 to 200 characters once the spaces around it are gone."""


def check_id(value: object, field: str = "id") -> str:
    """Gives an id, or refuses it with `InvalidValue`."""
    return Text(least=1, strip=False, bare=True).check(value, field)


_YEARS = range(2, 9999)


def check_instant(value: object, field: str) -> datetime:
    """Gives an aware instant as a standard `datetime` in UTC; refuses a naive one and years outside 2 to 9998.

    A year at either end is left out so that no zone and no time-out can leave the calendar.
    """
    if not isinstance(value, datetime):
        raise InvalidValue(field, f"expected an instant, got {kind_of(value)}")
    if type(value) is not datetime or value.tzinfo is not UTC:
        if value.utcoffset() is None:
            raise InvalidValue(field, "expected an instant with its offset from UTC, got a naive one")
        try:
            there = value.astimezone(UTC)
        except OverflowError:
            raise InvalidValue(field, "the year must lie between 2 and 9998") from None
        value = datetime(
            there.year, there.month, there.day, there.hour, there.minute, there.second, there.microsecond, UTC
        )
    if value.year not in _YEARS:
        raise InvalidValue(field, "the year must lie between 2 and 9998")
    return value


def _check_type(kind: type) -> Check:
    expected = "true or false" if kind is bool else kind.__name__

    def check(value: object, field: str) -> object:
        if not isinstance(value, kind):
            raise InvalidValue(field, f"expected {expected}, got {kind_of(value)}")
        return value

    return check


def check_kept(value: object, field: str) -> datetime:
    """Gives an instant that a machine computed: a time-out may carry one past the last year that comes from outside."""
    if isinstance(value, datetime) and value.utcoffset() is not None and value.year == _YEARS.stop:
        return check_instant(value.replace(year=_YEARS.stop - 1), field).replace(year=_YEARS.stop)
    return check_instant(value, field)


def check_for(declared: Any, instant: Check = check_instant) -> Check | None:
    """Finds the check that a field's type asks for; None where the class checks the field itself."""
    origin, arguments = get_origin(declared), get_args(declared)
    rules: tuple[Any, ...] = ()
    if origin is Annotated:
        declared, rules = arguments[0], arguments[1:]
        origin, arguments = get_origin(declared), get_args(declared)
    if origin in (Union, UnionType):
        rest = [one for one in arguments if one is not type(None)]
        inner = check_for(rest[0], instant) if len(rest) == 1 < len(arguments) else None
        return inner and (lambda value, field: None if value is None else inner(value, field))
    if declared is datetime:
        return instant
    if declared is str:
        return next((rule for rule in rules if isinstance(rule, Text)), Text()).check
    if declared is int:
        return next((rule for rule in rules if isinstance(rule, Whole)), Whole()).check
    if declared is timedelta:
        return next((rule for rule in rules if isinstance(rule, Span)), Span()).check
    if origin is tuple:
        many = next(rule for rule in rules if isinstance(rule, Many))
        item = check_for(arguments[0])
        return item and (lambda value, field: many.check(value, field, item))
    plain = isinstance(declared, type) and (issubclass(declared, bool | Enum) or attrs.has(declared))
    return _check_type(declared) if plain else None


def checked(_: type, fields: list["attrs.Attribute[Any]"]) -> list["attrs.Attribute[Any]"]:
    """Gives each field the check that its type asks for (an attrs `field_transformer`)."""
    return [_with_check(field) for field in fields]


def checked_when_read(_: type, fields: list["attrs.Attribute[Any]"]) -> list["attrs.Attribute[Any]"]:
    """Leaves the check of each field to whoever reads the value from a document (an attrs `field_transformer`).

    For the states of machines, which are built anew at every event, and from nothing but values that were checked.
    """
    return [
        field.evolve(
            metadata={**field.metadata, WHEN_READ: check_for(field.type, check_kept)}, repr=_with_check(field).repr
        )
        for field in fields
    ]


WHEN_READ: Final = "check when read"


def _with_check(field: "attrs.Attribute[Any]") -> "attrs.Attribute[Any]":
    check, name = check_for(field.type), field.name.lstrip("_")
    secret = SECRET in getattr(field.type, "__metadata__", ())
    return field.evolve(
        converter=field.converter if check is None else (lambda value: check(value, name)),
        repr=field.repr and not secret,
    )
