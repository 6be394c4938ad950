"""Laws, as plain functions that raise `AssertionError`: for our tests, and for those of a host.

The laws of a machine take any machine of the house shape: `step(state, event)` and `deadline(state)`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import attrs

from customer_summary.domain.history import Entry, History
from customer_summary.domain.outcome import Applied
from customer_summary.domain.tick import Tick
from customer_summary.rules.machine import Machine
from customer_summary.wire.documents import from_json, to_json

AnyMachine = Machine[Any, Any, Any]


def check_round_trip(value: object) -> None:
    """Holds if a value comes back from its document as it went, with every part of the same type."""
    again = from_json(type(value), to_json(value))
    assert again == value, "a value must come back from its document as it went"
    assert to_json(again) == to_json(value), "a document must come back as it went"


def check_order(entries: Iterable[Entry], shuffled: Iterable[Entry]) -> None:
    """Holds if a history does not depend on the order of its input, nor on entries that come twice."""
    entries = tuple(entries)
    history = History(entries)
    ordered = tuple(history)
    keys = [(one.at, one.sequence, one.id) for one in ordered]
    assert keys == sorted(keys, reverse=True), "a history must be newest first"
    assert len({one.id for one in ordered}) == len(ordered), "a history must hold an id once"
    assert tuple(History(shuffled)) == ordered, "the order of the input must not count"
    assert tuple(History((*entries, *ordered))) == ordered, "an entry that comes twice must be one entry"


def check_paging(history: History[Any], size: int) -> None:
    """Holds if paging by cursor gives what slicing gives."""
    ordered, cursor = tuple(history), None
    found: list[Any] = []
    for start in range(0, max(1, len(ordered)), size):
        page = history.page(size, cursor)
        assert page.entries == ordered[start : start + size], "a page must equal the slice"
        found.extend(page.entries)
        cursor = page.next
        assert (cursor is None) == (start + size >= len(ordered)), "the cursor must end with the history"
    assert tuple(found) == ordered, "paging must lose nothing"


def check_step(machine: AnyMachine, state: Any, event: Any) -> Any:
    """Holds for one step if its answer is what happened. Gives the state after it.

    Nothing that was due by the event is left. An applied event is a transition, at its own instant, and never back in
    time; any other answer gives the settled state: the same object where nothing was due. Every effect has an id of
    its own, in order, under the transition that it belongs to; an answer that changed nothing has ids without one.
    """
    due = machine.deadline(state)
    after, outcome, effects = machine.step(state, event)
    left = machine.deadline(after)
    assert left is None or left > max(after.at, event.at), "what is due must be settled"
    if isinstance(outcome, Applied):
        assert after.transitions > state.transitions, "an applied event must be a transition"
        assert after.at == max(state.at, event.at), "an applied event must move the state to its instant"
    elif due is None or due > event.at:
        assert after is state, "an event that changes nothing must return the same object"
    else:
        assert state.transitions < after.transitions, "a settled deadline must be a transition"
        assert state.at <= after.at <= event.at, "settling must move the state to its deadlines"
    ids = [effect.id for effect in effects]
    assert len(set(ids)) == len(ids), "no two effects may have the same id"
    counted = [one[1:] for one in ids if isinstance(one[1], int)]
    made = range(state.transitions + 1, after.transitions + 1)
    for number, group in ((number, [ordinal for n, ordinal in counted if n == number]) for number in made):
        assert group == list(range(len(group))), f"the effects of transition {number} must be numbered in order"
    assert all(number in made for number, _ in counted), "an effect must belong to a transition of this step"
    assert counted == sorted(counted), "effects must come in the order of their transitions"
    return after


def check_settled_time(machine: AnyMachine, state: Any, event: Any, tick: datetime) -> None:
    """Holds if a tick that comes before an event changes nothing: neither state, nor answer, nor effects, nor ids."""
    if tick <= event.at:
        ticked, _, first = machine.step(state, Tick(at=tick))
        after, outcome, rest = machine.step(ticked, event)
        assert (after, outcome, (*first, *rest)) == machine.step(state, event), "a tick before an event must not count"


def check_stale_time(machine: AnyMachine, state: Any, tick: datetime) -> None:
    """Holds if a tick of the past changes nothing."""
    after, _, effects = machine.step(state, Tick(at=min(tick, state.at)))
    assert after is state, "an old tick must change nothing"
    assert effects == (), "an old tick must have no effects"


def check_repeat(machine: AnyMachine, state: Any, event: Any, later: datetime) -> None:
    """Holds if an event that comes again, now or at any later time, is not applied again and has no effects of its own.

    An answer that changed nothing may be given again, under the same id.
    """
    after, outcome, effects = machine.step(state, event)
    if isinstance(event, Tick):
        return
    again = attrs.evolve(event, at=max(event.at, later))
    if isinstance(outcome, Applied):
        ticked, _, due = machine.step(after, Tick(at=again.at))
        repeated, answer, found = machine.step(after, again)
        assert not isinstance(answer, Applied), "a repeated event must not be applied again"
        assert repeated == ticked, "a repeated event must change nothing"
        own = found[len(due) :]
        assert found[: len(due)] == due, "what is due must not depend on a repeated event"
        assert all(isinstance(one.id[1], str) for one in own), "a repeated event must have no effects of its own"
    else:
        _, _, found = machine.step(after, event)
        answers = [one.id for one in effects if isinstance(one.id[1], str)]
        assert [one.id for one in found] == answers, "an answer that changed nothing must be the same each time"


def check_replay(
    machine: AnyMachine, start: Any, events: Sequence[Any], named: Callable[[Any], bool] = lambda _: True
) -> Any:
    """Holds if folding a log gives the live state, also where the state is written and read after every step.

    No event of it that was applied and is `named` may be applied once more at the end. One that names nothing, such as
    that a host gave a conversation to somebody, comes once: the host's inbox sees to it. Gives the last state.
    """
    live, stored = start, start
    seen: list[Any] = []
    applied: list[Any] = []
    for event in events:
        live, outcome, effects = machine.step(live, event)
        applied += [event] if isinstance(outcome, Applied) else []
        stored, again, restored = machine.step(from_json(type(stored), to_json(stored)), event)
        assert stored == live, "a state that was stored must go on as the live one"
        assert (outcome, effects) == (again, restored), "a state that was stored must answer as the live one"
        seen += [effect.id for effect in effects if isinstance(effect.id[1], int)]
    assert len(set(seen)) == len(seen), "no two effects of a log may have the same id"
    for event in filter(named, applied):
        _, again, _ = machine.step(live, attrs.evolve(event, at=max(event.at, live.at)))
        assert not isinstance(again, Applied), "an event that was applied must never be applied again"
    return live


def check_machine(machine: AnyMachine, state: Any, event: Any, other: datetime) -> Any:
    """Holds if a machine passes every law of one step; `other` is an instant to try ticks and repeats at.

    Gives the state after the event.
    """
    due = machine.deadline(state)
    for tick in {other, event.at, *([] if due is None else [due])}:
        check_settled_time(machine, state, event, tick)
    check_stale_time(machine, state, other)
    for later in (event.at, other):
        check_repeat(machine, state, event, later)
    after = check_step(machine, state, event)
    check_round_trip(after)
    return after
