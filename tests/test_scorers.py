"""What reads texts: ports by name, answers that fit, and the embedded ones (spec 10)."""

import subprocess
import sys
from typing import Any

import pytest
from benchmarks.sentiment_texts import OTHER_TRADES, SHOP
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    EMBEDDED,
    AskScore,
    InvalidValue,
    OfferedPorts,
    Ports,
    SentimentLevel,
    SentimentPolicy,
    SentimentSettings,
    UnknownKey,
    choose_ports,
    read_text,
    text_digest,
)
from customer_summary.domain.sentiment import LEVELS, level_rank
from customer_summary.rules.sentiment_ports import hundredths
from customer_summary.scorers import embedded
from customer_summary.testing import sentiment_paths as paths
from customer_summary.testing.desk_strategies import START

SETTINGS = SentimentSettings()
SILENT = SentimentSettings(scorer="none", profanity="none", detector="none")


@pytest.fixture(scope="module")
def ports() -> Ports:
    return choose_ports(SETTINGS, EMBEDDED)


def ask(text: str, language: str | None = None, likely: str | None = None) -> AskScore:
    return AskScore(("c-1", 1, 0), "c-1", "m-0", 0, text_digest(text), language, likely)


def answers(score: Any = None, *, profane: Any = False, language: Any = "en") -> Ports:
    return Ports(scorer=lambda *_: score, profanity=lambda _: profane, detector=lambda _: language)


def test_ports_are_chosen_by_name_and_none_is_silent() -> None:
    silent = choose_ports(SILENT, OfferedPorts())
    assert (silent.scorer("x", "en"), silent.profanity("x"), silent.detector("x")) == (None, False, None)
    for name in ("scorer", "profanity", "detector"):
        with pytest.raises(UnknownKey, match=r"no such .*; known: none"):
            choose_ports(SentimentSettings(**{**SCORERS, name: "nonsense"}), EMBEDDED)


SCORERS: dict[str, Any] = {"scorer": "none", "profanity": "none", "detector": "none"}


def test_a_hosts_own_scorer_has_a_name_like_any_other() -> None:
    own = OfferedPorts(scorers={"mine": lambda: lambda _, __: 12.5})
    chosen = choose_ports(SentimentSettings(**{**SCORERS, "scorer": "mine"}), own)
    assert read_text(ask("x", "en"), "x", ports=chosen, settings=SILENT, at=START).reading.score == 1250


def test_the_known_language_comes_first_then_the_detectors_then_the_likely_one() -> None:
    def language(detected: str | None, *known: str | None) -> str | None:
        answer = read_text(ask("x", *known), "x", ports=answers(language=detected), settings=SILENT, at=START)
        return answer.reading.language

    assert [language("fr", "nl", "uk"), language("fr", None, "uk"), language(None, None, "uk"), language(None)] == [
        "nl",
        "fr",
        "uk",
        None,
    ]


@pytest.mark.parametrize(("language", "score"), [("en", 5000), ("nl", None), ("tlh", None), (None, None)])
def test_what_is_not_scored_in_a_language_is_looked_at_for_profanity(language: str | None, score: int | None) -> None:
    answer = read_text(ask("x"), "x", ports=answers(50, profane=True, language=language), settings=SILENT, at=START)
    assert (answer.reading.score, answer.reading.profane) == (score, True)


@pytest.mark.parametrize("score", [float("nan"), float("inf"), 101, -1, 100.001, True, "50"])
def test_a_score_that_is_none_is_an_error_and_the_level_stays(score: Any) -> None:
    with pytest.raises(InvalidValue, match="score"):
        read_text(ask("x"), "x", ports=answers(score), settings=SILENT, at=START)


@pytest.mark.parametrize("wrong", [answers(50, profane="yes"), answers(50, language=7), answers(50, language="x" * 36)])
def test_a_port_that_answers_with_something_else_is_an_error(wrong: Ports) -> None:
    with pytest.raises(InvalidValue, match=r"profanity|language"):
        read_text(ask("x"), "x", ports=wrong, settings=SILENT, at=START)


def test_another_text_than_the_one_asked_for_is_an_error() -> None:
    with pytest.raises(InvalidValue, match="text"):
        read_text(ask("x"), "y", ports=answers(50), settings=SILENT, at=START)


@given(st.floats(0, 100))
def test_hundredths_keep_the_order(score: float) -> None:
    assert 0 <= hundredths(score) <= 10_000
    assert abs(hundredths(score) - score * 100) <= 0.5


# --- the embedded ones


def felt(ports: Ports, text: str) -> str:
    score = ports.scorer(text, "en")
    rank = 3 if score is None else level_rank(hundredths(score), 1)
    return "negative" if rank < 3 else "positive" if rank > 3 else "neutral"


