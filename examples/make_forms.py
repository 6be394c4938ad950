"""Writes `forms.ndjson`: two agents at one case, a note that saves itself, a refresh, and a case that is resolved.

Run it to write the file anew: `python examples/make_forms.py`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import customer_summary as cs
from customer_summary.domain.context import Primitive
from customer_summary.domain.facts import Fact

SAMPLE = Path(__file__).with_name("forms.ndjson")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONTACT = cs.RecordRef(cs.RecordKind.CONTACT, "contact-1")
CASE = cs.RecordRef(cs.RecordKind.CASE, "case-1")
FIRST, SECOND = "conversation-1", "conversation-2"


def at(minutes: float) -> datetime:
    """Gives an instant by its minutes after nine."""
    return START + timedelta(minutes=minutes)


def settings() -> Iterator[Fact]:
    """The enhanced page with Save and Refresh, a column on the form of a conversation and one on a case."""
    for name in ("enhanced_active_conversation_form", "customize_active_conversation_form"):
        yield cs.SettingMade(at=START, name=name, value=True)
    columns = (
        cs.FormColumn(name="custom_channel_wish", label="Prefers to be called", type=cs.ColumnType.BOOLEAN),
        cs.FormColumn(name="custom_depot", label="Depot", on=cs.RecordKind.CASE, default="Utrecht"),
    )
    yield cs.FormSettingsMade(at=START, settings=cs.FormSettings(columns))


def records() -> Iterator[Fact]:
    """One customer, one case of theirs, and two conversations about it, each with an agent of its own."""
    yield cs.ContactRecorded(at=START, contact=cs.Contact(id=CONTACT.id, name="Marta Kowal"))
    case = cs.Case(id=CASE.id, title="Parcel is late", customer=CONTACT, created_on=START, modified_on=START)
    yield cs.CaseRecorded(at=START, case=case)
    for name in (FIRST, SECOND):
        yield cs.ConversationStarted(
            at=START, conversation=name, channel=cs.Channel.LIVE_CHAT, customer=CONTACT, case_id=CASE.id
        )
    for name, agent in ((FIRST, "noor"), (SECOND, "sam")):
        yield cs.ConversationAccepted(at=at(1), conversation=name, agent=agent)


def edited(minute: float, agent: str, column: str, value: Primitive, version: int = 0) -> cs.FieldEdited:
    """Gives what an agent typed into the case, or into the form of their conversation."""
    conversation = FIRST if agent == "noor" else SECOND
    on_talk = column == "custom_channel_wish"
    return cs.FieldEdited(
        at=at(minute),
        conversation=conversation,
        agent=agent,
        record=cs.RecordRef(cs.RecordKind.CONVERSATION, conversation) if on_talk else CASE,
        edit=cs.ColumnEdit(column, value, version),
        edited_at=at(minute),
    )


def story() -> Iterator[Fact]:
    """Noor and Sam change the priority of one case; Noor saves first. Then a note, and the end of the case."""
    yield edited(2, "noor", "priority", "high")
    yield edited(2.5, "noor", "custom_channel_wish", value=True)
    yield edited(3, "sam", "priority", "low")
    yield edited(3.5, "sam", "custom_depot", "Gent")
    yield cs.FormSaved(at=at(4), conversation=FIRST, agent="noor", saved_at=at(4))
    yield cs.FormSaved(at=at(5), conversation=SECOND, agent="sam", saved_at=at(5))
    yield cs.FormRefreshed(at=at(6), conversation=SECOND, agent="sam", refreshed_at=at(6))
    yield note("Called the depot", 7)
    yield cs.SessionFocused(at=at(8), agent="noor", focused_at=at(8))
    yield note("It left this morning", 9)
    yield cs.NoteSaved(at=at(10), conversation=FIRST, agent="noor", note="note-1", saved_at=at(10))
    yield cs.NoteMoved(at=at(11), note="note-1", by="noor", to=CONTACT, moved_at=at(11))
    yield cs.CaseResolved(at=at(12), case=CASE.id, by="noor", version=1)
    yield edited(13, "sam", "title", "Parcel was late", 1)


def note(body: str, minute: float) -> cs.NoteTyped:
    """Gives what Noor typed into the note box."""
    return cs.NoteTyped(
        at=at(minute),
        conversation=FIRST,
        agent="noor",
        note="note-1",
        text=cs.NoteText(body=body),
        typed_at=at(minute),
    )


def main() -> None:
    """Writes the sample."""
    facts = (*settings(), *records(), *story())
    SAMPLE.write_text("".join(f"{cs.write_fact(fact)}\n" for fact in facts), "utf-8")


if __name__ == "__main__":
    main()
