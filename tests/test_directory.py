"""Directories: what every one must hold, tried on the one in memory and on the one in SQLite; and what a search finds."""

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    EMBEDDED_PHONES,
    Account,
    Applied,
    Attribute,
    Case,
    CaseStatus,
    Contact,
    Criterion,
    Directory,
    DirectoryRecord,
    ExactQuery,
    ExtraMissing,
    InvalidValue,
    MemoryDirectory,
    PhoneSettings,
    RecordKind,
    Refused,
    SearchQuery,
    SqliteDirectory,
    Unchanged,
    UnknownKey,
    choose_phones,
    simple_phone,
)
from customer_summary.domain.directory import DEFAULT_COLUMNS, SEARCHABLE
from customer_summary.rules.directory import FIELDS, folded
from customer_summary.testing.directories import check_create, check_directory, check_exact, check_search

Make = Callable[[Sequence[DirectoryRecord]], Directory]

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONTACT, ACCOUNT, CASE = RecordKind.CONTACT, RecordKind.ACCOUNT, RecordKind.CASE
ANNA = Contact(
    id="anna",
    name="Anna van den Ångström",
    email="anna@mail.example.org",
    mobile_phone="+31 6 1234-5678",
    company="Brood & Zn",
)
JAN = Contact(id="jan", name="Jan Annasson", email="jan@example.org", mobile_phone="06-87654321", city="Utrecht")
GONE = Contact(id="gone", name="Anna Gone", active=False)
SHOP = Account(id="shop", name="Anna's Shop", number="A-17", email="info@shop.example", phone="030 123 45 67")
OVEN = Case(id="oven", title="Oven stays cold", number="CAS-00042", created_on=NINE, modified_on=NINE)
DONE = attrs.evolve(OVEN, id="done", status=CaseStatus.PROBLEM_SOLVED)
RECORDS: tuple[DirectoryRecord, ...] = (ANNA, JAN, GONE, SHOP, OVEN, DONE)  # fmt: skip


@pytest.fixture
def sqlite() -> Iterator[Make]:
    with ExitStack() as opened:

        def make(records: Sequence[DirectoryRecord]) -> SqliteDirectory:
            opened.close()
            made = opened.enter_context(closing(SqliteDirectory.open()))
            made.put(records)
            return made

        yield make


@pytest.fixture(params=["memory", "sqlite"])
def make(request: pytest.FixtureRequest, sqlite: Make) -> Make:
    return MemoryDirectory if request.param == "memory" else sqlite


def test_the_directory_in_memory_keeps_the_contract() -> None:
    check_directory(MemoryDirectory)


def test_the_directory_in_sqlite_keeps_the_contract(sqlite: Make) -> None:
    check_directory(sqlite)


class Careless(MemoryDirectory):
    """A directory that gets one thing wrong."""

    wrong = ""

    def exact(self, query: ExactQuery, /) -> tuple[DirectoryRecord, ...]:
        found = super().exact(query)
        changed = {"nothing": (), "twice": found * 2, "backwards": found[::-1], "other": (*found, ANNA)}
        return changed.get(self.wrong, found)

    def search(self, query: SearchQuery, /) -> tuple[DirectoryRecord, ...]:
        found = super().search(query)
        changed = {"no hit": (), "hit twice": found[:1] * 2, "too many": (*found, GONE)}
        return changed.get(self.wrong, found)

    def create(self, record: DirectoryRecord, /) -> Any:
        if self.wrong == "overwrites":
            self.put((record,))
            return Applied()
        return Refused("no", "no") if self.wrong == "creates nothing" else super().create(record)


TWINS = (attrs.evolve(ANNA, id="was", active=False), ANNA, attrs.evolve(ANNA, id="twin"))


@pytest.mark.parametrize("wrong", ["nothing", "twice", "backwards", "other", "no hit", "hit twice", "too many", "overwrites", "creates nothing"])  # fmt: skip
def test_the_contract_finds_a_directory_that_is_careless(wrong: str) -> None:
    directory, query = Careless((*TWINS[:2], *RECORDS[1:])), SearchQuery(kind=CONTACT, text="anna")
    checks: list[Callable[[], None]] = [
        lambda: check_exact(directory, (*TWINS[:2], *RECORDS[1:]), by(Attribute.EMAIL, ANNA.email), simple_phone),
        lambda: check_search(directory, (*TWINS[:2], *RECORDS[1:]), query, simple_phone),
        lambda: check_create(directory, TWINS[2], attrs.evolve(TWINS[2], city="Utrecht")),
    ]
    for check in checks[:2]:
        check()
    directory.wrong = wrong
    with pytest.raises(AssertionError, match="must"):
        [check() for check in checks]


