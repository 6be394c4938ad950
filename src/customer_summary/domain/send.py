"""The messages between a conversation and a desk, as what a host delivers."""

from typing import TypeAlias

import attrs

from customer_summary.domain.desk_events import Offered, OfferWithdrawn, WrapUpStarted
from customer_summary.domain.offer_messages import OfferMessage

EffectId: TypeAlias = tuple[str, int, int] | tuple[str, str, str]
"""(key, transition, ordinal) of a change, or (key, kind, offer) of an answer that changed nothing."""

DeskMessage: TypeAlias = Offered | OfferWithdrawn | WrapUpStarted
"""Everything that a conversation sends to a desk."""


@attrs.frozen
class Send:
    """Deliver this message, at least once, in any order: to the conversation or to the desk of the agent `to`."""

    id: EffectId
    to: str
    message: OfferMessage | DeskMessage
