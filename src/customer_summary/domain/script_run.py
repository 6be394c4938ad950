"""The scripts of one session: which one shows, and how far the agent has come in each (spec 7.2, 7.3)."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Whole, checked_when_read
from customer_summary.domain.macro_run import FailureReason, MacroRun, MacroStatus
from customer_summary.domain.script import MAX_ATTACHED, StepState, Target

MAX_HISTORY = 50
MAX_PROGRESS = 20_000


class ScriptStatus(Enum):
    """Whether a macro runs in the session: one at a time."""

    READY = "ready"
    RUNNING = "running"
    CANCELLING = "cancelling"


@attrs.frozen(field_transformer=checked_when_read)
class StepProgress:
    """The state of one step in this session: that of its last run.

    `pressed_at` is the instant of the press that it answers: an earlier press that comes later loses. `run` is the run
    of its macro, `action` and `reason` say where and why that failed.
    """

    script: Id
    step: Id
    state: StepState
    pressed_at: datetime
    run: str = ""
    action: str = ""
    reason: FailureReason | None = None


@attrs.frozen(field_transformer=checked_when_read)
class ScriptRun:
    """The scripts of one session: `scripts` can be chosen from the menu, `current` shows (None: there is none).

    `history` are the scripts shown before, the newest last; going back takes it. `shown_at` is the instant of the press
    that set `current`, `requested_at` that of the newest run of a macro. `steps` are those that were pressed, `macro`
    is the last run, of which there is one at a time.
    """

    session: Id
    conversation: Id
    at: datetime
    transitions: Annotated[int, Whole()] = 0
    agent: str = ""
    scripts: Annotated[tuple[Target, ...], Many(most=MAX_ATTACHED)] = ()
    current: str | None = None
    history: Annotated[tuple[str, ...], Many(most=MAX_HISTORY)] = ()
    shown_at: datetime | None = None
    requested_at: datetime | None = None
    steps: Annotated[tuple[StepProgress, ...], Many(most=MAX_PROGRESS)] = ()
    macro: MacroRun | None = None

    @property
    def running(self) -> MacroRun | None:
        """The run of a macro that has not ended; None where there is none."""
        return None if self.macro is None or self.macro.status is MacroStatus.ENDED else self.macro

    @property
    def status(self) -> ScriptStatus:
        """Whether a macro runs."""
        run = self.running
        if run is None:
            return ScriptStatus.READY
        return ScriptStatus.CANCELLING if run.status is MacroStatus.CANCELLING else ScriptStatus.RUNNING

    def progress(self, script: str, step: str) -> StepProgress | None:
        """Finds the progress of a step; None where it was never pressed."""
        return next((one for one in self.steps if (one.script, one.step) == (script, step)), None)

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a state that no machine gives."""
        if self.history and self.current is None:
            raise InvalidValue("history", "where a script showed before, one shows now")
        if len({(one.script, one.step) for one in self.steps}) < len(self.steps):
            raise InvalidValue("steps", "no two may be of the same step")
        if self.macro is not None and self.macro.session != self.session:
            raise InvalidValue("macro", "must be of this session")
