"""The scripts of many sessions in memory: each fact of a log goes where it belongs, and time-outs come in time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import get_args

import attrs

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.errors import DecodeError, InvalidValue, Problem, UnknownKey
from customer_summary.domain.macro import Macro
from customer_summary.domain.outcome import Applied, Outcome, Unchanged
from customer_summary.domain.script import AgentScript, SessionTemplate
from customer_summary.domain.script_effects import ScriptEffect
from customer_summary.domain.script_events import (
    MacroRecorded,
    ScriptEvent,
    ScriptRecorded,
    ScriptSessionStarted,
    SessionTemplateRecorded,
)
from customer_summary.domain.script_library import ScriptLibrary
from customer_summary.domain.script_run import ScriptRun
from customer_summary.domain.tick import Tick
from customer_summary.rules.guidance import Guidance, guide
from customer_summary.rules.scripts import ScriptRunner
from customer_summary.wire.log import Line

_OF_SESSION = (ScriptSessionStarted, *get_args(ScriptEvent))


@attrs.frozen
class Guided:
    """What came of an event in the scripts of a session, or with no event of time alone."""

    at: datetime
    run: ScriptRun
    outcome: Outcome | None
    effects: tuple[ScriptEffect, ...]


class ScriptSessions:
    """The scripts that a log holds, and how far each session has come in them."""

    def __init__(self) -> None:
        self._scripts: dict[str, AgentScript] = {}
        self._macros: dict[str, Macro] = {}
        self._templates: dict[str, SessionTemplate] = {}
        # the library reads these very dictionaries, so the machine always has the newest versions
        self.machine = ScriptRunner(ScriptLibrary(self._scripts, self._macros, self._templates))
        self._runs: dict[str, ScriptRun] = {}
        self._starts: dict[str, ScriptSessionStarted] = {}
        self._due: dict[str, datetime] = {}

    def __iter__(self) -> Iterator[ScriptRun]:
        return iter(self._runs.values())

    def following(self, lines: Iterable[Line], until: datetime | None = None) -> Iterator[Line]:
        """Gives the lines of a log as they come, and handles the facts that had come by an instant, or all of them.

        So one reading serves `find` and these sessions: `find(sessions.following(read_log(log)))`.
        """
        for line in lines:
            if until is None or line.fact.at <= until:
                self._settle(line.fact.at)
                self.take(line)
            yield line

    def advance(self, to: datetime) -> Iterator[Guided]:
        """Settles the time-outs of every session that are due by then, in the order in which they are due."""
        while self._due and (first := min((due, session) for session, due in self._due.items()))[0] <= to:
            due, session = first
            run, _, effects = self.machine.step(self._runs[session], Tick(at=due))
            self._keep(run)
            yield Guided(run.at, run, None, effects)

    def take(self, line: Line | None) -> Guided | None:
        """Handles a fact of a log; None where it is not about the scripts of a session. Call `advance` first.

        Raises `DecodeError`, with the line, for an event of a session that has not begun, one that begins twice with
        different content, and a session template that nobody wrote.
        """
        match line and line.fact:
            case ScriptRecorded(script=script):
                self._scripts[script.unique_name] = script
            case MacroRecorded(macro=macro):
                self._macros[macro.unique_name] = macro
            case SessionTemplateRecorded(template=template):
                self._templates[template.unique_name] = template
            case event if isinstance(event, _OF_SESSION):
                return self._sent(line, event)
        return None

    def send(self, event: ScriptSessionStarted | ScriptEvent) -> Guided:
        """Handles one event of a session. Raises `InvalidValue` for one of a session that has not begun."""
        before = self._runs.get(event.session)
        if isinstance(event, ScriptSessionStarted):
            return self._started(event, before)
        if before is None:
            raise InvalidValue("session", "no session with this id has begun")
        run, outcome, effects = self.machine.step(before, event)
        self._keep(run)
        return Guided(max(before.at, event.at), run, outcome, effects)

    def shown(self, conversation: Conversation | None, now: datetime | None = None) -> Guidance | None:
        """Gives what the agent of a conversation may do, at `now` if given; None where no session has begun for it.

        Of several sessions the last one that began.
        """
        if conversation is None:
            return None
        if now is not None:
            self._settle(now)
        runs = [run for run in self._runs.values() if run.conversation == conversation.id]
        return guide(self.machine.library, runs[-1]) if runs else None

    def _sent(self, line: Line | None, event: ScriptSessionStarted | ScriptEvent) -> Guided:
        try:
            return self.send(event)
        except InvalidValue as error:
            problem = Problem(error.field, error.rule)
        except UnknownKey:
            problem = Problem("template", "no session template with this name")
        raise DecodeError((problem,), None if line is None else line.number)

    def _started(self, event: ScriptSessionStarted, before: ScriptRun | None) -> Guided:
        if before is None:
            self._starts[event.session] = event
            self._runs[event.session] = run = self.machine.start(event)
            return Guided(run.at, run, Applied(), ())
        if self._starts[event.session] != event:
            raise InvalidValue("session", "began twice with different content")
        return Guided(max(event.at, before.at), before, Unchanged("already begun"), ())

    def _settle(self, at: datetime) -> None:
        for _ in self.advance(at):
            pass

    def _keep(self, run: ScriptRun) -> None:
        self._runs[run.session] = run
        due = self.machine.deadline(run)
        if due is None:
            self._due.pop(run.session, None)
        else:
            self._due[run.session] = due
