"""What moves the scripts of a session, and the scripts and macros that a store holds (spec 7).

`at` is when the host received the event. What an agent presses carries `pressed_at`, the instant of the press itself,
and loses to an equal or later press of the same thing. Runs and sessions are named by ids that the host gives.
"""

from datetime import datetime
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Text, checked
from customer_summary.domain.macro import Macro
from customer_summary.domain.macro_run import Outputs, ReportedReason, Values
from customer_summary.domain.script import AgentScript, SessionTemplate, Target
from customer_summary.domain.tick import Tick


@attrs.frozen(kw_only=True, field_transformer=checked)
class ScriptRecorded:
    """The store holds this script."""

    at: datetime
    script: AgentScript


@attrs.frozen(kw_only=True, field_transformer=checked)
class MacroRecorded:
    """The store holds this macro."""

    at: datetime
    macro: Macro


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionTemplateRecorded:
    """The store holds this session template."""

    at: datetime
    template: SessionTemplate


@attrs.frozen(kw_only=True, field_transformer=checked)
class ScriptSessionStarted:
    """An agent accepted a request and a session began, with the scripts of a session template. [seed 000, 001]

    `values` are those of the slugs in the expression of the template.
    """

    at: datetime
    session: Id
    conversation: Id
    agent: Annotated[str, Text(strip=False, bare=True)] = ""
    template: Id
    values: Values = ()


@attrs.frozen(kw_only=True, field_transformer=checked)
class StepMarkedDone:
    """The agent did what a text step says and marked it as done."""

    at: datetime
    session: Id
    script: Id
    step: Id
    pressed_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class MacroRequested:
    """The agent ran the macro of a step, or a `macro` by name; `run` is the id of this run.

    `values` are those of the slugs in the macro, at this instant.
    """

    at: datetime
    session: Id
    run: Id
    script: Target = ""
    step: Target = ""
    macro: Target = ""
    pressed_at: datetime
    values: Values = ()

    def __attrs_post_init__(self) -> None:
        if bool(self.script) != bool(self.step) or bool(self.step) == bool(self.macro):
            raise InvalidValue("macro", "name a script and its step, or else a macro")


@attrs.frozen(kw_only=True, field_transformer=checked)
class ActionSucceeded:
    """The host performed the action that it was asked for; `outputs` feed later ones."""

    at: datetime
    session: Id
    run: Id
    action: Id
    outputs: Outputs = ()


@attrs.frozen(kw_only=True, field_transformer=checked)
class ActionFailed:
    """The host could not perform the action that it was asked for."""

    at: datetime
    session: Id
    run: Id
    action: Id
    message: ReportedReason = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class MacroCancelled:
    """The agent, or the host, wants the run to stop after the action whose answer is awaited."""

    at: datetime
    session: Id
    run: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class SubScriptViewed:
    """The agent loaded the script that a step points to."""

    at: datetime
    session: Id
    script: Id
    step: Id
    pressed_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class ScriptChosen:
    """The agent chose a script from the menu."""

    at: datetime
    session: Id
    script: Id
    pressed_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class WentBack:
    """The agent went back to the script that showed before."""

    at: datetime
    session: Id
    pressed_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProgressReset:
    """The agent cleared the result of a step; None: of all steps of the script."""

    at: datetime
    session: Id
    script: Id
    step: Id | None = None
    pressed_at: datetime


MacroAnswer: TypeAlias = ActionSucceeded | ActionFailed | MacroCancelled
"""What moves a run of a macro that has begun."""

ScriptEvent: TypeAlias = (
    StepMarkedDone | MacroRequested | MacroAnswer | SubScriptViewed | ScriptChosen | WentBack | ProgressReset
)
ScriptRecord: TypeAlias = ScriptRecorded | MacroRecorded | SessionTemplateRecorded
ScriptFact: TypeAlias = ScriptRecord | ScriptSessionStarted | ScriptEvent
"""The facts of a log that are about scripts."""

ScriptRunEvent: TypeAlias = ScriptEvent | Tick
"""Everything that can happen to the scripts of a session that began."""
