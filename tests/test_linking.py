"""Linking, unlinking, creating: what the agent does with records, and the page that follows (spec 2.1, 2.3, 2.4)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Account,
    Applied,
    Attribute,
    Case,
    CaseStatus,
    Channel,
    Contact,
    ContextVariable,
    Conversation,
    ConversationAccepted,
    ConversationEnded,
    ConversationLifeCycle,
    ConversationStarted,
    ConversationStatus,
    Criterion,
    ExactQuery,
    Identification,
    IdentificationKeys,
    IdentifiedBy,
    InvalidValue,
    Known,
    Match,
    MatchResult,
    MemoryDirectory,
    Page,
    PageConfiguration,
    Part,
    Priority,
    Reader,
    RecordKind,
    RecordLinked,
    RecordRef,
    RecordsIdentified,
    RecordUnlinked,
    Refused,
    SearchQuery,
    SessionClosed,
    Tone,
    Unchanged,
    VisitorDetails,
    claims_of,
    create_record,
    identified,
    new_case,
    summarize,
)
from customer_summary.domain.facts import AccountRecorded, CaseRecorded, ContactRecorded
from customer_summary.testing.strategies import conversations, values

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MACHINE = ConversationLifeCycle()
READER = Reader(now=NINE)
ANNA, SHOP = Contact(id="anna", name="Anna", email="anna@example.org"), Account(id="shop", name="Shop")
OVEN = Case(id="oven", title="Oven", number="1", customer=ANNA.ref, created_on=NINE, modified_on=NINE)
IN_SESSION = (ConversationStatus.ACTIVE, ConversationStatus.WRAP_UP)
SIGNED_IN = VisitorDetails(authenticated=True)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def begun(**fields: Any) -> Conversation:
    given: dict[str, Any] = {"channel": Channel.LIVE_CHAT} | fields
    return MACHINE.start(ConversationStarted(at=NINE, conversation="c", **given))


def step(state: Conversation, kind: type, minutes: int = 2, **fields: Any) -> tuple[Conversation, Any]:
    after, outcome, _ = MACHINE.step(state, kind(at=at(minutes), conversation=state.id, **fields))
    return after, outcome


def at_work(**fields: Any) -> Conversation:
    return step(begun(**fields), ConversationAccepted, 1, agent="noor")[0]


def finding(record: Contact | Account | None, by: IdentifiedBy, case: Case | None = None) -> Identification:
    customer = Match() if record is None else Match(MatchResult.FOUND, record.ref, by)
    return Identification(
        customer, Match() if case is None else Match(MatchResult.FOUND, case.ref, IdentifiedBy.CUSTOMER)
    )


def page(conversation: Conversation, known: Known | None = None, **configuration: Any) -> Page:
    shown = summarize(conversation, known or Known(), reader=READER, configuration=PageConfiguration(**configuration))
    assert isinstance(shown, Page)
    return shown


@given(conversations(*IN_SESSION), values(RecordLinked))
def test_linking_and_then_unlinking_is_as_if_nothing_had_happened(before: Conversation, event: RecordLinked) -> None:
    taken = before.case_id if event.record.kind is RecordKind.CASE else before.customer
    if taken is not None or not before.in_session:
        return
    linked, outcome = step(before, RecordLinked, record=event.record)
    assert outcome == Applied()
    unlinked, outcome = step(linked, RecordUnlinked, record=event.record)
    assert outcome == Applied()
    assert attrs.evolve(unlinked, at=before.at, transitions=before.transitions, clocks=before.clocks) == before
    assert unlinked.transitions == before.transitions + 2


@given(conversations(), values(RecordsIdentified))
def test_automation_never_takes_the_place_of_a_link_nor_makes_anybody_authenticated(
    before: Conversation, event: RecordsIdentified
) -> None:
    after, outcome = step(before, RecordsIdentified, identification=event.identification)
    assert before.customer in {None, after.customer}
    assert before.case_id in {None, after.case_id}
    assert after.visitor == before.visitor
    if after.customer_by is IdentifiedBy.SUBJECT:
        assert before.visitor.authenticated
    if isinstance(outcome, Applied):
        again, repeated = step(after, RecordsIdentified, identification=event.identification)
        assert again is after
        assert not isinstance(repeated, Applied)


IDENTIFIED: list[tuple[str, Conversation, Identification, Any]] = [
    ("found", begun(), finding(ANNA, IdentifiedBy.PHONE, OVEN), Applied()),
    ("found nothing", begun(), Identification(), Unchanged("nothing was found")),
    ("the same linked", begun(customer=ANNA.ref), finding(ANNA, IdentifiedBy.KEYS), Unchanged("already linked")),
    ("another linked", begun(customer=SHOP.ref), finding(ANNA, IdentifiedBy.KEYS), Refused("linked_already", "open")),
    ("the case only", begun(customer=ANNA.ref), finding(ANNA, IdentifiedBy.KEYS, OVEN), Applied()),
    ("a subject, signed in", begun(visitor=SIGNED_IN), finding(ANNA, IdentifiedBy.SUBJECT), Applied()),
    ("a subject, not signed in", begun(), finding(ANNA, IdentifiedBy.SUBJECT), Refused("not_authenticated", "open")),
]


@pytest.mark.parametrize(("before", "found", "expected"), [row[1:] for row in IDENTIFIED], ids=[row[0] for row in IDENTIFIED])  # fmt: skip
def test_what_was_found_is_linked_where_nothing_is(before: Conversation, found: Identification, expected: Any) -> None:
    after, outcome = step(before, RecordsIdentified, identification=found)
    assert outcome == expected
    assert (after is before) is (expected != Applied())


def test_a_link_by_hand_says_no_more_by_what_the_record_was_identified() -> None:
    state, _ = step(at_work(), RecordsIdentified, identification=finding(ANNA, IdentifiedBy.KEYS, OVEN))
    assert (state.customer_by, state.case_by) == (IdentifiedBy.KEYS, IdentifiedBy.CUSTOMER)
    state, _ = step(state, RecordLinked, record=SHOP.ref)
    assert (state.customer, state.customer_by, state.case_by) == (SHOP.ref, None, IdentifiedBy.CUSTOMER)
    state, _ = step(state, RecordLinked, record=RecordRef(RecordKind.CASE, "other"))
    assert (state.case_id, state.case_by) == ("other", None)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"customer_by": IdentifiedBy.KEYS}, "customer_by: only what identifies a customer that is linked"),
        ({"customer": ANNA.ref, "customer_by": IdentifiedBy.CUSTOMER}, "customer_by: only what identifies a customer"),
        ({"customer": ANNA.ref, "customer_by": IdentifiedBy.SUBJECT}, "customer_by: only a visitor who was signed in"),
        ({"case_by": IdentifiedBy.KEYS}, "case_by: only what identifies a case that is linked"),
        ({"case_id": "1", "case_by": IdentifiedBy.SUBJECT}, "case_by: only what identifies a case"),
    ],
)
def test_nothing_can_say_that_an_unknown_visitor_is_verified(fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidValue, match=rule):
        attrs.evolve(begun(), **fields).check_coherence()


SAYS: list[tuple[IdentifiedBy, VisitorDetails, str, Tone]] = [
    (IdentifiedBy.SUBJECT, SIGNED_IN, "Verified sign-in", Tone.GOOD),
    (IdentifiedBy.PHONE, VisitorDetails(), "Phone number", Tone.NOTICE),
    (IdentifiedBy.KEYS, VisitorDetails(), "What the visitor typed (not verified)", Tone.NOTICE),
]


@pytest.mark.parametrize("enhanced", [False, True])
@pytest.mark.parametrize(("by", "visitor", "text", "tone"), SAYS)
def test_the_page_says_by_what_a_customer_was_identified(
    by: IdentifiedBy, visitor: VisitorDetails, text: str, tone: Tone, *, enhanced: bool
) -> None:
    state, _ = step(at_work(visitor=visitor), RecordsIdentified, identification=finding(ANNA, by, OVEN))
    shown = page(state, Known(customer=ANNA, case=OVEN), enhanced_active_conversation_form=enhanced)
    field = shown.section("customer").field("identified_by")
    assert (field.label, field.text, field.tone, field.editable) == ("Identified by", text, tone, False)
    assert shown.section("case").field("identified_by").text == "The customer's only active case"


def test_of_a_link_by_hand_the_page_says_nothing() -> None:
    state, _ = step(at_work(), RecordLinked, record=ANNA.ref)
    assert "identified_by" not in [one.name for one in page(state, Known(customer=ANNA)).section("customer").fields]


def test_typed_keys_identify_and_the_page_still_says_that_the_visitor_is_not_authenticated() -> None:
    state = at_work(context=(ContextVariable("Email", "ANNA@example.org"), ContextVariable("Authenticated", True)))
    found = identified(MemoryDirectory([ANNA, SHOP, OVEN]), claims_of(state))
    state, outcome = step(state, RecordsIdentified, identification=found)
    assert outcome == Applied()
    assert (state.customer, state.case_id) == (ANNA.ref, "oven")
    shown = page(state, Known(customer=ANNA, case=OVEN))
    assert shown.section("conversation_summary").tab("visitor_details").field("authenticated").value is False


def names(part: Part) -> list[str]:
    return [one.name for one in part.commands]


def test_the_page_follows_a_link_its_replacement_and_its_end() -> None:
    hers = attrs.evolve(OVEN, id="second", modified_on=at(1))
    known = Known(cases=[OVEN, hers, attrs.evolve(OVEN, id="x", customer=SHOP.ref)])
    state = at_work()
    seen = []
    for kind, record in ((RecordLinked, ANNA.ref), (RecordLinked, OVEN.ref), (RecordLinked, SHOP.ref), (RecordUnlinked, OVEN.ref), (RecordUnlinked, SHOP.ref)):  # fmt: skip
        state, outcome = step(state, kind, record=record)
        assert outcome == Applied()
        shown = page(state, known)
        selector = shown.section("timeline").selectors[1]
        seen.append(
            (
                [one.name for one in selector.choices],
                [one.id for one in shown.section("recent_cases").rows],
                names(shown.section("customer"))[0],
                names(shown.section("case"))[0],
            )
        )
    assert seen == [
        (["all", "contact:anna"], ["second", "oven"], "unlink", "search_records"),
        (["all", "contact:anna", "case:oven"], ["second", "oven"], "unlink", "unlink"),
        (["all", "account:shop", "case:oven"], ["x"], "unlink", "unlink"),
        (["all", "account:shop"], ["x"], "unlink", "search_records"),
        ([], [], "search_records", "search_records"),
    ]


def test_the_page_shows_what_a_search_found_and_each_can_be_linked() -> None:
    directory = MemoryDirectory([ANNA, SHOP, OVEN])
    found = [one for kind in (RecordKind.CONTACT, RecordKind.ACCOUNT, RecordKind.CASE) for text in ("anna", "shop", "oven") for one in directory.search(SearchQuery(kind=kind, text=text))]  # fmt: skip
    shown = page(at_work(), Known(found=found))
    customers, cases = shown.section("customer").rows, shown.section("case").rows
    assert [one.id for one in (*customers, *cases)] == ["contact:anna", "account:shop", "case:oven"]
    assert [field.text for field in cases[0].fields] == ["1", "Oven", "In progress"]
    assert {choice.label for row in (*customers, *cases) for choice in row.commands} == {"Link"}
    linked, _ = step(at_work(), RecordLinked, record=ANNA.ref)
    assert [one.id for one in page(linked, Known(found=found)).section("customer").rows] == ["account:shop"]
    with pytest.raises(InvalidValue, match="found: holds something else"):
        Known(found=["anna"])


ASK = ExactQuery(RecordKind.CONTACT, (Criterion(Attribute.ID, "anna"),))


def test_creating_alone_links_nothing() -> None:
    directory, state = MemoryDirectory(), at_work()
    created = create_record(directory, state, ANNA, at=at(5))
    assert (created.outcome, created.conversation) == (Applied(), state)
    assert created.facts == (ContactRecorded(at=at(5), contact=ANNA),)
    assert directory.exact(ASK) == (ANNA,)
    assert directory.search(SearchQuery(kind=RecordKind.CONTACT, text="ann")) == (ANNA,)


@pytest.mark.parametrize(("record", "fact"), [(ANNA, ContactRecorded(at=at(5), contact=ANNA)), (SHOP, AccountRecorded(at=at(5), account=SHOP)), (OVEN, CaseRecorded(at=at(5), case=OVEN))])  # fmt: skip
def test_creating_and_linking_are_two_facts_and_the_same_request_again_is_none(record: Any, fact: Any) -> None:
    directory, state = MemoryDirectory(), at_work()
    created = create_record(directory, state, record, at=at(5), link=True)
    assert created.outcome == Applied()
    assert created.facts == (fact, RecordLinked(at=at(5), conversation="c", record=record.ref))
    assert created.conversation.linked == (record.ref,)
    again = create_record(directory, created.conversation, record, at=at(6), link=True)
    assert again.outcome == Unchanged("already there")
    assert (again.facts, again.conversation) == ((), created.conversation)
    half_done = create_record(directory, state, record, at=at(7), link=True)
    assert half_done.outcome == Applied()
    assert half_done.facts == (RecordLinked(at=at(7), conversation="c", record=record.ref),)


def test_where_linking_is_refused_nothing_is_created() -> None:
    directory, state = MemoryDirectory(), at_work()
    for kind in (ConversationEnded, SessionClosed):
        state, _ = step(state, kind)
    refused = create_record(directory, state, ANNA, at=at(5), link=True)
    assert (refused.outcome, refused.facts) == (Refused("closed", "closed"), ())
    assert directory.exact(ASK) == ()


def test_an_id_that_is_taken_is_refused_and_links_nothing() -> None:
    directory, state = MemoryDirectory([ANNA]), at_work()
    refused = create_record(directory, state, attrs.evolve(ANNA, city="Utrecht"), at=at(5), link=True)
    assert refused.outcome == Refused("id_taken", "contact")
    assert (refused.conversation, refused.facts) == (state, ())


@given(st.sampled_from([None, ANNA.ref, SHOP.ref]))
def test_a_new_case_is_the_linked_customers(customer: RecordRef | None) -> None:
    state = at_work(customer=customer)
    case = new_case(state, id="new", title="Cold", at=at(5), priority=Priority.HIGH)
    assert (case.customer, case.created_on, case.modified_on, case.priority) == (customer, at(5), at(5), Priority.HIGH)
    assert case.status is CaseStatus.IN_PROGRESS
    assert new_case(state, id="new", title="Cold", at=at(5), customer=SHOP.ref).customer == SHOP.ref


def test_closing_a_linked_conversation_leaves_its_links_and_closes_no_case() -> None:
    state, _ = step(at_work(customer=ANNA.ref, case_id="oven"), ConversationEnded)
    closed, outcome = step(state, SessionClosed)
    assert outcome == Applied()
    assert (closed.status, closed.linked) == (ConversationStatus.CLOSED, (ANNA.ref, OVEN.ref))
    for kind, record in ((RecordLinked, SHOP.ref), (RecordUnlinked, ANNA.ref)):
        assert step(closed, kind, record=record)[1] == Refused("closed", "closed")
    assert step(closed, RecordsIdentified, identification=Identification())[1] == Refused("closed", "closed")


def test_keys_and_numbers_of_a_customer_do_not_show_in_a_conversation_or_an_event() -> None:
    keys = IdentificationKeys(email="anna@example.org", phone="+316")
    assert "anna" not in repr(keys)
    assert "316" not in repr(keys)
