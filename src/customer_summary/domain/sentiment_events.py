"""What moves the sentiment of a conversation, and who looks at it (spec 10). A message comes as `MessageSent`.

`at` is when the host received the event. Edits carry a `revision`, a number that grows with each edit of a message:
so an edit that comes late or twice loses. What sets a register carries the instant of the choice itself.
"""

from datetime import datetime
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.conversation_events import MessageSent
from customer_summary.domain.fields import SECRET, Id, Many, Name, Text, Whole, checked
from customer_summary.domain.message import MAX_MESSAGE
from customer_summary.domain.sentiment import Digest, Reading, Revision
from customer_summary.domain.sentiment_settings import MAX_QUEUES, SentimentSettings
from customer_summary.domain.tick import Tick


@attrs.frozen(kw_only=True, field_transformer=checked)
class MessageEdited:
    """Somebody changed a message they had sent; the `revision` of the first edit is 1."""

    at: datetime
    conversation: Id
    message: Id
    revision: Annotated[int, Whole(least=1)]
    text: Annotated[str, Text(most=MAX_MESSAGE, strip=False), SECRET]


@attrs.frozen(kw_only=True, field_transformer=checked)
class MessageDeleted:
    """A message was deleted, for good."""

    at: datetime
    conversation: Id
    message: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class MessageScored:
    """What was read in the text of one revision of a message; `digest` is that of the text that was read."""

    at: datetime
    conversation: Id
    message: Id
    revision: Revision = 0
    digest: Digest
    reading: Reading


@attrs.frozen(kw_only=True, field_transformer=checked)
class SentimentSettingsMade:
    """An administrator made the settings of sentiment, all at once. They govern what comes from then on."""

    at: datetime
    settings: SentimentSettings


@attrs.frozen(kw_only=True, field_transformer=checked)
class QueuesAssigned:
    """Of these queues an agent is a member now; one who is a `supervisor` is assigned to them."""

    at: datetime
    agent: Id
    queues: Annotated[tuple[Name, ...], Many(most=MAX_QUEUES)]
    supervisor: bool = False
    assigned_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionFocused:
    """The agent looks at the session of this conversation now; None: at no conversation's."""

    at: datetime
    agent: Id
    conversation: Id | None = None
    focused_at: datetime


WindowFact: TypeAlias = MessageEdited | MessageDeleted | MessageScored
SentimentEvent: TypeAlias = MessageSent | WindowFact | Tick
"""Everything that can happen to a window of sentiment."""

AudienceFact: TypeAlias = QueuesAssigned | SessionFocused
SentimentFact: TypeAlias = WindowFact | AudienceFact | SentimentSettingsMade
"""The facts of a log that are about sentiment alone."""
