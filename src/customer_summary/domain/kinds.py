"""Every class of value that is stored and sent: what has a document, and a strategy."""

from typing import get_args

from customer_summary.domain.case import Case
from customer_summary.domain.configuration import PageConfiguration
from customer_summary.domain.context import ContextDefinition, ContextVariable
from customer_summary.domain.conversation import Conversation, Skill
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.facts import Fact
from customer_summary.domain.history import Position
from customer_summary.domain.message import Message
from customer_summary.domain.record import RecordRef
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.survey import PreChatSurvey, Question, SurveyAnswer
from customer_summary.domain.timeline import Activity, QuickNote
from customer_summary.domain.visitor import VisitorDetails

FACT_KINDS: tuple[type, ...] = get_args(Fact)
"""The class of every fact of a log."""

KINDS: tuple[type, ...] = (
    *FACT_KINDS,
    Account,
    Activity,
    Case,
    Contact,
    ContextDefinition,
    ContextVariable,
    Conversation,
    Message,
    PageConfiguration,
    Position,
    PreChatSurvey,
    Question,
    QuickNote,
    RecordRef,
    SelfServiceAction,
    Skill,
    SurveyAnswer,
    VisitorDetails,
)
"""Every class of value that has a document."""
