"""Presence in `transitions` and `python-statemachine`, each in two ways.

*A table alone* is the least such a library can do: the rows of the cycle, with neither causes nor instants nor
conditions. It is right for this one cycle only: `reset` leads to the status that the cycle had before, whatever the
capacity in use is now.

*Over the causes* does what is asked of a presence: the object keeps the causes and changes them as the hand-written
class does, and the machine goes to the first ground whose condition holds.
"""

from collections.abc import Mapping
from typing import Any

from statemachine import Event, State, StateMachine
from transitions import Machine

from benchmarks.peers_presence import HANDLERS, MutablePresence
from customer_summary.domain.capacity import Load
from customer_summary.domain.presence import AlertKind

SHOWS: Mapping[str, str] = {
    "disconnected": "Offline",
    "session_limit": "Do not disturb",
    "rejected": "Do not disturb",
    "missed": "Inactive",
    "kept_choice": "Appear away",
    "idle": "Inactive",
    "choice": "Available",
    "full": "Do not disturb",
    "part": "Busy",
    "free": "Available",
}
"""The states, in the order in which the first that applies shows, and what shows in them in the cycle."""

ROWS = (
    ("use_part", "free", "part"),
    ("use_all", "part", "full"),
    ("miss", "full", "missed"),
    ("reset", "missed", "full"),
    ("choose_away", "full", "kept_choice"),
    ("use_part", "kept_choice", "kept_choice"),
    ("disconnect", "kept_choice", "disconnected"),
    ("connect", "disconnected", "kept_choice"),
    ("choose_available", "kept_choice", "choice"),
    ("use_nothing", "choice", "free"),
)


class Causes(MutablePresence):
    """The causes, and a question about each ground; `transitions` hands the event to each question."""

    state: str

    def take(self, event: Any) -> None:
        """Changes the causes; whether that changes what shows is the machine's to find out."""
        at = max(event.at, self.at)
        if not HANDLERS[type(event)](self, event, at):
            self.at = at
            self.transitions += 1

    def is_disconnected(self, _: object = None) -> bool:
        """Whether the agent is gone."""
        return not self.connected

    def is_session_limit(self, _: object = None) -> bool:
        """Whether the newest alert is of the session limit."""
        return bool(self.alerts) and self.alerts[0][2] is AlertKind.SESSION_LIMIT

    def is_rejected(self, _: object = None) -> bool:
        """Whether the newest alert is of a rejection."""
        return bool(self.alerts) and self.alerts[0][2] is AlertKind.REJECTED

    def is_missed(self, _: object = None) -> bool:
        """Whether the newest alert is of a miss."""
        return bool(self.alerts) and self.alerts[0][2] is AlertKind.MISSED

    def is_kept_choice(self, _: object = None) -> bool:
        """Whether a choice stays whatever is in use."""
        return self.chosen is not None and self.chosen.is_kept

    def is_idle(self, _: object = None) -> bool:
        """Whether the agent has been idle too long."""
        return self.idle

    def is_choice(self, _: object = None) -> bool:
        """Whether anything is chosen."""
        return self.chosen is not None

    def is_full(self, _: object = None) -> bool:
        """Whether all of the capacity is in use."""
        return self.workload.load is Load.FULL

    def is_part(self, _: object = None) -> bool:
        """Whether part of it is."""
        return self.workload.load is Load.PART

    def is_free(self, _: object = None) -> bool:
        """Whether none of it is."""
        return self.workload.load is Load.NONE


class Bare:
    """What `transitions` hangs its state and its triggers on."""

    state: str
    trigger: Any


def transitions_table() -> Bare:
    """Gives an object with the table alone."""
    model = Bare()
    machine = Machine(model, states=list(SHOWS), initial="free", auto_transitions=False)
    for row in ROWS:
        machine.add_transition(*row)
    return model


def transitions_causes(causes: Causes) -> Any:
    """Gives the causes with a trigger `happened`, which goes to the first ground that applies."""
    machine = Machine(causes, states=list(SHOWS), initial="disconnected", auto_transitions=False, prepare_event="take")
    for state in SHOWS:
        machine.add_transition("happened", "*", state, conditions=f"is_{state}")
    return causes


class StatemachineTable(StateMachine):
    """The table alone, in `python-statemachine`."""

    free = State(initial=True)
    part, full, missed, kept_choice, disconnected, choice = (State() for _ in range(6))

    use_part = free.to(part) | kept_choice.to(kept_choice)
    use_all = part.to(full)
    miss = full.to(missed)
    reset = missed.to(full)
    choose_away = full.to(kept_choice)
    disconnect = kept_choice.to(disconnected)
    connect = disconnected.to(kept_choice)
    choose_available = kept_choice.to(choice)
    use_nothing = choice.to(free)


def _when(state: Any, condition: str) -> Any:
    """Gives the way from any state to this one, where a condition holds; the library leaves its type open."""
    return state.from_.any(cond=condition)


class StatemachineCauses(StateMachine):
    """The first ground that applies, in `python-statemachine`; its model is a `Causes`."""

    disconnected = State(initial=True)
    session_limit, rejected, missed, kept_choice, idle, choice, full, part, free = (State() for _ in range(9))

    happened = Event(
        _when(disconnected, "is_disconnected")
        | _when(session_limit, "is_session_limit")
        | _when(rejected, "is_rejected")
        | _when(missed, "is_missed")
        | _when(kept_choice, "is_kept_choice")
        | _when(idle, "is_idle")
        | _when(choice, "is_choice")
        | _when(full, "is_full")
        | _when(part, "is_part")
        | _when(free, "is_free")
    )

    def prepare_event(self, happening: Any = None) -> dict[str, Any]:
        """Changes the causes before the conditions are asked."""
        if happening is not None:
            self.model.take(happening)
        return {}
