"""Notifications: templates, the offers they show, and how far one has come (spec 8)."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.channel import Channel
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Many, Name, Span, Text, Whole, checked, checked_when_read
from customer_summary.domain.presence import PresenceStatus
from customer_summary.domain.work import WorkItem

UNSEEN_AFTER = timedelta(minutes=8)
"""How long after its time-out an offer that was not displayed in time is taken back. [seed 002]"""
NO_TIME = timedelta(0)
LONGEST = timedelta(hours=1) + UNSEEN_AFTER + timedelta(hours=1)
"""No offer that was sent before now ends later than this from now."""
MAX_FIELDS = 4
MAX_SHOWN = 4000


class Scenario(Enum):
    """The scenarios of the source; a host may name others. [seed 002, spec 8.1]"""

    CASE_ASSIGNMENT = "case_assignment"
    INCOMING_CHAT = "incoming_chat"
    INCOMING_SMS = "incoming_sms"
    INCOMING_VOICE = "incoming_voice"
    CONVERSATION_ASSIGNMENT = "conversation_assignment"
    TRANSFER = "transfer"
    ESCALATION = "escalation"
    BOT_ESCALATION = "bot_escalation"
    CONSULT = "consult"
    SUPERVISOR_ASSIGNMENT = "supervisor_assignment"


class Look(Enum):
    """A toast informs and goes by itself; an alert has buttons and must be answered in time. [seed 002]"""

    TOAST = "toast"
    ALERT = "alert"


class Answer(Enum):
    """What a notification asks for: a decision, an Open button, or nothing."""

    DECIDE = "decide"
    OPEN = "open"
    NONE = "none"


class DesktopMode(Enum):
    """When a notification also shows on the desktop. [spec 8.5]"""

    NEVER = "never"
    BACKGROUND = "background"
    ALWAYS = "always"


@attrs.frozen(kw_only=True, field_transformer=checked)
class TemplateField:
    """One line of a notification: its header, and a text with slugs such as `{customerName}`."""

    name: Name
    header: Name
    value: Annotated[str, Text(most=4000, strip=False)]


@attrs.frozen(kw_only=True, field_transformer=checked)
class NotificationTemplate:
    """How a notification of one scenario looks and what it asks (spec 8.3).

    `channel` and `customer_known` narrow down when it is used; None fits all. `instant` is about automatic answers: at
    once, or when the countdown is over. `setup_limit` asks for two phases: accepted, then media ready within this time.
    Labels that are empty are the catalogue's. Refuses, with `InvalidValue`, more than 4 fields, a time-out outside 1 s
    to 3600 s (0 only where an instant automatic answer needs none), automatic acceptance without automatic assignment,
    an alert that does not decide or a toast that does, and a case assignment that asks for a decision.
    """

    name: Name
    scenario: Name
    channel: Channel | None = None
    customer_known: bool | None = None
    title: Annotated[str, Text()] = ""
    icon: Annotated[str, Text()] = ""
    look: Look = Look.ALERT
    answer: Answer = Answer.DECIDE
    timeout: Annotated[timedelta, Span(most=timedelta(hours=1))] = timedelta(seconds=120)
    show_timeout: bool = True
    auto_assign: bool = False
    auto_accept: bool = False
    instant: bool = False
    accept_label: Annotated[str, Text()] = ""
    reject: bool = False
    reject_label: Annotated[str, Text()] = ""
    reject_reasons: Annotated[tuple[Name, ...], Many(most=50)] = ()
    reason_required: bool = False
    desktop: DesktopMode = DesktopMode.NEVER
    setup_limit: Annotated[timedelta, Span(timedelta(seconds=1), timedelta(hours=1))] | None = None
    fields: Annotated[tuple[TemplateField, ...], Many(most=MAX_FIELDS, unique="name")] = ()

    def __attrs_post_init__(self) -> None:
        at_once = self.auto_assign and self.instant
        for field, rule, holds in (
            ("timeout", "must lie between 1 and 3600 seconds", at_once or self.timeout >= timedelta(seconds=1)),
            ("auto_accept", "needs auto_assign", self.auto_assign or not self.auto_accept),
            ("instant", "needs auto_assign", self.auto_assign or not self.instant),
            ("answer", "an alert decides, a toast does not", self.decides is (self.look is Look.ALERT)),
            ("answer", "a case assignment asks for no decision", not (self.is_of_case and self.decides)),
            ("auto_assign", "a toast is assigned already", self.look is Look.ALERT or not self.auto_assign),
            ("setup_limit", "only what is accepted is set up", self.setup_limit is None or self.is_accepted),
            ("reason_required", "needs reject_reasons", bool(self.reject_reasons) or not self.reason_required),
        ):
            if not holds:
                raise InvalidValue(field, rule)

    @property
    def is_of_case(self) -> bool:
        """Whether it announces that a case was assigned, which can be neither rejected nor missed. [seed 002]"""
        return self.scenario == Scenario.CASE_ASSIGNMENT.value

    @property
    def decides(self) -> bool:
        """Whether the agent's answer counts; otherwise the item is assigned as it comes."""
        return self.answer is Answer.DECIDE

    @property
    def is_accepted(self) -> bool:
        """Whether it ends in an acceptance, the agent's or its own, and not in an assignment."""
        return self.decides and (self.auto_accept or not self.auto_assign)

    @property
    def shows_countdown(self) -> bool:
        """Whether the notification shows the time left. The time runs anyway; auto-accept always shows it."""
        return self.auto_accept or self.show_timeout

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to see: what accepts itself at once opens its session instead."""
        return not (self.auto_accept and self.instant)


class Override(Enum):
    """Why an offer comes whatever the agent's capacity, and all but a pick whatever their presence. [spec 12]"""

    SUPERVISOR = "supervisor"
    AFFINITY = "affinity"
    PICK = "pick"

    @property
    def skips_presence(self) -> bool:
        """Whether it comes whatever the presence; what the agent picks does not."""
        return self is not Override.PICK


