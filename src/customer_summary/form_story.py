"""The story of records, forms and quick notes, for a terminal: what a fact was about, and what a host has to do."""

import attrs

from customer_summary.domain import facts
from customer_summary.domain import form_events as form
from customer_summary.domain import note_events as note
from customer_summary.domain import record_events as record
from customer_summary.domain.form_effects import AnnounceChange, FormEffect, ReloadForm, ShowConflicts
from customer_summary.domain.record import RecordRef
from customer_summary.hosts.forms import Forms
from customer_summary.hosts.replay import Told
from customer_summary.plain import plain


def handled(told: Told, forms: Forms) -> tuple[Told, tuple[str, ...]]:
    """Handles a fact at its record, form or note. Gives it with the answer, and a line for each effect."""
    done = forms.take(told.line, told.outcome, told.state)
    if done is None:
        return told, ()
    answered = told if done.outcome is None else attrs.evolve(told, outcome=done.outcome)
    return answered, tuple(plain(f"    {_effect(one)}") for one in done.effects)


def form_subject(fact: facts.Fact) -> list[str]:
    """Gives the ids and kinds that say what a fact of a record, a form or a note is about; nothing for another."""
    match fact:
        case form.FieldEdited():
            return [fact.conversation, "by", fact.agent, *_ref(fact.record), fact.edit.column]
        case form.FormSaved() | form.FormRefreshed():
            return [fact.conversation, "by", fact.agent]
        case record.RecordSaved():
            return [*_ref(fact.record), "by", fact.by, *(one.column for one in fact.edits)]
        case record.CaseResolved() | record.CaseCancelled() | record.CaseReactivated() | record.CaseReasonChanged():
            return [fact.case, fact.status.value, "by", fact.by]
        case note.NoteTyped() | note.NoteSaved():
            return [fact.note, "in", fact.conversation, "by", fact.agent]
        case note.NoteMoved():
            return [fact.note, "to", *_ref(fact.to), "by", fact.by]
    return []


def _ref(ref: RecordRef) -> list[str]:
    return [ref.kind.value, ref.id]


def _effect(effect: FormEffect | note.NoteEffect) -> str:
    match effect:
        case AnnounceChange():
            words = ["changed", *_ref(effect.record), f"to version {effect.version}:", *effect.columns]
        case ShowConflicts():
            changes = (f"{one.column} by {one.changed_by or 'the store'}" for one in effect.conflicts)
            words = ["show", effect.to, "what changed meanwhile:", ", ".join(changes)]
        case ReloadForm():
            columns = (f"{ref.kind.value} {ref.id} {column}" for ref, column in effect.discarded)
            words = ["reload form of", effect.conversation, "discarded:", ", ".join(columns) or "nothing"]
        case note.KeepNote():
            words = ["keep note", effect.note.id, "about", *_ref(effect.note.regarding)]
        case note.MoveNote():
            words = ["move note", effect.note.id, "from", *_ref(effect.before), "to", *_ref(effect.note.regarding)]
    return " ".join(words)
