"""A reference to a record: what an activity is about, whom a case is for, what a conversation is linked to."""

from enum import Enum

import attrs

from customer_summary.domain.fields import Id, checked


class RecordKind(Enum):
    """The kinds of record that a page deals with."""

    CONTACT = "contact"
    ACCOUNT = "account"
    CASE = "case"
    CONVERSATION = "conversation"


CUSTOMER_KINDS = frozenset({RecordKind.CONTACT, RecordKind.ACCOUNT})
"""A customer is a contact or an account. [seed 004]"""


@attrs.frozen(field_transformer=checked)
class RecordRef:
    """One record, by its kind and its id."""

    kind: RecordKind
    id: Id
