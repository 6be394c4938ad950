"""English profanity, by the word list of `glin-profanity`, which sees through `f*ck` and `sh1t`.

The list holds words of goods and of the body, and words that mean something harmless in another language: *hoe* is
Dutch for how, *retard* French for delay, Dick a Dutch name. Those are left out: `harmless.txt`.
"""

from importlib.resources import files

from glin_profanity import Filter  # type: ignore[import-untyped]  # it ships no types

from customer_summary.rules.sentiment_ports import ProfanityCheck

MOST_READ = 5000
"""Characters of a text that are read: the first ones."""


def make_check() -> ProfanityCheck:
    """Makes the check."""
    harmless = (files(__package__) / "harmless.txt").read_text("utf-8").split()
    found = Filter({"languages": ["english"], "ignore_words": harmless})

    def check(text: str, /) -> bool:
        return bool(found.is_profane(text[:MOST_READ]))

    return check
