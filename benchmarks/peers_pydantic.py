"""The conversation as pydantic would have it."""

from datetime import UTC
from typing import Annotated, Any, Literal

import pydantic

from benchmarks.peers import BARE, MAX_QUESTIONS, MAX_VARIABLES, MAX_WHOLE, check_rules
from customer_summary import (
    AnswerType,
    Channel,
    ConversationStatus,
    DeclineReason,
    ParticipantRole,
    RecordKind,
    Scenario,
)
from customer_summary.domain.identification import IdentifiedBy


def _text(least: int, most: int, *, strip: bool = False, bare: bool = False) -> Any:
    return pydantic.StringConstraints(
        min_length=least, max_length=most, strip_whitespace=strip, pattern=BARE if bare else None
    )


_ShortText = Annotated[str, _text(0, 200, strip=True)]
_ShortName = Annotated[str, _text(1, 200, strip=True)]
_ExactId = Annotated[str, _text(1, 200, bare=True)]
_LongText = Annotated[str, _text(0, 4000)]
_Aware = Annotated[pydantic.AwareDatetime, pydantic.AfterValidator(lambda at: at.astimezone(UTC))]


class _Model(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)


class SkillModel(_Model):
    """A skill."""

    name: _ShortName
    percentage: Annotated[int, pydantic.Field(ge=0, le=100)] | None = None


class RecordRefModel(_Model):
    """A reference to a record."""

    kind: RecordKind
    id: _ExactId


class QuestionModel(_Model):
    """A question of the survey."""

    name: Annotated[str, _text(1, 100, bare=True)]
    text: Annotated[str, _text(1, 512)]
    type: AnswerType = AnswerType.SINGLE_LINE
    required: bool = False
    options: Annotated[tuple[Annotated[str, _text(1, 4000)], ...], pydantic.Field(max_length=100)] = ()


class SurveyAnswerModel(_Model):
    """A question with its answer."""

    question: QuestionModel
    answer: _LongText | bool = ""


class VisitorModel(_Model):
    """The visitor's side."""

    authenticated: bool = False
    browser: _ShortText = ""
    operating_system: _ShortText = ""
    location: _ShortText = ""
    language: _ShortText = ""
    device: _ShortText = ""
    origin_url: Annotated[str, _text(0, 2048)] = ""


class VariableModel(_Model):
    """A context variable."""

    name: Annotated[str, _text(1, 100)]
    value: _LongText | int | float | bool
    displayable: bool = False


class AttemptModel(_Model):
    """An offer of the conversation."""

    offer: _ExactId
    agent: _ExactId
    sent_at: _Aware
    ends_at: _Aware
    backstop: _Aware


class DeclinedModel(_Model):
    """An agent who did not take it."""

    agent: _ExactId
    reason: DeclineReason
    at: _Aware
    rests_until: _Aware
    rested: bool = False


class RoutingModel(_Model):
    """How it finds its agent."""

    workstream: _ShortText = ""
    priority: Annotated[int, pydantic.Field(ge=0, le=1000)] = 0
    scenario: Scenario | None = None
    attempts: Annotated[int, pydantic.Field(ge=0, le=MAX_WHOLE)] = 0
    offer: AttemptModel | None = None
    held: AttemptModel | None = None
    session: Annotated[int, pydantic.Field(ge=0, le=MAX_WHOLE)] = 0
    declined: Annotated[tuple[DeclinedModel, ...], pydantic.Field(max_length=100)] = ()
    prefers: _ShortText = ""
    with_bot: bool = False


class ClocksModel(_Model):
    """What its deadlines count from."""

    queued_on: _Aware
    modified_on: _Aware
    closes_after: str | None = None
    looks_every: str = "PT0S"
    wrote_on: _Aware | None = None
    customer_wrote_on: _Aware | None = None
    heard: Annotated[tuple[_ExactId, ...], pydantic.Field(max_length=10)] = ()
    opened_on: _Aware | None = None
    idle_after: str | None = None
    snoozed_until: _Aware | None = None
    away_since: _Aware | None = None
    leaves_at: _Aware | None = None
    link_told: _Aware | None = None


class ParticipantModel(_Model):
    """Somebody else in it."""

    agent: _ExactId
    role: ParticipantRole
    since: _Aware
    there: bool = True


class ConversationModel(_Model):
    """A conversation as pydantic has it."""

    v: Literal[1] = 1
    id: _ExactId
    at: _Aware
    transitions: Annotated[int, pydantic.Field(ge=0, le=MAX_WHOLE)] = 0
    channel: Channel
    persistent: bool = False
    outbound_emergency: bool = False
    visitor_number: Annotated[int, pydantic.Field(ge=1, le=MAX_WHOLE)] | None = None
    created_on: _Aware
    status: ConversationStatus = ConversationStatus.OPEN
    queue: _ShortText = ""
    agent: _ExactId | None = None
    assigned_on: _Aware | None = None
    accepted_on: _Aware | None = None
    first_accepted_on: _Aware | None = None
    in_session: bool = False
    wrap_up_on: _Aware | None = None
    closed_on: _Aware | None = None
    skills: Annotated[tuple[SkillModel, ...], pydantic.Field(max_length=100)] = ()
    customer: RecordRefModel | None = None
    case_id: _ExactId | None = None
    survey: Annotated[tuple[SurveyAnswerModel, ...], pydantic.Field(max_length=MAX_QUESTIONS)] = ()
    visitor: VisitorModel = VisitorModel()
    context: Annotated[tuple[VariableModel, ...], pydantic.Field(max_length=MAX_VARIABLES + MAX_QUESTIONS)] = ()
    routing: RoutingModel = RoutingModel()
    clocks: ClocksModel
    participants: Annotated[tuple[ParticipantModel, ...], pydantic.Field(max_length=50)] = ()
    record_active: bool = True
    record_told: _Aware | None = None
    customer_by: IdentifiedBy | None = None
    case_by: IdentifiedBy | None = None

    @pydantic.model_validator(mode="after")
    def _rules(self) -> "ConversationModel":
        check_rules(self)
        return self


class Pydantic:
    """Reads and writes with pydantic."""

    def read(self, text: str) -> Any:
        """Gives the value of a JSON text."""
        return ConversationModel.model_validate_json(text)

    def write(self, value: Any) -> str:
        """Gives a value as JSON text."""
        return str(value.model_dump_json())
