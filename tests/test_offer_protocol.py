"""Every state that one conversation and two desks can come to, with messages in any order, late and twice.

The machines are the real ones. Delivery is at least once: each message may come once more. The clock moves on at any
moment, and whether an entity is ticked then is chance. At rest, with nothing in flight and nothing on a screen, both
sides must agree.
"""

import os
import sys
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from customer_summary import (
    AcceptPressed,
    AgentConnected,
    AgentDesk,
    AgentRouted,
    AutoClose,
    Channel,
    ClosePressed,
    Conversation,
    ConversationClosed,
    ConversationEnded,
    ConversationLifeCycle,
    ConversationReleased,
    ConversationReopened,
    ConversationSettings,
    ConversationSnoozed,
    ConversationStarted,
    ConversationStatus,
    Desk,
    EndPressed,
    ItemOpened,
    NotificationSettings,
    NotificationTemplate,
    Offered,
    Party,
    RejectPressed,
    Send,
    SupervisorAssigned,
    Tick,
    TransferRequested,
    Workstream,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
INSTANTS = tuple(START + timedelta(seconds=second) for second in (0, 90, 570, 630))
"""The start; when an offer of the start is missed, when it is unseen and forgotten, and when it is taken back."""
AGENTS = ("noor", "olha")
NEVER = AutoClose(open=None, active=None, wrap_up=None)
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"

Net = frozenset[tuple[Any, int]]
Place = tuple[int, int, int, Net, int]
"""The conversation, two desks, what is in flight with how often it may still come, and which instant it is."""


def machines(channel: Channel, *, transfer_asks: bool = False) -> tuple[ConversationLifeCycle, AgentDesk]:
    chat = NotificationTemplate(name="chat", scenario="incoming_chat", timeout=timedelta(seconds=90), reject=True)
    asks = (attrs.evolve(chat, name="transfer", scenario="transfer"),) if transfer_asks else ()
    notifications = NotificationSettings(
        templates=(chat, attrs.evolve(chat, name="sms", scenario="incoming_sms"), *asks)
    )
    settings = ConversationSettings(live_chat=NEVER, messaging=NEVER)
    stream = Workstream(name="stream", channel=channel, closes_waiting_after=timedelta(days=28))
    return ConversationLifeCycle(settings, (stream,), notifications), AgentDesk()


class Forgetful:
    """A desk's machine that does not remember ended offers: what the product must never be."""

    def __init__(self, machine: AgentDesk) -> None:
        self.machine = machine

    def step(self, state: Desk, event: Any) -> Any:
        after, outcome, effects = self.machine.step(state, event)
        return attrs.evolve(after, ended=()), outcome, effects

    def deadline(self, state: Desk) -> datetime | None:
        return self.machine.deadline(state)


class Silent:
    """A conversation's machine that lets a stray acceptance pass."""

    def __init__(self, machine: ConversationLifeCycle) -> None:
        self.machine = machine

    def step(self, state: Conversation, event: Any) -> Any:
        after, outcome, effects = self.machine.step(state, event)
        return after, outcome, tuple(one for one in effects if one.id[1] != "withdrawn")

    def deadline(self, state: Conversation) -> datetime | None:
        return self.machine.deadline(state)


def without_counters(state: Any) -> Any:
    """A state as it compares here: what decides what happens next, and no more."""
    if isinstance(state, Conversation):
        routing = attrs.evolve(
            state.routing, declined=tuple(attrs.evolve(one, at=START) for one in state.routing.declined)
        )
        return state.status, state.agent, state.in_session, state.accepted_on is None, routing
    presence = state.presence
    return state.notifications, state.items, state.ended, presence.status, presence.alerts, presence.chosen.presence


class World:
    """Entities by number: a step of one is computed once, however often it comes again elsewhere."""

    def __init__(self, life: Any, desk: Any, attempts: int, copies: int, instants: int = len(INSTANTS)) -> None:
        self.life, self.desk, self.attempts, self.copies, self.instants = life, desk, attempts, copies, instants
        self.states: list[Any] = []
        self.numbers: dict[Any, int] = {}
        self.known: dict[tuple[int, Any], tuple[int, tuple[Any, ...]]] = {}
        self.chosen: dict[tuple[int, int], list[Any]] = {}

    def number(self, state: Any) -> int:
        key = getattr(state, "agent", "") if isinstance(state, Desk) else "", without_counters(state)
        if key not in self.numbers:
            self.numbers[key] = len(self.states)
            self.states.append(state)
        return self.numbers[key]

    def step(self, number: int, event: Any) -> tuple[int, tuple[Any, ...]]:
        """The entity after an event, and the messages that it sends."""
        if (number, event) not in self.known:
            state = self.states[number]
            after, _, effects = (self.desk if isinstance(state, Desk) else self.life).step(state, event)
            sent = tuple((one.to, one.message) for one in effects if isinstance(one, Send))
            self.known[number, event] = self.number(after), sent
        return self.known[number, event]

    def start(self) -> Place:
        begun = ConversationStarted(at=START, conversation="c", channel=channel_of(self.life), workstream="stream")
        desks = []
        for agent in AGENTS:
            desk, _, _ = self.desk.step(
                unwrapped(self.desk).start(agent, START), AgentConnected(at=START, agent=agent, since=START)
            )
            desks.append(self.number(desk))
        return self.number(unwrapped(self.life).start(begun)), desks[0], desks[1], frozenset(), 0

    def own(self, number: int, now: int) -> list[Any]:
        """What people and time may do to an entity."""
        if (number, now) not in self.chosen:
            state, when = self.states[number], INSTANTS[now]
            doings = at_desk(state, when) if isinstance(state, Desk) else of_conversation(state, when, self.attempts)
            due = (self.desk if isinstance(state, Desk) else self.life).deadline(state)
            self.chosen[number, now] = [*doings, *([Tick(at=when)] if due is not None and due <= when else [])]
        return self.chosen[number, now]

    def after(self, place: Place) -> Iterator[tuple[Any, Place]]:
        """Everything that may happen next: somebody does something, a message comes, the clock moves on."""
        entities, net, now = place[:3], place[3], place[4]
        for index, number in enumerate(entities):
            for event in self.own(number, now):
                yield event, self.moved(place, index, event, net)
        for message, left in net:
            rest = net - {(message, left)}
            index = 0 if message[0] == "c" else 1 + AGENTS.index(message[0])
            event = attrs.evolve(message[1], at=INSTANTS[now])
            yield event, self.moved(place, index, event, rest)
            if left:
                yield event, self.moved(place, index, event, rest | {(message, left - 1)})
        if now + 1 < self.instants:
            yield f"it is {now + 1}", (*entities, net, now + 1)

    def moved(self, place: Place, index: int, event: Any, net: Net) -> Place:
        entities = [*place[:3]]
        entities[index], sent = self.step(entities[index], event)
        if sent:
            new = {message for message, _ in net} & set(sent)
            net = frozenset((one, left) for one, left in net if one not in new) | {(one, self.copies) for one in sent}
        return entities[0], entities[1], entities[2], net, place[4]

    def wrong(self, place: Place) -> str | None:
        """What does not agree at rest."""
        conversation, *desks = (self.states[number] for number in place[:3])
        if place[3] or any(desk.notifications for desk in desks):
            return None
        held, offer = conversation.routing.held, conversation.routing.offer
        owned = {one.offer for desk in desks for one in desk.items}
        if owned != (set() if held is None else {held.offer}):
            return f"{conversation.status.value}: the desks hold {sorted(owned)}, the conversation says {held}"
        if offer is not None:
            return "an offer is out and nobody decides"
        sessions = [one.offer for desk in desks for one in desk.items if one.in_session]
        return None if bool(sessions) is conversation.in_session else "one side thinks that a session is open"


def unwrapped(machine: Any) -> Any:
    return getattr(machine, "machine", machine)


def channel_of(life: Any) -> Channel:
    channel: Channel = unwrapped(life).workstreams[0].channel
    return channel


def of_conversation(state: Conversation, when: datetime, attempts: int) -> Iterator[Any]:
    about: dict[str, Any] = {"at": when, "conversation": "c"}
    number = state.routing.attempts + 1
    for agent in AGENTS if number <= attempts else ():
        if state.seeks_agent:
            yield AgentRouted(**about, agent=agent, attempt=number)
            yield SupervisorAssigned(**about, agent=agent, attempt=number)
        elif state.in_session and agent != state.agent and state.routing.offer is None:
            yield TransferRequested(**about, agent=agent, attempt=number)
        elif state.status is ConversationStatus.WAITING and agent == state.agent:
            yield ConversationReopened(**about, agent=agent, attempt=number)
    if state.in_session and state.can_wait and state.routing.held is not None:
        yield ConversationSnoozed(**about, offer=state.routing.held.offer)
    if state.status is not ConversationStatus.CLOSED:
        yield ConversationEnded(**about, by=Party.CUSTOMER)
        yield ConversationClosed(**about, by=Party.SUPERVISOR)
    if state.routing.held is not None and state.status is ConversationStatus.ACTIVE:
        yield ConversationReleased(**about, offer=state.routing.held.offer)


def at_desk(state: Desk, when: datetime) -> Iterator[Any]:
    for one in state.notifications:
        about: dict[str, Any] = {"at": when, "agent": state.agent, "offer": one.offer.id}
        yield AcceptPressed(**about)
        yield RejectPressed(**about)
    for held in state.items:
        about = {"at": when, "agent": state.agent, "offer": held.offer}
        if held.in_session:
            yield EndPressed(**about)
            yield ClosePressed(**about, session=held.sessions)
        else:
            yield ItemOpened(**about, session=held.sessions + 1)


def explored(world: World, most: int) -> tuple[int, list[Any] | None, bool]:
    """How many states there are, the way to one that is wrong if any, and whether all were seen."""
    start = world.start()
    seen: dict[Place, tuple[Any, Place] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        place = waiting.popleft()
        if (fault := world.wrong(place)) is not None:
            way: list[Any] = [fault]
            while (step := seen[place]) is not None:
                way.append(step[0])
                place = step[1]
            return len(seen), way[::-1], False
        for event, after in world.after(place):
            if after not in seen:
                if len(seen) >= most:
                    return len(seen), None, False
                seen[after] = (event, place)
                waiting.append(after)
    return len(seen), None, True


MOST = 3_000_000 if THOROUGH else 100_000
EXPLORATIONS: dict[str, tuple[Channel, bool, int, int, int]] = {
    "one attempt at two instants": (Channel.LIVE_CHAT, False, 1, 0, 2),
    "one attempt": (Channel.LIVE_CHAT, False, 1, 0, 4),
    "one attempt, doubled": (Channel.LIVE_CHAT, False, 1, 1, 4),
    "two attempts, a transfer that asks": (Channel.LIVE_CHAT, True, 2, 0, 4),
    "two attempts, doubled": (Channel.LIVE_CHAT, False, 2, 1, 4),
    "two attempts of an SMS": (Channel.SMS, False, 2, 0, 4),
}


@pytest.mark.parametrize("name", EXPLORATIONS)
def test_both_sides_agree_at_rest(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    channel, asks, attempts, copies, instants = EXPLORATIONS[name]
    life, desk = machines(channel, transfer_asks=asks)
    states, way, complete = explored(World(life, desk, attempts, copies, instants), MOST)
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {states} states{'' if complete else ' (the first of them)'} ")
    assert way is None, way
    assert complete or states == MOST


def test_a_desk_without_memory_is_left_in_a_session_of_a_conversation_that_is_back_in_the_queue() -> None:
    life, desk = machines(Channel.LIVE_CHAT)
    _, way, _ = explored(World(life, Forgetful(desk), 1, 1), 200_000)
    assert way is not None
    assert way[-1] == "open: the desks hold ['c/1'], the conversation says None"
    assert sum(isinstance(one, Offered) for one in way) == 2


def test_without_memory_and_correction_a_customer_who_leaves_leaves_an_agent_with_nobody() -> None:
    life, desk = machines(Channel.LIVE_CHAT)
    _, way, _ = explored(World(Silent(life), Forgetful(desk), 2, 0), 200_000)
    assert way is not None
    assert way[-1] == "closed: the desks hold ['c/1'], the conversation says None"
