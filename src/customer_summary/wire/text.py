"""JSON text in, without its traps: everything that Python's reader lets pass and a rulebook must not."""

import json
from math import isinf
from typing import Any, NoReturn

from customer_summary.domain.errors import DecodeError, InvalidValue, Problem, kind_of

MAX_DEPTH = 64
"""Levels of nesting. The deepest document of ours has eight."""


def read_json(data: bytes | str, *, line: int | None = None) -> Any:
    """Reads one JSON text; raises `DecodeError` for whatever is not one.

    Refused besides broken JSON: text that is not UTF-8, a key given twice in an object, NaN and infinities (also as
    1e999), numbers of thousands of digits, and more than 64 levels of nesting.
    """
    if not isinstance(data, str | bytes):
        raise DecodeError((Problem("", f"expected JSON text, got {kind_of(data)}"),), line)
    try:
        text = data if isinstance(data, str) else str(data, "utf-8")
        value = _DECODER.decode(text)
        if text.count("{") + text.count("[") > MAX_DEPTH:  # each level of nesting opens with one of them
            _check_depth(value)
    except UnicodeDecodeError:
        rule = "not valid UTF-8"
    except RecursionError:
        rule = f"more than {MAX_DEPTH} levels of nesting"
    except InvalidValue as error:
        rule = error.rule
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        rule = "JSON that ends too early" if cut else f"not JSON, at character {error.pos + 1}"
    except ValueError:
        rule = "a number has too many digits"
    else:
        return value
    raise DecodeError((Problem("", rule),), line)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise InvalidValue("", "a key is given twice in one object")
    return members


def _number(digits: str) -> float:
    value = float(digits)
    if isinf(value):
        raise InvalidValue("", "a number is too large")
    return value


def _constant(_: str) -> NoReturn:
    raise InvalidValue("", "NaN and infinities are not JSON")


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level:
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        depth += 1
        if depth > MAX_DEPTH:
            raise InvalidValue("", f"more than {MAX_DEPTH} levels of nesting")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_constant=_constant)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_json(value: Any) -> str:
    """Writes a JSON text on one line, words of every language as they are."""
    return _ENCODER.encode(value)
