"""Identification: who the customer is, by what, and why nobody is (spec 2.1)."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Account,
    Ask,
    Case,
    CaseStatus,
    Channel,
    Claims,
    Contact,
    ContextVariable,
    Conversation,
    Identification,
    IdentificationKeys,
    IdentifiedBy,
    InvalidValue,
    Match,
    MatchResult,
    MemoryDirectory,
    Question,
    RecordKind,
    RecordRef,
    SurveyAnswer,
    claims_of,
    identified,
    identify,
    simple_phone,
)
from customer_summary.domain.directory import DirectoryRecord, ExactQuery
from customer_summary.rules.directory import folded, is_active
from customer_summary.testing.directories import directory_contents

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANNA = Contact(id="anna", name="Anna Ångström", email="anna@example.org", mobile_phone="+31 6 1234-5678")
OLHA = Contact(id="olha", name="Olha", email="olha@example.org", mobile_phone="+380 50 123 45 67")
SHOP = Account(id="shop", name="Shop", email="shop@example.org", phone="+31 30 123 45 67")


def case(name: str, customer: DirectoryRecord | None, **changes: Any) -> Case:
    whose = None if customer is None else customer.ref
    given = {
        "id": name,
        "title": name,
        "number": f"CAS-{name}",
        "customer": whose,
        "created_on": NINE,
        "modified_on": NINE,
    }
    return Case(**given | changes)


def keys(**given: str) -> IdentificationKeys:
    return IdentificationKeys(**given)


def find(claims: Claims, *records: DirectoryRecord) -> Identification:
    return identified(MemoryDirectory(records), claims)


def sms(sender: str, **more: Any) -> Claims:
    return Claims(channel=Channel.SMS, sender=sender, **more)


def chat(**given: str) -> Claims:
    return Claims(channel=Channel.LIVE_CHAT, keys=keys(**given))


def found(record: DirectoryRecord, by: IdentifiedBy) -> Match:
    return Match(MatchResult.FOUND, record.ref, by)


NOT_LOOKED_FOR = Match()
SUBJECT, PHONE, KEYS, CUSTOMER = IdentifiedBy
NONE, SEVERAL, INACTIVE = Match(MatchResult.NONE), Match(MatchResult.SEVERAL), Match(MatchResult.INACTIVE)
GONE = attrs.evolve(ANNA, active=False)
TWIN = attrs.evolve(ANNA, id="twin")
HOUSE = Account(id="house", name=ANNA.name, email=ANNA.email, phone=ANNA.mobile_phone)
CALL = Claims(channel=Channel.VOICE, sender="+31301234567")
SIGNED_IN = Claims(channel=Channel.LIVE_CHAT, subject="anna")

CUSTOMERS: list[tuple[str, Claims, list[DirectoryRecord], Match]] = [
    ("SMS from the mobile phone of one contact", sms("+31612345678"), [ANNA, OLHA, SHOP], found(ANNA, PHONE)),
    ("SMS from the mobile phone of two contacts", sms("+31612345678"), [ANNA, TWIN], SEVERAL),
    ("SMS from the phone of an account", sms("+31301234567"), [ANNA, SHOP], NONE),
    ("SMS from nobody's phone", sms("+31000"), [ANNA], NONE),
    ("SMS from the phone of an inactive contact", sms("+31612345678"), [GONE], INACTIVE),
    ("SMS from one active and one inactive contact", sms("+31612345678"), [attrs.evolve(TWIN, active=False), ANNA], found(ANNA, PHONE)),
    ("a call from an account's phone", CALL, [ANNA, SHOP], found(SHOP, PHONE)),
    ("a call from a contact's and an account's phone", attrs.evolve(CALL, sender="+31612345678"), [HOUSE, ANNA], found(ANNA, PHONE)),
    ("a number on a chat, which has none", attrs.evolve(sms("+31612345678"), channel=Channel.LIVE_CHAT), [ANNA], NOT_LOOKED_FOR),
    ("name and e-mail, only the e-mail matches", chat(name="Somebody", email="anna@example.org"), [ANNA], NONE),
    ("name and e-mail of two different contacts", chat(name="Olha", email="anna@example.org"), [ANNA, OLHA], NONE),
    ("name and e-mail, both match", chat(name="anna åNGSTRÖM ", email="Anna@Example.org"), [ANNA, OLHA], found(ANNA, KEYS)),
    ("all three keys", chat(name=ANNA.name, email=ANNA.email, phone="+31(6)12345678"), [ANNA, TWIN, OLHA], SEVERAL),
    ("contact and account both unique", chat(email="anna@example.org"), [HOUSE, ANNA], found(ANNA, KEYS)),
    ("two contacts, one account", chat(email="anna@example.org"), [ANNA, TWIN, HOUSE], found(HOUSE, KEYS)),
    ("two contacts, two accounts", chat(email="anna@example.org"), [ANNA, TWIN, HOUSE, attrs.evolve(HOUSE, id="h")], SEVERAL),
    ("no key", chat(), [ANNA], NOT_LOOKED_FOR),
    ("keys of spaces", chat(name="  ", email="\t"), [ANNA], NOT_LOOKED_FOR),
    ("a number of nothing but dashes", chat(phone="- ()"), [attrs.evolve(ANNA, mobile_phone="")], NONE),
    ("a case number alone", chat(case_number="CAS-1"), [ANNA, case("1", ANNA)], NOT_LOOKED_FOR),
    ("a verified subject", SIGNED_IN, [ANNA, OLHA], found(ANNA, SUBJECT)),
    ("a verified subject of an account", attrs.evolve(SIGNED_IN, subject="shop"), [ANNA, SHOP], found(SHOP, SUBJECT)),
    ("a verified subject before the keys", attrs.evolve(SIGNED_IN, keys=keys(name="Olha")), [ANNA, OLHA], found(ANNA, SUBJECT)),
    ("a verified subject that is no record, and keys", attrs.evolve(SIGNED_IN, subject="x", keys=keys(name="Olha")), [ANNA, OLHA], found(OLHA, KEYS)),
    ("a verified subject that is inactive, and keys of another", attrs.evolve(SIGNED_IN, keys=keys(name="Olha")), [GONE, OLHA], INACTIVE),
    ("the phone before the keys", sms("+31612345678", keys=keys(name="Olha")), [ANNA, OLHA], found(ANNA, PHONE)),
    ("a phone of several, and keys of one", sms("+31612345678", keys=keys(name="Olha")), [ANNA, TWIN, OLHA], found(OLHA, KEYS)),
    ("a phone of several, and keys of nobody", sms("+31612345678", keys=keys(name="x")), [ANNA, TWIN, OLHA], SEVERAL),
    ("a customer who is linked already", attrs.evolve(SIGNED_IN, customer=OLHA.ref), [ANNA, OLHA], Match(MatchResult.LINKED_ALREADY)),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "records", "expected"), [row[1:] for row in CUSTOMERS], ids=[row[0] for row in CUSTOMERS])  # fmt: skip
def test_a_customer_is_the_one_active_record_that_meets_all_that_was_given(
    claims: Claims, records: list[DirectoryRecord], expected: Match
) -> None:
    assert find(claims, *records).customer == expected


ONE, TWO = case("1", ANNA), case("2", ANNA)
HOLD = attrs.evolve(ONE, status=CaseStatus.ON_HOLD)
SOLVED = attrs.evolve(ONE, status=CaseStatus.PROBLEM_SOLVED)
OTHERS = case("9", OLHA)
NOBODYS = case("8", None)
OTHER_CUSTOMER = Match(MatchResult.OTHER_CUSTOMER)
MINE = chat(email=ANNA.email)

CASES: list[tuple[str, Claims, list[DirectoryRecord], Match]] = [
    ("one active case", MINE, [ANNA, ONE, OTHERS], found(ONE, CUSTOMER)),
    ("one active case, on hold", MINE, [ANNA, HOLD], found(HOLD, CUSTOMER)),
    ("one active case and a solved one", MINE, [ANNA, SOLVED, TWO], found(TWO, CUSTOMER)),
    ("two active cases", MINE, [ANNA, ONE, TWO], SEVERAL),
    ("a solved case", MINE, [ANNA, SOLVED], INACTIVE),
    ("no case", MINE, [ANNA], NONE),
    ("nobody identified", chat(email="x"), [ANNA, ONE], NOT_LOOKED_FOR),
    ("the case of a customer who is linked already", Claims(channel=Channel.SMS, customer=ANNA.ref), [ANNA, ONE], found(ONE, CUSTOMER)),
    ("a number alone", chat(case_number="cas-1 "), [ANNA, ONE], found(ONE, KEYS)),
    ("a number alone, whose customer is inactive", chat(case_number="CAS-1"), [GONE, ONE], found(ONE, KEYS)),
    ("a number that two cases have", chat(case_number="CAS-1"), [ONE, attrs.evolve(TWO, number="CAS-1")], SEVERAL),
    ("a number of a solved case", chat(case_number="CAS-1"), [ANNA, SOLVED], INACTIVE),
    ("an unknown number, though the customer has one case", chat(email=ANNA.email, case_number="CAS-7"), [ANNA, ONE], NONE),
    ("a number among the customer's two cases", chat(email=ANNA.email, case_number="CAS-2"), [ANNA, ONE, TWO], found(TWO, KEYS)),
    ("a number of another customer's case", chat(email=ANNA.email, case_number="CAS-9"), [ANNA, OLHA, OTHERS], OTHER_CUSTOMER),
    ("a number of nobody's case, and keys", chat(email=ANNA.email, case_number="CAS-8"), [ANNA, NOBODYS], OTHER_CUSTOMER),
    ("a number of nobody's case, and no keys", chat(case_number="CAS-8"), [ANNA, NOBODYS], found(NOBODYS, KEYS)),
    ("a number, and keys that two contacts meet", chat(email=ANNA.email, case_number="CAS-1"), [ANNA, TWIN, ONE], found(ONE, KEYS)),
    ("a number, and keys that the customer only half meets", chat(email=ANNA.email, name="x", case_number="CAS-1"), [ANNA, ONE], OTHER_CUSTOMER),
    ("a number whose customer is inactive", chat(email=ANNA.email, case_number="CAS-1"), [GONE, ONE], OTHER_CUSTOMER),
    ("a number and keys of another, typed by one who is signed in", attrs.evolve(SIGNED_IN, keys=keys(name="Olha", case_number="CAS-9")), [ANNA, OLHA, OTHERS], OTHER_CUSTOMER),
    ("a number of another's case, sent from one's own phone", sms("+31612345678", keys=keys(case_number="CAS-9")), [ANNA, OLHA, OTHERS], OTHER_CUSTOMER),
    ("a number of another's case, where a customer is linked", attrs.evolve(chat(case_number="CAS-9"), customer=ANNA.ref), [ANNA, OLHA, OTHERS], OTHER_CUSTOMER),
    ("a case that is linked already", attrs.evolve(MINE, case=OTHERS.ref), [ANNA, ONE], Match(MatchResult.LINKED_ALREADY)),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "records", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_case_is_found_by_its_number_or_is_the_only_active_one_of_the_customer(
    claims: Claims, records: list[DirectoryRecord], expected: Match
) -> None:
    assert find(claims, *records).case == expected


SOME = st.sampled_from(("", "", "Anna", "anna jan", "Jan", "06"))
ADDRESSES, NUMBERS = st.sampled_from(("", "anna@example.org")), st.sampled_from(("", "+31612345678", "(06) 12345678"))


@st.composite
def some_claims(draw: st.DrawFn) -> Claims:
    """Claims that some of the records of the contract's strategies meet."""
    given_keys = keys(name=draw(SOME), email=draw(ADDRESSES), phone=draw(NUMBERS), case_number=draw(SOME))
    return Claims(
        channel=draw(st.sampled_from((Channel.SMS, Channel.VOICE, Channel.LIVE_CHAT))),
        subject=draw(st.sampled_from((None, None, "1", "2"))),
        sender=draw(NUMBERS),
        keys=given_keys,
    )


