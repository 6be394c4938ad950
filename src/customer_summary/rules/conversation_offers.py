"""Offers that a conversation makes, and what desks answer (spec 8.7, 12).

A desk's message names an offer. It is the one that is out, or the one by which the present agent has the conversation;
anything else is over, and an agent who still works on it is told so.
"""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import SessionClosed
from customer_summary.domain.conversation_routing import Attempt, DeclineReason
from customer_summary.domain.desk_events import Offered, OfferWithdrawn
from customer_summary.domain.notification import NotificationTemplate, Offer, Override, ShownField
from customer_summary.domain.offer_messages import (
    OfferAccepted,
    OfferAssigned,
    OfferMissed,
    OfferRefused,
    OfferRejected,
    OfferUnseen,
    SessionAbandoned,
    SessionEnded,
    SessionOpened,
    SetupFailed,
)
from customer_summary.domain.outcome import Refused, Unchanged
from customer_summary.domain.send import Send
from customer_summary.domain.work import DEFAULT_ALLOWED
from customer_summary.rules.conversation_details import refused
from customer_summary.rules.conversation_draft import ACTIVE, OPEN, WAITING, WRAP_UP, Draft

Refusal = Unchanged | Refused | None

OVER = Unchanged("over already")


def offer_id(conversation: str, attempt: int) -> str:
    """Gives the id of an offer: that of its conversation, and the number of the attempt."""
    return f"{conversation}/{attempt}"


def make_offer(
    draft: Draft,
    agent: str,
    template: NotificationTemplate,
    fields: tuple[ShownField, ...],
    *,
    override: Override | None = None,
    is_transfer: bool = False,
) -> None:
    """Offers the conversation to an agent. A transfer never goes to who is Do not disturb, Away or Offline. [3.2]"""
    state = draft.state
    number = state.routing.attempts + 1
    item = draft.stream.item(state.id)
    if is_transfer:
        item = attrs.evolve(item, allowed=DEFAULT_ALLOWED)
    offer = Offer(
        id=offer_id(state.id, number),
        item=item,
        template=template,
        sent_at=draft.at,
        override=override,
        fields=fields,
    )
    backstop = offer.ends_at + draft.settings.offer_grace
    attempt = Attempt(offer.id, agent, offer.sent_at, offer.ends_at, backstop)
    draft.routing.update(offer=attempt, attempts=number)
    if state.status is not WAITING:
        draft.parts["status"] = ACTIVE
    draft.emit(Send, to=agent, message=Offered(at=draft.at, agent=agent, offer=offer))


def answered(draft: Draft, event: Any) -> Refusal:
    """Handles what a desk says about an offer or its session."""
    if not draft.state.is_routed:
        return refused("routed_elsewhere", draft.state)
    return _RULES[type(event)](draft, event)


def _is(attempt: Attempt | None, event: Any) -> bool:
    return attempt is not None and attempt.offer == event.offer


def _stray(draft: Draft, event: Any) -> Refusal:
    """Answers who took what is not on offer to them any more: their session is to be closed."""
    message = OfferWithdrawn(at=draft.at, agent=event.agent, offer=event.offer, until=draft.at)
    draft.emit.answer("withdrawn", event.offer, Send, to=event.agent, message=message)
    return refused("not_on_offer", draft.state)


def _accepted(draft: Draft, event: OfferAccepted) -> Refusal:
    state = draft.state
    if _is(state.routing.held, event):
        return Unchanged("theirs already")
    if not _is(state.routing.offer, event):
        return _stray(draft, event)
    _take(draft, 1)
    return None


def _take(draft: Draft, session: int) -> None:
    """Gives the conversation to whom it is offered, with a session."""
    if draft.offer is not None:
        draft.own(draft.offer)
    draft.open(session)


def _assigned(draft: Draft, event: OfferAssigned) -> Refusal:
    state = draft.state
    if _is(state.routing.held, event):
        return Unchanged("theirs already")
    if not _is(state.routing.offer, event) or draft.offer is None:
        return _stray(draft, event)
    draft.own(draft.offer)
    return None


def _opened(draft: Draft, event: SessionOpened) -> Refusal:
    state = draft.state
    if _is(state.routing.held, event):
        if event.session <= state.routing.session or state.status is not ACTIVE:
            return Unchanged("opened already")
        draft.open(event.session)
        return None
    if not _is(state.routing.offer, event):
        return _stray(draft, event)
    _take(draft, event.session)
    return None


