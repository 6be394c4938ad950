"""Hypothesis strategies for scripts and macros: what authors write, events, and states that a machine came to."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st

from customer_summary.domain.condition import Comparison, Condition, MatchMode, Operator
from customer_summary.domain.macro import ActionKind, FormAttribute, Macro, MacroAction
from customer_summary.domain.macro_run import ActionProgress, MacroRun
from customer_summary.domain.named_value import NamedValue
from customer_summary.domain.script import AgentScript, ScriptChoice, ScriptStep, SessionTemplate, StepKind
from customer_summary.domain.script_events import (
    ActionFailed,
    ActionSucceeded,
    MacroCancelled,
    MacroRequested,
    ProgressReset,
    ScriptChosen,
    ScriptSessionStarted,
    StepMarkedDone,
    SubScriptViewed,
    WentBack,
)
from customer_summary.domain.script_library import ScriptLibrary
from customer_summary.domain.script_run import ScriptRun, StepProgress
from customer_summary.domain.tick import Tick
from customer_summary.rules.macros import MacroRunner
from customer_summary.rules.scripts import ScriptRunner
from customer_summary.testing.desk_strategies import START

Strategy: TypeAlias = st.SearchStrategy[Any]

SESSION, CONVERSATION, AGENT, TEMPLATE = "s-1", "c-1", "noor", "test_chat"
RUNS = ("run-1", "run-2", "run-3")
ACTIONS = ("ask", "form", "fill", "save", "link")
STEPS = ("test_greet", "test_help", "test_run", "test_odd", "test_more", "test_gone")
SCRIPTS = ("test_first", "test_second", "test_hidden", "test_nowhere")
MOMENTS = (0, 1, 2, 5, 9, 10, 11, 20, 21, 30, 60)
"""Seconds after the start at which something happens: around every time-out."""
_TEN = timedelta(seconds=10)


def script_moments() -> st.SearchStrategy[datetime]:
    """Instants of one session, many of them equal, some a microsecond apart."""
    apart = st.sampled_from([timedelta(0), timedelta(0), timedelta(microseconds=-1), timedelta(microseconds=1)])
    return st.builds(lambda second, more: START + timedelta(seconds=second) + more, st.sampled_from(MOMENTS), apart)


def _step(name: str, order: int, kind: StepKind, **fields: str) -> ScriptStep:
    return ScriptStep(unique_name=f"test_{name}", name=name, order=order, kind=kind, **fields)


def scripts() -> tuple[AgentScript, ...]:
    """Gives three scripts: one with every kind of step and what points nowhere, one short, one that is not active."""
    return (
        AgentScript(
            unique_name=SCRIPTS[0],
            name="Begin with ${customerName}",
            steps=(
                _step("greet", 1, StepKind.TEXT, text="Greet ${customerName}"),
                _step("help", 2, StepKind.TEXT, text="Ask what it is about"),
                _step("run", 3, StepKind.MACRO, macro="test_macro"),
                _step("odd", 4, StepKind.MACRO, macro="test_unwritten"),
                _step("more", 5, StepKind.SUB_SCRIPT, script=SCRIPTS[1]),
                _step("gone", 6, StepKind.SUB_SCRIPT, script=SCRIPTS[2]),
            ),
        ),
        AgentScript(
            unique_name=SCRIPTS[1],
            name="More",
            steps=(
                _step("run", 1, StepKind.MACRO, macro="test_macro"),
                _step("more", 2, StepKind.SUB_SCRIPT, script=SCRIPTS[0]),
            ),
        ),
        AgentScript(unique_name=SCRIPTS[2], name="Hidden", active=False),
    )


def macros() -> st.SearchStrategy[Macro]:
    """Macros with a condition, both of its branches, outputs that feed later actions, and what may go on."""
    vip = Condition(comparisons=(Comparison(left="${level}", right="gold"),))

    def made(names: list[str], going_on: frozenset[str], *, asks: bool) -> Macro:
        every = {
            "ask": MacroAction(name="ask", kind=ActionKind.CONDITION, condition=vip),
            "form": MacroAction(
                name="form",
                kind=ActionKind.OPEN_NEW_FORM,
                entity="case",
                timeout=_TEN,
                continue_on_failure="form" in going_on,
                attributes=(FormAttribute(name="title", value="For ${customerName}"),),
                branch="ask" if asks else "",
            ),
            "fill": MacroAction(
                name="fill",
                kind=ActionKind.REFRESH_TAB,
                tab_id="${form.tabId}",
                timeout=_TEN,
                branch="ask" if asks else "",
                branch_when=False,
                continue_on_failure="fill" in going_on,
            ),
            "save": MacroAction(
                name="save", kind=ActionKind.SAVE_RECORD, timeout=_TEN, continue_on_failure="save" in going_on
            ),
            "link": MacroAction(
                name="link", kind=ActionKind.LINK_RECORD, entity="case", record_id="${caseId}", timeout=2 * _TEN
            ),
        }
        return Macro(unique_name="test_macro", name="Macro", actions=tuple(every[name] for name in names))

    some = st.lists(st.sampled_from(ACTIONS), max_size=5, unique=True)
    return st.builds(made, st.just(list(ACTIONS)) | some, st.frozensets(st.sampled_from(ACTIONS)), asks=st.booleans())


def slug_values() -> st.SearchStrategy[tuple[NamedValue, ...]]:
    """Values of the slugs of these macros: all of them, or some; a customer whose name looks like a slug."""
    levels = st.sampled_from([(), (NamedValue("level", "gold"),), (NamedValue("level", "silver"),)])
    cases = st.sampled_from([(), (NamedValue("caseId", "case-7"),), (NamedValue("caseId", "case-7"),)])
    names = st.sampled_from([(), (NamedValue("customerName", "${caseId}"),)])
    return st.builds(lambda *found: tuple(one for some in found for one in some), levels, cases, names)


def libraries() -> st.SearchStrategy[ScriptLibrary]:
    """Libraries of these scripts, one macro, and a session template with every script and one that is not there."""
    template = SessionTemplate(unique_name=TEMPLATE, scripts=(SCRIPTS[3], SCRIPTS[2], SCRIPTS[0], SCRIPTS[1]))
    return macros().map(lambda macro: ScriptLibrary.of((*scripts(), macro, template)))


def started() -> ScriptSessionStarted:
    """Gives the beginning of the session."""
    return ScriptSessionStarted(at=START, session=SESSION, conversation=CONVERSATION, agent=AGENT, template=TEMPLATE)


def macro_answers() -> Strategy:
    """What a host says about a run, right or wrong, once or twice."""
    about: dict[str, Strategy] = {"at": script_moments(), "session": st.just(SESSION), "run": st.sampled_from(RUNS)}
    names = st.sampled_from((*ACTIONS, "nothing"))
    outputs = st.sampled_from([(), (NamedValue("tabId", "tab-1"),)])
    return st.one_of(
        st.builds(ActionSucceeded, action=names, outputs=outputs, **about),
        st.builds(ActionSucceeded, action=names, outputs=st.just((NamedValue("tabId", "tab-1"),)), **about),
        st.builds(ActionFailed, action=names, message=st.sampled_from(["", "no connection"]), **about),
        st.builds(MacroCancelled, **about),
        st.builds(Tick, at=script_moments()),
    )


def macro_requests() -> Strategy:
    """Runs of a step's macro, of one by name, and of what is none."""
    about: dict[str, Strategy] = {
        "at": script_moments(),
        "session": st.just(SESSION),
        "run": st.sampled_from(RUNS),
        "pressed_at": script_moments(),
        "values": slug_values(),
    }
    named = st.builds(MacroRequested, macro=st.sampled_from(["test_macro", "test_unwritten"]), **about)
    of_step = st.builds(MacroRequested, script=st.sampled_from(SCRIPTS), step=st.sampled_from(STEPS), **about)
    run = st.builds(MacroRequested, script=st.just(SCRIPTS[0]), step=st.just("test_run"), **about)
    return named | of_step | run | run


