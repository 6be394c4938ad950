"""What an offer of a conversation looks like: its template, and the fields that it can fill (spec 7.6, 8.3)."""

from collections.abc import Mapping

from customer_summary.domain.channel import Channel
from customer_summary.domain.context import stored_form
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.desk_settings import NotificationSettings
from customer_summary.domain.errors import UnknownKey
from customer_summary.domain.notification import NotificationTemplate, Scenario, ShownField
from customer_summary.rules.notifications import NotificationPolicy

REOPENING = NotificationTemplate(
    name="reopening", scenario="reopening", auto_assign=True, auto_accept=True, instant=True
)
"""What opens a session at once: the agent asked for it."""
_STOCK = NotificationPolicy()
_OF_CUSTOMER = ("customerEntityName", "customerRecordId")


def incoming(channel: Channel) -> Scenario:
    """Gives the scenario of an item that comes in over a channel. [seed 002]"""
    if channel is Channel.RECORD:
        return Scenario.CASE_ASSIGNMENT
    if channel.is_call:
        return Scenario.INCOMING_VOICE
    if channel is Channel.SMS:
        return Scenario.INCOMING_SMS
    return Scenario.INCOMING_CHAT if channel.is_messaging else Scenario.CONVERSATION_ASSIGNMENT


def template_for(settings: NotificationSettings, state: Conversation, scenario: Scenario) -> NotificationTemplate:
    """Gives the template of an offer; the stock one where nobody wrote any that fits."""
    known = state.customer is not None
    try:
        return NotificationPolicy(settings).choose(scenario.value, state.channel, customer_known=known)
    except UnknownKey:
        return _STOCK.choose(scenario.value, state.channel, customer_known=known)


def fields_of(
    settings: NotificationSettings, template: NotificationTemplate, state: Conversation
) -> tuple[ShownField, ...]:
    """Fills the fields of a template from what the conversation knows; one with another slug is left out."""
    return NotificationPolicy(settings).fields(template, slugs_of(state).get) if template.fields else ()


_OWN = ("LiveWorkItemId", "queueId", "visitorLanguage", "visitorDevice", "caseId", "caseTitle", *_OF_CUSTOMER)


def slugs_of(state: Conversation) -> Mapping[str, str]:
    """Gives the slugs that a conversation knows: its own, answers of the survey, context variables. [spec 7.6]

    No name that a visitor sent takes the place of one of its own. The customer's record only where they are
    authenticated. A host that wants more, such as the name of the customer, sets a context variable.
    """
    found = {variable.name: variable.stored for variable in state.context if variable.name not in _OWN}
    answers = ((one.question.name, stored_form(one.answer)) for one in state.survey)
    found |= {name: answer for name, answer in answers if name not in _OWN}
    own = {
        "LiveWorkItemId": state.id,
        "queueId": state.queue,
        "visitorLanguage": state.visitor.language,
        "visitorDevice": state.visitor.device,
        "caseId": state.case_id,
    }
    if state.visitor.authenticated and state.customer is not None:
        own |= dict(zip(_OF_CUSTOMER, (state.customer.kind.value, state.customer.id), strict=True))
    return found | {name: value for name, value in own.items() if value}
