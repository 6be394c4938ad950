"""A quick note while it is taken: what stands in it, and what was typed and not saved yet (spec 6)."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Text, checked, checked_when_read
from customer_summary.domain.timeline import MAX_ACTIVITY_TITLE, MAX_NOTE, QuickNote

Title = Annotated[str, Text(most=MAX_ACTIVITY_TITLE), SECRET]
Body = Annotated[str, Text(most=MAX_NOTE, strip=False), SECRET]


class NoteStatus(Enum):
    """How far a note is. Derived, never stored."""

    WRITING = "writing"
    APPENDING = "appending"
    SAVED = "saved"


@attrs.frozen(field_transformer=checked)
class NoteText:
    """What stands in the note box. `attachment` is the name of the one file that a note may carry."""

    title: Title = ""
    body: Body = ""
    attachment: Annotated[str, SECRET] = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.title or self.body.strip() or self.attachment)


NOTHING_TYPED = NoteText()


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class NoteDraft:
    """One note, from its first letter on. `saved` is what shows on the timeline, `text` what was typed since.

    `conversation` and `agent` are those in which and by whom it is taken, None for a note of the store's.
    """

    note: Id
    at: datetime
    transitions: int = 0
    conversation: Id | None = None
    agent: Id | None = None
    text: NoteText = NOTHING_TYPED
    saved: QuickNote | None = None
    typed_at: datetime | None = None
    saved_at: datetime | None = None
    moved_at: datetime | None = None

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a draft of another note than the one it saved."""
        if self.saved is not None and self.saved.id != self.note:
            raise InvalidValue("saved", "must be the note that is taken")

    @property
    def status(self) -> NoteStatus:
        """Whether it was saved, and whether anything was typed since."""
        if self.saved is None:
            return NoteStatus.WRITING
        return NoteStatus.SAVED if self.text.is_empty else NoteStatus.APPENDING
