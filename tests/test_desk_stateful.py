"""A desk and the conversations around it: ticks get lost, messages come late, twice and in any order."""

from collections import Counter
from datetime import timedelta
from typing import Any

import attrs
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from customer_summary import (
    AgentConnected,
    AgentDesk,
    Applied,
    BodyClicked,
    Desk,
    DeskSettings,
    Offer,
    OfferAccepted,
    OfferAssigned,
    Offered,
    OfferMissed,
    OfferOutcome,
    OfferRefused,
    OfferRejected,
    OfferUnseen,
    OfferWithdrawn,
    PresenceReset,
    RefusalReason,
    Send,
    SetupFailed,
    Tick,
    WrapUpStarted,
)
from customer_summary.testing.desk_paths import desk_events, in_time
from customer_summary.testing.desk_stories import follow_ups, instants_after, own_doings
from customer_summary.testing.desk_strategies import AGENT, START, desk_settings, offers
from customer_summary.testing.invariants import check_desk
from customer_summary.testing.laws import (
    check_repeat,
    check_round_trip,
    check_settled_time,
    check_stale_time,
    check_step,
)

OUTCOMES = {
    OfferAccepted: {OfferOutcome.ACCEPTED, OfferOutcome.AUTO_ACCEPTED},
    OfferAssigned: {OfferOutcome.ASSIGNED},
    OfferRejected: {OfferOutcome.REJECTED},
    OfferMissed: {OfferOutcome.MISSED},
    OfferUnseen: {OfferOutcome.UNSEEN},
    OfferRefused: {OfferOutcome.REFUSED},
    SetupFailed: {OfferOutcome.FAILED_SETUP},
}


