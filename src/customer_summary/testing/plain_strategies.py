"""Strategies for what values are made of: instants, texts and primitives."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from customer_summary.domain.fields import Text

LONGEST = 40

_CHARACTERS = st.characters(exclude_categories=["Cs"])
_PRINTABLE = st.characters(exclude_categories=["C", "Z"])


def instants() -> st.SearchStrategy[datetime]:
    """Aware instants in any zone of the years 2 to 9998, many of them equal."""
    offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    near = st.integers(0, 3).map(lambda minutes: datetime(2026, 3, 2, 9, minutes, tzinfo=UTC))
    far = st.datetimes(datetime(2, 1, 2), datetime(9998, 12, 30), timezones=offsets)  # noqa: DTZ001  # bounds are naive
    return near | far


def primitives() -> st.SearchStrategy[Any]:
    """The values of context variables."""
    numbers = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
    return texts(Text(most=LONGEST, strip=False)) | numbers | st.booleans()


def texts(rule: Text) -> st.SearchStrategy[str]:
    """Texts in the normal form of a rule."""
    if rule.logical:
        return st.builds("{}{}".format, st.sampled_from("ax_"), st.text("ab_01", max_size=rule.most - 1))
    found = st.text(_PRINTABLE if rule.bare else _CHARACTERS, min_size=rule.least, max_size=min(rule.most, LONGEST))
    if rule.strip or rule.bare:
        found = found.map(str.strip)
    return found.filter(lambda text: not rule.least or bool(text.strip()))
