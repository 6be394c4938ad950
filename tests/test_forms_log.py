"""Records, forms and notes in a log: the story on the command line, the page as of any instant, one state for all."""

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import make_forms
from customer_summary import (
    Activity,
    ActivityRecorded,
    ActivityType,
    CaseRecorded,
    CaseResolved,
    CaseStatus,
    Channel,
    ColumnEdit,
    ContactRecorded,
    ConversationAccepted,
    ConversationClosed,
    ConversationStarted,
    DecodeError,
    EntryKind,
    Forms,
    FormSettingsMade,
    KeepNote,
    Known,
    Line,
    NoteMoved,
    NoteSaved,
    NoteTaken,
    NoteText,
    NoteTyped,
    Page,
    Party,
    QuickNote,
    Reader,
    RecordSaved,
    SessionClosed,
    SessionFocused,
    SettingMade,
    TimelineFilters,
    TimelineSort,
    View,
    collect,
    collect_closed,
    collect_customers,
    find,
    read_log,
    summarize,
    tell,
)
from customer_summary.__main__ import main
from customer_summary.form_story import handled
from customer_summary.testing import form_paths as paths
from customer_summary.testing.desk_strategies import START
from customer_summary.wire.log import write_fact

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "forms.ndjson"
CONTACT, _, CASE = paths.RECORDS
NOOR, SAM = paths.AGENTS


def at(seconds: float = 0) -> datetime:
    return START + timedelta(seconds=seconds)


def lines(facts: Iterable[Any]) -> list[Line]:
    log = io.BytesIO("".join(f"{write_fact(fact)}\n" for fact in facts).encode())
    return list(read_log(log))


def page(facts: Iterable[Any], when: datetime, conversation: str = "c-1", view: View | None = None) -> Page:
    log, view = lines(facts), view or View()
    scene = find(log, conversation, when)
    assert scene.conversation is not None
    known = collect(log, scene, view)
    reader = Reader(now=when)
    shown = summarize(scene.conversation, known, reader=reader, configuration=scene.configuration, view=view)
    assert isinstance(shown, Page)
    return shown


def followed(facts: Iterable[Any], *, every: bool = True) -> Forms:
    forms = Forms(every=every)
    for told in tell(lines(facts)):
        forms.take(told.line, told.outcome, told.state)
    return forms


def begun(*agents: str, customer: bool = True, case: bool = True) -> list[Any]:
    """Settings, records, and a conversation of each agent about the same customer and case."""
    found: list[Any] = [
        SettingMade(at=START, name="enhanced_active_conversation_form", value=True),
        SettingMade(at=START, name="customize_active_conversation_form", value=True),
        FormSettingsMade(at=START, settings=paths.FORM),
        ContactRecorded(at=START, contact=CONTACT),
        CaseRecorded(at=START, case=CASE),
    ]
    for number, agent in enumerate(agents, 1):
        name = f"c-{number}"
        started = ConversationStarted(at=START, conversation=name, channel=Channel.LIVE_CHAT)
        who, what = CONTACT.ref if customer else None, CASE.id if case else None
        found.append(attrs.evolve(started, customer=who, case_id=what))
        found.append(ConversationAccepted(at=START, conversation=name, agent=agent))
    return found


def typed(second: float, body: str, conversation: str = "c-1", note: str = "note-1", agent: str = NOOR) -> NoteTyped:
    return NoteTyped(
        at=at(second), conversation=conversation, agent=agent, note=note, text=NoteText(body=body), typed_at=at(second)
    )


# --- the sample


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_sample_is_what_its_maker_writes() -> None:
    facts = (*make_forms.settings(), *make_forms.records(), *make_forms.story())
    assert SAMPLE.read_text("utf-8") == "".join(f"{write_fact(fact)}\n" for fact in facts)


def test_the_story_says_what_came_of_it_and_nothing_that_anybody_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("events", str(SAMPLE), capsys=capsys)
    assert code == 0
    for line in (
        "form_saved conversation-2 by sam -> refused: changed_meanwhile (version 1)\n    show sam what changed meanwhile: priority by noor",
        "reload form of conversation-2 discarded: case case-1 priority, case case-1 custom_depot",
        "session_focused noor\n    keep note note-1 about case case-1",
        "move note note-1 from case case-1 to contact contact-1",
        "case_resolved case-1 problem_solved by noor -> applied",
        "title -> refused: not_in_this_status (resolved)",
    ):
        assert line in out
    for secret in ("the depot", "Called", "Gent", "Parcel", "low", "high"):
        assert secret not in out


