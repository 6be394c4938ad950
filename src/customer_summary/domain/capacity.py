"""Capacity: how much work an agent can have at once, what an item takes, and how much is in use (spec 9.3, 12)."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Many, Name, Whole, checked, checked_when_read

MAX_PROFILES, MAX_UNITS = 100, 1_000_000


class ProfileReset(Enum):
    """When a profile's capacity is free again: as soon as the work is over, or at the end of that day."""

    IMMEDIATE = "immediate"
    END_OF_DAY = "end_of_day"


class Load(Enum):
    """How much of the capacity is in use; presence follows it. [spec 9.3]"""

    NONE = "none"
    PART = "part"
    FULL = "full"


@attrs.frozen(kw_only=True, field_transformer=checked)
class CapacityProfile:
    """How many items of one kind an agent can have. A `blocking` profile that is consumed makes the agent full."""

    name: Name
    limit: Annotated[int, Whole()]
    blocking: bool = False
    reset: ProfileReset = ProfileReset.IMMEDIATE


Profiles = Annotated[tuple[CapacityProfile, ...], Many(most=MAX_PROFILES, unique="name")]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Capacity:
    """An agent's limits: a total of `units`, or `profiles`, or both. Use one.

    Without a total, units have no limit. A profile that the agent does not have is no room for its work.
    """

    units: Annotated[int, Whole()] | None = None
    profiles: Profiles = ()


NO_LIMITS = Capacity()


@attrs.frozen(kw_only=True, field_transformer=checked)
class Demand:
    """What an item takes: so many units, and one of each profile. An item that takes nothing weighs nothing."""

    units: Annotated[int, Whole(most=MAX_UNITS)] = 0
    profiles: Annotated[tuple[Name, ...], Many(most=MAX_PROFILES)] = ()

    def __attrs_post_init__(self) -> None:
        if len(set(self.profiles)) < len(self.profiles):
            raise InvalidValue("profiles", "no two may be the same")


NO_DEMAND = Demand()


@attrs.frozen(field_transformer=checked)
class ProfileUse:
    """How many items use a profile."""

    name: Name
    count: Annotated[int, Whole(least=1)]


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class SpentProfile:
    """A profile that work which is over still uses, until the end of the day."""

    name: Name
    count: Annotated[int, Whole(least=1)]
    until: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class Workload:
    """The limits, and what is in use of them: accepted and assigned work, and wrap-up that blocks. [spec 9.3]"""

    limits: Capacity = NO_LIMITS
    units: Annotated[int, Whole()] = 0
    profiles: Annotated[tuple[ProfileUse, ...], Many(most=1_000_000, unique="name")] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in use. Work that weighs nothing counts as nothing."""
        return not self.units and not self.profiles

    @property
    def load(self) -> Load:
        """None, part or all of the capacity. A total of 0 units is all of it. [spec 9.3]"""
        limits = self.limits
        has_room = limits.units is not None and self.units < limits.units
        if limits.profiles:
            full = not has_room and self._profiles_are_consumed()
        else:
            full = not has_room and limits.units is not None
        if full:
            return Load.FULL
        return Load.NONE if self.is_empty else Load.PART

    def _profiles_are_consumed(self) -> bool:
        """Whether one blocking profile is consumed, or every one that does not block."""
        counts = {one.name: one.count for one in self.profiles}
        consumed = {one: counts.get(one.name, 0) >= one.limit for one in self.limits.profiles}
        free = [full for profile, full in consumed.items() if not profile.blocking]
        return any(full for profile, full in consumed.items() if profile.blocking) or (bool(free) and all(free))


NOTHING_IN_USE = Workload()
