"""Context variables while they change: what a definition makes of a value (spec 4.3)."""

import re
from math import isfinite

from customer_summary.domain.context import MAX_VALUE, ContextType, Primitive
from customer_summary.domain.errors import InvalidValue, kind_of


def read_flag(value: object, field: str = "value") -> bool:
    """Reads true or false, or those words in any case; refuses anything else with `InvalidValue`."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise InvalidValue(field, f"expected true or false, got {kind_of(value)}")


def typed_value(value: Primitive, kind: ContextType) -> Primitive:
    """Gives a value as its definition asks for; refuses, with `InvalidValue`, one that cannot be that.

    A number takes numbers and the text of one, a boolean true and false and their text. Text takes any primitive and
    keeps it for display; so does what nobody defined.

    >>> typed_value("3", ContextType.NUMBER), typed_value("true", ContextType.BOOLEAN), typed_value(3, ContextType.TEXT)
    (3, True, 3)
    """
    if kind is ContextType.BOOLEAN:
        return read_flag(value)
    if kind is not ContextType.NUMBER:
        return value
    if isinstance(value, str):
        return _number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidValue("value", f"expected a number, got {kind_of(value)}")
    return value


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def _number(text: str) -> int | float:
    """Gives the number that a text writes as JSON does."""
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= MAX_VALUE else None
    if match is None:
        raise InvalidValue("value", "expected a number, got text that is none")
    if match[1] is None and match[2] is None:
        return int(match[0])
    number = float(match[0])
    if not isfinite(number):
        raise InvalidValue("value", "expected a finite number")
    return number
