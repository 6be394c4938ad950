"""Scripts and macros obey the laws of every machine, and every status was tried with every event."""

from datetime import datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    ActionKind,
    Applied,
    DecodeError,
    Macro,
    MacroAction,
    MacroOutcome,
    MacroRequested,
    MacroRunner,
    ScriptLibrary,
    ScriptRun,
    ScriptRunner,
    SessionTemplate,
    StepProgress,
    StepState,
    Tick,
    from_json,
    to_json,
)
from customer_summary.rules import scripts
from customer_summary.testing import script_paths as paths
from customer_summary.testing.desk_strategies import START
from customer_summary.testing.laws import check_machine, check_replay

EVENTS = st.lists(paths.script_events(), max_size=10) | paths.script_story(paths.script_events())
TEMPLATE = SessionTemplate(unique_name=paths.TEMPLATE, scripts=("test_first",))
ANSWERS = st.lists(paths.macro_answers(), max_size=8) | paths.script_story(paths.macro_answers())


@given(paths.libraries(), EVENTS, paths.script_moments())
def test_the_scripts_of_a_session_obey_the_laws(library: ScriptLibrary, events: list[Any], other: datetime) -> None:
    machine = ScriptRunner(library)
    begun = state = machine.start(paths.started())
    for event in events:
        before, state = state, check_machine(machine, state, event, other)
        check_table(before, event, machine.step(before, event))
    assert check_replay(machine, begun, events) == state


@given(paths.macros(), paths.macro_requests(), ANSWERS, paths.script_moments())
def test_a_run_of_a_macro_obeys_the_laws(
    macro: Macro, request: MacroRequested, events: list[Any], other: datetime
) -> None:
    machine = MacroRunner()
    begun, _, _ = machine.step(machine.start(request, macro), Tick(at=request.at))
    state, own = begun, [one for one in events if getattr(one, "run", request.run) == request.run]
    for event in own:
        state = check_machine(machine, state, event, other)
    assert check_replay(machine, begun, own) == state


def check_table(before: Any, event: Any, step: Any) -> None:
    """Holds if what an event did to a session is what its table allows."""
    after, outcome, _ = step
    settled, _, _ = ScriptRunner().step(before, Tick(at=event.at))
    if isinstance(outcome, Applied):
        statuses = scripts.TABLE[settled.status][type(event)]
        ends = {one for status in statuses for one in (status, *scripts.LAPSES[status])}
        assert after.status in ends


INCOHERENT: list[tuple[str, Any, str]] = [
    ("an action too few", lambda run: attrs.evolve(run, actions=run.actions[1:]), "actions: one for each action"),
    ("two that are asked", lambda run: attrs.evolve(run, actions=run.actions[:1] * 2), "actions: one is asked"),
    (
        "an outcome before the end",
        lambda run: attrs.evolve(run, outcome=MacroOutcome.DONE),
        "outcome: a run that ended",
    ),
    ("no deadline", lambda run: attrs.evolve(run, due=None), "due: an answer that is awaited"),
    ("another session", lambda run: attrs.evolve(run, session="s-2"), "macro: must be of this session"),
]


@pytest.mark.parametrize(("change", "message"), [row[1:] for row in INCOHERENT], ids=[row[0] for row in INCOHERENT])
def test_a_state_that_no_machine_gives_is_not_read(change: Any, message: str) -> None:
    saves = tuple(MacroAction(name=f"a{number}", kind=ActionKind.SAVE_RECORD) for number in range(2))
    library = ScriptLibrary.of((*paths.scripts(), Macro(unique_name="test_macro", name="M", actions=saves), TEMPLATE))
    machine, at = ScriptRunner(library), START
    request = MacroRequested(at=at, session=paths.SESSION, run="run-1", macro="test_macro", pressed_at=at)
    state, _, _ = machine.step(machine.start(paths.started()), request)
    assert from_json(ScriptRun, to_json(state)) == state
    with pytest.raises(DecodeError, match=message):
        from_json(ScriptRun, to_json(attrs.evolve(state, macro=change(state.macro))))


def test_a_history_without_a_script_and_a_step_twice_are_not_read() -> None:
    state = ScriptRunner(ScriptLibrary.of((*paths.scripts(), TEMPLATE))).start(paths.started())
    step = StepProgress("test_first", "test_greet", StepState.DONE, START)
    for changed, message in (
        (attrs.evolve(state, current=None, history=("test_first",)), "history: where a script showed before"),
        (attrs.evolve(state, steps=(step, step)), "steps: no two may be of the same step"),
    ):
        with pytest.raises(DecodeError, match=message):
            from_json(ScriptRun, to_json(changed))
