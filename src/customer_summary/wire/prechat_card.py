"""Pre-chat cards of a chat widget: the questions of an Adaptive Card, and the answers a visitor submits (spec 4.1)."""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

import attrs

from customer_summary.domain.errors import DecodeError, InvalidValue, Problem, kind_of
from customer_summary.domain.survey import AnswerType, PreChatSurvey, Question, SurveyAnswer
from customer_summary.rules.context import read_flag
from customer_summary.wire.text import read_json

MAX_ELEMENTS = 1000
MAX_CAPTION = 4000
"""Characters in a caption with its markup; also keeps a number in an entity from growing beyond all bounds."""
_CONTAINERS = ("items", "columns", "body")


@attrs.frozen
class PreChatCard:
    """A card: its survey, and for each question the id of its input and what its choices are submitted as."""

    survey: PreChatSurvey
    inputs: tuple[str, ...]
    choices: tuple[Mapping[str, str], ...] = attrs.field(hash=False)
    submitted_along: frozenset[str]


def read_card(card: object) -> PreChatCard:
    """Reads a card, as JSON text or already read: the questions in the card's order.

    A question is named after the `Name` inside its id where the id is JSON, else after the id. Its text is its label,
    the title of a toggle, or the text block before it. Raises `DecodeError` for what is no card, and for a card that
    asks nothing.
    """
    document = read_json(card) if isinstance(card, str | bytes) else card
    if not isinstance(document, Mapping) or document.get("type") != "AdaptiveCard":
        raise _problem("type", "expected an AdaptiveCard")
    questions: list[Question] = []
    inputs: list[str] = []
    choices: list[Mapping[str, str]] = []
    caption = ""
    for index, element in enumerate(_elements(document)):
        if index == MAX_ELEMENTS:
            raise _problem("body", f"at most {MAX_ELEMENTS} elements")
        if element.get("type") == "TextBlock":
            caption = _text(element.get("text"))
        elif str(element.get("type")).startswith("Input."):
            where = f"questions[{len(questions)}]"
            try:
                question, values = _question(element, caption)
            except InvalidValue as error:
                raise _problem(f"{where}.{error.field}", error.rule) from None
            questions.append(question)
            inputs.append(str(element["id"]))
            choices.append(values)
            caption = ""
    try:
        survey = PreChatSurvey(tuple(questions))
    except InvalidValue as error:
        raise _problem(error.field, error.rule) from None
    return PreChatCard(survey, tuple(inputs), tuple(choices), _submitted_along(document))


def read_answers(card: PreChatCard, submission: object) -> tuple[SurveyAnswer, ...]:
    """Reads what a visitor submitted for a card: a value by input id. Gives every question, in the card's order.

    An optional question left open has an empty answer. Raises `DecodeError` for a required one left open, a choice the
    card does not offer, and an id the card does not have.
    """
    document = read_json(submission) if isinstance(submission, str | bytes) else submission
    if not isinstance(document, Mapping):
        raise _problem("", f"expected an object, got {kind_of(document)}")
    if not document.keys() <= {*card.inputs, *card.submitted_along}:
        raise _problem("", "an answer to a question that the card does not ask")
    answers = []
    for index, (question, name) in enumerate(zip(card.survey.questions, card.inputs, strict=True)):
        try:
            answers.append(SurveyAnswer(question, _answer(question, document.get(name), card.choices[index])))
        except InvalidValue as error:
            raise _problem(f"answers[{index}]", error.rule) from None
    return tuple(answers)


def _problem(path: str, rule: str) -> DecodeError:
    return DecodeError((Problem(path, rule),))


def _elements(container: Mapping[Any, Any]) -> Iterator[Mapping[Any, Any]]:
    """Gives the elements of a card in reading order, those inside containers and columns too."""
    waiting = [container]
    while waiting:
        element = waiting.pop()
        if element is not container:
            yield element
        inner = [part for name in _CONTAINERS for part in _list(element.get(name), name)]
        waiting.extend(reversed(inner))