def ask_all(claims: Claims, records: list[DirectoryRecord]) -> tuple[Identification, list[ExactQuery]]:
    """Answers every query with everything there is, whatever was asked for."""
    answers: dict[ExactQuery, list[DirectoryRecord]] = {}
    while isinstance(answer := identify(claims, answers), Ask):
        assert answer.queries
        assert not answers.keys() & set(answer.queries), "nothing is asked twice"
        answers |= dict.fromkeys(answer.queries, records)
    return answer, list(answers)


@given(some_claims(), directory_contents(), st.data())
def test_identification_depends_neither_on_order_nor_on_repetition_nor_on_what_was_not_asked_for(
    claims: Claims, records: list[DirectoryRecord], data: st.DataObject
) -> None:
    expected = find(claims, *records)
    shuffled = data.draw(st.permutations([*records, *map(attrs.evolve, records[:3])]))
    assert ask_all(claims, shuffled)[0] == ask_all(claims, records)[0] == expected


@given(some_claims(), directory_contents())
def test_identification_is_what_a_look_at_every_record_finds(claims: Claims, records: list[DirectoryRecord]) -> None:
    answer = find(claims, *records)
    if answer.customer.record is not None:
        (one,) = [record for record in records if record.ref == answer.customer.record]
        assert is_active(one)
        assert answer.customer.by is not None
        assert _claimed(claims, one, answer.customer.by)
        alike = [record for record in records if record.ref.kind is one.ref.kind and is_active(record)]
        assert [record for record in alike if _claimed(claims, record, answer.customer.by)] == [one]
    if answer.case.record is not None:
        (chosen,) = [record for record in records if record.ref == answer.case.record]
        assert isinstance(chosen, Case)
        assert is_active(chosen)


