"""The one shape of every machine: settle what is due, apply the event, settle what that made due.

A machine gives its deadline, what lapses then, and what an event changes; `stepped` does the rest, the same for all.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from customer_summary.domain.outcome import Applied, Outcome, Refused, Unchanged
from customer_summary.domain.tick import Tick

S = TypeVar("S", bound="State")
E_contra = TypeVar("E_contra", contravariant=True)
F_co = TypeVar("F_co", covariant=True)


class State(Protocol):
    """The state of a machine: up to which instant it is known, and how often it changed."""

    @property
    def at(self) -> datetime: ...  # noqa: D102  # said above
    @property
    def transitions(self) -> int: ...  # noqa: D102  # said above


class Machine(Protocol[S, E_contra, F_co]):
    """What every machine is: a frozen policy, and pure functions over a state.

    `step` gives the state after an event, the answer to it, and the effects to perform. `deadline` says when to call
    again, with a `Tick`, if nothing else happens.
    """

    def step(self, state: S, event: E_contra, /) -> tuple[S, Outcome, tuple[F_co, ...]]: ...  # noqa: D102  # said above
    def deadline(self, state: S, /) -> datetime | None: ...  # noqa: D102  # said above


APPLIED = Applied()
TIME_PASSED = Unchanged("time passed")
_ANSWERS = Unchanged, Refused  # a tuple, for `Unchanged | Refused` would be made anew at each event


class Effects:
    """Collects effects and gives each its id: (key, transition, ordinal in it)."""

    __slots__ = ("add", "found", "key", "ordinal", "transition")

    def __init__(self, key: str) -> None:
        self.key, self.transition, self.ordinal = key, 0, 0
        self.found: list[Any] = []  # not `list[Any]()`, which takes as long as the rest of this class
        self.add = self.found.append

    def begin(self, transition: int) -> None:
        """Begins the effects of one transition."""
        self.transition, self.ordinal = transition, 0

    def next_id(self) -> tuple[str, int, int]:
        """Gives the id of the next effect of the transition."""
        ordinal = self.ordinal
        self.ordinal = ordinal + 1
        return self.key, self.transition, ordinal

    def __call__(self, kind: Callable[..., Any], *fields: Any, **named: Any) -> None:
        """Adds an effect of the transition, given its class and its fields but for the id."""
        self.found.append(kind(self.next_id(), *fields, **named))

    def answer(self, name: str, about: str, kind: Callable[..., Any], **fields: Any) -> None:
        """Adds an effect of an answer that changes nothing: its id is the same each time."""
        self.found.append(kind((self.key, name, about), **fields))


class Settling(Protocol[S, E_contra]):
    """What `stepped` needs of a machine; `emit` takes the effects of the transition that is being made."""

    def deadline(self, state: S, /) -> datetime | None: ...  # noqa: D102  # as above
    def lapse(self, state: S, at: datetime, emit: Effects, /) -> S:
        """Settles the first thing that is due; `at` is its deadline's instant."""

    def apply(self, state: S, event: E_contra, at: datetime, emit: Effects, /) -> "S | Unchanged | Refused":
        """Gives the state after an event, or why there is no other."""


def settled(machine: Settling[S, E_contra], state: S, until: datetime, effects: Effects) -> S:
    """Settles everything due at or before an instant, each at its own deadline; one in the past counts as now."""
    while (due := machine.deadline(state)) is not None and due <= until:
        at = max(due, state.at)
        effects.begin(state.transitions + 1)
        state = machine.lapse(state, at, effects)
    return state


def stepped(machine: Settling[S, E_contra], key: str, state: S, event: E_contra) -> tuple[S, Outcome, tuple[Any, ...]]:
    """Handles one event as every machine does.

    An event older than the state is handled at the state's instant. A tick only settles. What is not applied gives
    back the settled state: the same object if nothing was due.
    """
    effects, at = Effects(key), event.at  # type: ignore[attr-defined]  # every event carries its instant
    due = machine.deadline(state)
    if due is not None and due <= at:
        state = settled(machine, state, at, effects)
    if isinstance(event, Tick):
        return state, TIME_PASSED, tuple(effects.found)
    at = max(at, state.at)
    effects.transition, effects.ordinal = state.transitions + 1, 0
    after = machine.apply(state, event, at, effects)
    if isinstance(after, _ANSWERS):
        return state, after, tuple(effects.found)
    due = machine.deadline(after)
    if due is not None and due <= at:
        after = settled(machine, after, at, effects)
    return after, APPLIED, tuple(effects.found)


def stepped_at_once(
    apply: Callable[[S, Any, datetime, Effects], "S | Unchanged | Refused"], key: str, state: S, event: Any
) -> tuple[S, Outcome, tuple[Any, ...]]:
    """Handles one event of a machine in which nothing lapses: a tick changes nothing, an event is applied or not."""
    if isinstance(event, Tick):
        return state, TIME_PASSED, ()
    effects = Effects(key)
    effects.begin(state.transitions + 1)
    after = apply(state, event, max(event.at, state.at), effects)
    if isinstance(after, _ANSWERS):
        return state, after, tuple(effects.found)
    return after, APPLIED, tuple(effects.found)
