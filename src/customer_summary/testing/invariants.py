"""Invariants of a desk, as one plain function that raises `AssertionError`: for our tests, and for those of a host."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from customer_summary.domain.capacity import Load, ProfileReset
from customer_summary.domain.desk import Desk, HeldItem
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.notification import NotificationStatus
from customer_summary.domain.presence import (
    AVAILABLE,
    BUSY,
    DO_NOT_DISTURB,
    INACTIVE,
    OFFLINE,
    AlertKind,
    BaseStatus,
    Presence,
    PresenceStatus,
)
from customer_summary.rules.desk import AgentDesk


def check_desk(settings: DeskSettings, desk: Desk) -> None:
    """Holds for every state that a desk comes to under these settings.

    Never more sessions than the limit; what is reserved and in use never above the capacity, unless something came
    whatever the capacity or the limits became smaller; each offer in one place; presence as its causes say; the
    deadline that of something which still waits.
    """
    desk.check_coherence()
    desk.presence.check_coherence()
    assert desk.open_sessions + desk.reserved_slots <= settings.session_limit or not desk.notifications, (
        "a slot too many"
    )
    assert desk.open_sessions <= settings.session_limit, "never more sessions than the limit"
    assert all(one.until > desk.at for one in desk.ended), "what nobody can ask about is forgotten"
    _check_use(desk)
    _check_room(desk)
    assert desk.presence.status == status_of(desk.presence), "presence is a function of its causes"
    due = AgentDesk(settings).deadline(desk)
    waiting = set(_waiting(settings, desk))
    assert due == min(waiting, default=None), "the deadline is that of something which still waits"


def _check_use(desk: Desk) -> None:
    """Holds if what is in use is what the agent has: items whose wrap-up is not free, and profiles spent today."""
    limits, workload = desk.presence.workload.limits, desk.presence.workload
    evening = {one.name for one in limits.profiles if one.reset is ProfileReset.END_OF_DAY}
    units = sum(held.item.demand.units for held in desk.items if not held.free)
    profiles = Counter(
        name for held in desk.items for name in held.item.demand.profiles if not held.free or name in evening
    )
    for spent in desk.spent:
        profiles[spent.name] += spent.count
    assert (units, +profiles) == (workload.units, Counter({one.name: one.count for one in workload.profiles}))


def _check_room(desk: Desk) -> None:
    """Holds if nothing is taken beyond the capacity, unless it is marked or the capacity became smaller."""
    marked = [one.offer.override for one in desk.notifications] + [held.override for held in desk.items]
    if any(marked) or desk.limits_at is not None:
        return
    workload, reserved = desk.presence.workload, [one.offer.item.demand for one in desk.notifications]
    limits = workload.limits
    if limits.units is not None:
        assert workload.units + sum(one.units for one in reserved) <= limits.units, "never above the capacity in units"
    counts = Counter({one.name: one.count for one in workload.profiles})
    counts.update(name for one in reserved for name in one.profiles)
    places = {one.name: one.limit for one in limits.profiles}
    assert all(count <= places.get(name, 0) for name, count in counts.items()), "never above the capacity of a profile"


def status_of(presence: Presence) -> PresenceStatus:
    """Derives the presence once more, by its ordered list of causes, as a check on the one that shows."""
    if not presence.connection.connected:
        return OFFLINE
    if presence.alerts:
        return max(presence.alerts, key=lambda one: (one.at, list(AlertKind).index(one.kind))).presence
    chosen = presence.chosen.presence
    passing = {BaseStatus.AVAILABLE, BaseStatus.BUSY}
    if chosen is not None and chosen.base not in passing:
        return chosen
    if presence.activity.idle:
        return INACTIVE
    if chosen is not None:
        return chosen
    return {Load.NONE: AVAILABLE, Load.PART: BUSY, Load.FULL: DO_NOT_DISTURB}[presence.workload.load]


def _waiting(settings: DeskSettings, desk: Desk) -> Iterator[datetime]:
    """Gives the deadline of everything that waits, each by its own rule."""
    presence = desk.presence
    gone = presence.connection.since
    if not presence.connection.connected and gone is not None and any(map(_is_left_alone, desk.items)):
        yield gone + settings.abandoned_after + timedelta(microseconds=1)
    for one in desk.notifications:
        template, sent = one.offer.template, one.offer.sent_at
        if one.status is NotificationStatus.SETTING_UP:
            assert one.ready_by is not None, "a set-up has a deadline"
            yield one.ready_by
        elif one.offer.is_assignment:
            yield sent
        elif template.auto_assign:
            yield sent if template.instant else sent + template.timeout
        elif one.status is NotificationStatus.DISPLAYED:
            yield sent + template.timeout
        else:
            yield sent + template.timeout + timedelta(seconds=480)
    yield from (held.until for held in desk.items if held.until is not None)
    yield from (spent.until for spent in desk.spent)
    idle, active = settings.presence.idle_after, presence.activity
    if idle is not None and active.at is not None and not active.idle and presence.connection.connected:
        yield active.at + idle


def _is_left_alone(held: HeldItem) -> bool:
    return held.in_session or not held.item.is_record
