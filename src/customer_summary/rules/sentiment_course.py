"""What a supervisor sees of a conversation's sentiment: one pass over its steps (spec 10)."""

from collections.abc import Iterable
from enum import Enum

import attrs

from customer_summary.domain.sentiment import SentimentLevel, SentimentRule, SentimentWindow
from customer_summary.domain.sentiment_effects import AskScore, Audience, RaiseSentimentAlert, SentimentEffect


class SentimentTrend(Enum):
    """Where the level went since the first message that was scored."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@attrs.frozen
class SentimentCourse:
    """The course of a conversation so far: customer messages, level now and lowest, alerts, and where it started.

    `first` is the level after the first reading that counted; None before.
    """

    conversation: str
    messages: int = 0
    level: SentimentLevel = SentimentLevel.NEUTRAL
    lowest: SentimentLevel = SentimentLevel.NEUTRAL
    alerts: int = 0
    first: SentimentLevel | None = None

    @property
    def trend(self) -> SentimentTrend:
        """Where the level went since the first message that was scored."""
        change = 0 if self.first is None else self.level.rank - self.first.rank
        return SentimentTrend.STEADY if not change else SentimentTrend.RISING if change > 0 else SentimentTrend.FALLING

    def then(self, window: SentimentWindow, effects: Iterable[SentimentEffect]) -> "SentimentCourse":
        """Gives the course after one more step of the machine."""
        messages, alerts = self.messages, self.alerts
        for one in effects:
            messages += isinstance(one, AskScore) and not one.revision
            alerts += isinstance(one, RaiseSentimentAlert) and one.audience is Audience.SUPERVISOR
        level, rule = window.standing
        first = level if self.first is None and rule is not SentimentRule.NOTHING_SCORED else self.first
        lowest = level if level.rank < self.lowest.rank else self.lowest
        return SentimentCourse(self.conversation, messages, level, lowest, alerts, first)