FOUND: list[tuple[str, RecordKind, str, tuple[str, ...], set[str]]] = [
    ("the beginning of a first name", CONTACT, "ann", (), {"anna", "jan"}),
    ("without regard to case and to the way an accent is written", CONTACT, "A\u030aNGSTR\u00d6M", (), {"anna"}),
    ("the beginning of two words, in any order", CONTACT, "ång anna", (), {"anna"}),
    ("a word in the middle of the name", CONTACT, "den", (), {"anna"}),
    ("the inside of a word", CONTACT, "nna", (), set()),
    ("the inside of a word, after a star", CONTACT, "*nna", (), {"anna", "jan"}),
    ("one letter inside a word, after a star", CONTACT, "*ö", (), {"anna"}),
    ("one letter that begins a word", CONTACT, "v", (), {"anna"}),
    ("a star inside a word is punctuation", CONTACT, "an*na", (), set()),
    ("a star at the end changes nothing", CONTACT, "ann*", (), {"anna", "jan"}),
    ("words across two columns", CONTACT, "anna brood", (), {"anna"}),
    ("an e-mail address", CONTACT, "jan@example.org", (), {"jan"}),
    ("the domain of an address", CONTACT, "example.org", (), {"anna", "jan"}),
    ("a number as it is written", CONTACT, "+31 6 1234", (), {"anna"}),
    ("a number written in another way", CONTACT, "+316(12)345678", (), {"anna"}),
    ("the beginning of a number", CONTACT, "+31612", (), {"anna"}),
    ("the end of a number", CONTACT, "5678", (), {"anna"}),
    ("the inside of a number", CONTACT, "345", (), set()),
    ("a city, which is not searched by itself", CONTACT, "utrecht", (), set()),
    ("a city, where somebody configured it", CONTACT, "utrecht", ("city",), {"jan"}),
    ("a name, where only the city is searched", CONTACT, "jan", ("city",), set()),
    ("nothing", CONTACT, "", (), set()),
    ("nothing but punctuation", CONTACT, "* % _ ' \" -- ;", (), set()),
    ("wildcards of a database", CONTACT, "%nna", (), set()),
    ("operators of a full-text search", CONTACT, "anna NOT jan", (), set()),
    ("an account by its number", ACCOUNT, "a-17", (), {"shop"}),
    ("an account by its phone", ACCOUNT, "0301234567", (), {"shop"}),
    ("a part of a name with an apostrophe", ACCOUNT, "anna's", (), {"shop"}),
    ("a case by its title", CASE, "oven cold", (), {"oven"}),
    ("a case by its number", CASE, "cas-0004", (), {"oven"}),
    ("a case by digits inside its number", CASE, "*0042", (), {"oven"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "columns", "expected"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])  # fmt: skip
def test_a_search_finds_the_active_records_in_which_every_word_begins_one(
    make: Make, kind: RecordKind, text: str, columns: tuple[str, ...], expected: set[str]
) -> None:
    query = SearchQuery(kind=kind, text=text, columns=columns)
    assert {one.id for one in make(RECORDS).search(query)} == expected


def test_a_search_gives_no_more_than_was_asked_for(make: Make) -> None:
    many = [Contact(id=str(number), name=f"Anna {number}", mobile_phone="06") for number in range(30)]
    directory = make(many)
    assert len(directory.search(SearchQuery(kind=CONTACT, text="anna"))) == 20
    assert directory.search(SearchQuery(kind=CONTACT, text="06", most=3)) == tuple(many[:3])
    by_words = [Contact(id=f"w{number}", name="x", mobile_phone="12 06") for number in range(3)]
    by_number = [Contact(id=f"n{number}", name="x", mobile_phone="0612") for number in range(3)]
    either = make([*by_number, *by_words])
    assert either.search(SearchQuery(kind=CONTACT, text="06 12", most=4)) == (*by_number, by_words[0])


def by(attribute: Attribute, value: str, kind: RecordKind = CONTACT) -> ExactQuery:
    return ExactQuery(kind, (Criterion(attribute, value),))


def test_what_a_record_does_not_have_finds_nothing(make: Make) -> None:
    directory = make([Contact(id="1", name="x"), Contact(id="2", name="-", mobile_phone="--")])
    for value in ("", " "):
        with pytest.raises(InvalidValue, match="value: must not be empty"):
            by(Attribute.PHONE, value)
    assert directory.exact(by(Attribute.PHONE, "--")) == ()


def test_a_record_that_changes_is_found_by_what_it_is_now() -> None:
    with closing(SqliteDirectory.open()) as stored:
        for directory in (MemoryDirectory(), stored):
            moved = attrs.evolve(ANNA, name="Zoë", email="zoe@example.org")
            directory.put([ANNA, JAN])
            directory.put([moved, attrs.evolve(JAN, active=False)])
            assert directory.exact(by(Attribute.EMAIL, folded(ANNA.email))) == ()
            assert directory.exact(by(Attribute.EMAIL, "zoe@example.org")) == (moved,)
            found = [directory.search(SearchQuery(kind=CONTACT, text=text)) for text in ("anna", "zoë", "jan")]
            assert found == [(), (moved,), ()]


def test_creating_says_what_came_of_it(make: Make) -> None:
    directory = make([])
    assert directory.create(ANNA) == Applied()
    assert directory.create(ANNA) == Unchanged("already there")
    assert directory.create(attrs.evolve(ANNA, city="Utrecht")) == Refused("id_taken", "contact")
    assert directory.create(Account(id="anna", name="x")) == Applied()


def test_a_directory_in_a_file_is_there_again(tmp_path: Path) -> None:
    path = str(tmp_path / "directory.sqlite")
    with closing(SqliteDirectory.open(path)) as directory:
        directory.put(RECORDS)
    with closing(SqliteDirectory.open(path)) as directory:
        assert directory.exact(by(Attribute.ID, "anna")) == (ANNA,)
        assert directory.search(SearchQuery(kind=CASE, text="oven")) == (OVEN,)
    international = PhoneSettings(normaliser="international", region="NL")
    other_settings = pytest.raises(InvalidValue, match="phones: must be the settings that the directory was made with")
    with closing(sqlite3.connect(path)) as connection, other_settings:
        SqliteDirectory(connection, international, EMBEDDED_PHONES)


def test_of_two_that_create_the_same_record_at_once_one_comes_first(tmp_path: Path) -> None:
    path, together, outcomes = str(tmp_path / "directory.sqlite"), Barrier(4), list[Any]()

    def create(number: int) -> None:
        with closing(SqliteDirectory.open(path)) as directory:
            together.wait(timeout=30)
            outcomes.append(directory.create(attrs.evolve(ANNA, city=str(number))))

    threads = [Thread(target=create, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(one).__name__ for one in outcomes) == ["Applied", "Refused", "Refused", "Refused"]


@pytest.mark.parametrize("isolation", ["DEFERRED", None])
def test_a_failed_load_leaves_the_directory_as_it_was(isolation: Literal["DEFERRED"] | None) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=isolation)) as connection:
        directory = SqliteDirectory(connection)
        directory.put([JAN])
        with pytest.raises(AttributeError):
            directory.put([ANNA, attrs.evolve(JAN, name="x"), None])  # type: ignore[list-item]
        assert not connection.in_transaction
        assert directory.exact(by(Attribute.ID, "anna")) == ()
        assert directory.search(SearchQuery(kind=CONTACT, text="anna")) == (JAN,)


