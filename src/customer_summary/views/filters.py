"""The filter pane of the timeline: every filter, and what of it is chosen (spec 6)."""

from enum import Enum

from customer_summary.domain.timeline import ActivityType
from customer_summary.domain.timeline_filters import (
    DueStatus,
    DueWithin,
    EntryKind,
    ModifiedWithin,
    PostsBy,
    TimelineSort,
)
from customer_summary.views.known import View
from customer_summary.views.page import Choice, Selector
from customer_summary.views.reader import Reader, word_key

_FILTERS: tuple[tuple[str, type[Enum]], ...] = (
    ("kinds", EntryKind),
    ("types", ActivityType),
    ("statuses", DueStatus),
    ("due", DueWithin),
    ("posts_by", PostsBy),
    ("modified", ModifiedWithin),
)


def filter_selectors(view: View, reader: Reader) -> tuple[Selector, ...]:
    """Gives a selector for each general filter, and one for the order; of the first three several may be selected.

    The name of each but the last is a field of `TimelineFilters`, the name of a choice the value of its enumeration.
    """
    found = [
        Selector(name, f"timeline.filters.{name}", reader, _choices(kind, getattr(view.filters, name), reader))
        for name, kind in _FILTERS
    ]
    return (*found, Selector("sort", "timeline.filters.sort", reader, _choices(TimelineSort, view.sort, reader)))


def _choices(kind: type[Enum], chosen: object, reader: Reader) -> tuple[Choice, ...]:
    selected = chosen if isinstance(chosen, tuple) else (chosen,)
    return tuple(Choice(one.value, word_key(one), reader, selected=one in selected) for one in kind)
