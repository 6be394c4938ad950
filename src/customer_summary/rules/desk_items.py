"""Items that an agent has: opening, ending, wrapping up and closing their sessions (spec 3.2, 8.4, 12)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

from customer_summary.domain.capacity import Demand
from customer_summary.domain.conversation_events import SessionClosed
from customer_summary.domain.desk import Desk, HeldItem, ItemStatus
from customer_summary.domain.desk_effects import DismissNotification, FocusApp
from customer_summary.domain.desk_events import (
    AcceptPressed,
    BodyClicked,
    ClosePressed,
    EndPressed,
    ItemOpened,
    NotificationDisplayed,
    OfferWithdrawn,
    WrapUpExtended,
    WrapUpRequested,
    WrapUpStarted,
)
from customer_summary.domain.offer_messages import SessionAbandoned, SessionEnded, SessionOpened
from customer_summary.domain.outcome import Refused, Unchanged
from customer_summary.domain.work import WrapUpMode
from customer_summary.rules.capacity import evening_profiles, obstacles
from customer_summary.rules.desk_draft import Draft
from customer_summary.rules.desk_offers import no_session_left

Refusal = Unchanged | Refused | None
OPEN, WRAP_UP, ASSIGNED = ItemStatus.OPEN, ItemStatus.WRAP_UP, ItemStatus.ASSIGNED


def changed(draft: Draft, event: Any, held: HeldItem) -> Refusal:
    """Changes an item as an event asks; gives why it did not."""
    return _RULES[type(event)](draft, event, held)


def _displayed(_: Draft, __: NotificationDisplayed, held: HeldItem) -> Refusal:
    return Unchanged(f"{held.outcome.value} already")


def _clicked(draft: Draft, event: BodyClicked, held: HeldItem) -> Refusal:
    draft.emit.answer(
        f"body_clicked at {event.at.isoformat()}",
        held.offer,
        FocusApp,
        agent=event.agent,
        offer=held.offer,
        window=event.window,
    )
    return Unchanged(f"{held.outcome.value} already")


def _accepted(draft: Draft, event: AcceptPressed, held: HeldItem) -> Refusal:
    if held.sessions:
        return Unchanged("opened already")
    refused = _open(draft, held, event.window)
    if refused is None:
        draft.emit(FocusApp, agent=event.agent, offer=held.offer, window=event.window)
    return refused


def _opened(draft: Draft, event: ItemOpened, held: HeldItem) -> Refusal:
    if event.session <= held.sessions:
        return Unchanged("opened already")
    if held.in_session or event.session > held.sessions + 1:
        return Refused("unknown_session", f"{held.sessions} sessions so far")
    return _open(draft, held, "")


def _open(draft: Draft, held: HeldItem, window: str) -> Refusal:
    refused = no_session_left(draft.settings, draft.desk)
    if refused is not None:
        return refused
    _clear_toast(draft, held, window)
    after = draft.put_item(held, status=OPEN, sessions=held.sessions + 1)
    draft.send(SessionOpened, held.offer, held.item.conversation, session=after.sessions)
    draft.open_session(after, window)
    return None


def _ended(draft: Draft, _: EndPressed, held: HeldItem) -> Refusal:
    if held.status is WRAP_UP:
        return Unchanged("ended already")
    if held.item.is_record:
        return Refused("not_on_this_channel", held.item.channel.value)
    _start_wrap_up(draft, held, draft.at)
    draft.send(SessionEnded, held.offer, held.item.conversation)
    return None


def _wrap_up_started(draft: Draft, event: WrapUpStarted, held: HeldItem) -> Refusal:
    if held.status is WRAP_UP:
        return Unchanged("in wrap-up already")
    if held.item.is_record:
        return Refused("not_on_this_channel", held.item.channel.value)
    _start_wrap_up(draft, held, min(event.started_at, draft.at))
    return None


def _start_wrap_up(draft: Draft, held: HeldItem, started_at: datetime) -> None:
    wrap_up = held.item.wrap_up
    waived = wrap_up.mode is WrapUpMode.ON_REQUEST and not held.wants_wrap_up
    until = None if wrap_up.limit is None or waived else started_at + wrap_up.limit
    draft.put_item(held, status=WRAP_UP, until=until, free=waived or wrap_up.mode is WrapUpMode.OPTIONAL)


def _requested(draft: Draft, _: WrapUpRequested, held: HeldItem) -> Refusal:
    wrap_up = held.item.wrap_up
    if wrap_up.mode is not WrapUpMode.ON_REQUEST or wrap_up.limit is None:
        return Refused("not_on_request", wrap_up.mode.value)
    if held.wants_wrap_up:
        return Unchanged("requested already")
    if held.status is not WRAP_UP:
        draft.put_item(held, wants_wrap_up=True)
        return None
    if obstacles(draft.desk, _freed(draft, held)):
        return Refused("no_capacity", "taken by other work meanwhile")
    draft.put_item(held, wants_wrap_up=True, until=draft.at + wrap_up.limit, free=False)
    return None


def _freed(draft: Draft, held: HeldItem) -> Demand:
    """Gives what a free wrap-up gave back: everything but the profiles that stay in use until the evening."""
    demand, evening = held.item.demand, evening_profiles(draft.limits)
    return attrs.evolve(demand, profiles=tuple(name for name in demand.profiles if name not in evening))


def _extended(draft: Draft, event: WrapUpExtended, held: HeldItem) -> Refusal:
    wrap_up = held.item.wrap_up
    if held.until is None or wrap_up.limit is None:
        return Refused("no_wrap_up_time", "over" if held.free else "without a limit")
    if event.extends < held.until:
        return Unchanged("extended already")
    if event.extends > held.until:
        return Refused("unknown_deadline", "an earlier one")
    if wrap_up.extension is None or held.extended >= wrap_up.extensions:
        return Refused("no_extension_left", f"extended {held.extended} times")
    draft.put_item(held, until=held.until + wrap_up.extension, extended=held.extended + 1)
    return None


def _closed(draft: Draft, event: ClosePressed, held: HeldItem) -> Refusal:
    if event.session < held.sessions or (event.session == held.sessions and not held.in_session):
        return Unchanged("closed already")
    if event.session > held.sessions:
        return Refused("unknown_session", f"{held.sessions} sessions so far")
    if held.status is WRAP_UP and held.item.wrap_up.mode is WrapUpMode.FORCED and not held.free:
        return Refused("wrap_up_not_over", "the session stays open")
    _leave(draft, held)
    return None


def _leave(draft: Draft, held: HeldItem) -> None:
    """Closes a session; a record stays with its agent."""
    ended = held.status is WRAP_UP
    draft.send(SessionClosed, held.offer, held.item.conversation, session=held.sessions, ended=ended)
    if held.item.is_record and not ended:
        draft.close_session(held)
        draft.put_item(held, status=ASSIGNED)
    else:
        draft.drop_item(held)


def _clear_toast(draft: Draft, held: HeldItem, window: str = "") -> None:
    """Takes a notification off the screen that told of an assignment and still shows."""
    if not held.sessions and draft.at < held.shown_until:
        draft.emit(DismissNotification, agent=draft.desk.agent, offer=held.offer, outcome=held.outcome, window=window)


def _withdrawn(draft: Draft, _: OfferWithdrawn, held: HeldItem) -> Refusal:
    _clear_toast(draft, held)
    draft.drop_item(held)
    return None


def can_be_abandoned(held: HeldItem) -> bool:
    """Says whether an agent's absence changes anything: a record without a session just stays theirs."""
    return held.in_session or not held.item.is_record


def abandoned(draft: Draft, desk: Desk) -> None:
    """Gives up what the agent was working on: conversations go back, sessions close, records stay with their agent."""
    for held in desk.items:
        if held.status is WRAP_UP or held.item.is_record:
            if held.in_session:
                _leave(draft, held)
        else:
            draft.send(SessionAbandoned, held.offer, held.item.conversation)
            draft.drop_item(held)


def wrap_up_over(draft: Draft, held: HeldItem) -> None:
    """Ends the time of a wrap-up: it no longer uses capacity, and the session stays until it is closed."""
    draft.put_item(held, until=None, free=True)


_RULES: Mapping[type, Callable[[Draft, Any, HeldItem], Refusal]] = {
    NotificationDisplayed: _displayed,
    BodyClicked: _clicked,
    AcceptPressed: _accepted,
    ItemOpened: _opened,
    EndPressed: _ended,
    WrapUpStarted: _wrap_up_started,
    WrapUpRequested: _requested,
    WrapUpExtended: _extended,
    ClosePressed: _closed,
    OfferWithdrawn: _withdrawn,
}
