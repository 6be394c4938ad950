"""Every state that a desk with two offers can come to, over a small alphabet: the tables are exact, invariants hold."""

import os
import sys
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any, get_args

import attrs
import pytest

from customer_summary import (
    AcceptPressed,
    Actor,
    AgentActive,
    AgentConnected,
    AgentDesk,
    AgentDisconnected,
    AlertKind,
    AlertRaised,
    Answer,
    Applied,
    BaseStatus,
    BodyClicked,
    Capacity,
    Channel,
    ClosePressed,
    Demand,
    Desk,
    DeskSettings,
    EndPressed,
    ItemOpened,
    Look,
    MediaFailed,
    MediaReady,
    NextPresenceQueued,
    Notification,
    NotificationDisplayed,
    NotificationPolicy,
    NotificationTemplate,
    Offer,
    Offered,
    OfferWithdrawn,
    Party,
    Presence,
    PresenceChosen,
    PresenceMachine,
    PresenceReset,
    PresenceSettings,
    Refused,
    RejectPressed,
    Tick,
    WorkItem,
    Workload,
    WorkloadChanged,
    WrapUp,
    WrapUpExtended,
    WrapUpMode,
    WrapUpRequested,
    WrapUpStarted,
)
from customer_summary.domain.desk_events import OfferEvent
from customer_summary.rules import desk_table as desk_rules
from customer_summary.rules import offers as offer_rules
from customer_summary.rules import presence as presence_rules
from customer_summary.rules.machine import Effects
from customer_summary.testing.invariants import check_desk

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
MOST = 400_000 if THOROUGH else 4000
AGENT = "noor"


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def without_counters(value: Any) -> Any:
    """A state as it compares here: what was counted left out."""
    if isinstance(value, Desk | Presence | Notification):
        names = (field.name for field in attrs.fields(type(value)) if field.name != "transitions")
        return tuple(without_counters(getattr(value, name)) for name in names)
    return tuple(map(without_counters, value)) if isinstance(value, tuple) else value


