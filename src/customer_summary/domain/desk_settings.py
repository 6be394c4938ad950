"""What an administrator decides about presence, notifications and desks (spec 8, 9, 12)."""

from datetime import datetime, timedelta
from typing import Annotated

import attrs

from customer_summary.domain.capacity import NO_LIMITS, Capacity
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Many, Span, Text, Whole, checked
from customer_summary.domain.notification import DesktopMode, NotificationTemplate
from customer_summary.domain.presence import (
    AVAILABLE,
    DO_NOT_DISTURB,
    INACTIVE,
    MAX_CUSTOM,
    STOCK,
    PresenceStatus,
    PresenceText,
)
from customer_summary.domain.stock_templates import STOCK_TEMPLATES
from customer_summary.domain.workstream import Workstream
from customer_summary.domain.zone import check_zone, zone_of

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PresenceSettings:
    """The presences there are, and what a miss, a rejection and the session limit set.

    `missed_alerts` and `rejected_alerts` switch the two features on: without, there is neither alert nor change of
    presence. [seed 002] `idle_after` is off where None. `restore_within` is how soon a return changes nothing.
    """

    custom: Annotated[tuple[PresenceStatus, ...], Many(most=MAX_CUSTOM, unique="text")] = ()
    default: PresenceText = AVAILABLE.text
    missed_alerts: bool = False
    missed_presence: PresenceStatus = INACTIVE
    rejected_alerts: bool = False
    rejected_presence: PresenceStatus = DO_NOT_DISTURB
    session_limit_presence: PresenceStatus = DO_NOT_DISTURB
    idle_after: Annotated[timedelta, Span(_MINUTE, _DAY)] | None = None
    restore_within: Annotated[timedelta, Span(most=_DAY)] = timedelta(seconds=150)

    def __attrs_post_init__(self) -> None:
        stock = {one.text for one in STOCK}
        if any(one.text in stock for one in self.custom):
            raise InvalidValue("custom", "must not have the text of a stock presence")
        if self.default == INACTIVE.text or self.find(self.default) is None:
            raise InvalidValue("default", "must be the text of a presence that can be chosen")
        for name in ("missed_presence", "rejected_presence", "session_limit_presence"):
            if getattr(self, name) not in {*STOCK, *self.custom}:
                raise InvalidValue(name, "must be a stock presence or one of the custom ones")

    def find(self, text: str) -> PresenceStatus | None:
        """Finds the presence with exactly this text."""
        for one in STOCK:
            if one.text == text:
                return one
        return next((one for one in self.custom if one.text == text), None)


@attrs.frozen(kw_only=True, field_transformer=checked)
class NotificationSettings:
    """The templates there are. The desktop mode *always* needs the preview switched on and its terms accepted."""

    templates: Annotated[tuple[NotificationTemplate, ...], Many(most=500, unique="name")] = STOCK_TEMPLATES
    desktop_always: bool = False
    preview_terms_accepted: bool = False

    def __attrs_post_init__(self) -> None:
        if self.desktop_always and self.preview_terms_accepted:
            return
        for index, one in enumerate(self.templates):
            if one.desktop is DesktopMode.ALWAYS:
                rule = "always needs the preview switched on and its terms accepted"
                raise InvalidValue(f"templates[{index}].desktop", rule)


@attrs.frozen(kw_only=True, field_transformer=checked)
class DeskSettings:
    """Everything an administrator decides about agents' desks.

    `session_limit` counts open sessions. `abandoned_after` is how long an agent can be away before their work goes
    back to the queue. `capacity` is what a desk begins with. `zone` is where days end.
    """

    presence: PresenceSettings = PresenceSettings()
    notifications: NotificationSettings = NotificationSettings()
    session_limit: Annotated[int, Whole(1, 1000)] = 10
    abandoned_after: Annotated[timedelta, Span(most=_DAY)] = timedelta(seconds=150)
    capacity: Capacity = NO_LIMITS
    workstreams: Annotated[tuple[Workstream, ...], Many(most=1000, unique="name")] = ()
    zone: Annotated[str, Text(least=1)] = "UTC"

    def __attrs_post_init__(self) -> None:
        check_zone(self.zone)

    def end_of_day(self, at: datetime) -> datetime:
        """Gives the first midnight after an instant, in the desks' zone."""
        zone = zone_of(self.zone)
        tomorrow = at.astimezone(zone).date() + _DAY
        return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone).astimezone(at.tzinfo)
