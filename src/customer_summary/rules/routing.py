"""Routing, as far as a desk decides it: every reason why an item cannot go to an agent now (spec 9.6, 12)."""

from enum import Enum

import attrs

from customer_summary.domain.desk import Desk
from customer_summary.domain.presence import PresenceReason
from customer_summary.domain.work import WorkItem
from customer_summary.domain.workstream import Workstream
from customer_summary.rules.capacity import obstacles


class Obstacle(Enum):
    """What stands in the way of an item."""

    DISCONNECTED = "disconnected"
    PRESENCE_NOT_ALLOWED = "presence_not_allowed"
    NO_UNITS = "no_units"
    NO_PROFILE = "no_profile"


@attrs.frozen
class NotRoutable:
    """One reason: what stands in the way, why the presence is what it is, and which profile has no room."""

    obstacle: Obstacle
    because: PresenceReason | None = None
    profile: str = ""


def why_not_routable(desk: Desk, item: WorkItem | Workstream) -> tuple[NotRoutable, ...]:
    """Gives every reason at once why an item, or any of a workstream, cannot be offered to this desk; empty if it can.

    Presence is that of the desk, by its base, against those that the workstream allows; capacity counts what is in use
    and what is reserved. The number of open sessions is no reason: the desk itself refuses the eleventh, with an alert.
    """
    found: list[NotRoutable] = []
    presence, because, _ = desk.presence.standing
    if presence.base not in item.allowed:
        there = desk.presence.connection.connected
        found.append(NotRoutable(Obstacle.PRESENCE_NOT_ALLOWED if there else Obstacle.DISCONNECTED, because))
    for one in obstacles(desk, item.demand):
        profile = one.profile
        found.append(
            NotRoutable(Obstacle.NO_UNITS) if profile is None else NotRoutable(Obstacle.NO_PROFILE, profile=profile)
        )
    return tuple(found)
