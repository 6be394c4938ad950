"""How the customer feels, as people read it (spec 10): the level, the rule it shows by, and what each message gave."""

from typing import Any

from customer_summary.domain.sentiment import (
    PlaceStatus,
    SentimentLevel,
    SentimentPlace,
    SentimentRule,
    SentimentWindow,
)
from customer_summary.domain.sentiment_effects import RaiseSentimentAlert
from customer_summary.rules.sentiment_course import SentimentCourse
from customer_summary.views.page import Field, Part, Row
from customer_summary.views.reader import Phrase, Reader
from customer_summary.views.tone import Tone

_TONES = {
    SentimentLevel.VERY_NEGATIVE: Tone.URGENT,
    SentimentLevel.NEGATIVE: Tone.URGENT,
    SentimentLevel.SLIGHTLY_NEGATIVE: Tone.NOTICE,
    SentimentLevel.NEUTRAL: Tone.NEUTRAL,
}


def sentiment_fields(window: SentimentWindow, reader: Reader) -> tuple[Field, ...]:
    """The level, and why it shows: for the top of the communication panel. [seed 003]"""
    level = window.level
    return (
        Field("sentiment", "sentiment.realtime", level, reader, tone=_TONES.get(level, Tone.GOOD)),
        Field("sentiment_reason", "field.sentiment.reason", _reason(window), reader),
    )


def _reason(window: SentimentWindow) -> Phrase:
    rule, mean = window.rule, window.mean
    places: tuple[tuple[str, Any], ...] = ()
    if rule is SentimentRule.PROFANITY:
        places = (("count", sum(place.profane for place in window.places)),)
    elif mean is not None:
        count = sum(place.score is not None for place in window.places)
        places = (("mean", _points(mean)), ("count", count))
    return Phrase(rule.value, f"sentiment.rule.{rule.value}", places)


def _points(score: int) -> str:
    """Writes a score of hundredths as points of 100."""
    return f"{score // 100}.{score % 100:02}"


def sentiment_tab(window: SentimentWindow, reader: Reader) -> Part:
    """The messages that count, oldest first, each with what was read in it."""
    rows = tuple(Row(place.id, place, reader, more=tuple(_place(place, reader))) for place in window.places)
    return Part(
        name="sentiment", key="sentiment.title", reader=reader, rows=rows, empty=None if rows else "empty.messages"
    )


def _place(place: SentimentPlace, reader: Reader) -> list[Field]:
    score, reading = place.score, place.reading
    found = [
        Field("at", "field.at", place.at, reader),
        Field("score", "field.sentiment.score", None if score is None else _points(score), reader),
        Field("status", "field.sentiment.status", place.status, reader),
        Field("language", "field.visitor.language", None if reading is None else reading.language, reader),
    ]
    if place.profane:
        found.append(
            Field(
                "profane", "field.sentiment.profane", Phrase(True, "field.sentiment.profane"), reader, tone=Tone.URGENT
            )
        )
    return [one for one in found if one.name != "status" or place.status is not PlaceStatus.SCORED]


def sentiment_alert(alert: RaiseSentimentAlert, session: str, reader: Reader) -> Field:
    """What an alert says: labelled by the title of its session, with the level that it came to. [spec 10]"""
    text = Phrase(alert.level.value, "sentiment.alert", (("level", alert.level),))
    return Field("sentiment_alert", "sentiment.alert", text, reader, tone=Tone.URGENT, caption=session)


def course_part(course: SentimentCourse, reader: Reader) -> Part:
    """What a supervisor sees of a conversation: the level now and the lowest, the alerts, and where it is going."""
    fields = (
        Field("sentiment", "sentiment.realtime", course.level, reader, tone=_TONES.get(course.level, Tone.GOOD)),
        Field("lowest", "field.sentiment.lowest", course.lowest, reader),
        Field("alerts", "field.sentiment.alerts", course.alerts, reader),
        Field("trend", "field.sentiment.trend", course.trend, reader),
    )
    return Part(name="sentiment", key="sentiment.title", reader=reader, fields=fields)
