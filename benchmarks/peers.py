"""The conversation as msgspec and pydantic would have it: the same fields and limits, written by hand.

Both are strict: unknown keys are refused, nothing is converted but instants and enumerations. What neither can
declare, the rules between fields, is one function that both call. What the peers leave unchecked: neither refuses a
key given twice or a year at the end of the calendar; msgspec strips no spaces; pydantic lets NaN pass.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Protocol

import msgspec
import pydantic

from customer_summary import AnswerType, Channel, ConversationStatus, RecordKind

MAX_WHOLE = 2**53 - 1
_BARE = r"^\S(.*\S)?$"


def check_rules(conversation: Any) -> None:
    """Checks what no single field says: unique names, answers that suit their questions, channels that suit flags."""
    _require(conversation.customer is None or conversation.customer.kind.value in {"contact", "account"})
    for named in (conversation.skills, [one.question for one in conversation.survey], conversation.context):
        _require(len({one.name for one in named}) == len(named))
    _require(not conversation.persistent or conversation.channel is Channel.LIVE_CHAT)
    _require(not conversation.outbound_emergency or conversation.channel is Channel.VOICE)
    for one in conversation.context:
        _require(one.name != "SelfService")
        _require(len(str(one.value)) <= 4000)
    for answer in conversation.survey:
        _check_answer(answer.question, answer.answer)
    _check_status(conversation)


def _check_status(state: Any) -> None:
    status, nobody = state.status, state.agent is None
    accepted = None not in {state.agent, state.assigned_on, state.accepted_on, state.first_accepted_on}
    at_work = status in {ConversationStatus.ACTIVE, ConversationStatus.WRAP_UP}
    _require(nobody or status is not ConversationStatus.OPEN)
    _require(not nobody or status in {ConversationStatus.OPEN, ConversationStatus.CLOSED})
    _require(nobody or state.assigned_on is not None)
    _require(not state.in_session or (at_work and accepted))
    _require(state.wrap_up_on is not None or status is not ConversationStatus.WRAP_UP)
    _require((state.closed_on is None) == (status is not ConversationStatus.CLOSED))


def _check_answer(question: Any, answer: Any) -> None:
    _require(question.name != "SelfService")
    _require((question.type is AnswerType.OPTION_SET) == bool(question.options))
    _require(len(set(question.options)) == len(question.options))
    if question.type is AnswerType.CONSENT:
        _require(answer == "" or isinstance(answer, bool))
    else:
        _require(isinstance(answer, str) and len(answer) <= 4000)
        _require(not answer or not question.options or answer in question.options)
    _require(not question.required or bool(answer))


def _require(holds: bool) -> None:  # noqa: FBT001  # a rule holds or not
    if not holds:
        raise ValueError("a rule between fields is broken")


class Peer(Protocol):
    """What is measured of a library: text to value, and value to text."""

    def read(self, text: str) -> Any:
        """Gives the value of a JSON text."""

    def write(self, value: Any) -> str:
        """Gives a value as JSON text."""


# -- msgspec ----------------------------------------------------------------------------------------------------------

_Text = Annotated[str, msgspec.Meta(max_length=200)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=_BARE)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Key = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
_Long = Annotated[str, msgspec.Meta(max_length=4000)]
_Option = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
_Whole = Annotated[int, msgspec.Meta(ge=0, le=MAX_WHOLE)]
_Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class _Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class SkillStruct(_Struct, frozen=True, kw_only=True):
    """A skill."""

    name: _Name
    percentage: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None


class RecordRefStruct(_Struct, frozen=True, kw_only=True):
    """A reference to a record."""

    kind: RecordKind
    id: _Id


class QuestionStruct(_Struct, frozen=True, kw_only=True):
    """A question of the survey."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=_BARE)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
    type: AnswerType = AnswerType.SINGLE_LINE
    required: bool = False
    options: Annotated[tuple[_Option, ...], msgspec.Meta(max_length=100)] = ()


class SurveyAnswerStruct(_Struct, frozen=True, kw_only=True):
    """A question with its answer."""

    question: QuestionStruct
    answer: _Long | bool = ""


class VisitorStruct(_Struct, frozen=True, kw_only=True):
    """The visitor's side."""

    authenticated: bool = False
    browser: _Text = ""
    operating_system: _Text = ""
    location: _Text = ""
    language: _Text = ""
    device: _Text = ""
    origin_url: Annotated[str, msgspec.Meta(max_length=2048)] = ""


class VariableStruct(_Struct, frozen=True, kw_only=True):
    """A context variable."""

    name: _Key
    value: _Long | int | float | bool
    displayable: bool = False


class ConversationStruct(_Struct, frozen=True, kw_only=True):
    """A conversation as msgspec has it."""

    v: Literal[1] = 1
    id: _Id
    at: _Instant
    transitions: _Whole = 0
    channel: Channel
    persistent: bool = False
    outbound_emergency: bool = False
    visitor_number: Annotated[int, msgspec.Meta(ge=1, le=MAX_WHOLE)] | None = None
    created_on: _Instant
    status: ConversationStatus = ConversationStatus.OPEN
    queue: _Text = ""
    agent: _Id | None = None
    assigned_on: _Instant | None = None
    accepted_on: _Instant | None = None
    first_accepted_on: _Instant | None = None
    in_session: bool = False
    wrap_up_on: _Instant | None = None
    closed_on: _Instant | None = None
    skills: Annotated[tuple[SkillStruct, ...], msgspec.Meta(max_length=100)] = ()
    customer: RecordRefStruct | None = None
    case_id: _Id | None = None
    survey: Annotated[tuple[SurveyAnswerStruct, ...], msgspec.Meta(max_length=10)] = ()
    visitor: VisitorStruct = VisitorStruct()
    context: Annotated[tuple[VariableStruct, ...], msgspec.Meta(max_length=100)] = ()

    def __post_init__(self) -> None:
        check_rules(self)


class Msgspec:
    """Reads and writes with msgspec, decoder and encoder made once."""

    def __init__(self) -> None:
        self._decoder, self._encoder = msgspec.json.Decoder(ConversationStruct), msgspec.json.Encoder()

    def read(self, text: str) -> Any:
        """Gives the value of a JSON text."""
        return self._decoder.decode(text)

    def write(self, value: Any) -> str:
        """Gives a value as JSON text."""
        return self._encoder.encode(value).decode()


# -- pydantic ---------------------------------------------------------------------------------------------------------


def _text(least: int, most: int, *, strip: bool = False, bare: bool = False) -> Any:
    return pydantic.StringConstraints(
        min_length=least, max_length=most, strip_whitespace=strip, pattern=_BARE if bare else None
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
    survey: Annotated[tuple[SurveyAnswerModel, ...], pydantic.Field(max_length=10)] = ()
    visitor: VisitorModel = VisitorModel()
    context: Annotated[tuple[VariableModel, ...], pydantic.Field(max_length=100)] = ()

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


PEERS: dict[str, Peer] = {"msgspec": Msgspec(), "pydantic": Pydantic()}
