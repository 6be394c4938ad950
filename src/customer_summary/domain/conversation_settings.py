"""What an administrator decides about conversations: when they close by themselves, and how they are offered again."""

from datetime import timedelta
from typing import Annotated

import attrs

from customer_summary.domain.channel import Channel
from customer_summary.domain.fields import Span, checked

_DAY = timedelta(days=1)
Limit = Annotated[timedelta, Span(most=timedelta(days=366))] | None


@attrs.frozen(kw_only=True, field_transformer=checked)
class AutoClose:
    """After how long a conversation closes by itself, by its status; None is never. [spec 3.3]"""

    open: Limit = 30 * _DAY
    active: Limit = None
    wrap_up: Limit = _DAY


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConversationSettings:
    """Everything an administrator decides about the life of conversations (spec 3.2, 3.3, 8.7).

    Limits of auto-close are those of a live chat, a persistent chat, a call (which goes to wrap-up from active), a
    record, and of anything else. `scheduler_period` is how often the scheduler looks; 0 is at once. `reconnect_within`
    is how long the customer of a live chat may be gone. `offer_grace` is how long after its last possible deadline an
    offer is taken back that no desk answered. `reoffer_after` is how soon an agent who did not take a conversation may
    be offered it again, where nobody else is left. `records_period` is how often records find an agent.
    """

    live_chat: AutoClose = AutoClose(open=timedelta(minutes=20), wrap_up=timedelta(minutes=15))
    persistent_chat: AutoClose = AutoClose()
    call: AutoClose = AutoClose(active=timedelta(hours=2))
    record: AutoClose = AutoClose(open=None, wrap_up=None)
    messaging: AutoClose = AutoClose(active=30 * _DAY)
    scheduler_period: Annotated[timedelta, Span(most=_DAY)] = timedelta(minutes=5)
    reconnect_within: Annotated[timedelta, Span(most=_DAY)] = timedelta(minutes=3)
    offer_grace: Annotated[timedelta, Span(most=_DAY)] = timedelta(seconds=60)
    reoffer_after: Annotated[timedelta, Span(most=_DAY)] = timedelta(seconds=30)
    records_period: Annotated[timedelta, Span(timedelta(seconds=1), _DAY)] = timedelta(minutes=5)

    def auto_close(self, channel: Channel, *, persistent: bool) -> AutoClose:
        """Gives the limits for a channel."""
        if channel is Channel.LIVE_CHAT:
            return self.persistent_chat if persistent else self.live_chat
        if channel.is_call:
            return self.call
        return self.record if channel is Channel.RECORD else self.messaging
