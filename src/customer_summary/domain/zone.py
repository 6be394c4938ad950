"""Time zones by their IANA names, the same on every machine."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from customer_summary.domain.errors import InvalidValue

_OF_THE_MACHINE = frozenset({"localtime", "posixrules", "Factory"})  # not the same zone everywhere

zone_of = lru_cache(maxsize=64)(ZoneInfo)
"""Gives a zone whose name was checked."""


def check_zone(name: str, field: str = "zone") -> None:
    """Refuses, with `InvalidValue`, what is no name of a time zone that means the same everywhere."""
    try:
        known = name not in _OF_THE_MACHINE and bool(zone_of(name))
    except (LookupError, ValueError, OSError):
        known = False
    if not known:
        raise InvalidValue(field, "expected the name of a time zone, such as Europe/Kyiv")
