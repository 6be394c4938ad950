"""Builders for the tests of presence, notifications and desks, and a story that holds the laws at every step."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import attrs

from customer_summary import (
    AcceptPressed,
    Actor,
    AgentConnected,
    AgentDesk,
    Answer,
    Applied,
    BaseStatus,
    Capacity,
    Channel,
    Demand,
    DeskSettings,
    Look,
    NotificationPolicy,
    NotificationTemplate,
    Offer,
    Offered,
    OfferRefused,
    Outcome,
    Party,
    PresenceMachine,
    PresenceSettings,
    RefusalReason,
    Refused,
    Send,
    Tick,
    Unchanged,
    WorkItem,
    Workload,
    from_json,
    to_json,
)

K = TypeVar("K")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MICRO = 1e-6
NOTHING_YET = Unchanged("nothing yet")
EVERYBODY = tuple(BaseStatus)
SUPERVISOR = Actor(Party.SUPERVISOR, "sam")
BOTH_ALERTS = PresenceSettings(missed_alerts=True, rejected_alerts=True)
ALERTING = DeskSettings(presence=BOTH_ALERTS, capacity=Capacity(units=100))
INSTANTS = ("since", "chosen_at", "queued_at", "active_at", "raised_at", "counted_at", "started_at")


def at(seconds: float = 0) -> datetime:
    """The instant so many seconds after the start, to the microsecond."""
    return START + timedelta(seconds=seconds)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def template(**given: Any) -> NotificationTemplate:
    """An alert for a chat with 90 seconds to answer, and a Reject button."""
    fields: dict[str, Any] = {"name": "t", "scenario": "incoming_chat", "timeout": seconds(90), "reject": True}
    return NotificationTemplate(**fields | given)


def toast(**given: Any) -> NotificationTemplate:
    """A toast: its item is assigned as it comes."""
    return template(**{"look": Look.TOAST, "answer": Answer.OPEN, "reject": False} | given)


def item(conversation: str = "c", **given: Any) -> WorkItem:
    """A live chat of five units."""
    fields: dict[str, Any] = {"channel": Channel.LIVE_CHAT, "demand": Demand(units=5)}
    return WorkItem(conversation=conversation, **fields | given)


def offer(name: str = "o", sent: float = 0, shape: NotificationTemplate | None = None, **given: Any) -> Offer:
    """An offer of a chat. `override` and `fields` are the offer's, anything else the item's."""
    own = {one: given.pop(one) for one in ("override", "fields") if one in given}
    return Offer(id=name, item=item(f"of {name}", **given), template=shape or template(), sent_at=at(sent), **own)


def happened(kind: Any, when: float, **given: Any) -> Any:
    """An event at the desk of Noor; what it needs to say and does not is offer *o*, and the instant itself."""
    names = {one.name for one in attrs.fields(kind)}
    known: dict[str, Any] = {"agent": "noor", "offer": "o", "extends": at(when), "until": at(10_000)}
    known |= dict.fromkeys(INSTANTS, at(when))
    return kind(at=at(when), **{name: value for name, value in known.items() if name in names} | given)


@attrs.define
class Story:
    """What happens to one state, event by event. Every step holds the laws of a machine."""

    machine: Any
    state: Any
    outcome: Outcome = NOTHING_YET
    effects: tuple[Any, ...] = ()

    def on(self, kind: type[Any], when: float, **given: Any) -> "Story":
        """Adds what happened then."""
        return self.tell(happened(kind, when, **given))

    def tick(self, when: float) -> "Story":
        return self.tell(Tick(at=at(when)))

    def offered(
        self, name: str = "o", when: float = 0, shape: NotificationTemplate | None = None, **given: Any
    ) -> "Story":
        return self.on(Offered, when, offer=offer(name, when, shape, **given))

    def working(self, count: int, when: float = 1, **given: Any) -> "Story":
        """Adds so many open sessions."""
        for number in range(count):
            self.offered(f"w{number}", when, **given)
            self.on(AcceptPressed, when, offer=f"w{number}").applied()
        return self

    def tell(self, event: Any) -> "Story":
        before = self.state
        self.state, self.outcome, self.effects = self.machine.step(before, event)
        self._settles_alike(before, event)
        self._is_done_once(event)
        due = self.machine.deadline(self.state)
        assert due is None or due > self.state.at
        assert from_json(type(self.state), to_json(self.state)) == self.state
        return self

    def _settles_alike(self, before: Any, event: Any) -> None:
        """With every due tick first, or with none, everything is the same."""
        state, effects = before, tuple[Any, ...]()
        while (due := self.machine.deadline(state)) is not None and due <= event.at:
            state, _, more = self.machine.step(state, Tick(at=due))
            effects += more
        state, outcome, more = self.machine.step(state, event)
        assert (state, outcome, effects + more) == (self.state, self.outcome, self.effects)
        assert self.machine.step(self.state, Tick(at=START - seconds(1)))[0] is self.state

    def _is_done_once(self, event: Any) -> None:
        again, outcome, effects = self.machine.step(self.state, event)
        assert not isinstance(outcome, Applied)
        assert again is self.state
        assert isinstance(self.outcome, Applied) is False or effects == ()
        for later in (1, 3600, 100_000) if isinstance(self.outcome, Applied) else ():
            when = max(self.state.at, event.at) + seconds(later)
            _, outcome, _ = self.machine.step(self.state, attrs.evolve(event, at=when))
            assert not isinstance(outcome, Applied)
        ids = [one.id for one in self.effects]
        assert len(set(ids)) == len(ids)

    def applied(self) -> "Story":
        assert self.outcome == Applied()
        return self

    def refused(self, reason: str) -> "Story":
        assert isinstance(self.outcome, Refused), self.outcome
        assert self.outcome.reason == reason
        return self

    def unchanged(self) -> "Story":
        assert isinstance(self.outcome, Unchanged), self.outcome
        return self

    def effects_of(self, kind: type[K]) -> list[K]:
        return [one for one in self.effects if isinstance(one, kind)]

    @property
    def messages(self) -> list[str]:
        """The kinds of what the conversations were told, in order."""
        return [type(one.message).__name__ for one in self.effects_of(Send)]

    @property
    def shows(self) -> str:
        """The presence that shows."""
        presence = getattr(self.state, "presence", self.state)
        text: str = presence.status.text
        return text


def desk(settings: DeskSettings = ALERTING, *, signed_in: bool = True) -> Story:
    """The desk of Noor, who signed in at the start."""
    machine = AgentDesk(settings)
    story = Story(machine, machine.start("noor", START))
    return story.on(AgentConnected, 0) if signed_in else story


def presence(settings: PresenceSettings = BOTH_ALERTS, load: int = 0, *, signed_in: bool = True) -> Story:
    """The presence of Noor, who has a total of 15 units and uses so many."""
    machine = PresenceMachine(settings)
    story = Story(machine, machine.start("noor", START, workload(load)))
    return story.on(AgentConnected, 0) if signed_in else story


def workload(units: int, total: int = 15) -> Workload:
    return Workload(limits=Capacity(units=total), units=units)


def notification(shape: NotificationTemplate | None = None) -> Story:
    """One offer on the screen of Noor, sent and come at the start."""
    machine = NotificationPolicy()
    return Story(machine, machine.start(offer(shape=shape), "noor", START))


def refusals(story: Story) -> list[RefusalReason]:
    """Why the desk refused offers in the last step."""
    return [one.message.reason for one in story.effects_of(Send) if isinstance(one.message, OfferRefused)]
