"""How everything here is measured: runs that take turns, their medians, and ratios within one round.

The cases of a comparison run one after another in each round, so that a busy machine slows all of them. A ratio is the
median of the ratios of the rounds. Nothing is asserted: a figure says its aim, and a reader judges.
"""

from collections.abc import Callable, Iterable, Mapping
from statistics import median, quantiles
from time import perf_counter
from typing import TypeAlias

import attrs

Case: TypeAlias = Callable[[], object]

RUN = 0.02
"""Seconds that one run of a case lasts at least: a fast case is called many times in a run."""


@attrs.frozen(kw_only=True)
class Figure:
    """One figure: the median of the runs, their noise, and the ratio to another case.

    `noise` is half the distance between the quartiles, as a share of the median. `aim` is the most that the ratio
    should be, or the amount where there is no ratio.
    """

    name: str
    amount: float
    unit: str
    noise: float = 0.0
    ratio: float | None = None
    against: str = ""
    aim: float | None = None

    @property
    def verdict(self) -> str:
        """The aim and whether it is met; empty without an aim."""
        if self.aim is None:
            return ""
        found = self.amount if self.ratio is None else self.ratio
        unit = self.unit if self.ratio is None else "x"
        return f"{'met' if found <= self.aim else 'MISSED'} (at most {self.aim:g} {unit})"


def calls_in(seconds: float, case: Case) -> int:
    """Gives how many calls of a case fill a run of so many seconds; the case is called twice to find out."""
    case()
    begun = perf_counter()
    case()
    return max(1, round(seconds / max(perf_counter() - begun, 1e-7)))


def interleaved(cases: Mapping[str, Case], rounds: int, run: float = RUN) -> dict[str, list[float]]:
    """Gives the seconds of one call of each case, by round: A B C, A B C, and so on."""
    calls = {name: calls_in(run, case) for name, case in cases.items()}
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            repeats = range(calls[name])
            begun = perf_counter()
            for _ in repeats:
                case()
            found[name].append((perf_counter() - begun) / calls[name])
    return found


def noise_of(runs: list[float]) -> float:
    """Gives half the distance between the quartiles, as a share of the median."""
    if len(runs) < 2:
        return 0.0
    first, _, third = quantiles(runs, n=4, method="inclusive")
    return (third - first) / 2 / median(runs)


def figures(
    runs: Mapping[str, list[float]], *, against: str = "", scale: float = 1e3, unit: str = "ms"
) -> list[Figure]:
    """Gives a figure for each case, with its ratio to the case named by `against`."""
    return [
        Figure(
            name=name,
            amount=median(one) * scale,
            unit=unit,
            noise=noise_of(one),
            ratio=None if against in {"", name} else median(a / b for a, b in zip(one, runs[against], strict=True)),
            against="" if against == name else against,
        )
        for name, one in runs.items()
    ]


def aiming(found: Iterable[Figure], aims: Mapping[str, float]) -> list[Figure]:
    """Gives the figures with the aims of those that have one."""
    return [attrs.evolve(one, aim=aims[one.name]) if one.name in aims else one for one in found]


def table(title: str, found: Iterable[Figure]) -> str:
    """Writes figures as a small table."""
    head = f"{title:<52} {'median':>13} {'noise':>6} {'ratio':>7}"
    lines = [head, "-" * len(head)]
    for one in found:
        ratio = "" if one.ratio is None else f"{one.ratio:.{2 if one.ratio >= 0.1 else 3}f} x"
        line = f"{one.name:<52} {one.amount:>9.3f} {one.unit:<3} {one.noise:>6.0%} {ratio:>7}"
        against = f"of {one.against}" if one.against else ""
        lines.append("  ".join(part for part in (line, against, one.verdict) if part).rstrip())
    return "\n".join(lines)
