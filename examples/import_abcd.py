"""Turns sample conversations of the Action-Based Conversations Dataset into a log.

The source is a JSON list of conversations, each with a `convo_id`, a `scenario` (who the customer is, what they
ordered, what it is about) and `original`, the rows that were spoken. Each becomes a conversation of its own, in
session at the end, so that its page shows:

- the person becomes a contact (the member level is its category), the flow and sub-flow the title of a case;
- the order, the products and the user name become context variables that show on the page;
- rows of the customer and of the agent become messages; rows of `action`, which are macros that the agent ran and
  nothing that anybody said, become activities of the conversation on its timeline. `sequence` is the number of the
  row in both, so the order of the whole talk can be had back.

Whatever a scenario leaves out is left out here. The source has no times: all instants are made up. Each conversation
starts an hour after the one before it, and its rows follow each other every twenty seconds.

    python examples/import_abcd.py abcd_sample.json > abcd.ndjson
    python -m customer_summary show abcd.ndjson --conversation abcd-3695
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import customer_summary as cs
from customer_summary.domain.errors import kind_of
from customer_summary.domain.facts import Fact
from customer_summary.domain.timeline import MAX_ACTIVITY_TITLE
from customer_summary.wire.text import read_json

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BETWEEN_CONVERSATIONS = timedelta(hours=1)
BETWEEN_ROWS = timedelta(seconds=20)
ASSIGNED, ACCEPTED = timedelta(seconds=5), timedelta(seconds=10)
AGENT = "agent"
SPEAKERS = {"customer": cs.Author.CUSTOMER, "agent": cs.Author.AGENT, "action": None}
SHOWN_BETTER = {"products"}
"""A listing in program text; `product` says the same in words."""


def settings() -> Iterator[Fact]:
    """The page on which all of it can be seen: the member level on the customer's card, the order in its tab."""
    for name in ("enhanced_active_conversation_form", "additional_details"):
        yield cs.SettingMade(at=START, name=name, value=True)
    card = ("name", "category", "location", "email", "mobile_phone")
    yield cs.SettingMade(at=START, name="customer_fields", value=card)


def read_conversations(document: object) -> Iterator[Fact]:
    """Gives the facts of all conversations of the source; raises `DecodeError` where it has another shape."""
    if not isinstance(document, list):
        raise problem_at("", f"expected a list of conversations, got {kind_of(document)}")
    yield from settings()
    for index, one in enumerate(document):
        where = f"conversations[{index}]"
        try:
            yield from conversation(object_at(one, where), START + index * BETWEEN_CONVERSATIONS, where)
        except cs.InvalidValue as error:
            raise problem_at(f"{where}.{error.field}", error.rule) from None


def conversation(source: Mapping[str, Any], start: datetime, where: str) -> Iterator[Fact]:
    """Gives the facts of one conversation: who, what about, and what was said."""
    number = source.get("convo_id")
    if not isinstance(number, int):
        raise problem_at(f"{where}.convo_id", f"expected a number, got {kind_of(number)}")
    rows = source.get("original")
    if not isinstance(rows, list):
        raise problem_at(f"{where}.original", f"expected a list of rows, got {kind_of(rows)}")
    scenario = object_at(source.get("scenario", {}), f"{where}.scenario")
    parts = {name: object_at(scenario.get(name, {}), f"{where}.scenario.{name}") for name in _PARTS}
    name = f"abcd-{number}"
    contact = contact_of(f"contact-{number}", parts)
    if contact is not None:
        yield cs.ContactRecorded(at=start, contact=contact)
    case = case_of(f"case-{number}", scenario, parts, start, contact)
    if case is not None:
        yield cs.CaseRecorded(at=start, case=case)
    yield cs.ConversationStarted(
        at=start,
        conversation=name,
        channel=cs.Channel.LIVE_CHAT,
        queue="Shop",
        customer=contact.ref if contact else None,
        case_id=case.id if case else None,
        context=tuple(context_of(parts)),
    )
    yield cs.ConversationAssigned(at=start + ASSIGNED, conversation=name, agent=AGENT)
    yield cs.ConversationAccepted(at=start + ACCEPTED, conversation=name, agent=AGENT)
    for count, row in enumerate(rows, 1):
        yield _spoken(name, count, row, start + count * BETWEEN_ROWS, f"{where}.original[{count - 1}]")


_PARTS = ("personal", "order", "product")


