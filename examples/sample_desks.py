"""The desks of the sample: a miss, a rejection and an eleventh session, each with its reset, and an accepted chat."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from customer_summary.domain import desk_events as at_desk
from customer_summary.domain import presence_events as of_presence
from customer_summary.domain.actor import Actor, Party
from customer_summary.domain.capacity import Capacity, Demand
from customer_summary.domain.channel import Channel
from customer_summary.domain.desk_settings import (
    DeskSettings,
    NotificationSettings,
    PresenceSettings,
)
from customer_summary.domain.facts import DeskSettingsMade, Fact
from customer_summary.domain.notification import (
    NotificationTemplate,
    Offer,
    Scenario,
    ShownField,
    TemplateField,
)
from customer_summary.domain.presence import AlertKind
from customer_summary.domain.work import WorkItem, WrapUp, WrapUpMode
from customer_summary.domain.workstream import Workstream
from customer_summary.rules.notifications import NotificationPolicy

DAY = datetime(2026, 3, 2, tzinfo=UTC)
CHAT = NotificationTemplate(
    name="chat",
    scenario=Scenario.INCOMING_CHAT.value,
    title="Chat",
    timeout=timedelta(seconds=90),
    reject=True,
    reject_reasons=("On a call", "Not my subject"),
    fields=(
        TemplateField(name="customer", header="Customer", value="{customerName}"),
        TemplateField(name="case", header="Case", value="{caseTitle}"),
    ),
)
TEXTS = NotificationTemplate(
    name="texts", scenario=Scenario.INCOMING_SMS.value, auto_assign=True, auto_accept=True, instant=True
)
WRAP_UP = WrapUp(mode=WrapUpMode.TIMED, limit=timedelta(minutes=5), extension=timedelta(minutes=2), extensions=1)
SETTINGS = DeskSettings(
    presence=PresenceSettings(missed_alerts=True, rejected_alerts=True),
    notifications=NotificationSettings(templates=(CHAT, TEXTS)),
    capacity=Capacity(units=12),
    workstreams=(
        Workstream(name="Ovens", channel=Channel.LIVE_CHAT, demand=Demand(units=3), wrap_up=WRAP_UP),
        Workstream(name="Texts", channel=Channel.SMS, demand=Demand(units=1)),
    ),
)


def at(clock: str) -> datetime:
    """Gives the instant of a clock time on the day of the sample."""
    hours, minutes, seconds = map(int, clock.split(":"))
    return DAY + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def offer(conversation: str, clock: str, stream: Workstream, template: NotificationTemplate, **slugs: str) -> Offer:
    """Gives the first offer of a conversation."""
    fields: tuple[ShownField, ...] = NotificationPolicy(SETTINGS.notifications).fields(template, slugs.get)
    item = WorkItem(conversation=conversation, channel=stream.channel, demand=stream.demand, wrap_up=stream.wrap_up)
    return Offer(id=f"{conversation}/1", item=item, template=template, sent_at=at(clock), fields=fields)


def chat(conversation: str, clock: str, seen: str, **slugs: str) -> Iterator[Fact]:
    """A chat comes on Noor's screen."""
    coming = offer(conversation, clock, SETTINGS.workstreams[0], CHAT, **slugs)
    yield at_desk.Offered(at=at(clock), agent="noor", offer=coming)
    yield at_desk.NotificationDisplayed(at=at(seen), agent="noor", offer=coming.id)


def desks() -> Iterator[Fact]:
    """What happens at the desks of Noor and Olha."""
    yield DeskSettingsMade(at=at("06:00:00"), settings=SETTINGS)
    for agent, clock in (("noor", "08:58:00"), ("olha", "08:59:00")):
        yield of_presence.AgentConnected(at=at(clock), agent=agent, since=at(clock))
    yield from _missed()
    yield from _rejected()
    yield from _eleven()
    yield from chat(
        "conversation-1", "09:41:30", "09:41:31", customerName="Marta Kowal", caseTitle="Oven door does not lock"
    )
    yield at_desk.AcceptPressed(at=at("09:41:42"), agent="noor", offer="conversation-1/1")
    yield at_desk.EndPressed(at=at("09:46:00"), agent="noor", offer="conversation-1/1")
    yield at_desk.ClosePressed(at=at("09:48:00"), agent="noor", offer="conversation-1/1")


def _missed() -> Iterator[Fact]:
    """Noor does not see a chat in time, and says that she is back."""
    yield from chat("conversation-2", "09:05:00", "09:05:01", customerName="Jan Bakker")
    yield of_presence.PresenceReset(
        at=at("09:10:00"),
        agent="noor",
        alert=AlertKind.MISSED,
        alert_at=at("09:06:30"),
        offer="conversation-2/1",
    )


def _rejected() -> Iterator[Fact]:
    """Noor rejects a chat; her supervisor resets her presence."""
    yield from chat("conversation-3", "09:12:00", "09:12:01", customerName="Ilse Vos")
    yield at_desk.RejectPressed(at=at("09:12:20"), agent="noor", offer="conversation-3/1", reason="On a call")
    yield of_presence.PresenceReset(
        at=at("09:14:00"),
        agent="noor",
        alert=AlertKind.REJECTED,
        alert_at=at("09:12:20"),
        offer="conversation-3/1",
        by=Actor(Party.SUPERVISOR, "sam"),
    )


def _eleven() -> Iterator[Fact]:
    """Olha has ten sessions, and an eleventh text message comes."""
    for number in range(11):
        clock = f"09:{15 + number}:00"
        coming = offer(f"text-{number + 1}", clock, SETTINGS.workstreams[1], TEXTS)
        yield at_desk.Offered(at=at(clock), agent="olha", offer=coming)
    yield of_presence.PresenceReset(
        at=at("09:27:00"),
        agent="olha",
        alert=AlertKind.SESSION_LIMIT,
        alert_at=at("09:25:00"),
        offer="text-11/1",
    )
