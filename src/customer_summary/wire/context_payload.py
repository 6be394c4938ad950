"""The context-variable payload of a chat widget, with the customer's history inside (spec 4.3, 5).

An object of `{value, isDisplayable}` by variable name; `Value` and a bare primitive are read too. Under the reserved
key `SelfService` stands a JSON text with a list of actions. It comes from the visitor's side: nothing in it is proof
of who the customer is, and no shape of it escapes as anything but a `DecodeError`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import attrs

from customer_summary.domain.context import (
    MAX_VARIABLES,
    SELF_SERVICE,
    ContextDefinition,
    ContextType,
    ContextVariable,
)
from customer_summary.domain.errors import DecodeError, InvalidValue, Problem, kind_of
from customer_summary.domain.self_service import SelfServiceAction, SelfServiceKind
from customer_summary.rules.context import read_flag, typed_value
from customer_summary.wire.converter import read_instant, write_instant
from customer_summary.wire.option_codes import SELF_SERVICE_TYPES, UnknownOption
from customer_summary.wire.text import read_json, write_json

MAX_ACTIONS = 10_000
"""Actions in one payload (our choice: a portal's sample keeps four)."""

_TITLE, _TYPE, _URL = "msdyn_displaytitle", "msdyn_type", "msdyn_url"
_START, _END = "msdyn_starttime", "msdyn_endtime"


@attrs.frozen
class ContextPayload:
    """What a payload holds: the variables in their order, and the actions, each with an id made from its content."""

    variables: tuple[ContextVariable, ...]
    self_service: tuple[SelfServiceAction, ...]


def read_context(payload: object, definitions: Iterable[ContextDefinition] = ()) -> ContextPayload:
    """Reads a payload: JSON text, bytes, or an object already read. Raises `DecodeError` with the path of the problem.

    A variable defined as a number takes numbers and their text; one defined as text or not at all takes any primitive;
    one defined as a boolean takes true, false and their text. More than 100 variables are refused, none is dropped;
    `SelfService` does not count.
    """
    document = read_json(payload) if isinstance(payload, str | bytes) else payload
    if not isinstance(document, Mapping):
        raise DecodeError((Problem("", f"expected an object, got {kind_of(document)}"),))
    types = {one.name: one.type for one in definitions}
    custom = [(key, value) for key, value in document.items() if key != SELF_SERVICE]
    if len(custom) > MAX_VARIABLES:
        raise DecodeError((Problem("", f"at most {MAX_VARIABLES} variables, got {len(custom)}"),))
    variables = []
    for index, (key, value) in enumerate(custom):
        try:
            variables.append(_variable(key, value, types))
        except InvalidValue as error:
            raise DecodeError((Problem(f"variables[{index}].{error.field}", error.rule),)) from None
    actions = _actions(document[SELF_SERVICE]) if SELF_SERVICE in document else ()
    return ContextPayload(tuple(variables), actions)


def _variable(key: object, given: object, types: Mapping[str, ContextType]) -> ContextVariable:
    value, displayable = _unwrapped(given) if isinstance(given, Mapping) else (given, False)
    kind = types.get(key, ContextType.TEXT) if isinstance(key, str) else ContextType.TEXT
    return ContextVariable(key, typed_value(value, kind), displayable)  # type: ignore[arg-type]  # the value checks itself


def _unwrapped(given: Mapping[Any, Any]) -> tuple[Any, bool]:
    """Gives the value and the flag of `{value, isDisplayable}`."""
    if given.keys() - {"value", "Value", "isDisplayable"}:
        raise InvalidValue("value", "expected value and isDisplayable, got another key")
    if ("value" in given) == ("Value" in given):
        raise InvalidValue("value", "expected exactly one of value and Value")
    value = given["value"] if "value" in given else given["Value"]
    return value, read_flag(given.get("isDisplayable", False), "isDisplayable")


def _actions(value: object) -> tuple[SelfServiceAction, ...]:
    try:
        listed = read_json(value) if isinstance(value, str) else _inner(value)
    except DecodeError as error:
        rules = tuple(Problem(SELF_SERVICE, problem.rule) for problem in error.problems)
        raise DecodeError(rules) from None
    if not isinstance(listed, list):
        raise DecodeError((Problem(SELF_SERVICE, f"expected a list of actions, got {kind_of(listed)}"),))
    if len(listed) > MAX_ACTIONS:
        raise DecodeError((Problem(SELF_SERVICE, f"at most {MAX_ACTIONS} actions, got {len(listed)}"),))
    actions, seen = [], Counter[str]()
    for index, one in enumerate(listed):
        try:
            actions.append(_action(one, seen))
        except InvalidValue as error:
            path = f"{SELF_SERVICE}[{index}]"
            raise DecodeError((Problem(f"{path}.{error.field}" if error.field else path, error.rule),)) from None
    return tuple(actions)


def _inner(value: object) -> Any:
    """Gives the list of a `SelfService` key that has `{value, isDisplayable}` around its JSON text."""
    try:
        inner = _unwrapped(value)[0] if isinstance(value, Mapping) else value
    except InvalidValue as error:
        raise DecodeError((Problem(error.field, error.rule),)) from None
    if isinstance(inner, str):
        return read_json(inner)
    raise DecodeError((Problem("", f"expected JSON text, got {kind_of(inner)}"),))


def _action(given: object, seen: Counter[str]) -> SelfServiceAction:
    if not isinstance(given, Mapping):
        raise InvalidValue("", f"expected an object, got {kind_of(given)}")
    if given.keys() - {_TITLE, _START, _END, _TYPE, _URL}:
        raise InvalidValue("", "an unknown field")
    for name in (_TITLE, _START, _TYPE):
        if name not in given:
            raise InvalidValue(name, "missing")
    code = _checked(_TYPE, SELF_SERVICE_TYPES.read, given[_TYPE])
    at = _checked(_START, _foreign_instant, given[_START])
    end = given.get(_END)
    ended_at = None if end is None else _checked(_END, _foreign_instant, end)
    url = given.get(_URL)
    url = "" if url is None else url
    kind = SelfServiceKind.CUSTOM_ACTION if isinstance(code, UnknownOption) else code
    foreign = code.code if isinstance(code, UnknownOption) else None
    action = SelfServiceAction(id="?", at=at, kind=kind, title=given[_TITLE], url=url, code=foreign, ended_at=ended_at)
    return attrs.evolve(action, id=_id_of(action, seen))


def _checked(field: str, read: Any, value: object) -> Any:
    try:
        return read(value)
    except InvalidValue as error:
        raise InvalidValue(field, error.rule) from None


def _foreign_instant(value: object) -> datetime:
    """Reads an instant that may have more than six decimals; what a microsecond cannot hold is cut off."""
    if isinstance(value, str) and "." in value:
        head, _, tail = value.partition(".")
        digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
        value = f"{head}.{digits[:6]}{tail[len(digits) :]}"
    return read_instant(value)


def _id_of(action: SelfServiceAction, seen: Counter[str]) -> str:
    """Makes an id from the content, so that the order of the list and a payload sent twice change nothing.

    Equal actions of one payload are told apart by number: a page reloaded in the same second counts twice.
    """
    content = write_json(
        [
            action.at.astimezone(UTC).isoformat(),
            action.kind.value,
            action.code,
            action.title,
            action.url,
            *([] if action.ended_at is None else [action.ended_at.isoformat()]),
        ]
    )
    digest = sha256(content.encode()).hexdigest()[:24]
    seen[digest] += 1
    return f"self-service-{digest}-{seen[digest]}"


def write_self_service(actions: Iterable[SelfServiceAction]) -> str:
    """Writes actions as the JSON text that stands under `SelfService`, newest first as a portal keeps them."""
    newest_first = sorted(actions, key=lambda action: (action.at, action.sequence, action.id), reverse=True)
    return write_json(
        [
            {
                _TITLE: action.title,
                _START: write_instant(action.at),
                _TYPE: SELF_SERVICE_TYPES.write(
                    action.kind if action.code is None else UnknownOption(SELF_SERVICE_TYPES.name, action.code)
                ),
                _URL: action.url,
            }
            | ({} if action.ended_at is None else {_END: write_instant(action.ended_at)})
            for action in newest_first
        ]
    )