@pytest.mark.parametrize(
    ("conversation", "minute", "priority", "depot", "unsaved"),
    [
        ("conversation-1", 3, "High", "Utrecht", {"priority"}),
        ("conversation-2", 3.9, "Low", "Gent", {"priority", "custom_depot"}),
        ("conversation-1", 4, "High", "Utrecht", set()),
        ("conversation-2", 5.5, "Low", "Gent", {"priority", "custom_depot"}),
        ("conversation-2", 6, "High", "Utrecht", set()),
    ],
)
def test_the_page_shows_each_agent_what_they_typed_as_of_any_instant(
    conversation: str, minute: float, priority: str, depot: str, unsaved: set[str]
) -> None:
    facts = (*make_forms.settings(), *make_forms.records(), *make_forms.story())
    case = page(facts, make_forms.at(minute), conversation).section("case")
    assert (case.field("priority").text, case.field("custom_depot").text) == (priority, depot)
    assert {one.name for one in case.fields if one.unsaved} == unsaved
    assert case.version == (1 if minute >= 4 else 0)


def test_the_note_of_the_sample_goes_from_its_box_to_the_case_and_on_to_the_customer() -> None:
    facts = (*make_forms.settings(), *make_forms.records(), *make_forms.story())

    def timeline(minute: float, view: View | None = None) -> tuple[list[str], list[str]]:
        part = page(facts, make_forms.at(minute), "conversation-1", view).section("timeline")
        return [one.text for one in part.fields], [row.entry.body for row in part.rows]

    assert timeline(7.5) == (["Called the depot"], [])
    assert timeline(8) == ([], ["Called the depot"])
    assert timeline(9) == (["It left this morning"], ["Called the depot"])
    assert timeline(10) == ([], ["Called the depot\nIt left this morning"])
    assert timeline(10, View(selected=make_forms.CASE))[1] != []
    assert timeline(11, View(selected=make_forms.CASE))[1] == []
    assert timeline(11, View(selected=make_forms.CONTACT))[1] != []
    case = page(facts, make_forms.at(12), "conversation-1").section("case")
    assert case.field("status").value is CaseStatus.PROBLEM_SOLVED
    assert not any(one.editable for one in case.fields)


# --- rules that only show between machines


def test_closing_a_conversation_closes_no_case() -> None:
    facts = [*begun(NOOR), ConversationClosed(at=at(5), conversation="c-1", by=Party.SUPERVISOR)]
    sheet = followed(facts).sheets[CASE.ref]
    assert (sheet.version, sheet.case) == (0, CASE)


@pytest.mark.parametrize(
    ("left", "saved"),
    [
        (SessionFocused(at=at(5), agent=NOOR, conversation="c-2", focused_at=at(5)), True),
        (SessionFocused(at=at(5), agent=NOOR, focused_at=at(5)), True),
        (SessionFocused(at=at(5), agent=NOOR, conversation="c-1", focused_at=at(5)), False),
        (SessionFocused(at=at(5), agent=SAM, conversation="c-2", focused_at=at(5)), False),
        (SessionFocused(at=at(5), agent=NOOR, conversation="c-2", focused_at=at(0)), False),
        (SessionClosed(at=at(5), conversation="c-1", ended=True), True),
        (ConversationClosed(at=at(5), conversation="c-1", by=Party.SYSTEM), True),
        (ConversationClosed(at=at(5), conversation="c-2", by=Party.SYSTEM), False),
    ],
)
def test_a_half_written_note_saves_itself_when_its_session_is_left(left: Any, saved: Any) -> None:
    forms = followed([*begun(NOOR, SAM), typed(1, "Called"), left])
    assert (forms.notes["note-1"].saved is not None) == saved


def test_a_half_written_note_with_nothing_linked_stays_until_something_is() -> None:
    left = SessionFocused(at=at(5), agent=NOOR, focused_at=at(5))
    forms = followed([*begun(NOOR, customer=False, case=False), typed(1, "Called"), left])
    draft = forms.notes["note-1"]
    assert (draft.saved, draft.text.body) == (None, "Called")


def test_the_newest_note_that_an_agent_writes_shows() -> None:
    facts = [*begun(NOOR, SAM), typed(1, "a"), typed(2, "b", note="note-2"), typed(3, "c", "c-2", "note-3", SAM)]
    assert [one.text for one in page(facts, at(9)).section("timeline").fields] == ["b"]


def test_a_change_by_the_store_is_a_version_of_its_own() -> None:
    other = attrs.evolve(CASE, title="Cake", modified_on=at(2))
    edit = ColumnEdit("title", "Bread", 0)
    facts = [
        *begun(NOOR),
        CaseRecorded(at=at(2), case=other),
        RecordSaved(at=at(3), record=CASE.ref, by=NOOR, edits=(edit,)),
    ]
    log = lines(facts)
    forms, told = Forms(every=True), None
    for one in tell(log):
        told, said = handled(one, forms)
    assert told is not None
    assert said == ("    show noor what changed meanwhile: title by the store",)
    assert page(facts, at(9)).section("case").field("title").text == "Cake"


