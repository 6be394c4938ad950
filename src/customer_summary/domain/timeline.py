"""What the timeline shows: activities and quick notes (spec 6)."""

from datetime import datetime
from enum import Enum
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Text, checked
from customer_summary.domain.record import RecordKind, RecordRef

MAX_NOTE = 100_000
MAX_ACTIVITY_TITLE = 400
MAX_ACTIVITY_BODY = 100_000


class ActivityType(Enum):
    """What was done."""

    EMAIL = "email"
    PHONE_CALL = "phone_call"
    TASK = "task"
    APPOINTMENT = "appointment"
    CONVERSATION = "conversation"
    POST = "post"
    OTHER = "other"


class NoteType(Enum):
    """A note is of one type: the name it has among activities."""

    QUICK_NOTE = "quick_note"


class ActivityStatus(Enum):
    """Whether it is still to be done."""

    ACTIVE = "active"
    CLOSED = "closed"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Activity:
    """One activity about a record: a contact, an account, a case or a conversation.

    `automatic` says that the system posted it, no user. `modified_on` is None where it never changed.
    """

    id: Id
    at: datetime
    sequence: int = 0
    regarding: RecordRef
    type: ActivityType
    title: Annotated[str, Text(least=1, most=MAX_ACTIVITY_TITLE), SECRET]
    body: Annotated[str, Text(most=MAX_ACTIVITY_BODY, strip=False), SECRET] = ""
    author: str = ""
    status: ActivityStatus = ActivityStatus.CLOSED
    due: datetime | None = None
    automatic: bool = False
    modified_on: datetime | None = None


@attrs.frozen(kw_only=True, field_transformer=checked)
class QuickNote:
    """A note taken during the talk, about a case or a customer: it says something, in its title or its body.

    `attachment` is the name of the one file it may carry. `modified_on` is None where it never changed.
    """

    id: Id
    at: datetime
    sequence: int = 0
    regarding: RecordRef
    title: Annotated[str, Text(most=MAX_ACTIVITY_TITLE), SECRET] = ""
    body: Annotated[str, Text(most=MAX_NOTE, strip=False), SECRET] = ""
    author: str = ""
    attachment: Annotated[str, SECRET] = ""
    modified_on: datetime | None = None

    def __attrs_post_init__(self) -> None:
        if self.regarding.kind is RecordKind.CONVERSATION:
            raise InvalidValue("regarding", "a note is about a contact, an account or a case")
        if not self.title and not self.body.strip():
            raise InvalidValue("body", "must not be empty")

    @property
    def type(self) -> NoteType:
        """What it is, among activities."""
        return NoteType.QUICK_NOTE


TimelineEntry: TypeAlias = Activity | QuickNote
