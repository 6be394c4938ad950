"""Replays a log: what was known of one conversation at an instant.

Two passes keep memory small however long the log is: `find` learns the conversation, its links and the settings in
force; `hosts.collection.collect` then keeps just what the page of that conversation shows.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import get_args

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
from customer_summary.domain.errors import DecodeError, InvalidValue, Problem
from customer_summary.domain.fields import check_instant
from customer_summary.domain.form_events import FieldEdited, FormFact
from customer_summary.domain.note_events import NoteFact, NoteSaved, NoteTyped
from customer_summary.domain.outcome import Applied, Outcome, Refused, Unchanged
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_events import RecordFact
from customer_summary.domain.sentiment import SentimentWindow
from customer_summary.hosts.desks import Desks, Happened
from customer_summary.hosts.sentiments import Sentiments
from customer_summary.rules.conversation import ConversationLifeCycle
from customer_summary.rules.conversation_details import TOO_MANY_VARIABLES
from customer_summary.wire.log import Line

_LIFE_CYCLE = ConversationLifeCycle()

_AT_DESK = (*get_args(AgentEvent), *get_args(OfferEvent))  # made once: a union made for each line takes longer
_OF_CONVERSATION = (ConversationStarted, *get_args(ConversationEvent))
_OF_RECORD = (*get_args(RecordFact), FieldEdited)
_OF_NOTE = get_args(NoteFact)
_ON_FORM = (*get_args(FormFact), NoteTyped, NoteSaved)
DEFAULT_LIMIT = DeskSettings().session_limit
MAX_LISTED = 20
"""How many conversations are named where a log holds several."""


@attrs.frozen
class Told:
    """A fact once it was handled: at which instant, and for an event of a conversation its answer and the state then.

    An event older than its conversation or desk is handled at the instant of that one. `desk` is what happened at an
    agent's desk: because of the fact, or where there is no line because of time alone.
    """

    line: Line | None
    at: datetime
    outcome: Outcome | None = None
    state: Conversation | None = None
    desk: Happened | None = None


def tell(
    lines: Iterable[Line],
    wanted: Callable[[ConversationStarted | ConversationEvent], bool] = lambda _: True,
    desks: Desks | None = None,
    until: datetime | None = None,
) -> Iterator[Told]:
    """Handles the facts of a log in order, following the conversations that are `wanted` and passing over the others.

    Where `desks` are given they are followed too, up to `until`: what is due at one comes before a later fact.

    Raises `DecodeError`, with the line, for an event of a wanted conversation that has not started, one that starts
    twice with different content, and one that gets a 101st context variable.
    """
    states: dict[str, tuple[ConversationStarted, Conversation]] = {}
    for line in lines:
        fact = line.fact
        if desks is not None:
            yield from _lapsed(desks, fact.at if until is None else min(fact.at, until))
        if isinstance(fact, _AT_DESK):
            if desks is not None and (until is None or fact.at <= until):
                happened = desks.send(fact)
                yield Told(line, happened.at, happened.outcome, desk=happened)
        elif not isinstance(fact, _OF_CONVERSATION):
            if isinstance(fact, facts.DeskSettingsMade) and desks is not None and (until is None or fact.at <= until):
                desks.set(fact.settings)
            yield Told(line, fact.at)
        elif wanted(fact):
            try:
                told = _handled(states, line, fact)
            except InvalidValue as error:
                raise on_line(line, error) from None
            yield told


def _lapsed(desks: Desks, to: datetime) -> Iterator[Told]:
    for happened in desks.advance(to):
        yield Told(None, happened.at, desk=happened)


def on_line(line: Line | None, error: InvalidValue) -> DecodeError:
    """Gives the error of a document for a value that broke a rule, with its line."""
    return DecodeError((Problem(error.field, error.rule),), None if line is None else line.number)


def _handled(
    states: dict[str, tuple[ConversationStarted, Conversation]],
    line: Line,
    event: ConversationStarted | ConversationEvent,
) -> Told:
    known = states.get(event.conversation)
    outcome: Outcome
    if isinstance(event, ConversationStarted):
        if known is None:
            states[event.conversation] = event, _LIFE_CYCLE.start(event)
            return Told(line, event.at, Applied(), states[event.conversation][1])
        if known[0] != event:
            raise InvalidValue("conversation", "started twice with different content")
        return Told(line, max(event.at, known[1].at), Unchanged("already started"), known[1])
    if known is None:
        raise InvalidValue("conversation", "no conversation with this id has started")
    beginning, before = known
    after, outcome, _ = _LIFE_CYCLE.step(before, event)
    if isinstance(outcome, Refused) and outcome.reason == TOO_MANY_VARIABLES:
        raise InvalidValue("variable", f"at most {MAX_VARIABLES} context variables")
    states[event.conversation] = beginning, after
    return Told(line, max(event.at, before.at), outcome, after)


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
    state: Conversation | None = None
    last: datetime | None = None
    touched = Touched()

    def noticed() -> Iterator[Line]:
        nonlocal last
        for line in lines:
            last = line.fact.at if last is None else max(last, line.fact.at)
            touched.add(line.fact)
            yield line

    desks = Desks()
    sentiments = Sentiments(desks)
    for told in tell(noticed(), wanted, desks, until):
        if until is not None and told.at > until:
            continue
        sentiments.take(told.line, told.outcome, told.state)
        if told.state is not None:
            state = told.state
        elif told.line is not None and isinstance(told.line.fact, facts.SettingMade):
            settings[told.line.fact.level, told.line.fact.name] = told.line.fact
    now = until or last
    if now is not None:
        for _ in desks.advance(now):
            pass
    limit = desks.machine.settings.session_limit
    felt, desk = sentiments.shown(state), _desk_of(state, desks, agent)
    return Scene(state, facts.configuration_of(settings), now, tuple(found), desk, limit, felt, touched)


def _desk_of(conversation: Conversation | None, desks: Desks, agent: str | None) -> Desk | None:
    """Finds the desk of an agent, or the one that has a conversation: on its screen, as an item, as its agent's."""
    if agent is not None:
        return next((desk for desk in desks if desk.agent == agent), None)
    if conversation is None:
        return None
    ranked = [(_holds(desk, conversation), desk) for desk in desks]
    best = max(ranked, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] else None


def _holds(desk: Desk, conversation: Conversation) -> int:
    if any(one.offer.item.conversation == conversation.id for one in desk.notifications):
        return 3
    if any(one.item.conversation == conversation.id for one in desk.items):
        return 2
    ended = any(one.conversation == conversation.id for one in desk.ended)
    return int(desk.agent == conversation.agent or ended)
