"""How the customer feels: the six most recent customer messages and the level that follows from them (spec 10).

A window stores places only, never a text: of each message its position, what was read in it, and a digest of the text
that a reading must be of. The level, and by which rule, is derived.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated, TypeAlias
from zlib import crc32

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Text, Whole, checked, checked_when_read

WINDOW = 6
"""Customer messages that count. [seed 003]"""

MOST_SCORE = 10_000
"""A score is a whole number of hundredths: 0 very negative, 5000 neutral, 10000 very positive."""

MAX_TAG = 35
"""Characters in a language tag (BCP 47 recommends as many)."""

LanguageTag = Annotated[str, Text(least=1, most=MAX_TAG, bare=True)]
Digest = Annotated[int, Whole(most=2**32 - 1)]
Revision = Annotated[int, Whole()]


class SentimentLevel(Enum):
    """The seven levels, worst to best: a higher `rank` is better. [seed 003]

    `code` is how a foreign system stores it.
    """

    VERY_NEGATIVE = "very_negative"
    NEGATIVE = "negative"
    SLIGHTLY_NEGATIVE = "slightly_negative"
    NEUTRAL = "neutral"
    SLIGHTLY_POSITIVE = "slightly_positive"
    POSITIVE = "positive"
    VERY_POSITIVE = "very_positive"

    def __init__(self, _: str) -> None:
        self.rank = len(type(self).__members__)
        self.code = 7 + self.rank


LEVELS = tuple(SentimentLevel)


class SentimentRule(Enum):
    """By which rule a level shows."""

    NOTHING_SCORED = "nothing_scored"
    MEAN = "mean"
    PROFANITY = "profanity"


class PlaceStatus(Enum):
    """What is known of a message in the window."""

    AWAITED = "awaited"
    SCORED = "scored"
    UNSCORED = "unscored"
    DELETED = "deleted"


@attrs.frozen(field_transformer=checked)
class Reading:
    """What was read in a text: its language where known, its score in hundredths, whether it has English profanity.

    `score` is None where there is none: the scorer had nothing to say, or the language is not scored.
    """

    score: Annotated[int, Whole(most=MOST_SCORE)] | None = None
    language: LanguageTag | None = None
    profane: bool = False


@attrs.frozen(field_transformer=checked_when_read)
class EarlyReading:
    """The reading of an edit that has not come yet."""

    revision: Revision
    digest: Digest
    reading: Reading


@attrs.frozen(field_transformer=checked_when_read)
class SentimentPlace:
    """One customer message in the window: where it stands in the order, and what was read in its present text.

    `revision` is 0 for the message as it was sent, else the number of the newest edit. `digest` is that of the text
    now, None once deleted. `reading` is None while it is awaited.
    """

    id: Id
    at: datetime
    sequence: Annotated[int, Whole()]
    digest: Digest | None
    revision: Revision = 0
    reading: Reading | None = None
    early: EarlyReading | None = None

    @property
    def status(self) -> PlaceStatus:
        """What is known of it."""
        if self.digest is None:
            return PlaceStatus.DELETED
        if self.reading is None:
            return PlaceStatus.AWAITED
        return PlaceStatus.UNSCORED if self.reading.score is None else PlaceStatus.SCORED

    @property
    def score(self) -> int | None:
        """The score that counts; None where there is none."""
        return None if self.reading is None else self.reading.score

    @property
    def profane(self) -> bool:
        """Whether English profanity is in the present text."""
        return self.reading is not None and self.reading.profane


Standing: TypeAlias = tuple[SentimentLevel, SentimentRule]


@attrs.frozen(field_transformer=checked_when_read)
class SentimentWindow:
    """The six most recent customer messages of a conversation, oldest first. [seed 003]

    `language` is that of the conversation where the host knows it. `total` is the sum of the scores, `scored` how many
    there are, `profane` how many messages have English profanity: kept, so that a step costs the same however many
    messages stand. `alerted` says that the level has crossed the
    threshold of alerts and has not risen far enough since to be armed again.
    """

    conversation: Id
    at: datetime
    transitions: Annotated[int, Whole()] = 0
    language: LanguageTag | None = None
    places: Annotated[tuple[SentimentPlace, ...], Many(most=WINDOW, unique="id")] = ()
    total: Annotated[int, Whole()] = 0
    scored: Annotated[int, Whole(most=WINDOW)] = 0
    profane: Annotated[int, Whole(most=WINDOW)] = 0
    alerted: bool = False

    @property
    def level(self) -> SentimentLevel:
        """The level that shows."""
        return LEVELS[shown_rank(self.total, self.scored, self.profane)]

    @property
    def rule(self) -> SentimentRule:
        """The rule by which it shows."""
        if self.profane:
            return SentimentRule.PROFANITY
        return SentimentRule.MEAN if self.scored else SentimentRule.NOTHING_SCORED

    @property
    def standing(self) -> Standing:
        """The level that shows, and by which rule."""
        return self.level, self.rule

    @property
    def mean(self) -> int | None:
        """The mean of the scores in hundredths, rounded down; None where nothing is scored."""
        return self.total // self.scored if self.scored else None

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a state that no machine gives."""
        order = [(place.at, place.sequence, place.id) for place in self.places]
        if order != sorted(order):
            raise InvalidValue("places", "the oldest comes first")
        for place in self.places:
            if place.digest is None and (place.reading is not None or place.early is not None):
                raise InvalidValue("places", "nothing is read in a deleted message")
            if place.early is not None and place.early.revision <= place.revision:
                raise InvalidValue("places", "an early reading is of an edit to come")
        scores = [place.score for place in self.places if place.score is not None]
        for name, holds in (
            ("total", self.total == sum(scores)),
            ("scored", self.scored == len(scores)),
            ("profane", self.profane == sum(place.profane for place in self.places)),
        ):
            if not holds:
                raise InvalidValue(name, "must be that of the places")


def shown_rank(total: int, scored: int, profane: int) -> int:
    """Gives the rank of the level that shows: the mean of the scores, which English profanity caps. [spec 10]

    One profane message caps at negative, or at very negative where the mean is no better than negative; two or more
    are very negative.

    >>> shown_rank(10_000, 1, 1), shown_rank(2000, 1, 1), shown_rank(10_000, 1, 2)
    (1, 0, 0)
    """
    rank = level_rank(total, scored)
    if not profane:
        return rank
    return 0 if profane > 1 or rank <= 1 else 1


def level_rank(total: int, count: int) -> int:
    """Gives the rank of the level of so many scores with this sum: seven equal bins in whole numbers, neutral of none.

    >>> [level_rank(total, 1) for total in (0, 1428, 1429, 5000, 10_000)]
    [0, 0, 1, 3, 6]
    """
    rank = 7 * total // (MOST_SCORE * count) if count else 3
    return rank if rank < 7 else 6  # noqa: PLR2004  # seven levels


def text_digest(text: str) -> int:
    """Gives the digest of a text: a small number, the same everywhere, that many texts share: no way back to the words.

    The revision says which text is meant; the digest catches a host that reads another one.
    """
    return crc32(text.encode())
