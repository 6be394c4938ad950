"""What happens at the agents' desks that are measured: a cycle of presence events, an offer's life, and whole desks.

Every instant and every id is an object of its own, as it is where each event comes in a message of its own.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from customer_summary.domain.capacity import Capacity, Demand, Workload
from customer_summary.domain.channel import Channel
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_events import (
    AcceptPressed,
    ClosePressed,
    DeskEvent,
    NotificationDisplayed,
    Offered,
)
from customer_summary.domain.desk_settings import DeskSettings, PresenceSettings
from customer_summary.domain.notification import Offer, Scenario
from customer_summary.domain.outcome import Applied
from customer_summary.domain.presence import AVAILABLE, AWAY, AlertKind, Presence
from customer_summary.domain.presence_events import (
    AgentConnected,
    AgentDisconnected,
    AlertRaised,
    PresenceChosen,
    PresenceEvent,
    PresenceReset,
    WorkloadChanged,
)
from customer_summary.domain.work import WorkItem
from customer_summary.rules.desk import AgentDesk
from customer_summary.rules.notifications import NotificationPolicy
from customer_summary.rules.presence import PresenceMachine

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AGENT, OFFER = "agent-1", "offer-1"
UNITS = 100
SETTINGS = PresenceSettings(missed_alerts=True, rejected_alerts=True, idle_after=timedelta(minutes=30))
MACHINE = PresenceMachine(SETTINGS)
DESK = AgentDesk(DeskSettings(presence=SETTINGS, capacity=Capacity(units=UNITS)))
TEMPLATE = NotificationPolicy().choose(Scenario.INCOMING_CHAT.value, Channel.LIVE_CHAT)

TRIGGERS = (
    "use_part",
    "use_all",
    "miss",
    "reset",
    "choose_away",
    "use_part",
    "disconnect",
    "connect",
    "choose_available",
    "use_nothing",
)
"""One name for each event of the cycle, for machines that know triggers and no causes."""

SHOWN = (
    "Busy",
    "Do not disturb",
    "Inactive",
    "Do not disturb",
    "Appear away",
    "Appear away",
    "Offline",
    "Appear away",
    "Available",
    "Available",
)
"""What shows after each event of the cycle."""


def second(number: float) -> datetime:
    """Gives an instant so many seconds after the beginning, as a new object."""
    return BEGIN + timedelta(seconds=number)


def using(units: int) -> Workload:
    """Gives a workload of so many of the units."""
    return Workload(limits=Capacity(units=UNITS), units=units)


def beginning() -> Sequence[PresenceEvent]:
    """Gives what brings a new agent to where the cycle begins: signed in, nothing chosen, nothing in use."""
    return (
        AgentConnected(at=second(-9), agent=AGENT, since=second(-9)),
        WorkloadChanged(at=second(-8), agent=AGENT, workload=using(1), counted_at=second(-8)),
        WorkloadChanged(at=second(-7), agent=AGENT, workload=using(0), counted_at=second(-7)),
    )


def cycle(begun: float) -> Sequence[PresenceEvent]:
    """Gives ten events, one a second. Each changes something, and the last brings back what was before the first."""
    times = iter(range(10))
    found: list[PresenceEvent] = []
    for trigger in TRIGGERS:
        number = begun + next(times)
        found.append(_event(trigger, number))
    return found


def _event(trigger: str, number: float) -> PresenceEvent:
    at, also = second(number), second(number)
    match trigger:
        case "use_nothing" | "use_part" | "use_all":
            units = {"use_nothing": 0, "use_part": UNITS // 2, "use_all": UNITS}[trigger]
            return WorkloadChanged(at=at, agent=AGENT, workload=using(units), counted_at=also)
        case "miss":
            return AlertRaised(at=at, agent=AGENT, alert=AlertKind.MISSED, raised_at=also, offer=OFFER)
        case "reset":
            return PresenceReset(at=at, agent=AGENT, alert=AlertKind.MISSED, alert_at=second(number - 1), offer=OFFER)
        case "disconnect":
            return AgentDisconnected(at=at, agent=AGENT, since=also)
        case "connect":
            return AgentConnected(at=at, agent=AGENT, since=also)
        case _:
            chosen = AWAY if trigger == "choose_away" else AVAILABLE
            return PresenceChosen(at=at, agent=AGENT, presence=chosen.text, chosen_at=also)


def begun_presence() -> Presence:
    """Gives the presence at the beginning of the cycle."""
    state = MACHINE.start(AGENT, second(-10), using(0))
    for event in beginning():
        state, _, _ = MACHINE.step(state, event)
    return state


def life(agent: str, number: int, begun: float) -> Sequence[DeskEvent]:
    """Gives an offer's life at a desk: it comes, shows, is accepted, and its session is closed."""
    name = f"offer-{agent}-{number}"
    item = WorkItem(conversation=f"conversation-{agent}-{number}", channel=Channel.LIVE_CHAT, demand=Demand(units=1))
    offer = Offer(id=name, item=item, template=TEMPLATE, sent_at=second(begun))
    return (
        Offered(at=second(begun), agent=agent, offer=offer),
        NotificationDisplayed(at=second(begun + 1), agent=agent, offer=name),
        AcceptPressed(at=second(begun + 5), agent=agent, offer=name),
        ClosePressed(at=second(begun + 9), agent=agent, offer=name),
    )


def begun_desk(agent: str = AGENT, sessions: int = 0) -> Desk:
    """Gives the desk of an agent who is signed in, with so many open sessions; each step of it changes something."""
    state = DESK.start(agent, second(-10))
    events: list[DeskEvent] = [AgentConnected(at=second(-9), agent=agent, since=second(-9))]
    for number in range(sessions):
        events += life(agent, number, 10.0 * number)[:-1]
    for event in events:
        state, outcome, _ = DESK.step(state, event)
        assert outcome == Applied(), outcome  # noqa: S101  # else the sample measures something else
    return state
