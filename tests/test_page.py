"""The page: what shows, where, in which order, and what may be edited; each configuration flag makes a difference."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Account,
    Activity,
    ActivityType,
    AgentDesk,
    AnswerType,
    Author,
    Case,
    CaseStatus,
    Channel,
    Contact,
    ContextVariable,
    Conversation,
    ConversationStatus,
    Form,
    Generation,
    History,
    InvalidValue,
    Known,
    Message,
    NoPage,
    NoPageReason,
    Page,
    PageConfiguration,
    Priority,
    Question,
    QuickNote,
    Reader,
    RecordKind,
    RecordRef,
    Refused,
    SelfServiceAction,
    SelfServiceKind,
    Skill,
    SurveyAnswer,
    TimelineFilter,
    Tone,
    Unchanged,
    UnknownKey,
    View,
    VisitorDetails,
    summarize,
    switch_form,
)
from customer_summary.rules.timeline import timeline_records
from customer_summary.testing.strategies import conversations, values

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = START + timedelta(hours=1)
READER = Reader(now=NOW)
CONTACT = Contact(
    id="contact", name="Marta", email="marta@bakery.example", location="Utrecht", job="Baker", city="Utrecht"
)
ACCOUNT = Account(id="account", name="Bakery", phone="030", primary_contact="Marta", location="Utrecht")
ORDER = ["customer", "conversation_summary", "case", "recent_cases", "timeline"]


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def case(name: str = "case", modified: int = 0, **fields: Any) -> Case:
    given_: dict[str, Any] = {
        "title": f"title {name}",
        "customer": CONTACT.ref,
        "created_on": START,
        "modified_on": at(modified),
    }
    return Case(id=name, **given_ | fields)


def conversation(**fields: Any) -> Conversation:
    given_: dict[str, Any] = {
        "id": "c",
        "at": at(3),
        "created_on": START,
        "channel": Channel.LIVE_CHAT,
        "status": ConversationStatus.ACTIVE,
        "agent": "noor",
        "assigned_on": at(1),
        "accepted_on": at(2),
        "first_accepted_on": at(2),
        "in_session": True,
        "queue": "Ovens",
    }
    return Conversation(**given_ | fields)


def page(
    state: Conversation | None = None, known: Known | None = None, view: View | None = None, **settings: Any
) -> Page:
    shown = summarize(
        state or conversation(),
        known or Known(),
        reader=READER,
        configuration=PageConfiguration(**settings),
        view=view or View(),
    )
    assert isinstance(shown, Page)
    return shown


LINKED = conversation(customer=CONTACT.ref, case_id="case")
KNOWN = Known(customer=CONTACT, case=case(), cases=[case(), *(case(f"old {n}", -n) for n in range(1, 6))])
ENHANCED: dict[str, Any] = {"enhanced_active_conversation_form": True}


def names(part: Any) -> list[str]:
    return [field.name for field in part.fields]


def tabs(shown: Page) -> list[str]:
    return [tab.name for tab in shown.section("conversation_summary").tabs]


def test_the_sections_stand_in_the_order_of_the_specification() -> None:
    assert [section.name for section in page().sections] == ORDER
    assert [section.label for section in page().sections] == [
        "Customer",
        "Conversation summary",
        "Case",
        "Recent cases",
        "Timeline",
    ]


def test_conversation_details_are_the_five_of_the_specification() -> None:
    details = page(conversation(skills=(Skill("Dutch", 90), Skill("Ovens")))).section("conversation_summary")
    assert [(field.label, field.text) for field in details.fields] == [
        ("Engagement channel", "Live chat"),
        ("Waiting time", "1 minute"),
        ("Skills", "Dutch (90 %), Ovens"),
        ("Queue", "Ovens"),
        ("Start time", "March 2, 2026 9:02:00 AM"),
    ]
    assert details.field("start_time").ago == "58 minutes ago"
    assert details.field("queue").ago is None


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (
            {"status": ConversationStatus.OPEN, "agent": None, "accepted_on": None, "in_session": False},
            NoPageReason.NOT_ACCEPTED,
        ),
        ({"accepted_on": None, "in_session": False}, NoPageReason.NOT_ACCEPTED),
        ({"status": ConversationStatus.WAITING, "in_session": False}, NoPageReason.WAITING),
        ({"channel": Channel.RECORD, "in_session": False}, NoPageReason.SESSION_CLOSED),
        ({"status": ConversationStatus.CLOSED, "closed_on": at(9), "in_session": False}, NoPageReason.CLOSED),
    ],
)
def test_without_a_session_there_is_no_page_and_a_reason(state: dict[str, Any], reason: NoPageReason) -> None:
    answer = summarize(conversation(**state), reader=READER)
    assert isinstance(answer, NoPage)
    assert answer.reason is reason
    assert answer.text
    assert answer.desk is None
    assert (answer.closed is not None) == (reason is NoPageReason.CLOSED)


def test_a_closed_conversation_shows_its_attributes_read_only() -> None:
    closed = conversation(status=ConversationStatus.CLOSED, closed_on=at(9), in_session=False, customer=CONTACT.ref)
    answer = summarize(
        closed, Known(customer=CONTACT), reader=READER, configuration=PageConfiguration(skill_update_enabled=True)
    )
    assert isinstance(answer, NoPage)
    assert answer.closed is not None
    assert (answer.closed.title, answer.closed.heading) == ("Marta", "Closed conversation")
    assert not any(field.editable for field in answer.closed.fields)
    assert names(answer.closed) == [
        "status",
        "engagement_channel",
        "waiting_time",
        "skills",
        "queue",
        "start_time",
        "closed_on",
    ]


@given(conversations())
def test_there_is_a_page_exactly_while_a_session_is_open(state: Conversation) -> None:
    assert isinstance(summarize(state, reader=READER), Page) == state.in_session


@pytest.mark.parametrize(
    ("known", "fields", "title"),
    [
        (KNOWN, {"customer": CONTACT.ref, "case_id": "case", "visitor_number": 7}, "Marta"),
        (Known(customer=ACCOUNT), {"customer": ACCOUNT.ref}, "Bakery"),
        (Known(case=case()), {"case_id": "case", "visitor_number": 7}, "title case"),
        (Known(), {"visitor_number": 7}, "Visitor 7"),
        (Known(), {}, "Visitor"),
    ],
)
def test_the_title_names_the_customer_the_case_or_the_visitor(known: Known, fields: dict[str, Any], title: str) -> None:
    assert page(conversation(**fields), known).title == title


def test_the_older_page_shows_the_customer_profile() -> None:
    shown = page(LINKED, KNOWN, generation=Generation.CUSTOMER_SUMMARY, **ENHANCED)
    older = ["name", "job", "job_title", "relationship_type", "city", "category", "preferred_contact"]
    assert names(shown.section("customer")) == older
    assert (shown.heading, shown.enhanced) == ("Customer summary", False)
    assert not any(field.editable for section in shown.sections for field in section.fields)


def test_the_newer_page_shows_a_card_for_a_contact_and_one_for_an_account() -> None:
    assert names(page(LINKED, KNOWN).section("customer"))[:3] == ["name", "location", "email"]
    shown = page(conversation(customer=ACCOUNT.ref), Known(customer=ACCOUNT)).section("customer")
    assert [(one.name, one.text) for one in shown.fields] == [("name", "Bakery"), ("location", "Utrecht"), ("phone", "030"), ("primary_contact", "Marta")]  # fmt: skip
    assert shown.field("name").label == "Account name"


def editable(shown: Page) -> dict[str, set[str]]:
    return {section.name: {field.name for field in section.fields if field.editable} for section in shown.sections}


def test_nothing_can_be_edited_on_the_default_page() -> None:
    assert not any(editable(page(LINKED, KNOWN)).values())


def test_flag_enhanced_makes_cards_that_can_be_edited_and_coloured_cases() -> None:
    shown = page(
        LINKED,
        Known(customer=CONTACT, case=case(priority=Priority.HIGH), cases=[case(priority=Priority.HIGH)]),
        **ENHANCED,
    )
    assert editable(shown)["customer"] == set(names(shown.section("customer")))
    assert editable(shown)["case"] == {"title", "priority", "status", "product", "owner"}
    assert shown.heading == "Enhanced active conversation"
    row = {field.name: field.tone for field in shown.section("recent_cases").rows[0].fields}
    assert row == {"title": Tone.NEUTRAL, "priority": Tone.URGENT, "status": Tone.NEUTRAL}
    plain = page(LINKED, Known(cases=[case(priority=Priority.HIGH)])).section("recent_cases").rows[0]
    assert {field.tone for field in plain.fields} == {Tone.NEUTRAL}


@pytest.mark.parametrize("name", ["customer", "case", "recent_cases"])
def test_flag_disable_card_falls_back_to_the_default_card(name: str) -> None:
    known = Known(customer=CONTACT, case=case(priority=Priority.HIGH), cases=[case(priority=Priority.HIGH)])
    disabled: dict[str, Any] = {f"disable_{name}_card": True}
    shown = page(LINKED, known, **ENHANCED, **disabled)
    cards = {
        section.name: section.card.value
        for section in shown.sections
        if section.name in {"customer", "case", "recent_cases"}
    }
    assert cards == {"customer": "enhanced", "case": "enhanced", "recent_cases": "enhanced"} | {name: "default"}
    assert not editable(shown)[name]
    tones = {field.tone for row in shown.section("recent_cases").rows for field in row.fields}
    assert (tones == {Tone.NEUTRAL}) == (name == "recent_cases")


def test_flag_customize_adds_the_commands_and_repeats_queue_and_start_time() -> None:
    plain, customized = page(), page(customize_active_conversation_form=True)
    assert (plain.commands, plain.fields) == ((), ())
    assert [one.label for one in customized.commands] == ["Save", "Refresh", "Related"]
    assert names(customized) == ["queue", "start_time"]
    assert {"queue", "start_time"} <= set(names(plain.section("conversation_summary")))


def test_the_two_main_switches_are_independent() -> None:
    assert page(LINKED, KNOWN, customize_active_conversation_form=True).section("case").card.value == "default"
    assert page(LINKED, KNOWN, **ENHANCED).commands == ()


def test_an_emergency_call_has_neither_save_nor_refresh() -> None:
    call = conversation(channel=Channel.VOICE, outbound_emergency=True)
    assert [one.name for one in page(call, customize_active_conversation_form=True).commands] == ["related"]


@pytest.mark.parametrize(
    ("settings", "shown", "reason"),
    [
        ({}, True, "form_mismatch"),
        (ENHANCED, False, "not_available"),
        ({**ENHANCED, "show_form_selector": True}, True, "form_mismatch"),
        ({"generation": Generation.CUSTOMER_SUMMARY, **ENHANCED}, True, "form_mismatch"),
    ],
)
def test_the_form_selector_never_opens_the_other_form(settings: dict[str, Any], shown: bool, reason: str) -> None:  # noqa: FBT001
    assert page(**settings).form_selector is shown
    configuration = PageConfiguration(**settings)
    assert switch_form(configuration, Form.ACTIVE, Form.CLOSED) == Refused(reason, "active")
    assert switch_form(configuration, Form.CLOSED, Form.ACTIVE) == Refused(reason, "closed")
    assert switch_form(configuration, Form.ACTIVE, Form.ACTIVE) == Unchanged("already shown")


def test_flag_skill_update_lets_skills_be_edited_on_messaging_channels() -> None:
    def skills(**fields: Any) -> bool:
        state = conversation(channel=fields.pop("channel", Channel.LIVE_CHAT))
        return page(state, **fields).section("conversation_summary").field("skills").editable

    assert not skills()
    assert skills(skill_update_enabled=True)
    assert not skills(skill_update_enabled=True, channel=Channel.RECORD)


def test_flag_self_service_shows_the_tab_for_a_chat_or_where_there_is_something_to_show() -> None:
    action = SelfServiceAction(id="a", at=at(-5), kind=SelfServiceKind.PAGE_VISITED, title="t")
    later = attrs.evolve(action, at=at(30))
    call = conversation(channel=Channel.VOICE)
    assert "self_service" not in tabs(page(known=Known(self_service=[action])))
    assert "self_service" in tabs(page(self_service_enabled=True))
    assert "self_service" not in tabs(page(call, self_service_enabled=True))
    assert "self_service" in tabs(page(call, Known(self_service=[action]), self_service_enabled=True))
    assert "self_service" not in tabs(page(call, Known(self_service=[later]), self_service_enabled=True))


def test_the_self_service_tab_is_newest_first_and_ends_with_the_first_acceptance() -> None:
    actions = [
        SelfServiceAction(
            id=str(minute), at=at(minute), kind=SelfServiceKind.PAGE_VISITED, title="t", sequence=20 - minute
        )
        for minute in (-3, -1, 2, 3, -2)
    ]
    tab = (
        page(known=Known(self_service=actions), self_service_enabled=True)
        .section("conversation_summary")
        .tab("self_service")
    )
    assert [row.id for row in tab.rows] == ["2", "-1", "-2", "-3"]
    assert [row.clock_ran_backwards for row in tab.rows] == [False, True, True, True], "hidden actions do not count"


def test_additional_details_show_only_if_configured_for_a_chat_with_other_displayable_variables() -> None:
    answers = (SurveyAnswer(Question(name="asked", text="?"), "x"),)
    shown, hidden = ContextVariable("shown", 1, displayable=True), ContextVariable("hidden", 2)
    asked = ContextVariable("asked", 3, displayable=True)

    def details(*variables: ContextVariable, **fields: Any) -> list[tuple[str, str]]:
        configured = fields.pop("configured", True)
        found = page(conversation(context=variables, survey=answers, **fields), additional_details=configured)
        if "additional_details" not in tabs(found):
            return []
        tab = found.section("conversation_summary").tab("additional_details")
        return [(field.label, field.text) for field in tab.fields]

    assert details(shown, hidden, asked) == [("shown", "1")]
    assert details(hidden, asked) == []
    assert details(shown, configured=False) == []
    assert details(shown, channel=Channel.VOICE) == []
    assert details(ContextVariable("b", True, displayable=True), shown) == [("b", "Yes"), ("shown", "1")]


def test_survey_and_visitor_tabs_always_show_and_missing_details_are_empty() -> None:
    sms = page(conversation(channel=Channel.SMS))
    assert tabs(sms) == ["pre_chat_survey", "visitor_details"]
    visitor = sms.section("conversation_summary").tab("visitor_details")
    assert [(field.label, field.text) for field in visitor.fields] == [("Authenticated", "No"), ("Browser", ""), ("Operating system", ""), ("Location", ""), ("Language", "")]  # fmt: skip
    assert sms.section("conversation_summary").tab("pre_chat_survey").empty_text == "No questions were asked"
    known = VisitorDetails(authenticated=True, device="Phone")
    visitor = page(conversation(visitor=known)).section("conversation_summary").tab("visitor_details")
    assert (visitor.field("authenticated").text, visitor.field("device").text) == ("Yes", "Phone")


def test_the_survey_shows_question_and_answer_in_their_order() -> None:
    survey = (
        SurveyAnswer(Question(name="b", text="Second name?"), ""),
        SurveyAnswer(Question(name="a", text="Consent?", type=AnswerType.CONSENT), answer=True),
    )
    tab = page(conversation(survey=survey)).section("conversation_summary").tab("pre_chat_survey")
    assert [(field.label, field.text) for field in tab.fields] == [("Second name?", ""), ("Consent?", "Yes")]
    assert not any(field.editable for field in tab.fields)


def test_recent_cases_are_the_newest_four_of_the_linked_customer_in_all_states() -> None:
    cases = [
        case("case", 5),
        case("new", 9, status=CaseStatus.CANCELLED),
        case("mid", 7),
        case("same", 7),
        case("old", 1),
        case("other", 10, customer=RecordRef(RecordKind.CONTACT, "other")),
        case("nobody", 11, customer=None),
    ]
    recent = page(LINKED, Known(cases=cases)).section("recent_cases")
    assert [row.id for row in recent.rows] == ["new", "same", "mid", "case"]
    more = page(LINKED, Known(cases=cases), View(cases_after=recent.next)).section("recent_cases")
    assert ([row.id for row in more.rows], more.next) == (["old"], None)
    assert page(LINKED, Known(cases=cases), recent_case_rows=1).section("recent_cases").rows[0].id == "new"
    assert page(known=Known(cases=cases)).section("recent_cases").empty_text == "No recent cases"


@pytest.mark.parametrize("setting", ["customer_fields", "case_fields", "recent_case_fields"])
def test_the_fields_of_an_enhanced_card_are_those_configured(setting: str) -> None:
    chosen = ("name", "phone", "email") if setting == "customer_fields" else ("number", "title")
    configured: dict[str, Any] = {setting: chosen}
    shown = page(LINKED, KNOWN, **ENHANCED, **configured)
    found = {
        "customer_fields": names(shown.section("customer")),
        "case_fields": names(shown.section("case")),
        "recent_case_fields": list(shown.section("recent_cases").rows[0].names),
    }[setting]
    assert found == [name for name in chosen if name != "phone"]
    assert page(LINKED, KNOWN, **configured).sections == page(LINKED, KNOWN).sections
    assert "number" not in editable(shown)["case"]


def test_the_customer_card_can_be_made_read_only() -> None:
    assert not editable(page(LINKED, KNOWN, **ENHANCED, customer_card_editable=False))["customer"]


def test_nothing_linked_offers_to_search_and_to_add() -> None:
    shown = page()
    assert [one.label for one in shown.section("customer").commands] == ["Search records", "Add contact", "Add account"]
    assert [one.label for one in shown.section("case").commands] == ["Search records", "Add case"]
    assert shown.section("timeline").commands == ()
    assert shown.section("customer").empty_text == "No customer is linked"
    assert [one.name for one in page(LINKED, KNOWN).section("timeline").commands] == ["add_note"]


def test_a_link_whose_record_the_host_does_not_have_says_so() -> None:
    shown = page(LINKED)
    assert {shown.section(name).empty_text for name in ("customer", "case")} == {"The linked record is not available"}
    assert [one.name for one in shown.section("customer").commands] == ["unlink"]


@pytest.mark.parametrize(
    ("known", "name"),
    [
        (Known(customer=ACCOUNT), "customer"),
        (Known(customer=attrs.evolve(CONTACT, id="o")), "customer"),
        (Known(case=case("other")), "case"),
    ],
)
def test_a_record_that_is_not_the_linked_one_is_refused(known: Known, name: str) -> None:
    with pytest.raises(InvalidValue, match=f"^{name}: must be the one that the conversation is linked to$"):
        page(LINKED, known)


near = st.integers(0, 5).map(at)
records = st.sampled_from(
    [
        CONTACT.ref,
        RecordRef(RecordKind.CASE, "case"),
        RecordRef(RecordKind.CONVERSATION, "c"),
        RecordRef(RecordKind.CASE, "o"),
    ]
)
timelines = st.lists(values(Activity, at=near, regarding=records) | values(QuickNote, at=near, regarding=records.filter(lambda ref: ref.kind is not RecordKind.CONVERSATION), body=st.just("b")), max_size=15, unique_by=lambda one: one.id)  # fmt: skip


@given(
    entries=timelines,
    shown=st.sampled_from(TimelineFilter),
    selected=st.sampled_from([None, *LINKED.linked, RecordRef(RecordKind.CASE, "o")]),
    linked=st.booleans(),
)
def test_the_timeline_equals_brute_force_under_every_filter_and_selector(
    *, entries: list[Any], shown: TimelineFilter, selected: RecordRef | None, linked: bool
) -> None:
    state = LINKED if linked else conversation()
    groups = {
        "customer": {"contact", "account"},
        "case": {"case"},
        "conversation": {"conversation"},
        "all": {"contact", "account", "case", "conversation"},
    }

    def passes(entry: Any) -> bool:
        own = entry.regarding == state.ref
        chosen = entry.regarding in state.linked and (selected not in state.linked or entry.regarding == selected)
        return (own or chosen) and entry.regarding.kind.value in groups[shown.value]

    expected = sorted(filter(passes, entries), key=lambda one: (one.at, one.sequence, one.id), reverse=True)
    part = page(state, Known(timeline=entries), View(shown=shown, selected=selected), timeline_rows=100).section(
        "timeline"
    )
    assert [row.id for row in part.rows] == [one.id for one in expected]
    found, cursor = [], None
    for _ in range(20):
        part = page(
            state, Known(timeline=History(entries)), View(shown=shown, selected=selected, after=cursor), timeline_rows=2
        ).section("timeline")
        found += [row.id for row in part.rows]
        cursor = part.next
        if cursor is None:
            break
    assert found == [one.id for one in expected]


def test_the_timeline_has_the_activity_filter_and_the_linked_records() -> None:
    filters, linked = (
        page(LINKED, KNOWN, View(shown=TimelineFilter.CASE, selected=CONTACT.ref)).section("timeline").selectors
    )
    assert [(one.label, one.selected) for one in filters.choices] == [("All activities", False), ("Customer activities", False), ("Case activities", True), ("Conversation activities", False)]  # fmt: skip
    assert [(one.label, one.selected) for one in linked.choices] == [
        ("All linked records", False),
        ("Contacts", True),
        ("Cases", False),
    ]
    assert (filters.label, linked.label) == ("Filter", "Linked records")
    assert page().section("timeline").selectors[1].choices == ()
    account = page(conversation(customer=ACCOUNT.ref)).section("timeline").selectors[1]
    assert [one.label for one in account.choices] == ["All linked records", "Accounts"]


def test_rows_show_only_what_they_have() -> None:
    activity = Activity(id="a", at=at(1), regarding=CONTACT.ref, type=ActivityType.PHONE_CALL, title="Called")
    row = page(LINKED, Known(timeline=[activity])).section("timeline").rows[0]
    assert [(field.label, field.text) for field in row.fields] == [("Time", "March 2, 2026 9:01:00 AM"), ("Type", "Phone call"), ("Title", "Called"), ("Status", "Closed")]  # fmt: skip


def test_the_panel_shows_the_newest_messages_in_the_order_they_were_sent() -> None:
    messages = [Message(id=str(n), at=at(n), sequence=n, author=Author.CUSTOMER, text=f"m{n}") for n in range(5)]
    panel = page(known=Known(messages=messages), message_rows=3).communication
    assert [row.id for row in panel.rows] == ["2", "3", "4"]
    older = page(known=Known(messages=messages), view=View(messages_after=panel.next), message_rows=3).communication
    assert ([row.id for row in older.rows], older.next) == (["0", "1"], None)
    assert page().communication.empty_text == "No messages"


def test_app_settings_override_those_of_the_environment() -> None:
    made = PageConfiguration.of({"self_service_enabled": True, "recent_case_rows": 9}, {"self_service_enabled": False})
    assert (made.self_service_enabled, made.recent_case_rows) == (False, 9)
    assert PageConfiguration.of({"generation": "customer_summary"}).generation is Generation.CUSTOMER_SUMMARY
    assert PageConfiguration.of() == PageConfiguration()


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({"nonsense": True}, "name: no such setting"),
        ({"generation": "newest"}, "generation: expected one of"),
        ({"generation": 3}, "generation: expected Generation, got a number"),
        ({"self_service_enabled": "yes"}, "self_service_enabled: expected true or false, got text"),
        ({"self_service_enabled": 1}, "self_service_enabled: expected true or false, got a number"),
        ({"recent_case_rows": 0}, "recent_case_rows: must lie between 1 and 1000"),
        ({"recent_case_rows": True}, "recent_case_rows: expected a whole number, got true or false"),
        ({"case_fields": ["title", "title"]}, "case_fields: no two may be the same"),
        ({"case_fields": "title"}, "case_fields: expected a list, got text"),
        ({"case_fields": ["nonsense"]}, "case_fields: no such field"),
        ({"case_fields": [["title"]]}, r"case_fields\[0\]: expected text, got a list"),
    ],
)
def test_a_setting_that_breaks_a_rule_is_refused_by_its_name(settings: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidValue, match=rule):
        PageConfiguration.of(settings)


def test_a_name_that_the_page_does_not_have_is_an_error_that_lists_what_it_has() -> None:
    with pytest.raises(UnknownKey, match="no such section; known: customer, conversation_summary"):
        page().section("nonsense")
    with pytest.raises(UnknownKey, match="no such field"):
        page().section("case").field("nonsense")
    with pytest.raises(UnknownKey, match="no such tab"):
        page().section("case").tab("nonsense")


def test_repr_of_a_page_shows_nothing_of_the_customer() -> None:
    shown = repr(page(LINKED, KNOWN, **ENHANCED))
    assert "Marta" not in shown
    assert "bakery" not in shown
    assert "Utrecht" not in shown


@given(conversations())
def test_the_same_facts_give_the_same_page(state: Conversation) -> None:
    assert summarize(state, reader=READER) == summarize(state, reader=READER)


def test_a_card_of_fields_that_only_the_other_kind_has_falls_back_to_its_own() -> None:
    shown = page(
        conversation(customer=ACCOUNT.ref),
        Known(customer=ACCOUNT),
        **ENHANCED,
        customer_fields=("job_title", "company"),
    )
    assert names(shown.section("customer")) == ["name", "location", "phone", "primary_contact"]


def test_the_older_page_has_no_commands() -> None:
    shown = page(generation=Generation.CUSTOMER_SUMMARY, customize_active_conversation_form=True)
    assert (shown.commands, shown.fields) == ((), ())


def test_an_enhanced_card_has_at_most_ten_fields() -> None:
    most = ("name", "number", "city", "category", "location", "email", "phone", "company", "job", "job_title")
    assert len(PageConfiguration(customer_fields=most).customer_fields) == 10
    with pytest.raises(InvalidValue, match="customer_fields: at most 10, got 11"):
        PageConfiguration(customer_fields=(*most, "mobile_phone"))


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"customer": "x"}, "customer: expected a customer, got text"),
        ({"case": CONTACT}, "case: expected a case, got something else"),
        ({"timeline": [1]}, "timeline: holds something else"),
        ({"messages": [case()]}, "messages: holds something else"),
        ({"cases": [CONTACT]}, "cases: holds something else"),
    ],
)
def test_what_a_host_hands_over_must_be_what_it_says(known: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidValue, match=rule):
        Known(**known)


@pytest.mark.parametrize("view", [{"shown": "case"}, {"selected": "contact"}, {"after": 3}])
def test_a_view_must_be_one(view: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        View(**view)


def test_what_a_host_hands_over_can_be_read_more_than_once() -> None:
    known = Known(cases=(one for one in [case()]), customer=CONTACT)
    assert [len(page(LINKED, known).section("recent_cases").rows) for _ in range(2)] == [1, 1]


def test_a_form_must_be_one() -> None:
    with pytest.raises(InvalidValue, match=r"form: expected Form\.ACTIVE or Form\.CLOSED"):
        switch_form(PageConfiguration(), "active", Form.CLOSED)  # type: ignore[arg-type]


LINKED_CASE = RecordRef(RecordKind.CASE, "case")


@pytest.mark.parametrize(
    ("view", "records"),
    [
        ({}, {CONTACT.ref, LINKED_CASE, LINKED.ref}),
        ({"selected": CONTACT.ref}, {CONTACT.ref, LINKED.ref}),
        ({"selected": LINKED_CASE}, {LINKED_CASE, LINKED.ref}),
        ({"selected": RecordRef(RecordKind.CASE, "o")}, {CONTACT.ref, LINKED_CASE, LINKED.ref}),
        ({"shown": TimelineFilter.CUSTOMER}, {CONTACT.ref}),
        ({"shown": TimelineFilter.CASE}, {LINKED_CASE}),
        ({"shown": TimelineFilter.CONVERSATION}, {LINKED.ref}),
        ({"shown": TimelineFilter.CUSTOMER, "selected": LINKED_CASE}, set()),
    ],
)
def test_the_selector_leaves_out_the_other_record_and_the_filter_the_other_groups(
    view: dict[str, Any], records: set[RecordRef]
) -> None:
    assert timeline_records(LINKED, **view) == records


def test_a_page_is_of_the_active_form() -> None:
    assert page().form is Form.ACTIVE


def test_a_desk_that_the_host_hands_over_stands_beside_the_same_page() -> None:
    desk = AgentDesk().start("noor", START)
    assert page().desk is None
    beside = page(known=Known(desk=desk)).desk
    assert beside is not None
    assert (beside.agent, beside.reader) == ("noor", READER)
    assert page(known=Known(desk=desk)).sections == page().sections
    assert "Marta" not in repr(page(LINKED, attrs.evolve(KNOWN, desk=desk)))
