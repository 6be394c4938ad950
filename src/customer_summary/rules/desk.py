"""The desk of an agent: its deadlines, and which rule answers which event (spec 8, 9, 12).

What must live here and nowhere else: the order in which deadlines of one instant are settled (`Row`).
"""

from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum
from typing import Any, TypeAlias, get_args

import attrs

from customer_summary.domain.capacity import Workload
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_effects import DeskEffect
from customer_summary.domain.desk_events import (
    AcceptPressed,
    AgentEvent,
    ClosePressed,
    DeskEvent,
    EndPressed,
    ItemOpened,
    MediaFailed,
    MediaReady,
    Offered,
    OfferEvent,
    OfferWithdrawn,
    RejectPressed,
    WrapUpExtended,
    WrapUpRequested,
)
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.notification import LONGEST, OfferOutcome
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.presence import Presence
from customer_summary.domain.presence_events import AgentConnected
from customer_summary.rules import desk_items, offers
from customer_summary.rules.desk_draft import Draft
from customer_summary.rules.desk_offers import came_of, notified, offered
from customer_summary.rules.desk_registers import REGISTERS
from customer_summary.rules.desk_table import OVER, TABLE, UNKNOWN, Place, place_of
from customer_summary.rules.machine import Effects, stepped
from customer_summary.rules.notifications import NotificationPolicy, show
from customer_summary.rules.presence import PresenceMachine, check_agent
from customer_summary.rules.presence_causes import idled

_OFFER_EVENTS = frozenset(get_args(OfferEvent))
_BY_AGENT = frozenset(
    {AcceptPressed, RejectPressed, ItemOpened, EndPressed, ClosePressed, WrapUpRequested, WrapUpExtended}
)
_OF_PRESENCE = frozenset(get_args(AgentEvent)) - REGISTERS.keys()
_DECIDING = frozenset({AcceptPressed, RejectPressed, MediaReady, MediaFailed})

STOCK_SETTINGS = DeskSettings()


class Row(IntEnum):
    """What can be due, in the order in which deadlines of one instant are settled."""

    ABANDONMENT = 0
    OFFER = 1
    WRAP_UP = 2
    END_OF_DAY = 3
    IDLE = 4


Due: TypeAlias = tuple[datetime, Row, str]
"""A deadline, its row, and the offer or profile that it is about."""