def explore(machine: Any, start: Any, alphabet: Any, most: int = MOST) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Every step from every state that can be reached, as (state, event, state after, outcome), up to a bound."""
    seen = {without_counters(start)}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        for event in alphabet(state):
            after, outcome, _ = machine.step(state, event)
            yield state, event, after, outcome
            if after is state:
                continue
            key = without_counters(after)
            if key not in seen and len(seen) < most:
                seen.add(key)
                waiting.append(after)


def template(name: str, **fields: Any) -> NotificationTemplate:
    return NotificationTemplate(name=name, scenario="incoming_chat", timeout=timedelta(seconds=90), **fields)


TEMPLATES = {
    "decide": template("decide", reject=True, reject_reasons=("busy",)),
    "two phases": template("two phases", setup_limit=timedelta(seconds=60), reject=True),
    "assign later": template("assign later", auto_assign=True),
    "accept at once": template("accept at once", auto_assign=True, auto_accept=True, instant=True),
    "accept later in two phases": template(
        "later", auto_assign=True, auto_accept=True, setup_limit=timedelta(seconds=600)
    ),
    "toast": template("toast", look=Look.TOAST, answer=Answer.OPEN),
}
WRAP_UPS = {
    "decide": WrapUp(mode=WrapUpMode.TIMED, limit=timedelta(seconds=60), extension=timedelta(seconds=30), extensions=1),
    "two phases": WrapUp(mode=WrapUpMode.ON_REQUEST, limit=timedelta(seconds=60)),
    "toast": WrapUp(mode=WrapUpMode.FORCED, limit=timedelta(seconds=60)),
}


def offer(kind: str, number: int, channel: Channel = Channel.LIVE_CHAT) -> Offer:
    return Offer(
        id=f"c-{number}/1",
        item=WorkItem(
            conversation=f"c-{number}",
            channel=channel,
            demand=Demand(units=1),
            allowed=(BaseStatus.AVAILABLE, BaseStatus.BUSY),
            wrap_up=WRAP_UPS.get(kind, WrapUp()),
        ),
        template=TEMPLATES[kind],
        sent_at=START,
    )


def notification_events(one: Offer, when: datetime) -> Iterator[Any]:
    about: dict[str, Any] = {"at": when, "agent": AGENT, "offer": one.id}
    yield NotificationDisplayed(**about)
    yield BodyClicked(**about)
    yield AcceptPressed(**about)
    yield RejectPressed(**about)
    yield RejectPressed(**about, reason="nonsense")
    yield MediaReady(**about)
    yield MediaFailed(**about)
    yield OfferWithdrawn(**about, until=one.ends_at)


def offer_events(one: Offer, when: datetime, desk: Desk) -> Iterator[Any]:
    yield Offered(at=when, agent=AGENT, offer=one)
    yield from notification_events(one, when)
    about: dict[str, Any] = {"at": when, "agent": AGENT, "offer": one.id}
    held = desk.item(one.id)
    for session in (1, 2):
        yield ItemOpened(**about, session=session)
        yield ClosePressed(**about, session=session)
    yield EndPressed(**about)
    yield WrapUpStarted(**about, started_at=when)
    yield WrapUpRequested(**about)
    yield WrapUpExtended(**about, extends=when if held is None or held.until is None else held.until)


def desk_events(offers: tuple[Offer, ...], instants: tuple[float, ...]) -> Any:
    """What may happen at a desk with these offers, at these instants."""

    def events(desk: Desk) -> Iterator[Any]:
        for second in instants:
            when = at(second)
            for one in offers:
                yield from offer_events(one, when, desk)
            yield AgentDisconnected(at=when, agent=AGENT, since=when)
            yield AgentConnected(at=when, agent=AGENT, since=when)
            yield Tick(at=when)
        for alert in desk.presence.alerts:
            yield PresenceReset(
                at=at(instants[-1]), agent=AGENT, alert=alert.kind, alert_at=alert.at, offer=alert.offer
            )

    return events


SETTINGS = DeskSettings(
    presence=PresenceSettings(missed_alerts=True, rejected_alerts=True),
    capacity=Capacity(units=2),
    session_limit=1,
)
EXPLORATIONS: dict[str, tuple[DeskSettings, tuple[Offer, ...], tuple[float, ...]]] = {
    "two that decide": (SETTINGS, (offer("decide", 1), offer("decide", 2)), (0, 90, 570)),
    "a toast of a record and two phases": (
        SETTINGS,
        (offer("toast", 1, Channel.RECORD), offer("two phases", 2)),
        (0, 90, 570),
    ),
    "assigned later and accepted at once": (
        SETTINGS,
        (offer("assign later", 1), offer("accept at once", 2)),
        (0, 90, 570),
    ),
    "an absence long after the offer": (SETTINGS, (offer("toast", 1),), (0, 570, 721)),
    "set up for longer than the offer is remembered": (
        SETTINGS,
        (offer("accept later in two phases", 1), offer("toast", 2)),
        (0, 90, 570, 690),
    ),
}


OFFER_EVENTS = frozenset(get_args(OfferEvent))
Followed = dict[tuple[Any, type], set[Any]]
DESK_STEPS: Followed = {}
OFFER_STEPS: Followed = {}
DECIDED: set[tuple[Any, type]] = set()


def own_change(machine: Any, due: Any, event: Any, outcome: Any) -> Any:
    """The state that an event itself makes of a settled one, before what it made due is settled."""
    if not isinstance(outcome, Applied):
        return due
    return machine.apply(due, event, max(due.at, event.at), Effects(AGENT))


def check_row(table: Any, lapses: Any, seen: Followed, places: tuple[Any, Any], event: Any, *, changed: bool) -> None:
    """Checks one step against a table, and keeps that it was seen."""
    before, after = places
    DECIDED.add((before, type(event)))
    if isinstance(event, Tick):
        seen.setdefault((before, Tick), set()).add(after)
        assert after in lapses[before], places
        return
    row = table[before]
    if type(event) in row:
        seen.setdefault((before, type(event)), set()).add(after)
        assert after in row[type(event)], (places, event)
    else:
        assert not changed, (places, event)


def lapses(machine: Any, state: Any, until: datetime) -> Iterator[tuple[Any, Any]]:
    """Each deadline that is settled by an instant, one after the other: the states before and after."""
    while (due := machine.deadline(state)) is not None and due <= max(until, state.at):
        after = machine.lapse(state, max(due, state.at), Effects(AGENT))
        yield state, after
        state = after


def never_seen(table: Any, lapses: Any, seen: Followed) -> list[Any]:
    """Everything in a table that no exploration came to."""
    listed = [(place, kind, follow) for place, row in table.items() for kind, follow in row.items()]
    listed += [(place, Tick, follow) for place, follow in lapses.items()]
    return [(place, kind, one) for place, kind, follow in listed for one in follow - seen.get((place, kind), set())]


@pytest.mark.parametrize("name", EXPLORATIONS)
def test_every_reachable_state_of_two_offers_keeps_the_invariants(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, offers, instants = EXPLORATIONS[name]
    machine = AgentDesk(settings)
    begun, _, _ = machine.step(machine.start(AGENT, START), AgentConnected(at=START, agent=AGENT, since=START))
    settled: dict[tuple[int, datetime], Desk] = {}
    states, steps, last = set(), 0, begun
    for state, event, _, outcome in explore(machine, begun, desk_events(offers, instants)):
        steps += 1
        if state is not last:
            settled, last = {}, state
            states.add(without_counters(state))
            check_desk(settings, state)
        due = settled.get((0, event.at)) or settled.setdefault((0, event.at), machine.step(state, Tick(at=event.at))[0])
        lapsing = state
        if type(event) in OFFER_EVENTS:
            about = event.offer.id if isinstance(event, Offered) else event.offer
            lapsing = own_change(machine, due, event, outcome)
            places = desk_rules.place_of(due, about), desk_rules.place_of(lapsing, about)
            check_row(desk_rules.TABLE, desk_rules.LAPSES, DESK_STEPS, places, event, changed=lapsing is not due)
        if isinstance(event, Tick) or lapsing is not due:
            for before, lapsed in lapses(machine, lapsing, event.at):
                for one in offers:
                    places = desk_rules.place_of(before, one.id), desk_rules.place_of(lapsed, one.id)
                    check_row(desk_rules.TABLE, desk_rules.LAPSES, DESK_STEPS, places, Tick(at=event.at), changed=True)
    assert steps
    with capsys.disabled():
        bounded = " (the first of them)" if len(states) >= MOST - 1 else ""
        sys.stdout.write(f"\n{name}: {len(states)} states{bounded}, {steps} steps ")


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_reachable_state_of_one_offer_is_in_the_table(kind: str) -> None:
    machine, one = NotificationPolicy(), offer(kind, 1)
    begun = machine.start(one, AGENT, START)

    def events(_: Any) -> Iterator[Any]:
        for second in (0, 60, 89.999999, 90, 150, 569.999999, 570, 690):
            yield from notification_events(one, at(second))
            yield Tick(at=at(second))

    for state, event, _, outcome in explore(machine, begun, events):
        due, _, _ = machine.step(state, Tick(at=event.at))
        if not isinstance(event, Tick):
            then = own_change(machine, due, event, outcome)
            places = due.status, then.status
            check_row(offer_rules.TABLE, offer_rules.LAPSES, OFFER_STEPS, places, event, changed=then is not due)
        elif (first := machine.deadline(state)) is not None and first <= event.at:
            places = state.status, machine.lapse(state, max(first, state.at), Effects(AGENT)).status
            check_row(offer_rules.TABLE, offer_rules.LAPSES, OFFER_STEPS, places, event, changed=True)


def test_every_status_was_tried_with_every_event() -> None:
    notified = {kind for row in offer_rules.TABLE.values() for kind in row}
    for tried in (product(desk_rules.TABLE, OFFER_EVENTS), product(offer_rules.TABLE, notified)):
        assert set(tried) - DECIDED == set()


def test_the_tables_have_nothing_that_cannot_happen() -> None:
    assert never_seen(offer_rules.TABLE, offer_rules.LAPSES, OFFER_STEPS) == []
    found = never_seen(desk_rules.TABLE, desk_rules.LAPSES, DESK_STEPS)
    assert [(one.value, kind.__name__, after.value) for one, kind, after in found] == []


FULL = Workload(limits=Capacity(units=2), units=2)
PART = Workload(limits=Capacity(units=2), units=1)
NONE = Workload(limits=Capacity(units=2))


STEPS = 2_000_000 if THOROUGH else 100_000


def presence_events(state: Presence, when: datetime) -> list[Any]:
    """What may happen to a presence at an instant, the choices and alerts at the same one."""
    about: dict[str, Any] = {"at": when, "agent": AGENT}
    found: list[Any] = [
        AgentConnected(**about, since=when),
        AgentDisconnected(**about, since=when),
        AgentActive(**about, active_at=when),
        Tick(at=when),
        *(AlertRaised(**about, alert=kind, raised_at=when) for kind in AlertKind),
        *(WorkloadChanged(**about, workload=workload, counted_at=when) for workload in (NONE, PART)),
    ]
    for by in (Actor(Party.AGENT), Actor(Party.SUPERVISOR)):
        for text in ("Busy", "Appear away"):
            found.append(PresenceChosen(**about, presence=text, chosen_at=when, by=by))
            found.append(NextPresenceQueued(**about, presence=text, queued_at=when, by=by))
        found += [
            PresenceReset(**about, alert=one.kind, alert_at=one.at, offer=one.offer, by=by) for one in state.alerts
        ]
    return found


def presence_steps(settings: PresenceSettings, steps: int) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Walks through the presences that can be reached, each time from a sign-in to no more than thirty events later."""
    machine, chance = PresenceMachine(settings), Random(1)  # noqa: S311  # the same walk each time
    state = machine.start(AGENT, START, PART)
    for number in range(steps):
        if number % 30 == 0:
            state = machine.start(AGENT, START, chance.choice((NONE, PART)))
            state, _, _ = machine.step(state, AgentConnected(at=START, agent=AGENT, since=START))
        now = state.at if chance.random() < 0.9 else START  # a few come late
        event = chance.choice(presence_events(state, now + timedelta(seconds=chance.choice((0, 1, 50, 100, 151)))))
        after, outcome, _ = machine.step(state, event)
        yield state, event, after, outcome
        state = after


