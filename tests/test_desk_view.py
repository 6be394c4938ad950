"""The agent's desk as people read it: alerts, presence, notifications and sessions, on a terminal and as JSON; the lint."""

import io
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from customer_summary import (
    AcceptPressed,
    Actor,
    AgentConnected,
    Alert,
    AlertKind,
    Answer,
    BaseStatus,
    Channel,
    Connection,
    Conversation,
    ConversationAccepted,
    ConversationAssigned,
    ConversationStarted,
    ConversationStatus,
    Desk,
    DeskSettings,
    DeskSettingsMade,
    HeldItem,
    InvalidValue,
    ItemStatus,
    Known,
    LastActivity,
    Look,
    NoPage,
    Notification,
    NotificationDisplayed,
    NotificationSettings,
    NotificationStatus,
    NotificationTemplate,
    Offer,
    Offered,
    OfferOutcome,
    Page,
    Party,
    Presence,
    PresenceChoice,
    PresenceReason,
    PresenceSettings,
    PresenceStatus,
    Reader,
    Scenario,
    ShownField,
    Tone,
    UnknownKey,
    WorkItem,
    page_document,
    read_page,
    read_schema,
    summarize,
    to_json,
    write_fact,
    write_page,
)
from customer_summary.__main__ import main
from customer_summary.domain.facts import Fact
from customer_summary.domain.presence import AVAILABLE, AWAY, DO_NOT_DISTURB, INACTIVE, STOCK
from customer_summary.views.desk import desk_panel
from customer_summary.views.page import DeskPanel, Part
from customer_summary.views.reader import LOCALES, catalogue

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = Draft202012Validator(json.loads(read_schema("page")))
COFFEE = PresenceStatus("Koffie ☕", BaseStatus.AWAY, "coffee")
NO_WORDS: Mapping[object, object] = {}
BY_NOOR, BY_SAM = Actor(Party.AGENT), Actor(Party.SUPERVISOR, "sam")


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def template(**given_: Any) -> NotificationTemplate:
    fields: dict[str, Any] = {"name": "t", "scenario": "incoming_chat", "timeout": timedelta(seconds=90)}
    return NotificationTemplate(**fields | given_)


def toast(**given_: Any) -> NotificationTemplate:
    return template(**{"look": Look.TOAST, "answer": Answer.OPEN} | given_)


def ringing(name: str = "o", shape: NotificationTemplate | None = None, **given_: Any) -> Notification:
    item = WorkItem(conversation=f"of {name}", channel=Channel.LIVE_CHAT)
    fields = given_.pop("fields", ())
    return Notification(
        Offer(id=name, item=item, template=shape or template(), sent_at=START, fields=fields), "noor", START, **given_
    )


def held(name: str, **given_: Any) -> HeldItem:
    item = WorkItem(conversation=f"of {name}", channel=Channel.SMS)
    return HeldItem(name, item, given_.pop("outcome", OfferOutcome.ACCEPTED), at(600), at(120), **given_)


def desk(**given_: Any) -> Desk:
    presence = given_.pop("presence", None) or here()
    return Desk("noor", START, presence, **given_)


def here(**given_: Any) -> Presence:
    given_.setdefault("connection", Connection(connected=True, since=START, signed_out=False))
    return Presence("noor", START, **given_)


def panel(
    state: Desk | None = None, seconds: float = 20, locale: str = "en", words: Mapping[object, object] = NO_WORDS
) -> DeskPanel:
    return desk_panel(state or desk(), reader=Reader(now=at(seconds), locale=locale, words=words))


def shown(part: Part) -> list[dict[str, str]]:
    return [{field.name: field.text for field in row.fields} for row in part.rows]


def only(
    state: Notification, seconds: float = 20, locale: str = "en", words: Mapping[object, object] = NO_WORDS
) -> dict[str, str]:
    return shown(panel(desk(notifications=(state,)), seconds, locale, words).part("notifications"))[0]


def buttons(shape: NotificationTemplate, locale: str = "en", **given_: Any) -> list[tuple[str, str]]:
    state = desk(notifications=(ringing(shape=shape, **given_),))
    return [(one.name, one.label) for one in panel(state, locale=locale).part("notifications").rows[0].commands]


