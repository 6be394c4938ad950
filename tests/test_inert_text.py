"""What people write is data: through the directory, the log, the page and the terminal it does nothing and stays itself."""

import unicodedata
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
import pytest

from customer_summary import (
    Account,
    AccountRecorded,
    Attribute,
    Case,
    CaseRecorded,
    Channel,
    Contact,
    ContactRecorded,
    ContextSet,
    ContextVariable,
    ConversationAccepted,
    ConversationStarted,
    Criterion,
    DirectoryRecord,
    ExactQuery,
    IdentificationKeys,
    IdentifiedBy,
    MemoryDirectory,
    Page,
    Reader,
    RecordKind,
    RecordRef,
    RecordsIdentified,
    SearchQuery,
    SettingMade,
    Skill,
    SkillAdded,
    SqliteDirectory,
    collect,
    find,
    identified,
    read_log,
    summarize,
    write_fact,
)
from customer_summary.__main__ import main
from customer_summary.domain.directory import SEARCHABLE
from customer_summary.domain.identification import Claims
from customer_summary.plain import plain
from customer_summary.rules.directory import folded
from customer_summary.terminal import print_page
from customer_summary.views.reader import LOCALES
from customer_summary.wire.text import read_json

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE = {
    "control characters": "a\x1b[2J\x07\x9b31m\x00b",
    "line ends": "a\nb\r\n\x85c\u2028d",
    "right-to-left override": "a\u202egpj.exe\u2066b",
    "HTML": "<script>alert(1)</script><b>&amp;\"'",
    "a formula": "=HYPERLINK(A1)",
    "a formula after a sign": "+1@SUM(A1)|cmd",
    "a slug": "${customerName} {caseId} {$odata.contact.name}",
    "a format": "%s {0} {name.__class__} %(x)s",
    "SQL": "'; DROP TABLE records; -- x",
    "wildcards of SQL": "%_[a]%",
    "full-text operators": 'a" OR "b NEAR(c) AND NOT d* ^e {name}: f',
    "markup of a terminal": "[bold red]x[/] :smile: [link=http://x]y[/link]",
    "marks without a letter": "\u0301\u0489x",
}
LONGEST = 90
PLAIN: tuple[Any, ...] = (
    Contact(id="contact", name="x"),
    Account(id="account", name="x"),
    Case(id="case", title="x", customer=RecordRef(RecordKind.CONTACT, "contact"), created_on=NINE, modified_on=NINE),
)


def records(text: str) -> tuple[Any, Any, Any]:
    """A contact, an account and a case with this text in every field that people write."""
    assert len(text) < LONGEST
    contact, account, case = (attrs.evolve(one, **dict.fromkeys(SEARCHABLE[one.ref.kind], text)) for one in PLAIN)
    return contact, account, case


def facts(text: str) -> tuple[Any, ...]:
    contact, account, case = records(text)
    keys = IdentificationKeys(name=text, email=text)
    found = identified(MemoryDirectory(records(text)), Claims(channel=Channel.LIVE_CHAT, keys=keys))
    switches = [{"name": name, "value": True} for name in ("skill_update_enabled", "additional_details", "enhanced_active_conversation_form")]  # fmt: skip
    return (
        *(SettingMade(at=NINE, **one) for one in switches),  # type: ignore[arg-type]  # a name and a value
        ContactRecorded(at=NINE, contact=contact),
        AccountRecorded(at=NINE, account=account),
        CaseRecorded(at=NINE, case=case),
        ConversationStarted(at=NINE, conversation="c", channel=Channel.LIVE_CHAT, queue=text),
        ConversationAccepted(at=NINE, conversation="c", agent="noor"),
        RecordsIdentified(at=NINE, conversation="c", identification=found),
        SkillAdded(at=NINE, conversation="c", skill=Skill(text)),
        ContextSet(at=NINE, conversation="c", variable=ContextVariable(text, text, displayable=True)),
    )


def log_of(text: str) -> bytes:
    return b"".join(f"{write_fact(one)}\n".encode() for one in facts(text))


