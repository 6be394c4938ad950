"""Sentiment: the machine of the six most recent customer messages (spec 10).

Nothing here lapses: a window has no deadline. Which level shows is derived (`domain.sentiment`), so any level may
follow any other; every refusal stands here.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.conversation_events import MessageSent
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Text, check_id, check_instant
from customer_summary.domain.message import Author
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.sentiment import (
    LEVELS,
    MAX_TAG,
    WINDOW,
    EarlyReading,
    Reading,
    SentimentLevel,
    SentimentPlace,
    SentimentWindow,
    shown_rank,
    text_digest,
)
from customer_summary.domain.sentiment_effects import (
    AnnounceSentiment,
    AskScore,
    Audience,
    RaiseSentimentAlert,
    SentimentEffect,
)
from customer_summary.domain.sentiment_events import MessageDeleted, MessageEdited, MessageScored, SentimentEvent
from customer_summary.domain.sentiment_settings import SentimentSettings
from customer_summary.domain.tick import Tick
from customer_summary.rules.machine import APPLIED, TIME_PASSED

Places: TypeAlias = tuple[SentimentPlace, ...]
Changed: TypeAlias = tuple[Places, SentimentPlace, SentimentPlace | None]
"""The places after an event, the one that is new among them, and the one that is gone."""
Answer: TypeAlias = Changed | Unchanged | Refused

_ANSWERS = Unchanged, Refused

_CUSTOMER = Author.CUSTOMER

STOCK_SETTINGS = SentimentSettings()
NOT_THE_CUSTOMERS = Unchanged("not the customer's")
SEEN = Unchanged("already in the window")
OLDER = Unchanged("older than the six that count")
OUTSIDE = Unchanged("outside the window")
DELETED = Unchanged("already deleted")
EDITED_SINCE = Unchanged("edited since")
EDITED = Unchanged("already edited")
SCORED = Unchanged("already scored")


@attrs.frozen
class SentimentPolicy:
    """The settings of sentiment, and the machine of one conversation's window. [seed 003; spec 10]"""

    settings: SentimentSettings = STOCK_SETTINGS

    def start(self, conversation: str, at: datetime, language: str | None = None) -> SentimentWindow:
        """Gives the window of a conversation in which the customer has said nothing: neutral."""
        tag = None if language is None else Text(least=1, most=MAX_TAG, bare=True).check(language, "language")
        return SentimentWindow(check_id(conversation, "conversation"), check_instant(at, "at"), language=tag)

    def step(
        self, state: SentimentWindow, event: SentimentEvent
    ) -> tuple[SentimentWindow, Outcome, tuple[SentimentEffect, ...]]:
        """Gives the window after one event, the answer to it, and what to do.

        Raises `InvalidValue` for an event of another conversation: a host delivered it wrongly.
        """
        if type(event) is Tick:
            return state, TIME_PASSED, ()
        if event.conversation != state.conversation:  # type: ignore[union-attr]  # a tick went before
            raise InvalidValue("conversation", "must be the one that the event is for")
        answer = RULES[type(event)](self.settings, state.places, event)
        if isinstance(answer, _ANSWERS):
            return state, answer, ()
        return self._applied(state, event.at, *answer)

    def deadline(self, _: SentimentWindow) -> None:
        """Gives None: nothing lapses."""
        return

    def _applied(
        self, state: SentimentWindow, at: datetime, places: Places, new: SentimentPlace, gone: SentimentPlace | None
    ) -> tuple[SentimentWindow, Outcome, tuple[SentimentEffect, ...]]:
        key, number, language = state.conversation, state.transitions + 1, state.language
        total, scored, profane, alerted = state.total, state.scored, state.profane, state.alerted
        effects: tuple[SentimentEffect, ...] = ()
        reading, old = new.reading, None if gone is None else gone.reading
        if reading is None and new.digest is not None and new.early is None:
            likely = None if language else _likely(places)
            effects = (AskScore((key, number, 0), key, new.id, new.revision, new.digest, language, likely),)
        if reading is not old:
            if old is not None:
                profane -= old.profane
                if old.score is not None:
                    total -= old.score
                    scored -= 1
            if reading is not None:
                profane += reading.profane
                if reading.score is not None:
                    total += reading.score
                    scored += 1
            before = shown_rank(state.total, state.scored, state.profane)
            after = shown_rank(total, scored, profane)
            if after != before:
                changed = AnnounceSentiment((key, number, len(effects)), key, LEVELS[before], LEVELS[after])
                effects = (*effects, changed)
            threshold = self.settings.threshold
            if threshold is not None:
                if not alerted and after <= threshold.rank:
                    alerted = True
                    effects = (*effects, *self._alerts(key, number, len(effects), LEVELS[after]))
                elif alerted and after > threshold.rank + self.settings.hysteresis:
                    alerted = False
        at = max(at, state.at)
        window = SentimentWindow(key, at, number, language, places, total, scored, profane, alerted)
        return window, APPLIED, effects

    def _alerts(self, key: str, number: int, ordinal: int, level: SentimentLevel) -> list[SentimentEffect]:
        return [
            RaiseSentimentAlert((key, number, ordinal + place), key, audience, level)
            for place, audience in enumerate(Audience)
        ]