def sentence(presence: Presence, locale: str = "en") -> str:
    return panel(desk(presence=presence), locale=locale).part("presence").field("presence").text


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "word",
    [*PresenceReason, *OfferOutcome, *AlertKind, *NotificationStatus, *ItemStatus, *Look, *BaseStatus, *Scenario, *STOCK],
    ids=str,
)  # fmt: skip
def test_everything_that_a_desk_shows_has_words(locale: str, word: Any) -> None:
    assert Reader(now=START, locale=locale).text(word) in catalogue(locale).values()


def test_words_say_what_they_stand_for() -> None:
    reader = Reader(now=START)
    assert {one.value: reader.text(one) for one in OfferOutcome} == {
        "accepted": "Accepted",
        "auto_accepted": "Accepted automatically",
        "assigned": "Assigned automatically",
        "rejected": "Rejected",
        "missed": "Missed",
        "unseen": "Not displayed",
        "refused": "Not offered",
        "failed_setup": "Could not be set up",
        "withdrawn": "Withdrawn",
    }
    assert [reader.text(one) for one in STOCK] == ["Available", "Busy", "Do not disturb", "Away", "Offline", "Inactive"]


# -- presence ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Inactive: Missed notification (since March 2, 2026 9:00:07 AM)"),
        ("nl", "Inactief: Gemiste melding (sinds 2 maart 2026 09:00:07)"),
        ("fr", "Inactif\u00a0: Notification manquée (depuis le 2 mars 2026 09:00:07)"),
        ("uk", "Неактивний: Пропущене сповіщення (з 2 березня 2026 09:00:07)"),
    ],
)
def test_the_presence_and_why_is_one_sentence(locale: str, text: str) -> None:
    assert sentence(here(alerts=(Alert(AlertKind.MISSED, at(7), INACTIVE),)), locale) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Available: No work in progress"),
        ("nl", "Beschikbaar: Geen lopend werk"),
        ("fr", "Disponible\u00a0: Aucun travail en cours"),
        ("uk", "Доступний: Немає поточної роботи"),
    ],
)
def test_a_presence_that_follows_capacity_has_no_instant(locale: str, text: str) -> None:
    assert sentence(here(), locale) == text
    part = panel(locale=locale).part("presence")
    assert [field.name for field in part.fields] == ["presence", "base", "reason"]
    assert [one.name for one in part.commands] == ["change"]


@pytest.mark.parametrize(
    ("presence", "text"),
    [
        (Presence("noor", START), "Offline: Signed out"),
        (here(connection=Connection(since=at(1), signed_out=False)), "Offline: Connection lost (since"),
        (here(activity=LastActivity(at(2), idle=True)), "Inactive: No activity (since"),
        (here(chosen=PresenceChoice(at(3), AWAY, BY_NOOR)), "Away: Set by you (since"),
        (here(chosen=PresenceChoice(at(3), AVAILABLE, BY_SAM)), "Available: Set by your supervisor (since"),
        (here(chosen=PresenceChoice(at(3), COFFEE, BY_NOOR)), "Koffie ☕: Set by you (since"),
    ],
)
def test_the_sentence_says_which_cause_it_is(presence: Presence, text: str) -> None:
    assert sentence(presence).startswith(text)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_presence_of_an_administrator_has_its_own_text_in_every_language(locale: str) -> None:
    part = panel(desk(presence=here(chosen=PresenceChoice(at(3), COFFEE, BY_NOOR))), locale=locale).part("presence")
    assert part.field("presence").text.startswith("Koffie ☕")
    assert part.field("base").text == catalogue(locale)["presence.away"]
    disguised = attrs.evolve(AVAILABLE, base=BaseStatus.BUSY)
    assert Reader(now=START, locale=locale).text(disguised) == "Available", "no stock presence, whatever it is called"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_presence_that_comes_next_can_be_taken_back(locale: str) -> None:
    words = catalogue(locale)
    part = panel(desk(presence=here(queued=PresenceChoice(at(3), AWAY, BY_NOOR))), locale=locale).part("presence")
    assert (part.field("next").label, part.field("next").text) == (words["presence.next"], words["presence.away"])
    assert [(one.name, one.label) for one in part.commands] == [
        ("change", words["alert.action.change"]),
        ("cancel_next", words["button.cancel_next"]),
    ]


