"""Which agent suits a conversation, and in which order (spec 8.7, 12, beyond A6, A15).

Most free capacity goes first, then who was given something least recently, then the lower id. An agent who did not
take it comes last, once they have rested, and only where nobody else is left.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

import attrs

from customer_summary.domain.capacity import Demand, Workload
from customer_summary.domain.centre import Member
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.desk import Desk
from customer_summary.domain.presence import PresenceStatus
from customer_summary.domain.workstream import SkillMatching, Workstream
from customer_summary.rules.routing import why_not_routable

NEVER = datetime(1, 1, 1, tzinfo=UTC)
UNLIMITED = 2**53
Rank: TypeAlias = tuple[int, datetime, str]
"""Less goes first: free capacity, negated; when something was last given to the agent; the agent's id."""


@attrs.frozen
class Chosen:
    """Who is given a conversation. `again`: they did not take it before, and nobody else is left."""

    agent: str
    affinity: bool = False
    again: bool = False


def free_capacity(desk: Desk, profile: str | None = None) -> int:
    """Says how much of a profile, or of the units, is neither in use nor reserved; below 0 after an override."""
    workload = desk.presence.workload
    offered = desk.notifications
    if profile is None:
        if workload.limits.units is None:
            return UNLIMITED
        return workload.limits.units - workload.units - sum(one.offer.item.demand.units for one in offered)
    limit = next((one.limit for one in workload.limits.profiles if one.name == profile), 0)
    used = next((one.count for one in workload.profiles if one.name == profile), 0)
    return limit - used - sum(profile in one.offer.item.demand.profiles for one in offered)


def rank(desk: Desk, member: Member, demand: Demand) -> Rank:
    """Gives the place of an agent among those who suit an item: by its first profile, or else by units."""
    free = free_capacity(desk, demand.profiles[0] if demand.profiles else None)
    return -free, member.last_given or NEVER, desk.agent


def has_skills(stream: Workstream, conversation: Conversation, member: Member) -> bool:
    """Says whether an agent may have a conversation by its skills; *closest* prefers, and shuts nobody out."""
    if stream.skill_matching is not SkillMatching.EXACT or not conversation.skills:
        return True
    return {one.name for one in conversation.skills} <= set(member.skills)


def works_in(member: Member, queue: str) -> bool:
    """Says whether an agent is given work of a queue; everybody is, where a conversation names none."""
    return not member.supervisor and (not queue or queue in member.queues)


def suits(stream: Workstream, conversation: Conversation, desk: Desk, member: Member) -> bool:
    """Says whether a conversation can be offered to an agent now, leaving aside what they did with it before."""
    return (
        not member.benched
        and desk.presence.connection.connected
        and works_in(member, conversation.queue)
        and desk.presence.status.base in stream.allowed  # most are turned away by this, at little cost
        and has_skills(stream, conversation, member)
        and not why_not_routable(desk, stream)
    )


def choose(stream: Workstream, conversation: Conversation, agents: Iterable[tuple[Desk, Member]]) -> Chosen | None:
    """Chooses among agents by looking at each: what an index must agree with, and a host with few agents can use."""
    found = list(agents)
    kept = affinity(conversation, (desk for desk, _ in found))
    if kept is not None:
        return kept
    wanted = {one.name for one in conversation.skills} if stream.skill_matching is SkillMatching.CLOSEST else set[str]()
    declined = {one.agent: one.rested for one in conversation.routing.declined}
    fitting = [
        ((desk.agent in declined, -len(wanted.intersection(member.skills)), rank(desk, member, stream.demand)), desk)
        for desk, member in found
        if declined.get(desk.agent, True) and suits(stream, conversation, desk, member)
    ]
    if not fitting:
        return None
    (again, _, _), desk = min(fitting, key=lambda one: one[0])
    return Chosen(desk.agent, again=again)


def affinity(conversation: Conversation, desks: Iterable[Desk]) -> Chosen | None:
    """Gives back what resumes to the agent who had it, whatever capacity and presence, if they are connected."""
    name = conversation.routing.prefers
    kept = next((one for one in desks if one.agent == name and one.presence.connection.connected), None)
    return None if kept is None else Chosen(name, affinity=True)


def standing_of(desk: Desk) -> tuple[PresenceStatus, Workload, int, int]:
    """Gives what a desk's answer to an offer follows from: one that refused is asked again once this changes."""
    presence = desk.presence
    return presence.status, presence.workload, desk.open_sessions, desk.reserved_slots
