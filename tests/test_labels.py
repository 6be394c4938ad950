"""Labels: every language complete, every word accounted for, a host's own words on top."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Account,
    ActionKind,
    ActionStatus,
    ActivityStatus,
    ActivityType,
    AlertKind,
    Author,
    BaseStatus,
    Case,
    CaseState,
    CaseStatus,
    Channel,
    Contact,
    ConversationStatus,
    DesktopMode,
    DueStatus,
    DueWithin,
    EntryKind,
    FailureReason,
    Generation,
    IdentifiedBy,
    InvalidValue,
    ItemStatus,
    Look,
    MacroOutcome,
    ModifiedWithin,
    NoPageReason,
    NotificationStatus,
    OfferOutcome,
    PageConfiguration,
    Party,
    PlaceStatus,
    PostsBy,
    PresenceReason,
    Priority,
    Reader,
    Scenario,
    SelfServiceKind,
    SentimentLevel,
    SentimentTrend,
    Skill,
    StepKind,
    StepState,
    TimelineFilter,
    TimelineSort,
    UnknownKey,
)
from customer_summary.domain import configuration
from customer_summary.domain.timeline import NoteType
from customer_summary.testing.plain_strategies import instants
from customer_summary.views import cards
from customer_summary.views import reader as reader_module
from customer_summary.views.reader import LOCALES, catalogue

NOW = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)
DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "labels.md"
WORDS = (ActionKind, ActionStatus, ActivityStatus, ActivityType, AlertKind, Author, BaseStatus, CaseState, CaseStatus, Channel, ConversationStatus, DesktopMode, DueStatus, DueWithin, EntryKind, FailureReason, IdentifiedBy, ItemStatus, Look, MacroOutcome, ModifiedWithin, NoteType, NotificationStatus, OfferOutcome, PlaceStatus, PostsBy, PresenceReason, Priority, Scenario, SelfServiceKind, SentimentLevel, SentimentTrend, StepKind, StepState, TimelineSort)  # fmt: skip


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_every_label_with_the_same_places(locale: str) -> None:
    english, words = catalogue("en"), catalogue(locale)
    assert words.keys() == english.keys()
    assert {key: places(text) for key, text in words.items()} == {key: places(text) for key, text in english.items()}
    assert all(text.strip() == text and text for text in words.values())
    assert not any(re.search("[ ][:;?!»]|«[ ]", text) for text in words.values() if locale == "fr"), (
        "the space is U+00A0"
    )
    assert not any("'" in text for text in words.values() if locale in {"fr", "uk"}), "the apostrophe is U+2019"


def test_the_document_of_labels_is_the_catalogue_and_names_every_source() -> None:
    rows = [
        line.strip("| \n").split(" | ") for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")
    ]
    documented = {row[0].strip("`"): row[1:5] for row in rows}
    assert documented == {key: [catalogue(locale)[key] for locale in LOCALES] for key in catalogue("en")}
    assert all(len(row) == 6 and re.search(r"ours|nl 0|fr 0|uk 0", row[5]) for row in rows)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("word", [member for kind in WORDS for member in kind], ids=str)
def test_every_kind_and_state_has_words(locale: str, word: Any) -> None:
    reader = Reader(now=NOW, locale=locale)
    assert reader.text(word) in catalogue(locale).values()


def test_a_kind_whose_words_stand_elsewhere_has_them_for_every_member() -> None:
    named = {type(word) for word in reader_module._LABEL_OF}  # noqa: SLF001  # the table must be complete
    assert {word for kind in named for word in kind} == set(reader_module._LABEL_OF)  # noqa: SLF001
    assert not named & reader_module._WORDS_OF.keys()  # noqa: SLF001
    assert named | reader_module._WORDS_OF.keys() == set(WORDS)  # noqa: SLF001


def test_every_field_that_can_show_has_a_label() -> None:
    keys = {key for labels in cards.LABELS.values() for key in labels.values()}
    keys |= {f"no_page.{reason.value}" for reason in NoPageReason}
    keys |= {f"timeline.filter.{one.value}" for one in TimelineFilter} | {f"page.{one.value}" for one in Generation}
    assert keys <= catalogue("en").keys()
    for kind, names in cards.ROW_FIELDS.items():
        assert set(names) <= cards.LABELS[kind].keys()


def test_every_field_that_can_be_configured_has_a_label() -> None:
    for setting, kinds in configuration._CARD_FIELDS.items():  # noqa: SLF001  # the rule and the words must agree
        names = {name for kind in kinds for name in cards.LABELS[kind]}
        for name in names:
            assert getattr(PageConfiguration.of({setting: (name,)}), setting) == (name,)
        hidden = {field.name for kind in kinds for field in attrs.fields(kind)} - names
        assert hidden
        for name in hidden:
            with pytest.raises(InvalidValue, match=f"{setting}: no such field"):
                PageConfiguration.of({setting: (name,)})


@pytest.mark.parametrize(
    ("locale", "instant", "ago", "ahead", "duration", "none"),
    [
        ("en", "March 2, 2026 11:42:05 AM", "3 minutes ago", "in 3 minutes", "1 hour 2 minutes 5 seconds", "0 seconds"),
        (
            "nl",
            "2 maart 2026 11:42:05",
            "3 minuten geleden",
            "over 3 minuten",
            "1 uur 2 minuten 5 seconden",
            "0 seconden",
        ),
        (
            "fr",
            "2 mars 2026 11:42:05",
            "il y a 3 minutes",
            "dans 3 minutes",
            "1 heure 2 minutes 5 secondes",
            "0 seconde",
        ),
        (
            "uk",
            "2 березня 2026 11:42:05",
            "3 хвилини тому",
            "через 3 хвилини",
            "1 година 2 хвилини 5 секунд",
            "0 секунд",
        ),
    ],
)
def test_time_reads_as_people_of_that_language_say_it(  # noqa: PLR0917  # a row of the table
    locale: str, instant: str, ago: str, ahead: str, duration: str, none: str
) -> None:
    reader = Reader(now=NOW, locale=locale, zone="Europe/Kyiv")
    then = datetime(2026, 3, 2, 9, 42, 5, tzinfo=UTC)
    assert reader.text(then) == instant
    assert (reader.ago(NOW - timedelta(minutes=3)), reader.ago(NOW + timedelta(minutes=3))) == (ago, ahead)
    assert (reader.text(timedelta(seconds=3725)), reader.text(timedelta(0))) == (duration, none)


@given(
    instants(),
    instants(),
    st.sampled_from(LOCALES),
    st.sampled_from(["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]),
)
def test_every_instant_can_be_read_in_every_zone(then: datetime, now: datetime, locale: str, zone: str) -> None:
    reader = Reader(now=now, locale=locale, zone=zone)
    assert reader.text(then)
    assert reader.ago(then)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("", ""), ("x", "x"), (True, "Ja"), (False, "Nee"), (3, "3"), (1.5, "1.5"), ((), ""), (("a", "b"), "a, b"), ((Skill("Dutch", 97), Skill("Ovens")), "Dutch (97 %), Ovens")],
)  # fmt: skip
def test_plain_values_read_plainly(value: Any, text: str) -> None:
    assert Reader(now=NOW, locale="nl").text(value) == text


def test_a_hosts_own_words_come_on_top_of_ours() -> None:
    reader = Reader(
        now=NOW, locale="nl", words={"section.case": "Zaak", "host.own": "Eigen", "session.visitor": "Gast {number}"}
    )
    assert reader.label("section.case") == "Zaak"
    assert reader.label("host.own") == "Eigen"
    assert reader.label("session.visitor", number=3) == "Gast 3"
    assert reader.label("section.customer") == "Klant"


@pytest.mark.parametrize(
    "words",
    [{"session.visitor": "Gast"}, {"session.visitor": "{number} {x}"}, {"section.case": 3}, {3: "x"}, None, [], 5, "x"],
)
def test_own_words_must_fit_what_they_replace(words: Any) -> None:
    with pytest.raises(InvalidValue, match="words"):
        Reader(now=NOW, words=words)


def test_a_value_in_its_place_is_never_read_as_a_place() -> None:
    reader = Reader(now=NOW, words={"host.greeting": "Hello {name}, {name}"})
    assert reader.label("host.greeting", name="{name.__class__}") == "Hello {name.__class__}, {name.__class__}"


@pytest.mark.parametrize(
    "zone", ["Nowhere/Land", "", "../etc/passwd", "Europe", "local", "Europe/Kyiv\0", "localtime", "posixrules"]
)
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(InvalidValue, match="zone"):
        Reader(now=NOW, zone=zone)


@pytest.mark.parametrize("locale", ["de", "EN", "", "../en", 3])
def test_an_unknown_language_is_refused(locale: Any) -> None:
    with pytest.raises(InvalidValue, match="locale"):
        Reader(now=NOW, locale=locale)


def test_a_label_that_does_not_exist_is_an_error_of_ours() -> None:
    with pytest.raises(UnknownKey, match="no such label"):
        Reader(now=NOW).label("no.such.label")
    with pytest.raises(UnknownKey):
        Reader(now=NOW).text(Party.AGENT)


def test_the_hour_that_a_clock_shows_twice_names_its_offset() -> None:
    reader = Reader(now=NOW, zone="Europe/Amsterdam")
    texts = [reader.text(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1, 2)]
    assert texts == [
        "October 25, 2026 2:30:00 AM (CEST)",
        "October 25, 2026 2:30:00 AM (CET)",
        "October 25, 2026 3:30:00 AM",
    ]


def test_a_label_needs_the_values_of_its_places() -> None:
    reader = Reader(now=NOW)
    for values in ({}, {"name": 3}):
        with pytest.raises(InvalidValue, match=r"values: the label session\.visitor needs number"):
            reader.label("session.visitor", **values)


@pytest.mark.parametrize("kind", [Contact, Account, Case])
def test_every_field_that_a_card_can_show_has_a_label_of_its_own_kind(kind: type) -> None:
    assert cards.LABELS[kind].keys() == {field.name for field in attrs.fields(kind)} - {"id", "active", "customer"}


def test_how_long_ago_does_not_depend_on_the_zone_of_the_instant() -> None:
    then = (NOW - timedelta(minutes=3)).astimezone(timezone(timedelta(hours=5)))
    assert Reader(now=NOW).ago(then) == "3 minutes ago"


def test_a_reader_is_hashable_and_its_repr_leaves_out_the_words_of_the_host() -> None:
    reader = Reader(now=NOW, words={"host.own": "Eigen"})
    assert hash(reader) == hash(attrs.evolve(reader))
    assert "Eigen" not in repr(reader)
