"""Quick notes: where they go, how a half-written one saves itself, how one is moved; nothing typed is lost (spec 6)."""

from datetime import datetime, timedelta
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Account,
    Applied,
    Case,
    Channel,
    Contact,
    Conversation,
    DecodeError,
    InvalidValue,
    KeepNote,
    MoveNote,
    NoteDraft,
    NoteMachine,
    NoteMoved,
    NoteSaved,
    NoteStatus,
    NoteText,
    NoteTyped,
    QuickNote,
    RecordKind,
    RecordRef,
    Refused,
    Tick,
    Unchanged,
    decode,
    encode,
    note_goes_to,
    record_from_note,
)
from customer_summary.domain.note_events import NoteEvent
from customer_summary.rules.notes import TABLE
from customer_summary.testing import form_paths as paths
from customer_summary.testing.desk_strategies import START, moments
from customer_summary.testing.laws import check_machine, check_replay

MACHINE = NoteMachine()
NOOR, SAM = paths.AGENTS
CASE, CONTACT = paths.CASE, paths.CONTACT


def at(seconds: float = 0) -> datetime:
    return START + timedelta(seconds=seconds)


def typed(second: float, body: str = "", title: str = "", attachment: str = "", agent: str = NOOR) -> NoteTyped:
    return NoteTyped(
        at=at(second),
        conversation=paths.CONVERSATION,
        agent=agent,
        note=paths.NOTE,
        text=NoteText(title, body, attachment),
        typed_at=at(second),
    )


def kept(second: float, regarding: RecordRef | None = CASE, *, by_itself: bool = False) -> NoteSaved:
    return NoteSaved(
        at=at(second),
        conversation=paths.CONVERSATION,
        agent=NOOR,
        note=paths.NOTE,
        regarding=regarding,
        saved_at=at(second),
        by_itself=by_itself,
    )


def moved(second: float, to: RecordRef) -> NoteMoved:
    return NoteMoved(at=at(second), note=paths.NOTE, by=SAM, to=to, moved_at=at(second))


def run(*events: Any, draft: NoteDraft | None = None) -> tuple[NoteDraft, Any, Any]:
    draft = draft or MACHINE.start(typed(0))
    outcome: Any = None
    effects: Any = ()
    for event in events:
        draft, outcome, effects = MACHINE.step(draft, event)
    return draft, outcome, effects


# --- the laws


@given(st.lists(paths.note_events(), max_size=10), moments())
def test_a_note_obeys_the_laws_of_every_machine(events: list[Any], other: datetime) -> None:
    start = draft = MACHINE.start(typed(0))
    for event in events:
        before = draft.status
        draft = check_machine(MACHINE, draft, event, other)
        assert draft.status is before or draft.status in TABLE[before][type(event)]
    assert check_replay(MACHINE, start, events) == draft


@given(st.lists(paths.note_events(), max_size=12))
def test_what_was_saved_stands_in_the_note_for_good(events: list[Any]) -> None:
    draft, body = MACHINE.start(typed(0)), ""
    for event in events:
        before = draft
        draft, outcome, effects = MACHINE.step(draft, event)
        if isinstance(event, NoteSaved) and outcome == Applied():
            assert draft.saved is not None
            added = before.text.body if before.text.body.strip() else ""
            body = "\n".join(one for one in (body, added) if one.strip())
            assert [one.note for one in effects] == [draft.saved]
        elif isinstance(event, NoteSaved):
            assert draft.text == before.text, "what is not saved must stay in the note box"
        if draft.saved is not None:
            assert draft.saved.body.strip() == body.strip()


STANDING = {
    NoteStatus.WRITING: run(typed(1, "Called"))[0],
    NoteStatus.SAVED: run(typed(1, "Called"), kept(2))[0],
    NoteStatus.APPENDING: run(typed(1, "Called"), kept(2), typed(3, "Back"))[0],
}
NEXT: dict[type, Any] = {
    NoteTyped: typed(9, "More"),
    NoteSaved: kept(9),
    NoteMoved: moved(9, CONTACT),
    Tick: Tick(at=at(9)),
}


