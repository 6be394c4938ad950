"""Worked cases of a conversation on its way: each a table of what happens, when, and where it stands then.

They run in a contact centre, with the real machines of desks and conversations, and its invariants after every step.
How it stands is written as `status agent* > offered`: the agent who has it, a star where their session is open, and to
whom it is offered.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import attrs
import pytest

from customer_summary import (
    AcceptPressed,
    Actor,
    AgentConnected,
    AgentDisconnected,
    AgentRouted,
    AgentSkillsSet,
    Applied,
    Author,
    AutoClose,
    BaseStatus,
    Capacity,
    Channel,
    Chosen,
    ClosePressed,
    ContactCentre,
    Conversation,
    ConversationAccepted,
    ConversationAssigned,
    ConversationClosed,
    ConversationEnded,
    ConversationEscalated,
    ConversationLifeCycle,
    ConversationPicked,
    ConversationReleased,
    ConversationReopened,
    ConversationSettings,
    ConversationSettingsMade,
    ConversationSnoozed,
    ConversationStarted,
    ConversationStatus,
    CustomerDisconnected,
    CustomerReturned,
    Demand,
    DeskSettings,
    Distribution,
    EndPressed,
    Happened,
    InvalidValue,
    ItemOpened,
    Member,
    Message,
    MessageSent,
    NoteInTranscript,
    NotificationDisplayed,
    NotificationSettings,
    NotificationTemplate,
    OfferAccepted,
    Offered,
    Outcome,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantRole,
    Party,
    PresenceChosen,
    PresenceSettings,
    QueuesAssigned,
    RecordDeleted,
    RecordStateChanged,
    Refused,
    RejectPressed,
    Send,
    SessionClosed,
    Skill,
    SkillMatching,
    SupervisorAssigned,
    Tick,
    Told,
    TransferCancelled,
    TransferRequested,
    Unchanged,
    UnknownKey,
    Workstream,
    WrapUp,
    WrapUpMode,
    choose,
)
from customer_summary.domain.stock_templates import STOCK_TEMPLATES
from customer_summary.story import event_line
from customer_summary.testing.centre_invariants import check_centre

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE, DAY = 60, 86_400
PLAIN: dict[str, Any] = {}


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


CHAT = Workstream(name="chat", channel=Channel.LIVE_CHAT)
SMS = Workstream(name="sms", channel=Channel.SMS)
VOICE = Workstream(name="voice", channel=Channel.VOICE)
EMAIL = Workstream(name="email", channel=Channel.EMAIL)
CASE = Workstream(name="case", channel=Channel.RECORD)
STREAMS = (CHAT, SMS, VOICE, EMAIL, CASE)
REJECTING = tuple(attrs.evolve(one, reject=one.decides) for one in STOCK_TEMPLATES)
ASKING = tuple(
    NotificationTemplate(name=one, scenario=one, reject=True) for one in ("incoming_chat", "incoming_sms", "transfer")
)


class Floor:
    """A contact centre with its agents signed in, as seen from the conversation `c`."""

    def __init__(
        self,
        *streams: Workstream,
        agents: tuple[str, ...] = ("noor", "olha"),
        conversations: ConversationSettings | None = None,
        templates: tuple[NotificationTemplate, ...] = REJECTING,
        alerts: bool = False,
        router: Callable[[Conversation], Chosen | None] | None = None,
        **desk: Any,
    ) -> None:
        self.streams = streams or STREAMS
        presence = PresenceSettings(missed_alerts=alerts, rejected_alerts=alerts)
        settings = DeskSettings(
            presence=presence, notifications=NotificationSettings(templates=templates), workstreams=self.streams, **desk
        )
        self.centre = ContactCentre(settings, conversations, router)
        self.happened: list[Happened] = []
        for agent in agents:
            self.tell(0, AgentConnected, agent=agent, since=at(0))

    def tell(self, seconds: float, kind: Callable[..., Any], **fields: Any) -> Outcome | None:
        """Tells the centre of an event; gives what came of it."""
        event = kind(at=at(seconds), **fields)
        happened = self.centre.send(event)
        self.happened += happened
        check_centre(self.centre)
        return next((one.outcome for one in happened if one.event is event), None)

    def begin(self, seconds: float, stream: Workstream = CHAT, name: str = "c", **fields: Any) -> Outcome | None:
        about = {"conversation": name, "channel": stream.channel, "workstream": stream.name}
        return self.tell(seconds, ConversationStarted, **about, **fields)

    def until(self, seconds: float) -> None:
        self.happened += self.centre.advance(at(seconds))
        check_centre(self.centre)

    def state(self, name: str = "c") -> Conversation:
        return self.centre.conversations[name]

    def stands(self, name: str = "c") -> str:
        state = self.state(name)
        offer = state.routing.offer
        star = "*" if state.in_session else ""
        who = "" if state.agent is None else f" {state.agent}{star}"
        return f"{state.status.value}{who}" + ("" if offer is None else f" > {offer.agent}")

    def presence(self, agent: str) -> str:
        return self.centre.desks[agent].presence.status.text

    def effects(self, kind: type) -> list[Any]:
        return [effect for one in self.happened for effect in one.effects if isinstance(effect, kind)]


Doing: TypeAlias = Callable[[Floor, float], Outcome | None]


def of_offer(kind: Callable[..., Any], agent: str, number: int, name: str = "c", **fields: Any) -> Doing:
    return lambda floor, now: floor.tell(now, kind, agent=agent, offer=f"{name}/{number}", **fields)


def of_conversation(kind: Callable[..., Any], **fields: Any) -> Doing:
    return lambda floor, now: floor.tell(now, kind, conversation="c", **fields)


def since_now(kind: Callable[..., Any], **fields: Any) -> Doing:
    return lambda floor, now: floor.tell(now, kind, since=at(now), **fields)


def begins(stream: Workstream = CHAT, **fields: Any) -> Doing:
    return lambda floor, now: floor.begin(now, stream, **fields)


def sees(agent: str, number: int = 1) -> Doing:
    return of_offer(NotificationDisplayed, agent, number)


def accepts(agent: str, number: int = 1) -> Doing:
    return of_offer(AcceptPressed, agent, number)


def rejects(agent: str, number: int = 1) -> Doing:
    return of_offer(RejectPressed, agent, number)


def ends(agent: str, number: int = 1) -> Doing:
    return of_offer(EndPressed, agent, number)


def closes(agent: str, number: int = 1, session: int = 1) -> Doing:
    return of_offer(ClosePressed, agent, number, session=session)


def opens(agent: str, number: int = 1, session: int = 1) -> Doing:
    return of_offer(ItemOpened, agent, number, session=session)


def writes(author: Author = Author.CUSTOMER) -> Doing:
    def doing(floor: Floor, now: float) -> Outcome | None:
        message = Message(id=f"m{now}", at=at(now), author=author, text="hello")
        return floor.tell(now, MessageSent, conversation="c", message=message)

    return doing


def chooses(agent: str, presence: str) -> Doing:
    return lambda floor, now: floor.tell(now, PresenceChosen, agent=agent, presence=presence, chosen_at=at(now))


def customer(kind: Callable[..., Any]) -> Doing:
    return since_now(kind, conversation="c")


def leaves(agent: str) -> Doing:
    return since_now(AgentDisconnected, agent=agent)


def returns(agent: str) -> Doing:
    return since_now(AgentConnected, agent=agent)


def transfers(agent: str, number: int, **fields: Any) -> Doing:
    return of_conversation(TransferRequested, agent=agent, attempt=number, **fields)


WAIT: Doing | None = None
Row: TypeAlias = tuple[float, Doing | None, str]
NOOR_TALKS: tuple[Row, ...] = ((1, begins(), "active > noor"), (2, accepts("noor"), "active noor*"))
NOOR_TEXTS: tuple[Row, ...] = ((1, begins(SMS), "active > noor"), (2, accepts("noor"), "active noor*"))
NOOR_CALLS: tuple[Row, ...] = ((1, begins(VOICE), "active > noor"), (2, accepts("noor"), "active noor*"))
NOOR_HAS_CASE: tuple[Row, ...] = (
    (1, begins(CASE), "open"),
    (300, WAIT, "active noor"),
    (301, opens("noor"), "active noor*"),
)
PICKED = (Workstream(name="chat", channel=Channel.LIVE_CHAT, distribution=Distribution.PICK, demand=Demand(units=5)),)
KEPT = (attrs.evolve(SMS, keep_same_agent=True, demand=Demand(units=5)), attrs.evolve(CHAT, demand=Demand(units=3)))

CASES: dict[str, tuple[dict[str, Any], tuple[Row, ...]]] = {
    "time-out 120, browser closed before it was displayed: rerouted at 600 s": (
        PLAIN,
        ((0, begins(), "active > noor"), (599, WAIT, "active > noor"), (600, WAIT, "active > olha")),
    ),
    "seen but ignored: rerouted at 120 s": (
        PLAIN,
        (
            (0, begins(), "active > noor"),
            (1, sees("noor"), "active > noor"),
            (119, WAIT, "active > noor"),
            (120, WAIT, "active > olha"),
        ),
    ),
    "displayed too late: it can be accepted until 600 s": (
        PLAIN,
        ((0, begins(), "active > noor"), (120, sees("noor"), "active > noor"), (599, accepts("noor"), "active noor*")),
    ),
    "rejected: rerouted at once": (PLAIN, ((0, begins(), "active > noor"), (5, rejects("noor"), "active > olha"))),
    "rejected by the only one left: back in the queue, and offered again after 30 s": (
        {"agents": ("noor",)},
        (
            (0, begins(), "active > noor"),
            (5, rejects("noor"), "open"),
            (34, WAIT, "open"),
            (35, WAIT, "active > noor"),
            (36, accepts("noor", 2), "active noor*"),
        ),
    ),
    "rejected by both: the first one is offered it again, as both have rested": (
        PLAIN,
        (
            (0, begins(), "active > noor"),
            (1, rejects("noor"), "active > olha"),
            (2, rejects("olha", 2), "open"),
            (31, WAIT, "active > noor"),
            (32, rejects("noor", 3), "active > olha"),
        ),
    ),
    "somebody new goes before who did not take it": (
        {"agents": ("noor",)},
        ((0, begins(), "active > noor"), (5, rejects("noor"), "open"), (20, returns("sam"), "active > sam")),
    ),
    "X on a live chat: open, and it goes to somebody else": (
        PLAIN,
        (*NOOR_TALKS, (60, closes("noor"), "active > olha")),
    ),
    "X on a live chat with nobody else: open, until its agent has rested": (
        {"agents": ("noor",)},
        (*NOOR_TALKS, (60, closes("noor"), "open"), (90, WAIT, "active > noor")),
    ),
    "X on a call: open": ({"agents": ("noor",)}, (*NOOR_CALLS, (60, closes("noor"), "open"))),
    "X on an SMS: waiting": (PLAIN, (*NOOR_TEXTS, (60, closes("noor"), "waiting noor"))),
    "X on a persistent chat: waiting": (
        PLAIN,
        (
            (1, begins(persistent=True), "active > noor"),
            (2, accepts("noor"), "active noor*"),
            (60, closes("noor"), "waiting noor"),
        ),
    ),
    "X on a record: it stays with its agent, without a session": (
        PLAIN,
        (*NOOR_HAS_CASE, (400, closes("noor"), "active noor"), (500, opens("noor", session=2), "active noor*")),
    ),
    "End then X on a live chat: wrap-up, then closed": (
        PLAIN,
        (*NOOR_TALKS, (60, ends("noor"), "wrap_up noor*"), (90, closes("noor"), "closed noor")),
    ),
    "End then X on an SMS: wrap-up, then closed": (
        PLAIN,
        (*NOOR_TEXTS, (60, ends("noor"), "wrap_up noor*"), (90, closes("noor"), "closed noor")),
    ),
    "the customer ends the chat: wrap-up, for the agent still has the session": (
        PLAIN,
        (
            *NOOR_TALKS,
            (60, of_conversation(ConversationEnded, by=Party.CUSTOMER), "wrap_up noor*"),
            (90, closes("noor"), "closed noor"),
        ),
    ),
    "a customer who leaves the queue is gone": (
        {"agents": ()},
        ((0, begins(), "open"), (5, customer(CustomerDisconnected), "closed")),
    ),
    "a customer who ends the chat while it rings is gone": (
        PLAIN,
        ((0, begins(), "active > noor"), (5, of_conversation(ConversationEnded, by=Party.CUSTOMER), "closed")),
    ),
    "a customer who is gone for 179 s comes back to the same conversation": (
        PLAIN,
        (
            *NOOR_TALKS,
            (60, customer(CustomerDisconnected), "active noor*"),
            (239, customer(CustomerReturned), "active noor*"),
            (300, WAIT, "active noor*"),
        ),
    ),
    "a return at exactly 180 s comes too late, as an answer at its deadline does": (
        PLAIN,
        (*NOOR_TALKS, (60, customer(CustomerDisconnected), "active noor*"), (240, WAIT, "wrap_up noor*")),
    ),
    "a customer who stays away: wrap-up after three minutes": (
        PLAIN,
        (
            *NOOR_TALKS,
            (60, customer(CustomerDisconnected), "active noor*"),
            (239, WAIT, "active noor*"),
            (240, WAIT, "wrap_up noor*"),
        ),
    ),
    "a customer who stays away while it rings: closed": (
        PLAIN,
        (
            (0, begins(), "active > noor"),
            (5, customer(CustomerDisconnected), "active > noor"),
            (184, WAIT, "active > noor"),
            (185, WAIT, "closed"),
        ),
    ),
    "a transfer that informs is taken as it comes": (
        PLAIN,
        (*NOOR_TALKS, (60, transfers("olha", 2), "active olha"), (70, opens("olha", 2), "active olha*")),
    ),
    "a transfer that asks: until it is taken, the first agent has it": (
        {"templates": ASKING},
        (*NOOR_TALKS, (60, transfers("olha", 2), "active noor* > olha"), (70, accepts("olha", 2), "active olha*")),
    ),
    "a transfer that is missed leaves it where it is": (
        {"templates": ASKING},
        (
            *NOOR_TALKS,
            (60, transfers("olha", 2), "active noor* > olha"),
            (61, sees("olha", 2), "active noor* > olha"),
            (180, WAIT, "active noor*"),
        ),
    ),
    "a transfer that is rejected leaves it where it is": (
        {"templates": ASKING},
        (*NOOR_TALKS, (60, transfers("olha", 2), "active noor* > olha"), (61, rejects("olha", 2), "active noor*")),
    ),
    "a transfer that is cancelled leaves it where it is": (
        {"templates": ASKING},
        (
            *NOOR_TALKS,
            (60, transfers("olha", 2), "active noor* > olha"),
            (61, of_conversation(TransferCancelled, offer="c/2"), "active noor*"),
        ),
    ),
    "who gives up while a transfer is on its way leaves it to the other agent": (
        {"templates": ASKING},
        (
            *NOOR_TALKS,
            (60, transfers("olha", 2), "active noor* > olha"),
            (61, closes("noor"), "active > olha"),
            (62, accepts("olha", 2), "active olha*"),
        ),
    ),
    "a transfer never goes to who is Do not disturb, even where its workstream allows it": (
        {"templates": ASKING, "streams": (attrs.evolve(CHAT, allowed=tuple(BaseStatus)),)},
        (
            *NOOR_TALKS,
            (50, chooses("olha", "Do not disturb"), "active noor*"),
            (60, transfers("olha", 2), "active noor*"),
        ),
    ),
    "a transfer to another queue": (
        {"agents": ("noor",)},
        (
            *NOOR_TALKS,
            (
                50,
                lambda floor, now: floor.tell(now, QueuesAssigned, agent="sam", queues=("Ovens",), assigned_at=at(now)),
                "active noor*",
            ),
            (60, of_conversation(ConversationReleased, offer="c/1", queue="Ovens"), "open"),
            (70, returns("sam"), "active > sam"),
        ),
    ),
    "a queue without agents: closed": (
        PLAIN,
        (
            *NOOR_TALKS,
            (
                50,
                lambda floor, now: floor.tell(now, QueuesAssigned, agent="sam", queues=("Ovens",), assigned_at=at(now)),
                "active noor*",
            ),
            (60, of_conversation(ConversationReleased, offer="c/1", queue="Fridges"), "closed noor"),
        ),
    ),
    "released: it goes to somebody else": (
        PLAIN,
        (*NOOR_TALKS, (60, of_conversation(ConversationReleased, offer="c/1"), "active > olha")),
    ),
    "a supervisor without an override: who is Do not disturb refuses, and it goes to who is free": (
        PLAIN,
        (
            (0.5, chooses("olha", "Do not disturb"), ""),
            (1, begins(), "active > noor"),
            (2, of_conversation(SupervisorAssigned, agent="olha", attempt=2), "active > noor"),
        ),
    ),
    "a supervisor with an override: whatever the presence": (
        PLAIN,
        (
            (0.5, chooses("olha", "Do not disturb"), ""),
            (1, begins(), "active > noor"),
            (2, of_conversation(SupervisorAssigned, agent="olha", attempt=2, override=True), "active olha"),
        ),
    ),
    "a supervisor closes it by force": (
        PLAIN,
        (*NOOR_TALKS, (60, of_conversation(ConversationClosed, by=Party.SUPERVISOR), "closed noor")),
    ),
    "affinity: back to the same agent, who is Do not disturb and full": (
        {"streams": KEPT, "capacity": Capacity(units=5)},
        (
            (1, begins(SMS), "active > noor"),
            (2, accepts("noor"), "active noor*"),
            (60, closes("noor"), "waiting noor"),
            (61, begins(CHAT, name="d"), "waiting noor"),
            (62, of_offer(RejectPressed, "olha", 1, "d"), "waiting noor"),
            (63, of_offer(AcceptPressed, "noor", 2, "d"), "waiting noor"),
            (64, chooses("noor", "Do not disturb"), "waiting noor"),
            (65, writes(), "active > noor"),
            (66, accepts("noor", 2), "active noor*"),
        ),
    ),
    "affinity: an agent who rejects it loses it": (
        {"streams": KEPT},
        (
            (1, begins(SMS), "active > noor"),
            (2, accepts("noor"), "active noor*"),
            (60, closes("noor"), "waiting noor"),
            (61, writes(), "active > noor"),
            (62, rejects("noor", 2), "active > olha"),
        ),
    ),
    "affinity: an agent who is gone loses it": (
        {"streams": KEPT},
        (
            (1, begins(SMS), "active > noor"),
            (2, accepts("noor"), "active noor*"),
            (60, closes("noor"), "waiting noor"),
            (61, leaves("noor"), "waiting noor"),
            (62, writes(), "active > olha"),
        ),
    ),
    "without affinity: whoever was given something least recently": (
        PLAIN,
        (*NOOR_TEXTS, (60, closes("noor"), "waiting noor"), (61, writes(), "active > olha")),
    ),
    "what an agent writes leaves it waiting": (
        PLAIN,
        (*NOOR_TEXTS, (60, closes("noor"), "waiting noor"), (61, writes(Author.AGENT), "waiting noor")),
    ),
    "reopened by its agent, with the session at once": (
        PLAIN,
        (
            *NOOR_TEXTS,
            (60, closes("noor"), "waiting noor"),
            (70, of_conversation(ConversationReopened, agent="noor", attempt=2), "active noor*"),
        ),
    ),
    "snoozed: back in the queue when the time has come": (
        PLAIN,
        (
            *NOOR_TEXTS,
            (60, of_conversation(ConversationSnoozed, offer="c/1", until=at(600)), "waiting noor"),
            (599, WAIT, "waiting noor"),
            (600, WAIT, "active > olha"),
        ),
    ),
    "snoozed: back to its agent where its workstream keeps them": (
        {"streams": KEPT},
        (
            (1, begins(KEPT[0]), "active > noor"),
            (2, accepts("noor"), "active noor*"),
            (60, of_conversation(ConversationSnoozed, offer="c/1", until=at(600)), "waiting noor"),
            (599, WAIT, "waiting noor"),
            (600, WAIT, "active > noor"),
        ),
    ),
    "snoozed, and the customer writes before: back in the queue at once": (
        PLAIN,
        (
            *NOOR_TEXTS,
            (60, of_conversation(ConversationSnoozed, offer="c/1", until=at(600)), "waiting noor"),
            (100, writes(), "active > olha"),
            (101, accepts("olha", 2), "active olha*"),
            (700, WAIT, "active olha*"),
        ),
    ),
    "pending: until the customer writes": (
        PLAIN,
        (
            *NOOR_TEXTS,
            (60, of_conversation(ConversationSnoozed, offer="c/1"), "waiting noor"),
            (7 * DAY, WAIT, "waiting noor"),
            (7 * DAY, writes(), "active > olha"),
        ),
    ),
    "idle: wrap-up once nobody wrote for so long": (
        {"streams": (attrs.evolve(CHAT, idle_after=timedelta(minutes=2)),)},
        (
            (1, begins(), "active > noor"),
            (2, accepts("noor"), "active noor*"),
            (100, writes(Author.AGENT), "active noor*"),
            (219, WAIT, "active noor*"),
            (220, WAIT, "wrap_up noor*"),
        ),
    ),
    "a bot hands over: from then on an agent is sought": (
        PLAIN,
        (
            (0, begins(with_bot=True), "open"),
            (50, writes(), "open"),
            (60, of_conversation(ConversationEscalated), "active > noor"),
        ),
    ),
    "agent away for 150 s: nothing is lost": (
        {"agents": ("noor",)},
        (*NOOR_TALKS, (60, leaves("noor"), "active noor*"), (210, returns("noor"), "active noor*")),
    ),
    "agent away for longer: open, and it goes to somebody else": (
        PLAIN,
        (*NOOR_TALKS, (60, leaves("noor"), "active noor*"), (210, WAIT, "active noor*"), (211, WAIT, "active > olha")),
    ),
    "agent away in wrap-up: closed": (
        PLAIN,
        (
            *NOOR_TALKS,
            (50, ends("noor"), "wrap_up noor*"),
            (60, leaves("noor"), "wrap_up noor*"),
            (211, WAIT, "closed noor"),
        ),
    ),
    "agent away from a record: it stays theirs": (
        PLAIN,
        (*NOOR_HAS_CASE, (400, leaves("noor"), "active noor*"), (551, WAIT, "active noor")),
    ),
    "what is picked is not pushed": (
        {"streams": PICKED, "capacity": Capacity(units=8)},
        (
            (0, begins(), "open"),
            (9, WAIT, "open"),
            (10, of_conversation(ConversationPicked, agent="olha", attempt=1), "active > olha"),
            (11, accepts("olha"), "active olha*"),
        ),
    ),
    "a record finds its agent at the next run": (
        PLAIN,
        ((1, begins(CASE), "open"), (299, WAIT, "open"), (300, WAIT, "active noor")),
    ),
    "a record that begins as records are given out waits for the next run": (
        PLAIN,
        ((300, begins(CASE), "open"), (599, WAIT, "open"), (600, WAIT, "active noor")),
    ),
    "a record that is resolved closes once no session shows it": (
        PLAIN,
        (
            *NOOR_HAS_CASE,
            (400, since_now(RecordStateChanged, conversation="c", active=False), "active noor*"),
            (410, closes("noor"), "closed noor"),
        ),
    ),
    "a record that is resolved without a session closes at once": (
        PLAIN,
        (
            *NOOR_HAS_CASE,
            (400, closes("noor"), "active noor"),
            (410, since_now(RecordStateChanged, conversation="c", active=False), "closed noor"),
        ),
    ),
    "a record that is deleted is gone": (PLAIN, (*NOOR_HAS_CASE, (400, of_conversation(RecordDeleted), "closed noor"))),
}


@pytest.mark.parametrize("name", CASES)
def test_worked_case(name: str) -> None:
    options, rows = CASES[name]
    given = dict(options)
    floor = Floor(*given.pop("streams", ()), **given)
    for seconds, doing, stands in rows:
        if doing is None:
            floor.until(seconds)
        else:
            assert doing(floor, seconds) in {Applied(), None}, (seconds, stands)
        if stands:
            assert floor.stands() == stands, seconds
    state = floor.state()
    if state.status is ConversationStatus.CLOSED:
        assert floor.centre.deadline is None or floor.centre.life_cycle.deadline(state) is None
        assert all(one.item.conversation != "c" for desk in floor.centre.desks.values() for one in desk.items)


def test_an_offer_that_comes_again_to_who_did_not_take_it_says_so() -> None:
    floor = Floor(agents=("noor",))
    floor.begin(0)
    floor.tell(5, RejectPressed, agent="noor", offer="c/1")
    floor.until(35)
    routed = [one.event for one in floor.happened if isinstance(one.event, AgentRouted)]
    assert [(one.attempt, one.again) for one in routed] == [(1, False), (2, True)]


def test_what_was_missed_or_rejected_shows_in_the_presence_where_the_feature_is_on() -> None:
    for answer, seconds, presence in ((None, 120, "Inactive"), (RejectPressed, 5, "Do not disturb")):
        for alerts in (True, False):
            floor = Floor(alerts=alerts)
            floor.begin(0)
            floor.tell(1, NotificationDisplayed, agent="noor", offer="c/1")
            if answer is not None:
                floor.tell(5, answer, agent="noor", offer="c/1")
            floor.until(seconds)
            assert (floor.stands(), floor.presence("noor")) == ("active > olha", presence if alerts else "Available")


@pytest.mark.parametrize("agents", [("noor",), ("noor", "olha")])
def test_the_eleventh_raises_the_alert_and_goes_to_the_next_agent(agents: tuple[str, ...]) -> None:
    floor = Floor(agents=("noor",))
    for number in range(10):
        floor.begin(number, name=f"n{number}")
        floor.tell(number, AcceptPressed, agent="noor", offer=f"n{number}/1")
    for agent in agents[1:]:
        floor.tell(20, AgentConnected, agent=agent, since=at(20))
        floor.tell(21, PresenceChosen, agent=agent, presence="Do not disturb", chosen_at=at(21))
    floor.begin(30)
    desk = floor.centre.desks["noor"]
    assert (floor.stands(), floor.presence("noor"), len(desk.items)) == ("open", "Do not disturb", 10)
    assert [one.kind.value for one in desk.presence.alerts] == ["session_limit"]
    for agent in agents[1:]:
        floor.tell(40, PresenceChosen, agent=agent, presence="Available", chosen_at=at(40))
        assert floor.stands() == f"active > {agent}"
    assert not floor.state().routing.declined  # a desk that refuses is nobody's doing


def test_the_transcript_says_that_the_customer_went_came_back_and_stayed_away() -> None:
    floor = Floor()
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    for seconds, kind in ((60, CustomerDisconnected), (90, CustomerReturned), (100, CustomerDisconnected)):
        floor.tell(seconds, kind, conversation="c", since=at(seconds))
    floor.until(280)
    notes = [one.note.value for one in floor.effects(NoteInTranscript)]
    assert notes == ["customer_disconnected", "customer_returned", "customer_disconnected", "customer_stayed_away"]


def test_a_return_that_comes_at_the_limit_does_not_reopen_the_talk() -> None:
    floor = Floor()
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    floor.tell(60, CustomerDisconnected, conversation="c", since=at(60))
    answer = floor.tell(240, CustomerReturned, conversation="c", since=at(239))
    assert (answer, floor.stands()) == (Refused("not_in_this_status", "wrap_up"), "wrap_up noor*")


def test_the_waiting_time_runs_on_until_the_offer_that_is_taken_was_sent() -> None:
    floor = Floor()
    floor.begin(0)
    floor.tell(5, RejectPressed, agent="noor", offer="c/1")
    floor.tell(15, AcceptPressed, agent="olha", offer="c/2")
    assert (floor.state().waiting_time, floor.state().start_time) == (timedelta(seconds=5), at(15))


@pytest.mark.parametrize(
    ("matching", "skills", "expected"),
    [
        (SkillMatching.EXACT, ("Dutch", "ovens"), "active > sam"),
        (SkillMatching.EXACT, ("French",), "open"),
        (SkillMatching.CLOSEST, ("Dutch", "ovens"), "active > sam"),
        (SkillMatching.CLOSEST, ("Dutch", "French"), "active > olha"),
        (SkillMatching.CLOSEST, ("French",), "active > noor"),
        (SkillMatching.NONE, ("Dutch", "ovens"), "active > noor"),
        (SkillMatching.EXACT, (), "active > noor"),
    ],
)
def test_skills(matching: SkillMatching, skills: tuple[str, ...], expected: str) -> None:
    floor = Floor(attrs.evolve(CHAT, skill_matching=matching), agents=("noor", "olha", "sam"))
    floor.tell(1, AgentSkillsSet, agent="olha", skills=("Dutch",), since=at(1))
    floor.tell(1, AgentSkillsSet, agent="sam", skills=("Dutch", "ovens"), since=at(1))
    floor.begin(2, skills=tuple(map(Skill, skills)))
    assert floor.stands() == expected


def test_closest_skills_give_way_to_room() -> None:
    floor = Floor(attrs.evolve(CHAT, skill_matching=SkillMatching.CLOSEST))
    floor.tell(1, AgentSkillsSet, agent="olha", skills=("Dutch",), since=at(1))
    floor.tell(1, PresenceChosen, agent="olha", presence="Do not disturb", chosen_at=at(1))
    floor.begin(2, skills=(Skill("Dutch"),))
    assert floor.stands() == "active > noor"


def test_most_free_capacity_then_least_recently_given_then_the_lower_id() -> None:
    streams = (attrs.evolve(CHAT, demand=Demand(units=2)), attrs.evolve(SMS, demand=Demand(units=0)))
    floor = Floor(*streams, agents=("sam", "olha", "noor"), capacity=Capacity(units=10))
    offered = []
    for number, stream in enumerate((SMS, SMS, SMS, SMS, CHAT, CHAT, CHAT, SMS)):
        name = f"c{number}"
        life = floor.centre.life_cycle
        about: dict[str, Any] = {"conversation": name, "channel": stream.channel, "workstream": stream.name}
        seeks = life.start(ConversationStarted(at=at(10 + number), **about))
        pairs = [
            (desk, floor.centre.members.get(desk.agent, Member(agent=desk.agent)))
            for desk in floor.centre.desks.values()
        ]
        chosen = choose(stream, seeks, pairs)
        floor.begin(10 + number, stream, name)
        offered.append(floor.stands(name))
        assert chosen is not None
        assert offered[-1] == f"active > {chosen.agent}"
    ring = ["active > noor", "active > olha", "active > sam"]
    assert offered == [*ring, "active > noor", "active > olha", "active > sam", "active > noor", "active > olha"]


def test_the_oldest_of_the_highest_priority_goes_first() -> None:
    floor = Floor(attrs.evolve(CHAT, demand=Demand(units=1)), agents=(), capacity=Capacity(units=1))
    for number, (name, priority) in enumerate((("a", 0), ("b", 1), ("d", 1), ("e", 0))):
        floor.begin(number, name=name, priority=priority)
    assert floor.centre.waiting() == ("b", "d", "a", "e")
    floor.tell(10, AgentConnected, agent="noor", since=at(10))
    for number, name in enumerate(("b", "d", "a", "e")):
        assert floor.stands(name) == "active > noor"
        for kind in (AcceptPressed, EndPressed, ClosePressed):
            floor.tell(20 + number, kind, agent="noor", offer=f"{name}/1")


def test_what_an_agent_has_no_room_for_holds_up_nothing_behind_it() -> None:
    big, small = attrs.evolve(VOICE, demand=Demand(units=10)), attrs.evolve(CHAT, demand=Demand(units=3))
    floor = Floor(big, small, agents=(), capacity=Capacity(units=5))
    floor.begin(0, big, "call")
    floor.begin(1, small, "chat")
    floor.tell(2, AgentConnected, agent="noor", since=at(2))
    assert (floor.stands("call"), floor.stands("chat")) == ("open", "active > noor")


def test_the_queue_age_runs_on_through_offers_that_nobody_took() -> None:
    floor = Floor(agents=("noor",))
    floor.begin(0)
    floor.begin(1, name="d")
    floor.tell(2, AcceptPressed, agent="noor", offer="d/1")
    floor.tell(5, RejectPressed, agent="noor", offer="c/1")
    floor.tell(6, AgentDisconnected, agent="noor", since=at(6))
    floor.begin(7, name="e")
    assert floor.centre.waiting() == ("c", "e")


def test_members_of_a_queue_get_its_work_supervisors_do_not_and_no_queue_is_everybodys() -> None:
    floor = Floor()
    floor.tell(1, QueuesAssigned, agent="noor", queues=("Ovens",), supervisor=True, assigned_at=at(1))
    floor.tell(1, QueuesAssigned, agent="olha", queues=("Fridges",), assigned_at=at(1))
    floor.begin(2, queue="Ovens")
    floor.begin(3, name="d", queue="")
    assert (floor.stands(), floor.stands("d")) == ("open", "active > olha")
    floor.tell(4, QueuesAssigned, agent="olha", queues=("Fridges", "Ovens"), assigned_at=at(4))
    assert floor.stands() == "active > olha"


def test_a_choice_of_queues_or_skills_that_is_not_newer_loses() -> None:
    floor = Floor()
    for seconds, queue, skill in ((5, "Ovens", "Dutch"), (4, "Fridges", "French"), (5, "Fridges", "French")):
        floor.tell(10, QueuesAssigned, agent="noor", queues=(queue,), assigned_at=at(seconds))
        floor.tell(10, AgentSkillsSet, agent="noor", skills=(skill,), since=at(seconds))
    member = floor.centre.members["noor"]
    assert (member.queues, member.skills) == (("Ovens",), ("Dutch",))


def test_what_is_picked_skips_capacity_but_not_presence() -> None:
    stream = attrs.evolve(PICKED[0], demand=Demand(units=5))
    floor = Floor(stream, capacity=Capacity(units=8))
    for number, name in enumerate(("c", "d"), 1):
        floor.begin(number, stream, name)
        floor.tell(number, ConversationPicked, conversation=name, agent="noor", attempt=1)
        floor.tell(number, AcceptPressed, agent="noor", offer=f"{name}/1")
        assert floor.stands(name) == "active noor*"
    assert floor.presence("noor") == "Do not disturb"
    floor.begin(3, stream, "e")
    floor.tell(3, ConversationPicked, conversation="e", agent="noor", attempt=1)
    assert floor.stands("e") == "open"


def test_a_bot_that_hands_over_changes_the_scenario_and_the_queue_and_starts_the_queue_age() -> None:
    floor = Floor()
    floor.tell(0, QueuesAssigned, agent="olha", queues=("Ovens",), assigned_at=at(0))
    floor.begin(1, with_bot=True, queue="Fridges")
    floor.tell(60, ConversationEscalated, conversation="c", queue="Ovens")
    offer = next(one.message.offer for one in floor.effects(Send) if isinstance(one.message, Offered))
    assert (floor.stands(), offer.template.scenario) == ("active > olha", "bot_escalation")
    assert (floor.state().queue, floor.state().clocks.queued_on) == ("Ovens", at(60))


def test_consulting_and_listening_take_no_capacity_and_restart_the_clock_of_auto_close() -> None:
    floor = Floor(attrs.evolve(SMS, demand=Demand(units=1)), capacity=Capacity(units=1))
    floor.begin(1, floor.streams[0])
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    for seconds, agent, role in ((50, "olha", ParticipantRole.CONSULT), (60, "sam", ParticipantRole.MONITOR)):
        floor.tell(seconds, ParticipantJoined, conversation="c", agent=agent, role=role, since=at(seconds))
    assert (floor.presence("olha"), floor.state().clocks.modified_on) == ("Available", at(60))
    floor.tell(70, ParticipantLeft, conversation="c", agent="olha", since=at(70))
    assert {one.agent: one.there for one in floor.state().participants} == {"olha": False, "sam": True}


LIMITS = [
    (CHAT, {}, "open", 20 * MINUTE, "closed"),
    (CHAT, {}, "active", None, "active"),
    (CHAT, {}, "wrap_up", 15 * MINUTE, "closed"),
    (CHAT, {"persistent": True}, "open", 30 * DAY, "closed"),
    (CHAT, {"persistent": True}, "active", None, "active"),
    (CHAT, {"persistent": True}, "wrap_up", DAY, "closed"),
    (CHAT, {"persistent": True}, "waiting", 28 * DAY, "closed"),
    (VOICE, {}, "open", 30 * DAY, "closed"),
    (VOICE, {}, "active", 120 * MINUTE, "wrap_up"),
    (VOICE, {}, "wrap_up", DAY, "closed"),
    *[
        (Workstream(name=channel.value, channel=channel), {}, status, limit, "closed")
        for channel in (Channel.SMS, Channel.TEAMS, Channel.SOCIAL, Channel.WHATSAPP, Channel.CUSTOM, Channel.EMAIL)
        for status, limit in (("open", 30 * DAY), ("active", 30 * DAY), ("wrap_up", DAY), ("waiting", 28 * DAY))
    ],
    (CASE, {}, "open", None, "open"),
    (CASE, {}, "active", None, "active"),
]


def came_to(machine: ConversationLifeCycle, stream: Workstream, status: str, **fields: Any) -> Conversation:
    """A conversation that nobody routes, in a status since the start."""
    about: dict[str, Any] = {"at": START, "conversation": "c"}
    state = machine.start(ConversationStarted(**about, channel=stream.channel, **fields))
    events = {
        "open": (),
        "active": (ConversationAccepted(**about, agent="noor"),),
        "waiting": (ConversationAccepted(**about, agent="noor"), SessionClosed(**about)),
        "wrap_up": (ConversationAccepted(**about, agent="noor"), ConversationEnded(**about)),
    }
    for event in events[status]:
        state, _, _ = machine.step(state, event)
    assert state.status.value == status
    return state


@pytest.mark.parametrize(("stream", "fields", "status", "limit", "then"), LIMITS)
def test_auto_close_at_the_first_look_of_the_scheduler_after_more_than_the_limit(
    stream: Workstream, fields: dict[str, Any], status: str, limit: int | None, then: str
) -> None:
    machine = ConversationLifeCycle()
    state = came_to(machine, stream, status, **fields)
    if limit is None:
        assert machine.deadline(state) is None
        assert machine.step(state, Tick(at=at(1000 * DAY)))[0] is state
        return
    assert machine.deadline(state) == at(limit + 300)
    assert machine.step(state, Tick(at=at(limit + 299.999999)))[0] is state
    assert machine.step(state, Tick(at=at(limit + 300)))[0].status.value == then


@pytest.mark.parametrize(
    ("began", "looks_every", "closes_at"),
    [
        (0, 300, 1500),  # at 20 min exactly the limit is not passed yet
        (-1, 300, 1200),  # 20 min 1 s
        (1, 300, 1500),
        (-0.000001, 300, 1200),
        (0, 0, 1200.000001),
        (7, 0, 1207.000001),
    ],
)
def test_live_chat_open_for_exactly_20_minutes_and_for_longer(began: float, looks_every: int, closes_at: float) -> None:
    machine = ConversationLifeCycle(ConversationSettings(scheduler_period=timedelta(seconds=looks_every)))
    state = machine.start(ConversationStarted(at=at(began), conversation="c", channel=Channel.LIVE_CHAT))
    assert machine.deadline(state) == at(closes_at)


@pytest.mark.parametrize(
    ("wrap_up", "limit"),
    [
        (WrapUp(), 15 * MINUTE),
        (WrapUp(mode=WrapUpMode.OPTIONAL), 15 * MINUTE),
        (WrapUp(mode=WrapUpMode.TIMED, limit=timedelta(minutes=10)), 15 * MINUTE),
        (WrapUp(mode=WrapUpMode.TIMED, limit=timedelta(minutes=40)), 40 * MINUTE),
        (WrapUp(mode=WrapUpMode.FORCED, limit=timedelta(minutes=40)), 40 * MINUTE),
        (WrapUp(mode=WrapUpMode.ON_REQUEST, limit=timedelta(minutes=40)), 15 * MINUTE),
    ],
)
def test_a_wrap_up_lasts_at_least_as_long_as_it_blocks_capacity_for_a_time(wrap_up: WrapUp, limit: int) -> None:
    floor = Floor(attrs.evolve(CHAT, wrap_up=wrap_up))
    floor.begin(-2)
    floor.tell(-1, AcceptPressed, agent="noor", offer="c/1")
    floor.tell(0, EndPressed, agent="noor", offer="c/1")
    assert floor.centre.life_cycle.deadline(floor.state()) == at(limit + 300)


def test_a_message_restarts_the_clock_but_for_one_of_an_agent_in_the_queue_and_one_in_wrap_up() -> None:
    for status, stream, author, moves in (
        ("open", CHAT, Author.CUSTOMER, True),
        ("open", CHAT, Author.AGENT, False),
        ("active", SMS, Author.AGENT, True),
        ("waiting", SMS, Author.AGENT, True),
        ("wrap_up", CHAT, Author.CUSTOMER, False),
    ):
        machine = ConversationLifeCycle()
        state = came_to(machine, stream, status)
        before = machine.deadline(state)
        message = Message(id="m", at=at(600), author=author, text="hello")
        state, _, _ = machine.step(state, MessageSent(at=at(600), conversation="c", message=message))
        assert before is not None
        assert machine.deadline(state) == (before + timedelta(seconds=600) if moves else before), (status, author)


def test_a_lapsed_offer_does_not_restart_the_age_in_the_queue() -> None:
    floor = Floor(agents=("noor",), conversations=ConversationSettings(reoffer_after=timedelta(hours=1)))
    floor.begin(0)
    floor.tell(1, NotificationDisplayed, agent="noor", offer="c/1")
    floor.until(1499)
    assert floor.stands() == "open"
    floor.until(1500)
    assert floor.stands() == "closed"


def test_new_settings_govern_what_begins_after_them() -> None:
    floor = Floor(agents=())
    floor.begin(0)
    short = AutoClose(open=timedelta(minutes=1))
    floor.tell(1, ConversationSettingsMade, settings=ConversationSettings(live_chat=short))
    floor.begin(2, name="d")
    floor.until(300)
    assert (floor.stands(), floor.stands("d")) == ("open", "closed")
    floor.until(1500)
    assert floor.stands() == "closed"


BAD: dict[str, tuple[Callable[..., Any], dict[str, Any], Any]] = {
    "an unknown agent answers": (AcceptPressed, {"agent": "ghost", "offer": "c/1"}, UnknownKey),
    "an unknown agent goes": (AgentDisconnected, {"agent": "ghost", "since": at(50)}, UnknownKey),
    "given to an unknown agent": (
        SupervisorAssigned,
        {"conversation": "c", "agent": "ghost", "attempt": 2},
        UnknownKey,
    ),
    "routed to an unknown agent": (AgentRouted, {"conversation": "c", "agent": "ghost", "attempt": 2}, UnknownKey),
    "transferred to an unknown agent": (
        TransferRequested,
        {"conversation": "c", "agent": "ghost", "attempt": 2},
        UnknownKey,
    ),
    "an unknown conversation": (ConversationEnded, {"conversation": "ghost"}, UnknownKey),
    "an unknown conversation is routed": (
        AgentRouted,
        {"conversation": "ghost", "agent": "noor", "attempt": 1},
        UnknownKey,
    ),
    "it starts again with other content": (
        ConversationStarted,
        {"conversation": "c", "channel": Channel.SMS},
        InvalidValue,
    ),
    "wrong channel: snoozed": (ConversationSnoozed, {"conversation": "c"}, "not_on_this_channel"),
    "wrong channel: a record resolved": (
        RecordStateChanged,
        {"conversation": "c", "active": False, "since": at(50)},
        "not_on_this_channel",
    ),
    "wrong channel: a record deleted": (RecordDeleted, {"conversation": "c"}, "not_on_this_channel"),
    "wrong actor: an agent closes by force": (
        ConversationClosed,
        {"conversation": "c", "by": Party.AGENT},
        "not_by_this_party",
    ),
    "wrong actor: a customer transfers": (
        TransferRequested,
        {"conversation": "c", "agent": "olha", "attempt": 2, "by": Actor(Party.CUSTOMER)},
        "not_by_this_party",
    ),
    "an attempt that was made": (
        TransferRequested,
        {"conversation": "c", "agent": "olha", "attempt": 1},
        Unchanged("this attempt was made already"),
    ),
    "an attempt too far": (TransferRequested, {"conversation": "c", "agent": "olha", "attempt": 3}, "unknown_attempt"),
    "transferred to who has it": (
        TransferRequested,
        {"conversation": "c", "agent": "noor", "attempt": 2},
        "theirs_already",
    ),
    "a transfer that is not on its way": (
        TransferCancelled,
        {"conversation": "c", "offer": "c/9"},
        Unchanged("no such transfer is on its way"),
    ),
    "assigned while somebody has it": (
        SupervisorAssigned,
        {"conversation": "c", "agent": "olha", "attempt": 2},
        "assigned_to_another_agent",
    ),
    "accepted by somebody else": (
        ConversationAccepted,
        {"conversation": "c", "agent": "olha"},
        "routed_here",
    ),
    "released by who has it no more": (
        ConversationReleased,
        {"conversation": "c", "offer": "c/9"},
        Unchanged("not theirs any more"),
    ),
    "routed while somebody has it": (
        AgentRouted,
        {"conversation": "c", "agent": "olha", "attempt": 2},
        "not_in_this_status",
    ),
    "reopened while it is active": (
        ConversationReopened,
        {"conversation": "c", "agent": "noor", "attempt": 2},
        "not_in_this_status",
    ),
    "a bot that has nothing hands over": (ConversationEscalated, {"conversation": "c"}, "not_in_this_status"),
    "a customer who goes in the future": (CustomerDisconnected, {"conversation": "c", "since": at(51)}, "not_yet"),
    "a customer who comes in the future": (CustomerReturned, {"conversation": "c", "since": at(51)}, "not_yet"),
    "who joins in the future": (
        ParticipantJoined,
        {"conversation": "c", "agent": "olha", "role": ParticipantRole.CONSULT, "since": at(51)},
        "not_yet",
    ),
    "who leaves in the future": (
        ParticipantLeft,
        {"conversation": "c", "agent": "olha", "since": at(51)},
        "not_yet",
    ),
    "its own agent joins": (
        ParticipantJoined,
        {"conversation": "c", "agent": "noor", "role": ParticipantRole.CONSULT, "since": at(50)},
        "theirs_already",
    ),
    "a closed conversation is given to somebody": (
        SupervisorAssigned,
        {"conversation": "z", "agent": "olha", "attempt": 1},
        "closed",
    ),
    "a closed conversation ends": (ConversationEnded, {"conversation": "z", "by": Party.CUSTOMER}, "closed"),
    "a closed conversation is written to": (
        MessageSent,
        {"conversation": "z", "message": Message(id="m", at=at(1), author=Author.CUSTOMER, text="hello")},
        "closed",
    ),
    "a told conversation is routed": (
        AgentRouted,
        {"conversation": "t", "agent": "olha", "attempt": 1},
        "routed_elsewhere",
    ),
    "a told conversation is snoozed for the past": (
        ConversationSnoozed,
        {"conversation": "s", "until": at(50)},
        "not_in_the_future",
    ),
}


def busy() -> Floor:
    """A floor where something is due at 120 s: `c` is noor's, `r` rings and is seen, `z` is closed, `t` is told."""
    floor = Floor(templates=ASKING, conversations=ConversationSettings(records_period=timedelta(hours=1)))
    floor.begin(-30)
    floor.tell(-29, AcceptPressed, agent="noor", offer="c/1")
    floor.begin(-20, name="r")
    floor.tell(-20, NotificationDisplayed, agent="olha", offer="r/1")
    floor.tell(-10, ConversationStarted, conversation="z", channel=Channel.SMS)
    floor.tell(-9, ConversationClosed, conversation="z")
    floor.tell(-8, ConversationStarted, conversation="t", channel=Channel.LIVE_CHAT)
    floor.tell(-8, ConversationStarted, conversation="s", channel=Channel.SMS)
    floor.tell(-7, ConversationAccepted, conversation="s", agent="noor")
    return floor


