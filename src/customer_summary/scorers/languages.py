"""The language of a text, by `py3langid`: no answer where the text is too short or the model is not sure."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # it ships no types

from customer_summary.domain.sentiment_settings import SUPPORTED_LANGUAGES
from customer_summary.rules.sentiment_ports import LanguageDetector

MOST_READ = 2000
"""Characters of a text that are read: the first ones."""

LEAST_LETTERS = 4
SURE = 0.5
"""How sure the model must be. It knows scripts of no language apart: Chinese and Serbian come without one."""


def make_detector() -> LanguageDetector:
    """Makes the detector, for the supported languages only; the model is read once."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    wanted = {tag.partition("-")[0] for tag in SUPPORTED_LANGUAGES}
    model.set_languages(sorted(wanted & set(model.labels)))

    def detect(text: str, /) -> str | None:
        text = text[:MOST_READ]
        if sum(map(str.isalpha, text)) < LEAST_LETTERS:
            return None
        language, sure = model.classify(text)
        return str(language) if sure >= SURE else None

    return detect
