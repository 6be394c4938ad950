"""Who sees the sentiment of a conversation and who is alerted (spec 10): pure questions about people."""

from datetime import datetime
from enum import Enum

import attrs

from customer_summary.domain.presence import BaseStatus
from customer_summary.domain.sentiment_events import AudienceFact, QueuesAssigned
from customer_summary.domain.sentiment_settings import SentimentSettings


class NotAlerted(Enum):
    """Why nobody is told of an alert: `in_focus` changes the icon only, `not_visible` not even that."""

    NOT_VISIBLE = "not_visible"
    IN_FOCUS = "in_focus"
    PRESENCE = "presence"
    NO_QUEUE = "no_queue"


@attrs.frozen
class Watcher:
    """One person at a desk: their queues, and the conversation whose session they look at. Both are registers."""

    agent: str
    queues: tuple[str, ...] = ()
    supervisor: bool = False
    assigned_at: datetime | None = None
    focused: str | None = None
    focused_at: datetime | None = None

    def told(self, fact: AudienceFact) -> "Watcher":
        """Gives the watcher after a fact; one whose instant is not later than the last one of its kind is dropped."""
        if isinstance(fact, QueuesAssigned):
            if self.assigned_at is not None and fact.assigned_at <= self.assigned_at:
                return self
            return attrs.evolve(self, queues=fact.queues, supervisor=fact.supervisor, assigned_at=fact.assigned_at)
        if self.focused_at is not None and fact.focused_at <= self.focused_at:
            return self
        return attrs.evolve(self, focused=fact.conversation, focused_at=fact.focused_at)


def is_visible(settings: SentimentSettings, watcher: Watcher) -> bool:
    """Says whether an agent sees sentiment: they are a member of a queue for which it is switched on. [seed 003]"""
    return not set(settings.queues).isdisjoint(watcher.queues)


def why_agent_not_alerted(settings: SentimentSettings, watcher: Watcher, conversation: str) -> NotAlerted | None:
    """Says why the agent of a conversation gets no alert on the session panel; None where they get one. [spec 10]"""
    if not is_visible(settings, watcher):
        return NotAlerted.NOT_VISIBLE
    return NotAlerted.IN_FOCUS if watcher.focused == conversation else None


def why_supervisor_not_alerted(watcher: Watcher, base: BaseStatus) -> NotAlerted | None:
    """Says why a supervisor gets no notification; None for one who is Available or Busy, with a queue."""
    if base not in {BaseStatus.AVAILABLE, BaseStatus.BUSY}:
        return NotAlerted.PRESENCE
    return None if watcher.queues else NotAlerted.NO_QUEUE
