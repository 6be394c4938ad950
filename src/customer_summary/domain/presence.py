"""Presence: what was chosen, what happened since, and which status follows from it (spec 9).

Only causes are stored. The status that shows, and why, is derived: `Presence.ground` is the first cause that applies.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.actor import Actor, Party
from customer_summary.domain.capacity import NOTHING_IN_USE, Load, Workload
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Text, Whole, checked, checked_when_read

MAX_CUSTOM = 200


class BaseStatus(Enum):
    """The five base statuses: all that routing looks at. [spec 9.1]"""

    AVAILABLE = "available"
    BUSY = "busy"
    DO_NOT_DISTURB = "do_not_disturb"
    AWAY = "away"
    OFFLINE = "offline"


PresenceText = Annotated[str, Text(least=1, most=500, strip=False, bare=True)]
"""The text by which a presence is chosen: exact, 1 to 500 characters."""


@attrs.frozen(field_transformer=checked)
class PresenceStatus:
    """A presence: its exact `text`, by which it is chosen, and the base that routing looks at.

    `name` and `description` are the administrator's. `by_agent` says whether agents can choose it. [spec 9.1]
    """

    text: PresenceText
    base: BaseStatus
    name: Annotated[str, Text(most=100)] = ""
    description: Annotated[str, Text(most=500)] = ""
    by_agent: bool = True

    @property
    def is_kept(self) -> bool:
        """Whether a choice of it stays until the next one; else until the capacity in use changes. [spec 9.4]"""
        return self.base is not BaseStatus.AVAILABLE and self.base is not BaseStatus.BUSY


AVAILABLE = PresenceStatus("Available", BaseStatus.AVAILABLE, "available")
BUSY = PresenceStatus("Busy", BaseStatus.BUSY, "busy")
DO_NOT_DISTURB = PresenceStatus("Do not disturb", BaseStatus.DO_NOT_DISTURB, "do_not_disturb")
AWAY = PresenceStatus("Appear away", BaseStatus.AWAY, "away")
OFFLINE = PresenceStatus("Offline", BaseStatus.OFFLINE, "offline")
INACTIVE = PresenceStatus("Inactive", BaseStatus.AWAY, "inactive", by_agent=False)
STOCK = (AVAILABLE, BUSY, DO_NOT_DISTURB, AWAY, OFFLINE, INACTIVE)
"""The presences that always exist. Inactive is set by the system only."""


class PresenceReason(Enum):
    """What people are told about why a presence shows, or why it changed."""

    MANUAL = "manual"
    DEFAULT = "default"
    CAPACITY_FREE = "capacity_free"
    CAPACITY_PART = "capacity_part"
    CAPACITY_FULL = "capacity_full"
    MISSED = "missed"
    REJECTED = "rejected"
    SESSION_LIMIT = "session_limit"
    IDLE = "idle"
    DISCONNECTED = "disconnected"
    SIGNED_OUT = "signed_out"
    RESTORED = "restored"
    RESET_AGENT = "reset_agent"
    RESET_SUPERVISOR = "reset_supervisor"
    SET_SUPERVISOR = "set_supervisor"


class AlertKind(Enum):
    """What raises an alert. At equal instants the later one in this list shows: the one of the higher `rank`.

    `reason` is what people are told.
    """

    MISSED = "missed"
    REJECTED = "rejected"
    SESSION_LIMIT = "session_limit"

    def __init__(self, value: str) -> None:
        self.rank = len(type(self).__members__)
        self.reason = PresenceReason(value)


@attrs.frozen(field_transformer=checked_when_read)
class Alert:
    """An open cause, and its alert in the bar: what happened, when, with which offer, and the presence it sets."""

    kind: AlertKind
    at: datetime
    presence: PresenceStatus
    offer: Annotated[str, Text(strip=False)] = ""

    @property
    def place(self) -> tuple[datetime, int]:
        """The place among alerts: a later one shows before an earlier one."""
        return self.at, self.kind.rank


@attrs.frozen(field_transformer=checked_when_read)
class Answered:
    """Up to which place among alerts everything is answered: an alert there or before is not raised again."""

    at: datetime
    kind: AlertKind

    @property
    def place(self) -> tuple[datetime, int]:
        """The place among alerts."""
        return self.at, self.kind.rank


@attrs.frozen(field_transformer=checked_when_read)
class PresenceChoice:
    """What was chosen last, when and by whom. `presence` is None where nothing is chosen: the instant stays.

    A choice by the system is the default at sign-in.
    """

    at: datetime | None = None
    presence: PresenceStatus | None = None
    by: Actor | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it stays when the capacity in use changes."""
        return self.presence is not None and self.presence.is_kept

    @property
    def reason(self) -> PresenceReason:
        """What people are told about whose choice it is."""
        party = None if self.by is None else self.by.party
        if party is Party.AGENT:
            return PresenceReason.MANUAL
        return PresenceReason.SET_SUPERVISOR if party is Party.SUPERVISOR else PresenceReason.DEFAULT