# --- what `collect` keeps is what a host that keeps everything has


@st.composite
def logs(draw: st.DrawFn) -> list[Any]:
    """Two agents at one customer and case, with everything that may happen there, in any order."""
    events = st.lists(
        paths.record_events(CASE.ref, CONTACT.ref)
        | paths.form_events()
        | paths.note_events()
        | st.builds(SessionFocused, at=st.just(at(700)), agent=st.just(NOOR), focused_at=st.just(at(700)))
        | st.builds(
            CaseRecorded,
            at=st.just(at(300)),
            case=st.sampled_from([CASE, attrs.evolve(CASE, title="Cake"), attrs.evolve(CASE, id="case-2")]),
        ),
        max_size=14,
    )
    found = draw(events)
    known: set[str] = set()
    kept = []
    for one in found:  # a note is typed before anything else happens to it
        if isinstance(one, NoteTyped):
            known.add(one.note)
        if not isinstance(one, NoteSaved | NoteMoved) or one.note in known:
            kept.append(one)
    return [*begun(NOOR, SAM), NoteTaken(at=START, note=STORED), *kept]


STORED = QuickNote(id="stored", at=START, regarding=CONTACT.ref, body="Old")


@given(logs())
def test_a_page_of_a_log_has_what_a_host_that_keeps_everything_has(facts: list[Any]) -> None:
    full, log = followed(facts), lines(facts)
    for name in ("c-1", "c-2"):
        scene = find(log, name)
        assert scene.conversation is not None
        known = collect(log, scene)
        assert known.customer == full.sheets[CONTACT.ref].contact
        assert known.case == full.sheets[CASE.ref].case
        assert {one.ref: one for one in known.sheets}.items() <= full.sheets.items()
        assert known.draft == full.draft_of(scene.conversation)
        assert known.note == full.note_of(scene.conversation)
        saved = [one.saved for one in full.notes.values() if one.saved is not None]
        linked = (*scene.conversation.linked, scene.conversation.ref)
        assert {one.id: one for one in known.timeline} == {one.id: one for one in saved if one.regarding in linked}


ENTRIES: list[Any] = [
    *(
        ActivityRecorded(at=START, activity=Activity(id=f"call-{n}", at=at(n % 5), regarding=CASE.ref, type=ActivityType.PHONE_CALL, title=f"Call {n}"))
        for n in range(12)
    ),
    *(NoteTaken(at=START, note=QuickNote(id=f"note-{n}", at=at(n % 4), regarding=CONTACT.ref, body="x")) for n in range(6)),
    NoteMoved(at=at(9), note="note-1", by=NOOR, to=CASE.ref, moved_at=at(9)),
]  # fmt: skip


@pytest.mark.parametrize("sort", TimelineSort)
@pytest.mark.parametrize(
    "filters", [TimelineFilters(), TimelineFilters(kinds=(EntryKind.NOTES,)), TimelineFilters(search="call 1")]
)
def test_a_log_is_paged_in_either_order_behind_any_filter(sort: TimelineSort, filters: TimelineFilters) -> None:
    facts = [*begun(NOOR), SettingMade(at=START, name="timeline_rows", value=4), *ENTRIES]
    view, found = View(sort=sort, filters=filters), []
    while True:
        part = page(facts, at(20), view=view).section("timeline")
        found += [row.entry for row in part.rows]
        if part.next is None:
            break
        view = attrs.evolve(view, after=part.next)
    every: list[Any] = [getattr(one, "activity", getattr(one, "note", None)) for one in ENTRIES[:-1]]
    every = [attrs.evolve(one, regarding=CASE.ref, modified_on=at(9)) if one.id == "note-1" else one for one in every]
    kept = [one for one in every if not filters.kinds or isinstance(one, QuickNote)]
    kept = [one for one in kept if "call 1" in one.title.lower() or not filters.search]
    kept.sort(key=lambda one: (one.at, one.sequence, one.id), reverse=sort is TimelineSort.NEWEST)
    assert found == kept


# --- bad logs


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (typed(1, "a", "c-9"), "conversation: no conversation with this id has started"),
        (NoteMoved(at=START, note="n", by=NOOR, to=CASE.ref, moved_at=START), "note: no note with this id has come"),
        (NoteSaved(at=START, conversation="c-1", agent=NOOR, note="n", saved_at=START), "note: no note with this id"),
        (CaseResolved(at=START, case="case-9", by=NOOR, version=0), "record: no record with this id has come"),
        (RecordSaved(at=START, record=attrs.evolve(paths.TALK, id="c-9"), by=NOOR, edits=()), "conversation: no"),
        (NoteTaken(at=START, note=attrs.evolve(STORED, body="New")), "id: given twice with different content"),
    ],
)
def test_a_log_about_what_never_came_is_refused_with_its_line(fact: Any, message: str) -> None:
    facts = [*begun(NOOR), NoteTaken(at=START, note=STORED), NoteTaken(at=START, note=STORED), fact]
    with pytest.raises(DecodeError, match=f"line 10: {message}"):
        followed(facts)
    if not isinstance(fact, NoteTaken):
        followed(facts, every=False)


