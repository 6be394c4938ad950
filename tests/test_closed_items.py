"""Closed work items: what the agent closed that day, read-only, never reopened by looking (spec 1.1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from customer_summary import (
    Channel,
    Contact,
    Conversation,
    ConversationAccepted,
    ConversationLifeCycle,
    ConversationStatus,
    InvalidValue,
    NoPage,
    Reader,
    RecordKind,
    RecordRef,
    Refused,
    closed_that_day,
    closed_work_items,
    summarize,
)
from customer_summary.testing.strategies import conversations

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
"""The day on which clocks in Kyiv go an hour ahead: it has 23 hours."""


def closed(name: str, when: datetime, agent: str | None = "noor", **changes: Any) -> Conversation:
    fields: dict[str, Any] = {"id": name, "at": when, "channel": Channel.SMS, "created_on": when, "closed_on": when}
    if agent:
        fields |= {"agent": agent, "assigned_on": when, "accepted_on": when, "first_accepted_on": when}
    return Conversation(status=ConversationStatus.CLOSED, **fields | changes)


ITEMS = [
    closed("yesterday", datetime(2026, 3, 28, 21, 59, 59, tzinfo=UTC)),
    closed("first", datetime(2026, 3, 28, 22, tzinfo=UTC)),
    closed("noon", NOON),
    closed("later", NOON + timedelta(seconds=1)),
    closed("of another", NOON, "sam"),
    closed("of nobody", NOON, None),
]


@pytest.mark.parametrize(
    ("zone", "now", "found"),
    [
        ("Europe/Kyiv", NOON, ["noon", "first"]),
        ("UTC", NOON, ["noon"]),
        ("UTC", NOON + timedelta(seconds=1), ["later", "noon"]),
        ("Europe/Kyiv", datetime(2026, 3, 29, 20, 59, 59, tzinfo=UTC), ["later", "noon", "first"]),
        ("Europe/Kyiv", datetime(2026, 3, 29, 21, tzinfo=UTC), []),
        ("Pacific/Auckland", datetime(2026, 3, 28, 22, tzinfo=UTC), ["first", "yesterday"]),
    ],
)
def test_the_list_is_of_the_agents_own_day_newest_first(zone: str, now: datetime, found: list[str]) -> None:
    assert [one.id for one in closed_that_day(ITEMS, "noor", now, zone)] == found
    assert [one.id for one in closed_that_day(reversed(ITEMS), "noor", now, zone)] == found


def test_the_list_reads_in_the_language_of_the_agent() -> None:
    contact = Contact(id="contact-1", name="Marta Kowal")
    items = [
        closed("c-1", NOON, customer=contact.ref),
        closed("c-2", NOON - timedelta(minutes=1), customer=RecordRef(RecordKind.ACCOUNT, "x")),
    ]
    part = closed_work_items(items, "noor", reader=Reader(now=NOON, locale="nl"), customers={contact.ref: contact})
    assert part.label == "Gesloten werkitems"
    assert [
        [field.text for field in row.fields if field.name in {"customer", "engagement_channel"}] for row in part.rows
    ] == [["Marta Kowal", "Sms"], ["Sms"]]
    assert not any(field.editable for row in part.rows for field in row.fields)
    assert not any(row.commands for row in part.rows)
    empty = closed_work_items(items, "sam", reader=Reader(now=NOON))
    assert (empty.rows, empty.empty_text) == ((), "Nothing closed today")


@given(conversations(ConversationStatus.CLOSED))
def test_looking_at_a_closed_item_shows_attributes_and_never_reopens_it(state: Conversation) -> None:
    shown = summarize(state, reader=Reader(now=NOON))
    assert isinstance(shown, NoPage)
    assert shown.closed is not None
    assert not any(field.editable for field in shown.closed.fields)
    accepted = ConversationAccepted(at=NOON, conversation=state.id, agent="noor")
    assert ConversationLifeCycle().step(state, accepted) == (state, Refused("closed", "closed"), ())


def test_bad_input_is_refused() -> None:
    with pytest.raises(InvalidValue, match="zone: expected the name of a time zone"):
        closed_that_day(ITEMS, "noor", NOON, "Mars/Base")
    with pytest.raises(InvalidValue, match="now: expected an instant with its offset"):
        closed_that_day(ITEMS, "noor", datetime(2026, 3, 29))  # noqa: DTZ001  # the point of the test