@pytest.mark.parametrize("seconds", [50, 120])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_changes_nothing_but_what_was_due(name: str, seconds: int) -> None:
    kind, fields, expected = BAD[name]
    if seconds != 50 and any(isinstance(one, datetime) for one in fields.values()):
        fields = {key: one + timedelta(seconds=70) if isinstance(one, datetime) else one for key, one in fields.items()}
    floor, other = busy(), busy()
    if isinstance(expected, type):  # what raises changes nothing at all
        with pytest.raises(expected):
            floor.tell(seconds, kind, **fields)
    else:
        other.until(seconds)
        answer = floor.tell(seconds, kind, **fields)
        wanted = expected if isinstance(expected, Unchanged) else answer
        assert answer == wanted
        if isinstance(expected, str):
            assert isinstance(answer, Refused)
            assert answer.reason == expected
    assert floor.stands("r") == other.stands("r")
    assert attrs.evolve(floor.centre.snapshot(), now=None) == attrs.evolve(other.centre.snapshot(), now=None)


def test_an_event_of_the_past_is_handled_at_the_instant_of_its_conversation() -> None:
    floor = Floor()
    floor.begin(0)
    floor.tell(60, AcceptPressed, agent="noor", offer="c/1")
    floor.tell(10, ConversationEnded, conversation="c", by=Party.CUSTOMER)
    state = floor.state()
    assert (floor.stands(), state.at, state.wrap_up_on) == ("wrap_up noor*", at(60), at(60))


