"""Each benchmark runs, at tiny sizes, and gives named figures; no time is judged here."""

import json
import sys
from collections.abc import Callable
from contextlib import closing
from io import BytesIO

import pytest
from benchmarks import (
    busy_day,
    centre,
    desk,
    desk_samples,
    directory,
    imports,
    memory,
    page,
    samples,
    scripts,
    sentiment,
    wire,
)
from benchmarks.__main__ import TOPICS, main
from benchmarks.measure import Figure, figures, interleaved, noise_of, table
from benchmarks.peers_machines import (
    SHOWS,
    StatemachineCauses,
    StatemachineTable,
    transitions_causes,
    transitions_table,
)
from benchmarks.peers_presence import MutablePresence, restore, snapshot
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    ActionStatus,
    Channel,
    Conversation,
    ConversationStatus,
    MacroRequested,
    NamedValue,
    Page,
    SearchQuery,
    SqliteDirectory,
    check_scripts,
    encode,
    from_json,
    read_log,
    summarize,
    to_json,
)
from customer_summary.domain.actor import BY_AGENT, Actor, Party
from customer_summary.domain.desk_events import NotificationDisplayed
from customer_summary.domain.notification import OfferOutcome
from customer_summary.domain.outcome import Applied
from customer_summary.domain.presence import AlertKind
from customer_summary.domain.presence_events import (
    AgentActive,
    AgentConnected,
    AgentDisconnected,
    AlertRaised,
    NextPresenceQueued,
    PresenceChosen,
    PresenceEvent,
    PresenceReset,
    WorkloadChanged,
)
from customer_summary.testing.centre_invariants import check_centre

TINY: dict[str, Callable[[], list[Figure]]] = {
    "page": lambda: page.run((5, 30), rounds=1),
    "wire": lambda: wire.run(rounds=1, lines=10),
    "imports": lambda: imports.run(rounds=1),
    "memory": lambda: memory.run((10, 40)),
    "desk": lambda: desk.run(rounds=1, cycles=1, desks=3),
    "centre": lambda: centre.run((2, 4), events=40, pending=(5, 10), desks=5, conversations=3),
    "sentiment": lambda: sentiment.run(rounds=1, messages=8),
    "directory": lambda: directory.run(20, 60, rounds=1),
    "scripts": lambda: scripts.run(rounds=1, actions=3, scripts=4, steps=3),
}


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_gives_figures_with_names_of_their_own(topic: str) -> None:
    found = TINY[topic]()
    assert len({one.name for one in found}) == len(found) > 1
    assert all(one.amount > 0 and one.unit for one in found)
    names = {one.name for one in found}
    for one in found:
        assert one.against == "" or one.against in names
        assert (one.ratio is None) == (one.against == "")


def test_every_aim_belongs_to_a_figure() -> None:
    assert page.aims(5, 30).keys() <= {one.name for one in TINY["page"]() if one.aim is not None}
    assert imports.AIMS.keys() <= imports.STATEMENTS.keys()
    assert desk.AIMS.keys() == {one.name for one in TINY["desk"]() if one.aim is not None}
    assert sentiment.AIMS.keys() == {one.name for one in TINY["sentiment"]() if one.aim is not None}
    assert scripts.AIMS.keys() < {one.name for one in TINY["scripts"]() if one.aim is not None}

    expected = directory.exact_aims(20, 60).keys() | directory.search_aims(60).keys()
    assert expected == {one.name for one in TINY["directory"]() if one.aim is not None}


def test_the_searches_find_what_their_names_say() -> None:
    with closing(SqliteDirectory.open()) as stored:
        stored.put(directory.contacts(400))
        stored.put(directory.cases(400))
        found = {name: len(stored.search(SearchQuery(kind=kind, text=text, most=1000))) for name, (kind, text) in directory.SEARCHES.items()}  # fmt: skip
    nobody = {name for name, count in found.items() if count == 0}
    assert nobody == {"what nobody has", directory.SHORT}
    assert found["a first name, of one in 13"] == 31
    assert found["a word, in a fifth of the cases"] == 80
    assert found["a whole phone number"] == found["an e-mail address"] == 1