# -- alerts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", AlertKind)
def test_an_alert_says_what_happened_and_has_its_two_actions(kind: AlertKind, locale: str) -> None:
    words, alert = catalogue(locale), Alert(kind, at(7), DO_NOT_DISTURB, "o")
    state = desk(presence=here(alerts=(alert,)))
    part = desk_panel(state, reader=Reader(now=at(20), locale=locale), session_limit=7).part("alerts")
    (row,) = part.rows
    title, when, text = row.fields
    assert (row.id, row.entry, title.tone) == (kind.value, alert, Tone.URGENT)
    assert (title.text, when.value) == (words[f"alert.{kind.value}.title"], at(7))
    expected = words[f"alert.{kind.value}.text"].replace("{presence}", words["presence.do_not_disturb"])
    assert text.text == expected.replace("{limit}", "7")
    assert "{" not in text.text
    assert ("7" in text.text) is (kind is AlertKind.SESSION_LIMIT)
    assert [(one.name, one.label) for one in row.commands] == [
        ("reset", words["alert.action.reset"]),
        ("change", words["alert.action.change"]),
    ]


def test_alerts_stand_newest_first_and_an_empty_bar_has_none() -> None:
    alerts = (Alert(AlertKind.REJECTED, at(9), DO_NOT_DISTURB), Alert(AlertKind.MISSED, at(7), COFFEE))
    part = panel(desk(presence=here(alerts=alerts))).part("alerts")
    assert [row.id for row in part.rows] == ["rejected", "missed"]
    assert "Your presence is now Koffie ☕." in shown(part)[1]["text"]
    empty = panel().part("alerts")
    assert (empty.rows, empty.fields, empty.commands, empty.empty_text) == ((), (), (), None)


# -- notifications ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_a_notification_shows_what_its_template_says(locale: str) -> None:
    words = catalogue(locale)
    fields = (ShownField("Customer", "Marta"), ShownField("Question", ""), ShownField("Order", "7"))
    state = ringing(shape=template(title="New chat", reject=True), fields=fields)
    row = panel(desk(notifications=(state,)), locale=locale).part("notifications").rows[0]
    assert {field.label: field.text for field in row.fields} == {
        words["field.notification.scenario"]: words["scenario.incoming_chat"],
        words["field.notification.title"]: "New chat",
        words["field.notification.type"]: words["notification.type.alert"],
        "Customer": "Marta",
        "Order": "7",
        words["field.notification.status"]: words["outcome.pending"],
        words["field.remaining"]: words["notification.remaining"].replace("{seconds}", "70"),
    }
    assert [field.name for field in row.fields if field.name.startswith("detail")] == ["detail_1", "detail_3"]
    assert "Marta" not in repr(row)
    assert [one.name for one in row.commands] == ["accept", "reject"]


@pytest.mark.parametrize(
    ("passed", "left"),
    [(0, 90), (0.000001, 90), (0.5, 90), (1, 89), (88.999999, 2), (89, 1), (89.999999, 1), (90, None), (91, None)],
)
def test_the_time_left_is_whole_seconds_rounded_up(passed: float, left: int | None) -> None:
    row = panel(desk(notifications=(ringing(),)), passed).part("notifications").rows[0]
    found = [(field.value.raw, field.text) for field in row.fields if field.name == "remaining"]
    assert found == ([] if left is None else [(left, f"{left} s left")])


@given(st.integers(0, 3_600_000_000), st.integers(1, 3600))
def test_a_countdown_never_says_less_than_there_is(passed: int, timeout: int) -> None:
    state = desk(notifications=(ringing(shape=template(timeout=timedelta(seconds=timeout))),))
    row = panel(state, passed / 1_000_000).part("notifications").rows[0]
    left = next((field.value.raw for field in row.fields if field.name == "remaining"), 0)
    real = timeout - passed / 1_000_000
    assert left - 1 < real <= left or (left == 0 and real <= 0)


@pytest.mark.parametrize(
    ("shape", "shows"),
    [
        ({}, True),
        ({"show_timeout": False}, False),
        ({"show_timeout": False, "auto_assign": True}, False),
        ({"show_timeout": False, "auto_assign": True, "auto_accept": True}, True),
    ],
)
def test_a_countdown_can_be_hidden_but_not_that_of_automatic_acceptance(shape: dict[str, Any], *, shows: bool) -> None:
    assert ("remaining" in only(ringing(shape=template(**shape)))) is shows


