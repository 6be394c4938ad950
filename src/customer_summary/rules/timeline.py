"""Which entries of the timeline show (spec 6): the selector names a record, the filter a group of activities."""

from enum import Enum

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef


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
