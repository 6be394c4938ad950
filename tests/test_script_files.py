"""Scripts on disk, in a log and on the page: files with the line of each mistake, the commands, the sessions of a log."""

import io
import json
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import make_scripts_sample
from customer_summary import (
    AgentScript,
    Applied,
    DecodeError,
    MacroRequested,
    Page,
    Reader,
    ScriptFile,
    ScriptRecorded,
    ScriptRun,
    ScriptSessions,
    ScriptSessionStarted,
    Unchanged,
    WentBack,
    collect,
    find,
    read_log,
    read_page,
    read_scripts,
    summarize,
    write_fact,
    write_page,
)
from customer_summary.__main__ import main
from customer_summary.domain.facts import Fact
from customer_summary.testing.strategies import values
from customer_summary.views.reader import LOCALES
from customer_summary.wire.documents import shared_converter
from customer_summary.wire.script_lines import json_lines, split_path, toml_lines

Run: TypeAlias = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[1]
TOML = ROOT / "examples" / "scripts.toml"
LOG = ROOT / "examples" / "scripts.ndjson"
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOME = """\
# a comment

[[scripts]]
unique_name = "test_a"
name = "A"

[[scripts.steps]]
unique_name = "test_one"
name = '''
[[scripts]]
over two lines'''
order = 1
kind = "text"
text = "Do it"

[[scripts.steps]]
unique_name = "test_two"
name = "Two"
order = 2
kind = "sub_script"
script = "test_b"

[[scripts]]
unique_name = "test_b"
name = "B"
steps = [
    { unique_name = "test_three", name = "Three", order = 1, kind = "text", text = "Do it" },
]

[[macros]]
unique_name = "test_m"
name = "M"
"""
AS_JSON = json.dumps(tomllib.loads(SOME), indent=1)
WRONG: list[tuple[str, str, str, int, int]] = [
    ("a kind that is none", 'kind = "text"', 'kind = "txt"', 13, 11),
    ("an order of 0", "order = 2", "order = 0", 19, 17),
    ("a name that is a number", 'name = "B"', "name = 7", 25, 25),
    ("a step without its name", 'name = "Two"\n', "", 16, 14),
    ("a field that nobody knows", 'name = "M"', 'name = "M"\nnick = "x"', 30, 38),
    ("a thing that nobody knows", "[[macros]]", "[[makros]]", 1, 1),
]


def problems(text: str, name: str) -> list[int | None]:
    with pytest.raises(DecodeError) as caught:
        read_scripts(text.encode(), name)
    return [one.line for one in caught.value.problems]


