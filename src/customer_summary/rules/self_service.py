"""What a portal remembers of its visitor, for the conversation that may follow (spec 5)."""

from collections.abc import Iterable

from customer_summary.domain.history import History
from customer_summary.domain.self_service import SelfServiceAction

REMEMBERED = 4
"""Actions that a portal keeps in its visitor's browser, as the published sample does."""


def remember(
    actions: Iterable[SelfServiceAction], action: SelfServiceAction, most: int = REMEMBERED
) -> tuple[SelfServiceAction, ...]:
    """Gives what a portal keeps once its visitor did something more: the newest `most` actions, newest first.

    The library itself has no such limit.
    """
    return History([*actions, action]).page(most).entries
