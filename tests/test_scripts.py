"""Agent scripts: what may be pressed and what comes of it, what is wrong with a graph of them, and the panel (spec 7)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from customer_summary import (
    ActionFailed,
    ActionKind,
    ActionSucceeded,
    AgentScript,
    Applied,
    Case,
    Channel,
    Comparison,
    Condition,
    Contact,
    ContextVariable,
    Conversation,
    FailureReason,
    Guidance,
    InvalidValue,
    LoadScript,
    Macro,
    MacroAction,
    MacroCancelled,
    MacroRequested,
    NamedValue,
    PerformAction,
    ProgressReset,
    Question,
    Reader,
    Refused,
    ReportMacro,
    ScriptChoice,
    ScriptChosen,
    ScriptFindingKind,
    ScriptLibrary,
    ScriptRun,
    ScriptRunner,
    ScriptSessionStarted,
    ScriptStatus,
    ScriptStep,
    SessionSlugs,
    SessionTemplate,
    Severity,
    StepCommand,
    StepKind,
    StepMarkedDone,
    StepState,
    SubScriptViewed,
    SurveyAnswer,
    Tick,
    Unchanged,
    UnknownKey,
    VisitorDetails,
    WentBack,
    check_scripts,
    guide,
    script_diagram,
    script_panel,
)
from customer_summary.domain.survey import AnswerType
from customer_summary.rules import scripts as rules
from customer_summary.testing import script_paths as paths
from customer_summary.views.reader import LOCALES, catalogue

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def text(name: str, order: int = 1, /, **fields: Any) -> ScriptStep:
    about: dict[str, Any] = {"unique_name": f"test_{name}", "name": name, "order": order}
    return ScriptStep(**{**about, "kind": StepKind.TEXT, "text": "Do it", **fields})


def runs(name: str, macro: str, order: int = 1) -> ScriptStep:
    return ScriptStep(unique_name=f"test_{name}", name=name, order=order, kind=StepKind.MACRO, macro=macro)


def leads(name: str, script: str, order: int = 1) -> ScriptStep:
    return ScriptStep(unique_name=f"test_{name}", name=name, order=order, kind=StepKind.SUB_SCRIPT, script=script)


def script(name: str, /, *steps: ScriptStep, **fields: Any) -> AgentScript:
    return AgentScript(**{"unique_name": f"test_{name}", "name": name, "steps": steps} | fields)


SAVE = Macro(
    unique_name="test_save",
    name="Save it",
    actions=(
        MacroAction(name="save", kind=ActionKind.SAVE_RECORD),
        MacroAction(name="tab", kind=ActionKind.REFRESH_TAB, tab_id="${save.tabId}"),
    ),
)
MAIN = script("main", text("greet"), runs("save", "test_save", 2), leads("more", "test_more", 3), leads("gone", "test_old", 4), runs("odd", "test_none", 5))  # fmt: skip
MORE = script("more", text("ask"), leads("back", "test_main", 2))
OLD = script("old", active=False)
TEMPLATE = SessionTemplate(unique_name="test_chat", scripts=("test_main", "test_more", "test_old"))
LIBRARY = ScriptLibrary.of((MAIN, MORE, OLD, SAVE, TEMPLATE))
MACHINE = ScriptRunner(LIBRARY)


def started(machine: ScriptRunner = MACHINE, **fields: Any) -> ScriptRun:
    about = {"session": "s-1", "conversation": "c-1", "template": "test_chat"}
    return machine.start(ScriptSessionStarted(**{"at": NINE, **about, **fields}))


def press(run: ScriptRun, kind: Any, seconds: float = 1, /, **fields: Any) -> tuple[ScriptRun, Any, list[Any]]:
    at = fields.pop("at", after(seconds))
    state, outcome, effects = MACHINE.step(run, kind(at=at, session="s-1", **{"pressed_at": after(seconds)} | fields))
    return state, outcome, list(effects)


def tell(run: ScriptRun, kind: Any, seconds: float = 1, /, **fields: Any) -> tuple[ScriptRun, Any, list[Any]]:
    state, outcome, effects = MACHINE.step(run, kind(at=after(seconds), session="s-1", **{"run": "run-1"} | fields))
    return state, outcome, list(effects)


def state_of(run: ScriptRun, step: str, of: str = "test_main") -> StepState | None:
    found = run.progress(of, f"test_{step}")
    return None if found is None else found.state


GREET: dict[str, Any] = {"script": "test_main", "step": "test_greet"}
RUN_SAVE: dict[str, Any] = {"script": "test_main", "step": "test_save"}
VIEW: dict[str, Any] = {"script": "test_main", "step": "test_more"}


class TestSteps:
    def test_a_text_step_is_done_once_it_is_marked_and_marking_it_again_changes_nothing_that_shows(self) -> None:
        run, outcome, _ = press(started(), StepMarkedDone, **GREET)
        assert (outcome, state_of(run, "greet")) == (Applied(), StepState.DONE)
        again, outcome, _ = press(run, StepMarkedDone, **GREET)
        assert (again is run, outcome) == (True, Unchanged("pressed again since"))
        later, _, effects = press(run, StepMarkedDone, 2, **GREET)
        assert (state_of(later, "greet"), effects) == (StepState.DONE, [])

    def test_steps_may_be_done_in_any_order(self) -> None:
        _, outcome, (asked,) = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        assert (outcome, asked.action) == (Applied(), "save")

    def test_a_macro_step_shows_how_its_last_run_ended(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        assert (run.status, state_of(run, "save")) == (ScriptStatus.RUNNING, StepState.NOT_RUN)
        run, _, (asked,) = tell(run, ActionSucceeded, 2, action="save", outputs=(NamedValue("tabId", "t-1"),))
        assert dict(asked.fields) == {"tab_id": "t-1"}
        run, _, (report,) = tell(run, ActionSucceeded, 3, action="tab")
        assert isinstance(report, ReportMacro)
        assert (run.status, state_of(run, "save")) == (ScriptStatus.READY, StepState.DONE)
        run, _, _ = press(run, MacroRequested, 10, run="run-2", **RUN_SAVE)
        assert state_of(run, "save") is StepState.DONE
        run, _, (report,) = MACHINE.step(run, Tick(at=after(40)))
        progress = run.progress("test_main", "test_save")
        assert progress is not None
        assert (progress.state, progress.action, progress.reason) == (StepState.FAILED, "save", FailureReason.NO_ANSWER)

    def test_a_failed_macro_shows_a_cross_and_run_again_a_tick(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        run, _, (report,) = tell(run, ActionFailed, 2, action="save", message="a mandatory field is empty")
        assert [one.status.value for one in report.actions] == ["failed", "not_reached"]
        assert state_of(run, "save") is StepState.FAILED
        run, _, _ = press(run, MacroRequested, 3, run="run-2", **RUN_SAVE)
        run, _, _ = tell(run, ActionSucceeded, 4, action="save", run="run-2", outputs=(NamedValue("tabId", "t"),))
        run, _, _ = tell(run, ActionSucceeded, 5, action="tab", run="run-2")
        assert state_of(run, "save") is StepState.DONE
        assert tell(run, ActionSucceeded, 6, action="save")[1] == Refused("unknown_run", "ended")

    def test_a_cancelled_macro_is_no_success(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        run, _, _ = tell(run, MacroCancelled, 2)
        assert run.status is ScriptStatus.CANCELLING
        run, _, _ = tell(run, ActionSucceeded, 3, action="save")
        progress = run.progress("test_main", "test_save")
        assert progress is not None
        assert (progress.state, progress.reason) == (StepState.FAILED, FailureReason.CANCELLED)

    def test_a_mark_on_a_step_that_became_one_of_text_while_its_macro_ran_stays(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        changed = ScriptRunner(ScriptLibrary.of((script("main", text("save")), SAVE, TEMPLATE)))
        run, _, _ = changed.step(run, StepMarkedDone(at=after(2), session="s-1", pressed_at=after(2), **RUN_SAVE))
        run, _, _ = changed.step(run, Tick(at=after(60)))
        assert (run.status, state_of(run, "save")) == (ScriptStatus.READY, StepState.DONE)

    def test_a_macro_that_nobody_wrote_is_an_error_of_its_step(self) -> None:
        run, outcome, effects = press(started(), MacroRequested, run="run-1", script="test_main", step="test_odd")
        progress = run.progress("test_main", "test_odd")
        assert progress is not None
        assert (outcome, effects) == (Applied(), [])
        assert (progress.state, progress.reason) == (StepState.FAILED, FailureReason.UNKNOWN_MACRO)

    def test_a_macro_runs_by_name_without_a_step(self) -> None:
        run, _, (asked,) = press(started(), MacroRequested, run="run-1", macro="test_save")
        assert isinstance(asked, PerformAction)
        assert run.steps == ()
        _, outcome, _ = press(started(), MacroRequested, run="run-1", macro="test_none")
        assert outcome == Refused("unknown_macro", "no macro with this name")

    def test_one_macro_runs_at_a_time(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        _, outcome, _ = press(run, MacroRequested, 2, run="run-2", macro="test_save")
        assert outcome == Refused("macro_running", "running")
        _, outcome, _ = press(run, MacroRequested, 2, run="run-1", **RUN_SAVE)
        assert outcome == Unchanged("requested already")
        ended, _, _ = MACHINE.step(run, Tick(at=after(60)))
        for seconds in (0.5, 1):
            _, outcome, _ = press(ended, MacroRequested, seconds, at=after(61), run="run-0", macro="test_save")
            assert outcome == Unchanged("pressed again since")

    @pytest.mark.parametrize("run", ["run-1", "run-9"])
    def test_an_answer_for_a_run_that_is_not_there_is_refused(self, run: str) -> None:
        _, outcome, _ = tell(started(), ActionSucceeded, action="save", run=run)
        assert outcome == Refused("unknown_run", "no run")

    @pytest.mark.parametrize(
        ("kind", "step", "reason"),
        [
            (StepMarkedDone, RUN_SAVE, "wrong_kind"),
            (MacroRequested, {**GREET, "run": "r"}, "wrong_kind"),
            (SubScriptViewed, GREET, "wrong_kind"),
            (StepMarkedDone, {**GREET, "step": "test_none"}, "unknown_step"),
            (StepMarkedDone, {**GREET, "script": "test_none"}, "unknown_script"),
            (ProgressReset, {**GREET, "step": "test_none"}, "unknown_step"),
            (ProgressReset, {"script": "test_none"}, "unknown_script"),
            (ScriptChosen, {"script": "test_none"}, "not_in_the_menu"),
            (ScriptChosen, {"script": "test_old"}, "unknown_script"),
            (WentBack, {}, "no_script_before"),
            (StepMarkedDone, {**GREET, "pressed_at": NINE + timedelta(hours=1)}, "not_yet"),
        ],
    )
    def test_a_press_that_means_nothing_is_refused(self, kind: Any, step: dict[str, Any], reason: str) -> None:
        run = started()
        state, outcome, effects = press(run, kind, **step)
        assert (state is run, effects) == (True, [])
        assert isinstance(outcome, Refused)
        assert outcome.reason == reason


class TestReset:
    def test_the_result_of_a_step_is_cleared_and_a_press_from_before_that_comes_late_does_not_bring_it_back(
        self,
    ) -> None:
        run, _, _ = press(started(), StepMarkedDone, **GREET)
        run, _, _ = press(run, ProgressReset, 3, **GREET)
        assert state_of(run, "greet") is StepState.NOT_RUN
        run, outcome, _ = press(run, StepMarkedDone, 2, at=after(9), **GREET)
        assert (outcome, state_of(run, "greet")) == (Unchanged("pressed again since"), StepState.NOT_RUN)

    def test_it_clears_a_whole_script(self) -> None:
        run, _, _ = press(started(), StepMarkedDone, **GREET)
        run, _, _ = press(run, SubScriptViewed, 2, **VIEW)
        run, _, _ = press(run, ProgressReset, 3, script="test_main")
        assert {one.state for one in run.steps} == {StepState.NOT_RUN}
        assert press(run, ProgressReset, 3, script="test_main")[1] == Unchanged("pressed again since")

    def test_a_step_whose_macro_runs_is_not_cleared(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        assert press(run, ProgressReset, 2, script="test_main")[1] == Refused("macro_running", "running")
        assert press(run, ProgressReset, 2, **GREET)[1] == Applied()


class TestSubScripts:
    def test_viewing_loads_the_script_and_back_returns(self) -> None:
        run, _, effects = press(started(), SubScriptViewed, **VIEW)
        assert effects == [LoadScript(("s-1", 1, 0), "s-1", "test_more")]
        assert (run.current, run.history, state_of(run, "more")) == ("test_more", ("test_main",), StepState.DONE)
        run, _, effects = press(run, WentBack, 2)
        assert (run.current, run.history, len(effects)) == ("test_main", (), 1)

    def test_choosing_the_script_that_shows_loads_nothing_and_leaves_no_trace_to_go_back_to(self) -> None:
        run, outcome, effects = press(started(), ScriptChosen, script="test_main")
        assert (outcome, effects, run.current, run.history) == (Applied(), [], "test_main", ())

    def test_a_cycle_is_harmless(self) -> None:
        run = started()
        for second in range(120):
            here = {"script": "test_main", "step": "test_more"}
            there = {"script": "test_more", "step": "test_back"}
            run, outcome, _ = press(run, SubScriptViewed, second + 1, **(there if second % 2 else here))
            assert outcome == Applied()
        assert len(run.history) == 50

    def test_a_script_that_is_not_there_or_not_active_is_an_error_of_the_step(self) -> None:
        run, outcome, effects = press(started(), SubScriptViewed, script="test_main", step="test_gone")
        assert (outcome, effects, run.current) == (Applied(), [], "test_main")
        progress = run.progress("test_main", "test_gone")
        assert progress is not None
        assert (progress.state, progress.reason) == (StepState.FAILED, FailureReason.UNKNOWN_SCRIPT)

    def test_progress_survives_switching_scripts(self) -> None:
        run, _, _ = press(started(), StepMarkedDone, **GREET)
        run, _, _ = press(run, ScriptChosen, 2, script="test_more")
        run, _, _ = press(run, ScriptChosen, 3, script="test_main")
        assert state_of(run, "greet") is StepState.DONE

    def test_the_later_press_decides_what_shows_in_whatever_order_they_come(self) -> None:
        first, second = ("test_more", 1), ("test_main", 2)
        for order in ((first, second), (second, first)):
            run = started()
            for name, seconds in order:
                run, _, _ = press(run, ScriptChosen, seconds, at=after(5), script=name)
            assert run.current == "test_main"
        run, _, _ = press(started(), ScriptChosen, 3, script="test_main")
        run, outcome, effects = press(run, SubScriptViewed, 2, at=after(5), **VIEW)
        assert (outcome, run.current, effects, state_of(run, "more")) == (Applied(), "test_main", [], StepState.DONE)
        assert press(run, WentBack, 2, at=after(5))[1] == Unchanged("pressed again since")
        assert press(run, SubScriptViewed, 2, at=after(6), **VIEW)[1] == Unchanged("pressed again since")


class TestDefaultScript:
    def expression(self) -> ScriptRunner:
        vip = Condition(comparisons=(Comparison(left="${$oc.vip}", right="true"),))
        german = Condition(comparisons=(Comparison(left="${visitorLanguage}", right="de"),))
        inner = ScriptChoice(condition=german, then_script="test_more")
        chooses = ScriptChoice(condition=vip, then_choice=inner, else_script="test_old")
        template = SessionTemplate(unique_name="test_chat", scripts=("test_main", "test_more"), default=chooses)
        return ScriptRunner(ScriptLibrary.of((MAIN, MORE, OLD, template)))

    @pytest.mark.parametrize(
        ("values", "shown"),
        [
            ({"$oc.vip": "true", "visitorLanguage": "de"}, "test_more"),
            ({"$oc.vip": "true", "visitorLanguage": "fr"}, "test_main"),
            ({"$oc.vip": "false"}, "test_main"),
            ({}, "test_main"),
        ],
        ids=["nested branch", "no branch sets one", "one that is not active", "no value: false"],
    )
    def test_the_expression_chooses_else_the_first_attached_script(self, values: dict[str, str], shown: str) -> None:
        named = tuple(NamedValue(name, value) for name, value in values.items())
        assert started(self.expression(), values=named).current == shown

    def test_an_empty_list_gives_no_script(self) -> None:
        machine = ScriptRunner(ScriptLibrary.of((MAIN, SessionTemplate(unique_name="test_chat"))))
        run = started(machine)
        assert run.current is None
        assert guide(machine.library, run).script is None

    def test_a_script_that_was_not_attached_may_be_chosen_by_an_expression(self) -> None:
        template = SessionTemplate(unique_name="test_chat", default=ScriptChoice(condition=Condition(comparisons=(Comparison(left="a", right="a"),)), then_script="test_more"))  # fmt: skip
        assert started(ScriptRunner(ScriptLibrary.of((MORE, template)))).current == "test_more"

    def test_a_template_that_nobody_wrote_is_the_hosts_mistake(self) -> None:
        with pytest.raises(UnknownKey, match="no such session template; known: test_chat"):
            started(template="test_none")

    def test_an_expression_that_contradicts_itself_or_is_too_deep_is_refused(self) -> None:
        one = Condition(comparisons=(Comparison(left="a", right="b"),))
        deep = ScriptChoice(condition=one)
        for _ in range(7):
            deep = ScriptChoice(condition=one, then_choice=deep)
        assert deep.depth == 8
        with pytest.raises(InvalidValue, match="at most 8 conditions deep"):
            ScriptChoice(condition=one, else_choice=deep)
        with pytest.raises(InvalidValue, match="then_choice: a branch sets a script or goes on, not both"):
            ScriptChoice(condition=one, then_script="test_main", then_choice=ScriptChoice(condition=one))
        with pytest.raises(InvalidValue, match="else_choice: expected ScriptChoice"):
            ScriptChoice(condition=one, else_choice="test_main")  # type: ignore[arg-type]  # the point of the test


def test_every_status_was_tried_with_every_event() -> None:
    events: dict[Any, dict[str, Any]] = {
        StepMarkedDone: GREET,
        MacroRequested: {"macro": "test_save", "run": "run-7"},
        SubScriptViewed: VIEW,
        ScriptChosen: {"script": "test_more"},
        WentBack: {},
        ProgressReset: GREET,
    }
    ready, _, _ = press(started(), SubScriptViewed, 0.1, script="test_main", step="test_more")
    running, _, _ = press(ready, MacroRequested, 0.2, run="run-1", **RUN_SAVE)
    cancelling, _, _ = tell(running, MacroCancelled, 0.3)
    for run in (ready, running, cancelling):
        row = rules.TABLE[run.status]
        for kind, fields in events.items():
            state, outcome, _ = press(run, kind, 2, **fields)
            assert isinstance(outcome, Applied) == (kind in row)
            assert state.status in row.get(kind, {run.status})
        for kind in (ActionSucceeded, ActionFailed):
            state, outcome, _ = tell(run, kind, 2, action="save")
            assert isinstance(outcome, Applied) == (kind in row)
            assert state.status in row.get(kind, {run.status})
        assert isinstance(tell(run, MacroCancelled, 2)[1], Applied) == (run.status is ScriptStatus.RUNNING)
        late, _, _ = MACHINE.step(run, Tick(at=after(99)))
        assert late.status in (rules.LAPSES[run.status] or {ScriptStatus.READY})


def test_an_event_of_another_session_is_the_hosts_mistake() -> None:
    with pytest.raises(InvalidValue, match="session: must be the one"):
        MACHINE.step(started(), WentBack(at=NINE, session="s-2", pressed_at=NINE))


class TestGuidance:
    def commands(self, guidance: Guidance) -> dict[str, list[str]]:
        return {one.step.name: [command.value for command in one.commands] for one in guidance.steps}

    def test_it_says_what_may_be_pressed_and_what_comes_next(self) -> None:
        run, _, _ = press(started(), StepMarkedDone, **GREET)
        found = guide(LIBRARY, run)
        assert self.commands(found) == {"greet": ["mark_done", "reset"], "save": ["run_macro"], "more": ["view"], "gone": ["view"], "odd": ["run_macro"]}  # fmt: skip
        assert found.next == "test_save"
        assert [one.name for one in found.menu] == ["main", "more"]
        assert not found.may_go_back

    def test_while_a_macro_runs_only_its_step_can_be_cancelled_and_no_other_macro_started(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        found = guide(LIBRARY, run)
        assert self.commands(found) == {"greet": ["mark_done"], "save": ["cancel"], "more": ["view"], "gone": ["view"], "odd": []}  # fmt: skip
        assert [one.running for one in found.steps] == [False, True, False, False, False]

    @given(paths.script_runs())
    def test_what_it_offers_is_not_refused(self, run: ScriptRun) -> None:
        machine = ScriptRunner(ScriptLibrary.of((*paths.scripts(), SAVE)))
        at = run.at + timedelta(microseconds=1)
        events = {
            StepCommand.MARK_DONE: StepMarkedDone,
            StepCommand.RUN_MACRO: MacroRequested,
            StepCommand.VIEW: SubScriptViewed,
            StepCommand.RESET: ProgressReset,
        }
        found = guide(machine.library, run)
        for one in found.steps:
            for command in one.commands:
                if command in events and found.script is not None:
                    names = {"session": run.session, "script": found.script.unique_name, "step": one.step.unique_name}
                    more = {"run": "run-new"} if command is StepCommand.RUN_MACRO else {}
                    event = events[command](at=at, pressed_at=at, **names, **more)
                    assert not isinstance(machine.step(run, event)[1], Refused)


FOUND: list[tuple[str, tuple[Any, ...], list[tuple[str, str]]]] = [
    ("what is right", (script("a", text("t")),), []),
    ("an empty text", (script("a", text("t", text=" ")),), [("steps[0].text", "empty_text")]),
    ("a step without its macro", (script("a", runs("r", "")),), [("steps[0].macro", "no_target")]),
    ("a step without its script", (script("a", leads("l", "")),), [("steps[0].script", "no_target")]),
    ("a macro that nobody wrote", (script("a", runs("r", "test_x")),), [("steps[0].macro", "unknown_macro")]),
    ("a script that nobody wrote", (script("a", leads("l", "test_x")),), [("steps[0].script", "unknown_script")]),
    ("one that is not active", (script("a", leads("l", "test_o")), script("o", text("t"), active=False)), [("steps[0].script", "inactive_script")]),
    ("a target of another kind", (script("a", text("t", macro="test_x")),), [("steps[0].macro", "field_not_used")]),
    ("a description of a text", (script("a", text("t", description="x")),), [("steps[0].description", "field_not_used")]),
    ("an order given twice", (script("a", text("t"), text("u"), text("v")),), [("steps[1].order", "duplicate_order"), ("steps[2].order", "duplicate_order")]),
    ("no steps", (script("a"),), [("steps", "no_steps")]),
    ("a slug in a slug", (script("a", text("t", text="${a${b}}")),), [("steps[0].text", "nested_slug")]),
    ("a name given twice", (script("a", text("t")), script("a", text("t"))), [("unique_name", "duplicate_name")]),
    ("a script to itself", (script("a", leads("l", "test_a")),), [("", "cycle")]),
    ("a cycle, named once", (script("a", leads("l", "test_b")), script("b", leads("l", "test_a"))), [("", "cycle")]),
    ("what nobody reaches", (script("a", text("t")), script("b", text("t")), SessionTemplate(unique_name="test_s", scripts=("test_a",))), [("", "unreachable")]),
    ("reached by a sub-script", (script("a", leads("l", "test_b")), script("b", text("t")), SessionTemplate(unique_name="test_s", scripts=("test_a",))), []),
    ("reached by a macro", (script("a", runs("r", "test_m")), script("b", text("t")), Macro(unique_name="test_m", name="m", actions=(MacroAction(name="f", kind=ActionKind.SET_SCRIPT_FOCUS, script="test_b"),)), SessionTemplate(unique_name="test_s", scripts=("test_a",))), []),
    ("a macro to no script", (Macro(unique_name="test_m", name="m", actions=(MacroAction(name="f", kind=ActionKind.SET_SCRIPT_FOCUS, script="test_b"),)),), [("actions[0].script", "unknown_script")]),
    ("a macro without actions", (Macro(unique_name="test_m", name="m"),), [("actions", "no_actions")]),
    ("a macro that misses a field", (Macro(unique_name="test_m", name="m", actions=(MacroAction(name="f", kind=ActionKind.OPEN_RECORD, entity="case"),)),), [("actions[0].record_id", "missing_field")]),
    ("a template with no script", (SessionTemplate(unique_name="test_s", scripts=("test_x",), default=ScriptChoice(condition=Condition(comparisons=(Comparison(left="a"),)), then_script="test_y", else_choice=ScriptChoice(condition=Condition(comparisons=(Comparison(left="a"),)), else_script="test_z"))),), [("scripts[0]", "unknown_script"), ("default.then_script", "unknown_script"), ("default.else_choice.else_script", "unknown_script")]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "found"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_a_check_names_everything_with_its_place(written: tuple[Any, ...], found: list[tuple[str, str]]) -> None:
    assert [(one.path, one.kind.value) for one in check_scripts(written)] == found


def test_a_check_finds_all_at_once_and_tells_errors_from_warnings() -> None:
    found = check_scripts((script("a", text("t", text=""), leads("l", "test_x"), leads("m", "test_a", 2)),))
    assert [(one.kind.value, one.severity) for one in found] == [
        ("empty_text", Severity.ERROR),
        ("unknown_script", Severity.ERROR),
        ("duplicate_order", Severity.WARNING),
        ("cycle", Severity.WARNING),
    ]


def test_a_cycle_of_a_thousand_scripts_is_one_finding() -> None:
    every = [script(f"s{number}", leads("l", f"test_s{(number + 1) % 1000}")) for number in range(1000)]
    (found,) = check_scripts(every)
    assert (found.index, found.kind) == (0, ScriptFindingKind.CYCLE)
    assert found.text.startswith("leads back to itself: test_s0, test_s1, ")
    assert found.text.endswith(" and 990 more")


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: script("a", *(text(f"t{n}") for n in range(10_000))), "steps: at most 200, got 10000"),
        (lambda: script("a", text("t"), text("t")), "steps: no two may have the same unique_name"),
        (lambda: text("t", order=0), "order: must lie between 1 and"),
        (lambda: text("t", name="x" * 2001), "name: at most 2000 characters, got 2001"),
        (lambda: text("t", name=" "), "name: must not be empty"),
        (lambda: text("t", text="x" * 2001), "text: at most 2000 characters"),
        (lambda: text("t", unique_name="ab_x"), "unique_name: expected a prefix of 3 to 8"),
        (lambda: text("t", unique_name="prefix-long_x"), "unique_name: expected a prefix of 3 to 8"),
        (lambda: text("t", unique_name="prefix_"), "unique_name: expected a prefix of 3 to 8"),
        (lambda: text("t", unique_name="prefix"), "unique_name: expected a prefix of 3 to 8"),
        (lambda: script("a", *(text(f"t{n}", name="x" * 2000, text="x" * 2000) for n in range(160))), "steps: at most 600000"),
        (lambda: SessionTemplate(unique_name="test_s", scripts=("a", "a")), "scripts: no two may be the same"),
        (lambda: SessionTemplate(unique_name="s", scripts=()), "unique_name: expected a prefix"),
    ],
)  # fmt: skip
def test_a_script_that_breaks_a_rule_is_refused(build: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        build()


def test_steps_show_in_ascending_order_and_stable_where_equal() -> None:
    found = script("a", text("third", 3), text("first", 1), text("second", 2), text("also", 1))
    assert [step.name for step in found.shown] == ["first", "also", "second", "third"]


def test_the_codes_of_the_kinds_of_step_are_those_of_the_source() -> None:
    assert [one.code for one in StepKind] == [192_350_000, 192_350_001, 192_350_002]


MARTA = Contact(id="contact-1", name="${caseId}")
CASE = Case(id="case-7", title="Kettle", created_on=NINE, modified_on=NINE)
TALK = Conversation(
    id="c-1",
    at=NINE,
    created_on=NINE,
    channel=Channel.LIVE_CHAT,
    queue="Shop",
    customer=MARTA.ref,
    case_id="case-7",
    visitor=VisitorDetails(language="uk", authenticated=True),
    context=(ContextVariable("vip", True),),  # a primitive
    survey=(SurveyAnswer(Question(name="topic", text="?"), "return"), SurveyAnswer(Question(name="caseId", text="?"), "mine"), SurveyAnswer(Question(name="ok", text="?", type=AnswerType.CONSENT), True)),
)  # fmt: skip


class TestSlugsOfASession:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("customerName", "${caseId}"),
            ("caseId", "case-7"),
            ("caseTitle", "Kettle"),
            ("LiveWorkItemId", "c-1"),
            ("queueId", "Shop"),
            ("visitorLanguage", "uk"),
            ("visitorDevice", None),
            ("customerEntityName", "contact"),
            ("customerRecordId", "contact-1"),
            ("topic", "return"),
            ("ok", "true"),
            ("$oc.vip", "true"),
            ("$oc.nothing", None),
            ("$session.tone", "warm"),
            ("$session.nothing", None),
            ("anchor.title", "Tab"),
            ("$odata.x", "asked"),
            ("nothing", None),
        ],
    )
    def test_each_stands_for_what_the_session_knows(self, name: str, value: str | None) -> None:
        session = {"$session.tone": "warm", "anchor.title": "Tab"}
        assert SessionSlugs(TALK, MARTA, CASE, session, lambda _: "asked")(name) == value

    def test_a_case_only_while_one_is_linked_and_a_record_only_of_a_customer_who_is_authenticated(self) -> None:
        bare = Conversation(id="c-1", at=NINE, created_on=NINE, channel=Channel.LIVE_CHAT, customer=MARTA.ref)
        slugs = SessionSlugs(bare, Contact(id="other", name="Ada"), CASE)
        names = ("caseId", "caseTitle", "customerEntityName", "customerRecordId", "customerName", "queueId", "$odata.x")
        assert [slugs(name) for name in names] == [None] * 7


NOW = after(60)


class TestPanel:
    def panel(self, run: ScriptRun, locale: str = "en") -> Any:
        return script_panel(guide(LIBRARY, run), SessionSlugs(TALK, MARTA, CASE), Reader(now=NOW, locale=locale))

    def test_it_shows_the_script_its_steps_their_kinds_and_states_and_the_next_one(self) -> None:
        run, _, _ = press(started(), StepMarkedDone, **GREET)
        run, _, _ = press(run, SubScriptViewed, 2, script="test_main", step="test_gone")
        part = self.panel(run)
        assert [(one.name, one.text) for one in part.fields] == [("script", "main"), ("next_step", "save")]
        rows = [{one.name: one.text for one in row.fields} for row in part.rows]
        assert rows[0] == {"state": "Done", "title": "greet", "kind": "Text instructions", "body": "Do it"}
        assert rows[1]["kind"] == "Macro"
        assert rows[3]["reason"] == "The script is not available"
        assert [one.label for one in part.rows[1].commands] == ["Run macro"]
        assert [(one.label, one.selected) for one in part.selectors[0].choices] == [("main", True), ("more", False)]

    def test_it_shows_the_report_of_the_last_macro(self) -> None:
        run, _, _ = press(started(), MacroRequested, run="run-1", **RUN_SAVE)
        assert self.panel(run).tab("macro_report").field("outcome").text == "Running"
        run, _, _ = tell(run, ActionFailed, 2, action="save", message="title is empty")
        report = self.panel(run).tab("macro_report")
        assert report.field("outcome").text == "Failed"
        assert [[one.text for one in row.fields] for row in report.rows] == [
            ["Failed", "save", "Save record", "The action failed", "title is empty"],
            ["Not reached", "tab", "Refresh tab"],
        ]

    def test_slugs_are_filled_and_a_customer_called_like_one_stays_that(self) -> None:
        greets = script("main", text("greet", text="Hello ${customerName}, ${nobody}"), name="For ${caseTitle}", description="${topic}")  # fmt: skip
        machine = ScriptRunner(ScriptLibrary.of((greets, TEMPLATE)))
        part = script_panel(guide(machine.library, started(machine)), SessionSlugs(TALK, MARTA, CASE), Reader(now=NOW))
        assert part.field("script").text == "For Kettle"
        assert part.field("description").text == "return"
        assert [one.text for one in part.rows[0].fields][-1] == "Hello ${caseId}, "

    def test_without_a_script_or_steps_it_says_so(self) -> None:
        machine = ScriptRunner(ScriptLibrary.of((script("main"), TEMPLATE)))
        slugs, reader = SessionSlugs(TALK), Reader(now=NOW)
        assert (
            script_panel(guide(machine.library, started(machine)), slugs, reader).empty_text
            == "This script has no steps"
        )
        empty = ScriptRunner(ScriptLibrary.of((TEMPLATE,)))
        assert (
            script_panel(guide(empty.library, started(empty)), slugs, reader).empty_text == "No script for this session"
        )

    @pytest.mark.parametrize("locale", LOCALES)
    @given(run=paths.script_runs())
    def test_it_reads_in_every_language(self, locale: str, run: ScriptRun) -> None:
        library = ScriptLibrary.of((*paths.scripts(), SAVE))
        part = script_panel(guide(library, run), SessionSlugs(TALK), Reader(now=NOW, locale=locale))
        labels = set(catalogue(locale).values())
        assert {part.label, *(one.label for one in part.fields)} <= labels
        assert {field.label for row in part.rows for field in row.fields} <= labels
        assert {command.label for row in part.rows for command in row.commands} <= labels


class TestDiagram:
    def test_it_draws_kinds_order_and_where_sub_scripts_lead(self) -> None:
        assert script_diagram((script("a", runs("r", "m", 2), text("t"), leads("l", "test_b", 3), leads("o", "test_o", 4)), script("b", text("t")))).splitlines() == [
            "flowchart TD",
            '    subgraph s1["a"]',
            '        s1_1["1. t"]',
            '        s1_2{{"2. r"}}',
            '        s1_3[["3. l"]]',
            '        s1_4[["4. o"]]',
            "        s1_1 --- s1_2 --- s1_3 --- s1_4",
            "    end",
            "    s1_3 -.-> s2",
            "    s1_4 -.-> o1",
            '    subgraph s2["b"]',
            '        s2_1["1. t"]',
            "    end",
            '    o1("test#95;o")',
        ]  # fmt: skip

    def test_nothing_in_a_name_is_read_as_mermaid_or_html(self) -> None:
        drawn = script_diagram((script("a", text("t", name='"]; click x <b>' + "y" * 100)),))
        assert '"1. #34;#93;#59; click x #60;b#62;' in drawn
        assert "\u2026" in drawn
