"""The desk: sessions and their limit, capacity, wrap-up, absence, and messages that come late, twice or crossed."""

from typing import Any

import attrs
import pytest
from tests.desks import (
    ALERTING,
    BOTH_ALERTS,
    EVERYBODY,
    MICRO,
    SUPERVISOR,
    Story,
    at,
    desk,
    happened,
    offer,
    seconds,
    template,
    toast,
)
from tests.desks import refusals as why

from customer_summary import (
    AcceptPressed,
    AgentConnected,
    AgentDisconnected,
    AlertKind,
    AnnouncePresence,
    AppFocus,
    BodyClicked,
    Capacity,
    Channel,
    ClosePressed,
    CloseSession,
    Demand,
    DeskSettings,
    DismissAlert,
    DismissNotification,
    EndPressed,
    FocusChanged,
    Ground,
    InvalidValue,
    ItemOpened,
    ItemStatus,
    MediaFailed,
    MediaReady,
    NotificationDisplayed,
    Offered,
    OfferOutcome,
    OfferWithdrawn,
    Override,
    PresenceChosen,
    PresenceReset,
    RefusalReason,
    RejectPressed,
    RemoveItem,
    Send,
    SessionClosed,
    SessionOpened,
    ShowAlert,
    ShowNotification,
    WrapUp,
    WrapUpExtended,
    WrapUpMode,
    WrapUpRequested,
    WrapUpStarted,
)

SMALL = attrs.evolve(ALERTING, capacity=Capacity(units=15))
FREE_WORK: dict[str, Any] = {"demand": Demand()}


def alerts(story: Story) -> list[AlertKind]:
    return [one.kind for one in story.state.presence.alerts]


# The session limit


def test_the_tenth_session_opens_and_an_eleventh_item_is_refused_with_alert_and_do_not_disturb() -> None:
    story = desk().working(9).offered(when=2).on(AcceptPressed, 3).applied()
    assert (story.state.open_sessions, alerts(story), story.shows) == (10, [], "Busy")
    story.offered("p", 4)
    assert why(story) == [RefusalReason.SESSION_LIMIT]
    assert [one.alert.kind for one in story.effects_of(ShowAlert)] == [AlertKind.SESSION_LIMIT]
    assert story.effects_of(ShowNotification) == []
    assert (story.state.open_sessions, story.shows) == (10, "Do not disturb")


def test_nine_open_and_one_offered_refuses_a_new_one_for_want_of_a_slot_without_alert() -> None:
    story = desk().working(9).offered(when=2).offered("p", 3)
    assert why(story) == [RefusalReason.NO_FREE_SLOT]
    assert (alerts(story), story.shows) == ([], "Busy")
    assert story.on(RejectPressed, 4).offered("q", 5, allowed=EVERYBODY).messages == []


def test_an_offer_being_set_up_keeps_its_slot() -> None:
    story = desk().working(9).offered(when=2, shape=template(setup_limit=seconds(60))).on(AcceptPressed, 3)
    assert why(story.offered("p", 4)) == [RefusalReason.NO_FREE_SLOT]
    assert story.on(MediaFailed, 5).offered("q", 6).messages == []


def test_at_ten_an_assigned_item_stays_assigned_and_unopened_with_alert_and_do_not_disturb() -> None:
    story = desk().working(10).offered(when=2, shape=toast())
    assert (story.messages, alerts(story), story.shows) == (
        ["OfferAssigned"],
        [AlertKind.SESSION_LIMIT],
        "Do not disturb",
    )
    story.on(AcceptPressed, 3).refused("session_limit")
    story.on(ItemOpened, 3).refused("session_limit")
    assert (story.state.item("o").status, story.state.open_sessions) == (ItemStatus.ASSIGNED, 10)
    assert story.on(ClosePressed, 4, offer="w0").on(ItemOpened, 5).applied().state.open_sessions == 10


def test_at_ten_an_automatic_acceptance_is_refused_with_alert() -> None:
    shape = template(auto_assign=True, auto_accept=True, instant=True)
    story = desk().working(10).offered(when=2, shape=shape)
    assert (why(story), alerts(story)) == ([RefusalReason.SESSION_LIMIT], [AlertKind.SESSION_LIMIT])


