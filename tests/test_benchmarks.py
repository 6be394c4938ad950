"""Each benchmark runs, at tiny sizes, and gives named figures; no time is judged here."""

import json
import sys
from collections.abc import Callable
from io import BytesIO

import pytest
from benchmarks import imports, memory, page, samples, wire
from benchmarks.__main__ import TOPICS, main
from benchmarks.measure import Figure, figures, interleaved, noise_of, table

from customer_summary import Conversation, Page, encode, from_json, read_log, summarize, to_json

TINY: dict[str, Callable[[], list[Figure]]] = {
    "page": lambda: page.run((5, 30), rounds=1),
    "wire": lambda: wire.run(rounds=1, lines=10),
    "imports": lambda: imports.run(rounds=1),
    "memory": lambda: memory.run((10, 40)),
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
        ],
    )
    assert "topic" in text
    assert "met (at most 2 ms)" in text
    assert "3.00 x  of fast  MISSED (at most 2 x)" in text


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
    assert "page, wire, imports, memory" in capsys.readouterr().err


def test_an_import_is_timed_in_an_interpreter_of_its_own() -> None:
    before = set(sys.modules)
    assert imports.seconds("import customer_summary") > 0
    assert set(sys.modules) == before
