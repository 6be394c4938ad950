"""What happens to a conversation: one frozen value for each kind of event.

`at` is the instant at which the host received the event for this conversation. A person's own instant, such as
when a message was sent, travels inside.
"""

from datetime import datetime
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.actor import Party
from customer_summary.domain.channel import Channel
from customer_summary.domain.context import MAX_VARIABLE_NAME, MAX_VARIABLES, ContextVariable
from customer_summary.domain.conversation import MAX_SKILLS, Skill, check_request
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Name, Text, Whole, checked
from customer_summary.domain.message import Message
from customer_summary.domain.record import RecordRef
from customer_summary.domain.routing_events import (
    AgentRouted,
    ConversationEscalated,
    ConversationPicked,
    ConversationReopened,
    ConversationSnoozed,
    CustomerDisconnected,
    CustomerReturned,
    ParticipantJoined,
    ParticipantLeft,
    RecordDeleted,
    RecordStateChanged,
    SupervisorAssigned,
    TransferCancelled,
    TransferRequested,
)
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.survey import MAX_QUESTIONS, SurveyAnswer
from customer_summary.domain.visitor import UNKNOWN_VISITOR, VisitorDetails

MAX_ROUTED_ID = 180


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationStarted:
    """A customer asked for help; the conversation waits in `queue`. Links are those the host identified.

    `workstream` says by whose settings it is routed here; empty where the host routes it and says who has it.
    A greater `priority` goes first. `with_bot`: a bot talks to the customer until it hands them over. Refuses, with
    `InvalidValue`, an id of more than 180 characters where it is routed: the ids of its offers are longer.
    """

    at: datetime
    conversation: Id
    channel: Channel
    workstream: Annotated[str, Text()] = ""
    priority: Annotated[int, Whole(most=1000)] = 0
    with_bot: bool = False
    persistent: bool = False
    outbound_emergency: bool = False
    visitor_number: Annotated[int, Whole(least=1)] | None = None
    queue: str = ""
    skills: Annotated[tuple[Skill, ...], Many(most=MAX_SKILLS, unique="name")] = ()
    customer: RecordRef | None = None
    case_id: Id | None = None
    survey: Annotated[tuple[SurveyAnswer, ...], Many(most=MAX_QUESTIONS)] = ()
    visitor: VisitorDetails = UNKNOWN_VISITOR
    context: Annotated[tuple[ContextVariable, ...], Many(most=MAX_VARIABLES + MAX_QUESTIONS, unique="name")] = ()

    def __attrs_post_init__(self) -> None:
        check_request(
            self.channel,
            self.customer,
            self.survey,
            self.context,
            persistent=self.persistent,
            outbound_emergency=self.outbound_emergency,
        )
        if self.workstream and len(self.conversation) > MAX_ROUTED_ID:
            raise InvalidValue("conversation", f"at most {MAX_ROUTED_ID} characters where it is routed")
        if self.with_bot and not self.channel.is_messaging and not self.channel.is_call:
            raise InvalidValue("with_bot", "no bot talks over this channel")


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationAssigned:
    """Routing, a supervisor or a transfer gave the conversation to `agent`, through `queue` where one is named."""

    at: datetime
    conversation: Id
    agent: Id
    queue: str = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationAccepted:
    """`agent` accepted, picked or reopened the conversation: a session begins and the page opens."""

    at: datetime
    conversation: Id
    agent: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationReleased:
    """The conversation went to a queue: its agent gave it back, or somebody moved it to another one.

    `offer` says which agent's it was, where a desk is in use: what another one has meanwhile stays with them.
    `staffed`: somebody works in that queue; a conversation that comes to one without agents is closed. [spec 3.2]
    """

    at: datetime
    conversation: Id
    queue: str = ""
    offer: Id | None = None
    staffed: bool = True


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationEnded:
    """The agent pressed End, or the customer left."""

    at: datetime
    conversation: Id
    by: Party = Party.AGENT


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionClosed:
    """The agent closed the session with X. `ended` says that they had pressed End before: it tells the whole story.

    `agent`, `offer` and `session` say which it was, where a desk tells it.
    """

    at: datetime
    conversation: Id
    agent: Id | None = None
    offer: Id | None = None
    session: Annotated[int, Whole(least=1)] = 1
    ended: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationClosed:
    """The scheduler or a supervisor closed the conversation, by force. Agents and customers end it instead."""

    at: datetime
    conversation: Id
    by: Party = Party.SYSTEM


@attrs.frozen(kw_only=True, field_transformer=checked)
class MessageSent:
    """Somebody wrote."""

    at: datetime
    conversation: Id
    message: Message


@attrs.frozen(kw_only=True, field_transformer=checked)
class SelfServiceRecorded:
    """The customer did something for themselves."""

    at: datetime
    conversation: Id
    action: SelfServiceAction


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordLinked:
    """A customer or a case was linked; it takes the place of the one linked before."""

    at: datetime
    conversation: Id
    record: RecordRef


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordUnlinked:
    """A customer or a case was unlinked."""

    at: datetime
    conversation: Id
    record: RecordRef


@attrs.frozen(kw_only=True, field_transformer=checked)
class SkillAdded:
    """The agent added a skill."""

    at: datetime
    conversation: Id
    skill: Skill


@attrs.frozen(kw_only=True, field_transformer=checked)
class SkillRemoved:
    """The agent removed a skill."""

    at: datetime
    conversation: Id
    name: Name


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContextSet:
    """A context variable was set, a new one or a new value."""

    at: datetime
    conversation: Id
    variable: ContextVariable


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContextRemoved:
    """A context variable was removed."""

    at: datetime
    conversation: Id
    name: Annotated[str, Text(least=1, most=MAX_VARIABLE_NAME, strip=False)]


ConversationEvent: TypeAlias = (
    ConversationAssigned
    | ConversationAccepted
    | ConversationReleased
    | ConversationEnded
    | SessionClosed
    | ConversationClosed
    | MessageSent
    | SelfServiceRecorded
    | RecordLinked
    | RecordUnlinked
    | SkillAdded
    | SkillRemoved
    | ContextSet
    | ContextRemoved
    | AgentRouted
    | ConversationPicked
    | SupervisorAssigned
    | ConversationReopened
    | TransferRequested
    | TransferCancelled
    | ConversationEscalated
    | CustomerDisconnected
    | CustomerReturned
    | ConversationSnoozed
    | ParticipantJoined
    | ParticipantLeft
    | RecordStateChanged
    | RecordDeleted
)
"""Everything that people and hosts do to a conversation that has started; desks send their messages beside."""
