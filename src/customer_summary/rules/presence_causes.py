"""The causes of a presence: what each event changes among them (spec 9.2 to 9.5).

Which status shows is derived from them in `domain.presence`; what is announced, in `rules.presence`. Every refusal
stands here.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.actor import BY_SYSTEM, Actor, Party
from customer_summary.domain.capacity import Load, Workload
from customer_summary.domain.desk_settings import PresenceSettings
from customer_summary.domain.outcome import Refused, Unchanged
from customer_summary.domain.presence import (
    INACTIVE,
    Alert,
    AlertKind,
    Answered,
    Connection,
    LastActivity,
    Presence,
    PresenceChoice,
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

Answer: TypeAlias = Presence | Unchanged | Refused


def idled(state: Presence, at: datetime) -> Presence:
    """Gives the presence of an agent who has been idle too long."""
    return _next(state, at, activity=attrs.evolve(state.activity, idle=True))


def _next(  # as long as it is because `attrs.evolve` takes twice the time, and this is every transition
    state: Presence,
    at: datetime,
    *,
    chosen: PresenceChoice | None = None,
    alerts: tuple[Alert, ...] | None = None,
    workload: Workload | None = None,
    connection: Connection | None = None,
    activity: LastActivity | None = None,
    queued: PresenceChoice | None = None,
    answered: Answered | None = None,
    counted_at: datetime | None = None,
) -> Presence:
    """Gives the next state; what is not given stays."""
    return Presence(
        state.agent,
        at,
        state.transitions + 1,
        chosen or state.chosen,
        state.alerts if alerts is None else alerts,
        workload or state.workload,
        connection or state.connection,
        activity or state.activity,
        queued or state.queued,
        answered or state.answered,
        counted_at or state.counted_at,
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return max(one, other)


NOT_YET = Refused("not_yet", "an instant that has not come")


def _connected(settings: PresenceSettings, state: Presence, event: AgentConnected, at: datetime) -> Answer:
    before = state.connection
    if event.since > at:
        return NOT_YET
    if before.last_gone is not None and event.since < before.last_gone:
        return Unchanged("disconnected since")
    if before.connected and before.since is not None and event.since <= before.since:
        return Unchanged("connected already")
    now = Connection(connected=True, since=event.since, signed_out=False, last_gone=before.last_gone)
    if before.connected or is_restored(settings, state, at):
        return _next(state, at, connection=now)
    default = settings.find(settings.default if event.default is None else event.default)
    if default is None or default == INACTIVE:
        default = settings.find(settings.default)
    chosen, queued = PresenceChoice(event.since), PresenceChoice(event.since)
    if default is not None and (state.workload.load is Load.NONE or default.is_kept):
        chosen = PresenceChoice(event.since, default, BY_SYSTEM)
    return _next(
        state,
        at,
        connection=now,
        activity=active_at(settings, _later(state.activity.at, at)),
        alerts=(),
        answered=_all_until(at),
        chosen=state.chosen if _is_later(state.chosen, event.since) else chosen,
        queued=state.queued if _is_later(state.queued, event.since) else queued,
    )


def _is_later(choice: PresenceChoice, instant: datetime) -> bool:
    return choice.at is not None and choice.at > instant


def _all_until(at: datetime) -> Answered:
    return Answered(at, AlertKind.SESSION_LIMIT)


def is_restored(settings: PresenceSettings, state: Presence, at: datetime) -> bool:
    """Says whether a return now changes nothing but that the agent is back. [spec 9.5]"""
    gone = state.connection.since
    return not state.connection.connected and gone is not None and at - gone <= settings.restore_within


def _disconnected(_: PresenceSettings, state: Presence, event: AgentDisconnected, at: datetime) -> Answer:
    before = state.connection
    if event.since > at:
        return NOT_YET
    if before.connected and before.since is not None and event.since <= before.since:
        return Unchanged("connected since")
    if before.last_gone is not None and event.since <= before.last_gone:
        return Unchanged("disconnected already")
    if before.connected:
        gone = Connection(since=event.since, signed_out=event.signed_out, last_gone=event.since)
    else:  # the first disconnect stands; a sign-in that comes late must still lose to this one
        gone = Connection(since=before.since, signed_out=before.signed_out, last_gone=event.since)
    return _next(state, at, connection=gone)


def _find(settings: PresenceSettings, text: str, by: Actor) -> PresenceStatus | Refused:
    found = settings.find(text)
    if found is None:
        return Refused("unknown_presence", "the presence stays")
    if found == INACTIVE or not (found.by_agent or by.party is Party.SUPERVISOR):
        return Refused("not_selectable", "the presence stays")
    return found


def _chosen(settings: PresenceSettings, state: Presence, event: PresenceChosen, at: datetime) -> Answer:
    status = _find(settings, event.presence, event.by)
    if isinstance(status, Refused):
        return status
    if event.chosen_at > at:
        return NOT_YET
    if state.chosen.at is not None and event.chosen_at <= state.chosen.at:
        return Unchanged("a later choice stands")
    queued = state.queued
    if queued.presence is not None and queued.at is not None and queued.at <= event.chosen_at:
        queued = PresenceChoice(queued.at)
    activity = _after(settings, state, event.by, at)
    chosen = PresenceChoice(event.chosen_at, status, event.by)
    return _next(state, at, chosen=chosen, alerts=(), answered=_all_until(at), queued=queued, activity=activity)


def _reset(settings: PresenceSettings, state: Presence, event: PresenceReset, at: datetime) -> Answer:
    answered = event.alert, event.alert_at, event.offer
    named = next((one for one in state.alerts if (one.kind, one.at, one.offer) == answered), None)
    if named is None:
        return Unchanged("no such alert is open")
    return _next(
        state,
        at,
        alerts=tuple(one for one in state.alerts if one.place > named.place),
        answered=Answered(named.at, named.kind),
        chosen=PresenceChoice(state.chosen.at),
        activity=_after(settings, state, event.by, at),
    )


def _after(settings: PresenceSettings, state: Presence, by: Actor, at: datetime) -> LastActivity:
    """Gives when the agent was last active, where somebody did something: only their own doing counts."""
    return active_at(settings, _later(state.activity.at, at)) if by.party is Party.AGENT else state.activity


def active_at(settings: PresenceSettings, instant: datetime | None, now: datetime | None = None) -> LastActivity:
    """Gives an activity with the instant at which it counts as idle; one that lies behind `now` already does."""
    limit = settings.idle_after
    idles_at = None if limit is None or instant is None else instant + limit
    return LastActivity(instant, idles_at, idles_at is not None and now is not None and idles_at <= now)


def _queued(settings: PresenceSettings, state: Presence, event: NextPresenceQueued, at: datetime) -> Answer:
    status = None if event.presence is None else _find(settings, event.presence, event.by)
    if isinstance(status, Refused):
        return status
    if event.queued_at > at:
        return NOT_YET
    latest = _later(state.queued.at, state.chosen.at)
    if latest is not None and event.queued_at <= latest:
        return Unchanged("a later choice stands")
    queued = PresenceChoice(event.queued_at, status, event.by if status else None)
    changes = _taken_up(state, queued) if status and state.workload.is_empty else {"queued": queued}
    return _next(state, at, activity=_after(settings, state, event.by, at), **changes)


def _taken_up(state: Presence, queued: PresenceChoice) -> dict[str, Any]:
    """Turns the queued status into the choice; it closes the alerts that were raised before it was queued."""
    changes: dict[str, Any] = {"chosen": queued, "queued": PresenceChoice(queued.at)}
    if queued.at is not None:
        until = _all_until(queued.at)
        changes["alerts"] = tuple(one for one in state.alerts if one.place > until.place)
        if state.answered is None or state.answered.place < until.place:
            changes["answered"] = until
    return changes


def _active(settings: PresenceSettings, state: Presence, event: AgentActive, at: datetime) -> Answer:
    if event.active_at > at:
        return NOT_YET
    if state.activity.at is not None and event.active_at <= state.activity.at:
        return Unchanged("active since")
    now = at if state.connection.connected else None
    return _next(state, at, activity=active_at(settings, event.active_at, now))


def _alerted(settings: PresenceSettings, state: Presence, event: AlertRaised, at: datetime) -> Answer:
    presence = event.presence or target(settings, event.alert)
    if presence is None:
        return Unchanged("this alert is switched off")
    if event.raised_at > at:
        return NOT_YET
    alert = Alert(event.alert, event.raised_at, presence, event.offer)
    if state.answered is not None and alert.place <= state.answered.place:
        return Unchanged("answered since")
    return raised(state, alert, at)


def raised(state: Presence, alert: Alert, at: datetime) -> Presence | Unchanged:
    """Gives the presence with one more alert; it takes the place of an older one of its kind."""
    if not state.alerts:
        return _next(state, at, alerts=(alert,))
    known = next((one for one in state.alerts if one.kind is alert.kind), None)
    if known is not None and alert.at <= known.at:
        return Unchanged("raised already")
    others = [one for one in state.alerts if one.kind is not alert.kind]
    return _next(state, at, alerts=tuple(sorted([alert, *others], key=lambda one: one.place, reverse=True)))


def target(settings: PresenceSettings, kind: AlertKind) -> PresenceStatus | None:
    """Gives the presence that an alert sets; None where the feature is off: then there is no alert either."""
    if kind is AlertKind.MISSED:
        return settings.missed_presence if settings.missed_alerts else None
    if kind is AlertKind.REJECTED:
        return settings.rejected_presence if settings.rejected_alerts else None
    return settings.session_limit_presence


def _worked(_: PresenceSettings, state: Presence, event: WorkloadChanged, at: datetime) -> Answer:
    if event.counted_at > at:
        return NOT_YET
    if state.counted_at is not None and event.counted_at <= state.counted_at:
        return Unchanged("counted since")
    return loaded(state, event.workload, at, event.counted_at)


def loaded(state: Presence, workload: Workload, at: datetime, counted_at: datetime) -> Presence:
    """Gives the presence with what is in use now: a passing choice ends where that changed, a queued one may begin."""
    before, chosen = state.workload, state.chosen
    if workload.units != before.units or workload.profiles != before.profiles:
        if workload.is_empty and state.queued.presence is not None:
            return _next(state, at, workload=workload, counted_at=counted_at, **_taken_up(state, state.queued))
        if chosen.presence is not None and not chosen.presence.is_kept:
            chosen = PresenceChoice(chosen.at)
    return _next(state, at, workload=workload, counted_at=counted_at, chosen=chosen)


RULES: Mapping[type, Callable[[PresenceSettings, Presence, Any, datetime], Answer]] = {
    AgentConnected: _connected,
    AgentDisconnected: _disconnected,
    PresenceChosen: _chosen,
    PresenceReset: _reset,
    NextPresenceQueued: _queued,
    AgentActive: _active,
    AlertRaised: _alerted,
    WorkloadChanged: _worked,
}
