"""What a host has to do after an event at a desk, in order. Each effect has an id that is the same in every replay.

The id is (key, transition, ordinal) of a change, or (key, kind, offer) of an answer that changed nothing. Perform an
effect once for each id.
"""

from datetime import datetime
from enum import Enum
from typing import TypeAlias

import attrs

from customer_summary.domain.actor import Actor
from customer_summary.domain.channel import Channel
from customer_summary.domain.notification import Offer, OfferOutcome
from customer_summary.domain.presence import Alert, PresenceReason, PresenceStatus
from customer_summary.domain.send import EffectId, Send


class Surface(Enum):
    """Where a notification shows."""

    IN_APP = "in_app"
    DESKTOP = "desktop"


class Opens(Enum):
    """What opens when an item is opened. [seed 002]"""

    SESSION = "session"
    PAGE = "page"
    CHAT_WINDOW = "chat_window"
    COMMUNICATION_PANEL = "communication_panel"
    CALL_CONTROLS = "call_controls"


@attrs.frozen
class ShowNotification:
    """Show the notification in all of the agent's windows; on the desktop never with its countdown.

    `countdown` is whether the time left shows in the app, `until` when it runs out.
    """

    id: EffectId
    agent: str
    offer: Offer
    surfaces: tuple[Surface, ...]
    countdown: bool
    until: datetime


@attrs.frozen
class DismissNotification:
    """Take the notification away in every window; `window` is the one in which it was decided, where known.

    `outcome` is None where it was accepted and is still being set up.
    """

    id: EffectId
    agent: str
    offer: str
    outcome: OfferOutcome | None
    window: str = ""


@attrs.frozen
class FocusApp:
    """Bring the app forward and show the notification in it."""

    id: EffectId
    agent: str
    offer: str
    window: str = ""


@attrs.frozen
class SetUpMedia:
    """Connect what the conversation needs, and answer with `MediaReady` or `MediaFailed` before `until`."""

    id: EffectId
    agent: str
    offer: str
    conversation: str
    until: datetime


@attrs.frozen
class CancelMedia:
    """Stop connecting what the conversation needs: the offer was withdrawn, or the time for it is over."""

    id: EffectId
    agent: str
    offer: str
    conversation: str


@attrs.frozen
class OpenSession:
    """Open session number `session` of an item, and what belongs to its channel."""

    id: EffectId
    agent: str
    offer: str
    conversation: str
    session: int
    opens: tuple[Opens, ...]
    window: str = ""


@attrs.frozen
class CloseSession:
    """Close the session of an item: the agent closed it, or no longer has the item."""

    id: EffectId
    agent: str
    offer: str
    conversation: str
    session: int


@attrs.frozen
class RemoveItem:
    """Take an item off the list of those that the agent has."""

    id: EffectId
    agent: str
    offer: str
    conversation: str


@attrs.frozen
class ShowAlert:
    """Show an alert at the top of the dashboard, with its two actions: reset the presence, or change the status."""

    id: EffectId
    agent: str
    alert: Alert


@attrs.frozen
class DismissAlert:
    """Take an alert off the bar."""

    id: EffectId
    agent: str
    alert: Alert


@attrs.frozen
class AnnouncePresence:
    """The presence that shows, or why it does, is another one: tell the agent, routing and whoever watches."""

    id: EffectId
    agent: str
    before: PresenceStatus
    after: PresenceStatus
    reason: PresenceReason
    by: Actor


DeskEffect: TypeAlias = (
    Send
    | ShowNotification
    | DismissNotification
    | FocusApp
    | SetUpMedia
    | CancelMedia
    | OpenSession
    | CloseSession
    | RemoveItem
    | ShowAlert
    | DismissAlert
    | AnnouncePresence
)
"""Everything that a desk asks of its host."""


def opens_for(channel: Channel) -> tuple[Opens, ...]:
    """Gives what opens for a channel: the session and its page, and beside them what the channel is held over.

    >>> [one.value for one in opens_for(Channel.SMS)]
    ['session', 'page', 'communication_panel']
    """
    always = (Opens.SESSION, Opens.PAGE)
    if channel is Channel.LIVE_CHAT:
        return (*always, Opens.CHAT_WINDOW)
    if channel.is_call:
        return (*always, Opens.CALL_CONTROLS)
    return (*always, Opens.COMMUNICATION_PANEL) if channel.is_messaging else always