@pytest.mark.parametrize("given", [{"allowed": ()}, {"demand": Demand(units=1000)}])
def test_ten_open_sessions_come_first_whatever_else_is_wrong(given: dict[str, Any]) -> None:
    story = desk().working(10).offered(when=2, **given)
    assert (why(story), alerts(story)) == ([RefusalReason.SESSION_LIMIT], [AlertKind.SESSION_LIMIT])


def test_closing_sessions_does_not_end_the_do_not_disturb_of_the_session_limit_but_a_reset_does() -> None:
    story = desk().working(10).offered(when=2).on(ClosePressed, 3, offer="w0").on(ClosePressed, 3, offer="w1")
    assert story.shows == "Do not disturb"
    assert story.on(PresenceReset, 4, alert=AlertKind.SESSION_LIMIT, alert_at=at(2), offer="o").shows == "Busy"


def test_a_reset_with_ten_sessions_open_is_allowed_and_the_next_item_raises_the_alert_again() -> None:
    story = (
        desk()
        .working(10)
        .offered(when=2)
        .on(PresenceReset, 3, alert=AlertKind.SESSION_LIMIT, alert_at=at(2), offer="o")
    )
    assert (story.applied().shows, len(story.effects_of(DismissAlert))) == ("Busy", 1)
    story.offered("p", 4)
    assert (story.shows, alerts(story), why(story)) == (
        "Do not disturb",
        [AlertKind.SESSION_LIMIT],
        [RefusalReason.SESSION_LIMIT],
    )


def test_the_limit_counts_sessions_not_items() -> None:
    story = desk()
    for number in range(12):
        story.offered(f"t{number}", 1, toast())
    assert (story.state.open_sessions, alerts(story)) == (0, [])
    assert story.offered(when=2).messages == []


def test_what_the_agent_picks_comes_over_capacity_but_not_in_a_presence_that_the_workstream_does_not_allow() -> None:
    full = desk(SMALL).working(3)
    story = full.offered(when=3, override=Override.PICK, allowed=EVERYBODY).on(AcceptPressed, 4).applied()
    assert story.state.presence.workload.units == 20
    away = desk(SMALL).on(PresenceChosen, 2, presence="Appear away").offered(when=3, override=Override.PICK)
    assert why(away) == [RefusalReason.PRESENCE]


@pytest.mark.parametrize("override", [Override.SUPERVISOR, Override.AFFINITY])
def test_an_override_skips_presence_and_capacity_but_not_the_sessions(override: Override) -> None:
    full = desk(SMALL).working(3).on(PresenceChosen, 2, presence="Appear away")
    story = full.offered(when=3, override=override).on(AcceptPressed, 4).applied()
    assert story.state.presence.workload.units == 20
    ten = desk().working(10).offered(when=2, override=override)
    assert (why(ten), alerts(ten)) == ([RefusalReason.SESSION_LIMIT], [AlertKind.SESSION_LIMIT])


# What an offer reserves


def test_an_offer_reserves_and_every_outcome_releases_or_uses() -> None:
    for kind, end in ((RejectPressed, 3), (NotificationDisplayed, 92), (FocusChanged, 572), (OfferWithdrawn, 3)):
        story = desk(SMALL).working(2).offered(when=2)
        assert why(story.offered("p", 2)) == [RefusalReason.NO_CAPACITY]
        story.on(kind, 3, **{"focus": AppFocus.OTHER_TAB} if kind is FocusChanged else {}).tick(end)
        assert (story.state.notifications, story.state.reserved_slots) == ((), 0)
        assert story.offered("q", 600, allowed=EVERYBODY).messages == []
    story = desk(SMALL).working(2).offered(when=2).on(AcceptPressed, 3)
    assert (story.state.presence.workload.units, story.shows) == (15, "Do not disturb")


def test_presence_no_longer_allowed_comes_before_slot_and_capacity() -> None:
    story = desk(SMALL).working(3).offered(when=2)
    assert why(story) == [RefusalReason.PRESENCE]
    assert alerts(story) == []
    assert why(desk(SMALL).working(3).offered(when=2, allowed=EVERYBODY)) == [RefusalReason.NO_CAPACITY]
    assert why(desk(signed_in=False).offered()) == [RefusalReason.PRESENCE]


