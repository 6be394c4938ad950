"""The clocks of a conversation: from which instants its deadlines count, and the limits they began with."""

from datetime import datetime, timedelta
from typing import Annotated

import attrs

from customer_summary.domain.fields import Id, Many, checked_when_read

MAX_HEARD = 10
"""So many messages are known by their ids, to tell one that comes again (our choice)."""


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class Clocks:
    """From when on something counts, by the limits that were in force as it began.

    `queued_on` is when the conversation came into its queue, `modified_on` when it was last changed. `closes_after` is
    the limit of its status, by a scheduler that looks every `looks_every`. `wrote_on` is when a message last came,
    `customer_wrote_on` one of the customer; `heard` are the ids of the newest ones. `opened_on` is when the present
    agent last opened a session of it, and `idle_after` how long nobody may write then. `snoozed_until` is when a
    waiting conversation goes back to its queue. `away_since` is when the customer went, `leaves_at` when that ends the
    talk, and `link_told` the newest instant told of their connection.
    """

    queued_on: datetime
    modified_on: datetime
    closes_after: timedelta | None = None
    looks_every: timedelta = timedelta(0)
    wrote_on: datetime | None = None
    customer_wrote_on: datetime | None = None
    heard: Annotated[tuple[Id, ...], Many(most=MAX_HEARD)] = ()
    opened_on: datetime | None = None
    idle_after: timedelta | None = None
    snoozed_until: datetime | None = None
    away_since: datetime | None = None
    leaves_at: datetime | None = None
    link_told: datetime | None = None
