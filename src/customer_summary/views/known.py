"""What a host hands over for a page, and what its agent chose to look at."""

from collections.abc import Iterable

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.customer import Customer
from customer_summary.domain.history import Position
from customer_summary.domain.message import Message
from customer_summary.domain.record import RecordRef
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.timeline import TimelineEntry
from customer_summary.rules.timeline import TimelineFilter


@attrs.frozen(kw_only=True)
class Known:
    """What a host hands over besides the conversation. Anything may be more than the page needs, in any order.

    `customer` and `case` are the linked records, None where the host does not have them; `cases` are the customer's;
    `timeline`, `messages` and `self_service` are histories. A `History` is used as it stands, anything else is put
    in order first.
    """

    customer: Customer | None = None
    case: Case | None = None
    cases: Iterable[Case] = ()
    timeline: Iterable[TimelineEntry] = ()
    messages: Iterable[Message] = ()
    self_service: Iterable[SelfServiceAction] = ()


NOTHING_KNOWN = Known()


@attrs.frozen(kw_only=True)
class View:
    """What the agent looks at: a group of activities, the timeline of one linked record, and how far they scrolled.

    The three cursors are the `next` of the timeline, the recent cases and the messages shown before.
    """

    shown: TimelineFilter = TimelineFilter.ALL
    selected: RecordRef | None = None
    after: Position | None = None
    cases_after: Position | None = None
    messages_after: Position | None = None


FROM_THE_TOP = View()