def test_an_answer_to_an_offer_that_is_over_is_corrected() -> None:
    floor = Floor()
    floor.begin(0)
    floor.tell(5, CustomerDisconnected, conversation="c", since=at(5))
    floor.tell(6, ConversationEnded, conversation="c", by=Party.CUSTOMER)
    answer = floor.tell(7, AcceptPressed, agent="noor", offer="c/1")
    assert (floor.stands(), answer) == ("closed", Refused("offer_ended", "withdrawn"))


def test_a_workstream_that_there_is_not_and_one_of_another_channel_are_errors_of_the_host() -> None:
    floor = Floor()
    with pytest.raises(UnknownKey, match="workstream"):
        floor.tell(1, ConversationStarted, conversation="c", channel=Channel.SMS, workstream="ghost")
    with pytest.raises(InvalidValue, match="channel"):
        floor.tell(1, ConversationStarted, conversation="c", channel=Channel.SMS, workstream="chat")
    assert dict(floor.centre.conversations) == {}


def test_an_id_that_leaves_no_room_for_those_of_its_offers_is_refused_where_it_is_routed() -> None:
    floor = Floor()
    floor.begin(1, name="c" * 180)
    with pytest.raises(InvalidValue, match="180"):
        floor.begin(1, name="c" * 181)
    floor.tell(1, ConversationStarted, conversation="c" * 181, channel=Channel.LIVE_CHAT)


