"""The converter between values and JSON: strict, made fresh by a function, with every failure as our own error.

Nothing is guessed: a number is no text, text is no list, a key nobody declared is refused. What cattrs raises comes
out as a `DecodeError` whose problems carry the path to the field.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import attrs
import pendulum
from cattrs import (
    AttributeValidationNote,
    ClassValidationError,
    Converter,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from customer_summary.domain.errors import DecodeError, InvalidValue, Problem, kind_of
from customer_summary.domain.fields import WHEN_READ, Many

T = TypeVar("T")

MAX_PROBLEMS = 20
"""Problems named of one list; reading stops there."""
MAX_NAMED = 5

INSTANT_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
"""An instant as RFC 3339 writes it."""
_INSTANT = re.compile(INSTANT_PATTERN + "?")
_DURATION = re.compile(r"P(?=[0-9T])(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]{1,6})?S)?)?")
_FIELD_NAME = re.compile(r"[a-z][a-z_]{0,39}")


def read_instant(value: object) -> datetime:
    """Reads an instant as RFC 3339 writes it, such as `2026-03-02T09:42:05Z`. Raises `InvalidValue`."""
    if not isinstance(value, str):
        raise InvalidValue("", f"expected an instant as text, got {kind_of(value)}")
    match = _INSTANT.fullmatch(value)
    if match is None:
        raise InvalidValue("", "expected an instant such as 2026-03-02T09:42:05Z, in the years 2 to 9998")
    if match[2] is None:
        raise InvalidValue("", "expected an instant with its offset from UTC, got a naive one")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise InvalidValue("", "no such instant in the calendar") from None


def write_instant(value: datetime) -> str:
    """Writes an instant in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_duration(value: object) -> timedelta:
    """Reads a duration as ISO 8601 writes it, without years and months: `PT90S`. Raises `InvalidValue`."""
    if not isinstance(value, str):
        raise InvalidValue("", f"expected a duration as text, got {kind_of(value)}")
    try:
        parsed = pendulum.parse(value) if _DURATION.fullmatch(value) else None
    except (ValueError, OverflowError):
        parsed = None
    if not isinstance(parsed, pendulum.Duration):
        raise InvalidValue("", "expected a duration such as PT90S")
    return parsed.as_timedelta()


def write_duration(value: timedelta) -> str:
    """Writes a duration in seconds."""
    whole, micro = divmod(value // timedelta(microseconds=1), 1_000_000)
    return f"PT{whole}S" if not micro else f"PT{whole}.{micro:06}S"


_NAMES: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    NoneType: "nothing",
}


def _plain(*kinds: Any, lists: Callable[[Any, Any], Any] | None = None) -> Callable[[Any, Any], Any]:
    """Makes a hook that takes values of these kinds as they are, and lists where there is a hook for them."""
    expected = " or ".join([*(_NAMES[kind] for kind in kinds), *(["a list"] if lists else [])])

    def structure(value: Any, _: Any) -> Any:
        if type(value) in kinds:
            return value
        if lists is not None and type(value) is list:
            return lists(value, None)
        raise InvalidValue("", f"expected {expected}, got {kind_of(value)}")

    return structure


def _union(converter: Converter, declared: Any) -> Callable[[Any, Any], Any]:
    kinds = get_args(declared)
    listed = next((kind for kind in kinds if _is_list(kind)), None)
    hook = None if listed is None else converter.get_structure_hook(listed)
    return _plain(*(kind for kind in kinds if kind is not listed), lists=hook)


def _is_plain_union(declared: Any) -> bool:
    """Says whether a union is one of plain JSON values: texts, numbers, flags, lists, nothing."""
    kinds = get_args(declared) if get_origin(declared) in {Union, UnionType} else ()
    return len(kinds) > 1 and all(kind in _NAMES or _is_list(kind) for kind in kinds)


