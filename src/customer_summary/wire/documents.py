"""Documents: a value with the version of its format, and the place where older versions are lifted.

A document is a JSON object with `v`. `LIFTS` holds, by version, the pure function that turns a document of that
version into one of the next, before anything is structured.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias, TypeVar

from cattrs import Converter

from customer_summary.domain.errors import DecodeError, InvalidValue, Problem, kind_of
from customer_summary.domain.kinds import KINDS
from customer_summary.wire.converter import make_converter, structured
from customer_summary.wire.text import read_json, write_json

T = TypeVar("T")
Lift: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

VERSION = 1
"""The version that is written."""

LIFTS: Mapping[int, Lift] = {}
"""No older version exists yet."""

shared_converter: Callable[[], Converter] = cache(make_converter)
"""The converter of documents, made at the first use: making one compiles code for every class it meets."""


def lifted(document: object, lifts: Mapping[int, Lift] = LIFTS, version: int = VERSION) -> dict[str, Any]:
    """Gives the fields of a document in the present version, without `v`.

    Raises `DecodeError` for what is no object, has no version, or comes from a version that is not known.
    """
    if not isinstance(document, dict):
        raise DecodeError((Problem("", f"expected an object, got {kind_of(document)}"),))
    fields = dict(document)
    found = fields.pop("v", None)
    if type(found) is not int:
        rule = "missing" if "v" not in document else f"expected a whole number, got {kind_of(found)}"
        raise DecodeError((Problem("v", rule),))
    while found in lifts and found < version:
        fields, found = lifts[found](fields), found + 1
    if found != version:
        raise DecodeError((Problem("v", f"expected a version up to {version} that is known"),))
    return fields


def tagged(name: str, kinds: Mapping[str, type], document: object) -> tuple[str, dict[str, Any]]:
    """Gives the tag of a document, which stands under `name`, and the other fields. Raises `DecodeError`."""
    fields = lifted(document)
    tag = fields.pop(name, None)
    if not isinstance(tag, str) or tag not in kinds:
        raise DecodeError((Problem(name, f"expected one of {', '.join(kinds)}"),))
    return tag, fields


def encode(value: Any) -> dict[str, Any]:
    """Gives a value as a document; refuses, with `InvalidValue`, what is no value of its own (`domain.kinds`)."""
    _check_kind(type(value))
    return {"v": VERSION, **shared_converter().unstructure(value)}


def decode(kind: type[T], document: object) -> T:
    """Gives the value of a document; raises `DecodeError` with every problem found."""
    _check_kind(kind)
    return structured(shared_converter(), kind, lifted(document))


def _check_kind(kind: type) -> None:
    if kind not in KINDS:
        raise InvalidValue("kind", f"{kind.__name__} has no document")


def to_json(value: Any) -> str:
    """Writes a value as JSON text on one line."""
    return write_json(encode(value))


def from_json(kind: type[T], text: bytes | str) -> T:
    """Reads a value from JSON text; raises `DecodeError` with every problem found.

    >>> from customer_summary.domain.visitor import VisitorDetails
    >>> from_json(VisitorDetails, '{"v": 1, "language": 7}')
    Traceback (most recent call last):
    customer_summary.domain.errors.DecodeError: language: expected text, got a number
    """
    return decode(kind, read_json(text))
