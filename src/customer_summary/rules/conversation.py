"""The life cycle of a conversation (spec 3.2, 2.4, 11): which event may come in which status, and what it changes.

What must live here and nowhere else: which status may follow which (`TABLE`), and every refusal. A missing key of
the table is the refusal. What separates channels is asked of `Channel`; nothing here names one twice.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Never

import attrs

from customer_summary.domain.actor import Party
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation, ConversationStatus
from customer_summary.domain.conversation_events import (
    ContextRemoved,
    ContextSet,
    ConversationAccepted,
    ConversationAssigned,
    ConversationClosed,
    ConversationEnded,
    ConversationEvent,
    ConversationReleased,
    ConversationStarted,
    MessageSent,
    RecordLinked,
    RecordsIdentified,
    RecordUnlinked,
    SelfServiceRecorded,
    SessionClosed,
    SkillAdded,
    SkillRemoved,
)
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.message import Author
from customer_summary.domain.outcome import Applied, Outcome, Unchanged
from customer_summary.domain.tick import Tick
from customer_summary.rules import conversation_details as details
from customer_summary.rules.conversation_details import Answer, refused
from customer_summary.rules.machine import TIME_PASSED

OPEN, ACTIVE, WAITING, WRAP_UP, CLOSED = ConversationStatus

TABLE: Mapping[ConversationStatus, Mapping[type, frozenset[ConversationStatus]]] = {
    OPEN: {
        ConversationAssigned: frozenset({ACTIVE}),
        ConversationAccepted: frozenset({ACTIVE}),
        ConversationEnded: frozenset({CLOSED}),
        ConversationClosed: frozenset({CLOSED}),
        MessageSent: frozenset({OPEN}),
        SelfServiceRecorded: frozenset({OPEN}),
        RecordLinked: frozenset({OPEN}),
        RecordsIdentified: frozenset({OPEN}),
        ContextSet: frozenset({OPEN}),
        ContextRemoved: frozenset({OPEN}),
    },
    ACTIVE: {
        ConversationAssigned: frozenset({ACTIVE}),
        ConversationAccepted: frozenset({ACTIVE}),
        ConversationReleased: frozenset({OPEN}),
        ConversationEnded: frozenset({WRAP_UP, CLOSED}),
        SessionClosed: frozenset({OPEN, WAITING, ACTIVE, CLOSED}),
        ConversationClosed: frozenset({CLOSED}),
        MessageSent: frozenset({ACTIVE}),
        SelfServiceRecorded: frozenset({ACTIVE}),
        RecordLinked: frozenset({ACTIVE}),
        RecordsIdentified: frozenset({ACTIVE}),
        RecordUnlinked: frozenset({ACTIVE}),
        SkillAdded: frozenset({ACTIVE}),
        SkillRemoved: frozenset({ACTIVE}),
        ContextSet: frozenset({ACTIVE}),
        ContextRemoved: frozenset({ACTIVE}),
    },
    WAITING: {
        ConversationAccepted: frozenset({ACTIVE}),
        ConversationClosed: frozenset({CLOSED}),
        MessageSent: frozenset({OPEN, WAITING}),
        SelfServiceRecorded: frozenset({WAITING}),
        RecordLinked: frozenset({WAITING}),
        RecordsIdentified: frozenset({WAITING}),
        ContextSet: frozenset({WAITING}),
        ContextRemoved: frozenset({WAITING}),
    },
    WRAP_UP: {
        ConversationEnded: frozenset({WRAP_UP}),
        SessionClosed: frozenset({CLOSED}),
        ConversationClosed: frozenset({CLOSED}),
        MessageSent: frozenset({WRAP_UP}),
        SelfServiceRecorded: frozenset({WRAP_UP}),
        RecordLinked: frozenset({WRAP_UP}),
        RecordsIdentified: frozenset({WRAP_UP}),
        RecordUnlinked: frozenset({WRAP_UP}),
        SkillAdded: frozenset({WRAP_UP}),
        SkillRemoved: frozenset({WRAP_UP}),
        ContextSet: frozenset({WRAP_UP}),
        ContextRemoved: frozenset({WRAP_UP}),
    },
    CLOSED: {},
}

_KEPT_BY_HOST = Unchanged("the host keeps it")


@attrs.frozen
class ConversationLifeCycle:
    """The machine of a conversation. It has no policy to set yet."""

    def start(self, event: ConversationStarted) -> Conversation:
        """Gives the conversation that begins with this event: Open, in its queue, nobody assigned."""
        fields = attrs.asdict(event, recurse=False)
        return Conversation(id=fields.pop("conversation"), created_on=event.at, **fields)

    def step(
        self, conversation: Conversation, event: ConversationEvent | Tick
    ) -> tuple[Conversation, Outcome, tuple[Never, ...]]:
        """Gives the state after one event, the answer to it, and its effects (none yet).

        Raises `InvalidValue` for an event of another conversation: a host delivered it wrongly. An event older than the
        state is handled at the state's instant. A refusal or an event that changes nothing returns the same object.
        """
        if isinstance(event, Tick):
            return conversation, TIME_PASSED, ()
        if event.conversation != conversation.id:
            raise InvalidValue("conversation", "must be the one that the event is for")
        if type(event) not in TABLE[conversation.status]:
            reason = "closed" if conversation.status is CLOSED else "not_in_this_status"
            return conversation, refused(reason, conversation), ()
        at = max(conversation.at, event.at)
        answer = _RULES[type(event)](conversation, event, at)
        if not isinstance(answer, dict):
            return conversation, answer, ()
        changed = attrs.evolve(conversation, at=at, transitions=conversation.transitions + 1, **answer)
        return changed, Applied(), ()

    def deadline(self, _: Conversation) -> datetime | None:
        """Gives when to call again if nothing else happens: never, since nothing lapses yet."""
        return None


def _assigned(state: Conversation, event: ConversationAssigned, at: datetime) -> Answer:
    if state.agent == event.agent:
        return Unchanged("already assigned to this agent")
    return {
        "status": ACTIVE,
        "agent": event.agent,
        "queue": event.queue or state.queue,
        "assigned_on": state.assigned_on if state.first_accepted_on else at,
        "accepted_on": None,
        "in_session": False,
    }


def _accepted(state: Conversation, event: ConversationAccepted, at: datetime) -> Answer:
    if state.agent not in {None, event.agent}:
        return refused("assigned_to_another_agent", state)
    if state.in_session:
        return Unchanged("already accepted")
    return {
        "status": ACTIVE,
        "agent": event.agent,
        "assigned_on": state.assigned_on or at,
        "accepted_on": state.accepted_on or at,
        "first_accepted_on": state.first_accepted_on or at,
        "in_session": True,
    }


def _back_to_queue(state: Conversation, queue: str = "") -> dict[str, Any]:
    """Gives a conversation back to a queue; where nobody ever accepted, the customer is still waiting."""
    return {
        "status": OPEN,
        "agent": None,
        "queue": queue or state.queue,
        "assigned_on": state.assigned_on if state.first_accepted_on else None,
        "accepted_on": None,
        "in_session": False,
    }


def _released(state: Conversation, event: ConversationReleased, _: datetime) -> Answer:
    return _back_to_queue(state, event.queue)


def _ended(state: Conversation, event: ConversationEnded, at: datetime) -> Answer:
    if state.status is WRAP_UP:
        return Unchanged("already ended")
    if state.channel is Channel.RECORD or (event.by is Party.CUSTOMER and not state.channel.is_messaging):
        return refused("not_on_this_channel", state)
    if state.in_session:
        return {"status": WRAP_UP, "wrap_up_on": at}
    return _closed_at(at) if event.by is Party.CUSTOMER else refused("no_session", state)


def _closed_at(at: datetime) -> dict[str, Any]:
    return {"status": CLOSED, "closed_on": at, "in_session": False}


def _session_closed(state: Conversation, event: SessionClosed, at: datetime) -> Answer:
    if state.status is WRAP_UP:
        return _closed_at(at)
    if not state.in_session or event.agent not in {None, state.agent}:
        return refused("no_session", state)
    if event.ended and state.channel is not Channel.RECORD:
        return {"wrap_up_on": at, **_closed_at(at)}
    if state.channel is Channel.RECORD:
        return {"in_session": False}
    if state.channel.is_live and not state.persistent:
        return _back_to_queue(state)
    return {"status": WAITING, "in_session": False}


def _closed(state: Conversation, event: ConversationClosed, at: datetime) -> Answer:
    if event.by in {Party.AGENT, Party.CUSTOMER}:
        return refused("not_by_this_party", state)  # an agent ends it and closes the session, a customer ends it
    return _closed_at(at)


def _message(state: Conversation, event: MessageSent, _: datetime) -> Answer:
    if state.status is WAITING and event.message.author is Author.CUSTOMER:
        return _back_to_queue(state)
    return _KEPT_BY_HOST


def _self_service(_: Conversation, __: SelfServiceRecorded, ___: datetime) -> Answer:
    return _KEPT_BY_HOST


_RULES: Mapping[type, Callable[[Conversation, Any, datetime], Answer]] = {
    ConversationAssigned: _assigned,
    ConversationAccepted: _accepted,
    ConversationReleased: _released,
    ConversationEnded: _ended,
    SessionClosed: _session_closed,
    ConversationClosed: _closed,
    MessageSent: _message,
    SelfServiceRecorded: _self_service,
    RecordLinked: details.linked,
    RecordUnlinked: details.unlinked,
    RecordsIdentified: details.identified,
    SkillAdded: details.skill_added,
    SkillRemoved: details.skill_removed,
    ContextSet: details.context_set,
    ContextRemoved: details.context_removed,
}
