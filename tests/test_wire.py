"""What travels: strict reading, versions, the log, the schemas, and every way in which a document can be wrong."""

import io
import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, get_args, get_origin

import attrs
import pytest
from hypothesis import example, given
from hypothesis import find as find_example
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from customer_summary import (
    Activity,
    Case,
    ClosedItem,
    Contact,
    Conversation,
    ConversationStatus,
    DecodeError,
    History,
    InvalidValue,
    Known,
    Message,
    NoPage,
    Page,
    PageConfiguration,
    QuickNote,
    Reader,
    SelfServiceAction,
    UnknownKey,
    VisitorDetails,
    from_json,
    page_document,
    read_log,
    read_page,
    read_schema,
    summarize,
    to_json,
    write_fact,
    write_page,
)
from customer_summary.domain.facts import Fact
from customer_summary.domain.fields import Many, Text, Whole
from customer_summary.testing.strategies import conversations, facts_of_a_log, values
from customer_summary.wire import converter, documents, schema
from customer_summary.wire.log import FACTS, MAX_LINE, read_fact
from customer_summary.wire.text import MAX_DEPTH, read_json, write_json

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
INSTANT = "2026-03-02T09:00:00Z"
STARTED = f'{{"v":1,"fact":"conversation_started","at":"{INSTANT}","conversation":"c","channel":"live_chat"'
CONTACT = f'{{"v":1,"fact":"contact","at":"{INSTANT}","contact":{{"id":"a","name":'

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def problem_of(data: bytes | str) -> DecodeError:
    encoded = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    with pytest.raises(DecodeError) as caught:
        list(read_log(io.BytesIO((STARTED + "}\n").encode() + encoded)))
    return caught.value


def setting(name: str, value: str) -> str:
    return f'{{"v":1,"fact":"setting","at":"{INSTANT}","name":"{name}","value":{value}}}'


def variable(value: str) -> str:
    return (
        f'{{"v":1,"fact":"context_set","at":"{INSTANT}","conversation":"c","variable":{{"name":"x","value":{value}}}}}'
    )


