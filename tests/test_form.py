"""The form: unsaved values stay, are saved all or none, or are discarded and named; each flag shows on the page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    AnnounceChange,
    Applied,
    Channel,
    ColumnEdit,
    Conversation,
    ConversationStatus,
    FieldEdited,
    FormAnswer,
    FormColumn,
    FormDraft,
    FormMachine,
    FormRefreshed,
    FormRules,
    FormSaved,
    FormSettings,
    Generation,
    InvalidValue,
    Known,
    NoteDraft,
    NoteText,
    Page,
    PageConfiguration,
    Priority,
    Reader,
    RecordKind,
    RecordLifeCycle,
    RecordRef,
    RecordSheet,
    Refused,
    ReloadForm,
    ShowConflicts,
    Unchanged,
    conflict_part,
    discarded_part,
    read_page,
    summarize,
    write_page,
)
from customer_summary.domain.form import MAX_PENDING, PendingEdit
from customer_summary.testing import form_paths as paths
from customer_summary.testing.desk_strategies import START, moments
from customer_summary.testing.laws import check_machine, check_replay

NOOR, SAM = paths.AGENTS
CONTACT, ACCOUNT, CASE = paths.RECORDS
TALK = paths.TALK
RECORDS = RecordLifeCycle(paths.FORM)
EVERYTHING = PageConfiguration(enhanced_active_conversation_form=True, customize_active_conversation_form=True)
MACHINE = FormMachine()


def at(seconds: float = 0) -> datetime:
    return START + timedelta(seconds=seconds)


def conversation(**changes: Any) -> Conversation:
    fields: dict[str, Any] = {
        "id": paths.CONVERSATION, "at": START, "channel": Channel.LIVE_CHAT, "created_on": START, "agent": NOOR,
        "status": ConversationStatus.ACTIVE, "assigned_on": START, "accepted_on": START, "first_accepted_on": START,
        "in_session": True, "customer": CONTACT.ref, "case_id": CASE.id,
    }  # fmt: skip
    return Conversation(**fields | changes)


LINKED = conversation()
SHEETS: Mapping[RecordRef, RecordSheet] = {
    one.ref: one for one in (RECORDS.start(record, START) for record in (CONTACT, CASE, TALK))
}


def edited(column: str, value: Any, second: float = 1, record: RecordRef = CASE.ref, version: int = 0) -> FieldEdited:
    return FieldEdited(
        at=at(second),
        conversation=paths.CONVERSATION,
        agent=NOOR,
        record=record,
        edit=ColumnEdit(column, value, version),
        edited_at=at(second),
    )


def save(second: float) -> FormSaved:
    return FormSaved(at=at(second), conversation=paths.CONVERSATION, agent=NOOR, saved_at=at(second))


def refresh(second: float) -> FormRefreshed:
    return FormRefreshed(at=at(second), conversation=paths.CONVERSATION, agent=NOOR, refreshed_at=at(second))


def handle(
    *events: Any,
    configuration: PageConfiguration = EVERYTHING,
    sheets: Mapping[RecordRef, RecordSheet] = SHEETS,
    state: Conversation = LINKED,
    draft: FormDraft | None = None,
) -> tuple[FormAnswer, dict[RecordRef, RecordSheet]]:
    """Handles events one after the other; gives the last answer, and the records as they then stand."""
    rules, held = FormRules(configuration, RECORDS), dict(sheets)
    answer = FormAnswer(draft or MACHINE.start(paths.CONVERSATION, NOOR, START), (), Applied())
    for event in events:
        answer = rules.handle(state, answer.draft, held, event)
        held |= {one.ref: one for one in answer.sheets}
    return answer, held


def page(configuration: PageConfiguration = EVERYTHING, state: Conversation = LINKED, **known: Any) -> Page:
    fields: dict[str, Any] = {"customer": CONTACT, "case": CASE, "cases": (CASE,), "form": paths.FORM} | known
    shown = summarize(state, Known(**fields), reader=Reader(now=at(60)), configuration=configuration)
    assert isinstance(shown, Page)
    return shown


# --- the laws of the draft


@given(st.lists(paths.form_events(), max_size=10), moments())
def test_a_draft_obeys_the_laws_of_every_machine(events: list[Any], other: datetime) -> None:
    start = draft = MACHINE.start(paths.CONVERSATION, NOOR, START)
    for event in events:
        draft = check_machine(MACHINE, draft, event, other)
        assert len({(one.record, one.edit.column) for one in draft.pending}) == len(draft.pending)
        assert all(draft.cleared_at is None or one.edited_at > draft.cleared_at for one in draft.pending)
    assert check_replay(MACHINE, start, events) == draft


@given(st.lists(paths.form_events(), max_size=10))
def test_a_draft_holds_what_was_typed_since_the_last_save_or_refresh(events: list[Any]) -> None:
    draft = MACHINE.start(paths.CONVERSATION, NOOR, START)
    typed: dict[Any, FieldEdited] = {}
    for event in events:
        draft, outcome, effects = MACHINE.step(draft, event)
        if not isinstance(outcome, Applied):
            continue
        if isinstance(event, FieldEdited):
            typed[event.record, event.edit.column] = event
            continue
        until = event.saved_at if isinstance(event, FormSaved) else event.refreshed_at
        gone = {place for place, one in typed.items() if one.edited_at <= until}
        typed = {place: one for place, one in typed.items() if place not in gone}
        if isinstance(event, FormRefreshed):
            assert [set(one.discarded) for one in effects] == [gone]
    assert {(one.record, one.edit.column): one.edit for one in draft.pending} == {
        place: one.edit for place, one in typed.items()
    }


# --- typing, saving, refreshing


def test_unsaved_values_stay_until_they_are_saved_also_while_the_agent_looks_at_another_session() -> None:
    answer, held = handle(edited("title", "Bread", 1), edited("custom_x", "a", 2, TALK))
    assert (answer.outcome, held) == (Applied(), SHEETS)
    shown = page(draft=answer.draft, sheets=tuple(held.values()))
    assert shown.section("case").field("title").text == "Bread"
    assert shown.section("case").field("title").unsaved
    assert not shown.section("case").field("owner").unsaved
    answer, held = handle(save(3600), draft=answer.draft, sheets=held)
    assert (answer.outcome, answer.draft.pending) == (Applied(), ())
    assert held[CASE.ref].case == attrs.evolve(CASE, title="Bread", modified_on=at(3600))
    assert held[TALK].values == {"custom_x": "a"}
    assert [type(one) for one in answer.effects] == [AnnounceChange, AnnounceChange]


def test_refresh_discards_what_is_unsaved_and_says_so() -> None:
    answer, held = handle(edited("title", "Bread", 1), edited("name", "Anna", 2, CONTACT.ref), refresh(3))
    assert (answer.outcome, answer.draft.pending, held) == (Applied(), (), SHEETS)
    [reload] = answer.effects
    assert isinstance(reload, ReloadForm)
    assert reload.discarded == ((CASE.ref, "title"), (CONTACT.ref, "name"))
    part = discarded_part(reload, reader=Reader(now=START, locale="nl"))
    assert [row.fields[0].text for row in part.rows] == ["Titel", "Naam"]
    answer, _ = handle(edited("title", "Late", 2), draft=answer.draft)
    assert answer.outcome == Refused("saved_since", "saved or refreshed since")
    answer, _ = handle(refresh(9))
    assert discarded_part(answer.effects[0], reader=Reader(now=START)).empty_text == "Nothing was unsaved"  # type: ignore[arg-type]


@pytest.mark.parametrize("cleared", [save(2), refresh(2)])
def test_what_was_typed_at_the_very_instant_is_saved_or_discarded(cleared: Any) -> None:
    answer, _ = handle(edited("title", "Bread", 2), cleared)
    assert (answer.outcome, answer.draft.pending) == (Applied(), ())


def test_what_is_typed_after_save_was_pressed_stays_unsaved() -> None:
    pressed = attrs.evolve(save(2), at=at(5))
    answer, held = handle(edited("title", "Bread", 1), edited("owner", "sam", 3), pressed)
    assert [one.edit.column for one in answer.draft.pending] == ["owner"]
    assert held[CASE.ref].case == attrs.evolve(CASE, title="Bread", modified_on=at(5))


def test_a_save_over_several_records_writes_all_or_none() -> None:
    others = RECORDS.recorded(SHEETS[CASE.ref], attrs.evolve(CASE, title="Cake"), at(1))
    sheets = {**SHEETS, CASE.ref: others}
    typed = (edited("name", "Anna", 2, CONTACT.ref), edited("title", "Bread", 3), edited("custom_x", "a", 4, TALK))
    answer, held = handle(*typed, save(5), sheets=sheets)
    assert answer.outcome == Refused("changed_meanwhile", "version 1")
    assert (held, len(answer.draft.pending)) == (sheets, 3)
    [shown] = answer.effects
    assert isinstance(shown, ShowConflicts)
    part = conflict_part(shown, reader=Reader(now=at(5), locale="fr"), form=paths.FORM)
    assert [field.text for field in part.rows[0].fields] == ["Titre", "Cake", "2 mars 2026 09:00:01", "Bread"]
    again = edited("title", "Bread", 6, version=1)
    answer, held = handle(again, save(7), draft=answer.draft, sheets=sheets)
    assert answer.outcome == Applied()
    assert [held[ref].version for ref in (CONTACT.ref, CASE.ref, TALK)] == [1, 2, 1]


def test_a_conflict_is_read_as_the_card_reads_it() -> None:
    sheet, _, _ = RECORDS.step(SHEETS[CASE.ref], paths_saved(SAM, priority="high", custom_n=7))
    answer, _ = handle(
        edited("priority", "low", 2), edited("custom_n", 8, 3), save(4), sheets={**SHEETS, CASE.ref: sheet}
    )
    part = conflict_part(answer.effects[0], reader=Reader(now=at(5)), form=paths.FORM)  # type: ignore[arg-type]
    assert [[field.text for field in row.fields if field.name != "changed_at"] for row in part.rows] == [
        ["Priority", "High", "sam", "Low"],
        ["Custom_N", "7", "sam", "8"],
    ]


def paths_saved(by: str, **values: Any) -> Any:
    from customer_summary import RecordSaved

    edits = tuple(ColumnEdit(name, value) for name, value in values.items())
    return RecordSaved(at=at(1), record=CASE.ref, by=by, edits=edits)


@given(st.data())
def test_a_save_of_a_form_is_atomic(data: st.DataObject) -> None:
    sheets = dict(SHEETS)
    for ref in (CONTACT.ref, CASE.ref, TALK):
        for event in data.draw(st.lists(paths.record_events(ref), max_size=3)):
            sheets[ref], _, _ = RECORDS.step(sheets[ref], event)
    draft = MACHINE.start(paths.CONVERSATION, NOOR, START)
    places = st.tuples(st.sampled_from([CONTACT.ref, CASE.ref, TALK]), paths.column_edits())
    for record, edit in data.draw(st.lists(places, max_size=5)):
        event = FieldEdited(
            at=at(9999), conversation=paths.CONVERSATION, agent=NOOR, record=record, edit=edit, edited_at=START
        )
        draft, _, _ = MACHINE.step(draft, event)
    answer = FormRules(EVERYTHING, RECORDS).handle(LINKED, draft, sheets, save(9999))
    if isinstance(answer.outcome, Applied):
        held = sheets | {one.ref: one for one in answer.sheets}
        assert answer.draft.pending == ()
        for one in draft.pending:
            assert one.edit.column in RECORDS.columns_of(held[one.record])
        assert all(after.version == sheets[after.ref].version + 1 for after in answer.sheets)
    else:
        assert (answer.draft, answer.sheets) == (draft, ())
        assert not any(isinstance(one, AnnounceChange) for one in answer.effects)


def test_save_names_every_unsupported_column_of_the_form() -> None:
    pending = tuple(
        PendingEdit(ref, ColumnEdit(column, "a"), START)
        for ref, column in ((TALK, "custom_x"), (TALK, "msdyn_title"), (CASE.ref, "subject"))
    )
    draft = attrs.evolve(MACHINE.start(paths.CONVERSATION, NOOR, START), pending=pending)
    answer, held = handle(save(2), draft=draft)
    assert answer.outcome == Refused("unsupported_columns", "msdyn_title, subject")
    assert held == SHEETS


def test_a_save_of_a_record_that_the_host_does_not_have_writes_nothing() -> None:
    answer, _ = handle(edited("name", "Anna", 1, CONTACT.ref), edited("title", "Bread", 2))
    without = {ref: one for ref, one in SHEETS.items() if ref != CONTACT.ref}
    answer, held = handle(save(3), draft=answer.draft, sheets=without)
    assert answer.outcome == Refused("unknown_record", "contact")
    assert held == without


WITHOUT_SAVE = PageConfiguration(enhanced_active_conversation_form=True)


def test_where_the_page_has_no_save_a_value_is_saved_as_it_is_typed() -> None:
    for configuration, state in (
        (WITHOUT_SAVE, LINKED),
        (EVERYTHING, conversation(channel=Channel.VOICE, outbound_emergency=True)),
    ):
        answer, held = handle(edited("title", "Bread"), configuration=configuration, state=state)
        assert (answer.outcome, answer.draft.pending) == (Applied(), ())
        assert held[CASE.ref].case == attrs.evolve(CASE, title="Bread", modified_on=at(1))
        for event in (save(2), refresh(2)):
            refused, _ = handle(event, configuration=configuration, state=state)
            assert refused.outcome == Refused("not_available", "the page has no Save and no Refresh")
    sheets = {**SHEETS, CASE.ref: RECORDS.recorded(SHEETS[CASE.ref], attrs.evolve(CASE, title="Cake"), at(1))}
    answer, held = handle(edited("title", "Bread"), configuration=WITHOUT_SAVE, sheets=sheets)
    assert answer.outcome == Refused("changed_meanwhile", "version 1")
    assert (held, len(answer.effects)) == (sheets, 1)


def test_a_value_saved_as_it_is_typed_overtakes_what_was_unsaved_while_the_page_had_save() -> None:
    before, _ = handle(edited("title", "Bread", 1), edited("owner", "sam", 2))
    answer, held = handle(edited("title", "Cake", 3), configuration=WITHOUT_SAVE, draft=before.draft)
    assert [one.edit.column for one in answer.draft.pending] == ["owner"]
    assert held[CASE.ref].case == attrs.evolve(CASE, title="Cake", modified_on=at(3))
    refused, _ = handle(edited("title", "", 3), configuration=WITHOUT_SAVE, draft=before.draft)
    assert refused.draft is before.draft


RESOLVED = attrs.evolve(CASE, status=next(one for one in type(CASE.status) if one.value == "problem_solved"))


@pytest.mark.parametrize(
    ("event", "changes", "outcome"),
    [
        (edited("title", "x"), {"state": conversation(in_session=False)}, Refused("no_session", "active")),
        (save(1), {"state": conversation(agent=SAM)}, Refused("no_session", "active")),
        (edited("title", "x"), {"state": conversation(case_id=None)}, Refused("not_editable", "title")),
        (edited("title", "x"), {"configuration": PageConfiguration()}, Refused("not_editable", "title")),
        (edited("title", "x"), {"configuration": attrs.evolve(EVERYTHING, disable_case_card=True)}, Refused("not_editable", "title")),
        (edited("title", "x"), {"configuration": attrs.evolve(EVERYTHING, case_fields=("owner",))}, Refused("not_editable", "title")),
        (edited("name", "x", record=CONTACT.ref), {"configuration": attrs.evolve(EVERYTHING, customer_card_editable=False)}, Refused("not_editable", "name")),
        (edited("job", "x", record=CONTACT.ref), {}, Refused("not_editable", "job")),
        (edited("number", "x"), {"configuration": attrs.evolve(EVERYTHING, case_fields=("number",))}, Refused("not_editable", "number")),
        (edited("title", "x"), {"sheets": {**SHEETS, CASE.ref: RECORDS.start(RESOLVED, START)}}, Refused("not_in_this_status", "resolved")),
        (edited("title", "x", record=RecordRef(RecordKind.CASE, "case-9")), {}, Refused("unknown_record", "case")),
        (edited("msdyn_title", "x", record=TALK), {}, Refused("unsupported_columns", "msdyn_title")),
        (edited("custom_x", "x", record=TALK), {"configuration": WITHOUT_SAVE}, Refused("not_editable", "custom_x")),
        (edited("custom_n", "x", record=TALK), {}, Refused("invalid_value", "custom_n")),
        (edited("title", ""), {}, Refused("invalid_value", "title")),
        (edited("title", "x", version=3), {}, Refused("not_yet", "version 0")),
        (attrs.evolve(edited("title", "x"), edited_at=at(2)), {}, Refused("not_yet", "instants that have not come")),
        (attrs.evolve(save(1), saved_at=at(2)), {}, Refused("not_yet", "instants that have not come")),
        (attrs.evolve(refresh(1), refreshed_at=at(2)), {}, Refused("not_yet", "instants that have not come")),
        (save(1), {}, Unchanged("nothing to save")),
        (edited("custom_x", "x"), {}, Applied()),
        (edited("status", "on_hold"), {}, Applied()),
    ],
)  # fmt: skip
def test_what_an_agent_may_do_on_the_form(event: Any, changes: dict[str, Any], outcome: Any) -> None:
    answer, held = handle(event, **changes)
    assert answer.outcome == outcome
    assert held == changes.get("sheets", SHEETS)


def test_a_form_has_room_for_so_many_unsaved_values_and_no_more() -> None:
    pending = tuple(PendingEdit(CASE.ref, ColumnEdit(f"x{number}", "a"), START) for number in range(MAX_PENDING))
    draft = attrs.evolve(MACHINE.start(paths.CONVERSATION, NOOR, START), pending=pending)
    assert MACHINE.step(draft, edited("title", "x"))[1] == Refused("too_many_edits", str(MAX_PENDING))
    assert MACHINE.step(draft, edited("x1", "x"))[1] == Applied()


def test_an_event_of_another_form_raises() -> None:
    for other in (attrs.evolve(save(1), conversation="c-2"), attrs.evolve(save(1), agent=SAM)):
        with pytest.raises(InvalidValue, match="conversation: must be the one that the event is for"):
            MACHINE.step(MACHINE.start(paths.CONVERSATION, NOOR, START), other)


# --- the page


def editable(shown: Page) -> dict[str, set[str]]:
    found = {one.name: {field.name for field in one.fields if field.editable} for one in shown.sections}
    return {name: fields for name, fields in found.items() if fields} | (
        {"page": {field.name for field in shown.fields if field.editable}} if shown.fields else {}
    )


ADDED = {"custom_x", "custom_n", "custom_b"}
CONTACT_CARD = {"name", "location", "email", "mobile_phone", "job_title", "company"}
CASE_CARD = {"title", "priority", "status", "product", "owner"}


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (PageConfiguration(), {}),
        (WITHOUT_SAVE, {"customer": CONTACT_CARD, "case": CASE_CARD}),
        (PageConfiguration(customize_active_conversation_form=True), {"page": ADDED}),
        (EVERYTHING, {"customer": CONTACT_CARD | ADDED, "case": CASE_CARD | ADDED, "page": ADDED}),
        (attrs.evolve(EVERYTHING, disable_customer_card=True), {"case": CASE_CARD | ADDED, "page": ADDED}),
        (attrs.evolve(EVERYTHING, disable_case_card=True), {"customer": CONTACT_CARD | ADDED, "page": ADDED}),
        (attrs.evolve(EVERYTHING, customer_card_editable=False), {"case": CASE_CARD | ADDED, "page": ADDED}),
        (attrs.evolve(EVERYTHING, generation=Generation.CUSTOMER_SUMMARY), {}),
        (attrs.evolve(EVERYTHING, customer_fields=("city", "email"), case_fields=("number", "owner")), {"customer": {"city", "email"} | ADDED, "case": {"owner"} | ADDED, "page": ADDED}),
    ],
)  # fmt: skip
def test_what_may_be_edited_on_the_page_is_what_the_rules_let_through(
    configuration: PageConfiguration, expected: dict[str, set[str]]
) -> None:
    shown = page(configuration, sheets=tuple(SHEETS.values()))
    assert editable(shown) == expected
    where = {"customer": CONTACT.ref, "case": CASE.ref, "page": TALK}
    for name, ref in where.items():
        for column in RECORDS.columns_of(SHEETS[ref]):
            value = {"custom_n": 5, "custom_b": True, "priority": "low", "status": "on_hold"}.get(column, "other")
            answer, _ = handle(edited(column, value, record=ref), configuration=configuration)
            assert isinstance(answer.outcome, Applied) == (column in expected.get(name, ()))


def test_a_customer_who_is_not_active_is_read_only() -> None:
    gone = attrs.evolve(CONTACT, active=False)
    assert "customer" not in editable(page(customer=gone))
    sheets = {**SHEETS, CONTACT.ref: RECORDS.start(gone, START)}
    answer, _ = handle(edited("name", "Anna", record=CONTACT.ref), sheets=sheets)
    assert answer.outcome == Refused("not_in_this_status", "inactive")


CUSTOMIZED = PageConfiguration(customize_active_conversation_form=True)


def with_flag(base: PageConfiguration, flag: str, *, value: bool) -> PageConfiguration:
    changed: dict[str, Any] = {flag: value}
    return attrs.evolve(base, **changed)


@pytest.mark.parametrize(
    ("flag", "base", "seen"),
    [
        ("enhanced_active_conversation_form", PageConfiguration(), lambda one: (one.enhanced, one.section("case").card, one.form_selector)),
        ("customize_active_conversation_form", PageConfiguration(), lambda one: ([choice.name for choice in one.commands], [field.name for field in one.fields])),
        ("show_form_selector", WITHOUT_SAVE, lambda one: one.form_selector),
        ("disable_customer_card", WITHOUT_SAVE, lambda one: (one.section("customer").card, editable(one))),
        ("disable_case_card", WITHOUT_SAVE, lambda one: (one.section("case").card, editable(one))),
        ("disable_recent_cases_card", WITHOUT_SAVE, lambda one: (one.section("recent_cases").card, one.section("recent_cases").rows[0].coloured)),
        ("self_service_enabled", PageConfiguration(), lambda one: [tab.name for tab in one.section("conversation_summary").tabs]),
        ("skill_update_enabled", PageConfiguration(), lambda one: one.section("conversation_summary").field("skills").editable),
    ],
)  # fmt: skip
def test_each_flag_shows_on_the_page(flag: str, base: PageConfiguration, seen: Any) -> None:
    off, on = (page(with_flag(base, flag, value=value)) for value in (False, True))
    assert seen(off) != seen(on)
    with_app = PageConfiguration.of({flag: True}, {flag: False})
    assert getattr(with_app, flag) is False


def test_an_added_column_shows_its_default_until_it_is_saved() -> None:
    shown = page(CUSTOMIZED)
    assert [(one.name, one.label, one.value) for one in shown.fields[2:]] == [
        ("custom_x", "Custom_X", "none"),
        ("custom_n", "Custom_N", 7),
        ("custom_b", "Custom_B", False),
    ]
    _, held = handle(edited("custom_x", "a", 1, TALK), save(2))
    assert held[TALK].values == {"custom_x": "a"}
    shown = page(CUSTOMIZED, sheets=tuple(held.values()))
    assert [one.value for one in shown.fields[2:]] == ["a", 7, False]
    assert (shown.version, shown.section("case").version) == (1, 0)
    assert page(CUSTOMIZED).version is None
    assert [one.name for one in page(PageConfiguration()).fields] == []


def test_a_draft_and_a_note_of_another_agent_do_not_show() -> None:
    answer, _ = handle(edited("title", "Bread"))
    note = NoteDraft(note="n", at=START, conversation=paths.CONVERSATION, agent=NOOR, text=NoteText("Called", "back"))
    shown = page(draft=answer.draft, note=note)
    assert shown.section("case").field("title").value == "Bread"
    assert [(one.name, one.value, one.unsaved) for one in shown.section("timeline").fields] == [
        ("title", "Called", True),
        ("body", "back", True),
    ]
    shown = page(state=conversation(agent=SAM), draft=answer.draft, note=note)
    assert shown.section("case").field("title").value == "Parcel"
    assert shown.section("timeline").fields == ()


def test_the_document_of_a_page_says_what_is_unsaved_and_which_version_shows() -> None:
    answer, held = handle(edited("priority", "low"))
    again = read_page(write_page(page(draft=answer.draft, sheets=tuple(held.values()))))
    case = next(one for one in again.sections if one.name == "case")  # type: ignore[union-attr]  # it is a page
    assert case.version == 0
    assert [(one.name, one.value, one.text) for one in case.fields if one.unsaved] == [("priority", "low", "Low")]


def test_a_value_that_suits_no_longer_is_left_out() -> None:
    pending = (
        PendingEdit(CASE.ref, ColumnEdit("priority", "urgent"), START),
        PendingEdit(CASE.ref, ColumnEdit("owner", "sam"), START),
    )
    draft = attrs.evolve(MACHINE.start(paths.CONVERSATION, NOOR, START), pending=pending)
    case = page(draft=draft).section("case")
    assert (case.field("priority").value, case.field("owner").value) == (Priority.NORMAL, "sam")


def test_settings_of_a_form_without_columns_add_nothing() -> None:
    assert page(form=FormSettings()).fields[2:] == ()
    assert FormSettings((FormColumn(name="a", label="A"),)).on(RecordKind.CASE) == ()
