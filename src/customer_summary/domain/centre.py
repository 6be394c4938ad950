"""A contact centre as a value: who works there, and everything that is going on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import attrs

from customer_summary.domain.conversation import MAX_SKILLS, Conversation
from customer_summary.domain.conversation_events import ConversationStarted
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.facts import AgentSkillsSet
from customer_summary.domain.fields import Id, Many, Name, checked_when_read
from customer_summary.domain.sentiment_events import QueuesAssigned
from customer_summary.domain.sentiment_settings import MAX_QUEUES

MAX_STORED = 10_000_000


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class Member:
    """What routing knows of an agent beside their desk: queues, skills, and when an item was last offered to them.

    A supervisor is assigned to queues, and is given no work of them. `queues_at` and `skills_at` are the instants of
    the choices that hold; one by a clock that is ahead was made when it came. `benched` says that their desk refused
    an offer and has not changed since.
    """

    agent: Id
    queues: Annotated[tuple[Name, ...], Many(most=MAX_QUEUES)] = ()
    supervisor: bool = False
    queues_at: datetime | None = None
    skills: Annotated[tuple[Name, ...], Many(most=MAX_SKILLS)] = ()
    skills_at: datetime | None = None
    last_given: datetime | None = None
    benched: bool = False

    def told(self, event: QueuesAssigned | AgentSkillsSet) -> "Member":
        """Gives the member with other queues or skills; a choice that is not newer than the one that holds loses."""
        if isinstance(event, QueuesAssigned):
            made = min(event.assigned_at, event.at)
            if self.queues_at is not None and made <= self.queues_at:
                return self
            return attrs.evolve(self, queues=event.queues, supervisor=event.supervisor, queues_at=made)
        made = min(event.since, event.at)
        if self.skills_at is not None and made <= self.skills_at:
            return self
        return attrs.evolve(self, skills=event.skills, skills_at=made)


def member_of(members: Mapping[str, Member], agent: str) -> Member:
    """Gives what is known of an agent; nothing yet, where nobody said anything."""
    return members.get(agent) or Member(agent=agent)


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class CentreSnapshot:
    """A whole contact centre between two events.

    `beginnings` are how its conversations began, `records_at` is the next run for records that wait.
    """

    now: datetime | None
    desk_settings: DeskSettings
    conversation_settings: ConversationSettings
    members: Annotated[tuple[Member, ...], Many(most=MAX_STORED, unique="agent")]
    desks: Annotated[tuple[Desk, ...], Many(most=MAX_STORED, unique="agent")]
    conversations: Annotated[tuple[Conversation, ...], Many(most=MAX_STORED, unique="id")]
    beginnings: Annotated[tuple[ConversationStarted, ...], Many(most=MAX_STORED, unique="conversation")] = ()
    records_at: datetime | None = None
