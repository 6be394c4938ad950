"""The ports that come with the library, by name. Nothing of them is imported before one is made."""

from importlib import import_module
from typing import Any

from customer_summary.domain.errors import CustomerSummaryError
from customer_summary.rules.sentiment_ports import LanguageDetector, OfferedPorts, ProfanityCheck, Scorer


class ExtraMissing(CustomerSummaryError, ImportError):
    """A port was chosen whose package is not installed: an extra such as `sentiment` brings it."""

    def __init__(self, what: str = "scorer", extra: str = "sentiment") -> None:
        super().__init__(what, extra)
        self.what, self.extra = what, extra

    def __str__(self) -> str:
        return f"the {self.what} needs the extra {self.extra}: pip install 'customer-summary[{self.extra}]'"


def _made(module: str, name: str) -> Any:
    try:
        return getattr(import_module(f"customer_summary.scorers.{module}"), name)()
    except ModuleNotFoundError:
        raise ExtraMissing from None


def _vader() -> Scorer:
    scorer: Scorer = _made("english", "make_scorer")
    return scorer


def _glin() -> ProfanityCheck:
    check: ProfanityCheck = _made("profanity", "make_check")
    return check


def _langid() -> LanguageDetector:
    detector: LanguageDetector = _made("languages", "make_detector")
    return detector


EMBEDDED = OfferedPorts(scorers={"vader": _vader}, profanities={"glin": _glin}, detectors={"langid": _langid})
"""The names that `SentimentSettings` has by default."""
