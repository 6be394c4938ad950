"""A contact centre on a bad network: messages come late, twice and in any order, and ticks get lost."""

from typing import Any

import attrs

from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.hosts.happened import Happened


class DisorderlyCentre(ContactCentre):
    """Keeps messages in flight until somebody lets them arrive. While it is `deaf`, nothing is settled in time."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.in_flight: list[Any] = []
        self.deaf = False

    def advance(self, to: Any) -> list[Happened]:
        """Settles what is due by an instant, unless the ticks get lost."""
        return [] if self.deaf else super().advance(to)

    def _post(self, message: Any) -> None:
        self.in_flight.append(message)

    def arrive(self, index: int, *, again: bool = False) -> list[Happened]:
        """Lets a message in flight arrive now; `again` says that it will come once more."""
        message = self.in_flight[index]
        if not again:
            del self.in_flight[index]
        happened: list[Happened] = []
        now = message.at if self.now is None else max(self.now, message.at)
        self._hand_over(attrs.evolve(message, at=now), happened)
        self._run(happened)
        return happened

    def arrive_all(self) -> list[Happened]:
        """Lets everything arrive, the oldest first, until nothing is in flight any more."""
        happened: list[Happened] = []
        while self.in_flight:
            happened += self.arrive(0)
        return happened
