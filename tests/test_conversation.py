"""The life cycle of a conversation: every status with every event, and the laws of a machine."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customer_summary import (
    Applied,
    Author,
    Channel,
    ContextRemoved,
    ContextSet,
    ContextVariable,
    Conversation,
    ConversationAccepted,
    ConversationAssigned,
    ConversationClosed,
    ConversationEnded,
    ConversationLifeCycle,
    ConversationReleased,
    ConversationStarted,
    ConversationStatus,
    InvalidValue,
    Message,
    MessageSent,
    Party,
    Question,
    RecordKind,
    RecordLinked,
    RecordRef,
    RecordUnlinked,
    Refused,
    SelfServiceAction,
    SelfServiceKind,
    SelfServiceRecorded,
    SessionClosed,
    Skill,
    SkillAdded,
    SkillRemoved,
    SurveyAnswer,
    Tick,
    Unchanged,
)
from customer_summary.rules import conversation_table as rules
from customer_summary.rules.machine import Effects
from customer_summary.testing.conversation_paths import DESK_KINDS, TOLD_KINDS, conversation_events

MACHINE = ConversationLifeCycle()
OF_KIND = {kind: conversation_events((kind,)).filter(lambda one: not isinstance(one, Tick)) for kind in (*TOLD_KINDS, *DESK_KINDS)}  # fmt: skip
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE = RecordRef(RecordKind.CASE, "case")
CONTACT = RecordRef(RecordKind.CONTACT, "contact")


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def event(kind: type, seconds: int = 0, **fields: Any) -> Any:
    return kind(at=at(seconds), conversation="c", **fields)


def started(**fields: Any) -> Conversation:
    given: dict[str, Any] = {"channel": Channel.LIVE_CHAT, "queue": "first"}
    begun: Conversation = MACHINE.start(event(ConversationStarted, **given | fields))
    return begun


def run(state: Conversation, *events: Any) -> Conversation:
    for one in events:
        state, outcome, _ = MACHINE.step(state, one)
        assert outcome == Applied(), one
    return state


def assigned(seconds: int = 60, agent: str = "noor", queue: str = "") -> Any:
    return event(ConversationAssigned, seconds, agent=agent, queue=queue)


def accepted(seconds: int = 70, agent: str = "noor") -> Any:
    return event(ConversationAccepted, seconds, agent=agent)


def wrote(seconds: int, author: Author = Author.CUSTOMER) -> Any:
    return event(MessageSent, seconds, message=Message(id=str(seconds), at=at(seconds), author=author, text="hello"))


def at_work(**fields: Any) -> Conversation:
    return run(started(**fields), assigned(), accepted())


ACTION = SelfServiceAction(id="a", at=at(0), kind=SelfServiceKind.PAGE_VISITED, title="Ovens")
STATES: dict[str, Conversation] = {
    "open": started(),
    "active, not accepted": run(started(), assigned()),
    "active, in session": at_work(),
    "active, without session": run(at_work(channel=Channel.RECORD), event(SessionClosed, 80)),
    "waiting": run(at_work(channel=Channel.SMS), event(SessionClosed, 80)),
    "wrap-up": run(at_work(), event(ConversationEnded, 80)),
    "closed": run(started(), event(ConversationClosed, 80)),
}


ALL: tuple[type, ...] = (*TOLD_KINDS, *DESK_KINDS)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("name", STATES)
@settings(max_examples=10)
@given(data=st.data())
def test_every_status_decides_every_event(name: str, kind: type, data: st.DataObject) -> None:
    before = STATES[name]
    happened_ = attrs.evolve(data.draw(OF_KIND[kind]), at=before.at)
    own = MACHINE.apply(before, happened_, before.at, Effects("c"))
    after, outcome, _ = MACHINE.step(before, happened_)
    if kind not in rules.TABLE[before.status]:
        assert isinstance(outcome, Refused)
    if isinstance(outcome, Applied):
        assert isinstance(own, Conversation)
        assert own.status in rules.TABLE[before.status][kind]
    else:
        assert after is before


def test_every_status_has_a_row_and_every_event_a_rule() -> None:
    assert set(rules.TABLE) == set(ConversationStatus)
    assert {kind for row in rules.TABLE.values() for kind in row} == set(ALL)
    assert set(rules.LAPSES) == set(ConversationStatus)


TRANSITIONS: list[tuple[str, Any, ConversationStatus]] = [
    ("open", assigned(), ConversationStatus.ACTIVE),
    ("open", accepted(), ConversationStatus.ACTIVE),
    ("open", event(ConversationClosed, 90), ConversationStatus.CLOSED),
    ("open", event(ConversationEnded, 90, by=Party.CUSTOMER), ConversationStatus.CLOSED),
    ("active, not accepted", accepted(), ConversationStatus.ACTIVE),
    ("active, not accepted", event(ConversationReleased, 90), ConversationStatus.OPEN),
    ("active, not accepted", event(ConversationEnded, 90, by=Party.CUSTOMER), ConversationStatus.CLOSED),
    ("active, in session", assigned(90, "olha"), ConversationStatus.ACTIVE),
    ("active, in session", event(ConversationEnded, 90), ConversationStatus.WRAP_UP),
    ("active, in session", event(ConversationEnded, 90, by=Party.CUSTOMER), ConversationStatus.WRAP_UP),
    ("active, in session", event(ConversationReleased, 90, queue="second"), ConversationStatus.OPEN),
    ("active, in session", event(ConversationClosed, 90, by=Party.SUPERVISOR), ConversationStatus.CLOSED),
    ("active, without session", accepted(90), ConversationStatus.ACTIVE),
    ("waiting", accepted(90), ConversationStatus.ACTIVE),
    ("waiting", wrote(90), ConversationStatus.OPEN),
    ("waiting", event(ConversationClosed, 90), ConversationStatus.CLOSED),
    ("wrap-up", event(SessionClosed, 90), ConversationStatus.CLOSED),
    ("wrap-up", event(ConversationClosed, 90), ConversationStatus.CLOSED),
]


@pytest.mark.parametrize(("name", "happened", "status"), TRANSITIONS)
def test_the_transitions_of_the_specification(name: str, happened: Any, status: ConversationStatus) -> None:
    after, outcome, _ = MACHINE.step(STATES[name], happened)
    assert outcome == Applied()
    assert after.status is status


REFUSALS: list[tuple[str, Any, str]] = [
    ("open", event(SessionClosed, 90), "no_session"),
    ("open", event(ConversationEnded, 90), "no_session"),
    ("open", event(RecordUnlinked, 90, record=CASE), "not_in_this_status"),
    ("active, not accepted", accepted(90, "olha"), "assigned_to_another_agent"),
    ("active, not accepted", event(ConversationEnded, 90), "no_session"),
    ("active, not accepted", event(SessionClosed, 90), "no_session"),
    ("active, not accepted", event(RecordUnlinked, 90, record=CASE), "no_session"),
    ("active, not accepted", event(SkillAdded, 90, skill=Skill("x")), "no_session"),
    ("active, not accepted", event(SkillRemoved, 90, name="x"), "no_session"),
    ("active, in session", event(RecordLinked, 90, record=RecordRef(RecordKind.CONVERSATION, "o")), "not_a_customer_or_case"),
    ("open", event(ConversationClosed, 90, by=Party.CUSTOMER), "not_by_this_party"),
    ("active, in session", event(ConversationClosed, 90, by=Party.AGENT), "not_by_this_party"),
    ("waiting", accepted(90, "olha"), "assigned_to_another_agent"),
    ("waiting", event(ConversationEnded, 90), "not_in_this_status"),
    ("wrap-up", accepted(90), "not_in_this_status"),
    *(("closed", one, "closed") for one in (assigned(90), accepted(90), wrote(90), event(RecordLinked, 90, record=CASE))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "happened", "reason"), REFUSALS)
def test_what_is_not_in_the_table_is_refused_and_says_what_stands(name: str, happened: Any, reason: str) -> None:
    before = STATES[name]
    after, outcome, _ = MACHINE.step(before, happened)
    assert after is before
    assert outcome == Refused(reason, before.status.value)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"channel": Channel.LIVE_CHAT}, ConversationStatus.OPEN),
        ({"channel": Channel.VOICE}, ConversationStatus.OPEN),
        ({"channel": Channel.LIVE_CHAT, "persistent": True}, ConversationStatus.WAITING),
        ({"channel": Channel.SMS}, ConversationStatus.WAITING),
        ({"channel": Channel.EMAIL}, ConversationStatus.WAITING),
        ({"channel": Channel.RECORD}, ConversationStatus.ACTIVE),
    ],
)
def test_closing_the_session_with_x_depends_on_the_channel(fields: dict[str, Any], status: ConversationStatus) -> None:
    after = run(at_work(**fields), event(SessionClosed, 90))
    assert after.status is status
    assert not after.in_session
    assert after.agent == (None if status is ConversationStatus.OPEN else "noor")


def test_end_then_x_closes() -> None:
    after = run(at_work(), event(ConversationEnded, 80), event(SessionClosed, 90))
    assert after.status is ConversationStatus.CLOSED
    assert (after.wrap_up_on, after.closed_on) == (at(80), at(90))


def test_only_a_chat_is_ended_by_its_customer() -> None:
    for call in (run(started(channel=Channel.VOICE), assigned()), at_work(channel=Channel.VOICE)):
        _, outcome, _ = MACHINE.step(call, event(ConversationEnded, 90, by=Party.CUSTOMER))
        assert outcome == Refused("not_on_this_channel", "active")


def test_queue_and_start_time_are_those_of_the_present_agent_and_waiting_time_of_the_first() -> None:
    first = at_work()
    assert (first.queue, first.start_time, first.waiting_time) == ("first", at(70), timedelta(seconds=60))
    moved = run(first, assigned(500, "olha", queue="second"))
    assert (moved.queue, moved.start_time, moved.in_session) == ("second", None, False)
    taken = run(moved, accepted(510, "olha"))
    assert (taken.start_time, taken.first_accepted_on) == (at(510), at(70))
    assert taken.waiting_time == timedelta(seconds=60)


def test_an_agent_who_reopens_keeps_the_start_time() -> None:
    reopened = run(STATES["waiting"], accepted(900))
    assert (reopened.start_time, reopened.in_session) == (at(70), True)


def test_picking_assigns_at_the_same_instant() -> None:
    picked = run(started(), accepted(70))
    assert (picked.agent, picked.assigned_on, picked.accepted_on) == ("noor", at(70), at(70))


def test_a_late_event_is_handled_at_the_instant_of_the_state() -> None:
    after = run(run(started(), assigned(60)), accepted(10))
    assert (after.at, after.accepted_on) == (at(60), at(60))


def test_linking_replaces_and_unlinking_leaves_the_other_link() -> None:
    other = RecordRef(RecordKind.ACCOUNT, "account")
    state = run(at_work(), *(event(RecordLinked, 80, record=one) for one in (CONTACT, CASE, other)))
    assert state.linked == (other, CASE)
    assert run(state, event(RecordUnlinked, 90, record=CASE)).linked == (other,)
    assert run(state, event(RecordUnlinked, 90, record=other)).linked == (CASE,)


UNCHANGED: list[tuple[str, Any, str]] = [
    ("active, in session", accepted(90), "already accepted"),
    ("active, in session", assigned(90), "already assigned to this agent"),
    ("active, in session", event(RecordUnlinked, 90, record=CASE), "not linked"),
    ("active, in session", event(SkillRemoved, 90, name="x"), "not attached"),
    ("active, in session", event(ContextRemoved, 90, name="x"), "not set"),
    ("active, in session", event(SelfServiceRecorded, 90, action=ACTION), "the host keeps it"),
    ("wrap-up", event(ConversationEnded, 90), "already ended"),
]


@pytest.mark.parametrize(("name", "happened", "why"), UNCHANGED)
def test_what_already_holds_changes_nothing_and_says_why(name: str, happened: Any, why: str) -> None:
    after, outcome, _ = MACHINE.step(STATES[name], happened)
    assert outcome == Unchanged(why)
    assert after is STATES[name]


def test_skills_are_added_and_removed_by_name() -> None:
    state = run(at_work(skills=(Skill("Dutch", 90),)), event(SkillAdded, 80, skill=Skill("Ovens")))
    assert [skill.name for skill in state.skills] == ["Dutch", "Ovens"]
    _, outcome, _ = MACHINE.step(state, event(SkillAdded, 90, skill=Skill("Dutch", 5)))
    assert outcome == Unchanged("already attached")
    assert run(state, event(SkillRemoved, 90, name="Dutch")).skills == (Skill("Ovens"),)


def test_a_101st_variable_or_skill_is_refused_and_nothing_is_lost() -> None:
    full = at_work(
        context=tuple(ContextVariable(str(number), number) for number in range(100)),
        skills=tuple(Skill(str(number)) for number in range(100)),
    )
    after, outcome, _ = MACHINE.step(full, event(ContextSet, 90, variable=ContextVariable("new", 1)))
    assert (after, outcome) == (full, Refused("too_many_variables", "active"))
    after, outcome, _ = MACHINE.step(full, event(SkillAdded, 90, skill=Skill("new")))
    assert (after, outcome) == (full, Refused("too_many_skills", "active"))
    assert run(full, event(ContextSet, 90, variable=ContextVariable("7", "changed"))).context[7].value == "changed"


def test_a_variable_of_another_kind_is_another_value() -> None:
    state = run(at_work(), event(ContextSet, 80, variable=ContextVariable("x", 1)))
    assert run(state, event(ContextSet, 90, variable=ContextVariable("x", True))).context[0].value is True
    assert run(state, event(ContextRemoved, 90, name="x")).context == ()


def test_waiting_time_runs_on_through_an_assignment_that_nobody_accepted() -> None:
    back = run(started(), assigned(60), event(ConversationReleased, 90))
    assert back.waiting_time is None
    assert run(back, assigned(200, "olha"), accepted(210, "olha")).waiting_time == timedelta(seconds=200)
    anew = run(started(), assigned(60), assigned(200, "olha"), accepted(210, "olha"))
    assert anew.waiting_time == timedelta(seconds=200)


def test_waiting_time_stands_once_an_agent_has_accepted() -> None:
    assert run(at_work(), event(ConversationReleased, 90), assigned(900)).waiting_time == timedelta(seconds=60)


def test_an_event_of_another_conversation_was_delivered_wrongly() -> None:
    with pytest.raises(InvalidValue, match=r"^conversation: must be the one that the event is for$"):
        MACHINE.step(started(), ConversationAccepted(at=at(1), conversation="other", agent="noor"))


def test_a_record_has_no_wrap_up() -> None:
    for by in Party:
        _, outcome, _ = MACHINE.step(at_work(channel=Channel.RECORD), event(ConversationEnded, 90, by=by))
        assert outcome == Refused("not_on_this_channel", "active")


def test_survey_answers_do_not_count_towards_the_variables() -> None:
    survey = (SurveyAnswer(Question(name="asked", text="?")),)
    full = at_work(survey=survey, context=tuple(ContextVariable(str(number), number) for number in range(100)))
    with_answer = run(full, event(ContextSet, 90, variable=ContextVariable("asked", "x")))
    assert len(with_answer.context) == 101
    _, outcome, _ = MACHINE.step(with_answer, event(ContextSet, 91, variable=ContextVariable("new", 1)))
    assert outcome == Refused("too_many_variables", "active")


def test_a_conversation_given_back_without_a_queue_stays_in_its_own() -> None:
    assert run(at_work(), event(ConversationReleased, 90)).queue == "first"
    assert run(at_work(), event(ConversationReleased, 90, queue="second")).queue == "second"
    assert run(at_work(), event(SessionClosed, 90)).queue == "first"
    assert run(STATES["waiting"], wrote(90)).queue == "first"
