"""The log: newline-delimited JSON, one fact a line, read as a stream.

Each line is an object with `v`, the version, `fact`, which names what it is, `at`, when the host received it, and the
fields of that fact. `docs/reference/log.md` describes every fact.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import BinaryIO

import attrs
from cattrs import Converter

from customer_summary.domain import conversation_events as events
from customer_summary.domain import desk_events as desk
from customer_summary.domain import facts
from customer_summary.domain import form_events as form
from customer_summary.domain import note_events as note
from customer_summary.domain import presence_events as presence
from customer_summary.domain import record_events as record
from customer_summary.domain import routing_events as routing
from customer_summary.domain import script_events as script
from customer_summary.domain import sentiment_events as sentiment
from customer_summary.domain.errors import DecodeError, InvalidValue, Problem
from customer_summary.wire.converter import make_converter, structured
from customer_summary.wire.documents import VERSION, shared_converter, tagged
from customer_summary.wire.text import read_json, write_json

MAX_LINE = 8 * 1024 * 1024
"""Bytes in a line. The largest fact that the limits of its fields allow is smaller."""

FACTS: Mapping[str, type[facts.Fact]] = {
    "setting": facts.SettingMade,
    "contact": facts.ContactRecorded,
    "account": facts.AccountRecorded,
    "case": facts.CaseRecorded,
    "activity": facts.ActivityRecorded,
    "note": facts.NoteTaken,
    "conversation_started": events.ConversationStarted,
    "conversation_assigned": events.ConversationAssigned,
    "conversation_accepted": events.ConversationAccepted,
    "conversation_released": events.ConversationReleased,
    "conversation_ended": events.ConversationEnded,
    "session_closed": events.SessionClosed,
    "conversation_closed": events.ConversationClosed,
    "message": events.MessageSent,
    "self_service": events.SelfServiceRecorded,
    "record_linked": events.RecordLinked,
    "record_unlinked": events.RecordUnlinked,
    "records_identified": events.RecordsIdentified,
    "skill_added": events.SkillAdded,
    "skill_removed": events.SkillRemoved,
    "context_set": events.ContextSet,
    "context_removed": events.ContextRemoved,
    "skill_catalogue": facts.SkillCatalogueMade,
    "context_definitions": facts.ContextDefinitionsMade,
    "conversation_settings": facts.ConversationSettingsMade,
    "agent_routed": routing.AgentRouted,
    "conversation_picked": routing.ConversationPicked,
    "supervisor_assigned": routing.SupervisorAssigned,
    "conversation_reopened": routing.ConversationReopened,
    "transfer_requested": routing.TransferRequested,
    "transfer_cancelled": routing.TransferCancelled,
    "conversation_escalated": routing.ConversationEscalated,
    "customer_disconnected": routing.CustomerDisconnected,
    "customer_returned": routing.CustomerReturned,
    "conversation_snoozed": routing.ConversationSnoozed,
    "participant_joined": routing.ParticipantJoined,
    "participant_left": routing.ParticipantLeft,
    "record_state_changed": routing.RecordStateChanged,
    "record_deleted": routing.RecordDeleted,
    "desk_settings": facts.DeskSettingsMade,
    "agent_connected": presence.AgentConnected,
    "agent_disconnected": presence.AgentDisconnected,
    "agent_active": presence.AgentActive,
    "presence_chosen": presence.PresenceChosen,
    "presence_reset": presence.PresenceReset,
    "next_presence_queued": presence.NextPresenceQueued,
    "focus_changed": desk.FocusChanged,
    "desktop_permission": desk.DesktopPermission,
    "capacity_set": desk.CapacitySet,
    "offered": desk.Offered,
    "offer_withdrawn": desk.OfferWithdrawn,
    "notification_displayed": desk.NotificationDisplayed,
    "body_clicked": desk.BodyClicked,
    "accept_pressed": desk.AcceptPressed,
    "reject_pressed": desk.RejectPressed,
    "media_ready": desk.MediaReady,
    "media_failed": desk.MediaFailed,
    "item_opened": desk.ItemOpened,
    "end_pressed": desk.EndPressed,
    "close_pressed": desk.ClosePressed,
    "wrap_up_started": desk.WrapUpStarted,
    "wrap_up_requested": desk.WrapUpRequested,
    "wrap_up_extended": desk.WrapUpExtended,
    "message_edited": sentiment.MessageEdited,
    "message_deleted": sentiment.MessageDeleted,
    "message_scored": sentiment.MessageScored,
    "sentiment_settings": sentiment.SentimentSettingsMade,
    "queues_assigned": sentiment.QueuesAssigned,
    "agent_skills_set": facts.AgentSkillsSet,
    "session_focused": sentiment.SessionFocused,
    "form_settings": form.FormSettingsMade,
    "field_edited": form.FieldEdited,
    "form_saved": form.FormSaved,
    "form_refreshed": form.FormRefreshed,
    "record_saved": record.RecordSaved,
    "case_resolved": record.CaseResolved,
    "case_cancelled": record.CaseCancelled,
    "case_reactivated": record.CaseReactivated,
    "case_reason_changed": record.CaseReasonChanged,
    "note_typed": note.NoteTyped,
    "note_saved": note.NoteSaved,
    "note_moved": note.NoteMoved,
    "script": script.ScriptRecorded,
    "macro": script.MacroRecorded,
    "session_template": script.SessionTemplateRecorded,
    "script_session_started": script.ScriptSessionStarted,
    "step_marked_done": script.StepMarkedDone,
    "macro_requested": script.MacroRequested,
    "action_succeeded": script.ActionSucceeded,
    "action_failed": script.ActionFailed,
    "macro_cancelled": script.MacroCancelled,
    "sub_script_viewed": script.SubScriptViewed,
    "script_chosen": script.ScriptChosen,
    "went_back": script.WentBack,
    "progress_reset": script.ProgressReset,
}
"""The tag of each fact. A tag never changes its meaning."""

TAGS: Mapping[type[facts.Fact], str] = {kind: tag for tag, kind in FACTS.items()}


@attrs.frozen
class Line:
    """One fact and where it stands: the first line is 1."""

    number: int
    fact: facts.Fact


_writing: Callable[[], Converter] = cache(partial(make_converter, omit_defaults=True))


def read_fact(document: object) -> facts.Fact:
    """Gives the fact of one line; raises `DecodeError` with every problem found."""
    tag, fields = tagged("fact", FACTS, document)
    return structured(shared_converter(), FACTS[tag], fields)


def write_fact(fact: facts.Fact) -> str:
    """Writes a fact as one line, without its line end; what has its default value is left out.

    Refuses, with `InvalidValue`, what is no fact.
    """
    if type(fact) not in TAGS:
        raise InvalidValue("fact", f"{type(fact).__name__} is no fact of a log")
    return write_json({"v": VERSION, "fact": TAGS[type(fact)], **_writing().unstructure(fact)})


def _line(stream: BinaryIO) -> bytes:
    data: object = stream.readline(MAX_LINE + 1) if hasattr(stream, "readline") else None
    if not isinstance(data, bytes):
        raise InvalidValue("stream", "expected a stream of bytes: open the file with mode rb")
    return data


def read_log(stream: BinaryIO) -> Iterator[Line]:
    """Reads the facts of a log, one at a time, from a stream of bytes in UTF-8.

    Blank lines and a byte order mark in front count as nothing. Raises `DecodeError`, with the number of the line, at
    the first line that cannot be read or that is longer than 8 MiB.
    """
    number = 0
    while data := _line(stream):
        number += 1
        if len(data) > MAX_LINE:
            raise DecodeError((Problem("", f"a line of more than {MAX_LINE} bytes"),), number)
        if number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        if data.isspace() or not data:
            continue
        document = read_json(data, line=number)
        try:
            yield Line(number, read_fact(document))
        except DecodeError as error:
            raise DecodeError(error.problems, number) from None
