"""Hypothesis strategies for what happens at an agent's desk, and for states that a machine came to that way."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from customer_summary.domain import desk_events as at_desk
from customer_summary.domain import presence_events as of_presence
from customer_summary.domain.desk import AppFocus, Desk
from customer_summary.domain.desk_settings import DeskSettings, PresenceSettings
from customer_summary.domain.notification import (
    Notification,
    Offer,
)
from customer_summary.domain.presence import (
    STOCK,
    AlertKind,
    Presence,
    PresenceStatus,
)
from customer_summary.domain.tick import Tick
from customer_summary.rules.desk import AgentDesk
from customer_summary.rules.notifications import NotificationPolicy
from customer_summary.rules.presence import PresenceMachine
from customer_summary.testing.desk_strategies import (
    AGENT,
    OFFERS,
    START,
    Strategy,
    actors,
    capacities,
    desk_settings,
    moments,
    offers,
    presence_settings,
    workloads,
)

_BY: Mapping[str, Callable[[], Strategy]] = {
    "at": moments,
    "agent": lambda: st.just(AGENT),
    "by": actors,
    "presence": lambda: st.sampled_from([*(one.text for one in STOCK), "Lunch", "Training", "Nonsense"]),
    "chosen_at": moments,
    "queued_at": moments,
    "active_at": moments,
    "raised_at": moments,
    "counted_at": moments,
    "alert_at": moments,
    "since": moments,
    "started_at": moments,
    "extends": moments,
    "until": moments,
    "workload": workloads,
    "capacity": capacities,
    "window": lambda: st.sampled_from(["", "left"]),
    "reason": lambda: st.sampled_from(["", "busy", "nonsense"]),
    "session": lambda: st.integers(1, 3),
}
"""What the fields of events hold, by their names."""


def _event(kind: Any, **fields: Strategy) -> Strategy:
    names = [one.name for one in kind.__attrs_attrs__]
    known = {name: _BY[name]() for name in names if name in _BY}
    return st.builds(kind, **{**known, **{name: one for name, one in fields.items() if name in names}})


def presence_events() -> Strategy:
    """Events of one agent's presence."""
    alert, offer = st.sampled_from(AlertKind), st.sampled_from(OFFERS)
    kinds = (
        of_presence.AgentConnected,
        of_presence.AgentDisconnected,
        of_presence.PresenceChosen,
        of_presence.PresenceReset,
        of_presence.AgentActive,
        of_presence.WorkloadChanged,
    )
    events = [_event(kind, alert=alert, offer=offer) for kind in kinds]
    events.append(_event(of_presence.AlertRaised, alert=alert, offer=offer, presence=st.sampled_from([None, *STOCK])))
    queued = st.none() | _BY["presence"]()
    events.append(_event(of_presence.NextPresenceQueued, presence=queued))
    return st.one_of([*events, st.builds(Tick, at=moments())])


def offer_events(names: tuple[str, ...] = OFFERS) -> Strategy:
    """Events that name one of these offers."""
    kinds = (
        at_desk.OfferWithdrawn,
        at_desk.WrapUpStarted,
        at_desk.NotificationDisplayed,
        at_desk.BodyClicked,
        at_desk.AcceptPressed,
        at_desk.AcceptPressed,
        at_desk.RejectPressed,
        at_desk.MediaReady,
        at_desk.MediaFailed,
        at_desk.ItemOpened,
        at_desk.EndPressed,
        at_desk.ClosePressed,
        at_desk.WrapUpRequested,
        at_desk.WrapUpExtended,
    )
    come = st.sampled_from(names).flatmap(lambda name: _event(at_desk.Offered, offer=offers(name)))
    named = st.sampled_from([*names[:1] * 3, *names])  # mostly the first, so that much happens to one
    return st.one_of([come, come, come, *(_event(kind, offer=named) for kind in kinds)])


def agent_events() -> Strategy:
    """Events of an agent that name no offer."""
    focus, alert = st.sampled_from(AppFocus), st.sampled_from(AlertKind)
    kinds = (
        of_presence.AgentConnected,
        of_presence.AgentDisconnected,
        of_presence.PresenceChosen,
        of_presence.PresenceReset,
        of_presence.AgentActive,
        at_desk.FocusChanged,
        at_desk.DesktopPermission,
        at_desk.CapacitySet,
    )
    events = [_event(kind, focus=focus, alert=alert, allowed=st.booleans()) for kind in kinds]
    queued = st.none() | _BY["presence"]()
    return st.one_of([*events, _event(of_presence.NextPresenceQueued, presence=queued)])


