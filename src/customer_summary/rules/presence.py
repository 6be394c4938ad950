"""Presence: the machine of an agent's presence, and what is announced of it (spec 9).

What must live here and nowhere else: which ground may follow which (`TABLE`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.actor import BY_AGENT, BY_SYSTEM, Actor, Party
from customer_summary.domain.capacity import NOTHING_IN_USE, Workload
from customer_summary.domain.desk_effects import AnnouncePresence, DismissAlert, ShowAlert
from customer_summary.domain.desk_settings import PresenceSettings
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import check_id, check_instant
from customer_summary.domain.outcome import Outcome
from customer_summary.domain.presence import (
    Ground,
    Presence,
    PresenceReason,
)
from customer_summary.domain.presence_events import (
    AgentActive,
    AgentConnected,
    AgentDisconnected,
    AlertRaised,
    NextPresenceQueued,
    PresenceChosen,
    PresenceEvent,
    PresenceReset,
    WorkloadChanged,
)
from customer_summary.rules.machine import Effects, stepped
from customer_summary.rules.presence_causes import RULES, Answer, idled

PresenceEffect: TypeAlias = AnnouncePresence | ShowAlert | DismissAlert

DISCONNECTED, SESSION_LIMIT, REJECTED, MISSED, KEPT_CHOICE, IDLE, CHOICE, CAPACITY = Ground

TABLE: Mapping[Ground, Mapping[type, frozenset[Ground]]] = {
    DISCONNECTED: {
        AgentConnected: frozenset({DISCONNECTED, SESSION_LIMIT, REJECTED, MISSED, KEPT_CHOICE, IDLE, CHOICE, CAPACITY}),
        AgentDisconnected: frozenset({DISCONNECTED}),
        PresenceChosen: frozenset({DISCONNECTED}),
        PresenceReset: frozenset({DISCONNECTED}),
        NextPresenceQueued: frozenset({DISCONNECTED}),
        AgentActive: frozenset({DISCONNECTED}),
        AlertRaised: frozenset({DISCONNECTED}),
        WorkloadChanged: frozenset({DISCONNECTED}),
    },
    SESSION_LIMIT: {
        AgentConnected: frozenset({SESSION_LIMIT}),
        AgentDisconnected: frozenset({DISCONNECTED, SESSION_LIMIT}),
        PresenceChosen: frozenset({SESSION_LIMIT, KEPT_CHOICE, IDLE, CHOICE}),
        PresenceReset: frozenset({SESSION_LIMIT, IDLE, CAPACITY}),
        NextPresenceQueued: frozenset({SESSION_LIMIT, KEPT_CHOICE, IDLE, CHOICE}),
        AgentActive: frozenset({SESSION_LIMIT}),
        AlertRaised: frozenset({SESSION_LIMIT, REJECTED, MISSED}),
        WorkloadChanged: frozenset({SESSION_LIMIT, KEPT_CHOICE, IDLE, CHOICE}),
    },
    REJECTED: {
        AgentConnected: frozenset({REJECTED}),
        AgentDisconnected: frozenset({DISCONNECTED, REJECTED}),
        PresenceChosen: frozenset({REJECTED, KEPT_CHOICE, IDLE, CHOICE}),
        PresenceReset: frozenset({REJECTED, IDLE, CAPACITY}),
        NextPresenceQueued: frozenset({REJECTED, KEPT_CHOICE, IDLE, CHOICE}),
        AgentActive: frozenset({REJECTED}),
        AlertRaised: frozenset({SESSION_LIMIT, REJECTED, MISSED}),
        WorkloadChanged: frozenset({REJECTED, KEPT_CHOICE, IDLE, CHOICE}),
    },
    MISSED: {
        AgentConnected: frozenset({MISSED}),
        AgentDisconnected: frozenset({DISCONNECTED, MISSED}),
        PresenceChosen: frozenset({MISSED, KEPT_CHOICE, IDLE, CHOICE}),
        PresenceReset: frozenset({MISSED, IDLE, CAPACITY}),
        NextPresenceQueued: frozenset({MISSED, KEPT_CHOICE, IDLE, CHOICE}),
        AgentActive: frozenset({MISSED}),
        AlertRaised: frozenset({SESSION_LIMIT, REJECTED, MISSED}),
        WorkloadChanged: frozenset({MISSED, KEPT_CHOICE, IDLE, CHOICE}),
    },
    KEPT_CHOICE: {
        AgentConnected: frozenset({KEPT_CHOICE}),
        AgentDisconnected: frozenset({DISCONNECTED, KEPT_CHOICE}),
        PresenceChosen: frozenset({KEPT_CHOICE, IDLE, CHOICE}),
        NextPresenceQueued: frozenset({KEPT_CHOICE, IDLE, CHOICE}),
        AgentActive: frozenset({KEPT_CHOICE}),
        AlertRaised: frozenset({SESSION_LIMIT, REJECTED, MISSED, KEPT_CHOICE}),
        WorkloadChanged: frozenset({KEPT_CHOICE, IDLE, CHOICE}),
    },
    IDLE: {
        AgentConnected: frozenset({IDLE}),
        AgentDisconnected: frozenset({DISCONNECTED, IDLE}),
        PresenceChosen: frozenset({KEPT_CHOICE, IDLE, CHOICE}),
        NextPresenceQueued: frozenset({KEPT_CHOICE, IDLE, CHOICE, CAPACITY}),
        AgentActive: frozenset({IDLE, CHOICE, CAPACITY}),
        AlertRaised: frozenset({SESSION_LIMIT, REJECTED, MISSED, IDLE}),
        WorkloadChanged: frozenset({KEPT_CHOICE, IDLE}),
    },
    CHOICE: {
        AgentConnected: frozenset({CHOICE}),
        AgentDisconnected: frozenset({DISCONNECTED, CHOICE}),
        PresenceChosen: frozenset({KEPT_CHOICE, CHOICE}),
        NextPresenceQueued: frozenset({KEPT_CHOICE, CHOICE}),
        AgentActive: frozenset({CHOICE}),
        AlertRaised: frozenset({SESSION_LIMIT, REJECTED, MISSED, CHOICE}),
        WorkloadChanged: frozenset({KEPT_CHOICE, CHOICE, CAPACITY}),
    },
    CAPACITY: {
        AgentConnected: frozenset({CAPACITY}),
        AgentDisconnected: frozenset({DISCONNECTED, CAPACITY}),
        PresenceChosen: frozenset({KEPT_CHOICE, CHOICE, CAPACITY}),
        NextPresenceQueued: frozenset({KEPT_CHOICE, CHOICE, CAPACITY}),
        AgentActive: frozenset({CAPACITY}),
        AlertRaised: frozenset({SESSION_LIMIT, REJECTED, MISSED, CAPACITY}),
        WorkloadChanged: frozenset({KEPT_CHOICE, CHOICE, CAPACITY}),
    },
}

LAPSES: Mapping[Ground, frozenset[Ground]] = {
    DISCONNECTED: frozenset(),
    SESSION_LIMIT: frozenset({SESSION_LIMIT}),
    REJECTED: frozenset({REJECTED}),
    MISSED: frozenset({MISSED}),
    KEPT_CHOICE: frozenset({KEPT_CHOICE}),
    IDLE: frozenset(),
    CHOICE: frozenset({IDLE}),
    CAPACITY: frozenset({IDLE}),
}
"""What time alone does: the agent is found idle, which shows where nothing before it applies."""

STOCK_SETTINGS = PresenceSettings()


@attrs.frozen
class PresenceMachine:
    """The machine of an agent's presence: pure, over the causes that are stored. [seed 002; spec 9]"""

    settings: PresenceSettings = STOCK_SETTINGS

    def start(self, agent: str, at: datetime, workload: Workload = NOTHING_IN_USE) -> Presence:
        """Gives the presence of an agent who has not signed in yet: Offline."""
        return Presence(agent=check_id(agent), at=check_instant(at, "at"), workload=workload)

    def step(self, state: Presence, event: PresenceEvent) -> tuple[Presence, Outcome, tuple[PresenceEffect, ...]]:
        """Gives the presence after one event, the answer to it, and what to announce.

        Raises `InvalidValue` for an event of another agent: a host delivered it wrongly.
        """
        check_agent(state.agent, event)
        return stepped(self, state.agent, state, event)

    def deadline(self, state: Presence) -> datetime | None:
        """Gives when the agent has been idle for as long as the policy allows; None where nothing lapses."""
        activity = state.activity
        return None if activity.idle or not state.connection.connected else activity.idles_at

    def lapse(self, state: Presence, at: datetime, emit: Effects) -> Presence:
        """Finds the agent idle."""
        after = idled(state, at)
        announce(state, after, None, emit)
        return after

    def apply(self, state: Presence, event: PresenceEvent, at: datetime, emit: Effects) -> Answer:
        """Gives the presence after an event, with what to announce, or why there is no other."""
        after = self.changed(state, event, at)
        if isinstance(after, Presence):
            announce(state, after, event, emit)
        return after

    def changed(self, state: Presence, event: PresenceEvent, at: datetime) -> Answer:
        """Gives the presence after an event, or why there is no other; announces nothing."""
        rule = RULES.get(type(event))
        if rule is None:
            raise InvalidValue("event", f"{type(event).__name__} is none of a presence")
        return rule(self.settings, state, event, at)


