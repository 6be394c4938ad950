"""The fields that an agent edits in place: what is saved, what they typed on top of it, and which may be edited now."""

from contextlib import suppress

import attrs

from customer_summary.domain.configuration import PageConfiguration
from customer_summary.domain.context import Primitive
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.form import FormDraft
from customer_summary.domain.note import NoteDraft
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_sheet import OWN_COLUMNS, Record, RecordSheet
from customer_summary.rules.cards import added_columns, editable_columns
from customer_summary.rules.columns import own_value, shown_value
from customer_summary.views.known import Known
from customer_summary.views.page import Field, fields_of
from customer_summary.views.reader import Reader


@attrs.frozen
class Editing:
    """Builds the fields of records, with what the present agent typed and has not saved."""

    conversation: Conversation
    known: Known
    reader: Reader
    configuration: PageConfiguration

    def version(self, ref: RecordRef | None) -> int | None:
        """The version of a record, where the host keeps one."""
        sheet = self._sheet(ref)
        return None if sheet is None else sheet.version

    def record_fields(self, record: Record, names: tuple[str, ...], *, coloured: bool = False) -> tuple[Field, ...]:
        """The fields of a linked record: its own, then those that were added to its card."""
        typed, editable = self._typed(record.ref), self._editable(record.ref, record)
        shown = record
        for column in OWN_COLUMNS[type(record)] & typed.keys() if typed else ():
            with suppress(InvalidValue):  # a value of older settings, say
                shown = attrs.evolve(shown, **{column: own_value(type(record), column, typed[column])})
        unsaved = frozenset(typed)
        fields = fields_of(shown, names, self.reader, editable=editable, unsaved=unsaved, coloured=coloured)
        return (*fields, *self._added(record.ref, editable))

    def added_fields(self) -> tuple[Field, ...]:
        """The columns that were added to the form of the conversation itself."""
        if not self.known.form.columns:
            return ()
        return self._added(self.conversation.ref, self._editable(self.conversation.ref, None))

    def note_fields(self) -> tuple[Field, ...]:
        """The quick note that the agent is writing, where something stands in it."""
        note = self.known.note
        if note is None or note.text.is_empty or not self._is_here(note):
            return ()
        labels = (
            ("title", "field.activity.title"),
            ("body", "field.activity.body"),
            ("attachment", "field.activity.attachment"),
        )
        return tuple(
            Field(name, key, getattr(note.text, name), self.reader, editable=True, unsaved=True)
            for name, key in labels
            if getattr(note.text, name)
        )

    def _added(self, ref: RecordRef, editable: frozenset[str]) -> tuple[Field, ...]:
        columns = added_columns(self.configuration, self.known.form, ref.kind)
        if not columns:
            return ()
        sheet, typed = self._sheet(ref), self._typed(ref)
        values = typed if sheet is None else sheet.values | typed
        return tuple(
            Field(
                one.name,
                "",
                shown_value(one, values),
                self.reader,
                editable=one.name in editable,
                caption=one.label,
                unsaved=one.name in typed,
            )
            for one in columns
        )

    def _sheet(self, ref: RecordRef | None) -> RecordSheet | None:
        return next((one for one in self.known.sheets if one.ref == ref), None)

    def _typed(self, ref: RecordRef) -> dict[str, Primitive]:
        draft = self.known.draft
        return {} if draft is None or not self._is_here(draft) else draft.of(ref)

    def _is_here(self, draft: FormDraft | NoteDraft) -> bool:
        return (draft.conversation, draft.agent) == (self.conversation.id, self.conversation.agent)

    def _editable(self, ref: RecordRef, record: Record | None) -> frozenset[str]:
        return editable_columns(self.conversation, self.configuration, self.known.form, ref, record)