def _claimed(claims: Claims, record: DirectoryRecord, by: IdentifiedBy) -> bool:
    phone = simple_phone(record.phone if isinstance(record, Account) else getattr(record, "mobile_phone", ""))
    if by is SUBJECT:
        return record.id == claims.subject
    if by is PHONE:
        return bool(claims.sender) and phone == simple_phone(claims.sender)
    typed = claims.keys
    assert isinstance(record, Contact | Account)
    pairs = [(typed.name, folded(record.name), folded), (typed.email, folded(record.email), folded), (typed.phone, phone, simple_phone)]  # fmt: skip
    given = [(make(key), value) for key, value, make in pairs if key]
    return bool(given) and all(key == value for key, value in given)


@given(st.sampled_from(Channel), directory_contents())
def test_an_empty_set_of_keys_never_links_anything(channel: Channel, records: list[DirectoryRecord]) -> None:
    answer, asked = ask_all(Claims(channel=channel, keys=keys(name=" ", email="", phone="\n")), records)
    assert (answer, asked) == (Identification(), [])


@given(some_claims(), directory_contents())
def test_nothing_that_was_typed_ever_counts_as_verified(claims: Claims, records: list[DirectoryRecord]) -> None:
    typed = attrs.evolve(claims, subject=None)
    assert find(typed, *records).customer.by is not SUBJECT


