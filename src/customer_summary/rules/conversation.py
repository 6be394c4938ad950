"""The life cycle of a conversation: its beginning, its deadlines, and which rule answers which event (spec 3)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.actor import Party
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_clocks import Clocks
from customer_summary.domain.conversation_effects import ConversationEffect
from customer_summary.domain.conversation_events import (
    ContextRemoved,
    ContextSet,
    ConversationEvent,
    ConversationStarted,
    RecordLinked,
    RecordsIdentified,
    RecordUnlinked,
    SessionClosed,
    SkillAdded,
    SkillRemoved,
)
from customer_summary.domain.conversation_routing import Routing
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.desk_settings import NotificationSettings
from customer_summary.domain.errors import InvalidValue, UnknownKey
from customer_summary.domain.notification import NotificationTemplate, Override, Scenario
from customer_summary.domain.offer_messages import OfferMessage
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.routing_events import (
    AgentRouted,
    ConversationPicked,
    ConversationReopened,
    SupervisorAssigned,
    TransferRequested,
)
from customer_summary.domain.tick import Tick
from customer_summary.domain.workstream import Distribution, Workstream
from customer_summary.rules import conversation_details as details
from customer_summary.rules.auto_close import limit_of
from customer_summary.rules.conversation_attendance import ATTENDANCE
from customer_summary.rules.conversation_deadlines import LAPSE, due_of
from customer_summary.rules.conversation_details import refused
from customer_summary.rules.conversation_draft import CLOSED, OPEN, Draft
from customer_summary.rules.conversation_life import RULES
from customer_summary.rules.conversation_offers import DESK_MESSAGES, Refusal, answered, make_offer
from customer_summary.rules.conversation_table import TABLE
from customer_summary.rules.conversation_templates import REOPENING, fields_of, incoming, template_for
from customer_summary.rules.machine import Effects, stepped

ConversationInput: TypeAlias = ConversationEvent | OfferMessage | Tick
"""Everything that can happen to a conversation."""

STOCK_SETTINGS, STOCK_NOTIFICATIONS = ConversationSettings(), NotificationSettings()
_STOCK_STREAMS: Mapping[Channel, Workstream] = {one: Workstream(name=one.value, channel=one) for one in Channel}
_DETAILS: Mapping[type, Any] = {
    RecordLinked: details.linked,
    RecordUnlinked: details.unlinked,
    RecordsIdentified: details.identified,
    SkillAdded: details.skill_added,
    SkillRemoved: details.skill_removed,
    ContextSet: details.context_set,
    ContextRemoved: details.context_removed,
}
Asked: TypeAlias = tuple[Scenario, Override | None]
OFFERING = frozenset({AgentRouted, ConversationPicked, ConversationReopened, SupervisorAssigned, TransferRequested})
"""What makes an offer."""


@attrs.frozen
class ConversationLifeCycle:
    """The machine of a conversation, from its beginning to its end, with the offers that it makes. [spec 3, 8.7, 12]

    `workstreams` say how conversations are routed, `notifications` what their offers look like.
    """

    settings: ConversationSettings = STOCK_SETTINGS
    workstreams: tuple[Workstream, ...] = ()
    notifications: NotificationSettings = STOCK_NOTIFICATIONS
    _streams: dict[str, Workstream] = attrs.field(init=False, eq=False, repr=False, factory=dict)
    _templates: dict[Any, NotificationTemplate] = attrs.field(init=False, eq=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self._streams.update((one.name, one) for one in self.workstreams)

    def check_start(self, event: ConversationStarted) -> None:
        """Raises `UnknownKey` for a workstream that there is not, and `InvalidValue` for one of another channel."""
        if event.workstream and event.workstream not in self._streams:
            raise UnknownKey("workstream", tuple(self._streams))
        if event.workstream and self._streams[event.workstream].channel is not event.channel:
            raise InvalidValue("channel", "must be that of the workstream")

    def start(self, event: ConversationStarted) -> Conversation:
        """Gives the open conversation that an event begins; raises what `check_start` does."""
        self.check_start(event)
        fields = {one.name: getattr(event, one.name) for one in attrs.fields(ConversationStarted)}
        routing = Routing(
            workstream=fields.pop("workstream"), priority=fields.pop("priority"), with_bot=fields.pop("with_bot")
        )
        begun = Conversation(
            id=fields.pop("conversation"),
            created_on=event.at,
            routing=routing,
            clocks=Clocks(queued_on=event.at, modified_on=event.at),
            **fields,
        )
        limit = limit_of(self.settings, self.stream_of(begun), begun, OPEN)
        period = self.settings.scheduler_period
        return attrs.evolve(begun, clocks=attrs.evolve(begun.clocks, closes_after=limit, looks_every=period))

    def step(
        self, conversation: Conversation, event: ConversationInput
    ) -> tuple[Conversation, Outcome, tuple[ConversationEffect, ...]]:
        """Gives the state after one event, the answer to it, and what to do, in order.

        Raises `InvalidValue` for an event of another conversation: a host delivered it wrongly.
        """
        if not isinstance(event, Tick) and event.conversation != conversation.id:
            raise InvalidValue("conversation", "must be the one that the event is for")
        return stepped(self, conversation.id, conversation, event)

    def deadline(self, conversation: Conversation) -> datetime | None:
        """Gives when something happens by itself, None where nothing does."""
        first = min(due_of(conversation), default=None)
        return None if first is None else first[0]

    def stream_of(self, state: Conversation) -> Workstream:
        """Gives the workstream of a conversation; that of its channel where it has none, or it is another's now."""
        found = self._streams.get(state.routing.workstream)
        return found if found is not None and found.channel is state.channel else _STOCK_STREAMS[state.channel]

    def lapse(self, state: Conversation, at: datetime, emit: Effects) -> Conversation:
        """Settles the first thing that is due."""
        draft = Draft(self.settings, self.stream_of(state), state, at, emit)
        _, row = min(due_of(state))
        LAPSE[row](draft)
        return draft.done()

    def apply(
        self, state: Conversation, event: ConversationInput, at: datetime, emit: Effects
    ) -> Conversation | Unchanged | Refused:
        """Gives the conversation after an event, or why there is no other."""
        kind = type(event)
        if kind not in TABLE[state.status]:
            return refused("closed" if state.status is CLOSED else "not_in_this_status", state)
        draft = Draft(self.settings, self.stream_of(state), state, at, emit)
        if kind in DESK_MESSAGES and not (isinstance(event, SessionClosed) and event.offer is None):
            answer = answered(draft, event)
        elif kind in _DETAILS:
            found = _DETAILS[kind](state, event, at)
            if not isinstance(found, dict):
                return found  # type: ignore[no-any-return]  # what is no change is an answer
            draft.parts.update(found)
            draft.modified()
            answer = None
        elif kind in OFFERING:
            answer = self._offer(draft, event)
        else:
            answer = (RULES.get(kind) or ATTENDANCE[kind])(draft, event)
        return draft.done() if answer is None else answer

    def _offer(self, draft: Draft, event: Any) -> Refusal:
        """Makes the offer that an event asks for, unless another has been made since it was meant."""
        state = draft.state
        if not state.is_routed:
            return refused("routed_elsewhere", state)
        if event.attempt <= state.routing.attempts:
            return Unchanged("this attempt was made already")
        if event.attempt > state.routing.attempts + 1:
            return refused("unknown_attempt", state)
        if isinstance(event, ConversationReopened):
            return _reopen(draft, event)
        if isinstance(event, TransferRequested):
            return self._transfer(draft, event)
        refusal = _why_not_given(self.stream_of(state), state, event)
        if refusal is not None:
            return refused(refusal, state)
        draft.withdraw_offer()
        scenario, override = _GIVEN[type(event)](state, event)
        self._make(draft, event.agent, scenario, override=override)
        return None

    def _transfer(self, draft: Draft, event: TransferRequested) -> Refusal:
        state = draft.state
        if event.by.party is Party.CUSTOMER:
            return refused("not_by_this_party", state)
        if event.by.party is Party.AGENT and event.by.id not in {"", state.agent}:
            return refused("assigned_to_another_agent", state)
        if state.agent is None or (not state.in_session and state.channel is not Channel.RECORD):
            return refused("no_session", state)
        if event.agent == state.agent:
            return refused("theirs_already", state)
        draft.withdraw_offer()
        draft.modified()
        self._make(draft, event.agent, event.scenario, is_transfer=True)
        return None

    def _make(
        self,
        draft: Draft,
        agent: str,
        scenario: Scenario,
        *,
        override: Override | None = None,
        is_transfer: bool = False,
    ) -> None:
        key = scenario, draft.state.channel, draft.state.customer is not None
        if key not in self._templates:
            self._templates[key] = template_for(self.notifications, draft.state, scenario)
        template = self._templates[key]
        fields = fields_of(self.notifications, template, draft.state)
        make_offer(draft, agent, template, fields, override=override, is_transfer=is_transfer)


