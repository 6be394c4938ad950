"""Turns the agent guidelines of the Action-Based Conversations Dataset into agent scripts and macros.

The source is a JSON object of flows, each with sub-flows, each with instructions and actions: a type, a button, a text
and its sub-texts. Each sub-flow becomes a script, and each of its actions a step, in the same order:

- what the agent says, and a button "N/A", becomes a text step; every other button a macro step;
- where the text sends the agent to another sub-flow, as "Flow > Sub-flow" or by its name, a sub-script step follows;
- each button becomes one macro: a knowledge article is opened, anything else runs a flow of the host on the
  conversation.

`required_actions` derives from a script which actions the sub-flow requires, by the names that `kb.json` of the source
has for them, and `contradictions` names the sub-flows for which the two files do not agree. `replay` runs what an agent
did in a real conversation through the machine of the script.

    python examples/import_abcd_scripts.py guidelines.json > scripts.json
    python -m customer_summary check scripts.json
    python examples/import_abcd_scripts.py guidelines.json --kb kb.json --ontology ontology.json
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs

import customer_summary as cs
from customer_summary.domain.errors import kind_of
from customer_summary.wire.documents import shared_converter
from customer_summary.wire.text import read_json
from import_abcd import object_at, problem_at

PREFIX = "abcd"
NO_BUTTON = "N/A"
NOT_REQUIRED = frozenset({"", "end-conversation", "instructions"})
FOLDED = {
    "membership-privileges": "membership",
    "enter-detail": "enter-details",
    "select-answer": "select-faq",
    "notify-internal-team": "notify-team",
}
SEARCHED = frozenset({"boots", "shirt", "jeans", "jacket", "pricing", "membership", "timing", "policy"})
"""Buttons that look for an article under a heading; `kb.json` calls them `search-...`."""
STEP = 10
"""Between the orders of two actions of the source, so that a sub-script finds its place after the one that names it."""
ACTION = 2
"""Where the action stands among the targets of a row of a conversation."""
START = datetime(2026, 3, 2, 9, tzinfo=UTC)

_BY_PATH = re.compile(r"([A-Z][\w-]*(?: [A-Z][\w-]*)*) > ([A-Z][\w-]*(?:(?: > | )[A-Z][\w-]*)*)")
_BY_NAME = re.compile(r"the ([A-Z][\w -]*?) subflow|the '([A-Z][\w -]*?)' flow")


@attrs.frozen
class SubFlow:
    """A sub-flow of the source: where it stands there, and its script."""

    flow: str
    name: str
    script: cs.AgentScript


@attrs.frozen
class Imported:
    """All sub-flows of the source in its order, the macros of their buttons, and a template with every script."""

    subflows: tuple[SubFlow, ...]
    macros: tuple[cs.Macro, ...]

    @property
    def template(self) -> cs.SessionTemplate:
        """The session template of the shop."""
        names = tuple(one.script.unique_name for one in self.subflows)
        return cs.SessionTemplate(unique_name=f"{PREFIX}_shop", scripts=names)

    @property
    def library(self) -> cs.ScriptLibrary:
        """Everything that was imported."""
        return cs.ScriptLibrary.of((*(one.script for one in self.subflows), *self.macros, self.template))


def read_guidelines(document: object) -> Imported:
    """Gives the scripts and macros of the source; raises `DecodeError` where it has another shape."""
    flows = object_at(document, "")
    places = {
        (flow, name): f"{PREFIX}_{_slug(flow)}_{_slug(name)}"
        for flow, one in flows.items()
        for name in object_at(object_at(one, flow).get("subflows"), flow)
    }
    subflows: list[SubFlow] = []
    macros: dict[str, cs.Macro] = {}
    for (flow, name), unique_name in places.items():
        source, where = object_at(flows[flow]["subflows"][name], name), f"{flow}.{name}"
        try:
            steps = tuple(_steps(source, (flow, name), places, macros))
            script = cs.AgentScript(
                unique_name=unique_name,
                name=name,
                language="en",
                description="\n".join(_texts(source.get("instructions"), f"{where}.instructions")),
                steps=steps,
            )
        except cs.InvalidValue as error:
            raise problem_at(f"{where}.{error.field}", error.rule) from None
        subflows.append(SubFlow(flow, name, script))
    return Imported(tuple(subflows), tuple(macros.values()))


def _steps(
    source: Mapping[str, Any],
    place: tuple[str, str],
    places: Mapping[tuple[str, str], str],
    macros: dict[str, cs.Macro],
) -> Iterator[cs.ScriptStep]:
    """Gives the steps of a sub-flow, and after each of its texts those to the sub-flows that it names."""
    where = ".".join(place)
    instructions = _texts(source.get("instructions"), f"{where}.instructions")
    seen = {places[place]}
    yield from _referred(instructions, 1, place, places, seen)
    actions = source.get("actions")
    if not isinstance(actions, list):
        raise problem_at(f"{where}.actions", f"expected a list, got {kind_of(actions)}")
    for number, one in enumerate(actions, 1):
        action = object_at(one, f"{where}.actions[{number - 1}]")
        lines = [str(action.get("text", "")), *_texts(action.get("subtext"), f"{where}.actions[{number - 1}].subtext")]
        yield _step(action, number, lines, macros)
        yield from _referred(lines, number * STEP + 1, place, places, seen)


def _step(action: Mapping[str, Any], number: int, lines: Sequence[str], macros: dict[str, cs.Macro]) -> cs.ScriptStep:
    button, kind = str(action.get("button", NO_BUTTON)), action.get("type")
    name, text = f"{PREFIX}_step_{number}", "\n".join(lines)
    if kind == "communication" or button == NO_BUTTON:
        title = "Talk to the customer" if button == NO_BUTTON else button
        return cs.ScriptStep(unique_name=name, name=title, order=number * STEP, kind=cs.StepKind.TEXT, text=text)
    macro = _macro(button, is_article=kind == "faq/policy")
    macros.setdefault(macro.unique_name, macro)
    return cs.ScriptStep(
        unique_name=name,
        name=button,
        order=number * STEP,
        kind=cs.StepKind.MACRO,
        macro=macro.unique_name,
        description=text,
    )


def _macro(button: str, *, is_article: bool) -> cs.Macro:
    """Gives the macro of a button: one for each spelling that means the same."""
    action = action_name(button)
    if is_article:
        does = cs.MacroAction(name="article", kind=cs.ActionKind.OPEN_ARTICLE, record_id=action)
    else:
        does = cs.MacroAction(
            name="flow",
            kind=cs.ActionKind.RUN_FLOW,
            entity="conversation",
            record_id="${LiveWorkItemId}",
            flow=action,
        )
    return cs.Macro(unique_name=f"{PREFIX}_{_slug(action)}", name=button, actions=(does,))


def _referred(
    lines: Iterable[str], order: int, place: tuple[str, str], places: Mapping[tuple[str, str], str], seen: set[str]
) -> Iterator[cs.ScriptStep]:
    """Gives a sub-script step for each other sub-flow that some text sends the agent to, once for each script."""
    for line in lines:
        for target in _targets(line, place[0], places):
            if target not in seen:
                seen.add(target)
                yield cs.ScriptStep(
                    unique_name=f"{PREFIX}_to_{len(seen) - 1}",
                    name=next(name for (_, name), one in places.items() if one == target),
                    order=order,
                    kind=cs.StepKind.SUB_SCRIPT,
                    script=target,
                    description=line,
                )


def _targets(line: str, flow: str, places: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for match in _BY_PATH.finditer(line):
        yield from _found(match[2].replace(" > ", " "), match[1], places)
    for match in _BY_NAME.finditer(line):
        yield from _found(match[1] or match[2], flow, places)


def _found(name: str, flow: str, places: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Gives the sub-flow of a name; one of that flow first, whose full name may begin with that of the flow."""
    names = {name, f"{flow.split(maxsplit=1)[0]} {name}"}
    named = [(one, unique) for one, unique in places.items() if one[1] in names]
    named.sort(key=lambda one: one[0][0] != flow)
    yield from (unique for _, unique in named[:1])