@pytest.mark.parametrize(
    ("before", "after", "in_toml", "in_json"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_what_cannot_be_read_is_named_with_its_line(before: str, after: str, in_toml: int, in_json: int) -> None:
    wrong = SOME.replace(before, after, 1)
    assert problems(wrong, "some.toml") == [in_toml]
    assert problems(json.dumps(tomllib.loads(wrong), indent=1), "some.JSON") == [in_json]


def test_all_that_is_wrong_is_named_at_once() -> None:
    wrong = SOME.replace('kind = "text"', 'kind = "txt"', 1).replace("order = 2", "order = 0").replace('"M"', "1")
    assert problems(wrong, "some.toml") == [13, 19, 32]
    with pytest.raises(DecodeError) as caught:
        read_scripts(wrong.encode(), "some.toml")
    assert (
        str(caught.value) == "line 13: scripts[0].steps[0].kind: expected one of text, macro, sub_script (and 2 more)"
    )


@pytest.mark.parametrize(
    ("data", "name", "line", "rule"),
    [
        (SOME.replace('"A"', '"A').encode(), "a.toml", 5, "not TOML"),
        (b"a = [1,\n2", "a.toml", 2, "not TOML"),
        (b"a = 1\na = 2\n", "a.toml", 2, "not TOML"),
        (AS_JSON.replace(": 1,", ": ,", 1).encode(), "a.json", 10, "not JSON"),
        (b'{"scripts": []', "a.json", 1, "JSON that ends too early"),
        (b'{"scripts": [], "scripts": []}', "a.json", 1, "a key is given twice"),
        (b"a = 1\n\n'\xff'\n", "a.toml", 3, "not valid UTF-8"),
        (b"a = " + b"[" * 5000, "a.toml", 1, "too many levels of nesting"),
        (b"[" * 100_000, "a.json", 1, "more than 64 levels"),
    ],
)
def test_what_is_no_toml_or_json_is_named_with_its_line(data: bytes, name: str, line: int, rule: str) -> None:
    with pytest.raises(DecodeError, match=rule) as caught:
        read_scripts(data, name)
    (problem,) = caught.value.problems
    if "levels" not in rule:
        assert problem.line == line


def test_a_file_of_windows_lines_and_a_byte_order_mark_reads_as_any_other() -> None:
    data = b"\xef\xbb\xbf" + SOME.replace("\n", "\r\n").encode()
    assert read_scripts(data, "a.toml").held == read_scripts(SOME.encode(), "a.toml").held


def test_a_file_beyond_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customer_summary.wire.script_files.MAX_BYTES", 10)
    with pytest.raises(DecodeError, match="a file of more than 10 bytes"):
        read_scripts(SOME.encode(), "a.toml")


@pytest.mark.parametrize(("name", "text"), [("a.toml", SOME), ("a.json", AS_JSON)])
def test_every_part_of_a_file_is_found_on_its_line(name: str, text: str) -> None:
    source, lines = read_scripts(text.encode(), name), text.splitlines()
    for index, one in enumerate(source.held.scripts):
        assert one.unique_name in lines[source.line(index, "unique_name") - 1]
        for place, step in enumerate(one.steps):
            assert step.unique_name in lines[source.line(index, f"steps[{place}].unique_name") - 1] or name == "a.toml"
    assert "test_m" in lines[source.line(2, "unique_name") - 1]
    assert source.line(99, "name") == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_the_lines_of_any_json_are_those_of_its_parts(value: Any) -> None:
    flat, spread = json.dumps(value), json.dumps(value, indent=1)
    assert set(lines_of(flat, value).values()) == {1}
    found = lines_of(spread, value)
    assert max(found.values(), default=1) <= spread.count("\n") + 1
    assert all(found[path] >= found[path[:-1]] for path in found if path)


def lines_of(text: str, value: Any) -> dict[tuple[Any, ...], int]:
    finder, found = json_lines(text), {}
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while waiting:
        path, one = waiting.pop()
        found[path] = finder(path)
        inside = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        waiting += [((*path, key), inner) for key, inner in inside]
    return found


@given(st.lists(values(AgentScript), max_size=3))
def test_a_file_comes_back_as_it_went(scripts: list[AgentScript]) -> None:
    held = ScriptFile(scripts=tuple(scripts))
    text = json.dumps(shared_converter().unstructure(held))
    assert read_scripts(text.encode(), "a.json").held == held


def test_a_toml_file_of_a_thousand_scripts_is_searched_in_time() -> None:
    block = SOME.partition("[[macros]]")[0]
    text = (
        "\n".join([block.replace("test_", f"test_{number}_") for number in range(500)]) + '\n[[macros]]\nname = "M"\n'
    )
    assert toml_lines(text)(split_path("scripts[999].steps[0].kind")) == text.count("\n") - 6


class TestTheCommands:
    @pytest.fixture
    def run(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
        monkeypatch.chdir(ROOT)

        def run(*arguments: str) -> tuple[int, str, str]:
            code = main(list(arguments))
            said = capsys.readouterr()
            return code, said.out, said.err

        return run

    def test_check_says_that_all_is_well(self, run: Run) -> None:
        assert run("check", "examples/scripts.toml") == (
            0,
            "2 scripts, 5 steps, 2 macros: 0 errors, 0 warnings\n",
            "",
        )

    def test_check_names_files_and_lines_and_ends_with_4_where_there_are_errors(self, run: Run, tmp_path: Path) -> None:
        one, other = tmp_path / "one.toml", tmp_path / "other.toml"
        one.write_text(SOME.replace('"test_b"', '"test_x"', 1))
        other.write_text(SOME.replace("order = 2", "order = 1"))
        code, out, err = run("check", str(one), str(other))
        assert (code, err) == (4, "")
        lines = out.replace(f"{tmp_path}/", "").splitlines()
        assert lines[0] == "one.toml:21: error: unknown_script: test_a steps[1].script: no script is called test_x"
        assert (
            "other.toml:19: warning: duplicate_order: test_a steps[1].order: another step has it too: they show as written"
            in lines
        )
        assert (
            "other.toml:4: error: duplicate_name: test_a unique_name: was given before: only the last one counts"
            in lines
        )
        assert lines[-1] == "4 scripts, 6 steps, 2 macros: 4 errors, 3 warnings"

    def test_warnings_alone_are_no_failure(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "one.json"
        path.write_text(AS_JSON)
        code, out, _ = run("check", str(path))
        assert code == 0
        assert out.splitlines()[-1] == "2 scripts, 3 steps, 1 macros: 0 errors, 1 warnings"

    def test_a_file_that_cannot_be_read_ends_with_2_and_every_line_that_is_wrong(
        self, run: Run, tmp_path: Path
    ) -> None:
        path = tmp_path / "one.toml"
        path.write_text(SOME.replace('kind = "text"', 'kind = "txt"', 1).replace("order = 2", "order = 0"))
        for command in ("check", "diagram"):
            code, out, err = run(command, str(path))
            assert (code, out) == (2, "")
            assert err.splitlines() == [
                f"{path}:13: error: scripts[0].steps[0].kind: expected one of text, macro, sub_script",
                f"{path}:19: error: scripts[0].steps[1].order: must lie between 1 and 9007199254740991",
            ]
        assert run("check", str(tmp_path / "none.toml"))[0] == 2

    def test_diagram_draws_all_scripts_or_one(self, run: Run) -> None:
        code, out, _ = run("diagram", "examples/scripts.toml")
        assert code == 0
        assert out.count("subgraph") == 2
        assert run("diagram", "examples/scripts.toml", "--script", "shop_return")[1].count("subgraph") == 1

    def test_diagram_names_the_scripts_there_are(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run("diagram", "examples/scripts.toml", "--script", "shop_none")
        assert (code, err) == (
            3,
            "customer_summary: no script has this unique name; there are:\n  shop_welcome\n  shop_return\n",
        )
        (tmp_path / "a.toml").write_text("")
        assert run("diagram", str(tmp_path / "a.toml"))[2] == "customer_summary: the files hold no script\n"

    def test_show_prints_the_panel_as_it_was_then(self, run: Run) -> None:
        _, out, _ = run("show", str(LOG), "--at", "2026-03-02T09:42:45Z", "--locale", "fr")
        panel = out.partition("Script d\u2019agent")[2]
        assert "En cours \u00b7 Send the rules for returns \u00b7 Macro" in panel
        assert "[Annuler la macro]" in panel
        _, out, _ = run("show", str(LOG), "--at", "2026-03-02T09:43:00Z")
        assert "No answer in time" in out
        _, out, _ = run("show", str(LOG), "--at", "2026-03-02T09:40:05Z")
        assert "Agent script" not in out

    def test_events_tells_the_story_with_what_time_alone_did(self, run: Run) -> None:
        code, out, _ = run("events", str(LOG))
        assert code == 0
        lines = out.splitlines()
        place = lines.index("2026-03-02T09:43:00Z due session-1")
        assert lines[place + 1] == "    macro run-2: failed"
        assert "2026-03-02T09:43:05Z action_succeeded session-1 run-2 search -> refused: too_late (failed)" in lines
        assert "    show script shop_return" in lines
        assert not any("Ines" in line or "busy" in line for line in lines)

    def test_a_cancelled_run_shows_its_abort(self, run: Run, tmp_path: Path) -> None:
        lines = [
            line for line in LOG.read_text().splitlines() if '"09:4' not in line and "action_succeeded" not in line
        ]
        cancel = '{"v":1,"fact":"macro_cancelled","at":"2026-03-02T09:41:01Z","session":"session-1","run":"run-1"}'
        place = next(index for index, line in enumerate(lines) if "macro_requested" in line)
        path = tmp_path / "log.ndjson"
        path.write_text("\n".join([*lines[: place + 1], cancel]))
        assert "    abort run-1/form" in run("events", str(path))[1]


class TestTheSessionsOfALog:
    def facts(self) -> list[Fact]:
        return [line.fact for line in read_log(io.BytesIO(LOG.read_bytes()))]

    def page(self, facts: list[Fact], until: datetime | None = None, **reader: Any) -> Page:
        data = "\n".join(map(write_fact, facts)).encode()
        sessions = ScriptSessions()
        scene = find(sessions.following(read_log(io.BytesIO(data)), until), until=until)
        known = collect(read_log(io.BytesIO(data)), scene)
        assert scene.conversation is not None
        assert scene.now is not None
        known = attrs.evolve(known, guidance=sessions.shown(scene.conversation, scene.now))
        page = summarize(scene.conversation, known, reader=Reader(now=scene.now, **reader))
        assert isinstance(page, Page)
        return page

    def test_the_sample_is_the_one_that_its_script_writes(self) -> None:
        written = "".join(f"{write_fact(fact)}\n" for fact in make_scripts_sample.sample())
        assert LOG.read_text("utf-8") == written

    @pytest.mark.parametrize("locale", LOCALES)
    def test_the_page_with_its_panel_comes_back_from_json(self, locale: str) -> None:
        text = write_page(self.page(self.facts(), locale=locale))
        assert write_page(read_page(text)) == text
        assert '"agent_script"' in text

    def test_a_script_that_is_recorded_again_is_a_new_version_and_progress_stays(self) -> None:
        facts = self.facts()
        first = facts[0]
        assert isinstance(first, ScriptRecorded)
        later = ScriptRecorded(at=facts[-1].at, script=attrs.evolve(first.script, name="Warm welcome"))
        sessions = ScriptSessions()
        for line in sessions.following(read_log(io.BytesIO("\n".join(map(write_fact, [*facts, later])).encode()))):
            assert line.number
        (run,) = sessions
        assert isinstance(run, ScriptRun)
        assert [one.name for one in guidance_menu(sessions, run)] == ["Warm welcome", "Return"]
        assert len(run.steps) == 4

    def test_a_session_that_begins_again_changes_nothing_and_with_other_content_the_log_is_refused(self) -> None:
        facts = self.facts()
        start = start_of(facts)
        sessions = ScriptSessions()
        outcomes = [sessions.take(line) for line in lines([*facts, start])]
        assert outcomes[-1] is not None
        assert outcomes[-1].outcome == Unchanged("already begun")
        with pytest.raises(DecodeError, match=f"line {len(facts) + 1}: session: began twice with different content"):
            list(sessions.following(lines([*facts, attrs.evolve(start, agent="sam")])))

    def test_an_event_of_a_session_that_has_not_begun_and_an_unknown_template_are_refused_with_their_line(self) -> None:
        event = WentBack(at=NINE, session="s-1", pressed_at=NINE)
        with pytest.raises(DecodeError, match="line 1: session: no session with this id has begun"):
            list(ScriptSessions().following(lines([event])))
        start = start_of(self.facts())
        with pytest.raises(DecodeError, match="line 1: template: no session template with this name"):
            list(ScriptSessions().following(lines([start])))

    def test_a_conversation_without_scripts_has_no_panel(self) -> None:
        facts = [one for one in self.facts() if not hasattr(one, "session")]
        assert self.page(facts).script is None
        assert ScriptSessions().shown(None) is None

    def test_what_is_due_in_several_sessions_comes_in_order(self) -> None:
        sessions, facts = ScriptSessions(), self.facts()
        for fact in facts:
            if not hasattr(fact, "session"):
                sessions.take(next(lines([fact])))
        start = start_of(facts)
        for number in (1, 2, 3):
            name, at = f"s-{number}", start.at + timedelta(seconds=10 - number)
            assert sessions.send(attrs.evolve(start, session=name)).outcome == Applied()
            sessions.send(MacroRequested(at=at, session=name, run="r", macro="shop_send_rules", pressed_at=at))
        found = [one.run.session for one in sessions.advance(start.at + timedelta(hours=1))]
        assert found == ["s-3", "s-2", "s-1"]


def start_of(facts: list[Fact]) -> ScriptSessionStarted:
    return next(one for one in facts if isinstance(one, ScriptSessionStarted))


def lines(facts: list[Any]) -> Any:
    return read_log(io.BytesIO("\n".join(map(write_fact, facts)).encode()))


def guidance_menu(sessions: ScriptSessions, run: ScriptRun) -> Any:
    class Of:
        id = run.conversation

    found = sessions.shown(Of())  # type: ignore[arg-type]  # only the id counts
    assert found is not None
    return found.menu