@attrs.frozen(field_transformer=checked_when_read)
class Connection:
    """Whether the agent is there, and since when; `since` is None before the first sign-in.

    `last_gone` is the newest disconnect that was told of; a sign-in that is older came too late.
    """

    connected: bool = False
    since: datetime | None = None
    signed_out: bool = True
    last_gone: datetime | None = None


@attrs.frozen(field_transformer=checked_when_read)
class LastActivity:
    """When the agent was last active, when they count as idle by the limit in force then, and whether they do."""

    at: datetime | None = None
    idles_at: datetime | None = None
    idle: bool = False


class Ground(Enum):
    """Why a presence shows; the first that applies, in this order. [spec 9.4]"""

    DISCONNECTED = "disconnected"
    SESSION_LIMIT = "session_limit"
    REJECTED = "rejected"
    MISSED = "missed"
    KEPT_CHOICE = "kept_choice"
    IDLE = "idle"
    CHOICE = "choice"
    CAPACITY = "capacity"


Standing: TypeAlias = tuple[PresenceStatus, PresenceReason, datetime | None]


@attrs.frozen(field_transformer=checked_when_read)
class Presence:
    """The causes of one agent's presence. `alerts` are newest first, at most one of each kind.

    `queued` is the status that the agent wants next, once nothing is in use. `answered` is the place up to which
    alerts are closed, `counted_at` that of the workload.
    """

    agent: Id
    at: datetime
    transitions: Annotated[int, Whole()] = 0
    chosen: PresenceChoice = PresenceChoice()
    alerts: Annotated[tuple[Alert, ...], Many(most=len(AlertKind), unique="kind")] = ()
    workload: Workload = NOTHING_IN_USE
    connection: Connection = Connection()
    activity: LastActivity = LastActivity()
    queued: PresenceChoice = PresenceChoice()
    answered: Answered | None = None
    counted_at: datetime | None = None

    @property
    def ground(self) -> Ground:
        """The first cause that applies."""
        if not self.connection.connected:
            return Ground.DISCONNECTED
        if self.alerts:
            return _ALERT_GROUNDS[self.alerts[0].kind.rank]
        if self.chosen.is_kept:
            return Ground.KEPT_CHOICE
        if self.activity.idle:
            return Ground.IDLE
        return Ground.CAPACITY if self.chosen.presence is None else Ground.CHOICE

    @property
    def standing(self) -> Standing:
        """The presence that shows, why, and since when; None where that is not known: the capacity's."""
        if not self.connection.connected:
            why = PresenceReason.SIGNED_OUT if self.connection.signed_out else PresenceReason.DISCONNECTED
            return OFFLINE, why, self.connection.since
        if self.alerts:
            newest = self.alerts[0]
            return newest.presence, newest.kind.reason, newest.at
        chosen = self.chosen
        if self.activity.idle and not chosen.is_kept:
            return INACTIVE, PresenceReason.IDLE, self.activity.at
        if chosen.presence is not None:
            return chosen.presence, chosen.reason, chosen.at
        load = self.workload.load
        if load is Load.NONE:
            return AVAILABLE, PresenceReason.CAPACITY_FREE, None
        if load is Load.PART:
            return BUSY, PresenceReason.CAPACITY_PART, None
        return DO_NOT_DISTURB, PresenceReason.CAPACITY_FULL, None

    @property
    def status(self) -> PresenceStatus:
        """The presence that shows."""
        return self.standing[0]

    @property
    def reason(self) -> PresenceReason:
        """Why it shows."""
        return self.standing[1]

    def check_coherence(self) -> None:
        """Refuses, with `InvalidValue`, a state that no machine gives."""
        places = [alert.place for alert in self.alerts]
        if places != sorted(places, reverse=True):
            raise InvalidValue("alerts", "the newest comes first")
        for name, choice in (("chosen", self.chosen), ("queued", self.queued)):
            if choice.presence is not None and (choice.at is None or choice.by is None):
                raise InvalidValue(name, "a choice has an instant and an actor")


_ALERT_GROUNDS = tuple(Ground(kind.value) for kind in AlertKind)
