"""A script as a diagram, for Mermaid: what an author, or a reviewer, looks at (spec 7.1, 7.3)."""

from collections.abc import Iterable, Iterator, Mapping

from customer_summary.domain.script import AgentScript, ScriptStep, StepKind

_SHAPES: Mapping[StepKind, tuple[str, str]] = {
    StepKind.TEXT: ("[", "]"),
    StepKind.MACRO: ("{{", "}}"),
    StepKind.SUB_SCRIPT: ("[[", "]]"),
}
_LONGEST = 60


def script_diagram(scripts: Iterable[AgentScript]) -> str:
    """Draws scripts as a Mermaid flow chart: a box for each script, its steps in order, arrows to sub-scripts.

    Steps of text are boxes, macros hexagons, sub-scripts boxes with double sides. A sub-script that is not among the
    scripts is drawn by its name.
    """
    drawn = tuple(scripts)
    every = {one.unique_name: f"s{number}" for number, one in enumerate(drawn, 1)}
    lines, outside = ["flowchart TD"], dict[str, str]()
    for script in drawn:
        box = every[script.unique_name]
        lines.append(f'    subgraph {box}["{_text(script.name)}"]')
        ids = [f"{box}_{number}" for number in range(1, len(script.steps) + 1)]
        lines += [f"        {line}" for line in _steps(ids, script.shown)]
        lines.append("    end")
        for name, step in zip(ids, script.shown, strict=True):
            if step.kind is StepKind.SUB_SCRIPT and step.script:
                target = every.get(step.script) or outside.setdefault(step.script, f"o{len(outside) + 1}")
                lines.append(f"    {name} -.-> {target}")
    lines += [f'    {name}("{_text(script)}")' for script, name in outside.items()]
    return "\n".join(lines)


def _steps(ids: list[str], steps: tuple[ScriptStep, ...]) -> Iterator[str]:
    for name, step in zip(ids, steps, strict=True):
        left, right = _SHAPES[step.kind]
        yield f'{name}{left}"{step.order}. {_text(step.name)}"{right}'
    if len(ids) > 1:
        yield " --- ".join(ids)


def _text(text: str) -> str:
    """Gives a text on one line in which nothing is read as Mermaid or as HTML."""
    flat = " ".join(text.split())
    short = flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}\u2026"
    return "".join(one if one.isalnum() or one in _PLAIN else f"#{ord(one)};" for one in short)


_PLAIN = frozenset(" .,:!?-'/()\u2019\u2026")
