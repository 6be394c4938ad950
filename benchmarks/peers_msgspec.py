"""The conversation as msgspec would have it."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

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

_Text = Annotated[str, msgspec.Meta(max_length=200)]
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=BARE)]
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

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=BARE)]
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


class AttemptStruct(_Struct, frozen=True, kw_only=True):
    """An offer of the conversation."""

    offer: _Id
    agent: _Id
    sent_at: _Instant
    ends_at: _Instant
    backstop: _Instant


class DeclinedStruct(_Struct, frozen=True, kw_only=True):
    """An agent who did not take it."""

    agent: _Id
    reason: DeclineReason
    at: _Instant
    rests_until: _Instant
    rested: bool = False


class RoutingStruct(_Struct, frozen=True, kw_only=True):
    """How it finds its agent."""

    workstream: _Text = ""
    priority: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    scenario: Scenario | None = None
    attempts: _Whole = 0
    offer: AttemptStruct | None = None
    held: AttemptStruct | None = None
    session: _Whole = 0
    declined: Annotated[tuple[DeclinedStruct, ...], msgspec.Meta(max_length=100)] = ()
    prefers: _Text = ""
    with_bot: bool = False


class ClocksStruct(_Struct, frozen=True, kw_only=True):
    """What its deadlines count from."""

    queued_on: _Instant
    modified_on: _Instant
    closes_after: str | None = None
    looks_every: str = "PT0S"
    wrote_on: _Instant | None = None
    customer_wrote_on: _Instant | None = None
    heard: Annotated[tuple[_Id, ...], msgspec.Meta(max_length=10)] = ()
    opened_on: _Instant | None = None
    idle_after: str | None = None
    snoozed_until: _Instant | None = None
    away_since: _Instant | None = None
    leaves_at: _Instant | None = None
    link_told: _Instant | None = None


class ParticipantStruct(_Struct, frozen=True, kw_only=True):
    """Somebody else in it."""

    agent: _Id
    role: ParticipantRole
    since: _Instant
    there: bool = True


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
    survey: Annotated[tuple[SurveyAnswerStruct, ...], msgspec.Meta(max_length=MAX_QUESTIONS)] = ()
    visitor: VisitorStruct = VisitorStruct()
    context: Annotated[tuple[VariableStruct, ...], msgspec.Meta(max_length=MAX_VARIABLES + MAX_QUESTIONS)] = ()
    routing: RoutingStruct = RoutingStruct()
    clocks: ClocksStruct
    participants: Annotated[tuple[ParticipantStruct, ...], msgspec.Meta(max_length=50)] = ()
    record_active: bool = True
    record_told: _Instant | None = None
    customer_by: IdentifiedBy | None = None
    case_by: IdentifiedBy | None = None

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
