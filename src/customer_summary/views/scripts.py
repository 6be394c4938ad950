"""The script panel: the script that shows, its steps with what may be pressed, and the last run of a macro (spec 7)."""

from collections.abc import Iterator

from customer_summary.domain.macro_run import ActionReport, ActionStatus, MacroOutcome, MacroRun
from customer_summary.domain.script import ScriptStep, StepKind, StepState
from customer_summary.rules.guidance import Guidance, GuidedStep
from customer_summary.rules.slugs import LookUp, resolve
from customer_summary.views.page import Choice, Field, Part, Row, Selector
from customer_summary.views.reader import Phrase, Reader
from customer_summary.views.tone import Tone

_TONES = {StepState.DONE: Tone.GOOD, StepState.FAILED: Tone.URGENT, StepState.NOT_RUN: Tone.NEUTRAL}
_REPORT_TONES = {
    ActionStatus.DONE: Tone.GOOD,
    ActionStatus.FAILED: Tone.URGENT,
    ActionStatus.ASKED: Tone.NOTICE,
    ActionStatus.SKIPPED: Tone.MUTED,
    ActionStatus.NOT_REACHED: Tone.MUTED,
}
_OUTCOME_TONES = {MacroOutcome.DONE: Tone.GOOD, MacroOutcome.FAILED: Tone.URGENT, MacroOutcome.CANCELLED: Tone.NOTICE}


def script_panel(guidance: Guidance, look_up: LookUp, reader: Reader) -> Part:
    """Gives the panel of the agent script: slugs filled, those without a value empty. [seed 000, 001; spec 7.6]"""
    script, next_step = guidance.script, _next_step(guidance)
    fields: list[Field] = []
    if script is not None:
        fields.append(Field("script", "field.script.name", _filled(script.name, look_up), reader))
        if script.description:
            text = _filled(script.description, look_up)
            fields.append(Field("description", "self_service.description", text, reader))
    if next_step is not None:
        fields.append(Field("next_step", "field.script.next", _filled(next_step.name, look_up), reader))
    menu = tuple(
        Choice(one.unique_name, "", reader, one is script, _filled(one.name, look_up)) for one in guidance.menu
    )
    return Part(
        name="agent_script",
        key="section.agent_script",
        reader=reader,
        fields=tuple(fields),
        rows=tuple(_row(one, look_up, reader) for one in guidance.steps),
        tabs=() if guidance.macro is None else (_report(guidance.macro, reader),),
        selectors=(Selector("scripts", "script.control", reader, menu),) if len(menu) > 1 else (),
        commands=(Choice("script.action.back", "script.action.back", reader),) if guidance.may_go_back else (),
        empty="empty.script" if script is None else "empty.script_steps" if not guidance.steps else None,
    )


def _next_step(guidance: Guidance) -> ScriptStep | None:
    return next((one.step for one in guidance.steps if one.step.unique_name == guidance.next), None)


def _filled(text: str, look_up: LookUp) -> str:
    return resolve(text, look_up).text


def _row(guided: GuidedStep, look_up: LookUp, reader: Reader) -> Row:
    names = (f"script.action.{one.value}" for one in guided.commands)
    return Row(
        guided.step.unique_name,
        guided,
        reader,
        more=tuple(_step(guided, look_up, reader)),
        commands=tuple(Choice(name, name, reader) for name in names),
    )


def _step(guided: GuidedStep, look_up: LookUp, reader: Reader) -> Iterator[Field]:
    step = guided.step
    state = Phrase("running", "script.state.asked") if guided.running else guided.state
    tone = Tone.NOTICE if guided.running else _TONES[guided.state]
    yield Field("state", "field.script.state", state, reader, tone=tone)
    yield Field("title", "script.column.title", _filled(step.name, look_up), reader)
    yield Field("kind", "field.script.kind", step.kind, reader)
    if guided.reason is not None and not guided.running:
        yield Field("reason", "field.script.reason", guided.reason, reader, tone=Tone.URGENT)
        yield Field("action", "field.script.action", guided.action, reader)
    is_text = step.kind is StepKind.TEXT
    label = "script.column.agent_instruction" if is_text else "script.column.system_instruction"
    yield Field("body", label, _filled(step.text if is_text else step.description, look_up), reader)


def _report(run: MacroRun, reader: Reader) -> Part:
    """Gives what became of each action of the last run of a macro."""
    outcome = Phrase("running", "script.state.asked") if run.outcome is None else run.outcome
    tone = Tone.NOTICE if run.outcome is None else _OUTCOME_TONES[run.outcome]
    return Part(
        name="macro_report",
        key="script.report",
        reader=reader,
        fields=(
            Field("macro", "script.step.macro", run.macro.name, reader),
            Field("outcome", "field.script.state", outcome, reader, tone=tone),
        ),
        rows=tuple(Row(one.name, one, reader, more=tuple(_action(one, reader))) for one in run.report),
    )


def _action(one: ActionReport, reader: Reader) -> Iterator[Field]:
    yield Field("state", "field.script.state", one.status, reader, tone=_REPORT_TONES[one.status])
    yield Field("title", "field.script.action", one.name, reader)
    yield Field("kind", "field.script.kind", one.kind, reader)
    yield Field("reason", "field.script.reason", one.reason, reader, tone=Tone.URGENT)
    yield Field("field", "field.script.field", one.field, reader)
    yield Field("message", "field.script.message", one.message, reader)
