"""What an agent may do now with the scripts of a session, as one value (spec 7.1 to 7.3)."""

from enum import Enum

import attrs

from customer_summary.domain.macro_run import FailureReason, MacroRun
from customer_summary.domain.script import AgentScript, ScriptStep, StepKind, StepState
from customer_summary.domain.script_library import ScriptLibrary
from customer_summary.domain.script_run import ScriptRun


class StepCommand(Enum):
    """What an agent may press at a step."""

    MARK_DONE = "mark_done"
    RUN_MACRO = "run_macro"
    VIEW = "view"
    CANCEL = "cancel"
    RESET = "reset"


_COMMANDS = {
    StepKind.TEXT: StepCommand.MARK_DONE,
    StepKind.MACRO: StepCommand.RUN_MACRO,
    StepKind.SUB_SCRIPT: StepCommand.VIEW,
}


@attrs.frozen
class GuidedStep:
    """A step, how its last run ended, and what may be pressed at it. `running` is while its macro runs.

    `action` and `reason` say where and why it failed.
    """

    step: ScriptStep
    state: StepState
    commands: tuple[StepCommand, ...]
    running: bool = False
    action: str = ""
    reason: FailureReason | None = None


@attrs.frozen
class Guidance:
    """What an agent may do now: the script that shows (None: there is none), its steps in order, the menu.

    `next` is the first step that is not done. `macro` is the last run of a macro in this session.
    """

    session: str
    script: AgentScript | None
    steps: tuple[GuidedStep, ...]
    next: str | None
    menu: tuple[AgentScript, ...]
    may_go_back: bool
    macro: MacroRun | None


def guide(library: ScriptLibrary, run: ScriptRun) -> Guidance:
    """Gives what the agent may do now. A script that is not there any more, or is not active, does not show."""
    script = library.script(run.current)
    progress = {one.step: one for one in run.steps if one.script == run.current}
    running = run.running
    steps: list[GuidedStep] = []
    for step in script.shown if script is not None else ():
        found = progress.get(step.unique_name)
        state = StepState.NOT_RUN if found is None else found.state
        is_running = (
            running is not None and running.script == run.current and found is not None and found.run == running.run
        )
        commands = _commands(step.kind, state, is_running=is_running, is_busy=running is not None)
        action, reason = ("", None) if found is None else (found.action, found.reason)
        steps.append(GuidedStep(step, state, commands, is_running, action, reason))
    waiting = (guided.step.unique_name for guided in steps if guided.state is not StepState.DONE)
    menu = tuple(one for name in run.scripts if (one := library.script(name)) is not None)
    return Guidance(run.session, script, tuple(steps), next(waiting, None), menu, bool(run.history), run.macro)


def _commands(kind: StepKind, state: StepState, *, is_running: bool, is_busy: bool) -> tuple[StepCommand, ...]:
    if is_running:
        return (StepCommand.CANCEL,)
    own = () if is_busy and kind is StepKind.MACRO else (_COMMANDS[kind],)
    return own if state is StepState.NOT_RUN else (*own, StepCommand.RESET)