BAD_LINES: list[tuple[str, str | bytes, str]] = [
    ("a naive instant", STARTED.replace("Z", "") + "}", "at: expected an instant with its offset from UTC, got a naive one"),
    ("an instant in year 10000", STARTED.replace("2026-", "10000-") + "}", "at: expected an instant such as"),
    ("an instant in year 9999", STARTED.replace("2026-", "9999-") + "}", "at: the year must lie between 2 and 9998"),
    ("a day that never was", STARTED.replace("-03-02", "-02-30") + "}", "at: no such instant in the calendar"),
    ("seven decimals", STARTED.replace("00Z", "00.1234567Z") + "}", "at: expected an instant such as"),
    ("a number for an instant", STARTED.replace(f'"{INSTANT}"', "1") + "}", "at: expected an instant as text, got a number"),
    ("an unknown tag", STARTED.replace("conversation_started", "anna@example.org") + "}", "fact: expected one of setting, contact"),
    ("a tag that is no text", STARTED.replace('"conversation_started"', "[1]") + "}", "fact: expected one of"),
    ("no tag", '{"v":1}', "fact: expected one of"),
    ("a missing field", CONTACT[: CONTACT.index(',"name"')] + "}}", "contact.name: missing"),
    ("a number for text", CONTACT + "7}}", "contact.name: expected text, got a number"),
    ("nothing for text", CONTACT + "null}}", "contact.name: expected text, got nothing"),
    ("a name of 101 characters", CONTACT + '"' + "x" * 101 + '"}}', "contact.name: at most 100 characters, got 101"),
    ("half a surrogate pair", CONTACT + '"\\ud800"}}', "contact.name: must be well-formed Unicode"),
    ("an unknown field", CONTACT + '"x","shoe":3}}', "contact: unknown field shoe"),
    ("an unknown field that may be anybody's", CONTACT + '"x","a@b.example":3}}', "contact: an unknown field"),
    ("a flag for a number", STARTED + ',"visitor_number":true}', "visitor_number: expected a whole number, got true or false"),
    ("a fraction for a number", STARTED + ',"visitor_number":1.0}', "visitor_number: expected a whole number, got a number"),
    ("a number for a flag", STARTED + ',"persistent":1}', "persistent: expected true or false, got a number"),
    ("text for a list", STARTED + ',"skills":"ab"}', "skills: expected a list, got text"),
    ("an object for a list", STARTED + ',"skills":{}}', "skills: expected a list, got an object"),
    ("a list for an object", STARTED + ',"visitor":[]}', "visitor: expected an object, got a list"),
    ("a wrong language", STARTED + ',"visitor":{"language":7}}', "visitor.language: expected text, got a number"),
    ("a wrong item of a list", STARTED + ',"skills":[{"name":"a"},{"name":1}]}', "skills[1].name: expected text, got a number"),
    ("an unknown channel", STARTED.replace("live_chat", "pigeon") + "}", "channel: expected one of live_chat"),
    ("a 101st context variable", STARTED + ',"context":' + json.dumps([{"name": str(n), "value": n} for n in range(101)]) + "}", "context: at most 100, got 101"),
    ("a nested object as a variable", variable('{"a":{}}'), "variable.value: expected text or a whole number or a number or true or false, got an object"),
    ("NaN", variable("NaN"), "NaN and infinities are not JSON"),
    ("infinity", variable("-Infinity"), "NaN and infinities are not JSON"),
    ("infinity in disguise", variable("1e999"), "a number is too large"),
    ("thousands of digits", variable("1" * 5000), "a number has too many digits"),
    ("4001 digits", variable("1" * 4001), "variable.value: at most 4000 characters"),
    ("a key given twice", '{"v":1,"v":1}', "a key is given twice in one object"),
    ("a truncated last line", STARTED[:40], "JSON that ends too early"),
    ("a truncated object", STARTED, "JSON that ends too early"),
    ("something after the object", STARTED + "}}", "not JSON, at character"),
    ("single quotes", "{'v':1}", "not JSON, at character 2"),
    ("invalid UTF-8", b'{"v":1,"fact":"\xff"}', "not valid UTF-8"),
    ("UTF-16", (STARTED + "}").encode("utf-16"), "not valid UTF-8"),
    ("100 000 levels of nesting", "[" * 100_000, "more than 64 levels of nesting"),
    ("65 levels of nesting", "[" * 65 + "]" * 65, "more than 64 levels of nesting"),
    ("a list", "[]", "expected an object, got a list"),
    ("a number", "3", "expected an object, got a number"),
    ("no version", '{"fact":"contact"}', "v: missing"),
    ("a version from the future", '{"v":2}', "v: expected a version up to 1 that is known"),
    ("a version from before", '{"v":0}', "v: expected a version up to 1 that is known"),
    ("a version that is true", '{"v":true}', "v: expected a whole number, got true or false"),
    ("an unknown setting", setting("nonsense", "true"), "name: no such setting; known: generation"),
    ("a setting that does not suit", setting("self_service_enabled", '"yes"'), "self_service_enabled: expected true or false, got text"),
    ("an object where a setting stands", setting("case_fields", "{}"), "value: expected true or false or a whole number or text or a list, got an object"),
    ("numbers where a setting has texts", setting("case_fields", "[1]"), "value[0]: expected text, got a number"),
    ("a case as a customer", STARTED + ',"customer":{"kind":"case","id":"x"}}', "customer: must be a contact or an account"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "rule"), [row[1:] for row in BAD_LINES], ids=[row[0] for row in BAD_LINES])
def test_a_line_that_cannot_be_read_is_refused_with_its_number_and_the_path(line: str | bytes, rule: str) -> None:
    assert str(problem_of(line)).startswith(f"line 2: {rule}")


def test_a_line_of_50_mb_is_refused_without_being_read_whole() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            buffer[:] = b"x" * len(buffer)
            Endless.taken += len(buffer)
            return len(buffer)

    with pytest.raises(DecodeError, match="line 1: a line of more than 8388608 bytes"):
        list(read_log(io.BufferedReader(Endless())))
    assert Endless.taken < 2 * MAX_LINE


def test_the_largest_fact_fits_into_a_line() -> None:
    start = json.loads(STARTED + "}")
    start["context"] = [
        {"name": f"{number:03}" + "\U0001f600" * 97, "value": "\U0001f600" * 4000} for number in range(100)
    ]
    line = json.dumps(start).encode()
    assert len(line) < MAX_LINE
    assert len(list(read_log(io.BytesIO(line)))) == 1


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_count_as_nothing() -> None:
    lines = list(
        read_log(io.BytesIO(b"\xef\xbb\xbf" + (STARTED + "}\r\n\r\n  \n").encode() + (CONTACT + '"x"}}').encode()))
    )
    assert [line.number for line in lines] == [1, 4]
    assert list(read_log(io.BytesIO(b""))) == []


