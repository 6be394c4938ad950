"""Where an offer stands at a desk, and which event may come there (spec 8, 12).

What must live here and nowhere else: which place may follow which (`TABLE` and `LAPSES`). A missing key of the table is
the refusal.
"""

from collections.abc import Mapping
from enum import Enum

from customer_summary.domain.desk import Desk, ItemStatus
from customer_summary.domain.desk_events import (
    AcceptPressed,
    BodyClicked,
    ClosePressed,
    EndPressed,
    ItemOpened,
    MediaFailed,
    MediaReady,
    NotificationDisplayed,
    Offered,
    OfferWithdrawn,
    RejectPressed,
    WrapUpExtended,
    WrapUpRequested,
    WrapUpStarted,
)


class Place(Enum):
    """Where an offer stands at a desk; *over* as long as it is remembered."""

    UNKNOWN = "unknown"
    NOTIFIED = "notified"
    ASSIGNED = "assigned"
    OPEN = "open"
    WRAP_UP = "wrap_up"
    OVER = "over"


UNKNOWN, NOTIFIED, ASSIGNED, OPEN, WRAP_UP, OVER = Place

TABLE: Mapping[Place, Mapping[type, frozenset[Place]]] = {
    UNKNOWN: {
        Offered: frozenset({UNKNOWN, NOTIFIED, OVER}),
        OfferWithdrawn: frozenset({UNKNOWN, OVER}),
    },
    NOTIFIED: {
        Offered: frozenset({NOTIFIED}),
        NotificationDisplayed: frozenset({NOTIFIED}),
        BodyClicked: frozenset({NOTIFIED}),
        AcceptPressed: frozenset({NOTIFIED, OPEN}),
        RejectPressed: frozenset({NOTIFIED, OVER}),
        MediaReady: frozenset({NOTIFIED, OPEN}),
        MediaFailed: frozenset({NOTIFIED, OVER}),
        OfferWithdrawn: frozenset({OVER}),
    },
    ASSIGNED: {
        Offered: frozenset({ASSIGNED}),
        NotificationDisplayed: frozenset({ASSIGNED}),
        BodyClicked: frozenset({ASSIGNED}),
        AcceptPressed: frozenset({ASSIGNED, OPEN}),
        ItemOpened: frozenset({ASSIGNED, OPEN}),
        ClosePressed: frozenset({ASSIGNED}),
        OfferWithdrawn: frozenset({OVER, UNKNOWN}),
    },
    OPEN: {
        Offered: frozenset({OPEN}),
        NotificationDisplayed: frozenset({OPEN}),
        BodyClicked: frozenset({OPEN}),
        AcceptPressed: frozenset({OPEN}),
        ItemOpened: frozenset({OPEN}),
        EndPressed: frozenset({OPEN, WRAP_UP}),
        ClosePressed: frozenset({OPEN, ASSIGNED, OVER, UNKNOWN}),
        WrapUpStarted: frozenset({OPEN, WRAP_UP}),
        WrapUpRequested: frozenset({OPEN}),
        OfferWithdrawn: frozenset({OVER, UNKNOWN}),
    },
    WRAP_UP: {
        Offered: frozenset({WRAP_UP}),
        NotificationDisplayed: frozenset({WRAP_UP}),
        BodyClicked: frozenset({WRAP_UP}),
        AcceptPressed: frozenset({WRAP_UP}),
        ItemOpened: frozenset({WRAP_UP}),
        EndPressed: frozenset({WRAP_UP}),
        ClosePressed: frozenset({WRAP_UP, OVER, UNKNOWN}),
        WrapUpStarted: frozenset({WRAP_UP}),
        WrapUpRequested: frozenset({WRAP_UP}),
        WrapUpExtended: frozenset({WRAP_UP}),
        OfferWithdrawn: frozenset({OVER, UNKNOWN}),
    },
    OVER: {
        Offered: frozenset({OVER}),
        OfferWithdrawn: frozenset({OVER}),
        NotificationDisplayed: frozenset({OVER}),
    },
}

LAPSES: Mapping[Place, frozenset[Place]] = {
    UNKNOWN: frozenset({UNKNOWN}),
    NOTIFIED: frozenset({NOTIFIED, ASSIGNED, OPEN, OVER, UNKNOWN}),
    ASSIGNED: frozenset({ASSIGNED, OVER, UNKNOWN}),
    OPEN: frozenset({OPEN, ASSIGNED, OVER, UNKNOWN}),
    WRAP_UP: frozenset({WRAP_UP, OVER, UNKNOWN}),
    OVER: frozenset({OVER, UNKNOWN}),
}
"""What time alone does."""

_PLACES = {ItemStatus.ASSIGNED: ASSIGNED, ItemStatus.OPEN: OPEN, ItemStatus.WRAP_UP: WRAP_UP}


def place_of(desk: Desk, offer: str) -> Place:
    """Says where an offer stands at a desk."""
    if desk.notification(offer) is not None:
        return NOTIFIED
    held = desk.item(offer)
    if held is not None:
        return _PLACES[held.status]
    return UNKNOWN if desk.outcome_of(offer) is None else OVER