def action_name(button: str) -> str:
    """Gives the name that the other files of the source have for a button."""
    name = re.sub(r"[^a-z]+", "-", button.lower()).strip("-")
    return f"search-{name}" if name in SEARCHED else FOLDED.get(name, name)


def required_actions(script: cs.AgentScript) -> tuple[str, ...]:
    """Gives the actions that a script requires, in its order: those of all its buttons but what only talks."""
    buttons = (step.name for step in script.shown if step.kind is not cs.StepKind.SUB_SCRIPT)
    names = ("" if button == "Talk to the customer" else action_name(button) for button in buttons)
    return tuple(name for name in names if name not in NOT_REQUIRED)


def contradictions(imported: Imported, required: Mapping[str, Sequence[str]], order: Sequence[str]) -> dict[str, str]:
    """Says for which sub-flows the guidelines and `kb.json` do not agree; `order` names those of `kb.json` in order."""
    found: dict[str, str] = {}
    for one, key in zip(imported.subflows, order, strict=True):
        ours, theirs = required_actions(one.script), tuple(required.get(key, ()))
        if ours != theirs:
            found[one.name] = (
                f"the guidelines ask for {', '.join(ours)}; {key} of the other file for {', '.join(theirs)}"
            )
    return found


@attrs.frozen
class Replayed:
    """What an agent did in a real conversation, against the script for it, by the names of actions.

    `done` are those of the script in the order in which they were done, `skipped` those that the script requires and
    nobody did, `beyond` those that were done though the script has no step for them. `run` is how it then stood.
    """

    script: str
    done: tuple[str, ...]
    skipped: tuple[str, ...]
    beyond: tuple[str, ...]
    run: cs.ScriptRun