def test_work_that_weighs_nothing_needs_no_room_and_changes_no_presence() -> None:
    story = desk(SMALL).on(PresenceChosen, 1, presence="Busy").working(3, **FREE_WORK)
    assert (story.shows, story.state.presence.ground) == ("Busy", Ground.CHOICE)
    assert desk(SMALL).working(3).offered(when=2, allowed=EVERYBODY, **FREE_WORK).messages == []


# Sessions and wrap-up


def wrapping(mode: WrapUpMode, limit: float | None = None, **given: Any) -> Story:
    shape = WrapUp(mode=mode, limit=None if limit is None else seconds(limit), **given)
    return desk(SMALL).offered(wrap_up=shape).on(AcceptPressed, 1)


def test_end_then_close_tells_the_whole_story_twice() -> None:
    story = desk().working(1).on(EndPressed, 5, offer="w0")
    assert (story.messages, story.state.item("w0").status) == (["SessionEnded"], ItemStatus.WRAP_UP)
    story.on(EndPressed, 6, offer="w0").unchanged()
    story.on(ClosePressed, 7, offer="w0")
    assert [(type(one.message).__name__, getattr(one.message, "ended", None)) for one in story.effects_of(Send)] == [
        ("SessionClosed", True)
    ]
    assert (len(story.effects_of(CloseSession)), len(story.effects_of(RemoveItem))) == (1, 1)
    assert (story.state.open_sessions, story.shows) == (0, "Available")


def test_closing_without_end_says_so_and_a_record_stays_with_its_agent_and_its_capacity() -> None:
    chat = desk().working(1).on(ClosePressed, 5, offer="w0")
    assert [getattr(one.message, "ended", None) for one in chat.effects_of(Send)] == [False]
    record = desk().working(1, channel=Channel.RECORD)
    record.on(EndPressed, 4, offer="w0").refused("not_on_this_channel")
    record.on(ClosePressed, 5, offer="w0").applied()
    assert (record.state.item("w0").status, record.state.open_sessions, record.shows) == (
        ItemStatus.ASSIGNED,
        0,
        "Busy",
    )
    record.on(ItemOpened, 6, offer="w0", session=3).refused("unknown_session")
    assert record.on(ItemOpened, 6, offer="w0", session=2).messages == ["SessionOpened"]
    record.on(ClosePressed, 7, offer="w0", session=1).unchanged()
    assert record.on(OfferWithdrawn, 8, offer="w0").shows == "Available"


@pytest.mark.parametrize(
    ("mode", "limit", "during", "after"),
    [
        (WrapUpMode.MANDATORY, None, "Busy", "Busy"),
        (WrapUpMode.OPTIONAL, None, "Available", "Available"),
        (WrapUpMode.TIMED, 30, "Busy", "Available"),
        (WrapUpMode.FORCED, 30, "Busy", "Available"),
        (WrapUpMode.ON_REQUEST, 30, "Available", "Available"),
    ],
)
def test_a_wrap_up_uses_capacity_as_its_mode_says_and_its_session_stays(
    mode: WrapUpMode, limit: float | None, during: str, after: str
) -> None:
    for end in (EndPressed, WrapUpStarted):
        story = wrapping(mode, limit).on(end, 10)
        assert story.shows == during
        assert story.tick(40 - MICRO).shows == during
        assert story.tick(40).shows == after
        assert story.tick(4000).state.item("o").status is ItemStatus.WRAP_UP
        assert story.on(ClosePressed, 4001).applied().shows == "Available"


@pytest.mark.parametrize(
    ("when", "reason"), [(39, "wrap_up_not_over"), (40 - MICRO, "wrap_up_not_over"), (40, ""), (40 + MICRO, "")]
)
def test_a_forced_wrap_up_cannot_be_closed_before_its_time_is_over(when: float, reason: str) -> None:
    story = wrapping(WrapUpMode.FORCED, 30).on(EndPressed, 10).on(ClosePressed, when)
    assert getattr(story.outcome, "reason", "") == reason
    assert story.state.open_sessions == (1 if reason else 0)