def test_only_what_is_closed_can_be_dropped() -> None:
    floor = Floor()
    floor.begin(1)
    for name in ("c", "ghost"):
        with pytest.raises(UnknownKey):
            floor.centre.drop(name)
    floor.tell(2, ConversationClosed, conversation="c")
    assert floor.centre.drop("c").status is ConversationStatus.CLOSED
    assert dict(floor.centre.conversations) == {}


def test_a_router_of_the_host_chooses_instead() -> None:
    floor = Floor(router=lambda _: Chosen("olha"))
    floor.begin(1)
    assert floor.stands() == "active > olha"


def test_where_nobody_is_known_to_work_in_any_queue_none_counts_as_empty() -> None:
    floor = Floor(agents=("noor",))
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    floor.tell(3, ConversationReleased, conversation="c", offer="c/1", queue="Ovens")
    assert (floor.stands(), floor.state().queue) == ("open", "Ovens")


@pytest.mark.parametrize("accepted_first", [True, False])
def test_a_transfer_that_was_taken_and_left_at_once_is_nobodys_whatever_comes_first(*, accepted_first: bool) -> None:
    floor = Floor(templates=ASKING)
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    floor.tell(3, TransferRequested, conversation="c", agent="olha", attempt=2)
    about: dict[str, Any] = {"at": at(5), "conversation": "c", "agent": "olha", "offer": "c/2"}
    messages: list[Any] = [OfferAccepted(**about), SessionClosed(**about)]
    state = floor.state()
    for message in messages if accepted_first else reversed(messages):
        state, _, _ = floor.centre.life_cycle.step(state, message)
    assert (state.status, state.agent, state.in_session) == (ConversationStatus.OPEN, None, False)
    assert (state.routing.offer, state.routing.held) == (None, None)