@pytest.mark.parametrize(
    ("shape", "names", "labels"),
    [
        (template(), ["accept"], ["Accepteren"]),
        (template(accept_label="Take"), ["accept"], ["Take"]),
        (template(reject=True), ["accept", "reject"], ["Accepteren", "Weigeren"]),
        (template(reject=True, reject_label="No"), ["accept", "reject"], ["Accepteren", "No"]),
        (template(reject=True, auto_assign=True, accept_label="Take"), ["accept"], ["Openen"]),
        (toast(), ["accept"], ["Openen"]),
        (toast(accept_label="Look"), ["accept"], ["Look"]),
        (toast(reject=True), ["accept"], ["Openen"]),
        (toast(answer=Answer.NONE), [], []),
    ],
)
def test_the_buttons_are_those_that_exist(shape: NotificationTemplate, names: list[str], labels: list[str]) -> None:
    assert buttons(shape, "nl") == list(zip(names, labels, strict=True))


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_being_set_up_says_so_and_has_no_buttons(locale: str) -> None:
    state = ringing(status=NotificationStatus.SETTING_UP, ready_by=at(60))
    found = only(state, locale=locale)
    assert found["status"] == catalogue(locale)["outcome.setting_up"]
    assert "remaining" not in found
    assert not panel(desk(notifications=(state,))).part("notifications").rows[0].commands


def test_what_informs_waits_for_no_answer_and_what_is_not_shown_has_no_row() -> None:
    assert "status" not in only(ringing(shape=toast()))
    at_once = template(auto_assign=True, auto_accept=True, instant=True)
    over = ringing("over", status=NotificationStatus.ENDED, outcome=OfferOutcome.MISSED)
    state = desk(
        notifications=(ringing("at once", at_once), over, ringing("late", status=NotificationStatus.DISPLAYED_LATE))
    )
    assert [row.id for row in panel(state, 100).part("notifications").rows] == ["late"]


@pytest.mark.parametrize(
    ("shape", "words", "scenario", "title"),
    [
        ({"title": "Chat"}, {}, "Incoming chat conversation", "Chat"),
        ({"scenario": "recall"}, {}, "recall", None),
        ({"scenario": "recall", "title": "Call back"}, {}, "Call back", None),
        ({"scenario": "recall", "title": "Oven"}, {"scenario.recall": "A recall"}, "A recall", "Oven"),
    ],
)
def test_a_scenario_of_the_hosts_own_has_the_hosts_words(
    shape: dict[str, Any], words: dict[object, object], scenario: str, title: str | None
) -> None:
    found = only(ringing(shape=template(**shape)), words=words)
    assert (found["scenario"], found.get("title")) == (scenario, title)


# -- sessions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_the_sessions_are_the_items_that_the_agent_has(locale: str) -> None:
    words = catalogue(locale)
    items = (
        held("open", status=ItemStatus.OPEN, sessions=1),
        held("wrap-up", status=ItemStatus.WRAP_UP, sessions=1, until=at(50.2)),
        held("over", status=ItemStatus.WRAP_UP, sessions=1, until=at(20)),
        held("assigned", outcome=OfferOutcome.ASSIGNED),
    )
    part = panel(desk(items=items), 20, locale).part("sessions")
    left = words["notification.remaining"].replace("{seconds}", "31")
    assert [(row["status"], row["conversation"], row.get("remaining")) for row in shown(part)] == [
        (words["item.status.open"], "of open", None),
        (words["item.status.wrap_up"], "of wrap-up", left),
        (words["item.status.wrap_up"], "of over", None),
        (words["item.status.assigned"], "of assigned", None),
    ]
    assert shown(part)[3]["outcome"] == words["outcome.auto_assigned"]
    assert [[one.name for one in row.commands] for row in part.rows] == [[], [], [], ["open"]]
    count = part.field("open_sessions")
    assert (count.value.raw, count.text) == (3, words["session.count"].replace("{count}", "3").replace("{limit}", "10"))


# -- with the page ----------------------------------------------------------------------------------------------------

FULL = desk(
    presence=here(
        alerts=(Alert(AlertKind.REJECTED, at(9), DO_NOT_DISTURB), Alert(AlertKind.MISSED, at(7), INACTIVE)),
        queued=PresenceChoice(at(3), COFFEE, BY_NOOR),
    ),
    notifications=(
        ringing("a", template(title="New chat", reject=True), fields=(ShownField("Customer", "Marta"),)),
        ringing("b", status=NotificationStatus.SETTING_UP, ready_by=at(60)),
    ),
    items=(held("d", outcome=OfferOutcome.ASSIGNED), held("e", status=ItemStatus.OPEN, sessions=1)),
)


def conversation(*, accepted: bool) -> Conversation:
    fields: dict[str, Any] = {"agent": "noor", "assigned_on": START, "status": ConversationStatus.ACTIVE}
    if accepted:
        fields |= {"accepted_on": START, "first_accepted_on": START, "in_session": True}
    return Conversation(id="c", at=START, created_on=START, channel=Channel.LIVE_CHAT, **fields)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("accepted", [True, False])
