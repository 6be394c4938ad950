"""Writes `centre.ndjson`: a morning in which conversations find their agents, as a log of what people did.

Run it to write the file anew: `python examples/make_centre.py`. Nobody is told here who has what: the contact centre
works it out from the settings, again at each reading.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from customer_summary.domain import conversation_events as of_life
from customer_summary.domain import desk_events as at_desk
from customer_summary.domain import routing_events as of_routing
from customer_summary.domain.actor import Actor, Party
from customer_summary.domain.capacity import Capacity, Demand
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Skill
from customer_summary.domain.customer import Contact
from customer_summary.domain.desk_settings import DeskSettings, NotificationSettings, PresenceSettings
from customer_summary.domain.facts import AgentSkillsSet, ContactRecorded, DeskSettingsMade, Fact
from customer_summary.domain.message import Author, Message
from customer_summary.domain.notification import NotificationTemplate, TemplateField
from customer_summary.domain.presence import AlertKind
from customer_summary.domain.presence_events import AgentConnected, PresenceReset
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.sentiment_events import QueuesAssigned
from customer_summary.domain.work import WrapUp, WrapUpMode
from customer_summary.domain.workstream import Workstream
from customer_summary.wire.log import write_fact

SAMPLE = Path(__file__).with_name("centre.ndjson")
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(clock: str) -> datetime:
    """The instant so many minutes and seconds after nine, written `minutes:seconds`."""
    minutes, seconds = clock.split(":")
    return NINE + timedelta(minutes=int(minutes), seconds=int(seconds))


def settings() -> DeskSettings:
    """Chats that ring for a minute, texts that go back to the agent who had them, calls that fill a desk, cases."""
    short = WrapUp(mode=WrapUpMode.TIMED, limit=timedelta(seconds=60))
    ring = NotificationTemplate(
        name="ring",
        scenario="incoming_chat",
        timeout=timedelta(seconds=60),
        reject=True,
        fields=(TemplateField(name="queue", header="Queue", value="{queueId}"),),
    )
    return DeskSettings(
        presence=PresenceSettings(missed_alerts=True, rejected_alerts=True),
        notifications=NotificationSettings(templates=(ring,)),
        capacity=Capacity(units=4),
        workstreams=(
            Workstream(name="chats", channel=Channel.LIVE_CHAT, demand=Demand(units=2), wrap_up=short),
            Workstream(name="texts", channel=Channel.SMS, demand=Demand(units=1), keep_same_agent=True),
            Workstream(name="calls", channel=Channel.VOICE, demand=Demand(units=4), wrap_up=short),
            Workstream(name="cases", channel=Channel.RECORD, demand=Demand(units=1)),
        ),
    )


def facts() -> Iterator[Fact]:
    """Everything that happens, in order."""
    yield DeskSettingsMade(at=NINE, settings=settings())
    for agent, queues, skills in (
        ("noor", ("ovens", "orders"), ("Dutch",)),
        ("olha", ("ovens", "orders"), ("Ukrainian", "Dutch")),
        ("pim", ("orders",), ()),
    ):
        yield QueuesAssigned(at=NINE, agent=agent, queues=queues, assigned_at=NINE)
        yield AgentSkillsSet(at=NINE, agent=agent, skills=skills, since=NINE)
    yield ContactRecorded(at=NINE, contact=Contact(id="marta", name="Marta Kowal", city="Lviv"))
    yield AgentConnected(at=at("0:10"), agent="noor", since=at("0:10"))
    yield AgentConnected(at=at("0:20"), agent="olha", since=at("0:20"))
    yield from oven()
    yield from text()
    yield from queue_of_three()
    yield from case()


def started(clock: str, conversation: str, workstream: str, channel: Channel, queue: str, **fields: Any) -> Fact:
    """A conversation that is routed by a workstream."""
    return of_life.ConversationStarted(
        at=at(clock), conversation=conversation, workstream=workstream, channel=channel, queue=queue, **fields
    )


def pressed(clock: str, kind: Any, agent: str, offer: str, **fields: Any) -> Any:
    """What an agent, or their screen, does with an offer."""
    return kind(at=at(clock), agent=agent, offer=offer, **fields)


def wrote(clock: str, conversation: str, number: int, author: Author, text: str) -> Fact:
    """Somebody writes."""
    message = Message(id=f"{conversation}-{number}", at=at(clock), author=author, text=text)
    return of_life.MessageSent(at=at(clock), conversation=conversation, message=message)


def oven() -> Iterator[Fact]:
    """A chat that Noor misses and Olha takes; its customer goes and comes back in time."""
    marta = RecordRef(RecordKind.CONTACT, "marta")
    skills = (Skill("Dutch"),)
    yield started("1:00", "oven", "chats", Channel.LIVE_CHAT, "ovens", customer=marta, skills=skills)
    yield pressed("1:01", at_desk.NotificationDisplayed, "noor", "oven/1")
    yield pressed("2:01", at_desk.NotificationDisplayed, "olha", "oven/2")
    yield pressed("2:10", at_desk.AcceptPressed, "olha", "oven/2")
    yield wrote("2:30", "oven", 1, Author.CUSTOMER, "My oven does not heat.")
    yield of_routing.CustomerDisconnected(at=at("3:00"), conversation="oven", since=at("3:00"))
    yield PresenceReset(at=at("3:10"), agent="noor", alert=AlertKind.MISSED, alert_at=at("2:00"), offer="oven/1")
    yield of_routing.CustomerReturned(at=at("4:00"), conversation="oven", since=at("4:00"))


def text() -> Iterator[Fact]:
    """A text that Noor puts aside with X; when its customer writes again it goes back to her."""
    yield started("5:00", "text", "texts", Channel.SMS, "orders")
    yield pressed("5:01", at_desk.NotificationDisplayed, "noor", "text/1")
    yield pressed("5:05", at_desk.AcceptPressed, "noor", "text/1")
    yield wrote("5:20", "text", 1, Author.CUSTOMER, "Where is my parcel?")
    yield wrote("6:00", "text", 2, Author.AGENT, "I ask the carrier.")
    yield pressed("6:10", at_desk.ClosePressed, "noor", "text/1", session=1)


def queue_of_three() -> Iterator[Fact]:
    """A call fills Noor's desk. A chat waits, with a later one of higher priority, until Olha has ended hers."""
    yield started("7:00", "call", "calls", Channel.VOICE, "ovens")
    yield pressed("7:02", at_desk.NotificationDisplayed, "noor", "call/1")
    yield pressed("7:05", at_desk.AcceptPressed, "noor", "call/1")
    yield started("8:00", "refund", "chats", Channel.LIVE_CHAT, "ovens")
    yield pressed("8:02", at_desk.NotificationDisplayed, "olha", "refund/1")
    yield pressed("8:04", at_desk.RejectPressed, "olha", "refund/1")
    yield started("8:30", "urgent", "chats", Channel.LIVE_CHAT, "ovens", priority=9)
    yield wrote("8:40", "text", 3, Author.CUSTOMER, "Any news?")
    yield pressed("8:42", at_desk.NotificationDisplayed, "noor", "text/2")
    yield PresenceReset(at=at("9:00"), agent="olha", alert=AlertKind.REJECTED, alert_at=at("8:04"), offer="refund/1")
    yield pressed("9:01", at_desk.NotificationDisplayed, "olha", "urgent/1")
    yield pressed("9:05", at_desk.AcceptPressed, "olha", "urgent/1")
    yield pressed("9:20", at_desk.EndPressed, "olha", "oven/2")
    yield pressed("9:30", at_desk.ClosePressed, "olha", "oven/2", session=1)
    yield pressed("9:31", at_desk.NotificationDisplayed, "olha", "refund/2")
    yield pressed("9:35", at_desk.AcceptPressed, "olha", "refund/2")


