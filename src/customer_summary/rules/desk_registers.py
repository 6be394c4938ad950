"""What is known of an agent's screen and limits: the latest choice stands, whichever comes first (architecture)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

from customer_summary.domain.desk import Screen
from customer_summary.domain.desk_events import CapacitySet, DesktopPermission, FocusChanged
from customer_summary.domain.outcome import Refused, Unchanged
from customer_summary.rules.desk_draft import Draft
from customer_summary.rules.notifications import show, surfaces
from customer_summary.rules.presence_causes import NOT_YET


def _focused(draft: Draft, event: FocusChanged) -> Unchanged | Refused | None:
    screen = draft.desk.screen
    refused = _register(draft, event.since, screen.focus_at)
    if refused is None:
        now = attrs.evolve(screen, focus=event.focus, focus_at=event.since)
        draft.parts["screen"] = now
        _show_on_desktop(draft, screen, now)
    return refused


def _show_on_desktop(draft: Draft, before: Screen, after: Screen) -> None:
    """Shows on the desktop what rings while the app goes to the background, or while the browser allows it."""
    settings = draft.settings.notifications
    for one in draft.desk.notifications:
        mode = one.offer.template.desktop
        if one.is_pending and len(surfaces(settings, mode, after)) > len(surfaces(settings, mode, before)):
            show(settings, one, after, draft.at, draft.emit)


def _allowed(draft: Draft, event: DesktopPermission) -> Unchanged | Refused | None:
    screen = draft.desk.screen
    refused = _register(draft, event.since, screen.desktop_at)
    if refused is None:
        now = attrs.evolve(screen, desktop_allowed=event.allowed, desktop_at=event.since)
        draft.parts["screen"] = now
        _show_on_desktop(draft, screen, now)
    return refused


def _limited(draft: Draft, event: CapacitySet) -> Unchanged | Refused | None:
    refused = _register(draft, event.since, draft.desk.limits_at)
    if refused is None:
        draft.limits, draft.parts["limits_at"] = event.capacity, event.since
    return refused


def _register(draft: Draft, given: datetime, kept: datetime | None) -> Unchanged | Refused | None:
    """Says why a register keeps its value: the instant lies ahead, or it has an equal or later one."""
    if given > draft.at:
        return NOT_YET
    return Unchanged("a later one stands") if kept is not None and given <= kept else None


REGISTERS: Mapping[type, Callable[[Draft, Any], Unchanged | Refused | None]] = {
    FocusChanged: _focused,
    DesktopPermission: _allowed,
    CapacitySet: _limited,
}
