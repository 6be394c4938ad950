"""The laws of every machine, over generated settings, states and events: time, repeats, storage, replay, totality."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    AgentDesk,
    Conversation,
    ConversationLifeCycle,
    DeskSettings,
    NotificationPolicy,
    Offer,
    PresenceMachine,
    PresenceSettings,
    Tick,
)
from customer_summary.testing.conversation_paths import conversation_stories, is_named
from customer_summary.testing.desk_paths import (
    NOTIFICATION_EVENTS,
    desk_events,
    offer_events,
    paths,
    presence_events,
)
from customer_summary.testing.desk_stories import desk_stories
from customer_summary.testing.desk_strategies import (
    AGENT,
    OFFERS,
    START,
    desk_settings,
    moments,
    offers,
    presence_settings,
)
from customer_summary.testing.laws import check_machine, check_replay

PATH = 12


def told(events: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Paths that tell a story, and paths in which anything comes at any time."""
    return paths(events, PATH) | paths(events, PATH) | st.lists(events, max_size=PATH)


PRESENCE_PATHS, DESK_PATHS = told(presence_events()), told(desk_events())
OFFER_PATHS = told(offer_events(OFFERS[:1]))


def walk(
    machine: Any, state: Any, events: list[Any], other: datetime, named: Callable[[Any], bool] = lambda _: True
) -> None:
    """Checks every law at every step of a path."""
    start = state
    for event in events:
        state = check_machine(machine, state, event, other)
    assert check_replay(machine, start, events, named) == state


@given(presence_settings(), PRESENCE_PATHS, moments())
def test_a_presence_obeys_the_laws(settings: PresenceSettings, events: list[Any], other: datetime) -> None:
    machine = PresenceMachine(settings)
    walk(machine, machine.start(AGENT, START), events, other)


@given(offers(), OFFER_PATHS, moments())
def test_a_notification_obeys_the_laws(offer: Offer, events: list[Any], other: datetime) -> None:
    machine = NotificationPolicy()
    begun, _, _ = machine.step(machine.start(offer, AGENT, START), Tick(at=START))  # it may be due as it comes
    walk(machine, begun, [one for one in events if type(one) in NOTIFICATION_EVENTS], other)


@given(desk_stories() | st.tuples(desk_settings(), DESK_PATHS), moments())
def test_a_desk_obeys_the_laws(story: tuple[DeskSettings, list[Any]], other: datetime) -> None:
    settings, events = story
    machine = AgentDesk(settings)
    walk(machine, machine.start(AGENT, START), events, other)


@given(conversation_stories(), moments())
def test_a_conversation_obeys_the_laws(
    story: tuple[ConversationLifeCycle, Conversation, list[Any]], other: datetime
) -> None:
    machine, begun, events = story
    walk(machine, begun, events, other, is_named)
