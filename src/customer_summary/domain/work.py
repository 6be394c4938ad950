"""A work item: a conversation or a record, as routing and the agent's desk see it (spec 12)."""

from datetime import timedelta
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.capacity import NO_DEMAND, Demand
from customer_summary.domain.channel import Channel
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Span, Whole, checked
from customer_summary.domain.presence import BaseStatus

DEFAULT_ALLOWED = (BaseStatus.AVAILABLE, BaseStatus.BUSY)


class WrapUpMode(Enum):
    """What is asked of an agent once the talk is over. [spec 12]

    Mandatory: capacity stays in use until the agent is done. Optional: it is free at once. Timed: until the agent is
    done, or the time is. Forced: until the time is over; the session cannot be closed before. On request: free, unless
    the agent asks for the time.
    """

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    TIMED = "timed"
    FORCED = "forced"
    ON_REQUEST = "on_request"


_HAVE_TIME = frozenset({WrapUpMode.TIMED, WrapUpMode.FORCED, WrapUpMode.ON_REQUEST})
Length = Annotated[timedelta, Span(timedelta(seconds=1), timedelta(hours=1))]


@attrs.frozen(kw_only=True, field_transformer=checked)
class WrapUp:
    """A wrap-up as it began: its mode, how long it lasts, and how often it can be made longer, by how much."""

    mode: WrapUpMode = WrapUpMode.MANDATORY
    limit: Length | None = None
    extension: Length | None = None
    extensions: Annotated[int, Whole(most=100)] = 0

    def __attrs_post_init__(self) -> None:
        if (self.limit is not None) is not (self.mode in _HAVE_TIME):
            raise InvalidValue("limit", "a timed, a forced and a requested wrap-up have one, no other")
        if (self.extension is not None) is not (self.extensions > 0):
            raise InvalidValue("extension", "comes with how often")
        if self.extensions and self.limit is None:
            raise InvalidValue("extensions", "only what has a limit can be made longer")


BLOCKS_ALWAYS = WrapUp()


@attrs.frozen(kw_only=True, field_transformer=checked)
class WorkItem:
    """What is given to an agent: a conversation, its channel, what it takes, and which presences get it."""

    conversation: Id
    channel: Channel
    demand: Demand = NO_DEMAND
    allowed: Annotated[tuple[BaseStatus, ...], Many(most=len(BaseStatus))] = DEFAULT_ALLOWED
    wrap_up: WrapUp = BLOCKS_ALWAYS

    @property
    def is_record(self) -> bool:
        """Whether it is a case or another record: it stays with its agent when the session is closed. [spec 3.2]"""
        return self.channel is Channel.RECORD
