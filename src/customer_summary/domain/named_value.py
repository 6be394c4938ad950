"""A name with its value: what a slug stands for, what an action hands over, what a field is filled with (spec 7.6)."""

from collections.abc import Callable, Iterable
from typing import Annotated

import attrs

from customer_summary.domain.fields import SECRET, Text, checked

MAX_SLUG, MAX_SLUG_VALUE = 500, 4000


@attrs.frozen(field_transformer=checked)
class NamedValue:
    """A value and what it is called. Neither shows in `repr`: an `$odata...` slug has a customer's data in its name."""

    name: Annotated[str, Text(least=1, most=MAX_SLUG, strip=False), SECRET]
    value: Annotated[str, Text(most=MAX_SLUG_VALUE, strip=False), SECRET] = ""


def look_up_in(values: Iterable[NamedValue]) -> Callable[[str], str | None]:
    """Gives what finds a value by its exact name, None where there is none."""
    return {one.name: one.value for one in values}.get
