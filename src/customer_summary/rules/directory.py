"""How records are compared and found (spec 2.1, 2.2): the rules that every directory obeys, whatever it stores in.

A directory may use them as they stand, as the one in memory does, or build indexes of the same normal forms.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol
from unicodedata import category, normalize

import attrs

from customer_summary.domain.case import Case, CaseState
from customer_summary.domain.directory import EXACT_MOST, Attribute, Criterion, DirectoryRecord, ExactQuery, SearchQuery
from customer_summary.domain.outcome import Outcome
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.rules.phones import PhoneNormaliser

FIELDS: Mapping[RecordKind, Mapping[Attribute, str]] = {
    RecordKind.CONTACT: {
        Attribute.ID: "id",
        Attribute.NAME: "name",
        Attribute.EMAIL: "email",
        Attribute.PHONE: "mobile_phone",
    },
    RecordKind.ACCOUNT: {
        Attribute.ID: "id",
        Attribute.NAME: "name",
        Attribute.EMAIL: "email",
        Attribute.PHONE: "phone",
    },
    RecordKind.CASE: {
        Attribute.ID: "id",
        Attribute.NUMBER: "number",
        Attribute.CUSTOMER: "customer",
    },
}
"""The field of a record that an attribute compares. Its place for a contact's phone is the mobile phone. [seed 002]"""

PHONE_COLUMNS = frozenset({"mobile_phone", "phone"})
"""The columns in which a search compares numbers too."""


GAP = "  "
"""What stands before a word: two spaces, so that with the first letter they are a trigram, which an index can find."""


class Directory(Protocol):
    """The host's contacts, accounts and cases. `testing.directories` says what must hold, and tries it.

    `exact` gives at most two records that meet a query, active ones first; `search` gives active ones only, at most
    as many as asked for, each once, and the same ones every time. `create` answers `Applied`, `Unchanged` where the
    very same record is there, or `Refused` with `id_taken` where another one is.
    """

    def exact(self, query: ExactQuery, /) -> Sequence[DirectoryRecord]: ...  # noqa: D102  # said above
    def search(self, query: SearchQuery, /) -> Sequence[DirectoryRecord]: ...  # noqa: D102  # said above
    def create(self, record: DirectoryRecord, /) -> Outcome: ...  # noqa: D102  # said above


def is_active(record: DirectoryRecord) -> bool:
    """Says whether a record may be identified and searched for: of a case, whether its state is active."""
    return record.state is CaseState.ACTIVE if isinstance(record, Case) else record.active


def folded(text: str) -> str:
    """Gives text in the form in which names, e-mail addresses and case numbers are compared: without regard to case.

    >>> folded(" Ängström@Example.org ") == folded("ÄNGSTRÖM@example.ORG")
    True
    """
    if text.isascii():
        return text.strip().lower()
    return normalize("NFC", normalize("NFD", text).casefold()).strip()


def ref_value(ref: RecordRef) -> str:
    """Gives a reference as the text that is compared."""
    return f"{ref.kind.value}:{ref.id}"


def normal_value(attribute: Attribute, value: str, normalise_phone: PhoneNormaliser) -> str:
    """Gives a value in the normal form of its attribute; empty text where nothing of it is left."""
    if attribute is Attribute.PHONE:
        return normalise_phone(value)
    return value if attribute in {Attribute.ID, Attribute.CUSTOMER} else folded(value)


def criteria_of(record: DirectoryRecord, normalise_phone: PhoneNormaliser) -> tuple[Criterion, ...]:
    """Gives everything by which a record can be found exactly. What it does not have, nothing finds it by."""
    found = []
    for attribute, field in FIELDS[record.ref.kind].items():
        value: Any = getattr(record, field)
        text = ref_value(value) if isinstance(value, RecordRef) else value or ""
        normal = normal_value(attribute, text, normalise_phone)
        if normal:
            found.append(Criterion(attribute, normal))
    return tuple(found)


def meets(query: ExactQuery, record: DirectoryRecord, normalise_phone: PhoneNormaliser) -> bool:
    """Says whether a record meets every criterion of a query, active or not."""
    return record.ref.kind is query.kind and set(query.where) <= set(criteria_of(record, normalise_phone))


def at_most_two(records: Iterable[DirectoryRecord]) -> tuple[DirectoryRecord, ...]:
    """Gives the answer to an exact query from all that meet it: two at most, active ones first, each once."""
    once = {record.ref: record for record in records}
    return tuple(sorted(once.values(), key=lambda one: not is_active(one))[:EXACT_MOST])


@attrs.frozen
class Needle:
    """Words to find in any of `columns`: at the beginning of a word, or `anywhere`."""

    words: str
    columns: tuple[str, ...]
    anywhere: bool = False

    @property
    def text(self) -> str:
        """What is looked for in a text that `hay_of` made: the spaces before it are where a word begins."""
        return self.words if self.anywhere else f"{GAP}{self.words}"


def needles_of(query: SearchQuery, normalise_phone: PhoneNormaliser) -> tuple[tuple[Needle, ...], ...]:
    """Gives what a search looks for: alternatives, in each of which everything must be found.

    The words of the text are one alternative. Where the whole text is written like a phone number, the number in its
    normal form is another. A text without a letter or a digit has none, and finds nothing.
    """
    columns, found = query.searched, []
    terms = [(_words(term), term.startswith("*")) for term in query.text.split()]
    words = tuple(Needle(words, columns, anywhere) for words, anywhere in terms if words)
    if words:
        found.append(words)
    phones = tuple(column for column in columns if column in PHONE_COLUMNS)
    number = _words(normalise_phone(query.text)) if phones and _NUMBER.fullmatch(query.text) else ""
    if number:
        found.append((Needle(number, phones),))
    return tuple(found)


_NUMBER = re.compile(r"\s*\+?[\d\s()-]+")


def hay_of(record: DirectoryRecord, column: str, normalise_phone: PhoneNormaliser) -> str:
    """Gives the text in which the needles of a column are looked for: words with a gap before each.

    Of a phone number the normal form stands on a line of its own.
    """
    value: str = getattr(record, column)
    words = f"{GAP}{_words(value)}"
    return f"{words}\n{GAP}{_words(normalise_phone(value))}" if value and column in PHONE_COLUMNS else words


def found_by(query: SearchQuery, record: DirectoryRecord, normalise_phone: PhoneNormaliser) -> bool:
    """Says whether a search finds a record."""
    if record.ref.kind is not query.kind or not is_active(record):
        return False
    return any(
        all(
            any(needle.text in hay_of(record, column, normalise_phone) for column in needle.columns)
            for needle in needles
        )
        for needles in needles_of(query, normalise_phone)
    )


def _words(text: str) -> str:
    """Gives the words of a text, folded, a gap between them; letters, digits and their marks make words."""
    normal = folded(text)
    if normal.isascii():
        return GAP.join(_ASCII_WORDS.findall(normal))
    return GAP.join("".join(one if _in_word(one) else " " for one in normal).split())


_ASCII_WORDS = re.compile("[a-z0-9]+")


@lru_cache(maxsize=4096)
def _in_word(one: str) -> bool:
    return category(one)[0] in "LMN"
