"""What a host has to do for the scripts and macros of a session, in order. Perform an effect once for each id."""

from datetime import datetime
from typing import TypeAlias

import attrs

from customer_summary.domain.macro import ActionKind
from customer_summary.domain.macro_run import ActionReport, MacroOutcome
from customer_summary.domain.send import EffectId


@attrs.frozen
class PerformAction:
    """Perform this action in the session, and answer with `ActionSucceeded` or `ActionFailed` before `until`.

    `fields` are its fields by name with their slugs filled, an attribute of a form as `attributes.customer.id`. `key`
    is the same however often the action is asked for: perform it once for each key.
    """

    id: EffectId
    session: str
    run: str
    action: str
    kind: ActionKind
    key: str
    fields: tuple[tuple[str, str], ...] = attrs.field(repr=False)
    until: datetime


@attrs.frozen
class AbortAction:
    """Nobody needs this action any more: give it up if that is still possible, and answer how it ended."""

    id: EffectId
    session: str
    run: str
    action: str
    key: str


@attrs.frozen
class ReportMacro:
    """The run is over: what became of each action."""

    id: EffectId
    session: str
    run: str
    outcome: MacroOutcome
    actions: tuple[ActionReport, ...]


@attrs.frozen
class LoadScript:
    """Show this script in the panel."""

    id: EffectId
    session: str
    script: str


MacroEffect: TypeAlias = PerformAction | AbortAction | ReportMacro
ScriptEffect: TypeAlias = MacroEffect | LoadScript
"""Everything that the scripts of a session ask of their host."""
