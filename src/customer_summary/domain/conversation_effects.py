"""What a host has to do after an event of a conversation, in order. Perform an effect once for each id."""

from enum import Enum
from typing import TypeAlias

import attrs

from customer_summary.domain.send import EffectId, Send


class TranscriptNote(Enum):
    """What an automated message of the transcript says. [spec 3.2]"""

    CUSTOMER_DISCONNECTED = "customer_disconnected"
    CUSTOMER_RETURNED = "customer_returned"
    CUSTOMER_STAYED_AWAY = "customer_stayed_away"
    CUSTOMER_IDLE = "customer_idle"


@attrs.frozen
class NoteInTranscript:
    """Write an automated message into the transcript of the conversation."""

    id: EffectId
    conversation: str
    note: TranscriptNote


ConversationEffect: TypeAlias = Send | NoteInTranscript
"""Everything that a conversation asks of its host."""