def test_the_default_scorer_keeps_the_accuracy_that_the_documentation_says(ports: Ports) -> None:
    right = {
        name: sum(felt(ports, text) == label for label, listed in texts.items() for text in listed)
        for name, texts in (("shop", SHOP), ("other trades", OTHER_TRADES))
    }
    assert right == {"shop": 88, "other trades": 38}
    turned = [
        text
        for texts in (SHOP, OTHER_TRADES)
        for label, other in (("negative", "positive"), ("positive", "negative"))
        for text in texts[label]
        if felt(ports, text) == other
    ]
    assert len(turned) == 4  # wrong, it is almost always neutral rather than the opposite


@pytest.mark.parametrize("language", ["nl", "fr", "uk", "tlh"])
def test_no_other_language_has_a_scorer(ports: Ports, language: str) -> None:
    assert ports.scorer("Dit is slecht", language) is None


@pytest.mark.parametrize("text", ["", "   ", "12345", "\u2764", "?!"])
def test_a_text_without_a_letter_says_nothing(ports: Ports, text: str) -> None:
    assert ports.scorer(text, "en") is None
    assert ports.detector(text) is None


@pytest.mark.parametrize(
    ("text", "profane"),
    [
        ("This is fucking useless", True),
        ("what the f*ck", True),
        ("Dit is bullshit", True),
        ("I live in Scunthorpe", False),
        ("Hoe kan ik betalen?", False),
        ("Il y a du retard", False),
        ("My name is Dick", False),
        ("Wat een klootzak", False),
        ("Godverdomme", False),
        ("Merde alors", False),
    ],
)
def test_english_profanity_is_found_in_any_language_and_that_of_others_in_none(
    ports: Ports,
    text: str,
    profane: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert ports.profanity(text) is profane


def test_english_profanity_caps_in_an_english_and_in_a_dutch_conversation_and_dutch_in_neither(ports: Ports) -> None:
    def level(text: str, language: str) -> SentimentLevel:
        machine = SentimentPolicy(SETTINGS)
        state = machine.start(paths.CONVERSATION, START, language)
        event = paths.seen(START, 0)
        asked = text_digest(text)
        said = type(event)(at=START, conversation="c-1", message=_with_text(event.message, text))
        state, _, (one, *_) = machine.step(state, said)
        assert isinstance(one, AskScore)
        assert one.digest == asked
        state, _, _ = machine.step(state, read_text(one, text, ports=ports, settings=SETTINGS, at=START))
        return state.level

    english, dutch = "Great, thanks, that was fucking wonderful", "Geweldig, wat een klootzak"
    assert level(english, "en") is level(english, "nl") is SentimentLevel.NEGATIVE
    assert level(dutch, "nl") is SentimentLevel.NEUTRAL
    assert level(dutch, "en").rank >= SentimentLevel.NEUTRAL.rank


def _with_text(message: Any, text: str) -> Any:
    import attrs

    return attrs.evolve(message, text=text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is not what I ordered", "en"),
        ("Waar blijft mijn pakket?", "nl"),
        ("Je voudrais un remboursement", "fr"),
        ("Де моє замовлення?", "uk"),
        ("ok", None),
    ],
)
def test_the_language_of_a_text_is_found_or_not_guessed(ports: Ports, text: str, language: str | None) -> None:
    assert ports.detector(text) == language


@pytest.mark.parametrize("text", ["the parcel is bad " * 60_000, "a" * 1_000_000, "\ud800 bad", "x\0y bad"])
def test_long_and_broken_texts_are_read_without_harm(ports: Ports, text: str) -> None:
    score = ports.scorer(text, "en")
    assert score is None or 0 <= score <= 100
    assert ports.profanity(text) is False
    assert ports.detector(text) in {None, *"ar bg ca hr cs da nl en et fi fr de el he hi hu id it ja ko lv lt ms no pl pt ro ru sr sk sl es sv th tr uk vi zh".split()}  # fmt: skip  # noqa: SIM905


def test_a_missing_package_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise ModuleNotFoundError

    monkeypatch.setattr(embedded, "import_module", missing)
    for offered in (EMBEDDED.scorers, EMBEDDED.profanities, EMBEDDED.detectors):
        for make in offered.values():
            with pytest.raises(embedded.ExtraMissing, match="extra sentiment"):
                make()


def test_no_package_of_a_scorer_is_loaded_before_it_is_used() -> None:
    code = "import sys, customer_summary.__main__; print(*sorted({'vader', 'glin_profanity', 'py3langid', 'numpy'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_level_is_within_reach_of_one_score() -> None:
    assert [LEVELS[level_rank(score, 1)] for score in range(700, 10_000, 1429)] == list(LEVELS)
