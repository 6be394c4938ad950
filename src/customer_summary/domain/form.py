"""The form: the columns that an administrator added to it, and what an agent typed and has not saved (spec 1.5)."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.context import Primitive, stored_form
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Many, Name, checked, checked_when_read
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.record_sheet import MAX_CHANGES, MAX_COLUMNS, ColumnEdit, LogicalName

UNSUPPORTED_COLUMNS = frozenset(
    "activityid msdyn_activeagentassignedon msdyn_activeagentid msdyn_activesessionparticipantid "  # noqa: SIM905  # short
    "msdyn_cdsqueueid "
    "msdyn_channel msdyn_closedon msdyn_createdon msdyn_customerlanguageid msdyn_customerlocale "
    "msdyn_customersentimentlabel msdyn_effortpredictionresult msdyn_escalationcount msdyn_initiatedon "
    "msdyn_isoutbound msdyn_lastsessionid msdyn_liveworkstreamid msdyn_modifiedon msdyn_ocliveworkitemid "
    "msdyn_overflowtransfercount msdyn_queueid msdyn_queueitemid msdyn_startedon msdyn_statusupdatedon msdyn_title "
    "msdyn_transfercount msdyn_urcustomersentimentkeywords msdyn_urcustomersentimentlabel "
    "msdyn_urcustomersentimentscore msdyn_workstreamworkdistributionmode msdyn_wrapupinitiatedon ownerid statecode "
    "statuscode subject".split()
)
"""The 35 logical names whose values no form can save."""

MAX_PENDING = 4 * MAX_CHANGES
"""Unsaved values of one form: of every column of a customer, a case and a conversation, and of records before them."""


class ColumnType(Enum):
    """What an added column holds."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"


_OF_RECORDS: Mapping[RecordKind, frozenset[str]] = {
    kind: frozenset(field.name for field in attrs.fields(record))
    for kind, record in ((RecordKind.CONTACT, Contact), (RecordKind.ACCOUNT, Account), (RecordKind.CASE, Case))
}

_EXPECTED: Mapping[ColumnType, tuple[tuple[type, ...], str]] = {
    ColumnType.TEXT: ((str,), "expected text"),
    ColumnType.NUMBER: ((int, float), "expected a number"),
    ColumnType.BOOLEAN: ((bool,), "expected true or false"),
}


@attrs.frozen(kw_only=True, field_transformer=checked)
class FormColumn:
    """A column that an administrator added to the form of a conversation, or to the card of a customer or a case.

    `default` shows where nothing was saved; it is saved only when somebody edits the column.
    """

    name: LogicalName
    label: Name
    on: RecordKind = RecordKind.CONVERSATION
    type: ColumnType = ColumnType.TEXT
    default: Annotated[Primitive, SECRET] = attrs.field(default="", eq=lambda value: (type(value), value))

    def __attrs_post_init__(self) -> None:
        if self.name in UNSUPPORTED_COLUMNS:
            raise InvalidValue("name", "is one of the columns that no form can save")
        if self.name in _OF_RECORDS.get(self.on, ()):
            raise InvalidValue("name", "is a column that the record has of its own")
        self.check(self.default, "default")

    def check(self, value: Primitive, field: str) -> Primitive:
        """Gives a value that suits the column; empty text is no value. Refuses another one with `InvalidValue`."""
        stored_form(value)
        kinds, rule = _EXPECTED[self.type]
        if value != "" and type(value) not in kinds:
            raise InvalidValue(field, rule)
        return value


@attrs.frozen(field_transformer=checked)
class FormSettings:
    """The columns that administrators added, in the order in which they show."""

    columns: Annotated[tuple[FormColumn, ...], Many(most=MAX_COLUMNS)] = ()

    def __attrs_post_init__(self) -> None:
        if len({(one.on, one.name) for one in self.columns}) < len(self.columns):
            raise InvalidValue("columns", "no two on one record may have the same name")

    def on(self, kind: RecordKind) -> tuple[FormColumn, ...]:
        """Gives the columns on one kind of record."""
        return tuple(one for one in self.columns if one.on is kind)


@attrs.frozen(field_transformer=checked)
class PendingEdit:
    """A value that was typed and not saved, and when it was typed."""

    record: RecordRef
    edit: ColumnEdit
    edited_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class FormDraft:
    """What one agent typed on the form of one conversation and has not saved. It stays until saved or refreshed.

    `cleared_at` is the instant of the last save or refresh: what was typed up to then is no longer pending.
    """

    conversation: Id
    agent: Id
    at: datetime
    transitions: int = 0
    pending: Annotated[tuple[PendingEdit, ...], Many(most=MAX_PENDING)] = ()
    cleared_at: datetime | None = None

    def of(self, record: RecordRef) -> dict[str, Primitive]:
        """Gives the unsaved values of one record, by column."""
        return {one.edit.column: one.edit.value for one in self.pending if one.record == record}
