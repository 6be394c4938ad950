"""The clocks of a conversation: from which instants its deadlines count, and the limits they began with."""

from datetime import datetime, timedelta

import attrs

from customer_summary.domain.fields import checked_when_read
from customer_summary.domain.history import Position


@attrs.frozen(kw_only=True, field_transformer=checked_when_read)
class Clocks:
    """From when on something counts, by the limits that were in force as it began.

    `queued_on` is when the conversation came into its queue, or its customer last wrote there; `modified_on` when it
    was last changed. `closes_after` is the limit of its status. `wrote_on` is when a message last came;
    `customer_wrote` and `others_wrote` are the newest messages by their own instants, so that one which comes late or
    twice counts no more. `idle_after` is how long nobody may write. `snoozed_until` is when a waiting conversation
    goes back to its queue. `away_since` is when the customer went, `leaves_at` when that ends the talk, and
    `link_told` the newest instant told of their connection.
    """

    queued_on: datetime
    modified_on: datetime
    closes_after: timedelta | None = None
    wrote_on: datetime | None = None
    customer_wrote: Position | None = None
    others_wrote: Position | None = None
    idle_after: timedelta | None = None
    snoozed_until: datetime | None = None
    away_since: datetime | None = None
    leaves_at: datetime | None = None
    link_told: datetime | None = None
