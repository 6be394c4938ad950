"""The commands for those who write scripts: check files, and draw what is in them."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from customer_summary.domain.errors import DecodeError
from customer_summary.domain.script import AgentScript
from customer_summary.plain import plain
from customer_summary.rules.script_check import Severity
from customer_summary.views.script_diagram import script_diagram
from customer_summary.wire.script_files import Source, check_files, read_scripts


def check(paths: Sequence[str]) -> tuple[bool, bool]:
    """Prints everything that is wrong with some files, a line each. Says whether all could be read, and had no error.

    What is wrong with a file that cannot be read goes to standard error; the others are then not checked.
    """
    sources = _read(paths)
    if sources is None:
        return False, False
    found = check_files(sources)
    for one in found:
        print(plain(str(one)))
    errors = sum(one.finding.severity is Severity.ERROR for one in found)
    scripts = sum(len(one.held.scripts) for one in sources)
    steps = sum(len(script.steps) for one in sources for script in one.held.scripts)
    macros = sum(len(one.held.macros) for one in sources)
    print(
        f"{scripts} scripts, {steps} steps, {macros} macros: {errors} errors, {len(found) - errors} warnings",
        flush=True,
    )
    return True, errors == 0


def draw(paths: Sequence[str], name: str | None) -> str | None:
    """Prints the scripts of some files as a diagram, all or the one of this name. Says why there is none to print."""
    sources = _read(paths)
    if sources is None:
        return ""
    every = tuple(script for one in sources for script in one.held.scripts)
    chosen = tuple(script for script in every if name in {None, script.unique_name})
    if not chosen:
        return _no_script(name, every)
    print(plain(script_diagram(chosen)))
    return None


def _no_script(name: str | None, every: Sequence[AgentScript]) -> str:
    if name is None or not every:
        return "the files hold no script"
    return "".join(("no script has this unique name; there are:", *(f"\n  {one.unique_name}" for one in every[:20])))


def _read(paths: Sequence[str]) -> list[Source] | None:
    """Reads some files; None where one of them cannot be read, with all that is wrong on standard error."""
    found: list[Source] = []
    problems: list[str] = []
    for path in paths:
        try:
            found.append(read_scripts(Path(path).read_bytes(), path))
        except DecodeError as error:
            problems += _problems(path, error)
    for one in problems:
        print(plain(one), file=sys.stderr)
    return None if problems else found


def _problems(path: str, error: DecodeError) -> Iterator[str]:
    for one in error.problems:
        where = f" {one.path}:" if one.path else ""
        yield f"{path}:{one.line or 1}: error:{where} {one.rule}"
