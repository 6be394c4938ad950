"""Presence: the ordered list of its causes, who may set what, what stays, and what a reset and a return do."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.desks import (
    BOTH_ALERTS,
    MICRO,
    SUPERVISOR,
    Story,
    at,
    presence,
    seconds,
    workload,
)

from customer_summary import (
    Actor,
    AgentActive,
    AgentConnected,
    AgentDisconnected,
    AlertKind,
    AlertRaised,
    AnnouncePresence,
    BaseStatus,
    DismissAlert,
    Ground,
    InvalidValue,
    NextPresenceQueued,
    Party,
    PresenceChosen,
    PresenceReason,
    PresenceReset,
    PresenceSettings,
    PresenceStatus,
    ShowAlert,
    Unchanged,
    WorkloadChanged,
)

MISSED, REJECTED, LIMIT = AlertKind.MISSED, AlertKind.REJECTED, AlertKind.SESSION_LIMIT
WATCHED = attrs.evolve(BOTH_ALERTS, idle_after=seconds(600))
STOCK_BASES = {
    "Available": BaseStatus.AVAILABLE,
    "Busy": BaseStatus.BUSY,
    "Do not disturb": BaseStatus.DO_NOT_DISTURB,
    "Appear away": BaseStatus.AWAY,
    "Offline": BaseStatus.OFFLINE,
    "Inactive": BaseStatus.AWAY,
}
KEPT, PASSING = ("Do not disturb", "Appear away", "Offline"), ("Available", "Busy")


def chose(story: Story, when: float, text: str, **given: Any) -> Story:
    return story.on(PresenceChosen, when, presence=text, **given)


def raised(story: Story, when: float, kind: AlertKind) -> Story:
    return story.on(AlertRaised, when, alert=kind)


def reset(story: Story, when: float, kind: AlertKind, named: float, **given: Any) -> Story:
    return story.on(PresenceReset, when, alert=kind, alert_at=at(named), **given)


def uses(story: Story, when: float, units: int) -> Story:
    return story.on(WorkloadChanged, when, workload=workload(units))


def told(story: Story) -> tuple[str, PresenceReason, Ground]:
    return story.shows, story.state.reason, story.state.ground


# The ordered list


def test_the_stock_presences_are_the_five_bases_and_inactive_which_counts_as_away() -> None:
    found = {text: PresenceSettings().find(text) for text in STOCK_BASES}
    assert {text: one.base for text, one in found.items() if one is not None} == STOCK_BASES


def test_before_the_first_sign_in_and_after_a_disconnect_everything_else_is_hidden_by_offline() -> None:
    assert told(presence(signed_in=False)) == ("Offline", PresenceReason.SIGNED_OUT, Ground.DISCONNECTED)
    gone = raised(chose(presence(), 1, "Available"), 2, LIMIT).on(AgentDisconnected, 3)
    assert told(gone) == ("Offline", PresenceReason.DISCONNECTED, Ground.DISCONNECTED)
    assert told(presence().on(AgentDisconnected, 3, signed_out=True))[1] is PresenceReason.SIGNED_OUT


@pytest.mark.parametrize("chosen", [*KEPT, *PASSING])
@pytest.mark.parametrize(
    ("kind", "shows", "ground"),
    [
        (MISSED, "Inactive", Ground.MISSED),
        (REJECTED, "Do not disturb", Ground.REJECTED),
        (LIMIT, "Do not disturb", Ground.SESSION_LIMIT),
    ],
)
def test_an_open_cause_comes_before_every_choice(chosen: str, kind: AlertKind, shows: str, ground: Ground) -> None:
    story = raised(chose(presence(), 1, chosen), 2, kind)
    assert told(story) == (shows, PresenceReason(kind.value), ground)
    assert story.effects_of(ShowAlert)[0].alert.kind is kind


@pytest.mark.parametrize(
    ("kinds", "ground"),
    [
        ((MISSED, REJECTED, LIMIT), Ground.SESSION_LIMIT),
        ((LIMIT, REJECTED, MISSED), Ground.SESSION_LIMIT),
        ((MISSED, REJECTED), Ground.REJECTED),
        ((REJECTED, MISSED), Ground.REJECTED),
    ],
)
def test_at_equal_instants_session_limit_comes_before_rejected_before_missed(
    kinds: tuple[AlertKind, ...], ground: Ground
) -> None:
    story = presence()
    for kind in kinds:
        raised(story, 5, kind)
    assert story.state.ground is ground


@pytest.mark.parametrize("order", [(MISSED, REJECTED), (REJECTED, MISSED)])
def test_the_newest_open_cause_shows_whichever_it_is_and_whichever_came_first(order: tuple[AlertKind, ...]) -> None:
    older, newer = order
    one, other = raised(raised(presence(), 5, older), 6, newer), presence()
    other.on(AlertRaised, 7, alert=newer, raised_at=at(6)).on(AlertRaised, 7, alert=older, raised_at=at(5))
    assert one.state.status == other.state.status
    assert [alert.kind for alert in one.state.alerts] == [alert.kind for alert in other.state.alerts] == [newer, older]


@pytest.mark.parametrize("chosen", KEPT)
def test_being_idle_never_overrides_a_chosen_offline_away_or_do_not_disturb(chosen: str) -> None:
    story = chose(presence(WATCHED), 1, chosen).tick(4000)
    assert told(story) == (chosen, PresenceReason.MANUAL, Ground.KEPT_CHOICE)


@pytest.mark.parametrize("chosen", PASSING)
def test_being_idle_overrides_available_and_busy_until_the_next_activity(chosen: str) -> None:
    story = chose(presence(WATCHED), 1, chosen).tick(602)
    assert told(story) == ("Inactive", PresenceReason.IDLE, Ground.IDLE)
    assert told(story.on(AgentActive, 700)) == (chosen, PresenceReason.MANUAL, Ground.CHOICE)


def test_an_open_cause_shows_before_being_idle() -> None:
    assert told(raised(presence(WATCHED).tick(700), 800, REJECTED))[2] is Ground.REJECTED


def test_nobody_is_idle_unless_the_policy_says_when() -> None:
    story = presence()
    assert story.machine.deadline(story.state) is None
    assert story.tick(1_000_000).shows == "Available"


@pytest.mark.parametrize(
    ("load", "shows", "reason"),
    [
        (0, "Available", PresenceReason.CAPACITY_FREE),
        (5, "Busy", PresenceReason.CAPACITY_PART),
        (15, "Do not disturb", PresenceReason.CAPACITY_FULL),
        (20, "Do not disturb", PresenceReason.CAPACITY_FULL),
    ],
)
def test_without_causes_and_choices_capacity_in_use_decides(load: int, shows: str, reason: PresenceReason) -> None:
    story = uses(presence(load=1), 1, load) if load else uses(uses(presence(), 1, 5), 2, 0)
    assert told(story) == (shows, reason, Ground.CAPACITY)


# Who sets what


@pytest.mark.parametrize("by", [Actor(Party.AGENT), SUPERVISOR])
@pytest.mark.parametrize("text", sorted(STOCK_BASES))
def test_agents_and_supervisors_set_every_stock_presence_but_inactive(text: str, by: Actor) -> None:
    before = presence()
    state = before.state
    story = chose(before, 1, text, by=by)
    if text == "Inactive":
        assert story.refused("not_selectable").state is state
    else:
        assert story.applied().shows == text
        own = by.party is Party.AGENT
        assert story.state.reason is (PresenceReason.MANUAL if own else PresenceReason.SET_SUPERVISOR)
        assert story.effects_of(AnnouncePresence)[0].by == by


LUNCH = PresenceStatus("Lunch", BaseStatus.AWAY)
TRAINING = PresenceStatus("Training", BaseStatus.BUSY, by_agent=False)
CUSTOM = attrs.evolve(BOTH_ALERTS, custom=(LUNCH, TRAINING))


def test_a_custom_presence_is_the_agents_if_it_says_so_and_always_the_supervisors() -> None:
    assert chose(presence(CUSTOM), 1, "Lunch").applied().state.status.base is BaseStatus.AWAY
    chose(presence(CUSTOM), 1, "Training").refused("not_selectable")
    presence(CUSTOM).on(NextPresenceQueued, 1, presence="Training").refused("not_selectable")
    assert chose(presence(CUSTOM), 1, "Training", by=SUPERVISOR).applied().shows == "Training"


def test_what_a_custom_presence_is_kept_by_is_its_base_not_its_text() -> None:
    odd = attrs.evolve(BOTH_ALERTS, custom=(PresenceStatus("Away, really", BaseStatus.AVAILABLE),))
    assert uses(chose(presence(odd), 1, "Away, really"), 2, 5).shows == "Busy"
    assert uses(chose(presence(CUSTOM), 1, "Lunch"), 2, 5).shows == "Lunch"


@pytest.mark.parametrize("text", ["available", "AVAILABLE", "Gone fishing", "away"])
def test_a_presence_is_chosen_by_its_exact_text_and_any_other_is_refused(text: str) -> None:
    story = presence()
    state = story.state
    assert chose(story, 1, text).refused("unknown_presence").state is state
    assert story.on(NextPresenceQueued, 1, presence=text).refused("unknown_presence").state is state


@pytest.mark.parametrize("party", [Party.CUSTOMER, Party.SYSTEM])
def test_nobody_else_chooses_queues_or_resets(party: Party) -> None:
    others: list[Callable[[], Any]] = [
        lambda: PresenceChosen(at=at(1), agent="noor", presence="Busy", chosen_at=at(1), by=Actor(party)),
        lambda: PresenceReset(at=at(1), agent="noor", alert=MISSED, alert_at=at(1), by=Actor(party)),
        lambda: NextPresenceQueued(at=at(1), agent="noor", queued_at=at(1), by=Actor(party)),
    ]
    for build in others:
        with pytest.raises(InvalidValue, match=r"^by: "):
            build()


# What stays


@pytest.mark.parametrize("chosen", PASSING)
@pytest.mark.parametrize(("load", "shows"), [(0, "Available"), (5, "Busy"), (15, "Do not disturb")])
def test_available_and_busy_by_hand_last_until_the_capacity_in_use_changes(chosen: str, load: int, shows: str) -> None:
    story = chose(presence(load=1), 1, chosen)
    assert uses(story, 2, 1).shows == chosen
    assert uses(story, 3, load).shows == shows


@pytest.mark.parametrize("chosen", KEPT)
def test_do_not_disturb_away_and_offline_by_hand_stay_whatever_the_capacity(chosen: str) -> None:
    story = chose(presence(), 1, chosen)
    for when, load in enumerate((5, 15, 0), start=2):
        assert uses(story, when, load).shows == chosen


def test_do_not_disturb_by_hand_survives_a_close_and_by_capacity_does_not() -> None:
    by_hand = chose(uses(presence(), 1, 10), 2, "Do not disturb")
    assert uses(by_hand, 3, 5).shows == "Do not disturb"
    by_capacity = uses(presence(), 1, 15)
    assert by_capacity.shows == "Do not disturb"
    assert uses(by_capacity, 3, 5).shows == "Busy"


@pytest.mark.parametrize("kind", AlertKind)
def test_an_open_cause_stays_whatever_the_capacity_until_any_choice_of_agent_or_supervisor(kind: AlertKind) -> None:
    for by in (Actor(Party.AGENT), SUPERVISOR):
        story = raised(presence(load=5), 1, kind)
        shown = story.shows
        assert uses(uses(story, 2, 15), 3, 0).shows == shown
        assert chose(story, 4, "Busy", by=by).shows == "Busy"
        assert [one.alert.kind for one in story.effects_of(DismissAlert)] == [kind]


def test_a_change_of_limits_alone_ends_no_choice() -> None:
    story = chose(presence(load=5), 1, "Available")
    assert story.on(WorkloadChanged, 2, workload=workload(5, total=5)).shows == "Available"


# Registers


def test_an_older_or_equal_choice_loses_whatever_it_says_and_a_later_one_is_kept_even_if_the_same() -> None:
    story = chose(presence(), 10, "Busy")
    chose(story, 11, "Appear away", chosen_at=at(10)).unchanged()
    chose(story, 12, "Appear away", chosen_at=at(9)).unchanged()
    assert chose(story, 20, "Busy").applied().state.chosen.at == at(20)
    chose(story, 21, "Appear away", chosen_at=at(15)).unchanged()


def test_dropping_a_choice_keeps_its_instant() -> None:
    story = uses(chose(presence(), 10, "Busy"), 20, 5)
    assert (story.state.chosen.at, story.state.chosen.presence) == (at(10), None)
    chose(story, 30, "Appear away", chosen_at=at(10)).unchanged()
    after_reset = reset(raised(chose(presence(), 10, "Offline"), 11, MISSED), 12, MISSED, 11)
    assert (after_reset.state.chosen.at, after_reset.state.chosen.presence) == (at(10), None)


def test_the_sign_in_loses_to_an_earlier_disconnect_and_wins_at_an_equal_instant() -> None:
    story = presence().on(AgentDisconnected, 100)
    assert story.on(AgentConnected, 101, since=at(99)).unchanged().shows == "Offline"
    assert story.on(AgentConnected, 101, since=at(100)).applied().shows == "Available"
    assert story.on(AgentDisconnected, 102, since=at(100)).unchanged().shows == "Available"


def test_a_second_disconnect_never_moves_the_first() -> None:
    story = presence().on(AgentDisconnected, 100).on(AgentDisconnected, 200)
    assert story.applied().state.connection.since == at(100)
    assert story.on(AgentConnected, 250 + MICRO).state.reason is PresenceReason.DEFAULT


@pytest.mark.parametrize("known_before", [False, True])
def test_a_connection_loses_to_a_later_disconnect_that_came_first(*, known_before: bool) -> None:
    story = presence(signed_in=known_before)
    if known_before:
        story.on(AgentDisconnected, 20)
    story.on(AgentDisconnected, 100).on(AgentConnected, 101, since=at(50))
    assert story.shows == "Offline"


def test_the_default_at_sign_in_loses_to_a_later_choice() -> None:
    story = chose(presence(signed_in=False), 60, "Appear away").on(AgentConnected, 61, since=at(50))
    assert story.shows == "Appear away"


@pytest.mark.parametrize(
    ("kind", "name", "given"),
    [
        (PresenceChosen, "chosen_at", {"presence": "Busy"}),
        (NextPresenceQueued, "queued_at", {"presence": "Busy"}),
        (AgentConnected, "since", {}),
        (AgentDisconnected, "since", {}),
        (AgentActive, "active_at", {}),
        (AlertRaised, "raised_at", {"alert": MISSED}),
        (WorkloadChanged, "counted_at", {"workload": workload(5)}),
    ],
)
def test_an_instant_that_has_not_come_is_refused(kind: type, name: str, given: dict[str, Any]) -> None:
    story = presence()
    state = story.state
    assert story.on(kind, 10, **given | {name: at(11)}).refused("not_yet").state is state


# Reset


@pytest.mark.parametrize(("load", "shows"), [(0, "Available"), (5, "Busy"), (15, "Do not disturb")])
@pytest.mark.parametrize("kind", AlertKind)
@pytest.mark.parametrize(
    ("by", "reason"),
    [(Actor(Party.AGENT), PresenceReason.RESET_AGENT), (SUPERVISOR, PresenceReason.RESET_SUPERVISOR)],
)
def test_a_reset_lands_on_what_capacity_says_now_and_drops_the_choice(
    kind: AlertKind, load: int, shows: str, by: Actor, reason: PresenceReason
) -> None:
    story = raised(chose(presence(load=load), 1, "Offline"), 2, kind)
    reset(story, 3, kind, 2, by=by).applied()
    assert (story.shows, story.state.ground) == (shows, Ground.CAPACITY)
    assert [(one.reason, one.by) for one in story.effects_of(AnnouncePresence)] == [(reason, by)]
    assert [one.alert.kind for one in story.effects_of(DismissAlert)] == [kind]


def test_a_reset_closes_the_alert_it_names_and_older_ones_and_no_newer() -> None:
    story = raised(raised(raised(presence(), 1, MISSED), 2, REJECTED), 3, LIMIT)
    reset(story, 4, REJECTED, 2).applied()
    assert [alert.kind for alert in story.state.alerts] == [LIMIT]
    assert story.state.ground is Ground.SESSION_LIMIT
    assert [one.alert.kind for one in story.effects_of(DismissAlert)] == [REJECTED, MISSED]


def test_a_reset_of_what_is_closed_or_was_never_open_changes_nothing() -> None:
    story = raised(presence(), 1, MISSED)
    reset(story, 2, MISSED, 1).applied()
    assert reset(story, 3, MISSED, 1).outcome == Unchanged("no such alert is open")
    reset(presence(), 3, LIMIT, 1).unchanged()


def test_a_reset_that_names_an_older_alert_leaves_a_newer_one_of_its_kind() -> None:
    story = raised(raised(presence(), 1, MISSED), 5, MISSED)
    assert reset(story, 6, MISSED, 1).unchanged().shows == "Inactive"


def test_a_reset_and_another_alert_of_the_same_instant_give_the_same_in_either_order() -> None:
    one = reset(raised(raised(presence(), 1, MISSED), 1, REJECTED), 2, MISSED, 1)
    other = reset(raised(presence(), 1, MISSED), 2, MISSED, 1).on(AlertRaised, 3, alert=REJECTED, raised_at=at(1))
    assert one.shows == other.shows == "Do not disturb"


def test_the_features_that_are_off_raise_no_alert_and_change_no_presence() -> None:
    for kind in (MISSED, REJECTED):
        story = presence(PresenceSettings())
        assert raised(story, 1, kind).unchanged().shows == "Available"
    assert raised(presence(PresenceSettings()), 1, LIMIT).applied().shows == "Do not disturb"


def test_what_a_miss_and_a_rejection_set_is_a_matter_of_policy() -> None:
    both = attrs.evolve(CUSTOM, missed_presence=LUNCH, rejected_presence=TRAINING)
    assert raised(presence(both), 1, MISSED).shows == "Lunch"
    assert raised(presence(both), 1, REJECTED).shows == "Training"


# The next status


def test_a_queued_status_waits_for_the_last_work_and_is_a_manual_choice_then() -> None:
    story = presence(load=5).on(NextPresenceQueued, 1, presence="Appear away").applied()
    assert story.shows == "Busy"
    assert uses(story, 2, 10).shows == "Busy"
    assert told(uses(story, 3, 0)) == ("Appear away", PresenceReason.MANUAL, Ground.KEPT_CHOICE)
    assert uses(story, 4, 5).shows == "Appear away"


def test_a_queued_status_begins_at_once_where_nothing_is_in_use() -> None:
    assert presence().on(NextPresenceQueued, 1, presence="Appear away").applied().shows == "Appear away"


@pytest.mark.parametrize("text", ["Busy", "Do not disturb"])
def test_a_later_choice_drops_the_queued_status_and_an_earlier_one_does_not(text: str) -> None:
    story = presence(load=5).on(NextPresenceQueued, 10, presence="Appear away")
    assert chose(story, 11, "Busy", chosen_at=at(9)).state.queued.presence is not None
    assert chose(story, 20, text).state.queued.presence is None
    story.on(NextPresenceQueued, 21, presence="Appear away", queued_at=at(15)).unchanged()
    assert uses(story, 30, 0).shows != "Appear away"


def test_a_queued_status_can_be_taken_back_and_replaced_and_the_latest_word_stands() -> None:
    story = presence(load=5).on(NextPresenceQueued, 10, presence="Appear away").on(NextPresenceQueued, 12).applied()
    story.on(NextPresenceQueued, 13, presence="Offline", queued_at=at(11)).unchanged()
    assert uses(story, 20, 0).shows == "Available"
    again = presence(load=5).on(NextPresenceQueued, 10, presence="Offline").on(NextPresenceQueued, 11, presence="Busy")
    assert uses(again, 20, 0).shows == "Busy"


# Idle, and coming back


@pytest.mark.parametrize(("when", "shows"), [(600 - MICRO, "Available"), (600, "Inactive"), (600 + MICRO, "Inactive")])
def test_idle_is_from_the_instant_of_the_limit(when: float, shows: str) -> None:
    assert presence(WATCHED).tick(when).shows == shows


def test_activity_before_the_limit_counts_even_if_it_comes_after() -> None:
    story = presence(WATCHED).on(AgentActive, 601, active_at=at(599))
    assert story.shows == "Available"
    assert story.machine.deadline(story.state) == at(1199)


@pytest.mark.parametrize("gone", [149.999, 150])
def test_a_return_within_150_seconds_restores_everything(gone: float) -> None:
    for story in (chose(presence(), 1, "Appear away"), raised(presence(), 1, MISSED), uses(presence(), 1, 5)):
        shown, causes = story.shows, (story.state.chosen, story.state.alerts)
        story.on(AgentDisconnected, 10, signed_out=True).on(AgentConnected, 10 + gone)
        assert (story.shows, (story.state.chosen, story.state.alerts)) == (shown, causes)
        assert story.effects_of(AnnouncePresence)[0].reason is PresenceReason.RESTORED


@pytest.mark.parametrize("gone", [150 + MICRO, 151, 100_000])
def test_a_later_return_closes_the_causes_and_begins_as_a_sign_in(gone: float) -> None:
    story = raised(chose(presence(), 1, "Appear away"), 2, LIMIT).on(AgentDisconnected, 10)
    assert told(story.on(AgentConnected, 10 + gone)) == ("Available", PresenceReason.DEFAULT, Ground.CHOICE)
    assert story.state.alerts == ()


def test_disconnected_at_busy_is_busy_after_149_seconds_and_recomputed_after_151() -> None:
    back = uses(presence(), 1, 5).on(AgentDisconnected, 10).on(AgentConnected, 159)
    assert told(back) == ("Busy", PresenceReason.CAPACITY_PART, Ground.CAPACITY)
    late = chose(presence(), 1, "Busy").on(AgentDisconnected, 10).on(AgentConnected, 161)
    assert told(late) == ("Available", PresenceReason.DEFAULT, Ground.CHOICE)


@pytest.mark.parametrize("load", [0, 5, 15])
@pytest.mark.parametrize("default", [*KEPT, *PASSING])
def test_sign_in_sets_the_default_without_work_or_where_its_base_is_kept_else_capacity_decides(
    default: str, load: int
) -> None:
    story = presence(attrs.evolve(BOTH_ALERTS, default=default), load)
    by_capacity = {0: default, 5: "Busy", 15: "Do not disturb"}[load]
    assert story.shows == (default if default in KEPT else by_capacity)


def test_a_default_of_a_kept_base_is_kept_and_one_of_a_passing_base_passes() -> None:
    assert uses(presence(attrs.evolve(BOTH_ALERTS, default="Appear away")), 1, 5).shows == "Appear away"
    assert uses(presence(attrs.evolve(BOTH_ALERTS, default="Busy")), 1, 15).shows == "Do not disturb"


def test_what_happens_while_disconnected_shows_on_return() -> None:
    story = raised(uses(presence(), 1, 5).on(AgentDisconnected, 10), 20, MISSED)
    assert story.shows == "Offline"
    assert uses(story, 30, 0).on(AgentConnected, 40).shows == "Inactive"


def test_a_return_within_150_seconds_removes_nothing_but_the_disconnect_not_even_idle() -> None:
    story = presence(WATCHED).tick(700).on(AgentDisconnected, 710).on(AgentConnected, 711)
    assert story.shows == "Inactive"


def test_nobody_is_found_idle_while_away() -> None:
    story = presence(WATCHED).on(AgentDisconnected, 590)
    assert story.machine.deadline(story.state) is None
    assert story.tick(5000).effects == ()


def test_a_queued_status_that_begins_closes_what_was_raised_before_it_was_queued_for_good() -> None:
    story = raised(uses(presence(), 5, 1), 10, MISSED).on(NextPresenceQueued, 20, presence="Busy")
    assert uses(story, 30, 0).shows == "Busy"
    assert story.on(AlertRaised, 40, alert=MISSED, raised_at=at(10)).unchanged().shows == "Busy"


def test_a_return_after_a_long_absence_restores_nothing_even_where_a_choice_came_meanwhile() -> None:
    story = presence().on(AgentDisconnected, 10).on(PresenceChosen, 500, presence="Appear away")
    story.on(AgentConnected, 600, since=at(400))
    assert (story.shows, story.effects_of(AnnouncePresence)[0].reason) == ("Appear away", PresenceReason.MANUAL)
