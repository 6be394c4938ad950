"""Whether a condition holds, given the values of its slugs (spec 7.4, 7.5)."""

from collections.abc import Callable, Mapping

from customer_summary.domain.condition import UNARY, Comparison, Condition, MatchMode, Operator
from customer_summary.domain.script import ScriptChoice, SessionTemplate
from customer_summary.rules.slugs import LookUp, resolve


def holds(condition: Condition, look_up: LookUp) -> bool:
    """Says whether a condition holds. A slug without a value is empty text, and a comparison with it is false."""
    found = (_compared(one, look_up) for one in condition.comparisons)
    return all(found) if condition.match is MatchMode.ALL else any(found)


def chosen_script(template: SessionTemplate, look_up: LookUp) -> str | None:
    """Gives the script that the expression of a session template sets; None where no branch sets one."""
    choice = template.default
    while choice is not None:
        script, choice = _branch(choice, look_up)
        if script:
            return script
    return None


def _branch(choice: ScriptChoice, look_up: LookUp) -> tuple[str, ScriptChoice | None]:
    if holds(choice.condition, look_up):
        return choice.then_script, choice.then_choice
    return choice.else_script, choice.else_choice


def _compared(one: Comparison, look_up: LookUp) -> bool:
    left = resolve(one.left, look_up)
    if one.operator in UNARY:
        return bool(left.text) is (one.operator is Operator.HAS_VALUE)
    right = resolve(one.right, look_up)
    return not left.missing and not right.missing and _OPERATORS[one.operator](left.text, right.text)


def _numbers(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    def compared(left: str, right: str) -> bool:
        try:
            return compare(float(left), float(right))
        except ValueError:
            return False

    return compared


_OPERATORS: Mapping[Operator, Callable[[str, str], bool]] = {
    Operator.EQUALS: str.__eq__,
    Operator.DIFFERS: str.__ne__,
    Operator.CONTAINS: str.__contains__,
    Operator.BEGINS_WITH: str.startswith,
    Operator.AT_LEAST: _numbers(float.__ge__),
    Operator.AT_MOST: _numbers(float.__le__),
}
