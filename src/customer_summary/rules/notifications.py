"""Notifications: the templates of an organisation, what they show, and when an offer ends by itself (spec 8)."""

from datetime import datetime

import attrs

from customer_summary.domain.channel import Channel
from customer_summary.domain.desk import AppFocus, Screen
from customer_summary.domain.desk_effects import DeskEffect, ShowNotification, Surface
from customer_summary.domain.desk_settings import NotificationSettings
from customer_summary.domain.errors import InvalidValue, UnknownKey
from customer_summary.domain.fields import check_id, check_instant
from customer_summary.domain.notification import (
    MAX_SHOWN,
    DesktopMode,
    Notification,
    NotificationTemplate,
    Offer,
    ShownField,
)
from customer_summary.domain.outcome import Outcome
from customer_summary.domain.presence import PresenceStatus
from customer_summary.rules.machine import Effects, stepped
from customer_summary.rules.offers import (
    DISPLAYED,
    ENDED,
    SETTING_UP,
    Answer,
    NotificationEvent,
    answered,
    lapsed,
)
from customer_summary.rules.presence import check_agent
from customer_summary.rules.slugs import LookUp, fill

STOCK_SETTINGS = NotificationSettings()


@attrs.frozen
class NotificationPolicy:
    """The templates of an organisation, and the machine of one offer on an agent's screen. [seed 002; spec 8]"""

    settings: NotificationSettings = STOCK_SETTINGS

    def template(self, name: str) -> NotificationTemplate:
        """Gives a template by name; raises `UnknownKey` for one that nobody wrote."""
        found = next((one for one in self.settings.templates if one.name == name), None)
        if found is None:
            raise UnknownKey("template", tuple(one.name for one in self.settings.templates))
        return found

    def choose(self, scenario: str, channel: Channel, *, customer_known: bool = False) -> NotificationTemplate:
        """Gives the template of a scenario (`Scenario.TRANSFER.value`, or the host's own): the most specific that fits.

        `customer_known` is whether a customer's record is linked: the templates' *authenticated*, which is not that
        of the visitor's details. [spec 8.3] Raises `UnknownKey` where none fits.
        """
        fitting = [
            one
            for one in self.settings.templates
            if one.scenario == scenario
            and one.channel in {None, channel}
            and one.customer_known in {None, customer_known}
        ]
        if not fitting:
            raise UnknownKey("template for this scenario and channel")
        return max(fitting, key=lambda one: (one.channel is not None) + (one.customer_known is not None))

    def fields(self, template: NotificationTemplate, look_up: LookUp) -> tuple[ShownField, ...]:
        """Fills the fields of a template; one with a slug that `look_up` does not know is left out. [spec 7.6]"""
        filled = [(one.header, fill(one.value, look_up)) for one in template.fields]
        return tuple(ShownField(header, _cut(text)) for header, text in filled if text is not None)

    def start(
        self,
        offer: Offer,
        agent: str,
        at: datetime,
        *,
        on_missed: PresenceStatus | None = None,
        on_rejected: PresenceStatus | None = None,
    ) -> Notification:
        """Gives the notification of an offer that has come; what a miss and a rejection set is pinned here."""
        return Notification(
            offer, check_id(agent), check_instant(at, "at"), on_missed=on_missed, on_rejected=on_rejected
        )

    def step(
        self, state: Notification, event: NotificationEvent
    ) -> tuple[Notification, Outcome, tuple[DeskEffect, ...]]:
        """Gives the notification after one event, the answer to it, and what to do.

        Raises `InvalidValue` for an event of another offer or agent: a host delivered it wrongly.
        """
        check_agent(state.agent, event)
        if getattr(event, "offer", state.offer.id) != state.offer.id:
            raise InvalidValue("offer", "must be the one that the event is for")
        return stepped(self, state.offer.id, state, event)

    def deadline(self, state: Notification) -> datetime | None:
        """Gives when something happens by itself: the first instant at which an answer comes too late."""
        offer, status = state.offer, state.status
        if status is ENDED or status is SETTING_UP:
            return state.ready_by
        template = offer.template
        if not offer.can_be_missed:
            return offer.sent_at if offer.is_assignment or template.instant else offer.times_out_at
        return offer.times_out_at if status is DISPLAYED else offer.unseen_at

    def lapse(self, state: Notification, at: datetime, emit: Effects) -> Notification:
        """Gives what becomes of an offer whose deadline has come."""
        return lapsed(state, at, emit)

    def apply(self, state: Notification, event: NotificationEvent, at: datetime, emit: Effects) -> Answer:
        """Gives the notification after an event, or why there is no other."""
        return answered(state, event, at, emit)


def _cut(text: str) -> str:
    """Cuts what a slug made too long, with a sign that more follows: it comes from outside, and raises nothing."""
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}\u2026"


def show(settings: NotificationSettings, state: Notification, screen: Screen, at: datetime, emit: Effects) -> None:
    """Shows a notification with the time that is left.

    One that comes on the screen too late to be missed has no countdown: it can be answered until it is taken back.
    """
    offer, template = state.offer, state.offer.template
    if template.is_shown:
        late = offer.can_be_missed and state.status is not DISPLAYED and at >= offer.times_out_at
        emit(
            ShowNotification,
            agent=state.agent,
            offer=offer,
            surfaces=surfaces(settings, template.desktop, screen),
            countdown=template.shows_countdown and not late,
            until=offer.unseen_at if late else offer.times_out_at,
        )


def surfaces(settings: NotificationSettings, mode: DesktopMode, screen: Screen) -> tuple[Surface, ...]:
    """Says where a notification shows: always in the app; on the desktop as its template and the browser allow.

    Without the browser's permission only the app shows it, and without the preview *always* is as good as *in the
    background*. [seed 002]
    """
    in_background = screen.focus is not AppFocus.FOCUSED
    always = mode is DesktopMode.ALWAYS and settings.desktop_always and settings.preview_terms_accepted
    wanted = always or (mode is not DesktopMode.NEVER and in_background)
    return (Surface.IN_APP, Surface.DESKTOP) if wanted and screen.desktop_allowed else (Surface.IN_APP,)
