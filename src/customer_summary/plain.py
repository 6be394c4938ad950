"""Plain text for a terminal: what happened, a line each, and text that cannot take the terminal over."""

import unicodedata

from customer_summary.domain import conversation_events as events
from customer_summary.domain import facts
from customer_summary.domain.outcome import Applied, Outcome, Refused, Unchanged
from customer_summary.hosts.replay import Told
from customer_summary.wire.converter import write_instant
from customer_summary.wire.log import TAGS

_HIDDEN = {"Cc", "Cf", "Zl", "Zp"}
_KEPT = {"\n", "\t", "\u00ad", "\u200c", "\u200d"}  # also the soft hyphen and the joiners that scripts need


def plain(text: str) -> str:
    r"""Gives text in which nothing can steer the terminal: control and direction characters become U+FFFD.

    >>> plain("\x1b[31mred")
    '\ufffd[31mred'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\ufffd" if unicodedata.category(one) in _HIDDEN and one not in _KEPT else one
        for one in text.replace("\r\n", "\n")
    )


def event_line(told: Told) -> str:
    """Says on one line what a fact was and what came of it; ids and kinds only, nothing a customer wrote."""
    fact = told.line.fact
    words = [write_instant(told.at), TAGS[type(fact)], *_subject(fact)]
    if told.outcome is not None:
        words.append(f"-> {_outcome(told.outcome)}")
    if told.state is not None:
        words.append(f"[{told.state.status.value}]")
    if told.at > fact.at:
        words.append(f"(its clock said {write_instant(fact.at)})")
    return plain(" ".join(words)).replace("\n", "\ufffd")


def _subject(fact: facts.Fact) -> list[str]:
    """Gives the ids and kinds that say what a fact is about."""
    match fact:
        case facts.SettingMade():
            return [fact.name, f"({fact.level.value})"]
        case facts.ContactRecorded(contact=record) | facts.AccountRecorded(account=record):
            return [record.id]
        case facts.CaseRecorded(case=case):
            return [case.id]
        case facts.ActivityRecorded(activity=entry) | facts.NoteTaken(note=entry):
            return [entry.id, "about", entry.regarding.kind.value, entry.regarding.id]
        case events.ConversationAssigned() | events.ConversationAccepted():
            return [fact.conversation, "agent", fact.agent]
        case events.ConversationEnded() | events.ConversationClosed():
            return [fact.conversation, "by", fact.by.value]
        case events.MessageSent():
            return [fact.conversation, "by", fact.message.author.value]
        case events.SelfServiceRecorded():
            return [fact.conversation, fact.action.kind.value]
        case events.RecordLinked() | events.RecordUnlinked():
            return [fact.conversation, fact.record.kind.value, fact.record.id]
    return [fact.conversation]


def _outcome(outcome: Outcome) -> str:
    match outcome:
        case Applied():
            return "applied"
        case Unchanged():
            return f"unchanged: {outcome.why}"
        case Refused():
            return f"refused: {outcome.reason}"
