"""Presence as somebody would write it by hand: one mutable object that keeps the same causes and changes in place.

It answers the same events by the same rules, so it ends in the same status for the same reason. What it does not do is
what a host of it has to do: announce a change, give each announcement an id that is the same in a replay, or keep what
was before. For the last of these there are `snapshot` and `restore`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeAlias

from customer_summary.domain.actor import BY_SYSTEM, Actor, Party
from customer_summary.domain.capacity import Load, Workload
from customer_summary.domain.desk_settings import PresenceSettings
from customer_summary.domain.presence import (
    AVAILABLE,
    BUSY,
    DO_NOT_DISTURB,
    INACTIVE,
    OFFLINE,
    AlertKind,
    PresenceReason,
    PresenceStatus,
)
from customer_summary.domain.presence_events import (
    AgentActive,
    AgentConnected,
    AgentDisconnected,
    AlertRaised,
    NextPresenceQueued,
    PresenceChosen,
    PresenceReset,
    WorkloadChanged,
)

# Members as names of the module, which are found faster than in their class.
AGENT, SUPERVISOR, SYSTEM = Party.AGENT, Party.SUPERVISOR, Party.SYSTEM
NO_LOAD, PART_LOAD = Load.NONE, Load.PART
MANUAL, DEFAULT, SET_SUPERVISOR = PresenceReason.MANUAL, PresenceReason.DEFAULT, PresenceReason.SET_SUPERVISOR
SIGNED_OUT, DISCONNECTED, IDLE = PresenceReason.SIGNED_OUT, PresenceReason.DISCONNECTED, PresenceReason.IDLE
CAPACITY_FREE, CAPACITY_PART = PresenceReason.CAPACITY_FREE, PresenceReason.CAPACITY_PART
CAPACITY_FULL = PresenceReason.CAPACITY_FULL

RANKS = {kind: rank for rank, kind in enumerate(AlertKind)}
ALL = len(RANKS) - 1  # the rank that answers every alert of an instant
REASONS = {kind: PresenceReason(kind.value) for kind in AlertKind}

Alert: TypeAlias = tuple[datetime, int, AlertKind, PresenceStatus, str]
Snapshot: TypeAlias = tuple[Any, ...]


class MutablePresence:
    """The causes of one agent's presence, and what shows because of them."""

    __slots__ = (
        "active_at",
        "agent",
        "alerts",
        "answered",
        "at",
        "chosen",
        "chosen_at",
        "chosen_by",
        "connected",
        "counted_at",
        "idle",
        "last_gone",
        "queued",
        "queued_at",
        "queued_by",
        "reason",
        "settings",
        "signed_out",
        "since",
        "status",
        "transitions",
        "workload",
    )

    def __init__(self, settings: PresenceSettings, agent: str, at: datetime, workload: Workload) -> None:
        self.settings, self.agent, self.at, self.transitions = settings, agent, at, 0
        self.chosen_at: datetime | None = None
        self.chosen: PresenceStatus | None = None
        self.chosen_by: Actor | None = None
        self.alerts: tuple[Alert, ...] = ()
        self.workload = workload
        self.connected, self.signed_out = False, True
        self.since: datetime | None = None
        self.active_at: datetime | None = None
        self.idle = False
        self.queued_at: datetime | None = None
        self.queued: PresenceStatus | None = None
        self.queued_by: Actor | None = None
        self.answered: tuple[datetime, int] | None = None
        self.last_gone: datetime | None = None
        self.counted_at: datetime | None = None
        self.status, self.reason = OFFLINE, SIGNED_OUT

    def handle(self, event: Any) -> str:
        """Changes what an event changes; gives why it changed nothing, or an empty text."""
        if event.agent != self.agent:
            raise ValueError("another agent's event")
        self.settle(event.at)
        at = max(event.at, self.at)
        why = HANDLERS[type(event)](self, event, at)
        if not why:
            self.at = at
            self.transitions += 1
            self.status, self.reason = self.standing()
            self.settle(at)
        return why

    def settle(self, until: datetime) -> None:
        """Finds the agent idle, where that is due."""
        limit = self.settings.idle_after
        if limit is None or self.idle or self.active_at is None or not self.connected:
            return
        due = self.active_at + limit
        if due <= until:
            self.at = max(due, self.at)
            self.idle = True
            self.transitions += 1
            self.status, self.reason = self.standing()

    def standing(self) -> tuple[PresenceStatus, PresenceReason]:
        """Gives what shows, and why."""
        if not self.connected:
            return OFFLINE, SIGNED_OUT if self.signed_out else DISCONNECTED
        if self.alerts:
            _, _, kind, presence, _ = self.alerts[0]
            return presence, REASONS[kind]
        if self.idle and (self.chosen is None or not self.chosen.is_kept):
            return INACTIVE, IDLE
        if self.chosen is not None:
            return self.chosen, self._whose_choice()
        load = self.workload.load
        if load is NO_LOAD:
            return AVAILABLE, CAPACITY_FREE
        if load is PART_LOAD:
            return BUSY, CAPACITY_PART
        return DO_NOT_DISTURB, CAPACITY_FULL

    def _whose_choice(self) -> PresenceReason:
        if self.chosen_by is None or self.chosen_by.party is SYSTEM:
            return DEFAULT
        return MANUAL if self.chosen_by.party is AGENT else SET_SUPERVISOR

    def connect(self, event: AgentConnected, at: datetime) -> str:
        """The agent is there."""
        since = self.since
        if event.since > at:
            return "not yet"
        if self.last_gone is not None and event.since < self.last_gone:
            return "an older one"
        if self.connected and since is not None and event.since <= since:
            return "an older one"
        was_there, self.since, self.signed_out, self.connected = self.connected, event.since, False, True
        if was_there or (since is not None and at - since <= self.settings.restore_within):
            return ""
        self.be_active(at)
        if self.chosen_at is None or self.chosen_at <= event.since:
            default = self.settings.find(self.settings.default)
            wanted = default is not None and (self.workload.load is NO_LOAD or default.is_kept)
            self.chosen_at = event.since
            self.chosen, self.chosen_by = (default, BY_SYSTEM) if wanted else (None, None)
        if self.queued_at is None or self.queued_at <= event.since:
            self.queued_at, self.queued, self.queued_by = event.since, None, None
        self.alerts, self.answered = (), (at, ALL)
        return ""

    def disconnect(self, event: AgentDisconnected, at: datetime) -> str:
        """The agent is gone."""
        if event.since > at:
            return "not yet"
        if self.connected and self.since is not None and event.since <= self.since:
            return "an older one"
        if self.last_gone is not None and event.since <= self.last_gone:
            return "an older one"
        if self.connected:
            self.connected, self.since, self.signed_out = False, event.since, event.signed_out
        self.last_gone = event.since
        return ""

    def choose(self, event: PresenceChosen, at: datetime) -> str:
        """Somebody chose a presence."""
        status = self.settings.find(event.presence)
        if status is None or status == INACTIVE or not (status.by_agent or event.by.party is SUPERVISOR):
            return "not to be chosen"
        if event.chosen_at > at:
            return "not yet"
        if self.chosen_at is not None and event.chosen_at <= self.chosen_at:
            return "an older one"
        if self.queued_at is not None and self.queued_at <= event.chosen_at:
            self.queued = self.queued_by = None
        if event.by.party is AGENT:
            self.be_active(at)
        self.chosen_at, self.chosen, self.chosen_by = event.chosen_at, status, event.by
        self.alerts, self.answered = (), (at, ALL)
        return ""

    def reset(self, event: PresenceReset, at: datetime) -> str:
        """Somebody answered an alert."""
        rank = RANKS[event.alert]
        if not any(one[0] == event.alert_at and one[1] == rank and one[4] == event.offer for one in self.alerts):
            return "no such alert"
        self.answered = event.alert_at, rank
        if event.by.party is AGENT:
            self.be_active(at)
        self.alerts = tuple([one for one in self.alerts if one[:2] > self.answered])
        self.chosen = self.chosen_by = None
        return ""

    def queue(self, event: NextPresenceQueued, at: datetime) -> str:
        """Somebody said which presence comes next."""
        status = None if event.presence is None else self.settings.find(event.presence)
        if event.presence is not None and (
            status is None or status == INACTIVE or not (status.by_agent or event.by.party is SUPERVISOR)
        ):
            return "not to be chosen"
        if event.queued_at > at:
            return "not yet"
        if any(one is not None and event.queued_at <= one for one in (self.queued_at, self.chosen_at)):
            return "an older one"
        if event.by.party is AGENT:
            self.be_active(at)
        self.queued_at, self.queued, self.queued_by = event.queued_at, status, event.by if status else None
        if status is not None and self.workload.is_empty:
            self.take_up()
        return ""

    def take_up(self) -> None:
        """Makes the queued presence the chosen one; alerts that were raised after it stay."""
        queued_at = self.queued_at
        self.chosen_at, self.chosen, self.chosen_by = queued_at, self.queued, self.queued_by
        self.queued = self.queued_by = None
        if queued_at is not None:
            self.alerts = tuple([one for one in self.alerts if one[0] > queued_at])
            if self.answered is None or self.answered < (queued_at, ALL):
                self.answered = queued_at, ALL

    def act(self, event: AgentActive, at: datetime) -> str:
        """The agent did something."""
        if event.active_at > at:
            return "not yet"
        if self.active_at is not None and event.active_at <= self.active_at:
            return "an older one"
        limit = self.settings.idle_after
        self.active_at = event.active_at
        self.idle = limit is not None and self.connected and event.active_at + limit <= at
        return ""

    def alert(self, event: AlertRaised, at: datetime) -> str:
        """Something raised an alert."""
        presence, kind = event.presence or self._target(event.alert), event.alert
        if presence is None:
            return "switched off"
        if event.raised_at > at:
            return "not yet"
        rank = RANKS[kind]
        if self.answered is not None and (event.raised_at, rank) <= self.answered:
            return "answered since"
        if any(one[2] is kind and event.raised_at <= one[0] for one in self.alerts):
            return "an older one"
        alert = (event.raised_at, rank, kind, presence, event.offer)
        others = [one for one in self.alerts if one[2] is not kind]
        self.alerts = tuple(sorted([alert, *others], key=place, reverse=True)) if others else (alert,)
        return ""

    def _target(self, kind: AlertKind) -> PresenceStatus | None:
        settings = self.settings
        if kind is AlertKind.MISSED:
            return settings.missed_presence if settings.missed_alerts else None
        if kind is AlertKind.REJECTED:
            return settings.rejected_presence if settings.rejected_alerts else None
        return settings.session_limit_presence

    def work(self, event: WorkloadChanged, at: datetime) -> str:
        """What is in use is another amount."""
        if event.counted_at > at:
            return "not yet"
        if self.counted_at is not None and event.counted_at <= self.counted_at:
            return "an older one"
        before, workload = self.workload, event.workload
        self.workload, self.counted_at = workload, event.counted_at
        if workload.units != before.units or workload.profiles != before.profiles:
            if workload.is_empty and self.queued is not None:
                self.take_up()
            elif self.chosen is not None and not self.chosen.is_kept:
                self.chosen = self.chosen_by = None
        return ""

    def be_active(self, at: datetime) -> None:
        """Keeps that the agent did something just now."""
        self.active_at, self.idle = later(self.active_at, at), False


def later(one: datetime | None, other: datetime) -> datetime:
    """Gives the later of two instants."""
    return other if one is None or other > one else one


def place(alert: Alert) -> tuple[datetime, int]:
    """Gives the place among alerts."""
    return alert[0], alert[1]


snapshot: Callable[[MutablePresence], Snapshot] = attrgetter(*MutablePresence.__slots__)
"""Gives all that an object holds, so that a host can go back to it where it could not save what came after.

One call of compiled code; nothing in the slots is changed in place, so copying them is enough.
"""


def restore(presence: MutablePresence, saved: Snapshot) -> None:
    """Goes back to a snapshot."""
    for name, value in zip(MutablePresence.__slots__, saved, strict=True):
        setattr(presence, name, value)


HANDLERS: Mapping[type, Callable[[MutablePresence, Any, datetime], str]] = {
    AgentConnected: MutablePresence.connect,
    AgentDisconnected: MutablePresence.disconnect,
    PresenceChosen: MutablePresence.choose,
    PresenceReset: MutablePresence.reset,
    NextPresenceQueued: MutablePresence.queue,
    AgentActive: MutablePresence.act,
    AlertRaised: MutablePresence.alert,
    WorkloadChanged: MutablePresence.work,
}
