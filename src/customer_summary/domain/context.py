"""Context variables: what the portal told the conversation about itself (spec 4.3)."""

from enum import Enum
from math import isfinite
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.errors import InvalidValue, kind_of
from customer_summary.domain.fields import SECRET, Text, checked

MAX_VARIABLES = 100
MAX_VARIABLE_NAME = 100
MAX_VALUE = 4000
_MAX_BITS = 13_288  # no number of 4000 digits has more; keeps Python from refusing to write a longer one
SELF_SERVICE = "SelfService"
"""The reserved key under which a portal hands over what the customer did. It counts as no variable."""

_VALUE = Text(most=MAX_VALUE, strip=False)

Primitive: TypeAlias = str | int | float | bool


class ContextType(Enum):
    """What a variable was defined to hold."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"


def stored_form(value: Primitive) -> str:
    """Gives a value as the text that is stored and compared: `true` and `false` for booleans.

    Refuses, with `InvalidValue`, anything but text, a finite number or a boolean, and more than 4000 characters.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _VALUE.check(value, "value")
    if not isinstance(value, int | float):
        raise InvalidValue("value", f"expected text, a number or true or false, got {kind_of(value)}")
    if isinstance(value, float) and not isfinite(value):
        raise InvalidValue("value", "expected a finite number")
    if isinstance(value, int) and value.bit_length() > _MAX_BITS:
        raise InvalidValue("value", f"at most {MAX_VALUE} characters")
    return _VALUE.check(str(value), "value")


@attrs.frozen(field_transformer=checked)
class ContextVariable:
    """One variable. Names are exact: `Vip` is not `vip`. Only a displayable one shows on the page.

    `value` keeps the primitive as it came: true, 1 and 1.0 are three values. `stored` is its text form.
    """

    name: Annotated[str, Text(least=1, most=MAX_VARIABLE_NAME, strip=False)]
    value: Annotated[Primitive, _VALUE, SECRET] = attrs.field(eq=lambda value: (type(value), value))
    displayable: bool = False

    def __attrs_post_init__(self) -> None:
        if self.name == SELF_SERVICE:
            raise InvalidValue("name", f"{SELF_SERVICE} is reserved for the customer's history")
        stored_form(self.value)

    @property
    def stored(self) -> str:
        """The value as text."""
        return stored_form(self.value)


@attrs.frozen(field_transformer=checked)
class ContextDefinition:
    """A variable that an administrator defined. A key nobody defined becomes text when it comes."""

    name: Annotated[str, Text(least=1, most=MAX_VARIABLE_NAME)]
    type: ContextType = ContextType.TEXT
