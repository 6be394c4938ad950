"""One transition of a desk while it is being made: the parts of the next state, and the effects so far."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import attrs

from customer_summary.domain.capacity import SpentProfile
from customer_summary.domain.desk import Desk, EndedOffer, HeldItem
from customer_summary.domain.desk_effects import CloseSession, OpenSession, RemoveItem, opens_for
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.notification import Notification, OfferOutcome
from customer_summary.domain.presence import Alert, AlertKind, Presence, PresenceStatus
from customer_summary.domain.send import Send
from customer_summary.rules.capacity import evening_profiles, workload_of
from customer_summary.rules.machine import Effects
from customer_summary.rules.presence import announce
from customer_summary.rules.presence_causes import active_at, loaded, raised

_MICROSECOND = timedelta(microseconds=1)


class Draft:
    """The next state of a desk. Rules change its parts; `done` makes the state, whose presence follows from them."""

    def __init__(self, settings: DeskSettings, desk: Desk, at: datetime, emit: Effects) -> None:
        self.settings, self.desk, self.at, self.emit = settings, desk, at, emit
        self.presence = desk.presence
        self.limits = desk.presence.workload.limits
        self.parts: dict[str, Any] = {}
        self.known_until = at

    def put_notification(self, before: Notification, after: Notification | None) -> None:
        """Replaces a notification, or takes it off the screen."""
        rest = self.desk.notifications
        self.parts["notifications"] = tuple(
            one for one in (after if one is before else one for one in rest) if one is not None
        )

    def add_notification(self, notification: Notification) -> None:
        """Puts a notification on the screen."""
        self.parts["notifications"] = (*self.desk.notifications, notification)

    def hold(self, held: HeldItem) -> None:
        """Adds an item to those that the agent has."""
        self.parts["items"] = (*self._items, held)

    def put_item(self, before: HeldItem, **changes: Any) -> HeldItem:
        """Changes an item."""
        after = attrs.evolve(before, **changes)
        self.parts["items"] = tuple(after if one is before else one for one in self._items)
        return after

    def drop_item(self, held: HeldItem) -> None:
        """Takes an item away; its offer is remembered, its session is closed."""
        self.parts["items"] = tuple(one for one in self._items if one is not held)
        self.remember(held.offer, held.outcome, held.remembered, held.item.conversation)
        if held.in_session:
            self.close_session(held)
        self.emit(RemoveItem, agent=self.desk.agent, offer=held.offer, conversation=held.item.conversation)
        evening = evening_profiles(self.limits)
        if held.sessions:  # what was never opened has used nothing up
            self._spend([name for name in held.item.demand.profiles if name in evening])

    @property
    def _items(self) -> tuple[HeldItem, ...]:
        found: tuple[HeldItem, ...] = self.parts.get("items", self.desk.items)
        return found

    def _spend(self, profiles: list[str]) -> None:
        if profiles:
            until = self.settings.end_of_day(self.at)
            spent = Counter({(one.name, one.until): one.count for one in self.parts.get("spent", self.desk.spent)})
            spent.update((name, until) for name in profiles)
            self.parts["spent"] = tuple(
                SpentProfile(name=name, count=count, until=end) for (name, end), count in spent.items()
            )

    def remember(self, offer: str, outcome: OfferOutcome, until: datetime, conversation: str = "") -> None:
        """Remembers an offer that is over, as long as messages about it can come, and as its withdrawal says."""
        until = max(until, self.known_until)
        if until > self.at:
            self.parts["ended"] = (
                *self.parts.get("ended", self.desk.ended),
                EndedOffer(offer, outcome, until, conversation),
            )

    def open_session(self, held: HeldItem, window: str) -> None:
        """Opens the session of an item, and what belongs to its channel."""
        self.emit(
            OpenSession,
            agent=self.desk.agent,
            offer=held.offer,
            conversation=held.item.conversation,
            session=held.sessions,
            opens=opens_for(held.item.channel),
            window=window,
        )

    def close_session(self, held: HeldItem) -> None:
        """Closes the session of an item."""
        self.emit(
            CloseSession,
            agent=self.desk.agent,
            offer=held.offer,
            conversation=held.item.conversation,
            session=held.sessions,
        )

    def send(self, kind: Any, offer: str, conversation: str, **fields: Any) -> None:
        """Tells the conversation of an offer."""
        message = kind(at=self.at, conversation=conversation, agent=self.desk.agent, offer=offer, **fields)
        self.emit(Send, to=conversation, message=message)

    def alert(self, kind: AlertKind, presence: PresenceStatus | None, offer: str) -> None:
        """Raises an alert, unless its feature is off."""
        if presence is not None:
            after = raised(self.presence, Alert(kind, self.at, presence, offer), self.at)
            self.presence = after if isinstance(after, Presence) else self.presence

    def agent_was_active(self) -> None:
        """Keeps that the agent did something just now."""
        last = self.presence.activity.at
        now = self.at if last is None else max(last, self.at)
        self.presence = attrs.evolve(self.presence, activity=active_at(self.settings.presence, now))

    def done(self, event: Any) -> Desk:
        """Makes the next state: presence follows from what is in use, and what nobody can ask about is forgotten."""
        desk, at = self.desk, self.at
        spent = self.parts.get("spent", desk.spent)
        workload = workload_of(self.limits, self._items, spent)
        if workload != self.presence.workload:
            self.presence = loaded(self.presence, workload, at, at)
        announce(desk.presence, self.presence, event, self.emit)
        before, link = desk.presence.connection, self.presence.connection
        if link.connected:
            self.parts["abandons_at"] = None
        elif before.connected and link.since is not None:
            self.parts["abandons_at"] = link.since + self.settings.abandoned_after + _MICROSECOND
        ended = self.parts.pop("ended", desk.ended)
        if any(one.until <= at for one in ended):
            ended = tuple(one for one in ended if one.until > at)
        return attrs.evolve(
            desk, at=at, transitions=desk.transitions + 1, presence=self.presence, ended=ended, **self.parts
        )
