"""Closed work items: the list of what an agent closed that day, all of it read-only (spec 1.1)."""

from collections.abc import Iterable, Mapping

from customer_summary.domain.conversation import Conversation
from customer_summary.domain.customer import Customer
from customer_summary.domain.record import RecordRef
from customer_summary.rules.closed_items import closed_that_day
from customer_summary.views.page import Field, Part, Row
from customer_summary.views.reader import Reader


def closed_work_items(
    conversations: Iterable[Conversation],
    agent: str,
    *,
    reader: Reader,
    customers: Mapping[RecordRef, Customer] | None = None,
) -> Part:
    """Gives what an agent closed on the reader's day, newest first, a row each.

    `customers` are those whose names show. To look at one, ask `summarize` for its page: the answer is a `NoPage` with
    the closed item, and the conversation stays closed.
    """
    known = customers or {}

    def row(one: Conversation) -> Row:
        customer = known.get(one.customer) if one.customer else None
        fields = (
            Field("closed_on", "field.conversation.closed_on", one.closed_on, reader),
            Field("customer", "section.customer", customer and customer.name, reader),
            Field("engagement_channel", "field.engagement_channel", one.channel, reader),
            Field("queue", "field.queue", one.queue, reader),
            Field("start_time", "field.start_time", one.start_time, reader),
        )
        return Row(one.id, one, reader, more=fields)

    rows = tuple(map(row, closed_that_day(conversations, agent, reader.now, reader.zone)))
    return Part(
        name="closed_work_items",
        key="page.closed_work_items",
        reader=reader,
        rows=rows,
        empty=None if rows else "empty.closed_work_items",
    )