def test_a_told_conversation_is_only_kept() -> None:
    floor = Floor()
    floor.tell(1, ConversationStarted, conversation="c", channel=Channel.LIVE_CHAT)
    assert floor.stands() == "open"
    floor.tell(2, ConversationAssigned, conversation="c", agent="bert")
    floor.tell(3, ConversationAccepted, conversation="c", agent="bert")
    assert (floor.stands(), list(floor.centre.desks)) == ("active bert*", ["noor", "olha"])


def test_a_record_that_found_nobody_is_given_out_at_a_later_run() -> None:
    floor = Floor(agents=())
    floor.begin(1, CASE)
    floor.until(301)
    floor.tell(360, AgentConnected, agent="noor", since=at(360))
    floor.until(600)
    assert floor.stands() == "active noor"


def test_a_router_that_insists_on_who_refuses_does_not_keep_the_centre_busy_for_ever() -> None:
    asked = 0

    def insists(_: Conversation) -> Chosen:
        nonlocal asked
        asked += 1
        assert asked < 50, "asked for ever"
        return Chosen("noor")

    floor = Floor(router=insists)
    floor.tell(1, AgentDisconnected, agent="noor", since=at(1))
    floor.begin(2)
    assert floor.stands() == "open"


def test_a_router_that_has_nobody_for_the_first_is_asked_about_the_next() -> None:
    free: list[str] = []
    floor = Floor(agents=(), router=lambda one: Chosen(free[0]) if free and one.id == "d" else None)
    floor.begin(1)
    floor.begin(2, name="d")
    free.append("noor")
    floor.tell(3, AgentConnected, agent="noor", since=at(3))
    assert floor.stands("d") == "active > noor"


