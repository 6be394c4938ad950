"""What becomes due of a conversation by itself (spec 3.2, 3.3, 8.7).

What must live here and nowhere else: the order in which deadlines of one instant are settled (`Row`).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias

import attrs

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_effects import TranscriptNote
from customer_summary.domain.conversation_routing import DeclineReason
from customer_summary.rules.auto_close import scheduler_after
from customer_summary.rules.conversation_draft import ACTIVE, CLOSED, OPEN, WRAP_UP, Draft


class Row(IntEnum):
    """What can be due, in the order in which deadlines of one instant are settled."""

    BACKSTOP = 0
    CUSTOMER_AWAY = 1
    SNOOZE = 2
    IDLE = 3
    AUTO_CLOSE = 4
    REOFFER = 5


Due: TypeAlias = tuple[datetime, Row]


def due_of(state: Conversation) -> Iterator[Due]:
    """Gives every deadline of a conversation."""
    status, clocks, routing = state.status, state.clocks, state.routing
    if status is CLOSED:
        return
    if routing.offer is not None:
        yield routing.offer.backstop, Row.BACKSTOP
    if clocks.leaves_at is not None and status is not WRAP_UP:
        yield clocks.leaves_at, Row.CUSTOMER_AWAY
    if clocks.snoozed_until is not None:
        yield clocks.snoozed_until, Row.SNOOZE
    if clocks.idle_after is not None and state.in_session and status is ACTIVE and clocks.opened_on is not None:
        yield max(clocks.opened_on, clocks.wrote_on or clocks.opened_on) + clocks.idle_after, Row.IDLE
    if clocks.closes_after is not None and (status is not ACTIVE or state.agent is not None):
        yield scheduler_after(_age_from(state) + clocks.closes_after, clocks.looks_every), Row.AUTO_CLOSE
    if routing.declined and state.seeks_agent:
        for one in routing.declined:
            if not one.rested:
                yield one.rests_until, Row.REOFFER


def _age_from(state: Conversation) -> datetime:
    """Says from when the age of a status counts: in a queue also from the customer's last message. [spec 3.3]"""
    clocks = state.clocks
    if state.status is OPEN:
        return max(clocks.queued_on, clocks.customer_wrote_on or clocks.queued_on)
    return state.wrap_up_on if state.status is WRAP_UP and state.wrap_up_on is not None else clocks.modified_on


def _backstop(draft: Draft) -> None:
    """No desk answered: the offer is taken back, as one that nobody saw."""
    draft.withdraw(draft.offer)
    draft.lose_offer(DeclineReason.UNSEEN)


def _customer_stayed_away(draft: Draft) -> None:
    if draft.state.in_session:
        draft.wrap_up(TranscriptNote.CUSTOMER_STAYED_AWAY)
    else:
        draft.close()


def _snooze_is_over(draft: Draft) -> None:
    agent = draft.state.agent
    draft.requeue()
    draft.routing["prefers"] = agent if draft.stream.keep_same_agent and agent else ""


def _idle(draft: Draft) -> None:
    draft.wrap_up(TranscriptNote.CUSTOMER_IDLE)


def _auto_close(draft: Draft) -> None:
    """A call in session goes to wrap-up, anything else is closed. [spec 3.3]"""
    state = draft.state
    if state.status is ACTIVE and state.channel.is_call and state.in_session:
        draft.wrap_up()
    else:
        draft.close()


def _reoffer(draft: Draft) -> None:
    """Whoever has rested long enough may be offered it again, where nobody else is left."""
    draft.routing["declined"] = tuple(
        one if one.rested or one.rests_until > draft.at else attrs.evolve(one, rested=True)
        for one in draft.state.routing.declined
    )


LAPSE: Mapping[Row, Callable[[Draft], None]] = {
    Row.BACKSTOP: _backstop,
    Row.CUSTOMER_AWAY: _customer_stayed_away,
    Row.SNOOZE: _snooze_is_over,
    Row.IDLE: _idle,
    Row.AUTO_CLOSE: _auto_close,
    Row.REOFFER: _reoffer,
}
"""What each of them does."""
