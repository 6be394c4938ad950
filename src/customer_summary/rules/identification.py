"""Who the customer is (spec 2.1): pure rules over the candidates that the host's directory returns.

`identify` says what to ask the directory, or what came of the answers. The host runs the queries in its own way and at
its own pace; `identified` runs them on a directory at once.
"""

from collections.abc import Collection, Mapping

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.directory import Attribute, Criterion, DirectoryRecord, ExactQuery
from customer_summary.domain.identification import (
    Claims,
    Identification,
    IdentificationKeys,
    IdentifiedBy,
    Match,
    MatchResult,
)
from customer_summary.domain.record import RecordKind
from customer_summary.rules.directory import Directory, is_active, meets, normal_value, ref_value
from customer_summary.rules.phones import PhoneNormaliser, simple_phone
from customer_summary.rules.survey import context_of

CONTACT, ACCOUNT, CASE = RecordKind.CONTACT, RecordKind.ACCOUNT, RecordKind.CASE

CUSTOMERS = (CONTACT, ACCOUNT)
"""The kinds of customer, the preferred one first: a contact wins over an account."""

SENDERS: Mapping[Channel, tuple[RecordKind, ...]] = {Channel.SMS: (CONTACT,), Channel.VOICE: CUSTOMERS}
"""The channels that come with a phone number, and whose number it may be. [seed 002]"""

KEYS: Mapping[str, str] = {"Name": "name", "Email": "email", "Phone": "phone", "CaseNumber": "case_number"}
"""The context variables that identify, by their exact names, and what they become."""

Answers = Mapping[ExactQuery, Collection[DirectoryRecord]]
"""What the directory gave to each query, in any order, more than once or more than was asked for."""


@attrs.frozen
class Ask:
    """What the directory must be asked before anything can be said."""

    queries: tuple[ExactQuery, ...]


def keys_of(conversation: Conversation) -> IdentificationKeys:
    """Gives the keys among the answers and the context variables of a conversation; a variable overrides an answer."""
    variables = (*context_of(conversation.survey), *conversation.context)
    return IdentificationKeys(**{KEYS[one.name]: one.stored for one in variables if one.name in KEYS})


def claims_of(conversation: Conversation, *, subject: str | None = None, sender: str = "") -> Claims:
    """Gives the claims of a conversation. `subject` must come from an identity that the host has verified."""
    return Claims(
        channel=conversation.channel,
        subject=subject,
        sender=sender,
        keys=keys_of(conversation),
        customer=conversation.customer,
        case=conversation.case_ref,
    )


def identified(directory: Directory, claims: Claims, normalise_phone: PhoneNormaliser = simple_phone) -> Identification:
    """Identifies at once: runs every query on the directory that is needed."""
    answers: dict[ExactQuery, tuple[DirectoryRecord, ...]] = {}
    while isinstance(found := identify(claims, answers, normalise_phone), Ask):
        answers |= {query: tuple(directory.exact(query)) for query in found.queries}
    return found


def identify(claims: Claims, answers: Answers, normalise_phone: PhoneNormaliser = simple_phone) -> Identification | Ask:
    """Gives the customer and the case that the claims identify, or the queries whose answers are still missing.

    Exactly one active record must meet all that was given. The strongest claim that finds one decides: a verified
    subject, then the phone number of the channel, then the keys; a contact before an account. A verified subject whose
    record is inactive ends it: what is typed cannot say that they are somebody else.

    A case is found by its number, if it is active and its customer's; without a number it is the only active case of
    the customer. What is linked already stays.
    """
    search = _Search(answers, normalise_phone)
    customer = _customer(claims, search)
    case = _case(claims, customer, search)
    return Ask(tuple(dict.fromkeys(search.missing))) if search.missing else Identification(customer, case)