def test_a_record_is_created_in_the_transaction_of_the_host() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        directory = SqliteDirectory(connection)
        connection.execute("BEGIN")
        directory.create(ANNA)
        connection.execute("ROLLBACK")
        assert directory.exact(by(Attribute.ID, "anna")) == ()


PHONES: list[tuple[str, str]] = [
    ("+31 (0)6 12 34-56", "+310612" + "3456"),
    ("+31\u00a06\u20111234", "+3161234"),
    (" 06 – 12 ", "0612"),
    ("call me", "callme"),
    ("-", ""),
    ("\u202e0612", "\u202e0612"),
]


@pytest.mark.parametrize(("written", "normal"), PHONES)
def test_the_simple_rule_strips_spaces_dashes_and_parentheses(written: str, normal: str) -> None:
    assert simple_phone(written) == normal


@given(st.text())
def test_normal_forms_are_normal(text: str) -> None:
    international = choose_phones(PhoneSettings(normaliser="international", region="NL"), EMBEDDED_PHONES)
    for form in (simple_phone, folded, international):
        assert form(form(text)) == form(text)


@pytest.mark.parametrize(
    ("region", "written", "normal"),
    [
        ("NL", "06-12345678", "+31612345678"),
        ("NL", "+31 (0)6 12345678", "+31612345678"),
        ("NL", "0031 6 1234 5678", "+31612345678"),
        ("UA", "050 123 45 67", "+380501234567"),
        ("NL", "030 1234567 ext. 5", "+31301234567;5"),
        ("", "06-12345678", "0612345678"),
        ("", "+31 6 12345678", "+31612345678"),
        ("NL", "12", "12"),
        ("NL", "no number", "nonumber"),
    ],
)
def test_the_international_rule_reads_numbers_as_telephones_do(region: str, written: str, normal: str) -> None:
    settings = PhoneSettings(normaliser="international", region=region)
    assert choose_phones(settings, EMBEDDED_PHONES)(written) == normal


