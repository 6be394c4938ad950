"""How a conversation finds its agent: the offer that is out, the one by which it is held, and who did not take it."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.fields import Id, Many, Text, Whole, checked_when_read
from customer_summary.domain.notification import Scenario

MAX_DECLINED = 100
"""So many agents who did not take a conversation are remembered; then the oldest is forgotten (our choice)."""


@attrs.frozen(field_transformer=checked_when_read)
class Attempt:
    """One offer of a conversation to an agent. `ends_at` is its last possible deadline.

    `backstop` is when it is taken back although no desk answered.
    """

    offer: Id
    agent: Id
    sent_at: datetime
    ends_at: datetime
    backstop: datetime


class DeclineReason(Enum):
    """Why an agent did not take a conversation, or did not keep it."""

    MISSED = "missed"
    REJECTED = "rejected"
    UNSEEN = "unseen"
    FAILED_SETUP = "failed_setup"
    RELEASED = "released"
    ABANDONED = "abandoned"


@attrs.frozen(field_transformer=checked_when_read)
class Declined:
    """An agent who did not take a conversation, or gave it back.

    They are offered it again only where nobody else is left, and not before `rests_until`; `rested` says that this
    instant has come. [spec 8.7]
    """

    agent: Id
    reason: DeclineReason
    at: datetime
    rests_until: datetime
    rested: bool = False


@attrs.frozen(field_transformer=checked_when_read)
class Routing:
    """Where a conversation stands on its way to an agent.

    `workstream` names its settings; empty says that somebody else routes it. `priority` is greater for what goes first.
    `scenario` is that of the next offer, None for the one of an incoming item. `attempts` counts its offers, and the
    id of each offer names its number. `offer` is the one that is out, `held` the one by which the present agent has the
    conversation, and `session` the number of the newest session that they opened of it. `prefers` is the agent to whom
    it goes back. `with_bot` says that a bot still talks to the customer.
    """

    workstream: str = ""
    priority: Annotated[int, Whole(most=1000)] = 0
    scenario: Scenario | None = None
    attempts: Annotated[int, Whole()] = 0
    offer: Attempt | None = None
    held: Attempt | None = None
    session: Annotated[int, Whole()] = 0
    declined: Annotated[tuple[Declined, ...], Many(most=MAX_DECLINED, unique="agent")] = ()
    prefers: Annotated[str, Text(strip=False)] = ""
    with_bot: bool = False


ROUTED_ELSEWHERE = Routing()
