"""Skills and context variables as administrators decided: catalogue, definitions, and what is refused (spec 4.3, 11)."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Admission,
    Applied,
    Channel,
    ContextDefinition,
    ContextDefinitionsMade,
    ContextRemoved,
    ContextSet,
    ContextType,
    ContextVariable,
    Conversation,
    ConversationAccepted,
    ConversationLifeCycle,
    ConversationStarted,
    InvalidValue,
    Known,
    MessageSent,
    Page,
    PageConfiguration,
    Question,
    Reader,
    Refused,
    SettingLevel,
    SettingMade,
    Skill,
    SkillAdded,
    SkillCatalogueMade,
    SkillRemoved,
    SurveyAnswer,
    find,
    read_context,
    read_log,
    suggest_skills,
    summarize,
    tell,
    typed_value,
    write_fact,
)
from customer_summary.testing.strategies import conversations, values

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MACHINE = ConversationLifeCycle()
CATALOGUE = ("Ovens", "Old ovens", "Dutch", "Field service")
OPEN = Admission(skills=frozenset(CATALOGUE), skill_updates=True)


def at_work(channel: Channel = Channel.LIVE_CHAT, **fields: Any) -> Conversation:
    state = MACHINE.start(ConversationStarted(at=NINE, conversation="c", channel=channel, **fields))
    return MACHINE.step(state, ConversationAccepted(at=NINE, conversation="c", agent="noor"))[0]


def added(name: str, agent: str | None = None, percentage: int | None = None) -> SkillAdded:
    return SkillAdded(at=NINE, conversation="c", skill=Skill(name, percentage), agent=agent)


def removed(name: str, agent: str | None = None) -> SkillRemoved:
    return SkillRemoved(at=NINE, conversation="c", name=name, agent=agent)


def set_to(name: str, value: Any, *, displayable: bool = False) -> ContextSet:
    return ContextSet(at=NINE, conversation="c", variable=ContextVariable(name, value, displayable))


SKILLS: list[tuple[str, Admission, Conversation, SkillAdded | SkillRemoved, str | None]] = [
    ("one of the catalogue", OPEN, at_work(), added("Ovens"), None),
    ("one that is not", OPEN, at_work(), added("ovens"), "unknown_skill"),
    ("any, where there is no catalogue", attrs.evolve(OPEN, skills=None), at_work(), added("x"), None),
    ("none, in an empty catalogue", attrs.evolve(OPEN, skills=frozenset()), at_work(), added("Ovens"), "unknown_skill"),
    ("switched off", attrs.evolve(OPEN, skill_updates=False), at_work(), added("Ovens"), "skills_not_editable"),
    ("removing, switched off", attrs.evolve(OPEN, skill_updates=False), at_work(), removed("Ovens"), "skills_not_editable"),
    ("removing one that left the catalogue", OPEN, at_work(), removed("Gone"), None),
    ("on a record", OPEN, at_work(Channel.RECORD), added("Ovens"), "not_on_this_channel"),
    ("on a call", OPEN, at_work(Channel.VOICE), removed("Ovens"), "not_on_this_channel"),
]  # fmt: skip


@pytest.mark.parametrize(("admission", "state", "event", "reason"), [row[1:] for row in SKILLS], ids=[row[0] for row in SKILLS])  # fmt: skip
def test_skills_are_edited_where_the_administrator_allows_it(
    admission: Admission, state: Conversation, event: SkillAdded | SkillRemoved, reason: str | None
) -> None:
    assert admission.admit(state, event) == (event if reason is None else Refused(reason, "active"))
    may_edit = reason not in {"skills_not_editable", "not_on_this_channel"}
    configuration = PageConfiguration(skill_update_enabled=admission.skill_updates)
    page = summarize(state, Known(), reader=Reader(now=NINE), configuration=configuration)
    assert isinstance(page, Page)
    assert page.section("conversation_summary").field("skills").editable is may_edit


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (added("Ovens", "noor"), Applied()),
        (added("Ovens"), Applied()),
        (added("Ovens", "olha"), Refused("assigned_to_another_agent", "active")),
        (added("Ovens", "noor", 90), Refused("percentage_of_a_person", "active")),
        (removed("Dutch", "olha"), Refused("assigned_to_another_agent", "active")),
        (removed("Dutch", "noor"), Applied()),
    ],
)
def test_only_the_agent_who_has_the_conversation_edits_and_gives_no_percentage(event: Any, expected: Any) -> None:
    before = at_work(skills=(Skill("Dutch", 97),))
    after, outcome, _ = MACHINE.step(before, event)
    assert outcome == expected
    assert after.queue == before.queue
    assert after.agent == "noor"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("Dutch", "Field service", "Old ovens", "Ovens")),
        ("o", ("Old ovens", "Ovens")),
        ("OV", ("Ovens", "Old ovens")),
        (" serv ", ("Field service",)),
        ("vens", ()),
        ("%", ()),
    ],
)
def test_letters_suggest_the_skills_that_begin_with_them(text: str, expected: tuple[str, ...]) -> None:
    assert suggest_skills(CATALOGUE, text) == expected
    assert suggest_skills(reversed(CATALOGUE * 2), text) == expected
    assert suggest_skills(CATALOGUE, text, most=1) == expected[:1]


def test_what_is_attached_is_not_suggested() -> None:
    assert suggest_skills(CATALOGUE, "o", at_work(skills=(Skill("Ovens"),))) == ("Old ovens",)


DEFINITIONS = (
    ContextDefinition("Count", ContextType.NUMBER),
    ContextDefinition("Vip", ContextType.BOOLEAN),
    ContextDefinition("Note", ContextType.TEXT),
)
TYPED: list[tuple[str, Any, Any]] = [
    ("Count", 3, 3), ("Count", 3.5, 3.5), ("Count", "3", 3), ("Count", " -0.5e1 ", -5.0), ("Count", "three", ...), ("Count", "", ...),
    ("Count", "03", ...), ("Count", "1e999", ...), ("Count", "NaN", ...), ("Count", "0x1", ...), ("Count", True, ...), ("Count", "9" * 3999, int("9" * 3999)), ("Count", "\u0663", ...),
    ("Vip", True, True), ("Vip", "FALSE", False), ("Vip", "yes", ...), ("Vip", 1, ...),
    ("Note", True, True), ("Note", 7, 7), ("Note", "x", "x"), ("vip", "yes", "yes"), ("nobody's", 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "kept"), TYPED)
def test_a_variable_takes_the_type_of_its_definition_or_is_refused(name: str, value: Any, kept: Any) -> None:
    admission = Admission(definitions=DEFINITIONS)
    admitted = admission.admit(at_work(), set_to(name, value))
    if kept is ...:
        assert admitted == Refused("wrong_type", "active")
        with pytest.raises(ValueError, match="expected"):
            read_context({name: value}, DEFINITIONS)
    else:
        assert admitted == set_to(name, kept)
        assert read_context({name: value}, DEFINITIONS).variables == (ContextVariable(name, kept),)


@given(st.sampled_from(ContextType), values(ContextVariable))
def test_a_typed_value_is_of_its_type_and_stays_as_it_is(kind: ContextType, variable: ContextVariable) -> None:
    try:
        value = typed_value(variable.value, kind)
    except InvalidValue:
        return
    assert typed_value(value, kind) == value
    expected = {ContextType.NUMBER: (int, float), ContextType.BOOLEAN: (bool,)}.get(kind, (str, int, float, bool))
    assert isinstance(value, expected)


def test_a_hundred_variables_are_taken_and_the_101st_is_refused_answers_not_counted() -> None:
    state = at_work(survey=(SurveyAnswer(Question(name="asked", text="?"), "x"),))
    for number in range(100):
        state, outcome, _ = MACHINE.step(state, set_to(f"v{number}", number))
        assert outcome == Applied()
    assert MACHINE.step(state, set_to("one more", 1))[1] == Refused("too_many_variables", "active")
    state, outcome, _ = MACHINE.step(state, set_to("asked", "y"))
    assert outcome == Applied()
    assert MACHINE.step(state, set_to("v0", "changed"))[1] == Applied()


def test_variables_change_during_the_conversation_and_the_tab_follows() -> None:
    state, seen = at_work(), []
    for event in (set_to("Vip", True, displayable=True), set_to("vip", "no"), set_to("Vip", "gold", displayable=True), ContextRemoved(at=NINE, conversation="c", name="Vip")):  # fmt: skip
        state, outcome, _ = MACHINE.step(state, event)
        assert outcome == Applied()
        configuration = PageConfiguration(additional_details=True)
        page = summarize(state, Known(), reader=Reader(now=NINE), configuration=configuration)
        assert isinstance(page, Page)
        tabs = {tab.name: tab for tab in page.section("conversation_summary").tabs}
        seen.append([one.value for one in tabs["additional_details"].fields] if "additional_details" in tabs else None)
    assert seen == [[True], [True], ["gold"], None]


@given(conversations(), values(MessageSent))
def test_what_is_no_skill_and_no_variable_is_admitted_as_it_came(state: Conversation, event: MessageSent) -> None:
    assert Admission().admit(state, event) is event


def log(*facts: Any) -> BytesIO:
    return BytesIO("\n".join(map(write_fact, facts)).encode())


def setting(*, value: bool, level: SettingLevel = SettingLevel.APP) -> SettingMade:
    return SettingMade(at=NINE, level=level, name="skill_update_enabled", value=value)


def test_a_replay_admits_what_was_decided_at_each_event() -> None:
    facts = (
        ConversationStarted(at=NINE, conversation="c", channel=Channel.LIVE_CHAT),
        ConversationAccepted(at=NINE, conversation="c", agent="noor"),
        added("Ovens"),
        setting(value=True, level=SettingLevel.ENVIRONMENT),
        added("Ovens"),
        SkillCatalogueMade(at=NINE, skills=("Dutch",)),
        added("Field service"),
        added("Dutch"),
        setting(value=False),
        removed("Dutch"),
        set_to("Count", "many"),
        ContextDefinitionsMade(at=NINE, definitions=DEFINITIONS),
        set_to("Count", "none"),
        set_to("Count", "4"),
    )
    answers = [one.outcome for one in tell(read_log(log(*facts))) if one.outcome is not None][2:]
    assert [one.reason if isinstance(one, Refused) else "applied" for one in answers] == [
        "skills_not_editable", "applied", "unknown_skill", "applied", "skills_not_editable", "applied", "wrong_type", "applied",
    ]  # fmt: skip
    state = find(read_log(log(*facts))).conversation
    assert state is not None
    assert [skill.name for skill in state.skills] == ["Ovens", "Dutch"]
    assert state.context == (ContextVariable("Count", 4),)


def test_a_catalogue_names_a_skill_once() -> None:
    with pytest.raises(InvalidValue, match="skills: no two may be the same"):
        SkillCatalogueMade(at=NINE, skills=("a", " a"))
