"""Quick notes: where a note goes, how one that is half written saves itself, and how it is moved (spec 6).

What must live here and nowhere else: which event may come in which status of a note (`TABLE`), and every refusal. A
missing key of the table is the refusal.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.case import MAX_TITLE, Case
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.customer import MAX_DETAIL, Account, Contact
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import check_id, check_instant
from customer_summary.domain.note import NOTHING_TYPED, NoteDraft, NoteStatus, NoteText
from customer_summary.domain.note_events import (
    KeepNote,
    MoveNote,
    NoteEffect,
    NoteEvent,
    NoteMoved,
    NoteSaved,
    NoteTyped,
)
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef
from customer_summary.domain.tick import Tick
from customer_summary.domain.timeline import MAX_NOTE, QuickNote
from customer_summary.rules.machine import Effects, stepped_at_once

WRITING, APPENDING, SAVED = NoteStatus

TABLE: Mapping[NoteStatus, Mapping[type, frozenset[NoteStatus]]] = {
    WRITING: {
        NoteTyped: frozenset({WRITING}),
        NoteSaved: frozenset({SAVED}),
    },
    APPENDING: {
        NoteTyped: frozenset({APPENDING, SAVED}),
        NoteSaved: frozenset({SAVED}),
        NoteMoved: frozenset({APPENDING}),
    },
    SAVED: {
        NoteTyped: frozenset({APPENDING, SAVED}),
        NoteSaved: frozenset({SAVED}),
        NoteMoved: frozenset({SAVED}),
    },
}

Answer: TypeAlias = NoteDraft | Unchanged | Refused


def note_goes_to(conversation: Conversation) -> RecordRef | None:
    """Gives the record that a note is about: the linked case, else the linked customer; None refuses the note."""
    return conversation.case_ref or conversation.customer


@attrs.frozen
class NoteMachine:
    """The machine of one quick note."""

    def start(self, event: NoteTyped) -> NoteDraft:
        """Gives the note in which nothing was typed yet; step it with the same event."""
        return NoteDraft(note=event.note, at=event.at, conversation=event.conversation, agent=event.agent)

    def taken(self, note: QuickNote, at: datetime) -> NoteDraft:
        """Gives the draft of a note as the store holds it."""
        return NoteDraft(note=note.id, at=check_instant(at, "at"), saved=note)

    def step(self, draft: NoteDraft, event: NoteEvent) -> tuple[NoteDraft, Outcome, tuple[NoteEffect, ...]]:
        """Gives the note after one event, the answer to it, and what to do.

        Raises `InvalidValue` for an event of another note: a host delivered it wrongly.
        """
        if not isinstance(event, Tick) and event.note != draft.note:
            raise InvalidValue("note", "must be the one that the event is for")
        return stepped_at_once(_applied, draft.note, draft, event)

    def deadline(self, _: NoteDraft) -> None:
        """Gives None: a note that is half written saves itself when its session is left, not by time."""
        return


def _applied(draft: NoteDraft, event: Any, at: datetime, emit: Effects) -> Answer:
    if type(event) not in TABLE[draft.status]:
        return Refused("not_saved", draft.status.value)
    if isinstance(event, NoteTyped | NoteSaved) and (event.conversation, event.agent) != (
        draft.conversation,
        draft.agent,
    ):
        return Refused("not_the_author", draft.status.value)
    return _RULES[type(event)](draft, event, at, emit)


def _next(draft: NoteDraft, at: datetime, **changes: Any) -> NoteDraft:
    return attrs.evolve(draft, at=at, transitions=draft.transitions + 1, **changes)


def _is_past(register: datetime | None, instant: datetime) -> bool:
    return register is not None and instant <= register


def _typed(draft: NoteDraft, event: NoteTyped, at: datetime, _: Effects) -> Answer:
    if event.typed_at > at:
        return Refused("not_yet", draft.status.value)
    if _is_past(draft.typed_at, event.typed_at):
        return Unchanged("typed since")
    if _is_past(draft.saved_at, event.typed_at):
        return Refused("saved_since", draft.status.value)
    return _next(draft, at, text=event.text, typed_at=event.typed_at)


def _saved(draft: NoteDraft, event: NoteSaved, at: datetime, emit: Effects) -> Answer:
    if event.saved_at > at:
        return Refused("not_yet", draft.status.value)
    if _is_past(draft.saved_at, event.saved_at):
        return Unchanged("saved already")
    if event.by_itself and draft.typed_at is not None and event.saved_at < draft.typed_at:
        return Unchanged("typed since")
    text, before = draft.text, draft.saved
    if text.is_empty:
        return Unchanged("nothing typed") if event.by_itself or before else Refused("empty_note", draft.status.value)
    if before is None:
        if event.regarding is None or event.regarding.kind is RecordKind.CONVERSATION:
            return Refused("nothing_linked", draft.status.value)
        if not text.title and not text.body.strip():
            return Refused("empty_note", draft.status.value)
        note = QuickNote(
            id=draft.note,
            at=at,
            regarding=event.regarding,
            title=text.title,
            body=text.body,
            author=event.agent,
            attachment=text.attachment,
        )
    else:
        continued = _continued(before, text, at)
        if isinstance(continued, Refused):
            return continued
        note = continued
    emit(KeepNote, note=note)
    return _next(draft, at, saved=note, text=NOTHING_TYPED, saved_at=event.saved_at)


def _continued(before: QuickNote, text: NoteText, at: datetime) -> QuickNote | Refused:
    """Appends what was typed later: below the body; a new title replaces the old one; one file at most."""
    body = "\n".join(one for one in (before.body, text.body) if one.strip())
    if len(body) > MAX_NOTE:
        return Refused("note_too_long", str(MAX_NOTE))
    if before.attachment and text.attachment not in {"", before.attachment}:
        return Refused("one_attachment", APPENDING.value)
    return attrs.evolve(
        before,
        title=text.title or before.title,
        body=body,
        attachment=text.attachment or before.attachment,
        modified_on=at,
    )


def _moved(draft: NoteDraft, event: NoteMoved, at: datetime, emit: Effects) -> Answer:
    if event.moved_at > at:
        return Refused("not_yet", draft.status.value)
    if _is_past(draft.moved_at, event.moved_at):
        return Unchanged("moved since")
    if event.to.kind is RecordKind.CONVERSATION:
        return Refused("not_a_case_or_customer", draft.status.value)
    before = draft.saved
    if before is None or before.regarding == event.to:
        return Unchanged("there already")
    note = attrs.evolve(before, regarding=event.to, modified_on=at)
    emit(MoveNote, note=note, before=before.regarding)
    return _next(draft, at, saved=note, moved_at=event.moved_at)


_RULES: Mapping[type, Callable[[NoteDraft, Any, datetime, Effects], Answer]] = {
    NoteTyped: _typed,
    NoteSaved: _saved,
    NoteMoved: _moved,
}


def record_from_note(note: QuickNote, kind: RecordKind, id: str, at: datetime) -> Contact | Account | Case:  # noqa: A002
    """Gives the record that is created from a note: its title is the note's, or the first line of the body.

    A case is for the customer whom the note is about. Record it, and move the note to it. Refuses, with
    `InvalidValue`, to make a conversation.
    """
    title = note.title or note.body.strip().splitlines()[0]
    if kind is RecordKind.CASE:
        customer = note.regarding if note.regarding.kind in CUSTOMER_KINDS else None
        at = check_instant(at, "at")
        return Case(id=id, title=title[:MAX_TITLE], customer=customer, created_on=at, modified_on=at)
    if kind is RecordKind.CONVERSATION:
        raise InvalidValue("kind", "a note becomes a case, a contact or an account")
    record = Contact if kind is RecordKind.CONTACT else Account
    return record(id=check_id(id), name=title[:MAX_DETAIL])
