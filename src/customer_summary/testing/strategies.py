"""Hypothesis strategies for every value: `values(Contact)`; `st.from_type(Contact)` finds them too (`testing.plugin`).

The limits come from the same types that the values check themselves by; only rules between fields are written here.
Texts and lists are kept short, so that examples stay readable.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
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
from customer_summary.domain.context import ContextVariable
from customer_summary.domain.conversation import Conversation, ConversationStatus
from customer_summary.domain.conversation_clocks import Clocks
from customer_summary.domain.conversation_events import ConversationStarted, RecordLinked, RecordUnlinked
from customer_summary.domain.conversation_routing import ROUTED_ELSEWHERE, Routing
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_settings import DeskSettings, NotificationSettings, PresenceSettings
from customer_summary.domain.facts import SettingMade
from customer_summary.domain.fields import Id, Many, Span, Text, Whole
from customer_summary.domain.kinds import FACT_KINDS
from customer_summary.domain.notification import Notification, NotificationTemplate, Scenario
from customer_summary.domain.presence import Presence
from customer_summary.domain.presence_events import NextPresenceQueued, PresenceChosen, PresenceReset
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef
from customer_summary.domain.routing_events import SupervisorAssigned, TransferRequested
from customer_summary.domain.self_service import SelfServiceAction, SelfServiceKind
from customer_summary.domain.sentiment import SentimentPlace, SentimentWindow
from customer_summary.domain.sentiment_settings import SentimentSettings
from customer_summary.domain.survey import PreChatSurvey, Question, SurveyAnswer
from customer_summary.domain.timeline import QuickNote
from customer_summary.domain.work import WrapUp
from customer_summary.domain.workstream import Workstream
from customer_summary.testing import conversation_paths, desk_paths, form_paths, script_paths, sentiment_paths
from customer_summary.testing import desk_strategies as of_desk
from customer_summary.testing import identification_strategies as of_identification
from customer_summary.testing import survey_strategies as of_surveys
from customer_summary.testing.plain_strategies import instants, primitives, texts

T = TypeVar("T")

Strategy = st.SearchStrategy[Any]

MANY = 4

_EARLY, _LATE = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)


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
    plain = {
        "customer": _customers(),
        "survey": of_surveys.surveys(),
        "persistent": _no(),
        "outbound_emergency": _no(),
        "with_bot": _no(),
        "customer_by": st.none(),
        "case_by": st.none(),
    }
    identified = {**plain, "customer": of_identification.refs(), "case_id": for_type(Id)}
    return [
        plain,
        *({**identified, **variant} for variant in of_identification.identified_variants()),
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
        "routing": st.just(ROUTED_ELSEWHERE),
        "clocks": st.builds(Clocks, queued_on=now, modified_on=now),
        "participants": st.just(()),
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
    told = [_built(Conversation, {**channel, **way}) for way in ways for channel in _channels()]
    routed = conversation_paths.routed_conversations().filter(lambda one: one.status in found)
    return st.one_of([*told, routed] if len(found) == len(ConversationStatus) else told)


def _starts() -> st.SearchStrategy[ConversationStarted]:
    return st.one_of([_built(ConversationStarted, variant) for variant in _channels()])


_VARIANTS: Mapping[type, list[dict[str, Callable[[], Strategy]]]] = {
    Case: [{"customer": _customers}],
    PreChatSurvey: [{"questions": of_surveys.question_lists}],
    RecordLinked: [{"record": _linkable}],
    RecordUnlinked: [{"record": _linkable}],
    ContextVariable: [{"name": of_surveys.variable_names, "value": primitives}],
    SelfServiceAction: [
        {"ended_at": st.none, "code": st.none},
        {"at": lambda: st.just(_EARLY), "ended_at": lambda: st.just(_EARLY) | st.just(_LATE), "code": st.none},
        {"ended_at": st.none, "kind": lambda: st.just(SelfServiceKind.CUSTOM_ACTION)},
    ],
    **script_paths.VARIANTS,
    PresenceChosen: [{"by": of_desk.actors}],
    PresenceReset: [{"by": of_desk.actors}],
    NextPresenceQueued: [{"by": of_desk.actors}],
    SupervisorAssigned: [{"by": of_desk.actors}],
    TransferRequested: [
        {"by": of_desk.actors, "scenario": lambda: st.sampled_from([Scenario.TRANSFER, Scenario.ESCALATION])}
    ],
    QuickNote: [
        {"regarding": _linkable, "title": lambda: texts(Text(least=1))},
        {"regarding": _linkable, "body": lambda: texts(Text(least=1, strip=False))},
    ],
    **form_paths.VARIANTS,
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
    ConversationSettings: conversation_paths.conversation_settings,
    Workstream: conversation_paths.workstreams,
    Clocks: lambda: conversations().map(lambda one: one.clocks),
    Routing: lambda: conversation_paths.routed_conversations().map(lambda one: one.routing),
    ConversationStarted: _starts,
    Question: of_surveys.questions,
    SurveyAnswer: of_surveys.answers,
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
    **of_identification.WHOLE,
    **form_paths.WHOLE,
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
