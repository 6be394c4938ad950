"""Where work comes from: a workstream says what its items take and how they find their agent (spec 12)."""

from datetime import timedelta
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.capacity import NO_DEMAND, Demand
from customer_summary.domain.channel import Channel
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Many, Name, Span, checked
from customer_summary.domain.presence import BaseStatus
from customer_summary.domain.work import BLOCKS_ALWAYS, DEFAULT_ALLOWED, WorkItem, WrapUp


class Distribution(Enum):
    """Whether items are pushed to an agent, or picked by one from the list of open work items."""

    PUSH = "push"
    PICK = "pick"


class SkillMatching(Enum):
    """Which agents suit an item by skills: those with all of its skills, those with most of them, or everybody."""

    EXACT = "exact"
    CLOSEST = "closest"
    NONE = "none"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Workstream:
    """Where work comes from: its channel, what an item takes, and the presences that get it. [spec 12]

    `keep_same_agent` gives what resumes back to the agent who had it. `closes_waiting_after` is how long an item may
    wait for its customer. `idle_after` ends a talk in which nobody wrote for so long; off where None. Refuses, with
    `InvalidValue`, a call that is picked, affinity where items are picked, and `idle_after` where nobody writes.
    """

    name: Name
    channel: Channel
    demand: Demand = NO_DEMAND
    allowed: Annotated[tuple[BaseStatus, ...], Many(most=len(BaseStatus))] = DEFAULT_ALLOWED
    wrap_up: WrapUp = BLOCKS_ALWAYS
    distribution: Distribution = Distribution.PUSH
    skill_matching: SkillMatching = SkillMatching.EXACT
    keep_same_agent: bool = False
    closes_waiting_after: Annotated[timedelta, Span(timedelta(minutes=1))] = timedelta(days=28)
    idle_after: Annotated[timedelta, Span(timedelta(minutes=2), timedelta(minutes=480))] | None = None

    def __attrs_post_init__(self) -> None:
        is_pick = self.distribution is Distribution.PICK
        for field, rule, holds in (
            ("distribution", "a call can only be pushed", not (is_pick and self.channel.is_call)),
            ("idle_after", "only where people write", self.idle_after is None or self.channel.is_messaging),
            ("keep_same_agent", "only what is pushed goes back to its agent", not (is_pick and self.keep_same_agent)),
        ):
            if not holds:
                raise InvalidValue(field, rule)

    def item(self, conversation: str) -> WorkItem:
        """Gives a conversation of this workstream as what is given to an agent."""
        return WorkItem(
            conversation=conversation,
            channel=self.channel,
            demand=self.demand,
            allowed=self.allowed,
            wrap_up=self.wrap_up,
        )