def test_a_desk_shows_with_the_page_and_without_one_and_comes_back_from_json(locale: str, *, accepted: bool) -> None:
    answer = summarize(
        conversation(accepted=accepted),
        Known(desk=FULL, session_limit=7),
        reader=Reader(now=at(20), locale=locale, zone="Europe/Kyiv"),
    )
    assert isinstance(answer, Page if accepted else NoPage)
    assert answer.desk is not None
    assert [part.name for part in answer.desk.parts] == ["alerts", "presence", "notifications", "sessions"]
    assert [part.label for part in answer.desk.parts] == [
        catalogue(locale)[key] for key in ("alert.list", "presence.title", "notification.list", "session.list")
    ]
    text = write_page(answer)
    PAGE.validate(json.loads(text))
    again = read_page(text)
    assert write_page(again) == text
    if isinstance(answer, Page):
        assert again == page_document(answer)
    document = json.loads(text)["desk"]
    assert document["agent"] == "noor"
    alerts, presence, notifications, sessions = document["parts"]
    assert [[field["value"] for field in row["fields"]] for row in alerts["rows"]] == [
        ["rejected", "2026-03-02T09:00:09Z", "Do not disturb"],
        ["missed", "2026-03-02T09:00:07Z", "Inactive"],
    ]
    assert [one["name"] for one in alerts["rows"][0]["commands"]] == ["reset", "change"]
    assert [field["value"] for field in presence["fields"]] == [
        "Do not disturb",
        "do_not_disturb",
        "rejected",
        "2026-03-02T09:00:09Z",
        "Koffie ☕",
    ]
    assert [field["value"] for field in notifications["rows"][0]["fields"]] == [
        "incoming_chat",
        "New chat",
        "alert",
        "Marta",
        "sent",
        70,
    ]
    assert sessions["fields"][0]["value"] == 1


def test_without_a_desk_there_is_no_panel() -> None:
    for accepted in (True, False):
        answer = summarize(conversation(accepted=accepted), reader=Reader(now=START))
        assert answer.desk is None
        document = json.loads(write_page(answer))
        assert document.pop("desk") is None
        assert json.loads(write_page(read_page(json.dumps(document))))["desk"] is None, "older documents have none"


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"desk": "noor"}, "desk: expected a desk, got text"),
        ({"desk": here()}, "desk: expected a desk, got something else"),
        ({"session_limit": 0}, "session_limit: must lie between 1 and 1000"),
        ({"session_limit": True}, "session_limit: expected a whole number, got true or false"),
    ],
)
def test_what_is_no_desk_is_refused(known: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidValue, match=f"^{rule}$"):
        Known(**known)


def test_a_part_that_no_desk_has_is_an_error_that_lists_what_it_has() -> None:
    with pytest.raises(UnknownKey, match="no such part; known: alerts, presence, notifications, sessions"):
        panel().part("nonsense")


# -- the command line -------------------------------------------------------------------------------------------------