def script_events() -> Strategy:
    """Everything that may happen to the scripts of a session, in any order and at any instant."""
    about: dict[str, Strategy] = {
        "at": script_moments(),
        "session": st.just(SESSION),
        "pressed_at": script_moments(),
    }
    step: dict[str, Strategy] = {"script": st.sampled_from(SCRIPTS), "step": st.sampled_from(STEPS), **about}
    return st.one_of(
        macro_requests(),
        macro_answers(),
        macro_answers(),
        st.builds(StepMarkedDone, **step),
        st.builds(SubScriptViewed, **step),
        st.builds(SubScriptViewed, **{**step, "step": st.just("test_more")}),
        st.builds(ScriptChosen, script=st.sampled_from(SCRIPTS), **about),
        st.builds(WentBack, **about),
        st.builds(ProgressReset, **{**step, "step": st.none() | st.sampled_from(STEPS)}),
    )


def script_story(events: Strategy, most: int = 12) -> st.SearchStrategy[list[Any]]:
    """Lists of these events that tell a story: each a little later than the one before, pressed just then."""

    def told(moves: list[tuple[Any, int]]) -> list[Any]:
        now, found = START, list[Any]()
        for event, gap in moves:
            now += timedelta(seconds=gap)
            changes = {"at": now} | ({"pressed_at": now} if hasattr(event, "pressed_at") else {})
            found.append(attrs.evolve(event, **changes))
        return found

    return st.lists(st.tuples(events, st.sampled_from([0, 1, 1, 3, 9, 10, 21])), max_size=most).map(told)


