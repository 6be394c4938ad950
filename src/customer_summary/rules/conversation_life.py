"""What people do to a conversation: give it, take it, end it, put it aside, write, leave (spec 3.2, 8.7, 11, 12)."""

from collections.abc import Callable, Mapping
from typing import Any

from customer_summary.domain.actor import Party
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation_clocks import MAX_HEARD
from customer_summary.domain.conversation_events import (
    ConversationAccepted,
    ConversationAssigned,
    ConversationClosed,
    ConversationEnded,
    ConversationReleased,
    MessageSent,
    SelfServiceRecorded,
    SessionClosed,
)
from customer_summary.domain.conversation_routing import DeclineReason
from customer_summary.domain.message import Author
from customer_summary.domain.notification import Scenario
from customer_summary.domain.outcome import Unchanged
from customer_summary.domain.routing_events import (
    ConversationEscalated,
    ConversationSnoozed,
    RecordDeleted,
    RecordStateChanged,
    TransferCancelled,
)
from customer_summary.rules.conversation_details import refused
from customer_summary.rules.conversation_draft import ACTIVE, OPEN, WAITING, WRAP_UP, Draft
from customer_summary.rules.conversation_offers import Refusal, closed_by_agent


def _assigned(draft: Draft, event: ConversationAssigned) -> Refusal:
    state = draft.state
    if state.is_routed:
        return refused("routed_here", state)
    if state.agent == event.agent:
        return Unchanged("already assigned to this agent")
    draft.enter(ACTIVE)
    draft.parts.update(
        agent=event.agent,
        queue=event.queue or state.queue,
        assigned_on=state.assigned_on if state.first_accepted_on else draft.at,
        accepted_on=None,
        in_session=False,
    )
    return None


def _accepted(draft: Draft, event: ConversationAccepted) -> Refusal:
    state = draft.state
    if state.is_routed:
        return refused("routed_here", state)
    if state.agent not in {None, event.agent}:
        return refused("assigned_to_another_agent", state)
    if state.in_session:
        return Unchanged("already accepted")
    draft.enter(ACTIVE)
    draft.clocks["snoozed_until"] = None
    draft.parts.update(agent=event.agent, assigned_on=state.assigned_on or draft.at)
    draft.open(0)
    return None


def _released(draft: Draft, event: ConversationReleased) -> Refusal:
    state = draft.state
    held = state.routing.held
    if event.offer is not None and (held is None or held.offer != event.offer):
        return Unchanged("not theirs any more")
    if state.is_routed and state.status is ACTIVE and event.offer is None:
        return refused("no_offer_named", state)
    channel = state.channel  # e-mail and records wait for whoever comes
    staffed = event.staffed or not (channel.is_messaging or channel.is_call)
    if state.status is OPEN and event.queue in {"", state.queue} and staffed:
        return Unchanged("in this queue already")
    if not staffed:
        draft.close()
        return None
    draft.withdraw_offer()
    draft.withdraw(held)
    draft.requeue(event.queue, declined=None if state.status is OPEN else DeclineReason.RELEASED)
    return None


def _ended(draft: Draft, event: ConversationEnded) -> Refusal:
    state = draft.state
    by_customer = event.by is Party.CUSTOMER
    if state.status is WRAP_UP:
        return Unchanged("already ended")
    if state.channel is Channel.RECORD or (by_customer and not state.channel.is_messaging):
        return refused("not_on_this_channel", state)
    if state.in_session:
        draft.wrap_up()
    elif by_customer:
        draft.close()
    else:
        return refused("no_session", state)
    return None


def _session_closed(draft: Draft, event: SessionClosed) -> Refusal:
    """The host says that a session was closed, where no desk does."""
    state = draft.state
    if state.is_routed:
        return refused("routed_here", state)
    if state.status is WRAP_UP:
        draft.close()
        return None
    if not state.in_session or event.agent not in {None, state.agent}:
        return refused("no_session", state)
    return closed_by_agent(draft, state.routing.session, ended=event.ended)


