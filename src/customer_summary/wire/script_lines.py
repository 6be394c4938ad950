"""On which line a part of a file stands: for messages about files that people write by hand.

Neither reader of the standard library says it, and no library in use does for both formats. So a path such as
`scripts[1].steps[0].text` is looked for once something is wrong, in text that was read before.
"""

import json
import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable
from typing import Any, TypeAlias

Parts: TypeAlias = tuple[str | int, ...]
Find: TypeAlias = Callable[[Parts], int]
"""Gives the line of a part; of one that is not there, that of the nearest part around it."""

_PART = re.compile(r"\w+")
_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
_TOP = re.compile(r"\[\[\s*\w+\s*\]\]")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def split_path(path: str) -> Parts:
    """Splits a path at its points and brackets.

    >>> split_path("scripts[1].steps[0].text")
    ('scripts', 1, 'steps', 0, 'text')
    """
    return tuple(int(one) if one.isdigit() else one for one in _PART.findall(path))


def json_lines(text: str) -> Find:
    """Gives what finds the lines of a JSON text, which must be one."""
    lines: dict[Parts, int] = {}

    def find(parts: Parts) -> int:
        if not lines:
            lines.update(_json_lines(text))
        while parts not in lines:
            parts = parts[:-1]
        return lines[parts]

    return find


def _json_lines(text: str) -> dict[Parts, int]:
    """Gives the line of every part of a JSON text, in one pass over its tokens."""
    found: dict[Parts, int] = {(): 1}
    path: list[str | int | None] = []  # an index in each list, a key in each object; None before its first key
    line, last = 1, 0
    for match in _MARK.finditer(text):
        mark = match[0]
        line, last = line + text.count("\n", last, match.start()), match.start()
        if mark in "]}":
            path.pop()
            continue
        if mark == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
            continue
        if mark == ":":
            continue
        if path and path[-1] is None:  # a key
            path[-1] = json.loads(mark)
            found[tuple(path)] = line  # type: ignore[arg-type]  # no part of it is None here
            continue
        found.setdefault(tuple(path), line)  # type: ignore[arg-type]  # as above
        if mark in "[{":
            path.append(0 if mark == "[" else None)
    return found


def error_line(text: str) -> int:
    """Gives the line at which a text ceases to be JSON, 1 where it is JSON that is refused for something else."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.lineno
    except (ValueError, RecursionError):
        return 1
    return 1


def toml_error(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int]:
    """Gives what is wrong with a text that is not TOML, and on which line; the last one where it ends too early."""
    said = str(error)
    match = _AT_LINE.search(said)
    line = int(match[1]) if match else text.rstrip().count("\n") + 1
    return f"not TOML: {_AT_LINE.sub('', said).removesuffix(' (at end of document)')}", line


def toml_lines(text: str) -> Find:
    """Gives what finds the lines of a TOML text, which must be one.

    A text cut off after a whole statement is TOML too. So the statement of a part is the last one of the shortest such
    piece that has the part. To keep that short, it is looked for in the one top-level table that holds it.
    """
    blocks: dict[Parts, tuple[int, list[str]]] = {}

    def find(parts: Parts) -> int:
        if not blocks:
            blocks.update(_blocks(text))
        block = blocks.get(parts[:2])
        if block is None:
            return 1 + _statement(text.splitlines(), parts)
        first, lines = block
        return first + _statement(lines, (parts[0], 0, *parts[2:]))

    return find


def _blocks(text: str) -> dict[Parts, tuple[int, list[str]]]:
    """Gives the lines of each top-level table, such as the second of `[[scripts]]`, and the line where it begins."""
    found: dict[Parts, tuple[int, list[str]]] = {}
    counts: dict[str, int] = {}
    lines = text.splitlines()
    starts = [index for index, line in enumerate(lines) if _TOP.match(line)]
    begun: int | None = None
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        begun = start if begun is None else begun
        block = _parsed(lines[begun:end])
        if block is None:  # what looks like a table stands inside a text of several lines
            continue
        name = next(iter(block))
        found[name, counts.get(name, 0)] = begun + 1, lines[begun:end]
        counts[name] = counts.get(name, 0) + 1
        begun = None
    return found


def _parsed(lines: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return None


def _statement(lines: list[str], parts: Parts) -> int:
    """Gives the place of the line on which the statement begins that a part comes from."""
    every = _whole(lines, len(lines))[1]
    while not _has(every, parts):
        parts = parts[:-1]
    after = bisect_left(range(len(lines) + 1), True, key=lambda count: _has(_whole(lines, count)[1], parts))
    return _whole(lines, after - 1)[0] if after else 0


def _whole(lines: list[str], count: int) -> tuple[int, dict[str, Any]]:
    """Gives how many of the first so many lines are whole statements, and what they say."""
    while (block := _parsed(lines[:count])) is None:
        count -= 1
    return count, block


def _has(found: Any, parts: Parts) -> bool:
    for part in parts:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