def case() -> Iterator[Fact]:
    """A case waits for the next run; a supervisor gives Pim more than he has room for; a transfer is refused."""
    yield started("10:30", "case", "cases", Channel.RECORD, "orders", case_id="case-7")
    yield AgentConnected(at=at("11:00"), agent="pim", since=at("11:00"))
    yield pressed("11:01", at_desk.NotificationDisplayed, "pim", "text/3")
    yield pressed("11:05", at_desk.AcceptPressed, "pim", "text/3")
    yield started("12:00", "late", "calls", Channel.VOICE, "ovens")
    sam, olha = Actor(Party.SUPERVISOR, "sam"), Actor(Party.AGENT, "olha")
    yield of_routing.SupervisorAssigned(
        at=at("13:00"), conversation="late", agent="pim", attempt=1, by=sam, override=True
    )
    yield pressed("13:10", at_desk.AcceptPressed, "pim", "late/1")
    yield of_routing.TransferRequested(at=at("14:00"), conversation="refund", agent="noor", attempt=3, by=olha)
    yield of_life.ConversationClosed(at=at("14:30"), conversation="urgent", by=Party.SUPERVISOR)
    yield pressed("15:30", at_desk.AcceptPressed, "olha", "case/1")


def main() -> None:
    """Writes the log."""
    SAMPLE.write_text("".join(write_fact(fact) + "\n" for fact in facts()), "utf-8")


if __name__ == "__main__":
    main()