def _closed(draft: Draft, event: ConversationClosed) -> Refusal:
    if event.by in {Party.AGENT, Party.CUSTOMER}:
        return refused("not_by_this_party", draft.state)  # an agent ends it and closes the session, a customer ends it
    draft.close()
    return None


def _message(draft: Draft, event: MessageSent) -> Refusal:
    """A message restarts the clocks; a customer who waited for long enough goes back to a queue. [spec 3.2, 3.3]

    The newest messages are known by their ids: one that comes twice counts once. Clocks of senders count for nothing.
    """
    state, message = draft.state, event.message
    if message.id in state.clocks.heard:
        return Unchanged("heard already")
    draft.clocks.update(heard=(*state.clocks.heard, message.id)[-MAX_HEARD:], wrote_on=draft.at)
    draft.modified()
    if message.author is not Author.CUSTOMER:
        return None
    draft.clocks["customer_wrote_on"] = draft.at
    if state.status is WAITING:
        draft.requeue()
        draft.routing["prefers"] = state.agent if draft.stream.keep_same_agent and state.agent else ""
    return None


def _self_service(_: Draft, __: SelfServiceRecorded) -> Refusal:
    return Unchanged("the host keeps it")


def _transfer_cancelled(draft: Draft, event: TransferCancelled) -> Refusal:
    offer = draft.state.routing.offer
    if draft.state.agent is None or offer is None or offer.offer != event.offer:
        return Unchanged("no such transfer is on its way")
    draft.withdraw_offer()
    return None


def _escalated(draft: Draft, event: ConversationEscalated) -> Refusal:
    """The bot hands over: from now on an agent is sought, and the queue age counts."""
    state = draft.state
    if not state.routing.with_bot:
        return Unchanged("no bot has it")
    draft.requeue(event.queue)
    draft.routing.update(with_bot=False, scenario=Scenario.BOT_ESCALATION)
    return None


def _snoozed(draft: Draft, event: ConversationSnoozed) -> Refusal:
    state = draft.state
    held = state.routing.held
    if not state.can_wait:
        return refused("not_on_this_channel", state)
    if not state.in_session or (event.offer is not None and (held is None or held.offer != event.offer)):
        return refused("no_session", state)
    if event.until is not None and event.until <= draft.at:
        return refused("not_in_the_future", state)
    draft.withdraw_offer()
    draft.withdraw(held)
    draft.wait()
    draft.clocks["snoozed_until"] = event.until
    return None


def _record_changed(draft: Draft, event: RecordStateChanged) -> Refusal:
    """A record that was resolved is closed once no session shows it. [spec 3.2]"""
    state = draft.state
    if state.channel is not Channel.RECORD:
        return refused("not_on_this_channel", state)
    if event.since > draft.at:
        return refused("not_yet", state)
    if state.record_told is not None and event.since <= state.record_told:
        return Unchanged("told since")
    draft.parts.update(record_active=event.active, record_told=event.since)
    if not event.active and state.status is ACTIVE and not state.in_session:
        draft.close()
    return None


def _record_deleted(draft: Draft, _: RecordDeleted) -> Refusal:
    if draft.state.channel is not Channel.RECORD:
        return refused("not_on_this_channel", draft.state)
    draft.close()
    return None


RULES: Mapping[type, Callable[[Draft, Any], Refusal]] = {
    ConversationAssigned: _assigned,
    ConversationAccepted: _accepted,
    ConversationReleased: _released,
    ConversationEnded: _ended,
    SessionClosed: _session_closed,
    ConversationClosed: _closed,
    MessageSent: _message,
    SelfServiceRecorded: _self_service,
    TransferCancelled: _transfer_cancelled,
    ConversationEscalated: _escalated,
    ConversationSnoozed: _snoozed,
    RecordStateChanged: _record_changed,
    RecordDeleted: _record_deleted,
}
