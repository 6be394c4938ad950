"""The newest entries of a stream that is longer than memory."""

from datetime import datetime
from heapq import heappop, heappush
from typing import Generic, TypeVar

import attrs

from customer_summary.domain.history import Entry, Position, position_of, same_entry

E = TypeVar("E", bound=Entry)


@attrs.define
class Newest(Generic[E]):
    """The newest entries of a stream that are older than `after`, no more than `most` (all where None)."""

    most: int | None
    after: Position | None = None
    _by_id: dict[str, E] = attrs.field(factory=dict)
    _heap: list[tuple[datetime, int, str]] = attrs.field(factory=list)

    def add(self, entry: E) -> None:
        """Takes an entry; refuses, with `InvalidValue`, one that comes again with other content while it is kept."""
        if entry.id in self._by_id:
            same_entry(self._by_id[entry.id], entry)
            return
        if self.after is not None and position_of(entry) >= self.after:
            return
        self._by_id[entry.id] = entry
        if self.most is None:
            return
        heappush(self._heap, (entry.at, entry.sequence, entry.id))
        if len(self._heap) > self.most:
            del self._by_id[heappop(self._heap)[2]]

    def entries(self) -> tuple[E, ...]:
        """Gives the entries that were kept, in no order."""
        return tuple(self._by_id.values())
