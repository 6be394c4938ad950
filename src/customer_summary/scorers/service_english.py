"""English: the rules and words of VADER, with words of service on top.

VADER hears the mood of words and misses complaints that have none: "the parcel has not arrived". It also takes courtesy
for joy: "yes", "I would like to". So courtesy is left out before it listens, and each phrase of service that is found
moves its answer. A phrase that praises counts only where none complains. `phrases/` holds them, a pattern a line.
"""

import re
from collections.abc import Callable
from importlib.resources import files

from vader import SentimentIntensityAnalyzer

from customer_summary.domain.sentiment_settings import supported_language
from customer_summary.rules.sentiment_ports import Scorer

MOST_READ = 5000
"""Characters of a text that are read: the first ones."""

STEP = 0.45
"""How far one phrase moves the answer, which lies between -1 and 1."""

MOST_STEPS = 2

_NOT = r"(?:not|never|no longer|cannot|\w+n['\u2019]?t)"


def _any(name: str) -> re.Pattern[str]:
    """Gives one pattern for all those of a file."""
    lines = (files(__package__) / "phrases" / f"{name}.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(f"(?:{line.replace('{not}', _NOT)})" for line in lines), re.IGNORECASE)


_LEFT_OUT, _COMPLAINING, _PRAISING = map(_any, ("courtesy", "complaints", "praise"))


def make_scorer() -> Scorer:
    """Makes the scorer. It says nothing of a text in another language, or without a letter."""
    heard: Callable[[str], dict[str, float]] = SentimentIntensityAnalyzer().polarity_scores

    def score(text: str, language: str, /) -> float | None:
        text = text[:MOST_READ]
        if supported_language(language) != "en" or not any(map(str.isalpha, text)):
            return None
        mood = heard(_LEFT_OUT.sub(" ", text))["compound"]
        complaints = len(_COMPLAINING.findall(text))
        steps = -complaints or len(_PRAISING.findall(text))
        mood += STEP * max(-MOST_STEPS, min(MOST_STEPS, steps))
        return 50 + 50 * max(-1.0, min(1.0, mood))

    return score
