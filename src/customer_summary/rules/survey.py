"""The pre-chat survey: what a configured one must hold, and the context its answers become (spec 4.1)."""

from customer_summary.domain.context import ContextVariable
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.survey import AnswerType, PreChatSurvey, SurveyAnswer


def lint_survey(survey: PreChatSurvey) -> tuple[str, ...]:
    """Reports what a foreign survey has that a configured one may not, one sentence each, by the question's place.

    A user consent must be required where a survey is configured; a foreign card's optional one is kept as it came.
    """
    return tuple(
        f"questions[{index}]: a user consent should be required"
        for index, question in enumerate(survey.questions)
        if question.type is AnswerType.CONSENT and not question.required
    )


def check_configured(survey: PreChatSurvey) -> None:
    """Refuses, with `InvalidValue`, a survey that an administrator may not configure: one with an optional consent."""
    for index, question in enumerate(survey.questions):
        if question.type is AnswerType.CONSENT and not question.required:
            raise InvalidValue(f"questions[{index}].required", "a user consent must be required")


def options_of(text: str) -> tuple[str, ...]:
    """Gives the options that are configured as one text, separated by semicolons.

    >>> options_of("It can wait; Today;Right now")
    ('It can wait', 'Today', 'Right now')

    Refuses, with `InvalidValue`, an option that is empty or given twice.
    """
    options = tuple(option.strip() for option in text.split(";"))
    if not all(options):
        raise InvalidValue("options", "must not be empty")
    if len(set(options)) < len(options):
        raise InvalidValue("options", "no two may be the same")
    return options


def context_of(answers: tuple[SurveyAnswer, ...]) -> tuple[ContextVariable, ...]:
    """Gives the context variables that the answers become, each named like its question, not displayable.

    A consent that was answered becomes a boolean, everything else text. They do not
    count towards the 100 custom variables.
    """
    return tuple(ContextVariable(answer.question.name, answer.answer) for answer in answers)