def test_every_problem_of_a_document_is_found() -> None:
    error = problem_of(CONTACT + '7,"email":8,"shoe":9}}')
    assert {problem.path for problem in error.problems} == {"contact.name", "contact.email", "contact"}
    assert str(error).endswith("(and 2 more)")


def test_an_error_repeats_nothing_of_what_came_and_hides_its_cause() -> None:
    error = problem_of(CONTACT + '"x","email":["marta@bakery.example"]}}')
    assert "marta" not in repr(error) + str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__


@given(facts_of_a_log())
def test_every_fact_comes_back_from_its_line_as_it_went(fact: Fact) -> None:
    line = write_fact(fact)
    assert "\n" not in line
    again = read_fact(read_json(line))
    assert again == fact
    assert write_fact(again) == line


@given(
    st.text(max_size=60) | json_values.map(json.dumps) | facts_of_a_log().map(write_fact),
    st.integers(0, 60),
    st.text(max_size=4),
)
@example('{"v":1,"fact":"contact","at":{},"contact":[[[]]]}', 0, "")
def test_no_line_of_any_shape_escapes_as_anything_but_our_error(line: str, cut: int, put: str) -> None:
    spoiled = line[:cut] + put + line[cut + 1 :]
    for one in (line, spoiled):
        with suppress(DecodeError):
            list(read_log(io.BytesIO(one.encode("utf-8", "surrogatepass"))))


@given(st.sampled_from([Contact, Conversation, VisitorDetails, *FACTS.values()]), json_values)
def test_no_document_of_any_shape_escapes_as_anything_but_our_error(kind: type, document: Any) -> None:
    for one in (document, {"v": 1, "value": document}, {"v": document}):
        with pytest.raises(DecodeError):
            documents.decode(kind, one)


def test_older_documents_are_lifted_one_version_at_a_time() -> None:
    lifts: dict[int, documents.Lift] = {
        0: lambda fields: {"name": fields["title"]},
        1: lambda fields: {**fields, "lifted": True},
    }
    assert documents.lifted({"v": 0, "title": "x"}, lifts, version=2) == {"name": "x", "lifted": True}
    assert documents.lifted({"v": 2, "title": "x"}, lifts, version=2) == {"title": "x"}
    with pytest.raises(DecodeError, match="v: expected a version up to 2"):
        documents.lifted({"v": 3}, lifts, version=2)


def test_a_value_without_a_class_of_ours_has_no_tag() -> None:
    with pytest.raises(DecodeError, match="document: expected one of page, closed_item, no_page"):
        read_page('{"v":1}')


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT90S", 90.0), ("PT1M30S", 90.0), ("P1DT1H", 90_000.0), ("PT0.000001S", 1e-6), ("PT0S", 0.0)],
)
def test_durations_are_read_as_iso_8601_writes_them(text: str, seconds: float) -> None:
    assert converter.read_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value", ["", "P", "PT", "P1Y", "P1M", "-PT1S", "90", 90, None, "PT1H1D", "P99999999999D", "PT1S\n"]
)
def test_what_is_no_duration_is_refused(value: Any) -> None:
    with pytest.raises(InvalidValue, match="expected a duration"):
        converter.read_duration(value)


@given(st.timedeltas(timedelta(0), timedelta(days=3000)))
def test_a_duration_comes_back_as_it_went(duration: timedelta) -> None:
    assert converter.read_duration(converter.write_duration(duration)) == duration


@given(json_values)
def test_json_comes_back_as_it_went(value: Any) -> None:
    again = read_json(write_json(value))
    assert again == value
    assert json.dumps(again) == json.dumps(value)


def test_64_levels_of_nesting_are_read() -> None:
    for inner in ("", "1", '"x"'):
        assert read_json("[" * MAX_DEPTH + inner + "]" * MAX_DEPTH)
        assert read_json("[[]," + "[" * (MAX_DEPTH - 1) + inner + "]" * MAX_DEPTH), "siblings are not nested"


# -- schemas ----------------------------------------------------------------------------------------------------------

