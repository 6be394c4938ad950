"""What happens to a record: it is saved, and a case is resolved, cancelled, reactivated (spec 1.2, 1.5).

Every event says which version of the record its author saw: one that comes late or twice finds a newer version.
"""

from datetime import datetime
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.case import CaseState, CaseStatus
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Whole, checked
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.record_sheet import MAX_CHANGES, ColumnEdit
from customer_summary.domain.tick import Tick

Version = Annotated[int, Whole()]


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordSaved:
    """Somebody saved new values of one record, all of them or none."""

    at: datetime
    record: RecordRef
    by: Id
    edits: Annotated[tuple[ColumnEdit, ...], Many(most=MAX_CHANGES, unique="column")]


@attrs.frozen(kw_only=True, field_transformer=checked)
class CaseResolved:
    """Somebody resolved a case."""

    at: datetime
    case: Id
    by: Id
    version: Version
    status: CaseStatus = CaseStatus.PROBLEM_SOLVED

    def __attrs_post_init__(self) -> None:
        _check_reason(self.status, CaseState.RESOLVED)

    @property
    def record(self) -> RecordRef:
        """The case as a reference."""
        return _ref(self.case)


@attrs.frozen(kw_only=True, field_transformer=checked)
class CaseCancelled:
    """Somebody cancelled a case."""

    at: datetime
    case: Id
    by: Id
    version: Version
    status: CaseStatus = CaseStatus.CANCELLED

    def __attrs_post_init__(self) -> None:
        _check_reason(self.status, CaseState.CANCELLED)

    @property
    def record(self) -> RecordRef:
        """The case as a reference."""
        return _ref(self.case)


@attrs.frozen(kw_only=True, field_transformer=checked)
class CaseReactivated:
    """Somebody made a resolved or cancelled case active again."""

    at: datetime
    case: Id
    by: Id
    version: Version
    status: CaseStatus = CaseStatus.IN_PROGRESS

    def __attrs_post_init__(self) -> None:
        _check_reason(self.status, CaseState.ACTIVE)

    @property
    def record(self) -> RecordRef:
        """The case as a reference."""
        return _ref(self.case)


@attrs.frozen(kw_only=True, field_transformer=checked)
class CaseReasonChanged:
    """Somebody changed why a case stands where it stands; its state stays."""

    at: datetime
    case: Id
    by: Id
    version: Version
    status: CaseStatus

    @property
    def record(self) -> RecordRef:
        """The case as a reference."""
        return _ref(self.case)


def _ref(case: str) -> RecordRef:
    return RecordRef(RecordKind.CASE, case)


def _check_reason(status: CaseStatus, state: CaseState) -> None:
    if status.state is not state:
        raise InvalidValue("status", f"must be one of the state {state.value}")


CaseEvent: TypeAlias = CaseResolved | CaseCancelled | CaseReactivated | CaseReasonChanged
RecordFact: TypeAlias = RecordSaved | CaseEvent
"""The events of records that a log knows."""

RecordEvent: TypeAlias = RecordFact | Tick
"""Everything that can happen to a record."""
