"""The rules for phone numbers that come with the library, by name. Nothing is imported before one is made."""

from importlib import import_module

from customer_summary.rules.phones import OfferedPhones, PhoneNormaliser
from customer_summary.scorers.embedded import ExtraMissing


def _international(region: str) -> PhoneNormaliser:
    try:
        made: PhoneNormaliser = import_module("customer_summary.normalisers.international").make_normaliser(region)
    except ModuleNotFoundError:
        raise ExtraMissing("phone normaliser", "phones") from None
    return made


EMBEDDED_PHONES = OfferedPhones({"international": _international})
"""The names that `PhoneSettings` may have beside `simple`."""
