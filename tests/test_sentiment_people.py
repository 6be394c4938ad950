"""Who sees how the customer feels: the agent, the supervisor, the page and the command line (spec 10)."""

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import import_abcd
from customer_summary import (
    AgentConnected,
    Audience,
    Author,
    BaseStatus,
    Channel,
    ConversationAccepted,
    ConversationStarted,
    DecodeError,
    InvalidValue,
    Known,
    MessageEdited,
    MessageScored,
    NotAlerted,
    Page,
    PageDocument,
    PresenceChosen,
    QueuesAssigned,
    RaiseSentimentAlert,
    Reader,
    Reading,
    SentimentCourse,
    SentimentLevel,
    SentimentPolicy,
    SentimentSettings,
    SentimentSettingsMade,
    SentimentTrend,
    SessionClosed,
    SessionFocused,
    Tone,
    VisitorDetails,
    Watcher,
    collect,
    course_part,
    find,
    is_visible,
    read_log,
    read_page,
    sentiment_alert,
    summarize,
    text_digest,
    why_agent_not_alerted,
    why_supervisor_not_alerted,
    write_fact,
    write_page,
)
from customer_summary.__main__ import main
from customer_summary.domain.facts import Fact
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.hosts.replay import tell
from customer_summary.hosts.sentiments import Sentiments
from customer_summary.sentiment_story import felt_lines
from customer_summary.testing import sentiment_paths as paths
from customer_summary.testing.desk_strategies import START
from customer_summary.views.reader import LOCALES

SETTINGS = SentimentSettings(queues=("Shop",), threshold=SentimentLevel.SLIGHTLY_NEGATIVE)
NOOR = Watcher("noor", ("Shop",))


def at(seconds: float = 0) -> datetime:
    return START + timedelta(seconds=seconds)


# --- who sees it, who is alerted


def test_it_is_visible_only_to_members_of_a_queue_for_which_it_is_on() -> None:
    assert is_visible(SETTINGS, NOOR)
    assert not is_visible(SETTINGS, Watcher("noor", ("Repairs",)))
    assert not is_visible(SETTINGS, Watcher("noor"))
    assert not is_visible(SentimentSettings(), NOOR)


@pytest.mark.parametrize(
    ("watcher", "why"),
    [
        (NOOR, None),
        (attrs.evolve(NOOR, focused="c-2"), None),
        (attrs.evolve(NOOR, focused="c-1"), NotAlerted.IN_FOCUS),
        (Watcher("noor"), NotAlerted.NOT_VISIBLE),
        (Watcher("noor", focused="c-1"), NotAlerted.NOT_VISIBLE),
    ],
)
def test_an_agent_is_alerted_of_a_session_that_they_do_not_look_at(watcher: Watcher, why: NotAlerted | None) -> None:
    assert why_agent_not_alerted(SETTINGS, watcher, "c-1") is why


@pytest.mark.parametrize("base", BaseStatus)
@pytest.mark.parametrize("queues", [(), ("Repairs",)])
def test_a_supervisor_is_notified_when_available_or_busy_and_assigned_to_a_queue(
    base: BaseStatus, queues: tuple[str, ...]
) -> None:
    why = why_supervisor_not_alerted(Watcher("sam", queues, supervisor=True), base)
    there = base in {BaseStatus.AVAILABLE, BaseStatus.BUSY}
    assert why is (NotAlerted.PRESENCE if not there else None if queues else NotAlerted.NO_QUEUE)


def audience_facts() -> st.SearchStrategy[Any]:
    instants = st.integers(0, 3).map(at)
    queues = st.sampled_from([(), ("Shop",), ("Repairs",)])
    return st.builds(
        QueuesAssigned,
        at=instants,
        agent=st.just("noor"),
        queues=queues,
        supervisor=st.booleans(),
        assigned_at=instants,
    ) | st.builds(
        SessionFocused,
        at=instants,
        agent=st.just("noor"),
        conversation=st.sampled_from([None, "c-1"]),
        focused_at=instants,
    )


