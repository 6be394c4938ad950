"""Who is there: the customer of a live chat, agents who are consulted, supervisors who listen (spec 3.2, 3.3, 12)."""

from collections.abc import Callable, Mapping
from typing import Any

from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation_effects import TranscriptNote
from customer_summary.domain.outcome import Unchanged
from customer_summary.domain.participant import MAX_PARTICIPANTS, Participant, ParticipantRole
from customer_summary.domain.routing_events import (
    CustomerDisconnected,
    CustomerReturned,
    ParticipantJoined,
    ParticipantLeft,
)
from customer_summary.rules.conversation_details import refused
from customer_summary.rules.conversation_draft import OPEN, Draft
from customer_summary.rules.conversation_offers import Refusal


def _disconnected(draft: Draft, event: CustomerDisconnected) -> Refusal:
    """The customer of a live chat went: in a queue they are gone for good, with an agent they may come back in time."""
    state = draft.state
    clocks = state.clocks
    if state.channel is not Channel.LIVE_CHAT or state.persistent:
        return refused("not_on_this_channel", state)
    if event.since > draft.at:
        return refused("not_yet", state)
    if clocks.link_told is not None and event.since <= clocks.link_told:
        return Unchanged("there since" if clocks.away_since is None else "gone already")
    draft.clocks["link_told"] = event.since
    if clocks.away_since is not None:  # the first one stands; a return that comes late must still lose to this one
        return None
    if state.status is OPEN:
        draft.close()
        return None
    draft.clocks.update(away_since=event.since, leaves_at=event.since + draft.settings.reconnect_within)
    draft.note(TranscriptNote.CUSTOMER_DISCONNECTED)
    return None


def _returned(draft: Draft, event: CustomerReturned) -> Refusal:
    state = draft.state
    told = state.clocks.link_told
    if state.channel is not Channel.LIVE_CHAT or state.persistent:
        return refused("not_on_this_channel", state)
    if event.since > draft.at:
        return refused("not_yet", state)
    away = state.clocks.away_since is not None
    if told is not None and (event.since < told or (event.since == told and not away)):
        return Unchanged("gone since" if away else "there already")
    draft.clocks["link_told"] = event.since
    if away:
        draft.clocks.update(away_since=None, leaves_at=None)
        draft.note(TranscriptNote.CUSTOMER_RETURNED)
    return None


def _joined(draft: Draft, event: ParticipantJoined) -> Refusal:
    """Consulting and listening use no capacity; they restart the clock of auto-close. [spec 3.3]"""
    state = draft.state
    if event.since > draft.at:
        return refused("not_yet", state)
    if event.agent == state.agent:
        return refused("theirs_already", state)
    return _takes_part(draft, Participant(event.agent, event.role, event.since))


def _left(draft: Draft, event: ParticipantLeft) -> Refusal:
    state = draft.state
    if event.since > draft.at:
        return refused("not_yet", state)
    known = next((one for one in state.participants if one.agent == event.agent), None)
    role = ParticipantRole.CONSULT if known is None else known.role  # they left before they were told to have come
    return _takes_part(draft, Participant(event.agent, role, event.since, there=False))


def _takes_part(draft: Draft, now: Participant) -> Refusal:
    """Keeps who is there; a choice that is not newer than the one that is known loses."""
    known = next((one for one in draft.state.participants if one.agent == now.agent), None)
    if known is not None and now.since <= known.since:
        return Unchanged("a later choice stands")
    rest = [one for one in draft.state.participants if one is not known]
    if len(rest) == MAX_PARTICIPANTS:
        gone = min((one for one in rest if not one.there), key=lambda one: one.since, default=None)
        if gone is None:
            return refused("too_many_participants", draft.state)
        rest.remove(gone)
    draft.parts["participants"] = (*rest, now)
    draft.modified()
    return None


ATTENDANCE: Mapping[type, Callable[[Draft, Any], Refusal]] = {
    CustomerDisconnected: _disconnected,
    CustomerReturned: _returned,
    ParticipantJoined: _joined,
    ParticipantLeft: _left,
}