LOG, PAGE = (Draft202012Validator(json.loads(read_schema(name))) for name in ("log", "page"))


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_the_schemas_in_the_package_are_current(name: str) -> None:
    assert json.loads(read_schema(name)) == json.loads(json.dumps(schema.generate(name)))
    Draft202012Validator.check_schema(json.loads(read_schema(name)))


def test_there_is_no_other_schema() -> None:
    with pytest.raises(UnknownKey, match="no such schema; known: page, log"):
        read_schema("nonsense")


@given(facts_of_a_log())
def test_the_schema_of_the_log_takes_what_is_written(fact: Fact) -> None:
    LOG.validate(json.loads(write_fact(fact)))


STRUCTURAL = re.compile(
    "unknown tag|missing field|for text|for a |for an|of 101|unknown field|wrong|list$|number$|no version|version from|no tag|unknown channel"
)


@pytest.mark.parametrize(
    "line",
    [row[1] for row in BAD_LINES if STRUCTURAL.search(row[0])],
    ids=[row[0] for row in BAD_LINES if STRUCTURAL.search(row[0])],
)
def test_the_schema_of_the_log_refuses_what_the_reader_refuses_for_its_shape(line: str) -> None:
    assert not LOG.is_valid(json.loads(line)) or "1.0" in line  # 1.0 is an integer for JSON Schema


@given(conversations(), st.sampled_from(["en", "nl", "fr", "uk"]))
def test_the_schema_of_the_page_takes_what_is_written_and_it_can_be_read(state: Conversation, locale: str) -> None:
    shown = summarize(state, reader=Reader(now=datetime(2026, 3, 2, tzinfo=UTC), locale=locale))
    written: list[Page | NoPage | ClosedItem] = [shown]
    if isinstance(shown, NoPage) and shown.closed is not None:
        written.append(shown.closed)
    for one in written:
        PAGE.validate(json.loads(write_page(one)))
        assert write_page(read_page(write_page(one))) == write_page(one)


CUSTOMER = Contact(id="contact", name="Marta")
CASE = Case(id="case", title="Oven", customer=CUSTOMER.ref, created_on=START, modified_on=START)
ABOUT = st.sampled_from([CUSTOMER.ref, CASE.ref])
IN_SESSION = st.builds(
    attrs.evolve,
    conversations(ConversationStatus.ACTIVE, ConversationStatus.WRAP_UP).filter(lambda one: one.in_session),
    customer=st.just(CUSTOMER.ref),
    case_id=st.just(CASE.id),
)
KNOWN = st.builds(
    Known,
    customer=st.just(CUSTOMER),
    case=st.just(CASE),
    cases=st.lists(values(Case, customer=st.just(CUSTOMER.ref)), max_size=3, unique_by=lambda one: one.id).map(
        lambda more: [CASE, *more]
    ),
    timeline=st.lists(
        values(Activity, regarding=ABOUT) | values(QuickNote, regarding=ABOUT, body=st.just("b")),
        min_size=2,
        max_size=5,
        unique_by=lambda one: one.id,
    ),
    messages=st.lists(values(Message), min_size=2, max_size=5, unique_by=lambda one: one.id),
    self_service=st.lists(values(SelfServiceAction), max_size=5, unique_by=lambda one: one.id),
)
FULL = PageConfiguration(
    enhanced_active_conversation_form=True,
    customize_active_conversation_form=True,
    self_service_enabled=True,
    additional_details=True,
    skill_update_enabled=True,
    timeline_rows=1,
    message_rows=1,
)


@given(IN_SESSION, KNOWN.filter(lambda known: sum(one.id == "case" for one in known.cases) == 1))
def test_a_full_page_can_be_written_and_read(state: Conversation, known: Known) -> None:
    shown = summarize(state, known, reader=Reader(now=state.at), configuration=FULL)
    assert isinstance(shown, Page)
    assert shown.section("timeline").rows
    assert shown.section("timeline").next
    assert shown.communication.next
    assert shown.commands
    PAGE.validate(json.loads(write_page(shown)))
    assert read_page(write_page(shown)) == page_document(shown)


def test_a_document_needs_only_its_version() -> None:
    assert to_json(VisitorDetails(language="nl")).startswith('{"v":1,"authenticated":false')
    assert from_json(VisitorDetails, '{"v":1}') == VisitorDetails()


