"""The story of scripts for a terminal: what an agent pressed, what the host was asked for, and how runs ended."""

from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from customer_summary.domain.facts import Fact
from customer_summary.domain.macro_run import ActionReport
from customer_summary.domain.script_effects import AbortAction, LoadScript, PerformAction, ScriptEffect
from customer_summary.domain.script_events import (
    MacroRecorded,
    ScriptFact,
    ScriptRecorded,
    ScriptSessionStarted,
    SessionTemplateRecorded,
)
from customer_summary.hosts.script_sessions import Guided, ScriptSessions
from customer_summary.plain import plain
from customer_summary.wire.converter import write_instant

_FACTS = get_args(ScriptFact)


def is_of_scripts(fact: Fact) -> bool:
    """Says whether a fact is about scripts."""
    return isinstance(fact, _FACTS)


def script_subject(fact: Fact) -> list[str]:
    """Gives the ids and names that say which script, macro or session a fact is about."""
    match fact:
        case ScriptRecorded(script=one):
            return [one.unique_name]
        case MacroRecorded(macro=macro):
            return [macro.unique_name]
        case SessionTemplateRecorded(template=template):
            return [template.unique_name]
        case ScriptSessionStarted():
            return [fact.session, "of", fact.conversation]
    names = ("session", "script", "step", "macro", "run", "action")
    return [str(getattr(fact, name)) for name in names if getattr(fact, name, "")]


def due_lines(to: datetime, sessions: ScriptSessions) -> Iterator[str]:
    """Says what time alone did to macros before an instant; ids and kinds only."""
    for guided in sessions.advance(to):
        yield plain(f"{write_instant(guided.at)} due {guided.run.session}")
        yield from effect_lines(guided)


def effect_lines(guided: Guided | None) -> Iterator[str]:
    """Says what a host has to do after an event in the scripts of a session; ids and kinds only."""
    for effect in () if guided is None else guided.effects:
        for line in _effect(effect):
            yield plain(f"    {line}")


def _effect(effect: ScriptEffect) -> Iterator[str]:
    match effect:
        case PerformAction():
            yield f"perform {effect.key}: {effect.kind.value}, until {write_instant(effect.until)}"
        case AbortAction():
            yield f"abort {effect.key}"
        case LoadScript():
            yield f"show script {effect.script}"
        case _:
            yield f"macro {effect.run}: {effect.outcome.value}"
            yield from (f"    {_reported(one)}" for one in effect.actions)


def _reported(one: ActionReport) -> str:
    why = "" if one.reason is None else f" ({one.reason.value}{f': {one.field}' if one.field else ''})"
    return f"{one.index} {one.name} {one.kind.value}: {one.status.value}{why}"
