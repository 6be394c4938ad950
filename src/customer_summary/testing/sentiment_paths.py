"""Hypothesis strategies for the sentiment of a conversation: settings, events, and windows that a machine came to."""

from datetime import datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import strategies as st

from customer_summary.domain.conversation_events import MessageSent
from customer_summary.domain.message import Author, Message
from customer_summary.domain.sentiment import LEVELS, Reading, SentimentWindow, text_digest
from customer_summary.domain.sentiment_events import MessageDeleted, MessageEdited, MessageScored, SentimentEvent
from customer_summary.domain.sentiment_settings import SentimentSettings
from customer_summary.domain.tick import Tick
from customer_summary.rules.sentiment import SentimentPolicy
from customer_summary.testing.desk_strategies import START, moments

Strategy: TypeAlias = st.SearchStrategy[Any]

CONVERSATION = "c-1"
MESSAGES = 9
REVISIONS = 3
SCORES = (0, 1428, 1429, 4285, 4286, 5000, 5714, 5715, 8571, 8572, 10_000)
"""Scores on either side of every bound between two levels."""


def message(number: int, author: Author = Author.CUSTOMER) -> Message:
    """Gives the message of a number: always the same; some share an instant, some a sequence too."""
    at = START + timedelta(seconds=number // 2)
    return Message(id=f"m-{number}", at=at, sequence=number % 3, author=author, text=text_of(number, 0))


def text_of(number: int, revision: int) -> str:
    """Gives the text of a revision of a message; that of the second edit is the first one again."""
    return f"text {number}.{0 if revision == 2 else revision}"  # noqa: PLR2004  # see above


def readings() -> st.SearchStrategy[Reading]:
    """Readings in English, in a language that may be off, in one that nobody scores, and in one that is not known."""
    scores = st.sampled_from(SCORES) | st.none()
    return st.builds(
        Reading,
        score=scores,
        language=st.sampled_from(["en", "en", "en", "nl", "tlh", None]),
        profane=st.sampled_from([False, False, False, False, True]),
    )


def seen(at: datetime, number: int, author: Author = Author.CUSTOMER) -> MessageSent:
    """Gives the event of a message."""
    return MessageSent(at=at, conversation=CONVERSATION, message=message(number, author))


def edited(at: datetime, number: int, revision: int) -> MessageEdited:
    """Gives the event of an edit."""
    return MessageEdited(
        at=at, conversation=CONVERSATION, message=f"m-{number}", revision=revision, text=text_of(number, revision)
    )


def deleted(at: datetime, number: int) -> MessageDeleted:
    """Gives the event of a deletion."""
    return MessageDeleted(at=at, conversation=CONVERSATION, message=f"m-{number}")


def scored(at: datetime, number: int, revision: int, reading: Reading) -> MessageScored:
    """Gives the event of a reading of a revision."""
    digest = text_digest(text_of(number, revision))
    return MessageScored(
        at=at, conversation=CONVERSATION, message=f"m-{number}", revision=revision, digest=digest, reading=reading
    )


def sentiment_settings() -> st.SearchStrategy[SentimentSettings]:
    """Every threshold, with and without hysteresis and multilingual sentiment."""
    return st.builds(
        SentimentSettings,
        queues=st.sampled_from([(), ("Shop",), ("Shop", "Repairs")]),
        multilingual=st.booleans(),
        threshold=st.sampled_from([None, *LEVELS[:3]]),
        hysteresis=st.integers(0, 3),
    )


def sentiment_events() -> st.SearchStrategy[SentimentEvent]:
    """Events about a few messages, in any order and at any instant."""
    numbers, revisions = st.integers(0, MESSAGES), st.integers(0, REVISIONS)
    comes = st.builds(seen, moments(), numbers)
    others = st.builds(seen, moments(), numbers.map(lambda number: number + 100), st.sampled_from(list(Author)[1:]))
    return st.one_of(
        comes,
        comes,
        comes,
        others,
        st.builds(edited, moments(), numbers, st.integers(1, REVISIONS)),
        st.builds(deleted, moments(), numbers),
        st.builds(scored, moments(), numbers, st.just(0), readings()),
        st.builds(scored, moments(), numbers, revisions, readings()),
        st.builds(Tick, at=moments()),
    )


def sentiment_windows() -> st.SearchStrategy[SentimentWindow]:
    """Windows that a machine came to."""

    def made(settings: SentimentSettings, language: str | None, events: list[SentimentEvent]) -> SentimentWindow:
        machine = SentimentPolicy(settings)
        state = machine.start(CONVERSATION, START, language)
        for event in events:
            state, _, _ = machine.step(state, event)
        return state

    languages = st.sampled_from([None, "en", "nl"])
    return st.builds(made, sentiment_settings(), languages, st.lists(sentiment_events(), max_size=12))