def _list(value: object, name: str) -> list[Mapping[Any, Any]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(part, Mapping) for part in value):
        raise _problem(name, "expected a list of objects")
    return value


def _text(value: object) -> str:
    """Gives a caption without its markup: entities resolved, the star of a mandatory field removed."""
    if not isinstance(value, str):
        return ""
    if len(value) > MAX_CAPTION:
        raise _problem("text", f"at most {MAX_CAPTION} characters, got {len(value)}")
    return unescape(value).strip().removeprefix("*").strip()


def _question(element: Mapping[Any, Any], caption: str) -> tuple[Question, Mapping[str, str]]:
    identity = _identity(element.get("id"))
    kind = element["type"]
    text = _text(element.get("label")) or (_text(element.get("title")) if kind == "Input.Toggle" else "")
    values: dict[str, str] = {}
    if kind == "Input.ChoiceSet":
        if element.get("isMultiSelect", False) is not False:
            raise InvalidValue("isMultiSelect", "a choice of several is no kind of question")
        values = _choices(element.get("choices"))
        answer_type = AnswerType.OPTION_SET
    elif kind == "Input.Toggle":
        answer_type = AnswerType.CONSENT
        values = {
            str(element.get(name)): said
            for name, said in (("valueOn", "true"), ("valueOff", "false"))
            if name in element
        }
    elif kind == "Input.Text":
        answer_type = AnswerType.MULTIPLE_LINES if element.get("isMultiline") is True else AnswerType.SINGLE_LINE
    else:
        raise InvalidValue("type", "expected a text, a choice or a toggle")
    question = Question(
        name=identity.get("Name", element["id"]),
        text=text or caption or _text(identity.get("QuestionText")),
        type=answer_type,
        required=_required(element, identity),
        options=tuple(values.values()) if answer_type is AnswerType.OPTION_SET else (),
    )
    return question, values


def _identity(value: object) -> Mapping[str, Any]:
    """Gives what an id says of its question where the id is JSON itself, else nothing."""
    if not isinstance(value, str):
        raise InvalidValue("id", f"expected text, got {kind_of(value)}")
    if not value.startswith("{"):
        return {}
    try:
        identity = read_json(value)
    except DecodeError:
        return {}
    return identity if isinstance(identity, dict) and isinstance(identity.get("Name"), str) else {}


def _required(element: Mapping[Any, Any], identity: Mapping[str, Any]) -> bool:
    flag = element.get("isRequired", identity.get("IsRequired", False))
    if not isinstance(flag, bool):
        raise InvalidValue("isRequired", f"expected true or false, got {kind_of(flag)}")
    return flag


def _choices(value: object) -> dict[str, str]:
    choices: dict[str, str] = {}
    for choice in _list(value, "choices"):
        title, submitted = choice.get("title"), choice.get("value")
        if not isinstance(title, str) or not isinstance(submitted, str):
            raise InvalidValue("choices", "expected a title and a value, both text")
        if submitted in choices:
            raise InvalidValue("choices", "no two may have the same value")
        choices[submitted] = title
    return choices


def _answer(question: Question, value: object, choices: Mapping[str, str]) -> str | bool:
    if value is None or value == "":
        return ""
    if question.type is AnswerType.CONSENT:
        return read_flag(choices.get(value, value) if isinstance(value, str) else value, "answer")
    if not isinstance(value, str):
        raise InvalidValue("answer", f"expected text, got {kind_of(value)}")
    if question.type is AnswerType.OPTION_SET:
        if value not in choices:
            raise InvalidValue("answer", "must be one of the options of the question")
        return choices[value]
    return value


def _submitted_along(document: Mapping[Any, Any]) -> frozenset[str]:
    """Gives the names that the card's own buttons send along with the answers."""
    data = [action.get("data") for action in _list(document.get("actions"), "actions")]
    return frozenset(str(name) for one in data if isinstance(one, Mapping) for name in one)
