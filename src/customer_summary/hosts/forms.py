"""Records, forms and quick notes in memory: each fact of a log goes to the one that it is about."""

from collections.abc import Callable
from datetime import datetime
from typing import get_args

import attrs

from customer_summary.domain import facts
from customer_summary.domain.configuration import SettingLevel
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.form import FormDraft
from customer_summary.domain.form_effects import FormEffect
from customer_summary.domain.form_events import FormFact, FormSettingsMade
from customer_summary.domain.history import same_entry
from customer_summary.domain.note import NoteDraft
from customer_summary.domain.note_events import NoteEffect, NoteFact, NoteMoved, NoteSaved, NoteTyped
from customer_summary.domain.outcome import Outcome, Refused
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.record_events import RecordFact
from customer_summary.domain.record_sheet import Record, RecordSheet
from customer_summary.domain.sentiment_events import SessionFocused
from customer_summary.domain.timeline import QuickNote
from customer_summary.hosts.replay import on_line
from customer_summary.rules.form import FORM, FormRules
from customer_summary.rules.notes import NoteMachine, note_goes_to
from customer_summary.rules.records import RecordLifeCycle
from customer_summary.wire.log import Line

_NOTES = NoteMachine()
_FORM_FACTS, _RECORD_FACTS = get_args(FormFact), get_args(RecordFact)  # made once, as in `hosts.replay`


@attrs.frozen
class FormTold:
    """What came of a fact at a record, a form or a note: the answer, None where nobody asked, and what to do."""

    outcome: Outcome | None
    effects: tuple[FormEffect | NoteEffect, ...] = ()