def test_a_form_of_a_conversation_that_never_started_is_passed_over_where_not_all_are_followed() -> None:
    event = make_forms.edited(1, NOOR, "priority", "low")
    assert followed([*begun(NOOR), event], every=False).drafts == {}
    edits = (ColumnEdit("custom_x", "a"),)
    talk = RecordSaved(at=START, record=paths.TALK, by=NOOR, edits=edits)
    assert followed([*begun(NOOR), talk]).sheets[paths.TALK].values == {"custom_x": "a"}


def test_a_note_of_the_store_that_is_moved_shows_once_and_where_it_went() -> None:
    moved = NoteMoved(at=at(5), note="stored", by=NOOR, to=CASE.ref, moved_at=at(5))
    facts = [*begun(NOOR), NoteTaken(at=START, note=STORED), moved]
    for view, count in ((View(selected=CASE.ref), 1), (View(selected=CONTACT.ref), 0), (View(), 1)):
        assert len(page(facts, at(9), view=view).section("timeline").rows) == count
    assert len(page(facts, at(4), view=View(selected=CONTACT.ref)).section("timeline").rows) == 1


def test_an_effect_of_leaving_is_told_with_the_fact_that_left() -> None:
    forms = Forms(every=True)
    left = SessionFocused(at=at(5), agent=NOOR, focused_at=at(5))
    told = [forms.take(one.line, one.outcome, one.state) for one in tell(lines([*begun(NOOR), typed(1, "a"), left]))]
    last = told[-1]
    assert last is not None
    assert (last.outcome, [type(one) for one in last.effects]) == (None, [KeepNote])
    assert Known().draft is None


# --- closed work items, search and order on the command line


def test_the_list_of_what_an_agent_closed_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        "closed", str(ROOT / "examples" / "sample.ndjson"), "--agent", "noor", "--locale", "nl", capsys=capsys
    )
    assert code == 0
    assert out.startswith("Gesloten werkitems")
    assert "Marta Kowal" in out
    code, out, _ = run("closed", str(SAMPLE), "--agent", "noor", capsys=capsys)
    assert (code, out.split("\n")[1].strip()) == (0, "Nothing closed today")


def test_an_empty_log_has_no_closed_work_items(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.ndjson"
    empty.write_bytes(b"")
    code, _, err = run("closed", str(empty), "--agent", "noor", capsys=capsys)
    assert (code, err) == (3, "customer_summary: the log is empty\n")


def test_closed_work_items_are_those_of_the_instant() -> None:
    customer = attrs.evolve(CONTACT, name="Anna")
    facts = [
        *begun(NOOR, SAM),
        ConversationClosed(at=at(5), conversation="c-1", by=Party.SYSTEM),
        ConversationClosed(at=at(6), conversation="c-2", by=Party.SYSTEM),
        ContactRecorded(at=at(7), contact=customer),
    ]
    for until, found in ((None, ["c-1"]), (at(5), ["c-1"]), (at(4), [])):
        items, now = collect_closed(lines(facts), NOOR, until)
        assert [one.id for one in items] == found
        assert now == (until or at(7))
    assert collect_closed([], NOOR) == ((), None)
    for now, name in ((at(6), CONTACT.name), (at(7), "Anna")):
        assert collect_customers(lines(facts), {CONTACT.ref}, now)[CONTACT.ref].name == name
    assert collect_customers(lines(facts), set(), at(7)) == {}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), ["Quick note", "Task"]),
        (("--sort", "oldest"), ["Task", "Quick note"]),
        (("--search", "LOCK order"), ["Task"]),
        (("--search", "nowhere"), ["No activities"]),
    ],
)
def test_the_timeline_is_searched_and_sorted_on_the_command_line(
    options: tuple[str, ...], found: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sample = str(ROOT / "examples" / "sample.ndjson")
    code, out, _ = run("show", sample, "--at", "2026-03-02T09:45:30Z", *options, capsys=capsys)
    timeline = out.partition("\nTimeline ")[2].partition("\nCommunication")[0]
    places = [timeline.find(words) for words in found]
    assert code == 0
    assert -1 not in places
    assert places == sorted(places)


def test_a_search_that_is_too_long_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("show", str(SAMPLE), "--search", "x" * 401, capsys=capsys)
    assert (code, err) == (2, "customer_summary: search: at most 400 characters, got 401\n")
