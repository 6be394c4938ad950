"""What an agent reads after Save and Refresh: what others changed meanwhile, and what was discarded (spec 1.5)."""

from collections.abc import Mapping
from typing import Any

from customer_summary.domain.case import Case
from customer_summary.domain.context import Primitive
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.form import FormSettings
from customer_summary.domain.form_effects import Conflict, ReloadForm, ShowConflicts
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.record_sheet import OWN_COLUMNS
from customer_summary.rules.columns import own_value
from customer_summary.views.cards import LABELS
from customer_summary.views.page import Field, Part, Row
from customer_summary.views.reader import Reader

_KINDS: Mapping[RecordKind, type] = {
    RecordKind.CONTACT: Contact,
    RecordKind.ACCOUNT: Account,
    RecordKind.CASE: Case,
}
NO_COLUMNS = FormSettings()


def conflict_part(shown: ShowConflicts, *, reader: Reader, form: FormSettings = NO_COLUMNS) -> Part:
    """Gives what others changed meanwhile, a row for each column: what stands, by whom, and the reader's own value."""
    rows = tuple(
        Row(one.column, one, reader, more=_conflict_fields(shown.record, one, reader, form)) for one in shown.conflicts
    )
    return Part(name="conflicts", key="form.conflicts", reader=reader, rows=rows, version=shown.version)


def discarded_part(reloaded: ReloadForm, *, reader: Reader, form: FormSettings = NO_COLUMNS) -> Part:
    """Gives which unsaved values a refresh discarded, a row for each column."""
    rows = tuple(
        Row(f"{ref.kind.value}:{ref.id}/{column}", column, reader, more=(_column(ref, column, reader, form),))
        for ref, column in reloaded.discarded
    )
    empty = None if rows else "form.nothing_discarded"
    return Part(name="discarded", key="form.discarded", reader=reader, rows=rows, empty=empty)


def _conflict_fields(ref: RecordRef, one: Conflict, reader: Reader, form: FormSettings) -> tuple[Field, ...]:
    return (
        _column(ref, one.column, reader, form),
        Field("stands", "field.conflict.stands", _read(ref, one.column, one.stands), reader),
        Field("changed_by", "field.conflict.changed_by", one.changed_by, reader),
        Field("changed_at", "field.conflict.changed_at", one.changed_at, reader),
        Field("wanted", "field.conflict.wanted", _read(ref, one.column, one.wanted), reader),
    )


def _column(ref: RecordRef, column: str, reader: Reader, form: FormSettings) -> Field:
    """Gives a field that names a column as its card does; one that nobody knows any more by its logical name."""
    labels = LABELS[_KINDS[ref.kind]] if ref.kind in _KINDS else {}
    added = {one.name: one.label for one in form.on(ref.kind)}
    name = reader.label(labels[column]) if column in labels else added.get(column, column)
    return Field("column", "field.conflict.column", name, reader)


def _read(ref: RecordRef, column: str, value: Primitive) -> Any:
    """Gives a stored value as its card has it: a status as a status."""
    kind = _KINDS.get(ref.kind)
    return value if kind is None or column not in OWN_COLUMNS[kind] else own_value(kind, column, value)
