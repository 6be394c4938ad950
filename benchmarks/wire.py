"""The wire: a conversation to and from JSON text against msgspec and pydantic, and the reading of a log."""

import json
from io import BytesIO

from benchmarks import samples
from benchmarks.measure import Case, Figure, figures, interleaved
from benchmarks.peers import Peer
from benchmarks.peers_msgspec import Msgspec
from benchmarks.peers_pydantic import Pydantic
from customer_summary import Conversation, from_json, read_log, to_json

PEERS: dict[str, Peer] = {"msgspec": Msgspec(), "pydantic": Pydantic()}


def run(rounds: int = 15, lines: int = 2_000) -> list[Figure]:
    """Measures everything about the wire."""
    return [*decoding(rounds), *encoding(rounds), *log(lines, rounds)]


def decoding(rounds: int = 15) -> list[Figure]:
    """Measures text to value; the floor is Python's own reader, which gives dicts and checks nothing."""
    text = to_json(samples.conversation())
    cases: dict[str, Case] = {
        "decode: from_json": lambda: from_json(Conversation, text),
        "decode: floor, json.loads": lambda: json.loads(text),
    }
    for name, peer in PEERS.items():
        cases[f"decode: {name}"] = lambda peer=peer: peer.read(text)  # type: ignore[misc]  # mypy gives it no type
    return figures(interleaved(cases, rounds), against="decode: floor, json.loads", scale=1e6, unit="us")


def encoding(rounds: int = 15) -> list[Figure]:
    """Measures value to text; the floor is Python's own writer over dicts that exist already."""
    value = samples.conversation()
    text = to_json(value)
    document = json.loads(text)
    cases: dict[str, Case] = {
        "encode: to_json": lambda: to_json(value),
        "encode: floor, json.dumps": lambda: json.dumps(document),
    }
    for name, peer in PEERS.items():
        theirs = peer.read(text)
        cases[f"encode: {name}"] = lambda peer=peer, theirs=theirs: peer.write(theirs)  # type: ignore[misc]  # as above
    return figures(interleaved(cases, rounds), against="encode: floor, json.dumps", scale=1e6, unit="us")


def log(lines: int = 2_000, rounds: int = 15) -> list[Figure]:
    """Measures a line of a log, messages and activities in turn; the floor is `json.loads` of each line."""
    data = b"".join(samples.log_lines(lines))
    count = data.count(b"\n")
    cases: dict[str, Case] = {
        "log: read_log, a line": lambda: sum(1 for _ in read_log(BytesIO(data))),
        "log: floor, json.loads, a line": lambda: sum(1 for line in BytesIO(data) if json.loads(line)),
    }
    runs = {name: [one / count for one in found] for name, found in interleaved(cases, rounds).items()}
    found = figures(runs, against="log: floor, json.loads, a line", scale=1e6, unit="us")
    speed = Figure(name="log: lines a second", amount=1e3 / found[0].amount, unit="k", noise=found[0].noise)
    return [*found, speed]