def _seen(_: SentimentSettings, places: Places, event: MessageSent) -> Answer:
    message = event.message
    if message.author is not _CUSTOMER:
        return NOT_THE_CUSTOMERS
    name, digest = message.id, text_digest(message.text)
    for place in places:
        if place.id == name:
            return _again(place, event, digest)
    new = SentimentPlace(name, message.at, message.sequence, digest)
    place_at, order = len(places), None
    while place_at and not places[place_at - 1].at < message.at:
        order = order or (message.at, message.sequence, name)
        if _order(places[place_at - 1]) < order:
            break
        place_at -= 1
    if len(places) < WINDOW:
        return (*places[:place_at], new, *places[place_at:]), new, None
    if not place_at:
        return OLDER
    return (*places[1:place_at], new, *places[place_at:]), new, places[0]


def _again(place: SentimentPlace, event: MessageSent, digest: int) -> Answer:
    """Answers a message that came again; other content under one id is refused, as far as it is still known."""
    same_text = place.revision or place.digest in {None, digest}
    if (place.at, place.sequence) != (event.message.at, event.message.sequence) or not same_text:
        return Refused("other_content", "the message that came first")
    return SEEN


def _order(place: SentimentPlace) -> tuple[datetime, int, str]:
    return place.at, place.sequence, place.id


def _edited(_: SentimentSettings, places: Places, event: MessageEdited) -> Answer:
    index = _index(places, event.message)
    if index is None:
        return OUTSIDE
    place, digest = places[index], text_digest(event.text)
    if place.digest is None:
        return DELETED
    if event.revision <= place.revision:
        if event.revision < place.revision:
            return EDITED_SINCE
        return EDITED if digest == place.digest else Refused("other_content", "the edit that came first")
    early, reading = place.early, None
    if early is not None and early.revision <= event.revision:
        if early.revision == event.revision and early.digest == digest:
            reading = early.reading
        early = None
    new = SentimentPlace(place.id, place.at, place.sequence, digest, event.revision, reading, early)
    return _with(places, index, new), new, place


def _deleted(_: SentimentSettings, places: Places, event: MessageDeleted) -> Answer:
    index = _index(places, event.message)
    if index is None:
        return OUTSIDE
    place = places[index]
    if place.digest is None:
        return DELETED
    new = SentimentPlace(place.id, place.at, place.sequence, None, place.revision)
    return _with(places, index, new), new, place


def _scored(settings: SentimentSettings, places: Places, event: MessageScored) -> Answer:
    index = _index(places, event.message)
    if index is None:
        return OUTSIDE
    place, revision = places[index], event.revision
    reading: Reading | None = event.reading
    if place.digest is None:
        return DELETED
    if revision < place.revision:
        return EDITED_SINCE
    if event.reading.score is not None and not settings.scores(event.reading.language):
        reading = Reading(None, event.reading.language, event.reading.profane)
    early = place.early
    if revision > place.revision:
        if early is not None and revision <= early.revision:
            return SCORED if revision == early.revision else EDITED_SINCE
        early, reading = EarlyReading(revision, event.digest, reading or event.reading), place.reading
    elif event.digest != place.digest:
        return Refused("other_text", "the text of the message")
    elif place.reading is not None:
        return SCORED
    new = SentimentPlace(place.id, place.at, place.sequence, place.digest, place.revision, reading, early)
    return _with(places, index, new), new, place


def _likely(places: Places) -> str | None:
    for place in reversed(places):
        if place.reading is not None and place.reading.language is not None:
            return place.reading.language
    return None


def _index(places: Places, message: str) -> int | None:
    for index, place in enumerate(places):
        if place.id == message:
            return index
    return None


def _with(places: Places, index: int, place: SentimentPlace) -> Places:
    return (*places[:index], place, *places[index + 1 :])


RULES: Mapping[type, Callable[[SentimentSettings, Places, Any], Answer]] = {
    MessageSent: _seen,
    MessageEdited: _edited,
    MessageDeleted: _deleted,
    MessageScored: _scored,
}
