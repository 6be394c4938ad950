"""The agent's desk: a presence transition against its peers, an offer's life, and the memory that desks take."""

import gc
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from benchmarks import desk_samples as samples
from benchmarks.measure import Case, Figure, aiming, figures, interleaved, noise_of
from benchmarks.peers_machines import (
    Causes,
    StatemachineCauses,
    StatemachineTable,
    transitions_causes,
    transitions_table,
)
from benchmarks.peers_presence import MutablePresence, restore, snapshot
from customer_summary.domain.desk import Desk
from customer_summary.domain.outcome import Unchanged
from customer_summary.domain.presence_events import PresenceEvent

OURS = "PresenceMachine.step"
BY_HAND, SAFE = "by hand", "by hand, with a snapshot"
TABLE, CAUSES = "transitions, a table alone", "transitions, over the causes"
SLOW_TABLE, SLOW_CAUSES = "python-statemachine, a table alone", "python-statemachine, over the causes"
RIVALS = (BY_HAND, SAFE, TABLE, CAUSES, SLOW_TABLE, SLOW_CAUSES)
AIMS: Mapping[str, float] = {
    f"ours to {SAFE}": 2.0,
    f"ours to {TABLE}": 0.2,
    f"ours to {CAUSES}": 0.2,
    f"ours to {SLOW_TABLE}": 0.02,
    f"ours to {SLOW_CAUSES}": 0.02,
}
"""The most that one of our transitions should cost, as a share of a peer's."""


def run(rounds: int = 15, cycles: int = 50, desks: int = 2_000) -> list[Figure]:
    """Measures everything about desks."""
    return [*presence(rounds, cycles), *life(rounds), *memory(desks)]


def presence(rounds: int = 15, cycles: int = 50) -> list[Figure]:
    """Measures one transition of a presence: the average over so many cycles of ten events, all of which apply."""
    events = [event for number in range(cycles) for event in samples.cycle(10.0 * number)]
    cases: dict[str, Case] = {
        OURS: _ours(events),
        "  without what is announced: changed": _bare(events),
        "  an event that changes nothing": _nothing(events),
        BY_HAND: _by_hand(events),
        SAFE: _by_hand_with_snapshot(events),
        TABLE: _transitions_table(cycles),
        CAUSES: _transitions_causes(events),
        SLOW_TABLE: _statemachine_table(cycles),
        SLOW_CAUSES: _statemachine_causes(events),
    }
    runs = {name: [one / len(events) for one in found] for name, found in interleaved(cases, rounds).items()}
    return [*figures(runs, scale=1e6, unit="us"), *aiming((_ratio(runs, name) for name in RIVALS), AIMS)]


def _ratio(runs: Mapping[str, list[float]], against: str) -> Figure:
    """Gives our transition again, with its ratio to that of one peer."""
    return Figure(
        name=f"ours to {against}",
        amount=median(runs[OURS]) * 1e6,
        unit="us",
        noise=noise_of(runs[OURS]),
        ratio=median(a / b for a, b in zip(runs[OURS], runs[against], strict=True)),
        against=against,
    )


def _ours(events: Sequence[PresenceEvent]) -> Case:
    begun, step = samples.begun_presence(), samples.MACHINE.step

    def case() -> None:
        state = begun
        for event in events:
            state, _, _ = step(state, event)

    return case


def _bare(events: Sequence[PresenceEvent]) -> Case:
    begun, changed = samples.begun_presence(), samples.MACHINE.changed

    def case() -> None:
        state = begun
        for event in events:
            state = changed(state, event, event.at)  # type: ignore[assignment]  # every event of the cycle applies

    return case


def _nothing(events: Sequence[PresenceEvent]) -> Case:
    begun, step = samples.begun_presence(), samples.MACHINE.step
    late = samples.beginning()[-1]
    assert isinstance(step(begun, late)[1], Unchanged)  # noqa: S101  # else this measures something else

    def case() -> None:
        for _ in events:
            step(begun, late)

    return case


def by_hand() -> MutablePresence:
    """Gives the hand-written presence at the beginning of the cycle."""
    found = MutablePresence(samples.SETTINGS, samples.AGENT, samples.second(-10), samples.using(0))
    for event in samples.beginning():
        found.handle(event)
    return found


def causes() -> Causes:
    """Gives the causes of an agent who has not signed in yet, for the machines of libraries."""
    return Causes(samples.SETTINGS, samples.AGENT, samples.second(-10), samples.using(0))


def _by_hand(events: Sequence[PresenceEvent]) -> Case:
    one = by_hand()
    begun, handle = snapshot(one), one.handle

    def case() -> None:
        restore(one, begun)
        for event in events:
            handle(event)

    return case


def _by_hand_with_snapshot(events: Sequence[PresenceEvent]) -> Case:
    one = by_hand()
    begun, handle = snapshot(one), one.handle

    def case() -> None:
        restore(one, begun)
        for event in events:
            saved = snapshot(one)
            handle(event)
        del saved

    return case


def _transitions_table(cycles: int) -> Case:
    model = transitions_table()

    def case() -> None:
        for _ in range(cycles):
            for trigger in samples.TRIGGERS:
                model.trigger(trigger)

    return case


def _statemachine_table(cycles: int) -> Case:
    machine = StatemachineTable()

    def case() -> None:
        for _ in range(cycles):
            for trigger in samples.TRIGGERS:
                machine.send(trigger)

    return case


def _transitions_causes(events: Sequence[PresenceEvent]) -> Case:
    model = transitions_causes(causes())
    for event in samples.beginning():
        model.happened(event)
    begun = snapshot(model)

    def case() -> None:
        restore(model, begun)
        for event in events:
            model.happened(event)

    return case


def _statemachine_causes(events: Sequence[PresenceEvent]) -> Case:
    machine = StatemachineCauses(causes())
    for event in samples.beginning():
        machine.send("happened", happening=event)
    begun = snapshot(machine.model)

    def case() -> None:
        restore(machine.model, begun)
        for event in events:
            machine.send("happened", happening=event)

    return case


def life(rounds: int = 15) -> list[Figure]:
    """Measures an offer's whole life: four events, at a desk with nothing on it and at one with open sessions."""
    cases = {
        "an offer's life at an idle desk": _life(samples.begun_desk()),
        "an offer's life beside five open sessions": _life(samples.begun_desk(sessions=5)),
    }
    return figures(interleaved(cases, rounds), against="an offer's life at an idle desk", scale=1e6, unit="us")


def _life(begun: Desk) -> Case:
    events, step = samples.life(begun.agent, 9, 90.0), samples.DESK.step

    def case() -> None:
        state = begun
        for event in events:
            state, _, _ = step(state, event)

    return case


def memory(desks: int = 2_000) -> list[Figure]:
    """Measures the bytes of one desk among many, beyond what all of them share: settings, templates, stock values."""
    return [
        Figure(
            name="an idle desk",
            amount=bytes_each(lambda number: samples.begun_desk(f"agent-{number}"), desks),
            unit="bytes",
        ),
        Figure(
            name="a desk with five open sessions",
            amount=bytes_each(lambda number: samples.begun_desk(f"agent-{number}", sessions=5), desks),
            unit="bytes",
        ),
    ]


def bytes_each(make: Callable[[int], object], count: int) -> float:
    """Gives what one of so many objects takes that are alive together, as Python's own accounts have it."""
    make(count)  # once before, so that what is made once is made
    kept: list[object] = [None] * count
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(count):
            kept[number] = make(number)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (after - before) / count
