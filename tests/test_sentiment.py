"""Sentiment: the window equals brute force, keeps the laws, and its bins, cap and languages are exact (spec 10)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    AnnounceSentiment,
    Applied,
    AskScore,
    Audience,
    Author,
    InvalidValue,
    Message,
    MessageDeleted,
    MessageEdited,
    MessageScored,
    MessageSent,
    PlaceStatus,
    RaiseSentimentAlert,
    Reading,
    Refused,
    SentimentLevel,
    SentimentPolicy,
    SentimentRule,
    SentimentSettings,
    SentimentWindow,
    Unchanged,
    decode,
    encode,
    text_digest,
)
from customer_summary.domain.errors import DecodeError
from customer_summary.domain.sentiment import LEVELS, level_rank
from customer_summary.domain.sentiment_settings import SUPPORTED_LANGUAGES, supported_language
from customer_summary.testing import sentiment_paths as paths
from customer_summary.testing.desk_strategies import START, moments
from customer_summary.testing.laws import check_machine, check_replay

VERY_NEGATIVE, NEGATIVE, SLIGHTLY_NEGATIVE, NEUTRAL, SLIGHTLY_POSITIVE, POSITIVE, VERY_POSITIVE = SentimentLevel
POLICY = SentimentPolicy()
EN = "en"


def at(seconds: float = 0) -> datetime:
    return START + timedelta(seconds=seconds)


def run(
    events: Iterable[Any], policy: SentimentPolicy = POLICY, begun: SentimentWindow | None = None
) -> SentimentWindow:
    state = begun or policy.start(paths.CONVERSATION, START)
    for event in events:
        state, _, _ = policy.step(state, event)
    return state


def chat(*scores: int | None, profane: Sequence[int] = (), language: str | None = EN) -> list[Any]:
    """Messages that follow each other, each with its reading; None leaves one unread."""
    found: list[Any] = []
    for number, score in enumerate(scores):
        found.append(paths.seen(at(number), number))
        if score is not None or number in profane:
            found.append(paths.scored(at(number), number, 0, Reading(score, language, number in profane)))
    return found


# --- the laws, and brute force


@given(paths.sentiment_settings(), st.lists(paths.sentiment_events(), max_size=14), moments())
def test_a_window_obeys_the_laws_of_every_machine(
    settings: SentimentSettings, events: list[Any], other: datetime
) -> None:
    machine = SentimentPolicy(settings)
    start = state = machine.start(paths.CONVERSATION, START)
    for event in events:
        state = check_machine(machine, state, event, other)
    assert check_replay(machine, start, events) == state


class Brute:
    """Everything that was ever told, and the level from all of it: the last six customer messages, sorted anew."""

    def __init__(self, settings: SentimentSettings) -> None:
        self.settings = settings
        self.messages: dict[str, Message] = {}
        self.edits: dict[str, dict[int, str]] = {}
        self.deleted: set[str] = set()
        self.readings: dict[tuple[str, int], Reading] = {}

    def window(self) -> list[str]:
        ordered = sorted(self.messages.values(), key=lambda one: (one.at, one.sequence, one.id))
        return [one.id for one in ordered[-6:]]

    def tell(self, event: Any) -> None:
        if isinstance(event, MessageSent) and event.message.author is Author.CUSTOMER:
            self.messages.setdefault(event.message.id, event.message)
        name = getattr(event, "message", None)
        if name not in self.messages:
            return
        if isinstance(event, MessageEdited) and name not in self.deleted:
            self.edits.setdefault(name, {}).setdefault(event.revision, event.text)
        elif isinstance(event, MessageDeleted):
            self.deleted.add(name)
        elif isinstance(event, MessageScored):
            self.readings.setdefault((name, event.revision), event.reading)

    def level(self) -> SentimentLevel:
        scores, profane = [], 0
        for name in self.window():
            reading = self.readings.get((name, max(self.edits.get(name, {0: ""}))))
            if reading is None or name in self.deleted:
                continue
            profane += reading.profane
            language = supported_language(reading.language)
            if reading.score is not None and (language == EN or (language and self.settings.multilingual)):
                scores.append(reading.score)
        rank = min(6, 7 * sum(scores) // (10_000 * len(scores))) if scores else 3
        if profane:
            rank = 0 if profane > 1 or rank <= 1 else 1
        return LEVELS[rank]


@st.composite
def talks(draw: st.DrawFn) -> list[list[Any]]:
    """What happens to each of up to nine messages, in the order in which it happens."""
    found = []
    for number in range(draw(st.integers(0, paths.MESSAGES))):
        story: list[Any] = [paths.seen(START, number)]
        for revision in range(draw(st.integers(0, paths.REVISIONS)) + 1):
            story += [paths.edited(START, number, revision)] if revision else []
            story += [paths.scored(START, number, revision, draw(paths.readings()))] if draw(st.booleans()) else []
        if draw(st.sampled_from([False, False, False, True])):
            story.append(paths.deleted(START, number))
        found.append(story)
    return found


@st.composite
def woven(draw: st.DrawFn) -> list[Any]:
    """The stories of several messages, woven: messages come late, what follows a message keeps its own order."""
    waiting, found = [list(story) for story in draw(talks())], list[Any]()
    while any(waiting):
        story = draw(st.sampled_from([one for one in waiting if one]))
        found.append(story.pop(0))
        if draw(st.sampled_from([False, False, True])):
            found.append(draw(st.sampled_from(found)))  # doubled, now or later
    return found


@given(paths.sentiment_settings(), woven())
def test_at_every_prefix_the_window_is_the_last_six_customer_messages(
    settings: SentimentSettings, events: list[Any]
) -> None:
    machine, brute = SentimentPolicy(settings), Brute(settings)
    state = machine.start(paths.CONVERSATION, START)
    for event in events:
        state, _, _ = machine.step(state, event)
        brute.tell(event)
        assert [place.id for place in state.places] == brute.window()
        assert state.level is brute.level()


@given(paths.sentiment_settings(), talks(), st.data())
def test_any_order_in_which_the_rest_follows_its_message_gives_the_same_level(
    settings: SentimentSettings, stories: list[list[Any]], data: st.DataObject
) -> None:
    machine = SentimentPolicy(settings)
    plain = run([event for story in stories for event in story], machine)
    waiting = [[story[0], *data.draw(st.permutations(story[1:]))] for story in stories]
    crossed: list[Any] = []
    while any(waiting):
        crossed.append(data.draw(st.sampled_from([one for one in waiting if one])).pop(0))
    other = run(crossed, machine)
    assert other.standing == plain.standing
    assert [(one.id, one.status, one.score) for one in other.places] == [
        (one.id, one.status, one.score) for one in plain.places
    ]


@given(woven(), st.data())
def test_the_messages_of_agents_bots_and_systems_change_nothing(events: list[Any], data: st.DataObject) -> None:
    others = st.builds(
        paths.seen, moments(), st.integers(100, 120), st.sampled_from([Author.AGENT, Author.BOT, Author.SYSTEM])
    )
    mixed = list(events)
    for one in data.draw(st.lists(others, max_size=6)):
        mixed.insert(data.draw(st.integers(0, len(mixed))), one)
        outcome = POLICY.step(run(mixed), one)[1]
        assert outcome == Unchanged("not the customer's")
    assert run(mixed).places == run(events).places


@given(
    st.lists(st.sampled_from(paths.SCORES), min_size=1, max_size=6),
    st.sets(st.integers(0, 5), max_size=2),
    st.data(),
)
def test_a_better_score_never_gives_a_worse_level(scores: list[int], profane: set[int], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(scores) - 1))
    better = [*scores]
    better[index] = data.draw(st.integers(scores[index], 10_000))
    before, after = run(chat(*scores, profane=sorted(profane))), run(chat(*better, profane=sorted(profane)))
    assert after.level.rank >= before.level.rank


@given(woven(), st.integers(0, paths.MESSAGES), paths.readings())
def test_an_edit_that_is_undone_leaves_what_was_there(events: list[Any], number: int, reading: Reading) -> None:
    told = [one for one in events if not isinstance(one, MessageEdited) and getattr(one, "revision", 0) == 0]
    before = run([*told, paths.scored(START, number, 0, reading)])
    undone = run([paths.edited(START, number, 1), paths.edited(START, number, 2)], begun=before)
    held = next((one.reading for one in before.places if one.id == f"m-{number}"), None)
    if held is not None:  # the text is the old one, so that it is read as before
        undone = run([paths.scored(START, number, 2, held)], begun=undone)

    def compared(window: SentimentWindow) -> Any:
        places = tuple(attrs.evolve(one, revision=0) for one in window.places)
        return attrs.evolve(window, at=START, transitions=0, places=places)

    assert compared(undone) == compared(before)


# --- the integers


BOUNDS = [(1428, 1429), (2857, 2858), (4285, 4286), (5714, 5715), (7142, 7143), (8571, 8572)]


@pytest.mark.parametrize(("rank", "bound"), list(enumerate(BOUNDS)))
def test_either_side_of_every_bound_is_another_level(rank: int, bound: tuple[int, int]) -> None:
    below, above = bound
    assert (run(chat(below)).level, run(chat(above)).level) == (LEVELS[rank], LEVELS[rank + 1])
    for count in range(1, 7):
        least = -(-(rank + 1) * 10_000 * count // 7)
        assert (level_rank(least - 1, count), level_rank(least, count)) == (rank, rank + 1)


def test_the_ends_and_the_middle() -> None:
    assert [run(chat(score)).level for score in (0, 5000, 10_000)] == [VERY_NEGATIVE, NEUTRAL, VERY_POSITIVE]
    assert run([]).standing == (NEUTRAL, SentimentRule.NOTHING_SCORED)
    assert run(chat(None, None)).standing == (NEUTRAL, SentimentRule.NOTHING_SCORED)
    assert run(chat(0, None)).standing == (VERY_NEGATIVE, SentimentRule.MEAN)
    assert [level.code for level in LEVELS] == [7, 8, 9, 10, 11, 12, 13]


def test_the_seventh_message_pushes_out_the_first() -> None:
    six = chat(0, 10_000, 10_000, 10_000, 10_000, 10_000)
    assert run(six).level is POSITIVE
    seventh = run([*six, *chat(0, 0, 0, 0, 0, 0, 10_000)[-2:]])
    assert (seventh.level, len(seventh.places)) == (VERY_POSITIVE, 6)
    assert seventh.places[0].id == "m-1"


def test_a_message_holds_its_place_scored_or_not() -> None:
    window = run([*chat(0, None, None, None, None, None), paths.deleted(at(9), 1), paths.seen(at(9), 6)])
    assert [one.status for one in window.places] == [PlaceStatus.DELETED, *[PlaceStatus.AWAITED] * 5]
    assert window.level is NEUTRAL


def test_a_late_message_older_than_the_six_is_dropped_and_says_so() -> None:
    six = run([paths.seen(at(number), number) for number in range(1, 7)])
    after, outcome, effects = POLICY.step(six, paths.seen(at(9), 0))
    assert (after is six, outcome, effects) == (True, Unchanged("older than the six that count"), ())
    for late in (paths.scored(at(9), 0, 0, Reading(0, EN)), paths.edited(at(9), 0, 1), paths.deleted(at(9), 0)):
        assert POLICY.step(six, late)[1] == Unchanged("outside the window")


def test_customer_messages_to_a_bot_before_the_hand_over_count() -> None:
    bot = [paths.seen(at(), number, Author.BOT) for number in (101, 103)]
    window = run([*chat(0, 0), *bot])
    assert (window.level, len(window.places)) == (VERY_NEGATIVE, 2)


# --- profanity and languages


@pytest.mark.parametrize("language", ["en", "nl", "tlh", None])
def test_english_profanity_caps_the_level_in_whatever_language_the_text_is(language: str | None) -> None:
    window = run(chat(10_000, 10_000, profane=[1], language=language))
    assert window.standing == (NEGATIVE, SentimentRule.PROFANITY)


def test_two_profane_messages_or_a_negative_level_are_very_negative() -> None:
    assert run(chat(10_000, 10_000, profane=[0, 1])).level is VERY_NEGATIVE
    assert run(chat(2000, profane=[0])).level is VERY_NEGATIVE
    assert run(chat(2858, profane=[0])).level is NEGATIVE


def test_profanity_ends_with_its_message() -> None:
    swore = chat(10_000, *[10_000] * 5, profane=[0])
    assert run(swore).level is NEGATIVE
    assert run([*swore, paths.seen(at(9), 6)]).level is VERY_POSITIVE
    assert run([*swore, paths.deleted(at(9), 0)]).level is VERY_POSITIVE


def test_another_language_is_scored_only_where_that_is_switched_on() -> None:
    many = SentimentPolicy(SentimentSettings(multilingual=True))
    dutch = chat(0, 0, language="nl-BE")
    assert (run(dutch).level, run(dutch, many).level) == (NEUTRAL, VERY_NEGATIVE)
    for unknown in ("tlh", "zz-nonsense", None):
        window = run(chat(0, language=unknown), many)
        assert (window.level, window.places[0].status) == (NEUTRAL, PlaceStatus.UNSCORED)


def test_forty_one_languages_are_supported_and_a_tag_is_found_in_any_form() -> None:
    assert len(SUPPORTED_LANGUAGES) == len(set(SUPPORTED_LANGUAGES)) == 41
    assert [supported_language(tag) for tag in ("EN-us", "zh-HANT", "sr_latn", "zh", "sr", "x")] == [
        "en",
        "zh-Hant",
        "sr-Latn",
        None,
        None,
        None,
    ]


# --- what is asked, and answers that cross


def test_every_text_of_the_customer_is_asked_for_once_by_an_id_that_never_changes() -> None:
    state = POLICY.start("c-1", START, "nl")
    state, outcome, effects = POLICY.step(state, paths.seen(at(), 0))
    assert outcome == Applied()
    assert effects == (AskScore(("c-1", 1, 0), "c-1", "m-0", 0, text_digest("text 0.0"), "nl"),)
    assert POLICY.step(state, paths.seen(at(5), 0))[1:] == (Unchanged("already in the window"), ())
    _, _, effects = POLICY.step(state, paths.edited(at(5), 0, 1))
    assert effects == (AskScore(("c-1", 2, 0), "c-1", "m-0", 1, text_digest("text 0.1"), "nl"),)


def test_a_late_reading_lands_only_on_the_text_that_was_read() -> None:
    edited = run([paths.seen(at(), 0), paths.edited(at(), 0, 1)])
    late = paths.scored(at(1), 0, 0, Reading(0, EN))
    assert POLICY.step(edited, late)[1] == Unchanged("edited since")
    other = attrs.evolve(paths.scored(at(1), 0, 1, Reading(0, EN)), digest=text_digest("something else"))
    assert POLICY.step(edited, other)[1] == Refused("other_text", "the text of the message")
    assert POLICY.step(edited, paths.scored(at(1), 0, 1, Reading(0, EN)))[0].level is VERY_NEGATIVE


def test_a_reading_that_overtakes_its_edit_waits_for_it() -> None:
    early = run([*chat(10_000), paths.scored(at(1), 0, 1, Reading(0, EN))])
    assert early.level is VERY_POSITIVE
    after, _, effects = POLICY.step(early, paths.edited(at(2), 0, 1))
    assert after.level is VERY_NEGATIVE
    assert [type(one) for one in effects] == [AnnounceSentiment]


def test_other_content_under_a_known_id_is_refused() -> None:
    window = run([paths.seen(at(), 0)])
    other = attrs.evolve(paths.message(0), text="something else")
    event = MessageSent(at=at(), conversation="c-1", message=other)
    assert POLICY.step(window, event) == (window, Refused("other_content", "the message that came first"), ())
    edited = run([paths.seen(at(), 0), paths.edited(at(), 0, 1)])
    event2 = attrs.evolve(paths.edited(at(), 0, 1), text="something else")
    assert POLICY.step(edited, event2)[1] == Refused("other_content", "the edit that came first")


def test_no_text_is_kept() -> None:
    window = run([paths.seen(at(), 0), paths.edited(at(), 0, 1)])
    assert "text" not in str(encode(window)) + repr(window)


# --- alerts


ALERTING = SentimentPolicy(SentimentSettings(threshold=SLIGHTLY_NEGATIVE))
STEADY = SentimentPolicy(SentimentSettings(threshold=SLIGHTLY_NEGATIVE, hysteresis=1))


def alerts(policy: SentimentPolicy, *scores: int) -> list[int]:
    """How many people are alerted after each message."""
    state, found = policy.start("c-1", START), []
    for number, score in enumerate(scores):
        count = 0
        for event in chat(*[None] * number, score)[-2:]:
            state, _, effects = policy.step(state, event)
            count += sum(isinstance(one, RaiseSentimentAlert) for one in effects)
        found.append(count)
    return found


def test_an_alert_fires_at_the_threshold_or_lower_once_for_each_crossing() -> None:
    assert alerts(ALERTING, 4285) == [2]
    assert alerts(ALERTING, 4286) == [0]
    assert alerts(ALERTING, 0) == [2]
    assert alerts(ALERTING, 4285, 0, 0) == [2, 0, 0]
    assert alerts(ALERTING, 0, 10_000, 0) == [2, 0, 2]
    assert alerts(POLICY, 0, 0) == [0, 0]


def test_hysteresis_keeps_a_level_that_flaps_from_alerting_again() -> None:
    flapping = (4200, 4500, 3900, 4900, 3800)
    assert alerts(ALERTING, *flapping) == [2, 0, 2, 0, 2]
    assert alerts(STEADY, *flapping) == [2, 0, 0, 0, 0]
    assert alerts(STEADY, 4200, 9000, 0) == [2, 0, 0]  # 44, one bin below slightly positive
    assert alerts(STEADY, 4200, 9000, 9000, 0, 0, 0) == [2, 0, 0, 0, 0, 2]


def test_an_alert_names_its_level_and_comes_after_the_icon() -> None:
    state = ALERTING.start("c-1", START)
    state, _, _ = ALERTING.step(state, paths.seen(at(), 0))
    _, _, effects = ALERTING.step(state, paths.scored(at(), 0, 0, Reading(2000, EN)))
    assert effects == (
        AnnounceSentiment(("c-1", 2, 0), "c-1", NEUTRAL, NEGATIVE),
        RaiseSentimentAlert(("c-1", 2, 1), "c-1", Audience.AGENT, NEGATIVE),
        RaiseSentimentAlert(("c-1", 2, 2), "c-1", Audience.SUPERVISOR, NEGATIVE),
    )


@pytest.mark.parametrize("level", LEVELS[3:])
def test_a_threshold_lies_below_neutral(level: SentimentLevel) -> None:
    with pytest.raises(InvalidValue, match="threshold"):
        SentimentSettings(threshold=level)


def test_a_hysteresis_leaves_a_level_to_rise_to() -> None:
    with pytest.raises(InvalidValue, match="hysteresis"):
        SentimentSettings(threshold=SLIGHTLY_NEGATIVE, hysteresis=4)


# --- bad input


@pytest.mark.parametrize("score", [float("nan"), 101.5, -1, 10_001, True, "50"])
def test_a_score_that_is_none_is_refused_with_the_field(score: Any) -> None:
    with pytest.raises(InvalidValue, match="score"):
        Reading(score)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\ud800", None])
def test_a_text_that_is_none_is_refused_with_the_field(text: Any) -> None:
    with pytest.raises(InvalidValue, match="text"):
        MessageEdited(at=START, conversation="c-1", message="m-0", revision=1, text=text)


@pytest.mark.parametrize("tag", ["", "x" * 36, "e\nn", 7])
def test_a_language_tag_that_is_none_is_refused(tag: Any) -> None:
    for make in (lambda: Reading(language=tag), lambda: POLICY.start("c-1", START, tag)):
        with pytest.raises(InvalidValue, match="language"):
            make()


def test_an_event_of_another_conversation_is_the_hosts_mistake() -> None:
    with pytest.raises(InvalidValue, match="conversation"):
        POLICY.step(POLICY.start("c-2", START), paths.seen(at(), 0))


def test_an_edit_of_a_message_never_seen_changes_nothing_and_says_so() -> None:
    window = run(chat(0))
    assert POLICY.step(window, paths.edited(at(9), 5, 1)) == (window, Unchanged("outside the window"), ())


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"places": [{"id": "b", "at": "2026-03-02T09:00:01Z", "sequence": 0, "digest": 1}, {"id": "a", "at": "2026-03-02T09:00:00Z", "sequence": 0, "digest": 1}]}, "places"),
        ({"places": [{"id": "a", "at": "2026-03-02T09:00:01Z", "sequence": 0, "digest": None, "reading": {"score": 1}}]}, "places"),
        ({"places": [{"id": "a", "at": "2026-03-02T09:00:01Z", "sequence": 0, "digest": 1, "revision": 1, "early": {"revision": 1, "digest": 1, "reading": {}}}]}, "places"),
        ({"places": [{"id": "a", "at": "2026-03-02T09:00:01Z", "sequence": 0, "digest": 1}] * 2}, "places"),
        ({"language": ""}, "language"),
        ({"total": 1}, "total"),
        ({"scored": 1}, "scored"),
        ({"profane": 1}, "profane"),
        ({"places": [{"id": "a", "at": "2026-03-02T09:00:01Z", "sequence": 0, "digest": "x"}]}, "digest"),
    ],
)  # fmt: skip
def test_a_window_that_no_machine_gives_cannot_be_read(changes: dict[str, Any], path: str) -> None:
    document = {"v": 1, "conversation": "c-1", "at": "2026-03-02T09:00:00Z", **changes}
    with pytest.raises(DecodeError, match=path):
        decode(SentimentWindow, document)


def test_instants_are_kept_in_order() -> None:
    late = POLICY.step(POLICY.start("c-1", at(10)), paths.seen(at(), 0))[0]
    assert late.at == at(10)
    assert late.at.tzinfo is UTC
