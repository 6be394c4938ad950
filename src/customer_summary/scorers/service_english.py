"""English: the rules and words of VADER, with words of service on top.

VADER hears the mood of words and misses complaints that have none: "the parcel has not arrived". It also takes courtesy
for joy: "yes", "I would like to". So courtesy is left out before it listens, and each phrase of service that is found
moves its answer. A phrase that praises counts only where none complains.
"""

import re
from collections.abc import Callable

from vader import SentimentIntensityAnalyzer

from customer_summary.domain.sentiment_settings import supported_language
from customer_summary.rules.sentiment_ports import Scorer

MOST_READ = 5000
"""Characters of a text that are read: the first ones."""

STEP = 0.45
"""How far one phrase moves the answer, which lies between -1 and 1."""

MOST_STEPS = 2

_NOT = r"(?:not|never|no longer|cannot|\w+n['\u2019]?t)"
_COURTESY = (
    r"good (?:morning|afternoon|evening|day)",
    r"(?:would|['\u2019]d) like to",
    r"^(?:yes|yeah|yep|ok|okay|sure|no|nope|hi|hello)\b",
    r"please",
    r"(?:can|could|would) you (?:please )?help(?: me)?",
    r"warranty|credit|share|free of charge|security|interest rate",
    r"\bno\b(?=,)",
)
_COMPLAINTS = (
    rf"{_NOT} (?:\w+ ){{0,2}}(?:arrived?|received?|come|delivered|shipped|work(?:s|ing|ed)?|solved?|fix(?:ed)?|resolved?"
    r"|heard|got|get|here|help|reply|replied|answer(?:ed)?|respond(?:ed)?|understand|show(?:ed)? up|log|open|access|pay"
    r"|reach|use|accept(?:ed)?|turn(?:ed)? on|right|what i)\b",
    r"\bstill (?:no|not|wait\w*|\w+n['\u2019]?t|cannot|have to)\b|\bno (?:reply|answer|response|news|confirmation|refund)\b",
    r"\b(?:been|keep|kept|am|was) (?:waiting|on hold)\b|\bwaited\b",
    r"\b(?:second|third|fourth|fifth|sixth|\d+(?:nd|rd|th)) time\b|\btimes (?:already|now)\b|\bevery time\b|\bonce more\b",
    r"\bkeeps? (?:\w+ing|\w+ me)\b|\bin circles\b",
    r"\b(?:my|our) money back\b|\bwant (?:a|my|our) (?:full )?refund\b|\b(?:file|make|submit) a complaint\b",
    r"\bbroken\b|\bdefect\w*|\bfaulty\b|\bdamaged\b|\bcrack(?:ed|s)\b|\btorn\b|\bleak\w*|\bcrash\w*|\bmissing\b"
    r"|\bin pieces\b|\bhole in\b|\bstopped work\w*|\bstuck\b|\bscratch\w*|\bdead\b",
    r"\bwrong\b|\bincorrect\b|\bmistakes?\b|\berrors?\b",
    r"\bcharged (?:me )?(?:twice|double|again|too)\b|\bovercharged\b|\btoo (?:high|expensive|long|slow|late|much|small|big)\b",
    r"\bwithout (?:asking|permission|my|our|telling|notice)\b",
    r"\bnobody\b|\bno one\b|\bnone of you\b",
    r"\blate\b(?! (?:morning|afternoon|evening|night))|\bdelay(?:s|ed)?\b|\boverdue\b|\bso long\b|\bforever\b",
    r"\bshould have (?:been|come|arrived)\b|\b(?:was|were) supposed to\b|\bpromised\b",
    r"\bspeak (?:to|with) (?:a|your|the) (?:manager|supervisor|boss)\b|\blawyer\b|\bsue\b",
    r"\bcancel my (?:account|contract|subscription|membership)\b|\bhad enough\b|\bfed up\b|\bsick (?:and tired )?of\b",
    r"\bwaste of\b|\buseless\b|\bunacceptable\b|\bridiculous\b|\bunprofessional\b|\brefuse[sd]?\b|\bregret\b",
    r"\blost\b|\bnothing like\b|\bfor (?:\w+ ){0,2}(?:minutes|hours|days|weeks|months) now\b",
)
_PRAISE = (
    r"\bwork(?:s|ed|ing) (?:\w+ )?(?:now|again|fine|great|well|perfectly)\b|\bthe trick\b",
    r"\b(?:solved|fixed|sorted|settled)\b|\bsorting (?:this|that|it)\b",
    r"\bhas (?:now )?arrived\b|\bin good order\b|\bfits\b",
    r"\b(?:so|super|very|that was|how|really) (?:quick|fast)(?:ly)?\b",
    r"\bexactly what i (?:need|want)(?:ed)?\b|\ba star\b|\bmuch appreciated\b|\bhelpful\b|\bkind of you\b",
)


def _any(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_LEFT_OUT, _COMPLAINING, _PRAISING = _any(_COURTESY), _any(_COMPLAINTS), _any(_PRAISE)


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
