"""Conversations that wait for an agent, in the order in which they are served: priority, then age, then id.

Those that ask for the same stand together, so that an agent whose desk changed is compared with each kind once.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeAlias

import attrs

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.workstream import Workstream
from customer_summary.hosts.deadlines import Ordered

Turn: TypeAlias = tuple[int, datetime, str]
"""Less goes first."""


def turn_of(conversation: Conversation) -> Turn:
    """Gives the place of a conversation among those that wait: queue age runs on through offers that nobody took."""
    return -conversation.routing.priority, conversation.clocks.queued_on, conversation.id


@attrs.frozen
class Kind:
    """What a conversation asks for: all of the same kind can be given to the same agents."""

    queue: str
    stream: str
    skills: frozenset[str]


class WaitingList:
    """The conversations that wait, by kind."""

    def __init__(self) -> None:
        self._kinds: dict[Kind, Ordered[str]] = {}
        self._kind_of: dict[str, Kind] = {}
        self._by_queue: dict[str, set[Kind]] = {}
        self._prefers: dict[str, str] = {}
        self._preferring: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._kind_of)

    def __contains__(self, conversation: str) -> bool:
        return conversation in self._kind_of

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._kind_of))

    def add(self, conversation: Conversation, stream: Workstream) -> None:
        """Adds a conversation, or gives it another place."""
        kind = Kind(conversation.queue, stream.name, frozenset(one.name for one in conversation.skills))
        prefers = conversation.routing.prefers
        if self._kind_of.get(conversation.id, kind) != kind or self._prefers.get(conversation.id, "") != prefers:
            self.remove(conversation.id)
        if prefers:
            self._prefers[conversation.id] = prefers
            self._preferring.setdefault(prefers, set()).add(conversation.id)
        self._kind_of[conversation.id] = kind
        if kind not in self._kinds:
            self._kinds[kind] = Ordered()
            self._by_queue.setdefault(kind.queue, set()).add(kind)
        self._kinds[kind].put(conversation.id, turn_of(conversation))

    def remove(self, conversation: str) -> None:
        """Takes a conversation out, if it waits."""
        kind = self._kind_of.pop(conversation, None)
        if kind is None:
            return
        self._kinds[kind].put(conversation, None)
        prefers = self._prefers.pop(conversation, None)
        if prefers is not None:
            self._preferring[prefers].discard(conversation)
        if not len(self._kinds[kind]):
            del self._kinds[kind]
            self._by_queue[kind.queue].discard(kind)

    def preferring(self, agent: str) -> frozenset[str]:
        """Gives the conversations that go back to an agent."""
        return frozenset(self._preferring.get(agent, ()))

    def first(
        self, queues: tuple[str, ...], suits: Callable[[Conversation], bool], get: Callable[[str], Conversation]
    ) -> str | None:
        """Gives the first conversation of these queues that suits, in the order of their turns.

        `suits` is asked about the first of a kind, and about others of that kind only where it says no: it may say no
        to a conversation for what an agent did with it before.
        """
        best: tuple[Turn, str] | None = None
        for queue in {"", *queues}:
            for kind in self._by_queue.get(queue, ()):
                found = self._first_of(self._kinds[kind], suits, get, None if best is None else best[0])
                best = found if found is not None and (best is None or found < best) else best
        return None if best is None else best[1]

    def _first_of(
        self,
        order: Ordered[str],
        suits: Callable[[Conversation], bool],
        get: Callable[[str], Conversation],
        before: Turn | None,
    ) -> tuple[Turn, str] | None:
        popped: list[tuple[Turn, str]] = []
        try:
            while (head := order.first()) is not None and (before is None or head[0] < before):
                conversation = get(head[1])
                if suits(conversation):
                    return head
                popped.append(head)
                order.pop()
                if not conversation.routing.declined:
                    return None  # nothing of its own stands in the way, so none of this kind suits
            return None
        finally:
            order.restore(popped)
