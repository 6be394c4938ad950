"""The story of a log for a terminal: what happened, and what came of it, a line each."""

import re
from typing import Any

from customer_summary.domain import conversation_events as events
from customer_summary.domain import desk_events as desk
from customer_summary.domain import facts
from customer_summary.domain import presence_events as presence
from customer_summary.domain import routing_events as routing
from customer_summary.domain.conversation_effects import ConversationEffect, NoteInTranscript
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_effects import (
    AnnouncePresence,
    CancelMedia,
    CloseSession,
    DeskEffect,
    DismissAlert,
    DismissNotification,
    FocusApp,
    OpenSession,
    RemoveItem,
    SetUpMedia,
    ShowAlert,
    ShowNotification,
)
from customer_summary.domain.identification import Match
from customer_summary.domain.outcome import Applied, Outcome, Refused, Unchanged
from customer_summary.domain.send import Send
from customer_summary.form_story import form_subject
from customer_summary.hosts.replay import Told
from customer_summary.plain import plain
from customer_summary.script_story import is_of_scripts, script_subject
from customer_summary.wire.converter import write_instant
from customer_summary.wire.log import TAGS


def event_line(told: Told) -> str:
    """Says on one line what a fact was and what came of it; ids and kinds only, nothing a customer wrote.

    What came of it at a desk or in a conversation follows on lines of its own. So does what time or a message did.
    """
    words, step = [write_instant(told.at)], told.step
    if told.line is not None:
        words += [TAGS[type(told.line.fact)], *_subject(told.line.fact)]
    elif step is not None and step.event is not None:
        words += [_name(step.event), *_subject(step.event)]
    elif step is not None:
        words += ["due", getattr(step.state, "agent", "") if isinstance(step.state, Desk) else step.state.id]
    if told.outcome is not None:
        says_more = told.state is None or (step is not None and isinstance(step.state, Desk))
        stands = f" ({told.outcome.stands})" if says_more and isinstance(told.outcome, Refused) else ""
        words.append(f"-> {_outcome(told.outcome)}{stands}")
    if told.state is not None:
        words.append(f"[{told.state.status.value}]")
    if told.line is not None and told.at > told.line.fact.at:
        words.append(f"(its clock said {write_instant(told.line.fact.at)})")
    lines = [" ".join(words), *(f"    {effect_line(one)}" for one in (step.effects if step else ()))]
    return "\n".join(plain(one).replace("\n", "\ufffd") for one in lines)


def _name(event: Any) -> str:
    """Names an event as a log does; a message between a desk and a conversation after its class."""
    return TAGS.get(type(event)) or re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()


def effect_line(effect: DeskEffect | ConversationEffect) -> str:
    """Says on one line what a host has to do; ids and kinds only."""
    if isinstance(effect, Send | NoteInTranscript):
        return _sent(effect)
    match effect:
        case ShowNotification(offer=offer):
            where = " and ".join(one.value for one in effect.surfaces)
            clock = write_instant(effect.until)
            return f"show notification {offer.id} {where} until {clock}{'' if effect.countdown else ', no countdown'}"
        case DismissNotification():
            return f"dismiss notification {effect.offer}: {effect.outcome.value if effect.outcome else 'setting up'}"
        case FocusApp():
            return f"focus app on {effect.offer}"
        case SetUpMedia():
            return f"set up media {effect.offer} until {write_instant(effect.until)}"
        case CancelMedia():
            return f"cancel media {effect.offer}"
        case OpenSession():
            return f"open session {effect.offer}: {', '.join(one.value for one in effect.opens)}"
        case CloseSession():
            return f"close session {effect.offer}"
        case RemoveItem():
            return f"remove item {effect.offer}"
        case ShowAlert(alert=alert):
            return f"alert: {alert.kind.value} {alert.offer}"
        case DismissAlert(alert=alert):
            return f"alert answered: {alert.kind.value} {alert.offer}"
        case AnnouncePresence():
            by = f"{effect.by.party.value} {effect.by.id}".strip()
            return f"presence {effect.before.text} -> {effect.after.text}: {effect.reason.value}, by {by}"


def _sent(effect: Send | NoteInTranscript) -> str:
    if isinstance(effect, NoteInTranscript):
        return f"note in transcript: {effect.note.value}"
    message = effect.message
    about = message.offer.id if isinstance(message, desk.Offered) else message.offer or ""
    return f"send {effect.to} {type(message).__name__} {about}"


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
        case events.RecordsIdentified(identification=found):
            return [fact.conversation, "customer", *_match(found.customer), "case", *_match(found.case)]
        case events.RecordLinked() | events.RecordUnlinked():
            return [fact.conversation, fact.record.kind.value, fact.record.id]
    return form_subject(fact) or _on_the_way(fact) or _at_desk(fact)


def _on_the_way(fact: facts.Fact) -> list[str]:
    """Gives the ids and kinds of what moves a conversation between agents."""
    match fact:
        case routing.AgentRouted():
            how = [*(["affinity"] if fact.affinity else []), *(["again"] if fact.again else [])]
            return [fact.conversation, "agent", fact.agent, f"attempt {fact.attempt}", *how]
        case routing.ConversationPicked() | routing.ConversationReopened():
            return [fact.conversation, "agent", fact.agent, f"attempt {fact.attempt}"]
        case routing.SupervisorAssigned() | routing.TransferRequested():
            return [fact.conversation, "agent", fact.agent, f"attempt {fact.attempt}", "by", fact.by.party.value]
        case routing.ParticipantJoined() | routing.ParticipantLeft():
            return [fact.conversation, fact.agent]
    return []


def _match(match: Match) -> list[str]:
    """Gives what was found and by what, or why nothing was."""
    if match.record is None or match.by is None:
        return [match.result.value]
    return [match.record.kind.value, match.record.id, "by", match.by.value]


def _at_desk(fact: facts.Fact) -> list[str]:
    """Gives the ids and kinds of what happened at a desk, or in the scripts of a session."""
    if is_of_scripts(fact):
        return script_subject(fact)
    match fact:
        case desk.Offered(offer=offer):
            return [fact.agent, offer.id, offer.template.name]
        case presence.PresenceChosen() | presence.NextPresenceQueued():
            return [fact.agent, fact.presence or "none", "by", fact.by.party.value]
        case presence.PresenceReset():
            return [fact.agent, fact.alert.value, "by", fact.by.party.value]
    return [getattr(fact, name) for name in ("agent", "conversation", "offer") if getattr(fact, name, None)]


def _outcome(outcome: Outcome) -> str:
    match outcome:
        case Applied():
            return "applied"
        case Unchanged():
            return f"unchanged: {outcome.why}"
        case Refused():
            return f"refused: {outcome.reason}"
