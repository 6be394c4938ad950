"""The contact centre: events of a busy day, a conversation in memory, the next of many deadlines, one choice."""

import gc
from collections.abc import Mapping
from datetime import timedelta
from heapq import heappop, heappush
from time import perf_counter
from typing import Any

from benchmarks.busy_day import MORNING, QUEUES, BusyDay, settings
from benchmarks.desk import bytes_each
from benchmarks.measure import Case, Figure, aiming, figures, interleaved
from customer_summary.domain import conversation_events as of_life
from customer_summary.domain.centre import Member
from customer_summary.domain.channel import Channel
from customer_summary.domain.context import ContextVariable
from customer_summary.domain.desk import Desk
from customer_summary.domain.message import Author, Message
from customer_summary.domain.presence_events import AgentConnected
from customer_summary.domain.routing_events import AgentRouted
from customer_summary.domain.sentiment import Reading, text_digest
from customer_summary.domain.sentiment_events import MessageScored
from customer_summary.hosts.agent_index import AgentIndex
from customer_summary.hosts.deadlines import Ordered
from customer_summary.rules.assignment import choose
from customer_summary.rules.conversation import ConversationLifeCycle
from customer_summary.rules.desk import AgentDesk
from customer_summary.rules.sentiment import SentimentPolicy

AGENTS = (10, 1_000, 100_000)
PENDING = (1_000, 100_000, 1_000_000)
DESKS = 100_000
BY_HAND = "a heap by hand"
"""Asks nothing else of a deadline than a heap of pairs does: no key has a place that can change."""


def run(
    agents: tuple[int, ...] = AGENTS,
    events: int = 20_000,
    pending: tuple[int, ...] = PENDING,
    desks: int = DESKS,
    conversations: int = 1_000,
) -> list[Figure]:
    """Measures everything about the contact centre."""
    return [*day(agents, events), *deadlines(pending), *choice(desks), memory(conversations)]


def day(agents: tuple[int, ...] = AGENTS, events: int = 20_000) -> list[Figure]:
    """Measures one external event of a busy day, with every message that follows from it and the routing.

    A conversation begins every five minutes for each agent. Making the agents known is not counted, nor what plays the
    people; the collector is frozen after loading. The aim of the first is 40 000 events a second.
    """
    found: list[Figure] = []
    for count in agents:
        spent = _event_of_a_day(count, events)
        first = found[0].amount if found else None
        found.append(
            Figure(
                name=f"an event of a day, {count} agents",
                amount=spent * 1e6,
                unit="us",
                ratio=None if first is None else spent * 1e6 / first,
                against="" if first is None else found[0].name,
                aim=25.0 if first is None else 1.5,
            )
        )
    return found


def _event_of_a_day(agents: int, events: int) -> float:
    """Gives the seconds that the centre takes for an external event; what plays the people is not counted."""
    simulated = BusyDay(agents, conversations=events // 8, hours=events / 8 / agents / 12)
    gc.collect()
    gc.freeze()
    send, spent, sent = simulated.centre.send, 0.0, 0

    def timed(event: object) -> object:
        nonlocal spent, sent
        begun = perf_counter()
        happened = send(event)  # type: ignore[arg-type]  # whatever the day plays
        spent += perf_counter() - begun
        sent += 1
        return happened

    simulated.centre.send = timed  # type: ignore[method-assign,assignment]
    for _ in simulated.run():
        if simulated.is_loading:
            spent, sent = 0.0, 0
    gc.unfreeze()
    return spent / max(1, sent)


def deadlines(pending: tuple[int, ...] = PENDING, rounds: int = 5) -> list[Figure]:
    """Measures taking the next of so many deadlines and setting another one, against a heap of pairs by hand."""
    found: list[Figure] = []
    for count in pending:
        ours, by_hand = f"next of {count} deadlines", f"{BY_HAND}, {count}"
        cases = {ours: _ordered(count), by_hand: _heap(count)}
        found += figures(interleaved(cases, rounds), against=by_hand, scale=1e6, unit="us")
    return found


def _ordered(count: int) -> Case:
    order = Ordered[str]()
    for number in range(count):
        order.put(f"c-{number}", (MORNING + timedelta(seconds=number), 0, f"c-{number}"))

    def case() -> None:
        first = order.first()
        if first is not None:
            place, key = first
            order.put(key, (place[0] + timedelta(seconds=count), 0, key))

    return case


def _heap(count: int) -> Case:
    heap = [(MORNING + timedelta(seconds=number), f"c-{number}") for number in range(count)]

    def case() -> None:
        due, key = heappop(heap)
        heappush(heap, (due + timedelta(seconds=count), key))

    return case


def choice(desks: int = DESKS, rounds: int = 5) -> list[Figure]:
    """Measures one choice among so many free desks, against looking at each of them."""
    known, members = _free_desks(desks)
    index = AgentIndex(known, members)
    for agent in known:
        index.update(agent)
    machine = ConversationLifeCycle(workstreams=settings().workstreams)
    conversation = machine.start(_started("c"))
    stream, pairs = machine.stream_of(conversation), [(known[one], members[one]) for one in known]
    one, all_of_them = f"one choice among {desks} desks", f"looking at each of {desks} desks"
    cases: dict[str, Case] = {
        one: lambda: index.choose(stream, conversation),
        all_of_them: lambda: choose(stream, conversation, pairs),
    }
    return aiming(figures(interleaved(cases, rounds), against=all_of_them, scale=1e6, unit="us"), {one: 0.01})


def _free_desks(count: int) -> tuple[dict[str, Desk], Mapping[str, Member]]:
    machine = AgentDesk(settings())
    desks, members = dict[str, Desk](), dict[str, Member]()
    for number in range(count):
        name = f"agent-{number}"
        begun = machine.start(name, MORNING)
        desks[name], _, _ = machine.step(begun, AgentConnected(at=MORNING, agent=name, since=MORNING))
        members[name] = Member(agent=name, queues=(QUEUES[number % 10],))
    return desks, members


def _started(name: str) -> of_life.ConversationStarted:
    return of_life.ConversationStarted(
        at=MORNING,
        conversation=name,
        channel=Channel.LIVE_CHAT,
        workstream="chat",
        queue=QUEUES[0],
        context=tuple(ContextVariable(one, f"{one} of {name}") for one in ("page", "cart", "level", "order")),
    )


def memory(conversations: int = 1_000) -> Figure:
    """Measures a live conversation: four context variables, an offer, and a window of six scored messages."""
    machine, policy = ConversationLifeCycle(workstreams=settings().workstreams), SentimentPolicy()

    def make(number: int) -> object:
        name = f"conversation-{number}"
        state, window = machine.start(_started(name)), policy.start(name, MORNING, "en")
        state, _, _ = machine.step(
            state, AgentRouted(at=MORNING, conversation=name, agent=f"agent-{number}", attempt=1)
        )
        for message in range(6):
            text = Message(id=f"{name}-{message}", at=MORNING, author=Author.CUSTOMER, text="hello")
            about: dict[str, Any] = {"at": MORNING, "conversation": name}
            sent = of_life.MessageSent(**about, message=text)
            state, _, _ = machine.step(state, sent)
            window, _, _ = policy.step(window, sent)
            scored = MessageScored(**about, message=text.id, digest=text_digest("hello"), reading=Reading(score=5000))
            window, _, _ = policy.step(window, scored)
        return state, window

    return Figure(name="a live conversation", amount=bytes_each(make, conversations), unit="bytes", aim=3_500)