def page_of(text: str, locale: str = "en", **more: Any) -> Page:
    log = log_of(text)
    scene = find(read_log(BytesIO(log)))
    assert scene.conversation is not None
    known = attrs.evolve(collect(read_log(BytesIO(log)), scene), **more)
    page = summarize(
        scene.conversation, known, reader=Reader(now=NINE, locale=locale), configuration=scene.configuration
    )
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_directory_gives_back_what_it_was_given_and_nothing_else(text: str) -> None:
    bystander = Contact(id="bystander", name="Jan", email="jan@example.org")
    with closing(SqliteDirectory.open()) as stored:
        for directory in (MemoryDirectory(), stored):
            directory.put([*records(text), bystander])
            for record in records(text):
                kind = record.ref.kind
                by_id = ExactQuery(kind, (Criterion(Attribute.ID, record.id),))
                assert directory.exact(by_id) == (record,)
                words = text.replace("*", " ").replace("\x00", " ")
                assert directory.search(SearchQuery(kind=kind, text=words)) in {(record,), ()}
            by_name = ExactQuery(RecordKind.CONTACT, (Criterion(Attribute.NAME, folded(text)),))
            assert directory.exact(by_name) == (records(text)[0],)
            assert bystander not in directory.search(SearchQuery(kind=RecordKind.CONTACT, text=text))
            keys = IdentificationKeys(name=text, email=text)
            found = identified(directory, Claims(channel=Channel.LIVE_CHAT, keys=keys))
            assert (found.customer.record, found.customer.by) == (records(text)[0].ref, IdentifiedBy.KEYS)


def test_every_hostile_text_with_a_word_in_it_can_be_searched_for() -> None:
    for text in HOSTILE.values():
        with closing(SqliteDirectory.open()) as stored:
            for directory in (MemoryDirectory(records(text)), stored):
                stored.put(records(text))
                query = SearchQuery(kind=RecordKind.CASE, text=text.replace("*", " "))
                found: tuple[DirectoryRecord, ...] = directory.search(query)
                assert [one.id for one in found] == ["case"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_log_keeps_a_fact_on_one_line_and_gives_it_back(text: str) -> None:
    expected = facts(text)
    lines = [write_fact(one) for one in expected]
    assert not any(one in line for line in lines for one in ("\n", "\r", "\x00", "\x1b"))
    assert [read_json(line)["v"] for line in lines] == [1] * len(lines)
    assert [one.fact for one in read_log(BytesIO(log_of(text)))] == [*expected]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_page_shows_the_text_itself_and_nothing_that_it_stands_for(text: str, locale: str) -> None:
    page = page_of(text, locale)
    fields = {one.name: one for one in page.section("customer").fields}
    assert {fields[name].text for name in ("name", "email", "company")} == {text.strip()}
    assert page.section("case").field("title").text == text.strip()
    variable = page.section("conversation_summary").tab("additional_details").fields[0]
    assert (variable.label, variable.text) == (text, text)
    assert page.title == text.strip()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_that_people_write_steers_the_terminal(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_bytes(log_of(text))
    print_page(page_of(text, found=[attrs.evolve(one, id="hit") for one in records(text)]), 20)
    assert main(["show", str(tmp_path / "log")]) == 0
    assert main(["events", str(tmp_path / "log")]) == 0
    out = capsys.readouterr().out
    steering = {one for one in out if unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp"}} - {"\n", "\t"}
    assert steering == set()
    assert plain(text).split()[0] in out
    if "[bold" in text:
        assert "[bold red]x[/] :smile:" in out


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_an_error_and_a_repr_repeat_nothing_of_it(text: str) -> None:
    contact, account, case = records(text)
    keys = IdentificationKeys(name=text, email=text, phone=text, case_number=text)
    query = SearchQuery(kind=RecordKind.CONTACT, text=text)
    criterion = Criterion(Attribute.NAME, text)
    for value in (keys, query, criterion, ExactQuery(RecordKind.CONTACT, (criterion,))):
        assert repr(text)[1:-1] not in repr(value)
    for record, names in (
        (contact, ("name", "email", "mobile_phone")),
        (account, ("name", "phone")),
        (case, ("title",)),
    ):
        assert not any(f"{name}=" in repr(record) for name in names)
