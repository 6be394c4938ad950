"""Hypothesis strategies for every value: `values(Contact)`; `st.from_type(Contact)` finds them too (`testing.plugin`).

The limits come from the same types that the values check themselves by; only rules between fields are written here.
Texts and lists are kept short, so that examples stay readable.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st

from customer_summary.domain.capacity import Demand
from customer_summary.domain.case import Case
from customer_summary.domain.channel import Channel
from customer_summary.domain.configuration import SETTINGS, PageConfiguration
from customer_summary.domain.context import SELF_SERVICE, ContextVariable
from customer_summary.domain.conversation import Conversation, ConversationStatus
from customer_summary.domain.conversation_events import ConversationStarted, RecordLinked, RecordUnlinked
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_settings import DeskSettings, NotificationSettings, PresenceSettings
from customer_summary.domain.facts import SettingMade
from customer_summary.domain.fields import Id, Many, Span, Text, Whole
from customer_summary.domain.kinds import FACT_KINDS
from customer_summary.domain.notification import Notification, NotificationTemplate
from customer_summary.domain.presence import Presence
from customer_summary.domain.presence_events import NextPresenceQueued, PresenceChosen, PresenceReset
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef
from customer_summary.domain.self_service import SelfServiceAction, SelfServiceKind
from customer_summary.domain.sentiment import SentimentPlace, SentimentWindow
from customer_summary.domain.sentiment_settings import SentimentSettings
from customer_summary.domain.survey import AnswerType, PreChatSurvey, Question, SurveyAnswer
from customer_summary.domain.timeline import QuickNote
from customer_summary.domain.work import WrapUp
from customer_summary.testing import desk_paths, script_paths, sentiment_paths
from customer_summary.testing import desk_strategies as of_desk

T = TypeVar("T")

Strategy = st.SearchStrategy[Any]

LONGEST = 40
MANY = 4

_EARLY, _LATE = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)
_CHARACTERS = st.characters(exclude_categories=["Cs"])
_PRINTABLE = st.characters(exclude_categories=["C", "Z"])


def instants() -> st.SearchStrategy[datetime]:
    """Aware instants in any zone of the years 2 to 9998, many of them equal."""
    offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    near = st.integers(0, 3).map(lambda minutes: datetime(2026, 3, 2, 9, minutes, tzinfo=UTC))
    far = st.datetimes(datetime(2, 1, 2), datetime(9998, 12, 30), timezones=offsets)  # noqa: DTZ001  # bounds are naive
    return near | far


def primitives() -> Strategy:
    """The values of context variables."""
    numbers = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
    return texts(Text(most=LONGEST, strip=False)) | numbers | st.booleans()


def texts(rule: Text) -> st.SearchStrategy[str]:
    """Texts in the normal form of a rule."""
    found = st.text(_PRINTABLE if rule.bare else _CHARACTERS, min_size=rule.least, max_size=min(rule.most, LONGEST))
    if rule.strip or rule.bare:
        found = found.map(str.strip)
    return found.filter(lambda text: not rule.least or bool(text.strip()))


def values(kind: type[T], /, **fixed: Strategy) -> st.SearchStrategy[T]:
    """Values of one class; `fixed` gives the strategy of some of its fields."""
    if kind in _WHOLE and not fixed:
        return _WHOLE[kind]()
    return st.one_of([_built(kind, {**_made(variant), **fixed}) for variant in _VARIANTS.get(kind, [{}])])


def _made(variant: Mapping[str, Callable[[], Strategy]]) -> dict[str, Strategy]:
    return {name: make() for name, make in variant.items()}


def _built(kind: type[T], made: Mapping[str, Strategy]) -> st.SearchStrategy[T]:
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(kind)  # type: ignore[arg-type]  # every kind is an attrs class
    given = {one.name: made[one.name] if one.name in made else for_type(one.type) for one in fields if one.init}
    return st.builds(kind, **given)


def for_type(declared: Any) -> Strategy:
    """Values for the type of a field, within the limits written into it."""
    return _for_type(declared)


@cache
def _for_type(declared: Any) -> Strategy:
    origin, arguments = get_origin(declared), get_args(declared)
    rules: tuple[Any, ...] = ()
    if origin is Annotated:
        declared, rules = arguments[0], arguments[1:]
        origin, arguments = get_origin(declared), get_args(declared)
    if origin in {Union, UnionType}:
        return st.one_of([for_type(one) for one in arguments])
    if origin is tuple:
        many = next((rule for rule in rules if isinstance(rule, Many)), Many(MANY))
        unique = (lambda item: getattr(item, many.unique)) if many.unique else None
        items = st.lists(for_type(arguments[0]), max_size=min(many.most, MANY), unique_by=unique)
        return items.map(tuple)
    if declared is str:
        return texts(next((rule for rule in rules if isinstance(rule, Text)), Text()))
    if declared is int:
        rule = next((rule for rule in rules if isinstance(rule, Whole)), Whole())
        return st.integers(rule.least, rule.most)
    if declared is datetime:
        return instants()
    if declared is timedelta:
        span = next((rule for rule in rules if isinstance(rule, Span)), Span())
        return st.timedeltas(span.least, span.most)
    if isinstance(declared, type) and issubclass(declared, Enum):
        return st.sampled_from(list(declared))
    if isinstance(declared, type) and attrs.has(declared):
        return values(declared)
    return st.from_type(declared)


def _customers() -> st.SearchStrategy[RecordRef | None]:
    return st.none() | values(RecordRef, kind=st.sampled_from(sorted(CUSTOMER_KINDS, key=lambda kind: kind.value)))


def _linkable() -> st.SearchStrategy[RecordRef]:
    return values(RecordRef, kind=st.sampled_from([RecordKind.CONTACT, RecordKind.ACCOUNT, RecordKind.CASE]))


def _surveys() -> Strategy:
    return st.lists(values(SurveyAnswer), max_size=MANY, unique_by=lambda one: one.question.name).map(tuple)


def _variable_names(*, bare: bool = False) -> st.SearchStrategy[str]:
    return texts(Text(least=1, strip=False, bare=bare)).filter(lambda text: text != SELF_SERVICE)


def questions() -> st.SearchStrategy[Question]:
    """Questions of every type, option sets with their options."""
    options = st.lists(texts(Text(least=1, strip=False)), min_size=1, max_size=MANY, unique=True).map(tuple)
    plain = [one for one in AnswerType if one is not AnswerType.OPTION_SET]
    common = {"name": _variable_names(bare=True), "text": texts(Text(least=1, strip=False)), "required": st.booleans()}
    return st.builds(Question, type=st.sampled_from(plain), **common) | st.builds(
        Question, type=st.just(AnswerType.OPTION_SET), options=options, **common
    )


def _question_lists() -> Strategy:
    return st.lists(questions(), min_size=1, max_size=MANY, unique_by=lambda one: one.name).map(tuple)


def _answers() -> st.SearchStrategy[SurveyAnswer]:
    def answer(question: Question) -> st.SearchStrategy[SurveyAnswer]:
        given: Strategy = texts(Text(least=1, strip=False))
        if question.type is AnswerType.CONSENT:
            given = st.just(value=True) if question.required else st.booleans()
        elif question.options:
            given = st.sampled_from(question.options)
        if not question.required:
            given |= st.just("")
        return st.builds(SurveyAnswer, st.just(question), given)

    return questions().flatmap(answer)


def _settings() -> st.SearchStrategy[SettingMade]:
    configurations, names = values(PageConfiguration), st.sampled_from(SETTINGS)

    def value(configuration: PageConfiguration, name: str) -> Any:
        found = getattr(configuration, name)
        return found.value if isinstance(found, Enum) else found

    def made(configuration: PageConfiguration, name: str, at: datetime, level: Any) -> SettingMade:
        return SettingMade(at=at, level=level, name=name, value=value(configuration, name))

    return st.builds(made, configurations, names, instants(), for_type(attrs.fields(SettingMade).level.type))


def _names_of(*kinds: type) -> Strategy:
    names = sorted({field.name for kind in kinds for field in attrs.fields(kind)} - {"id", "active", "customer"})
    return st.lists(st.sampled_from(names), max_size=MANY, unique=True).map(tuple)


def _no() -> Strategy:
    return st.just(value=False)


def _channels() -> list[dict[str, Strategy]]:
    """The alternatives of what depends on the channel."""
    plain = {"customer": _customers(), "survey": _surveys(), "persistent": _no(), "outbound_emergency": _no()}
    return [
        plain,
        {**plain, "channel": st.just(Channel.LIVE_CHAT), "persistent": st.booleans()},
        {**plain, "channel": st.just(Channel.VOICE), "outbound_emergency": st.booleans()},
    ]


def _standing(status: ConversationStatus) -> list[dict[str, Strategy]]:
    """The alternatives of what goes with a status: the ways in which a conversation comes to stand there."""
    none, now = st.none(), instants()
    absent = ("agent", "assigned_on", "accepted_on", "first_accepted_on", "wrap_up_on", "closed_on")
    new: dict[str, Strategy] = {
        **dict.fromkeys(absent, none),
        "status": st.just(status),
        "in_session": _no(),
        "transitions": st.integers(0, 1000),
    }
    back = {**new, "assigned_on": now, "first_accepted_on": now}
    assigned = {**new, "agent": for_type(Id), "assigned_on": now, "first_accepted_on": none | now}
    accepted = {**assigned, "accepted_on": now, "first_accepted_on": now}
    ended = {**accepted, "wrap_up_on": now}
    ways: dict[ConversationStatus, list[dict[str, Strategy]]] = {
        ConversationStatus.OPEN: [new, back],
        ConversationStatus.ACTIVE: [assigned, {**accepted, "in_session": st.booleans()}],
        ConversationStatus.WAITING: [accepted],
        ConversationStatus.WRAP_UP: [{**ended, "in_session": st.booleans()}],
        ConversationStatus.CLOSED: [{**way, "closed_on": now} for way in (new, back, assigned, accepted, ended)],
    }
    return ways[status]


def conversations(*statuses: ConversationStatus) -> st.SearchStrategy[Conversation]:
    """Conversations in one of these statuses, or in any: states that hang together."""
    found = statuses or tuple(ConversationStatus)
    ways = [way for status in found for way in _standing(status)]
    return st.one_of([_built(Conversation, {**channel, **way}) for way in ways for channel in _channels()])


def _starts() -> st.SearchStrategy[ConversationStarted]:
    return st.one_of([_built(ConversationStarted, variant) for variant in _channels()])


_VARIANTS: Mapping[type, list[dict[str, Callable[[], Strategy]]]] = {
    Case: [{"customer": _customers}],
    PreChatSurvey: [{"questions": _question_lists}],
    RecordLinked: [{"record": _linkable}],
    RecordUnlinked: [{"record": _linkable}],
    ContextVariable: [{"name": _variable_names, "value": primitives}],
    SelfServiceAction: [
        {"ended_at": st.none, "code": st.none},
        {"at": lambda: st.just(_EARLY), "ended_at": lambda: st.just(_EARLY) | st.just(_LATE), "code": st.none},
        {"ended_at": st.none, "kind": lambda: st.just(SelfServiceKind.CUSTOM_ACTION)},
    ],
    **script_paths.VARIANTS,
    PresenceChosen: [{"by": of_desk.actors}],
    PresenceReset: [{"by": of_desk.actors}],
    NextPresenceQueued: [{"by": of_desk.actors}],
    QuickNote: [
        {"regarding": _linkable, "title": lambda: texts(Text(least=1))},
        {"regarding": _linkable, "body": lambda: texts(Text(least=1, strip=False))},
    ],
    PageConfiguration: [
        {
            "customer_fields": lambda: _names_of(Contact, Account),
            "case_fields": lambda: _names_of(Case),
            "recent_case_fields": lambda: _names_of(Case),
        }
    ],
}
"""The fields whose strategy their type alone does not give; several entries are alternatives."""

_WHOLE: Mapping[type, Callable[[], Strategy]] = {
    Conversation: conversations,
    ConversationStarted: _starts,
    Question: questions,
    SurveyAnswer: _answers,
    SettingMade: _settings,
    NotificationTemplate: of_desk.templates,
    PresenceSettings: of_desk.presence_settings,
    NotificationSettings: of_desk.notification_settings,
    DeskSettings: of_desk.desk_settings,
    Demand: of_desk.demands,
    WrapUp: of_desk.wrap_ups,
    Presence: desk_paths.presences,
    Notification: desk_paths.notifications,
    Desk: desk_paths.desks,
    SentimentPlace: lambda: sentiment_paths.sentiment_windows().flatmap(_place),
    SentimentSettings: sentiment_paths.sentiment_settings,
    SentimentWindow: sentiment_paths.sentiment_windows,
    **script_paths.WHOLE,
}
"""The classes whose fields depend on each other too much for that."""


def _place(window: SentimentWindow) -> Strategy:
    return st.sampled_from(window.places) if window.places else st.nothing()


def facts_of_a_log() -> Strategy:
    """Facts of every kind."""
    return st.one_of([values(kind) for kind in FACT_KINDS])
