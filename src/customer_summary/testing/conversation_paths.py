"""Hypothesis strategies for the life of a conversation, and for states that its machine came to."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, get_args

import attrs
from hypothesis import strategies as st

from customer_summary.domain import conversation_events as of_life
from customer_summary.domain import offer_messages as of_desk
from customer_summary.domain import routing_events as of_routing
from customer_summary.domain.actor import Actor, Party
from customer_summary.domain.channel import Channel
from customer_summary.domain.context import ContextVariable
from customer_summary.domain.conversation import Conversation, Skill
from customer_summary.domain.conversation_events import ConversationEvent, ConversationStarted
from customer_summary.domain.conversation_settings import AutoClose, ConversationSettings
from customer_summary.domain.message import Author, Message
from customer_summary.domain.notification import Scenario
from customer_summary.domain.participant import ParticipantRole
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.tick import Tick
from customer_summary.domain.workstream import Distribution, SkillMatching, Workstream
from customer_summary.rules.conversation import ConversationLifeCycle
from customer_summary.rules.conversation_offers import offer_id
from customer_summary.testing.desk_paths import in_time, paths
from customer_summary.testing.desk_strategies import START, Strategy, demands, moments, notification_settings, wrap_ups

CONVERSATION = "c"
AGENTS = ("noor", "olha")
NUMBERS = (1, 2, 3)
CHANNELS = (Channel.LIVE_CHAT, Channel.LIVE_CHAT, Channel.SMS, Channel.VOICE, Channel.RECORD)

_SHORT = AutoClose(open=timedelta(seconds=120), active=timedelta(seconds=600), wrap_up=timedelta(seconds=90))
_NEVER = AutoClose(open=None, active=None, wrap_up=None)


def conversation_settings() -> st.SearchStrategy[ConversationSettings]:
    """The stock ones, and ones whose limits are soon over."""
    limits = st.sampled_from([_SHORT, _NEVER])
    short = st.builds(
        ConversationSettings,
        live_chat=limits,
        persistent_chat=limits,
        call=limits,
        messaging=limits,
        scheduler_period=st.sampled_from([timedelta(0), timedelta(seconds=60)]),
        reconnect_within=st.sampled_from([timedelta(0), timedelta(seconds=90)]),
        offer_grace=st.sampled_from([timedelta(0), timedelta(seconds=60)]),
        reoffer_after=st.sampled_from([timedelta(0), timedelta(seconds=30)]),
    )
    return st.just(ConversationSettings()) | short


def workstreams(name: str = "stream") -> st.SearchStrategy[Workstream]:
    """Workstreams of every kind of channel, most of them pushed."""
    return st.sampled_from(CHANNELS).flatmap(
        lambda channel: (
            st.builds(
                Workstream,
                name=st.just(name),
                channel=st.just(channel),
                demand=demands(),
                wrap_up=wrap_ups(),
                skill_matching=st.sampled_from(SkillMatching),
                keep_same_agent=st.booleans(),
                closes_waiting_after=st.sampled_from([timedelta(minutes=1), timedelta(days=28)]),
                idle_after=st.none() | st.just(timedelta(minutes=2)) if channel.is_messaging else st.none(),
            )
            | st.builds(
                Workstream,
                name=st.just(name),
                channel=st.sampled_from([Channel.LIVE_CHAT, Channel.SMS]),
                distribution=st.just(Distribution.PICK),
            )
        )
    )


def life_cycles() -> st.SearchStrategy[ConversationLifeCycle]:
    """Machines with one workstream."""
    streams = workstreams().map(lambda one: (one,))
    return st.builds(ConversationLifeCycle, conversation_settings(), streams, notification_settings())


@st.composite
def beginnings(draw: st.DrawFn, machine: ConversationLifeCycle, *, routed: bool | None = None) -> ConversationStarted:
    """How a conversation begins under these settings: routed here, or where None is asked for also elsewhere."""
    stream = machine.workstreams[0]
    here = draw(st.sampled_from([True, True, False])) if routed is None else routed
    return ConversationStarted(
        at=START,
        conversation=CONVERSATION,
        channel=stream.channel,
        persistent=stream.channel is Channel.LIVE_CHAT and draw(st.booleans()),
        workstream=stream.name if here else "",
        with_bot=stream.channel is Channel.LIVE_CHAT and draw(st.sampled_from([False, False, True])),
        queue=draw(st.sampled_from(["", "first"])),
    )


_RECORDS = [RecordRef(RecordKind.CASE, "case"), RecordRef(RecordKind.CONTACT, "a"), RecordRef(RecordKind.ACCOUNT, "b")]


def _messages() -> Strategy:
    return st.builds(
        lambda number, at, author: Message(id=f"m{number}", at=at, author=author, text="hello"),
        st.integers(0, 9),
        moments(),
        st.sampled_from(Author),
    )


_BY: Mapping[str, Callable[[], Strategy]] = {
    "at": moments,
    "conversation": lambda: st.just(CONVERSATION),
    "agent": lambda: st.sampled_from(AGENTS),
    "offer": lambda: st.sampled_from([offer_id(CONVERSATION, number) for number in NUMBERS]),
    "attempt": lambda: st.sampled_from(NUMBERS),
    "session": lambda: st.integers(1, 3),
    "since": moments,
    "until": moments,
    "message": _messages,
    "record": lambda: st.sampled_from(_RECORDS),
    "queue": lambda: st.sampled_from(["", "first", "second"]),
    "name": lambda: st.sampled_from(["x", "y"]),
    "skill": lambda: st.sampled_from([Skill("x"), Skill("y")]),
    "variable": lambda: st.builds(ContextVariable, st.sampled_from(["x", "y"]), st.sampled_from([1, True, "1"])),
    "scenario": lambda: st.sampled_from([Scenario.TRANSFER, Scenario.ESCALATION]),
}


def _event(kind: Any) -> Strategy:
    given = {one.name: _BY[one.name]() for one in attrs.fields(kind) if one.name in _BY}
    rest: dict[str, Strategy] = {one.name: st.booleans() for one in attrs.fields(kind) if one.type is bool}
    if kind is of_routing.SupervisorAssigned:
        rest["by"] = st.sampled_from([Actor(Party.SUPERVISOR), Actor(Party.SUPERVISOR), Actor(Party.AGENT)])
    elif kind in {of_life.ConversationEnded, of_life.ConversationClosed}:
        rest["by"] = st.sampled_from(Party)
    elif kind is of_desk.OfferRefused:
        rest["reason"] = st.sampled_from(of_desk.RefusalReason)
    elif kind is of_routing.ParticipantJoined:
        rest["role"] = st.sampled_from(ParticipantRole)
    if kind in {of_life.SessionClosed, of_life.ConversationReleased, of_routing.ConversationSnoozed}:
        given["offer"] = st.none() | _BY["offer"]()
    return st.builds(kind, **given, **rest)


TOLD_KINDS: tuple[type, ...] = get_args(ConversationEvent)
DESK_KINDS: tuple[type, ...] = tuple(kind for kind in get_args(of_desk.OfferMessage) if kind not in TOLD_KINDS)
_TOLD_ONCE = frozenset(
    {
        of_life.ConversationAssigned,
        of_life.ConversationAccepted,
        of_life.RecordLinked,
        of_life.RecordUnlinked,
        of_life.SkillAdded,
        of_life.SkillRemoved,
        of_life.ContextSet,
        of_life.ContextRemoved,
    }
)
_BY_OFFER = (of_life.SessionClosed, of_life.ConversationReleased, of_routing.ConversationSnoozed)


def is_named(event: Any) -> bool:
    """Says whether an event names what it is about, so that a conversation knows it when it comes again much later."""
    return type(event) not in _TOLD_ONCE and not (isinstance(event, _BY_OFFER) and event.offer is None)


def conversation_events(kinds: tuple[type, ...] = (*TOLD_KINDS, *DESK_KINDS)) -> Strategy:
    """Events of one conversation, of these kinds."""
    return st.one_of([*map(_event, kinds), st.builds(Tick, at=moments())])


def follow_ups(state: Conversation, at: datetime) -> Iterator[Any]:
    """Gives what can sensibly happen next to a conversation that is routed here."""
    about: dict[str, Any] = {"at": at, "conversation": state.id}
    number = state.routing.attempts + 1
    for agent in AGENTS:
        yield of_routing.AgentRouted(**about, agent=agent, attempt=number)
        yield of_routing.ConversationPicked(**about, agent=agent, attempt=number)
        yield of_routing.TransferRequested(**about, agent=agent, attempt=number)
        yield of_routing.SupervisorAssigned(**about, agent=agent, attempt=number, override=True)
    if state.agent is not None:
        yield of_routing.ConversationReopened(**about, agent=state.agent, attempt=number)
    yield of_routing.ConversationEscalated(**about, queue="second")
    for attempt in (state.routing.offer, state.routing.held):
        if attempt is not None:
            yield from desk_answers(state, attempt.agent, attempt.offer, at)
            yield of_life.ConversationReleased(**about, offer=attempt.offer)
            yield of_routing.ConversationSnoozed(**about, offer=attempt.offer, until=at + timedelta(seconds=90))
            yield of_routing.TransferCancelled(**about, offer=attempt.offer)
    yield of_routing.CustomerDisconnected(**about, since=at)
    yield of_routing.CustomerReturned(**about, since=at)
    yield of_life.ConversationEnded(**about, by=Party.CUSTOMER)
    yield of_life.MessageSent(
        **about, message=Message(id=f"m{at.timestamp()}", at=at, author=Author.CUSTOMER, text="hello")
    )
    if state.channel is Channel.RECORD:
        yield of_routing.RecordStateChanged(**about, active=False, since=at)


def desk_answers(state: Conversation, agent: str, offer: str, at: datetime) -> Iterator[Any]:
    """Gives what the desk of an agent may say about an offer."""
    about: dict[str, Any] = {"at": at, "conversation": state.id, "agent": agent, "offer": offer}
    yield of_desk.OfferAccepted(**about)
    yield of_desk.OfferAssigned(**about)
    yield of_desk.SessionOpened(**about, session=state.routing.session + 1)
    yield of_desk.OfferRejected(**about)
    yield of_desk.OfferMissed(**about)
    yield of_desk.SessionEnded(**about)
    yield of_desk.SessionAbandoned(**about)
    for ended in (False, True):
        yield of_life.SessionClosed(**about, session=max(1, state.routing.session), ended=ended)


_GAPS = tuple(timedelta(seconds=seconds) for seconds in (0, 0, 1, 30, 60, 90, 120, 600))


@st.composite
def conversation_stories(draw: st.DrawFn, most: int = 12) -> tuple[ConversationLifeCycle, Conversation, list[Any]]:
    """A machine, a conversation that begins there, and what happens to it: mostly what follows from where it stands."""
    machine = draw(life_cycles())
    begun = state = machine.start(draw(beginnings(machine)))
    now, events = START, list[Any]()
    for _ in range(draw(st.integers(0, most))):
        due = machine.deadline(state)
        later = now + draw(st.sampled_from(_GAPS))
        now = due if due is not None and due >= now and draw(st.sampled_from([False, False, True])) else later
        kind = draw(st.sampled_from(["follow", "follow", "follow", "any", "again"]))
        if kind == "follow":
            event = draw(st.sampled_from(list(follow_ups(state, now))))
        elif kind == "again" and events:
            event = attrs.evolve(draw(st.sampled_from(events)), at=now)
        else:
            event = in_time(draw(conversation_events()), now)
        events.append(event)
        state, _, _ = machine.step(state, event)
    return machine, begun, events


def conversation_event_paths(most: int = 12) -> st.SearchStrategy[list[Any]]:
    """Paths in which anything comes, each a little later than the one before."""
    return paths(conversation_events(), most).map(lambda found: found[1:])  # the first is a sign-in


def routed_conversations() -> st.SearchStrategy[Conversation]:
    """Conversations that a machine came to."""

    def made(story: tuple[ConversationLifeCycle, Conversation, list[Any]]) -> Conversation:
        machine, state, events = story
        for event in events:
            state, _, _ = machine.step(state, event)
        return state

    return conversation_stories(6).map(made)
