"""The case: what the customer's trouble is, how urgent it is and how far it has come (spec 1.2)."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Text, checked
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef

MAX_TITLE = 200


class Priority(Enum):
    """How urgent a case is; Normal unless somebody says otherwise."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class CaseState(Enum):
    """Where a case stands. Derived from its status, never stored."""

    ACTIVE = "active"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


class CaseStatus(Enum):
    """Why a case stands where it stands; each belongs to one state (our choice of names, spec 1.2)."""

    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    WAITING_FOR_DETAILS = "waiting_for_details"
    RESEARCHING = "researching"
    PROBLEM_SOLVED = "problem_solved"
    INFORMATION_PROVIDED = "information_provided"
    CANCELLED = "cancelled"
    MERGED = "merged"

    @property
    def state(self) -> CaseState:
        """The state that this status belongs to."""
        return _STATES.get(self, CaseState.ACTIVE)


_STATES = {
    CaseStatus.PROBLEM_SOLVED: CaseState.RESOLVED,
    CaseStatus.INFORMATION_PROVIDED: CaseState.RESOLVED,
    CaseStatus.CANCELLED: CaseState.CANCELLED,
    CaseStatus.MERGED: CaseState.CANCELLED,
}


@attrs.frozen(kw_only=True, field_transformer=checked)
class Case:
    """One case. `customer` is a contact or an account, or None."""

    id: Id
    title: Annotated[str, Text(least=1, most=MAX_TITLE), SECRET]
    number: str = ""
    customer: RecordRef | None = None
    priority: Priority = Priority.NORMAL
    status: CaseStatus = CaseStatus.IN_PROGRESS
    product: str = ""
    owner: str = ""
    created_on: datetime
    modified_on: datetime

    def __attrs_post_init__(self) -> None:
        if self.customer is not None and self.customer.kind not in CUSTOMER_KINDS:
            raise InvalidValue("customer", "must be a contact or an account")

    @property
    def state(self) -> CaseState:
        """Active, resolved or cancelled."""
        return self.status.state

    @property
    def ref(self) -> RecordRef:
        """This case as a reference."""
        return RecordRef(RecordKind.CASE, self.id)

    @property
    def at(self) -> datetime:
        """Its place in a history: when it was last modified."""
        return self.modified_on

    @property
    def sequence(self) -> int:
        """Cases carry no number of their own; equal instants are told apart by id."""
        return 0
