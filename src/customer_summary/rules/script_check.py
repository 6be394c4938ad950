"""Scripts as a graph that is checked: what is broken, and what is hardly meant (spec 7.1, 7.3)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

import attrs

from customer_summary.domain.macro import ActionKind, Macro
from customer_summary.domain.script import AgentScript, ScriptChoice, ScriptStep, SessionTemplate, StepKind
from customer_summary.domain.script_library import Written
from customer_summary.rules.macro_check import MacroProblemKind, check_macro
from customer_summary.rules.slugs import IN_SCRIPTS, is_nested, slugs_in


class Severity(Enum):
    """Whether something cannot work, or is only hardly meant."""

    ERROR = "error"
    WARNING = "warning"


class ScriptFindingKind(Enum):
    """What can be found in scripts, macros and session templates; those of macros are `MacroProblemKind` too."""

    DUPLICATE_NAME = "duplicate_name"
    EMPTY_TEXT = "empty_text"
    NO_TARGET = "no_target"
    FIELD_NOT_USED = "field_not_used"
    UNKNOWN_MACRO = "unknown_macro"
    UNKNOWN_SCRIPT = "unknown_script"
    INACTIVE_SCRIPT = "inactive_script"
    NO_STEPS = "no_steps"
    NO_ACTIONS = "no_actions"
    NESTED_SLUG = "nested_slug"
    MISSING_FIELD = "missing_field"
    UNKNOWN_OUTPUT = "unknown_output"
    OUTPUT_IN_ODATA = "output_in_odata"
    UNKNOWN_BRANCH = "unknown_branch"
    INCOMPLETE_LOOKUP = "incomplete_lookup"
    NO_SEARCH = "no_search"
    DUPLICATE_ORDER = "duplicate_order"
    UNREACHABLE = "unreachable"
    CYCLE = "cycle"


_WARNINGS = {
    ScriptFindingKind.NO_STEPS,
    ScriptFindingKind.NO_ACTIONS,
    ScriptFindingKind.FIELD_NOT_USED,
    ScriptFindingKind.INACTIVE_SCRIPT,
    ScriptFindingKind.DUPLICATE_ORDER,
    ScriptFindingKind.UNREACHABLE,
    ScriptFindingKind.CYCLE,
}


@attrs.frozen
class ScriptFinding:
    """One thing found: where, as the unique name of what was written and the path inside it, what, and in words."""

    index: int
    path: str
    kind: ScriptFindingKind
    text: str

    @property
    def severity(self) -> Severity:
        """Whether it cannot work, or is only hardly meant."""
        return Severity.WARNING if self.kind in _WARNINGS else Severity.ERROR


Found = Iterator[tuple[str, ScriptFindingKind, str]]


def check_scripts(written: Iterable[Written]) -> tuple[ScriptFinding, ...]:
    """Names everything at once, in the order in which it was written; `index` is the place of what it is about.

    Where no session template is written, every script counts as attached to one.
    """
    every = tuple(written)
    graph = _Graph(every)
    return tuple(
        ScriptFinding(index, path, kind, text)
        for index, one in enumerate(every)
        for path, kind, text in (*_named(graph, index, one), *_inside(graph, one), *_placed(graph, one))
    )


class _Graph:
    """The scripts by name, where each leads, which are reached, and the cycles, each by its first script."""

    def __init__(self, every: Sequence[Written]) -> None:
        self.first: dict[tuple[type, str], int] = {}
        for index, one in enumerate(every):
            self.first.setdefault((type(one), one.unique_name), index)
        self.macros = {one.unique_name: one for one in every if isinstance(one, Macro)}
        self.scripts = {one.unique_name: one for one in every if isinstance(one, AgentScript)}
        self.leads = {name: self._targets(one) for name, one in self.scripts.items()}
        templates = [one for one in every if isinstance(one, SessionTemplate)]
        attached = (
            [name for one in templates for name in (*one.scripts, *(one.default.scripts if one.default else ()))]
            if templates
            else list(self.scripts)
        )
        self.reached = self._reached(attached)
        cycles = _cycles(self.leads)
        self.cycles = {min(cycle, key=lambda name: self.first[AgentScript, name]): cycle for cycle in cycles}

    def _targets(self, script: AgentScript) -> tuple[str, ...]:
        """Gives the scripts that one leads to: by its sub-scripts, and by macros that set another one."""
        found: dict[str, None] = {}
        for step in script.steps:
            if step.kind is StepKind.SUB_SCRIPT:
                found[step.script] = None
            macro = self.macros.get(step.macro) if step.kind is StepKind.MACRO else None
            for action in macro.actions if macro is not None else ():
                if action.kind is ActionKind.SET_SCRIPT_FOCUS:
                    found[action.script] = None
        return tuple(name for name in found if name in self.scripts)

    def _reached(self, attached: Iterable[str]) -> set[str]:
        reached: set[str] = set()
        waiting = list(attached)
        while waiting:
            name = waiting.pop()
            if name in self.scripts and name not in reached:
                reached.add(name)
                waiting += self.leads[name]
        return reached


def _named(graph: _Graph, index: int, one: Written) -> Found:
    if graph.first[type(one), one.unique_name] != index:
        yield "unique_name", ScriptFindingKind.DUPLICATE_NAME, "was given before: only the last one counts"


def _inside(graph: _Graph, one: Written) -> Found:
    match one:
        case AgentScript():
            yield from _in_script(graph, one)
        case Macro():
            yield from _in_macro(graph, one)
        case SessionTemplate():
            for place, name in enumerate(one.scripts):
                yield from _script_named(graph, f"scripts[{place}]", name)
            if one.default is not None:
                yield from _in_choice(graph, "default", one.default)


def _in_choice(graph: _Graph, path: str, choice: ScriptChoice) -> Found:
    for branch in ("then", "else"):
        script, inner = getattr(choice, f"{branch}_script"), getattr(choice, f"{branch}_choice")
        if script:
            yield from _script_named(graph, f"{path}.{branch}_script", script)
        if inner is not None:
            yield from _in_choice(graph, f"{path}.{branch}_choice", inner)


def _script_named(graph: _Graph, path: str, name: str) -> Found:
    script = graph.scripts.get(name)
    if script is None:
        yield path, ScriptFindingKind.UNKNOWN_SCRIPT, f"no script is called {name}"
    elif not script.active:
        yield path, ScriptFindingKind.INACTIVE_SCRIPT, f"{name} is not active: it cannot be loaded"


def _in_script(graph: _Graph, script: AgentScript) -> Found:
    if not script.steps:
        yield "steps", ScriptFindingKind.NO_STEPS, "has no step"
    orders = Counter(step.order for step in script.steps)
    seen: set[int] = set()
    for place, step in enumerate(script.steps):
        path = f"steps[{place}]"
        yield from ((f"{path}.{field}", kind, text) for field, kind, text in _in_step(graph, step))
        if orders[step.order] > 1 and step.order in seen:
            yield f"{path}.order", ScriptFindingKind.DUPLICATE_ORDER, "another step has it too: they show as written"
        seen.add(step.order)
    for field in ("name", "description"):
        yield from _nested(field, getattr(script, field))


_FIELD_OF: Mapping[StepKind, str] = {StepKind.TEXT: "text", StepKind.MACRO: "macro", StepKind.SUB_SCRIPT: "script"}


def _in_step(graph: _Graph, step: ScriptStep) -> Found:
    own = _FIELD_OF[step.kind]
    if not getattr(step, own):
        kind = ScriptFindingKind.EMPTY_TEXT if step.kind is StepKind.TEXT else ScriptFindingKind.NO_TARGET
        yield own, kind, f"a step of this kind needs its {own}"
    elif step.kind is StepKind.MACRO and step.macro not in graph.macros:
        yield "macro", ScriptFindingKind.UNKNOWN_MACRO, f"no macro is called {step.macro}"
    elif step.kind is StepKind.SUB_SCRIPT:
        yield from _script_named(graph, "script", step.script)
    unused = [field for kind, field in _FIELD_OF.items() if kind is not step.kind]
    for field in (*unused, *(("description",) if step.kind is StepKind.TEXT else ())):
        if getattr(step, field):
            yield field, ScriptFindingKind.FIELD_NOT_USED, f"a step of kind {step.kind.value} does not use it"
    for field in ("name", "text", "description"):
        yield from _nested(field, getattr(step, field))


def _nested(field: str, text: str) -> Found:
    for slug in slugs_in(text):
        if is_nested(slug):
            yield field, ScriptFindingKind.NESTED_SLUG, "only an $odata slug may hold another slug"


_TEXTS: Mapping[MacroProblemKind, str] = {
    MacroProblemKind.MISSING_FIELD: "the action {kind} needs it",
    MacroProblemKind.FIELD_NOT_USED: "the action {kind} does not use it",
    MacroProblemKind.NESTED_SLUG: "only an $odata slug may hold another slug",
    MacroProblemKind.UNKNOWN_OUTPUT: "no earlier action gives ${{{slug}}}",
    MacroProblemKind.OUTPUT_IN_ODATA: "what an action gives is not known when an $odata slug is asked for",
    MacroProblemKind.UNKNOWN_BRANCH: "no condition before this action has that name",
    MacroProblemKind.INCOMPLETE_LOOKUP: "a lookup needs its id, its type and its name",
    MacroProblemKind.NO_SEARCH: "no search of the knowledge base comes before",
}


def _in_macro(graph: _Graph, macro: Macro) -> Found:
    if not macro.actions:
        yield "actions", ScriptFindingKind.NO_ACTIONS, "has no action"
    for one in check_macro(macro):
        action = macro.actions[one.index]
        field = f".{one.field.partition('.')[0]}" if one.field else ""
        text = _TEXTS[one.kind].format(kind=action.kind.value, slug=one.slug)
        yield f"actions[{one.index}]{field}", ScriptFindingKind(one.kind.value), text
    for place, action in enumerate(macro.actions):
        if action.kind is ActionKind.SET_SCRIPT_FOCUS and action.script and IN_SCRIPTS not in action.script:
            yield from _script_named(graph, f"actions[{place}].script", action.script)


def _placed(graph: _Graph, one: Written) -> Found:
    """Says what is wrong with the place of a script among the others. Each cycle is named once, by its first script."""
    if not isinstance(one, AgentScript) or graph.scripts[one.unique_name] is not one:
        return
    if one.unique_name not in graph.reached:
        yield "", ScriptFindingKind.UNREACHABLE, "no session template has it, and no script leads to it"
    cycle = graph.cycles.get(one.unique_name)
    if cycle is not None:
        start = cycle.index(one.unique_name)
        names = [*cycle[start:], *cycle[:start]]
        more = f" and {len(names) - _MAX_NAMED} more" if len(names) > _MAX_NAMED else ""
        yield "", ScriptFindingKind.CYCLE, f"leads back to itself: {', '.join(names[:_MAX_NAMED])}{more}"


_MAX_NAMED = 10


def _cycles(leads: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Gives each group of scripts that lead to each other (Tarjan's components), without recursion."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in leads:
        if root in order:
            continue
        path = [(root, iter(leads[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while path:
            name, rest = path[-1]
            for after in rest:
                if after not in order:
                    order[after] = low[after] = len(order)
                    stack.append(after)
                    on_stack.add(after)
                    path.append((after, iter(leads[after])))
                    break
                if after in on_stack:
                    low[name] = min(low[name], order[after])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[name])
                if low[name] == order[name]:
                    group = [stack.pop()]
                    while group[-1] != name:
                        group.append(stack.pop())
                    on_stack.difference_update(group)
                    if len(group) > 1 or name in leads[name]:
                        yield tuple(reversed(group))
