"""Many desks and conversations at once, on a good network and on a bad one: who has what, and who is given what."""

from datetime import datetime, timedelta
from typing import Any

import attrs
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from customer_summary import (
    AgentConnected,
    AgentDisconnected,
    AgentRouted,
    AgentSkillsSet,
    Capacity,
    CentreSnapshot,
    Channel,
    ClosePressed,
    Conversation,
    ConversationSettings,
    ConversationSettingsMade,
    ConversationStarted,
    ConversationStatus,
    Demand,
    Desk,
    DeskSettings,
    DeskSettingsMade,
    NotificationSettings,
    NotificationTemplate,
    Offered,
    OfferWithdrawn,
    PresenceSettings,
    QueuesAssigned,
    SessionClosed,
    Skill,
    SkillMatching,
    Workstream,
    WrapUp,
    WrapUpMode,
    WrapUpStarted,
    from_json,
    to_json,
)
from customer_summary.hosts.happened import Happened
from customer_summary.rules.assignment import suits
from customer_summary.testing.centre_invariants import check_centre, check_conversation
from customer_summary.testing.conversation_paths import DESK_KINDS, conversation_settings
from customer_summary.testing.conversation_paths import follow_ups as conversation_follow_ups
from customer_summary.testing.desk_stories import follow_ups, own_doings
from customer_summary.testing.disorder import DisorderlyCentre
from customer_summary.testing.invariants import check_desk
from customer_summary.testing.laws import check_round_trip

START = datetime.fromisoformat("2026-03-02T09:00:00Z")
AGENTS = ("noor", "olha", "pim")
CHANNELS = (Channel.LIVE_CHAT, Channel.SMS, Channel.VOICE, Channel.RECORD)
CHAT = NotificationTemplate(name="chat", scenario="incoming_chat", timeout=timedelta(seconds=90), reject=True)
ASKING = attrs.evolve(CHAT, name="transfer", scenario="transfer")
GAPS = tuple(timedelta(seconds=seconds) for seconds in (0, 0, 1, 30, 90, 480))


def streams(matching: SkillMatching) -> tuple[Workstream, ...]:
    short = WrapUp(mode=WrapUpMode.TIMED, limit=timedelta(seconds=30))
    return tuple(
        Workstream(
            name=one.value,
            channel=one,
            demand=Demand(units=2 if one is Channel.VOICE else 1),
            wrap_up=short,
            skill_matching=matching,
            keep_same_agent=one is Channel.SMS,
            idle_after=timedelta(minutes=8) if one is Channel.LIVE_CHAT else None,
        )
        for one in CHANNELS
    )


def centre_settings() -> st.SearchStrategy[DeskSettings]:
    return st.builds(
        DeskSettings,
        presence=st.builds(PresenceSettings, missed_alerts=st.booleans(), rejected_alerts=st.booleans()),
        notifications=st.sampled_from([(CHAT,), (CHAT, ASKING)]).map(
            lambda found: NotificationSettings(templates=found)
        ),
        session_limit=st.sampled_from([1, 2, 10]),
        capacity=st.sampled_from([Capacity(), Capacity(units=2)]),
        workstreams=st.sampled_from(SkillMatching).map(streams),
    )