@pytest.mark.parametrize("kind", get_args(NoteEvent), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("status", NoteStatus, ids=lambda one: one.value)
def test_every_event_in_every_status_is_what_the_table_says(status: NoteStatus, kind: type) -> None:
    after, outcome, _ = MACHINE.step(STANDING[status], NEXT[kind])
    if kind is Tick:
        assert outcome == Unchanged("time passed")
    elif kind not in TABLE[status]:
        assert outcome == Refused("not_saved", status.value)
    elif (status, kind) == (NoteStatus.SAVED, NoteSaved):
        assert outcome == Unchanged("nothing typed")
    else:
        assert outcome == Applied()
        assert after.status in TABLE[status][kind]


# --- where a note goes


@pytest.mark.parametrize(
    ("customer", "case", "goes_to"),
    [(None, None, None), (CONTACT, None, CONTACT), (None, CASE, CASE), (CONTACT, CASE, CASE), (paths.ACCOUNT, None, paths.ACCOUNT)],
)  # fmt: skip
def test_a_note_goes_to_the_case_or_else_to_the_customer(
    customer: RecordRef | None, case: RecordRef | None, goes_to: RecordRef | None
) -> None:
    state = Conversation(
        id="c", at=START, created_on=START, channel=Channel.SMS, customer=customer, case_id=case.id if case else None
    )
    assert note_goes_to(state) == goes_to


def test_with_nothing_linked_a_note_is_refused_and_kept_in_its_box() -> None:
    draft, outcome, effects = run(typed(1, "Called"), kept(2, None))
    assert (outcome, effects) == (Refused("nothing_linked", "writing"), ())
    assert draft.text.body == "Called"
    draft, outcome, effects = run(kept(3, CONTACT), draft=draft)
    assert outcome == Applied()
    assert [one.note.regarding for one in effects] == [CONTACT]


# --- saving itself, appending


def test_a_half_written_note_saves_itself_and_later_text_is_appended() -> None:
    draft, outcome, effects = run(typed(1, "Called", "Call"), kept(2, by_itself=True))
    note = QuickNote(id=paths.NOTE, at=at(2), regarding=CASE, title="Call", body="Called", author=NOOR)
    assert (outcome, effects) == (Applied(), (KeepNote((paths.NOTE, 2, 0), note),))
    assert (draft.saved, draft.text.is_empty) == (note, True)
    draft, _, effects = run(typed(3, "No answer", attachment="bill.pdf"), kept(4, CONTACT), draft=draft)
    assert [one.note for one in effects] == [
        attrs.evolve(note, body="Called\nNo answer", attachment="bill.pdf", modified_on=at(4))
    ]


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ((kept(1),), Refused("empty_note", "writing")),
        ((kept(1, by_itself=True),), Unchanged("nothing typed")),
        ((typed(1, "  \n"), kept(2)), Refused("empty_note", "writing")),
        ((typed(1, attachment="bill.pdf"), kept(2)), Refused("empty_note", "writing")),
        ((typed(1, "a"), kept(2, paths.TALK)), Refused("nothing_linked", "writing")),
        ((typed(1, "a"), kept(2), kept(2)), Unchanged("saved already")),
        ((typed(1, "a"), kept(2), kept(3)), Unchanged("nothing typed")),
        ((typed(1, "a"), kept(2), typed(1, "b")), Unchanged("typed since")),
        ((typed(1, "a"), kept(3), typed(2, "b")), Refused("saved_since", "saved")),
        ((typed(1, "a"), attrs.evolve(kept(1), saved_at=at(2))), Refused("not_yet", "writing")),
        ((attrs.evolve(typed(1, "a"), typed_at=at(2)),), Refused("not_yet", "writing")),
        ((typed(2, "a"), attrs.evolve(kept(3, by_itself=True), saved_at=at(1))), Unchanged("typed since")),
        ((typed(1, "a"), typed(2, "b", agent=SAM)), Refused("not_the_author", "writing")),
        ((typed(1, "x" * 60_000), kept(2), typed(3, "x" * 40_000), kept(4)), Refused("note_too_long", "100000")),
        ((typed(1, "x" * 60_000), kept(2), typed(3, "x" * 39_999), kept(4)), Applied()),
        ((typed(1, "a", attachment="a.png"), kept(2), typed(3, "b", attachment="b.png"), kept(4)), Refused("one_attachment", "appending")),
        ((typed(1, "a", attachment="a.png"), kept(2), typed(3, "b", attachment="a.png"), kept(4)), Applied()),
        ((typed(1, "a"), moved(2, CONTACT)), Refused("not_saved", "writing")),
        ((typed(1, "a"), kept(2), moved(3, CASE)), Unchanged("there already")),
        ((typed(1, "a"), kept(2), moved(3, paths.TALK)), Refused("not_a_case_or_customer", "saved")),
        ((typed(1, "a"), kept(2), moved(4, CONTACT), moved(3, paths.ACCOUNT)), Unchanged("moved since")),
        ((typed(1, "a"), kept(2), attrs.evolve(moved(3, CONTACT), moved_at=at(4))), Refused("not_yet", "saved")),
    ],
)  # fmt: skip
def test_what_may_happen_to_a_note(events: tuple[Any, ...], outcome: Any) -> None:
    assert run(*events)[1] == outcome


