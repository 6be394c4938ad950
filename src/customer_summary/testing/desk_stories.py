"""Stories of a desk: events that make sense where the desk stands, so that few of them come to nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from customer_summary.domain import desk_events as at_desk
from customer_summary.domain import presence_events as of_presence
from customer_summary.domain.actor import Actor, Party
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.rules.desk import AgentDesk
from customer_summary.testing.desk_paths import agent_events, desk_events, in_time, offer_events
from customer_summary.testing.desk_strategies import AGENT, START, desk_settings, offers

_MOMENT = timedelta(microseconds=1)
_KINDS = ("offer", "offer", *["follow"] * 6, "own", "agent", "any", "again")
_GAPS = tuple(timedelta(seconds=seconds) for seconds in (0, 0, 1, 30, 59, 90, 480))


def follow_ups(desk: Desk, at: datetime) -> Iterator[Any]:
    """Gives what can sensibly happen next at a desk, at an instant: for each offer, item and alert on it."""
    about: dict[str, Any] = {"at": at, "agent": desk.agent}
    for one in desk.notifications:
        offer = {**about, "offer": one.offer.id}
        yield at_desk.NotificationDisplayed(**offer)
        yield at_desk.BodyClicked(**offer)
        yield at_desk.AcceptPressed(**offer, window="left")
        yield at_desk.RejectPressed(**offer, reason="busy")
        yield at_desk.MediaReady(**offer)
        yield at_desk.MediaFailed(**offer)
        yield at_desk.OfferWithdrawn(**offer, until=one.offer.ends_at)
        yield at_desk.Offered(**about, offer=one.offer)
    for held in desk.items:
        offer = {**about, "offer": held.offer}
        yield at_desk.BodyClicked(**offer)
        yield at_desk.AcceptPressed(**offer)
        yield at_desk.ItemOpened(**offer, session=held.sessions + 1)
        yield at_desk.EndPressed(**offer)
        yield at_desk.ClosePressed(**offer, session=max(1, held.sessions))
        yield at_desk.WrapUpStarted(**offer, started_at=at)
        yield at_desk.WrapUpRequested(**offer)
        yield at_desk.WrapUpExtended(**offer, extends=held.until or at)
        yield at_desk.OfferWithdrawn(**offer, until=held.remembered)
    for alert in desk.presence.alerts:
        for by in (Actor(Party.AGENT), Actor(Party.SUPERVISOR, "sam")):
            yield of_presence.PresenceReset(**about, alert=alert.kind, alert_at=alert.at, offer=alert.offer, by=by)


def own_doings(desk: Desk, at: datetime) -> Iterator[Any]:
    """Gives what the agent can do whatever is on the desk."""
    about: dict[str, Any] = {"at": at, "agent": desk.agent}
    yield of_presence.PresenceChosen(**about, presence="Busy", chosen_at=at)
    yield of_presence.PresenceChosen(**about, presence="Do not disturb", chosen_at=at)
    yield of_presence.NextPresenceQueued(**about, presence="Appear away", queued_at=at)
    yield of_presence.AgentDisconnected(**about, since=at)
    yield of_presence.AgentConnected(**about, since=at)


@st.composite
def instants_after(draw: st.DrawFn, machine: AgentDesk, desk: Desk, now: datetime) -> datetime:
    """An instant a little later, or the desk's deadline, or a microsecond beside it."""
    due = machine.deadline(desk)
    later = now + draw(st.sampled_from(_GAPS))
    if due is None or due < now:
        return later
    return draw(st.sampled_from([later, later, due, due, due - _MOMENT, due + _MOMENT]))


@st.composite
def desk_stories(draw: st.DrawFn, most: int = 12) -> tuple[DeskSettings, list[Any]]:
    """Settings and the events of a desk under them: new offers, what follows from them, and now and then anything."""
    settings = draw(desk_settings())
    machine, now = AgentDesk(settings), START
    desk = machine.start(AGENT, START)
    events: list[Any] = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(_KINDS))
        now = draw(instants_after(machine, desk, now))
        event: Any
        if not events:
            event = of_presence.AgentConnected(at=START, agent=AGENT, since=START)
        elif kind == "offer":
            offer = draw(offers(f"c-{number}/1", st.sampled_from([now, now, now - timedelta(seconds=91)])))
            event = at_desk.Offered(at=now, agent=AGENT, offer=offer)
        elif kind == "follow":
            event = draw(st.sampled_from(list(follow_ups(desk, now)) or list(own_doings(desk, now))))
        elif kind == "again":
            event = draw(st.sampled_from(events))
        elif kind == "own":
            event = draw(st.sampled_from(list(own_doings(desk, now))))
        else:
            drawn = draw(agent_events() if kind == "agent" else st.one_of(offer_events(), desk_events()))
            event = in_time(drawn, now)
        events.append(event)
        desk, _, _ = machine.step(desk, event)
    return settings, events
