"""Strategies for surveys: questions of every type, and answers that suit them."""

from typing import Any

from hypothesis import strategies as st

from customer_summary.domain.context import SELF_SERVICE
from customer_summary.domain.fields import Text
from customer_summary.domain.survey import AnswerType, Question, SurveyAnswer
from customer_summary.testing.plain_strategies import texts


def surveys() -> st.SearchStrategy[Any]:
    """Answers to questions with names of their own."""
    return st.lists(answers(), max_size=4, unique_by=lambda one: one.question.name).map(tuple)


def variable_names(*, bare: bool = False) -> st.SearchStrategy[str]:
    """Names that a variable may have."""
    return texts(Text(least=1, strip=False, bare=bare)).filter(lambda text: text != SELF_SERVICE)


def questions() -> st.SearchStrategy[Question]:
    """Questions of every type, option sets with their options."""
    options = st.lists(texts(Text(least=1, strip=False)), min_size=1, max_size=4, unique=True).map(tuple)
    plain = [one for one in AnswerType if one is not AnswerType.OPTION_SET]
    common = {"name": variable_names(bare=True), "text": texts(Text(least=1, strip=False)), "required": st.booleans()}
    return st.builds(Question, type=st.sampled_from(plain), **common) | st.builds(
        Question, type=st.just(AnswerType.OPTION_SET), options=options, **common
    )


def question_lists() -> st.SearchStrategy[Any]:
    """Questions with names of their own, one at least."""
    return st.lists(questions(), min_size=1, max_size=4, unique_by=lambda one: one.name).map(tuple)


def answers() -> st.SearchStrategy[SurveyAnswer]:
    """Questions of every type with an answer that suits them."""

    def answer(question: Question) -> st.SearchStrategy[SurveyAnswer]:
        given: st.SearchStrategy[Any] = texts(Text(least=1, strip=False))
        if question.type is AnswerType.CONSENT:
            given = st.just(value=True) if question.required else st.booleans()
        elif question.options:
            given = st.sampled_from(question.options)
        if not question.required:
            given |= st.just("")
        return st.builds(SurveyAnswer, st.just(question), given)

    return questions().flatmap(answer)
