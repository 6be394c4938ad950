"""What a host hands over for a page, and what its agent chose to look at."""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.customer import Account, Contact, Customer
from customer_summary.domain.desk import Desk
from customer_summary.domain.directory import DirectoryRecord
from customer_summary.domain.errors import InvalidValue, kind_of
from customer_summary.domain.fields import Whole, checked
from customer_summary.domain.form import FormDraft, FormSettings
from customer_summary.domain.history import History, Position
from customer_summary.domain.message import Message
from customer_summary.domain.note import NoteDraft
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_sheet import RecordSheet
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.sentiment import SentimentWindow
from customer_summary.domain.timeline import Activity, QuickNote, TimelineEntry
from customer_summary.domain.timeline_filters import NO_FILTERS, TimelineFilters, TimelineSort
from customer_summary.rules.guidance import Guidance
from customer_summary.rules.timeline import TimelineFilter


def _kept(entries: Iterable[Any]) -> Iterable[Any]:
    """Keeps a history as it stands, and anything else as a tuple, so that it can be read more than once."""
    try:
        return entries if isinstance(entries, History) else tuple(entries)
    except TypeError:
        raise InvalidValue("entries", f"expected a list, got {kind_of(entries)}") from None


@attrs.frozen(kw_only=True)
class Known:
    """What a host hands over besides the conversation. Anything may be more than the page needs, in any order.

    `customer` and `case` are the linked records, None where the host does not have them; `cases` are the customer's;
    `timeline`, `messages` and `self_service` are histories. A `History` of the timeline or the messages is used as it
    stands, anything else is put in order first. `desk` is that of the agent who looks, with the limit of its sessions.
    `found` is what the agent's search found. `sentiment` is how the customer feels, None where the agent does not see
    it.

    `sheets` are those of the linked records and of the conversation, `form` the columns that were added to them.
    `draft` is what the agent typed on the form and did not save, `note` the quick note that they are writing; those of
    another agent do not show.
    `guidance` is what the agent may do with the scripts of the session, None where it has none; `session` are slugs
    that only the host knows, by name.
    """

    customer: Customer | None = None
    case: Case | None = None
    cases: Iterable[Case] = attrs.field(default=(), converter=_kept)
    timeline: Iterable[TimelineEntry] = attrs.field(default=(), converter=_kept)
    messages: Iterable[Message] = attrs.field(default=(), converter=_kept)
    self_service: Iterable[SelfServiceAction] = attrs.field(default=(), converter=_kept)
    desk: Desk | None = None
    session_limit: int = 10
    found: Iterable[DirectoryRecord] = attrs.field(default=(), converter=_kept)
    sentiment: SentimentWindow | None = None
    sheets: Iterable[RecordSheet] = attrs.field(default=(), converter=_kept)
    form: FormSettings = attrs.field(factory=FormSettings)
    draft: FormDraft | None = None
    note: NoteDraft | None = None
    guidance: Guidance | None = None
    session: Mapping[str, str] = attrs.field(factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        Whole(1, 1000).check(self.session_limit, "session_limit")
        for name, value in _single(self):
            if value is not None and not isinstance(value, _KINDS[name]):
                raise InvalidValue(name, f"expected a {name}, got {kind_of(value)}")
        for name in ("cases", "timeline", "messages", "self_service", "found", "sheets"):
            entries = getattr(self, name)
            if not isinstance(entries, History) and not all(isinstance(entry, _KINDS[name]) for entry in entries):
                raise InvalidValue(name, "holds something else")


def _single(known: Known) -> tuple[tuple[str, object], ...]:
    names = ("customer", "case", "desk", "sentiment", "form", "draft", "note", "guidance")
    return tuple((name, getattr(known, name)) for name in names)


_KINDS: Mapping[str, tuple[type, ...]] = {
    "customer": (Contact, Account),
    "case": (Case,),
    "desk": (Desk,),
    "sentiment": (SentimentWindow,),
    "form": (FormSettings,),
    "draft": (FormDraft,),
    "note": (NoteDraft,),
    "sheets": (RecordSheet,),
    "guidance": (Guidance,),
    "cases": (Case,),
    "timeline": (Activity, QuickNote),
    "messages": (Message,),
    "self_service": (SelfServiceAction,),
    "found": (Contact, Account, Case),
}

NOTHING_KNOWN = Known()


@attrs.frozen(kw_only=True, field_transformer=checked)
class View:
    """What the agent looks at: a group of activities, the timeline of one linked record, and how far they scrolled.

    `filters` and `sort` are those of the timeline. The three cursors are the `next` of the timeline, the recent cases
    and the messages shown before; that of the timeline holds for the order that it was made in.
    """

    shown: TimelineFilter = TimelineFilter.ALL
    selected: RecordRef | None = None
    after: Position | None = None
    cases_after: Position | None = None
    messages_after: Position | None = None
    filters: TimelineFilters = NO_FILTERS
    sort: TimelineSort = TimelineSort.NEWEST


FROM_THE_TOP = View()