@attrs.frozen
class AgentDesk:
    """The machine of an agent's desk: presence, notifications, sessions, capacity. [seed 002; spec 8, 9, 12]"""

    settings: DeskSettings = STOCK_SETTINGS

    @property
    def presence(self) -> PresenceMachine:
        """The machine of the presence inside."""
        return PresenceMachine(self.settings.presence)

    @property
    def notifications(self) -> NotificationPolicy:
        """The machine of the notifications inside."""
        return NotificationPolicy(self.settings.notifications)

    def start(self, agent: str, at: datetime) -> Desk:
        """Gives the desk of an agent who has not signed in yet: Offline, with nothing on it."""
        workload = Workload(limits=self.settings.capacity)
        presence = self.presence.start(agent, at, workload)
        return Desk(presence.agent, presence.at, presence)

    def step(self, state: Desk, event: DeskEvent) -> tuple[Desk, Outcome, tuple[DeskEffect, ...]]:
        """Gives the desk after one event, the answer to it, and what to do, in order.

        Raises `InvalidValue` for an event of another agent: a host delivered it wrongly.
        """
        check_agent(state.agent, event)
        return stepped(self, state.agent, state, event)

    def deadline(self, state: Desk) -> datetime | None:
        """Gives when something happens by itself, None where nothing does."""
        first = self._first(state)
        return None if first is None else first[0]

    def _first(self, state: Desk) -> Due | None:
        return min(self._due(state), default=None)

    def _due(self, state: Desk) -> Iterator[Due]:
        """Gives every deadline, with its row in this order, and the name of what it is about."""
        if state.abandons_at is not None and any(map(desk_items.can_be_abandoned, state.items)):
            yield state.abandons_at, Row.ABANDONMENT, ""
        policy = self.notifications
        for one in state.notifications:
            when = policy.deadline(one)
            if when is not None:
                yield when, Row.OFFER, one.offer.id
        for held in state.items:
            if held.until is not None:
                yield held.until, Row.WRAP_UP, held.offer
        for spent in state.spent:
            yield spent.until, Row.END_OF_DAY, spent.name
        idle = self.presence.deadline(state.presence)
        if idle is not None:
            yield idle, Row.IDLE, ""

    def lapse(self, state: Desk, at: datetime, emit: Effects) -> Desk:
        """Settles the first thing that is due."""
        first = self._first(state)
        draft = Draft(self.settings, state, at, emit)
        row, name = (Row.IDLE, "") if first is None else first[1:]
        notification, held = state.notification(name), state.item(name)
        if row is Row.ABANDONMENT:
            desk_items.abandoned(draft, state)
        elif row is Row.OFFER and notification is not None:
            came_of(draft, notification, offers.lapsed(notification, at, emit))
        elif row is Row.WRAP_UP and held is not None:
            desk_items.wrap_up_over(draft, held)
        elif row is Row.END_OF_DAY:
            draft.parts["spent"] = tuple(one for one in state.spent if one.until > at)
        else:
            draft.presence = idled(state.presence, at)
        return draft.done(None)

    def apply(self, state: Desk, event: DeskEvent, at: datetime, emit: Effects) -> Desk | Unchanged | Refused:
        """Gives the desk after an event, or why there is no other."""
        draft = Draft(self.settings, state, at, emit)
        if type(event) in _OFFER_EVENTS:
            answer = _of_offer(draft, event)
        elif type(event) in REGISTERS:
            answer = REGISTERS[type(event)](draft, event)
        elif type(event) in _OF_PRESENCE:
            answer = self._of_presence(draft, event)
        else:
            raise InvalidValue("event", f"{type(event).__name__} is none of a desk")
        if answer is not None:
            return answer
        if type(event) in _BY_AGENT:
            draft.agent_was_active()
        return draft.done(event)

    def _of_presence(self, draft: Draft, event: Any) -> Unchanged | Refused | None:
        after = self.presence.changed(draft.presence, event, draft.at)
        if not isinstance(after, Presence):
            return after
        is_return = isinstance(event, AgentConnected) and not draft.presence.connection.connected
        draft.presence = after
        if is_return:
            for one in draft.desk.notifications:
                if one.is_pending:
                    show(self.settings.notifications, one, draft.desk.screen, draft.at, draft.emit)
        return None


def _refused(place: Place, outcome: OfferOutcome | None, event: Any) -> Unchanged | Refused:
    """Answers what the table does not have."""
    if place is UNKNOWN:
        return Refused("unknown_offer", "nothing")
    if outcome is not None and (place is OVER or type(event) in _DECIDING):
        return offers.after_the_end(outcome, event)
    return Refused("not_in_this_status", place.value)


def _of_offer(draft: Draft, event: Any) -> Unchanged | Refused | None:
    """Answers an event that names an offer, by where the offer stands."""
    name = event.offer.id if isinstance(event, Offered) else event.offer
    desk, place = draft.desk, place_of(draft.desk, name)
    if type(event) not in TABLE[place]:
        return _refused(place, desk.outcome_of(name), event)
    if isinstance(event, Offered):
        known = desk.outcome_of(name)
        return offered(draft, event) if known is None else Unchanged(f"{known.value} already")
    if isinstance(event, OfferWithdrawn):
        draft.known_until = event.until
    notification, held, outcome = desk.notification(name), desk.item(name), desk.outcome_of(name)
    if notification is not None:
        return notified(draft, event, notification)
    if held is not None:
        return desk_items.changed(draft, event, held)
    if outcome is not None:
        return offers.after_the_end(outcome, event)
    if event.until <= draft.at:
        return Unchanged("the offer has lapsed")
    if event.until > draft.at + LONGEST:
        return Refused("unknown_deadline", "no offer lasts as long")
    draft.remember(name, OfferOutcome.WITHDRAWN, event.until)
    return None
