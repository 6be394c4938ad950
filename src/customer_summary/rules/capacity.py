"""Capacity: what a desk has in use, what its offers reserve, and whether there is room for more (spec 9.3, 12)."""

from collections import Counter
from collections.abc import Iterable

import attrs

from customer_summary.domain.capacity import Capacity, Demand, ProfileReset, ProfileUse, SpentProfile, Workload
from customer_summary.domain.desk import Desk, HeldItem


def workload_of(limits: Capacity, items: Iterable[HeldItem], spent: Iterable[SpentProfile]) -> Workload:
    """Gives what is in use: items, unless their wrap-up is free, and profiles spent until the end of the day."""
    until_evening = evening_profiles(limits)
    units, profiles = 0, Counter[str]()
    for held in items:
        units += 0 if held.free else held.item.demand.units
        profiles.update(name for name in held.item.demand.profiles if not held.free or name in until_evening)
    for one in spent:
        profiles[one.name] += one.count
    used = tuple(ProfileUse(name, count) for name, count in sorted(profiles.items()))
    return Workload(limits=limits, units=units, profiles=used)


def evening_profiles(limits: Capacity) -> frozenset[str]:
    """Names the profiles that are free again only at the end of the day."""
    return frozenset(one.name for one in limits.profiles if one.reset is ProfileReset.END_OF_DAY)


@attrs.frozen
class NoRoom:
    """What has no room for an item: the units, or where it is named a profile."""

    profile: str | None = None


def obstacles(desk: Desk, demand: Demand) -> tuple[NoRoom, ...]:
    """Gives everything that has no room for an item, beside what is in use and reserved.

    An item needs room in all of its profiles. What takes nothing always has room.
    """
    workload, limits = desk.presence.workload, desk.presence.workload.limits
    reserved = [one.offer.item.demand for one in desk.notifications]
    found: list[NoRoom] = []
    if limits.units is not None and demand.units:
        taken = workload.units + sum(one.units for one in reserved)
        found += [NoRoom()] if taken + demand.units > limits.units else []
    if demand.profiles:
        counts = Counter({one.name: one.count for one in workload.profiles})
        counts.update(name for one in reserved for name in one.profiles)
        places = {one.name: one.limit for one in limits.profiles}
        found += [NoRoom(name) for name in demand.profiles if counts[name] >= places.get(name, 0)]
    return tuple(found)
