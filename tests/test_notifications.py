"""Notifications: templates, what shows where and until when, and how an offer ends, to the microsecond."""

from typing import Any

import attrs
import pytest
from tests.desks import EVERYBODY, MICRO, Story, at, desk, notification, offer, seconds, template, toast

from customer_summary import (
    AcceptPressed,
    AgentConnected,
    AgentDisconnected,
    AppFocus,
    BodyClicked,
    Channel,
    DeskSettings,
    DesktopMode,
    DesktopPermission,
    DismissNotification,
    FocusApp,
    FocusChanged,
    ItemStatus,
    MediaFailed,
    MediaReady,
    NotificationDisplayed,
    NotificationPolicy,
    NotificationSettings,
    NotificationTemplate,
    Offered,
    OfferOutcome,
    OfferRejected,
    Opens,
    OpenSession,
    RejectPressed,
    Scenario,
    Send,
    SetUpMedia,
    ShowNotification,
    Surface,
    TemplateField,
    UnknownKey,
)

POLICY = NotificationPolicy()
EXACT = [(89.999, "before"), (90 - MICRO, "before"), (90, "after"), (90 + MICRO, "after"), (90.001, "after")]


def automatic(**given: Any) -> NotificationTemplate:
    return template(**{"auto_assign": True, "reject": False} | given)


def seen(shape: NotificationTemplate | None = None, when: float = 1) -> Story:
    return desk().offered(shape=shape).on(NotificationDisplayed, when)


# Which template


@pytest.mark.parametrize(
    ("scenario", "channel", "look", "answer"),
    [
        (Scenario.CASE_ASSIGNMENT, Channel.RECORD, "toast", "open"),
        (Scenario.INCOMING_CHAT, Channel.LIVE_CHAT, "alert", "decide"),
        (Scenario.INCOMING_SMS, Channel.SMS, "alert", "decide"),
        (Scenario.INCOMING_VOICE, Channel.VOICE, "alert", "decide"),
        (Scenario.CONVERSATION_ASSIGNMENT, Channel.LIVE_CHAT, "toast", "open"),
        (Scenario.TRANSFER, Channel.LIVE_CHAT, "toast", "open"),
        (Scenario.TRANSFER, Channel.WHATSAPP, "toast", "open"),
        (Scenario.ESCALATION, Channel.SMS, "toast", "open"),
        (Scenario.BOT_ESCALATION, Channel.LIVE_CHAT, "alert", "decide"),
        (Scenario.CONSULT, Channel.TEAMS, "alert", "decide"),
    ],
)
def test_each_scenario_has_its_look_and_what_it_asks(
    scenario: Scenario, channel: Channel, look: str, answer: str
) -> None:
    for known in (True, False):
        found = POLICY.choose(scenario.value, channel, customer_known=known)
        assert (found.look.value, found.answer.value) == (look, answer)


def test_the_stock_defaults_are_those_of_the_specification() -> None:
    for one in POLICY.settings.templates:
        assert (one.timeout, one.show_timeout, one.desktop) == (seconds(120), True, DesktopMode.NEVER)
        assert (one.auto_assign, one.auto_accept, one.reject, one.fields) == (False, False, False, ())


@pytest.mark.parametrize(
    "name", ["live_chat", "custom", "facebook", "line", "sms", "teams", "twitter", "wechat", "voice"]
)
def test_each_channel_of_the_specification_has_its_four_stock_templates(name: str) -> None:
    for kind in ("consult", "incoming_authenticated", "incoming_unauthenticated", "transfer"):
        assert POLICY.template(f"{name}_{kind}").channel is Channel(name)


def test_authenticated_is_that_a_customers_record_exists() -> None:
    assert POLICY.choose("incoming_sms", Channel.SMS, customer_known=True).name == "sms_incoming_authenticated"
    assert POLICY.choose("incoming_sms", Channel.SMS).name == "sms_incoming_unauthenticated"
    assert POLICY.choose("incoming_chat", Channel.WHATSAPP, customer_known=True).name == "incoming_chat"


def test_scenarios_are_an_open_list_and_the_most_specific_template_is_chosen() -> None:
    own = [template(name=name, scenario="callback", **given) for name, given in (
        ("any", {}), ("voice", {"channel": Channel.VOICE}), ("known", {"customer_known": True}),
        ("both", {"channel": Channel.VOICE, "customer_known": True}))]  # fmt: skip
    policy = NotificationPolicy(NotificationSettings(templates=tuple(own)))
    assert policy.choose("callback", Channel.VOICE, customer_known=True).name == "both"
    assert policy.choose("callback", Channel.VOICE).name == "voice"
    assert policy.choose("callback", Channel.SMS, customer_known=True).name == "known"
    assert policy.choose("callback", Channel.SMS).name == "any"