def script_runs() -> st.SearchStrategy[ScriptRun]:
    """The scripts of a session as a machine came to them."""

    def made(library: ScriptLibrary, events: list[Any]) -> ScriptRun:
        machine = ScriptRunner(library)
        state = machine.start(started())
        for event in events:
            state, _, _ = machine.step(state, event)
        return state

    return st.builds(made, libraries(), script_story(script_events()) | st.lists(script_events(), max_size=8))


def macro_runs() -> st.SearchStrategy[MacroRun]:
    """Runs of a macro as a machine came to them."""

    def made(macro: Macro, request: MacroRequested, events: list[Any]) -> MacroRun:
        state = MacroRunner().start(request, macro)
        for event in (Tick(at=request.at), *events):
            if getattr(event, "run", request.run) == request.run:
                state, _, _ = MacroRunner().step(state, event)
        return state

    return st.builds(made, macros(), macro_requests(), st.lists(macro_answers(), max_size=8))


def step_progress() -> st.SearchStrategy[StepProgress]:
    """The progress of steps, as a machine came to it."""
    return script_runs().filter(lambda run: bool(run.steps)).flatmap(lambda run: st.sampled_from(run.steps))


def action_progress() -> st.SearchStrategy[ActionProgress]:
    """What became of actions, as a machine came to it."""
    return macro_runs().filter(lambda run: bool(run.actions)).flatmap(lambda run: st.sampled_from(run.actions))


def unique_names() -> st.SearchStrategy[str]:
    """Unique names of scripts, macros and steps."""
    return st.from_regex(r"[A-Za-z0-9]{3,8}_[a-z]{1,8}", fullmatch=True)


def comparisons() -> st.SearchStrategy[Comparison]:
    """Comparisons with every operator."""
    texts = st.sampled_from(["", "gold", "${level}", "10", "${$oc.count}"])
    two = [one for one in Operator if one not in {Operator.IS_EMPTY, Operator.HAS_VALUE}]
    binary = st.builds(Comparison, left=texts, operator=st.sampled_from(two), right=texts)
    return binary | st.builds(Comparison, left=texts, operator=st.sampled_from([Operator.IS_EMPTY, Operator.HAS_VALUE]))


def conditions() -> st.SearchStrategy[Condition]:
    """Conditions of one to three comparisons."""
    listed = st.lists(comparisons(), min_size=1, max_size=3).map(tuple)
    return st.builds(Condition, comparisons=listed, match=st.sampled_from(MatchMode))


def script_choices() -> st.SearchStrategy[ScriptChoice]:
    """Expressions, some of them nested."""
    names = st.sampled_from(["", *SCRIPTS])
    flat = st.builds(ScriptChoice, condition=conditions(), then_script=names, else_script=names)
    inner = st.none() | flat
    return flat | st.builds(ScriptChoice, condition=conditions(), then_choice=inner, else_choice=inner)


def session_templates() -> st.SearchStrategy[SessionTemplate]:
    """Session templates with and without an expression."""
    attached = st.lists(st.sampled_from(SCRIPTS), unique=True).map(tuple)
    return st.builds(
        SessionTemplate, unique_name=unique_names(), scripts=attached, default=st.none() | script_choices()
    )


VARIANTS: Mapping[type, list[dict[str, Callable[[], Strategy]]]] = {
    AgentScript: [{"unique_name": unique_names}],
    Macro: [{"unique_name": unique_names}],
    MacroAction: [{"name": lambda: st.sampled_from(ACTIONS)}],
    ScriptStep: [{"unique_name": unique_names}],
}
"""The fields whose strategy their type alone does not give."""

WHOLE: Mapping[type, Callable[[], Strategy]] = {
    ActionProgress: action_progress,
    Comparison: comparisons,
    Condition: conditions,
    MacroRequested: macro_requests,
    MacroRun: macro_runs,
    ScriptChoice: script_choices,
    ScriptRun: script_runs,
    SessionTemplate: session_templates,
    StepProgress: step_progress,
}
"""The classes whose fields depend on each other."""
