"""Hypothesis strategies for records, forms and quick notes: events, and states that a machine came to."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import strategies as st

from customer_summary.domain.case import Case, CaseState, CaseStatus
from customer_summary.domain.context import Primitive
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.form import UNSUPPORTED_COLUMNS, ColumnType, FormColumn, FormDraft, FormSettings
from customer_summary.domain.form_events import FieldEdited, FormRefreshed, FormSaved
from customer_summary.domain.note import NoteDraft, NoteText
from customer_summary.domain.note_events import NoteMoved, NoteSaved, NoteTyped
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.record_events import (
    CaseCancelled,
    CaseReactivated,
    CaseReasonChanged,
    CaseResolved,
    RecordSaved,
)
from customer_summary.domain.record_sheet import ColumnEdit, CustomValue, Record, RecordSheet
from customer_summary.rules.form import FormMachine
from customer_summary.rules.notes import NoteMachine
from customer_summary.rules.records import RecordLifeCycle
from customer_summary.testing.desk_strategies import START, moments

Strategy: TypeAlias = st.SearchStrategy[Any]

CONVERSATION, AGENTS, NOTE = "c-1", ("noor", "sam"), "note-1"
CONTACT, CASE = RecordRef(RecordKind.CONTACT, "contact-1"), RecordRef(RecordKind.CASE, "case-1")
ACCOUNT, TALK = RecordRef(RecordKind.ACCOUNT, "account-1"), RecordRef(RecordKind.CONVERSATION, CONVERSATION)
RECORDS = (
    Contact(id="contact-1", name="Marta Kowal"),
    Account(id="account-1", name="Bakery", active=False),
    Case(id="case-1", title="Parcel", customer=CONTACT, created_on=START, modified_on=START),
)
STARTS: tuple[Record | RecordRef, ...] = (*RECORDS, TALK)
FORM = FormSettings(
    tuple(
        FormColumn(name=name, label=name.title(), on=kind, type=type_, default=default)
        for kind in RecordKind
        for name, type_, default in (
            ("custom_x", ColumnType.TEXT, "none"),
            ("custom_n", ColumnType.NUMBER, 7),
            ("custom_b", ColumnType.BOOLEAN, False),
        )
    )
)
"""Three added columns on every kind of record."""

_DEFAULTS: Mapping[ColumnType, tuple[Primitive, ...]] = {
    ColumnType.TEXT: ("", "none"),
    ColumnType.NUMBER: ("", 7, 1.5),
    ColumnType.BOOLEAN: ("", True, False),
}

_VALUES: Mapping[str, tuple[Primitive, ...]] = {
    "title": ("Parcel", " Parcel ", "Bread", ""),
    "name": ("Marta Kowal", "Anna"),
    "priority": ("high", "low", "urgent"),
    "status": tuple(one.value for one in CaseStatus),
    "owner": ("noor", 7),
    "custom_x": ("a", "b", ""),
    "custom_n": (1, 1.0, True, ""),
    "custom_b": (True, False, 1),
    "msdyn_title": ("a",),
    "nowhere": ("a",),
}
COLUMNS = tuple(_VALUES)
VERSIONS = 4


def primitives() -> st.SearchStrategy[Primitive]:
    """Values of columns: of every type, and those that Python takes for equal."""
    return st.sampled_from(["", "a", " b ", "\u00e9", 0, 1, 1.0, -1.5, 10**20, True, False])


def added_names() -> st.SearchStrategy[str]:
    """Names that an administrator may give to a column."""
    names = st.builds("custom_{}".format, st.text("ab_1", min_size=1, max_size=8))
    return names.filter(lambda name: name not in UNSUPPORTED_COLUMNS)


def form_columns() -> st.SearchStrategy[FormColumn]:
    """Columns of every type on every kind of record, with and without a default."""
    return st.sampled_from(list(_DEFAULTS.items())).flatmap(
        lambda one: st.builds(
            FormColumn,
            name=added_names(),
            label=st.sampled_from(["Order", "Loyalty"]),
            on=st.sampled_from(RecordKind),
            type=st.just(one[0]),
            default=st.sampled_from(one[1]),
        )
    )


def column_edits(*columns: str) -> st.SearchStrategy[ColumnEdit]:
    """Edits of these columns, or of any: with values that suit, that do not, and that stand already."""
    return st.sampled_from(columns or COLUMNS).flatmap(
        lambda column: st.builds(
            ColumnEdit, st.just(column), st.sampled_from(_VALUES[column]), st.integers(0, VERSIONS)
        )
    )


def reasons(state: CaseState) -> st.SearchStrategy[CaseStatus]:
    """The reasons of one state."""
    return st.sampled_from([one for one in CaseStatus if one.state is state])


def record_events(*records: RecordRef) -> Strategy:
    """Saves and changes of status of these records, by two agents who saw one version or another."""
    refs, by, at, version = st.sampled_from(records), st.sampled_from(AGENTS), moments(), st.integers(0, VERSIONS)
    sound = st.lists(
        column_edits("title", "priority", "status", "custom_x"), max_size=2, unique_by=lambda one: one.column
    )
    any_ = st.lists(column_edits(), max_size=3, unique_by=lambda one: one.column)
    saved = st.builds(RecordSaved, at=at, record=refs, by=by, edits=sound | sound | any_)
    if CASE not in records:
        return saved
    common = {"at": at, "case": st.just(CASE.id), "by": by, "version": version}
    return (
        saved
        | st.builds(CaseResolved, status=reasons(CaseState.RESOLVED), **common)
        | st.builds(CaseCancelled, status=reasons(CaseState.CANCELLED), **common)
        | st.builds(CaseReactivated, status=reasons(CaseState.ACTIVE), **common)
        | st.builds(CaseReasonChanged, status=st.sampled_from(CaseStatus), **common)
    )


def _seen() -> st.SearchStrategy[datetime]:
    """Instants of an agent's own clock: some before the event, some not come yet."""
    return st.builds(lambda moment, less: moment - timedelta(seconds=less), moments(), st.sampled_from([0, 0, 60, -30]))