def contact_of(contact_id: str, parts: Mapping[str, Mapping[str, Any]]) -> cs.Contact | None:
    """Gives the person; the source writes names and places in small letters."""
    person, order = parts["personal"], parts["order"]
    name = _said(person, "customer_name")
    if not name:
        return None
    city, state = _capitals(_said(order, "city")), _said(order, "state").upper()
    return cs.Contact(
        id=contact_id,
        name=_capitals(name),
        category=_words(_said(person, "member_level")),
        city=city,
        location=", ".join(part for part in (city, state) if part),
        email=_said(person, "email"),
        mobile_phone=_said(person, "phone"),
    )


def case_of(
    case_id: str,
    scenario: Mapping[str, Any],
    parts: Mapping[str, Mapping[str, Any]],
    start: datetime,
    contact: cs.Contact | None,
) -> cs.Case | None:
    """Gives the case: its title is the flow and the sub-flow, such as "Product defect: return size"."""
    flow, subflow = (_words(_said(scenario, name)) for name in ("flow", "subflow"))
    title = f"{flow}: {subflow[0].lower()}{subflow[1:]}" if flow and subflow else flow or subflow
    if not title:
        return None
    product = _said(parts["product"], "names").replace("_", " ")
    customer = contact.ref if contact else None
    return cs.Case(id=case_id, title=title, customer=customer, product=product, created_on=start, modified_on=start)


def context_of(parts: Mapping[str, Mapping[str, Any]]) -> Iterator[cs.ContextVariable]:
    """Gives what is known of the order as variables that show, in the order of the source."""
    found = {"username": _said(parts["personal"], "username")}
    found |= {key: _said(parts["order"], key) for key in parts["order"] if key not in SHOWN_BETTER}
    found |= {f"product_{key}": _said(parts["product"], key) for key in parts["product"]}
    for key, value in found.items():
        if value:
            yield cs.ContextVariable(_words(key), value, displayable=True)


def _spoken(name: str, count: int, row: object, at: datetime, where: str) -> Fact:
    """Gives one row as a message, or as an activity where a macro ran."""
    if not isinstance(row, list) or len(row) != 2 or not all(isinstance(part, str) for part in row):  # noqa: PLR2004  # a row is a pair
        raise problem_at(where, "expected a speaker and a text")
    speaker, text = row
    if speaker not in SPEAKERS:
        raise problem_at(where, f"expected a speaker among {', '.join(SPEAKERS)}")
    author, row_id = SPEAKERS[speaker], f"{name}-row-{count}"
    if author is not None:
        message = cs.Message(id=row_id, at=at, sequence=count, author=author, text=text)
        return cs.MessageSent(at=at, conversation=name, message=message)
    title = text.strip() or "Action"
    long = len(title) > MAX_ACTIVITY_TITLE
    activity = cs.Activity(
        id=row_id,
        at=at,
        sequence=count,
        regarding=cs.RecordRef(cs.RecordKind.CONVERSATION, name),
        type=cs.ActivityType.OTHER,
        title=f"{title[: MAX_ACTIVITY_TITLE - 1]}\u2026" if long else title,
        body=text if long else "",
        author="Macro",
    )
    return cs.ActivityRecorded(at=at, activity=activity)


def _said(part: Mapping[str, Any], key: str) -> str:
    """Gives a value as text; several are listed, what is not there is empty text."""
    value = part.get(key)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _words(name: str) -> str:
    spaced = name.replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


def _capitals(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())


def object_at(value: object, where: str) -> Mapping[str, Any]:
    """Gives an object of the source, or says where there is none."""
    if not isinstance(value, dict):
        raise problem_at(where, f"expected an object, got {kind_of(value)}")
    return value


def problem_at(where: str, rule: str) -> cs.DecodeError:
    """Gives the error of a source that has another shape."""
    return cs.DecodeError((cs.Problem(where, rule),))


def main(argv: list[str] | None = None) -> int:
    """Writes the log of a file of conversations to standard output."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, help="a JSON list of conversations, such as abcd_sample.json")
    options = parser.parse_args(argv)
    try:
        lines = [cs.write_fact(fact) + "\n" for fact in read_conversations(read_json(options.file.read_bytes()))]
        sys.stdout.buffer.writelines(line.encode() for line in lines)
        sys.stdout.flush()
    except cs.CustomerSummaryError as error:
        print(f"import_abcd: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"import_abcd: {options.file}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
