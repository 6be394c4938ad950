"""Option codes: the numbers by which a foreign system names its kinds and states.

A code that is not known is kept as it came, as an `UnknownOption`; it is never dropped and never guessed.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Generic, TypeVar

import attrs

from customer_summary.domain.case import Priority
from customer_summary.domain.context import ContextType
from customer_summary.domain.conversation import ConversationStatus
from customer_summary.domain.errors import InvalidValue, kind_of
from customer_summary.domain.fields import MAX_WHOLE
from customer_summary.domain.self_service import SelfServiceKind

M = TypeVar("M", bound=Enum)


@attrs.frozen
class UnknownOption:
    """A code that its option set does not list."""

    option_set: str
    code: int


@attrs.frozen
class OptionSet(Generic[M]):
    """One option set: what each code means, and the code that is written for each meaning.

    `mistaken` lists codes that are read but never written.
    """

    name: str
    codes: Mapping[int, M] = attrs.field(hash=False)
    mistaken: Mapping[int, M] = attrs.field(factory=dict, hash=False)

    def read(self, code: object) -> M | UnknownOption:
        """Gives the meaning of a code, a whole number or its digits; raises `InvalidValue` for anything else."""
        number = _number(code)
        return self.codes.get(number) or self.mistaken.get(number) or UnknownOption(self.name, number)

    def write(self, meaning: M | UnknownOption) -> int:
        """Gives the code of a meaning; an unknown option gives back its own. Raises `InvalidValue` for others."""
        if isinstance(meaning, UnknownOption):
            if meaning.option_set == self.name and meaning.code not in {*self.codes, *self.mistaken}:
                return meaning.code
            raise InvalidValue("code", "expected a code that this option set does not list")
        for code, one in self.codes.items():
            if one is meaning:
                return code
        raise InvalidValue("code", "expected a meaning of this option set")


def _number(code: object) -> int:
    if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) < len(str(MAX_WHOLE)):
        return int(code)
    if isinstance(code, int) and not isinstance(code, bool) and 0 <= code <= MAX_WHOLE:
        return code
    raise InvalidValue("", f"expected an option code, got {kind_of(code)}")


SELF_SERVICE_TYPES = OptionSet(
    "msdyn_visitorjourneytype",
    {
        192350000: SelfServiceKind.PAGE_VISITED,
        192350001: SelfServiceKind.PHRASE_SEARCHED,
        192350002: SelfServiceKind.ARTICLE_VIEWED,
        192350100: SelfServiceKind.CUSTOM_ACTION,
    },
    mistaken={192350003: SelfServiceKind.CUSTOM_ACTION},  # so a published sample has it
)

CONVERSATION_STATES = OptionSet(
    "msdyn_liveconversation_statecode",
    {
        0: ConversationStatus.OPEN,
        1: ConversationStatus.ACTIVE,
        2: ConversationStatus.WAITING,
        3: ConversationStatus.CLOSED,
        4: ConversationStatus.WRAP_UP,
    },
)

CONVERSATION_REASONS = OptionSet(
    "msdyn_ocliveworkitem_statuscode",
    {
        1: ConversationStatus.OPEN,
        2: ConversationStatus.ACTIVE,
        3: ConversationStatus.WAITING,
        4: ConversationStatus.CLOSED,
        5: ConversationStatus.WRAP_UP,
    },
)
"""6 (Resolved) and 7 (Scheduled) exist for the foreign system's internal use: they are unknown options here."""

CASE_PRIORITIES = OptionSet("incident_prioritycode", {1: Priority.HIGH, 2: Priority.NORMAL, 3: Priority.LOW})

CONTEXT_TYPES = OptionSet(
    "msdyn_contextvariabletype",
    {192350000: ContextType.TEXT, 192350001: ContextType.NUMBER, 192350002: ContextType.BOOLEAN},
)
"""192350100 (entity reference) is an unknown option here."""
