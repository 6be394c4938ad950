"""Collects from a log what a page shows: of one conversation, after `hosts.replay.find`, or of what an agent closed."""

from bisect import insort
from collections.abc import Container, Iterable
from datetime import datetime
from typing import Generic, TypeVar

import attrs

from customer_summary.domain import facts
from customer_summary.domain.case import Case
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import MessageSent, SelfServiceRecorded
from customer_summary.domain.customer import Customer
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import check_instant
from customer_summary.domain.history import Entry, Position, position_of, same_entry
from customer_summary.domain.message import Message
from customer_summary.domain.outcome import Refused
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_sheet import Record
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.timeline import QuickNote, TimelineEntry
from customer_summary.domain.timeline_filters import TimelineSort
from customer_summary.hosts.forms import Forms
from customer_summary.hosts.replay import Scene, on_line, tell
from customer_summary.rules.page import is_before_agent, is_case_of
from customer_summary.rules.timeline import entry_matches, timeline_records
from customer_summary.views.known import FROM_THE_TOP, Known, View
from customer_summary.wire.log import Line

E = TypeVar("E", bound=Entry)


@attrs.define
class _First(Generic[E]):
    """The first entries of a stream beyond `after`, newest or oldest first, no more than `most` (all where None)."""

    most: int | None
    after: Position | None = None
    oldest: bool = False
    _by_id: dict[str, E] = attrs.field(factory=dict)
    _order: list[Position] = attrs.field(factory=list)

    def add(self, entry: E) -> None:
        if entry.id in self._by_id:
            same_entry(self._by_id[entry.id], entry)
            return
        place = position_of(entry)
        if self.after is not None and not (place > self.after if self.oldest else place < self.after):
            return
        self._by_id[entry.id] = entry
        if self.most is None:
            return
        insort(self._order, place)
        if len(self._order) > self.most:
            del self._by_id[self._order.pop(-1 if self.oldest else 0).id]

    def entries(self) -> tuple[E, ...]:
        return tuple(self._by_id.values())


def collect(lines: Iterable[Line], scene: Scene, view: View = FROM_THE_TOP) -> Known:
    """Collects what the page of the scene's conversation shows, no more; the same lines as those `find` read.

    `view` must be the one that the page is built with. Of a record that came several times the last version holds.
    Raises `DecodeError`, with the line, for an entry of a history that comes again with other content while the first
    is kept.
    """
    if scene.conversation is None:
        return Known()
    found = _Found(scene.conversation, scene, view)
    followed = scene.touched.conversations | {scene.conversation.id}
    with_desks = scene.conversation.is_routed or bool(scene.touched.conversations)
    for told in tell(lines, lambda event: event.conversation in followed, until=scene.now, with_desks=with_desks):
        if told.line is None or not scene.includes(told.at) or isinstance(told.outcome, Refused):
            continue
        found.forms.take(told.line, told.outcome, told.state)
        try:
            found.add(told.line.fact)
        except InvalidValue as error:
            raise on_line(told.line, error) from None
    return found.known()


@attrs.define
class _Found:
    """What was found so far. Of a long history there is room for one entry more than shows: is there more?"""

    conversation: Conversation
    scene: Scene
    view: View
    forms: Forms = attrs.field(init=False)
    timeline: _First[TimelineEntry] = attrs.field(init=False)
    messages: _First[Message] = attrs.field(init=False)
    self_service: _First[SelfServiceAction] = attrs.field(init=False)
    _records: frozenset[RecordRef] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        configuration, view = self.scene.configuration, self.view
        self.forms = Forms(self._keeps, self._is_edited)
        self.timeline = _First(configuration.timeline_rows + 1, view.after, view.sort is TimelineSort.OLDEST)
        self.messages = _First(configuration.message_rows + 1, view.messages_after)
        self.self_service = _First(None)
        self._records = timeline_records(self.conversation, view.shown, view.selected)

    def add(self, fact: facts.Fact) -> None:
        """Adds an entry of a history that shows; a note that is typed or moved later is with the forms."""
        here = self.conversation.id
        match fact:
            case facts.ActivityRecorded(activity=entry) if self._shows(entry):
                self.timeline.add(entry)
            case facts.NoteTaken(note=note) if not self._is_edited(note) and self._shows(note):
                self.timeline.add(note)
            case MessageSent(message=message) if fact.conversation == here:
                self.messages.add(message)
            case SelfServiceRecorded(action=action) if fact.conversation == here:
                if self.scene.configuration.self_service_enabled and is_before_agent(self.conversation, action):
                    self.self_service.add(action)

    def known(self) -> Known:
        """Gives what the page shows."""
        conversation, forms = self.conversation, self.forms
        sheets = [forms.sheets[ref] for ref in (*conversation.linked, conversation.ref) if ref in forms.sheets]
        written = (one.saved for one in forms.notes.values() if one.saved is not None)
        return Known(
            customer=next((one.contact or one.account for one in sheets if one.ref == conversation.customer), None),
            case=next((one.case for one in sheets if one.ref == conversation.case_ref), None),
            cases=tuple(one.case for one in forms.sheets.values() if one.case is not None),
            timeline=(*self.timeline.entries(), *filter(self._shows, written)),
            messages=self.messages.entries(),
            self_service=self.self_service.entries(),
            sheets=sheets,
            form=forms.rules.records.form,
            draft=forms.draft_of(conversation),
            note=forms.note_of(conversation),
        )

    def _keeps(self, record: Record) -> bool:
        if record.ref in self.conversation.linked or record.ref in self.scene.touched.records:
            return True
        return isinstance(record, Case) and is_case_of(self.conversation.customer, record)

    def _is_edited(self, note: QuickNote) -> bool:
        return note.id in self.scene.touched.notes

    def _shows(self, entry: TimelineEntry) -> bool:
        now = self.scene.now or self.conversation.at
        return entry.regarding in self._records and entry_matches(entry, self.view.filters, now)


def collect_closed(
    lines: Iterable[Line], agent: str, until: datetime | None = None
) -> tuple[tuple[Conversation, ...], datetime | None]:
    """Collects the conversations that an agent was the last one of and that are closed by an instant, or by the end.

    Gives them with that instant, None where the log is empty.
    """
    until = None if until is None else check_instant(until, "until")
    found: dict[str, Conversation] = {}
    last: datetime | None = None
    for told in tell(lines):
        last = told.at if last is None else max(last, told.at)
        state = told.state
        if state is None or (until is not None and told.at > until):
            continue
        if state.closed_on is not None and state.agent == agent:
            found[state.id] = state
    return tuple(found.values()), until or last


def collect_customers(lines: Iterable[Line], wanted: Container[RecordRef], now: datetime) -> dict[RecordRef, Customer]:
    """Collects the newest versions of these customers that had come by an instant."""
    found: dict[RecordRef, Customer] = {}
    for line in lines:
        match line.fact:
            case facts.ContactRecorded(contact=customer) | facts.AccountRecorded(account=customer):
                if customer.ref in wanted and line.fact.at <= now:
                    found[customer.ref] = customer
    return found
