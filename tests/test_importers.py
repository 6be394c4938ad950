"""The importers of `examples/`: foreign data becomes a log, and the page shows what the source says."""

import ast
import html
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_plus

import pytest

import import_abcd
import import_access_log
import import_prechat
from customer_summary import (
    ActivityRecorded,
    DecodeError,
    MessageSent,
    Page,
    Part,
    Reader,
    SelfServiceKind,
    SelfServiceRecorded,
    collect,
    find,
    read_card,
    read_log,
    summarize,
    write_fact,
)
from customer_summary.domain.facts import Fact

EXAMPLES = Path(import_abcd.__file__).parent

TALK = [
    {
        "convo_id": 7,
        "scenario": {
            "personal": {"customer_name": "ada ibn lovelace", "email": "ada@engine.example", "member_level": "gold"},
            "order": {"order_id": "42", "city": "la paz", "state": "ny"},
            "product": {"names": ["tin_man hat", "boots"], "amounts": [9, 12]},
            "flow": "product_defect",
            "subflow": "refund_status",
        },
        "original": [
            ["customer", "Hello? \u00e9\u4f60"],
            ["action", "Account has been pulled up."],
            ["agent", "  Hi!  "],
            ["customer", ""],
        ],
    },
    {"convo_id": 8, "scenario": {"personal": {"phone": "1"}}, "original": [["agent", "Anybody there?"]]},
]

VISITS = (
    'a-1 - - [17/May/2015:10:05:03 +0200] "GET /shop?x=1 HTTP/1.1" 200 5 "-" "Browser/1"\n'
    'b-2 - - [17/May/2015:10:05:04 +0200] "GET /other HTTP/1.1" 200 5 "-" "Browser/2"\n'
    'a-1 - - [17/May/2015:10:05:05 +0200] "GET /blog/two%20words HTTP/1.1" 200 - '
    '"http://www.google.nl/search?hl=nl&q=two+words%3f" "Browser \\"1\\""\n'
    'a-1 - - [17/May/2015:10:05:01 +0200] "GET /blog/gone HTTP/1.1" 404 0 "http://host.example/?q=not+ours" "Browser/1"\n'
)


def page_of(facts: Iterable[Fact], conversation: str | None = None) -> Page:
    """The page that the whole pipeline makes of these facts: written, read again, replayed."""
    log = "".join(write_fact(fact) + "\n" for fact in facts).encode()
    scene = find(read_log(io.BytesIO(log)), conversation)
    assert scene.conversation is not None
    assert scene.now is not None
    known = collect(read_log(io.BytesIO(log)), scene)
    page = summarize(scene.conversation, known, reader=Reader(now=scene.now), configuration=scene.configuration)
    assert isinstance(page, Page)
    return page


def section(page: Page, name: str) -> Part:
    return next(part for part in page.sections if part.name == name)


def texts(part: Part) -> dict[str, str]:
    return {field.label: field.text for field in part.fields}


def chat_of(text: str, visitor: str) -> tuple[list[Fact], list[str]]:
    said: list[str] = []
    return list(import_access_log.chat_of(io.StringIO(text, newline="\n"), visitor, said.append)), said


def actions_of(facts: Iterable[Fact]) -> list[tuple[str, str, int]]:
    actions = [fact.action for fact in facts if isinstance(fact, SelfServiceRecorded)]
    return [(action.kind.value, action.title, action.sequence) for action in actions]


def self_service_rows(page: Page) -> list[tuple[datetime, int, str, str, bool]]:
    rows = section(page, "conversation_summary").tab("self_service").rows
    return [
        (one.entry.at, one.entry.sequence, one.entry.kind.value, one.entry.title, one.clock_ran_backwards)
        for one in rows
    ]