def desk_events() -> Strategy:
    """Events of one agent's desk."""
    return st.one_of([offer_events(), offer_events(), agent_events(), st.builds(Tick, at=moments())])


_OWN = ("chosen_at", "queued_at", "active_at", "raised_at", "counted_at", "alert_at", "since", "started_at")
NOTHING = timedelta(0)
_GAPS = (0, 0, 1, 29, 30, 59, 60, 89, 90, 120, 480)


def paths(events: Strategy, most: int = 12) -> st.SearchStrategy[list[Any]]:
    """Lists of these events that tell a story: each a little later than the one before, with their own instants near.

    The first is a sign-in; one in a few comes late, and has the instant of an earlier one.
    """
    gap = st.sampled_from(_GAPS).map(lambda seconds: timedelta(seconds=seconds))
    lag = st.sampled_from([timedelta(0)] * 6 + [timedelta(microseconds=1), timedelta(seconds=90)])
    moves = st.lists(st.tuples(events, gap, lag, lag), max_size=most)
    return moves.map(_in_time)


def _in_time(moves: list[tuple[Any, timedelta, timedelta, timedelta]]) -> list[Any]:
    now, found = START, list[Any]([_signed_in()])
    for event, gap, lag, own in moves:
        now += gap
        found.append(in_time(event, now, lag, own))
    return found


def in_time(event: Any, now: datetime, lag: timedelta = NOTHING, own: timedelta = NOTHING) -> Any:
    """Gives an event at an instant, or so much late; the instants that it carries lie `own` before."""
    names = {field.name for field in attrs.fields(type(event))}
    changes: dict[str, Any] = {name: now - own for name in _OWN if name in names}
    if "until" in names:
        changes["until"] = now + timedelta(seconds=570)
    if isinstance(event, at_desk.Offered):
        changes["offer"] = attrs.evolve(event.offer, sent_at=now - own)
    return attrs.evolve(event, at=now - lag, **changes)


def _signed_in() -> of_presence.AgentConnected:
    return of_presence.AgentConnected(at=START, agent=AGENT, since=START)


def _after(machine: Any, state: Any, events: list[Any]) -> Any:
    for event in events:
        state, _, _ = machine.step(state, event)
    return state


def presences() -> st.SearchStrategy[Presence]:
    """Presences that a machine came to."""

    def made(settings: PresenceSettings, events: list[Any]) -> Presence:
        machine = PresenceMachine(settings)
        state: Presence = _after(machine, machine.start(AGENT, START), events)
        return state

    return st.builds(made, presence_settings(), paths(presence_events(), 6))


def notifications() -> st.SearchStrategy[Notification]:
    """Notifications that a machine came to."""

    def made(offer: Offer, target: PresenceStatus | None, events: list[Any]) -> Notification:
        machine = NotificationPolicy()
        begun = machine.start(offer, AGENT, START, on_missed=target, on_rejected=target)
        state: Notification = _after(machine, begun, [one for one in events if type(one) in NOTIFICATION_EVENTS])
        return state

    return st.builds(made, offers(), st.sampled_from([None, *STOCK]), st.lists(offer_events(OFFERS[:1]), max_size=4))


NOTIFICATION_EVENTS = frozenset(
    {
        at_desk.OfferWithdrawn,
        at_desk.NotificationDisplayed,
        at_desk.BodyClicked,
        at_desk.AcceptPressed,
        at_desk.RejectPressed,
        at_desk.MediaReady,
        at_desk.MediaFailed,
    }
)


def desks() -> st.SearchStrategy[Desk]:
    """Desks that a machine came to."""

    def made(settings: DeskSettings, events: list[Any]) -> Desk:
        machine = AgentDesk(settings)
        state: Desk = _after(machine, machine.start(AGENT, START), events)
        return state

    return st.builds(made, desk_settings(), paths(desk_events(), 10))
