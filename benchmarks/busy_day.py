"""A busy day of a contact centre, from a seed: people who answer, miss, reject, transfer, write, leave and come back.

The centre says what happens; the people here only react to what it asks of them. The same seed gives the same day on
every machine: its digest says so.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from heapq import heappop, heappush
from itertools import count
from random import Random
from time import perf_counter
from typing import Any

from customer_summary.domain import conversation_events as of_life
from customer_summary.domain import desk_events as at_desk
from customer_summary.domain import routing_events as of_routing
from customer_summary.domain.actor import Party
from customer_summary.domain.capacity import Capacity, Demand
from customer_summary.domain.channel import Channel
from customer_summary.domain.context import ContextVariable
from customer_summary.domain.conversation import Skill
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_effects import OpenSession, ShowNotification
from customer_summary.domain.desk_settings import DeskSettings, NotificationSettings, PresenceSettings
from customer_summary.domain.facts import AgentSkillsSet
from customer_summary.domain.message import Author, Message
from customer_summary.domain.notification import NotificationTemplate
from customer_summary.domain.presence_events import AgentConnected, AgentDisconnected, PresenceReset
from customer_summary.domain.sentiment_events import QueuesAssigned
from customer_summary.domain.work import WrapUp, WrapUpMode
from customer_summary.domain.workstream import SkillMatching, Workstream
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.hosts.happened import Happened
from customer_summary.testing.centre_invariants import check_centre

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
QUEUES = tuple(f"queue {number}" for number in range(10))
SKILLS = ("Dutch", "French", "Ukrainian", "ovens", "refunds")
_CHANNELS = (("chat", Channel.LIVE_CHAT), ("sms", Channel.SMS), ("voice", Channel.VOICE), ("case", Channel.RECORD))


def settings() -> DeskSettings:
    """The settings of the day: four workstreams, both alerts, 15 units for each agent."""
    chat = NotificationTemplate(name="chat", scenario="incoming_chat", timeout=timedelta(seconds=60), reject=True)
    short = WrapUp(mode=WrapUpMode.TIMED, limit=timedelta(seconds=60))
    streams = tuple(
        Workstream(
            name=name,
            channel=channel,
            demand=Demand(units=10 if channel is Channel.VOICE else 3),
            wrap_up=short,
            skill_matching=SkillMatching.CLOSEST if channel is Channel.SMS else SkillMatching.EXACT,
            keep_same_agent=channel is Channel.SMS,
        )
        for name, channel in _CHANNELS
    )
    return DeskSettings(
        presence=PresenceSettings(missed_alerts=True, rejected_alerts=True),
        notifications=NotificationSettings(templates=(chat,)),
        capacity=Capacity(units=15),
        workstreams=streams,
    )


class BusyDay:
    """So many agents and conversations; `run` plays the day to its end, event by event."""

    def __init__(self, agents: int = 500, conversations: int = 20_000, seed: int = 1, hours: float = 8) -> None:
        self.chance = Random(seed)  # noqa: S311  # the same day each time
        self.centre = ContactCentre(settings())
        self.agents = [f"agent-{number}" for number in range(agents)]
        self._plans: list[tuple[datetime, int, Any]] = []
        self._numbers = count()
        self._hash = sha256()
        self.sent = self.steps = 0
        for number, agent in enumerate(self.agents):
            at = MORNING + timedelta(milliseconds=number)
            own: dict[str, Any] = {"at": at, "agent": agent}
            self._plan(QueuesAssigned(**own, queues=(QUEUES[number % 10], QUEUES[number * 7 % 10]), assigned_at=at))
            self._plan(AgentSkillsSet(**own, skills=(SKILLS[number % 5], SKILLS[number * 3 % 5]), since=at))
            self._plan(AgentConnected(**own, since=at))
        span = hours * 3600 / max(1, conversations)
        for number in range(conversations):
            self._begin(number, MORNING + timedelta(seconds=60 + number * span))

    @property
    def is_loading(self) -> bool:
        """Whether the agents are still being made known."""
        return self.sent < 3 * len(self.agents)

    @property
    def digest(self) -> str:
        """What happened so far, as a number: the same on every machine."""
        return self._hash.hexdigest()[:16]

    def run(self) -> Iterator[list[Happened]]:
        """Plays the day; gives what happened after each event."""
        while self._plans:
            _, _, event = heappop(self._plans)
            if callable(event):
                event = event()
                if event is None:
                    continue
            self.sent += 1
            happened = self.centre.send(event)
            self.steps += len(happened)
            for one in happened:
                self._note(one)
            yield happened

    def close(self) -> list[Happened]:
        """Lets three months pass: what nobody ends closes by itself."""
        happened = self.centre.advance(MORNING + timedelta(days=90))
        for one in happened:
            self._hash_step(one)
        return happened

    def _plan(self, event: Any, at: datetime | None = None) -> None:
        heappush(self._plans, (at or event.at, next(self._numbers), event))

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _soon(self, at: datetime, least: float, most: float) -> datetime:
        """An instant some time later, in whole milliseconds."""
        return at + timedelta(milliseconds=int(1000 * (least + (most - least) * self.chance.random())))

    def _begin(self, number: int, at: datetime) -> None:
        draw = self.chance.random()
        name, channel = _CHANNELS[0 if draw < 0.6 else 1 if draw < 0.8 else 2 if draw < 0.95 else 3]
        skills = (Skill(SKILLS[int(self.chance.random() * 5)]),) if self._happens(0.3) else ()
        self._plan(
            of_life.ConversationStarted(
                at=at,
                conversation=f"{name}-{number}",
                channel=channel,
                workstream=name,
                queue=QUEUES[int(self.chance.random() * 10)],
                priority=int(self._happens(0.1)),
                skills=skills,
                context=tuple(ContextVariable(one, f"{one} {number}") for one in ("page", "cart", "level", "order")),
            )
        )
        if channel is Channel.LIVE_CHAT and self._happens(0.05):
            leaves = self._soon(at, 5, 120)
            self._plan(of_routing.CustomerDisconnected(at=leaves, conversation=f"{name}-{number}", since=leaves))
            if self._happens(0.5):
                back = self._soon(leaves, 10, 240)
                self._plan(of_routing.CustomerReturned(at=back, conversation=f"{name}-{number}", since=back))

    def _hash_step(self, one: Happened) -> None:
        key = one.state.agent if isinstance(one.state, Desk) else one.state.id
        kind = "due" if one.event is None else type(one.event).__name__
        self._hash.update(f"{one.at.timestamp()} {kind} {key} {one.state.transitions} {one.outcome}\n".encode())

    def _note(self, one: Happened) -> None:
        """Lets the people react to what they are shown."""
        self._hash_step(one)
        for effect in one.effects:
            if isinstance(effect, ShowNotification):
                self._shown(effect.agent, effect.offer.id, one.at)
            elif isinstance(effect, OpenSession):
                self._opened(effect.agent, effect.offer, effect.conversation, effect.session, one.at)
        if isinstance(one.state, Desk) and one.before is not None and one.state.presence.alerts:
            self._answer_alert(one.state, one.at)

    def _shown(self, agent: str, offer: str, at: datetime) -> None:
        about = {"agent": agent, "offer": offer}
        if self._happens(0.02):
            return  # the screen never shows it
        seen = self._soon(at, 0.2, 2)
        self._plan(at_desk.NotificationDisplayed(at=seen, **about))
        draw = self.chance.random()
        if draw < 0.88:
            self._plan(at_desk.AcceptPressed(at=self._soon(seen, 1, 30), **about))
        elif draw < 0.94:
            self._plan(at_desk.RejectPressed(at=self._soon(seen, 1, 20), **about))
        elif draw < 0.96:
            gone = self._soon(seen, 1, 10)
            self._plan(AgentDisconnected(at=gone, agent=agent, since=gone))
            back = self._soon(gone, 30, 400)
            self._plan(AgentConnected(at=back, agent=agent, since=back))

    def _opened(self, agent: str, offer: str, conversation: str, session: int, at: datetime) -> None:
        about = {"agent": agent, "offer": offer}
        end = self._soon(at, 60, 900)
        for number in range(3):
            when = self._soon(at, 1, 60) + timedelta(seconds=20 * number)
            author = Author.AGENT if number == 1 else Author.CUSTOMER
            message = Message(id=f"{offer}/{session}/{number}", at=when, author=author, text="hello")
            self._plan(of_life.MessageSent(at=when, conversation=conversation, message=message))
        draw = self.chance.random()
        if draw < 0.08:
            self._plan(lambda: self._transfer(conversation, agent, end), end)
        elif draw < 0.15:
            self._plan(at_desk.ClosePressed(at=end, session=session, **about))
        elif draw < 0.2:
            self._plan(of_life.ConversationEnded(at=end, conversation=conversation, by=Party.CUSTOMER))
        else:
            self._plan(at_desk.EndPressed(at=end, **about))
        self._plan(at_desk.ClosePressed(at=self._soon(end, 5, 90), session=session, **about))

    def _transfer(self, conversation: str, agent: str, at: datetime) -> Any:
        state = self.centre.conversations[conversation]
        other = self.agents[int(self.chance.random() * len(self.agents))]
        if state.agent != agent or other == agent:
            return None
        return of_routing.TransferRequested(
            at=at, conversation=conversation, agent=other, attempt=state.routing.attempts + 1
        )

    def _answer_alert(self, desk: Desk, at: datetime) -> None:
        alert = desk.presence.alerts[0]
        when = self._soon(at, 5, 120)
        self._plan(PresenceReset(at=when, agent=desk.agent, alert=alert.kind, alert_at=alert.at, offer=alert.offer))


def main() -> None:
    """Plays the day of 500 agents and 20 000 conversations, checks it on the way and at its end, and prints it."""
    day, begun = BusyDay(), perf_counter()
    for number, _ in enumerate(day.run()):
        if number % 25_000 == 0:
            check_centre(day.centre)
    print(f"{day.sent} events, {day.steps} steps in {perf_counter() - begun:.0f} s, digest {day.digest}")
    for _ in range(2):
        check_centre(day.centre)
        print(dict(sorted(Counter(one.status.value for one in day.centre.conversations.values()).items())))
        day.close()


if __name__ == "__main__":
    main()
