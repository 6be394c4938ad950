"""What is known of a run before its first action: what will be missing, and what cannot be taken back (spec 7.5)."""

from collections.abc import Iterable

import attrs

from customer_summary.domain.macro import Macro, MacroAction
from customer_summary.domain.macro_run import MAX_VALUES
from customer_summary.domain.named_value import MAX_SLUG, MAX_SLUG_VALUE, NamedValue
from customer_summary.rules.macro_check import MacroProblem, MacroProblemKind, check_macro, output_of, texts_of
from customer_summary.rules.slugs import LookUp, resolve

_STOPS = {
    MacroProblemKind.MISSING_FIELD,
    MacroProblemKind.UNKNOWN_BRANCH,
    MacroProblemKind.NO_SEARCH,
}


@attrs.frozen
class Preflight:
    """What a run of a macro would meet: every problem, and by name the actions that cannot be taken back.

    `blocker` is the first problem that is sure to stop the run: of an action that hangs on no condition, and after
    which the macro does not go on. A run with one fails there, and nothing of it is performed.
    """

    problems: tuple[MacroProblem, ...]
    irreversible: tuple[str, ...]
    blocker: MacroProblem | None = None


def preflight(macro: Macro, look_up: LookUp) -> Preflight:
    """Looks at a macro with the values of its slugs, before anything runs.

    What an earlier action will hand over counts as there.
    """
    known = _known(macro, look_up)
    problems = dict.fromkeys(check_macro(macro))
    for index, action in enumerate(macro.actions):
        for field, text in texts_of(action):
            for slug in resolve(text, known).missing:
                problems[MacroProblem(index, action.name, MacroProblemKind.UNRESOLVED_SLUG, field, slug)] = None
        for field in empty_fields(action, known):
            problems[MacroProblem(index, action.name, MacroProblemKind.MISSING_FIELD, field)] = None
    found = tuple(sorted(problems, key=lambda one: one.index))
    certain = (one for one in found if one.kind in _STOPS and _is_certain(macro.actions[one.index], one.kind))
    return Preflight(found, tuple(one.name for one in macro.actions if one.rule.irreversible), next(certain, None))


def empty_fields(action: MacroAction, look_up: LookUp) -> tuple[str, ...]:
    """Gives the mandatory fields of an action that are empty once their slugs are filled."""
    return tuple(field for field in action.rule.mandatory if _is_empty(action, field, look_up))


def slug_values(texts: Iterable[str], look_up: LookUp) -> tuple[NamedValue, ...]:
    """Gives the values of the slugs in some texts: what an event carries, so that a replay needs nothing else.

    At most 150; one of more than 4000 characters, like one whose own text is longer than 500, counts as unknown.
    """
    found: dict[str, str] = {}

    def asked(name: str) -> str | None:
        value = look_up(name)
        if value is not None and len(value) <= MAX_SLUG_VALUE and 0 < len(name) <= MAX_SLUG and len(found) < MAX_VALUES:
            found[name] = value
        return value

    for text in texts:
        resolve(text, asked)
    return tuple(NamedValue(name, value) for name, value in found.items())


def macro_values(macro: Macro, look_up: LookUp) -> tuple[NamedValue, ...]:
    """Gives the values of the slugs of a macro, for `MacroRequested`. Outputs of its actions are not asked for."""
    texts = (text for action in macro.actions for _, text in texts_of(action))
    return slug_values(texts, lambda name: None if output_of(macro, name) else look_up(name))


def _known(macro: Macro, look_up: LookUp) -> LookUp:
    return lambda name: "?" if output_of(macro, name) else look_up(name)


def _is_empty(action: MacroAction, field: str, look_up: LookUp) -> bool:
    value = getattr(action, field)
    return not (resolve(value, look_up).text.strip() if isinstance(value, str) else value)


def _is_certain(action: MacroAction, kind: MacroProblemKind) -> bool:
    hangs = bool(action.branch) and kind is not MacroProblemKind.UNKNOWN_BRANCH
    return not hangs and not action.continue_on_failure
