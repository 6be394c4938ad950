"""The person who reads the page: their language, their zone, the instant at which they look, their host's words.

pendulum works here, where people read time, and only when a text is asked for.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import attrs
import pendulum
from pendulum.formatting import Formatter
from pendulum.formatting.difference_formatter import DifferenceFormatter
from pendulum.locales.locale import Locale

from customer_summary.domain.case import CaseState, CaseStatus, Priority
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import ConversationStatus, Skill
from customer_summary.domain.desk import ItemStatus
from customer_summary.domain.errors import InvalidValue, UnknownKey, kind_of
from customer_summary.domain.fields import checked
from customer_summary.domain.identification import IdentifiedBy
from customer_summary.domain.macro import ActionKind
from customer_summary.domain.macro_run import ActionStatus, FailureReason, MacroOutcome
from customer_summary.domain.message import Author
from customer_summary.domain.notification import DesktopMode, Look, NotificationStatus, OfferOutcome, Scenario
from customer_summary.domain.presence import STOCK, AlertKind, BaseStatus, PresenceReason, PresenceStatus
from customer_summary.domain.script import StepKind, StepState
from customer_summary.domain.self_service import SelfServiceKind
from customer_summary.domain.sentiment import PlaceStatus, SentimentLevel
from customer_summary.domain.timeline import ActivityStatus, ActivityType, NoteType
from customer_summary.domain.timeline_filters import (
    DueStatus,
    DueWithin,
    EntryKind,
    ModifiedWithin,
    PostsBy,
    TimelineSort,
)
from customer_summary.domain.zone import check_zone
from customer_summary.rules.sentiment_course import SentimentTrend

LOCALES = ("en", "nl", "fr", "uk")
"""The languages of the page."""

_WORDS_OF: Mapping[type[Enum], str] = {
    ActionKind: "macro.action",
    ActionStatus: "script.state",
    ActivityStatus: "activity.status",
    ActivityType: "activity.type",
    Author: "author",
    BaseStatus: "presence",
    CaseState: "case.state",
    CaseStatus: "case.status",
    Channel: "channel",
    ConversationStatus: "conversation.state",
    DesktopMode: "notification.desktop",
    IdentifiedBy: "identified_by",
    DueStatus: "activity.status",
    DueWithin: "timeline.due",
    EntryKind: "timeline.kind",
    ItemStatus: "item.status",
    Look: "notification.type",
    ModifiedWithin: "timeline.modified",
    FailureReason: "script.reason",
    MacroOutcome: "script.state",
    NoteType: "timeline",
    PlaceStatus: "sentiment.place",
    PostsBy: "timeline.posts_by",
    PresenceReason: "presence.reason",
    Priority: "case.priority",
    Scenario: "scenario",
    SelfServiceKind: "self_service",
    SentimentLevel: "sentiment",
    SentimentTrend: "sentiment.trend",
    TimelineSort: "timeline.sort",
    StepKind: "script.step",
    StepState: "script.state",
}
"""Where the words of a kind or a state begin; its stable name follows."""

_LABEL_OF: Mapping[Enum, str] = {
    AlertKind.MISSED: "alert.missed.title",
    AlertKind.REJECTED: "alert.rejected.title",
    AlertKind.SESSION_LIMIT: "alert.session_limit.title",
    NotificationStatus.SENT: "outcome.pending",
    NotificationStatus.DISPLAYED: "outcome.pending",
    NotificationStatus.DISPLAYED_LATE: "outcome.pending",
    NotificationStatus.SETTING_UP: "outcome.setting_up",
    NotificationStatus.ENDED: "notification.ended",
    OfferOutcome.ACCEPTED: "outcome.accepted",
    OfferOutcome.AUTO_ACCEPTED: "outcome.auto_accepted",
    OfferOutcome.ASSIGNED: "outcome.auto_assigned",
    OfferOutcome.REJECTED: "outcome.rejected",
    OfferOutcome.MISSED: "outcome.missed",
    OfferOutcome.UNSEEN: "outcome.never_displayed",
    OfferOutcome.REFUSED: "outcome.refused",
    OfferOutcome.FAILED_SETUP: "outcome.failed",
    OfferOutcome.WITHDRAWN: "outcome.withdrawn",
}
"""The words of what has a stable name unlike its label's."""

_PLACE = re.compile(r"\{(\w+)\}")


@cache
def catalogue(locale: str) -> Mapping[str, str]:
    """Gives every label of one language by its identifier. Refuses another language with `InvalidValue`."""
    if locale not in LOCALES:
        raise InvalidValue("locale", f"expected one of {', '.join(LOCALES)}")
    words: dict[str, str] = json.loads((files(__package__) / "catalogues" / f"{locale}.json").read_bytes())
    return words


def _own_words(words: Mapping[object, object]) -> Mapping[str, str]:
    known, own = catalogue("en"), dict[str, str]()
    if not isinstance(words, Mapping):
        raise InvalidValue("words", f"expected texts by identifier, got {kind_of(words)}")
    for key, text in words.items():
        if not isinstance(key, str) or not isinstance(text, str):
            raise InvalidValue("words", "expected texts by identifier")
        if key in known and set(_PLACE.findall(text)) != set(_PLACE.findall(known[key])):
            raise InvalidValue("words", f"{key} must have the same places for values as the label it replaces")
        own[key] = text
    return own


