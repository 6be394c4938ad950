"""The form of a conversation: what an agent types stays until it is saved, all of it or none, or discarded (spec 1.5).

What must live here and nowhere else: when an agent may type, save and refresh, and every refusal of that. What a
record takes is the business of `rules.records`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import attrs

from customer_summary.domain.configuration import PageConfiguration
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import check_id, check_instant
from customer_summary.domain.form import MAX_PENDING, FormDraft, PendingEdit
from customer_summary.domain.form_effects import FormEffect, ReloadForm
from customer_summary.domain.form_events import FieldEdited, FormEvent, FormFact, FormRefreshed, FormSaved
from customer_summary.domain.outcome import Applied, Outcome, Refused, Unchanged
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_events import RecordSaved
from customer_summary.domain.record_sheet import RecordSheet, RecordStatus
from customer_summary.domain.tick import Tick
from customer_summary.rules.cards import editable_columns, has_save
from customer_summary.rules.columns import refused_columns
from customer_summary.rules.machine import Effects, stepped_at_once
from customer_summary.rules.records import RecordLifeCycle

NOT_YET = Refused("not_yet", "instants that have not come")
SAVED_SINCE = Refused("saved_since", "saved or refreshed since")
CLEARED = Unchanged("saved or refreshed already")

Answer: TypeAlias = FormDraft | Unchanged | Refused


@attrs.frozen
class FormMachine:
    """The machine of one agent's unsaved values on the form of one conversation.

    A save here is one that its records have taken: `FormRules` asks them.
    """

    def start(self, conversation: str, agent: str, at: datetime) -> FormDraft:
        """Gives the form on which nothing was typed."""
        return FormDraft(
            conversation=check_id(conversation, "conversation"),
            agent=check_id(agent, "agent"),
            at=check_instant(at, "at"),
        )

    def step(self, draft: FormDraft, event: FormEvent) -> tuple[FormDraft, Outcome, tuple[ReloadForm, ...]]:
        """Gives the unsaved values after one event, the answer to it, and what to do.

        Raises `InvalidValue` for an event of another conversation or agent: a host delivered it wrongly.
        """
        if not isinstance(event, Tick) and (event.conversation, event.agent) != (draft.conversation, draft.agent):
            raise InvalidValue("conversation", "must be the one that the event is for, and so must the agent")
        return stepped_at_once(_applied, f"{draft.conversation}/{draft.agent}", draft, event)

    def deadline(self, _: FormDraft) -> None:
        """Gives None: nothing lapses, and what was typed stays while the agent looks at another session."""
        return


def _applied(draft: FormDraft, event: Any, at: datetime, emit: Effects) -> Answer:
    return _RULES[type(event)](draft, event, at, emit)


def _is_cleared(draft: FormDraft, instant: datetime) -> bool:
    return draft.cleared_at is not None and instant <= draft.cleared_at


def _next(draft: FormDraft, at: datetime, **changes: Any) -> FormDraft:
    return attrs.evolve(draft, at=at, transitions=draft.transitions + 1, **changes)


def _edited(draft: FormDraft, event: FieldEdited, at: datetime, _: Effects) -> Answer:
    if event.edited_at > at:
        return NOT_YET
    if _is_cleared(draft, event.edited_at):
        return SAVED_SINCE
    known = next((one for one in draft.pending if _place(one) == (event.record, event.edit.column)), None)
    if known is not None and event.edited_at <= known.edited_at:
        return Unchanged("edited since")
    if known is None and len(draft.pending) == MAX_PENDING:
        return Refused("too_many_edits", str(MAX_PENDING))
    rest = tuple(one for one in draft.pending if one is not known)
    return _next(draft, at, pending=(*rest, PendingEdit(event.record, event.edit, event.edited_at)))


def _place(one: PendingEdit) -> tuple[RecordRef, str]:
    return one.record, one.edit.column


def _later(draft: FormDraft, instant: datetime) -> tuple[PendingEdit, ...]:
    return tuple(one for one in draft.pending if one.edited_at > instant)


def _saved(draft: FormDraft, event: FormSaved, at: datetime, _: Effects) -> Answer:
    if event.saved_at > at:
        return NOT_YET
    if _is_cleared(draft, event.saved_at):
        return CLEARED
    left = _later(draft, event.saved_at)
    if left == draft.pending:
        return Unchanged("nothing to save")
    return _next(draft, at, pending=left, cleared_at=event.saved_at)


def _refreshed(draft: FormDraft, event: FormRefreshed, at: datetime, emit: Effects) -> Answer:
    if event.refreshed_at > at:
        return NOT_YET
    if _is_cleared(draft, event.refreshed_at):
        return CLEARED
    left = _later(draft, event.refreshed_at)
    discarded = tuple(_place(one) for one in draft.pending if one not in left)
    emit(ReloadForm, conversation=draft.conversation, agent=draft.agent, discarded=discarded)
    return _next(draft, at, pending=left, cleared_at=event.refreshed_at)


_RULES: Mapping[type, Callable[[FormDraft, Any, datetime, Effects], Answer]] = {
    FieldEdited: _edited,
    FormSaved: _saved,
    FormRefreshed: _refreshed,
}

FORM = FormMachine()


@attrs.frozen
class FormAnswer:
    """What came of an event on a form: the draft and the records that changed, to be stored in one transaction."""

    draft: FormDraft
    sheets: tuple[RecordSheet, ...]
    outcome: Outcome
    effects: tuple[FormEffect, ...] = ()


@attrs.frozen
class FormRules:
    """What an agent may do on the form of a conversation, by the settings of the page and of the form."""

    configuration: PageConfiguration = attrs.field(factory=PageConfiguration)
    records: RecordLifeCycle = attrs.field(factory=RecordLifeCycle)

    def handle(
        self,
        conversation: Conversation,
        draft: FormDraft,
        sheets: Mapping[RecordRef, RecordSheet],
        event: FormFact,
    ) -> FormAnswer:
        """Handles what an agent did on the form; `sheets` are the records that it may be about.

        A save is atomic: where one record refuses, none is written and all stays pending. Where the page has no Save,
        a value is saved as it is typed.
        """
        if not conversation.in_session or conversation.agent != event.agent:
            return FormAnswer(draft, (), Refused("no_session", conversation.status.value))
        saves = has_save(conversation, self.configuration)
        if isinstance(event, FieldEdited):
            refused = self._why_not_edited(conversation, sheets.get(event.record), event)
            if refused is not None:
                return FormAnswer(draft, (), refused)
            if not saves:
                return self._saved_at_once(draft, sheets[event.record], event)
        elif not saves:
            return FormAnswer(draft, (), Refused("not_available", "the page has no Save and no Refresh"))
        if isinstance(event, FormSaved):
            return self._saved(draft, sheets, event)
        after, outcome, effects = FORM.step(draft, event)
        return FormAnswer(after, (), outcome, effects)

    def _why_not_edited(
        self, conversation: Conversation, sheet: RecordSheet | None, event: FieldEdited
    ) -> Refused | None:
        if sheet is None:
            return Refused("unknown_record", event.record.kind.value)
        unsupported = refused_columns([event.edit.column], frozenset({event.edit.column}))
        if unsupported is not None:
            return unsupported
        editable = editable_columns(conversation, self.configuration, self.records.form, sheet.ref, sheet.record)
        if sheet.status is not RecordStatus.ACTIVE:
            return Refused("not_in_this_status", sheet.status.value)
        if event.edit.column not in editable:
            return Refused("not_editable", event.edit.column)
        if event.edit.version > sheet.version:
            return Refused("not_yet", f"version {sheet.version}")
        try:
            self.records.edited(sheet, (event.edit,))
        except InvalidValue as error:
            return Refused("invalid_value", error.field)
        return None

    def _saved_at_once(self, draft: FormDraft, sheet: RecordSheet, event: FieldEdited) -> FormAnswer:
        save = RecordSaved(at=event.at, record=sheet.ref, by=event.agent, edits=(event.edit,))
        after, outcome, effects = self.records.step(sheet, save)
        if not isinstance(outcome, Refused):  # what was typed there while the page had Save is overtaken
            rest = tuple(one for one in draft.pending if _place(one) != (sheet.ref, event.edit.column))
            draft = draft if len(rest) == len(draft.pending) else _next(draft, max(draft.at, event.at), pending=rest)
        return FormAnswer(draft, () if after is sheet else (after,), outcome, effects)

    def _saved(self, draft: FormDraft, sheets: Mapping[RecordRef, RecordSheet], event: FormSaved) -> FormAnswer:
        cleared, outcome, _ = FORM.step(draft, event)
        if not isinstance(outcome, Applied):
            return FormAnswer(draft, (), outcome)
        due = [one for one in draft.pending if one not in cleared.pending]
        refused = refused_columns(*_columns(due))
        changed: list[RecordSheet] = []
        effects: list[FormEffect] = []
        for ref in () if refused else dict.fromkeys(one.record for one in due):
            sheet = sheets.get(ref)
            if sheet is None:
                refused = refused or Refused("unknown_record", ref.kind.value)
                continue
            edits = tuple(one.edit for one in due if one.record == ref)
            save = RecordSaved(at=event.at, record=ref, by=event.agent, edits=edits)
            after, answer, found = self.records.step(sheet, save)
            changed += [] if after is sheet else [after]
            effects += found
            refused = refused or (answer if isinstance(answer, Refused) else None)
        if refused is not None:
            shown = tuple(one for one in effects if isinstance(one.id[1], str))
            return FormAnswer(draft, (), refused, shown)
        return FormAnswer(cleared, tuple(changed), outcome, tuple(effects))


def _columns(due: Iterable[PendingEdit]) -> tuple[list[str], frozenset[str]]:
    names = [one.edit.column for one in due]
    return names, frozenset(names)
