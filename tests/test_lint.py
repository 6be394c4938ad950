"""What can be set, what lint finds in it, how much room there is, and why an item cannot go to an agent."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from tests.desks import ALERTING, EVERYBODY, MICRO, START, Story, at, desk, item, presence, seconds, template, toast
from tests.desks import refusals as why

from customer_summary import (
    AcceptPressed,
    AgentDisconnected,
    Answer,
    BaseStatus,
    Capacity,
    CapacityProfile,
    CapacitySet,
    Channel,
    ClosePressed,
    DecodeError,
    Demand,
    DeskSettings,
    DesktopMode,
    EndPressed,
    FindingKind,
    InvalidValue,
    Look,
    NotificationPolicy,
    NotificationSettings,
    NotificationTemplate,
    NotRoutable,
    Obstacle,
    OfferWithdrawn,
    OpenSession,
    Override,
    PresenceChosen,
    PresenceReason,
    PresenceSettings,
    PresenceStatus,
    ProfileReset,
    ProfileUse,
    RefusalReason,
    TemplateField,
    Tick,
    Workload,
    WorkloadChanged,
    Workstream,
    WrapUp,
    WrapUpMode,
    WrapUpRequested,
    from_json,
    lint,
    to_json,
    why_not_routable,
)

SMALL = attrs.evolve(ALERTING, capacity=Capacity(units=15))
LUNCH = PresenceStatus("Lunch", BaseStatus.AWAY)
SENSIBLE = (
    Workstream(name="chat", channel=Channel.LIVE_CHAT, demand=Demand(units=5)),
    Workstream(name="cases", channel=Channel.RECORD),
)


# Lint


def notices(settings: DeskSettings) -> list[tuple[str, FindingKind]]:
    return [(one.path, one.kind) for one in lint(settings)]


def stream(**given: Any) -> dict[str, Any]:
    return {"workstreams": (Workstream(name="w", channel=Channel.LIVE_CHAT, **given),)}


def made(**given: Any) -> dict[str, Any]:
    return {"notifications": NotificationSettings(templates=(template(**given),))}


AUTOMATIC = {"auto_assign": True, "instant": True, "timeout": seconds(90)}
UNITS, PROFILES = Capacity(units=10), Capacity(profiles=(CapacityProfile(name="chat", limit=2),))
FOUND: list[tuple[FindingKind, str, dict[str, Any]]] = [
    (FindingKind.AWAY_ALLOWED_WITH_MISSED_ALERTS, "workstreams[0].allowed", stream(allowed=(BaseStatus.AWAY,)) | {"presence": PresenceSettings(missed_alerts=True)}),
    (FindingKind.DND_ALLOWED_WITH_REJECTED_ALERTS, "workstreams[0].allowed", stream(allowed=(BaseStatus.DO_NOT_DISTURB,)) | {"presence": PresenceSettings(rejected_alerts=True)}),
    (FindingKind.NOBODY_ALLOWED, "workstreams[0].allowed", stream(allowed=())),
    (FindingKind.NO_CAPACITY, "capacity.units", {"capacity": Capacity(units=0)}),
    (FindingKind.NO_CAPACITY, "capacity.profiles[0].limit", {"capacity": Capacity(profiles=(CapacityProfile(name="p", limit=0),))}),
    (FindingKind.TWO_CAPACITY_MODELS, "capacity", {"capacity": attrs.evolve(PROFILES, units=10)}),
    (FindingKind.UNKNOWN_PROFILE, "workstreams[0].demand.profiles", stream(demand=Demand(profiles=("calls",))) | {"capacity": PROFILES}),
    (FindingKind.DEMAND_ABOVE_CAPACITY, "workstreams[0].demand.units", stream(demand=Demand(units=11)) | {"capacity": UNITS}),
    (FindingKind.REJECT_ON_RECORD_ROUTING, "notifications.templates[0].reject", made(channel=Channel.RECORD)),
    (FindingKind.REJECT_ON_RECORD_ROUTING, "notifications.templates[0].reject", made(scenario="case_assignment", look=Look.TOAST, answer=Answer.OPEN)),
    (FindingKind.REJECT_WITH_AUTO_ANSWER, "notifications.templates[0].reject", made(**AUTOMATIC)),
    (FindingKind.REJECT_WITH_AUTO_ANSWER, "notifications.templates[0].reject", made(auto_accept=True, **AUTOMATIC)),
    (FindingKind.TIMEOUT_OF_ZERO, "notifications.templates[0].timeout", made(**AUTOMATIC | {"timeout": seconds(0), "reject": False})),
    (FindingKind.CONSULT_WITH_AUTO_ANSWER, "notifications.templates[0].auto_assign", made(**AUTOMATIC | {"scenario": "consult", "reject": False})),
    (FindingKind.CONTRADICTING_PRESENCE, "presence.custom[0].text", {"presence": PresenceSettings(custom=(PresenceStatus("busy", BaseStatus.AVAILABLE),))}),
    (FindingKind.CONTRADICTING_PRESENCE, "presence.custom[0].name", {"presence": PresenceSettings(custom=(PresenceStatus("x", BaseStatus.AWAY, "Available"),))}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "path", "given"), FOUND, ids=[f"{one[0].value}-{one[1]}" for one in FOUND])
def test_each_surprise_is_found_once_and_where_it_is(kind: FindingKind, path: str, given: dict[str, Any]) -> None:
    assert notices(DeskSettings(**given)) == [(path, kind)]


def test_every_kind_of_finding_can_be_found() -> None:
    assert {kind for kind, _, _ in FOUND} == set(FindingKind)


@pytest.mark.parametrize(
    "given", [{}, {"capacity": UNITS}, {"presence": PresenceSettings(missed_alerts=True, rejected_alerts=True)}]
)
def test_stock_settings_with_sensible_workstreams_hold_no_surprise(given: dict[str, Any]) -> None:
    assert lint(DeskSettings(workstreams=SENSIBLE, **given)) == ()


@pytest.mark.parametrize(
    "given",
    [
        stream(allowed=EVERYBODY),
        {"presence": PresenceSettings(custom=(LUNCH, PresenceStatus("busy", BaseStatus.BUSY)))},
        made(reject=True),
        made(**AUTOMATIC | {"reject": False}),
    ],
)
def test_what_looks_alike_and_does_what_it_says_is_no_finding(given: dict[str, Any]) -> None:
    assert lint(DeskSettings(**given)) == ()


def test_a_custom_presence_by_the_very_name_of_a_stock_one_contradicts_it() -> None:
    odd = PresenceStatus("Ready", BaseStatus.AVAILABLE, "do_not_disturb")
    assert len(lint(DeskSettings(presence=PresenceSettings(custom=(odd,))))) == 1


def test_work_that_no_agent_can_ever_get_is_found() -> None:
    settings = DeskSettings(**stream(demand=Demand(profiles=("calls",))))
    assert why_not_routable(desk(settings).state, item(demand=Demand(profiles=("calls",)))) != ()
    assert len(lint(settings)) == 1


# Why not


def test_every_reason_why_an_item_cannot_go_to_an_agent_comes_at_once() -> None:
    limits = Capacity(units=5, profiles=(CapacityProfile(name="chat", limit=1), CapacityProfile(name="nl", limit=9)))
    taken = Demand(units=5, profiles=("chat",))
    story = desk(attrs.evolve(ALERTING, capacity=limits)).offered(demand=taken)
    story.on(AcceptPressed, 1).on(PresenceChosen, 2, presence="Appear away")
    wanted = item(demand=Demand(units=1, profiles=("chat", "nl", "fr")))
    assert why_not_routable(story.state, wanted) == (
        NotRoutable(Obstacle.PRESENCE_NOT_ALLOWED, PresenceReason.MANUAL),
        NotRoutable(Obstacle.NO_UNITS),
        NotRoutable(Obstacle.NO_PROFILE, profile="chat"),
        NotRoutable(Obstacle.NO_PROFILE, profile="fr"),
    )
    story.on(AgentDisconnected, 3)
    assert why_not_routable(story.state, wanted)[0] == NotRoutable(Obstacle.DISCONNECTED, PresenceReason.DISCONNECTED)


def test_routing_looks_at_the_base_at_capacity_with_what_is_reserved_and_not_at_the_sessions() -> None:
    assert why_not_routable(desk().working(10).state, item()) == ()
    ringing = desk(attrs.evolve(ALERTING, capacity=UNITS)).working(1).offered(when=2)
    assert why_not_routable(ringing.state, item()) == (NotRoutable(Obstacle.NO_UNITS),)
    assert why_not_routable(ringing.state, item(demand=Demand())) == ()
    full = desk(attrs.evolve(ALERTING, capacity=UNITS)).working(2)
    assert [one.obstacle for one in why_not_routable(full.state, item())] == [
        Obstacle.PRESENCE_NOT_ALLOWED,
        Obstacle.NO_UNITS,
    ]
    dnd = item(demand=Demand(), allowed=(BaseStatus.DO_NOT_DISTURB,))
    assert why_not_routable(full.state, dnd) == ()


# How much room there is


def profiled(*limits: CapacityProfile, zone: str = "UTC", **given: Any) -> Story:
    return desk(attrs.evolve(ALERTING, capacity=Capacity(profiles=limits, **given), zone=zone))


def profile(name: str, limit: int = 1, **given: Any) -> CapacityProfile:
    return CapacityProfile(name=name, limit=limit, **given)


def needs(*profiles: str, units: int = 0) -> Demand:
    return Demand(profiles=profiles, units=units)


def test_an_item_needs_room_in_all_of_its_profiles_and_takes_one_of_each() -> None:
    story = profiled(profile("chat", 2), profile("nl", 1)).offered(demand=needs("chat", "nl")).on(AcceptPressed, 1)
    assert [(one.name, one.count) for one in story.state.presence.workload.profiles] == [("chat", 1), ("nl", 1)]
    assert why(story.offered("p", 2, demand=needs("chat", "nl"))) == [RefusalReason.NO_CAPACITY]
    assert story.offered("q", 2, demand=needs("chat")).messages == []
    assert why(story.offered("r", 2, demand=needs("chat"))) == [RefusalReason.NO_CAPACITY]
    assert why(story.offered("s", 2, demand=needs("unknown"))) == [RefusalReason.NO_CAPACITY]


def test_without_an_override_never_more_is_in_use_than_there_is() -> None:
    try:
        story = profiled(profile("chat", 1)).offered(demand=needs("chat", "chat")).on(AcceptPressed, 1)
    except InvalidValue:
        return
    assert [one.count for one in story.state.presence.workload.profiles] == [1]


def test_units_and_profiles_are_both_needed_for_room_and_both_exhausted_for_do_not_disturb() -> None:
    story = profiled(profile("chat", 1), units=10).offered(demand=needs("chat", units=5)).on(AcceptPressed, 1)
    assert story.shows == "Busy"
    assert why(story.offered("p", 2, demand=needs("chat"))) == [RefusalReason.NO_CAPACITY]
    assert story.offered("q", 2, demand=needs(units=5)).on(AcceptPressed, 3, offer="q").shows == "Do not disturb"


def test_one_consumed_blocking_profile_is_do_not_disturb() -> None:
    story = profiled(profile("chat", 3), profile("call", 1, blocking=True))
    assert story.offered(demand=needs("call")).on(AcceptPressed, 1).shows == "Do not disturb"


def test_a_total_of_nothing_is_do_not_disturb_before_during_and_after_an_assignment_by_the_supervisor() -> None:
    story = desk(attrs.evolve(ALERTING, capacity=Capacity(units=0)))
    assert story.shows == "Do not disturb"
    story.offered(when=1, shape=toast(), override=Override.SUPERVISOR)
    assert (story.messages, story.shows) == (["OfferAssigned"], "Do not disturb")
    assert story.on(OfferWithdrawn, 2).shows == "Do not disturb"


def test_new_limits_are_a_register_and_touch_nothing_that_the_agent_has() -> None:
    story = desk(SMALL).working(2).on(CapacitySet, 5, capacity=Capacity(units=5))
    assert (story.state.open_sessions, story.shows) == (2, "Do not disturb")
    story.on(CapacitySet, 6, capacity=Capacity(units=50), since=at(5)).unchanged()
    story.on(CapacitySet, 6, capacity=Capacity(units=50), since=at(7)).refused("not_yet")
    assert story.on(CapacitySet, 7, capacity=Capacity(units=50)).shows == "Busy"


EVENINGS = [
    ("UTC", datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)),
    ("UTC", datetime(2026, 3, 2, 23, 59, 59, 999_999, UTC), datetime(2026, 3, 3, tzinfo=UTC)),
    ("UTC", datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)),
    ("Europe/Kyiv", datetime(2026, 3, 2, 21, 59, tzinfo=UTC), datetime(2026, 3, 2, 22, tzinfo=UTC)),
    ("Europe/Kyiv", datetime(2026, 3, 28, 22, 30, tzinfo=UTC), datetime(2026, 3, 29, 21, tzinfo=UTC)),
    ("Europe/Kyiv", datetime(2026, 10, 24, 21, 30, tzinfo=UTC), datetime(2026, 10, 25, 22, tzinfo=UTC)),
    ("Europe/Amsterdam", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 4, 23, 20, tzinfo=UTC), datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ("Asia/Kolkata", datetime(2026, 3, 2, 18, 29, tzinfo=UTC), datetime(2026, 3, 2, 18, 30, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "closed", "midnight"), EVENINGS)
@pytest.mark.parametrize(("off", "shows"), [(-MICRO, "Do not disturb"), (0, "Available"), (MICRO, "Available")])
def test_a_profile_of_the_day_is_free_again_at_the_midnight_of_the_zone(
    zone: str, closed: datetime, midnight: datetime, off: float, shows: str
) -> None:
    story = profiled(profile("case", reset=ProfileReset.END_OF_DAY), zone=zone)
    when = (closed - START).total_seconds()
    story.offered(when=when, demand=needs("case")).on(AcceptPressed, when).on(ClosePressed, when).applied()
    assert (story.state.open_sessions, story.shows) == (0, "Do not disturb")
    if midnight + seconds(off) >= closed:
        story.tell(Tick(at=midnight + seconds(off)))
        assert story.shows == shows
        refused = story.offered("p", (midnight - START).total_seconds() + off, demand=needs("case"), allowed=EVERYBODY)
        assert why(refused) == ([RefusalReason.NO_CAPACITY] if off < 0 else [])


def test_a_requested_wrap_up_does_not_compete_with_its_own_item() -> None:
    wrap_up = WrapUp(mode=WrapUpMode.ON_REQUEST, limit=seconds(30))
    story = profiled(profile("case", reset=ProfileReset.END_OF_DAY)).offered(demand=needs("case"), wrap_up=wrap_up)
    story.on(AcceptPressed, 1).on(EndPressed, 10).on(WrapUpRequested, 12).applied()


def test_an_agent_who_is_away_is_offered_nothing_unless_the_workstream_allows_it() -> None:
    story = desk().on(PresenceChosen, 1, presence="Appear away")
    assert why(story.offered(when=2)) == [RefusalReason.PRESENCE]
    assert story.offered("p", 3, allowed=(BaseStatus.AWAY,)).messages == []
    assert story.on(AcceptPressed, 4, offer="p").effects_of(OpenSession)[0].session == 1


@pytest.mark.parametrize(
    ("limits", "used", "full"),
    [
        ({"units": 0}, {}, True),
        ({"units": 15, "profiles": {"a": 1}}, {"units": 15}, False),
        ({"units": 15, "profiles": {"a": 1}}, {"units": 14, "a": 1}, False),
        ({"units": 15, "profiles": {"a": 1}}, {"units": 15, "a": 1}, True),
        ({"profiles": {"a": 1, "b": 2}}, {"a": 1, "b": 1}, False),
        ({"profiles": {"a": 1, "b": 2}}, {"a": 1, "b": 2}, True),
        ({"profiles": {"a": 1, "b": 2, "block": 1}}, {"block": 1}, True),
        ({"profiles": {"a": 1, "b": 2, "block": 2}}, {"block": 1}, False),
        ({"profiles": {"a": 1, "block": 2}}, {"a": 1}, True),
        ({"units": 15, "profiles": {"block": 1}}, {"block": 1, "units": 14}, False),
    ],
)
def test_do_not_disturb_is_when_every_model_of_capacity_is_exhausted(
    limits: dict[str, Any], used: dict[str, Any], *, full: bool
) -> None:
    profiles = tuple(
        CapacityProfile(name=name, limit=limit, blocking=name == "block")
        for name, limit in limits.get("profiles", {}).items()
    )
    counts = tuple(ProfileUse(name, count) for name, count in sorted(used.items()) if name != "units")
    load = Workload(
        limits=Capacity(units=limits.get("units"), profiles=profiles), units=used.get("units", 0), profiles=counts
    )
    story = presence(load=1).on(WorkloadChanged, 1, workload=load)
    assert (story.shows == "Do not disturb") is full


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"default": "Inactive"}, "default"),
        ({"default": "Nowhere"}, "default"),
        ({"custom": (PresenceStatus("Busy", BaseStatus.AWAY),)}, "custom"),
        ({"custom": (LUNCH, LUNCH)}, "custom"),
        ({"missed_presence": LUNCH}, "missed_presence"),
        ({"idle_after": seconds(59)}, "idle_after"),
    ],
)
def test_settings_that_cannot_be_are_refused_by_field(fields: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidValue, match=rf"^{named}: "):
        PresenceSettings(**fields)


@pytest.mark.parametrize(("length", "fits"), [({"text": 500}, True), ({"text": 501}, False), ({"text": 0}, False),
                                              ({"name": 100}, True), ({"name": 101}, False),
                                              ({"description": 500}, True), ({"description": 501}, False)])  # fmt: skip
def test_the_texts_of_a_custom_presence_have_their_limits(length: dict[str, int], *, fits: bool) -> None:
    fields: dict[str, Any] = {"text": "x"} | {name: "x" * count for name, count in length.items()}
    if fits:
        assert PresenceStatus(base=BaseStatus.BUSY, **fields).base is BaseStatus.BUSY
    else:
        with pytest.raises(InvalidValue, match=rf"^{next(iter(length))}: "):
            PresenceStatus(base=BaseStatus.BUSY, **fields)


# What cannot be set


def lines(count: int) -> list[TemplateField]:
    return [TemplateField(name=str(one), header="h", value="v") for one in range(count)]


IMPOSSIBLE: list[tuple[str, dict[str, Any]]] = [
    ("timeout", {"timeout": seconds(0)}),
    ("timeout", {"timeout": seconds(1) - seconds(MICRO)}),
    ("timeout", {"timeout": seconds(3601)}),
    ("timeout", {"timeout": seconds(0), "auto_assign": True}),
    ("timeout", {"timeout": seconds(0), "auto_assign": True, "auto_accept": True}),
    ("fields", {"fields": tuple(lines(5))}),
    ("fields", {"fields": (lines(1)[0], lines(1)[0])}),
    ("auto_accept", {"auto_accept": True}),
    ("instant", {"instant": True}),
    ("answer", {"look": Look.TOAST}),
    ("answer", {"scenario": "case_assignment"}),
    ("reason_required", {"reason_required": True}),
    ("name", {"name": " "}),
]


@pytest.mark.parametrize(("field", "given"), IMPOSSIBLE)
def test_a_template_that_cannot_be_is_refused_by_field(field: str, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue, match=rf"^{field}: "):
        template(**given)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("timeout", {"timeout": "PT0S"}),
        ("timeout", {"timeout": "PT3601S"}),
        ("timeout", {"timeout": "P1M"}),
        ("fields", {"fields": [{"name": str(one), "header": "h", "value": "v"} for one in range(5)]}),
        ("fields[0].header", {"fields": [{"name": "n", "header": "", "value": "v"}]}),
        ("auto_accept", {"auto_accept": True}),
        ("answer", {"look": "toast"}),
        ("desktop", {"desktop": "sometimes"}),
    ],
)
def test_a_document_of_a_template_that_cannot_be_is_refused_by_path(path: str, written: dict[str, Any]) -> None:
    with pytest.raises(DecodeError) as caught:
        from_json(NotificationTemplate, json.dumps(json.loads(to_json(template())) | written))
    assert [one.path for one in caught.value.problems] == [path]


@pytest.mark.parametrize(
    "given",
    [
        {"timeout": seconds(1)},
        {"timeout": seconds(3600)},
        {"timeout": seconds(0), "auto_assign": True, "instant": True},
        {"fields": tuple(lines(4))},
        {"scenario": "case_assignment", "look": Look.TOAST, "answer": Answer.OPEN},
    ],
)
def test_a_template_at_its_limits_is_fine(given: dict[str, Any]) -> None:
    assert from_json(NotificationTemplate, to_json(template(**given))) == template(**given)


@pytest.mark.parametrize("given", [{}, {"desktop_always": True}, {"preview_terms_accepted": True}])
def test_desktop_always_is_refused_without_opt_in_and_accepted_terms(given: dict[str, bool]) -> None:
    templates = (template(), template(name="u", desktop=DesktopMode.ALWAYS))
    with pytest.raises(InvalidValue, match=r"^templates\[1\]\.desktop: "):
        NotificationSettings(templates=templates, **given)
    both = NotificationSettings(templates=templates, desktop_always=True, preview_terms_accepted=True)
    assert NotificationPolicy(both).template("u").desktop is DesktopMode.ALWAYS


@pytest.mark.parametrize(
    ("field", "build"),
    [
        ("units", lambda: Capacity(units=-1)),
        ("units", lambda: Demand(units=-1)),
        ("limit", lambda: CapacityProfile(name="p", limit=-1)),
        ("units", lambda: Capacity(units=True)),
        (
            "profiles",
            lambda: Capacity(profiles=(CapacityProfile(name="p", limit=1), CapacityProfile(name="p", limit=2))),
        ),
        ("session_limit", lambda: DeskSettings(session_limit=0)),
        ("zone", lambda: DeskSettings(zone="../etc/passwd")),
        ("zone", lambda: DeskSettings(zone="localtime")),
        ("limit", lambda: WrapUp(mode=WrapUpMode.TIMED)),
        ("limit", lambda: WrapUp(mode=WrapUpMode.MANDATORY, limit=seconds(30))),
        ("limit", lambda: WrapUp(mode=WrapUpMode.TIMED, limit=seconds(3601))),
        ("extension", lambda: WrapUp(mode=WrapUpMode.TIMED, limit=seconds(30), extensions=1)),
    ],
)
def test_what_cannot_be_is_refused_by_field(field: str, build: Callable[[], Any]) -> None:
    with pytest.raises(InvalidValue, match=rf"^{field}: "):
        build()


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "Europe/Kyjiv", "é"])
def test_a_zone_that_nobody_knows_is_refused_by_field_built_or_read(zone: str) -> None:
    with pytest.raises(DecodeError) as caught:
        from_json(DeskSettings, json.dumps({"v": 1, "zone": zone}))
    assert [one.path for one in caught.value.problems] == ["zone"]
    with pytest.raises(InvalidValue, match=r"^zone: "):
        DeskSettings(zone=zone)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("capacity.units", '{"v":1,"capacity":{"units":-1}}'),
        ("session_limit", '{"v":1,"session_limit":"ten"}'),
        (
            "notifications.templates[0].timeout",
            '{"v":1,"notifications":{"templates":[{"name":"n","scenario":"s","timeout":"PT0S"}]}}',
        ),
        (
            "notifications.templates[0].desktop",
            '{"v":1,"notifications":{"templates":[{"name":"n","scenario":"s","desktop":"always"}]}}',
        ),
        ("presence.default", '{"v":1,"presence":{"default":"Inactive"}}'),
    ],
)
def test_a_document_of_settings_that_cannot_be_is_refused_by_path(path: str, text: str) -> None:
    with pytest.raises(DecodeError) as caught:
        from_json(DeskSettings, text)
    assert [one.path for one in caught.value.problems] == [path]
