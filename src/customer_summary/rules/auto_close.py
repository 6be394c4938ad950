"""When a conversation closes by itself: the limits of its status, and the scheduler that looks now and then (3.3)."""

from datetime import UTC, datetime, timedelta

from customer_summary.domain.conversation import Conversation, ConversationStatus
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.work import WrapUpMode
from customer_summary.domain.workstream import Workstream

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BLOCKS_FOR_A_TIME = frozenset({WrapUpMode.TIMED, WrapUpMode.FORCED})


def limit_of(
    settings: ConversationSettings, stream: Workstream, state: Conversation, status: ConversationStatus
) -> timedelta | None:
    """Gives how long a conversation may stand in a status; None where it may for ever.

    A wrap-up that blocks capacity for a time lasts at least as long; one that blocks it always does not count. [3.3]
    """
    if status is ConversationStatus.WAITING:
        return stream.closes_waiting_after
    limits = settings.auto_close(state.channel, persistent=state.persistent)
    if status is ConversationStatus.WRAP_UP:
        wrap_up, own = stream.wrap_up, limits.wrap_up
        blocks = wrap_up.limit is not None and wrap_up.mode in _BLOCKS_FOR_A_TIME
        return max(own, wrap_up.limit) if blocks and own is not None and wrap_up.limit is not None else own
    return limits.open if status is ConversationStatus.OPEN else limits.active


def scheduler_after(instant: datetime, period: timedelta) -> datetime:
    """Gives the first instant after this one at which the scheduler looks: the multiples of its period since 1970.

    >>> scheduler_after(datetime(2026, 3, 2, 9, 20, tzinfo=UTC), timedelta(minutes=5)).time()
    datetime.time(9, 25)
    """
    if not period:
        return instant + _MICROSECOND
    return instant + period - (instant - EPOCH) % period
