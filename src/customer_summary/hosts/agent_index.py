"""Agents in the order in which they get work, so that no choice looks at all of them.

For each queue, and in it for each base presence, agents stand in order by their free units, by the free places of each
of their profiles, and once more for each of their skills. A change of a desk costs O(log n) in each of these orders.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from customer_summary.domain.centre import Member, member_of
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.desk import Desk
from customer_summary.domain.workstream import SkillMatching, Workstream
from customer_summary.hosts.deadlines import Ordered
from customer_summary.rules.assignment import NEVER, Chosen, Rank, affinity, free_capacity, rank, suits

Facet: TypeAlias = tuple[str, str]
"""What agents are ordered by: ("units", ""), ("profile", its name), or ("skill", its name)."""

UNITS: Facet = ("units", "")
Place: TypeAlias = tuple[int, datetime, str]
Key: TypeAlias = tuple[str, str, Facet]
"""A queue, a base presence by its word, and a facet. Words, for an enumeration is slow to look up."""


class Standing(NamedTuple):
    """What the places of an agent follow from."""

    base: str
    units: int
    profiles: tuple[tuple[str, int], ...]
    last_given: datetime
    queues: tuple[str, ...]
    skills: tuple[str, ...]


def _places(agent: str, standing: Standing) -> Iterator[tuple[Key, Place]]:
    """Gives the places in which an agent stands."""
    base, units, profiles, last, queues, skills = standing
    for queue in ("", *queues):
        place = -units, last, agent
        yield (queue, base, UNITS), place
        for skill in skills:
            yield (queue, base, ("skill", skill)), place
        for profile, free in profiles:
            yield (queue, base, ("profile", profile)), (-free, last, agent)


class AgentIndex:
    """Chooses as `rules.assignment.choose` does, without looking at everybody."""

    def __init__(self, desks: Mapping[str, Desk], members: Mapping[str, Member]) -> None:
        self._desks, self._members = desks, members
        self._orders: dict[Key, Ordered[str]] = defaultdict(Ordered)
        self._places: dict[str, dict[Key, Place]] = {}
        self._standings: dict[str, Standing | None] = {}

    def update(self, agent: str) -> None:
        """Takes note of a desk or a member that changed."""
        standing = self._standing(agent)
        if standing == self._standings.get(agent):
            return
        before, now = self._places.get(agent, {}), {} if standing is None else dict(_places(agent, standing))
        for key in before.keys() - now.keys():
            self._orders[key].put(agent, None)
        for key, place in now.items():
            if before.get(key) != place:
                self._orders[key].put(agent, place)
        self._places[agent], self._standings[agent] = now, standing

    def _standing(self, agent: str) -> Standing | None:
        """Gives all that an agent's places follow from; None for who cannot be given anything."""
        desk, member = self._desks.get(agent), self._member(agent)
        if desk is None or member.supervisor or member.benched or not desk.presence.connection.connected:
            return None
        profiles = desk.presence.workload.limits.profiles
        return Standing(
            desk.presence.status.base.value,
            free_capacity(desk),
            tuple((one.name, free_capacity(desk, one.name)) for one in profiles),
            member.last_given or NEVER,
            member.queues,
            member.skills,
        )

    def choose(self, stream: Workstream, conversation: Conversation) -> Chosen | None:
        """Gives who is given a conversation now; None where nobody can be."""
        name = conversation.routing.prefers
        kept = affinity(conversation, [self._desks[name]] if name in self._desks else [])
        if kept is not None:
            return kept
        declined = {one.agent: one.rested for one in conversation.routing.declined}
        found = self._best(stream, conversation, lambda agent: agent not in declined)
        if found is not None:
            return Chosen(found)
        if True in declined.values():
            found = self._best(stream, conversation, lambda agent: declined.get(agent, False))
        return None if found is None else Chosen(found, again=True)

    def _best(self, stream: Workstream, conversation: Conversation, among: Callable[[str], bool]) -> str | None:
        """Gives the first of those who suit a conversation, in their order."""

        def fits(agent: str) -> bool:
            return among(agent) and suits(stream, conversation, self._desks[agent], self._member(agent))

        if stream.skill_matching is SkillMatching.CLOSEST and conversation.skills:
            found = self._closest(stream, conversation, fits)
            if found is not None:
                return found
        return self._first(stream, conversation.queue, self._facet(stream, conversation), fits)

    def _closest(self, stream: Workstream, conversation: Conversation, fits: Callable[[str], bool]) -> str | None:
        """Gives who has most of the skills; None where nobody has any. It looks at all who have one of them."""
        skills = {one.name for one in conversation.skills}
        best: tuple[int, Rank] | None = None

        def compare(agent: str) -> bool:
            nonlocal best
            if fits(agent):
                member = self._member(agent)
                place = -len(skills.intersection(member.skills)), rank(self._desks[agent], member, stream.demand)
                best = place if best is None or place < best else best
            return False

        for skill in sorted(skills):
            self._first(stream, conversation.queue, ("skill", skill), compare)
        return None if best is None else best[1][2]

    def _member(self, agent: str) -> Member:
        return member_of(self._members, agent)

    def _facet(self, stream: Workstream, conversation: Conversation) -> Facet:
        """Gives the order to go through: that of a profile it takes, or else of the skill that fewest have."""
        if stream.demand.profiles:
            return "profile", stream.demand.profiles[0]
        skills = [one.name for one in conversation.skills] if stream.skill_matching is SkillMatching.EXACT else []
        return min(
            (("skill", one) for one in skills),
            key=lambda facet: sum(len(order) for order in self._orders_of(stream, conversation.queue, facet)),
            default=UNITS,
        )

    def _orders_of(self, stream: Workstream, queue: str, facet: Facet) -> list[Ordered[str]]:
        keys = ((queue, base.value, facet) for base in stream.allowed)
        return [self._orders[key] for key in keys if key in self._orders]

    def _first(self, stream: Workstream, queue: str, facet: Facet, accepts: Callable[[str], bool]) -> str | None:
        """Gives the first agent of an order who is accepted; it ends where nobody has room any more."""
        orders = self._orders_of(stream, queue, facet)
        popped: list[list[tuple[Any, str]]] = [[] for _ in orders]
        least = 1 if facet[0] == "profile" else stream.demand.units
        try:
            while heads := [(head, number) for number, one in enumerate(orders) if (head := one.first()) is not None]:
                (place, agent), number = min(heads)
                if least and -place[0] < least:
                    return None
                if accepts(agent):
                    return agent
                orders[number].pop()
                popped[number].append((place, agent))
            return None
        finally:
            for order, back in zip(orders, popped, strict=True):
                order.restore(back)
