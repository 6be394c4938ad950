"""What moves a conversation between agents and queues, and what else its life depends on (spec 3.2, 8.7, 12).

What makes an offer names the number of the `attempt`: one more than the offers that were made. So an event that comes
twice, or an answer to an older state, makes no second offer. What sets a register carries the instant of the choice.
"""

from datetime import datetime
from typing import Annotated

import attrs

from customer_summary.domain.actor import BY_AGENT, Actor, Party
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Text, Whole, checked
from customer_summary.domain.notification import Scenario
from customer_summary.domain.participant import ParticipantRole

Attempted = Annotated[int, Whole(least=1)]
Queue = Annotated[str, Text()]
SUPERVISOR = Actor(Party.SUPERVISOR)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentRouted:
    """Routing chose an agent. `affinity` gives back what resumes, whatever capacity and presence.

    `again` says that they had not taken it before, and that nobody else is left.
    """

    at: datetime
    conversation: Id
    agent: Id
    attempt: Attempted
    affinity: bool = False
    again: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationPicked:
    """An agent picked the conversation from the list of open work items: it is offered to them."""

    at: datetime
    conversation: Id
    agent: Id
    attempt: Attempted


@attrs.frozen(kw_only=True, field_transformer=checked)
class SupervisorAssigned:
    """A supervisor gave an open conversation to an agent, with `override` whatever their capacity and presence."""

    at: datetime
    conversation: Id
    agent: Id
    attempt: Attempted
    by: Actor = SUPERVISOR
    override: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationReopened:
    """The agent who had a waiting conversation opened it again from their own work items."""

    at: datetime
    conversation: Id
    agent: Id
    attempt: Attempted


@attrs.frozen(kw_only=True, field_transformer=checked)
class TransferRequested:
    """The present agent, or a supervisor, wants another `agent` to have it.

    Its scenario is that of a transfer or of an escalation; another one is refused with `InvalidValue`.
    """

    at: datetime
    conversation: Id
    agent: Id
    attempt: Attempted
    scenario: Scenario = Scenario.TRANSFER
    by: Actor = BY_AGENT

    def __attrs_post_init__(self) -> None:
        if self.scenario not in {Scenario.TRANSFER, Scenario.ESCALATION}:
            raise InvalidValue("scenario", "must be that of a transfer or of an escalation")


@attrs.frozen(kw_only=True, field_transformer=checked)
class TransferCancelled:
    """The transfer whose `offer` is out is not wanted any more."""

    at: datetime
    conversation: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationEscalated:
    """The bot hands the customer over to people: the conversation comes into a queue, its own where none is named."""

    at: datetime
    conversation: Id
    queue: Queue = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class CustomerDisconnected:
    """The customer's window was closed or lost at `since`."""

    at: datetime
    conversation: Id
    since: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class CustomerReturned:
    """The customer is there again since `since`."""

    at: datetime
    conversation: Id
    since: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationSnoozed:
    """The agent puts the conversation aside until an instant; without one it is pending, until the customer writes.

    `offer` says by which offer they have it, where a desk is in use.
    """

    at: datetime
    conversation: Id
    offer: Id | None = None
    until: datetime | None = None


@attrs.frozen(kw_only=True, field_transformer=checked)
class ParticipantJoined:
    """Somebody else takes part since `since`: consulted, or listening."""

    at: datetime
    conversation: Id
    agent: Id
    role: ParticipantRole
    since: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class ParticipantLeft:
    """They no longer take part since `since`."""

    at: datetime
    conversation: Id
    agent: Id
    since: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordStateChanged:
    """The record behind the item was resolved or deactivated at `since`, or became active again."""

    at: datetime
    conversation: Id
    active: bool
    since: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordDeleted:
    """The record behind the item does not exist any more."""

    at: datetime
    conversation: Id
