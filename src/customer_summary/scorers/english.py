"""English: the rules and words of VADER, as they are.

VADER hears the mood of words and misses complaints that have none: "the parcel has not arrived". Phrases of service on
top of it were tried: they mended the texts that they were chosen by, and none that were written afterwards.
"""

from collections.abc import Callable

from vader import SentimentIntensityAnalyzer

from customer_summary.domain.sentiment_settings import supported_language
from customer_summary.rules.sentiment_ports import Scorer

MOST_READ = 5000
"""Characters of a text that are read: the first ones."""


def make_scorer() -> Scorer:
    """Makes the scorer. It says nothing of a text in another language, or without a letter."""
    heard: Callable[[str], dict[str, float]] = SentimentIntensityAnalyzer().polarity_scores

    def score(text: str, language: str, /) -> float | None:
        text = text[:MOST_READ]
        if supported_language(language) != "en" or not any(map(str.isalpha, text)):
            return None
        return 50 + 50 * max(-1.0, min(1.0, heard(text)["compound"]))

    return score