def test_the_rule_for_phones_is_the_one_that_is_named_whatever_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_phones(PhoneSettings(region="NL"), EMBEDDED_PHONES) is simple_phone
    with pytest.raises(UnknownKey, match="no such phone normaliser; known: simple"):
        choose_phones(PhoneSettings(normaliser="international"))
    with pytest.raises(InvalidValue, match="region: expected a region"):
        choose_phones(PhoneSettings(normaliser="international", region="xx"), EMBEDDED_PHONES)
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    monkeypatch.delitem(sys.modules, "customer_summary.normalisers.international")
    with pytest.raises(ExtraMissing, match="the phone normaliser needs the extra phones"):
        choose_phones(PhoneSettings(normaliser="international"), EMBEDDED_PHONES)


def test_directories_compare_phones_by_the_rule_they_are_given() -> None:
    settings = PhoneSettings(normaliser="international", region="NL")
    normalise = choose_phones(settings, EMBEDDED_PHONES)
    queries = [SearchQuery(kind=CONTACT, text=text) for text in ("06-87654321", "+31 6 8765 4321", "0687")]
    with closing(SqliteDirectory.open(":memory:", settings, EMBEDDED_PHONES)) as stored:
        stored.put(RECORDS)
        for directory in (MemoryDirectory(RECORDS, normalise), stored):
            assert directory.exact(by(Attribute.PHONE, "+31687654321")) == (JAN,)
            assert [directory.search(query) for query in queries] == [(JAN,), (JAN,), ()]
            for query in queries:
                check_search(directory, RECORDS, query, normalise)
            check_exact(directory, RECORDS, by(Attribute.PHONE, "+31612345678"), normalise)


@pytest.mark.parametrize(
    ("build", "rule"),
    [
        (lambda: ExactQuery(CONTACT, ()), "where: a query without criteria would give everything"),
        (lambda: by(Attribute.ID, "1", RecordKind.CONVERSATION), "kind: must be a contact, an account or a case"),
        (lambda: SearchQuery(kind=RecordKind.CONVERSATION, text="x"), "kind: must be a contact"),
        (lambda: SearchQuery(kind=CASE, text="x", columns=("name",)), "columns: no such column; known: title, number"),
        (lambda: SearchQuery(kind=CASE, text="x" * 201), "text: at most 200 characters"),
        (lambda: SearchQuery(kind=CASE, text="x", most=0), "most: must lie between 1 and 1000"),
    ],
)
def test_a_query_that_cannot_be_meant_cannot_be_built(build: Any, rule: str) -> None:
    with pytest.raises(InvalidValue, match=rule):
        build()


def test_the_columns_are_texts_of_the_records_and_nothing_else() -> None:
    for kind, names in DEFAULT_COLUMNS.items():
        assert set(names) <= set(SEARCHABLE[kind])
    for one in (ANNA, SHOP, OVEN):
        texts = {
            name for name, value in attrs.asdict(one, recurse=False).items() if type(value) is str and name != "id"
        }
        assert set(SEARCHABLE[one.ref.kind]) == texts
        assert {getattr(one, field) is not ... for field in FIELDS[one.ref.kind].values()} == {True}