def test_what_is_reopened_counts_idleness_from_then() -> None:
    floor = Floor(attrs.evolve(SMS, idle_after=timedelta(minutes=2)))
    floor.begin(1, floor.streams[0])
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    floor.tell(60, ClosePressed, agent="noor", offer="c/1")
    floor.tell(600, ConversationReopened, conversation="c", agent="noor", attempt=2)
    assert floor.stands() == "active noor*"


@pytest.mark.parametrize("stream", [CASE, VOICE])
def test_only_where_people_write_can_they_fall_silent(stream: Workstream) -> None:
    with pytest.raises(InvalidValue, match="idle_after: only where people write"):
        attrs.evolve(stream, idle_after=timedelta(minutes=2))


def test_a_centre_that_is_restored_is_the_one_that_was_stored() -> None:
    floor = Floor(agents=("noor",), session_limit=1)
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    floor.begin(3, name="d")
    snapshot = floor.centre.snapshot()
    assert ContactCentre.restored(snapshot).snapshot() == snapshot  # `benched` too


def test_a_centre_that_is_restored_refuses_what_starts_twice_as_before() -> None:
    floor = Floor()
    floor.begin(1)
    floor.centre = ContactCentre.restored(floor.centre.snapshot())
    with pytest.raises(InvalidValue, match="twice"):
        floor.begin(1, priority=4)