@pytest.mark.parametrize("mode", [WrapUpMode.MANDATORY, WrapUpMode.OPTIONAL, WrapUpMode.TIMED, WrapUpMode.ON_REQUEST])
def test_every_other_wrap_up_can_be_closed_at_any_time(mode: WrapUpMode) -> None:
    limit = 30 if mode in {WrapUpMode.TIMED, WrapUpMode.ON_REQUEST} else None
    assert wrapping(mode, limit).on(EndPressed, 10).on(ClosePressed, 11).applied().shows == "Available"


def test_a_requested_wrap_up_takes_its_time_asked_before_the_end_or_after() -> None:
    before = wrapping(WrapUpMode.ON_REQUEST, 30).on(WrapUpRequested, 5).applied().on(EndPressed, 10)
    assert (before.shows, before.tick(40).shows) == ("Busy", "Available")
    after = wrapping(WrapUpMode.ON_REQUEST, 30).on(EndPressed, 10).on(WrapUpRequested, 20).applied()
    assert (after.shows, after.tick(50 - MICRO).shows, after.tick(50).shows) == ("Busy", "Busy", "Available")
    wrapping(WrapUpMode.TIMED, 30).on(WrapUpRequested, 5).refused("not_on_request")


def test_a_wrap_up_is_not_given_on_request_once_its_room_is_taken() -> None:
    story = wrapping(WrapUpMode.ON_REQUEST, 30).on(EndPressed, 10).working(3, 11)
    story.on(WrapUpRequested, 12).refused("no_capacity")


EXTENDED: dict[str, Any] = {"extension": seconds(20), "extensions": 2}


@pytest.mark.parametrize(("when", "granted"), [(40 - MICRO, True), (40, False), (40 + MICRO, False)])
def test_a_wrap_up_is_extended_before_its_deadline_and_not_at_it(when: float, *, granted: bool) -> None:
    story = wrapping(WrapUpMode.TIMED, 30, **EXTENDED).on(EndPressed, 10).on(WrapUpExtended, when, extends=at(40))
    if granted:
        assert story.applied().tick(59).shows == "Busy"
        assert story.tick(60).shows == "Available"
    else:
        assert story.refused("no_wrap_up_time").shows == "Available"


def test_an_extension_names_the_deadline_it_extends_so_that_a_doubled_one_counts_once() -> None:
    story = wrapping(WrapUpMode.FORCED, 30, **EXTENDED).on(EndPressed, 10).on(WrapUpExtended, 11, extends=at(40))
    story.on(WrapUpExtended, 12, extends=at(40)).unchanged()
    story.on(WrapUpExtended, 12, extends=at(61)).refused("unknown_deadline")
    assert story.machine.deadline(story.state) == at(60)
    story.on(WrapUpExtended, 13, extends=at(60)).applied()
    story.on(WrapUpExtended, 14, extends=at(80)).refused("no_extension_left")
    wrapping(WrapUpMode.MANDATORY).on(EndPressed, 10).on(WrapUpExtended, 11, extends=at(40)).refused("no_wrap_up_time")


def test_a_wrap_up_that_began_longer_ago_than_it_lasts_is_over_at_once() -> None:
    story = wrapping(WrapUpMode.FORCED, 30).on(WrapUpStarted, 100, started_at=at(10)).applied()
    assert (story.shows, story.machine.deadline(story.state)) == ("Available", None)


def test_a_wrap_up_lasts_no_longer_than_its_limit_whatever_the_sender_s_clock_says() -> None:
    story = wrapping(WrapUpMode.FORCED, 30).on(WrapUpStarted, 10, started_at=at(100_000))
    assert (story.machine.deadline(story.state) or at(40)) <= at(40)


# Absence


@pytest.mark.parametrize(
    ("gone", "kept"), [(149.999, True), (150, True), (150 + MICRO, False), (150.001, False), (151, False)]
)
def test_sessions_are_kept_until_exactly_the_limit_of_absence(gone: float, *, kept: bool) -> None:
    story = desk().working(2).on(AgentDisconnected, 10).on(AgentConnected, 10 + gone).applied()
    assert story.state.open_sessions == (2 if kept else 0)
    assert story.messages == ([] if kept else ["SessionAbandoned"] * 2)
    assert story.shows == ("Busy" if kept else "Available")