def form_events() -> Strategy:
    """What one agent does on a form: types, saves, refreshes, and messages that come late or twice."""
    common = {"at": moments(), "conversation": st.just(CONVERSATION), "agent": st.just(AGENTS[0])}
    edited = st.builds(
        FieldEdited,
        record=st.sampled_from([CONTACT, CASE, TALK]),
        edit=column_edits("title", "custom_x"),
        edited_at=_seen(),
        **common,
    )
    return (
        edited
        | edited
        | st.builds(FormSaved, saved_at=_seen(), **common)
        | st.builds(FormRefreshed, refreshed_at=_seen(), **common)
    )


def note_texts() -> st.SearchStrategy[NoteText]:
    """What may stand in a note box, nothing too."""
    words = st.sampled_from(["", " ", "Called back", "Wants a refund"])
    return st.builds(NoteText, title=words, body=words, attachment=st.sampled_from(["", "", "photo.png", "bill.pdf"]))


def note_events() -> Strategy:
    """What happens to one note, mostly in the order in which it makes sense."""
    by, refs = st.sampled_from([AGENTS[0]] * 4 + [AGENTS[1]]), st.sampled_from([CASE, CASE, CONTACT, TALK])
    common = {"at": moments(), "note": st.just(NOTE)}
    taken = {"conversation": st.just(CONVERSATION), "agent": by, **common}
    saved = st.builds(NoteSaved, regarding=refs | st.none(), saved_at=_seen(), by_itself=st.booleans(), **taken)
    typed = st.builds(NoteTyped, text=note_texts(), typed_at=_seen(), **taken)
    return typed | saved | st.builds(NoteMoved, by=by, to=refs, moved_at=_seen(), **common)


@st.composite
def record_sheets(draw: st.DrawFn) -> RecordSheet:
    """Sheets that a path of events came to."""
    machine = RecordLifeCycle(FORM)
    sheet = machine.start(draw(st.sampled_from(STARTS)), START)
    for event in draw(st.lists(record_events(sheet.ref), max_size=6)):
        sheet, _, _ = machine.step(sheet, event)
    return sheet


@st.composite
def form_drafts(draw: st.DrawFn) -> FormDraft:
    """Drafts that a path of events came to."""
    machine = FormMachine()
    draft = machine.start(CONVERSATION, AGENTS[0], START)
    for event in draw(st.lists(form_events(), max_size=6)):
        draft, _, _ = machine.step(draft, event)
    return draft


@st.composite
def note_drafts(draw: st.DrawFn) -> NoteDraft:
    """Notes that a path of events came to."""
    machine = NoteMachine()
    draft = NoteDraft(note=NOTE, at=START, conversation=CONVERSATION, agent=AGENTS[0])
    for event in draw(st.lists(note_events(), max_size=6)):
        draft, _, _ = machine.step(draft, event)
    return draft


VARIANTS: Mapping[type, list[dict[str, Callable[[], Strategy]]]] = {
    CaseCancelled: [{"status": lambda: reasons(CaseState.CANCELLED)}],
    CaseReactivated: [{"status": lambda: reasons(CaseState.ACTIVE)}],
    CaseResolved: [{"status": lambda: reasons(CaseState.RESOLVED)}],
    ColumnEdit: [{"value": primitives}],
    CustomValue: [{"value": primitives}],
    FormSettings: [
        {"columns": lambda: st.lists(form_columns(), max_size=3, unique_by=lambda one: (one.on, one.name)).map(tuple)}
    ],
}
WHOLE: Mapping[type, Callable[[], Strategy]] = {
    FormColumn: form_columns,
    FormDraft: form_drafts,
    NoteDraft: note_drafts,
    RecordSheet: record_sheets,
}
"""What `testing.strategies` must be told about these classes."""