@attrs.frozen(field_transformer=checked)
class ShownField:
    """One line of a notification as it shows; what it says may be the customer's."""

    header: Name
    text: Annotated[str, Text(most=MAX_SHOWN, strip=False), SECRET]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Offer:
    """One attempt to give an item to an agent, with everything pinned. The id names conversation and attempt."""

    id: Id
    item: WorkItem
    template: NotificationTemplate
    sent_at: datetime
    override: Override | None = None
    fields: Annotated[tuple[ShownField, ...], Many(most=MAX_FIELDS)] = ()

    @property
    def times_out_at(self) -> datetime:
        """When the time-out runs out: an answer at this instant comes too late."""
        return self.sent_at + self.template.timeout

    @property
    def unseen_at(self) -> datetime:
        """When it is taken back if it was not displayed in time; an offer that comes from then on has lapsed."""
        return self.times_out_at + UNSEEN_AFTER

    @property
    def ends_at(self) -> datetime:
        """The last instant at which anything can still be due of it: it may be accepted late, and then be set up."""
        return self.unseen_at + (self.template.setup_limit or NO_TIME)

    @property
    def is_assignment(self) -> bool:
        """Whether the item is the agent's as it comes: a toast, and a record whatever its notification looks like.

        Records are routed by assignment; a consult about one still asks. [seed 002; spec 8.3]
        """
        template = self.template
        of_record = self.item.is_record and template.scenario != Scenario.CONSULT.value
        return not template.decides or (of_record and not template.auto_accept)

    @property
    def can_be_missed(self) -> bool:
        """Whether not answering means anything. What is assigned or accepted by itself is never missed."""
        return not self.is_assignment and not self.template.auto_assign

    @property
    def may_reject(self) -> bool:
        """Whether the agent can reject: where it asks for a decision, and the button is switched on. [spec 8.4]"""
        return self.template.reject and self.can_be_missed

    @property
    def takes_slot(self) -> bool:
        """Whether it leads to a session, and so reserves a place for one."""
        return self.can_be_missed or self.template.auto_accept


class NotificationStatus(Enum):
    """How far a notification has come."""

    SENT = "sent"
    DISPLAYED = "displayed"
    DISPLAYED_LATE = "displayed_late"
    SETTING_UP = "setting_up"
    ENDED = "ended"


class OfferOutcome(Enum):
    """How an offer ended. Each offer ends in exactly one of these."""

    ACCEPTED = "accepted"
    AUTO_ACCEPTED = "auto_accepted"
    ASSIGNED = "assigned"
    REJECTED = "rejected"
    MISSED = "missed"
    UNSEEN = "unseen"
    REFUSED = "refused"
    FAILED_SETUP = "failed_setup"
    WITHDRAWN = "withdrawn"


GIVES_ITEM = frozenset({OfferOutcome.ACCEPTED, OfferOutcome.AUTO_ACCEPTED, OfferOutcome.ASSIGNED})
"""The outcomes by which the item is the agent's."""


@attrs.frozen(field_transformer=checked_when_read)
class Notification:
    """One offer on an agent's screen. `reason` is why it was rejected, `on_missed` and `on_rejected` what that sets.

    `ready_by` is the deadline of the set-up; `by_itself` says that nobody pressed Accept,
    `window` in which one somebody did. `sent_ahead` is when it was sent by a clock that was ahead of ours.
    """

    offer: Offer
    agent: Id
    at: datetime
    transitions: Annotated[int, Whole()] = 0
    status: NotificationStatus = NotificationStatus.SENT
    outcome: OfferOutcome | None = None
    reason: str = ""
    ready_by: datetime | None = None
    by_itself: bool = False
    window: str = ""
    on_missed: PresenceStatus | None = None
    on_rejected: PresenceStatus | None = None
    sent_ahead: datetime | None = None

    @property
    def remembered(self) -> datetime:
        """How long the offer must be known: until no copy of it, read by its sender's clock, could begin anew."""
        ahead = NO_TIME if self.sent_ahead is None else self.sent_ahead - self.offer.sent_at
        return self.offer.ends_at + ahead

    @property
    def is_pending(self) -> bool:
        """Whether the agent can still answer."""
        return self.status not in {NotificationStatus.SETTING_UP, NotificationStatus.ENDED}

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a state that no machine gives."""
        for field, rule, holds in (
            ("outcome", "an ended notification has one", (self.outcome is None) is (self.status is not _ENDED)),
            ("ready_by", "missing", (self.ready_by is None) is (self.status is not NotificationStatus.SETTING_UP)),
        ):
            if not holds:
                raise InvalidValue(field, rule)


_ENDED = NotificationStatus.ENDED
