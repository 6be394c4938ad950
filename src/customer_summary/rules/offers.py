"""Offers on the screen: which event may come in which status, and how an offer ends (spec 8.4 to 8.7).

What must live here and nowhere else: which status may follow which (`TABLE` and `LAPSES`), and every refusal. A
missing key of the table is the refusal.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.desk_effects import CancelMedia, DismissNotification, FocusApp, SetUpMedia
from customer_summary.domain.desk_events import (
    AcceptPressed,
    BodyClicked,
    MediaFailed,
    MediaReady,
    NotificationDisplayed,
    OfferWithdrawn,
    RejectPressed,
)
from customer_summary.domain.notification import Notification, NotificationStatus, OfferOutcome
from customer_summary.domain.offer_messages import (
    OfferAccepted,
    OfferAssigned,
    OfferMissed,
    OfferRejected,
    OfferUnseen,
    SetupFailed,
)
from customer_summary.domain.outcome import Refused, Unchanged
from customer_summary.domain.send import Send
from customer_summary.domain.tick import Tick
from customer_summary.rules.machine import Effects

SENT, DISPLAYED, DISPLAYED_LATE, SETTING_UP, ENDED = NotificationStatus

TABLE: Mapping[NotificationStatus, Mapping[type, frozenset[NotificationStatus]]] = {
    SENT: {
        NotificationDisplayed: frozenset({DISPLAYED, DISPLAYED_LATE}),
        BodyClicked: frozenset({SENT}),
        AcceptPressed: frozenset({SETTING_UP, ENDED}),
        RejectPressed: frozenset({SENT, ENDED}),
        OfferWithdrawn: frozenset({ENDED}),
    },
    DISPLAYED: {
        NotificationDisplayed: frozenset({DISPLAYED}),
        BodyClicked: frozenset({DISPLAYED}),
        AcceptPressed: frozenset({SETTING_UP, ENDED}),
        RejectPressed: frozenset({DISPLAYED, ENDED}),
        OfferWithdrawn: frozenset({ENDED}),
    },
    DISPLAYED_LATE: {
        NotificationDisplayed: frozenset({DISPLAYED_LATE}),
        BodyClicked: frozenset({DISPLAYED_LATE}),
        AcceptPressed: frozenset({SETTING_UP, ENDED}),
        RejectPressed: frozenset({DISPLAYED_LATE, ENDED}),
        OfferWithdrawn: frozenset({ENDED}),
    },
    SETTING_UP: {
        NotificationDisplayed: frozenset({SETTING_UP}),
        BodyClicked: frozenset({SETTING_UP}),
        AcceptPressed: frozenset({SETTING_UP}),
        MediaReady: frozenset({ENDED}),
        MediaFailed: frozenset({ENDED}),
        OfferWithdrawn: frozenset({ENDED}),
    },
    ENDED: {},
}

LAPSES: Mapping[NotificationStatus, frozenset[NotificationStatus]] = {
    SENT: frozenset({SETTING_UP, ENDED}),
    DISPLAYED: frozenset({SETTING_UP, ENDED}),
    DISPLAYED_LATE: frozenset({ENDED}),
    SETTING_UP: frozenset({ENDED}),
    ENDED: frozenset(),
}
"""What time alone does."""

NotificationEvent: TypeAlias = (
    NotificationDisplayed
    | BodyClicked
    | AcceptPressed
    | RejectPressed
    | MediaReady
    | MediaFailed
    | OfferWithdrawn
    | Tick
)
Answer: TypeAlias = Notification | Unchanged | Refused


def lapsed(state: Notification, at: datetime, emit: Effects) -> Notification:
    """Gives what becomes of an offer whose deadline has come."""
    template = state.offer.template
    if state.status is SETTING_UP:
        _cancel(state, emit)
        return _ended(state, at, OfferOutcome.FAILED_SETUP, emit)
    if template.auto_accept:
        return _accepted(state, at, emit, by_itself=True)
    if not state.offer.can_be_missed:
        return _ended(state, at, OfferOutcome.ASSIGNED, emit)
    return _ended(state, at, OfferOutcome.MISSED if state.status is DISPLAYED else OfferOutcome.UNSEEN, emit)


def answered(state: Notification, event: NotificationEvent, at: datetime, emit: Effects) -> Answer:
    """Gives the notification after an event, or why there is no other."""
    if state.outcome is not None:
        return after_the_end(state.outcome, event)
    if type(event) not in TABLE[state.status]:
        return Refused("not_in_this_status", state.status.value)
    return _RULES[type(event)](state, event, at, emit)


def after_the_end(outcome: OfferOutcome, event: Any) -> Unchanged | Refused:
    """Answers an event of an offer that has ended: what asks for that very end has it already, anything else lost."""
    if isinstance(event, NotificationDisplayed | OfferWithdrawn) or outcome in _SAME_END.get(type(event), ()):
        return Unchanged(f"{outcome.value} already")
    return Refused("offer_ended", outcome.value)


_SAME_END: Mapping[type, frozenset[OfferOutcome]] = {
    AcceptPressed: frozenset({OfferOutcome.ACCEPTED, OfferOutcome.AUTO_ACCEPTED}),
    MediaReady: frozenset({OfferOutcome.ACCEPTED, OfferOutcome.AUTO_ACCEPTED}),
    MediaFailed: frozenset({OfferOutcome.FAILED_SETUP}),
    RejectPressed: frozenset({OfferOutcome.REJECTED}),
}


def _next(state: Notification, at: datetime, **changes: Any) -> Notification:
    return attrs.evolve(state, at=at, transitions=state.transitions + 1, **changes)


def _displayed(state: Notification, _: NotificationDisplayed, at: datetime, __: Effects) -> Answer:
    if state.status is not SENT:
        return Unchanged("displayed already")
    return _next(state, at, status=DISPLAYED if at < state.offer.times_out_at else DISPLAYED_LATE)


def _clicked(state: Notification, event: BodyClicked, _: datetime, emit: Effects) -> Answer:
    emit.answer(
        f"body_clicked at {event.at.isoformat()}",
        state.offer.id,
        FocusApp,
        agent=event.agent,
        offer=event.offer,
        window=event.window,
    )
    return Unchanged("nothing is decided yet")


def _pressed(state: Notification, event: AcceptPressed, at: datetime, emit: Effects) -> Answer:
    if state.status is SETTING_UP:
        return Unchanged("being set up already")
    emit(FocusApp, agent=state.agent, offer=state.offer.id, window=event.window)
    return _accepted(state, at, emit, window=event.window)


def _accepted(
    state: Notification, at: datetime, emit: Effects, *, by_itself: bool = False, window: str = ""
) -> Notification:
    """Accepts: at once, or when the media are ready."""
    limit = state.offer.template.setup_limit
    if limit is None:
        outcome = OfferOutcome.AUTO_ACCEPTED if by_itself else OfferOutcome.ACCEPTED
        return _ended(state, at, outcome, emit, window=window, by_itself=by_itself)
    _dismiss(state, at, None, emit, window)
    item, offer = state.offer.item, state.offer.id
    emit(SetUpMedia, agent=state.agent, offer=offer, conversation=item.conversation, until=at + limit)
    return _next(state, at, status=SETTING_UP, ready_by=at + limit, by_itself=by_itself, window=window)


def _rejected(state: Notification, event: RejectPressed, at: datetime, emit: Effects) -> Answer:
    template = state.offer.template
    if not state.offer.may_reject:
        return Refused("may_not_reject", state.status.value)
    if not event.reason and template.reason_required:
        return Refused("reason_required", state.status.value)
    if event.reason and event.reason not in template.reject_reasons:
        return Refused("unknown_reason", state.status.value)
    return _ended(state, at, OfferOutcome.REJECTED, emit, window=event.window, reason=event.reason)


def _ready(state: Notification, _: MediaReady, at: datetime, emit: Effects) -> Answer:
    return _ended(state, at, OfferOutcome.AUTO_ACCEPTED if state.by_itself else OfferOutcome.ACCEPTED, emit)


def _failed(state: Notification, _: MediaFailed, at: datetime, emit: Effects) -> Answer:
    return _ended(state, at, OfferOutcome.FAILED_SETUP, emit)


def _cancel(state: Notification, emit: Effects) -> None:
    emit(CancelMedia, agent=state.agent, offer=state.offer.id, conversation=state.offer.item.conversation)


def _withdrawn(state: Notification, _: OfferWithdrawn, at: datetime, emit: Effects) -> Answer:
    if state.status is SETTING_UP:
        _cancel(state, emit)
    return _ended(state, at, OfferOutcome.WITHDRAWN, emit)


def _ended(
    state: Notification, at: datetime, outcome: OfferOutcome, emit: Effects, *, window: str = "", **changes: Any
) -> Notification:
    """Ends an offer: the screen is cleared, and the conversation hears of it."""
    _dismiss(state, at, outcome, emit, window)
    window = window or state.window
    after = _next(state, at, status=ENDED, outcome=outcome, ready_by=None, window=window, **changes)
    message = _MESSAGES.get(outcome)
    if message is not None:
        conversation = state.offer.item.conversation
        about = {"conversation": conversation, "agent": state.agent, "offer": state.offer.id}
        emit(Send, to=conversation, message=message(after, {"at": at, **about}))
    return after


_MESSAGES: Mapping[OfferOutcome, Callable[[Notification, dict[str, Any]], Any]] = {
    OfferOutcome.ACCEPTED: lambda _, about: OfferAccepted(**about),
    OfferOutcome.AUTO_ACCEPTED: lambda _, about: OfferAccepted(**about, by_itself=True),
    OfferOutcome.ASSIGNED: lambda _, about: OfferAssigned(**about),
    OfferOutcome.REJECTED: lambda state, about: OfferRejected(**about, reason=state.reason),
    OfferOutcome.MISSED: lambda _, about: OfferMissed(**about),
    OfferOutcome.UNSEEN: lambda _, about: OfferUnseen(**about),
    OfferOutcome.FAILED_SETUP: lambda _, about: SetupFailed(**about),
}


def _dismiss(state: Notification, at: datetime, outcome: OfferOutcome | None, emit: Effects, window: str) -> None:
    """Takes the notification off the screen; what was assigned at once stays until its time is over."""
    template = state.offer.template
    stays = outcome is OfferOutcome.ASSIGNED and at < state.offer.times_out_at
    if state.status is not SETTING_UP and not stays and template.is_shown:
        emit(DismissNotification, agent=state.agent, offer=state.offer.id, outcome=outcome, window=window)


_RULES: Mapping[type, Callable[[Notification, Any, datetime, Effects], Answer]] = {
    NotificationDisplayed: _displayed,
    BodyClicked: _clicked,
    AcceptPressed: _pressed,
    RejectPressed: _rejected,
    MediaReady: _ready,
    MediaFailed: _failed,
    OfferWithdrawn: _withdrawn,
}
