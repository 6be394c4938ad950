"""Conditions over slugs: what a macro branches on, and what chooses the script of a session (spec 7.4, 7.5)."""

from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Many, Text, checked

MAX_COMPARISONS = 20
Operand = Annotated[str, Text(most=1000, strip=False)]


class Operator(Enum):
    """How two texts are compared. The last two look at the left one only."""

    EQUALS = "equals"
    DIFFERS = "differs"
    CONTAINS = "contains"
    BEGINS_WITH = "begins_with"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS_EMPTY = "is_empty"
    HAS_VALUE = "has_value"


UNARY = frozenset({Operator.IS_EMPTY, Operator.HAS_VALUE})


class MatchMode(Enum):
    """Whether all comparisons must hold, or any of them."""

    ALL = "all"
    ANY = "any"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Comparison:
    """Two texts, each with or without slugs, and how they are compared: exactly, letter by letter.

    `at_least` and `at_most` compare numbers, and hold for nothing else.
    """

    left: Operand
    operator: Operator = Operator.EQUALS
    right: Operand = ""

    def __attrs_post_init__(self) -> None:
        if self.operator in UNARY and self.right:
            raise InvalidValue("right", "this operator has no right side")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Condition:
    """One to 20 comparisons, of which all or any must hold."""

    comparisons: Annotated[tuple[Comparison, ...], Many(most=MAX_COMPARISONS)]
    match: MatchMode = MatchMode.ALL

    def __attrs_post_init__(self) -> None:
        if not self.comparisons:
            raise InvalidValue("comparisons", "a condition compares at least once")