def test_what_is_abandoned_is_what_would_wait_for_the_agent_and_records_stay() -> None:
    story = desk().offered("chat", 1).on(AcceptPressed, 1, offer="chat").offered("toast", 1, toast())
    story.offered("ended", 1).on(AcceptPressed, 1, offer="ended").on(EndPressed, 2, offer="ended")
    story.offered("case", 1, toast(), channel=Channel.RECORD).offered("open", 1, channel=Channel.RECORD)
    story.on(AcceptPressed, 2, offer="open").on(AgentDisconnected, 10)
    assert story.machine.deadline(story.state) == at(160 + MICRO)
    story.tick(161)
    told = {one.message.offer: type(one.message).__name__ for one in story.effects_of(Send)}
    assert told == {
        "chat": "SessionAbandoned",
        "toast": "SessionAbandoned",
        "ended": "SessionClosed",
        "open": "SessionClosed",
    }
    assert [(one.offer, one.status) for one in story.state.items] == [
        ("case", ItemStatus.ASSIGNED),
        ("open", ItemStatus.ASSIGNED),
    ]
    assert story.machine.deadline(story.state) is None
    assert story.on(AgentConnected, 200).shows == "Busy"


# Late, doubled and crossing messages


@pytest.mark.parametrize("kind", [AcceptPressed, RejectPressed, NotificationDisplayed, BodyClicked, MediaReady, MediaFailed, ItemOpened, EndPressed, ClosePressed, WrapUpStarted, WrapUpRequested, WrapUpExtended])  # fmt: skip
def test_an_event_of_an_unknown_offer_is_refused_and_the_state_is_the_same_object(kind: type) -> None:
    story = desk()
    state = story.state
    assert story.on(kind, 5, offer="nobody's").refused("unknown_offer").state is state


@pytest.mark.parametrize(
    "kind", [Offered, AcceptPressed, AgentConnected, AgentDisconnected, PresenceChosen, OfferWithdrawn]
)
def test_an_event_of_another_agent_was_delivered_wrongly(kind: type) -> None:
    extra: dict[str, Any] = {"offer": offer()} if kind is Offered else {}
    extra |= {"presence": "Busy"} if kind is PresenceChosen else {}
    with pytest.raises(InvalidValue, match=r"^agent: must be the one that the event is for$"):
        desk().tell(happened(kind, 1, agent="olha", **extra))


def test_withdrawn_before_it_comes_an_offer_never_shows() -> None:
    story = desk().on(OfferWithdrawn, 1, until=at(570)).applied().offered(when=2)
    assert (story.unchanged().effects, story.state.outcome_of("o")) == ((), OfferOutcome.WITHDRAWN)
    desk().on(OfferWithdrawn, 570, until=at(570)).unchanged()


def test_withdrawn_while_it_rings_it_goes_and_nobody_is_told() -> None:
    story = desk().offered().on(OfferWithdrawn, 5).applied()
    assert [one.outcome for one in story.effects_of(DismissNotification)] == [OfferOutcome.WITHDRAWN]
    assert (story.messages, alerts(story)) == ([], [])
    story.on(OfferWithdrawn, 6).unchanged()
    story.on(AcceptPressed, 6).refused("offer_ended")


def test_withdrawn_after_acceptance_closes_the_stray_session() -> None:
    story = desk().offered().on(AcceptPressed, 1).on(OfferWithdrawn, 5)
    assert (len(story.effects_of(CloseSession)), story.messages, story.shows) == (1, [], "Available")
    story.on(OfferWithdrawn, 6).unchanged()
    assert story.offered(when=0).unchanged().effects == ()


@pytest.mark.parametrize("kind", [AcceptPressed, RejectPressed])
def test_a_doubled_offer_is_one_offer_in_every_place(kind: type) -> None:
    story = desk().offered()
    for when in (5, 100, 569):
        assert story.on(Offered, when, offer=offer()).unchanged().effects == ()
        if when == 5:
            story.on(kind, 6)


