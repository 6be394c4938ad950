"""How phone numbers are compared (spec 2.1): the simple rule, and a port for a better one, chosen by name."""

from collections.abc import Callable, Mapping
from typing import Protocol
from unicodedata import category

import attrs

from customer_summary.domain.errors import UnknownKey
from customer_summary.domain.identification import PhoneSettings


class PhoneNormaliser(Protocol):
    """Gives a phone number in the form that is compared. The same number gives the same form, however it is written."""

    def __call__(self, text: str, /) -> str: ...  # noqa: D102  # said above


@attrs.frozen
class OfferedPhones:
    """The rules there are beside the simple one, by name: each a function of the region that makes one."""

    normalisers: Mapping[str, Callable[[str], PhoneNormaliser]] = attrs.field(factory=dict)


NONE_OFFERED = OfferedPhones()
SIMPLE = "simple"
_LEFT_OUT = {"Zs", "Pd"}


def simple_phone(text: str) -> str:
    """Strips spaces, dashes and parentheses; everything else stays, a leading + too.

    >>> simple_phone("+31 (6) 1234-5678")
    '+31612345678'
    """
    if text.isascii():
        return "".join(text.translate(_ASCII_LEFT_OUT).split())
    return "".join(one for one in text if one not in "()\t\n" and category(one) not in _LEFT_OUT)


_ASCII_LEFT_OUT = str.maketrans("", "", "()- ")


def choose_phones(settings: PhoneSettings, offered: OfferedPhones = NONE_OFFERED) -> PhoneNormaliser:
    """Makes the rule that the settings name; raises `UnknownKey` for a name that is neither `simple` nor offered."""
    if settings.normaliser == SIMPLE:
        return simple_phone
    if settings.normaliser not in offered.normalisers:
        raise UnknownKey("phone normaliser", (SIMPLE, *offered.normalisers))
    return offered.normalisers[settings.normaliser](settings.region)