@attrs.frozen
class Phrase:
    """A label with values in its places, each as people read it; `raw` is what it says to a program."""

    raw: Any
    key: str
    places: tuple[tuple[str, Any], ...] = attrs.field(default=(), repr=False)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Reader:
    """Who reads: `locale` one of en, nl, fr, uk; `zone` an IANA name; `now` the instant that "3 minutes ago" counts to.

    `words` is the host's own catalogue on top of ours: identifiers of ours, or new ones. Refuses, with
    `InvalidValue`, an unknown language or zone, a naive instant, and words whose `{places}` differ from ours.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)
    >>> reader = Reader(now=now, locale="nl", zone="Europe/Amsterdam")
    >>> reader.label("section.case"), reader.text(datetime(2026, 3, 2, 9, 42, tzinfo=UTC))
    ('Aanvraag', '2 maart 2026 10:42:00')
    >>> reader.ago(datetime(2026, 3, 2, 9, 42, tzinfo=UTC))
    '3 minuten geleden'
    """

    now: datetime
    locale: str = "en"
    zone: str = "UTC"
    words: Mapping[str, str] = attrs.field(factory=dict, converter=_own_words, repr=False, hash=False)

    def __attrs_post_init__(self) -> None:
        catalogue(self.locale)
        check_zone(self.zone)

    def label(self, key: str, **values: object) -> str:
        """Gives the words for an identifier, with values in their places."""
        text = self.words.get(key) or catalogue(self.locale).get(key)
        if text is None:
            raise UnknownKey(f"label: {key}")
        missing = set(_PLACE.findall(text)) - values.keys()
        if missing:
            raise InvalidValue("values", f"the label {key} needs {', '.join(sorted(missing))}")
        return _PLACE.sub(lambda place: str(values[place[1]]), text) if values else text

    def text(self, value: object) -> str:
        """Gives a raw value as people read it; what is not there is empty text."""
        words = _TEXTS.get(type(value))
        if words is None:
            words = next((one for kind, one in _TEXTS.items() if isinstance(value, kind)), lambda _, value: str(value))
        return words(self, value)

    def ago(self, then: datetime) -> str:
        """Gives how long before `now` an instant lies, or how long after."""
        before = _placed(then, pendulum.UTC) if then.tzinfo is UTC else pendulum.instance(then)
        distance = before.diff(_placed(self.now, pendulum.UTC))
        return _DISTANCES.format(distance, is_now=True, absolute=False, locale=_language(self.locale))


def _placed(value: datetime, zone: tzinfo) -> pendulum.DateTime:
    """Gives an instant whose clock shows the time of `zone` as pendulum's own, without converting it once more."""
    return pendulum.DateTime(
        value.year,
        value.month,
        value.day,
        value.hour,
        value.minute,
        value.second,
        value.microsecond,
        tzinfo=zone,
        fold=value.fold,
    )


_INSTANTS, _DISTANCES = Formatter(), DifferenceFormatter()
_language = cache(Locale.load)
_zone = lru_cache(maxsize=64)(pendulum.timezone)  # which reads the zone's file each time


def _duration(reader: Reader, value: timedelta) -> str:
    seconds = int(value.total_seconds())
    if seconds:
        return pendulum.duration(seconds=seconds).in_words(locale=reader.locale)
    words = _language(reader.locale)  # pendulum says "0 microseconds" for none at all
    return str(words.translation(f"units.second.{words.plural(0)}")).format(0)


def _instant(reader: Reader, value: datetime) -> str:
    """Writes an instant in the reader's zone; in the hour that a clock shows twice, with the name of the offset."""
    zone = _zone(reader.zone)
    local = value.astimezone(zone)
    text = _INSTANTS.format(_placed(local, zone), "LL LTS", _language(reader.locale))
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{text} ({local.tzname()})" if twice else text


def _skill(_: Reader, value: Skill) -> str:
    return value.name if value.percentage is None else f"{value.name} ({value.percentage} %)"


def _phrase(reader: Reader, value: Phrase) -> str:
    return reader.label(value.key, **{name: reader.text(one) for name, one in value.places})


def _presence(reader: Reader, value: PresenceStatus) -> str:
    """Says a stock presence in the reader's words; one of an administrator's has its own text."""
    return reader.label(f"presence.{value.name}") if value in STOCK else value.text


def word_key(value: Enum) -> str:
    """Gives the identifier of the words of a kind or a state."""
    return _LABEL_OF.get(value) or f"{_WORDS_OF.get(type(value))}.{value.value}"


def _word(reader: Reader, value: Enum) -> str:
    return reader.label(word_key(value))


_TEXTS: Mapping[type, Callable[[Reader, Any], str]] = {
    str: lambda _, value: str(value),
    type(None): lambda *_: "",
    bool: lambda reader, value: reader.label("value.yes" if value else "value.no"),
    datetime: _instant,
    timedelta: _duration,
    Enum: _word,
    Phrase: _phrase,
    PresenceStatus: _presence,
    Skill: _skill,
    tuple: lambda reader, value: ", ".join(map(reader.text, value)),
}
"""How each kind of raw value reads; anything else reads as Python writes it."""
