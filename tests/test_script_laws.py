"""Scripts and macros obey the laws of every machine, and every status was tried with every event."""

from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Applied,
    Macro,
    MacroRequested,
    MacroRunner,
    ScriptLibrary,
    ScriptRunner,
    Tick,
)
from customer_summary.rules import scripts
from customer_summary.testing import script_paths as paths
from customer_summary.testing.laws import check_machine, check_replay

EVENTS = st.lists(paths.script_events(), max_size=10) | paths.script_story(paths.script_events())
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