def test_what_came_of_a_release_to_a_queue_is_the_step_of_that_event() -> None:
    floor = Floor()
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    assert floor.tell(3, ConversationReleased, conversation="c", queue="Ovens") == Refused("no_offer_named", "active")
    assert floor.tell(4, ConversationReleased, conversation="c", offer="c/1", queue="Ovens") == Applied()


def test_a_told_conversation_goes_to_the_queue_that_its_host_names() -> None:
    floor = Floor()
    floor.tell(1, QueuesAssigned, agent="noor", queues=("Kitchen",), assigned_at=at(1))
    floor.tell(1, ConversationStarted, conversation="c", channel=Channel.LIVE_CHAT)
    floor.tell(2, ConversationAccepted, conversation="c", agent="bert")
    floor.tell(3, ConversationReleased, conversation="c", queue="Ovens")
    assert floor.stands() == "open"


def test_an_event_that_raises_does_not_move_the_time_of_the_centre() -> None:
    floor = Floor()
    before = floor.centre.snapshot()
    with pytest.raises(UnknownKey):
        floor.tell(500, ConversationStarted, conversation="c", channel=Channel.SMS, workstream="ghost")
    assert floor.centre.snapshot() == before


def test_who_left_before_their_joining_was_told_is_not_there() -> None:
    floor = Floor()
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    floor.tell(10, ParticipantLeft, conversation="c", agent="olha", since=at(9))
    role = ParticipantRole.CONSULT
    floor.tell(11, ParticipantJoined, conversation="c", agent="olha", role=role, since=at(5))
    assert not any(one.there for one in floor.state().participants)


