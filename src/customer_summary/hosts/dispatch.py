"""Who is given what: conversations that wait meet agents with room, and none overtakes an older one.

Where nothing has changed, no conversation waits that an agent could take. So it is enough to look at what changed: an
agent whose desk did is given the first that suits them, and a conversation that begins to seek takes whoever is free.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

import attrs

from customer_summary.domain.centre import Member, member_of
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import ConversationReleased
from customer_summary.domain.desk import Desk
from customer_summary.domain.routing_events import AgentRouted
from customer_summary.domain.workstream import Distribution, Workstream
from customer_summary.hosts.agent_index import AgentIndex
from customer_summary.hosts.deadlines import Ordered
from customer_summary.hosts.waiting_list import WaitingList, turn_of
from customer_summary.rules.assignment import Chosen, suits
from customer_summary.rules.auto_close import scheduler_after
from customer_summary.rules.routing import why_not_routable

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
        self._waiting, self._records = WaitingList(), WaitingList()
        self.records_at: datetime | None = None
        self._changed: dict[str, None] = {}  # agents, in the order in which their desks did
        self._seeking = Ordered[str]()

    def waiting(self) -> tuple[str, ...]:
        """Gives the conversations that seek an agent, in the order of their turns."""
        return tuple(one.id for one in self._in_turn((*self._waiting, *self._records)))

    def _in_turn(self, names: Iterable[str]) -> list[Conversation]:
        return sorted((self._conversations[one] for one in names), key=turn_of)

    def note_agent(self, agent: str) -> None:
        """Takes note of an agent whose desk or membership changed."""
        self._index.update(agent)
        if agent not in self._desks:
            return
        self._changed[agent] = None
        if self._router is not None:  # it alone knows what the agent suits
            self._seek(self._waiting)

    def note_conversation(self, conversation: Conversation, stream: Workstream) -> None:
        """Takes note of a conversation that changed."""
        name = conversation.id
        self._seeking.put(name, None)
        if not conversation.seeks_agent or stream.distribution is Distribution.PICK:
            self._waiting.remove(name)
            self._records.remove(name)
        elif conversation.channel is Channel.RECORD:
            self._records.add(conversation, stream)
        else:
            self._waiting.add(conversation, stream)
            self._seek((name,))

    def run_records(self) -> None:
        """Looks for agents for all records that wait."""
        self.records_at = None
        self._seek(self._records)

    def plan_records(self, now: datetime | None, period: timedelta) -> datetime | None:
        """Gives when records are given out next; None while none waits."""
        if self.records_at is None and now is not None and len(self._records):
            self.records_at = scheduler_after(now, period)
        return self.records_at

    def _seek(self, names: Iterable[str]) -> None:
        for name in names:
            self._seeking.put(name, turn_of(self._conversations[name]))

    def settle(self) -> None:
        """Takes everything as seen."""
        self._changed.clear()
        self._seeking = Ordered()

    def staffed(self, event: ConversationReleased) -> ConversationReleased:
        """Says of an event what is known here: whether anybody works in the queue that it names."""
        known = any(one.queues for one in self._members.values())
        if not event.queue or not known:
            return event
        staffed = any(event.queue in one.queues and not one.supervisor for one in self._members.values())
        return event if staffed is event.staffed else attrs.evolve(event, staffed=staffed)

    def benches(self, agent: str, conversation: Conversation, session_limit: int) -> bool:
        """Says whether a desk that refused a conversation is to be left alone until it changes.

        Presence and capacity are seen here anyway; that all sessions are open or spoken for is the desk's to know, and
        what a host's own router looks at is not known here. A refusal that comes late, to a desk that has changed
        since, means nothing.
        """
        desk = self._desks[agent]
        is_full = desk.open_sessions + desk.reserved_slots >= session_limit
        stream = self._stream_of(conversation)
        return is_full or (self._router is not None and bool(why_not_routable(desk, stream)))

    def next(self, now: datetime) -> AgentRouted | None:
        """Gives who is to be given what next, as an event of that conversation; None where nothing is to do."""
        while self._changed:
            agent = next(iter(self._changed))
            name = self._first_for(agent)
            choice = None if name is None else self._choose(name)
            if name is not None and choice is not None:
                return self._routed(name, choice, now)
            del self._changed[agent]
        while (first := self._seeking.first()) is not None:
            name = first[1]
            self._seeking.put(name, None)
            choice = self._choose(name)
            if choice is not None:
                return self._routed(name, choice, now)
        return None

    def pass_over(self, routed: AgentRouted) -> None:
        """Gives up on a conversation that could not be given as it was chosen, until it changes."""
        self._waiting.remove(routed.conversation)
        self._records.remove(routed.conversation)
        self._seeking.put(routed.conversation, None)

    def _choose(self, name: str) -> Chosen | None:
        """Gives who is given a conversation.

        Of a host's own router: an agent whom nobody made known is nobody, and a desk that refused is not asked again
        until it changes.
        """
        conversation = self._conversations[name]
        if self._router is not None:
            chosen = self._router(conversation)
            if chosen is None or chosen.agent not in self._desks:
                return None
            return None if member_of(self._members, chosen.agent).benched else chosen
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
        desk, member = self._desks[agent], member_of(self._members, agent)
        if self._router is not None or not desk.presence.connection.connected:
            return None
        back = self._in_turn(self._waiting.preferring(agent))
        if back:
            return back[0].id

        def takes(conversation: Conversation) -> bool:
            barred = any(one.agent == agent and not one.rested for one in conversation.routing.declined)
            return not barred and suits(self._stream_of(conversation), conversation, desk, member)

        return self._waiting.first(member.queues, takes, self._conversations.__getitem__)
