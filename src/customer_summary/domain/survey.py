"""The pre-chat survey: the organisation's questions and the customer's answers (spec 4.1)."""

from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.context import MAX_VALUE, MAX_VARIABLE_NAME, SELF_SERVICE
from customer_summary.domain.errors import InvalidValue, kind_of
from customer_summary.domain.fields import SECRET, Many, Text, checked

MAX_QUESTIONS = 10
MAX_QUESTION = 512
MAX_ANSWER = MAX_VALUE
"""Characters in an answer: it becomes a context variable."""
MAX_OPTIONS = 100

Option = Annotated[str, Text(least=1, most=MAX_ANSWER, strip=False)]


_ANSWER = Text(most=MAX_ANSWER, strip=False)


class AnswerType(Enum):
    """How a question is answered."""

    SINGLE_LINE = "single_line"
    MULTIPLE_LINES = "multiple_lines"
    OPTION_SET = "option_set"
    CONSENT = "consent"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Question:
    """One question; its answer becomes the context variable `name`.

    `options` are the texts a customer may choose from; only an option set has them.
    """

    name: Annotated[str, Text(least=1, most=MAX_VARIABLE_NAME, strip=False, bare=True)]
    text: Annotated[str, Text(least=1, most=MAX_QUESTION, strip=False)]
    type: AnswerType = AnswerType.SINGLE_LINE
    required: bool = False
    options: Annotated[tuple[Option, ...], Many(most=MAX_OPTIONS)] = ()

    def __attrs_post_init__(self) -> None:
        if self.name == SELF_SERVICE:
            raise InvalidValue("name", f"{SELF_SERVICE} is reserved for the customer's history")
        if (self.type is AnswerType.OPTION_SET) != bool(self.options):
            raise InvalidValue("options", "an option set has at least one option, nothing else has any")
        if len(set(self.options)) < len(self.options):
            raise InvalidValue("options", "no two may be the same")


@attrs.frozen(field_transformer=checked)
class PreChatSurvey:
    """The questions in the order in which they are asked: 1 to 10, each with a name of its own."""

    questions: Annotated[tuple[Question, ...], Many(most=MAX_QUESTIONS, unique="name")] = ()

    def __attrs_post_init__(self) -> None:
        if not self.questions:
            raise InvalidValue("questions", "a survey asks at least one question")


@attrs.frozen(field_transformer=checked)
class SurveyAnswer:
    """A question with its answer: text, or true or false for a consent.

    An optional question left open keeps its place with empty text. Refuses what the submission must not hold:
    a required question without an answer (a consent that is not given), an option that is not offered.
    """

    question: Question
    answer: Annotated[str | bool, SECRET] = ""

    def __attrs_post_init__(self) -> None:
        question, answer = self.question, self.answer
        if question.type is AnswerType.CONSENT:
            if answer != "" and not isinstance(answer, bool):
                raise InvalidValue("answer", f"expected true or false, got {kind_of(answer)}")
        else:
            _ANSWER.check(answer, "answer")
            if answer and question.options and answer not in question.options:
                raise InvalidValue("answer", "must be one of the options of the question")
        if question.required and (not answer or (isinstance(answer, str) and not answer.strip())):
            raise InvalidValue("answer", "the question must be answered")


def names_asked(answers: tuple[SurveyAnswer, ...]) -> frozenset[str]:
    """Gives the names of the questions: variables of these names are answers, and count as no custom ones."""
    return frozenset(answer.question.name for answer in answers)
