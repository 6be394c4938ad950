"""Creating a contact, an account or a case from the page (spec 2.3): created alone, or created and linked at once."""

from datetime import datetime
from typing import Any

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import RecordLinked
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.directory import DirectoryRecord
from customer_summary.domain.facts import AccountRecorded, CaseRecorded, ContactRecorded, Fact
from customer_summary.domain.outcome import Applied, Outcome, Refused
from customer_summary.rules.conversation import ConversationLifeCycle
from customer_summary.rules.directory import Directory


@attrs.frozen
class Created:
    """What came of creating a record: the answer, the conversation then, and the facts for the host's log, in order."""

    outcome: Outcome
    conversation: Conversation
    facts: tuple[Fact, ...] = ()


def new_case(conversation: Conversation, *, id: str, title: str, at: datetime, **fields: Any) -> Case:  # noqa: A002  # the field's name
    """Gives a new case for a conversation. Its customer is the linked one unless the fields name another."""
    given = {"customer": conversation.customer, **fields}
    return Case(id=id, title=title, created_on=at, modified_on=at, **given)


def create_record(
    directory: Directory,
    conversation: Conversation,
    record: DirectoryRecord,
    *,
    at: datetime,
    link: bool = False,
    life_cycle: ConversationLifeCycle | None = None,
) -> Created:
    """Creates a record in the directory; with `link` it takes the place of what the conversation is linked to.

    Creating alone links nothing: the agent searches for the record and selects it. [seed 004] Where linking is refused,
    nothing is created. The same request again changes nothing.
    """
    machine, linked = life_cycle or ConversationLifeCycle(), conversation
    event, linking = RecordLinked(at=at, conversation=conversation.id, record=record.ref), None
    if link:
        linked, linking, _ = machine.step(conversation, event)
        if isinstance(linking, Refused):
            return Created(linking, conversation)
    creation = directory.create(record)
    if isinstance(creation, Refused):
        return Created(creation, conversation)
    facts: list[Fact] = []
    if isinstance(creation, Applied):
        facts.append(_recorded(record, at))
    if isinstance(linking, Applied):
        facts.append(event)
    return Created(linking if isinstance(linking, Applied) else creation, linked, tuple(facts))


def _recorded(record: DirectoryRecord, at: datetime) -> Fact:
    if isinstance(record, Contact):
        return ContactRecorded(at=at, contact=record)
    if isinstance(record, Account):
        return AccountRecorded(at=at, account=record)
    return CaseRecorded(at=at, case=record)
