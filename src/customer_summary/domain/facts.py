"""The facts of a log: settings, records as the store held them, and events of conversations.

`at` is the instant at which the host received the fact. Of two versions of a record, or of two values of a setting,
the one that stands later in the log holds.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any, TypeAlias

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.configuration import PageConfiguration, Setting, SettingLevel, checked_setting
from customer_summary.domain.context import ContextDefinition
from customer_summary.domain.conversation import MAX_SKILLS
from customer_summary.domain.conversation_events import ConversationEvent, ConversationStarted
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.desk_events import AgentEvent, OfferEvent
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Name, checked
from customer_summary.domain.form_events import FormFact, FormSettingsMade
from customer_summary.domain.note_events import NoteFact
from customer_summary.domain.record_events import RecordFact
from customer_summary.domain.script_events import ScriptFact
from customer_summary.domain.sentiment_events import SentimentFact
from customer_summary.domain.timeline import Activity, QuickNote


def _plain_setting(value: Any) -> Any:
    """Gives a setting in the form that travels."""
    if isinstance(value, Enum):
        return str(value.value)
    return tuple(value) if isinstance(value, list) else value


@attrs.frozen(kw_only=True, field_transformer=checked)
class SettingMade:
    """An administrator made a setting of the page, for the environment or for the app.

    `name` is an attribute of `PageConfiguration`, and `value` must suit it.
    """

    at: datetime
    level: SettingLevel = SettingLevel.APP
    name: Name
    value: Setting = attrs.field(converter=_plain_setting)

    def __attrs_post_init__(self) -> None:
        checked_setting(self.name, self.value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContactRecorded:
    """The store holds this contact."""

    at: datetime
    contact: Contact


@attrs.frozen(kw_only=True, field_transformer=checked)
class AccountRecorded:
    """The store holds this account."""

    at: datetime
    account: Account


@attrs.frozen(kw_only=True, field_transformer=checked)
class CaseRecorded:
    """The store holds this case."""

    at: datetime
    case: Case


@attrs.frozen(kw_only=True, field_transformer=checked)
class ActivityRecorded:
    """An activity was recorded on a record."""

    at: datetime
    activity: Activity


@attrs.frozen(kw_only=True, field_transformer=checked)
class NoteTaken:
    """Somebody took a quick note."""

    at: datetime
    note: QuickNote


@attrs.frozen(kw_only=True, field_transformer=checked)
class DeskSettingsMade:
    """An administrator made the settings of agents' desks, all at once. They govern what starts from then on."""

    at: datetime
    settings: DeskSettings


MAX_CATALOGUE = 10_000
MAX_DEFINITIONS = 1000


@attrs.frozen(kw_only=True, field_transformer=checked)
class SkillCatalogueMade:
    """An administrator made the catalogue of skills: agents add no others from then on."""

    at: datetime
    skills: Annotated[tuple[Name, ...], Many(most=MAX_CATALOGUE)]

    def __attrs_post_init__(self) -> None:
        if len(set(self.skills)) < len(self.skills):
            raise InvalidValue("skills", "no two may be the same")


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContextDefinitionsMade:
    """An administrator defined context variables, all at once: their values must suit them from then on."""

    at: datetime
    definitions: Annotated[tuple[ContextDefinition, ...], Many(most=MAX_DEFINITIONS, unique="name")]


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationSettingsMade:
    """An administrator made the settings of conversations, all at once. They govern what starts from then on."""

    at: datetime
    settings: ConversationSettings


@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentSkillsSet:
    """These skills an agent has, since `since`; routing matches them to those of a conversation. [spec 12]"""

    at: datetime
    agent: Id
    skills: Annotated[tuple[Name, ...], Many(most=MAX_SKILLS)]
    since: datetime


Record: TypeAlias = ContactRecorded | AccountRecorded | CaseRecorded | ActivityRecorded | NoteTaken
Fact: TypeAlias = (
    SettingMade
    | DeskSettingsMade
    | SkillCatalogueMade
    | ContextDefinitionsMade
    | ConversationSettingsMade
    | AgentSkillsSet
    | Record
    | ConversationStarted
    | ConversationEvent
    | AgentEvent
    | OfferEvent
    | SentimentFact
    | FormSettingsMade
    | FormFact
    | RecordFact
    | NoteFact
    | ScriptFact
)


def configuration_of(settings: "dict[tuple[SettingLevel, str], SettingMade]") -> PageConfiguration:
    """Gives the configuration that the settings in force make: the app's value overrides the environment's."""
    environment, app = (
        {name: one.value for (level, name), one in settings.items() if level is wanted} for wanted in SettingLevel
    )
    return PageConfiguration.of(environment, app)
