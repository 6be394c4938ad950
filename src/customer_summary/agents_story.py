"""Who works in a contact centre at an instant, a line each: presence and why, sessions, capacity, what is offered."""

from collections.abc import Iterator

from customer_summary.domain.capacity import Workload
from customer_summary.domain.centre import Member, member_of
from customer_summary.domain.desk import Desk
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.plain import plain
from customer_summary.wire.converter import write_instant


def agents_lines(centre: ContactCentre) -> Iterator[str]:
    """Gives a line for each agent, what they have and what they are offered below it; then who still waits."""
    for agent in sorted(centre.desks):
        desk = centre.desks[agent]
        yield plain(_agent(desk, member_of(centre.members, agent), centre))
        for one in desk.notifications:
            due = centre.desk_machine.notifications.deadline(one)
            until = "" if due is None else f" until {write_instant(due)}"
            yield plain(f"    offered {one.offer.id}: {one.status.value}{until}")
        for held in desk.items:
            yield plain(f"    has {held.offer}: {held.status.value}")
    waiting = centre.waiting()
    if waiting:
        yield plain(f"waiting: {', '.join(waiting)}")


def _agent(desk: Desk, member: Member, centre: ContactCentre) -> str:
    presence, reason, since = desk.presence.standing
    begun = "" if since is None else f" since {write_instant(since)}"
    words = [
        f"{desk.agent}: {presence.text} ({reason.value}{begun})",
        f"sessions {desk.open_sessions} of {centre.desk_machine.settings.session_limit}",
        f"capacity {_capacity(desk.presence.workload)}",
    ]
    words += [f"queues {' '.join(member.queues)}"] if member.queues else []
    words += [f"skills {' '.join(member.skills)}"] if member.skills else []
    return ", ".join(words)


def _capacity(workload: Workload) -> str:
    limits = {one.name: one.limit for one in workload.limits.profiles}
    counts = {one.name: one.count for one in workload.profiles}
    units = "no limit" if workload.limits.units is None else f"{workload.units} of {workload.limits.units}"
    parts = [units] if workload.limits.units is not None or not limits else []
    parts += [f"{name} {counts.get(name, 0)} of {limit}" for name, limit in limits.items()]
    return ", ".join(parts)