class _Search:
    """The answers that came, and the queries that were not answered yet."""

    def __init__(self, answers: Answers, normalise_phone: PhoneNormaliser) -> None:
        self.answers, self.normalise_phone, self.missing = answers, normalise_phone, list[ExactQuery]()

    def match(self, kind: RecordKind, by: IdentifiedBy, **given: str) -> tuple[Match, DirectoryRecord | None]:
        """Looks for the one active record that meets everything given; what is empty was not given."""
        named = [(Attribute(name), value.strip()) for name, value in given.items() if value.strip()]
        if not named:
            return Match(), None
        normal = [(one, normal_value(one, value, self.normalise_phone)) for one, value in named]
        if not all(value for _, value in normal):
            return Match(MatchResult.NONE), None  # a number of nothing but dashes is nobody's
        query = ExactQuery(kind, tuple(Criterion(one, value) for one, value in normal))
        if query not in self.answers:
            self.missing.append(query)
            return Match(MatchResult.NONE), None
        met = {one.ref: one for one in self.answers[query] if meets(query, one, self.normalise_phone)}
        active = [one for one in met.values() if is_active(one)]
        if len(active) == 1:
            return Match(MatchResult.FOUND, active[0].ref, by), active[0]
        result = MatchResult.SEVERAL if active else MatchResult.INACTIVE if met else MatchResult.NONE
        return Match(result), None


def _customer(claims: Claims, search: _Search) -> Match:
    if claims.customer is not None:
        return Match(MatchResult.LINKED_ALREADY)
    keys = claims.keys
    attempts = (
        (IdentifiedBy.SUBJECT, CUSTOMERS, {"id": claims.subject or ""}),
        (IdentifiedBy.PHONE, SENDERS.get(claims.channel, ()), {"phone": claims.sender}),
        (IdentifiedBy.KEYS, CUSTOMERS, _customer_keys(keys)),
    )
    found = Match()
    for by, kinds, given in attempts:
        matches = [search.match(kind, by, **given)[0] for kind in kinds]
        if search.missing:
            return found
        best = max(matches, key=lambda one: _TELLING.index(one.result), default=Match())
        found = max(found, best, key=lambda one: _TELLING.index(one.result))
        if best.result is MatchResult.FOUND or (by, best.result) == (IdentifiedBy.SUBJECT, MatchResult.INACTIVE):
            return best
    return found


_TELLING = (MatchResult.NOT_LOOKED_FOR, MatchResult.NONE, MatchResult.INACTIVE, MatchResult.SEVERAL, MatchResult.FOUND)
"""What tells most of several answers stands last; of two that tell the same the first counts: a contact's."""


def _customer_keys(keys: IdentificationKeys) -> dict[str, str]:
    return {"name": keys.name, "email": keys.email, "phone": keys.phone}


def _case(claims: Claims, customer: Match, search: _Search) -> Match:
    if claims.case is not None:
        return Match(MatchResult.LINKED_ALREADY)
    if search.missing:
        return Match()
    whose = claims.customer or customer.record
    if claims.keys.case_number:
        match, case = search.match(CASE, IdentifiedBy.KEYS, number=claims.keys.case_number)
        return match if case is None else _of_customer(match, case, claims, customer, search)
    if whose is None:
        return Match()
    return search.match(CASE, IdentifiedBy.CUSTOMER, customer=ref_value(whose))[0]


def _of_customer(match: Match, case: DirectoryRecord, claims: Claims, customer: Match, search: _Search) -> Match:
    """Keeps a case found by its number if it is that customer's; where keys alone say who it is, if these meet them."""
    whose = case.customer if isinstance(case, Case) else None
    known = claims.customer or (customer.record if customer.by is not IdentifiedBy.KEYS else None)
    if known is not None:
        return match if whose == known else Match(MatchResult.OTHER_CUSTOMER)
    given = _customer_keys(claims.keys)
    if not any(given.values()):
        return match
    if whose is None:
        return Match(MatchResult.OTHER_CUSTOMER)
    owner, _ = search.match(whose.kind, IdentifiedBy.KEYS, id=whose.id, **given)
    return match if owner.record == whose else Match(MatchResult.OTHER_CUSTOMER)