def test_a_template_that_nobody_wrote_is_an_unknown_key() -> None:
    with pytest.raises(UnknownKey, match=r"^no such template; known: .*incoming_chat"):
        POLICY.template("nonsense")
    with pytest.raises(UnknownKey, match="no such template"):
        POLICY.choose("nonsense", Channel.SMS)


# What cannot be built or read


# When it ends: every deadline, to the microsecond


@pytest.mark.parametrize("show", [True, False])
def test_ninety_seconds_with_show_timeout_no_shows_no_time_and_runs_all_the_same(*, show: bool) -> None:
    story = desk().offered(shape=template(show_timeout=show))
    assert story.effects_of(ShowNotification)[0].countdown is show
    story.on(NotificationDisplayed, 1)
    assert story.machine.deadline(story.state) == at(90)
    assert attrs.evolve(story).on(AcceptPressed, 89).applied().messages == ["OfferAccepted"]
    assert story.on(AcceptPressed, 90).refused("offer_ended").messages == ["OfferMissed"]


@pytest.mark.parametrize(("when", "side"), EXACT)
@pytest.mark.parametrize("press", [AcceptPressed, RejectPressed])
def test_an_answer_wins_if_it_is_processed_before_the_deadline(when: float, side: str, press: type) -> None:
    for story in (seen(), notification().on(NotificationDisplayed, 1)):
        story.on(press, when)
        if side == "before":
            expected = ["OfferAccepted"] if press is AcceptPressed else ["OfferRejected"]
            assert story.applied().messages == expected
        else:
            assert story.refused("offer_ended").messages == ["OfferMissed"]


@pytest.mark.parametrize(
    ("when", "outcome"), [(90 - MICRO, "OfferMissed"), (90, "OfferUnseen"), (90 + MICRO, "OfferUnseen")]
)
def test_displayed_before_the_time_out_it_is_missed_and_from_that_instant_on_unseen(when: float, outcome: str) -> None:
    story = seen(when=when)
    assert story.machine.deadline(story.state) == at(90 if outcome == "OfferMissed" else 570)
    assert story.tick(570).messages == [outcome]
    assert story.shows == ("Inactive" if outcome == "OfferMissed" else "Available")


@pytest.mark.parametrize("displayed", [None, 90, 300])
@pytest.mark.parametrize(("when", "wins"), [(90, True), (570 - MICRO, True), (570, False), (570 + MICRO, False)])
def test_what_was_not_seen_in_time_may_be_accepted_for_eight_minutes_more(
    displayed: float | None, when: float, *, wins: bool
) -> None:
    story = desk().offered()
    if displayed is not None and displayed < when:
        story.on(NotificationDisplayed, displayed)
    story.on(AcceptPressed, when)
    assert story.messages == (["OfferAccepted"] if wins else ["OfferUnseen"])


def test_browser_closed_before_display_with_120_seconds_is_rerouted_at_600_and_seen_at_120() -> None:
    shape = template(timeout=seconds(120))
    gone = desk().offered(shape=shape).on(AgentDisconnected, 0)
    assert gone.machine.deadline(gone.state) == at(600)
    assert gone.tick(600 - MICRO).messages == []
    assert gone.tick(600).messages == ["OfferUnseen"]
    assert gone.state.presence.alerts == ()
    assert seen(shape).tick(120).messages == ["OfferMissed"]


def test_displayed_and_then_disconnected_is_missed_all_the_same_and_shows_on_return() -> None:
    story = seen().on(AgentDisconnected, 10).tick(90)
    assert (story.messages, story.shows) == (["OfferMissed"], "Offline")
    assert story.on(AgentConnected, 100).shows == "Inactive"


def test_on_return_an_offer_is_shown_with_the_time_that_is_left() -> None:
    for story in (seen(), desk().offered()):
        story.on(AgentDisconnected, 10).on(AgentConnected, 40)
        assert [one.until for one in story.effects_of(ShowNotification)] == [at(90)]


