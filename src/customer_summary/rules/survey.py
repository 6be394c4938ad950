"""The pre-chat survey: what a configured one must hold, and the context its answers become (spec 4.1)."""

from customer_summary.domain.context import ContextVariable
from customer_summary.domain.survey import AnswerType, PreChatSurvey, SurveyAnswer


def lint(survey: PreChatSurvey) -> tuple[str, ...]:
    """Reports what a foreign survey has that a configured one may not, one sentence each, by the question's place.

    A user consent must be required where a survey is configured; a foreign card's optional one is kept as it came.
    """
    return tuple(
        f"questions[{index}]: a user consent should be required"
        for index, question in enumerate(survey.questions)
        if question.type is AnswerType.CONSENT and not question.required
    )


def context_of(answers: tuple[SurveyAnswer, ...]) -> tuple[ContextVariable, ...]:
    """Gives the context variables that the answers become, each named like its question, not displayable.

    A consent becomes a boolean, everything else text. They do not count towards the 100 custom variables.
    """
    return tuple(ContextVariable(answer.question.name, answer.answer) for answer in answers)
