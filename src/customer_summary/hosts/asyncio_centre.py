"""A contact centre on an asyncio loop: what is due is settled when the loop's time comes to it.

The loop's clock counts from the instant that its host gives; the centre itself reads none. Events are handled one at a
time, in the order in which they are sent, so no lock is needed.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from customer_summary.domain.fields import check_instant
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.hosts.happened import Event, Happened


class AsyncContactCentre:
    """Runs a contact centre inside `async with`; `perform` is called with every step, in order.

    `perform` must not block: what takes time it hands to a task. It may send events itself. What it raises reaches
    whoever sent the event, or where time alone did it the loop's own handler of exceptions; the steps after it are
    performed with the next ones.
    """

    def __init__(self, centre: ContactCentre, started_at: datetime, perform: Callable[[Happened], object]) -> None:
        self.centre, self._perform = centre, perform
        self._started_at = check_instant(started_at, "started_at")
        self._timer: asyncio.TimerHandle | None = None
        self._steps: deque[Happened] = deque()
        self._performing = False

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._zero = self._loop.time()
        self._handle(self.centre.advance(self.now))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cancel()

    @property
    def now(self) -> datetime:
        """The instant by the loop's clock, counted from when the centre started."""
        return self._started_at + timedelta(seconds=self._loop.time() - self._zero)

    def send(self, make: Callable[[datetime], Event]) -> list[Happened]:
        """Handles an event that is received now: `make` is given the instant. Gives everything that happened."""
        return self._handle(self.centre.send(make(self.now)))

    def _handle(self, happened: list[Happened]) -> list[Happened]:
        """Performs steps in the order in which they happened, also where performing one sends another event."""
        self._steps.extend(happened)
        if not self._performing:
            self._performing = True
            try:
                while self._steps:
                    self._perform(self._steps.popleft())
            finally:
                self._performing = False
                self._set_timer()
        return happened

    def _set_timer(self) -> None:
        self._cancel()
        due = self.centre.deadline
        if due is not None:
            # a timer may ring a little early by the clock of instants; a microsecond later is never too early
            wait = (due - self._started_at + timedelta(microseconds=1)).total_seconds()
            self._timer = self._loop.call_at(self._zero + wait, self._tick)

    def _tick(self) -> None:
        self._handle(self.centre.advance(self.now))

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
