"""Values: built whole or refused with a clear error that repeats nothing of what came."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customer_summary import (
    Account,
    Activity,
    ActivityType,
    Author,
    Case,
    CaseState,
    CaseStatus,
    Channel,
    Contact,
    ContextVariable,
    Conversation,
    ConversationStatus,
    Generation,
    InvalidValue,
    Message,
    PreChatSurvey,
    Question,
    QuickNote,
    RecordKind,
    RecordRef,
    SelfServiceAction,
    SelfServiceKind,
    SettingMade,
    Skill,
    SurveyAnswer,
    VisitorDetails,
)
from customer_summary.domain import fields
from customer_summary.domain.errors import kind_of
from customer_summary.domain.fields import WHEN_READ
from customer_summary.domain.kinds import KINDS
from customer_summary.domain.survey import AnswerType
from customer_summary.testing.laws import check_round_trip
from customer_summary.testing.strategies import values

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONTACT = RecordRef(RecordKind.CONTACT, "c")


def conversation(**changes: Any) -> Conversation:
    """A conversation whose fields and coherence are checked, as when it is read from a document."""
    fields: dict[str, Any] = {"id": "x", "at": NOON, "created_on": NOON, "channel": Channel.LIVE_CHAT}
    built = Conversation(**fields | changes)
    for one in attrs.fields(Conversation):
        check = one.metadata.get(WHEN_READ)
        if check is not None:
            check(getattr(built, one.name), one.name)
    built.check_coherence()
    return built


OF_KIND: dict[type, st.SearchStrategy[Any]] = {kind: values(kind) for kind in KINDS}
MANY, SOME = (settings(max_examples=max(5, settings().max_examples // share)) for share in (4, 20))
"""There are many kinds: each is tried with a share of the examples of the profile."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@MANY
@given(data=st.data())
def test_every_value_comes_back_from_json_as_it_went(kind: type, data: st.DataObject) -> None:
    check_round_trip(data.draw(OF_KIND[kind]))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@SOME
@given(data=st.data())
def test_every_value_is_found_by_its_type(kind: type, data: st.DataObject) -> None:
    assert type(data.draw(st.from_type(kind))) is kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@SOME
@given(data=st.data())
def test_every_value_is_hashable_frozen_and_normal(kind: type, data: st.DataObject) -> None:
    value = data.draw(OF_KIND[kind])
    assert hash(value) == hash(attrs.evolve(value))
    assert attrs.evolve(value) == value
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, attrs.fields(kind)[0].name, None)


@given(given_at=st.datetimes(datetime(3, 1, 1), datetime(9997, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_instants_are_kept_as_standard_datetimes_in_utc(given_at: datetime) -> None:
    message = Message(id="m", at=given_at, author=Author.BOT, text="")
    assert message.at == given_at.astimezone(UTC)
    assert type(message.at) is datetime
    assert message.at.tzinfo is UTC


def test_a_pendulum_instant_is_welcome() -> None:
    message = Message(id="m", at=pendulum.datetime(2026, 3, 2, 13, tz="Europe/Amsterdam"), author=Author.BOT, text="")
    assert message.at == NOON
    assert type(message.at) is datetime


@pytest.mark.parametrize(
    ("instant", "rule"),
    [
        (datetime(2026, 3, 2), "naive"),  # noqa: DTZ001  # the point of the test
        (datetime(1, 1, 1, tzinfo=UTC), "year"),
        (datetime(9999, 1, 1, tzinfo=UTC), "year"),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=5))), "year"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))), "year"),
        ("2026-03-02T12:00:00Z", "expected an instant, got text"),
        (None, "expected an instant, got nothing"),
    ],
)
def test_an_instant_that_is_none_is_refused(instant: Any, rule: str) -> None:
    with pytest.raises(InvalidValue, match=rule) as caught:
        Message(id="m", at=instant, author=Author.BOT, text="")
    assert caught.value.field == "at"