CHAT = template(reject=True, title="New chat")
ITEM = WorkItem(conversation="c", channel=Channel.LIVE_CHAT)
STORY: list[Fact] = [
    DeskSettingsMade(at=START, settings=DeskSettings(session_limit=3, presence=PresenceSettings(missed_alerts=True))),
    AgentConnected(at=START, agent="noor", since=START),
    ConversationStarted(at=START, conversation="c", channel=Channel.LIVE_CHAT),
    Offered(
        at=START,
        agent="noor",
        offer=Offer(
            id="o", item=ITEM, template=CHAT, sent_at=START, fields=(ShownField("Customer", "Marta\x1b[31m Kowal"),)
        ),
    ),
    NotificationDisplayed(at=at(1), agent="noor", offer="o"),
    Offered(
        at=at(2),
        agent="noor",
        offer=Offer(
            id="p", item=attrs.evolve(ITEM, conversation="d"), template=attrs.evolve(CHAT, timeout=timedelta(seconds=5)), sent_at=at(2)
        ),
    ),
    NotificationDisplayed(at=at(3), agent="noor", offer="p"),
    AcceptPressed(at=at(30), agent="noor", offer="o"),
    ConversationAssigned(at=at(30), conversation="c", agent="noor"),
    ConversationAccepted(at=at(30), conversation="c", agent="noor"),
]  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> str:
    path = tmp_path / "log.ndjson"
    path.write_text("".join(f"{write_fact(fact)}\n" for fact in STORY), "utf-8")
    return str(path)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_notification_that_rings_shows_before_there_is_a_page(
    locale: str, log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = catalogue(locale)
    code = main(["show", log, "--conversation", "c", "--at", "2026-03-02T09:00:20Z", "--locale", locale])
    out, err = capsys.readouterr()
    assert (code, err) == (3, f"customer_summary: {words['no_page.not_accepted']}\n")
    assert words["scenario.incoming_chat"] in out
    assert words["notification.remaining"].replace("{seconds}", "70") in out
    assert f"[{words['button.accept']}]  [{words['button.reject']}]" in out
    assert words["alert.missed.title"] in out
    assert f"[{words['alert.action.reset']}]  [{words['alert.action.change']}]" in out
    assert "\x1b" not in out
    assert out.index(words["alert.missed.title"]) < out.index(words["scenario.incoming_chat"])
    assert words["session.list"] + " ─" not in out, "nothing is printed for what is empty"
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("locale", LOCALES)
def test_the_desk_stands_above_the_page(locale: str, log: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = catalogue(locale)
    assert main(["show", log, "--conversation", "c", "--locale", locale]) == 0
    out = capsys.readouterr().out
    assert words["session.count"].replace("{count}", "1").replace("{limit}", "3") in out
    assert out.index(words["session.open"]) < out.index(words["page.active_conversation"])
    assert words["notification.list"] + " ─" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_as_json_the_desk_is_in_the_document(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    for instant, code, kind in (("20", 3, "no_page"), ("30", 0, "page")):
        found = main(["show", log, "--conversation", "c", "--at", f"2026-03-02T09:00:{instant}Z", "--format", "json"])
        document = json.loads(capsys.readouterr().out)
        assert (found, document["document"], document["desk"]["agent"]) == (code, kind, "noor")
        PAGE.validate(document)


def test_a_desk_fits_80_columns_and_says_how_much_more_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    from customer_summary.terminal import print_desk

    many = tuple(ringing(str(number), template(title="x" * 200)) for number in range(9))
    items = tuple(held(f"held {number}") for number in range(9))
    print_desk(panel(attrs.evolve(FULL, notifications=many, items=items)), 2)
    out = capsys.readouterr().out
    assert out.count("Incoming chat conversation") == 2
    assert out.count("… 7 more") == 2
    assert out.count("[Open]") == 2
    assert max(map(len, out.splitlines())) <= 80


def test_without_rich_the_desk_says_what_it_needs(
    log: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "customer_summary.terminal", None)
    assert main(["show", log, "--conversation", "c", "--at", "2026-03-02T09:00:20Z"]) == 2
    assert "the text needs the extra cli" in capsys.readouterr().err


NO_TIME = DeskSettings(
    notifications=NotificationSettings(
        templates=(template(timeout=timedelta(0), auto_assign=True, instant=True, reject=True),)
    )
)


def linted(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    code = main(["lint", str(path)])
    return code, *capsys.readouterr()


def test_settings_without_findings_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert linted(to_json(DeskSettings()), tmp_path, capsys) == (0, "no findings\n", "")
    assert linted('{"v":1}', tmp_path, capsys) == (0, "no findings\n", "")


def test_each_finding_has_a_line_and_the_exit_code_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = linted(to_json(NO_TIME), tmp_path, capsys)
    assert (code, err) == (4, "")
    assert out.splitlines() == [
        "notifications.templates[0].reject: reject_with_auto_answer: shows a button that has no effect",
        "notifications.templates[0].timeout: timeout_of_zero: leaves no time to see the notification",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not JSON"),
        ("[]", "expected an object, got a list"),
        ('{"session_limit":3}', "v: missing"),
        ('{"v":1,"session_limit":0}', "session_limit: must lie between 1 and 1000"),
        ('{"v":1,"presence":{"default":"Nowhere"}}', "presence.default: must be the text of a presence"),
    ],
)
def test_settings_that_cannot_be_read_exit_with_2(
    text: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = linted(text, tmp_path, capsys)
    assert (code, out) == (2, "")
    assert err.startswith("customer_summary: ")
    assert problem in err or (not text and "JSON" in err)


def test_settings_can_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(to_json(NO_TIME).encode())))
    assert main(["lint", "-"]) == 4
    assert capsys.readouterr().out.count("\n") == 2
    assert main(["lint", "/nowhere"]) == 2
