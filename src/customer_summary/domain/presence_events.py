"""What moves an agent's presence (spec 9).

`at` is when the host received the event for this agent. What sets a register carries the instant of the choice itself
and loses to an equal or later one: `chosen_at`, `queued_at`, `active_at`, `raised_at`, `counted_at`, `since`.
"""

from datetime import datetime
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.actor import BY_AGENT, Actor, Party
from customer_summary.domain.capacity import Workload
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Text, checked
from customer_summary.domain.presence import AlertKind, PresenceStatus, PresenceText
from customer_summary.domain.tick import Tick


def check_actor(actor: Actor) -> None:
    """Refuses, with `InvalidValue`, an actor who has no say over a presence."""
    if actor.party not in {Party.AGENT, Party.SUPERVISOR}:
        raise InvalidValue("by", "must be the agent or a supervisor")


@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentConnected:
    """The agent signed in, or came back, at `since`. With several browsers: the first of them.

    `default` is the agent's own default presence; without one, or where nobody can choose it, the settings have it.
    """

    at: datetime
    agent: Id
    since: datetime
    default: PresenceText | None = None


@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentDisconnected:
    """The agent signed out, or the last of their browsers was gone, at `since`."""

    at: datetime
    agent: Id
    since: datetime
    signed_out: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class PresenceChosen:
    """The agent, or a supervisor for them, chose the presence with this exact text."""

    at: datetime
    agent: Id
    presence: PresenceText
    chosen_at: datetime
    by: Actor = BY_AGENT

    def __attrs_post_init__(self) -> None:
        check_actor(self.by)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PresenceReset:
    """The agent or a supervisor answered an alert: the newest one they saw, named by its kind, instant and offer."""

    at: datetime
    agent: Id
    alert: AlertKind
    alert_at: datetime
    offer: Annotated[str, Text(strip=False)] = ""
    by: Actor = BY_AGENT

    def __attrs_post_init__(self) -> None:
        check_actor(self.by)


@attrs.frozen(kw_only=True, field_transformer=checked)
class NextPresenceQueued:
    """The agent wants this presence once nothing is in use; None takes that back."""

    at: datetime
    agent: Id
    presence: PresenceText | None = None
    queued_at: datetime
    by: Actor = BY_AGENT

    def __attrs_post_init__(self) -> None:
        check_actor(self.by)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentActive:
    """The agent did something at `active_at`, such as moving the mouse."""

    at: datetime
    agent: Id
    active_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class AlertRaised:
    """An offer was missed or rejected, or an item came at the session limit.

    `presence` is what it sets; None asks the machine's own settings.
    """

    at: datetime
    agent: Id
    alert: AlertKind
    raised_at: datetime
    offer: Annotated[str, Text(strip=False)] = ""
    presence: PresenceStatus | None = None


@attrs.frozen(kw_only=True, field_transformer=checked)
class WorkloadChanged:
    """What is in use of the capacity, or the capacity itself, is now this."""

    at: datetime
    agent: Id
    workload: Workload
    counted_at: datetime


PresenceEvent: TypeAlias = (
    AgentConnected
    | AgentDisconnected
    | PresenceChosen
    | PresenceReset
    | NextPresenceQueued
    | AgentActive
    | AlertRaised
    | WorkloadChanged
    | Tick
)
"""Everything that can happen to a presence."""
