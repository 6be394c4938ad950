"""Runs every example of the documentation, the README and the docstrings (Sybil), beside the tests.

In Markdown: `python` blocks, plain or with `>>>`; `console` blocks, each command in a shell in the root of the project;
`json` blocks, whose lines are facts of a log. In docstrings: `>>>`. Blocks of any other language are not run.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from doctest import ELLIPSIS, OutputChecker
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

from customer_summary.wire.log import TAGS, read_fact, read_log, write_fact
from customer_summary.wire.text import read_json

ROOT = Path(__file__).parent
PROMPT = "$ "
ENVIRONMENT = {
    "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "COLUMNS": "80",
}
"""All that a command of an example sees, so that no terminal or habit of the reader's changes its output."""


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Gives each command of a console block with the output that stands below it."""
    first, *rest = block.removeprefix(PROMPT).split(f"\n{PROMPT}")
    if not block.startswith(PROMPT):
        raise ValueError(f"a console block begins with {PROMPT!r}")
    for one in (first, *rest):
        command, _, expected = one.partition("\n")
        yield command, expected.rstrip("\n")


def run_console(example: Example) -> str | None:
    """Runs a console block; gives what is wrong with the first command whose output differs."""
    for command, expected in commands(example.parsed):
        done = subprocess.run(  # noqa: S602  # the documentation's own commands, as a reader would type them
            command,
            shell=True,
            check=False,
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
        )
        got = done.stdout.rstrip("\n")
        if done.returncode:
            return f"$ {command}\nended with {done.returncode}:\n{got}"
        if not OutputChecker().check_output(f"{expected}\n", f"{got}\n", ELLIPSIS):
            return f"$ {command}\nexpected:\n{expected}\ngot:\n{got}"
    return None


def read_lines(example: Example) -> str | None:
    """Reads a block of JSON as a log; each line must say nothing but what is said back when it is written again."""
    lines = list(read_log(BytesIO(example.parsed.encode())))
    for line in lines:
        again = write_fact(line.fact)
        if read_fact(read_json(again)) != line.fact:
            return f"line {line.number} of the block is written as another fact: {again}"
    return None if lines else "an empty block"


def table(page: str, heading: str) -> list[list[str]]:
    """Gives the cells of the first table below a heading of a page of the documentation, without its head."""
    _, found, below = (ROOT / "docs" / page).read_text("utf-8").partition(f"\n{heading}\n")
    if not found:
        raise ValueError(f"{page} has no heading {heading!r}")
    rows: list[list[str]] = []
    for line in below.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
        elif rows or line.startswith("#"):
            break
    return rows[2:]


def tag(event: type) -> str:
    """Names an event as a log does; one that is no fact of a log by its class."""
    return TAGS.get(event) or re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()


Follow = Mapping[str, Mapping[str, set[str]]]


def follow(table: Mapping[Any, Mapping[type, frozenset[Any]]], lapses: Mapping[Any, frozenset[Any]]) -> Follow:
    """Gives what may follow by the tables of a machine: for each event, and for `time`, by the status before it."""
    events = dict.fromkeys(event for row in table.values() for event in row)
    found = {
        tag(event): {status.value: {one.value for one in row.get(event, ())} for status, row in table.items()}
        for event in events
    }
    return {**found, "time": {status.value: {one.value for one in after} for status, after in lapses.items()}}


def follow_of(page: str, heading: str, statuses: type[Enum]) -> Follow:
    """Gives what may follow by the table below a heading of a page."""
    return {
        event.strip("`"): {
            status.value: set() if cell == "-" else set(cell.split(", "))
            for status, cell in zip(statuses, cells, strict=True)
        }
        for event, *cells in table(page, heading)
    }


def diagram(table: Mapping[Any, Mapping[type, frozenset[Any]]], lapses: Mapping[Any, frozenset[Any]]) -> list[str]:
    """Draws the tables of a machine: an arrow from each status to each other one, with what leads there."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for event, row in follow(table, lapses).items():
        for before, after in ((before, after) for before, found in row.items() for after in found if after != before):
            arrows.setdefault((before, after), []).append(event)
    places = [status.value for status in table]
    ordered = sorted(arrows, key=lambda arrow: [places.index(one) for one in arrow])
    lines = [f"    {before} --> {after}: {', '.join(arrows[before, after])}" for before, after in ordered]
    return ["stateDiagram-v2", *lines]


def drawn(page: str) -> list[str]:
    """Gives the lines of the diagram on a page."""
    _, _, below = (ROOT / "docs" / page).read_text("utf-8").partition("\n```mermaid\n")
    return below.partition("\n```")[0].splitlines()


def offer_tables(namespace: dict[str, Any]) -> None:
    """Lets the examples of a page compare its tables and its diagram to the code."""
    namespace |= {"table": table, "follow": follow, "follow_of": follow_of, "diagram": diagram, "drawn": drawn}


@pytest.fixture
def in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs an example in the root of the project, wherever the tests were started."""
    monkeypatch.chdir(ROOT)


markdown = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        CodeBlockParser(language="console", evaluator=run_console),
        CodeBlockParser(language="json", evaluator=read_lines),
    ],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    setup=offer_tables,
    fixtures=["in_root"],
)
docstrings = Sybil(parsers=[DocTestParser(ELLIPSIS)], path="src", patterns=["*.py"])

pytest_collect_file = (markdown + docstrings).pytest()


LONGEST = ("test_reachable_states.py", "test_values.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the files that take longest: where files run side by side, they must not be left over at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
