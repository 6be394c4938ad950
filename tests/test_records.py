"""Records: the life cycle of a case and saves obey the laws of a machine; nobody overwrites what they have not seen."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations, product
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    UNSUPPORTED_COLUMNS,
    AnnounceChange,
    Applied,
    CaseCancelled,
    CaseReactivated,
    CaseReasonChanged,
    CaseResolved,
    CaseStatus,
    ColumnChange,
    ColumnEdit,
    ColumnType,
    CustomValue,
    DecodeError,
    FormColumn,
    FormSettings,
    InvalidValue,
    Priority,
    RecordKind,
    RecordRef,
    RecordSaved,
    RecordSheet,
    RecordStatus,
    Refused,
    ShowConflicts,
    Tick,
    Unchanged,
    decode,
    encode,
)
from customer_summary.domain.record_events import RecordEvent
from customer_summary.rules.records import TABLE, RecordLifeCycle
from customer_summary.testing import form_paths as paths
from customer_summary.testing.desk_strategies import START, moments
from customer_summary.testing.laws import check_machine, check_replay

MACHINE = RecordLifeCycle(paths.FORM)
CONTACT, ACCOUNT, CASE = paths.RECORDS
NOOR, SAM = paths.AGENTS


def at(seconds: float = 0) -> datetime:
    return START + timedelta(seconds=seconds)


def saved(by: str = NOOR, version: int = 0, seconds: float = 1, **values: Any) -> RecordSaved:
    edits = tuple(ColumnEdit(name, value, version) for name, value in values.items())
    return RecordSaved(at=at(seconds), record=CASE.ref, by=by, edits=edits)


def saved_text(column: str) -> RecordSaved:
    return RecordSaved(at=START, record=CASE.ref, by=NOOR, edits=(ColumnEdit(column, "a"),))


def stepped(*events: Any, sheet: RecordSheet | None = None) -> tuple[RecordSheet, Any, Any]:
    sheet = sheet or MACHINE.start(CASE, START)
    outcome: Any = None
    effects: Any = ()
    for event in events:
        sheet, outcome, effects = MACHINE.step(sheet, event)
    return sheet, outcome, effects


# --- the laws


@given(st.sampled_from([CASE, CASE, CASE, CONTACT, ACCOUNT, paths.TALK]), st.data())
def test_a_record_obeys_the_laws_of_every_machine(record: Any, data: st.DataObject) -> None:
    start = sheet = MACHINE.start(record, START)
    events = data.draw(st.lists(paths.record_events(sheet.ref), max_size=8))
    other = data.draw(moments())
    for event in events:
        before = sheet
        sheet = check_machine(MACHINE, sheet, event, other)
        after = sheet.status
        assert after is before.status or after in TABLE[before.status][type(event)]
        assert (sheet.case is None) == (record is not CASE)
        if sheet.case is not None and before.case is not None and sheet != before:
            assert sheet.case.modified_on == sheet.at
    assert check_replay(MACHINE, start, events) == sheet


RESOLVED = stepped(CaseResolved(at=START, case="case-1", by=NOOR, version=0))[0]
CANCELLED = stepped(CaseCancelled(at=START, case="case-1", by=NOOR, version=0))[0]
STANDING = {
    RecordStatus.ACTIVE: MACHINE.start(CASE, START),
    RecordStatus.INACTIVE: MACHINE.start(ACCOUNT, START),
    RecordStatus.RESOLVED: RESOLVED,
    RecordStatus.CANCELLED: CANCELLED,
}


def newest(kind: type, sheet: RecordSheet) -> Any:
    """An event of a kind that changes something where it may: by somebody who saw the newest version."""
    if kind is Tick:
        return Tick(at=at(9))
    if kind is RecordSaved:
        return RecordSaved(at=at(9), record=sheet.ref, by=SAM, edits=(ColumnEdit("custom_x", "new", sheet.version),))
    status = {CaseReasonChanged: CaseStatus.MERGED if sheet is CANCELLED else CaseStatus.ON_HOLD}
    status |= {CaseReasonChanged: CaseStatus.INFORMATION_PROVIDED} if sheet is RESOLVED else {}
    more = {"status": status[kind]} if kind in status else {}
    return kind(at=at(9), case=sheet.ref.id, by=SAM, version=sheet.version, **more)


@pytest.mark.parametrize("kind", get_args(RecordEvent), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("status", RecordStatus, ids=lambda one: one.value)
def test_every_event_in_every_status_is_what_the_table_says(status: RecordStatus, kind: type) -> None:
    sheet = STANDING[status]
    if status is RecordStatus.INACTIVE and kind not in {Tick, RecordSaved}:
        with pytest.raises(InvalidValue, match="record: must be the one"):
            MACHINE.step(sheet, newest(kind, sheet))
        return
    after, outcome, _ = MACHINE.step(sheet, newest(kind, sheet))
    if kind is Tick:
        assert outcome == Unchanged("time passed")
    elif kind in TABLE[status]:
        assert outcome == Applied()
        assert {after.status} == TABLE[status][kind]
    else:
        assert isinstance(outcome, Refused | Unchanged)
        assert after is sheet
        assert outcome in {Refused("not_in_this_status", status.value), Unchanged("stands already")}


# --- the life cycle of a case (spec 1.2)


def test_a_case_is_resolved_reactivated_and_cancelled_with_its_reasons() -> None:
    sheet, outcome, effects = stepped(
        CaseResolved(at=at(1), case="case-1", by=NOOR, version=0, status=CaseStatus.INFORMATION_PROVIDED),
        CaseReactivated(at=at(2), case="case-1", by=SAM, version=1, status=CaseStatus.RESEARCHING),
        CaseReasonChanged(at=at(3), case="case-1", by=SAM, version=2, status=CaseStatus.ON_HOLD),
        CaseCancelled(at=at(4), case="case-1", by=NOOR, version=3),
    )
    assert outcome == Applied()
    assert sheet.case is not None
    assert (sheet.status, sheet.case.status) == (RecordStatus.CANCELLED, CaseStatus.CANCELLED)
    assert (sheet.version, sheet.case.modified_on) == (4, at(4))
    assert effects == (AnnounceChange(("case:case-1", 4, 0), CASE.ref, 4, ("status",), NOOR),)


@pytest.mark.parametrize(
    ("before", "event", "outcome"),
    [
        (RESOLVED, CaseCancelled(at=at(2), case="case-1", by=SAM, version=1), Refused("not_in_this_status", "resolved")),
        (RESOLVED, CaseReasonChanged(at=at(2), case="case-1", by=SAM, version=1, status=CaseStatus.MERGED), Refused("not_a_reason_of_this_state", "resolved")),
        (RESOLVED, CaseResolved(at=at(2), case="case-1", by=SAM, version=0), Unchanged("stands already")),
        (CANCELLED, CaseResolved(at=at(2), case="case-1", by=SAM, version=0), Refused("not_in_this_status", "cancelled")),
        (RESOLVED, CaseReactivated(at=at(2), case="case-1", by=SAM, version=0), Refused("changed_meanwhile", "version 1")),
        (RESOLVED, CaseReactivated(at=at(2), case="case-1", by=SAM, version=7), Refused("not_yet", "version 1")),
        (RESOLVED, saved(version=2, title="Bread"), Refused("not_yet", "version 1")),
        (RESOLVED, saved(version=1, title="Bread"), Refused("not_in_this_status", "resolved")),
        (MACHINE.start(CASE, START), CaseReactivated(at=at(2), case="case-1", by=SAM, version=0), Unchanged("stands already")),
        (MACHINE.start(CASE, START), CaseReactivated(at=at(2), case="case-1", by=SAM, version=0, status=CaseStatus.ON_HOLD), Refused("not_in_this_status", "active")),
    ],
)  # fmt: skip
def test_what_the_life_cycle_does_not_have_is_refused(before: RecordSheet, event: Any, outcome: Any) -> None:
    after, answer, _ = MACHINE.step(before, event)
    assert answer == outcome
    assert after is before


def test_who_resolves_a_case_that_another_agent_cancelled_is_shown_that() -> None:
    _, outcome, effects = stepped(CaseResolved(at=at(2), case="case-1", by=SAM, version=0), sheet=CANCELLED)
    assert outcome == Refused("not_in_this_status", "cancelled")
    assert [(one.to, one.conflicts[0].stands, one.conflicts[0].changed_by) for one in effects] == [
        (SAM, "cancelled", NOOR)
    ]


def test_who_saves_into_a_case_that_another_agent_resolved_is_shown_that() -> None:
    _, _, effects = stepped(saved(SAM, 0, title="Bread"), sheet=RESOLVED)
    assert [one.conflicts[0].stands for one in effects] == ["problem_solved"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (CaseResolved, CaseStatus.MERGED),
        (CaseCancelled, CaseStatus.IN_PROGRESS),
        (CaseReactivated, CaseStatus.CANCELLED),
    ],
)
def test_a_reason_of_another_state_cannot_be_given(kind: Any, status: CaseStatus) -> None:
    with pytest.raises(InvalidValue, match="status: must be one of the state"):
        kind(at=START, case="case-1", by=NOOR, version=0, status=status)


# --- saving (spec 1.5)


@given(
    st.lists(paths.record_events(paths.CASE), max_size=5),
    st.lists(paths.column_edits(), max_size=4, unique_by=lambda one: one.column),
)
def test_a_save_is_atomic(before: list[Any], edits: list[ColumnEdit]) -> None:
    sheet, _, _ = stepped(*before)
    event = RecordSaved(at=at(9999), record=CASE.ref, by=NOOR, edits=tuple(edits))
    after, outcome, effects = stepped(event, sheet=sheet)
    if isinstance(outcome, Applied):
        values = attrs.asdict(after.case, recurse=False) | after.values  # type: ignore[arg-type]  # a case has one
        for one in edits:
            stands = values.get(one.column, "")
            assert getattr(stands, "value", stands) == (one.value.strip() if one.column == "title" else one.value)  # type: ignore[union-attr]
        changed = [one.column for one in edits if after.change_of(one.column) != sheet.change_of(one.column)]
        assert [set(one.columns) for one in effects] == [set(changed)]
        assert changed
    else:
        assert after is sheet
        assert not any(isinstance(one, AnnounceChange) for one in effects)


def test_an_unsupported_column_is_named_and_nothing_is_written() -> None:
    talk = MACHINE.start(paths.TALK, START)
    edits = (ColumnEdit("custom_x", "1"), ColumnEdit("MSDYN_Title", "a"), ColumnEdit("ownerid", "b"))
    after, outcome, _ = MACHINE.step(talk, RecordSaved(at=START, record=paths.TALK, by=NOOR, edits=edits))
    assert outcome == Refused("unsupported_columns", "msdyn_title, ownerid")
    assert after is talk
    assert after.values == {}


def test_there_are_35_unsupported_columns_and_each_is_refused_however_it_is_written() -> None:
    assert len(UNSUPPORTED_COLUMNS) == 35
    for name in UNSUPPORTED_COLUMNS:
        for written in (name, name.upper(), name.title()):
            assert stepped(saved_text(written))[1] == Refused("unsupported_columns", name)
        with pytest.raises(InvalidValue, match="name: is one of the columns that no form can save"):
            FormColumn(name=name, label="x")


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"nowhere": "a", "title": "b"}, Refused("unknown_columns", "nowhere")),
        ({"number": "7"}, Refused("unknown_columns", "number")),
        ({"customer": "7"}, Refused("unknown_columns", "customer")),
        ({"modified_on": "now"}, Refused("unknown_columns", "modified_on")),
        ({"title": ""}, Refused("invalid_value", "title")),
        ({"title": 7}, Refused("invalid_value", "title")),
        ({"title": "x" * 201}, Refused("invalid_value", "title")),
        ({"priority": "urgent"}, Refused("invalid_value", "priority")),
        ({"custom_n": "7"}, Refused("invalid_value", "custom_n")),
        ({"custom_n": True}, Refused("invalid_value", "custom_n")),
        ({"custom_b": 1}, Refused("invalid_value", "custom_b")),
        ({"custom_x": 1}, Refused("invalid_value", "custom_x")),
        ({"status": "merged"}, Refused("not_a_reason_of_this_state", "active")),
        ({"title": " Parcel "}, Unchanged("stands already")),
        ({"custom_x": ""}, Unchanged("stands already")),
        ({}, Unchanged("stands already")),
        ({"status": "on_hold", "custom_n": 1.5, "custom_b": False}, Applied()),
    ],
)
def test_a_save_takes_what_suits_its_columns(values: dict[str, Any], outcome: Any) -> None:
    assert stepped(saved(**values))[1] == outcome


def test_empty_text_clears_a_column_and_true_is_not_one() -> None:
    sheet, _, _ = stepped(saved(custom_n=1))
    again, outcome, _ = stepped(saved(version=1, custom_n=1.0), sheet=sheet)
    assert (outcome, again.values) == (Applied(), {"custom_n": 1.0})
    assert stepped(saved(version=2, custom_n=""), sheet=again)[0].values == {}


def test_a_save_based_on_an_older_version_is_refused_and_shows_the_other_change() -> None:
    sheet, _, _ = stepped(saved(NOOR, 0, 1, priority="high", title="Bread"))
    after, outcome, effects = stepped(saved(SAM, 0, 2, priority="low", custom_x="b"), sheet=sheet)
    assert outcome == Refused("changed_meanwhile", "version 1")
    assert after is sheet
    [shown] = effects
    assert isinstance(shown, ShowConflicts)
    assert (shown.to, shown.version) == (SAM, 1)
    [conflict] = shown.conflicts
    assert (conflict.column, conflict.stands, conflict.wanted) == ("priority", "high", "low")
    assert (conflict.changed_by, conflict.changed_at, conflict.version) == (NOOR, at(1), 1)
    assert "Bread" not in repr(shown)
    assert "low" not in repr(shown)
    after, outcome, _ = stepped(saved(SAM, 1, 3, priority="low", custom_x="b"), sheet=sheet)
    assert outcome == Applied()
    assert after.case is not None
    assert (after.case.priority, after.case.title) == (Priority.LOW, "Bread")


def test_changes_of_different_columns_do_not_get_into_each_others_way() -> None:
    sheet, _, _ = stepped(saved(NOOR, 0, 1, title="Bread"), saved(SAM, 0, 2, priority="high"))
    assert sheet.case is not None
    assert (sheet.case.title, sheet.case.priority) == ("Bread", Priority.HIGH)


def interleavings(first: tuple[Any, ...], second: tuple[Any, ...]) -> Iterator[list[Any]]:
    """Every order of two sequences that keeps the order of each."""
    count = len(first) + len(second)
    for places in combinations(range(count), len(first)):
        left, right = iter(first), iter(second)
        yield [next(left) if place in places else next(right) for place in range(count)]


@pytest.mark.parametrize(
    "columns", [("title", "title", "title"), ("title", "owner", "title"), ("title", "owner", "product")]
)
@pytest.mark.parametrize("reading", [0b000, 0b010, 0b101, 0b111], ids=bin)
def test_no_interleaving_of_two_agents_with_three_edits_loses_anything(columns: tuple[str, ...], reading: int) -> None:
    """Each agent edits three times. Before each they look at the record anew or go on with what they saw."""
    steps = {who: tuple((who, number, column) for number, column in enumerate(columns)) for who in (NOOR, SAM)}
    found = 0
    for order in interleavings(steps[NOOR], steps[SAM]):
        sheet = MACHINE.start(CASE, START)
        seen = {NOOR: sheet, SAM: sheet}
        written: list[tuple[int, str, str]] = []
        for second, (who, number, column) in enumerate(order):
            if reading >> number & 1:
                seen[who] = sheet
            value, before = f"{who} {number}", sheet
            edit = ColumnEdit(column, value, seen[who].version)
            event = RecordSaved(at=at(second), record=CASE.ref, by=who, edits=(edit,))
            sheet, outcome, effects = stepped(event, sheet=sheet)
            over = [one for one in written if one[1] == column and one[0] > seen[who].version]
            if over:
                assert outcome == Refused("changed_meanwhile", f"version {before.version}")
                assert [one.stands for one in effects[0].conflicts] == [over[-1][2]]
                assert sheet is before
            else:
                assert outcome == Applied()
                written.append((sheet.version, column, value))
            seen[who] = sheet if not over else seen[who]
        last = {column: value for _, column, value in written}
        assert {column: getattr(sheet.case, column) for column in last} == last
        found += 1
    assert found == 20


def test_a_record_that_the_store_changed_counts_as_changed_by_the_store() -> None:
    sheet = MACHINE.start(CASE, START)
    same = MACHINE.recorded(sheet, CASE, at(5))
    assert same is sheet
    other = attrs.evolve(CASE, title="Bread", owner="sam", modified_on=at(5))
    sheet = MACHINE.recorded(sheet, other, at(5))
    assert (sheet.version, sheet.case) == (1, other)
    assert sheet.change_of("title") == ColumnChange("title", 1, at(5), "")
    assert stepped(saved(NOOR, 0, 6, title="Cake"), sheet=sheet)[1] == Refused("changed_meanwhile", "version 1")
    with pytest.raises(InvalidValue, match="record: must be the one of the sheet"):
        MACHINE.recorded(sheet, CONTACT, at(5))


# --- bad input


def test_what_belongs_to_another_record_raises() -> None:
    with pytest.raises(InvalidValue, match="record: must be the one that the event is for"):
        MACHINE.step(MACHINE.start(CONTACT, START), saved())
    for ref in (CASE.ref, CONTACT.ref, ACCOUNT.ref):
        with pytest.raises(InvalidValue, match="ref: must be that of the one record"):
            MACHINE.start(ref, START)


@pytest.mark.parametrize("name", ["", "a b", "1a", "naam;drop", "näme", "a" * 101, "a\n"])
def test_a_column_has_a_logical_name(name: str) -> None:
    with pytest.raises(InvalidValue, match=r"^column: "):
        ColumnEdit(name, "x") if name != "a\n" else ColumnEdit("a\nb", "x")


@pytest.mark.parametrize("value", [None, [1], float("nan"), "x" * 4001])
def test_a_value_is_a_short_primitive(value: Any) -> None:
    for kind in (ColumnEdit, CustomValue):
        with pytest.raises(InvalidValue, match=r"^value: "):
            kind("a", value)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: FormColumn(name="title", label="x", on=RecordKind.CASE), "name: is a column that the record has"),
        (lambda: FormColumn(name="x", label="x", type=ColumnType.NUMBER, default="7"), "default: expected a number"),
        (lambda: FormColumn(name="x", label="x", type=ColumnType.BOOLEAN, default=1), "default: expected true or false"),
        (lambda: FormColumn(name="x", label="x", default=1), "default: expected text"),
        (lambda: FormSettings((FormColumn(name="x", label="a"), FormColumn(name="X", label="b"))), "columns: no two on one record"),
        (lambda: saved(a="1", A="2"), "edits: no two may have the same column"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_is_refused(build: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        build()


def test_a_sheet_that_cannot_have_come_about_is_not_read() -> None:
    document = encode(MACHINE.start(CASE, START))
    broken: list[dict[str, Any]] = [
        {"case": None},
        {"ref": {"kind": "case", "id": "another"}},
        {"contact": encode(CONTACT) | {"v": None}},
        {"changes": [{"column": "title", "version": 1, "at": "2026-03-02T09:00:00Z", "by": ""}]},
    ]
    for change in broken:
        with pytest.raises(DecodeError):
            decode(RecordSheet, document | change)


def test_what_belongs_to_a_customer_stays_out_of_repr() -> None:
    private = "marta@bakery.example"
    values = (ColumnEdit("a", private), CustomValue("a", private), FormColumn(name="a", label="x", default=private))
    assert not any(private in repr(one) for one in values)


def test_every_status_of_a_record_was_tried() -> None:
    assert STANDING.keys() == set(RecordStatus)
    assert {one.status for one in STANDING.values()} == set(RecordStatus)
    assert len(list(product(RecordStatus, get_args(RecordEvent)))) == 24
    assert RecordRef(RecordKind.CASE, "case-1") == CASE.ref
