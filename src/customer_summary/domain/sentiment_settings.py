"""What an administrator decides about sentiment (spec 10)."""

from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Many, Name, Whole, checked
from customer_summary.domain.sentiment import SentimentLevel

SUPPORTED_LANGUAGES = (
    "ar",
    "bg",
    "zh-HK",
    "ca",
    "zh-Hans",
    "zh-Hant",
    "hr",
    "cs",
    "da",
    "nl",
    "en",
    "et",
    "fi",
    "fr",
    "de",
    "el",
    "he",
    "hi",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "lv",
    "lt",
    "ms",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sr-Cyrl",
    "sr-Latn",
    "sk",
    "sl",
    "es",
    "sv",
    "th",
    "tr",
    "uk",
    "vi",
)
"""The languages that may be scored where multilingual sentiment is on; English always."""

MAX_QUEUES = 1000
NONE = "none"
"""The name of a port that says nothing."""

_BY_LOWER = {tag.lower(): tag for tag in SUPPORTED_LANGUAGES}


def supported_language(tag: str | None) -> str | None:
    """Finds the supported language that a tag means: in any case, and with a region of it; None for any other.

    >>> supported_language("EN-us"), supported_language("zh-hant"), supported_language("zh"), supported_language("tlh")
    ('en', 'zh-Hant', None, None)
    """
    if tag is None or tag in _BY_LOWER:  # most often a short tag as it is listed
        return None if tag is None else _BY_LOWER[tag]
    lower = tag.lower().replace("_", "-")
    return _BY_LOWER.get(lower) or _BY_LOWER.get(lower.partition("-")[0])


@attrs.frozen(kw_only=True, field_transformer=checked)
class SentimentSettings:
    """Where sentiment shows, what is scored and by whom, and when it alerts.

    `queues` are those for which it is switched on. [seed 003] `multilingual` lets other languages than English be
    scored. `threshold` is the level that alerts, or lower ones; None for no alerts. After an alert the level must rise
    more than `hysteresis` levels above the threshold before another one. `scorer`, `profanity` and `detector` name the
    host's ports.
    """

    queues: Annotated[tuple[Name, ...], Many(most=MAX_QUEUES)] = ()
    multilingual: bool = False
    threshold: SentimentLevel | None = None
    hysteresis: Annotated[int, Whole(most=5)] = 0
    scorer: Name = "vader"
    profanity: Name = "glin"
    detector: Name = "langid"

    def __attrs_post_init__(self) -> None:
        if self.threshold is None:
            return
        if self.threshold.rank >= SentimentLevel.NEUTRAL.rank:
            raise InvalidValue("threshold", "must be slightly negative, negative or very negative")
        if self.threshold.rank + self.hysteresis >= SentimentLevel.VERY_POSITIVE.rank:
            raise InvalidValue("hysteresis", "no level lies that far above the threshold")

    def scores(self, language: str | None) -> bool:
        """Says whether texts of a language are scored: English always, other supported ones where switched on."""
        found = supported_language(language)
        return found == "en" or (found is not None and self.multilingual)