def test_every_reachable_presence_is_in_the_table_and_the_table_has_no_more() -> None:
    table, lapsed, seen = presence_rules.TABLE, presence_rules.LAPSES, Followed()
    for default in ("Available", "Appear away"):
        settings = PresenceSettings(
            missed_alerts=True, rejected_alerts=True, idle_after=timedelta(seconds=100), default=default
        )
        machine = PresenceMachine(settings)
        for state, event, _, outcome in presence_steps(settings, STEPS // 2):
            due, _, _ = machine.step(state, Tick(at=event.at))
            if not isinstance(event, Tick):
                then = own_change(machine, due, event, outcome)
                check_row(table, lapsed, seen, (due.ground, then.ground), event, changed=then is not due)
            for before, after in lapses(machine, state, event.at):
                check_row(table, lapsed, seen, (before.ground, after.ground), Tick(at=event.at), changed=True)
    assert never_seen(table, lapsed, seen) == []
    assert {(ground, kind) for ground, row in table.items() for kind in row} - DECIDED == set()
    every = {type(one) for one in presence_events(machine.start(AGENT, START), START)} - {Tick}
    assert set(product(table, every)) - DECIDED == set()  # a reset, besides, where an alert is open


def test_what_no_machine_decides_is_refused() -> None:
    machine = AgentDesk(SETTINGS)
    desk = machine.start(AGENT, START)
    same, outcome, effects = machine.step(desk, AcceptPressed(at=START, agent=AGENT, offer="nobody's"))
    assert (same, outcome, effects) == (desk, Refused("unknown_offer", "nothing"), ())
