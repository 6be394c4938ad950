"""The replay and the command line: what the agent saw at an instant, from a log; every bad log is refused whole."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Activity,
    ActivityType,
    Applied,
    Author,
    Case,
    CaseRecorded,
    Channel,
    Contact,
    ContactRecorded,
    ContextSet,
    ContextVariable,
    ConversationAccepted,
    ConversationAssigned,
    ConversationClosed,
    ConversationEnded,
    ConversationStarted,
    DecodeError,
    History,
    InvalidValue,
    Known,
    Message,
    MessageSent,
    NoPage,
    Page,
    PageConfiguration,
    QuickNote,
    Reader,
    RecordKind,
    RecordLinked,
    RecordRef,
    RecordUnlinked,
    SelfServiceAction,
    SelfServiceKind,
    SelfServiceRecorded,
    SettingLevel,
    SettingMade,
    TimelineFilter,
    Unchanged,
    View,
    collect,
    find,
    read_log,
    summarize,
    tell,
    write_fact,
)
from customer_summary.__main__ import main
from customer_summary.domain.facts import ActivityRecorded, Fact, NoteTaken
from customer_summary.hosts.replay import Told
from customer_summary.plain import plain
from customer_summary.story import event_line
from customer_summary.wire.log import Line

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "sample.ndjson"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONTACT = RecordRef(RecordKind.CONTACT, "contact")


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def lines(*facts: Fact) -> list[Line]:
    return [Line(number, fact) for number, fact in enumerate(facts, 1)]


def started(name: str = "c", seconds: int = 0, **fields: Any) -> ConversationStarted:
    return ConversationStarted(at=at(seconds), conversation=name, channel=Channel.LIVE_CHAT, **fields)


def accepted(seconds: int = 10, name: str = "c") -> ConversationAccepted:
    return ConversationAccepted(at=at(seconds), conversation=name, agent="noor")


def wrote(number: int, seconds: int, name: str = "c", text: str = "hello") -> MessageSent:
    message = Message(id=f"m{number}", at=at(seconds), sequence=number, author=Author.CUSTOMER, text=text)
    return MessageSent(at=at(seconds), conversation=name, message=message)


def shown(
    log: list[Line], conversation: str | None = None, until: datetime | None = None, view: View | None = None
) -> Any:
    scene = find(log, conversation, until)
    assert scene.conversation is not None
    known = collect(log, scene, view or View())
    return summarize(
        scene.conversation,
        known,
        reader=Reader(now=scene.now or START),
        configuration=scene.configuration,
        view=view or View(),
    )


def texts(page: Any) -> list[str]:
    assert isinstance(page, Page)
    return [row.entry.text for row in page.communication.rows]


def test_a_page_shows_every_line_received_up_to_the_instant_and_none_after() -> None:
    log = lines(started(), accepted(10), wrote(1, 20, text="one"), wrote(2, 30, text="two"))
    assert texts(shown(log)) == ["one", "two"]
    assert texts(shown(log, until=at(29))) == ["one"]
    assert texts(shown(log, until=at(30))) == ["one", "two"]
    assert texts(shown(log, until=at(10))) == []
    assert isinstance(shown(log, until=at(9)), NoPage)
    assert find(log, until=at(-1)).conversation is None


def test_records_and_settings_hold_from_the_instant_they_were_received() -> None:
    def contact(seconds: int, name: str) -> ContactRecorded:
        return ContactRecorded(at=at(seconds), contact=Contact(id="contact", name=name))

    off = SettingMade(at=at(40), level=SettingLevel.APP, name="enhanced_active_conversation_form", value=False)
    on = SettingMade(at=at(20), level=SettingLevel.ENVIRONMENT, name="enhanced_active_conversation_form", value=True)
    log = lines(contact(0, "before"), started(customer=CONTACT), accepted(10), on, contact(30, "after"), off)
    titles = {seconds: shown(log, until=at(seconds)).title for seconds in (10, 29, 30, 50)}
    assert titles == {10: "before", 29: "before", 30: "after", 50: "after"}
    assert [shown(log, until=at(seconds)).enhanced for seconds in (10, 20, 50)] == [False, True, False]


def test_an_event_whose_clock_ran_backwards_counts_from_the_instant_of_its_conversation() -> None:
    log = lines(started(), accepted(60), wrote(1, 20))
    assert isinstance(shown(log, until=at(30)), NoPage)
    assert texts(shown(log, until=at(60))) == ["hello"]
    assert [told.at for told in tell(log)] == [at(0), at(60), at(60)]


def test_what_a_conversation_refused_does_not_show() -> None:
    log = lines(started(), accepted(10), wrote(1, 20), ConversationClosed(at=at(30), conversation="c"), wrote(2, 40))
    assert shown(log).reason.value == "closed"
    scene = find(log)
    assert [one.id for one in collect(log, scene).messages] == ["m1"]


def test_a_conversation_that_starts_twice_alike_is_one_and_otherwise_refused() -> None:
    assert [type(told.outcome) for told in tell(lines(started(), started()))] == [Applied, Unchanged]
    assert find(lines(started(), started())).found == ("c",)
    _, begun, again = tell(lines(started(), accepted(60), started()))
    assert (again.at, again.outcome, again.state) == (at(60), Unchanged("already started"), begun.state)
    assert find(lines(started(), accepted(), started())).conversation == find(lines(started(), accepted())).conversation
    with pytest.raises(DecodeError, match="line 2: conversation: started twice with different content"):
        find(lines(started(), started(queue="other")))


def test_an_event_of_a_conversation_that_never_started_is_refused_with_its_line() -> None:
    with pytest.raises(DecodeError, match="line 1: conversation: no conversation with this id has started"):
        find(lines(accepted()))


def test_one_id_with_two_contents_among_what_the_page_keeps_is_refused_with_its_line() -> None:
    def action(title: str) -> SelfServiceRecorded:
        kept = SelfServiceAction(id="a", at=at(0), kind=SelfServiceKind.PAGE_VISITED, title=title)
        return SelfServiceRecorded(at=at(0), conversation="c", action=kept)

    on = SettingMade(at=at(0), name="self_service_enabled", value=True)
    assert len(shown(lines(on, started(), accepted(), action("x"), action("x"))).sections) == 5
    with pytest.raises(DecodeError, match="line 5: id: given twice with different content"):
        shown(lines(on, started(), accepted(), action("x"), action("y")))
    assert shown(lines(started(), accepted(), action("x"), action("y"))), "the tab is off: nothing of them is kept"
    with pytest.raises(DecodeError, match="line 4: id: given twice"):
        shown(lines(started(), accepted(), wrote(1, 20), wrote(1, 30)))


@given(st.permutations(range(12)), st.sampled_from(TimelineFilter), st.integers(1, 5))
def test_what_is_kept_gives_the_same_page_as_everything(order: list[int], chosen: TimelineFilter, rows: int) -> None:
    kinds = [
        CONTACT,
        RecordRef(RecordKind.CASE, "case"),
        RecordRef(RecordKind.CONVERSATION, "c"),
        RecordRef(RecordKind.CASE, "o"),
    ]
    entries: list[Activity | QuickNote] = [
        Activity(id=f"{n}", at=at(n // 2), sequence=n % 2, regarding=kinds[n % 4], type=ActivityType.TASK, title="t")
        for n in range(11)
    ]
    entries.append(QuickNote(id="n", at=at(3), regarding=CONTACT, body="b"))
    setting = SettingMade(at=at(0), name="timeline_rows", value=rows)
    facts = [
        ActivityRecorded(at=at(0), activity=one) if isinstance(one, Activity) else NoteTaken(at=at(0), note=one)
        for one in (entries[number] for number in order)
    ]
    log = lines(setting, started(customer=CONTACT, case_id="case"), accepted(), *facts)
    scene, cursor = find(log), None
    assert scene.conversation is not None
    while True:
        view = View(shown=chosen, after=cursor)
        page = shown(log, view=view)
        whole = summarize(
            scene.conversation,
            Known(timeline=History(entries)),
            reader=Reader(now=at(10)),
            configuration=PageConfiguration(timeline_rows=rows),
            view=view,
        )
        assert isinstance(whole, Page)
        assert page.section("timeline") == whole.section("timeline")
        cursor = page.section("timeline").next
        if cursor is None:
            break


def test_one_message_more_is_kept_than_the_page_shows() -> None:
    def long(count: int) -> Iterator[Line]:
        yield from lines(started(), accepted())
        for number in range(count):
            yield Line(number + 3, wrote(number, 20 + number))
            yield Line(number + 3, wrote(number, 20 + number, name="c"))

    scene = find(long(2000))
    assert len(tuple(collect(long(2000), scene).messages)) == 51


def test_links_decide_which_records_are_kept() -> None:
    other = Contact(id="other", name="Other")
    log = lines(
        started(),
        accepted(),
        ContactRecorded(at=at(11), contact=other),
        ContactRecorded(at=at(11), contact=Contact(id="contact", name="Marta")),
        RecordLinked(at=at(20), conversation="c", record=CONTACT),
        RecordLinked(at=at(30), conversation="c", record=other.ref),
    )
    assert [shown(log, until=at(seconds)).title for seconds in (19, 20, 30)] == ["Visitor", "Marta", "Other"]


# -- the command line -------------------------------------------------------------------------------------------------


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def write(folder: Path, *facts: Fact | str | bytes) -> str:
    path = folder / "log.ndjson"
    parts = [
        one if isinstance(one, bytes) else (one if isinstance(one, str) else write_fact(one)).encode() for one in facts
    ]
    path.write_bytes(b"\n".join(parts))
    return str(path)


INSTANTS = {"before": "2026-03-02T09:41:00Z", "between": "2026-03-02T09:43:00Z", "after": "2026-03-02T09:50:00Z"}


@pytest.mark.parametrize("locale", ["en", "nl", "fr", "uk"])
def test_three_instants_give_three_right_answers(locale: str, capsys: pytest.CaptureFixture[str]) -> None:
    reader = Reader(now=START, locale=locale)
    answers = {
        name: run("show", str(SAMPLE), "--at", when, "--locale", locale, capsys=capsys)
        for name, when in INSTANTS.items()
    }
    assert [answers[name][0] for name in INSTANTS] == [3, 0, 3]
    assert reader.label("no_page.not_accepted") in answers["before"][2]
    assert reader.label("no_page.closed") in answers["after"][2]
    page = answers["between"][1]
    assert "I have your photos of the hinge" in " ".join(page.split())
    assert "Can you send somebody today?" not in page
    assert answers["before"][1] == ""  # nobody has it yet
    assert reader.label("presence.title") in answers["after"][1]  # no page any more, but the agent's desk
    assert reader.label("section.case") not in answers["after"][1]


@pytest.mark.parametrize("locale", ["nl", "fr", "uk"])
def test_every_label_of_the_sample_comes_from_the_catalogue_of_the_language(
    locale: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from customer_summary.views.reader import catalogue

    _, out, _ = run(
        "show", str(SAMPLE), "--at", INSTANTS["between"], "--locale", locale, "--format", "json", capsys=capsys
    )
    host_words = {
        "What is it about?",
        "How urgent is it?",
        "Your order number, if you have it",
        "May we keep this chat?",
        "Warranty",
        "Ovens",
    }

    def labels(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if "label" in part:
                yield part["label"]
            for inner in part.values():
                yield from labels(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from labels(inner)

    found = set(labels(json.loads(out))) - host_words
    assert len(found) > 40
    assert found <= set(catalogue(locale).values())


def test_the_closed_item_shows_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("show", str(SAMPLE), "--closed", "--locale", "nl", capsys=capsys)
    assert code == 0
    assert "Gesloten gesprek" in out
    code, out, _ = run("show", str(SAMPLE), "--closed", "--format", "json", capsys=capsys)
    assert json.loads(out)["document"] == "closed_item"
    code, out, err = run("show", str(SAMPLE), "--closed", "--at", INSTANTS["between"], capsys=capsys)
    assert (code, out) == (3, "")
    assert "is not closed" in err
    code, out, _ = run("show", str(SAMPLE), "--format", "json", capsys=capsys)
    assert (code, json.loads(out)["reason"]) == (3, "closed")


def test_of_several_conversations_one_must_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = write(
        tmp_path, started("one"), started("two", 5), accepted(10, "one"), accepted(10, "two"), wrote(1, 20, "two")
    )
    code, out, err = run("show", log, capsys=capsys)
    assert (code, out) == (3, "")
    assert err.splitlines()[1:] == ["  one", "  two"]
    code, out, _ = run("show", log, "--conversation", "two", capsys=capsys)
    assert code == 0
    assert "hello" in out
    code, _, err = run("show", log, "--conversation", "three", capsys=capsys)
    assert code == 3
    assert "no conversation with this id" in err


def test_a_log_of_many_conversations_names_the_first_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = write(tmp_path, *(started(f"c{number}") for number in range(30)))
    code, _, err = run("show", log, capsys=capsys)
    assert (code, len(err.splitlines())) == (3, 22)
    code, _, err = run("show", log, "--conversation", "nobody", capsys=capsys)
    assert (code, err.splitlines()[-1]) == (3, "  ...")
    code, _, err = run("show", log, "--conversation", "c1", "--at", "2026-03-01T00:00:00Z", capsys=capsys)
    assert (code, err) == (3, "customer_summary: the conversation had not started by then\n")


def test_a_log_without_a_conversation_has_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for facts in ((), (SettingMade(at=at(0), name="timeline_rows", value=3),)):
        code, out, err = run("show", write(tmp_path, *facts), capsys=capsys)
        assert (code, out, err) == (3, "", "customer_summary: the log holds no conversation\n")


HUNDRED_AND_ONE = "\n".join(
    write_fact(ContextSet(at=at(30), conversation="c", variable=ContextVariable(str(number), number)))
    for number in range(101)
)
GOOD: tuple[Fact, ...] = (started(), accepted(), wrote(1, 20))


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b'{"v":1,"fact":"conver', "line 4: JSON that ends too early"),
        (b"\xff\xfe", "line 4: not valid UTF-8"),
        (b"[" * 100_000, "line 4: more than 64 levels of nesting"),
        (b" " * (8 * 1024 * 1024 + 1), "line 4: a line of more than"),
        (write_fact(wrote(1, 30)), "line 4: id: given twice with different content"),
        (write_fact(started(queue="other")), "line 4: conversation: started twice with different content"),
        (HUNDRED_AND_ONE, "line 104: variable: at most 100 context variables"),
    ],
    ids=["truncated", "UTF-8", "deep", "long", "duplicate", "started twice", "101 variables"],
)  # fmt: skip
def test_a_bad_log_prints_no_page_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: Any, rule: str
) -> None:
    log = write(tmp_path, *GOOD, line)
    for command in (["show", log, "--conversation", "c"], ["show", log], ["show", log, "--format", "json"]):
        code, out, err = run(*command, capsys=capsys)
        assert (code, out) == (2, "")
        assert f"customer_summary: {rule}" in err


def test_the_events_of_the_sample_are_told_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("events", str(SAMPLE), capsys=capsys)
    assert code == 0
    told = [line for line in out.splitlines() if not line.startswith(" ") and " due " not in line]
    assert len(told) == len(SAMPLE.read_text("utf-8").splitlines())
    assert "2026-03-02T09:41:42Z conversation_accepted conversation-1 agent noor -> applied [active]" in told
    assert "Marta" not in out
    assert "hinge" not in out


def test_events_say_what_was_refused_and_which_clock_ran_backwards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = write(
        tmp_path, started(), accepted(60), accepted(20), ConversationClosed(at=at(70), conversation="c"), wrote(1, 80)
    )
    _, out, _ = run("events", log, capsys=capsys)
    told = out.splitlines()
    assert told[2].endswith("-> unchanged: already accepted [active] (its clock said 2026-03-02T09:00:20Z)")
    assert told[4].endswith("message c by customer -> refused: closed [closed]")


def test_every_fact_can_be_told() -> None:
    from hypothesis import settings

    from customer_summary.story import event_line
    from customer_summary.testing.strategies import facts_of_a_log

    @settings(max_examples=200)
    @given(facts_of_a_log())
    def tell_it(fact: Fact) -> None:
        from customer_summary.hosts.replay import Told

        line = event_line(Told(Line(1, fact), fact.at))
        assert "\n" not in line
        assert "\x1b" not in line

    tell_it()


def test_text_of_a_customer_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\x1b[2J[bold red]hi[/] \u202eevil \x07\x9b31m :smile:"
    log = write(tmp_path, started(queue="\x1b[31m"), accepted(), wrote(1, 20, text=text))
    _, out, _ = run("show", log, capsys=capsys)
    assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(out)
    assert "[bold red]hi[/]" in out
    assert ":smile:" in out
    assert plain("a\tb\nc") == "a\tb\nc"


def test_the_page_fits_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for locale in ("en", "nl", "fr", "uk"):
        _, out, _ = run("show", str(SAMPLE), "--at", INSTANTS["between"], "--locale", locale, capsys=capsys)
        assert max(map(len, out.splitlines())) <= 80
        assert all(line == line.rstrip() for line in out.splitlines())


def test_long_lists_say_how_much_more_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = write(
        tmp_path, started(), accepted(), *(wrote(number, 20 + number, text=f"text {number}.") for number in range(60))
    )
    _, out, _ = run("show", log, "--rows", "3", capsys=capsys)
    assert "text 59." in out
    assert "text 56." not in out
    assert "47 more" in out


def test_a_log_can_come_from_standard_input() -> None:
    command = [sys.executable, "-m", "customer_summary", "show", "-", "--at", INSTANTS["between"], "--format", "json"]
    done = subprocess.run(command, input=SAMPLE.read_bytes(), capture_output=True, check=True)
    assert json.loads(done.stdout)["title"] == "Marta Kowal"


def test_a_reader_that_has_seen_enough_ends_the_output_quietly(tmp_path: Path) -> None:
    log = write(tmp_path, started(), *(wrote(number, number) for number in range(20_000)))
    command = [sys.executable, "-m", "customer_summary", "events", log]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "/no/such/file"],
        ["show", str(SAMPLE), "--zone", "Nowhere/Land"],
        ["show", str(ROOT)],
    ],
)
def test_what_cannot_be_read_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith("customer_summary: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["show"],
        ["show", str(SAMPLE), "--locale", "de"],
        ["show", str(SAMPLE), "--at", "2026-03-02T09:00:00"],
        ["show", str(SAMPLE), "--at", "9999-12-31T23:59:59Z"],
        ["show", str(SAMPLE), "--rows", "0"],
        ["show", str(SAMPLE), "--rows", "x"],
        ["schema", "nonsense"],
    ],
)
def test_a_command_that_is_none_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


@pytest.mark.parametrize("name", ["page", "log"])
def test_schemas_are_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("schema", name, capsys=capsys)
    assert code == 0
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_long_log_shows_progress(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("customer_summary.open_log.PROGRESS_EVERY", 2)
    _, _, err = run("show", write(tmp_path, *GOOD), capsys=capsys)
    assert err == "read 2 facts\n"


def test_without_rich_the_text_says_what_it_needs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "customer_summary.terminal", None)
    code, out, err = run("show", str(SAMPLE), "--at", INSTANTS["between"], capsys=capsys)
    assert (code, out) == (2, "")
    assert "needs the extra cli" in err
    code, out, _ = run("show", str(SAMPLE), "--at", INSTANTS["between"], "--format", "json", capsys=capsys)
    assert code == 0


def test_the_sample_is_what_its_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import make_sample

    monkeypatch.setattr(make_sample, "SAMPLE", tmp_path / "again.ndjson")
    make_sample.main()
    assert (tmp_path / "again.ndjson").read_text("utf-8") == SAMPLE.read_text("utf-8")
    kinds = {
        line.fact.action.kind
        for line in read_log(io.BytesIO(SAMPLE.read_bytes()))
        if isinstance(line.fact, SelfServiceRecorded)
    }
    assert kinds == set(SelfServiceKind)


def test_events_of_other_conversations_are_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = write(tmp_path, started(), accepted(), accepted(10, "nobody"))
    assert run("show", log, capsys=capsys)[0] == 0
    for command in (["show", log, "--conversation", "nobody"], ["events", log]):
        code, _, err = run(*command, capsys=capsys)
        assert (code, err) == (2, "customer_summary: line 3: conversation: no conversation with this id has started\n")
    assert find(lines(started("c"), accepted(10, "zz"))).found == ("c",)
    with pytest.raises(DecodeError, match="line 1"):
        find(lines(accepted(10, "zz"), started("c")))


def test_starts_that_differ_only_in_true_and_one_are_two() -> None:
    one, true = (started(context=(ContextVariable("a", value),)) for value in (1, True))
    assert one != true
    with pytest.raises(DecodeError, match="started twice with different content"):
        find(lines(one, true))


def test_a_log_that_cannot_be_read_twice_is_kept_meanwhile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["/bin/sh", "-c", f"cat '{SAMPLE}' > '{pipe}'"]):
        code, out, _ = run("show", str(pipe), "--at", INSTANTS["between"], capsys=capsys)
    assert code == 0
    assert "Marta Kowal" in out


@pytest.mark.parametrize("arguments", [["show", "-"], ["show", str(SAMPLE), "--at", INSTANTS["between"]]])
def test_output_that_cannot_be_written_in_the_streams_encoding_is_written_all_the_same(arguments: list[str]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "customer_summary", *arguments, "--locale", "uk", "--at", INSTANTS["between"]]
    for form, encoding in (("text", "cp1252"), ("json", "utf-8")):
        done = subprocess.run(
            [*command, "--format", form], input=SAMPLE.read_bytes(), capture_output=True, env=environment, check=True
        )
        assert "Marta Kowal" in done.stdout.decode(encoding)


def test_a_very_long_text_is_drawn_short_and_quickly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = ["\n" * 100_000, "\t" * 100_000, "x" * 100_000, "one\n" * 30]
    log = write(tmp_path, started(), accepted(), *(wrote(number, 20, text=text) for number, text in enumerate(texts)))
    _, out, _ = run("show", log, capsys=capsys)
    assert len(out.splitlines()) < 500
    assert "96000 more" in out
    assert "99961 more" in out


def test_a_title_stays_on_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contact = ContactRecorded(at=at(0), contact=Contact(id="contact", name="Bob\nCase \u2500\u2500\u2500"))
    _, out, _ = run("show", write(tmp_path, contact, started(customer=CONTACT), accepted()), capsys=capsys)
    assert out.splitlines()[1].startswith("\u2502 Bob Case")


@pytest.mark.parametrize(
    ("redirection", "code", "error"),
    [("<&-", 2, "standard input: Bad file descriptor"), (">/dev/full", 2, "No space left on device")],
)
def test_streams_that_are_closed_or_full_are_named(redirection: str, code: int, error: str) -> None:
    log = "-" if "<" in redirection else str(SAMPLE)
    command = f"'{sys.executable}' -m customer_summary show {log} --at {INSTANTS['between']} {redirection}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert error in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_lines_give_the_same_knowledge() -> None:
    log = lines(started(customer=CONTACT), accepted(), wrote(1, 20))
    assert collect(log, find(log)) == collect(log, find(log))


def test_until_must_be_an_aware_instant() -> None:
    with pytest.raises(InvalidValue, match="until: expected an instant with its offset"):
        find([], until=datetime(2026, 3, 2))  # noqa: DTZ001  # the point of the test


def test_before_anybody_accepts_all_that_the_customer_did_is_kept() -> None:
    action = SelfServiceAction(id="a", at=at(20), kind=SelfServiceKind.PAGE_VISITED, title="t")
    on = SettingMade(at=at(0), name="self_service_enabled", value=True)
    log = lines(on, started(), SelfServiceRecorded(at=at(20), conversation="c", action=action))
    assert tuple(collect(log, find(log)).self_service) == (action,)
    accepted_before = lines(on, started(), accepted(10), *(line.fact for line in log[2:]))
    assert tuple(collect(accepted_before, find(accepted_before)).self_service) == ()


def test_the_cases_of_the_linked_customer_and_the_linked_case_are_kept_in_their_last_version() -> None:
    def recorded(name: str, customer: RecordRef | None, title: str = "t") -> CaseRecorded:
        case = Case(id=name, title=title, customer=customer, created_on=at(0), modified_on=at(0))
        return CaseRecorded(at=at(0), case=case)

    other = RecordRef(RecordKind.CONTACT, "other")
    cases = (
        recorded("own", CONTACT),
        recorded("linked", None),
        recorded("other", other),
        recorded("nobody", None),
        recorded("own", other, "later"),
    )
    log = lines(started(customer=CONTACT, case_id="linked"), *cases)
    known = collect(log, find(log))
    assert {one.id: one.title for one in known.cases} == {"own": "later", "linked": "t"}
    assert known.case == cases[1].case
    without = lines(started(), *cases)
    assert tuple(collect(without, find(without)).cases) == ()


def test_of_a_conversation_that_has_not_started_nothing_is_known() -> None:
    log = lines(ContactRecorded(at=at(0), contact=Contact(id="contact", name="Marta")))
    assert collect(log, find(log)) == Known()


@pytest.mark.parametrize(
    ("text", "shown_text"),
    [("a\r\nb", "a\nb"), ("a\rb", "a\ufffdb"), ("a\tb\nc", "a\tb\nc"), ("\u2028", "\ufffd"), ("a\u00ad\u200c\u200db", "a\u00ad\u200c\u200db")],
)  # fmt: skip
def test_control_characters_are_replaced_and_line_ends_and_joiners_kept(text: str, shown_text: str) -> None:
    assert plain(text) == shown_text


REF = RecordRef(RecordKind.CASE, "1")
TOLD: list[tuple[Fact, str]] = [
    (SettingMade(at=at(0), level=SettingLevel.APP, name="timeline_rows", value=3), "setting timeline_rows (app)"),
    (ContactRecorded(at=at(0), contact=Contact(id="a", name="n")), "contact a"),
    (CaseRecorded(at=at(0), case=Case(id="a", title="t", created_on=at(0), modified_on=at(0))), "case a"),
    (ActivityRecorded(at=at(0), activity=Activity(id="a", at=at(0), regarding=REF, type=ActivityType.TASK, title="t")), "activity a about case 1"),
    (NoteTaken(at=at(0), note=QuickNote(id="a", at=at(0), regarding=REF, body="b")), "note a about case 1"),
    (started(), "conversation_started c"),
    (ConversationAssigned(at=at(0), conversation="c", agent="noor"), "conversation_assigned c agent noor"),
    (accepted(0), "conversation_accepted c agent noor"),
    (ConversationEnded(at=at(0), conversation="c"), "conversation_ended c by agent"),
    (wrote(1, 0), "message c by customer"),
    (SelfServiceRecorded(at=at(0), conversation="c", action=SelfServiceAction(id="a", at=at(0), kind=SelfServiceKind.PAGE_VISITED, title="t")), "self_service c page_visited"),
    (RecordLinked(at=at(0), conversation="c", record=REF), "record_linked c case 1"),
    (RecordUnlinked(at=at(0), conversation="c", record=REF), "record_unlinked c case 1"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "words"), TOLD, ids=[words.split()[0] for _, words in TOLD])
def test_a_fact_is_told_by_its_ids_and_kinds(fact: Fact, words: str) -> None:
    assert event_line(Told(Line(1, fact), fact.at)) == f"2026-03-02T09:00:00Z {words}"


def test_the_terminal_shows_every_field_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    log = list(read_log(io.BytesIO(SAMPLE.read_bytes())))
    page = shown(log, until=datetime(2026, 3, 2, 9, 43, tzinfo=UTC))
    assert isinstance(page, Page)
    _, out, _ = run("show", str(SAMPLE), "--at", INSTANTS["between"], capsys=capsys)
    flat = " ".join(out.split())
    seen = 0
    for part in (*page.sections, *page.section("conversation_summary").tabs):
        assert part.label in flat
        for field in part.fields:
            text = field.text or "\u2013"
            if len(field.label) < 24 and len(text) < 30:  # else it takes more than one line
                assert f"{field.label} {text}" in flat
                seen += 1
    assert seen > 15


def test_the_terminal_parts_the_fields_of_a_row_and_says_where_a_list_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Activity(id="a", at=at(5), regarding=CONTACT, type=ActivityType.PHONE_CALL, title="Called")
    log = write(
        tmp_path,
        SettingMade(at=at(0), name="message_rows", value=2),
        started(customer=CONTACT),
        accepted(),
        ActivityRecorded(at=at(5), activity=call),
        *(wrote(number, 20 + number) for number in range(3)),
    )
    _, out, _ = run("show", log, "--rows", "2", capsys=capsys)
    assert "Phone call \u00b7 Called \u00b7 Closed" in out
    assert [line.strip() for line in out.splitlines()].count("\u2026") == 1
    _, out, _ = run("show", log, "--rows", "1", capsys=capsys)
    assert "\u2026" not in {line.strip() for line in out.splitlines()}, "a list that is cut says how many more"
