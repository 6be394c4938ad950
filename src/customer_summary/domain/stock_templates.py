"""The templates that exist before anybody writes one (spec 8.1 to 8.3): for each scenario, and for each channel."""

from customer_summary.domain.channel import Channel
from customer_summary.domain.notification import Answer, Look, NotificationTemplate, Scenario

_INFORMING = (
    Scenario.CONVERSATION_ASSIGNMENT,
    Scenario.SUPERVISOR_ASSIGNMENT,
    Scenario.TRANSFER,
    Scenario.ESCALATION,
    Scenario.CASE_ASSIGNMENT,
)
"""Toasts; the others are alerts that ask for a decision. [seed 002; spec 8.2]"""

_CHANNELS = (
    Channel.LIVE_CHAT,
    Channel.CUSTOM,
    Channel.FACEBOOK,
    Channel.LINE,
    Channel.SMS,
    Channel.TEAMS,
    Channel.TWITTER,
    Channel.WECHAT,
    Channel.VOICE,
)
_INCOMING = {Channel.SMS: Scenario.INCOMING_SMS, Channel.VOICE: Scenario.INCOMING_VOICE}


def _of(
    scenario: Scenario, name: str, channel: Channel | None = None, *, known: bool | None = None
) -> NotificationTemplate:
    informs = scenario in _INFORMING
    return NotificationTemplate(
        name=name,
        scenario=scenario.value,
        channel=channel,
        customer_known=known,
        look=Look.TOAST if informs else Look.ALERT,
        answer=Answer.OPEN if informs else Answer.DECIDE,
    )


def _of_channel(channel: Channel) -> tuple[NotificationTemplate, ...]:
    incoming, name = _INCOMING.get(channel, Scenario.INCOMING_CHAT), channel.value
    return (
        _of(Scenario.CONSULT, f"{name}_consult", channel),
        _of(incoming, f"{name}_incoming_authenticated", channel, known=True),
        _of(incoming, f"{name}_incoming_unauthenticated", channel, known=False),
        _of(Scenario.TRANSFER, f"{name}_transfer", channel),
    )


STOCK_TEMPLATES = (
    *(_of(scenario, scenario.value) for scenario in Scenario),
    *(template for channel in _CHANNELS for template in _of_channel(channel)),
)
"""One for each scenario, and for each channel its own for a consult, an incoming conversation and a transfer."""
