"""What a host tells a contact centre, and what happened there because of it."""

from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_effects import ConversationEffect
from customer_summary.domain.conversation_events import ConversationEvent, ConversationStarted
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_effects import DeskEffect
from customer_summary.domain.desk_events import AgentEvent, OfferEvent
from customer_summary.domain.facts import AgentSkillsSet, ConversationSettingsMade, DeskSettingsMade
from customer_summary.domain.outcome import Outcome
from customer_summary.domain.sentiment_events import QueuesAssigned

Event: TypeAlias = (
    ConversationStarted
    | ConversationEvent
    | AgentEvent
    | OfferEvent
    | DeskSettingsMade
    | ConversationSettingsMade
    | QueuesAssigned
    | AgentSkillsSet
)
"""Everything that a host tells a contact centre."""


@attrs.frozen
class Happened:
    """One step of a desk or a conversation: the state before and after, the answer, and what its host has to do.

    Without an event it was due by itself. A `Send` whose receiver is in the centre has been delivered already.
    """

    at: datetime
    event: Any
    before: Desk | Conversation | None
    state: Desk | Conversation
    outcome: Outcome | None
    effects: tuple[DeskEffect | ConversationEffect, ...]
