"""Foreign payloads: context variables with their history inside, pre-chat cards, option codes."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    AnswerType,
    ContextDefinition,
    ContextType,
    ContextVariable,
    ConversationStatus,
    DecodeError,
    History,
    InvalidValue,
    OptionSet,
    SelfServiceAction,
    SelfServiceKind,
    SurveyAnswer,
    UnknownOption,
    check_configured,
    context_of,
    lint_survey,
    options_of,
    read_answers,
    read_card,
    read_context,
    remember,
    write_self_service,
)
from customer_summary.testing.strategies import values
from customer_summary.wire import option_codes

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=12)
    | st.binary(max_size=8)
    | st.just(object()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(
            st.text(max_size=6) | st.integers() | st.sampled_from(["value", "isDisplayable", "SelfService"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


def action(**changes: Any) -> dict[str, Any]:
    return {
        "msdyn_displaytitle": "Ovens",
        "msdyn_starttime": "2026-03-02T09:00:00Z",
        "msdyn_type": 192350000,
        "msdyn_url": "/o",
    } | changes


def actions(*given_: dict[str, Any]) -> tuple[SelfServiceAction, ...]:
    return read_context({"SelfService": json.dumps(list(given_))}).self_service


# -- context variables ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "variable"),
    [
        ({"value": "x", "isDisplayable": True}, ContextVariable("v", "x", displayable=True)),
        ({"value": "x", "isDisplayable": "true"}, ContextVariable("v", "x", displayable=True)),
        ({"value": "x", "isDisplayable": "False"}, ContextVariable("v", "x")),
        ({"value": "x"}, ContextVariable("v", "x")),
        ({"Value": 3}, ContextVariable("v", 3)),
        ("x", ContextVariable("v", "x")),
        (True, ContextVariable("v", True)),
        (1.5, ContextVariable("v", 1.5)),
    ],
)
def test_a_variable_is_read_in_every_form_in_which_it_is_sent(given_: Any, variable: ContextVariable) -> None:
    for payload in ({"v": given_}, json.dumps({"v": given_}), json.dumps({"v": given_}).encode()):
        assert read_context(payload).variables == (variable,)


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ([], "expected an object, got a list"),
        ("[]", "expected an object, got a list"),
        ("{", "JSON that ends too early"),
        ({"v": None}, "variables[0].value: expected text, a number or true or false, got nothing"),
        ({"v": [1]}, "variables[0].value: expected text, a number or true or false, got a list"),
        ({"v": {}}, "variables[0].value: expected exactly one of value and Value"),
        ({"v": {"value": 1, "Value": 1}}, "variables[0].value: expected exactly one of value and Value"),
        ({"v": {"value": {}}}, "variables[0].value: expected text, a number or true or false, got an object"),
        ({"v": {"value": 1, "more": 2}}, "variables[0].value: expected value and isDisplayable, got another key"),
        ({"v": {"value": 1, "isDisplayable": "yes"}}, "variables[0].isDisplayable: expected true or false, got text"),
        ({"v": {"value": 1, "isDisplayable": 1}}, "variables[0].isDisplayable: expected true or false, got a number"),
        ({"a": 1, "x" * 101: 1}, "variables[1].name: at most 100 characters, got 101"),
        ({7: 1}, "variables[0].name: expected text, got a number"),
        ({"": 1}, "variables[0].name: must not be empty"),
        ({str(n): n for n in range(101)}, "at most 100 variables, got 101"),
        ({"SelfService": 5}, "SelfService: expected JSON text, got a number"),
        ({"SelfService": {"value": "[]", "junk": 1}}, "SelfService: expected value and isDisplayable, got another key"),
        ({"SelfService": {"value": 5}}, "SelfService: expected JSON text, got a number"),
        ({"SelfService": "{}"}, "SelfService: expected a list of actions, got an object"),
        ({"SelfService": "[1]"}, "SelfService[0]: expected an object, got a number"),
        ({"SelfService": "[{}]"}, "SelfService[0].msdyn_displaytitle: missing"),
        ({"SelfService": '[{"msdyn_displaytitle":"t"}]'}, "SelfService[0].msdyn_starttime: missing"),
        ({"SelfService": '[{"msdyn_displaytitle":"t","msdyn_starttime":"x"}]'}, "SelfService[0].msdyn_type: missing"),
        ({"SelfService": "[" * 1000 + "]" * 1000}, "SelfService: more than 64 levels of nesting"),
        ({"SelfService": json.dumps([action(msdyn_type="page")])}, "SelfService[0].msdyn_type: expected an option code, got text"),
        ({"SelfService": json.dumps([action(msdyn_type=None)])}, "SelfService[0].msdyn_type: expected an option code, got nothing"),
        ({"SelfService": json.dumps([action(msdyn_starttime="2026-03-02T09:00:00")])}, "SelfService[0].msdyn_starttime: expected an instant with"),
        ({"SelfService": json.dumps([action(msdyn_starttime=7)])}, "SelfService[0].msdyn_starttime: expected an instant as text"),
        ({"SelfService": json.dumps([action(msdyn_displaytitle="x" * 601)])}, "SelfService[0].title: at most 600 characters, got 601"),
        ({"SelfService": json.dumps([action(msdyn_url=[])])}, "SelfService[0].url: expected text, got a list"),
        ({"SelfService": json.dumps([action(more=1)])}, "SelfService[0]: an unknown field"),
    ],
    ids=str,
)  # fmt: skip
def test_a_payload_that_breaks_a_rule_is_refused_with_its_path(payload: Any, problem: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read_context(payload)
    assert str(caught.value).startswith(problem)


def test_100_variables_are_taken_and_the_history_does_not_count() -> None:
    payload: dict[str, Any] = {str(number): number for number in range(100)}
    read = read_context(payload | {"SelfService": json.dumps([action()])})
    assert ([one.name for one in read.variables], len(read.self_service)) == (list(payload), 1)


@pytest.mark.parametrize(
    ("kind", "given_", "value"),
    [
        (ContextType.NUMBER, "12", 12),
        (ContextType.NUMBER, " 1.5 ", 1.5),
        (ContextType.NUMBER, 3, 3),
        (ContextType.BOOLEAN, "true", True),
        (ContextType.BOOLEAN, False, False),
        (ContextType.TEXT, True, True),
        (ContextType.TEXT, 3, 3),
    ],
)
def test_a_variable_takes_what_its_definition_asks_for(kind: ContextType, given_: Any, value: Any) -> None:
    found = read_context({"v": given_}, [ContextDefinition("v", kind)]).variables[0].value
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "given_"),
    [(ContextType.NUMBER, "twelve"), (ContextType.NUMBER, "NaN"), (ContextType.NUMBER, "1e999"), (ContextType.NUMBER, True), (ContextType.NUMBER, "true"), (ContextType.BOOLEAN, 1), (ContextType.BOOLEAN, "yes")],
)  # fmt: skip
def test_a_variable_refuses_what_its_definition_does_not_hold(kind: ContextType, given_: Any) -> None:
    with pytest.raises(DecodeError, match=r"variables\[0\]\.value"):
        read_context({"v": given_}, [ContextDefinition("v", kind)])
    assert read_context({"V": given_}, [ContextDefinition("v", kind)]).variables[0].value is given_


# -- self-service -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind", "foreign"),
    [
        (192350000, SelfServiceKind.PAGE_VISITED, None),
        ("192350001", SelfServiceKind.PHRASE_SEARCHED, None),
        (192350002, SelfServiceKind.ARTICLE_VIEWED, None),
        ("192350100", SelfServiceKind.CUSTOM_ACTION, None),
        (192350003, SelfServiceKind.CUSTOM_ACTION, None),
        ("192350003", SelfServiceKind.CUSTOM_ACTION, None),
        (192359999, SelfServiceKind.CUSTOM_ACTION, 192359999),
    ],
)
def test_a_kind_is_read_from_a_number_or_its_digits_and_an_unknown_one_is_kept(
    code: Any, kind: SelfServiceKind, foreign: int | None
) -> None:
    (read,) = actions(action(msdyn_type=code))
    assert (read.kind, read.code) == (kind, foreign)
    written = json.loads(write_self_service([read]))[0]["msdyn_type"]
    assert written == (192350100 if code in {192350003, "192350003"} else int(code))


def test_an_action_keeps_title_address_and_instant() -> None:
    (read,) = actions(action(msdyn_starttime="2026-03-02T10:00:00.1234567+01:00", msdyn_url=None))
    assert (read.title, read.url, read.at) == ("Ovens", "", datetime(2026, 3, 2, 9, 0, 0, 123456, UTC))


def test_the_history_is_read_whether_or_not_it_is_wrapped() -> None:
    text = json.dumps([action()])
    plain = read_context({"SelfService": text})
    assert read_context({"SelfService": {"value": text, "isDisplayable": False}}) == plain
    assert plain.variables == ()


def test_ids_come_from_the_content_so_that_the_order_of_the_list_and_a_second_sending_change_nothing() -> None:
    one, other = action(), action(msdyn_displaytitle="Doors")
    first, second = actions(one, other, one), actions(one, one, other)
    assert set(first) == set(second)
    assert len(History([*first, *second])) == 3, "a page reloaded in the same second counts twice"


@given(st.lists(values(SelfServiceAction, sequence=st.just(0), code=st.none()), max_size=5))
def test_what_is_written_is_read_again(given_: list[SelfServiceAction]) -> None:
    text = write_self_service(given_)
    again = read_context({"SelfService": text}).self_service
    kept = [(one.at, one.kind, one.title, one.url, one.ended_at) for one in again]
    assert sorted(kept, key=str) == sorted(
        [(one.at, one.kind, one.title, one.url, one.ended_at) for one in given_], key=str
    )
    assert [one.at for one in again] == sorted((one.at for one in given_), reverse=True)


# -- pre-chat cards ---------------------------------------------------------------------------------------------------


def card(*elements: Any, **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "body": list(elements)} | more


NAME = {"type": "Input.Text", "id": "n", "label": "Name?", "isRequired": True}
MORE = {"type": "Input.Text", "id": "m", "label": "More?", "isMultiline": True}
PICK = {
    "type": "Input.ChoiceSet",
    "id": "p",
    "label": "Pick",
    "choices": [{"title": "One", "value": "1"}, {"title": "Two", "value": "2"}],
}
YES = {"type": "Input.Toggle", "id": "y", "title": "Agree", "valueOn": "True", "valueOff": "False", "value": "false"}
CARD = card(NAME, MORE, PICK, YES, actions=[{"type": "Action.Submit", "data": {"Type": "InputSubmit"}}])


def test_questions_are_read_in_the_order_of_the_card() -> None:
    read = read_card(json.dumps(CARD)).survey.questions
    assert [(one.name, one.text, one.type, one.required, one.options) for one in read] == [
        ("n", "Name?", AnswerType.SINGLE_LINE, True, ()),
        ("m", "More?", AnswerType.MULTIPLE_LINES, False, ()),
        ("p", "Pick", AnswerType.OPTION_SET, False, ("One", "Two")),
        ("y", "Agree", AnswerType.CONSENT, False, ()),
    ]
    assert lint_survey(read_card(CARD).survey) == ("questions[3]: a user consent should be required",)
    assert lint_survey(read_card(card({**YES, "isRequired": True})).survey) == ()


def test_a_question_without_a_label_takes_the_text_before_it_and_the_name_inside_its_id() -> None:
    identity = json.dumps({"Id": "1", "Name": "Mail", "IsRequired": True, "QuestionText": "Your mail"})
    read = read_card(
        card({"type": "TextBlock", "text": "&#42; Your e-mail"}, {"type": "Input.Text", "id": identity})
    ).survey
    assert [(one.name, one.text, one.required) for one in read.questions] == [("Mail", "Your e-mail", True)]
    read = read_card(card({"type": "Input.Text", "id": identity})).survey
    assert read.questions[0].text == "Your mail"


def test_questions_inside_containers_and_columns_are_found_in_reading_order() -> None:
    inner = {
        "type": "Container",
        "items": [NAME, {"type": "ColumnSet", "columns": [{"type": "Column", "items": [MORE]}]}],
    }
    assert [one.name for one in read_card(card(inner, PICK)).survey.questions] == ["n", "m", "p"]


def test_answers_stand_in_the_order_of_the_card_and_open_questions_keep_their_place() -> None:
    read = read_answers(read_card(CARD), {"p": "2", "n": "Marta", "y": "True", "Type": "InputSubmit"})
    assert [(one.question.name, one.answer) for one in read] == [("n", "Marta"), ("m", ""), ("p", "Two"), ("y", True)]
    assert [(one.name, one.value) for one in context_of(read)] == [("n", "Marta"), ("m", ""), ("p", "Two"), ("y", True)]


@pytest.mark.parametrize(
    ("given_", "problem"),
    [
        ([], "expected an object, got a list"),
        ({"n": "x", "z": "y"}, "an answer to a question that the card does not ask"),
        ({}, "answers[0]: the question must be answered"),
        ({"n": " "}, "answers[0]: the question must be answered"),
        ({"n": 7}, "answers[0]: expected text, got a number"),
        ({"n": "x", "p": "3"}, "answers[2]: must be one of the options"),
        ({"n": "x", "y": "maybe"}, "answers[3]: expected true or false, got text"),
        ({"n": "x", "y": 7}, "answers[3]: expected true or false, got a number"),
        ({"n": "x" * 4001}, "answers[0]: at most 4000 characters, got 4001"),
    ],
)
def test_answers_that_break_a_rule_are_refused(given_: Any, problem: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read_answers(read_card(CARD), given_)
    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize(
    ("given_", "problem"),
    [
        ({}, "type: expected an AdaptiveCard"),
        (7, "type: expected an AdaptiveCard"),
        (card(), "questions: a survey asks at least one question"),
        (card({"type": "TextBlock", "text": "Choose"}), "questions: a survey asks at least one question"),
        (card(7), "body: expected a list of objects"),
        ({"type": "AdaptiveCard", "body": {}}, "body: expected a list of objects"),
        (card(*({**NAME, "id": str(n)} for n in range(11))), "questions: at most 10, got 11"),
        (card(NAME, NAME), "questions: no two may have the same name"),
        (card({**NAME, "id": 7}), "questions[0].id: expected text, got a number"),
        (card({**NAME, "label": ""}), "questions[0].text: must not be empty"),
        (card({"type": "TextBlock", "text": "Of the first"}, {**NAME, "label": ""}, {**MORE, "label": ""}), "questions[1].text: must not be empty"),
        (card({**NAME, "label": "x" * 513}), "questions[0].text: at most 512 characters"),
        (card({**NAME, "isRequired": "yes"}), "questions[0].isRequired: expected true or false, got text"),
        (card({**NAME, "type": "Input.Date"}), "questions[0].type: expected a text, a choice or a toggle"),
        (card({**NAME, "label": "&#" + "1" * 5000 + ";"}), "text: at most 4000 characters"),
        (card({**PICK, "isMultiSelect": True}), "questions[0].isMultiSelect: a choice of several"),
        (card({**PICK, "choices": []}), "questions[0].options: an option set has at least one option"),
        (card({**PICK, "choices": [{"title": "a"}]}), "questions[0].choices: expected a title and a value"),
        (card({**PICK, "choices": [{"title": "a", "value": "1"}] * 2}), "questions[0].choices: no two may have the same value"),
        (card(*({"type": "TextBlock"} for _ in range(1001))), "body: at most 1000 elements"),
    ],
    ids=str,
)  # fmt: skip
def test_a_card_that_breaks_a_rule_is_refused(given_: Any, problem: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read_card(given_)
    assert str(caught.value).startswith(problem)


# -- option codes -----------------------------------------------------------------------------------------------------


def test_an_unknown_code_is_kept_and_gives_back_itself() -> None:
    unknown = option_codes.CONVERSATION_STATES.read(9)
    assert unknown == UnknownOption("msdyn_liveconversation_statecode", 9)
    assert option_codes.CONVERSATION_STATES.write(unknown) == 9
    assert option_codes.CONVERSATION_STATES.read("4") is ConversationStatus.WRAP_UP


ALL_SETS: list[OptionSet[Any]] = [one for one in vars(option_codes).values() if isinstance(one, OptionSet)]


@pytest.mark.parametrize("option_set", ALL_SETS, ids=lambda one: one.name)
def test_every_meaning_has_a_code_that_is_read_back(option_set: OptionSet[Any]) -> None:
    assert hash(option_set)
    for code, meaning in option_set.codes.items():
        assert option_set.read(code) is option_set.read(str(code)) is meaning
        assert option_set.write(meaning) == code


@pytest.mark.parametrize("code", [None, True, -1, 1.0, "", "x", "-1", "١", " 1", "1" * 30, 2**60, []])
def test_what_is_no_code_is_refused(code: Any) -> None:
    with pytest.raises(InvalidValue, match="expected an option code"):
        option_codes.CASE_PRIORITIES.read(code)


def test_codes_agree_with_the_reference_data(reference_data: Path) -> None:
    facts = json.loads((reference_data / "dataverse" / "optionsets.json").read_text("utf-8"))
    types = option_codes.SELF_SERVICE_TYPES
    assert set(types.codes) == {int(code) for code in facts["msdyn_visitorjourneytype"]}
    labels = {
        "Page View": "page_visited",
        "Search": "phrase_searched",
        "KB Article": "article_viewed",
        "Custom Action": "custom_action",
    }
    assert {code: one.value for code, one in types.codes.items()} == {int(code): labels[label] for code, label in facts["msdyn_visitorjourneytype"].items()}  # fmt: skip
    for code, (label, _) in facts["msdyn_ocliveworkitem_statuscode"].items():
        meaning = option_codes.CONVERSATION_REASONS.read(code)
        if label in {"Resolved", "Scheduled"}:
            assert meaning == UnknownOption("msdyn_ocliveworkitem_statuscode", int(code))
        else:
            assert meaning is ConversationStatus(label.lower().replace("-", "_"))
    columns = facts["msdyn_visitorjourney.columns"]
    too_long = (action(msdyn_displaytitle="x" * (columns["msdyn_displaytitle"]["max"] + 1)), action(msdyn_url="x" * (columns["msdyn_url"]["max"] + 1)))  # fmt: skip
    for one in too_long:
        with pytest.raises(DecodeError):
            actions(one)


# -- no shape escapes -------------------------------------------------------------------------------------------------

READERS: list[Callable[[Any], Any]] = [
    read_context,
    read_card,
    lambda value: read_answers(read_card(CARD), value),
    lambda value: read_context({"SelfService": value}),
    lambda value: read_context({"SelfService": json.dumps(value, default=str)}),
    lambda value: read_context({"SelfService": json.dumps([action(msdyn_type=value)], default=str)}),
    lambda value: read_context({"v": value}, [ContextDefinition("v", ContextType.NUMBER)]),
    lambda value: read_card(card(value)),
    lambda value: read_card(card({"type": "Input.Text", "id": value, "label": "l"})),
    lambda value: read_card(card({**PICK, "choices": value})),
    lambda value: read_card(card(NAME, actions=value)),
    lambda value: read_card(card({**NAME, "label": value})),
    lambda value: read_answers(read_card(CARD), {"n": value, "p": value}),
]


@pytest.mark.parametrize("read", READERS, ids=range(len(READERS)))
@given(value=anything)
def test_no_foreign_payload_of_any_shape_escapes_as_anything_but_our_error(
    read: Callable[[Any], Any], value: Any
) -> None:
    with suppress(DecodeError):
        read(value)


def test_answers_of_every_kind_become_context() -> None:
    consent = read_card(card({**YES, "isRequired": True})).survey.questions[0]
    assert context_of((SurveyAnswer(consent, True),))[0].value is True


def test_a_toggle_is_answered_with_the_words_of_its_card() -> None:
    read = read_card(card({**YES, "valueOn": "ja", "valueOff": "nee"}))
    assert [read_answers(read, {"y": word})[0].answer for word in ("ja", "nee", True, "false")] == [
        True,
        False,
        True,
        False,
    ]


def test_what_an_option_set_does_not_mean_has_no_code() -> None:
    for meaning in (
        None,
        SelfServiceKind.PAGE_VISITED,
        UnknownOption("another", 9),
        UnknownOption("incident_prioritycode", 1),
    ):
        with pytest.raises(InvalidValue, match="code: expected"):
            option_codes.CASE_PRIORITIES.write(meaning)  # type: ignore[arg-type]


LITERAL = {
    "msdyn_visitorjourneytype": {192350000: "page_visited", 192350001: "phrase_searched", 192350002: "article_viewed", 192350100: "custom_action"},
    "msdyn_liveconversation_statecode": {0: "open", 1: "active", 2: "waiting", 3: "closed", 4: "wrap_up"},
    "msdyn_ocliveworkitem_statuscode": {1: "open", 2: "active", 3: "waiting", 4: "closed", 5: "wrap_up"},
    "incident_prioritycode": {1: "high", 2: "normal", 3: "low"},
    "msdyn_contextvariabletype": {192350000: "text", 192350001: "number", 192350002: "boolean"},
}  # fmt: skip


def test_the_codes_are_those_of_the_specification() -> None:
    assert {one.name: {code: meaning.value for code, meaning in one.codes.items()} for one in ALL_SETS} == LITERAL


def test_the_end_of_an_action_is_kept() -> None:
    (read,) = actions(action(msdyn_endtime="2026-03-02T09:05:00Z"))
    assert read.ended_at == datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert json.loads(write_self_service([read]))[0]["msdyn_endtime"] == "2026-03-02T09:05:00Z"
    assert "msdyn_endtime" not in write_self_service(actions(action()))
    with pytest.raises(DecodeError, match=r"SelfService\[0\]: .*ended_at|SelfService\[0\].ended_at"):
        actions(action(msdyn_endtime="2026-03-02T08:00:00Z"))


def test_a_portal_remembers_the_newest_four_actions() -> None:
    kept: tuple[SelfServiceAction, ...] = ()
    for minute in (1, 5, 3, 2, 4):
        at = datetime(2026, 3, 2, 9, minute, tzinfo=UTC)
        kept = remember(kept, SelfServiceAction(id=str(minute), at=at, kind=SelfServiceKind.PAGE_VISITED, title="t"))
    assert [one.id for one in kept] == ["5", "4", "3", "2"]


def test_a_configured_survey_requires_its_consent() -> None:
    with pytest.raises(InvalidValue, match=r"questions\[3\]\.required: a user consent must be required"):
        check_configured(read_card(CARD).survey)
    check_configured(read_card(card({**YES, "isRequired": True})).survey)


@pytest.mark.parametrize("text", ["", "a;;b", "a; a", ";"])
def test_options_are_neither_empty_nor_given_twice(text: str) -> None:
    with pytest.raises(InvalidValue, match="options"):
        options_of(text)
    assert options_of("a; b c ;d") == ("a", "b c", "d")


def test_the_largest_number_is_still_a_code_and_the_next_one_is_none() -> None:
    largest = 2**53 - 1
    assert option_codes.CASE_PRIORITIES.read(largest) == UnknownOption("incident_prioritycode", largest)
    with pytest.raises(InvalidValue, match="expected an option code"):
        option_codes.CASE_PRIORITIES.read(largest + 1)
    assert option_codes.CASE_PRIORITIES.read(0) == UnknownOption("incident_prioritycode", 0)


def test_actions_of_one_instant_are_written_by_number_then_by_id() -> None:
    at, kind = datetime(2026, 3, 2, 9, tzinfo=UTC), SelfServiceKind.PAGE_VISITED
    given_ = [
        SelfServiceAction(id=name, at=at, sequence=number, kind=kind, title=f"{number}{name}")
        for name, number in (("a", 1), ("c", 1), ("b", 1), ("a2", 2))
    ]
    written = json.loads(write_self_service(given_))
    assert [one["msdyn_displaytitle"] for one in written] == ["2a2", "1c", "1b", "1a"]