def test_a_busy_day_keeps_the_invariants_and_is_the_same_day_on_every_machine() -> None:
    day = busy_day.BusyDay(agents=12, conversations=150, seed=7, hours=0.5)
    for number, _ in enumerate(day.run()):
        if number % 100 == 0:
            check_centre(day.centre)
    check_centre(day.centre)
    assert day.digest == "66d2266fee24aeab"
    day.close()
    check_centre(day.centre)
    left = [one for one in day.centre.conversations.values() if one.status is not ConversationStatus.CLOSED]
    assert all(one.channel in {Channel.RECORD, Channel.LIVE_CHAT} for one in left)
    assert all(one.agent for one in left if one.channel is Channel.LIVE_CHAT), (
        "an active live chat never closes by itself"
    )


def test_the_import_of_the_domain_names_every_module_of_it() -> None:
    statement = imports.STATEMENTS["every module of customer_summary.domain"]
    assert "customer_summary.domain.history" in statement
    assert "customer_summary.domain.conversation" in statement


def test_cases_take_turns_and_a_ratio_is_that_of_a_round() -> None:
    order: list[str] = []
    runs = interleaved({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=2, run=0.0)
    assert order[-4:] == ["a", "b", "a", "b"]
    assert {name: len(one) for name, one in runs.items()} == {"a": 2, "b": 2}
    slow = figures({"a": [1.0, 2.0, 4.0], "b": [3.0, 6.0, 12.0]}, against="a", scale=1)
    assert [(one.amount, one.ratio) for one in slow] == [(2.0, None), (6.0, 3.0)]


def test_noise_is_half_the_distance_of_the_quartiles_as_a_share_of_the_median() -> None:
    assert noise_of([5.0]) == 0
    assert noise_of([1.0, 2.0, 3.0, 4.0, 5.0]) == pytest.approx(1 / 3)


def test_a_table_says_whether_an_aim_on_the_amount_or_on_the_ratio_is_met() -> None:
    text = table(
        "topic",
        [
            Figure(name="fast", amount=1.0, unit="ms", aim=2.0),
            Figure(name="slow", amount=1.0, unit="ms", ratio=3.0, against="fast", aim=2.0),
            Figure(name="tiny", amount=1.0, unit="ms", ratio=0.0234, against="fast", aim=0.02),
        ],
    )
    assert "topic" in text
    assert "met (at most 2 ms)" in text
    assert "3.00 x  of fast  MISSED (at most 2 x)" in text
    assert "0.023 x  of fast  MISSED (at most 0.02 x)" in text


def test_the_sample_conversation_has_a_page_with_everything_on_it() -> None:
    known = samples.known(samples.activities(7))
    answer = summarize(samples.conversation(), known, reader=samples.reader(), configuration=samples.configuration())
    assert isinstance(answer, Page)
    assert len(answer.section("timeline").rows) == 7
    assert len(answer.section("recent_cases").rows) == 4
    assert len(answer.section("conversation_summary").tabs) == 4


def test_the_sample_activities_are_each_given_once_and_in_no_order() -> None:
    given = [one.sequence for one in samples.activities(50)]
    assert sorted(given) == list(range(50))
    assert given != sorted(given)


def test_the_sample_log_can_be_read() -> None:
    lines = list(read_log(BytesIO(b"".join(samples.log_lines(6)))))
    assert len(lines) == 10


@pytest.mark.parametrize("name", wire.PEERS)
def test_a_peer_reads_what_we_write_and_writes_what_we_read(name: str) -> None:
    peer, value = wire.PEERS[name], samples.conversation()
    written = peer.write(peer.read(to_json(value)))
    assert json.loads(written) == encode(value)
    assert from_json(Conversation, written) == value


BROKEN: dict[str, Callable[[dict[str, object]], object]] = {
    "unknown key": lambda one: one.update(surprise=1),
    "missing": lambda one: one.pop("id"),
    "version": lambda one: one.update(v=2),
    "too long": lambda one: one.update(queue="q" * 201),
    "space in an id": lambda one: one.update(id=" a"),
    "naive instant": lambda one: one.update(at="2026-03-02T09:00:00"),
    "text for a number": lambda one: one.update(transitions="3"),
    "out of range": lambda one: one.update(visitor_number=0),
    "unknown state": lambda one: one.update(status="asleep"),
    "customer": lambda one: one.update(customer={"kind": "case", "id": "case-1"}),
    "nobody at work": lambda one: one.update(agent=None),
    "closed without an instant": lambda one: one.update(status="closed", in_session=False),
    "twice": lambda one: one.update(skills=[{"name": "Dutch"}, {"name": "Dutch"}]),
    "persistent": lambda one: one.update(channel="sms", persistent=True),
    "reserved": lambda one: one.update(context=[{"name": "SelfService", "value": 1}]),
    "too many": lambda one: one.update(context=[{"name": f"n{number}", "value": 1} for number in range(101)]),
    "required": lambda one: one.update(
        survey=[{"question": {"name": "q", "text": "Why?", "required": True}, "answer": ""}]
    ),
    "option": lambda one: one.update(
        survey=[{"question": {"name": "q", "text": "?", "type": "option_set", "options": ["a"]}, "answer": "b"}]
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_peer_refuses_what_we_refuse(how: str) -> None:
    document: dict[str, object] = encode(samples.conversation())
    BROKEN[how](document)
    text = json.dumps(document)
    with pytest.raises(ValueError, match=r"."):
        from_json(Conversation, text)
    for peer in wire.PEERS.values():
        with pytest.raises(ValueError, match=r"."):
            peer.read(text)


def test_the_command_runs_the_named_topics_and_refuses_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.__main__.TOPICS", TINY)
    main(["memory"])
    assert "peak for a log of 40" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "page, wire, imports, memory, desk" in capsys.readouterr().err


def test_an_import_is_timed_in_an_interpreter_of_its_own() -> None:
    before = set(sys.modules)
    assert imports.seconds("import customer_summary") > 0
    assert set(sys.modules) == before


def _cycles(count: int) -> list[PresenceEvent]:
    return [event for number in range(count) for event in desk_samples.cycle(10.0 * number)]


def test_the_presence_by_hand_shows_the_same_as_ours_for_the_same_reason_at_every_step() -> None:
    ours, theirs = desk_samples.begun_presence(), desk.by_hand()
    shown = []
    for event in _cycles(3):
        ours, outcome, _ = desk_samples.MACHINE.step(ours, event)
        assert outcome == Applied()
        assert theirs.handle(event) == ""
        assert (theirs.status, theirs.reason) == (ours.status, ours.reason)
        assert theirs.transitions == ours.transitions
        shown.append(ours.status.text)
    assert tuple(shown) == desk_samples.SHOWN * 3
    begun = desk_samples.begun_presence()
    assert (ours.chosen.presence, ours.alerts, ours.workload) == (None, (), begun.workload)
    assert ours.connection.connected is begun.connection.connected is True


_BYS = (BY_AGENT, Actor(Party.SUPERVISOR, "supervisor-1"))
_TEXTS = ("Available", "Busy", "Appear away", "Offline", "Inactive", "no such text")


@st.composite
def _any_events(draw: st.DrawFn) -> list[PresenceEvent]:
    """Events of every kind, early and late ones among them, and pauses that are long enough to be idle in."""
    found: list[PresenceEvent] = []
    now = 0.0
    for _ in range(draw(st.integers(1, 25))):
        now += draw(st.sampled_from([0, 1, 7, 100, 200, 2000]))
        at, since = desk_samples.second(now), desk_samples.second(now + draw(st.sampled_from([0, 0, 0, -1, -8, 5])))
        agent, by, text = desk_samples.AGENT, draw(st.sampled_from(_BYS)), draw(st.sampled_from(_TEXTS))
        alert = draw(st.sampled_from(AlertKind))
        workload = desk_samples.using(draw(st.sampled_from([0, 1, 100])))
        events: tuple[PresenceEvent, ...] = (
            AgentConnected(at=at, agent=agent, since=since),
            AgentDisconnected(at=at, agent=agent, since=since),
            PresenceChosen(at=at, agent=agent, presence=text, chosen_at=since, by=by),
            PresenceReset(at=at, agent=agent, alert=alert, alert_at=since, by=by),
            NextPresenceQueued(at=at, agent=agent, presence=text, queued_at=since, by=by),
            AgentActive(at=at, agent=agent, active_at=since),
            AlertRaised(at=at, agent=agent, alert=alert, raised_at=since),
            WorkloadChanged(at=at, agent=agent, workload=workload, counted_at=since),
        )
        found.append(draw(st.sampled_from(events)))
    return found


@given(_any_events())
def test_the_presence_by_hand_answers_any_events_as_ours_does(events: list[PresenceEvent]) -> None:
    ours, theirs = desk_samples.begun_presence(), desk.by_hand()
    for event in events:
        ours, outcome, _ = desk_samples.MACHINE.step(ours, event)
        assert (theirs.handle(event) == "") is (outcome == Applied())
        assert (theirs.status, theirs.reason) == (ours.status, ours.reason)
        assert theirs.transitions == ours.transitions


def test_a_snapshot_brings_back_all_that_the_presence_by_hand_held() -> None:
    one = desk.by_hand()
    saved = snapshot(one)
    for event in _cycles(1)[:7]:
        one.handle(event)
    assert snapshot(one) != saved
    restore(one, saved)
    assert snapshot(one) == saved
    assert [getattr(one, name) for name in MutablePresence.__slots__] == list(saved)


def test_the_machines_of_the_libraries_show_the_same_at_every_step() -> None:
    table, table_too = transitions_table(), StatemachineTable()
    over, over_too = transitions_causes(desk.causes()), StatemachineCauses(desk.causes())
    for event in desk_samples.beginning():
        over.happened(event)
        over_too.send("happened", happening=event)
    triggers = desk_samples.TRIGGERS * 2
    for trigger, event, shown in zip(triggers, _cycles(2), desk_samples.SHOWN * 2, strict=True):
        table.trigger(trigger)
        table_too.send(trigger)
        over.happened(event)
        over_too.send("happened", happening=event)
        states = [table.state, *(one.id for one in table_too.configuration)]
        states += [over.state, *(one.id for one in over_too.configuration)]
        assert [SHOWS[one] for one in states] == [shown] * 4


def test_an_offer_lives_four_events_and_leaves_nothing_but_its_memory() -> None:
    state = desk_samples.begun_desk(sessions=5)
    assert state.open_sessions == 5
    for event in desk_samples.life(state.agent, 9, 90.0):
        state, outcome, effects = desk_samples.DESK.step(state, event)
        assert outcome == Applied()
        assert effects or isinstance(event, NotificationDisplayed)
    assert state.open_sessions == 5
    assert [one.outcome for one in state.ended] == [OfferOutcome.ACCEPTED]


def test_what_an_object_takes_is_counted_in_bytes() -> None:
    assert desk.bytes_each(lambda _: bytearray(100_000), 5) == pytest.approx(100_000, rel=0.1)


def test_a_macro_in_the_benchmark_comes_to_its_end_and_fills_what_the_floor_fills() -> None:
    macro = scripts.macro_of(4)
    named = tuple(NamedValue(name, value) for name, value in scripts.VALUES.items())
    event = MacroRequested(
        at=scripts.START, session="s-1", run="run-1", macro="m", pressed_at=scripts.START, values=named
    )
    state = scripts.performed(macro, event)
    assert [one.status for one in state.report] == [ActionStatus.DONE] * 4
    assert scripts.floor(macro)[1]["attributes.parent"] == "run-1/a0"
    assert scripts.looked_up(scripts.scripts_of(3, 3, cycle=True)) == []
    assert [len(check_scripts(scripts.scripts_of(3, 3, cycle=cycle))) for cycle in (False, True)] == [0, 1]
