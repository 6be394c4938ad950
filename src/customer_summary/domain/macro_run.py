"""A run of a macro: how far it has come, and what became of each action (spec 7.5)."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Many, Text, Whole, checked_when_read
from customer_summary.domain.macro import ActionKind, Macro, MacroAction
from customer_summary.domain.named_value import NamedValue

MAX_VALUES = 150
MAX_OUTPUTS = 20
MAX_REASON = 1000

Values = Annotated[tuple[NamedValue, ...], Many(most=MAX_VALUES, unique="name")]
Outputs = Annotated[tuple[NamedValue, ...], Many(most=MAX_OUTPUTS, unique="name")]
ReportedReason = Annotated[str, Text(most=MAX_REASON), SECRET]


class MacroStatus(Enum):
    """How far a run has come. One that is ready has asked for nothing yet."""

    READY = "ready"
    RUNNING = "running"
    CANCELLING = "cancelling"
    ENDED = "ended"


class MacroOutcome(Enum):
    """How a run ended. One in which any action failed has failed, also where it went on to its end."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ActionStatus(Enum):
    """What became of an action. In a report none is asked any more."""

    NOT_REACHED = "not_reached"
    ASKED = "asked"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class FailureReason(Enum):
    """Why an action, or a step of a script, failed."""

    MISSING_FIELD = "missing_field"
    NO_SEARCH = "no_search"
    NO_ANSWER = "no_answer"
    REPORTED = "reported"
    CANCELLED = "cancelled"
    UNKNOWN_MACRO = "unknown_macro"
    UNKNOWN_SCRIPT = "unknown_script"


@attrs.frozen(field_transformer=checked_when_read)
class ActionProgress:
    """What became of one action. `field` is the mandatory one that was empty, `message` what the host said.

    `held` is what a condition came to; None for any other action and while it was not asked.
    """

    status: ActionStatus = ActionStatus.NOT_REACHED
    reason: FailureReason | None = None
    field: str = ""
    message: ReportedReason = ""
    outputs: Outputs = ()
    held: bool | None = None


@attrs.frozen
class ActionReport:
    """One line of a report: the action, its outcome, and the key under which the host may perform it once."""

    index: int
    name: str
    kind: ActionKind
    key: str
    status: ActionStatus
    reason: FailureReason | None = None
    field: str = ""
    message: str = attrs.field(default="", repr=False)


def action_key(run: str, action: str) -> str:
    """Gives the idempotency key of an action in a run: the same however often it is asked for."""
    return f"{run}/{action}"


@attrs.frozen(field_transformer=checked_when_read)
class MacroRun:
    """A run of one macro in one session. The macro and the values of its slugs are those of its start.

    `script` and `step` name the step that it is of, empty where it was run by name. `due` is the instant at which the
    answer that is awaited comes too late.
    """

    run: Id
    session: Id
    at: datetime
    macro: Macro
    transitions: Annotated[int, Whole()] = 0
    script: str = ""
    step: str = ""
    values: Values = ()
    status: MacroStatus = MacroStatus.READY
    outcome: MacroOutcome | None = None
    actions: Annotated[tuple[ActionProgress, ...], Many(most=100)] = ()
    due: datetime | None = None

    @property
    def asked(self) -> int | None:
        """The place of the action whose answer is awaited; None where none is."""
        return next((index for index, one in enumerate(self.actions) if one.status is ActionStatus.ASKED), None)

    @property
    def failed(self) -> int | None:
        """The place of the first action that failed; None where none did."""
        return next((index for index, one in enumerate(self.actions) if one.status is ActionStatus.FAILED), None)

    @property
    def report(self) -> tuple[ActionReport, ...]:
        """What became of each action, in order."""
        return tuple(
            ActionReport(
                index,
                action.name,
                action.kind,
                action_key(self.run, action.name),
                one.status,
                one.reason,
                one.field,
                one.message,
            )
            for index, (action, one) in enumerate(zip(self.macro.actions, self.actions, strict=True))
        )

    def find(self, name: str) -> int | None:
        """Finds the place of an action by its name."""
        return next((index for index, one in enumerate(self.macro.actions) if one.name == name), None)

    def action(self, index: int) -> MacroAction:
        """Gives the action at a place."""
        return self.macro.actions[index]

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a state that no machine gives."""
        waits = self.status in {MacroStatus.RUNNING, MacroStatus.CANCELLING}
        asked = sum(one.status is ActionStatus.ASKED for one in self.actions)
        for field, rule, right in (
            ("actions", "one for each action of the macro", len(self.actions) == len(self.macro.actions)),
            ("actions", "one is asked while a run waits, else none", asked == int(waits)),
            ("outcome", "a run that ended has one, no other has", (self.outcome is None) != self._ended),
            ("due", "an answer that is awaited has a deadline, nothing else has", (self.due is not None) == waits),
        ):
            if not right:
                raise InvalidValue(field, rule)

    @property
    def _ended(self) -> bool:
        return self.status is MacroStatus.ENDED
