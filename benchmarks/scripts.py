"""Scripts and macros: a macro of twenty actions from the press to its report, and a check of a thousand scripts.

The floor of a macro is a loop over the same actions that fills the texts with `string.Template` and keeps a list of
what was done: it knows no time-out, no late answer, no branch, and is no value that can be stored. The floor of a check
is a loop that counts orders and looks every target up in a dictionary: it knows no cycle and nothing unreachable.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from string import Template

import attrs

from benchmarks.measure import Figure, aiming, figures, interleaved
from customer_summary import (
    ActionKind,
    ActionSucceeded,
    AgentScript,
    FormAttribute,
    Macro,
    MacroAction,
    MacroRequested,
    MacroRun,
    MacroRunner,
    NamedValue,
    PerformAction,
    ScriptStep,
    StepKind,
    Tick,
    check_scripts,
    preflight,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
VALUES = {"customerName": "Ines Duarte", "caseId": "case-7", "topic": "return"}
MACRO_FLOOR, MACRO = "a loop that fills and performs", "a macro of 20 actions, press to report"
CHECK_FLOOR = "a loop over targets and orders"
AIMS = {MACRO: 25.0}
"""The most that a run should cost, as a multiple of the floor."""
SECOND = 1000.0
"""Milliseconds in which a thousand scripts of fifty steps should be checked."""


def run(rounds: int = 11, actions: int = 20, scripts: int = 1000, steps: int = 50) -> list[Figure]:
    """Measures a macro of so many actions, and checks of so many scripts of so many steps."""
    return [*macros(rounds, actions), *checks(max(1, rounds // 2), scripts, steps)]


def macros(rounds: int, actions: int) -> list[Figure]:
    """Measures a run of a macro, and the preflight alone."""
    macro = macro_of(actions)
    named = tuple(NamedValue(name, value) for name, value in VALUES.items())
    event = MacroRequested(
        at=START, session="s-1", run="run-1", macro=macro.unique_name, pressed_at=START, values=named
    )
    cases = {
        MACRO_FLOOR: lambda: floor(macro),
        MACRO: lambda: performed(macro, event),
        "  of this: the preflight": lambda: preflight(macro, VALUES.get),
    }
    return aiming(figures(interleaved(cases, rounds), against=MACRO_FLOOR, scale=1e6, unit="us"), AIMS)


def macro_of(actions: int) -> Macro:
    """Gives a macro that opens a form, fills it in from slugs and from what the form handed over, and so on."""
    made = [
        MacroAction(
            name=f"a{number}",
            kind=ActionKind.OPEN_NEW_FORM,
            entity="case",
            attributes=(
                FormAttribute(name="title", value="${topic} of ${customerName}"),
                FormAttribute(name="parent", value="${caseId}" if number == 0 else f"${{a{number - 1}.tabId}}"),
            ),
        )
        for number in range(actions)
    ]
    return Macro(unique_name="bench_macro", name="Macro", actions=tuple(made))


def performed(macro: Macro, event: MacroRequested) -> MacroRun:
    """Runs a macro to its end, each action answered a second after it was asked for."""
    machine, now = MacroRunner(), START
    state, _, effects = machine.step(machine.start(event, macro), Tick(at=now))
    while isinstance(asked := effects[-1], PerformAction):
        now += timedelta(seconds=1)
        outputs = (NamedValue("tabId", asked.key),)
        answer = ActionSucceeded(at=now, session="s-1", run="run-1", action=asked.action, outputs=outputs)
        state, _, effects = machine.step(state, answer)
    return state


def floor(macro: Macro) -> list[dict[str, str]]:
    """Fills the texts of every action and keeps what was done."""
    values, done = dict(VALUES), list[dict[str, str]]()
    for action in macro.actions:
        done.append({field: Template(text.replace(".", "_")).safe_substitute(values) for field, text in action.texts})
        values[f"{action.name}_tabId"] = f"run-1/{action.name}"
    return done


def scripts_of(count: int, steps: int, *, cycle: bool) -> tuple[AgentScript, ...]:
    """Gives so many scripts, each with one step to the next one; with a `cycle` the last leads back to the first."""

    def step(number: int, order: int) -> ScriptStep:
        target = number + 1 if number + 1 < count else 0
        name = f"bench_{order}"
        if order == steps and (cycle or target):
            script = f"bench_{target}"
            return ScriptStep(unique_name=name, name="Next", order=order, kind=StepKind.SUB_SCRIPT, script=script)
        text = "Greet ${customerName}"
        return ScriptStep(unique_name=name, name="Greet", order=order, kind=StepKind.TEXT, text=text)

    return tuple(
        AgentScript(
            unique_name=f"bench_{number}",
            name=f"Script {number}",
            steps=tuple(step(number, order) for order in range(1, steps + 1)),
        )
        for number in range(count)
    )


def checks(rounds: int, count: int, steps: int) -> list[Figure]:
    """Measures a check of so many scripts, of twice as many, and of as many that are one cycle."""
    plain, twice = (scripts_of(number, steps, cycle=False) for number in (count, 2 * count))
    ring = scripts_of(count, steps, cycle=True)
    one, other, cycle = (
        f"check of {count} scripts of {steps} steps",
        f"check of {2 * count} such",
        "check of one cycle",
    )
    cases = {
        CHECK_FLOOR: lambda: looked_up(plain),
        one: lambda: check_scripts(plain),
        other: lambda: check_scripts(twice),
        cycle: lambda: check_scripts(ring),
    }
    runs = interleaved(cases, rounds)
    found = figures(runs, against=CHECK_FLOOR)
    within = [
        Figure(name=f"{figure.name}, in all", amount=figure.amount, unit="ms", noise=figure.noise, aim=SECOND)
        for figure in found
        if figure.name in {one, cycle}
    ]
    (_, doubled) = figures({name: runs[name] for name in (one, other)}, against=one)
    linear = attrs.evolve(doubled, name=f"{other}, against half of it", aim=2.3)
    return [*found, *within, linear]


def looked_up(scripts: Sequence[AgentScript]) -> list[str]:
    """Names targets that are not there and orders that are given twice."""
    names, found = {one.unique_name for one in scripts}, list[str]()
    for script in scripts:
        found += [step.script for step in script.steps if step.script and step.script not in names]
        found += [str(order) for order, times in Counter(step.order for step in script.steps).items() if times > 1]
    return found
