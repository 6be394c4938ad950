"""What an offer of a conversation looks like: its template, and the fields that it can fill (spec 7.6, 8.3)."""

from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.desk_settings import NotificationSettings
from customer_summary.domain.errors import UnknownKey
from customer_summary.domain.notification import NotificationTemplate, Scenario, ShownField
from customer_summary.rules.notifications import NotificationPolicy
from customer_summary.rules.session_slugs import SessionSlugs

REOPENING = NotificationTemplate(
    name="reopening", scenario="reopening", auto_assign=True, auto_accept=True, instant=True
)
"""What opens a session at once: the agent asked for it."""
_STOCK = NotificationPolicy()


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
    """Fills the fields of a template from what the conversation knows; one with another slug is left out.

    What only the host knows, such as the name of the customer, it sets as a context variable: `{$oc.customerName}`.
    """
    return NotificationPolicy(settings).fields(template, SessionSlugs(state)) if template.fields else ()
