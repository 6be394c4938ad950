"""The life of a record: a case is resolved, cancelled and reactivated, and records are saved (spec 1.2, 1.5).

What must live here and nowhere else: which status of a record may follow which (`TABLE`), and every refusal of a save.
A missing key of the table is the refusal. A record is protected against lost updates by the version of each column: a
save that is based on an older version than the last change of a column is refused, and shows that change.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.context import Primitive
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import check_instant
from customer_summary.domain.form import FormSettings
from customer_summary.domain.form_effects import AnnounceChange, Conflict, RecordEffect, ShowConflicts
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_events import (
    CaseCancelled,
    CaseEvent,
    CaseReactivated,
    CaseReasonChanged,
    CaseResolved,
    RecordEvent,
    RecordSaved,
)
from customer_summary.domain.record_sheet import (
    OWN_COLUMNS,
    ColumnChange,
    ColumnEdit,
    CustomValue,
    Record,
    RecordSheet,
    RecordStatus,
)
from customer_summary.domain.tick import Tick
from customer_summary.rules.columns import own_value, refused_columns
from customer_summary.rules.machine import Effects, stepped_at_once

ACTIVE, INACTIVE, RESOLVED, CANCELLED = RecordStatus

TABLE: Mapping[RecordStatus, Mapping[type, frozenset[RecordStatus]]] = {
    ACTIVE: {
        RecordSaved: frozenset({ACTIVE}),
        CaseResolved: frozenset({RESOLVED}),
        CaseCancelled: frozenset({CANCELLED}),
        CaseReasonChanged: frozenset({ACTIVE}),
    },
    INACTIVE: {},
    RESOLVED: {
        CaseReactivated: frozenset({ACTIVE}),
        CaseReasonChanged: frozenset({RESOLVED}),
    },
    CANCELLED: {
        CaseReactivated: frozenset({ACTIVE}),
        CaseReasonChanged: frozenset({CANCELLED}),
    },
}

NO_COLUMNS_ADDED = FormSettings()
STANDS_ALREADY = Unchanged("stands already")

Answer: TypeAlias = RecordSheet | Unchanged | Refused


@attrs.frozen
class RecordLifeCycle:
    """The machine of one record: its life cycle and its saves. `form` names the columns that were added to it."""

    form: FormSettings = NO_COLUMNS_ADDED

    def start(self, record: Record | RecordRef, at: datetime) -> RecordSheet:
        """Gives the sheet of a record as the store holds it, in version 0; of a conversation, given its reference.

        Refuses, with `InvalidValue`, a reference to a contact, an account or a case: their values are needed.
        """
        at = check_instant(at, "at")
        if isinstance(record, RecordRef):
            sheet = RecordSheet(ref=record, at=at)
        else:
            sheet = attrs.evolve(RecordSheet(ref=record.ref, at=at), **_held(record))
        sheet.check_coherence()
        return sheet

    def recorded(self, sheet: RecordSheet, record: Record, at: datetime) -> RecordSheet:
        """Gives the sheet after the store was given another version of its record, not through a form.

        What differs counts as changed by the store, so that a save which is based on the older version is refused.
        """
        if record.ref != sheet.ref:
            raise InvalidValue("record", "must be the one of the sheet")
        before, at = sheet.record, max(at, sheet.at)
        columns = [
            one.name for one in attrs.fields(type(record)) if getattr(record, one.name) != getattr(before, one.name)
        ]
        return _changed(sheet, at, columns, "", **_held(record)) if columns else sheet

    def step(self, sheet: RecordSheet, event: RecordEvent) -> tuple[RecordSheet, Outcome, tuple[RecordEffect, ...]]:
        """Gives the record after one event, the answer to it, and what to do.

        Raises `InvalidValue` for an event of another record: a host delivered it wrongly.
        """
        if not isinstance(event, Tick) and event.record != sheet.ref:
            raise InvalidValue("record", "must be the one that the event is for")
        return stepped_at_once(self._apply, f"{sheet.ref.kind.value}:{sheet.ref.id}", sheet, event)

    def deadline(self, _: RecordSheet) -> None:
        """Gives None: nothing lapses."""
        return

    def columns_of(self, sheet: RecordSheet) -> frozenset[str]:
        """Gives the columns of a record that a form may save: its own, and those that were added."""
        own = frozenset[str]() if sheet.record is None else OWN_COLUMNS[type(sheet.record)]
        return own | {one.name for one in self.form.on(sheet.ref.kind)}

    def _apply(self, sheet: RecordSheet, event: Any, at: datetime, emit: Effects) -> Answer:
        if isinstance(event, RecordSaved):
            return self._saved(sheet, event, at, emit)
        return _status_changed(sheet, event, at, emit)

    def _saved(self, sheet: RecordSheet, event: RecordSaved, at: datetime, emit: Effects) -> Answer:
        refused = refused_columns((one.column for one in event.edits), self.columns_of(sheet))
        if refused is not None:
            return refused
        if any(one.version > sheet.version for one in event.edits):
            return Refused("not_yet", _version(sheet))
        try:
            record, custom = self.edited(sheet, event.edits)
        except InvalidValue as error:
            return Refused("invalid_value", error.field)
        values = {one.column: one.value for one in custom}
        new = [one for one in event.edits if _value(record, values, one.column) != _value_in(sheet, one.column)]
        if not new:
            return STANDS_ALREADY
        if type(event) not in TABLE[sheet.status]:
            _show_conflicts(sheet, event, [ColumnEdit("status", "", min(one.version for one in new))], emit)
            return Refused("not_in_this_status", sheet.status.value)
        if _show_conflicts(sheet, event, new, emit):
            return Refused("changed_meanwhile", _version(sheet))
        if isinstance(record, Case) and sheet.case is not None and record.state is not sheet.case.state:
            return Refused("not_a_reason_of_this_state", sheet.status.value)
        if isinstance(record, Case):
            record = attrs.evolve(record, modified_on=at)
        changes = {} if record is None else _held(record)
        after = _changed(sheet, at, [one.column for one in new], event.by, custom=custom, **changes)
        _announce(after, [one.column for one in new], event.by, emit)
        return after

    def edited(
        self, sheet: RecordSheet, edits: tuple[ColumnEdit, ...]
    ) -> tuple[Record | None, tuple[CustomValue, ...]]:
        """Gives the record and its added columns with new values; raises `InvalidValue` for one that does not suit.

        The columns must be some of `columns_of`.
        """
        added = {one.name: one for one in self.form.on(sheet.ref.kind)}
        record, custom = sheet.record, sheet.values
        custom |= {one.column: added[one.column].check(one.value, one.column) for one in edits if one.column in added}
        if record is not None:
            own = [one for one in edits if one.column not in added]
            record = attrs.evolve(record, **{one.column: own_value(type(record), one.column, one.value) for one in own})
        kept = tuple(CustomValue(name, value) for name, value in custom.items() if value != "")
        return record, kept


def _value(record: Record | None, custom: Mapping[str, Primitive], column: str) -> Any:
    """Gives the value of a column, told apart by its type: true is not 1."""
    found = (
        custom.get(column, "") if record is None or column not in OWN_COLUMNS[type(record)] else getattr(record, column)
    )
    return type(found), found


def _value_in(sheet: RecordSheet, column: str) -> Any:
    return _value(sheet.record, sheet.values, column)


def _status_changed(sheet: RecordSheet, event: CaseEvent, at: datetime, emit: Effects) -> Answer:
    case = sheet.case
    if case is None:
        raise AssertionError("an event of a case is for a case")
    if event.version > sheet.version:
        return Refused("not_yet", _version(sheet))
    if case.status is event.status:
        return STANDS_ALREADY
    wanted = [ColumnEdit("status", event.status.value, event.version)]
    if type(event) not in TABLE[sheet.status]:
        _show_conflicts(sheet, event, wanted, emit)
        return Refused("not_in_this_status", sheet.status.value)
    if _show_conflicts(sheet, event, wanted, emit):
        return Refused("changed_meanwhile", _version(sheet))
    if isinstance(event, CaseReasonChanged) and event.status.state is not case.state:
        return Refused("not_a_reason_of_this_state", sheet.status.value)
    changed = attrs.evolve(case, status=event.status, modified_on=at)
    after = _changed(sheet, at, ["status"], event.by, case=changed)
    _announce(after, ["status"], event.by, emit)
    return after


def _show_conflicts(
    sheet: RecordSheet, event: RecordSaved | CaseEvent, edits: Iterable[ColumnEdit], emit: Effects
) -> bool:
    """Shows the author of an event what others changed since the version that it is based on; says whether any did."""
    found = []
    for one in edits:
        change = sheet.change_of(one.column)
        if change is not None and change.version > one.version:
            _, stands = _value_in(sheet, one.column)
            stands = stands.value if isinstance(stands, Enum) else stands
            found.append(Conflict(one.column, stands, one.value, change.version, change.at, change.by))
    if found:
        emit.answer(
            f"conflicts of {', '.join(one.column for one in found)} at {event.at.isoformat()}",
            event.by,
            ShowConflicts,
            record=sheet.ref,
            to=event.by,
            version=sheet.version,
            conflicts=tuple(found),
        )
    return bool(found)


def _changed(sheet: RecordSheet, at: datetime, columns: Iterable[str], by: str, **fields: Any) -> RecordSheet:
    """Gives the next version of a sheet, in which these columns have new values."""
    version = sheet.version + 1
    changes = {one.column: one for one in sheet.changes} | {
        name: ColumnChange(name, version, at, by) for name in columns
    }
    return attrs.evolve(sheet, at=at, transitions=version, changes=tuple(changes.values()), **fields)


def _announce(after: RecordSheet, columns: Iterable[str], by: str, emit: Effects) -> None:
    emit(AnnounceChange, record=after.ref, version=after.version, columns=tuple(sorted(columns)), by=by)


def _version(sheet: RecordSheet) -> str:
    return f"version {sheet.version}"


def _held(record: Record) -> dict[str, Any]:
    """Gives the field of a sheet that holds a record."""
    return {_FIELDS[type(record)]: record}


_FIELDS: Mapping[type, str] = {Contact: "contact", Account: "account", Case: "case"}