def test_every_order_of_three_candidates_gives_the_same() -> None:
    records: list[DirectoryRecord] = [ANNA, attrs.evolve(TWIN, active=False), HOUSE]
    answers = {repr(ask_all(chat(email=ANNA.email), [*order])[0]) for order in permutations(records)}
    assert len(answers) == 1


def conversation(**fields: Any) -> Conversation:
    return Conversation(id="c", at=NINE, created_on=NINE, channel=Channel.LIVE_CHAT, **fields)


def test_the_keys_of_a_conversation_are_its_answers_and_variables_by_their_exact_names() -> None:
    asked = SurveyAnswer(Question(name="Email", text="Your e-mail?"), "typed@example.org")
    phone = SurveyAnswer(Question(name="Phone", text="Your phone?"), "06 1")
    context = (ContextVariable("Name", "Anna"), ContextVariable("email", "x"), ContextVariable("CaseNumber", 7), ContextVariable("Email", "portal@example.org"))  # fmt: skip
    claims = claims_of(conversation(survey=(asked, phone), context=context), subject="sub", sender="+31")
    assert claims.keys == keys(name="Anna", email="portal@example.org", phone="06 1", case_number="7")
    assert (claims.subject, claims.sender, claims.channel) == ("sub", "+31", Channel.LIVE_CHAT)
    linked = conversation(customer=ANNA.ref, case_id="1")
    assert (claims_of(linked).customer, claims_of(linked).case) == (ANNA.ref, RecordRef(RecordKind.CASE, "1"))


@pytest.mark.parametrize(
    ("build", "rule"),
    [
        (lambda: Claims(channel=Channel.SMS, customer=ONE.ref), "customer: must be a contact or an account"),
        (lambda: Claims(channel=Channel.SMS, case=ANNA.ref), "case: must be a case"),
        (lambda: Match(MatchResult.FOUND), "record: a match that was found has a record"),
        (lambda: Match(MatchResult.NONE, ANNA.ref, KEYS), "record: a match that was found has a record"),
        (lambda: Identification(found(ONE, KEYS)), "customer: must be of the right kind"),
        (lambda: Identification(found(ANNA, CUSTOMER)), "customer: must be of the right kind, and found by what finds"),
        (lambda: Identification(case=found(ONE, SUBJECT)), "case: must be of the right kind, and found by what finds"),
        (lambda: Identification(case=found(ANNA, KEYS)), "case: must be of the right kind"),
    ],
)
def test_what_does_not_hang_together_cannot_be_built(build: Any, rule: str) -> None:
    with pytest.raises(InvalidValue, match=rule):
        build()


def test_the_values_of_a_customer_do_not_show() -> None:
    assert "anna" not in repr(attrs.evolve(chat(name="anna", email="anna@x", phone="1"), sender="+31anna"))
    answer = identify(chat(name="anna", email="anna@x"), {})
    assert isinstance(answer, Ask)
    assert "anna" not in repr(answer)