def _is_list(declared: Any) -> bool:
    return get_origin(get_args(declared)[0] if get_origin(declared) is Annotated else declared) is tuple


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _enum(kind: type[Enum]) -> Callable[[Any, Any], Enum]:
    members = {member.value: member for member in kind}

    def structure(value: Any, _: Any) -> Enum:
        found = members.get(value) if type(value) is str else None
        if found is None:
            raise InvalidValue("", f"expected one of {', '.join(members)}")
        return found

    return structure


def make_converter(*, omit_defaults: bool = False) -> Converter:
    """Makes a converter for every value of the library; `omit_defaults` leaves out what has its default value."""
    converter = Converter(forbid_extra_keys=True, omit_if_default=omit_defaults)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _plain(kind))
    converter.register_structure_hook(datetime, lambda value, _: read_instant(value))
    converter.register_unstructure_hook(datetime, write_instant)
    converter.register_structure_hook(timedelta, lambda value, _: read_duration(value))
    converter.register_unstructure_hook(timedelta, write_duration)
    converter.register_structure_hook_factory(_is_enum, _enum)
    converter.register_structure_hook_factory(_is_plain_union, partial(_union, converter))
    converter.register_structure_hook_factory(_is_list, partial(_listed, converter))
    converter.register_structure_hook_factory(attrs.has, partial(_object, converter))
    return converter


def _listed(converter: Converter, declared: Any) -> Callable[[Any, Any], Any]:
    """Makes the hook of a list: no more items than its `Many` allows, and no more than 20 problems named."""
    rules: tuple[Any, ...] = ()
    if get_origin(declared) is Annotated:
        declared, *rest = get_args(declared)
        rules = tuple(rest)
    most = next((rule.most for rule in rules if isinstance(rule, Many)), None)
    kind = get_args(declared)[0]
    inner = converter.get_structure_hook(kind)

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise InvalidValue("", f"expected a list, got {kind_of(value)}")
        if most is not None and len(value) > most:
            raise InvalidValue("", f"at most {most}, got {len(value)}")
        items: list[Any] = []
        failures: list[Exception] = []
        for index, one in enumerate(value):
            try:
                items.append(inner(one, kind))
            except (BaseValidationError, InvalidValue) as error:
                error.add_note(IterableValidationNote(f"at {index}", index, kind))
                failures.append(error)
                if len(failures) == MAX_PROBLEMS:
                    break
        if failures:
            raise IterableValidationError("items of a list", failures, tuple)
        return tuple(items)

    return structure


def _object(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    inner = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)
    checks = {field.name: field.metadata[WHEN_READ] for field in attrs.fields(kind) if WHEN_READ in field.metadata}
    coherent = getattr(kind, "check_coherence", None)

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            raise InvalidValue("", f"expected an object, got {kind_of(value)}")
        found = inner(value, kind)
        if checks:
            normal = {name: check(getattr(found, name), name) for name, check in checks.items() if check is not None}
            found = attrs.evolve(found, **normal)
        if coherent is not None:
            coherent(found)
        return found

    return structure


def structured(converter: Converter, kind: type[T], value: object, *, at: str = "") -> T:
    """Structures a value that came from outside; raises `DecodeError` with every problem and its path below `at`."""
    try:
        return converter.structure(value, kind)
    except (ClassValidationError, IterableValidationError, InvalidValue) as error:
        raise DecodeError(tuple(_problems(error, at))) from None


def _problems(error: BaseException, path: str) -> Iterator[Problem]:
    match error:
        case ClassValidationError() | IterableValidationError():
            for inner in error.exceptions:
                yield from _problems(inner, _below(path, inner))
        case ForbiddenExtraKeysError():
            names = sorted(name for name in error.extra_fields if _FIELD_NAME.fullmatch(str(name)))
            yield Problem(path, f"unknown field {', '.join(names[:MAX_NAMED])}" if names else "an unknown field")
        case InvalidValue():
            yield Problem(_join(path, error.field), error.rule)
        case KeyError():
            yield Problem(path, "missing")
        case _:
            yield Problem(path, "cannot be read")


def _below(path: str, error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return _join(path, note.name)
        if isinstance(note, IterableValidationNote):
            return f"{path}[{note.index}]"
    return path


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name
