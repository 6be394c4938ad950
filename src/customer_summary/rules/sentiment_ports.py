"""What reads a text, as ports: a scorer, a profanity check and a language detector, each chosen by name (spec 10).

The rules never call them. A host performs `AskScore` with `read_text`, at its own pace, and sends what comes of it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

import attrs

from customer_summary.domain.errors import InvalidValue, UnknownKey, kind_of
from customer_summary.domain.sentiment import MOST_SCORE, Reading, text_digest
from customer_summary.domain.sentiment_effects import AskScore
from customer_summary.domain.sentiment_events import MessageScored
from customer_summary.domain.sentiment_settings import NONE, SentimentSettings

P = TypeVar("P")


class Scorer(Protocol):
    """Scores a text of a language: 0 very negative, 50 neutral, 100 very positive; None where it has nothing to say."""

    def __call__(self, text: str, language: str, /) -> float | None: ...  # noqa: D102  # said above


class ProfanityCheck(Protocol):
    """Says whether English profanity is in a text, in whatever language the rest is."""

    def __call__(self, text: str, /) -> bool: ...  # noqa: D102  # said above


class LanguageDetector(Protocol):
    """Gives the language of a text as a tag such as `en`; None where it cannot tell."""

    def __call__(self, text: str, /) -> str | None: ...  # noqa: D102  # said above


@attrs.frozen(kw_only=True)
class Ports:
    """What a host reads texts with."""

    scorer: Scorer
    profanity: ProfanityCheck
    detector: LanguageDetector


@attrs.frozen(kw_only=True)
class OfferedPorts:
    """The ports there are, by name: each a function that makes one, called when it is first needed."""

    scorers: Mapping[str, Callable[[], Scorer]] = attrs.field(factory=dict)
    profanities: Mapping[str, Callable[[], ProfanityCheck]] = attrs.field(factory=dict)
    detectors: Mapping[str, Callable[[], LanguageDetector]] = attrs.field(factory=dict)


def choose_ports(settings: SentimentSettings, offered: OfferedPorts) -> Ports:
    """Makes the ports that the settings name, `none` for a silent one; raises `UnknownKey` for another name."""
    return Ports(
        scorer=_chosen("scorer", settings.scorer, offered.scorers, _silent_scorer),
        profanity=_chosen("profanity check", settings.profanity, offered.profanities, _silent_check),
        detector=_chosen("language detector", settings.detector, offered.detectors, _silent_detector),
    )


def _silent_scorer(_: str, __: str, /) -> float | None:
    return None


def _silent_check(_: str, /) -> bool:
    return False


def _silent_detector(_: str, /) -> str | None:
    return None


def _chosen(what: str, name: str, offered: Mapping[str, Callable[[], P]], nothing: P) -> P:
    if name == NONE:
        return nothing
    if name not in offered:
        raise UnknownKey(what, (NONE, *offered))
    return offered[name]()


def read_text(ask: AskScore, text: str, *, ports: Ports, settings: SentimentSettings, at: datetime) -> MessageScored:
    """Reads the text that was asked for, and gives the answer to send.

    The known language of the conversation comes first, then the detector's, then the likely one. What is not scored in
    this language is still looked at for profanity.

    Raises `InvalidValue` for another text than the one asked for, and for a port that answers with something else than
    its kind: a score that is no number of 0 to 100, such as NaN.
    """
    if text_digest(text) != ask.digest:
        raise InvalidValue("text", "must be the one that is asked for")
    found = ask.language or ports.detector(text) or ask.likely
    language = Reading(language=found).language  # which is checked there
    score = ports.scorer(text, language) if language is not None and settings.scores(language) else None
    profane: Any = ports.profanity(text)
    if not isinstance(profane, bool):
        raise InvalidValue("profanity", f"expected true or false, got {kind_of(profane)}")
    reading = Reading(None if score is None else hundredths(score), language, profane)
    return MessageScored(
        at=at,
        conversation=ask.conversation,
        message=ask.message,
        revision=ask.revision,
        digest=ask.digest,
        reading=reading,
    )


def hundredths(score: object) -> int:
    """Gives a score of 0 to 100 in hundredths, rounded to the nearest; refuses anything else with `InvalidValue`.

    >>> hundredths(50), hundredths(12.345), hundredths(100.0)
    (5000, 1234, 10000)
    >>> hundredths(float("nan"))
    Traceback (most recent call last):
    customer_summary.domain.errors.InvalidValue: score: must be a number of 0 to 100
    """
    if not isinstance(score, int | float) or isinstance(score, bool):
        raise InvalidValue("score", f"expected a number, got {kind_of(score)}")
    if not 0 <= score <= MOST_SCORE // 100:  # false for NaN too
        raise InvalidValue("score", "must be a number of 0 to 100")
    return round(score * 100)
