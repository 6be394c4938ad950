"""Who else takes part in a conversation: agents who are consulted, supervisors who listen (spec 3.2, 12)."""

from datetime import datetime
from enum import Enum

import attrs

from customer_summary.domain.fields import Id, checked_when_read

MAX_PARTICIPANTS = 50
"""At most so many others are known of one conversation, those who left included (our choice)."""


class ParticipantRole(Enum):
    """Why somebody else takes part. Neither uses capacity."""

    CONSULT = "consult"
    MONITOR = "monitor"


@attrs.frozen(field_transformer=checked_when_read)
class Participant:
    """Somebody else in a conversation; `since` is when they came, or left where they are no longer `there`."""

    agent: Id
    role: ParticipantRole
    since: datetime
    there: bool = True
