"""JSON Schemas of the log and of the page: files of this package, generated from the classes.

`python -m customer_summary.wire.schema` writes them anew; it needs the extra `schema` (msgspec), which reads attrs
classes as they are. What msgspec cannot know is added from the classes' own rules: limits, tags and versions.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import attrs

from customer_summary.domain.errors import UnknownKey
from customer_summary.domain.fields import Many, Text, Whole
from customer_summary.wire.converter import INSTANT_PATTERN
from customer_summary.wire.documents import VERSION
from customer_summary.wire.log import FACTS
from customer_summary.wire.page import DOCUMENTS

_TAGGED: Mapping[str, tuple[str, Mapping[str, type]]] = {"page": ("document", DOCUMENTS), "log": ("fact", FACTS)}
SCHEMAS = tuple(_TAGGED)
_NOT_BLANK, _BARE, _COLUMN = r"\S", r"^\S([\s\S]*\S)?$", "^[A-Za-z_][A-Za-z0-9_]*$"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def read_schema(name: str) -> str:
    """Gives a schema, `page` or `log`, as JSON text. Raises `UnknownKey` for another name."""
    if name not in SCHEMAS:
        raise UnknownKey("schema", SCHEMAS)
    return (files(__package__) / "schemas" / f"{name}.schema.json").read_text("utf-8")


def generate(name: str) -> dict[str, Any]:
    """Generates a schema from the classes."""
    tag_name, tagged = _TAGGED[name]
    components = _components(tuple(tagged.values()))
    branches = [_document(components[kind.__name__], tag_name, tag) for tag, kind in tagged.items()]
    for kind in tagged.values():
        del components[kind.__name__]
    title = {"log": "One line of a log", "page": "The page of a conversation, or why there is none"}[name]
    return {"$schema": _DIALECT, "title": title, "oneOf": branches, "$defs": dict(sorted(components.items()))}


def _components(kinds: tuple[type, ...]) -> dict[str, dict[str, Any]]:
    import msgspec  # noqa: PLC0415  # generating is for those who develop; reading needs nothing

    _, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    classes = _classes(kinds)
    for name, schema in components.items():
        if name in classes:
            schema["description"] = cleandoc(schema["description"])
            schema["additionalProperties"] = False
            for field in attrs.fields(classes[name]):
                checks = field.converter is not None
                _limit(schema["properties"][field.name], field.type, checks=checks)
    return dict(components)


def _classes(kinds: tuple[type, ...]) -> dict[str, type]:
    """Gives the attrs classes that these are made of, by name."""
    found: dict[str, type] = {}
    waiting: list[Any] = list(kinds)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and attrs.has(kind) and kind.__name__ not in found:
            attrs.resolve_types(kind)
            found[kind.__name__] = kind
            waiting.extend(field.type for field in attrs.fields(kind))
        waiting.extend(get_args(kind))
    return found


def _limit(schema: dict[str, Any], declared: Any, *, checks: bool) -> None:
    """Adds what a field's own rules say: lengths, bounds, and that an instant is one.

    `checks` says whether the class checks itself: a plain text then has the limits of every text.
    """
    arguments, rules = get_args(declared), list[Any]()
    if get_origin(declared) is Annotated:
        declared, *rules = arguments
        arguments = get_args(declared)
    if get_origin(declared) is tuple:
        _limit(schema["items"], arguments[0], checks=checks)
        schema |= {key: value for rule in rules for key, value in _rule(rule).items()}
    elif "anyOf" in schema:
        inner = [one for one in arguments if one is not type(None)]
        for branch, kind in zip(schema["anyOf"], inner, strict=False):
            _limit(
                branch, Annotated[kind, *rules] if rules and kind is str else kind, checks=checks and len(inner) == 1
            )
    elif declared is datetime:
        schema |= {"format": "date-time", "pattern": f"^{INSTANT_PATTERN}$"}
    elif declared in {str, int} and (rules or checks):
        known = next((rule for rule in rules if isinstance(rule, Text | Whole)), None)
        schema |= _rule(known or (Text() if declared is str else Whole()))


def _rule(rule: object) -> dict[str, Any]:
    match rule:
        case Text(logical=True):
            return {"maxLength": rule.most, "minLength": rule.least, "pattern": _COLUMN}
        case Text():
            some = {"minLength": rule.least, "pattern": _BARE if rule.bare else _NOT_BLANK} if rule.least else {}
            return {"maxLength": rule.most, **some}
        case Whole():
            return {"minimum": rule.least, "maximum": rule.most}
        case Many():
            return {"maxItems": rule.most}
    return {}


def _document(schema: dict[str, Any], tag_name: str, tag: str) -> dict[str, Any]:
    """Makes a class's schema that of a document: with its version and its tag."""
    first = {"v": {"const": VERSION}, tag_name: {"const": tag}}
    required = [*first, *schema.get("required", [])]
    return {**schema, "properties": first | schema["properties"], "required": required}


def main() -> None:
    """Writes the schema files of the package anew."""
    for name in SCHEMAS:
        path = Path(str(files(__package__) / "schemas" / f"{name}.schema.json"))
        path.write_text(json.dumps(generate(name), indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
