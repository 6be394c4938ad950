"""The customer: a contact or an account (spec 1.2).

[seed 000, 001] name the fields of the older page, [seed 004] those of the two cards of the newer one.
"""

from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.fields import SECRET, Id, Text, checked
from customer_summary.domain.record import RecordKind, RecordRef

MAX_DETAIL = 100
"""Characters in a short detail of a customer (our choice)."""

MAX_ADDRESS = 320
"""Characters in an e-mail address: 64 before the sign, 255 behind it (RFC 5321)."""

FullName = Annotated[str, Text(least=1, most=MAX_DETAIL), SECRET]
Detail = Annotated[str, Text(most=MAX_DETAIL), SECRET]
Label = Annotated[str, Text(most=MAX_DETAIL)]
Address = Annotated[str, Text(most=MAX_ADDRESS), SECRET]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Contact:
    """A person. Only `id` and `name` are required; a missing detail is empty text."""

    id: Id
    name: FullName
    job: Detail = ""
    job_title: Detail = ""
    relationship_type: Label = ""
    city: Detail = ""
    category: Label = ""
    preferred_contact: Label = ""
    location: Detail = ""
    email: Address = ""
    mobile_phone: Detail = ""
    company: Detail = ""
    active: bool = True

    @property
    def ref(self) -> RecordRef:
        """This contact as a reference."""
        return RecordRef(RecordKind.CONTACT, self.id)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Account:
    """An organisation. `primary_contact` is the name of the person to speak to. [seed 004]"""

    id: Id
    name: FullName
    number: Label = ""
    relationship_type: Label = ""
    city: Detail = ""
    category: Label = ""
    preferred_contact: Label = ""
    location: Detail = ""
    email: Address = ""
    phone: Detail = ""
    primary_contact: Detail = ""
    active: bool = True

    @property
    def ref(self) -> RecordRef:
        """This account as a reference."""
        return RecordRef(RecordKind.ACCOUNT, self.id)


Customer: TypeAlias = Contact | Account