def test_only_who_has_a_conversation_and_supervisors_transfer_it() -> None:
    floor = Floor(agents=("noor", "olha", "sam"))
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    by = Actor(Party.AGENT, "sam")
    answer = floor.tell(3, TransferRequested, conversation="c", agent="olha", attempt=2, by=by)
    assert answer == Refused("assigned_to_another_agent", "active")


def test_who_had_no_room_for_a_transfer_still_gets_what_they_have_room_for() -> None:
    small, big = attrs.evolve(CHAT, demand=Demand(units=3)), attrs.evolve(VOICE, demand=Demand(units=10))
    floor = Floor(small, big, capacity=Capacity(units=12))
    floor.begin(1, small, "d")
    floor.tell(2, AcceptPressed, agent="noor", offer="d/1")
    floor.begin(3, big)
    floor.tell(4, AcceptPressed, agent="olha", offer="c/1")
    floor.tell(5, TransferRequested, conversation="c", agent="noor", attempt=2)
    floor.begin(6, small, "e")
    assert floor.stands("e") == "active > noor"


def test_the_line_of_an_agent_who_was_routed_again_says_so() -> None:
    floor = Floor(agents=("noor",))
    floor.begin(0)
    floor.tell(5, RejectPressed, agent="noor", offer="c/1")
    floor.until(35)
    again = next(one for one in floor.happened if isinstance(one.event, AgentRouted) and one.event.again)
    line = event_line(Told(None, again.at, again.outcome, floor.state(), again))
    assert line.splitlines()[0].startswith("2026-03-02T09:00:35Z agent_routed c agent noor attempt 2 again")


def joins(number: int, when: float, *, there: bool = True) -> Any:
    about: dict[str, Any] = {"at": at(when), "conversation": "c", "agent": f"guest-{number}", "since": at(when)}
    return ParticipantJoined(**about, role=ParticipantRole.MONITOR) if there else ParticipantLeft(**about)


def test_of_fifty_others_the_one_who_left_first_is_forgotten_and_nobody_who_is_there() -> None:
    floor = Floor()
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    for number in range(50):
        floor.centre.send(joins(number, 10 + number))
    [full] = floor.centre.send(joins(50, 70))
    assert full.outcome == Refused("too_many_participants", "active")
    floor.centre.send(joins(7, 71, there=False))
    floor.centre.send(joins(3, 72, there=False))
    floor.centre.send(joins(50, 73))
    names = {one.agent for one in floor.state().participants}
    assert (len(names), {"guest-7", "guest-3", "guest-50"} & names) == (50, {"guest-3", "guest-50"})
    [late] = floor.centre.send(joins(50, 60, there=False))
    assert late.outcome == Unchanged("a later choice stands")


@pytest.mark.parametrize(
    ("event", "outcome"),
    [
        (CustomerDisconnected(at=at(50), conversation="c", since=at(51)), "not_yet"),
        (CustomerReturned(at=at(50), conversation="c", since=at(51)), "not_yet"),
        (TransferRequested(at=at(50), conversation="c", agent="olha", attempt=2, by=Actor(Party.CUSTOMER)), "not_by_this_party"),
        (TransferRequested(at=at(50), conversation="c", agent="noor", attempt=2), "theirs_already"),
    ],
)  # fmt: skip
def test_who_may_do_what_and_when(event: Any, outcome: str) -> None:
    floor = Floor()
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    [step] = floor.centre.send(event)
    assert isinstance(step.outcome, Refused)
    assert step.outcome.reason == outcome


def test_a_customer_who_goes_twice_is_gone_since_the_first_time_and_a_late_return_loses() -> None:
    floor = Floor()
    floor.begin(1)
    floor.tell(2, AcceptPressed, agent="noor", offer="c/1")
    assert floor.tell(10, CustomerDisconnected, conversation="c", since=at(10)) == Applied()
    assert floor.tell(20, CustomerDisconnected, conversation="c", since=at(20)) == Applied()
    assert floor.tell(21, CustomerDisconnected, conversation="c", since=at(15)) == Unchanged("gone already")
    assert floor.tell(22, CustomerReturned, conversation="c", since=at(15)) == Unchanged("gone since")
    assert floor.state().clocks.away_since == at(10)
    assert floor.tell(23, CustomerReturned, conversation="c", since=at(20)) == Applied()
    assert floor.tell(24, CustomerReturned, conversation="c", since=at(20)) == Unchanged("there already")
    assert floor.tell(25, CustomerDisconnected, conversation="c", since=at(20)) == Unchanged("there since")
    assert floor.state().clocks.away_since is None
