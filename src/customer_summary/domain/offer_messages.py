"""What an agent's desk tells the conversation about an offer (each message is an event of the conversation)."""

from datetime import datetime
from enum import Enum
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.conversation_events import SessionClosed
from customer_summary.domain.fields import Id, Text, Whole, checked


class RefusalReason(Enum):
    """Why a desk did not show an offer."""

    SESSION_LIMIT = "session_limit"
    PRESENCE = "presence"
    NO_FREE_SLOT = "no_free_slot"
    NO_CAPACITY = "no_capacity"
    LAPSED = "lapsed"


@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferAccepted:
    """The agent accepted, or the offer accepted itself, and the session is open (the media are ready)."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id
    by_itself: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferAssigned:
    """The item is the agent's, without a session yet."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferRejected:
    """The agent rejected the offer."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id
    reason: Annotated[str, Text()] = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferMissed:
    """The offer was displayed in time, and the agent did not answer."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferUnseen:
    """The offer was not displayed in time, and nobody answered it."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferRefused:
    """The desk did not show the offer, and why."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id
    reason: RefusalReason


@attrs.frozen(kw_only=True, field_transformer=checked)
class SetupFailed:
    """The agent accepted, and what the conversation needs could not be connected in time."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionOpened:
    """The agent opened an item that was assigned to them: session number `session` of it."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id
    session: Annotated[int, Whole(least=1)] = 1


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionEnded:
    """The agent pressed End; the session is still open."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionAbandoned:
    """The agent was away too long: they no longer have the item."""

    at: datetime
    conversation: Id
    agent: Id
    offer: Id


OfferMessage: TypeAlias = (
    OfferAccepted
    | OfferAssigned
    | OfferRejected
    | OfferMissed
    | OfferUnseen
    | OfferRefused
    | SetupFailed
    | SessionOpened
    | SessionEnded
    | SessionClosed
    | SessionAbandoned
)
"""Everything that a desk sends to a conversation."""
