"""What happens to a quick note: it is typed, saved and moved; and what a host has to do then (spec 6).

`at` is when the host received it. The agent's own instant travels as well, so that what comes late or twice loses.
"""

from datetime import datetime
from typing import TypeAlias

import attrs

from customer_summary.domain.fields import Id, checked
from customer_summary.domain.note import NoteText
from customer_summary.domain.record import RecordRef
from customer_summary.domain.send import EffectId
from customer_summary.domain.tick import Tick
from customer_summary.domain.timeline import QuickNote


@attrs.frozen(kw_only=True, field_transformer=checked)
class NoteTyped:
    """This stands in the note box now, and is not saved. The host gives each new note an id."""

    at: datetime
    conversation: Id
    agent: Id
    note: Id
    text: NoteText
    typed_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class NoteSaved:
    """The agent saved what stands in the note box, or it saves itself because they left the session.

    `regarding` is where it goes; None where the conversation says: to its case, else to its customer.
    """

    at: datetime
    conversation: Id
    agent: Id
    note: Id
    regarding: RecordRef | None = None
    saved_at: datetime
    by_itself: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class NoteMoved:
    """Somebody moved a saved note to another case, contact or account."""

    at: datetime
    note: Id
    by: Id
    to: RecordRef
    moved_at: datetime


NoteFact: TypeAlias = NoteTyped | NoteSaved | NoteMoved
NoteEvent: TypeAlias = NoteFact | Tick
"""Everything that can happen to a quick note."""


@attrs.frozen
class KeepNote:
    """Keep this note in the store: a new one, or in place of the one that it continues. Empty the note box."""

    id: EffectId
    note: QuickNote


@attrs.frozen
class MoveNote:
    """Take the note from the timeline of `before`; it is about another record now."""

    id: EffectId
    note: QuickNote
    before: RecordRef


NoteEffect: TypeAlias = KeepNote | MoveNote