@pytest.mark.parametrize(("when", "lapsed"), [(570 - MICRO, False), (570, True), (570 + MICRO, True), (9999, True)])
def test_an_offer_handled_at_its_last_deadline_has_lapsed_and_is_answered_with_a_stable_id(
    when: float, *, lapsed: bool
) -> None:
    story = desk()
    state = story.state
    story.on(Offered, when, offer=offer())
    if not lapsed:
        assert story.applied().messages == []
        return
    assert (why(story), story.unchanged().state is state) == ([RefusalReason.LAPSED], True)
    first = [one.id for one in story.effects]
    assert [one.id for one in story.on(Offered, when + 5, offer=offer()).effects] == first
    assert why(story) == [RefusalReason.LAPSED]


def test_an_ended_offer_is_remembered_until_its_last_deadline_and_forgotten_then() -> None:
    story = desk().offered().on(RejectPressed, 1).tick(570)
    assert story.state.outcome_of("o") is OfferOutcome.REJECTED
    story.on(PresenceChosen, 570, presence="Busy")
    assert story.state.ended == ()
    story.on(AcceptPressed, 571).refused("unknown_offer")


def test_an_event_that_was_overtaken_is_handled_at_the_instant_of_the_state() -> None:
    story = desk().offered().on(NotificationDisplayed, 1).tick(90).on(AcceptPressed, 50)
    assert story.refused("offer_ended").state.at == at(90)


def test_deadlines_of_one_instant_are_settled_in_one_order_whatever_came_first() -> None:
    ends = []
    for names in (("a", "b"), ("b", "a")):
        story = desk()
        for name in names:
            story.offered(name, 0).on(NotificationDisplayed, 1, offer=name)
        story.tick(90)
        ends.append([(one.message.offer, type(one.message).__name__) for one in story.effects_of(Send)])
    assert ends[0] == ends[1] == [("a", "OfferMissed"), ("b", "OfferMissed")]


def test_a_doubled_reset_does_not_answer_another_alert_of_the_same_instant() -> None:
    story = desk().offered("a").offered("b").on(RejectPressed, 5, offer="a")
    answer = happened(PresenceReset, 5, alert=AlertKind.REJECTED, alert_at=at(5), offer="a")
    story.tell(answer).applied().on(RejectPressed, 5, offer="b").tell(answer)
    assert alerts(story) == [AlertKind.REJECTED]


def test_a_changed_policy_governs_what_starts_after_it() -> None:
    story = desk(attrs.evolve(ALERTING, presence=BOTH_ALERTS)).offered().on(NotificationDisplayed, 1)
    story.machine = type(story.machine)(DeskSettings(capacity=Capacity(units=100)))
    assert (story.tick(90).shows, alerts(story)) == ("Inactive", [AlertKind.MISSED])
    off = story.on(PresenceChosen, 91, presence="Available").offered("p", 92).on(NotificationDisplayed, 93, offer="p")
    assert off.tick(200).shows == "Available"


# The worked cases of presence, told at a desk


def test_missed_while_partly_in_use_is_inactive_and_a_reset_lands_on_busy() -> None:
    story = desk().working(1).offered(when=10).on(NotificationDisplayed, 11).tick(100)
    assert (story.shows, story.messages) == ("Inactive", ["OfferMissed"])
    assert story.on(PresenceReset, 110, alert=AlertKind.MISSED, alert_at=at(100), offer="o").shows == "Busy"
    off = desk(DeskSettings(capacity=Capacity(units=100))).working(1).offered(when=10)
    assert off.on(NotificationDisplayed, 11).tick(100).shows == "Busy"
    assert (off.messages, off.effects_of(ShowAlert)) == (["OfferMissed"], [])


def test_rejected_while_free_is_do_not_disturb_until_the_supervisor_resets_and_a_workstream_may_allow_it() -> None:
    story = desk().offered().on(RejectPressed, 5)
    assert (story.shows, story.messages) == ("Do not disturb", ["OfferRejected"])
    assert story.offered("closed to it", 6).messages == ["OfferRefused"]
    assert story.offered("open to it", 7, allowed=EVERYBODY).messages == []
    assert (
        story.on(PresenceReset, 8, alert=AlertKind.REJECTED, alert_at=at(5), offer="o", by=SUPERVISOR).shows
        == "Available"
    )


