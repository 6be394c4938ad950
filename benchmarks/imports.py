"""What importing costs, against `import attrs, datetime`, each time in a fresh interpreter.

The interpreter itself looks at its clock before and after the import, so that its own start is not in the figure.
"""

import sys
from collections.abc import Mapping
from importlib.resources import files
from subprocess import run as run_process

from benchmarks.measure import Figure, aiming, figures

BASE = "import attrs, datetime"
_DOMAIN = sorted(
    file.name.removesuffix(".py") for file in files("customer_summary.domain").iterdir() if file.name.endswith(".py")
)
STATEMENTS: Mapping[str, str] = {
    BASE: BASE,
    "import customer_summary": "import customer_summary",
    "every module of customer_summary.domain": "; ".join(f"import customer_summary.domain.{one}" for one in _DOMAIN),
    "from customer_summary import summarize": "from customer_summary import summarize",
    "import pendulum (for comparison)": "import pendulum",
    "import cattrs (for comparison)": "import cattrs",
}
AIMS = {"import customer_summary": 1.5, "every module of customer_summary.domain": 3.0}
_PROGRAM = "from time import perf_counter as clock; begun = clock(); {}; print(clock() - begun)"


def run(rounds: int = 40) -> list[Figure]:
    """Measures each import in so many fresh interpreters, in turns."""
    for statement in STATEMENTS.values():
        seconds(statement)  # once before, so that everything is compiled
    found: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(rounds):
        for name, statement in STATEMENTS.items():
            found[name].append(seconds(statement))
    return aiming(figures(found, against=BASE), AIMS)


def seconds(statement: str) -> float:
    """Gives how long a fresh interpreter takes for a statement."""
    program = _PROGRAM.format(statement)
    done = run_process([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return float(done.stdout)
