"""Details of presence, notifications and desks that decide who wins, what is kept, and where a limit lies."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from tests.desks import (
    ALERTING,
    BOTH_ALERTS,
    MICRO,
    START,
    SUPERVISOR,
    Story,
    at,
    desk,
    happened,
    item,
    notification,
    offer,
    presence,
    seconds,
    template,
    toast,
    workload,
)

from customer_summary import (
    AcceptPressed,
    Actor,
    AgentActive,
    AgentConnected,
    AgentDesk,
    AgentDisconnected,
    AlertKind,
    AlertRaised,
    AnnouncePresence,
    AppFocus,
    Applied,
    BaseStatus,
    BodyClicked,
    Capacity,
    CapacityProfile,
    ClosePressed,
    ContactCentre,
    DecodeError,
    Demand,
    Desk,
    DeskSettings,
    DeskSettingsMade,
    DesktopPermission,
    DismissNotification,
    EndPressed,
    FocusApp,
    FocusChanged,
    Ground,
    InvalidValue,
    ItemOpened,
    NotificationDisplayed,
    NotificationPolicy,
    Offered,
    OfferOutcome,
    OfferWithdrawn,
    Party,
    Presence,
    PresenceChosen,
    PresenceReset,
    PresenceSettings,
    PresenceStatus,
    ProfileReset,
    ProfileUse,
    RejectPressed,
    Send,
    TemplateField,
    Unchanged,
    Workload,
    WorkloadChanged,
    WrapUp,
    WrapUpMode,
    from_json,
    to_json,
)
from customer_summary.rules.slugs import fill

MISSED, REJECTED, LIMIT = AlertKind.MISSED, AlertKind.REJECTED, AlertKind.SESSION_LIMIT


# Presence


def test_of_two_alerts_the_newer_one_shows_with_its_own_presence_and_reason() -> None:
    story = presence().on(AlertRaised, 5, alert=REJECTED).on(AlertRaised, 6, alert=MISSED)
    assert (story.shows, story.state.reason.value) == ("Inactive", "missed")


def test_an_alert_that_was_answered_is_not_raised_again_by_the_same_miss() -> None:
    story = presence().on(AlertRaised, 1, alert=MISSED).on(PresenceReset, 2, alert=MISSED, alert_at=at(1), offer="o")
    assert story.applied().on(AlertRaised, 3, alert=MISSED, raised_at=at(1)).unchanged().shows == "Available"


def test_an_alert_keeps_the_offer_it_is_about_to_the_letter() -> None:
    story = presence().on(AlertRaised, 1, alert=LIMIT, offer=" o ").applied()
    story.on(PresenceReset, 2, alert=LIMIT, alert_at=at(1), offer="o").unchanged()
    assert story.on(PresenceReset, 2, alert=LIMIT, alert_at=at(1), offer=" o ").applied().state.alerts == ()


def test_a_change_is_announced_as_that_of_whoever_made_it() -> None:
    story = presence(attrs.evolve(BOTH_ALERTS, idle_after=seconds(60)))
    steps: list[tuple[Callable[[], Story], Party]] = [
        (lambda: story.on(WorkloadChanged, 1, workload=workload(5)), Party.SYSTEM),
        (lambda: story.tick(60), Party.SYSTEM),
        (lambda: story.on(AgentActive, 70), Party.AGENT),
        (lambda: story.on(AlertRaised, 72, alert=MISSED), Party.SYSTEM),
        (lambda: story.on(AlertRaised, 73, alert=REJECTED), Party.AGENT),
        (lambda: story.on(PresenceReset, 74, alert=REJECTED, alert_at=at(73), by=SUPERVISOR), Party.SUPERVISOR),
        (lambda: story.on(AgentDisconnected, 75), Party.SYSTEM),
        (lambda: story.on(AgentConnected, 76), Party.AGENT),
        (lambda: story.on(AgentDisconnected, 77, signed_out=True), Party.AGENT),
    ]
    for step, by in steps:
        assert [one.by.party for one in step().effects_of(AnnouncePresence)] == [by]


@pytest.mark.parametrize(("by", "deadline"), [(Actor(Party.AGENT), 100), (SUPERVISOR, 60)])
@pytest.mark.parametrize("kind", [PresenceChosen, PresenceReset])
def test_an_agent_is_active_by_their_own_choice_or_reset_and_not_by_a_supervisors(
    kind: type, by: Actor, deadline: float
) -> None:
    story = presence(attrs.evolve(BOTH_ALERTS, idle_after=seconds(60))).on(AlertRaised, 10, alert=MISSED)
    given = {"presence": "Busy"} if kind is PresenceChosen else {"alert": MISSED, "alert_at": at(10), "offer": "o"}
    story.on(kind, 40, by=by, **given).applied()
    assert story.machine.deadline(story.state) == at(deadline)


def test_a_presence_begins_with_no_transition_and_counts_each() -> None:
    story = presence(signed_in=False)
    assert (story.state.transitions, story.on(AgentConnected, 0).state.transitions) == (0, 1)


@pytest.mark.parametrize("register", ["chosen", "queued"])
def test_a_choice_without_an_actor_or_an_instant_is_no_state(register: str) -> None:
    known = presence().state
    full = known.chosen
    for broken in (attrs.evolve(full, by=None), attrs.evolve(full, at=None)):
        with pytest.raises(InvalidValue, match=rf"^{register}: "):
            attrs.evolve(known, **{register: broken}).check_coherence()
    attrs.evolve(known, **{register: full}).check_coherence()


# Desk


def test_of_what_is_due_at_one_instant_an_offer_comes_before_a_wrap_up_whatever_their_names() -> None:
    wrap_up = WrapUp(mode=WrapUpMode.TIMED, limit=seconds(30))
    story = desk(DeskSettings(capacity=Capacity(units=100))).offered("a", wrap_up=wrap_up).offered("z")
    story.on(AcceptPressed, 1, offer="a").on(NotificationDisplayed, 1, offer="z").on(EndPressed, 60, offer="a")
    story.tick(90)
    assert (story.messages, type(story.effects[-1])) == (["OfferMissed"], AnnouncePresence)
    first, *_, last = (one.id for one in story.effects)
    assert (first, last) == (("noor", first[1], 0), ("noor", first[1] + 1, 0))


WATCHED = attrs.evolve(ALERTING, presence=PresenceSettings(idle_after=seconds(60)))


def test_what_the_agent_presses_counts_as_activity_and_what_comes_by_itself_does_not() -> None:
    story = desk(WATCHED).offered(when=10).on(NotificationDisplayed, 20).on(BodyClicked, 25)
    assert story.machine.deadline(story.state) == at(60)
    story.on(AcceptPressed, 30).applied().on(FocusChanged, 40, focus=AppFocus.MINIMISED).applied()
    assert story.machine.deadline(story.state) == at(90)
    story.on(EndPressed, 50)
    assert story.machine.deadline(story.state) == at(110)


@pytest.mark.parametrize(("when", "cleared"), [(90 - MICRO, 1), (90, 0), (90 + MICRO, 0)])
@pytest.mark.parametrize("kind", [AcceptPressed, ItemOpened, OfferWithdrawn])
def test_a_toast_is_cleared_by_what_comes_of_it_unless_its_time_is_over(kind: type, when: float, cleared: int) -> None:
    story = desk().offered(shape=toast()).on(kind, when).applied()
    assert len(story.effects_of(DismissNotification)) == cleared


def test_a_profile_by_the_name_of_an_offer_is_free_again_at_midnight_and_ends_no_offer() -> None:
    evening = CapacityProfile(name="o", limit=2, reset=ProfileReset.END_OF_DAY)
    late = (datetime(2026, 3, 3, tzinfo=UTC) - START).total_seconds()
    story = desk(DeskSettings(capacity=Capacity(profiles=(evening,)))).offered("c", demand=Demand(profiles=("o",)))
    story.on(AcceptPressed, 1, offer="c").on(ClosePressed, 2, offer="c").applied().offered("o", late - 10)
    story.tick(late)
    assert (story.state.spent, story.messages, len(story.state.notifications)) == ((), [], 1)


def test_a_click_on_what_was_accepted_already_brings_the_app_forward_and_changes_nothing() -> None:
    story = desk().offered().on(AcceptPressed, 1)
    state = story.state
    assert story.on(BodyClicked, 2, window="two").unchanged().state is state
    assert [(one.agent, one.offer, one.window) for one in story.effects_of(FocusApp)] == [("noor", "o", "two")]


# Many desks


def both(settings: DeskSettings = ALERTING) -> ContactCentre:
    """The desks of Noor and Olha, who have an offer each, sent after 10 and after 5 seconds and displayed at once."""
    desks = ContactCentre(settings)
    for agent, sent in (("noor", 10), ("olha", 5)):
        desks.send(happened(AgentConnected, 0, agent=agent))
        desks.send(happened(Offered, sent, agent=agent, offer=offer(agent, sent)))
        desks.send(happened(NotificationDisplayed, sent, agent=agent, offer=agent))
    return desks


def settled(desks: ContactCentre, to: float) -> list[tuple[str, datetime, OfferOutcome | None]]:
    found = [(one.at, one.state) for one in desks.advance(at(to)) if isinstance(one.state, Desk)]
    return [(desk.agent, when, desk.outcome_of(desk.agent)) for when, desk in found]


def test_many_desks_settle_each_thing_once_at_its_own_instant_in_the_order_in_which_it_is_due() -> None:
    desks = both()
    assert settled(desks, 95 - MICRO) == []
    assert settled(desks, 95) == [("olha", at(95), OfferOutcome.MISSED)]
    assert settled(desks, 1000) == [("noor", at(100), OfferOutcome.MISSED)]
    assert settled(desks, 100_000) == []
    assert settled(both(), 1000) == [
        ("olha", at(95), OfferOutcome.MISSED),
        ("noor", at(100), OfferOutcome.MISSED),
    ]


def test_what_was_answered_in_time_is_no_longer_due() -> None:
    desks = both()
    [answer] = desks.send(happened(AcceptPressed, 20, agent="olha", offer="olha"))
    assert isinstance(answer.before, Desk)
    assert isinstance(answer.state, Desk)
    assert (answer.outcome, answer.at) == (Applied(), at(20))
    assert (answer.before.notifications != (), answer.state.notifications) == (True, ())
    assert [one.message.offer for one in answer.effects if isinstance(one, Send)] == ["olha"]
    assert [agent for agent, _, _ in settled(desks, 1000)] == ["noor"]
    assert [(one.agent, one.open_sessions) for one in desks.desks.values()] == [("noor", 0), ("olha", 1)]


def test_an_event_that_was_overtaken_happens_at_the_instant_of_its_desk() -> None:
    [answer] = both().send(happened(BodyClicked, 3, offer="noor"))
    assert answer.at == at(10)


def test_other_settings_hold_for_the_desks_there_are_from_then_on() -> None:
    desks = both()
    desks.send(
        DeskSettingsMade(at=at(1), settings=attrs.evolve(ALERTING, presence=PresenceSettings(idle_after=seconds(60))))
    )
    desks.send(AgentActive(at=at(1), agent="noor", active_at=at(1)))
    found = [one.state for one in desks.advance(at(100)) if isinstance(one.state, Desk)]
    idle = [desk.agent for desk in found if desk.presence.ground is Ground.IDLE]
    assert idle == ["noor"], "who was active before keeps the limit of then"
    assert ContactCentre().desk_machine == AgentDesk()


# Notifications


def test_an_event_of_another_offer_was_delivered_wrongly() -> None:
    with pytest.raises(InvalidValue, match=r"^offer: must be the one that the event is for$"):
        notification().on(AcceptPressed, 1, offer="p")


@pytest.mark.parametrize(("when", "by_itself"), [(5, False), (90, True)])
def test_a_notification_says_whether_anybody_pressed(when: float, *, by_itself: bool) -> None:
    story = notification(template(auto_assign=True, auto_accept=True, reject=False)).on(AcceptPressed, when)
    assert story.state.by_itself is by_itself


@pytest.mark.parametrize(("length", "shown"), [(4000, "x" * 4000), (4001, "x" * 3999 + "\u2026")])
def test_a_field_shows_4000_characters_and_what_is_longer_says_that_it_goes_on(length: int, shown: str) -> None:
    shape = template(fields=(TemplateField(name="n", header="h", value="{long}"),))
    assert [one.text for one in NotificationPolicy().fields(shape, {"long": "x" * length}.get)] == [shown]


def test_the_text_of_a_field_keeps_the_spaces_around_it() -> None:
    shape = template(fields=(TemplateField(name="n", header="h", value=" {name} "),))
    assert [one.text for one in NotificationPolicy().fields(shape, {"name": "Anna"}.get)] == [" Anna "]


@pytest.mark.parametrize(("levels", "first"), [(4, "x"), (5, "$odata.{x}")])
def test_slugs_are_filled_four_levels_deep_and_no_deeper(levels: int, first: str) -> None:
    asked: list[str] = []

    def look_up(name: str) -> str:
        asked.append(name)
        return "1"

    assert fill("{$odata." * levels + "{x}" + "}" * levels, look_up) == "1"
    assert asked[0] == first


# What cannot be


def profiles(count: int) -> tuple[CapacityProfile, ...]:
    return tuple(CapacityProfile(name=str(one), limit=1) for one in range(count))


def wrap_up(**given: Any) -> WrapUp:
    return WrapUp(mode=WrapUpMode.TIMED, limit=seconds(30), extension=seconds(20), **given)


@pytest.mark.parametrize(
    ("field", "build"),
    [
        ("profiles", lambda: Capacity(profiles=profiles(101))),
        ("count", lambda: ProfileUse("p", 0)),
        ("text", lambda: PresenceStatus("Lunch\tbreak", BaseStatus.AWAY)),
        ("setup_limit", lambda: template(setup_limit=seconds(3601))),
        ("setup_limit", lambda: template(setup_limit=seconds(0.999))),
        ("reject_reasons", lambda: template(reject_reasons=tuple(map(str, range(51))))),
        ("extensions", lambda: wrap_up(extensions=101)),
        ("id", lambda: offer(" o")),
        ("conversation", lambda: item("")),
        ("abandoned_after", lambda: DeskSettings(abandoned_after=timedelta(days=1, microseconds=1))),
        ("units", lambda: Workload(units=-1)),
    ],
)
def test_what_cannot_be_is_refused_by_field(field: str, build: Callable[[], Any]) -> None:
    with pytest.raises(InvalidValue, match=rf"^{field}: "):
        build()


def test_what_lies_at_its_limit_is_fine() -> None:
    assert len(template(reject_reasons=tuple(map(str, range(50)))).reject_reasons) == 50
    assert DeskSettings(abandoned_after=timedelta(days=1)).abandoned_after == timedelta(days=1)
    for limit in (1, 3600):
        assert template(setup_limit=seconds(limit)).setup_limit == seconds(limit)
    assert len(Capacity(profiles=profiles(100)).profiles) == wrap_up(extensions=100).extensions == 100


NAIVE = "2026-03-02T09:00:00"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("agent", {"agent": ""}),
        ("transitions", {"transitions": -1}),
        ("connection.since", {"connection": {"since": NAIVE}}),
        ("answered.at", {"answered": {"at": NAIVE, "kind": "missed"}}),
        ("activity.at", {"activity": {"at": NAIVE}}),
        ("chosen.at", {"chosen": {"at": NAIVE}}),
        ("alerts[0].at", {"alerts": [{"kind": "missed", "at": NAIVE, "presence": {"text": "x", "base": "busy"}}]}),
    ],
)
def test_a_document_of_a_presence_that_cannot_be_is_refused_by_path(path: str, written: dict[str, Any]) -> None:
    with pytest.raises(DecodeError) as caught:
        from_json(Presence, json.dumps(json.loads(to_json(presence().state)) | written))
    assert [one.path for one in caught.value.problems] == [path]


@pytest.mark.parametrize("end", [NotificationDisplayed, RejectPressed, AcceptPressed, OfferWithdrawn, None])
def test_an_offer_of_a_clock_that_is_ahead_is_known_until_no_copy_of_it_could_begin_anew(end: type | None) -> None:
    came = happened(Offered, 0, offer=offer(sent=60))
    noor = desk(attrs.evolve(ALERTING, capacity=Capacity(units=0)) if end is None else ALERTING).tell(came)
    if end is not None:
        noor.on(end, 1, **({"until": at(570)} if end is OfferWithdrawn else {}))
    if end is AcceptPressed:
        noor.on(ClosePressed, 2).applied()
    noor.on(DesktopPermission, 600, allowed=True).applied()  # after the offer, as it was taken, is forgotten
    noor.tell(attrs.evolve(came, at=at(600))).unchanged()
    noor.on(DesktopPermission, 630, allowed=False).applied()
    assert noor.state.ended == ()
    assert isinstance(noor.tell(attrs.evolve(came, at=at(630))).outcome, Unchanged)
