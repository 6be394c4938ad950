"""The desk of one agent: presence, notifications, items and sessions, and what is remembered of ended offers."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.capacity import SpentProfile
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Text, Whole, checked, checked_when_read
from customer_summary.domain.notification import GIVES_ITEM, Notification, NotificationStatus, OfferOutcome, Override
from customer_summary.domain.presence import Presence
from customer_summary.domain.work import WorkItem

MAX_HELD = 1_000_000


class ItemStatus(Enum):
    """How far the agent has come with an item: assigned without a session, in a session, or in wrap-up."""

    ASSIGNED = "assigned"
    OPEN = "open"
    WRAP_UP = "wrap_up"


@attrs.frozen(field_transformer=checked_when_read)
class HeldItem:
    """An item that the agent has. `sessions` counts those opened for it; the last one is open unless *assigned*.

    `override` marks what came whatever the capacity; `remembered` is how long the offer's id must be known,
    `shown_until` how long a notification of the assignment stays on the screen. `free`
    says that a wrap-up no longer uses capacity, `until` when it will be so, `extended` how often it was made longer.
    """

    offer: Id
    item: WorkItem
    outcome: OfferOutcome
    remembered: datetime
    shown_until: datetime
    status: ItemStatus = ItemStatus.ASSIGNED
    sessions: Annotated[int, Whole()] = 0
    override: Override | None = None
    wants_wrap_up: bool = False
    until: datetime | None = None
    extended: Annotated[int, Whole(most=100)] = 0
    free: bool = False

    @property
    def in_session(self) -> bool:
        """Whether a session of the agent shows it."""
        return self.status is not ItemStatus.ASSIGNED


@attrs.frozen(field_transformer=checked_when_read)
class EndedOffer:
    """An offer that is over, remembered so that messages about it which come late are known."""

    offer: Id
    outcome: OfferOutcome
    until: datetime
    conversation: Annotated[str, Text(strip=False)] = ""


class AppFocus(Enum):
    """Where the agent is looking. Everything but *focused* is the background. [seed 002, an open list]"""

    FOCUSED = "focused"
    MINIMISED = "minimised"
    OTHER_WINDOW = "other_window"
    OTHER_TAB = "other_tab"
    OTHER_SCREEN = "other_screen"
    ELSEWHERE = "elsewhere"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Screen:
    """What is known of the agent's screen: the focus, and whether the browser lets notifications out to the desktop."""

    focus: AppFocus = AppFocus.FOCUSED
    focus_at: datetime | None = None
    desktop_allowed: bool = False
    desktop_at: datetime | None = None


@attrs.frozen(field_transformer=checked_when_read)
class Desk:
    """The state of one agent's desk. The Home session is no item and never counts.

    `abandons_at` is when the agent has been away too long, by the limit in force when they went.
    """

    agent: Id
    at: datetime
    presence: Presence
    transitions: Annotated[int, Whole()] = 0
    notifications: Annotated[tuple[Notification, ...], Many(most=MAX_HELD)] = ()
    items: Annotated[tuple[HeldItem, ...], Many(most=MAX_HELD, unique="offer")] = ()
    ended: Annotated[tuple[EndedOffer, ...], Many(most=MAX_HELD, unique="offer")] = ()
    spent: Annotated[tuple[SpentProfile, ...], Many(most=MAX_HELD)] = ()
    screen: Screen = Screen()
    limits_at: datetime | None = None
    abandons_at: datetime | None = None

    @property
    def open_sessions(self) -> int:
        """How many sessions are open, Home not counted."""
        return sum(item.in_session for item in self.items)

    @property
    def reserved_slots(self) -> int:
        """How many sessions the offers on the screen may still lead to."""
        return sum(one.offer.takes_slot or one.status is _SETTING_UP for one in self.notifications)

    def notification(self, offer: str) -> Notification | None:
        """Finds what is on the screen of an offer."""
        return next((one for one in self.notifications if one.offer.id == offer), None)

    def item(self, offer: str) -> HeldItem | None:
        """Finds the item that came with an offer."""
        return next((one for one in self.items if one.offer == offer), None)

    def outcome_of(self, offer: str) -> OfferOutcome | None:
        """Gives how an offer ended; None while it is on the screen, and where it is not known (any more)."""
        held = self.item(offer)
        if held is not None:
            return held.outcome
        return next((one.outcome for one in self.ended if one.offer == offer), None)

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a state that no machine gives."""
        ids = [one.offer.id for one in self.notifications]
        ids += [one.offer for one in self.items] + [one.offer for one in self.ended]
        for field, rule, holds in (
            ("notifications", "no offer stands in two places", len(set(ids)) == len(ids)),
            ("notifications", "hold what is not decided", all(one.outcome is None for one in self.notifications)),
            ("presence", "must be the agent's", self.presence.agent == self.agent),
            ("notifications", "must be the agent's", all(one.agent == self.agent for one in self.notifications)),
            ("items", "came with an offer that gave them", all(one.outcome in GIVES_ITEM for one in self.items)),
            ("items", "have a session or none", all(one.sessions or not one.in_session for one in self.items)),
            ("items", "only a wrap-up has an end", all(one.until is None or _wraps_up(one) for one in self.items)),
            ("items", "only a wrap-up is free", all(not one.free or _wraps_up(one) for one in self.items)),
        ):
            if not holds:
                raise InvalidValue(field, rule)


def _wraps_up(held: HeldItem) -> bool:
    return held.status is ItemStatus.WRAP_UP


_SETTING_UP = NotificationStatus.SETTING_UP
