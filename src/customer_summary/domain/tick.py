"""Time as an event."""

from datetime import datetime

import attrs

from customer_summary.domain.fields import checked


@attrs.frozen(kw_only=True, field_transformer=checked)
class Tick:
    """Time has come to `at`, and nothing else has happened. A machine settles what is due by then."""

    at: datetime
