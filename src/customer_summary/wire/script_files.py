"""Files of scripts, macros and session templates, in TOML or JSON, with the line of whatever is wrong.

A file holds three lists: `scripts`, `macros` and `templates`. Its values are those of a log, field by field.
"""

import tomllib
from collections.abc import Sequence
from typing import Annotated, Any

import attrs

from customer_summary.domain.errors import DecodeError, Problem
from customer_summary.domain.fields import Many, checked
from customer_summary.domain.macro import Macro
from customer_summary.domain.script import AgentScript, SessionTemplate
from customer_summary.domain.script_library import Written
from customer_summary.rules.script_check import ScriptFinding, check_scripts
from customer_summary.wire.converter import structured
from customer_summary.wire.documents import shared_converter
from customer_summary.wire.script_lines import Find, error_line, json_lines, split_path, toml_error, toml_lines
from customer_summary.wire.text import read_json

MAX_WRITTEN = 10_000
MAX_BYTES = 64 * 1024 * 1024
"""Bytes in a file of scripts."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class ScriptFile:
    """What a file holds."""

    scripts: Annotated[tuple[AgentScript, ...], Many(most=MAX_WRITTEN)] = ()
    macros: Annotated[tuple[Macro, ...], Many(most=MAX_WRITTEN)] = ()
    templates: Annotated[tuple[SessionTemplate, ...], Many(most=MAX_WRITTEN)] = ()


@attrs.frozen
class Source:
    """A file as it was read: its name, what it holds, and what finds the line of a part of it."""

    name: str
    held: ScriptFile
    _find: Find

    @property
    def written(self) -> tuple[Written, ...]:
        """Everything in the file: scripts, then macros, then session templates."""
        return (*self.held.scripts, *self.held.macros, *self.held.templates)

    def line(self, index: int, path: str) -> int:
        """Gives the line at which a part of the thing at this place of `written` stands."""
        for name in ("scripts", "macros", "templates"):
            count = len(getattr(self.held, name))
            if index < count:
                return self._find((name, index, *split_path(path)))
            index -= count
        return 1


@attrs.frozen
class FoundIn:
    """A finding, and the file and line that it is about."""

    file: str
    line: int
    name: str
    finding: ScriptFinding

    def __str__(self) -> str:
        one = self.finding
        path = f" {one.path}" if one.path else ""
        return f"{self.file}:{self.line}: {one.severity.value}: {one.kind.value}: {self.name}{path}: {one.text}"


def read_scripts(data: bytes, name: str) -> Source:
    """Reads a file of scripts: JSON where its name ends so, else TOML.

    Raises `DecodeError` with every problem found, each with its line.
    """
    if len(data) > MAX_BYTES:
        raise DecodeError((Problem("", f"a file of more than {MAX_BYTES} bytes"),))
    text = _text(data)
    document, find = _json(text) if name.lower().endswith(".json") else _toml(text)
    try:
        return Source(name, structured(shared_converter(), ScriptFile, document), find)
    except DecodeError as error:
        problems = (attrs.evolve(one, line=find(split_path(one.path))) for one in error.problems)
        raise DecodeError(tuple(problems)) from None


def check_files(sources: Sequence[Source]) -> tuple[FoundIn, ...]:
    """Checks everything that some files hold, together, in their order."""
    placed = [(source, index, one) for source in sources for index, one in enumerate(source.written)]
    return tuple(
        FoundIn(source.name, source.line(index, finding.path), one.unique_name, finding)
        for finding in check_scripts(one for _, _, one in placed)
        for source, index, one in [placed[finding.index]]
    )


def _json(text: str) -> tuple[Any, Find]:
    try:
        return read_json(text), json_lines(text)
    except DecodeError as error:
        problems = (attrs.evolve(one, line=error_line(text)) for one in error.problems)
        raise DecodeError(tuple(problems)) from None


def _toml(text: str) -> tuple[Any, Find]:
    try:
        return tomllib.loads(text), toml_lines(text)
    except tomllib.TOMLDecodeError as error:
        rule, line = toml_error(error, text)
        raise DecodeError((Problem("", rule, line),)) from None
    except RecursionError:
        raise DecodeError((Problem("", "too many levels of nesting"),)) from None


def _text(data: bytes) -> str:
    try:
        return str(data, "utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DecodeError((Problem("", "not valid UTF-8", line),)) from None