def test_a_line_full_of_wrong_items_is_refused_after_a_few() -> None:
    wrong = problem_of(STARTED + ',"context":[' + ",".join("1" * 500_000) + "]}")
    assert str(wrong) == "line 2: context: at most 110, got 500000"
    with pytest.raises(DecodeError) as caught:
        read_page('{"v":1,"document":"no_page","conversation":[' + ",".join("1" * 500_000) + "]}")
    assert len(caught.value.problems) < 10
    with pytest.raises(DecodeError) as caught:
        read_page('{"v":1,"document":"closed_item","fields":[' + ",".join("1" * 500_000) + "]}")
    assert len(caught.value.problems) < 40
    many = problem_of(
        "{" + ",".join(f'"{name}{other}":1' for name in "abcdefgh" for other in "abcdefgh") + ',"v":1,"fact":"contact"}'
    )
    assert len(str(many)) < 200


def over_the_limit(declared: Any) -> Any:
    """A value that breaks the limit of a field's type, None where it has none."""
    if get_origin(declared) is Annotated:
        base, *rules = get_args(declared)
        if get_origin(base) is tuple:
            return over_the_limit_of_an_item(get_args(base)[0])
        text = next((rule for rule in rules if isinstance(rule, Text)), Text())
        whole = next((rule for rule in rules if isinstance(rule, Whole)), Whole())
        many = next((rule for rule in rules if isinstance(rule, Many)), None)
        if many is not None:
            return [None] * (many.most + 1)
        return {str: "x" * (text.most + 1), int: whole.most + 1}.get(base)
    if type(None) in get_args(declared):
        return over_the_limit(get_args(declared)[0])
    return {str: "x" * (Text().most + 1), int: -1}.get(declared)


def over_the_limit_of_an_item(declared: Any) -> Any:
    """A list of one item that breaks the limit of its type or of one of its fields, None where there is none."""
    if isinstance(declared, type) and attrs.has(declared):
        broken = {one.name: over_the_limit(one.type) for one in attrs.fields(declared)}
        return next(([{name: value}] for name, value in broken.items() if value is not None), None)
    broken_item = over_the_limit(declared)
    return None if broken_item is None else [broken_item]


@pytest.mark.parametrize("tag", FACTS)
def test_the_schema_has_every_limit_that_the_reader_has(tag: str) -> None:
    line = json.loads(write_fact(find_example(values(FACTS[tag]), lambda _: True)))
    probed = 0
    for field in attrs.fields(FACTS[tag]):
        holders: list[tuple[dict[str, Any], Any]] = [(line, field)]
        if isinstance(line.get(field.name), dict) and isinstance(field.type, type):
            holders = [(line[field.name], inner) for inner in attrs.fields(field.type)]
        for holder, one in holders:
            broken = over_the_limit(one.type)
            if broken is None:
                continue
            kept = holder.get(one.name, ...)
            holder[one.name] = broken
            assert not LOG.is_valid(line), one.name
            with pytest.raises(DecodeError):
                read_fact(line)
            probed += 1
            if kept is ...:
                del holder[one.name]
            else:
                holder[one.name] = kept
    assert probed or tag == "conversation_settings", "a schema has no limits of durations"
    LOG.validate(line)


@pytest.mark.parametrize("value", [None, 5, {}, []])
def test_what_is_no_text_is_no_json(value: Any) -> None:
    for read in (read_page, lambda text: from_json(Contact, text)):
        with pytest.raises(DecodeError, match="expected JSON text"):
            read(value)


@pytest.mark.parametrize("value", [History[Any](), 7, "x", Known()])
def test_what_is_no_value_has_no_document(value: Any) -> None:
    with pytest.raises(InvalidValue, match="has no document"):
        to_json(value)
    with pytest.raises(InvalidValue, match="has no document"):
        from_json(type(value), "{}")
    with pytest.raises(InvalidValue, match="shown: expected a page"):
        write_page(value)
    with pytest.raises(InvalidValue, match="is no fact of a log"):
        write_fact(value)


@pytest.mark.parametrize("stream", ["log.ndjson", io.StringIO("x"), None])
def test_a_log_is_read_from_bytes(stream: Any) -> None:
    with pytest.raises(InvalidValue, match="stream: expected a stream of bytes"):
        list(read_log(stream))