def _not_taken(draft: Draft, event: Any) -> Refusal:
    if not _is(draft.state.routing.offer, event):
        return OVER
    draft.lose_offer(_DECLINES.get(type(event)))
    return None


_DECLINES: Mapping[type, DeclineReason] = {
    OfferRejected: DeclineReason.REJECTED,
    OfferMissed: DeclineReason.MISSED,
    OfferUnseen: DeclineReason.UNSEEN,
    SetupFailed: DeclineReason.FAILED_SETUP,
}
"""What counts as not taking it. A desk that refused never showed it: its agent did nothing. [spec 8.7]"""


def _ended(draft: Draft, event: SessionEnded) -> Refusal:
    state = draft.state
    if state.channel is Channel.RECORD:
        return refused("not_on_this_channel", state)
    if _is(state.routing.held, event):
        if state.status is WRAP_UP:
            return Unchanged("ended already")
    elif _is(state.routing.offer, event):
        _take(draft, 1)
    else:
        return _ended_meanwhile(draft, event)
    if not draft.part("in_session"):
        draft.open(1)
    draft.withdraw_offer()
    draft.enter(WRAP_UP)
    draft.parts["wrap_up_on"] = draft.at
    return None


def _ended_meanwhile(draft: Draft, event: SessionEnded | SessionClosed) -> Refusal:
    """The work was taken from the agent and is done all the same; where nobody newer has it, it is over."""
    state = draft.state
    newest = offer_id(state.id, state.routing.attempts)
    if state.status in {OPEN, WAITING} and state.routing.offer is None and event.offer == newest:
        draft.parts["wrap_up_on"] = draft.at
        draft.close()
        return None
    return OVER


def _closed(draft: Draft, event: SessionClosed) -> Refusal:
    """A session was closed with X: what becomes of the conversation depends on its channel. [spec 3.2]"""
    state = draft.state
    if _is(state.routing.held, event):
        return closed_by_agent(draft, event.session, ended=event.ended)
    if not _is(state.routing.offer, event):
        return _ended_meanwhile(draft, event) if event.ended else OVER
    _take(draft, event.session)
    return closed_by_agent(draft, event.session, ended=event.ended)


def _is_record(state: Conversation) -> bool:
    return state.channel is Channel.RECORD


def closed_by_agent(draft: Draft, session: int, *, ended: bool) -> Refusal:
    """Closes a session of the present agent."""
    state = draft.state
    if draft.part("status") is WRAP_UP:
        draft.close(left_by_agent=True)
    elif _is_record(state):
        known: int = draft.routing.get("session", state.routing.session)
        if session < known or (session == known and not draft.part("in_session")):
            return Unchanged("closed already")
        draft.open(session)
        draft.parts["in_session"] = False
        if not state.record_active:
            draft.close()
    elif ended:
        draft.open(session)
        draft.parts["wrap_up_on"] = draft.at
        draft.close(left_by_agent=True)
    elif state.can_wait and draft.offer is None:
        draft.wait()
    else:
        draft.open(session)
        draft.requeue(declined=DeclineReason.RELEASED)
    return None


def _abandoned(draft: Draft, event: SessionAbandoned) -> Refusal:
    state = draft.state
    if _is(state.routing.offer, event) and draft.offer is not None:
        draft.own(draft.offer)
        draft.requeue(declined=DeclineReason.ABANDONED)
    elif not _is(state.routing.held, event):
        return OVER
    elif state.status is WRAP_UP:
        draft.close(left_by_agent=True)
    else:
        draft.requeue(declined=DeclineReason.ABANDONED)
    return None


_RULES: Mapping[type, Callable[[Draft, Any], Refusal]] = {
    OfferAccepted: _accepted,
    OfferAssigned: _assigned,
    OfferRejected: _not_taken,
    OfferMissed: _not_taken,
    OfferUnseen: _not_taken,
    OfferRefused: _not_taken,
    SetupFailed: _not_taken,
    SessionOpened: _opened,
    SessionEnded: _ended,
    SessionClosed: _closed,
    SessionAbandoned: _abandoned,
}
DESK_MESSAGES = frozenset(_RULES)