def check_agent(agent: str, event: Any) -> None:
    """Refuses, with `InvalidValue`, an event of another agent; a tick is for everybody."""
    if getattr(event, "agent", agent) != agent:
        raise InvalidValue("agent", "must be the one that the event is for")


def announce(before: Presence, after: Presence, event: Any, emit: Effects) -> None:
    """Gives the effects of a change: alerts that are new or gone, and the presence where it or its reason changed."""
    if before.alerts is not after.alerts:
        for alert in before.alerts:
            if alert not in after.alerts:
                emit.add(DismissAlert(emit.next_id(), after.agent, alert))
        for alert in after.alerts:
            if alert not in before.alerts:
                emit.add(ShowAlert(emit.next_id(), after.agent, alert))
    was, why, _ = before.standing
    now, reason, _ = after.standing
    if why is not reason or was != now:
        reason, by = _why(before, after, event, reason)
        emit.add(AnnouncePresence(emit.next_id(), after.agent, was, now, reason, by))


def _why(before: Presence, after: Presence, event: Any, reason: PresenceReason) -> tuple[PresenceReason, Actor]:
    """Gives the reason of a change and who made it."""
    kind, chosen = type(event), after.chosen
    if kind is PresenceReset:
        own = event.by.party is Party.AGENT
        return PresenceReason.RESET_AGENT if own else PresenceReason.RESET_SUPERVISOR, event.by
    if kind is AgentConnected and before.activity is after.activity:  # a sign-in is activity, a return is none
        return PresenceReason.RESTORED, BY_AGENT
    if kind is not AgentActive and chosen.by is not None and reason is chosen.reason:
        return reason, chosen.by
    return reason, BY_AGENT if kind in _DOINGS or reason in _BY_AGENT else BY_SYSTEM


_DOINGS = AgentActive, AgentConnected
_BY_AGENT = PresenceReason.REJECTED, PresenceReason.SIGNED_OUT  # what nobody but the agent brings about