@given(st.lists(audience_facts(), max_size=6, unique_by=lambda one: (type(one), getattr(one, "assigned_at", None) or one.focused_at)), st.data())  # fmt: skip
def test_what_is_known_of_a_watcher_does_not_depend_on_the_order_in_which_it_comes(
    facts: list[Any], data: st.DataObject
) -> None:
    def told(order: Iterable[Any]) -> Watcher:
        watcher = Watcher("noor")
        for fact in order:
            watcher = watcher.told(fact)
        return watcher

    assert told(data.draw(st.permutations(facts))) == told(facts)
    assert told([*facts, *facts]) == told(facts)


# --- the supervisor's course


def course(*scores: int | None) -> SentimentCourse:
    machine, found = SentimentPolicy(SETTINGS), SentimentCourse("c-1")
    state = machine.start("c-1", START)
    for number, score in enumerate(scores):
        state, _, effects = machine.step(state, paths.seen(at(number), number))
        found = found.then(state, effects)
        if score is not None:
            state, _, effects = machine.step(state, paths.scored(at(number), number, 0, Reading(score, "en")))
            found = found.then(state, effects)
    return found


def test_a_supervisor_sees_the_level_the_lowest_the_alerts_and_the_trend_in_one_pass() -> None:
    found = course(5000, 0, 0, 10_000, 10_000, 10_000, 10_000, 10_000)
    assert (found.messages, found.level, found.lowest) == (8, SentimentLevel.POSITIVE, SentimentLevel.NEGATIVE)
    assert (found.alerts, found.trend) == (1, SentimentTrend.RISING)
    assert course(10_000, 0, 0).trend is SentimentTrend.FALLING
    assert course(None, 5000).trend is course().trend is SentimentTrend.STEADY


@pytest.mark.parametrize("locale", LOCALES)
def test_the_course_reads_in_every_language(locale: str) -> None:
    part = course_part(course(0, 0, 10_000), Reader(now=START, locale=locale))
    assert [field.name for field in part.fields] == ["sentiment", "lowest", "alerts", "trend"]
    assert all(field.label and field.text for field in part.fields)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Sentiment alert: Negative"),
        ("nl", "Gevoelswaarschuwing: Negatief"),
        ("fr", "Alerte de sentiment\u00a0: Négatif"),
        ("uk", "Попередження про тон: Негативний"),
    ],
)
def test_an_alert_names_its_session_and_its_level(locale: str, text: str) -> None:
    alert = RaiseSentimentAlert(("c-1", 2, 1), "c-1", Audience.AGENT, SentimentLevel.NEGATIVE)
    field = sentiment_alert(alert, "Marta Kowal", Reader(now=START, locale=locale))
    assert (field.label, field.text, field.tone) == ("Marta Kowal", text, Tone.URGENT)


# --- the log and the page


def scored(message: Any, score: int | None, seconds: float, **fields: Any) -> MessageScored:
    return MessageScored(
        at=at(seconds),
        conversation="c-1",
        message=message.id,
        digest=text_digest(message.text),
        reading=Reading(score, "en", **fields),
    )


def story(*, queues: tuple[str, ...] = ("Shop",), focused: str | None = None) -> list[Fact]:
    """A supervisor who is there, an agent of a queue, and a customer who grows angry."""
    first, second = paths.message(0), paths.message(1)
    return [
        SentimentSettingsMade(at=at(), settings=SETTINGS),
        AgentConnected(at=at(), agent="sam", since=at()),
        QueuesAssigned(at=at(), agent="sam", queues=("Repairs",), supervisor=True, assigned_at=at()),
        QueuesAssigned(at=at(), agent="noor", queues=queues, assigned_at=at()),
        SessionFocused(at=at(), agent="noor", conversation=focused, focused_at=at()),
        ConversationStarted(at=at(), conversation="c-1", channel=Channel.LIVE_CHAT, queue="Shop"),
        paths.seen(at(1), 100, Author.BOT),
        paths.seen(at(1), 0),
        scored(first, 9000, 1),
        ConversationAccepted(at=at(2), conversation="c-1", agent="noor"),
        paths.seen(at(3), 1),
        scored(second, 0, 4),
        paths.deleted(at(5), 0),
        paths.seen(at(6), 2),
        scored(paths.message(2), 10_000, 6, profane=True),
        paths.edited(at(7), 77, 1),
    ]


def log_of(facts: Iterable[Fact]) -> io.BytesIO:
    return io.BytesIO("".join(write_fact(fact) + "\n" for fact in facts).encode())


