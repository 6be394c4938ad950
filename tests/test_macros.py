"""Macros: every action with its fields, what is said before a run, and one outcome for each action after it (spec 7.5)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    AbortAction,
    ActionFailed,
    ActionKind,
    ActionStatus,
    ActionSucceeded,
    Applied,
    Comparison,
    Condition,
    FailureReason,
    FormAttribute,
    InvalidValue,
    LookUp,
    Macro,
    MacroAction,
    MacroCancelled,
    MacroOutcome,
    MacroProblemKind,
    MacroRequested,
    MacroRun,
    MacroRunner,
    MacroStatus,
    MatchMode,
    NamedValue,
    Operator,
    PerformAction,
    Refused,
    ReportMacro,
    Tick,
    Unchanged,
    check_macro,
    macro_values,
    preflight,
    slug_values,
)
from customer_summary.domain.macro import ACTIONS, TEXT_FIELDS
from customer_summary.rules import macros
from customer_summary.rules.conditions import holds
from customer_summary.rules.slugs import fill, resolve, slugs_in
from customer_summary.testing import script_paths as paths

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
RUN: dict[str, Any] = {"session": "s-1", "run": "run-1"}


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def action(name: str, kind: ActionKind, **fields: Any) -> MacroAction:
    return MacroAction(name=name, kind=kind, **fields)


def macro(*actions: MacroAction) -> Macro:
    return Macro(unique_name="test_macro", name="Macro", actions=actions)


def begun(written: Macro, **values: str) -> tuple[MacroRun, list[Any]]:
    """Starts a run and gives it with what the host is then asked for."""
    named = tuple(NamedValue(name.replace("__", "."), value) for name, value in values.items())
    event = MacroRequested(at=NINE, macro="test_macro", pressed_at=NINE, values=named, **RUN)
    run, _, effects = MacroRunner().step(MacroRunner().start(event, written), Tick(at=NINE))
    return run, list(effects)


def done(run: MacroRun, name: str, seconds: float = 1, **outputs: str) -> tuple[MacroRun, Any, list[Any]]:
    named = tuple(NamedValue(key, value) for key, value in outputs.items())
    state, outcome, effects = MacroRunner().step(
        run, ActionSucceeded(at=after(seconds), action=name, outputs=named, **RUN)
    )
    return state, outcome, list(effects)


def failed(run: MacroRun, name: str, message: str = "", seconds: float = 1) -> tuple[MacroRun, Any, list[Any]]:
    state, outcome, effects = MacroRunner().step(
        run, ActionFailed(at=after(seconds), action=name, message=message, **RUN)
    )
    return state, outcome, list(effects)


def cancelled(run: MacroRun, seconds: float = 1) -> tuple[MacroRun, Any, list[Any]]:
    state, outcome, effects = MacroRunner().step(run, MacroCancelled(at=after(seconds), **RUN))
    return state, outcome, list(effects)


def statuses(run: MacroRun) -> list[str]:
    return [one.status.value for one in run.report]


NOTHING: LookUp = dict[str, str]().get
OPEN = action("form", ActionKind.OPEN_NEW_FORM, entity="case")
SAVE = action("save", ActionKind.SAVE_RECORD)
LINK = action("link", ActionKind.LINK_RECORD, entity="case", record_id="${save.recordId}")


class TestTheWorkedCase:
    """Spec 15: open form, save (mandatory field empty), link: fails at index 1, form stays open, nothing linked."""

    def test_it_stops_at_the_failing_action_and_undoes_nothing(self) -> None:
        run, (asked,) = begun(macro(OPEN, SAVE, LINK))
        assert (asked.action, asked.kind, dict(asked.fields)) == ("form", ActionKind.OPEN_NEW_FORM, {"entity": "case"})
        run, _, (asked,) = done(run, "form", tabId="tab-1")
        assert asked.action == "save"
        run, _, (report,) = failed(run, "save", "title is empty", 2)
        assert isinstance(report, ReportMacro)
        assert (report.outcome, run.failed) == (MacroOutcome.FAILED, 1)
        assert [one.status.value for one in report.actions] == ["done", "failed", "not_reached"]
        assert (report.actions[1].reason, report.actions[1].message) == (FailureReason.REPORTED, "title is empty")

    def test_run_again_after_filling_in_it_is_done(self) -> None:
        run, _ = begun(macro(OPEN, SAVE, LINK))
        run, _, _ = done(run, "form")
        run, _, (asked,) = done(run, "save", 2, recordId="case-7")
        assert dict(asked.fields) == {"entity": "case", "record_id": "case-7"}
        run, _, (report,) = done(run, "link", 3)
        assert report.outcome is MacroOutcome.DONE
        assert statuses(run) == ["done", "done", "done"]


def test_create_case_opens_a_form_filled_in_from_the_customer_and_saves_nothing() -> None:
    create = action(
        "form",
        ActionKind.OPEN_NEW_FORM,
        entity="case",
        attributes=(
            FormAttribute(name="title", value="Question of ${customerName}"),
            FormAttribute(name="customer.id", value="${customerRecordId}"),
            FormAttribute(name="customer.type", value="${customerEntityName}"),
            FormAttribute(name="customer.name", value="${customerName}"),
        ),
    )
    values = {"customerName": "Marta", "customerRecordId": "contact-1", "customerEntityName": "contact"}
    assert preflight(macro(create), values.get).irreversible == ()
    run, (asked,) = begun(macro(create), **values)
    assert asked.kind is ActionKind.OPEN_NEW_FORM
    assert dict(asked.fields) == {
        "entity": "case",
        "attributes.title": "Question of Marta",
        "attributes.customer.id": "contact-1",
        "attributes.customer.type": "contact",
        "attributes.customer.name": "Marta",
    }
    _, _, (report,) = done(run, "form")
    assert isinstance(report, ReportMacro)


class TestEveryAction:
    def test_every_kind_has_a_rule_and_every_field_belongs_to_a_kind(self) -> None:
        assert ACTIONS.keys() == set(ActionKind)
        used = {field for rule in ACTIONS.values() for field in (*rule.mandatory, *rule.optional)}
        assert used == {*TEXT_FIELDS, "attributes", "condition"}

    @pytest.mark.parametrize("kind", ActionKind)
    def test_a_mandatory_field_that_is_not_written_is_named_and_stops_the_run_before_anything(self, kind: Any) -> None:
        found = check_macro(macro(action("it", kind)))
        missing = [one.field for one in found if one.kind is MacroProblemKind.MISSING_FIELD]
        assert missing == list(ACTIONS[kind].mandatory)
        if missing:
            run, effects = begun(macro(action("first", ActionKind.REFRESH_CONTEXT), action("it", kind)))
            assert [type(one) for one in effects] == [ReportMacro]
            assert statuses(run) == ["not_reached", "failed"]
            assert run.report[1].field == missing[0]

    @pytest.mark.parametrize(
        "kind", [one for one in ActionKind if one not in {ActionKind.CONDITION, ActionKind.SEND_ARTICLE}]
    )
    def test_with_its_mandatory_fields_it_is_asked_for(self, kind: ActionKind) -> None:
        fields: dict[str, Any] = dict.fromkeys(ACTIONS[kind].mandatory, "x")
        if "attributes" in fields:
            fields["attributes"] = (FormAttribute(name="title", value="x"),)
        written = macro(action("it", kind, **fields))
        assert check_macro(written) == ()
        _, (asked,) = begun(written)
        assert isinstance(asked, PerformAction)
        assert (asked.kind, asked.key, asked.until) == (kind, "run-1/it", after(30))

    @pytest.mark.parametrize("kind", ActionKind)
    def test_a_field_of_another_action_is_named(self, kind: ActionKind) -> None:
        rule = ACTIONS[kind]
        foreign = next(one for one in TEXT_FIELDS if one not in (*rule.mandatory, *rule.optional))
        found = check_macro(macro(action("it", kind, **{foreign: "x"})))
        assert [one.field for one in found if one.kind is MacroProblemKind.FIELD_NOT_USED] == [foreign]


def test_a_lookup_takes_its_three_parts() -> None:
    attributes = (FormAttribute(name="customer.id", value="1"), FormAttribute(name="customer.name", value="x"))
    found = check_macro(macro(action("form", ActionKind.OPEN_NEW_FORM, entity="case", attributes=attributes)))
    assert [(one.kind, one.field) for one in found] == [(MacroProblemKind.INCOMPLETE_LOOKUP, "attributes.customer")]


class TestPreflight:
    def test_it_names_every_missing_field_and_slug_and_what_cannot_be_taken_back(self) -> None:
        written = macro(
            action("form", ActionKind.OPEN_RECORD, entity="case", record_id="${caseId}"),
            action(
                "fill", ActionKind.AUTOFILL_FORM, entity="case", attributes=(FormAttribute(name="t", value="${nick}"),)
            ),
            action("odd", ActionKind.REFRESH_TAB, tab_id="${form.tabID} ${later.tabId}"),
            action(
                "end", ActionKind.RESOLVE_CASE, case_id="${form.recordId}", billable_time="0", resolution="${a${b}}"
            ),
            action("later", ActionKind.OPEN_TAB),
        )
        found = preflight(written, NOTHING)
        assert [(one.action, one.kind.value, one.field, one.slug) for one in found.problems] == [
            ("form", "unresolved_slug", "record_id", "caseId"),
            ("form", "missing_field", "record_id", ""),
            ("fill", "unresolved_slug", "attributes.t", "nick"),
            ("odd", "unknown_output", "tab_id", "form.tabID"),
            ("odd", "unknown_output", "tab_id", "later.tabId"),
            ("end", "nested_slug", "resolution", "a${b}"),
            ("end", "unresolved_slug", "resolution", "a${b}"),
            ("end", "missing_field", "resolution", ""),
        ]
        assert found.irreversible == ("end",)
        assert found.blocker is not None
        assert (found.blocker.action, found.blocker.field) == ("form", "record_id")

    def test_what_hangs_on_a_condition_or_may_fail_does_not_block(self) -> None:
        asks = action("ask", ActionKind.CONDITION, condition=Condition(comparisons=(Comparison(left="a", right="b"),)))
        maybe = action("maybe", ActionKind.FOCUS_TAB, branch="ask")
        may_fail = action("may_fail", ActionKind.FOCUS_TAB, continue_on_failure=True)
        written = macro(asks, maybe, may_fail, SAVE)
        found = preflight(written, NOTHING)
        assert [one.action for one in found.problems] == ["maybe", "may_fail"]
        assert found.blocker is None
        run, (asked,) = begun(written)
        assert asked.action == "save"
        run, _, (report,) = done(run, "save")
        assert statuses(run) == ["done", "skipped", "failed", "done"]
        assert report.outcome is MacroOutcome.FAILED

    @pytest.mark.parametrize(
        ("written", "field", "reason"),
        [
            (action("it", ActionKind.FOCUS_TAB, tab_id="t", branch="nothing"), "branch", FailureReason.MISSING_FIELD),
            (action("it", ActionKind.SEND_ARTICLE), "", FailureReason.NO_SEARCH),
            (action("it", ActionKind.FOCUS_TAB, tab_id="t", branch="form"), "branch", FailureReason.MISSING_FIELD),
            (action("it", ActionKind.FOCUS_TAB, tab_id="${$session.tab} "), "tab_id", FailureReason.MISSING_FIELD),
        ],
    )
    def test_a_run_that_is_sure_to_fail_performs_nothing(self, written: MacroAction, field: str, reason: Any) -> None:
        run, (report,) = begun(macro(OPEN, written, SAVE))
        assert isinstance(report, ReportMacro)
        assert statuses(run) == ["not_reached", "failed", "not_reached"]
        assert (run.report[1].field, run.report[1].reason) == (field, reason)

    def test_the_values_of_a_macro_are_those_of_its_slugs_and_no_outputs_are_asked_for(self) -> None:
        asked: list[str] = []

        def look_up(name: str) -> str | None:
            asked.append(name)
            return {"caseId": "it's 7", "$odata.case.title.?$filter=id eq 'it''s 7'": "Broken", "long": "x" * 4001}.get(
                name
            )

        form = action("form", ActionKind.OPEN_NEW_FORM, entity="case", attributes=(
            FormAttribute(name="a", value="${$odata.case.title.?$filter=id eq '${caseId}'}"),
            FormAttribute(name="b", value="${nobody} ${long}"),
        ))  # fmt: skip
        written = macro(form, action("tab", ActionKind.FOCUS_TAB, tab_id="${form.tabId}"))
        found = macro_values(written, look_up)
        assert {one.name: one.value for one in found} == {
            "caseId": "it's 7",
            "$odata.case.title.?$filter=id eq 'it''s 7'": "Broken",
        }
        assert "form.tabId" not in asked
        _, (performed,) = begun(written)
        assert dict(performed.fields)["attributes.a"] == ""
        event = MacroRequested(at=NINE, macro="test_macro", pressed_at=NINE, values=found, **RUN)
        _, _, (again,) = MacroRunner().step(MacroRunner().start(event, written), Tick(at=NINE))
        assert isinstance(again, PerformAction)
        assert dict(again.fields)["attributes.a"] == "Broken"

    def test_no_more_values_than_a_line_of_a_log_holds(self) -> None:
        assert len(slug_values([f"${{s{number}}}" for number in range(400)], str.upper)) == 150
        assert slug_values(["${}", f"${{{'x' * 501}}}"], str.upper) == ()

    def test_what_an_action_gives_cannot_stand_in_an_odata_slug(self) -> None:
        tab = action("tab", ActionKind.FOCUS_TAB, tab_id="${$odata.case.title.?$filter=id eq '${form.recordId}'}")
        kinds = {one.kind for one in check_macro(macro(OPEN, tab))}
        assert MacroProblemKind.OUTPUT_IN_ODATA in kinds


GOLD = Condition(comparisons=(Comparison(left="${level}", right="gold"),))


class TestBranches:
    written = macro(
        action("ask", ActionKind.CONDITION, condition=GOLD),
        action("deep", ActionKind.CONDITION, condition=GOLD, branch="ask", branch_when=False),
        action("yes", ActionKind.FOCUS_TAB, tab_id="1", branch="ask"),
        action("no", ActionKind.FOCUS_TAB, tab_id="2", branch="ask", branch_when=False),
        action("never", ActionKind.FOCUS_TAB, tab_id="3", branch="deep", branch_when=False),
    )

    @pytest.mark.parametrize(
        ("level", "found"),
        [
            ("gold", ["done", "skipped", "done", "skipped", "skipped"]),
            ("silver", ["done", "done", "skipped", "done", "done"]),
        ],
    )
    def test_a_branch_that_is_not_taken_is_skipped_with_all_that_hangs_on_it(
        self, level: str, found: list[str]
    ) -> None:
        run, effects = begun(self.written, level=level)
        while isinstance(effects[-1], PerformAction):
            run, _, effects = done(run, effects[-1].action)
        assert statuses(run) == found
        assert run.outcome is MacroOutcome.DONE

    def test_an_article_is_sent_only_after_a_search_that_was_done(self) -> None:
        search = action("search", ActionKind.SEARCH_KNOWLEDGE, branch="ask")
        written = macro(
            action("ask", ActionKind.CONDITION, condition=GOLD), search, action("send", ActionKind.SEND_ARTICLE)
        )
        run, _ = begun(written, level="silver")
        assert run.report[2].reason is FailureReason.NO_SEARCH
        run, (asked,) = begun(written, level="gold")
        run, _, (asked,) = done(run, "search")
        assert asked.kind is ActionKind.SEND_ARTICLE


COMPARED: list[tuple[Operator, str, str, bool]] = [
    (Operator.EQUALS, "${level}", "gold", True),
    (Operator.EQUALS, "${level}", "Gold", False),
    (Operator.DIFFERS, "${level}", "silver", True),
    (Operator.DIFFERS, "${nobody}", "silver", False),
    (Operator.EQUALS, "${nobody}", "", False),
    (Operator.EQUALS, "gold", "${level}", True),
    (Operator.CONTAINS, "very ${level}", "ry go", True),
    (Operator.BEGINS_WITH, "${level}", "go", True),
    (Operator.AT_LEAST, "${count}", "9", True),
    (Operator.AT_LEAST, "${count}", "10.5", False),
    (Operator.AT_MOST, "${count}", "10", True),
    (Operator.AT_MOST, "${level}", "10", False),
    (Operator.AT_MOST, "${nobody}", "10", False),
    (Operator.IS_EMPTY, "${nobody}", "", True),
    (Operator.IS_EMPTY, "${level}", "", False),
    (Operator.HAS_VALUE, "${level}", "", True),
    (Operator.HAS_VALUE, "${nobody}", "", False),
]


@pytest.mark.parametrize(("operator", "left", "right", "found"), COMPARED)
def test_a_comparison_holds_as_its_operator_says_and_never_with_a_slug_without_a_value(
    operator: Operator, left: str, right: str, found: Any
) -> None:
    one = Comparison(left=left, operator=operator, right=right)
    look_up = {"level": "gold", "count": "10"}.get
    assert holds(Condition(comparisons=(one,)), look_up) is found
    never = Comparison(left="a", right="b")
    assert holds(Condition(comparisons=(one, never), match=MatchMode.ANY), look_up) is found
    assert not holds(Condition(comparisons=(one, never)), look_up)


class TestAnswers:
    def test_the_same_answer_again_changes_nothing(self) -> None:
        run, _ = begun(macro(OPEN, SAVE))
        run, outcome, _ = done(run, "form", tabId="t")
        assert outcome == Applied()
        again, outcome, effects = done(run, "form", 5, tabId="t")
        assert (again is run, outcome, effects) == (True, Unchanged("answered already"), [])

    def test_another_answer_to_what_was_answered_is_refused(self) -> None:
        run, _ = begun(macro(OPEN, SAVE))
        run, _, _ = done(run, "form")
        assert failed(run, "form")[1] == Refused("answered_already", "done")
        assert done(run, "form", tabId="other")[1] == Refused("answered_already", "done")

    @pytest.mark.parametrize("name", ["save", "nothing"])
    def test_an_answer_for_what_was_never_asked_is_refused(self, name: str) -> None:
        run, _ = begun(macro(OPEN, SAVE))
        after_it, outcome, effects = done(run, name)
        assert (after_it is run, effects) == (True, [])
        assert isinstance(outcome, Refused)
        assert outcome.reason == "never_asked"

    def test_nobody_answers_for_a_condition(self) -> None:
        run, _ = begun(macro(action("ask", ActionKind.CONDITION, condition=GOLD), SAVE), level="gold")
        assert failed(run, "ask")[1] == Refused("never_asked", "done")

    def test_an_answer_just_before_the_deadline_counts_and_at_it_is_too_late(self) -> None:
        run, _ = begun(macro(OPEN))
        assert MacroRunner().deadline(run) == after(30)
        assert done(run, "form", 29.999)[0].outcome is MacroOutcome.DONE
        late, outcome, effects = done(run, "form", 30)
        assert outcome == Refused("too_late", "failed")
        assert [type(one) for one in effects] == [ReportMacro]
        assert (late.outcome, late.report[0].reason) == (MacroOutcome.FAILED, FailureReason.NO_ANSWER)
        assert MacroRunner().deadline(late) is None

    def test_where_the_macro_says_so_it_goes_on_after_a_time_out(self) -> None:
        patient = action("form", ActionKind.OPEN_NEW_FORM, entity="case", continue_on_failure=True)
        run, _ = begun(macro(patient, SAVE))
        run, _, effects = MacroRunner().step(run, Tick(at=after(31)))
        assert [one.action for one in effects if isinstance(one, PerformAction)] == ["save"]
        assert run.due == after(60)
        run, _, _ = done(run, "save", 32)
        assert (statuses(run), run.outcome) == (["failed", "done"], MacroOutcome.FAILED)

    def test_an_event_of_another_run_is_the_hosts_mistake(self) -> None:
        run, _ = begun(macro(OPEN))
        with pytest.raises(InvalidValue, match="run: must be the one"):
            MacroRunner().step(run, MacroCancelled(at=NINE, session="s-1", run="run-2"))
        with pytest.raises(InvalidValue, match="session: must be the one"):
            MacroRunner().step(run, MacroCancelled(at=NINE, session="s-2", run="run-1"))


class TestCancelling:
    def test_it_waits_for_the_action_that_was_asked_for_and_reports_what_became_of_it(self) -> None:
        run, _ = begun(macro(OPEN, SAVE))
        run, outcome, (abort,) = cancelled(run)
        assert isinstance(abort, AbortAction)
        assert (outcome, abort.key, run.status) == (Applied(), "run-1/form", MacroStatus.CANCELLING)
        assert cancelled(run, 2)[1] == Unchanged("cancelling already")
        run, _, (report,) = done(run, "form", 3)
        assert (report.outcome, statuses(run)) == (MacroOutcome.CANCELLED, ["done", "not_reached"])
        assert cancelled(run, 4)[1] == Unchanged("ended already")

    def test_where_nothing_was_left_to_do_it_is_done(self) -> None:
        run, _ = begun(macro(OPEN))
        run, _, _ = cancelled(run)
        assert done(run, "form", 2)[0].outcome is MacroOutcome.DONE

    def test_an_action_that_never_answers_has_failed_and_the_run_is_cancelled(self) -> None:
        run, _ = begun(macro(OPEN, SAVE))
        run, _, _ = cancelled(run)
        run, _, _ = MacroRunner().step(run, Tick(at=after(30)))
        assert (run.outcome, statuses(run)) == (MacroOutcome.CANCELLED, ["failed", "not_reached"])

    def test_before_its_first_action_it_ends_at_once(self) -> None:
        event = MacroRequested(at=after(5), macro="test_macro", pressed_at=NINE, **RUN)
        run, _, (report,) = cancelled(MacroRunner().start(event, macro(OPEN)), 1)
        assert (report.outcome, statuses(run)) == (MacroOutcome.CANCELLED, ["not_reached"])


def test_a_macro_without_actions_is_done_at_once() -> None:
    run, (report,) = begun(macro())
    assert (run.outcome, report.actions) == (MacroOutcome.DONE, ())


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: action("1st", ActionKind.SAVE_RECORD), "name: expected a letter"),
        (lambda: action("anchor", ActionKind.SAVE_RECORD), "name: expected a letter"),
        (lambda: macro(OPEN, OPEN), "actions: no two may have the same name"),
        (lambda: macro(*(action(f"a{n}", ActionKind.SAVE_RECORD) for n in range(101))), "actions: at most 100, got 101"),
        (lambda: Macro(unique_name="ab_x", name="M"), "unique_name: expected a prefix of 3 to 8"),
        (lambda: action("a", ActionKind.SAVE_RECORD, timeout=timedelta(0)), "timeout: must lie between 1 and 3600"),
        (
            lambda: macro(*(action(f"a{n}", ActionKind.OPEN_NEW_FORM, attributes=tuple(FormAttribute(name=f"f{m}", value="x" * 4000) for m in range(50))) for n in range(4))),
            "actions: at most 600000 characters in all",
        ),
        (lambda: Condition(comparisons=()), "comparisons: a condition compares at least once"),
        (lambda: Comparison(left="a", operator=Operator.IS_EMPTY, right="b"), "right: this operator has no right side"),
        (lambda: MacroRequested(at=NINE, pressed_at=NINE, **RUN), "macro: name a script and its step, or else a macro"),
        (lambda: MacroRequested(at=NINE, pressed_at=NINE, macro="m", script="s", step="t", **RUN), "macro: name a script"),
        (lambda: MacroRequested(at=NINE, pressed_at=NINE, script="s", **RUN), "macro: name a script"),
    ],
)  # fmt: skip
def test_a_macro_that_breaks_a_rule_is_refused(build: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        build()


class TestReports:
    @given(paths.macro_runs())
    def test_every_action_has_exactly_one_outcome_once_a_run_has_ended(self, run: MacroRun) -> None:
        assert [one.name for one in run.report] == [one.name for one in run.macro.actions]
        asked = [one for one in run.report if one.status is ActionStatus.ASKED]
        assert len(asked) == (0 if run.status is MacroStatus.ENDED else 1)

    @given(paths.macro_runs())
    def test_nothing_runs_after_the_first_failure_unless_the_macro_says_so(self, run: MacroRun) -> None:
        stops = [
            index
            for index, one in enumerate(run.actions)
            if one.status is ActionStatus.FAILED and not run.macro.actions[index].continue_on_failure
        ]
        if stops:
            assert all(one.status is ActionStatus.NOT_REACHED for one in run.actions[stops[0] + 1 :])
            assert run.outcome in {MacroOutcome.FAILED, MacroOutcome.CANCELLED}

    @given(paths.macro_runs())
    def test_a_run_is_done_only_where_no_action_failed_and_none_was_left(self, run: MacroRun) -> None:
        well = {ActionStatus.DONE, ActionStatus.SKIPPED}
        assert (run.outcome is MacroOutcome.DONE) == all(one.status in well for one in run.actions)

    @given(paths.macro_runs())
    def test_the_keys_of_a_run_are_all_different(self, run: MacroRun) -> None:
        keys = [one.key for one in run.report]
        assert len(set(keys)) == len(keys)

    @given(paths.macros(), paths.macro_requests(), st.lists(paths.macro_answers(), max_size=8))
    def test_one_action_is_asked_for_at_a_time_and_each_once(
        self, written: Macro, event: Any, events: list[Any]
    ) -> None:
        state, asked = MacroRunner().start(event, written), list[str]()
        for one in (Tick(at=event.at), *events):
            if getattr(one, "run", event.run) == event.run:
                state, _, effects = MacroRunner().step(state, one)
                asked += [effect.key for effect in effects if isinstance(effect, PerformAction)]
        assert len(set(asked)) == len(asked)

    @given(paths.macros(), paths.macro_requests(), st.lists(paths.macro_answers(), max_size=8))
    def test_only_what_the_table_and_time_allow_follows(self, written: Macro, event: Any, events: list[Any]) -> None:
        state, _, _ = MacroRunner().step(MacroRunner().start(event, written), Tick(at=event.at))
        for one in events:
            if getattr(one, "run", event.run) == event.run:
                before, _, _ = MacroRunner().step(state, Tick(at=one.at))
                assert before.status is state.status or before.status in macros.LAPSES[state.status]
                state, outcome, _ = MacroRunner().step(state, one)
                if isinstance(outcome, Applied):
                    assert state.status in macros.TABLE[before.status][type(one)]


def test_every_status_of_a_run_was_tried_with_every_event() -> None:
    ready = MacroRunner().start(MacroRequested(at=NINE, macro="m", pressed_at=NINE, **RUN), macro(OPEN, SAVE))
    running, _ = begun(macro(OPEN, SAVE))
    cancelling, _, _ = cancelled(running)
    ended, _, _ = done(cancelling, "form")
    for state in (ready, running, cancelling, ended):
        for kind, step in ((ActionSucceeded, done), (ActionFailed, failed)):
            _, outcome, _ = step(state, "form", seconds=-1)
            assert isinstance(outcome, Applied) == (kind in macros.TABLE[state.status])
        _, outcome, _ = cancelled(state, -1)
        moves = macros.TABLE[state.status].get(MacroCancelled, frozenset())
        assert isinstance(outcome, Applied) == (bool(moves) and moves != {state.status})


class TestSlugs:
    @given(st.text(), st.text())
    def test_what_a_value_says_is_never_read_again(self, before: str, value: str) -> None:
        asked: list[str] = []

        def look_up(name: str) -> str:
            asked.append(name)
            return value

        plain = before.replace("$", "").replace("{", "")
        assert resolve(f"{plain}${{name}}!", look_up).text == f"{plain}{value}!"
        assert asked == ["name"]

    def test_a_customer_called_like_a_slug_stays_that(self) -> None:
        values = {"customerName": "${caseId}", "caseId": "secret"}
        assert resolve("Hello ${customerName}", values.get).text == "Hello ${caseId}"
        run, (asked,) = begun(macro(action("t", ActionKind.FOCUS_TAB, tab_id="${customerName}")), **values)
        assert dict(asked.fields) == {"tab_id": "${caseId}"}
        run, _, _ = done(run, "t")
        assert "secret" not in repr(run)
        assert "secret" not in repr(asked)

    @given(st.text(alphabet="${}a'x.odt ", max_size=30))
    def test_any_text_is_filled_without_an_error_and_the_same_each_time(self, text: str) -> None:
        look_up = {"a": "b", "x": "${a}"}.get
        assert resolve(text, look_up) == resolve(text, look_up)
        assert set(resolve(text, look_up).missing) <= set(slugs_in(text))
        assert fill(text, look_up) is None or not resolve(text, look_up, "{").missing

    @pytest.mark.parametrize(
        ("text", "filled", "missing"),
        [
            ("no slug", "no slug", ()),
            ("${a}${a}", "bb", ()),
            ("{a} $a ${", "{a} $a ${", ()),
            ("${nobody}!", "!", ("nobody",)),
            ("${a${b}}", "", ("a${b}",)),
            ("${$odata.case.title.?id eq '${x}'}", "", ("x",)),
            ("${$odata.case.title.?id eq '${q}'}", "found", ()),
            ("${$odata.nothing}", "", ("$odata.nothing",)),
        ],
    )
    def test_slugs_are_filled_and_those_without_a_value_named(self, text: str, filled: str, missing: Any) -> None:
        values = {"a": "b", "q": "o'c", "$odata.case.title.?id eq 'o''c'": "found"}
        found = resolve(text, values.get)
        assert (found.text, found.missing) == (filled, missing)

    def test_slugs_nest_no_deeper_than_four(self) -> None:
        asked: list[str] = []

        def look_up(name: str) -> str:
            asked.append(name)
            return "x"

        resolve("${$odata.a" * 6 + "}" * 6, look_up)
        assert asked == ["$odata.a${$odata.a}", *["$odata.ax"] * 4]
        deep = "${" * 1300 + "}" * 1300
        assert len(list(slugs_in(deep))) == 5
        assert resolve(deep, NOTHING).text == ""
