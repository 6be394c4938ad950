"""Many desks in memory: each event goes to its agent's desk, and what is due is settled in time."""

from collections.abc import Iterator
from datetime import datetime
from heapq import heappop, heappush
from typing import TypeAlias

import attrs

from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_effects import DeskEffect
from customer_summary.domain.desk_events import AgentEvent, OfferEvent
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.outcome import Outcome
from customer_summary.domain.tick import Tick
from customer_summary.rules.desk import AgentDesk

Event: TypeAlias = AgentEvent | OfferEvent


@attrs.frozen
class Happened:
    """What came of an event at a desk, or with no event of time alone: the desk then, and what its host has to do."""

    at: datetime
    before: Desk
    desk: Desk
    outcome: Outcome | None
    effects: tuple[DeskEffect, ...]


class Desks:
    """The desks of every agent that something happened to. A desk begins, signed out, with its first event."""

    def __init__(self, machine: AgentDesk | None = None) -> None:
        self.machine = machine or AgentDesk()
        self._desks: dict[str, Desk] = {}
        self._due: list[tuple[datetime, str]] = []

    def __iter__(self) -> Iterator[Desk]:
        return iter(self._desks.values())

    def advance(self, to: datetime) -> Iterator[Happened]:
        """Settles what is due by then, at each desk, in the order in which it is due."""
        while self._due and self._due[0][0] <= to:
            due, agent = heappop(self._due)
            before = self._desks[agent]
            if self.machine.deadline(before) == due:  # else it was settled or replaced meanwhile
                desk, _, effects = self.machine.step(before, Tick(at=due))
                self._keep(desk)
                yield Happened(desk.at, before, desk, None, effects)

    def send(self, event: Event) -> Happened:
        """Handles one event at the desk of its agent. Call `advance` first, with the instant of the event."""
        before = self._desks.get(event.agent) or self.machine.start(event.agent, event.at)
        desk, outcome, effects = self.machine.step(before, event)
        if desk is not before or event.agent not in self._desks:
            self._keep(desk)
        return Happened(max(before.at, event.at), before, desk, outcome, effects)

    def set(self, settings: DeskSettings) -> None:
        """Puts other settings in force, for what starts from now on. Call `advance` first, with the instant."""
        self.machine = AgentDesk(settings)
        for desk in self._desks.values():
            self._keep(desk)

    def _keep(self, desk: Desk) -> None:
        self._desks[desk.agent] = desk
        due = self.machine.deadline(desk)
        if due is not None:
            heappush(self._due, (due, desk.agent))