def page_of(facts: list[Fact], locale: str = "en", until: datetime | None = None) -> Page:
    scene = find(read_log(log_of(facts)), until=until)
    assert scene.conversation is not None
    assert scene.now is not None
    known = attrs.evolve(collect(read_log(log_of(facts)), scene), sentiment=scene.sentiment)
    page = summarize(scene.conversation, known, reader=Reader(now=scene.now, locale=locale))
    assert isinstance(page, Page)
    return page


def test_the_level_shows_at_the_top_of_the_communication_panel_with_its_reasons() -> None:
    panel = page_of(story()).communication
    assert [(one.name, one.text) for one in panel.fields] == [
        ("sentiment", "Negative"),
        ("sentiment_reason", "English profanity; messages with it: 1"),
    ]
    rows = panel.tab("sentiment").rows
    assert [[(one.name, one.text) for one in row.fields[1:]] for row in rows] == [
        [("status", "Deleted")],
        [("score", "0.00"), ("language", "en")],
        [("score", "100.00"), ("language", "en"), ("profane", "English profanity")],
    ]


def test_the_level_can_be_asked_as_of_any_instant() -> None:
    reasons = [
        page_of(story(), until=at(seconds)).communication.field("sentiment_reason").text for seconds in (2, 4, 5)
    ]
    assert reasons == [
        "Average score 90.00; scored messages: 1",
        "Average score 45.00; scored messages: 2",
        "Average score 0.00; scored messages: 1",
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_panel_reads_in_every_language_and_travels(locale: str) -> None:
    page = page_of(story(), locale)
    assert {one.label for one in page.communication.fields}
    again = read_page(write_page(page))
    assert isinstance(again, PageDocument)
    assert again.communication.fields[0].text == page.communication.fields[0].text
    assert json.loads(write_page(page))["communication"]["fields"][0]["value"] == "negative"


@pytest.mark.parametrize("queues", [(), ("Repairs",)])
def test_an_agent_of_no_such_queue_does_not_see_it(queues: tuple[str, ...]) -> None:
    panel = page_of(story(queues=queues)).communication
    assert (panel.fields, panel.tabs) == ((), ())


def test_what_a_host_hands_over_must_be_a_window() -> None:
    with pytest.raises(InvalidValue, match="sentiment"):
        Known(sentiment="negative")  # type: ignore[arg-type]


def told(facts: list[Fact]) -> list[str]:
    sentiments = Sentiments((centre := ContactCentre()).desks, every=True)
    found: list[str] = []
    for one in tell(read_log(log_of(facts)), centre=centre):
        found += felt_lines(one, sentiments)
    return [line.strip() for line in found]


def test_the_story_says_what_is_asked_what_shows_and_who_is_alerted() -> None:
    lines = told(story())
    assert lines == [
        "ask score m-0, text 0",
        "sentiment neutral -> very_positive",
        "ask score m-1, text 0",
        "sentiment very_positive -> neutral",
        "sentiment neutral -> very_negative",
        "sentiment alert for the agent: very_negative",
        "sentiment alert for the supervisor: very_negative",
        "agent noor alerted",
        "supervisor sam alerted",
        "ask score m-2, text 0",
        "sentiment very_negative -> negative",
    ]


def test_a_log_in_which_sentiment_is_on_nowhere_says_nothing_of_it() -> None:
    assert told(story()[1:]) == []


def test_in_focus_only_the_icon_changes_and_a_supervisor_who_is_away_is_not_told() -> None:
    away = PresenceChosen(at=at(1), agent="sam", presence="Do not disturb", chosen_at=at(1))
    facts = story(focused="c-1")
    lines = told([*facts[:7], away, *facts[7:]])
    assert "agent noor not alerted: in_focus" in lines
    assert "supervisor sam not alerted: presence" in lines


def test_an_event_of_a_conversation_that_has_not_started_is_refused_with_its_line() -> None:
    with pytest.raises(DecodeError, match="line 1: conversation"):
        told([paths.deleted(at(), 0)])


def test_a_message_that_its_conversation_refuses_does_not_count() -> None:
    facts = [*story(), SessionClosed(at=at(8), conversation="c-1", ended=True), paths.seen(at(9), 3)]
    assert told(facts) == told(story())


# --- the command line, on real conversations


def test_the_command_prints_the_level_after_each_message_by_the_readings_of_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, settings = tmp_path / "log.ndjson", tmp_path / "settings.json"
    log.write_bytes(log_of(story()).getvalue())
    settings.write_text('{"v":1,"scorer":"none","profanity":"none","detector":"none"}')
    assert main(["sentiment", str(log), "--settings", str(settings), "--conversation", "c-1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-03-02T09:00:00Z m-0 awaited -> neutral (nothing_scored)",
        "2026-03-02T09:00:00Z m-1 awaited -> very_positive (mean)",
        "2026-03-02T09:00:01Z m-2 awaited -> very_negative (mean)",
        "c-1: messages 3, now negative, lowest very_negative, alerts 0, falling",
    ]


def test_a_scorer_that_nobody_offers_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, settings = tmp_path / "log.ndjson", tmp_path / "settings.json"
    log.write_bytes(log_of(story()).getvalue())
    settings.write_text('{"v":1,"scorer":"nonsense"}')
    assert main(["sentiment", str(log), "--settings", str(settings)]) == 2
    assert capsys.readouterr().err == "customer_summary: no such scorer; known: none, vader\n"


def test_an_edit_is_read_anew_and_settings_of_the_log_give_way_to_those_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(text: str, kind: Any) -> Any:
        return attrs.evolve(kind, message=attrs.evolve(kind.message, text=text))

    started = ConversationStarted(
        at=at(), conversation="c-1", channel=Channel.SMS, visitor=VisitorDetails(language="en")
    )
    facts: list[Fact] = [
        SentimentSettingsMade(at=at(), settings=SentimentSettings(scorer="none")),
        started,
        said("This is terrible service.", paths.seen(at(1), 0)),
        MessageEdited(at=at(2), conversation="c-1", message="m-0", revision=1, text="Thank you, it works perfectly!"),
        said("Is it fucking wonderful?", paths.seen(at(3), 2)),
        attrs.evolve(started, conversation="c-2"),
    ]
    log = tmp_path / "log.ndjson"
    log.write_bytes(log_of(facts).getvalue())
    assert main(["sentiment", str(log), "--conversation", "c-1"]) == 0
    scores = [line.split(" ", 2)[2] for line in capsys.readouterr().out.splitlines()]
    assert scores[0].endswith("-> negative (mean)")
    assert scores[1].endswith("-> very_positive (mean)")
    assert scores[2].endswith("profane -> negative (profanity)")
    assert scores[3] == "2, now negative, lowest negative, alerts 0, steady"
    assert len(scores) == 4


def test_a_host_asks_for_the_course_and_the_events_of_other_conversations_are_passed_over() -> None:
    centre = ContactCentre()
    sentiments = Sentiments(centre.desks)
    assert sentiments.send(paths.deleted(at(), 0)) is None
    assert sentiments.course("c-1") is None
    for one in tell(read_log(log_of(story())), centre=centre):
        sentiments.take(one.line, one.outcome, one.state)
    found = sentiments.course("c-1")
    assert found is not None
    assert (found.messages, found.alerts) == (3, 1)


def test_before_an_agent_has_the_conversation_nobody_but_a_supervisor_is_alerted() -> None:
    facts = story()
    early = [*facts[:6], paths.seen(at(1), 0), scored(paths.message(0), 0, 1)]
    assert [line for line in told(early) if "alerted" in line] == ["supervisor sam alerted"]


def test_the_three_real_conversations_are_felt_message_by_message(reference_data: Path, tmp_path: Path) -> None:
    document = json.loads((reference_data / "abcd" / "abcd_sample.json").read_bytes())
    log = tmp_path / "abcd.ndjson"
    log.write_bytes(log_of(import_abcd.read_conversations(document)).getvalue())
    command = [sys.executable, "-m", "customer_summary", "sentiment", str(log)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    customers = [row for one in document for row in one["original"] if row[0] == "customer"]
    assert len(lines) == len(customers) + len(document)
    assert lines[-3:] == [
        "abcd-3592: messages 13, now slightly_positive, lowest neutral, alerts 0, falling",
        "abcd-9489: messages 10, now slightly_positive, lowest neutral, alerts 0, rising",
        "abcd-3695: messages 8, now slightly_positive, lowest neutral, alerts 0, rising",
    ]
    assert any(line.endswith("row-8 26.16 -> neutral (mean)") for line in lines)
