"""Every class of value that is stored and sent: what has a document, and a strategy."""

from typing import get_args

from customer_summary.domain.capacity import Capacity, CapacityProfile, Demand, Workload
from customer_summary.domain.case import Case
from customer_summary.domain.centre import CentreSnapshot, Member
from customer_summary.domain.condition import Comparison, Condition
from customer_summary.domain.configuration import PageConfiguration
from customer_summary.domain.context import ContextDefinition, ContextVariable
from customer_summary.domain.conversation import Conversation, Skill
from customer_summary.domain.conversation_clocks import Clocks
from customer_summary.domain.conversation_routing import Attempt, Declined, Routing
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.desk import Desk, HeldItem
from customer_summary.domain.desk_settings import DeskSettings, NotificationSettings, PresenceSettings
from customer_summary.domain.directory import Criterion, ExactQuery, SearchQuery
from customer_summary.domain.facts import Fact
from customer_summary.domain.form import FormColumn, FormDraft, FormSettings, PendingEdit
from customer_summary.domain.history import Position
from customer_summary.domain.identification import Claims, Identification, IdentificationKeys, Match, PhoneSettings
from customer_summary.domain.macro import FormAttribute, Macro, MacroAction
from customer_summary.domain.macro_run import ActionProgress, MacroRun
from customer_summary.domain.message import Message
from customer_summary.domain.named_value import NamedValue
from customer_summary.domain.note import NoteDraft, NoteText
from customer_summary.domain.notification import Notification, NotificationTemplate, Offer
from customer_summary.domain.offer_messages import OfferMessage
from customer_summary.domain.participant import Participant
from customer_summary.domain.presence import Alert, Presence, PresenceChoice, PresenceStatus
from customer_summary.domain.presence_events import AlertRaised, WorkloadChanged
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_sheet import ColumnChange, ColumnEdit, CustomValue, RecordSheet
from customer_summary.domain.script import AgentScript, ScriptChoice, ScriptStep, SessionTemplate
from customer_summary.domain.script_run import ScriptRun, StepProgress
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.sentiment import Reading, SentimentPlace, SentimentWindow
from customer_summary.domain.sentiment_settings import SentimentSettings
from customer_summary.domain.survey import PreChatSurvey, Question, SurveyAnswer
from customer_summary.domain.tick import Tick
from customer_summary.domain.timeline import Activity, QuickNote
from customer_summary.domain.timeline_filters import TimelineFilters
from customer_summary.domain.visitor import VisitorDetails
from customer_summary.domain.work import WorkItem, WrapUp
from customer_summary.domain.workstream import Workstream

FACT_KINDS: tuple[type, ...] = get_args(Fact)
"""The class of every fact of a log."""

MESSAGE_KINDS: tuple[type, ...] = tuple(kind for kind in get_args(OfferMessage) if kind not in FACT_KINDS)
"""The class of every message from a desk to a conversation that is no fact of a log yet."""

KINDS: tuple[type, ...] = (
    *FACT_KINDS,
    *MESSAGE_KINDS,
    Account,
    ActionProgress,
    Activity,
    AgentScript,
    Alert,
    AlertRaised,
    Capacity,
    CapacityProfile,
    Case,
    Claims,
    ColumnChange,
    ColumnEdit,
    Comparison,
    Condition,
    Contact,
    ContextDefinition,
    CentreSnapshot,
    ContextVariable,
    Conversation,
    Criterion,
    CustomValue,
    ConversationSettings,
    Clocks,
    Attempt,
    Declined,
    Participant,
    Routing,
    Demand,
    Desk,
    DeskSettings,
    ExactQuery,
    FormColumn,
    FormDraft,
    FormSettings,
    HeldItem,
    Identification,
    IdentificationKeys,
    Match,
    Member,
    Message,
    NoteDraft,
    NoteText,
    FormAttribute,
    Macro,
    MacroAction,
    MacroRun,
    NamedValue,
    Notification,
    NotificationSettings,
    NotificationTemplate,
    Offer,
    PageConfiguration,
    PhoneSettings,
    PendingEdit,
    Position,
    PreChatSurvey,
    Presence,
    PresenceChoice,
    PresenceSettings,
    PresenceStatus,
    Question,
    QuickNote,
    Reading,
    RecordRef,
    SearchQuery,
    RecordSheet,
    ScriptChoice,
    ScriptRun,
    ScriptStep,
    SelfServiceAction,
    SentimentPlace,
    SentimentSettings,
    SentimentWindow,
    SessionTemplate,
    Skill,
    StepProgress,
    SurveyAnswer,
    Tick,
    TimelineFilters,
    VisitorDetails,
    WorkItem,
    Workload,
    WorkloadChanged,
    Workstream,
    WrapUp,
)
"""Every class of value that has a document."""
