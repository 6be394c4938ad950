"""Replays a log: what was known of one conversation at an instant.

Two passes keep memory small however long the log is: `find` learns the conversation, its links and the settings in
force; `hosts.collection.collect` then keeps just what the page of that conversation shows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, get_args

import attrs

from customer_summary.domain import facts
from customer_summary.domain.configuration import PageConfiguration, SettingLevel
from customer_summary.domain.context import MAX_VARIABLES
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import (
    ConversationEvent,
    ConversationStarted,
)
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_events import AgentEvent, OfferEvent
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.errors import DecodeError, InvalidValue, Problem, UnknownKey
from customer_summary.domain.fields import check_instant
from customer_summary.domain.form_events import FieldEdited, FormFact
from customer_summary.domain.note_events import NoteFact, NoteSaved, NoteTyped
from customer_summary.domain.outcome import Outcome, Refused
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_events import RecordFact
from customer_summary.domain.sentiment import SentimentWindow
from customer_summary.domain.sentiment_events import QueuesAssigned
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.hosts.decided import Decided
from customer_summary.hosts.happened import Happened
from customer_summary.hosts.sentiments import Sentiments
from customer_summary.rules.conversation_details import TOO_MANY_VARIABLES
from customer_summary.wire.log import Line

# made once: a union made for each line takes longer
_AT_DESK = (*get_args(AgentEvent), *get_args(OfferEvent))
_OF_CONVERSATION = (ConversationStarted, *get_args(ConversationEvent))
_IN_FORCE = (facts.DeskSettingsMade, facts.ConversationSettingsMade, QueuesAssigned, facts.AgentSkillsSet)
_HANDLED = (*_AT_DESK, *_OF_CONVERSATION, *_IN_FORCE)
_OF_RECORD = (*get_args(RecordFact), FieldEdited)
_OF_NOTE = get_args(NoteFact)
_ON_FORM = (*get_args(FormFact), NoteTyped, NoteSaved)
DEFAULT_LIMIT = DeskSettings().session_limit
MAX_LISTED = 20
"""How many conversations are named where a log holds several."""


@attrs.frozen
class Told:
    """A fact once it was handled: at which instant, its answer, and for one of a conversation the state then.

    An event older than its conversation or desk is handled at the instant of that one. `step` is what happened at a
    desk or to a conversation: because of the fact, or where there is no line because of time or of a message.
    """

    line: Line | None
    at: datetime
    outcome: Outcome | None = None
    state: Conversation | None = None
    step: Happened | None = None


def tell(
    lines: Iterable[Line],
    wanted: Callable[[ConversationStarted | ConversationEvent], bool] = lambda _: True,
    centre: ContactCentre | None = None,
    until: datetime | None = None,
    *,
    with_desks: bool = True,
) -> Iterator[Told]:
    """Handles the facts of a log in order, in a contact centre: what is due comes before a later fact.

    Conversations that are routed here are followed with the desks, all of them, and of the others those that are
    `wanted`; without desks none but these. Nothing is followed beyond `until`.

    Raises `DecodeError`, with the line, for an event of an agent or a wanted conversation that nobody made known, of
    one that starts twice with different content, and for a 101st context variable.
    """
    centre, decided = centre or ContactCentre(), Decided()
    for line in lines:
        fact = line.fact
        is_late = until is not None and fact.at > until
        is_followed = (
            not isinstance(fact, _OF_CONVERSATION) or wanted(fact) or (with_desks and _is_routed(centre, fact))
        )
        if is_late or not is_followed:
            continue
        decided.take(fact)
        if not isinstance(fact, _HANDLED) or (isinstance(fact, _AT_DESK) and not with_desks):
            yield from map(_told, centre.advance(fact.at))
            if not isinstance(fact, _HANDLED):
                yield Told(line, fact.at)
            continue
        admitted = _admitted(decided, centre, fact)
        if isinstance(admitted, Refused):
            yield from map(_told, centre.advance(fact.at))
            state = centre.conversations[fact.conversation]
            yield Told(line, max(fact.at, state.at), admitted, state)
            continue
        try:
            happened = centre.send(admitted)
        except (InvalidValue, UnknownKey) as error:
            raise on_line(line, error) from None
        if isinstance(fact, _IN_FORCE):
            yield Told(line, fact.at)
        for step in happened:
            yield _told(step, line if step.event is admitted else None)


def _admitted(decided: Decided, centre: ContactCentre, fact: Any) -> Any:
    """Gives the fact as its conversation takes it, or why what administrators decided does not let it in."""
    known = centre.conversations.get(getattr(fact, "conversation", ""))
    is_event = isinstance(fact, _OF_CONVERSATION) and not isinstance(fact, ConversationStarted)
    return decided.admission.admit(known, fact) if is_event and known is not None else fact


def _is_routed(centre: ContactCentre, fact: ConversationStarted | ConversationEvent) -> bool:
    if isinstance(fact, ConversationStarted):
        return bool(fact.workstream)
    known = centre.conversations.get(fact.conversation)
    return known is not None and known.is_routed


def _told(step: Happened, line: Line | None = None) -> Told:
    """Gives one step as what was told; a 101st variable of a log is an error of the log."""
    outcome, state = step.outcome, step.state
    if isinstance(outcome, Refused) and outcome.reason == TOO_MANY_VARIABLES:
        raise on_line(line, InvalidValue("variable", f"at most {MAX_VARIABLES} context variables"))
    return Told(line, step.at, outcome, state if isinstance(state, Conversation) else None, step)


def on_line(line: Line | None, error: InvalidValue | UnknownKey) -> DecodeError:
    """Gives the error of a document for what broke a rule or was not known, with its line."""
    field, rule = (error.field, error.rule) if isinstance(error, InvalidValue) else (error.what, _UNKNOWN[error.what])
    return DecodeError((Problem(field, rule),), None if line is None else line.number)


_UNKNOWN = {
    "conversation": "no conversation with this id has started",
    "agent": "no agent with this id was made known",
    "workstream": "the settings have no workstream of this name",
}


@attrs.define
class Touched:
    """What the forms and notes of a log are about: conversations with a form, records that were edited, notes."""

    conversations: set[str] = attrs.field(factory=set)
    records: set[RecordRef] = attrs.field(factory=set)
    notes: set[str] = attrs.field(factory=set)

    def add(self, fact: facts.Fact) -> None:
        """Takes note of a fact of a form, a record or a note."""
        if isinstance(fact, _ON_FORM):
            self.conversations.add(fact.conversation)
        if isinstance(fact, _OF_RECORD):
            self.records.add(fact.record)
        if isinstance(fact, _OF_NOTE):
            self.notes.add(fact.note)


@attrs.frozen
class Scene:
    """What the first pass found: the conversation as it stood `until` then, or None where it had not started.

    `now` is the instant at which the page is seen: the one asked for, else the last one of the log. `found` names the
    conversations of the log, at most 20 of them. `desk` is that of its agent, or of the agent to whom it is offered.
    `sentiment` is how the customer feels, where its agent sees it. `touched` is what forms and notes are about.
    """

    conversation: Conversation | None
    configuration: PageConfiguration
    now: datetime | None
    found: tuple[str, ...]
    desk: Desk | None = None
    session_limit: int = DEFAULT_LIMIT
    sentiment: SentimentWindow | None = None
    touched: Touched = attrs.field(factory=Touched)

    def includes(self, at: datetime) -> bool:
        """Says whether a fact handled at this instant had come by then."""
        return self.now is not None and at <= self.now


def find(
    lines: Iterable[Line], conversation: str | None = None, until: datetime | None = None, agent: str | None = None
) -> Scene:
    """Finds a conversation, or the first one of the log, as it stood at an instant or at the end.

    With it comes the desk of `agent`, or where none is named of the agent who has the conversation or is offered it.
    """
    found: list[str] = []
    until = None if until is None else check_instant(until, "until")

    def wanted(event: ConversationStarted | ConversationEvent) -> bool:
        one = event.conversation
        if isinstance(event, ConversationStarted) and len(found) < MAX_LISTED and one not in found:
            found.append(one)
        return one == (conversation or next(iter(found), one))

    settings: dict[tuple[SettingLevel, str], facts.SettingMade] = {}
    last: datetime | None = None
    touched = Touched()

    def noticed() -> Iterator[Line]:
        nonlocal last
        for line in lines:
            last = line.fact.at if last is None else max(last, line.fact.at)
            touched.add(line.fact)
            yield line

    centre = ContactCentre()
    sentiments = Sentiments(centre.desks)
    for told in tell(noticed(), wanted, centre, until):
        sentiments.take(told.line, told.outcome, told.state)
        if told.line is not None and isinstance(told.line.fact, facts.SettingMade):
            settings[told.line.fact.level, told.line.fact.name] = told.line.fact
    now = until or last
    if now is not None:
        centre.advance(now)
    named = conversation or next(iter(found), None)
    state = None if named is None else centre.conversations.get(named)
    limit = centre.desk_machine.settings.session_limit
    felt, desk = sentiments.shown(state), _desk_of(state, centre.desks, agent)
    return Scene(state, facts.configuration_of(settings), now, tuple(found), desk, limit, felt, touched)


def _desk_of(conversation: Conversation | None, desks: Mapping[str, Desk], agent: str | None) -> Desk | None:
    """Finds the desk of an agent, or the one that has a conversation: on its screen, as an item, as its agent's."""
    if agent is not None:
        return desks.get(agent)
    if conversation is None:
        return None
    ranked = [(_holds(desk, conversation), desk) for desk in desks.values()]
    best = max(ranked, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] else None


def _holds(desk: Desk, conversation: Conversation) -> int:
    if any(one.offer.item.conversation == conversation.id for one in desk.notifications):
        return 3
    if any(one.item.conversation == conversation.id for one in desk.items):
        return 2
    ended = any(one.conversation == conversation.id for one in desk.ended)
    return int(desk.agent == conversation.agent or ended)
