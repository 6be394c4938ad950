"""Who the customer is: what is claimed or verified, and what came of looking for it (spec 2.1)."""

from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.channel import Channel
from customer_summary.domain.context import MAX_VALUE
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Text, checked
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef

Claimed = Annotated[str, Text(most=MAX_VALUE), SECRET]
"""A value that a customer gave; spaces around it count as nothing, and empty text is a value not given."""


class IdentifiedBy(Enum):
    """By what a record was identified, the strongest first. Only a verified subject is proof of who somebody is.

    A case is found by a number among the keys, or through its customer.
    """

    SUBJECT = "subject"
    PHONE = "phone"
    KEYS = "keys"
    CUSTOMER = "customer"


@attrs.frozen(kw_only=True, field_transformer=checked)
class IdentificationKeys:
    """What a visitor typed, or a bot or a portal passed on: the keys `Name`, `Email`, `Phone` and `CaseNumber`."""

    name: Claimed = ""
    email: Claimed = ""
    phone: Claimed = ""
    case_number: Claimed = ""


CUSTOMER_MEANS = frozenset({IdentifiedBy.SUBJECT, IdentifiedBy.PHONE, IdentifiedBy.KEYS})
CASE_MEANS = frozenset({IdentifiedBy.KEYS, IdentifiedBy.CUSTOMER})
"""By what a customer is identified, and by what a case."""

NO_KEYS = IdentificationKeys()


@attrs.frozen(kw_only=True, field_transformer=checked)
class Claims:
    """Everything by which a customer may be identified.

    `subject` is the id of a contact or an account from an identity that the host has *verified*, never from context
    variables or answers. `sender` is the phone number that an SMS or a call came from. `customer` and `case` are linked
    already, and stay.
    """

    channel: Channel
    subject: Id | None = None
    sender: Claimed = ""
    keys: IdentificationKeys = NO_KEYS
    customer: RecordRef | None = None
    case: RecordRef | None = None

    def __attrs_post_init__(self) -> None:
        if self.customer is not None and self.customer.kind not in CUSTOMER_KINDS:
            raise InvalidValue("customer", "must be a contact or an account")
        if self.case is not None and self.case.kind is not RecordKind.CASE:
            raise InvalidValue("case", "must be a case")


class MatchResult(Enum):
    """What came of looking for a record, and why where nothing did."""

    FOUND = "found"
    NOT_LOOKED_FOR = "not_looked_for"
    NONE = "none"
    SEVERAL = "several"
    INACTIVE = "inactive"
    OTHER_CUSTOMER = "other_customer"
    LINKED_ALREADY = "linked_already"


@attrs.frozen(field_transformer=checked)
class Match:
    """What came of looking for a customer or a case: the record and by what it was found, or why there is none."""

    result: MatchResult = MatchResult.NOT_LOOKED_FOR
    record: RecordRef | None = None
    by: IdentifiedBy | None = None

    def __attrs_post_init__(self) -> None:
        found = self.result is MatchResult.FOUND
        if (self.record is not None, self.by is not None) != (found, found):
            raise InvalidValue("record", "a match that was found has a record and says by what, no other does")


@attrs.frozen(field_transformer=checked)
class Identification:
    """What an identification found: a customer, a case, both or neither, each with the reason."""

    customer: Match = Match()
    case: Match = Match()

    def __attrs_post_init__(self) -> None:
        for field, match, kinds, means in (
            ("customer", self.customer, CUSTOMER_KINDS, CUSTOMER_MEANS),
            ("case", self.case, {RecordKind.CASE}, CASE_MEANS),
        ):
            if match.record is not None and (match.record.kind not in kinds or match.by not in means):
                raise InvalidValue(field, "must be of the right kind, and found by what finds that kind")


@attrs.frozen(kw_only=True, field_transformer=checked)
class PhoneSettings:
    """How phone numbers are compared: by the rule of this name.

    `simple` strips spaces, dashes and parentheses. `international` reads numbers as the library `phonenumbers` does,
    those without a country code as numbers of `region`, such as NL.
    """

    normaliser: Annotated[str, Text(least=1)] = "simple"
    region: Annotated[str, Text(most=2, strip=False, bare=True)] = ""