REFUSED: list[tuple[str, Any, str]] = [
    ("a name of 101 characters", lambda: Contact(id="c", name="x" * 101), "name: at most 100 characters, got 101"),
    ("a name of spaces", lambda: Contact(id="c", name="  "), "name: must not be empty"),
    ("a number for text", lambda: Contact(id="c", name=7), "name: expected text, got a number"),  # type: ignore[arg-type]
    ("an id with a space", lambda: Contact(id=" c", name="x"), "id: must not begin or end with a space"),
    ("an id with a line end", lambda: Contact(id="a\nb", name="x"), "id: must hold no control characters"),
    ("a set as a list", lambda: conversation(skills={Skill("a")}), "skills: expected a list, got a set"),
    ("an empty id", lambda: Contact(id="", name="x"), "id: must not be empty"),
    ("half a surrogate pair", lambda: Contact(id="c", name="a\ud800"), "name: must be well-formed Unicode"),
    ("text for a flag", lambda: VisitorDetails(authenticated="yes"), "authenticated: expected true or false"),  # type: ignore[arg-type]
    ("a flag for a number", lambda: Skill("s", True), "percentage: expected a whole number, got true or false"),
    ("a percentage of 101", lambda: Skill("s", 101), "percentage: must lie between 0 and 100"),
    ("a channel as text", lambda: conversation(channel="sms"), "channel: expected Channel, got text"),
    ("text for a list", lambda: conversation(skills="ab"), "skills: expected a list, got text"),
    ("a wrong thing in a list", lambda: conversation(skills=[1]), r"skills\[0\]: expected Skill, got a number"),
    ("a skill given twice", lambda: conversation(skills=[Skill("a"), Skill("a", 3)]), "skills: no two may have the same"),
    ("a 101st variable", lambda: conversation(context=[ContextVariable(str(n), n) for n in range(101)]), "context: at most 100, got 101"),
    ("a case as customer", lambda: conversation(customer=RecordRef(RecordKind.CASE, "c")), "customer: must be a contact or"),
    ("a persistent SMS", lambda: conversation(channel=Channel.SMS, persistent=True), "persistent: only a live chat"),
    ("an emergency chat", lambda: conversation(outbound_emergency=True), "outbound_emergency: only a voice call"),
    ("a survey with a name twice", lambda: conversation(survey=[SurveyAnswer(Question(name="q", text="?"))] * 2), "survey: no two"),
    ("an open conversation with an agent", lambda: conversation(agent="noor", assigned_on=NOON), "agent: an open conversation has none"),
    ("an active conversation without one", lambda: conversation(status=ConversationStatus.ACTIVE), "agent: missing"),
    ("an agent who was never assigned", lambda: conversation(status=ConversationStatus.ACTIVE, agent="noor"), "assigned_on: missing"),
    ("a session of an open conversation", lambda: conversation(in_session=True), "accepted_on: missing"),
    ("a session of a waiting conversation", lambda: conversation(status=ConversationStatus.WAITING, agent="noor", assigned_on=NOON, accepted_on=NOON, first_accepted_on=NOON, in_session=True), "in_session: only an active"),
    ("an open conversation that was accepted", lambda: conversation(assigned_on=NOON, first_accepted_on=NOON, accepted_on=NOON), "accepted_on: an open conversation has none"),
    ("an open conversation in wrap-up", lambda: conversation(wrap_up_on=NOON), "wrap_up_on: only a conversation that ended has it$"),
    ("a wrap-up that never began", lambda: conversation(status=ConversationStatus.WRAP_UP, agent="noor", assigned_on=NOON, accepted_on=NOON, first_accepted_on=NOON), "wrap_up_on: missing"),
    ("a closed conversation that never closed", lambda: conversation(status=ConversationStatus.CLOSED), "closed_on: a closed conversation has it, no other$"),
    ("a conversation as a case's customer", lambda: Case(id="c", title="t", customer=RecordRef(RecordKind.CASE, "c"), created_on=NOON, modified_on=NOON), "customer: must be"),
    ("a title of 601 characters", lambda: SelfServiceAction(id="a", at=NOON, kind=SelfServiceKind.PAGE_VISITED, title="x" * 601), "title: at most 600 characters"),
    ("a url of 1001 characters", lambda: SelfServiceAction(id="a", at=NOON, kind=SelfServiceKind.PAGE_VISITED, title="x", url="x" * 1001), "url: at most 1000"),
    ("an end before its beginning", lambda: SelfServiceAction(id="a", at=NOON, ended_at=NOON - timedelta(seconds=1), kind=SelfServiceKind.PAGE_VISITED, title="x"), "ended_at: must not lie before"),
    ("a foreign code on a page visit", lambda: SelfServiceAction(id="a", at=NOON, kind=SelfServiceKind.PAGE_VISITED, title="x", code=5), "code: only a custom action"),
    ("an empty note", lambda: QuickNote(id="n", at=NOON, regarding=CONTACT, body=" \n"), "body: must not be empty"),
    ("a note of 100 001 characters", lambda: QuickNote(id="n", at=NOON, regarding=CONTACT, body="x" * 100_001), "body: at most 100000"),
    ("an 11th question", lambda: PreChatSurvey([Question(name=str(n), text="?") for n in range(11)]), "questions: at most 10, got 11"),  # type: ignore[arg-type]
    ("no question", lambda: PreChatSurvey(()), "questions: a survey asks at least one"),
    ("a question of 513 characters", lambda: Question(name="q", text="x" * 513), "text: at most 512 characters"),
    ("an option set without options", lambda: Question(name="q", text="?", type=AnswerType.OPTION_SET), "options: an option set"),
    ("options of a line", lambda: Question(name="q", text="?", options=("a",)), "options: an option set"),
    ("an option given twice", lambda: Question(name="q", text="?", type=AnswerType.OPTION_SET, options=("a", "a")), "options: no two"),
    ("a question's name with a space", lambda: Question(name=" q", text="?"), "name: must not begin or end with a space"),
    ("a question called SelfService", lambda: Question(name="SelfService", text="?"), "name: SelfService is reserved"),
    ("a required question left open", lambda: SurveyAnswer(Question(name="q", text="?", required=True), " "), "answer: the question must be"),
    ("a consent that is not given", lambda: SurveyAnswer(Question(name="q", text="?", type=AnswerType.CONSENT, required=True), False), "answer: the question must be"),
    ("text for a consent", lambda: SurveyAnswer(Question(name="q", text="?", type=AnswerType.CONSENT), "yes"), "answer: expected true or false, got text"),
    ("an option that is not offered", lambda: SurveyAnswer(Question(name="q", text="?", type=AnswerType.OPTION_SET, options=("a",)), "b"), "answer: must be one of"),
    ("a flag for a line", lambda: SurveyAnswer(Question(name="q", text="?"), True), "answer: expected text, got true or false"),
    ("a variable called SelfService", lambda: ContextVariable("SelfService", 1), "name: SelfService is reserved"),
    ("a list as a variable", lambda: ContextVariable("v", [1]), "value: expected text, a number or true or false, got a list"),  # type: ignore[arg-type]
    ("nothing as a variable", lambda: ContextVariable("v", None), "value: expected text, a number or true or false, got nothing"),  # type: ignore[arg-type]
    ("infinity as a variable", lambda: ContextVariable("v", float("inf")), "value: expected a finite number"),
    ("NaN as a variable", lambda: ContextVariable("v", float("nan")), "value: expected a finite number"),
    ("4001 characters in a variable", lambda: ContextVariable("v", "x" * 4001), "value: at most 4000 characters"),
    ("4001 digits in a variable", lambda: ContextVariable("v", 10**4000), "value: at most 4000 characters"),
    ("5000 digits in a variable", lambda: ContextVariable("v", 10**4999), "value: at most 4000 characters"),
    ("a variable's name of 101 characters", lambda: ContextVariable("x" * 101, 1), "name: at most 100 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_value_that_breaks_a_rule_is_refused(build: Any, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        build()


ACCEPTED: list[tuple[str, Any]] = [
    ("a name of 100 characters", lambda: Contact(id="c", name="x" * 100)),
    ("100 variables", lambda: conversation(context=[ContextVariable(str(n), n) for n in range(100)])),
    ("names that differ in case", lambda: conversation(context=[ContextVariable("Vip", 1), ContextVariable("vip", 1)])),
    ("4000 characters in a variable", lambda: ContextVariable("v", "x" * 4000)),
    ("4000 digits in a variable", lambda: ContextVariable("v", 10**3999)),
    ("ten questions", lambda: PreChatSurvey(tuple(Question(name=str(n), text="?") for n in range(10)))),
    ("a note of 100 000 characters", lambda: QuickNote(id="n", at=NOON, regarding=CONTACT, body="x" * 100_000)),
    ("an optional question left open", lambda: SurveyAnswer(Question(name="q", text="?"))),
    ("an optional consent not given", lambda: SurveyAnswer(Question(name="q", text="?", type=AnswerType.CONSENT), False)),
]  # fmt: skip


@pytest.mark.parametrize("build", [row[1] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_a_value_at_its_limit_is_built(build: Any) -> None:
    build()


PRIVATE = "marta@bakery.example +31655500101 unsay"


@pytest.mark.parametrize(
    "value",
    [
        Contact(id="c", name=PRIVATE, email=PRIVATE, mobile_phone=PRIVATE, city=PRIVATE, location=PRIVATE, job=PRIVATE),
        Account(id="a", name=PRIVATE, email=PRIVATE, phone=PRIVATE, primary_contact=PRIVATE),
        Message(id="m", at=NOON, author=Author.CUSTOMER, text=PRIVATE, sender=PRIVATE),
        SurveyAnswer(Question(name="q", text="?"), PRIVATE),
        ContextVariable("v", PRIVATE),
        SelfServiceAction(id="a", at=NOON, kind=SelfServiceKind.PHRASE_SEARCHED, title=PRIVATE, url=PRIVATE),
        QuickNote(id="n", at=NOON, regarding=CONTACT, title=PRIVATE, body=PRIVATE, attachment=PRIVATE),
        Activity(id="a", at=NOON, regarding=CONTACT, type=ActivityType.EMAIL, title=PRIVATE, body=PRIVATE),
        VisitorDetails(location=PRIVATE, origin_url=PRIVATE),
        conversation(
            context=[ContextVariable("v", PRIVATE)], survey=[SurveyAnswer(Question(name="q", text="?"), PRIVATE)]
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_repr_shows_nothing_of_what_belongs_to_a_customer(value: object) -> None:
    assert not any(part in repr(value) for part in PRIVATE.split())


def test_waiting_time_runs_from_the_start_to_the_first_assignment_and_is_never_negative() -> None:
    assert conversation().waiting_time is None
    assert conversation(assigned_on=NOON + timedelta(seconds=90)).waiting_time == timedelta(seconds=90)
    assert conversation(assigned_on=NOON - timedelta(seconds=1)).waiting_time == timedelta(0)


def test_the_state_of_a_case_follows_from_its_status() -> None:
    states = {status: status.state for status in CaseStatus}
    assert {status for status, state in states.items() if state is CaseState.RESOLVED} == {
        CaseStatus.PROBLEM_SOLVED,
        CaseStatus.INFORMATION_PROVIDED,
    }
    assert {status for status, state in states.items() if state is CaseState.CANCELLED} == {
        CaseStatus.CANCELLED,
        CaseStatus.MERGED,
    }


@pytest.mark.parametrize(
    ("value", "stored"), [(True, "true"), (False, "false"), (3, "3"), (1.5, "1.5"), ("x", "x"), ("", "")]
)
def test_a_variable_keeps_its_primitive_and_stores_its_text(value: Any, stored: str) -> None:
    variable = ContextVariable("v", value)
    assert variable.value is value
    assert variable.stored == stored


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "true or false"), (1.0, "a number"), (b"", "bytes"), ({}, "an object"), ((), "a list"), (object(), "something else"), (NOON, "an instant"), (timedelta(1), "a duration")],
)  # fmt: skip
def test_errors_say_what_kind_of_thing_came(value: object, words: str) -> None:
    assert kind_of(value) == words


def test_a_type_without_a_rule_leaves_the_check_to_its_class() -> None:
    assert fields.check_for(float | str) is None
    assert fields.check_for(dict) is None


def test_true_one_and_one_point_naught_are_three_values() -> None:
    assert len({ContextVariable("v", True), ContextVariable("v", 1), ContextVariable("v", 1.0)}) == 3
    assert ContextVariable("v", 1) == ContextVariable("v", 1)


@pytest.mark.parametrize(
    ("given_", "kept"), [(["name"], ("name",)), (Generation.CUSTOMER_SUMMARY, "customer_summary"), (True, True)]
)
def test_a_setting_is_kept_in_the_form_that_travels(given_: Any, kept: Any) -> None:
    name = {tuple: "customer_fields", str: "generation", bool: "self_service_enabled"}[type(kept)]
    setting = SettingMade(at=NOON, name=name, value=given_)
    assert setting.value == kept
    assert hash(setting) == hash(SettingMade(at=NOON, name=name, value=kept))


def test_words_of_a_portal_are_kept_with_the_spaces_around_them() -> None:
    question = Question(name="q", text=" ? ", type=AnswerType.OPTION_SET, options=(" a ", "b"))
    assert (question.text, question.options) == (" ? ", (" a ", "b"))
    assert SurveyAnswer(Question(name="q", text="?"), " x ").answer == " x "
    variable = ContextVariable(" v ", " x ")
    assert (variable.name, variable.value, variable.stored) == (" v ", " x ", " x ")