@pytest.mark.parametrize("away", [True, False])
def test_shown_after_the_time_out_the_time_left_is_that_of_an_unseen_offer(*, away: bool) -> None:
    if away:
        story = desk().offered().on(AgentDisconnected, 10).on(AgentConnected, 120)
    else:
        story = desk().on(Offered, 120, offer=offer())
    assert story.machine.deadline(story.state) == at(570)
    assert [one.until for one in story.effects_of(ShowNotification)] == [at(570)]


def test_an_answer_given_twice_is_unchanged_and_another_one_is_refused_with_what_stands() -> None:
    story = seen().on(AcceptPressed, 5)
    story.on(AcceptPressed, 6).unchanged()
    assert story.on(RejectPressed, 7).refused("offer_ended").outcome.stands == "accepted"  # type: ignore[union-attr]  # refused
    away = seen().on(RejectPressed, 5)
    away.on(RejectPressed, 6).unchanged()
    away.on(AcceptPressed, 7).refused("offer_ended")


# Toasts, and answers that nobody gives


@pytest.mark.parametrize("channel", [Channel.LIVE_CHAT, Channel.RECORD, Channel.VOICE])
def test_a_toast_informs_its_item_is_assigned_at_once_and_open_starts_the_session(channel: Channel) -> None:
    story = desk().offered(shape=toast(), channel=channel)
    assert story.messages == ["OfferAssigned"]
    assert (story.effects_of(DismissNotification), story.effects_of(OpenSession)) == ([], [])
    assert (story.state.item("o").status, story.shows) == (ItemStatus.ASSIGNED, "Busy")
    assert story.on(AcceptPressed, 5).messages == ["SessionOpened"]
    assert story.on(AcceptPressed, 6).unchanged().effects == ()


def test_a_case_assignment_can_neither_be_rejected_nor_lapse() -> None:
    shape = toast(scenario="case_assignment", reject=True)
    story = desk().offered(shape=shape, channel=Channel.RECORD).on(NotificationDisplayed, 1)
    story.on(RejectPressed, 2).refused("offer_ended")
    story.tick(100_000)
    assert (story.messages, story.state.presence.alerts) == ([], ())
    assert story.state.outcome_of("o") is OfferOutcome.ASSIGNED


def test_auto_assign_at_once_is_assigned_as_it_comes_and_without_a_time_out_too() -> None:
    for limit in (0, 90):
        story = desk().offered(shape=automatic(instant=True, timeout=seconds(limit)))
        assert story.messages == ["OfferAssigned"]
        assert story.state.item("o").status is ItemStatus.ASSIGNED


@pytest.mark.parametrize("displayed", [True, False])
@pytest.mark.parametrize(("when", "side"), EXACT)
def test_auto_assign_after_the_countdown_may_be_opened_before_and_is_never_missed(
    when: float, side: str, *, displayed: bool
) -> None:
    story = seen(automatic()) if displayed else desk().offered(shape=automatic())
    story.on(AcceptPressed, when).applied()
    assert story.messages == (["OfferAccepted"] if side == "before" else ["OfferAssigned", "SessionOpened"])
    assert story.state.presence.alerts == ()


def test_auto_accept_at_once_opens_the_session_and_shows_nothing() -> None:
    story = desk().offered(shape=automatic(auto_accept=True, instant=True))
    assert story.messages == ["OfferAccepted"]
    assert len(story.effects_of(OpenSession)) == 1
    assert story.effects_of(ShowNotification) == []
    assert story.state.outcome_of("o") is OfferOutcome.AUTO_ACCEPTED


@pytest.mark.parametrize(("when", "by_itself"), [(90 - MICRO, False), (90, True), (90 + MICRO, True)])
def test_auto_accept_after_the_countdown_shows_it_whatever_the_template_says(when: float, *, by_itself: bool) -> None:
    story = desk().offered(shape=automatic(auto_accept=True, show_timeout=False))
    assert story.effects_of(ShowNotification)[0].countdown is True
    story.on(AgentDisconnected, 5).on(AcceptPressed, when)
    assert [getattr(one.message, "by_itself", None) for one in story.effects_of(Send)] == [by_itself]


@pytest.mark.parametrize("given", [{}, {"auto_accept": True}])
def test_with_automatic_answers_nothing_can_be_rejected(given: dict[str, bool]) -> None:
    seen(automatic(reject=True, **given)).on(RejectPressed, 2).refused("may_not_reject")


