"""What a host tells a contact centre, and what happened there because of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias, get_args

import attrs

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_effects import ConversationEffect
from customer_summary.domain.conversation_events import ConversationEvent, ConversationStarted
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_effects import DeskEffect
from customer_summary.domain.desk_events import AgentEvent, CapacitySet, Offered, OfferEvent, OfferWithdrawn
from customer_summary.domain.errors import InvalidValue, UnknownKey
from customer_summary.domain.facts import AgentSkillsSet, ConversationSettingsMade, DeskSettingsMade
from customer_summary.domain.offer_messages import OfferMessage
from customer_summary.domain.outcome import Outcome
from customer_summary.domain.presence_events import AgentConnected
from customer_summary.domain.send import DeskMessage
from customer_summary.domain.sentiment_events import QueuesAssigned
from customer_summary.rules.conversation import OFFERING

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


AT_DESK = frozenset((*get_args(AgentEvent), *get_args(OfferEvent)))
OF_CONVERSATION = frozenset((*get_args(ConversationEvent), *get_args(OfferMessage)))
TO_DESK = frozenset(get_args(DeskMessage))
_MAKES_KNOWN = frozenset({AgentConnected, CapacitySet, Offered, OfferWithdrawn})


def check_known(
    event: Event,
    desks: Mapping[str, Desk],
    conversations: Mapping[str, Conversation],
    beginnings: Mapping[str, ConversationStarted],
) -> None:
    """Raises `UnknownKey` for what nobody made known, `InvalidValue` for what starts again with other content."""
    kind, agent = type(event), getattr(event, "agent", None)
    if kind in OF_CONVERSATION and getattr(event, "conversation", None) not in conversations:
        raise UnknownKey("conversation")
    if (kind in OFFERING or (kind in AT_DESK and kind not in _MAKES_KNOWN)) and agent not in desks:
        raise UnknownKey("agent")
    if kind in TO_DESK and _conversation_of(event, desks) in conversations:
        found = conversations[_conversation_of(event, desks)]
        if found.is_routed:
            raise InvalidValue("conversation", "is routed here, and sends this itself")
    if isinstance(event, ConversationStarted) and beginnings.get(event.conversation, event) != event:
        raise InvalidValue("conversation", "started twice with different content")


def _conversation_of(event: Any, desks: Mapping[str, Desk]) -> str:
    """Finds the conversation that a message for a desk is about; empty where nobody knows."""
    if isinstance(event, Offered):
        return event.offer.item.conversation
    desk = desks.get(event.agent)
    notification, held = (desk.notification(event.offer), desk.item(event.offer)) if desk else (None, None)
    if notification is not None:
        return notification.offer.item.conversation
    return "" if held is None else held.item.conversation


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
