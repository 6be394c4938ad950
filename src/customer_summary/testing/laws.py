"""Laws, as plain functions that raise `AssertionError`: for our tests, and for those of a host."""

from collections.abc import Callable, Iterable
from typing import Any

from customer_summary.domain.history import Entry, History
from customer_summary.domain.outcome import Applied, Outcome
from customer_summary.wire.documents import from_json, to_json

Step = Callable[[Any, Any], tuple[Any, Outcome, tuple[Any, ...]]]


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


def check_step(step: Step, state: Any, event: Any) -> Any:
    """Holds for one step of a machine: what is answered is what happened, and a repeat changes nothing.

    Gives the state.

    An `Applied` event moves the state by one transition and never back in time; any other answer returns the same
    object. An event that was `Applied` is not applied again.
    """
    after, outcome, _ = step(state, event)
    if not isinstance(outcome, Applied):
        assert after is state, "an event that changes nothing must return the same object"
        return after
    assert after.transitions == state.transitions + 1, "an applied event must be one transition"
    assert after.at == max(state.at, event.at), "a state must not go back in time"
    check_round_trip(after)
    again, repeated, effects = step(after, event)
    assert not isinstance(repeated, Applied), "a repeated event must not be applied again"
    assert again is after, "a repeated event must change nothing"
    assert effects == (), "a repeated event must have no effects of its own"
    return after