@attrs.define
class Forms:
    """The records and the taken notes that are to be kept, and the forms and notes of the conversations told of.

    With `every` an event of a record, a note or a conversation that nobody told of is refused with `InvalidValue`;
    without, it is passed over.
    """

    keeps: Callable[[Record], bool] = lambda _: True
    keeps_note: Callable[[QuickNote], bool] = lambda _: True
    every: bool = False
    rules: FormRules = attrs.field(factory=FormRules)
    sheets: dict[RecordRef, RecordSheet] = attrs.field(factory=dict)
    drafts: dict[tuple[str, str], FormDraft] = attrs.field(factory=dict)
    notes: dict[str, NoteDraft] = attrs.field(factory=dict)
    _taken: dict[str, QuickNote] = attrs.field(factory=dict)
    _writing: dict[str, NoteDraft] = attrs.field(factory=dict)
    _settings: dict[tuple[SettingLevel, str], facts.SettingMade] = attrs.field(factory=dict)
    _conversations: dict[str, Conversation] = attrs.field(factory=dict)

    def take(self, line: Line | None, outcome: Outcome | None, state: Conversation | None) -> FormTold | None:
        """Handles a fact that a conversation answered with `outcome`; None where it is nobody's here.

        Raises `DecodeError`, with the line, for a note that comes again with other content.
        """
        if state is not None:
            return self._followed(state)
        if line is None or isinstance(outcome, Refused):
            return None
        try:
            return self._take(line.fact)
        except InvalidValue as error:
            raise on_line(line, error) from None

    def draft_of(self, conversation: Conversation) -> FormDraft | None:
        """Gives what the present agent of a conversation typed on its form."""
        return self.drafts.get((conversation.id, conversation.agent or ""))

    def note_of(self, conversation: Conversation) -> NoteDraft | None:
        """Gives the quick note that the present agent of a conversation is writing: the newest one."""
        found = [one for one in self._writing.values() if one.conversation == conversation.id]
        return max((one for one in found if one.agent == conversation.agent), key=_typed_at, default=None)

    def _take(self, fact: facts.Fact) -> FormTold | None:
        if isinstance(fact, _FORM_FACTS):
            return self._on_form(fact)
        if isinstance(fact, _RECORD_FACTS):
            return self._of_record(fact)
        match fact:
            case facts.SettingMade():
                self._settings[fact.level, fact.name] = fact
                self.rules = attrs.evolve(self.rules, configuration=facts.configuration_of(self._settings))
            case FormSettingsMade():
                self.rules = attrs.evolve(self.rules, records=RecordLifeCycle(fact.settings))
            case facts.ContactRecorded(contact=record) | facts.AccountRecorded(account=record):
                self._recorded(record, fact.at)
            case facts.CaseRecorded(case=case):
                self._recorded(case, fact.at)
            case facts.NoteTaken(note=note):
                if note.id in self.notes:
                    same_entry(self._taken.get(note.id, note), note)
                elif self.keeps_note(note):
                    self._taken[note.id] = note
                    self.notes[note.id] = _NOTES.taken(note, fact.at)
            case NoteTyped():
                return self._typed(fact)
            case NoteSaved() | NoteMoved():
                return self._of_note(fact)
            case SessionFocused(agent=agent, conversation=there):
                return self._leave(
                    lambda one: one.agent == agent and one.conversation != there, fact.at, fact.focused_at
                )
        return None

    def _followed(self, state: Conversation) -> FormTold | None:
        """Follows a conversation: where its session is over, the note that was being written in it saves itself."""
        self._conversations[state.id] = state
        if state.in_session:
            return None
        return self._leave(lambda one: one.conversation == state.id, state.at, state.at)

    def _recorded(self, record: Record, at: datetime) -> None:
        sheet = self.sheets.get(record.ref)
        if sheet is not None:
            self.sheets[record.ref] = self.rules.records.recorded(sheet, record, at)
        elif self.keeps(record):
            self.sheets[record.ref] = self.rules.records.start(record, at)

    def _on_form(self, event: FormFact) -> FormTold | None:
        conversation = self._conversation(event.conversation)
        if conversation is None:
            return None
        key = event.conversation, event.agent
        if conversation.ref not in self.sheets:
            self.sheets[conversation.ref] = self.rules.records.start(conversation.ref, event.at)
        draft = self.drafts.get(key) or FORM.start(event.conversation, event.agent, event.at)
        answer = self.rules.handle(conversation, draft, self.sheets, event)
        self.sheets |= {one.ref: one for one in answer.sheets}
        if answer.draft.transitions:
            self.drafts[key] = answer.draft
        return FormTold(answer.outcome, answer.effects)

    def _of_record(self, event: RecordFact) -> FormTold | None:
        ref = event.record
        if ref not in self.sheets and ref.kind is RecordKind.CONVERSATION and self._conversation(ref.id) is not None:
            self.sheets[ref] = self.rules.records.start(ref, event.at)
        if ref not in self.sheets:
            self._unknown("record", "no record with this id has come")
            return None
        self.sheets[ref], outcome, effects = self.rules.records.step(self.sheets[ref], event)
        return FormTold(outcome, effects)

    def _typed(self, event: NoteTyped) -> FormTold | None:
        if self._conversation(event.conversation) is None:
            return None
        self.notes.setdefault(event.note, _NOTES.start(event))
        return self._of_note(event)

    def _of_note(self, event: NoteFact) -> FormTold | None:
        draft = self.notes.get(event.note)
        if draft is None:
            self._unknown("note", "no note with this id has come")
            return None
        if isinstance(event, NoteSaved) and event.regarding is None:
            conversation = self._conversation(event.conversation)
            event = attrs.evolve(event, regarding=None if conversation is None else note_goes_to(conversation))
        after, outcome, effects = _NOTES.step(draft, event)
        self.notes[event.note] = after
        self._writing.pop(event.note, None)
        if not after.text.is_empty:
            self._writing[event.note] = after
        return FormTold(outcome, effects)

    def _leave(self, left: Callable[[NoteDraft], bool], at: datetime, left_at: datetime) -> FormTold | None:
        """Saves what stands in the note boxes that were left; the effects of all of them, no answer of its own."""
        told = [
            self._of_note(
                NoteSaved(
                    at=at,
                    conversation=one.conversation,
                    agent=one.agent,
                    note=one.note,
                    saved_at=left_at,
                    by_itself=True,
                )
            )
            for one in tuple(self._writing.values())
            if one.conversation is not None and one.agent is not None and left(one)
        ]
        effects = tuple(effect for one in told if one is not None for effect in one.effects)
        return FormTold(None, effects) if effects else None

    def _conversation(self, name: str) -> Conversation | None:
        conversation = self._conversations.get(name)
        if conversation is None:
            self._unknown("conversation", "no conversation with this id has started")
        return conversation

    def _unknown(self, what: str, rule: str) -> None:
        if self.every:
            raise InvalidValue(what, rule)


def _typed_at(draft: NoteDraft) -> tuple[datetime, str]:
    return draft.typed_at or draft.at, draft.note