@pytest.mark.parametrize(
    ("given", "reason", "refusal"),
    [
        ({"reject": False}, "", "may_not_reject"),
        ({}, "", ""),
        ({}, "no time", "unknown_reason"),
        ({"reject_reasons": ("no time",)}, "", ""),
        ({"reject_reasons": ("no time",)}, "no time", ""),
        ({"reject_reasons": ("no time",)}, "No time", "unknown_reason"),
        ({"reject_reasons": ("no time",), "reason_required": True}, "", "reason_required"),
        ({"reject_reasons": ("no time",), "reason_required": True}, "no time", ""),
    ],
)
def test_reject_is_off_by_default_and_its_reasons_are_optional_required_or_unknown(
    given: dict[str, Any], reason: str, refusal: str
) -> None:
    story = seen(template(**given))
    state = story.state
    story.on(RejectPressed, 2, reason=reason)
    if refusal:
        assert story.refused(refusal).state is state
    else:
        message = story.applied().effects_of(Send)[0].message
        assert isinstance(message, OfferRejected)
        assert message.reason == reason


# Where it shows


@pytest.mark.parametrize("mode", DesktopMode)
@pytest.mark.parametrize("focus", AppFocus)
@pytest.mark.parametrize("allowed", [True, False, None])
def test_the_desktop_shows_it_as_mode_focus_and_permission_say(
    mode: DesktopMode, focus: AppFocus, *, allowed: bool | None
) -> None:
    preview = NotificationSettings(desktop_always=True, preview_terms_accepted=True)
    story = desk(DeskSettings(notifications=preview)).on(FocusChanged, 1, focus=focus)
    if allowed is not None:
        story.on(DesktopPermission, 1, allowed=allowed)
    shown = story.offered(when=2, shape=template(desktop=mode)).effects_of(ShowNotification)[0].surfaces
    wanted = mode is DesktopMode.ALWAYS or (mode is DesktopMode.BACKGROUND and focus is not AppFocus.FOCUSED)
    assert shown == ((Surface.IN_APP, Surface.DESKTOP) if wanted and allowed else (Surface.IN_APP,))


def test_focus_and_permission_are_registers() -> None:
    story = desk().on(FocusChanged, 5, focus=AppFocus.MINIMISED).on(DesktopPermission, 5, allowed=True)
    story.on(FocusChanged, 6, focus=AppFocus.FOCUSED, since=at(5)).unchanged()
    story.on(DesktopPermission, 6, allowed=False, since=at(4)).unchanged()
    story.on(FocusChanged, 6, focus=AppFocus.FOCUSED, since=at(7)).refused("not_yet")
    assert (story.state.screen.focus, story.state.screen.desktop_allowed) == (AppFocus.MINIMISED, True)


def test_a_click_on_the_body_brings_the_app_forward_and_decides_nothing() -> None:
    story = seen()
    state = story.state
    story.on(BodyClicked, 5, window="two").unchanged()
    assert [(one.offer, one.window) for one in story.effects_of(FocusApp)] == [("o", "two")]
    first = story.effects[0].id
    assert story.state is state
    again = story.on(BodyClicked, 6, window="two").effects_of(FocusApp)
    assert [one.id != first for one in again] == [True], "each click brings it forward once"
    assert story.on(AcceptPressed, 7).applied().messages == ["OfferAccepted"]


def test_accepting_on_the_desktop_brings_the_app_forward() -> None:
    story = desk().on(FocusChanged, 0, focus=AppFocus.MINIMISED).on(DesktopPermission, 0, allowed=True)
    story.offered(when=1, shape=template(desktop=DesktopMode.BACKGROUND)).on(AcceptPressed, 2)
    assert len(story.effects_of(FocusApp)) == 1


@pytest.mark.parametrize("press", [AcceptPressed, RejectPressed])
def test_it_is_dismissed_everywhere_with_the_window_that_decided(press: type) -> None:
    story = seen().on(NotificationDisplayed, 2, window="two").unchanged().on(press, 3, window="two")
    outcome = OfferOutcome.ACCEPTED if press is AcceptPressed else OfferOutcome.REJECTED
    assert [(one.outcome, one.window) for one in story.effects_of(DismissNotification)] == [(outcome, "two")]
    assert [one.window for one in story.effects_of(OpenSession)] == ["two"] * (press is AcceptPressed)


