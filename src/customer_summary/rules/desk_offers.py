"""Offers at a desk: what is checked when one comes, and what its end changes there (architecture: the desk decides)."""

import attrs

from customer_summary.domain.desk import Desk, HeldItem, ItemStatus
from customer_summary.domain.desk_events import AcceptPressed, Offered, OfferEvent
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.notification import GIVES_ITEM, Notification, Offer, OfferOutcome
from customer_summary.domain.offer_messages import OfferRefused, RefusalReason
from customer_summary.domain.outcome import Refused, Unchanged
from customer_summary.domain.presence import AlertKind
from customer_summary.domain.send import Send
from customer_summary.rules import offers
from customer_summary.rules.capacity import obstacles
from customer_summary.rules.desk_draft import Draft
from customer_summary.rules.notifications import show
from customer_summary.rules.presence_causes import target


def offered(draft: Draft, event: Offered) -> Unchanged | Refused | None:
    """Puts an offer on the screen, unless it is known, comes too late, or the desk has to refuse it."""
    desk, emit, offer = draft.desk, draft.emit, event.offer
    sent_ahead = offer.sent_at if offer.sent_at > draft.at else None
    if sent_ahead is not None:  # no offer comes before it was sent
        offer = attrs.evolve(offer, sent_at=draft.at)
    if desk.notification(offer.id) is not None:
        return Unchanged("on the screen already")
    if draft.at >= offer.unseen_at:
        conversation = offer.item.conversation
        message = OfferRefused(
            at=draft.at, conversation=conversation, agent=desk.agent, offer=offer.id, reason=RefusalReason.LAPSED
        )
        emit.answer("lapsed", offer.id, Send, to=conversation, message=message)
        return Unchanged("lapsed on arrival")
    if desk.open_sessions >= draft.settings.session_limit:
        draft.alert(AlertKind.SESSION_LIMIT, target(draft.settings.presence, AlertKind.SESSION_LIMIT), offer.id)
    reason = why_refused(draft.settings, desk, offer)
    if reason is not None:
        draft.send(OfferRefused, offer.id, offer.item.conversation, reason=reason)
        draft.remember(offer.id, OfferOutcome.REFUSED, event.offer.ends_at, offer.item.conversation)
        return None
    presence = draft.settings.presence
    notification = Notification(
        offer,
        desk.agent,
        draft.at,
        on_missed=target(presence, AlertKind.MISSED),
        on_rejected=target(presence, AlertKind.REJECTED),
        sent_ahead=sent_ahead,
    )
    draft.add_notification(notification)
    show(draft.settings.notifications, notification, desk.screen, draft.at, emit)
    return None


def why_refused(settings: DeskSettings, desk: Desk, offer: Offer) -> RefusalReason | None:
    """Gives the first reason not to show an offer; routing may have looked at the desk too early."""
    free, wants_slot = settings.session_limit - desk.open_sessions, offer.takes_slot
    if free <= 0 and wants_slot:
        return RefusalReason.SESSION_LIMIT
    skips_presence = offer.override is not None and offer.override.skips_presence
    if desk.presence.connection.since is None:  # nobody who never signed in can be given anything
        return RefusalReason.PRESENCE
    if not skips_presence and desk.presence.status.base not in offer.item.allowed:
        return RefusalReason.PRESENCE
    if free <= desk.reserved_slots and wants_slot:
        return RefusalReason.NO_FREE_SLOT
    if offer.override is None and obstacles(desk, offer.item.demand):
        return RefusalReason.NO_CAPACITY
    return None


def no_session_left(settings: DeskSettings, desk: Desk) -> Refused | None:
    """Refuses one more session where all are open, or an offer still needs the last one."""
    if desk.open_sessions >= settings.session_limit:
        return Refused("session_limit", f"{desk.open_sessions} sessions are open")
    if desk.open_sessions + desk.reserved_slots >= settings.session_limit:
        return Refused("no_free_slot", f"{desk.open_sessions} sessions are open, the rest are offered")
    return None


def notified(draft: Draft, event: OfferEvent, before: Notification) -> Unchanged | Refused | None:
    """Hands an event to the notification that it is about."""
    if isinstance(event, AcceptPressed) and before.is_pending and not before.offer.takes_slot:
        refused = no_session_left(draft.settings, draft.desk)
        if refused is not None:
            return refused
    after = offers.answered(before, event, draft.at, draft.emit)  # type: ignore[arg-type]  # the table has the others
    if not isinstance(after, Notification):
        return after
    came_of(draft, before, after)
    return None


def came_of(draft: Draft, before: Notification, after: Notification) -> None:
    """Carries the end of an offer into the desk: what it reserved is released, or turned into use."""
    if after.outcome is None:
        draft.put_notification(before, after)
        return
    draft.put_notification(before, None)
    offer = after.offer
    if after.outcome in GIVES_ITEM:
        opened = after.outcome is not OfferOutcome.ASSIGNED
        held = HeldItem(
            offer.id,
            offer.item,
            after.outcome,
            after.remembered,
            offer.times_out_at,
            status=ItemStatus.OPEN if opened else ItemStatus.ASSIGNED,
            sessions=int(opened),
            override=offer.override,
        )
        draft.hold(held)
        if opened:
            draft.open_session(held, after.window)
        return
    draft.remember(offer.id, after.outcome, after.remembered, offer.item.conversation)
    if after.outcome is OfferOutcome.MISSED:
        draft.alert(AlertKind.MISSED, after.on_missed, offer.id)
    elif after.outcome is OfferOutcome.REJECTED:
        draft.alert(AlertKind.REJECTED, after.on_rejected, offer.id)
