"""Many windows of sentiment in memory, and who watches them: each fact of a log goes where it belongs."""

from collections.abc import Iterator, Mapping

import attrs

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import ConversationStarted, MessageSent
from customer_summary.domain.desk import Desk
from customer_summary.domain.errors import DecodeError, InvalidValue, Problem
from customer_summary.domain.facts import Fact
from customer_summary.domain.outcome import Outcome, Refused
from customer_summary.domain.presence import BaseStatus
from customer_summary.domain.sentiment import SentimentWindow
from customer_summary.domain.sentiment_effects import Audience, RaiseSentimentAlert, SentimentEffect
from customer_summary.domain.sentiment_events import AudienceFact, SentimentSettingsMade, WindowFact
from customer_summary.domain.sentiment_settings import supported_language
from customer_summary.rules.sentiment import SentimentPolicy
from customer_summary.rules.sentiment_audience import (
    NotAlerted,
    Watcher,
    is_visible,
    why_agent_not_alerted,
    why_supervisor_not_alerted,
)
from customer_summary.rules.sentiment_course import SentimentCourse
from customer_summary.wire.log import Line


@attrs.frozen
class Alerted:
    """Whom an alert is for, and why they are not told; None where they are."""

    audience: Audience
    agent: str
    why_not: NotAlerted | None


@attrs.frozen
class Felt:
    """What came of an event in a window of sentiment: the window then, what its host has to do, and who is alerted."""

    window: SentimentWindow
    outcome: Outcome
    effects: tuple[SentimentEffect, ...]
    alerted: tuple[Alerted, ...]


@attrs.define
class Sentiments:
    """The windows of the conversations that have started, and the people who watch.

    `desks` say who is Available or Busy. With `every` an event of a conversation that has not started is refused.
    """

    desks: Mapping[str, Desk]
    policy: SentimentPolicy = attrs.field(factory=SentimentPolicy)
    every: bool = False
    _windows: dict[str, SentimentWindow] = attrs.field(factory=dict)
    _courses: dict[str, SentimentCourse] = attrs.field(factory=dict)
    _watchers: dict[str, Watcher] = attrs.field(factory=dict)
    _agents: dict[str, str | None] = attrs.field(factory=dict)

    def take(self, line: Line | None, outcome: Outcome | None, state: Conversation | None) -> Felt | None:
        """Handles a fact that a conversation answered with `outcome`; raises `DecodeError` with its line."""
        if state is not None:
            self._agents[state.id] = state.agent
        if line is None or isinstance(outcome, Refused):
            return None
        try:
            return self._take(line.fact)
        except InvalidValue as error:
            raise DecodeError((Problem(error.field, error.rule),), line.number) from None

    def _take(self, fact: Fact) -> Felt | None:
        if isinstance(fact, MessageSent | WindowFact):
            return self.send(fact)
        if isinstance(fact, SentimentSettingsMade):
            self.policy = SentimentPolicy(fact.settings)
        elif isinstance(fact, AudienceFact):
            self._watchers[fact.agent] = self.watcher(fact.agent).told(fact)
        elif isinstance(fact, ConversationStarted) and fact.conversation not in self._windows:
            name = fact.conversation
            self._windows[name] = self.policy.start(name, fact.at, supported_language(fact.visitor.language))
            self._courses[name] = SentimentCourse(name)
        return None

    def send(self, event: MessageSent | WindowFact) -> Felt | None:
        """Handles one event in the window of its conversation."""
        name = event.conversation
        before = self._windows.get(name)
        if before is None:
            if self.every:
                raise InvalidValue("conversation", "no conversation with this id has started")
            return None
        window, outcome, effects = self.policy.step(before, event)
        self._windows[name] = window
        self._courses[name] = self._courses[name].then(window, effects)
        alerts = (one for one in effects if isinstance(one, RaiseSentimentAlert))
        return Felt(window, outcome, effects, tuple(one for alert in alerts for one in self._alerted(alert)))

    def watcher(self, agent: str) -> Watcher:
        """Gives what is known of a person who watches."""
        return self._watchers.get(agent) or Watcher(agent)

    def course(self, conversation: str) -> SentimentCourse | None:
        """Gives what a supervisor sees of a conversation; None where it has not started."""
        return self._courses.get(conversation)

    def shown(self, conversation: Conversation | None) -> SentimentWindow | None:
        """Gives the window of a conversation where its agent sees it; else None."""
        if conversation is None or conversation.agent is None:
            return None
        visible = is_visible(self.policy.settings, self.watcher(conversation.agent))
        return self._windows.get(conversation.id) if visible else None

    def _alerted(self, alert: RaiseSentimentAlert) -> Iterator[Alerted]:
        if alert.audience is Audience.AGENT:
            agent = self._agents.get(alert.conversation)
            if agent is not None:
                why = why_agent_not_alerted(self.policy.settings, self.watcher(agent), alert.conversation)
                yield Alerted(alert.audience, agent, why)
            return
        bases = {desk.agent: desk.presence.status.base for desk in self.desks.values()}
        for one in self._watchers.values():
            if one.supervisor:
                base = bases.get(one.agent, BaseStatus.OFFLINE)
                yield Alerted(alert.audience, one.agent, why_supervisor_not_alerted(one, base))
