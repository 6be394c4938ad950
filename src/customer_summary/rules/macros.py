"""Macros: which answer may come in which status of a run, and how a run goes on and ends (spec 7.5).

What must live here and nowhere else: which status may follow which (`TABLE` and `LAPSES`), and every refusal of an
answer. A missing key of the table is the refusal.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.macro import ActionKind, Macro
from customer_summary.domain.macro_run import (
    ActionProgress,
    ActionStatus,
    FailureReason,
    MacroOutcome,
    MacroRun,
    MacroStatus,
    action_key,
)
from customer_summary.domain.named_value import look_up_in
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.script_effects import AbortAction, MacroEffect, PerformAction, ReportMacro
from customer_summary.domain.script_events import (
    ActionFailed,
    ActionSucceeded,
    MacroAnswer,
    MacroCancelled,
    MacroRequested,
)
from customer_summary.domain.tick import Tick
from customer_summary.rules.conditions import holds
from customer_summary.rules.machine import Effects, stepped
from customer_summary.rules.macro_check import SEARCHES, MacroProblemKind, branch_of
from customer_summary.rules.preflight import empty_fields, preflight
from customer_summary.rules.slugs import LookUp, resolve

READY, RUNNING, CANCELLING, ENDED = MacroStatus

TABLE: Mapping[MacroStatus, Mapping[type, frozenset[MacroStatus]]] = {
    READY: {MacroCancelled: frozenset({ENDED})},
    RUNNING: {
        ActionSucceeded: frozenset({RUNNING, ENDED}),
        ActionFailed: frozenset({RUNNING, ENDED}),
        MacroCancelled: frozenset({CANCELLING}),
    },
    CANCELLING: {
        ActionSucceeded: frozenset({ENDED}),
        ActionFailed: frozenset({ENDED}),
        MacroCancelled: frozenset({CANCELLING}),
    },
    ENDED: {},
}

LAPSES: Mapping[MacroStatus, frozenset[MacroStatus]] = {
    READY: frozenset({RUNNING, ENDED}),
    RUNNING: frozenset({RUNNING, ENDED}),
    CANCELLING: frozenset({ENDED}),
    ENDED: frozenset(),
}
"""What time alone does: a run that is ready begins at once, and an answer that does not come is a failure."""

Answer: TypeAlias = MacroRun | Unchanged | Refused
Actions: TypeAlias = tuple[ActionProgress, ...]

_UNTOUCHED, _ASKED, _SKIPPED = (
    ActionProgress(one) for one in (ActionStatus.NOT_REACHED, ActionStatus.ASKED, ActionStatus.SKIPPED)
)


@attrs.frozen
class MacroRunner:
    """The machine of one run of a macro: one action is asked for at a time, and the next one once it is answered."""

    def start(self, event: MacroRequested, macro: Macro) -> MacroRun:
        """Gives the run that was asked for. It is due at once: the first action is asked for in the next step."""
        return begun(event, macro, event.at)

    def step(self, state: MacroRun, event: MacroAnswer | Tick) -> tuple[MacroRun, Outcome, tuple[MacroEffect, ...]]:
        """Gives the run after one event, the answer to it, and what to do.

        Raises `InvalidValue` for an event of another run or session: a host delivered it wrongly.
        """
        for field in ("session", "run"):
            if getattr(event, field, getattr(state, field)) != getattr(state, field):
                raise InvalidValue(field, "must be the one that the event is for")
        return stepped(self, state.run, state, event)

    def deadline(self, state: MacroRun) -> datetime | None:
        """Gives when something happens by itself."""
        return deadline_of(state)

    def lapse(self, state: MacroRun, at: datetime, emit: Effects) -> MacroRun:
        """Gives what becomes of a run whose deadline has come."""
        return lapsed(state, at, emit)

    def apply(self, state: MacroRun, event: MacroAnswer | Tick, at: datetime, emit: Effects) -> Answer:
        """Gives the run after an event, or why there is no other."""
        return answered(state, event, at, emit)


def begun(event: MacroRequested, macro: Macro, at: datetime) -> MacroRun:
    """Gives a run of a macro of which nothing has been asked for yet."""
    return MacroRun(
        event.run,
        event.session,
        at,
        macro,
        script=event.script,
        step=event.step,
        values=event.values,
        actions=(_UNTOUCHED,) * len(macro.actions),
    )


def deadline_of(run: MacroRun) -> datetime | None:
    """Gives when a run goes on by itself: at once where it is ready, else when the answer comes too late."""
    return run.at if run.status is READY else run.due


def lapsed(run: MacroRun, at: datetime, emit: Effects) -> MacroRun:
    """Gives what becomes of a run whose deadline has come."""
    index = run.asked
    if index is None:
        return _first(run, at, emit)
    return _answer(run, index, ActionProgress(ActionStatus.FAILED, FailureReason.NO_ANSWER), at, emit)


def answered(run: MacroRun, event: MacroAnswer | Tick, at: datetime, emit: Effects) -> Answer:
    """Gives the run after an event, or why there is no other."""
    if not isinstance(event, ActionSucceeded | ActionFailed):
        return _cancelled(run, at, emit)
    index = run.find(event.action)
    if index is None or run.actions[index].status is not ActionStatus.ASKED:
        return _not_asked(run, index, event)
    return _answer(run, index, _progress(event), at, emit)


def _cancelled(run: MacroRun, at: datetime, emit: Effects) -> Answer:
    if run.status is ENDED or run.status is CANCELLING:
        return Unchanged(f"{run.status.value} already")
    if run.status is READY:
        return _ended(run, run.actions, MacroOutcome.CANCELLED, at, emit)
    index = run.asked
    if index is not None:
        action = run.action(index)
        emit(AbortAction, run.session, run.run, action.name, action_key(run.run, action.name))
    return _next(run, at, status=CANCELLING)


def _progress(event: ActionSucceeded | ActionFailed) -> ActionProgress:
    if isinstance(event, ActionSucceeded):
        return ActionProgress(ActionStatus.DONE, outputs=event.outputs)
    return ActionProgress(ActionStatus.FAILED, FailureReason.REPORTED, message=event.message)


def _not_asked(run: MacroRun, index: int | None, event: ActionSucceeded | ActionFailed) -> Unchanged | Refused:
    """Answers for an action that is not being asked for: the same answer again, one too late, or one for nothing."""
    if index is None:
        return Refused("never_asked", "no such action")
    found = run.actions[index]
    if found == _progress(event):
        return Unchanged("answered already")
    if found.reason is FailureReason.NO_ANSWER:
        return Refused("too_late", found.status.value)
    was_asked = found.status is ActionStatus.DONE or found.reason is FailureReason.REPORTED
    is_answer = was_asked and run.action(index).kind is not ActionKind.CONDITION
    return Refused("answered_already" if is_answer else "never_asked", found.status.value)


def _answer(run: MacroRun, index: int, found: ActionProgress, at: datetime, emit: Effects) -> MacroRun:
    """Takes what became of the action that was asked for, and goes on where the run may."""
    actions = _with(run.actions, index, found)
    if run.status is CANCELLING and index + 1 < len(actions):
        return _ended(run, actions, MacroOutcome.CANCELLED, at, emit)
    if found.status is ActionStatus.FAILED and not run.action(index).continue_on_failure:
        return _ended(run, actions, MacroOutcome.FAILED, at, emit)
    return _onward(run, actions, index + 1, at, emit)


def _first(run: MacroRun, at: datetime, emit: Effects) -> MacroRun:
    """Begins a run, unless it is sure to fail: then nothing of it is performed."""
    blocker = preflight(run.macro, look_up_in(run.values)).blocker
    if blocker is None:
        return _onward(run, run.actions, 0, at, emit)
    reason = FailureReason.NO_SEARCH if blocker.kind is MacroProblemKind.NO_SEARCH else FailureReason.MISSING_FIELD
    failed = ActionProgress(ActionStatus.FAILED, reason, blocker.field)
    return _ended(run, _with(run.actions, blocker.index, failed), MacroOutcome.FAILED, at, emit)


def _onward(run: MacroRun, actions: Actions, index: int, at: datetime, emit: Effects) -> MacroRun:
    """Goes on from an action: past what is skipped or decided here, to the next one that the host performs."""
    for place in range(index, len(actions)):
        found = _decided(run, actions, place)
        if found is None:
            return _asked(run, actions, place, at, emit)
        actions = _with(actions, place, found)
        if found.status is ActionStatus.FAILED and not run.action(place).continue_on_failure:
            return _ended(run, actions, MacroOutcome.FAILED, at, emit)
    failed = any(one.status is ActionStatus.FAILED for one in actions)
    return _ended(run, actions, MacroOutcome.FAILED if failed else MacroOutcome.DONE, at, emit)


def _decided(run: MacroRun, actions: Actions, index: int) -> ActionProgress | None:
    """Decides what needs no host: a branch that is not taken, a condition, a field that is empty. None: ask."""
    action = run.action(index)
    if action.branch:
        condition = branch_of(run.macro.actions[:index], action)
        if condition is None:
            return _missing("branch")
        if actions[condition].held is not action.branch_when:
            return _SKIPPED
    look_up = _values(run, actions)
    empty = empty_fields(action, look_up)
    if empty:
        return _missing(empty[0])
    if action.condition is not None and action.kind is ActionKind.CONDITION:
        return ActionProgress(ActionStatus.DONE, held=holds(action.condition, look_up))
    if action.kind is ActionKind.SEND_ARTICLE and not _has_searched(run, actions[:index]):
        return ActionProgress(ActionStatus.FAILED, FailureReason.NO_SEARCH)
    return None


def _missing(field: str) -> ActionProgress:
    return ActionProgress(ActionStatus.FAILED, FailureReason.MISSING_FIELD, field)


def _has_searched(run: MacroRun, before: Actions) -> bool:
    done = (run.action(index) for index, one in enumerate(before) if one.status is ActionStatus.DONE)
    return any(action.kind in SEARCHES for action in done)


def _asked(run: MacroRun, actions: Actions, index: int, at: datetime, emit: Effects) -> MacroRun:
    action, look_up = run.action(index), _values(run, actions)
    until = at + action.timeout
    key = action_key(run.run, action.name)
    fields = tuple((field, resolve(text, look_up).text) for field, text in action.texts)
    emit(PerformAction, run.session, run.run, action.name, action.kind, key, fields, until)
    return _next(run, at, status=RUNNING, actions=_with(actions, index, _ASKED), due=until)


def _values(run: MacroRun, actions: Actions) -> LookUp:
    """Gives what finds the value of a slug: what actions of the run handed over, then what the run began with."""
    outputs = {
        f"{action.name}.{one.name}": one.value
        for action, progress in zip(run.macro.actions, actions, strict=True)
        for one in progress.outputs
    }
    begun_with = look_up_in(run.values)
    return lambda name: outputs[name] if name in outputs else begun_with(name)


def _ended(run: MacroRun, actions: Actions, outcome: MacroOutcome, at: datetime, emit: Effects) -> MacroRun:
    after = _next(run, at, status=ENDED, outcome=outcome, actions=actions, due=None)
    emit(ReportMacro, run.session, run.run, outcome, after.report)
    return after


def _next(run: MacroRun, at: datetime, **changes: Any) -> MacroRun:
    return attrs.evolve(run, at=at, transitions=run.transitions + 1, **changes)


def _with(actions: Actions, index: int, found: ActionProgress) -> Actions:
    return (*actions[:index], found, *actions[index + 1 :])
