"""The scripts of a session: what the agent may press when, and what comes of it (spec 7.2 to 7.4).

What must live here and nowhere else: which status may follow which (`TABLE` and `LAPSES`), and every refusal of a
press. A missing key of the table is the refusal; what has already ended is answered before it is asked.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.errors import InvalidValue, UnknownKey
from customer_summary.domain.macro_run import FailureReason, MacroOutcome, MacroRun, MacroStatus
from customer_summary.domain.named_value import look_up_in
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.script import ScriptStep, StepKind, StepState
from customer_summary.domain.script_effects import LoadScript, ScriptEffect
from customer_summary.domain.script_events import (
    ActionFailed,
    ActionSucceeded,
    MacroCancelled,
    MacroRequested,
    ProgressReset,
    ScriptChosen,
    ScriptRunEvent,
    ScriptSessionStarted,
    StepMarkedDone,
    SubScriptViewed,
    WentBack,
)
from customer_summary.domain.script_library import ScriptLibrary
from customer_summary.domain.script_run import MAX_HISTORY, ScriptRun, ScriptStatus, StepProgress
from customer_summary.rules.conditions import chosen_script
from customer_summary.rules.machine import Effects, stepped
from customer_summary.rules.macros import answered, begun, deadline_of, lapsed
from customer_summary.rules.presence_causes import NOT_YET

READY, RUNNING, CANCELLING = ScriptStatus

TABLE: Mapping[ScriptStatus, Mapping[type, frozenset[ScriptStatus]]] = {
    READY: {
        StepMarkedDone: frozenset({READY}),
        MacroRequested: frozenset({READY, RUNNING}),
        SubScriptViewed: frozenset({READY}),
        ScriptChosen: frozenset({READY}),
        WentBack: frozenset({READY}),
        ProgressReset: frozenset({READY}),
    },
    RUNNING: {
        StepMarkedDone: frozenset({RUNNING}),
        ActionSucceeded: frozenset({RUNNING, READY}),
        ActionFailed: frozenset({RUNNING, READY}),
        MacroCancelled: frozenset({CANCELLING}),
        SubScriptViewed: frozenset({RUNNING}),
        ScriptChosen: frozenset({RUNNING}),
        WentBack: frozenset({RUNNING}),
        ProgressReset: frozenset({RUNNING}),
    },
    CANCELLING: {
        StepMarkedDone: frozenset({CANCELLING}),
        ActionSucceeded: frozenset({READY}),
        ActionFailed: frozenset({READY}),
        MacroCancelled: frozenset({CANCELLING}),
        SubScriptViewed: frozenset({CANCELLING}),
        ScriptChosen: frozenset({CANCELLING}),
        WentBack: frozenset({CANCELLING}),
        ProgressReset: frozenset({CANCELLING}),
    },
}

LAPSES: Mapping[ScriptStatus, frozenset[ScriptStatus]] = {
    READY: frozenset(),
    RUNNING: frozenset({RUNNING, READY}),
    CANCELLING: frozenset({READY}),
}
"""What time alone does: an answer of the host that does not come is a failure."""

Answer: TypeAlias = ScriptRun | Unchanged | Refused
NO_SCRIPTS = ScriptLibrary()
PRESSED_SINCE = Unchanged("pressed again since")
_ANSWERS = Unchanged, Refused


@attrs.frozen
class ScriptRunner:
    """The scripts of an organisation, and the machine of those of one session. [seed 000, 001; spec 7]"""

    library: ScriptLibrary = NO_SCRIPTS

    def start(self, event: ScriptSessionStarted) -> ScriptRun:
        """Gives the scripts of a session that begins, the default one showing. [spec 7.4]

        That is the one which the template's expression sets, else the first attached one; the first of these that can
        be loaded. Raises `UnknownKey` for a template that nobody wrote.
        """
        template = self.library.templates.get(event.template)
        if template is None:
            raise UnknownKey("session template", tuple(self.library.templates))
        wanted = (chosen_script(template, look_up_in(event.values)), *template.scripts)
        current = next((name for name in wanted if self.library.script(name) is not None), None)
        return ScriptRun(
            event.session,
            event.conversation,
            event.at,
            agent=event.agent,
            scripts=template.scripts,
            current=current,
        )

    def step(self, state: ScriptRun, event: ScriptRunEvent) -> tuple[ScriptRun, Outcome, tuple[ScriptEffect, ...]]:
        """Gives the scripts of a session after one event, the answer to it, and what to do.

        Raises `InvalidValue` for an event of another session: a host delivered it wrongly.
        """
        if getattr(event, "session", state.session) != state.session:
            raise InvalidValue("session", "must be the one that the event is for")
        return stepped(self, state.session, state, event)

    def deadline(self, state: ScriptRun) -> datetime | None:
        """Gives when the answer of the host comes too late; None where none is awaited."""
        return None if state.macro is None else deadline_of(state.macro)

    def lapse(self, state: ScriptRun, at: datetime, emit: Effects) -> ScriptRun:
        """Gives what becomes of a session whose macro has waited long enough."""
        run = state.macro
        return state if run is None else _with_macro(state, lapsed(run, at, emit), at)

    def apply(self, state: ScriptRun, event: ScriptRunEvent, at: datetime, emit: Effects) -> Answer:
        """Gives the scripts of a session after an event, or why there are no others."""
        if isinstance(event, ActionSucceeded | ActionFailed | MacroCancelled):
            return _macro_answered(state, event, at, emit)
        if isinstance(event, MacroRequested) and state.macro is not None and state.macro.run == event.run:
            return Unchanged("requested already")
        if type(event) not in TABLE[state.status]:
            return Refused("macro_running", state.status.value)
        pressed: Any = event
        if pressed.pressed_at > at:
            return NOT_YET
        return RULES[type(event)](self.library, state, event, at, emit)


def _macro_answered(
    state: ScriptRun, event: ActionSucceeded | ActionFailed | MacroCancelled, at: datetime, emit: Effects
) -> Answer:
    run = state.macro
    if run is None or run.run != event.run:
        return Refused("unknown_run", "no run" if run is None else run.status.value)
    after = answered(run, event, at, emit)
    return after if isinstance(after, _ANSWERS) else _with_macro(state, after, at)


def _with_macro(state: ScriptRun, run: MacroRun, at: datetime) -> ScriptRun:
    """Keeps how far a macro has come; once it has ended its step shows how."""
    before = state.progress(run.script, run.step)
    if run.status is not MacroStatus.ENDED or before is None or before.run != run.run:
        return _next(state, at, macro=run)
    after = StepProgress(run.script, run.step, StepState.DONE, before.pressed_at, run.run)
    if run.outcome is not MacroOutcome.DONE:
        place = run.failed
        name = "" if place is None else run.action(place).name
        reason = FailureReason.CANCELLED if place is None else run.actions[place].reason
        after = attrs.evolve(after, state=StepState.FAILED, action=name, reason=reason)
    return _next(state, at, macro=run, steps=_kept(state, after))


def _next(state: ScriptRun, at: datetime, **changes: Any) -> ScriptRun:
    return attrs.evolve(state, at=at, transitions=state.transitions + 1, **changes)


def _kept(state: ScriptRun, *progress: StepProgress) -> tuple[StepProgress, ...]:
    """Gives the progress of all steps with these in the place of the earlier ones."""
    return tuple({(one.script, one.step): one for one in (*state.steps, *progress)}.values())


def _step(library: ScriptLibrary, script: str, step: str, kind: StepKind) -> ScriptStep | Refused:
    """Finds a step of the kind that the press is for, or says why there is none."""
    found = library.scripts.get(script)
    if found is None:
        return Refused("unknown_script", "no script with this name")
    one = found.step(step)
    if one is None:
        return Refused("unknown_step", "no step with this name")
    return one if one.kind is kind else Refused("wrong_kind", one.kind.value)


def _is_older(state: ScriptRun, script: str, step: str, pressed_at: datetime) -> bool:
    before = state.progress(script, step)
    return before is not None and pressed_at <= before.pressed_at


def _marked(library: ScriptLibrary, state: ScriptRun, event: StepMarkedDone, at: datetime, _: Effects) -> Answer:
    found = _step(library, event.script, event.step, StepKind.TEXT)
    if isinstance(found, Refused):
        return found
    if _is_older(state, event.script, event.step, event.pressed_at):
        return PRESSED_SINCE
    done = StepProgress(event.script, event.step, StepState.DONE, event.pressed_at)
    return _next(state, at, steps=_kept(state, done))


def _requested(library: ScriptLibrary, state: ScriptRun, event: MacroRequested, at: datetime, _: Effects) -> Answer:
    name = event.macro
    if event.step:
        found = _step(library, event.script, event.step, StepKind.MACRO)
        if isinstance(found, Refused):
            return found
        name = found.macro
        if _is_older(state, event.script, event.step, event.pressed_at):
            return PRESSED_SINCE
    if state.requested_at is not None and event.pressed_at <= state.requested_at:
        return PRESSED_SINCE
    macro, before = library.macros.get(name), state.progress(event.script, event.step)
    if macro is None and not event.step:
        return Refused("unknown_macro", "no macro with this name")
    steps = state.steps
    if event.step:
        shown = StepState.NOT_RUN if before is None else before.state
        progress = StepProgress(event.script, event.step, shown, event.pressed_at, event.run)
        if macro is None:
            progress = attrs.evolve(progress, state=StepState.FAILED, reason=FailureReason.UNKNOWN_MACRO)
        steps = _kept(state, progress)
    run = state.macro if macro is None else begun(event, macro, at)
    return _next(state, at, steps=steps, requested_at=event.pressed_at, macro=run)


def _viewed(library: ScriptLibrary, state: ScriptRun, event: SubScriptViewed, at: datetime, emit: Effects) -> Answer:
    found = _step(library, event.script, event.step, StepKind.SUB_SCRIPT)
    if isinstance(found, Refused):
        return found
    if _is_older(state, event.script, event.step, event.pressed_at):
        return PRESSED_SINCE
    progress = StepProgress(event.script, event.step, StepState.DONE, event.pressed_at)
    if library.script(found.script) is None:
        failed = attrs.evolve(progress, state=StepState.FAILED, reason=FailureReason.UNKNOWN_SCRIPT)
        return _next(state, at, steps=_kept(state, failed))
    steps = _kept(state, progress)
    if state.shown_at is not None and event.pressed_at <= state.shown_at:  # another script was chosen since
        return _next(state, at, steps=steps)
    return _next(state, at, steps=steps, **_loaded(state, found.script, event.pressed_at, emit))


def _chosen(library: ScriptLibrary, state: ScriptRun, event: ScriptChosen, at: datetime, emit: Effects) -> Answer:
    if event.script not in state.scripts:
        return Refused("not_in_the_menu", state.current or "no script")
    if library.script(event.script) is None:
        return Refused("unknown_script", state.current or "no script")
    if state.shown_at is not None and event.pressed_at <= state.shown_at:
        return PRESSED_SINCE
    return _next(state, at, **_loaded(state, event.script, event.pressed_at, emit))


def _back(_: ScriptLibrary, state: ScriptRun, event: WentBack, at: datetime, emit: Effects) -> Answer:
    if state.shown_at is not None and event.pressed_at <= state.shown_at:
        return PRESSED_SINCE
    if not state.history:
        return Refused("no_script_before", state.current or "no script")
    *rest, last = state.history
    emit(LoadScript, state.session, last)
    return _next(state, at, current=last, history=tuple(rest), shown_at=event.pressed_at)


def _loaded(state: ScriptRun, script: str, pressed_at: datetime, emit: Effects) -> dict[str, Any]:
    """Gives what changes where a script takes the place of the one that shows. [spec 7.3]"""
    if script == state.current:
        return {"shown_at": pressed_at}
    emit(LoadScript, state.session, script)
    history = state.history if state.current is None else (*state.history, state.current)[-MAX_HISTORY:]
    return {"current": script, "history": history, "shown_at": pressed_at}


def _reset(library: ScriptLibrary, state: ScriptRun, event: ProgressReset, at: datetime, _: Effects) -> Answer:
    script, run = library.scripts.get(event.script), state.running
    if script is None:
        return Refused("unknown_script", "no script with this name")
    if event.step is not None and script.step(event.step) is None:
        return Refused("unknown_step", "no step with this name")
    names = [one.unique_name for one in script.steps] if event.step is None else [event.step]
    if run is not None and run.script == event.script and run.step in names:
        return Refused("macro_running", state.status.value)
    cleared = [
        StepProgress(event.script, name, StepState.NOT_RUN, event.pressed_at)
        for name in names
        if not _is_older(state, event.script, name, event.pressed_at)
    ]
    return _next(state, at, steps=_kept(state, *cleared)) if cleared else PRESSED_SINCE


RULES: Mapping[type, Callable[[ScriptLibrary, ScriptRun, Any, datetime, Effects], Answer]] = {
    StepMarkedDone: _marked,
    MacroRequested: _requested,
    SubScriptViewed: _viewed,
    ScriptChosen: _chosen,
    WentBack: _back,
    ProgressReset: _reset,
}