def test_do_not_disturb_by_hand_stays_when_a_conversation_is_closed() -> None:
    story = desk().working(2).on(PresenceChosen, 5, presence="Do not disturb").on(ClosePressed, 6, offer="w0").applied()
    assert story.shows == "Do not disturb"
    full = desk(attrs.evolve(ALERTING, capacity=Capacity(units=10))).working(2)
    assert full.shows == "Do not disturb"
    assert full.on(ClosePressed, 6, offer="w0").shows == "Busy"


def test_ringing_changes_nobodys_presence_and_ends_no_choice() -> None:
    story = desk(attrs.evolve(ALERTING, capacity=Capacity(units=5))).on(PresenceChosen, 1, presence="Available")
    assert story.offered(when=2).effects_of(AnnouncePresence) == []
    assert story.on(OfferWithdrawn, 3).state.presence.ground is Ground.CHOICE
    assert story.offered("p", 4).on(AcceptPressed, 5, offer="p").shows == "Do not disturb"


def test_an_agent_who_never_signed_in_can_be_given_nothing_not_even_by_a_supervisor() -> None:
    story = desk(signed_in=False).offered(when=2, override=Override.SUPERVISOR)
    assert why(story) == [RefusalReason.PRESENCE]


def test_a_record_is_assigned_whatever_its_notification_looks_like_and_cannot_be_rejected() -> None:
    story = desk().offered(channel=Channel.RECORD)
    assert (story.messages, story.state.item("o").status) == (["OfferAssigned"], ItemStatus.ASSIGNED)
    assert story.on(RejectPressed, 1).refused("offer_ended").state.item("o") is not None


def test_an_offer_sent_by_a_clock_that_is_ahead_was_sent_when_it_came() -> None:
    story = desk().on(Offered, 5, offer=offer("o", 60, toast()))
    assert story.messages == ["OfferAssigned"]


def test_a_limit_of_absence_is_that_in_force_when_the_agent_went() -> None:
    story = desk(DeskSettings(abandoned_after=seconds(3600))).working(1).on(AgentDisconnected, 10)
    story.machine = type(story.machine)(DeskSettings(abandoned_after=seconds(150)))
    assert story.tick(1000).messages == []
    assert story.tick(3611).messages == ["SessionAbandoned"]


def test_a_withdrawal_that_names_an_end_no_offer_can_have_is_refused() -> None:
    desk().on(OfferWithdrawn, 1, offer="far", until=at(9000)).refused("unknown_deadline")
    desk().on(OfferWithdrawn, 1, offer="near", until=at(7600)).applied()


def _session(effect: Send) -> int:
    assert isinstance(effect.message, SessionOpened | SessionClosed)
    return effect.message.session


def test_each_session_of_a_record_is_told_with_its_number() -> None:
    story = desk().working(1, channel=Channel.RECORD).on(ClosePressed, 5, offer="w0")
    numbers: list[Any] = [_session(one) for one in story.effects_of(Send)]
    numbers += [_session(one) for one in story.on(ItemOpened, 6, offer="w0", session=2).effects_of(Send)]
    numbers += [_session(one) for one in story.on(ClosePressed, 7, offer="w0", session=2).effects_of(Send)]
    assert numbers == [1, 2, 2]


def test_demands_beyond_any_limit_never_raise() -> None:
    story = desk(DeskSettings())
    most = Demand(units=1_000_000, profiles=tuple(f"p{number}" for number in range(100)))
    story.offered("a", 1, toast(), demand=most, override=Override.SUPERVISOR)
    others = attrs.evolve(most, profiles=tuple(f"q{number}" for number in range(100)))
    story.offered("b", 2, toast(), demand=others, override=Override.SUPERVISOR)
    assert story.applied().state.presence.workload.units == 2_000_000


def test_a_withdrawal_that_closes_a_session_is_known_for_as_long_as_it_says() -> None:
    story = desk().working(1).on(OfferWithdrawn, 600, offer="w0", until=at(1170)).applied()
    story.on(OfferWithdrawn, 700, offer="w0", until=at(1170)).unchanged()
