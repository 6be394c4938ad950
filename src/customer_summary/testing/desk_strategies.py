"""Hypothesis strategies for an agent's desk: settings, templates, offers, and states that a machine came to."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import strategies as st

from customer_summary.domain.actor import Actor, Party
from customer_summary.domain.capacity import (
    NO_DEMAND,
    Capacity,
    CapacityProfile,
    Demand,
    ProfileReset,
    ProfileUse,
    Workload,
)
from customer_summary.domain.channel import Channel
from customer_summary.domain.desk_settings import DeskSettings, NotificationSettings, PresenceSettings
from customer_summary.domain.notification import (
    Answer,
    DesktopMode,
    Look,
    NotificationTemplate,
    Offer,
    Override,
    Scenario,
)
from customer_summary.domain.presence import (
    AVAILABLE,
    BaseStatus,
    PresenceStatus,
)
from customer_summary.domain.work import DEFAULT_ALLOWED, WorkItem, WrapUp, WrapUpMode

Strategy: TypeAlias = st.SearchStrategy[Any]

AGENT = "noor"
OFFERS = ("c-1/1", "c-2/1", "c-1/2")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOMENTS = (0, 1, 89, 90, 91, 120, 149, 150, 151, 570, 600, 601)
"""Seconds after the start at which something happens: around every deadline, often at the same instant."""

LUNCH = PresenceStatus("Lunch", BaseStatus.AWAY, "lunch")
TRAINING = PresenceStatus("Training", BaseStatus.DO_NOT_DISTURB, "training", by_agent=False)


def moments() -> st.SearchStrategy[datetime]:
    """Instants of one working day, many of them equal, some a microsecond apart."""
    apart = st.sampled_from([timedelta(0), timedelta(0), timedelta(microseconds=-1), timedelta(microseconds=1)])
    return st.builds(lambda second, more: START + timedelta(seconds=second) + more, st.sampled_from(MOMENTS), apart)


def actors() -> st.SearchStrategy[Actor]:
    """The agent, or a supervisor."""
    return st.sampled_from([Actor(Party.AGENT), Actor(Party.SUPERVISOR, "sam")])


def wrap_ups() -> st.SearchStrategy[WrapUp]:
    """Every mode, with and without extensions."""
    with_limit = st.sampled_from([WrapUpMode.TIMED, WrapUpMode.FORCED, WrapUpMode.ON_REQUEST])
    limit = st.sampled_from([timedelta(seconds=30), timedelta(seconds=90)])
    return (
        st.builds(WrapUp, mode=st.sampled_from([WrapUpMode.MANDATORY, WrapUpMode.OPTIONAL]))
        | st.builds(WrapUp, mode=with_limit, limit=limit)
        | st.builds(WrapUp, mode=with_limit, limit=limit, extension=limit, extensions=st.integers(1, 2))
    )


def templates() -> st.SearchStrategy[NotificationTemplate]:
    """Templates of every look, answer and automatism, most with a time-out of 90 seconds."""
    timeout = st.sampled_from([timedelta(seconds=90), timedelta(seconds=90), timedelta(hours=1)])
    desktop = st.sampled_from([DesktopMode.NEVER, DesktopMode.BACKGROUND])
    common: dict[str, Strategy] = {
        "name": st.sampled_from(["one", "two"]),
        "timeout": timeout,
        "desktop": desktop,
        "show_timeout": st.booleans(),
    }
    limit = st.none() | st.just(timedelta(seconds=30))
    deciding = st.builds(
        NotificationTemplate,
        scenario=st.just(Scenario.INCOMING_CHAT.value),
        reject=st.booleans(),
        reject_reasons=st.just(("busy",)),
        reason_required=st.booleans(),
        setup_limit=limit,
        **common,
    )
    automatic: dict[str, Strategy] = {
        "scenario": st.just(Scenario.INCOMING_VOICE.value),
        "auto_assign": st.just(value=True),
        "instant": st.booleans(),
        **common,
    }
    assigned = st.builds(NotificationTemplate, **automatic)
    accepted = st.builds(NotificationTemplate, auto_accept=st.just(value=True), setup_limit=limit, **automatic)
    informing = st.builds(
        NotificationTemplate,
        scenario=st.sampled_from([Scenario.CASE_ASSIGNMENT.value, Scenario.TRANSFER.value]),
        look=st.just(Look.TOAST),
        answer=st.sampled_from([Answer.OPEN, Answer.NONE]),
        **common,
    )
    return deciding | assigned | accepted | informing


def demands() -> st.SearchStrategy[Demand]:
    """Nothing, some units, or one of each profile."""
    profiles = st.lists(st.sampled_from(["chats", "calls"]), max_size=2, unique=True).map(tuple)
    return st.just(NO_DEMAND) | st.builds(Demand, units=st.integers(0, 3), profiles=profiles)


def capacities() -> st.SearchStrategy[Capacity]:
    """No limit, units, profiles, or both."""
    profile = st.builds(
        CapacityProfile,
        name=st.sampled_from(["chats", "calls"]),
        limit=st.integers(0, 2),
        blocking=st.booleans(),
        reset=st.sampled_from(ProfileReset),
    )
    profiles = st.lists(profile, max_size=2, unique_by=lambda one: one.name).map(tuple)
    return st.builds(Capacity, units=st.none() | st.integers(0, 6), profiles=profiles)


def workloads() -> st.SearchStrategy[Workload]:
    """What is in use of any capacity."""
    use = st.builds(ProfileUse, st.sampled_from(["calls", "chats"]), st.integers(1, 3))
    profiles = st.lists(use, max_size=2, unique_by=lambda one: one.name).map(tuple)
    return st.builds(Workload, limits=capacities(), units=st.integers(0, 6), profiles=profiles)


def work_items(conversation: str = "c-1") -> st.SearchStrategy[WorkItem]:
    """Items of every kind of channel."""
    return st.builds(
        WorkItem,
        conversation=st.just(conversation),
        channel=st.sampled_from([Channel.LIVE_CHAT, Channel.SMS, Channel.VOICE, Channel.RECORD]),
        demand=demands(),
        allowed=st.sampled_from([DEFAULT_ALLOWED, tuple(BaseStatus), tuple(BaseStatus)]),
        wrap_up=wrap_ups(),
    )


def offers(name: str = OFFERS[0], sent_at: st.SearchStrategy[datetime] | None = None) -> st.SearchStrategy[Offer]:
    """Offers under one id."""
    return st.builds(
        Offer,
        id=st.just(name),
        item=work_items(name.partition("/")[0]),
        template=templates(),
        sent_at=moments() if sent_at is None else sent_at,
        override=st.sampled_from([None, None, *Override]),
    )


def presence_settings() -> st.SearchStrategy[PresenceSettings]:
    """Every switch, with two custom presences."""
    return st.builds(
        PresenceSettings,
        custom=st.sampled_from([(), (LUNCH, TRAINING)]),
        default=st.sampled_from([AVAILABLE.text, "Appear away", "Busy"]),
        missed_alerts=st.booleans(),
        rejected_alerts=st.booleans(),
        idle_after=st.none() | st.just(timedelta(seconds=120)),
    )


def notification_settings() -> st.SearchStrategy[NotificationSettings]:
    """A few templates."""
    listed = st.lists(templates(), max_size=2, unique_by=lambda one: one.name).map(tuple)
    return st.builds(NotificationSettings, templates=listed)


def desk_settings() -> st.SearchStrategy[DeskSettings]:
    """Settings with a small session limit, so that it is reached."""
    return st.builds(
        DeskSettings,
        presence=presence_settings(),
        session_limit=st.integers(1, 2),
        capacity=capacities(),
        zone=st.sampled_from(["UTC", "Europe/Kyiv"]),
    )
