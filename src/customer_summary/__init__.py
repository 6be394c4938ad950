"""The rulebook of a customer-service agent's desktop: pure functions over frozen values.

Everything documented can be imported from here. Each name loads its module on first use, so that importing the package
costs next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from customer_summary.domain.case import Case as Case
    from customer_summary.domain.case import CaseState as CaseState
    from customer_summary.domain.case import CaseStatus as CaseStatus
    from customer_summary.domain.case import Priority as Priority
    from customer_summary.domain.channel import Channel as Channel
    from customer_summary.domain.configuration import Generation as Generation
    from customer_summary.domain.configuration import PageConfiguration as PageConfiguration
    from customer_summary.domain.configuration import SettingLevel as SettingLevel
    from customer_summary.domain.context import ContextDefinition as ContextDefinition
    from customer_summary.domain.context import ContextType as ContextType
    from customer_summary.domain.context import ContextVariable as ContextVariable
    from customer_summary.domain.conversation import Conversation as Conversation
    from customer_summary.domain.conversation import ConversationStatus as ConversationStatus
    from customer_summary.domain.conversation import Skill as Skill
    from customer_summary.domain.conversation_events import ContextRemoved as ContextRemoved
    from customer_summary.domain.conversation_events import ContextSet as ContextSet
    from customer_summary.domain.conversation_events import ConversationAccepted as ConversationAccepted
    from customer_summary.domain.conversation_events import ConversationAssigned as ConversationAssigned
    from customer_summary.domain.conversation_events import ConversationClosed as ConversationClosed
    from customer_summary.domain.conversation_events import ConversationEnded as ConversationEnded
    from customer_summary.domain.conversation_events import ConversationEvent as ConversationEvent
    from customer_summary.domain.conversation_events import ConversationReleased as ConversationReleased
    from customer_summary.domain.conversation_events import ConversationStarted as ConversationStarted
    from customer_summary.domain.conversation_events import MessageSent as MessageSent
    from customer_summary.domain.conversation_events import Party as Party
    from customer_summary.domain.conversation_events import RecordLinked as RecordLinked
    from customer_summary.domain.conversation_events import RecordUnlinked as RecordUnlinked
    from customer_summary.domain.conversation_events import SelfServiceRecorded as SelfServiceRecorded
    from customer_summary.domain.conversation_events import SessionClosed as SessionClosed
    from customer_summary.domain.conversation_events import SkillAdded as SkillAdded
    from customer_summary.domain.conversation_events import SkillRemoved as SkillRemoved
    from customer_summary.domain.customer import Account as Account
    from customer_summary.domain.customer import Contact as Contact
    from customer_summary.domain.customer import Customer as Customer
    from customer_summary.domain.errors import CustomerSummaryError as CustomerSummaryError
    from customer_summary.domain.errors import DecodeError as DecodeError
    from customer_summary.domain.errors import InvalidValue as InvalidValue
    from customer_summary.domain.errors import Problem as Problem
    from customer_summary.domain.errors import UnknownKey as UnknownKey
    from customer_summary.domain.facts import AccountRecorded as AccountRecorded
    from customer_summary.domain.facts import ActivityRecorded as ActivityRecorded
    from customer_summary.domain.facts import CaseRecorded as CaseRecorded
    from customer_summary.domain.facts import ContactRecorded as ContactRecorded
    from customer_summary.domain.facts import Fact as Fact
    from customer_summary.domain.facts import NoteTaken as NoteTaken
    from customer_summary.domain.facts import SettingMade as SettingMade
    from customer_summary.domain.history import Excerpt as Excerpt
    from customer_summary.domain.history import History as History
    from customer_summary.domain.history import Position as Position
    from customer_summary.domain.message import Author as Author
    from customer_summary.domain.message import Message as Message
    from customer_summary.domain.outcome import Applied as Applied
    from customer_summary.domain.outcome import Outcome as Outcome
    from customer_summary.domain.outcome import Refused as Refused
    from customer_summary.domain.outcome import Unchanged as Unchanged
    from customer_summary.domain.record import RecordKind as RecordKind
    from customer_summary.domain.record import RecordRef as RecordRef
    from customer_summary.domain.self_service import SelfServiceAction as SelfServiceAction
    from customer_summary.domain.self_service import SelfServiceKind as SelfServiceKind
    from customer_summary.domain.survey import AnswerType as AnswerType
    from customer_summary.domain.survey import PreChatSurvey as PreChatSurvey
    from customer_summary.domain.survey import Question as Question
    from customer_summary.domain.survey import SurveyAnswer as SurveyAnswer
    from customer_summary.domain.timeline import Activity as Activity
    from customer_summary.domain.timeline import ActivityStatus as ActivityStatus
    from customer_summary.domain.timeline import ActivityType as ActivityType
    from customer_summary.domain.timeline import NoteType as NoteType
    from customer_summary.domain.timeline import QuickNote as QuickNote
    from customer_summary.domain.timeline import TimelineEntry as TimelineEntry
    from customer_summary.domain.visitor import VisitorDetails as VisitorDetails
    from customer_summary.hosts.replay import Scene as Scene
    from customer_summary.hosts.replay import Told as Told
    from customer_summary.hosts.replay import collect as collect
    from customer_summary.hosts.replay import find as find
    from customer_summary.hosts.replay import tell as tell
    from customer_summary.rules.conversation import ConversationLifeCycle as ConversationLifeCycle
    from customer_summary.rules.page import Form as Form
    from customer_summary.rules.page import NoPageReason as NoPageReason
    from customer_summary.rules.page import switch_form as switch_form
    from customer_summary.rules.self_service import remember as remember
    from customer_summary.rules.survey import check_configured as check_configured
    from customer_summary.rules.survey import context_of as context_of
    from customer_summary.rules.survey import lint as lint
    from customer_summary.rules.survey import options_of as options_of
    from customer_summary.rules.timeline import TimelineFilter as TimelineFilter
    from customer_summary.views.known import Known as Known
    from customer_summary.views.known import View as View
    from customer_summary.views.page import Card as Card
    from customer_summary.views.page import Choice as Choice
    from customer_summary.views.page import ClosedItem as ClosedItem
    from customer_summary.views.page import Field as Field
    from customer_summary.views.page import NoPage as NoPage
    from customer_summary.views.page import Page as Page
    from customer_summary.views.page import Part as Part
    from customer_summary.views.page import Row as Row
    from customer_summary.views.page import Selector as Selector
    from customer_summary.views.reader import Reader as Reader
    from customer_summary.views.summary import summarize as summarize
    from customer_summary.views.tone import Tone as Tone
    from customer_summary.wire.context_payload import ContextPayload as ContextPayload
    from customer_summary.wire.context_payload import read_context as read_context
    from customer_summary.wire.context_payload import write_self_service as write_self_service
    from customer_summary.wire.documents import decode as decode
    from customer_summary.wire.documents import encode as encode
    from customer_summary.wire.documents import from_json as from_json
    from customer_summary.wire.documents import to_json as to_json
    from customer_summary.wire.log import Line as Line
    from customer_summary.wire.log import read_fact as read_fact
    from customer_summary.wire.log import read_log as read_log
    from customer_summary.wire.log import write_fact as write_fact
    from customer_summary.wire.option_codes import CASE_PRIORITIES as CASE_PRIORITIES
    from customer_summary.wire.option_codes import CONTEXT_TYPES as CONTEXT_TYPES
    from customer_summary.wire.option_codes import CONVERSATION_REASONS as CONVERSATION_REASONS
    from customer_summary.wire.option_codes import CONVERSATION_STATES as CONVERSATION_STATES
    from customer_summary.wire.option_codes import SELF_SERVICE_TYPES as SELF_SERVICE_TYPES
    from customer_summary.wire.option_codes import OptionSet as OptionSet
    from customer_summary.wire.option_codes import UnknownOption as UnknownOption
    from customer_summary.wire.page import ClosedItemDocument as ClosedItemDocument
    from customer_summary.wire.page import NoPageDocument as NoPageDocument
    from customer_summary.wire.page import PageDocument as PageDocument
    from customer_summary.wire.page import page_document as page_document
    from customer_summary.wire.page import read_page as read_page
    from customer_summary.wire.page import write_page as write_page
    from customer_summary.wire.prechat_card import PreChatCard as PreChatCard
    from customer_summary.wire.prechat_card import read_answers as read_answers
    from customer_summary.wire.prechat_card import read_card as read_card
    from customer_summary.wire.schema import read_schema as read_schema

_EXPORTS = {
    "domain.case": (
        "Case",
        "CaseState",
        "CaseStatus",
        "Priority",
    ),
    "domain.channel": ("Channel",),
    "domain.configuration": (
        "Generation",
        "PageConfiguration",
        "SettingLevel",
    ),
    "domain.context": (
        "ContextDefinition",
        "ContextType",
        "ContextVariable",
    ),
    "domain.conversation": (
        "Conversation",
        "ConversationStatus",
        "Skill",
    ),
    "domain.conversation_events": (
        "ContextRemoved",
        "ContextSet",
        "ConversationAccepted",
        "ConversationAssigned",
        "ConversationClosed",
        "ConversationEnded",
        "ConversationEvent",
        "ConversationReleased",
        "ConversationStarted",
        "MessageSent",
        "Party",
        "RecordLinked",
        "RecordUnlinked",
        "SelfServiceRecorded",
        "SessionClosed",
        "SkillAdded",
        "SkillRemoved",
    ),
    "domain.customer": (
        "Account",
        "Contact",
        "Customer",
    ),
    "domain.errors": (
        "CustomerSummaryError",
        "DecodeError",
        "InvalidValue",
        "Problem",
        "UnknownKey",
    ),
    "domain.facts": (
        "AccountRecorded",
        "ActivityRecorded",
        "CaseRecorded",
        "ContactRecorded",
        "Fact",
        "NoteTaken",
        "SettingMade",
    ),
    "domain.history": (
        "Excerpt",
        "History",
        "Position",
    ),
    "domain.message": (
        "Author",
        "Message",
    ),
    "domain.outcome": (
        "Applied",
        "Outcome",
        "Refused",
        "Unchanged",
    ),
    "domain.record": (
        "RecordKind",
        "RecordRef",
    ),
    "domain.self_service": (
        "SelfServiceAction",
        "SelfServiceKind",
    ),
    "domain.survey": (
        "AnswerType",
        "PreChatSurvey",
        "Question",
        "SurveyAnswer",
    ),
    "domain.timeline": (
        "Activity",
        "ActivityStatus",
        "ActivityType",
        "NoteType",
        "QuickNote",
        "TimelineEntry",
    ),
    "domain.visitor": ("VisitorDetails",),
    "hosts.replay": (
        "Scene",
        "Told",
        "collect",
        "find",
        "tell",
    ),
    "rules.conversation": ("ConversationLifeCycle",),
    "rules.page": (
        "Form",
        "NoPageReason",
        "switch_form",
    ),
    "rules.survey": (
        "check_configured",
        "context_of",
        "lint",
        "options_of",
    ),
    "rules.timeline": ("TimelineFilter",),
    "views.page": (
        "Card",
        "Choice",
        "ClosedItem",
        "Field",
        "NoPage",
        "Page",
        "Part",
        "Row",
        "Selector",
    ),
    "views.reader": ("Reader",),
    "views.known": ("Known", "View"),
    "views.summary": ("summarize",),
    "views.tone": ("Tone",),
    "wire.context_payload": (
        "ContextPayload",
        "read_context",
        "write_self_service",
    ),
    "wire.documents": (
        "decode",
        "encode",
        "from_json",
        "to_json",
    ),
    "wire.log": (
        "Line",
        "read_fact",
        "read_log",
        "write_fact",
    ),
    "wire.option_codes": (
        "CASE_PRIORITIES",
        "CONTEXT_TYPES",
        "CONVERSATION_REASONS",
        "CONVERSATION_STATES",
        "OptionSet",
        "SELF_SERVICE_TYPES",
        "UnknownOption",
    ),
    "wire.page": ("ClosedItemDocument", "NoPageDocument", "PageDocument", "page_document", "read_page", "write_page"),
    "wire.prechat_card": (
        "PreChatCard",
        "read_answers",
        "read_card",
    ),
    "wire.schema": ("read_schema",),
    "rules.self_service": ("remember",),
}
_HOMES = {name: module for module, names in _EXPORTS.items() for name in names}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  # slow to import, seldom asked for

        return version("customer-summary")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # nothing loads before it is used

    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
