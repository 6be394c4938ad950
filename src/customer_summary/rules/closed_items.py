"""Closed work items: what an agent closed that day (spec 1.1). Looking at one changes nothing."""

from collections.abc import Iterable
from datetime import datetime

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.fields import check_instant
from customer_summary.domain.zone import check_zone, zone_of


def closed_that_day(
    conversations: Iterable[Conversation], agent: str, now: datetime, zone: str = "UTC"
) -> tuple[Conversation, ...]:
    """Gives the closed conversations of an agent whose day of closing is that of `now` in `zone`, newest first.

    They are those whose last agent this was, also where the system closed them. What closes after `now` is left out.
    Refuses, with `InvalidValue`, a naive instant and an unknown zone.
    """
    check_zone(zone)
    now, day = check_instant(now, "now"), zone_of(zone)
    found = [
        one
        for one in conversations
        if one.agent == agent
        and one.closed_on is not None
        and one.closed_on <= now
        and one.closed_on.astimezone(day).date() == now.astimezone(day).date()
    ]
    return tuple(sorted(found, key=lambda one: (one.closed_on, one.id), reverse=True))
