"""The shape of the package: layers point one way, no clock and no chance in the rules, exports pinned, imports cheap."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import customer_summary

PACKAGE = Path(customer_summary.__file__).parent
LAYERS = ("domain", "rules", "views", "wire", "hosts", "testing")
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]
FORBIDDEN = {
    "datetime": {"now", "utcnow", "today", "fromtimestamp"},
    "date": {"today"},
    "pendulum": {"now", "today", "tomorrow", "yesterday", "travel", "local_timezone"},
    "time": {"*"},
    "random": {"*"},
    "secrets": {"*"},
    "uuid": {"*"},
    "threading": {"*"},
    "asyncio": {"*"},
    "socket": {"*"},
    "os": {"*"},
}


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


OUTSIDE = {"schema.py", "asyncio_centre.py"}
"""What reads a file beside it, and what runs on a loop's time that its host hands over."""


def layer_of(path: Path) -> str:
    """The layer a file belongs to; files beside the layers stand above all of them."""
    first = path.relative_to(PACKAGE).parts[0]
    return first if first in LAYERS else "top"


def allowed(layer: str) -> set[str]:
    """The layers a layer may import: itself and those above it in the list; nothing imports `testing`."""
    if layer == "top":
        return {*LAYERS} - {"testing"}
    return {*LAYERS[: LAYERS.index(layer) + 1]}


def uses_of_clock_or_chance(source: str) -> list[str]:
    """Every use of a clock, of chance, of threads or of the machine in a piece of code, under whatever name."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
            found += [alias.name for alias in node.names if "*" in FORBIDDEN.get(alias.name.partition(".")[0], set())]
        elif isinstance(node, ast.ImportFrom):
            forbidden = FORBIDDEN.get((node.module or "").partition(".")[0], set())
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
            found += [
                f"{node.module}.{alias.name}" for alias in node.names if "*" in forbidden or alias.name in forbidden
            ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            forbidden = FORBIDDEN.get(names.get(owner, owner).rpartition(".")[2], set())
            found += [f"{owner}.{node.attr}"] if "*" in forbidden or node.attr in forbidden else []
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"open", "input", "print"}
        ):
            found.append(node.func.id)
    return found


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_layers_point_one_way(path: Path) -> None:
    used = {
        name.split(".")[1]
        for name in imported(path)
        if name.startswith("customer_summary.") and name.split(".")[1] in LAYERS
    }
    if path.name != "__init__.py" or layer_of(path) != "top":
        assert used <= allowed(layer_of(path))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_the_rulebook_reads_no_clock_draws_no_chance_and_touches_no_machine(path: Path) -> None:
    if layer_of(path) in {"domain", "rules", "views", "wire", "hosts"} and path.name not in OUTSIDE:
        assert uses_of_clock_or_chance(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now()",
        "from time import monotonic",
        "import random",
        "pendulum.now('UTC')",
        "from uuid import uuid4",
        "import os.path",
        "import datetime; datetime.datetime.now()",
        "import datetime as dt; dt.datetime.now()",
        "from datetime import datetime as d; d.utcnow()",
        "datetime.fromtimestamp(0)",
        "open('x')",
    ],
)
def test_the_search_for_clocks_finds_them(source: str) -> None:
    assert uses_of_clock_or_chance(source)


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_file_has_grown_into_two(path: Path) -> None:
    is_table_of_names = path == PACKAGE / "__init__.py"
    assert is_table_of_names or len(path.read_text("utf-8").splitlines()) <= 300
    assert path.stem not in {"utils", "common", "base", "core", "helpers"}


def test_exports_are_those_that_a_type_checker_sees() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname: f"{node.module}.{alias.name}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    offered = {name: f"customer_summary.{module}.{name}" for name, module in customer_summary._HOMES.items()}  # noqa: SLF001
    assert seen == offered
    assert seen.keys() == set(customer_summary.__all__)


def test_every_export_loads_and_nothing_else_does() -> None:
    for name in dir(customer_summary):
        assert getattr(customer_summary, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = customer_summary.nonsense


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import customer_summary", {"attrs", "cattrs", "pendulum", "hypothesis", "rich", "json", "datetime"}),
        ("import customer_summary.domain.facts", {"cattrs", "pendulum", "hypothesis", "rich"}),
        ("from customer_summary import ConversationLifeCycle", {"cattrs", "pendulum", "hypothesis", "rich"}),
        ("from customer_summary import summarize", {"cattrs", "hypothesis", "rich"}),
        ("import customer_summary.__main__", {"hypothesis", "rich", "msgspec"}),
    ],
)
def test_importing_loads_no_more_than_it_must(statement: str, absent: set[str]) -> None:
    code = f"import sys; {statement}; print(*sorted({absent!r} & sys.modules.keys()))"
    loaded = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