def _reopen(draft: Draft, event: ConversationReopened) -> Refusal:
    """Opens a session at once for the agent who had the conversation: the one thing that they asked for."""
    state = draft.state
    if event.agent != state.agent:
        return refused("assigned_to_another_agent", state)
    if state.routing.offer is not None:
        return Unchanged("being opened already")
    make_offer(draft, event.agent, REOPENING, (), override=Override.PICK)
    return None


def _why_not_given(stream: Workstream, state: Conversation, event: Any) -> str | None:
    """Says why a conversation cannot be given to an agent now."""
    if isinstance(event, SupervisorAssigned) and event.by.party not in {Party.SUPERVISOR, Party.SYSTEM}:
        return "not_by_this_party"
    if isinstance(event, AgentRouted) and stream.distribution is Distribution.PICK:
        return "only_picked"
    if state.agent is not None:
        return "assigned_to_another_agent"
    if state.routing.with_bot:
        return "with_bot"
    return None if state.record_active else "record_not_active"


def _routed(state: Conversation, event: AgentRouted) -> Asked:
    affinity = event.affinity and state.routing.prefers == event.agent
    return state.routing.scenario or incoming(state.channel), Override.AFFINITY if affinity else None


def _picked(state: Conversation, _: ConversationPicked) -> Asked:
    return state.routing.scenario or incoming(state.channel), Override.PICK


def _supervised(_: Conversation, event: SupervisorAssigned) -> Asked:
    return Scenario.SUPERVISOR_ASSIGNMENT, Override.SUPERVISOR if event.override else None


_GIVEN: Mapping[type, Callable[[Conversation, Any], Asked]] = {
    AgentRouted: _routed,
    ConversationPicked: _picked,
    SupervisorAssigned: _supervised,
}
"""What is given to an agent who does not have it yet: with which scenario, and whatever stands in its way."""
