"""Lint: settings that can be made and will surprise somebody (spec 8, 9, 12)."""

from collections.abc import Callable, Iterator
from enum import Enum

import attrs

from customer_summary.domain.channel import Channel
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.notification import NotificationTemplate, Scenario
from customer_summary.domain.presence import STOCK


class FindingKind(Enum):
    """What can be found."""

    AWAY_ALLOWED_WITH_MISSED_ALERTS = "away_allowed_with_missed_alerts"
    DND_ALLOWED_WITH_REJECTED_ALERTS = "dnd_allowed_with_rejected_alerts"
    NOBODY_ALLOWED = "nobody_allowed"
    NO_CAPACITY = "no_capacity"
    TWO_CAPACITY_MODELS = "two_capacity_models"
    UNKNOWN_PROFILE = "unknown_profile"
    DEMAND_ABOVE_CAPACITY = "demand_above_capacity"
    REJECT_ON_RECORD_ROUTING = "reject_on_record_routing"
    REJECT_WITH_AUTO_ANSWER = "reject_with_auto_answer"
    TIMEOUT_OF_ZERO = "timeout_of_zero"
    CONSULT_WITH_AUTO_ANSWER = "consult_with_auto_answer"
    CONTRADICTING_PRESENCE = "contradicting_presence"


@attrs.frozen
class Finding:
    """One finding: where in the settings, what it is, and what comes of it."""

    path: str
    kind: FindingKind
    text: str


def lint(settings: DeskSettings) -> tuple[Finding, ...]:
    """Gives everything in the settings that is allowed and will hardly be meant, in the order of the settings."""
    return tuple(finding for rule in _RULES for finding in rule(settings))


def _presences(settings: DeskSettings) -> Iterator[Finding]:
    meant = {_spoken(text): one.base for one in STOCK for text in (one.text, one.name)}
    for index, one in enumerate(settings.presence.custom):
        for name, text in (("text", one.text), ("name", one.name)):
            base = meant.get(_spoken(text), one.base)
            if base is not one.base:
                yield Finding(
                    f"presence.custom[{index}].{name}",
                    FindingKind.CONTRADICTING_PRESENCE,
                    f"says {base.value}, and routing goes by its base, {one.base.value}",
                )


def _spoken(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


def _templates(settings: DeskSettings) -> Iterator[Finding]:
    for index, one in enumerate(settings.notifications.templates):
        for name, kind, text, found in _of_template(one):
            if found:
                yield Finding(f"notifications.templates[{index}].{name}", kind, text)


def _of_template(one: NotificationTemplate) -> Iterator[tuple[str, FindingKind, str, bool]]:
    of_record = one.is_of_case or one.channel is Channel.RECORD
    no_effect = "shows a button that has no effect"
    yield "reject", FindingKind.REJECT_ON_RECORD_ROUTING, no_effect, one.reject and of_record
    yield "reject", FindingKind.REJECT_WITH_AUTO_ANSWER, no_effect, one.reject and one.auto_assign and not of_record
    yield "timeout", FindingKind.TIMEOUT_OF_ZERO, "leaves no time to see the notification", not one.timeout
    consult = one.scenario == Scenario.CONSULT.value and one.auto_assign
    yield "auto_assign", FindingKind.CONSULT_WITH_AUTO_ANSWER, "is not recommended for a consult", consult


def _capacity(settings: DeskSettings) -> Iterator[Finding]:
    limits = settings.capacity
    if limits.units == 0:
        yield Finding("capacity.units", FindingKind.NO_CAPACITY, "keeps every agent on Do not disturb")
    for index, one in enumerate(limits.profiles):
        if one.limit == 0:
            yield Finding(f"capacity.profiles[{index}].limit", FindingKind.NO_CAPACITY, "lets no such work through")
    if limits.units is not None and limits.profiles:
        yield Finding("capacity", FindingKind.TWO_CAPACITY_MODELS, "an agent is full only when both are")


def _workstreams(settings: DeskSettings) -> Iterator[Finding]:
    presence, limits = settings.presence, settings.capacity
    known = {one.name for one in limits.profiles}
    for index, one in enumerate(settings.workstreams):
        path, allowed = f"workstreams[{index}]", one.allowed
        if not allowed:
            yield Finding(f"{path}.allowed", FindingKind.NOBODY_ALLOWED, "no agent ever gets this work")
        if presence.missed_alerts and presence.missed_presence.base in allowed:
            kind, text = FindingKind.AWAY_ALLOWED_WITH_MISSED_ALERTS, "work keeps coming to agents who missed some"
            yield Finding(f"{path}.allowed", kind, text)
        if presence.rejected_alerts and presence.rejected_presence.base in allowed:
            kind, text = FindingKind.DND_ALLOWED_WITH_REJECTED_ALERTS, "work keeps coming to agents who rejected some"
            yield Finding(f"{path}.allowed", kind, text)
        if limits.units is not None and one.demand.units > limits.units:
            kind, text = FindingKind.DEMAND_ABOVE_CAPACITY, "takes more than an agent has"
            yield Finding(f"{path}.demand.units", kind, text)
        if not known.issuperset(one.demand.profiles):
            yield Finding(f"{path}.demand.profiles", FindingKind.UNKNOWN_PROFILE, "names one that agents do not have")


_RULES: tuple[Callable[[DeskSettings], Iterator[Finding]], ...] = (_presences, _templates, _capacity, _workstreams)
