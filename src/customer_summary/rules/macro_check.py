"""What is wrong with a macro, known from its text alone (spec 7.5, 7.6)."""

from collections.abc import Iterable, Iterator
from enum import Enum

import attrs

from customer_summary.domain.macro import TEXT_FIELDS, ActionKind, Macro, MacroAction
from customer_summary.rules.slugs import ODATA, is_nested, slugs_in

SEARCHES = frozenset({ActionKind.SEARCH_KNOWLEDGE})
LOOKUP_PARTS = ("id", "type", "name")


class MacroProblemKind(Enum):
    """What can be wrong with an action."""

    MISSING_FIELD = "missing_field"
    FIELD_NOT_USED = "field_not_used"
    UNRESOLVED_SLUG = "unresolved_slug"
    NESTED_SLUG = "nested_slug"
    UNKNOWN_OUTPUT = "unknown_output"
    OUTPUT_IN_ODATA = "output_in_odata"
    UNKNOWN_BRANCH = "unknown_branch"
    INCOMPLETE_LOOKUP = "incomplete_lookup"
    NO_SEARCH = "no_search"


@attrs.frozen
class MacroProblem:
    """One thing wrong with an action: which action, and which of its fields or slugs."""

    index: int
    action: str
    kind: MacroProblemKind
    field: str = ""
    slug: str = ""


def check_macro(macro: Macro) -> tuple[MacroProblem, ...]:
    """Gives everything that is wrong with a macro whatever its slugs stand for, in the order of its actions."""
    return tuple(
        MacroProblem(index, action.name, kind, field, slug)
        for index, action in enumerate(macro.actions)
        for kind, field, slug in (*_fields(action), *_slugs(macro, index), *_order(macro, index))
    )


def texts_of(action: MacroAction) -> Iterator[tuple[str, str]]:
    """Gives every text of an action that may hold slugs, by field."""
    yield from action.texts
    for comparison in action.condition.comparisons if action.condition else ():
        yield from (("condition", comparison.left), ("condition", comparison.right))


def output_of(macro: Macro, slug: str) -> tuple[int, str] | None:
    """Gives the place of the action and the name of its output where a slug such as `form.tabId` means one."""
    name, dot, output = slug.partition(".")
    if not dot:
        return None
    return next(((index, output) for index, one in enumerate(macro.actions) if one.name == name), None)


Found = Iterator[tuple[MacroProblemKind, str, str]]


def _fields(action: MacroAction) -> Found:
    rule = action.rule
    for field in rule.mandatory:
        if not action.has(field):
            yield MacroProblemKind.MISSING_FIELD, field, ""
    for field in (*TEXT_FIELDS, "attributes", "condition"):
        if action.has(field) and field not in rule.mandatory and field not in rule.optional:
            yield MacroProblemKind.FIELD_NOT_USED, field, ""
    names = {one.name for one in action.attributes}
    lookups = dict.fromkeys(name.rpartition(".")[0] for name in (one.name for one in action.attributes) if "." in name)
    for lookup in lookups:
        if not names.issuperset(f"{lookup}.{part}" for part in LOOKUP_PARTS):
            yield MacroProblemKind.INCOMPLETE_LOOKUP, f"attributes.{lookup}", ""


def _slugs(macro: Macro, index: int) -> Found:
    for field, text in texts_of(macro.actions[index]):
        for slug in slugs_in(text):
            if is_nested(slug):
                yield MacroProblemKind.NESTED_SLUG, field, slug
            if slug.startswith(ODATA) and any(output_of(macro, inner) for inner in slugs_in(slug)):
                yield MacroProblemKind.OUTPUT_IN_ODATA, field, slug
            output = output_of(macro, slug)
            if output is not None and not _is_given(macro, index, *output):
                yield MacroProblemKind.UNKNOWN_OUTPUT, field, slug


def _is_given(macro: Macro, index: int, place: int, output: str) -> bool:
    return place < index and output in macro.actions[place].rule.outputs


def _order(macro: Macro, index: int) -> Found:
    action, before = macro.actions[index], macro.actions[:index]
    if action.branch and branch_of(before, action) is None:
        yield MacroProblemKind.UNKNOWN_BRANCH, "branch", ""
    if action.kind is ActionKind.SEND_ARTICLE and not any(one.kind in SEARCHES for one in before):
        yield MacroProblemKind.NO_SEARCH, "", ""


def branch_of(before: Iterable[MacroAction], action: MacroAction) -> int | None:
    """Finds the condition that an action depends on, among the actions before it."""
    asks = (index for index, one in enumerate(before) if (one.name, one.kind) == (action.branch, ActionKind.CONDITION))
    return next(asks, None)
