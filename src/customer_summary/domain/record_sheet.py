"""A record as forms edit it: its values, and of each column who changed it last and in which version (spec 1.5).

The version of a record is the number of its changes. A save says which version its author saw, so that nobody
overwrites what they have not seen.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.case import Case, CaseState
from customer_summary.domain.context import Primitive, stored_form
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Many, Text, Whole, checked, checked_when_read
from customer_summary.domain.record import RecordKind, RecordRef

MAX_COLUMNS = 100
"""Columns of the administrator's on one form (our choice)."""

MAX_CHANGES = 2 * MAX_COLUMNS
"""Columns that a record may have been changed in: those of the form, and its own."""

Record: TypeAlias = Contact | Account | Case
LogicalName = Annotated[str, Text(least=1, most=100, strip=False, logical=True)]
"""The logical name of a column: lower case, however it came."""


READ_ONLY = frozenset({"number", "created_on", "modified_on"})
"""Columns that a card may show and that nobody edits: the store gives them."""

_NO_COLUMNS = frozenset({"id", "active", "customer"})
"""What a record is, not what it says: no form edits them."""

OWN_COLUMNS: Mapping[type, frozenset[str]] = {
    kind: frozenset(field.name for field in attrs.fields(kind)) - READ_ONLY - _NO_COLUMNS
    for kind in (Contact, Account, Case)
}
"""The columns that each kind of record has of its own and that a form may save."""


class RecordStatus(Enum):
    """Where a record stands: a case has the state of its status, a customer is active or not."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


_OF_CASE = {
    CaseState.ACTIVE: RecordStatus.ACTIVE,
    CaseState.RESOLVED: RecordStatus.RESOLVED,
    CaseState.CANCELLED: RecordStatus.CANCELLED,
}


@attrs.frozen(field_transformer=checked)
class ColumnEdit:
    """A new value for one column, and the version of the record that its author saw. Empty text clears a column."""

    column: LogicalName
    value: Annotated[Primitive, SECRET] = attrs.field(eq=lambda value: (type(value), value))
    version: Annotated[int, Whole()] = 0

    def __attrs_post_init__(self) -> None:
        stored_form(self.value)


@attrs.frozen(field_transformer=checked)
class CustomValue:
    """The value of a column that an administrator added."""

    column: LogicalName
    value: Annotated[Primitive, SECRET] = attrs.field(eq=lambda value: (type(value), value))

    def __attrs_post_init__(self) -> None:
        stored_form(self.value)


@attrs.frozen(field_transformer=checked)
class ColumnChange:
    """The last change of one column: the version that it made, when, and by whom; empty where the store did it."""

    column: LogicalName
    version: Annotated[int, Whole(least=1)]
    at: datetime
    by: str = ""


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class RecordSheet:
    """One record as forms edit it: a contact, an account, a case, or the added columns of a conversation.

    `transitions` is its version. Columns that never changed since the sheet began are not in `changes`.
    """

    ref: RecordRef
    at: datetime
    transitions: int = 0
    contact: Contact | None = None
    account: Account | None = None
    case: Case | None = None
    custom: Annotated[tuple[CustomValue, ...], Many(most=MAX_COLUMNS, unique="column")] = ()
    changes: Annotated[tuple[ColumnChange, ...], Many(most=MAX_CHANGES, unique="column")] = ()

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a sheet whose record is not the one it names."""
        held = [one.ref for one in (self.contact, self.account, self.case) if one is not None]
        if held != ([] if self.ref.kind is RecordKind.CONVERSATION else [self.ref]):
            raise InvalidValue("ref", "must be that of the one record in the sheet")
        if any(one.version > self.transitions for one in self.changes):
            raise InvalidValue("changes", "must be of versions that were")

    @property
    def record(self) -> Record | None:
        """The record itself; a conversation is kept elsewhere."""
        return self.contact or self.account or self.case

    @property
    def version(self) -> int:
        """How often the record changed: what an edit names."""
        return self.transitions

    @property
    def status(self) -> RecordStatus:
        """Where the record stands."""
        if self.case is not None:
            return _OF_CASE[self.case.state]
        customer = self.contact or self.account
        return RecordStatus.ACTIVE if customer is None or customer.active else RecordStatus.INACTIVE

    @property
    def values(self) -> dict[str, Primitive]:
        """The values of the added columns, by name."""
        return {one.column: one.value for one in self.custom}

    def change_of(self, column: str) -> ColumnChange | None:
        """Gives the last change of a column, None where there was none."""
        return next((one for one in self.changes if one.column == column), None)