class DeskAmongConversations(RuleBasedStateMachine):
    """One desk; the conversations only send what they may, and keep what they are told."""

    def __init__(self) -> None:
        super().__init__()
        self.machine = AgentDesk()
        self.desk: Desk = self.machine.start(AGENT, START)
        self.now = START
        self.log: list[Any] = []
        self.in_flight: list[Any] = []
        self.offered: dict[str, Offer] = {}
        self.told: dict[str, list[tuple[Any, Any]]] = {}
        self.effect_ids: set[Any] = set()

    @initialize(settings=desk_settings())
    def begin(self, settings: DeskSettings) -> None:
        self.machine = AgentDesk(settings)
        self.desk = self.machine.start(AGENT, START)
        self.tell(AgentConnected(at=START, agent=AGENT, since=START))

    def tell(self, event: Any) -> None:
        """Hands the desk an event, checks what holds for one step, and keeps what the conversations are told."""
        before = self.desk
        due = self.machine.deadline(before)
        check_settled_time(self.machine, before, event, event.at if due is None else due)
        check_stale_time(self.machine, before, event.at)
        check_repeat(self.machine, before, event, self.now + timedelta(hours=1))
        check_step(self.machine, before, event)
        settled, _, _ = self.machine.step(before, Tick(at=event.at))
        self.desk, outcome, effects = self.machine.step(before, event)
        self.check_own_rules(event, outcome, settled)
        self.log.append(event)
        for effect in effects:
            if isinstance(effect, Send) and effect.id not in self.effect_ids:
                assert not isinstance(effect.message, Offered), "a desk offers nothing"
                self.told.setdefault(effect.message.offer or "", []).append((effect.id, effect.message))
            self.effect_ids.add(effect.id)

    def check_own_rules(self, event: Any, outcome: Any, settled: Desk) -> None:
        """Checks the rules of single events against the desk as it was when they came."""
        desk = self.desk
        if isinstance(event, BodyClicked):
            assert desk == settled, "a click on the body decides nothing"
        elif isinstance(event, PresenceReset) and outcome == Applied():
            named = (event.alert_at, event.alert.rank)
            assert all(one.place > named for one in desk.presence.alerts), "no answered alert is left"
        elif isinstance(event, Offered) and outcome == Applied() and desk.notification(event.offer.id) is not None:
            rings = settled.open_sessions < self.machine.settings.session_limit
            assert not rings or desk.presence.standing == settled.presence.standing, "ringing changes no presence"
        elif isinstance(event, Tick):
            again, _, effects = self.machine.step(desk, event)
            assert again is desk, "a doubled tick changes nothing"
            assert effects == (), "a doubled tick has no effects"

    @rule(data=st.data(), lost=st.booleans())
    def time_passes(self, data: st.DataObject, *, lost: bool) -> None:
        self.now = data.draw(instants_after(self.machine, self.desk, self.now))
        if not lost:
            self.tell(Tick(at=self.now))

    @rule(data=st.data(), late=st.booleans())
    def a_conversation_offers_itself(self, data: st.DataObject, *, late: bool) -> None:
        sent = st.sampled_from([self.now, self.now, self.now - timedelta(seconds=91)])
        offer = data.draw(offers(f"c-{len(self.offered)}/1", sent))
        self.offered[offer.id] = offer
        self.send(Offered(at=self.now, agent=AGENT, offer=offer), late=late)

    @precondition(lambda self: self.offered)
    @rule(data=st.data(), late=st.booleans(), ends=st.booleans())
    def a_conversation_takes_itself_back_or_ends(self, data: st.DataObject, *, late: bool, ends: bool) -> None:
        offer = self.offered[data.draw(st.sampled_from(sorted(self.offered)))]
        about: dict[str, Any] = {"at": self.now, "agent": AGENT, "offer": offer.id}
        message = WrapUpStarted(**about, started_at=self.now) if ends else OfferWithdrawn(**about, until=offer.ends_at)
        self.send(message, late=late)

    def send(self, message: Any, *, late: bool) -> None:
        """Delivers a message, now or some time."""
        if late:
            self.in_flight.append(message)
        else:
            self.tell(message)

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data(), kept=st.booleans())
    def a_message_arrives(self, data: st.DataObject, *, kept: bool) -> None:
        message = data.draw(st.sampled_from(self.in_flight))
        if not kept:  # else it will come once more
            self.in_flight.remove(message)
        self.tell(attrs.evolve(message, at=self.now))

    @precondition(lambda self: self.log)
    @rule(data=st.data())
    def something_comes_again(self, data: st.DataObject) -> None:
        self.tell(attrs.evolve(data.draw(st.sampled_from(self.log)), at=self.now))

    @rule(data=st.data())
    def what_the_screen_suggests(self, data: st.DataObject) -> None:
        listed = [one for one in follow_ups(self.desk, self.now) if not isinstance(one, Offered | OfferWithdrawn)]
        self.tell(data.draw(st.sampled_from(listed or list(own_doings(self.desk, self.now)))))

    @rule(data=st.data())
    def the_agent_does_something(self, data: st.DataObject) -> None:
        self.tell(data.draw(st.sampled_from(list(own_doings(self.desk, self.now)))))

    @rule(event=desk_events())
    def anything_comes(self, event: Any) -> None:
        if not isinstance(event, Offered | OfferWithdrawn):
            self.tell(in_time(event, self.now))

    @invariant()
    def the_desk_is_as_it_must_be(self) -> None:
        check_desk(self.machine.settings, self.desk)
        check_round_trip(self.desk)

    @invariant()
    def each_offer_has_one_outcome_and_the_conversation_heard_it(self) -> None:
        for name in self.offered:
            ends = [
                message for _, message in self.told.get(name, []) if type(message) in OUTCOMES and not lapsed(message)
            ]
            assert len(ends) <= 1, Counter(type(one).__name__ for one in ends)
            known = self.desk.outcome_of(name)
            if known is not None and known is not OfferOutcome.WITHDRAWN:
                assert [known in OUTCOMES[type(one)] for one in ends] == [True], (known, ends)
            if self.desk.notification(name) is not None:
                assert ends == [], "what is on the screen has not ended"

    @invariant()
    def nobody_hears_of_a_session_that_never_began(self) -> None:
        for name, messages in self.told.items():
            kinds = [type(message).__name__ for _, message in messages]
            if "SessionEnded" in kinds or "SessionClosed" in kinds:
                began = {"OfferAccepted", "SessionOpened"} & set(kinds)
                assert began, (name, kinds)
            assert kinds.count("SessionAbandoned") <= 1, (name, kinds)
            assert kinds.count("SessionEnded") <= 1, (name, kinds)


def lapsed(message: Any) -> bool:
    """An offer that lapsed on arrival is answered so each time; that is no second outcome."""
    return isinstance(message, OfferRefused) and message.reason is RefusalReason.LAPSED


DeskAmongConversations.TestCase.settings = profile(
    max_examples=max(20, profile().max_examples // 2), stateful_step_count=30, deadline=None
)
TestDeskAmongConversations = DeskAmongConversations.TestCase
