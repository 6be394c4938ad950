"""What a host has to do after an event in a window of sentiment, in order. Perform an effect once for each id."""

from enum import Enum
from typing import TypeAlias

import attrs

from customer_summary.domain.send import EffectId
from customer_summary.domain.sentiment import SentimentLevel


class Audience(Enum):
    """Whom an alert is for."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"


@attrs.frozen
class AskScore:
    """Have the text of this revision of a message read, and answer with `MessageScored`, whenever it is ready.

    `language` is the conversation's where it is known, `digest` that of the text to read. `likely` is the language of
    the newest message that was read: for a text that is too short to tell.
    """

    id: EffectId
    conversation: str
    message: str
    revision: int
    digest: int
    language: str | None
    likely: str | None = None


@attrs.frozen
class AnnounceSentiment:
    """The level is another one: change the icon for whoever sees it."""

    id: EffectId
    conversation: str
    before: SentimentLevel
    after: SentimentLevel


@attrs.frozen
class RaiseSentimentAlert:
    """The level has come down to the threshold or lower: alert these people, as far as `rules.sentiment_audience` lets.

    `level` is the level that it came to.
    """

    id: EffectId
    conversation: str
    audience: Audience
    level: SentimentLevel


SentimentEffect: TypeAlias = AskScore | AnnounceSentiment | RaiseSentimentAlert
"""Everything that a window of sentiment asks of its host."""
