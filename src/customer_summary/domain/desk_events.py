"""What happens at an agent's desk: offers that come, what the agent does with them, and what the screen reports.

Events name the offer they are about. `window` is the browser window in which the agent did it, where the host knows.
"""

from datetime import datetime
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.capacity import Capacity
from customer_summary.domain.desk import AppFocus
from customer_summary.domain.fields import Id, Text, Whole, checked
from customer_summary.domain.notification import Offer
from customer_summary.domain.presence_events import (
    AgentActive,
    AgentConnected,
    AgentDisconnected,
    NextPresenceQueued,
    PresenceChosen,
    PresenceReset,
)
from customer_summary.domain.tick import Tick

Window = Annotated[str, Text(strip=False)]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Offered:
    """The conversation offers itself to this agent."""

    at: datetime
    agent: Id
    offer: Offer


@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferWithdrawn:
    """The conversation takes an offer back, or what came of it: another agent has it, or it is closed.

    `until` is the instant at which the offer ends in any case: so long must the desk know that it was withdrawn.
    """

    at: datetime
    agent: Id
    offer: Id
    until: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class WrapUpStarted:
    """The talk is over, whoever ended it; the wrap-up began at `started_at`."""

    at: datetime
    agent: Id
    offer: Id
    started_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class NotificationDisplayed:
    """A notification came on the screen, in the app or on the desktop."""

    at: datetime
    agent: Id
    offer: Id
    window: Window = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class BodyClicked:
    """The agent clicked the text of a notification, no button: the app comes forward, nothing is decided."""

    at: datetime
    agent: Id
    offer: Id
    window: Window = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class AcceptPressed:
    """The agent pressed Accept, or Open where the button is called so."""

    at: datetime
    agent: Id
    offer: Id
    window: Window = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class RejectPressed:
    """The agent pressed Reject, with a reason from the template's list where one is asked for."""

    at: datetime
    agent: Id
    offer: Id
    reason: Annotated[str, Text()] = ""
    window: Window = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class MediaReady:
    """What an accepted offer needs, such as the call, is connected."""

    at: datetime
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class MediaFailed:
    """What an accepted offer needs could not be connected."""

    at: datetime
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class ItemOpened:
    """The agent opened one of their items again: session number `session` of it, one more than it had."""

    at: datetime
    agent: Id
    offer: Id
    session: Annotated[int, Whole(least=1)] = 1


@attrs.frozen(kw_only=True, field_transformer=checked)
class EndPressed:
    """The agent pressed End: the talk is over, the session stays for the wrap-up."""

    at: datetime
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class ClosePressed:
    """The agent closed a session with X: session number `session` of the item."""

    at: datetime
    agent: Id
    offer: Id
    session: Annotated[int, Whole(least=1)] = 1


@attrs.frozen(kw_only=True, field_transformer=checked)
class WrapUpRequested:
    """The agent asks for the wrap-up time that is given on request, before the end of the talk or after."""

    at: datetime
    agent: Id
    offer: Id


@attrs.frozen(kw_only=True, field_transformer=checked)
class WrapUpExtended:
    """The agent asks for more time; `extends` is the deadline that they saw."""

    at: datetime
    agent: Id
    offer: Id
    extends: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class FocusChanged:
    """The app came to the front or went to the background at `since`."""

    at: datetime
    agent: Id
    focus: AppFocus
    since: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class DesktopPermission:
    """The agent's browser allows desktop notifications from `since`, or no longer does."""

    at: datetime
    agent: Id
    allowed: bool
    since: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class CapacitySet:
    """An administrator gave the agent these limits at `since`. What the agent has already is not touched."""

    at: datetime
    agent: Id
    capacity: Capacity
    since: datetime


OfferEvent: TypeAlias = (
    Offered
    | OfferWithdrawn
    | WrapUpStarted
    | NotificationDisplayed
    | BodyClicked
    | AcceptPressed
    | RejectPressed
    | MediaReady
    | MediaFailed
    | ItemOpened
    | EndPressed
    | ClosePressed
    | WrapUpRequested
    | WrapUpExtended
)
"""Everything that names an offer, or the item that came with it."""

AgentEvent: TypeAlias = (
    AgentConnected
    | AgentDisconnected
    | PresenceChosen
    | PresenceReset
    | NextPresenceQueued
    | AgentActive
    | FocusChanged
    | DesktopPermission
    | CapacitySet
)
"""Everything that is about the agent and no offer."""

DeskEvent: TypeAlias = OfferEvent | AgentEvent | Tick
"""Everything that can happen at a desk."""
