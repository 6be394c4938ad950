"""The story of how customers feel, for a terminal: the level after each message, and what a supervisor sees."""

from collections.abc import Iterable, Iterator

import attrs

from customer_summary.domain.conversation_events import ConversationStarted, MessageSent
from customer_summary.domain.sentiment import SentimentPlace, SentimentWindow
from customer_summary.domain.sentiment_effects import AskScore, RaiseSentimentAlert, SentimentEffect
from customer_summary.domain.sentiment_events import MessageEdited, SentimentSettingsMade
from customer_summary.domain.sentiment_settings import NONE, SentimentSettings
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.hosts.replay import Told, tell
from customer_summary.hosts.sentiments import Sentiments
from customer_summary.plain import plain
from customer_summary.rules.sentiment import SentimentPolicy
from customer_summary.rules.sentiment_course import SentimentCourse
from customer_summary.rules.sentiment_ports import Ports, read_text
from customer_summary.wire.converter import write_instant
from customer_summary.wire.log import Line


def felt_lines(told: Told, sentiments: Sentiments) -> Iterator[str]:
    """Says what a host has to do after a fact in a window, and who is alerted; ids and kinds only.

    Nothing where sentiment is on for no queue.
    """
    felt = sentiments.take(told.line, told.outcome, told.state)
    if felt is None or not sentiments.policy.settings.queues:
        return
    for effect in felt.effects:
        yield plain(f"    {_effect(effect)}")
    for one in felt.alerted:
        why = "alerted" if one.why_not is None else f"not alerted: {one.why_not.value}"
        yield plain(f"        {one.audience.value} {one.agent} {why}")


def _effect(effect: SentimentEffect) -> str:
    if isinstance(effect, AskScore):
        return f"ask score {effect.message}, text {effect.revision}"
    if isinstance(effect, RaiseSentimentAlert):
        return f"sentiment alert for the {effect.audience.value}: {effect.level.value}"
    return f"sentiment {effect.before.value} -> {effect.after.value}"


@attrs.define
class Levels:
    """Reads what customers of a log wrote, and says the level after each of their messages.

    What the log says was read in a text counts only where the settings name no scorer. They hold for all of the log.
    """

    ports: Ports
    settings: SentimentSettings
    centre: ContactCentre = attrs.field(init=False, factory=ContactCentre)
    sentiments: Sentiments = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.sentiments = Sentiments(self.centre.desks, SentimentPolicy(self.settings), every=True)

    def lines(self, lines: Iterable[Line], conversation: str | None = None) -> Iterator[str]:
        """Gives a line after each customer message that counts, and at the end one for each conversation."""
        names: dict[str, None] = {}
        for told in tell(lines, lambda event: conversation in {None, event.conversation}, self.centre):
            fact = told.line.fact if told.line else None
            if isinstance(fact, ConversationStarted):
                names[fact.conversation] = None
            if conversation in {None, getattr(fact, "conversation", None)}:
                yield from self._after(told)
        for name in names:
            course = self.sentiments.course(name)
            if course is not None:
                yield plain(_summary(course))

    def _after(self, told: Told) -> Iterator[str]:
        fact = told.line.fact if told.line else None
        if isinstance(fact, SentimentSettingsMade):
            return
        felt = self.sentiments.take(told.line, told.outcome, told.state)
        if felt is None or not isinstance(fact, MessageSent | MessageEdited):
            return
        window, asked = felt.window, [one for one in felt.effects if isinstance(one, AskScore)]
        text = fact.message.text if isinstance(fact, MessageSent) else fact.text
        for ask in asked:
            if self.settings.scorer != NONE:
                answer = read_text(ask, text, ports=self.ports, settings=self.settings, at=told.at)
                read = self.sentiments.send(answer)
                window = window if read is None else read.window
            yield plain(_level(window, ask.message))


def _level(window: SentimentWindow, message: str) -> str:
    place = next(one for one in window.places if one.id == message)
    level, rule = window.standing
    return f"{write_instant(place.at)} {message} {_said(place)} -> {level.value} ({rule.value})"


def _said(place: SentimentPlace) -> str:
    score = place.status.value if place.score is None else f"{place.score // 100}.{place.score % 100:02}"
    return f"{score}, profane" if place.profane else score


def _summary(course: SentimentCourse) -> str:
    parts = (
        f"messages {course.messages}",
        f"now {course.level.value}",
        f"lowest {course.lowest.value}",
        f"alerts {course.alerts}",
        course.trend.value,
    )
    return f"{course.conversation}: {', '.join(parts)}"