def run_example(name: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def shown_as_json(log: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", "customer_summary", "show", str(log), "--format", "json", *arguments]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def imported(folder: Path, name: str, *arguments: object) -> Path:
    done = run_example(name, *arguments)
    assert done.returncode == 0, done.stderr
    log = folder / "log.ndjson"
    log.write_bytes(done.stdout)
    return log


class TestConversations:
    """A conversation with its scenario becomes a page: customer, case, context, timeline, messages."""

    def test_a_scenario_shows_as_customer_case_and_context(self) -> None:
        page = page_of(import_abcd.read_conversations(TALK), "abcd-7")
        assert page.title == "Ada Ibn Lovelace"
        assert texts(section(page, "customer")) == {
            "Name": "Ada Ibn Lovelace",
            "Category": "Gold",
            "Location": "La Paz, NY",
            "E-mail": "ada@engine.example",
            "Mobile phone": "",
        }
        assert section(page, "case").field("title").text == "Product defect: refund status"
        assert section(page, "case").field("product").text == "tin man hat, boots"
        assert texts(section(page, "conversation_summary").tab("additional_details")) == {
            "Order id": "42",
            "City": "la paz",
            "State": "ny",
            "Product names": "tin_man hat, boots",
            "Product amounts": "9, 12",
        }

    def test_messages_keep_their_text_and_order_and_macros_stand_on_the_timeline(self) -> None:
        page = page_of(import_abcd.read_conversations(TALK), "abcd-7")
        messages = [(row.entry.sequence, row.entry.author.value, row.entry.text) for row in page.communication.rows]
        assert messages == [(1, "customer", "Hello? \u00e9\u4f60"), (3, "agent", "  Hi!  "), (4, "customer", "")]
        activities = [(row.entry.sequence, row.entry.title) for row in section(page, "timeline").rows]
        assert activities == [(2, "Account has been pulled up.")]

    def test_a_scenario_that_says_nothing_leaves_customer_and_case_open(self) -> None:
        page = page_of(import_abcd.read_conversations(TALK), "abcd-8")
        assert section(page, "customer").empty == "empty.customer"
        assert section(page, "case").empty == "empty.case"
        assert [tab.name for tab in section(page, "conversation_summary").tabs] == [
            "pre_chat_survey",
            "visitor_details",
        ]

    def test_a_macro_of_many_words_keeps_them_all_in_the_body(self) -> None:
        words = "word " * 100
        rows = [{"convo_id": 1, "original": [["action", words], ["action", ""]]}]
        facts = import_abcd.read_conversations(rows)
        long, empty = (fact.activity for fact in facts if isinstance(fact, ActivityRecorded))
        assert (len(long.title), long.title[-1], long.body) == (400, "\u2026", words)
        assert (empty.title, empty.body) == ("Action", "")

    @pytest.mark.parametrize(
        ("document", "complaint"),
        [
            ({}, "expected a list of conversations, got an object"),
            ([7], "conversations[0]: expected an object, got a number"),
            ([{}], "conversations[0].convo_id: expected a number, got nothing"),
            ([{"convo_id": 1}], "conversations[0].original: expected a list of rows, got nothing"),
            ([{"convo_id": 1, "original": [["agent"]]}], "conversations[0].original[0]: expected a speaker and a text"),
            (
                [{"convo_id": 1, "original": [["cat", "Meow"]]}],
                "conversations[0].original[0]: expected a speaker among customer, agent, action",
            ),
            (
                [{"convo_id": 1, "scenario": {"order": []}, "original": []}],
                "conversations[0].scenario.order: expected an object, got a list",
            ),
            (
                [{"convo_id": 1, "scenario": {"personal": {"customer_name": "x" * 101}}, "original": []}],
                "conversations[0].name: at most 100 characters, got 101",
            ),
        ],
    )
    def test_another_shape_is_refused_with_its_place(self, document: object, complaint: str) -> None:
        with pytest.raises(DecodeError) as refused:
            list(import_abcd.read_conversations(document))
        assert str(refused.value) == complaint

    @pytest.fixture
    def source(self, reference_data: Path) -> list[dict[str, Any]]:
        conversations: list[dict[str, Any]] = json.loads((reference_data / "abcd" / "abcd_sample.json").read_bytes())
        assert len(conversations) == 3
        return conversations

    def test_no_row_of_the_reference_conversations_is_lost(self, source: list[dict[str, Any]]) -> None:
        facts = list(import_abcd.read_conversations(source))
        rows = sum(len(one["original"]) for one in source)
        macros = sum(speaker == "action" for one in source for speaker, _ in one["original"])
        assert Counter(type(fact) for fact in facts)[MessageSent] == rows - macros
        assert Counter(type(fact) for fact in facts)[ActivityRecorded] == macros
        for one in source:
            page = page_of(facts, f"abcd-{one['convo_id']}")
            said = [[row.entry.author.value, row.entry.text] for row in page.communication.rows]
            assert said == [row for row in one["original"] if row[0] != "action"]
            ran = [row.entry.title for row in section(page, "timeline").rows]
            assert ran == [text for speaker, text in reversed(one["original"]) if speaker == "action"]
            assert page.communication.next is None
            assert section(page, "timeline").next is None

    def test_the_reference_scenarios_show_on_their_pages(self, source: list[dict[str, Any]]) -> None:
        facts = list(import_abcd.read_conversations(source))
        titles = []
        for one in source:
            page, scenario = page_of(facts, f"abcd-{one['convo_id']}"), one["scenario"]
            personal, order = scenario["personal"], scenario["order"]
            assert page.title.lower() == personal["customer_name"]
            shown = texts(section(page, "customer"))
            assert shown["E-mail"] == personal.get("email", "")
            assert shown["Mobile phone"] == personal["phone"]
            assert shown["Category"].lower() == personal["member_level"]
            titles.append(section(page, "case").field("title").text)
            details = texts(section(page, "conversation_summary").tab("additional_details"))
            assert details.get("Username") == personal.get("username")
            assert details.get("Order id") == order.get("order_id")
            known = {key.replace("_", " ").capitalize(): text for key, text in order.items() if key != "products"}
            assert known.items() <= details.items()
            for product in ast.literal_eval(order.get("products", "[]")):
                assert product["brand"] in details["Product names"]
                assert str(product["amount"]) in details["Product amounts"]
        assert titles == [
            "Product defect: return size",
            "Product defect: refund status",
            "Storewide query: timing 4",
        ]


def naive_engine_phrase(referrer: str) -> str | None:
    """The phrase of a search page as plain text work finds it, without reading the address as one."""
    found = re.match(r"https?://([^/]*)/[^?#]*\?([^#]*)", referrer)
    if found is None:
        return None
    host, query = found.groups()
    name = "text" if "yandex" in host else "wd" if "baidu" in host else "q" if re.search("google|bing", host) else None
    values = [part[len(name) + 1 :] for part in query.split("&") if name and part.startswith(f"{name}=")]
    return unquote_plus(values[0]).strip() if values and values[0] else None


def expected_rows(path: Path, visitor: str) -> list[tuple[datetime, int, str, str, bool]]:
    """What the page must show, by cutting lines at their quotation marks and sorting twice."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        head, *rest = line.split('"')
        if head.split(" ")[0] != visitor:
            continue
        day, clock = head[head.index("[") + 1 : head.index("]")].split(":", 1)
        at = parsedate_to_datetime(f"{day.replace('/', ' ')} {clock}")
        target, status = rest[0].split(" ")[1], int(rest[1].split()[0])
        title = unquote(target.split("?")[0])
        kind = "article_viewed" if target.startswith("/blog/") else "page_visited"
        if status >= 400:
            kind, title = "custom_action", f"Error {status}: {title}"
        rows.append((at.astimezone(UTC), number, kind, title))
        phrase = naive_engine_phrase(rest[2])
        if phrase is not None:
            rows.append((at.astimezone(UTC), number, "phrase_searched", " ".join(phrase.split())))
    rows.sort(key=lambda row: row[1], reverse=True)
    rows.sort(key=lambda row: row[0], reverse=True)
    return [(*row, any(other[1] < row[1] and other[0] > row[0] for other in rows)) for row in rows]


class TestAccessLog:
    """A visitor's lines become what the customer did for themselves before the chat."""

    def test_each_kind_of_line_becomes_its_kind_of_action(self) -> None:
        facts, said = chat_of(VISITS, "a-1")
        assert said == []
        assert actions_of(facts) == [
            ("page_visited", "/shop", 1),
            ("phrase_searched", "two words?", 3),
            ("article_viewed", "/blog/two words", 3),
            ("custom_action", "Error 404: /blog/gone", 4),
        ]

    def test_the_page_shows_the_newest_first_and_flags_the_clock_that_ran_backwards(self) -> None:
        page = page_of(chat_of(VISITS, "a-1")[0])
        assert [row[1:] for row in self_service_rows(page)] == [
            (3, "article_viewed", "/blog/two words", False),
            (3, "phrase_searched", "two words?", False),
            (1, "page_visited", "/shop", False),
            (4, "custom_action", "Error 404: /blog/gone", True),
        ]
        assert self_service_rows(page)[0][0] == datetime(2015, 5, 17, 8, 5, 5, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("referrer", "phrase"),
        [
            ("http://www.bing.com/search?q=a%20%20b", "a b"),
            ("https://images.yandex.ru/yandsearch?p=9&text=%D0%B4%D0%B0", "\u0434\u0430"),
            ("http://www.baidu.com/s?ie=utf-8&wd=tsig+error", "tsig error"),
            ("http://search.yahoo.com/search?p=oven", "oven"),
            ("http://www.google.com/url?q=&esrc=s", ""),
            ("http://forum.example/viewtopic.php?p=217767", ""),
            ("http://[broken/?q=x", ""),
            ("-", ""),
        ],
    )
    def test_a_phrase_is_what_the_engine_keeps_in_its_own_parameter(self, referrer: str, phrase: str) -> None:
        assert import_access_log.phrase_in(referrer) == phrase

    @pytest.mark.parametrize("cut", ['"http://www.google.com/?q=al', '"-" "Mozi', '"-"', "", '"-" "'])
    def test_a_line_cut_off_after_its_size_is_kept_and_reported(self, cut: str) -> None:
        line = f'a-1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 {cut}'.rstrip()
        facts, said = chat_of(line, "a-1")
        assert actions_of(facts) == [("page_visited", "/", 1)]
        assert said == ["line 1: cut off, kept as far as it goes"]

    @pytest.mark.parametrize(
        "broken",
        [
            "a-1",
            "a-1 - - [17/May/2015:10:05:03",
            'a-1 - - [17/May/2015:10:05:03 +0000] "GET / HT',
            'a-1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 20',
            'a-1 - - [31/Feb/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "B"',
            'a-1 - - [17/May/2015:10:05:03] "GET / HTTP/1.1" 200 5 "-" "B"',
            'a-1 - - [17/May/0001:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "B"',
            'a-1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 2000 5 "-" "B"',
        ],
    )
    def test_a_line_without_time_request_or_status_is_left_out_and_reported(self, broken: str) -> None:
        facts, said = chat_of(f"{VISITS}{broken}\n", "a-1")
        assert len(actions_of(facts)) == 4
        assert said == ["line 5: no time, request or status, left out", "lines left out: 1"]

    def test_a_visitor_without_a_line_is_refused(self) -> None:
        with pytest.raises(DecodeError, match="no line of this visitor"):
            chat_of(VISITS, "a")

    def test_what_is_too_long_or_empty_is_cut_or_named(self) -> None:
        requests = (f"GET /{'a' * 2000} HTTP/1.1", "GET %20%0A HTTP/1.1", "-", "", "\\x16\\x03", f"GET {'/' * 600}")
        facts, said = chat_of(
            "".join(f'a-1 - - [17/May/2015:10:05:03 +0000] "{one}" 400 5 "-" "B"\n' for one in requests)
            + f'a-1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "http://google.com/?q={"b" * 900}" "B"\n',
            "a-1",
        )
        assert said == []
        long, *rest = [fact.action for fact in facts if isinstance(fact, SelfServiceRecorded)]
        assert (len(long.title), len(long.url), long.title[-1], long.url[-1]) == (600, 1000, "\u2026", "\u2026")
        assert [action.title for action in rest[:4]] == [
            "Error 400: %20%0A",
            "Error 400: -",
            "Error 400: -",
            "Error 400: \\x16\\x03",
        ]
        assert [len(action.title) for action in rest[4:]] == [600, 600, 1]

    def test_the_reference_log_shows_the_ten_busiest_visitors_as_counted_otherwise(self, reference_data: Path) -> None:
        path = reference_data / "access_log" / "access.log"
        busiest = Counter(line.split(" ")[0] for line in path.read_text("utf-8").splitlines()).most_common(10)
        flagged = 0
        for visitor, lines in busiest:
            facts, said = chat_of(path.read_text("utf-8"), visitor)
            shown = self_service_rows(page_of(facts))
            expected = expected_rows(path, visitor)
            assert shown == expected
            assert len({row[1] for row in shown}) == lines
            assert said == []
            flagged += sum(row[-1] for row in shown)
        assert flagged > 100

    def test_every_line_of_the_reference_log_can_be_read_and_one_is_cut_off(self, reference_data: Path) -> None:
        lines = (reference_data / "access_log" / "access.log").read_text("utf-8").splitlines()
        visits = [import_access_log.read_line(line) for line in lines]
        assert len(visits) == 10_000
        assert [number for number, one in enumerate(visits, 1) if one is None or not one.complete] == [8899]
        cut = lines[8898].split(" ")[0]
        facts, said = chat_of("\n".join(lines), cut)
        assert said == ["line 8899: cut off, kept as far as it goes"]
        assert ("page_visited", "/scripts/grok-py-test/configlib.py", 8899) in actions_of(facts)
        assert self_service_rows(page_of(facts)) == expected_rows(reference_data / "access_log" / "access.log", cut)

    def test_the_77_phrases_of_the_reference_log_are_found_and_three_more(self, reference_data: Path) -> None:
        """77 lines have a `q` or `p` that is not empty in the address of an engine; `p` is the page number of one.

        Read as each engine means it, that one has its phrase in `text`, and three lines more in `text` or `wd`.
        """
        lines = (reference_data / "access_log" / "access.log").read_text("utf-8").splitlines()
        engine = re.compile(r'"https?://[^/"]*(?:google|bing|yahoo|duckduckgo|yandex|baidu)[^"]*[?&][qp]=[^&"]')
        counted = {number for number, line in enumerate(lines, 1) if engine.search(line)}
        found = set()
        for number, line in enumerate(lines, 1):
            visit = import_access_log.read_line(line)
            assert visit is not None
            kinds = [action.kind for action in import_access_log.actions_in(visit, number)]
            if SelfServiceKind.PHRASE_SEARCHED in kinds:
                found.add(number)
        assert len(counted) == 77
        assert found - counted == {6302, 6643, 7915}
        assert counted <= found


CARD = {
    "type": "AdaptiveCard",
    "body": [
        {"type": "TextBlock", "text": "* Your &quot;name&quot;"},
        {"type": "Input.Text", "id": "n", "isRequired": True},
        {"type": "Input.Text", "id": "m", "label": "More", "isMultiline": True},
        {
            "type": "Input.ChoiceSet",
            "id": "c",
            "label": "Which?",
            "choices": [{"title": "one", "value": "1"}, {"title": "two", "value": "2"}],
        },
        {"type": "Input.Toggle", "id": "t", "title": "Agreed", "value": "false"},
    ],
}


def survey_on_page(facts: Iterable[Fact]) -> list[tuple[str, str]]:
    survey = section(page_of(facts), "conversation_summary").tab("pre_chat_survey")
    return [(field.label, field.text) for field in survey.fields]


def asked_by(card: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """The questions of a flat card as its JSON has them: id, text, element."""
    questions = []
    for before, element in zip([{}, *card["body"]], card["body"], strict=False):
        if element["type"].startswith("Input."):
            text = element.get("label") or element.get("title") or html.unescape(before["text"])
            questions.append((element["id"], text.lstrip("* "), element))
    return questions


class TestPreChat:
    """A card and its answers show as question and answer, in the order of the card."""

    def test_every_question_gets_a_sample_answer(self) -> None:
        assert survey_on_page(import_prechat.chat(CARD)) == [
            ('Your "name"', "Sample answer 1"),
            ("More", "Sample answer 2\nand its second line"),
            ("Which?", "two"),
            ("Agreed", "Yes"),
        ]

    def test_given_answers_show_and_open_questions_keep_their_place(self) -> None:
        assert survey_on_page(import_prechat.chat(CARD, {"t": "False", "c": "1", "n": "Ada"})) == [
            ('Your "name"', "Ada"),
            ("More", ""),
            ("Which?", "one"),
            ("Agreed", "No"),
        ]

    @pytest.mark.parametrize(
        ("card", "complaint"),
        [
            ({"type": "AdaptiveCard", "body": []}, "questions: a survey asks at least one question"),
            ({"type": "HeroCard"}, "type: expected an AdaptiveCard"),
            (None, "type: expected an AdaptiveCard"),
        ],
    )
    def test_a_card_that_asks_nothing_is_refused(self, card: object, complaint: str) -> None:
        with pytest.raises(DecodeError, match=re.escape(complaint)):
            list(import_prechat.chat(card))

    @pytest.mark.parametrize(
        "answers", [b"null", [], {}, {"n": 1}, {"n": "x", "c": "3"}, {"n": "x", "other": ""}, b"{"]
    )
    def test_answers_that_the_card_does_not_take_are_refused(self, answers: object) -> None:
        with pytest.raises(DecodeError):
            list(import_prechat.chat(CARD, answers))

    @pytest.mark.parametrize(
        ("document", "index"), [([CARD], None), ([CARD], 1), ([CARD], -1), ([], 0), (CARD, 0), ({"card": CARD}, 0)]
    )
    def test_an_index_that_chooses_no_card_is_refused(self, document: object, index: int | None) -> None:
        with pytest.raises(DecodeError, match="--index"):
            import_prechat.choose(document, index)

    @pytest.mark.parametrize(
        ("document", "index"),
        [(CARD, None), ({"card": CARD}, None), ([{}, CARD], 1), ([{"card": CARD, "file": ""}], 0)],
    )
    def test_a_card_is_found_alone_in_a_list_and_with_its_origin(self, document: object, index: int | None) -> None:
        assert import_prechat.choose(document, index) == CARD

    def test_the_nine_reference_surveys_show_in_order_and_the_tenth_card_is_refused(self, reference_data: Path) -> None:
        cards = json.loads((reference_data / "prechat" / "adaptive_cards.json").read_bytes())
        assert len(cards) == 10
        refused = []
        for index in range(len(cards)):
            card = import_prechat.choose(cards, index)
            assert isinstance(card, dict)
            questions = asked_by(card)
            submission, expected = {}, []
            for number, (name, text, element) in enumerate(questions):
                if element["type"] == "Input.ChoiceSet":
                    submission[name], answer = element["choices"][0]["value"], element["choices"][0]["title"]
                elif element["type"] == "Input.Toggle":
                    submission[name], answer = element["valueOn"], "Yes"
                else:
                    submission[name] = answer = f"My answer\n{number}"
                expected.append((text, answer))
            if not questions:
                refused.append(index)
                with pytest.raises(DecodeError, match="a survey asks at least one question"):
                    list(import_prechat.chat(card))
                continue
            assert survey_on_page(import_prechat.chat(card, submission)) == expected
            sampled = survey_on_page(import_prechat.chat(card))
            assert [text for text, _ in sampled] == [text for text, _ in expected]
            assert all(answer for _, answer in sampled)
            assert len(read_card(card).inputs) == len(questions)
        assert refused == [8]


class TestCommandLine:
    """Each importer writes a log that the command line shows; what cannot be read ends with exit code 2."""

    @pytest.fixture
    def cards(self, tmp_path: Path) -> Path:
        file = tmp_path / "cards.json"
        file.write_text(json.dumps([{"card": CARD}]), "utf-8")
        return file

    def test_conversations_go_from_file_to_page(self, tmp_path: Path) -> None:
        file = tmp_path / "talk.json"
        file.write_text(json.dumps(TALK), "utf-8")
        page = shown_as_json(imported(tmp_path, "import_abcd", file), "--conversation", "abcd-7")
        assert page["title"] == "Ada Ibn Lovelace"
        assert len(page["communication"]["rows"]) == 3

    def test_visits_go_from_file_to_page(self, tmp_path: Path) -> None:
        file = tmp_path / "access.log"
        file.write_text(VISITS, "utf-8")
        page = shown_as_json(imported(tmp_path, "import_access_log", file, "a-1"))
        assert len(page["sections"][1]["tabs"][1]["rows"]) == 4

    def test_a_survey_goes_from_file_to_page(self, tmp_path: Path, cards: Path) -> None:
        answers = tmp_path / "answers.json"
        answers.write_text('{"n": "Zo\u00eb"}', "utf-8")
        log = imported(tmp_path, "import_prechat", cards, "--index", 0, "--answers", answers)
        fields = shown_as_json(log)["sections"][1]["tabs"][0]["fields"]
        assert [field["text"] for field in fields] == ["Zo\u00eb", "", "", ""]

    def test_reference_data_goes_from_file_to_page(self, tmp_path: Path, reference_data: Path) -> None:
        log = imported(tmp_path, "import_abcd", reference_data / "abcd" / "abcd_sample.json")
        assert shown_as_json(log, "--conversation", "abcd-3592")["title"] == "Crystal Minh"
        log = imported(tmp_path, "import_access_log", reference_data / "access_log" / "access.log", "visitor-0004")
        page = shown_as_json(log)
        assert page["title"] == "Visitor 4"
        assert len(page["sections"][1]["tabs"][1]["rows"]) == 482
        log = imported(tmp_path, "import_prechat", reference_data / "prechat" / "adaptive_cards.json", "--index", 0)
        assert shown_as_json(log)["sections"][1]["tabs"][0]["fields"][0]["label"] == "name pls?"

    @pytest.mark.parametrize(
        ("name", "arguments"), [("import_abcd", ()), ("import_access_log", ("a-1",)), ("import_prechat", ())]
    )
    @pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{", b"[1]", b"null", b"no json at all\n", None])
    def test_a_file_that_is_none_of_its_kind_ends_with_a_message_and_exit_code_2(
        self,
        tmp_path: Path,
        capfdbinary: pytest.CaptureFixture[bytes],
        name: str,
        arguments: tuple[str, ...],
        content: bytes | None,
    ) -> None:
        file = tmp_path / "file"
        if content is not None:
            file.write_bytes(content)
        main = {one.__name__: one.main for one in (import_abcd, import_access_log, import_prechat)}[name]
        assert main([str(file), *arguments]) == 2
        said = capfdbinary.readouterr()
        assert said.out == b""
        assert said.err.startswith(name.encode() + b": ")
        assert len(said.err.splitlines()) == 1

    def test_a_message_goes_to_standard_error_without_a_traceback(self, tmp_path: Path, cards: Path) -> None:
        done = run_example("import_prechat", cards)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr == b"import_prechat: a list of 1: choose one with --index, the first is 0\n"
        done = run_example("import_abcd", tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Traceback" not in done.stderr
        done = run_example("import_prechat", cards, "--index", 0, "--answers", tmp_path / "none.json")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"none.json" in done.stderr

    def test_a_last_line_that_is_cut_off_is_told_apart_from_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        file = tmp_path / "access.log"
        file.write_text(VISITS.rstrip()[:-4], "utf-8")
        done = run_example("import_access_log", file, "a-1")
        assert done.returncode == 0
        assert done.stderr == b"import_access_log: line 4: cut off, kept as far as it goes\n"
        assert len(done.stdout.splitlines()) == 8
