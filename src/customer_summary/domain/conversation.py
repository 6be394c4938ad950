"""The conversation: one request of one customer, from its arrival until it is closed (spec 3, 1.2)."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.channel import Channel
from customer_summary.domain.context import MAX_VARIABLES, ContextVariable
from customer_summary.domain.conversation_clocks import Clocks
from customer_summary.domain.conversation_routing import ROUTED_ELSEWHERE, Routing
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Name, Whole, checked, checked_when_read
from customer_summary.domain.participant import MAX_PARTICIPANTS, Participant
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef
from customer_summary.domain.survey import MAX_QUESTIONS, SurveyAnswer, names_asked
from customer_summary.domain.visitor import UNKNOWN_VISITOR, VisitorDetails

MAX_SKILLS = 100


class ConversationStatus(Enum):
    """Where a conversation stands (spec 3.1)."""

    OPEN = "open"
    ACTIVE = "active"
    WAITING = "waiting"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


@attrs.frozen(field_transformer=checked)
class Skill:
    """A skill attached for routing. `percentage` says how sure a learned finder was; None if a person added it."""

    name: Name
    percentage: Annotated[int, Whole(most=100)] | None = None


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class Conversation:
    """The state of one conversation; transcripts and histories are kept by the host.

    `at` is the instant up to which the state is known, `transitions` how often it changed. `assigned_on` is when an
    agent was first assigned, `first_accepted_on` when any agent first accepted; `agent`, `queue` and `accepted_on`
    are those of the present agent. [seed 004] `in_session` says whether that agent has the page open. `routing` is how
    it finds its agent, `clocks` what its deadlines count from. `record_active` is whether the record behind an item is
    not resolved, as of `record_told`.
    """

    id: Id
    at: datetime
    transitions: int = 0
    channel: Channel
    persistent: bool = False
    outbound_emergency: bool = False
    visitor_number: Annotated[int, Whole(least=1)] | None = None
    created_on: datetime
    status: ConversationStatus = ConversationStatus.OPEN
    queue: str = ""
    agent: Id | None = None
    assigned_on: datetime | None = None
    accepted_on: datetime | None = None
    first_accepted_on: datetime | None = None
    in_session: bool = False
    wrap_up_on: datetime | None = None
    closed_on: datetime | None = None
    skills: Annotated[tuple[Skill, ...], Many(most=MAX_SKILLS, unique="name")] = ()
    customer: RecordRef | None = None
    case_id: Id | None = None
    survey: Annotated[tuple[SurveyAnswer, ...], Many(most=MAX_QUESTIONS)] = ()
    visitor: VisitorDetails = UNKNOWN_VISITOR
    context: Annotated[tuple[ContextVariable, ...], Many(most=MAX_VARIABLES + MAX_QUESTIONS, unique="name")] = ()
    routing: Routing = ROUTED_ELSEWHERE
    clocks: Clocks = attrs.field(default=attrs.Factory(lambda self: _begun(self.created_on), takes_self=True))
    participants: Annotated[tuple[Participant, ...], Many(most=MAX_PARTICIPANTS, unique="agent")] = ()
    record_active: bool = True
    record_told: datetime | None = None

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a state that no machine gives."""
        check_request(
            self.channel,
            self.customer,
            self.survey,
            self.context,
            persistent=self.persistent,
            outbound_emergency=self.outbound_emergency,
        )
        for field, rule, holds in _coherence(self):
            if not holds:
                raise InvalidValue(field, rule)

    @property
    def is_routed(self) -> bool:
        """Whether it is routed by the settings of a workstream, and not by its host."""
        return bool(self.routing.workstream)

    @property
    def seeks_agent(self) -> bool:
        """Whether an agent is to be found for it now, or picks it."""
        is_open = self.status is ConversationStatus.OPEN
        return is_open and self.is_routed and not self.routing.with_bot and self.record_active

    @property
    def can_wait(self) -> bool:
        """Whether it waits for its customer once its session is closed without End; else it goes back or stays."""
        return self.channel is not Channel.RECORD and (self.persistent or not self.channel.is_live)

    @property
    def waiting_time(self) -> timedelta | None:
        """How long the customer waited before an agent was assigned; None while none is. Never below 0."""
        return None if self.assigned_on is None else max(timedelta(0), self.assigned_on - self.created_on)

    @property
    def start_time(self) -> datetime | None:
        """When the present agent started the conversation: the acceptance. [seed 004]"""
        return self.accepted_on

    @property
    def ref(self) -> RecordRef:
        """This conversation as a reference."""
        return RecordRef(RecordKind.CONVERSATION, self.id)

    @property
    def case_ref(self) -> RecordRef | None:
        """The linked case as a reference."""
        return None if self.case_id is None else RecordRef(RecordKind.CASE, self.case_id)

    @property
    def linked(self) -> tuple[RecordRef, ...]:
        """The records actually linked: at most one customer and one case. [seed 004]"""
        return tuple(ref for ref in (self.customer, self.case_ref) if ref is not None)


