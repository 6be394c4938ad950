"""Which entries of the timeline show (spec 6): the selector names a record, the filter a group of activities."""

from datetime import datetime, timedelta
from enum import Enum
from unicodedata import normalize

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef
from customer_summary.domain.timeline import Activity, ActivityStatus, ActivityType, QuickNote, TimelineEntry
from customer_summary.domain.timeline_filters import (
    SPANS,
    DueStatus,
    DueWithin,
    EntryKind,
    ModifiedWithin,
    PostsBy,
    TimelineFilters,
)


class TimelineFilter(Enum):
    """The groups of activities. [seed 000, 001]"""

    ALL = "all"
    CUSTOMER = "customer"
    CASE = "case"
    CONVERSATION = "conversation"


_KINDS = {
    TimelineFilter.ALL: frozenset(RecordKind),
    TimelineFilter.CUSTOMER: CUSTOMER_KINDS,
    TimelineFilter.CASE: frozenset({RecordKind.CASE}),
    TimelineFilter.CONVERSATION: frozenset({RecordKind.CONVERSATION}),
}


def timeline_records(
    conversation: Conversation, shown: TimelineFilter = TimelineFilter.ALL, selected: RecordRef | None = None
) -> frozenset[RecordRef]:
    """Gives the records whose activities show.

    These are the linked customer, the linked case and the conversation itself; `selected`, one of the linked
    records, leaves out the other one (seed 004); `shown` leaves out the other groups (seeds 000, 001). A `selected`
    record that is not linked any more selects nothing: all linked ones show.
    """
    linked = conversation.linked
    chosen = tuple(ref for ref in linked if ref == selected) or linked
    return frozenset(ref for ref in (*chosen, conversation.ref) if ref.kind in _KINDS[shown])


def entry_matches(entry: TimelineEntry, filters: TimelineFilters, now: datetime) -> bool:
    """Says whether an entry passes the general filters and the search at an instant (spec 6)."""
    return (
        (not filters.kinds or kind_of_entry(entry) in filters.kinds)
        and (not filters.types or entry.type in filters.types)
        and (not filters.statuses or not statuses_of(entry, now).isdisjoint(filters.statuses))
        and (filters.due is None or _is_due(entry, filters.due, now))
        and (filters.posts_by is None or _is_posted_by(entry, filters.posts_by))
        and (filters.modified is None or _is_modified(entry, filters.modified, now))
        and (not filters.search or _says(entry, filters.search))
    )


def kind_of_entry(entry: TimelineEntry) -> EntryKind:
    """Says whether an entry is a note, a post or another activity."""
    if isinstance(entry, QuickNote):
        return EntryKind.NOTES
    return EntryKind.POSTS if entry.type is ActivityType.POST else EntryKind.ACTIVITIES


def statuses_of(entry: TimelineEntry, now: datetime) -> frozenset[DueStatus]:
    """Gives the statuses of an activity at an instant; a note has none. Overdue is active, and its due date past."""
    if isinstance(entry, QuickNote):
        return frozenset()
    if entry.status is ActivityStatus.CLOSED:
        return frozenset({DueStatus.CLOSED})
    overdue = entry.due is not None and entry.due < now
    return frozenset({DueStatus.ACTIVE, DueStatus.OVERDUE}) if overdue else frozenset({DueStatus.ACTIVE})


def _is_due(entry: TimelineEntry, within: DueWithin, now: datetime) -> bool:
    due = None if isinstance(entry, QuickNote) else entry.due
    if due is None:
        return False
    direction, _, name = within.value.partition("_")
    span = SPANS[name]
    return timedelta(0) <= due - now <= span if direction == "next" else timedelta(0) <= now - due <= span


def _is_posted_by(entry: TimelineEntry, by: PostsBy) -> bool:
    return isinstance(entry, Activity) and entry.type is ActivityType.POST and entry.automatic is (by is PostsBy.AUTO)


def _is_modified(entry: TimelineEntry, within: ModifiedWithin, now: datetime) -> bool:
    span = SPANS[within.value.partition("_")[2]]
    return timedelta(0) <= now - (entry.modified_on or entry.at) <= span


def _says(entry: TimelineEntry, search: str) -> bool:
    text = _plain(f"{entry.title}\n{entry.body}")
    return all(word in text for word in _plain(search).split())


def _plain(text: str) -> str:
    """Gives a text in the form that is compared: however its letters were typed and composed."""
    return normalize("NFKC", normalize("NFKC", text).casefold())
