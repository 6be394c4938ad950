"""A message of the conversation."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.fields import SECRET, Id, Text, checked

MAX_MESSAGE = 100_000
"""Characters in a message (our choice: as long as a note may be)."""


class Author(Enum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Message:
    """One message, with the instant at which it was sent. `sender` is a name to show, or empty."""

    id: Id
    at: datetime
    sequence: int = 0
    author: Author
    sender: Annotated[str, SECRET] = ""
    text: Annotated[str, Text(most=MAX_MESSAGE, strip=False), SECRET]