def check_request(
    channel: Channel,
    customer: RecordRef | None,
    survey: tuple[SurveyAnswer, ...],
    context: tuple[ContextVariable, ...],
    *,
    persistent: bool,
    outbound_emergency: bool,
) -> None:
    """Refuses, with `InvalidValue`, what does not suit each other in a conversation and in its beginning."""
    if customer is not None and customer.kind not in CUSTOMER_KINDS:
        raise InvalidValue("customer", "must be a contact or an account")
    asked = names_asked(survey)
    custom = sum(variable.name not in asked for variable in context)
    if custom > MAX_VARIABLES:
        raise InvalidValue("context", f"at most {MAX_VARIABLES}, got {custom}")
    if len(asked) < len(survey):
        raise InvalidValue("survey", "no two questions may have the same name")
    if persistent and channel is not Channel.LIVE_CHAT:
        raise InvalidValue("persistent", "only a live chat can be persistent")
    if outbound_emergency and channel is not Channel.VOICE:
        raise InvalidValue("outbound_emergency", "only a voice call can be one to emergency services")


def _begun(at: datetime) -> Clocks:
    return Clocks(queued_on=at, modified_on=at)


def _coherence(state: Conversation) -> tuple[tuple[str, str, bool], ...]:
    """Says what must hold between the status and the other fields: the field, the rule, and whether it holds."""
    status, nobody, routing = state.status, state.agent is None, state.routing
    is_open, is_closed = status is ConversationStatus.OPEN, status is ConversationStatus.CLOSED
    is_offered = status is ConversationStatus.ACTIVE and routing.offer is not None
    accepted = None not in {state.agent, state.assigned_on, state.accepted_on, state.first_accepted_on}
    needs_acceptance = state.in_session or status in {ConversationStatus.WAITING, ConversationStatus.WRAP_UP}
    held = routing.held
    return (
        ("agent", "an open conversation has none", nobody or not is_open),
        ("agent", "missing", not nobody or is_open or is_closed or is_offered),
        ("assigned_on", "missing", state.assigned_on is not None or (nobody and state.first_accepted_on is None)),
        ("first_accepted_on", "missing", state.first_accepted_on is not None or state.accepted_on is None),
        ("accepted_on", "missing", accepted or not needs_acceptance),
        ("accepted_on", "an open conversation has none", state.accepted_on is None or not is_open),
        (
            "in_session",
            "only an active conversation or one in wrap-up can be",
            not state.in_session or status in _WITH_SESSION,
        ),
        ("wrap_up_on", "missing", state.wrap_up_on is not None or status is not ConversationStatus.WRAP_UP),
        ("wrap_up_on", "only a conversation that ended has it", state.wrap_up_on is None or status in _ENDED),
        ("closed_on", "a closed conversation has it, no other", (state.closed_on is not None) == is_closed),
        ("routing.offer", "only while an agent is sought", routing.offer is None or status in _WITH_OFFER),
        ("routing.held", "must be the agent's", held is None or held.agent == state.agent),
        ("clocks.snoozed_until", "only what waits", state.clocks.snoozed_until is None or status in _SNOOZED),
    )


_WITH_SESSION = frozenset({ConversationStatus.ACTIVE, ConversationStatus.WRAP_UP})
_WITH_OFFER = frozenset({ConversationStatus.ACTIVE, ConversationStatus.WAITING})
_SNOOZED = frozenset({ConversationStatus.WAITING})
_ENDED = frozenset({ConversationStatus.WRAP_UP, ConversationStatus.CLOSED})