@pytest.mark.parametrize(
    ("channel", "beside"),
    [
        (Channel.LIVE_CHAT, (Opens.CHAT_WINDOW,)),
        (Channel.SMS, (Opens.COMMUNICATION_PANEL,)),
        (Channel.VOICE, (Opens.CALL_CONTROLS,)),
        (Channel.RECORD, ()),
    ],
)
def test_accepting_opens_the_session_the_page_and_what_the_channel_needs(
    channel: Channel, beside: tuple[Opens, ...]
) -> None:
    story = desk().offered(channel=channel).on(AcceptPressed, 1)
    assert story.effects_of(OpenSession)[0].opens == (Opens.SESSION, Opens.PAGE, *beside)


# Two phases


TWO = template(setup_limit=seconds(200))


def test_accepting_pauses_the_time_out_while_the_media_are_set_up() -> None:
    story = seen(TWO).on(AcceptPressed, 89, window="two")
    assert story.messages == []
    assert [one.until for one in story.effects_of(SetUpMedia)] == [at(289)]
    assert [(one.outcome, one.window) for one in story.effects_of(DismissNotification)] == [(None, "two")]
    assert story.tick(288).effects == ()
    story.on(AcceptPressed, 288).unchanged()
    story.on(RejectPressed, 288).refused("not_in_this_status")
    assert story.shows == "Available"


@pytest.mark.parametrize(
    ("kind", "when", "message"),
    [
        (MediaReady, 100, "OfferAccepted"),
        (MediaReady, 289 - MICRO, "OfferAccepted"),
        (MediaReady, 289, "SetupFailed"),
        (MediaReady, 289 + MICRO, "SetupFailed"),
        (MediaFailed, 100, "SetupFailed"),
        (MediaFailed, 289, "SetupFailed"),
    ],
)
def test_the_set_up_ends_accepted_or_failed_by_its_own_deadline(kind: type, when: float, message: str) -> None:
    story = seen(TWO).on(AcceptPressed, 89).on(kind, when)
    assert story.messages == [message]
    assert story.state.open_sessions == (message == "OfferAccepted")
    assert (story.state.reserved_slots, story.state.presence.alerts) == (0, ())


@pytest.mark.parametrize("kind", [MediaReady, MediaFailed])
def test_media_that_nobody_asked_for_change_nothing(kind: type) -> None:
    seen().on(kind, 2).refused("not_in_this_status")
    seen().on(AcceptPressed, 2).on(kind, 3)
    seen().on(RejectPressed, 2).on(kind, 3).refused("offer_ended")


def test_what_accepts_itself_is_set_up_too_and_says_that_nobody_pressed() -> None:
    story = desk().offered(shape=automatic(auto_accept=True, instant=True, setup_limit=seconds(5)))
    assert [one.until for one in story.effects_of(SetUpMedia)] == [at(5)]
    assert story.on(MediaReady, 4).state.outcome_of("o") is OfferOutcome.AUTO_ACCEPTED


# What it says


def said(values: dict[str, str], *texts: str) -> list[str]:
    own = tuple(TemplateField(name=str(place), header="h", value=text) for place, text in enumerate(texts))
    return [one.text for one in POLICY.fields(template(fields=own), values.get)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", ["plain"]),
        ("", [""]),
        ("{customerName}", ["{caseId}"]),
        ("Dear {customerName}, case {caseId}!", ["Dear {caseId}, case 7!"]),
        ("{customerName}{unknown}", []),
        ("{}", []),
        ("a } b", ["a } b"]),
        ("open { end", ["open { end"]),
        ("{$odata.incident.title.?$filter=id eq {caseId}}", ["found"]),
        ("{$odata.incident.title.?$filter=id eq {unknown}}", []),
        ("{$odata.incident.title}", []),
    ],
)
def test_slugs_are_filled_once_and_a_field_with_an_unknown_one_is_left_out(text: str, shown: list[str]) -> None:
    values = {"customerName": "{caseId}", "caseId": "7", "$odata.incident.title.?$filter=id eq 7": "found"}
    assert said(values, text) == shown


def test_the_fields_that_are_left_keep_their_order_and_are_no_part_of_a_repr() -> None:
    assert said({"a": "1", "c": "3"}, "{a}", "{b}", "{c}", "d") == ["1", "3", "d"]
    own = (TemplateField(name="n", header="Name", value="{customerName}"),)
    shown = POLICY.fields(template(fields=own), {"customerName": "Anna Visser"}.get)
    assert "Anna" not in repr(offer(fields=shown))
    assert desk().offered(fields=shown, allowed=EVERYBODY).effects_of(ShowNotification)[0].offer.fields == shown
