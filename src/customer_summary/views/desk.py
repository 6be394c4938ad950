"""The agent's desk as its agent reads it (spec 8, 9): the alert bar, the presence, the notifications, the sessions."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import attrs

from customer_summary.domain.desk import Desk, HeldItem, ItemStatus
from customer_summary.domain.notification import Answer, Notification, NotificationTemplate, Offer, Scenario
from customer_summary.domain.presence import Alert
from customer_summary.views.page import Choice, DeskPanel, Field, Part, Row
from customer_summary.views.reader import Phrase, Reader
from customer_summary.views.tone import Tone

_SECOND = timedelta(seconds=1)
_SCENARIOS = {one.value: one for one in Scenario}


def desk_panel(desk: Desk, *, reader: Reader, session_limit: int = 10) -> DeskPanel:
    """Gives the desk of an agent as they see it at the reader's instant.

    Settle what is due by then first: a desk is taken as it stands.
    """
    build = _Parts(desk, reader, session_limit)
    parts = (build.alerts(), build.presence(), build.notifications(), build.sessions())
    return DeskPanel(agent=desk.agent, reader=reader, parts=parts)


@attrs.frozen
class _Parts:
    """Builds the parts of one desk."""

    desk: Desk
    reader: Reader
    session_limit: int

    def alerts(self) -> Part:
        """The bar at the top of the dashboard: a row for each open alert, newest first. [seed 002]"""
        return self.part("alerts", "alert.list", rows=tuple(self.alert(one) for one in self.desk.presence.alerts))

    def alert(self, alert: Alert) -> Row:
        """What happened, what it set, and the two ways to answer it. [seed 002]"""
        kind = alert.kind
        # each label fills the places that it has
        places = (("presence", alert.presence), ("limit", self.session_limit))
        fields = (
            self.field("title", "field.alert.title", kind, tone=Tone.URGENT),
            self.field("at", "field.at", alert.at),
            self.field("text", "field.alert.text", Phrase(alert.presence.text, f"alert.{kind.value}.text", places)),
        )
        return self.row(kind.value, alert, fields, self.choices("alert.action.reset", "alert.action.change"))

    def presence(self) -> Part:
        """The presence that shows and why, as one sentence and apart; and the one that the agent wants next."""
        presence = self.desk.presence
        status, reason, since = presence.standing
        queued = presence.queued.presence
        places: tuple[tuple[str, Any], ...] = (("presence", status), ("reason", reason))
        sentence = Phrase(status.text, "presence.sentence_undated", places)
        if since is not None:
            sentence = Phrase(status.text, "presence.sentence", (*places, ("instant", since)))
        fields = (
            self.field("presence", "presence.status", sentence),
            self.field("base", "field.presence.base", status.base),
            self.field("reason", "field.presence.reason", reason),
            self.field("since", "field.presence.since", since),
            self.field("next", "presence.next", queued),
        )
        commands = ("alert.action.change",) if queued is None else ("alert.action.change", "button.cancel_next")
        return self.part(
            "presence",
            "presence.title",
            fields=tuple(one for one in fields if one.value is not None),
            commands=self.choices(*commands),
        )

    def notifications(self) -> Part:
        """A row for each notification that the agent sees or whose conversation is being set up, oldest first."""
        shown = (one for one in self.desk.notifications if not _is_hidden(one))
        return self.part("notifications", "notification.list", rows=tuple(map(self.notification, shown)))

    def notification(self, notification: Notification) -> Row:
        """What a notification says, how long it waits for an answer, and its buttons."""
        offer, template = notification.offer, notification.offer.template
        scenario, pending = self.scenario(template), notification.is_pending
        details = (
            Field(f"detail_{number}", "", one.text, self.reader, caption=one.header)
            for number, one in enumerate(offer.fields, 1)
        )
        counts = pending and template.shows_countdown
        says = template.decides or not pending
        fields = (
            self.field("scenario", "field.notification.scenario", scenario),
            self.field("title", "field.notification.title", None if scenario == template.title else template.title),
            self.field("type", "field.notification.type", template.look),
            *details,
            self.field("status", "field.notification.status", notification.status if says else None),
            self.field("remaining", "field.remaining", self.remaining(offer.times_out_at) if counts else None),
        )
        return self.row(offer.id, notification, fields, tuple(self.buttons(offer)) if pending else ())

    def scenario(self, template: NotificationTemplate) -> object:
        """The scenario in words; one of the host's own in the host's, else by the template's title or its name."""
        name = template.scenario
        key = f"scenario.{name}"
        if name not in _SCENARIOS and key in self.reader.words:
            return Phrase(name, key)
        return _SCENARIOS.get(name) or template.title or name

    def buttons(self, offer: Offer) -> Iterator[Choice]:
        """The buttons that there are: what is assigned by itself can only be opened. [spec 8.4]"""
        template = offer.template
        opens = template.auto_assign or template.answer is Answer.OPEN
        if template.answer is not Answer.NONE:
            caption = None if template.auto_assign else template.accept_label or None
            yield Choice("accept", "button.open" if opens else "button.accept", self.reader, caption=caption)
        if offer.may_reject:
            yield Choice("reject", "button.reject", self.reader, caption=template.reject_label or None)

    def sessions(self) -> Part:
        """The items that the agent has, and how many sessions are open of how many there can be."""
        count = self.desk.open_sessions
        places = (("count", count), ("limit", self.session_limit))
        return self.part(
            "sessions",
            "session.list",
            fields=(self.field("open_sessions", "session.open", Phrase(count, "session.count", places)),),
            rows=tuple(map(self.item, self.desk.items)),
        )

    def item(self, held: HeldItem) -> Row:
        """How far the agent has come with an item, and how it came to them."""
        fields = (
            self.field("status", "field.item.status", held.status),
            self.field("conversation", "entity.work_item", held.item.conversation),
            self.field("channel", "field.engagement_channel", held.item.channel),
            self.field("outcome", "notification.title", held.outcome),
            self.field("remaining", "field.remaining", None if held.until is None else self.remaining(held.until)),
        )
        opens = self.choices("button.open") if held.status is ItemStatus.ASSIGNED else ()
        return self.row(held.offer, held, fields, opens)

    def remaining(self, until: datetime) -> Phrase | None:
        """The whole seconds that are left, rounded up; None where none are."""
        seconds = -((self.reader.now - until) // _SECOND)
        return Phrase(seconds, "notification.remaining", (("seconds", seconds),)) if seconds > 0 else None

    def field(self, name: str, key: str, value: object, *, tone: Tone = Tone.NEUTRAL) -> Field:
        """One field, read by the desk's reader."""
        return Field(name, key, value, self.reader, tone=tone)

    def row(self, name: str, entry: object, fields: tuple[Field, ...], commands: tuple[Choice, ...]) -> Row:
        """One row with fields of its own."""
        return Row(name, entry, self.reader, more=fields, commands=commands)

    def choices(self, *keys: str) -> tuple[Choice, ...]:
        """Buttons, each named after the last word of its label."""
        return tuple(Choice(key.rpartition(".")[2], key, self.reader) for key in keys)

    def part(self, name: str, key: str, **rest: Any) -> Part:
        """One part, read by the desk's reader."""
        return Part(name=name, key=key, reader=self.reader, **rest)


def _is_hidden(notification: Notification) -> bool:
    """Says whether the agent is not shown a notification: it is over, or accepts itself at once."""
    template = notification.offer.template
    at_once = template.auto_accept and template.instant and notification.is_pending
    return notification.outcome is not None or at_once