def test_a_note_moves_to_another_record_and_goes_on_from_there() -> None:
    draft, outcome, effects = run(typed(1, "Called"), kept(2), moved(3, CONTACT))
    assert outcome == Applied()
    assert [(type(one), one.before, one.note.regarding, one.note.modified_on) for one in effects] == [
        (MoveNote, CASE, CONTACT, at(3))
    ]
    draft, _, effects = run(typed(4, "Again"), kept(5), draft=draft)
    assert [(one.note.regarding, one.note.body) for one in effects] == [(CONTACT, "Called\nAgain")]


def test_a_new_title_takes_the_place_of_the_old_one_and_no_title_keeps_it() -> None:
    draft, _, _ = run(typed(1, "Called", "Call"), kept(2), typed(3, "Again", "Two calls"), kept(4))
    assert draft.saved is not None
    assert (draft.saved.title, draft.saved.body) == ("Two calls", "Called\nAgain")
    draft, _, _ = run(typed(5, "And again"), kept(6), draft=draft)
    assert draft.saved is not None
    assert draft.saved.title == "Two calls"


def test_a_note_of_the_store_can_be_moved() -> None:
    note = QuickNote(id=paths.NOTE, at=at(-9), regarding=CASE, body="Old")
    draft, outcome, _ = run(moved(3, CONTACT), draft=MACHINE.taken(note, START))
    assert outcome == Applied()
    assert draft.saved == attrs.evolve(note, regarding=CONTACT, modified_on=at(3))
    assert run(typed(4, "x"), draft=draft)[1] == Refused("not_the_author", "saved")


# --- a record from a note


@pytest.mark.parametrize("kind", [RecordKind.CASE, RecordKind.CONTACT, RecordKind.ACCOUNT])
@pytest.mark.parametrize(
    ("title", "body", "named"),
    [("Refund", "x", "Refund"), ("", " \nWants a refund \nsoon", "Wants a refund"), ("x" * 400, "", "x" * 100)],
)
def test_a_record_is_created_from_a_note(kind: RecordKind, title: str, body: str, named: str) -> None:
    note = QuickNote(id="n", at=START, regarding=CONTACT, title=title, body=body)
    found = record_from_note(note, kind, "new-1", at(5))
    if isinstance(found, Case):
        assert (found.customer, found.created_on, found.title[:100]) == (CONTACT, at(5), named)
    else:
        assert isinstance(found, Contact if kind is RecordKind.CONTACT else Account)
        assert found.name == named
    about_case = attrs.evolve(note, regarding=CASE)
    case = record_from_note(about_case, RecordKind.CASE, "new-1", at(5))
    assert isinstance(case, Case)
    assert case.customer is None


def test_bad_input_raises() -> None:
    note = QuickNote(id="n", at=START, regarding=CONTACT, body="a")
    with pytest.raises(InvalidValue, match="kind: a note becomes"):
        record_from_note(note, RecordKind.CONVERSATION, "x", START)
    with pytest.raises(InvalidValue, match="id: must not be empty"):
        record_from_note(note, RecordKind.CONTACT, "", START)
    with pytest.raises(InvalidValue, match="note: must be the one that the event is for"):
        MACHINE.step(MACHINE.start(typed(0)), attrs.evolve(typed(1), note="another"))
    with pytest.raises(InvalidValue, match="body: at most 100000 characters"):
        NoteText(body="x" * 100_001)
    document = encode(STANDING[NoteStatus.SAVED])
    with pytest.raises(DecodeError, match="saved: must be the note that is taken"):
        decode(NoteDraft, document | {"note": "another"})
    private = "marta@bakery.example"
    assert private not in repr(typed(1, private, private, private))
