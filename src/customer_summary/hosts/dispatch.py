"""Who is given what: conversations that wait meet agents with room, and none overtakes an older one.

Where nothing has changed, no conversation waits that an agent could take. So it is enough to look at what changed: an
agent whose desk did is given the first that suits them, and a conversation that begins to seek takes whoever is free.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from customer_summary.domain.centre import Member
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.desk import Desk
from customer_summary.domain.routing_events import AgentRouted
from customer_summary.domain.workstream import Distribution, Workstream
from customer_summary.hosts.agent_index import AgentIndex
from customer_summary.hosts.waiting_list import WaitingList, turn_of
from customer_summary.rules.assignment import Chosen, suits

Router: TypeAlias = Callable[[Conversation], Chosen | None]
"""Chooses an agent for a conversation that seeks one, or nobody: a host's own, in place of the stock one."""


class Dispatch:
    """What waits, who has room, and what has changed since the last look."""

    def __init__(
        self,
        desks: Mapping[str, Desk],
        conversations: Mapping[str, Conversation],
        members: Mapping[str, Member],
        stream_of: Callable[[Conversation], Workstream],
        router: Router | None = None,
    ) -> None:
        self._desks, self._conversations, self._members = desks, conversations, members
        self._stream_of = stream_of
        self._index = AgentIndex(desks, members)
        self._router = router
        self._waiting, self.records = WaitingList(), WaitingList()
        self._changed: dict[str, None] = {}  # agents, in the order in which their desks did
        self._seeking: set[str] = set()

    def waiting(self) -> tuple[str, ...]:
        """Gives the conversations that seek an agent, in the order of their turns."""
        return tuple(one.id for one in self._in_turn((*self._waiting, *self.records)))

    def _in_turn(self, names: Iterable[str]) -> list[Conversation]:
        return sorted((self._conversations[one] for one in names), key=turn_of)

    def note_agent(self, agent: str) -> None:
        """Takes note of an agent whose desk or membership changed."""
        self._index.update(agent)
        if agent in self._desks:
            self._changed[agent] = None

    def note_conversation(self, conversation: Conversation, stream: Workstream) -> None:
        """Takes note of a conversation that changed."""
        name = conversation.id
        self._seeking.discard(name)
        if not conversation.seeks_agent or stream.distribution is Distribution.PICK:
            self._waiting.remove(name)
            self.records.remove(name)
        elif conversation.channel is Channel.RECORD:
            self.records.add(conversation, stream)
        else:
            self._waiting.add(conversation, stream)
            self._seeking.add(name)

    def run_records(self) -> None:
        """Looks for agents for all records that wait."""
        self._seeking.update(self.records)

    def settle(self) -> None:
        """Takes everything as seen."""
        self._changed.clear()
        self._seeking.clear()

    def next(self, now: datetime) -> AgentRouted | None:
        """Gives who is to be given what next, as an event of that conversation; None where nothing is to do."""
        while self._changed:
            agent = next(iter(self._changed))
            name = self._first_for(agent)
            choice = None if name is None else self._choose(name)
            if name is not None and choice is not None:
                return self._routed(name, choice, now)
            del self._changed[agent]
        while self._seeking:
            name = min(self._seeking, key=lambda one: turn_of(self._conversations[one]))
            self._seeking.discard(name)
            choice = self._choose(name)
            if choice is not None:
                return self._routed(name, choice, now)
        return None

    def pass_over(self, routed: AgentRouted) -> None:
        """Gives up on a conversation that could not be given as it was chosen, until it changes."""
        self._waiting.remove(routed.conversation)
        self._seeking.discard(routed.conversation)

    def _choose(self, name: str) -> Chosen | None:
        conversation = self._conversations[name]
        if self._router is not None:
            return self._router(conversation)
        return self._index.choose(self._stream_of(conversation), conversation)

    def _routed(self, name: str, choice: Chosen, now: datetime) -> AgentRouted:
        return AgentRouted(
            at=now,
            conversation=name,
            agent=choice.agent,
            attempt=self._conversations[name].routing.attempts + 1,
            affinity=choice.affinity,
            again=choice.again,
        )

    def _first_for(self, agent: str) -> str | None:
        """Gives the first conversation that an agent can be given: one that goes back to them before any other."""
        desk, member = self._desks[agent], self._members.get(agent) or Member(agent=agent)
        if not desk.presence.connection.connected:
            return None
        back = self._in_turn(self._waiting.preferring(agent))
        if back:
            return back[0].id

        def takes(conversation: Conversation) -> bool:
            barred = any(one.agent == agent and not one.rested for one in conversation.routing.declined)
            return not barred and suits(self._stream_of(conversation), conversation, desk, member)

        return self._waiting.first(member.queues, takes, self._conversations.__getitem__)