class ContactCentreOnABadNetwork(RuleBasedStateMachine):
    """Anything that people can do, while messages come late, twice and crossing, and ticks and screens get lost."""

    def __init__(self) -> None:
        super().__init__()
        self.centre = DisorderlyCentre()
        self.now = START
        self.closed: dict[str, Conversation] = {}
        self.started = 0

    @initialize(desks=centre_settings(), conversations=conversation_settings(), orderly=st.booleans())
    def begin(self, desks: DeskSettings, conversations: ConversationSettings, *, orderly: bool) -> None:
        self.centre = DisorderlyCentre(desks, conversations)
        self.orderly = orderly
        for number, agent in enumerate(AGENTS):
            queues = ("first", "second")[: 1 + number % 2]
            self.tell(QueuesAssigned(at=START, agent=agent, queues=queues, assigned_at=START))
            self.tell(AgentSkillsSet(at=START, agent=agent, skills=("x", "y")[:number], since=START))
        self.tell(AgentConnected(at=START, agent="noor", since=START))

    def tell(self, event: Any) -> None:
        self.check_steps(self.centre.send(event))
        if self.orderly:
            self.check_steps(self.centre.arrive_all())
            assert self.centre.deaf or not self.centre.in_flight
            if not self.centre.deaf:
                check_centre(self.centre)

    def check_steps(self, happened: list[Happened]) -> None:
        """Checks every state that an entity came to; what is closed never moves again."""
        for step in happened:
            state = step.state
            check_round_trip(state)
            if isinstance(state, Desk):
                check_desk(self.centre.desk_machine.settings, state)
                continue
            check_conversation(state)
            if state.id in self.closed:
                assert state == self.closed[state.id], "a closed conversation never moves"
            elif state.status is ConversationStatus.CLOSED:
                self.closed[state.id] = state
            if isinstance(step.event, AgentRouted) and not step.event.affinity:
                self.overtakes_nobody(step.event, step.before)

    def overtakes_nobody(self, routed: AgentRouted, before: Any) -> None:
        """No conversation is given to an agent who could have had an older one, as they stand after it."""

        def turn(one: Conversation) -> Any:
            return -one.routing.priority, one.clocks.queued_on

        for name in self.centre.waiting():
            other = self.centre.conversations[name]
            if other.channel is Channel.RECORD or turn(other) >= turn(before) or before.channel is Channel.RECORD:
                continue
            stream = self.centre.life_cycle.stream_of(other)
            barred = any(one.agent == routed.agent and not one.rested for one in other.routing.declined)
            desk, member = self.centre.desks[routed.agent], self.centre.members[routed.agent]
            assert barred or not suits(stream, other, desk, member), "nobody overtakes an older one"

    @rule(data=st.data(), deaf=st.booleans())
    def time_passes(self, data: st.DataObject, *, deaf: bool) -> None:
        due = self.centre.deadline
        later = self.now + data.draw(st.sampled_from(GAPS))
        self.now = due if due is not None and due >= self.now and data.draw(st.booleans()) else later
        self.centre.deaf = deaf
        self.check_steps(self.centre.advance(self.now))

    @rule(data=st.data())
    def a_conversation_begins(self, data: st.DataObject) -> None:
        channel = data.draw(st.sampled_from(CHANNELS))
        self.started += 1
        skills = data.draw(st.sampled_from([(), (), (Skill("x"),), (Skill("x"), Skill("y"))]))
        self.tell(
            ConversationStarted(
                at=self.now,
                conversation=f"c-{self.started}",
                channel=channel,
                workstream=channel.value,
                queue=data.draw(st.sampled_from(["", "first", "second"])),
                priority=data.draw(st.sampled_from([0, 0, 1])),
                skills=skills,
                with_bot=channel is Channel.LIVE_CHAT and data.draw(st.sampled_from([False, False, True])),
            )
        )

    @rule(desks=centre_settings(), conversations=conversation_settings())
    def an_administrator_changes_the_settings(self, desks: DeskSettings, conversations: ConversationSettings) -> None:
        limit = self.centre.desk_machine.settings.session_limit
        desks = attrs.evolve(desks, session_limit=max(limit, desks.session_limit))
        self.tell(DeskSettingsMade(at=self.now, settings=desks))
        self.tell(ConversationSettingsMade(at=self.now, settings=conversations))

    @rule(agent=st.sampled_from(AGENTS), there=st.booleans())
    def an_agent_comes_or_goes(self, agent: str, *, there: bool) -> None:
        self.tell((AgentConnected if there else AgentDisconnected)(at=self.now, agent=agent, since=self.now))

    @rule(data=st.data())
    def what_a_screen_suggests(self, data: st.DataObject) -> None:
        desks = sorted(self.centre.desks)
        desk = self.centre.desks[data.draw(st.sampled_from(desks))]
        listed = [
            one for one in follow_ups(desk, self.now) if not isinstance(one, Offered | OfferWithdrawn | WrapUpStarted)
        ]
        self.tell(data.draw(st.sampled_from(listed or list(own_doings(desk, self.now)))))

    @precondition(lambda self: self.centre.conversations)
    @rule(data=st.data())
    def somebody_does_something_to_a_conversation(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.centre.conversations)))
        state = self.centre.conversations[name]
        listed = [
            one
            for one in conversation_follow_ups(state, self.now)
            if type(one) not in DESK_KINDS and not isinstance(one, SessionClosed | ClosePressed)
        ]
        self.tell(data.draw(st.sampled_from(listed)))

    @precondition(lambda self: self.centre.in_flight)
    @rule(data=st.data(), again=st.booleans())
    def a_message_arrives(self, data: st.DataObject, *, again: bool) -> None:
        index = data.draw(st.integers(0, len(self.centre.in_flight) - 1))
        self.check_steps(self.centre.arrive(index, again=again))

    @rule()
    def the_centre_is_stored_and_goes_on(self) -> None:
        before, snapshot = self.centre, self.centre.snapshot()
        again = from_json(CentreSnapshot, to_json(snapshot))
        assert again == snapshot
        restored = DisorderlyCentre.restored(again)
        assert isinstance(restored, DisorderlyCentre)
        restored.in_flight = before.in_flight
        assert (restored.deadline, restored.waiting()) == (before.deadline, before.waiting())
        self.centre = restored

    @invariant()
    def nothing_is_lost(self) -> None:
        assert len(self.centre.conversations) == self.started

    def teardown(self) -> None:
        """In the end everything arrives, and both sides agree."""
        self.centre.deaf = False
        self.check_steps(self.centre.arrive_all())
        self.check_steps(self.centre.advance(self.now))
        self.check_steps(self.centre.arrive_all())
        check_centre(self.centre)
        for _ in range(20):
            due = self.centre.deadline
            if due is None:
                break
            self.check_steps(self.centre.advance(due))
            self.check_steps(self.centre.arrive_all())
            left = self.centre.deadline
            assert left is None or left > due, "what was due is settled"
        check_centre(self.centre)


ContactCentreOnABadNetwork.TestCase.settings = profile(
    max_examples=max(15, profile().max_examples // 4), stateful_step_count=25, deadline=None
)
TestContactCentreOnABadNetwork = ContactCentreOnABadNetwork.TestCase