def actions_of(conversation: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Gives the sub-flow of a conversation of the source, by the name in `kb.json`, and the actions in its order."""
    rows = conversation.get("delexed")
    if not isinstance(rows, list) or not rows:
        raise problem_at("delexed", "expected a list of rows")
    targets: list[Any] = [object_at(row, "delexed").get("targets") for row in rows]
    if not all(isinstance(one, list) and len(one) > ACTION for one in targets):
        raise problem_at("delexed.targets", "expected a sub-flow, what comes next, and an action")
    return str(targets[0][0]), tuple(str(one[ACTION]) for one in targets if one[1] == "take_action")


def replay(imported: Imported, script: cs.AgentScript, actions: Iterable[str]) -> Replayed:
    """Runs the actions of a conversation through the machine of its script: each the first step for it not yet run."""
    machine, now = cs.ScriptRunner(imported.library), START
    session = cs.ScriptSessionStarted(at=now, session="s-1", conversation="c-1", template=imported.template.unique_name)
    run, done, beyond = machine.start(session), list[str](), list[str]()
    macros = [step for step in script.shown if step.kind is cs.StepKind.MACRO]
    for number, action in enumerate(actions, 1):
        now += timedelta(seconds=20)
        waiting = (one for one in macros if _is_waiting(run, script, one) and action_name(one.name) == action)
        step = next(waiting, None)
        if step is None:
            beyond.append(action)
            continue
        names: dict[str, Any] = {"at": now, "session": "s-1", "run": f"run-{number}"}
        conversation = (cs.NamedValue("LiveWorkItemId", "c-1"),)
        asked = cs.MacroRequested(
            script=script.unique_name, step=step.unique_name, pressed_at=now, values=conversation, **names
        )
        run, _, effects = machine.step(run, asked)
        for effect in effects:
            if isinstance(effect, cs.PerformAction):
                run, _, _ = machine.step(run, cs.ActionSucceeded(action=effect.action, **names))
        done.append(action)
    left = (action_name(one.name) for one in macros if _is_waiting(run, script, one))
    skipped = tuple(name for name in left if name not in NOT_REQUIRED)
    return Replayed(script.unique_name, tuple(done), skipped, tuple(beyond), run)


def _is_waiting(run: cs.ScriptRun, script: cs.AgentScript, step: cs.ScriptStep) -> bool:
    found = run.progress(script.unique_name, step.unique_name)
    return found is None or found.state is not cs.StepState.DONE


def as_document(imported: Imported) -> str:
    """Writes everything as a file of scripts."""
    held = cs.ScriptFile(
        scripts=tuple(one.script for one in imported.subflows), macros=imported.macros, templates=(imported.template,)
    )
    return json.dumps(shared_converter().unstructure(held), indent=1, ensure_ascii=False)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _texts(value: object, where: str) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise problem_at(where, "expected a list of texts")
    return value


def names_in_order(document: Mapping[str, Any], imported: Imported) -> list[str]:
    """Gives the names in `kb.json` of the sub-flows in their order, from `ontology.json`: by place inside each flow."""
    named = object_at(object_at(document.get("intents"), "intents").get("subflows"), "subflows")
    flows = dict.fromkeys(one.flow for one in imported.subflows)
    found = [key for flow in flows for key in _texts(named.get(_slug(flow)), f"subflows.{_slug(flow)}")]
    if len(found) != len(imported.subflows):
        raise problem_at("subflows", f"expected {len(imported.subflows)} in all, got {len(found)}")
    return found


def main(argv: list[str] | None = None) -> int:
    """Writes the scripts to standard output; with `--kb` and `--ontology` what the files of the source disagree on."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("guidelines", type=Path, help="guidelines.json of the source")
    parser.add_argument("--kb", type=Path, help="kb.json: say where it contradicts the guidelines")
    parser.add_argument("--ontology", type=Path, help="ontology.json, which --kb needs")
    options = parser.parse_args(argv)
    try:
        imported = read_guidelines(read_json(options.guidelines.read_bytes()))
        if options.kb is None or options.ontology is None:
            print(as_document(imported))
            return 0
        order = names_in_order(object_at(read_json(options.ontology.read_bytes()), "ontology"), imported)
        found = contradictions(imported, object_at(read_json(options.kb.read_bytes()), "kb"), order)
        for name, text in found.items():
            print(f"{name}: {text}")
        print(f"{len(imported.subflows) - len(found)} of {len(imported.subflows)} sub-flows agree")
    except cs.CustomerSummaryError as error:
        print(f"import_abcd_scripts: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"import_abcd_scripts: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
