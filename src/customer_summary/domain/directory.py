"""What is asked of the host's directory of contacts, accounts and cases: queries as values that any store can run.

An exact query carries its values in their normal form (`rules.directory`), so that a store compares text and no more.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, TypeAlias, get_args

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.context import MAX_VALUE
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Many, Text, Whole, checked
from customer_summary.domain.record import RecordKind

DirectoryRecord: TypeAlias = Contact | Account | Case
"""What a directory holds."""

EXACT_MOST = 2
"""Records that an exact query gives at most: two say that there are several (spec 2.1)."""

MAX_FOUND = 1000


class Attribute(Enum):
    """What an exact query compares. Which field of a record it is, `rules.directory.FIELDS` says."""

    ID = "id"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    CUSTOMER = "customer"


@attrs.frozen(field_transformer=checked)
class Criterion:
    """One attribute and the value it must have, in its normal form. There is none for an empty value."""

    attribute: Attribute
    value: Annotated[str, Text(least=1, most=MAX_VALUE, strip=False), SECRET]


def _check_stored(kind: RecordKind) -> None:
    if kind not in SEARCHABLE:
        raise InvalidValue("kind", "must be a contact, an account or a case")


@attrs.frozen(field_transformer=checked)
class ExactQuery:
    """Asks for the records of a kind that meet every criterion: at most two, active ones before the others."""

    kind: RecordKind
    where: Annotated[tuple[Criterion, ...], Many(most=len(Attribute), unique="attribute")]

    def __attrs_post_init__(self) -> None:
        _check_stored(self.kind)
        if not self.where:
            raise InvalidValue("where", "a query without criteria would give everything")


@attrs.frozen(kw_only=True, field_transformer=checked)
class SearchQuery:
    """Asks for the active records of a kind in whose columns every word of `text` begins a word (spec 2.2).

    A word after a `*` may stand anywhere in a column. `columns` are fields of the kind; empty means its default ones.
    """

    kind: RecordKind
    text: Annotated[str, SECRET]
    columns: Annotated[tuple[str, ...], Many(most=20)] = ()
    most: Annotated[int, Whole(least=1, most=MAX_FOUND)] = 20

    def __attrs_post_init__(self) -> None:
        _check_stored(self.kind)
        known = SEARCHABLE[self.kind]
        if not set(known).issuperset(self.columns):
            raise InvalidValue("columns", f"no such column; known: {', '.join(known)}")

    @property
    def searched(self) -> tuple[str, ...]:
        """The columns that are searched."""
        return self.columns or DEFAULT_COLUMNS[self.kind]


def _texts_of(kind: type) -> tuple[str, ...]:
    """Gives the fields of a record that people read and search."""
    fields = [one for one in attrs.fields(kind) if one.name != "id"]
    return tuple(one.name for one in fields if one.type is str or get_args(one.type)[:1] == (str,))


SEARCHABLE: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.CONTACT: _texts_of(Contact),
    RecordKind.ACCOUNT: _texts_of(Account),
    RecordKind.CASE: _texts_of(Case),
}
"""The columns that a search may look in: every text of a record."""

DEFAULT_COLUMNS: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.CONTACT: ("company", "email", "name", "mobile_phone"),
    RecordKind.ACCOUNT: ("name", "number", "email", "phone"),
    RecordKind.CASE: ("number", "title"),
}
"""The columns that are searched unless others are named. A contact's name is one column with all its parts."""
