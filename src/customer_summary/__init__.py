"""The rulebook of a customer-service agent's desktop: pure functions over frozen values.

Everything documented can be imported from here. Each name loads its module on first use, so that importing the package
costs next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from customer_summary.domain.actor import Actor as Actor
    from customer_summary.domain.actor import Party as Party
    from customer_summary.domain.capacity import Capacity as Capacity
    from customer_summary.domain.capacity import CapacityProfile as CapacityProfile
    from customer_summary.domain.capacity import Demand as Demand
    from customer_summary.domain.capacity import Load as Load
    from customer_summary.domain.capacity import ProfileReset as ProfileReset
    from customer_summary.domain.capacity import ProfileUse as ProfileUse
    from customer_summary.domain.capacity import SpentProfile as SpentProfile
    from customer_summary.domain.capacity import Workload as Workload
    from customer_summary.domain.case import Case as Case
    from customer_summary.domain.case import CaseState as CaseState
    from customer_summary.domain.case import CaseStatus as CaseStatus
    from customer_summary.domain.case import Priority as Priority
    from customer_summary.domain.centre import CentreSnapshot as CentreSnapshot
    from customer_summary.domain.centre import Member as Member
    from customer_summary.domain.channel import Channel as Channel
    from customer_summary.domain.condition import Comparison as Comparison
    from customer_summary.domain.condition import Condition as Condition
    from customer_summary.domain.condition import MatchMode as MatchMode
    from customer_summary.domain.condition import Operator as Operator
    from customer_summary.domain.configuration import Generation as Generation
    from customer_summary.domain.configuration import PageConfiguration as PageConfiguration
    from customer_summary.domain.configuration import SettingLevel as SettingLevel
    from customer_summary.domain.context import ContextDefinition as ContextDefinition
    from customer_summary.domain.context import ContextType as ContextType
    from customer_summary.domain.context import ContextVariable as ContextVariable
    from customer_summary.domain.conversation import Conversation as Conversation
    from customer_summary.domain.conversation import ConversationStatus as ConversationStatus
    from customer_summary.domain.conversation import Skill as Skill
    from customer_summary.domain.conversation_clocks import Clocks as Clocks
    from customer_summary.domain.conversation_effects import NoteInTranscript as NoteInTranscript
    from customer_summary.domain.conversation_effects import TranscriptNote as TranscriptNote
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
    from customer_summary.domain.conversation_events import RecordLinked as RecordLinked
    from customer_summary.domain.conversation_events import RecordsIdentified as RecordsIdentified
    from customer_summary.domain.conversation_events import RecordUnlinked as RecordUnlinked
    from customer_summary.domain.conversation_events import SelfServiceRecorded as SelfServiceRecorded
    from customer_summary.domain.conversation_events import SessionClosed as SessionClosed
    from customer_summary.domain.conversation_events import SkillAdded as SkillAdded
    from customer_summary.domain.conversation_events import SkillRemoved as SkillRemoved
    from customer_summary.domain.conversation_routing import Attempt as Attempt
    from customer_summary.domain.conversation_routing import Declined as Declined
    from customer_summary.domain.conversation_routing import DeclineReason as DeclineReason
    from customer_summary.domain.conversation_routing import Routing as Routing
    from customer_summary.domain.conversation_settings import AutoClose as AutoClose
    from customer_summary.domain.conversation_settings import ConversationSettings as ConversationSettings
    from customer_summary.domain.customer import Account as Account
    from customer_summary.domain.customer import Contact as Contact
    from customer_summary.domain.customer import Customer as Customer
    from customer_summary.domain.desk import AppFocus as AppFocus
    from customer_summary.domain.desk import Desk as Desk
    from customer_summary.domain.desk import EndedOffer as EndedOffer
    from customer_summary.domain.desk import HeldItem as HeldItem
    from customer_summary.domain.desk import ItemStatus as ItemStatus
    from customer_summary.domain.desk import Screen as Screen
    from customer_summary.domain.desk_effects import AnnouncePresence as AnnouncePresence
    from customer_summary.domain.desk_effects import CancelMedia as CancelMedia
    from customer_summary.domain.desk_effects import CloseSession as CloseSession
    from customer_summary.domain.desk_effects import DeskEffect as DeskEffect
    from customer_summary.domain.desk_effects import DismissAlert as DismissAlert
    from customer_summary.domain.desk_effects import DismissNotification as DismissNotification
    from customer_summary.domain.desk_effects import FocusApp as FocusApp
    from customer_summary.domain.desk_effects import Opens as Opens
    from customer_summary.domain.desk_effects import OpenSession as OpenSession
    from customer_summary.domain.desk_effects import RemoveItem as RemoveItem
    from customer_summary.domain.desk_effects import SetUpMedia as SetUpMedia
    from customer_summary.domain.desk_effects import ShowAlert as ShowAlert
    from customer_summary.domain.desk_effects import ShowNotification as ShowNotification
    from customer_summary.domain.desk_effects import Surface as Surface
    from customer_summary.domain.desk_events import AcceptPressed as AcceptPressed
    from customer_summary.domain.desk_events import BodyClicked as BodyClicked
    from customer_summary.domain.desk_events import CapacitySet as CapacitySet
    from customer_summary.domain.desk_events import ClosePressed as ClosePressed
    from customer_summary.domain.desk_events import DeskEvent as DeskEvent
    from customer_summary.domain.desk_events import DesktopPermission as DesktopPermission
    from customer_summary.domain.desk_events import EndPressed as EndPressed
    from customer_summary.domain.desk_events import FocusChanged as FocusChanged
    from customer_summary.domain.desk_events import ItemOpened as ItemOpened
    from customer_summary.domain.desk_events import MediaFailed as MediaFailed
    from customer_summary.domain.desk_events import MediaReady as MediaReady
    from customer_summary.domain.desk_events import NotificationDisplayed as NotificationDisplayed
    from customer_summary.domain.desk_events import Offered as Offered
    from customer_summary.domain.desk_events import OfferWithdrawn as OfferWithdrawn
    from customer_summary.domain.desk_events import RejectPressed as RejectPressed
    from customer_summary.domain.desk_events import WrapUpExtended as WrapUpExtended
    from customer_summary.domain.desk_events import WrapUpRequested as WrapUpRequested
    from customer_summary.domain.desk_events import WrapUpStarted as WrapUpStarted
    from customer_summary.domain.desk_settings import DeskSettings as DeskSettings
    from customer_summary.domain.desk_settings import NotificationSettings as NotificationSettings
    from customer_summary.domain.desk_settings import PresenceSettings as PresenceSettings
    from customer_summary.domain.directory import Attribute as Attribute
    from customer_summary.domain.directory import Criterion as Criterion
    from customer_summary.domain.directory import DirectoryRecord as DirectoryRecord
    from customer_summary.domain.directory import ExactQuery as ExactQuery
    from customer_summary.domain.directory import SearchQuery as SearchQuery
    from customer_summary.domain.errors import CustomerSummaryError as CustomerSummaryError
    from customer_summary.domain.errors import DecodeError as DecodeError
    from customer_summary.domain.errors import InvalidValue as InvalidValue
    from customer_summary.domain.errors import Problem as Problem
    from customer_summary.domain.errors import UnknownKey as UnknownKey
    from customer_summary.domain.facts import AccountRecorded as AccountRecorded
    from customer_summary.domain.facts import ActivityRecorded as ActivityRecorded
    from customer_summary.domain.facts import AgentSkillsSet as AgentSkillsSet
    from customer_summary.domain.facts import CaseRecorded as CaseRecorded
    from customer_summary.domain.facts import ContactRecorded as ContactRecorded
    from customer_summary.domain.facts import ContextDefinitionsMade as ContextDefinitionsMade
    from customer_summary.domain.facts import ConversationSettingsMade as ConversationSettingsMade
    from customer_summary.domain.facts import DeskSettingsMade as DeskSettingsMade
    from customer_summary.domain.facts import Fact as Fact
    from customer_summary.domain.facts import NoteTaken as NoteTaken
    from customer_summary.domain.facts import SettingMade as SettingMade
    from customer_summary.domain.facts import SkillCatalogueMade as SkillCatalogueMade
    from customer_summary.domain.form import UNSUPPORTED_COLUMNS as UNSUPPORTED_COLUMNS
    from customer_summary.domain.form import ColumnType as ColumnType
    from customer_summary.domain.form import FormColumn as FormColumn
    from customer_summary.domain.form import FormDraft as FormDraft
    from customer_summary.domain.form import FormSettings as FormSettings
    from customer_summary.domain.form import PendingEdit as PendingEdit
    from customer_summary.domain.form_effects import AnnounceChange as AnnounceChange
    from customer_summary.domain.form_effects import Conflict as Conflict
    from customer_summary.domain.form_effects import FormEffect as FormEffect
    from customer_summary.domain.form_effects import RecordEffect as RecordEffect
    from customer_summary.domain.form_effects import ReloadForm as ReloadForm
    from customer_summary.domain.form_effects import ShowConflicts as ShowConflicts
    from customer_summary.domain.form_events import FieldEdited as FieldEdited
    from customer_summary.domain.form_events import FormEvent as FormEvent
    from customer_summary.domain.form_events import FormRefreshed as FormRefreshed
    from customer_summary.domain.form_events import FormSaved as FormSaved
    from customer_summary.domain.form_events import FormSettingsMade as FormSettingsMade
    from customer_summary.domain.history import Excerpt as Excerpt
    from customer_summary.domain.history import History as History
    from customer_summary.domain.history import Position as Position
    from customer_summary.domain.identification import Claims as Claims
    from customer_summary.domain.identification import Identification as Identification
    from customer_summary.domain.identification import IdentificationKeys as IdentificationKeys
    from customer_summary.domain.identification import IdentifiedBy as IdentifiedBy
    from customer_summary.domain.identification import Match as Match
    from customer_summary.domain.identification import MatchResult as MatchResult
    from customer_summary.domain.identification import PhoneSettings as PhoneSettings
    from customer_summary.domain.macro import ActionKind as ActionKind
    from customer_summary.domain.macro import ActionRule as ActionRule
    from customer_summary.domain.macro import Connector as Connector
    from customer_summary.domain.macro import FormAttribute as FormAttribute
    from customer_summary.domain.macro import Macro as Macro
    from customer_summary.domain.macro import MacroAction as MacroAction
    from customer_summary.domain.macro_run import ActionProgress as ActionProgress
    from customer_summary.domain.macro_run import ActionReport as ActionReport
    from customer_summary.domain.macro_run import ActionStatus as ActionStatus
    from customer_summary.domain.macro_run import FailureReason as FailureReason
    from customer_summary.domain.macro_run import MacroOutcome as MacroOutcome
    from customer_summary.domain.macro_run import MacroRun as MacroRun
    from customer_summary.domain.macro_run import MacroStatus as MacroStatus
    from customer_summary.domain.message import Author as Author
    from customer_summary.domain.message import Message as Message
    from customer_summary.domain.named_value import NamedValue as NamedValue
    from customer_summary.domain.note import NoteDraft as NoteDraft
    from customer_summary.domain.note import NoteStatus as NoteStatus
    from customer_summary.domain.note import NoteText as NoteText
    from customer_summary.domain.note_events import KeepNote as KeepNote
    from customer_summary.domain.note_events import MoveNote as MoveNote
    from customer_summary.domain.note_events import NoteEffect as NoteEffect
    from customer_summary.domain.note_events import NoteEvent as NoteEvent
    from customer_summary.domain.note_events import NoteMoved as NoteMoved
    from customer_summary.domain.note_events import NoteSaved as NoteSaved
    from customer_summary.domain.note_events import NoteTyped as NoteTyped
    from customer_summary.domain.notification import Answer as Answer
    from customer_summary.domain.notification import DesktopMode as DesktopMode
    from customer_summary.domain.notification import Look as Look
    from customer_summary.domain.notification import Notification as Notification
    from customer_summary.domain.notification import NotificationStatus as NotificationStatus
    from customer_summary.domain.notification import NotificationTemplate as NotificationTemplate
    from customer_summary.domain.notification import Offer as Offer
    from customer_summary.domain.notification import OfferOutcome as OfferOutcome
    from customer_summary.domain.notification import Override as Override
    from customer_summary.domain.notification import Scenario as Scenario
    from customer_summary.domain.notification import ShownField as ShownField
    from customer_summary.domain.notification import TemplateField as TemplateField
    from customer_summary.domain.offer_messages import OfferAccepted as OfferAccepted
    from customer_summary.domain.offer_messages import OfferAssigned as OfferAssigned
    from customer_summary.domain.offer_messages import OfferMessage as OfferMessage
    from customer_summary.domain.offer_messages import OfferMissed as OfferMissed
    from customer_summary.domain.offer_messages import OfferRefused as OfferRefused
    from customer_summary.domain.offer_messages import OfferRejected as OfferRejected
    from customer_summary.domain.offer_messages import OfferUnseen as OfferUnseen
    from customer_summary.domain.offer_messages import RefusalReason as RefusalReason
    from customer_summary.domain.offer_messages import SessionAbandoned as SessionAbandoned
    from customer_summary.domain.offer_messages import SessionEnded as SessionEnded
    from customer_summary.domain.offer_messages import SessionOpened as SessionOpened
    from customer_summary.domain.offer_messages import SetupFailed as SetupFailed
    from customer_summary.domain.outcome import Applied as Applied
    from customer_summary.domain.outcome import Outcome as Outcome
    from customer_summary.domain.outcome import Refused as Refused
    from customer_summary.domain.outcome import Unchanged as Unchanged
    from customer_summary.domain.participant import Participant as Participant
    from customer_summary.domain.participant import ParticipantRole as ParticipantRole
    from customer_summary.domain.presence import Alert as Alert
    from customer_summary.domain.presence import AlertKind as AlertKind
    from customer_summary.domain.presence import BaseStatus as BaseStatus
    from customer_summary.domain.presence import Connection as Connection
    from customer_summary.domain.presence import Ground as Ground
    from customer_summary.domain.presence import LastActivity as LastActivity
    from customer_summary.domain.presence import Presence as Presence
    from customer_summary.domain.presence import PresenceChoice as PresenceChoice
    from customer_summary.domain.presence import PresenceReason as PresenceReason
    from customer_summary.domain.presence import PresenceStatus as PresenceStatus
    from customer_summary.domain.presence_events import AgentActive as AgentActive
    from customer_summary.domain.presence_events import AgentConnected as AgentConnected
    from customer_summary.domain.presence_events import AgentDisconnected as AgentDisconnected
    from customer_summary.domain.presence_events import AlertRaised as AlertRaised
    from customer_summary.domain.presence_events import NextPresenceQueued as NextPresenceQueued
    from customer_summary.domain.presence_events import PresenceChosen as PresenceChosen
    from customer_summary.domain.presence_events import PresenceEvent as PresenceEvent
    from customer_summary.domain.presence_events import PresenceReset as PresenceReset
    from customer_summary.domain.presence_events import WorkloadChanged as WorkloadChanged
    from customer_summary.domain.record import RecordKind as RecordKind
    from customer_summary.domain.record import RecordRef as RecordRef
    from customer_summary.domain.record_events import CaseCancelled as CaseCancelled
    from customer_summary.domain.record_events import CaseReactivated as CaseReactivated
    from customer_summary.domain.record_events import CaseReasonChanged as CaseReasonChanged
    from customer_summary.domain.record_events import CaseResolved as CaseResolved
    from customer_summary.domain.record_events import RecordEvent as RecordEvent
    from customer_summary.domain.record_events import RecordSaved as RecordSaved
    from customer_summary.domain.record_sheet import ColumnChange as ColumnChange
    from customer_summary.domain.record_sheet import ColumnEdit as ColumnEdit
    from customer_summary.domain.record_sheet import CustomValue as CustomValue
    from customer_summary.domain.record_sheet import RecordSheet as RecordSheet
    from customer_summary.domain.record_sheet import RecordStatus as RecordStatus
    from customer_summary.domain.routing_events import AgentRouted as AgentRouted
    from customer_summary.domain.routing_events import ConversationEscalated as ConversationEscalated
    from customer_summary.domain.routing_events import ConversationPicked as ConversationPicked
    from customer_summary.domain.routing_events import ConversationReopened as ConversationReopened
    from customer_summary.domain.routing_events import ConversationSnoozed as ConversationSnoozed
    from customer_summary.domain.routing_events import CustomerDisconnected as CustomerDisconnected
    from customer_summary.domain.routing_events import CustomerReturned as CustomerReturned
    from customer_summary.domain.routing_events import ParticipantJoined as ParticipantJoined
    from customer_summary.domain.routing_events import ParticipantLeft as ParticipantLeft
    from customer_summary.domain.routing_events import RecordDeleted as RecordDeleted
    from customer_summary.domain.routing_events import RecordStateChanged as RecordStateChanged
    from customer_summary.domain.routing_events import SupervisorAssigned as SupervisorAssigned
    from customer_summary.domain.routing_events import TransferCancelled as TransferCancelled
    from customer_summary.domain.routing_events import TransferRequested as TransferRequested
    from customer_summary.domain.script import AgentScript as AgentScript
    from customer_summary.domain.script import ScriptChoice as ScriptChoice
    from customer_summary.domain.script import ScriptStep as ScriptStep
    from customer_summary.domain.script import SessionTemplate as SessionTemplate
    from customer_summary.domain.script import StepKind as StepKind
    from customer_summary.domain.script import StepState as StepState
    from customer_summary.domain.script_effects import AbortAction as AbortAction
    from customer_summary.domain.script_effects import LoadScript as LoadScript
    from customer_summary.domain.script_effects import MacroEffect as MacroEffect
    from customer_summary.domain.script_effects import PerformAction as PerformAction
    from customer_summary.domain.script_effects import ReportMacro as ReportMacro
    from customer_summary.domain.script_effects import ScriptEffect as ScriptEffect
    from customer_summary.domain.script_events import ActionFailed as ActionFailed
    from customer_summary.domain.script_events import ActionSucceeded as ActionSucceeded
    from customer_summary.domain.script_events import MacroAnswer as MacroAnswer
    from customer_summary.domain.script_events import MacroCancelled as MacroCancelled
    from customer_summary.domain.script_events import MacroRecorded as MacroRecorded
    from customer_summary.domain.script_events import MacroRequested as MacroRequested
    from customer_summary.domain.script_events import ProgressReset as ProgressReset
    from customer_summary.domain.script_events import ScriptChosen as ScriptChosen
    from customer_summary.domain.script_events import ScriptEvent as ScriptEvent
    from customer_summary.domain.script_events import ScriptRecorded as ScriptRecorded
    from customer_summary.domain.script_events import ScriptSessionStarted as ScriptSessionStarted
    from customer_summary.domain.script_events import SessionTemplateRecorded as SessionTemplateRecorded
    from customer_summary.domain.script_events import StepMarkedDone as StepMarkedDone
    from customer_summary.domain.script_events import SubScriptViewed as SubScriptViewed
    from customer_summary.domain.script_events import WentBack as WentBack
    from customer_summary.domain.script_library import ScriptLibrary as ScriptLibrary
    from customer_summary.domain.script_run import ScriptRun as ScriptRun
    from customer_summary.domain.script_run import ScriptStatus as ScriptStatus
    from customer_summary.domain.script_run import StepProgress as StepProgress
    from customer_summary.domain.self_service import SelfServiceAction as SelfServiceAction
    from customer_summary.domain.self_service import SelfServiceKind as SelfServiceKind
    from customer_summary.domain.send import DeskMessage as DeskMessage
    from customer_summary.domain.send import Send as Send
    from customer_summary.domain.sentiment import PlaceStatus as PlaceStatus
    from customer_summary.domain.sentiment import Reading as Reading
    from customer_summary.domain.sentiment import SentimentLevel as SentimentLevel
    from customer_summary.domain.sentiment import SentimentPlace as SentimentPlace
    from customer_summary.domain.sentiment import SentimentRule as SentimentRule
    from customer_summary.domain.sentiment import SentimentWindow as SentimentWindow
    from customer_summary.domain.sentiment import text_digest as text_digest
    from customer_summary.domain.sentiment_effects import AnnounceSentiment as AnnounceSentiment
    from customer_summary.domain.sentiment_effects import AskScore as AskScore
    from customer_summary.domain.sentiment_effects import Audience as Audience
    from customer_summary.domain.sentiment_effects import RaiseSentimentAlert as RaiseSentimentAlert
    from customer_summary.domain.sentiment_effects import SentimentEffect as SentimentEffect
    from customer_summary.domain.sentiment_events import MessageDeleted as MessageDeleted
    from customer_summary.domain.sentiment_events import MessageEdited as MessageEdited
    from customer_summary.domain.sentiment_events import MessageScored as MessageScored
    from customer_summary.domain.sentiment_events import QueuesAssigned as QueuesAssigned
    from customer_summary.domain.sentiment_events import SentimentEvent as SentimentEvent
    from customer_summary.domain.sentiment_events import SentimentSettingsMade as SentimentSettingsMade
    from customer_summary.domain.sentiment_events import SessionFocused as SessionFocused
    from customer_summary.domain.sentiment_settings import SentimentSettings as SentimentSettings
    from customer_summary.domain.survey import AnswerType as AnswerType
    from customer_summary.domain.survey import PreChatSurvey as PreChatSurvey
    from customer_summary.domain.survey import Question as Question
    from customer_summary.domain.survey import SurveyAnswer as SurveyAnswer
    from customer_summary.domain.tick import Tick as Tick
    from customer_summary.domain.timeline import Activity as Activity
    from customer_summary.domain.timeline import ActivityStatus as ActivityStatus
    from customer_summary.domain.timeline import ActivityType as ActivityType
    from customer_summary.domain.timeline import NoteType as NoteType
    from customer_summary.domain.timeline import QuickNote as QuickNote
    from customer_summary.domain.timeline import TimelineEntry as TimelineEntry
    from customer_summary.domain.timeline_filters import DueStatus as DueStatus
    from customer_summary.domain.timeline_filters import DueWithin as DueWithin
    from customer_summary.domain.timeline_filters import EntryKind as EntryKind
    from customer_summary.domain.timeline_filters import ModifiedWithin as ModifiedWithin
    from customer_summary.domain.timeline_filters import PostsBy as PostsBy
    from customer_summary.domain.timeline_filters import TimelineFilters as TimelineFilters
    from customer_summary.domain.timeline_filters import TimelineSort as TimelineSort
    from customer_summary.domain.visitor import VisitorDetails as VisitorDetails
    from customer_summary.domain.work import WorkItem as WorkItem
    from customer_summary.domain.work import WrapUp as WrapUp
    from customer_summary.domain.work import WrapUpMode as WrapUpMode
    from customer_summary.domain.workstream import Distribution as Distribution
    from customer_summary.domain.workstream import SkillMatching as SkillMatching
    from customer_summary.domain.workstream import Workstream as Workstream
    from customer_summary.hosts.asyncio_centre import AsyncContactCentre as AsyncContactCentre
    from customer_summary.hosts.collection import collect as collect
    from customer_summary.hosts.collection import collect_closed as collect_closed
    from customer_summary.hosts.collection import collect_customers as collect_customers
    from customer_summary.hosts.contact_centre import ContactCentre as ContactCentre
    from customer_summary.hosts.directories import MemoryDirectory as MemoryDirectory
    from customer_summary.hosts.forms import Forms as Forms
    from customer_summary.hosts.forms import FormTold as FormTold
    from customer_summary.hosts.happened import Happened as Happened
    from customer_summary.hosts.replay import Scene as Scene
    from customer_summary.hosts.replay import Told as Told
    from customer_summary.hosts.replay import find as find
    from customer_summary.hosts.replay import tell as tell
    from customer_summary.hosts.script_sessions import Guided as Guided
    from customer_summary.hosts.script_sessions import ScriptSessions as ScriptSessions
    from customer_summary.hosts.sentiments import Alerted as Alerted
    from customer_summary.hosts.sentiments import Felt as Felt
    from customer_summary.hosts.sentiments import Sentiments as Sentiments
    from customer_summary.hosts.sqlite_directory import SqliteDirectory as SqliteDirectory
    from customer_summary.normalisers.embedded import EMBEDDED_PHONES as EMBEDDED_PHONES
    from customer_summary.rules.admission import Admission as Admission
    from customer_summary.rules.assignment import Chosen as Chosen
    from customer_summary.rules.assignment import choose as choose
    from customer_summary.rules.closed_items import closed_that_day as closed_that_day
    from customer_summary.rules.context import typed_value as typed_value
    from customer_summary.rules.conversation import ConversationLifeCycle as ConversationLifeCycle
    from customer_summary.rules.creation import Created as Created
    from customer_summary.rules.creation import create_record as create_record
    from customer_summary.rules.creation import new_case as new_case
    from customer_summary.rules.desk import AgentDesk as AgentDesk
    from customer_summary.rules.directory import Directory as Directory
    from customer_summary.rules.form import FormAnswer as FormAnswer
    from customer_summary.rules.form import FormMachine as FormMachine
    from customer_summary.rules.form import FormRules as FormRules
    from customer_summary.rules.guidance import Guidance as Guidance
    from customer_summary.rules.guidance import GuidedStep as GuidedStep
    from customer_summary.rules.guidance import StepCommand as StepCommand
    from customer_summary.rules.guidance import guide as guide
    from customer_summary.rules.identification import Ask as Ask
    from customer_summary.rules.identification import claims_of as claims_of
    from customer_summary.rules.identification import identified as identified
    from customer_summary.rules.identification import identify as identify
    from customer_summary.rules.lint import Finding as Finding
    from customer_summary.rules.lint import FindingKind as FindingKind
    from customer_summary.rules.lint import lint as lint
    from customer_summary.rules.machine import Machine as Machine
    from customer_summary.rules.macro_check import MacroProblem as MacroProblem
    from customer_summary.rules.macro_check import MacroProblemKind as MacroProblemKind
    from customer_summary.rules.macro_check import check_macro as check_macro
    from customer_summary.rules.macros import MacroRunner as MacroRunner
    from customer_summary.rules.notes import NoteMachine as NoteMachine
    from customer_summary.rules.notes import note_goes_to as note_goes_to
    from customer_summary.rules.notes import record_from_note as record_from_note
    from customer_summary.rules.notifications import NotificationPolicy as NotificationPolicy
    from customer_summary.rules.page import Form as Form
    from customer_summary.rules.page import NoPageReason as NoPageReason
    from customer_summary.rules.page import switch_form as switch_form
    from customer_summary.rules.phones import OfferedPhones as OfferedPhones
    from customer_summary.rules.phones import PhoneNormaliser as PhoneNormaliser
    from customer_summary.rules.phones import choose_phones as choose_phones
    from customer_summary.rules.phones import simple_phone as simple_phone
    from customer_summary.rules.preflight import Preflight as Preflight
    from customer_summary.rules.preflight import macro_values as macro_values
    from customer_summary.rules.preflight import preflight as preflight
    from customer_summary.rules.preflight import slug_values as slug_values
    from customer_summary.rules.presence import PresenceMachine as PresenceMachine
    from customer_summary.rules.records import RecordLifeCycle as RecordLifeCycle
    from customer_summary.rules.routing import NotRoutable as NotRoutable
    from customer_summary.rules.routing import Obstacle as Obstacle
    from customer_summary.rules.routing import why_not_routable as why_not_routable
    from customer_summary.rules.script_check import ScriptFinding as ScriptFinding
    from customer_summary.rules.script_check import ScriptFindingKind as ScriptFindingKind
    from customer_summary.rules.script_check import Severity as Severity
    from customer_summary.rules.script_check import check_scripts as check_scripts
    from customer_summary.rules.scripts import ScriptRunner as ScriptRunner
    from customer_summary.rules.self_service import remember as remember
    from customer_summary.rules.sentiment import SentimentPolicy as SentimentPolicy
    from customer_summary.rules.sentiment_audience import NotAlerted as NotAlerted
    from customer_summary.rules.sentiment_audience import Watcher as Watcher
    from customer_summary.rules.sentiment_audience import is_visible as is_visible
    from customer_summary.rules.sentiment_audience import why_agent_not_alerted as why_agent_not_alerted
    from customer_summary.rules.sentiment_audience import why_supervisor_not_alerted as why_supervisor_not_alerted
    from customer_summary.rules.sentiment_course import SentimentCourse as SentimentCourse
    from customer_summary.rules.sentiment_course import SentimentTrend as SentimentTrend
    from customer_summary.rules.sentiment_ports import LanguageDetector as LanguageDetector
    from customer_summary.rules.sentiment_ports import OfferedPorts as OfferedPorts
    from customer_summary.rules.sentiment_ports import Ports as Ports
    from customer_summary.rules.sentiment_ports import ProfanityCheck as ProfanityCheck
    from customer_summary.rules.sentiment_ports import Scorer as Scorer
    from customer_summary.rules.sentiment_ports import choose_ports as choose_ports
    from customer_summary.rules.sentiment_ports import read_text as read_text
    from customer_summary.rules.session_slugs import SessionSlugs as SessionSlugs
    from customer_summary.rules.skills import suggest_skills as suggest_skills
    from customer_summary.rules.slugs import LookUp as LookUp
    from customer_summary.rules.survey import check_configured as check_configured
    from customer_summary.rules.survey import context_of as context_of
    from customer_summary.rules.survey import lint_survey as lint_survey
    from customer_summary.rules.survey import options_of as options_of
    from customer_summary.rules.timeline import TimelineFilter as TimelineFilter
    from customer_summary.rules.timeline import entry_matches as entry_matches
    from customer_summary.scorers.embedded import EMBEDDED as EMBEDDED
    from customer_summary.scorers.embedded import ExtraMissing as ExtraMissing
    from customer_summary.views.closed import closed_work_items as closed_work_items
    from customer_summary.views.desk import desk_panel as desk_panel
    from customer_summary.views.filters import filter_selectors as filter_selectors
    from customer_summary.views.known import Known as Known
    from customer_summary.views.known import View as View
    from customer_summary.views.page import Card as Card
    from customer_summary.views.page import Choice as Choice
    from customer_summary.views.page import ClosedItem as ClosedItem
    from customer_summary.views.page import DeskPanel as DeskPanel
    from customer_summary.views.page import Field as Field
    from customer_summary.views.page import NoPage as NoPage
    from customer_summary.views.page import Page as Page
    from customer_summary.views.page import Part as Part
    from customer_summary.views.page import Row as Row
    from customer_summary.views.page import Selector as Selector
    from customer_summary.views.reader import Reader as Reader
    from customer_summary.views.saving import conflict_part as conflict_part
    from customer_summary.views.saving import discarded_part as discarded_part
    from customer_summary.views.script_diagram import script_diagram as script_diagram
    from customer_summary.views.scripts import script_panel as script_panel
    from customer_summary.views.sentiment import course_part as course_part
    from customer_summary.views.sentiment import sentiment_alert as sentiment_alert
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
    from customer_summary.wire.script_files import FoundIn as FoundIn
    from customer_summary.wire.script_files import ScriptFile as ScriptFile
    from customer_summary.wire.script_files import Source as Source
    from customer_summary.wire.script_files import check_files as check_files
    from customer_summary.wire.script_files import read_scripts as read_scripts


_EXPORTS = {
    "domain.actor": (
        "Actor",
        "Party",
    ),
    "domain.capacity": (
        "Capacity",
        "CapacityProfile",
        "Demand",
        "Load",
        "ProfileReset",
        "ProfileUse",
        "SpentProfile",
        "Workload",
    ),
    "domain.case": (
        "Case",
        "CaseState",
        "CaseStatus",
        "Priority",
    ),
    "domain.centre": (
        "CentreSnapshot",
        "Member",
    ),
    "domain.channel": ("Channel",),
    "domain.condition": (
        "Comparison",
        "Condition",
        "MatchMode",
        "Operator",
    ),
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
    "domain.conversation_clocks": ("Clocks",),
    "domain.conversation_effects": (
        "NoteInTranscript",
        "TranscriptNote",
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
        "RecordLinked",
        "RecordUnlinked",
        "RecordsIdentified",
        "SelfServiceRecorded",
        "SessionClosed",
        "SkillAdded",
        "SkillRemoved",
    ),
    "domain.conversation_routing": (
        "Attempt",
        "DeclineReason",
        "Declined",
        "Routing",
    ),
    "domain.conversation_settings": (
        "AutoClose",
        "ConversationSettings",
    ),
    "domain.customer": (
        "Account",
        "Contact",
        "Customer",
    ),
    "domain.desk": (
        "AppFocus",
        "Desk",
        "EndedOffer",
        "HeldItem",
        "ItemStatus",
        "Screen",
    ),
    "domain.desk_effects": (
        "AnnouncePresence",
        "CancelMedia",
        "CloseSession",
        "DeskEffect",
        "DismissAlert",
        "DismissNotification",
        "FocusApp",
        "OpenSession",
        "Opens",
        "RemoveItem",
        "SetUpMedia",
        "ShowAlert",
        "ShowNotification",
        "Surface",
    ),
    "domain.desk_events": (
        "AcceptPressed",
        "BodyClicked",
        "CapacitySet",
        "ClosePressed",
        "DeskEvent",
        "DesktopPermission",
        "EndPressed",
        "FocusChanged",
        "ItemOpened",
        "MediaFailed",
        "MediaReady",
        "NotificationDisplayed",
        "OfferWithdrawn",
        "Offered",
        "RejectPressed",
        "WrapUpExtended",
        "WrapUpRequested",
        "WrapUpStarted",
    ),
    "domain.desk_settings": (
        "DeskSettings",
        "NotificationSettings",
        "PresenceSettings",
    ),
    "domain.directory": (
        "Attribute",
        "Criterion",
        "DirectoryRecord",
        "ExactQuery",
        "SearchQuery",
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
        "AgentSkillsSet",
        "CaseRecorded",
        "ContactRecorded",
        "ContextDefinitionsMade",
        "ConversationSettingsMade",
        "DeskSettingsMade",
        "Fact",
        "NoteTaken",
        "SettingMade",
        "SkillCatalogueMade",
    ),
    "domain.form": (
        "ColumnType",
        "FormColumn",
        "FormDraft",
        "FormSettings",
        "PendingEdit",
        "UNSUPPORTED_COLUMNS",
    ),
    "domain.form_effects": (
        "AnnounceChange",
        "Conflict",
        "FormEffect",
        "RecordEffect",
        "ReloadForm",
        "ShowConflicts",
    ),
    "domain.form_events": (
        "FieldEdited",
        "FormEvent",
        "FormRefreshed",
        "FormSaved",
        "FormSettingsMade",
    ),
    "domain.history": (
        "Excerpt",
        "History",
        "Position",
    ),
    "domain.identification": (
        "Claims",
        "Identification",
        "IdentificationKeys",
        "IdentifiedBy",
        "Match",
        "MatchResult",
        "PhoneSettings",
    ),
    "domain.macro": (
        "ActionKind",
        "ActionRule",
        "Connector",
        "FormAttribute",
        "Macro",
        "MacroAction",
    ),
    "domain.macro_run": (
        "ActionProgress",
        "ActionReport",
        "ActionStatus",
        "FailureReason",
        "MacroOutcome",
        "MacroRun",
        "MacroStatus",
    ),
    "domain.message": (
        "Author",
        "Message",
    ),
    "domain.named_value": ("NamedValue",),
    "domain.note": (
        "NoteDraft",
        "NoteStatus",
        "NoteText",
    ),
    "domain.note_events": (
        "KeepNote",
        "MoveNote",
        "NoteEffect",
        "NoteEvent",
        "NoteMoved",
        "NoteSaved",
        "NoteTyped",
    ),
    "domain.notification": (
        "Answer",
        "DesktopMode",
        "Look",
        "Notification",
        "NotificationStatus",
        "NotificationTemplate",
        "Offer",
        "OfferOutcome",
        "Override",
        "Scenario",
        "ShownField",
        "TemplateField",
    ),
    "domain.offer_messages": (
        "OfferAccepted",
        "OfferAssigned",
        "OfferMessage",
        "OfferMissed",
        "OfferRefused",
        "OfferRejected",
        "OfferUnseen",
        "RefusalReason",
        "SessionAbandoned",
        "SessionEnded",
        "SessionOpened",
        "SetupFailed",
    ),
    "domain.outcome": (
        "Applied",
        "Outcome",
        "Refused",
        "Unchanged",
    ),
    "domain.participant": (
        "Participant",
        "ParticipantRole",
    ),
    "domain.presence": (
        "Alert",
        "AlertKind",
        "BaseStatus",
        "Connection",
        "Ground",
        "LastActivity",
        "Presence",
        "PresenceChoice",
        "PresenceReason",
        "PresenceStatus",
    ),
    "domain.presence_events": (
        "AgentActive",
        "AgentConnected",
        "AgentDisconnected",
        "AlertRaised",
        "NextPresenceQueued",
        "PresenceChosen",
        "PresenceEvent",
        "PresenceReset",
        "WorkloadChanged",
    ),
    "domain.record": (
        "RecordKind",
        "RecordRef",
    ),
    "domain.record_events": (
        "CaseCancelled",
        "CaseReactivated",
        "CaseReasonChanged",
        "CaseResolved",
        "RecordEvent",
        "RecordSaved",
    ),
    "domain.record_sheet": (
        "ColumnChange",
        "ColumnEdit",
        "CustomValue",
        "RecordSheet",
        "RecordStatus",
    ),
    "domain.routing_events": (
        "AgentRouted",
        "ConversationEscalated",
        "ConversationPicked",
        "ConversationReopened",
        "ConversationSnoozed",
        "CustomerDisconnected",
        "CustomerReturned",
        "ParticipantJoined",
        "ParticipantLeft",
        "RecordDeleted",
        "RecordStateChanged",
        "SupervisorAssigned",
        "TransferCancelled",
        "TransferRequested",
    ),
    "domain.script": (
        "AgentScript",
        "ScriptChoice",
        "ScriptStep",
        "SessionTemplate",
        "StepKind",
        "StepState",
    ),
    "domain.script_effects": (
        "AbortAction",
        "LoadScript",
        "MacroEffect",
        "PerformAction",
        "ReportMacro",
        "ScriptEffect",
    ),
    "domain.script_events": (
        "ActionFailed",
        "ActionSucceeded",
        "MacroAnswer",
        "MacroCancelled",
        "MacroRecorded",
        "MacroRequested",
        "ProgressReset",
        "ScriptChosen",
        "ScriptEvent",
        "ScriptRecorded",
        "ScriptSessionStarted",
        "SessionTemplateRecorded",
        "StepMarkedDone",
        "SubScriptViewed",
        "WentBack",
    ),
    "domain.script_library": ("ScriptLibrary",),
    "domain.script_run": (
        "ScriptRun",
        "ScriptStatus",
        "StepProgress",
    ),
    "domain.self_service": (
        "SelfServiceAction",
        "SelfServiceKind",
    ),
    "domain.send": (
        "DeskMessage",
        "Send",
    ),
    "domain.sentiment": (
        "PlaceStatus",
        "Reading",
        "SentimentLevel",
        "SentimentPlace",
        "SentimentRule",
        "SentimentWindow",
        "text_digest",
    ),
    "domain.sentiment_effects": (
        "AnnounceSentiment",
        "AskScore",
        "Audience",
        "RaiseSentimentAlert",
        "SentimentEffect",
    ),
    "domain.sentiment_events": (
        "MessageDeleted",
        "MessageEdited",
        "MessageScored",
        "QueuesAssigned",
        "SentimentEvent",
        "SentimentSettingsMade",
        "SessionFocused",
    ),
    "domain.sentiment_settings": ("SentimentSettings",),
    "domain.survey": (
        "AnswerType",
        "PreChatSurvey",
        "Question",
        "SurveyAnswer",
    ),
    "domain.tick": ("Tick",),
    "domain.timeline": (
        "Activity",
        "ActivityStatus",
        "ActivityType",
        "NoteType",
        "QuickNote",
        "TimelineEntry",
    ),
    "domain.timeline_filters": (
        "DueStatus",
        "DueWithin",
        "EntryKind",
        "ModifiedWithin",
        "PostsBy",
        "TimelineFilters",
        "TimelineSort",
    ),
    "domain.visitor": ("VisitorDetails",),
    "domain.work": (
        "WorkItem",
        "WrapUp",
        "WrapUpMode",
    ),
    "domain.workstream": (
        "Distribution",
        "SkillMatching",
        "Workstream",
    ),
    "hosts.asyncio_centre": ("AsyncContactCentre",),
    "hosts.collection": (
        "collect",
        "collect_closed",
        "collect_customers",
    ),
    "hosts.contact_centre": ("ContactCentre",),
    "hosts.directories": ("MemoryDirectory",),
    "hosts.forms": (
        "FormTold",
        "Forms",
    ),
    "hosts.happened": ("Happened",),
    "hosts.replay": (
        "Scene",
        "Told",
        "find",
        "tell",
    ),
    "hosts.script_sessions": (
        "Guided",
        "ScriptSessions",
    ),
    "hosts.sentiments": (
        "Alerted",
        "Felt",
        "Sentiments",
    ),
    "hosts.sqlite_directory": ("SqliteDirectory",),
    "normalisers.embedded": ("EMBEDDED_PHONES",),
    "rules.admission": ("Admission",),
    "rules.assignment": (
        "Chosen",
        "choose",
    ),
    "rules.closed_items": ("closed_that_day",),
    "rules.context": ("typed_value",),
    "rules.conversation": ("ConversationLifeCycle",),
    "rules.creation": (
        "Created",
        "create_record",
        "new_case",
    ),
    "rules.desk": ("AgentDesk",),
    "rules.directory": ("Directory",),
    "rules.form": (
        "FormAnswer",
        "FormMachine",
        "FormRules",
    ),
    "rules.guidance": (
        "Guidance",
        "GuidedStep",
        "StepCommand",
        "guide",
    ),
    "rules.identification": (
        "Ask",
        "claims_of",
        "identified",
        "identify",
    ),
    "rules.lint": (
        "Finding",
        "FindingKind",
        "lint",
    ),
    "rules.machine": ("Machine",),
    "rules.macro_check": (
        "MacroProblem",
        "MacroProblemKind",
        "check_macro",
    ),
    "rules.macros": ("MacroRunner",),
    "rules.notes": (
        "NoteMachine",
        "note_goes_to",
        "record_from_note",
    ),
    "rules.notifications": ("NotificationPolicy",),
    "rules.page": (
        "Form",
        "NoPageReason",
        "switch_form",
    ),
    "rules.phones": (
        "OfferedPhones",
        "PhoneNormaliser",
        "choose_phones",
        "simple_phone",
    ),
    "rules.preflight": (
        "Preflight",
        "macro_values",
        "preflight",
        "slug_values",
    ),
    "rules.presence": ("PresenceMachine",),
    "rules.records": ("RecordLifeCycle",),
    "rules.routing": (
        "NotRoutable",
        "Obstacle",
        "why_not_routable",
    ),
    "rules.script_check": (
        "ScriptFinding",
        "ScriptFindingKind",
        "Severity",
        "check_scripts",
    ),
    "rules.scripts": ("ScriptRunner",),
    "rules.self_service": ("remember",),
    "rules.sentiment": ("SentimentPolicy",),
    "rules.sentiment_audience": (
        "NotAlerted",
        "Watcher",
        "is_visible",
        "why_agent_not_alerted",
        "why_supervisor_not_alerted",
    ),
    "rules.sentiment_course": (
        "SentimentCourse",
        "SentimentTrend",
    ),
    "rules.sentiment_ports": (
        "LanguageDetector",
        "OfferedPorts",
        "Ports",
        "ProfanityCheck",
        "Scorer",
        "choose_ports",
        "read_text",
    ),
    "rules.session_slugs": ("SessionSlugs",),
    "rules.skills": ("suggest_skills",),
    "rules.slugs": ("LookUp",),
    "rules.survey": (
        "check_configured",
        "context_of",
        "lint_survey",
        "options_of",
    ),
    "rules.timeline": (
        "TimelineFilter",
        "entry_matches",
    ),
    "scorers.embedded": (
        "EMBEDDED",
        "ExtraMissing",
    ),
    "views.closed": ("closed_work_items",),
    "views.desk": ("desk_panel",),
    "views.filters": ("filter_selectors",),
    "views.known": (
        "Known",
        "View",
    ),
    "views.page": (
        "Card",
        "Choice",
        "ClosedItem",
        "DeskPanel",
        "Field",
        "NoPage",
        "Page",
        "Part",
        "Row",
        "Selector",
    ),
    "views.reader": ("Reader",),
    "views.saving": (
        "conflict_part",
        "discarded_part",
    ),
    "views.script_diagram": ("script_diagram",),
    "views.scripts": ("script_panel",),
    "views.sentiment": (
        "course_part",
        "sentiment_alert",
    ),
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
    "wire.page": (
        "ClosedItemDocument",
        "NoPageDocument",
        "PageDocument",
        "page_document",
        "read_page",
        "write_page",
    ),
    "wire.prechat_card": (
        "PreChatCard",
        "read_answers",
        "read_card",
    ),
    "wire.schema": ("read_schema",),
    "wire.script_files": (
        "FoundIn",
        "ScriptFile",
        "Source",
        "check_files",
        "read_scripts",
    ),
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
