"""The one order of things that happened: newest first.

Everything with an instant is ordered by (instant, `sequence`, id), all descending. The place in a list never
counts, so input in any order gives the same output. The same id with the same content is one entry; with other
content it is refused. Nothing is re-stamped: a clock that ran backwards shows in `History.backwards`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Generic, Protocol, TypeVar

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import MAX_WHOLE, Id, checked


class Entry(Protocol):
    """What a history holds: anything with an id, an instant and a number."""

    @property
    def id(self) -> str:
        """Names the entry; two entries never share one."""

    @property
    def at(self) -> datetime:
        """When it happened."""

    @property
    def sequence(self) -> int:
        """The number the host recorded: the source's, or the arrival's; 0 where there is none."""


E = TypeVar("E", bound=Entry)


@attrs.frozen(order=True, field_transformer=checked)
class Position:
    """A place in the order, as a value: the cursor that pages a history. A greater position is newer."""

    at: datetime
    sequence: int
    id: Id


def position_of(entry: Entry) -> Position:
    """Gives an entry's place in the order."""
    return Position(entry.at, entry.sequence, entry.id)


def _key(entry: Entry) -> tuple[datetime, int, str]:
    return entry.at, entry.sequence, entry.id


def same_entry(known: Entry, again: Entry) -> None:
    """Lets an entry that came twice pass; refuses another one under the same id with `InvalidValue`."""
    if known != again:
        raise InvalidValue("id", "given twice with different content")


def _ascending(entries: "Iterable[E]") -> tuple[E, ...]:
    by_id: dict[str, E] = {}
    for entry in entries:
        if by_id.setdefault(entry.id, entry) is not entry:
            same_entry(by_id[entry.id], entry)
    return tuple(sorted(by_id.values(), key=_key))


@attrs.frozen
class Excerpt(Generic[E]):
    """Some entries, newest first, and the cursor to go on from (None at the end)."""

    entries: tuple[E, ...]
    next: Position | None


@attrs.frozen(repr=False)
class History(Generic[E]):
    """Entries in their order, built once from any iterable; paging never sorts again.

    Refuses two entries with one id and different content with `InvalidValue`.
    """

    _entries: tuple[E, ...] = attrs.field(default=(), converter=_ascending)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[E]:
        return reversed(self._entries)

    def __repr__(self) -> str:
        return f"History({len(self._entries)} entries)"

    def page(
        self,
        size: int,
        after: Position | None = None,
        where: Callable[[E], bool] | None = None,
        *,
        oldest_first: bool = False,
    ) -> Excerpt[E]:
        """Gives the next `size` entries older than `after`, or the newest ones; only those that pass `where`.

        With `oldest_first` the order is the other one: entries newer than `after`, or the oldest ones. The cursor is a
        place in the order, not an index: it stays right when newer entries arrive. Costs O(log n + size), and with
        `where` as many steps more as there are entries passed over.
        """
        if size < 1:
            raise InvalidValue("size", "must be at least 1")
        entries = self._entries
        if oldest_first:
            start = 0 if after is None else bisect_right(entries, attrs.astuple(after), key=_key)
            places = range(start, len(entries))
        else:
            end = len(entries) if after is None else bisect_left(entries, attrs.astuple(after), key=_key)
            places = range(end - 1, -1, -1)
        following: Iterator[E] = map(entries.__getitem__, places)
        found = tuple(islice(following if where is None else filter(where, following), size + 1))
        return Excerpt(found[:size], position_of(found[size - 1]) if len(found) > size else None)

    def backwards(self, newest: int | None = None) -> frozenset[str]:
        """Gives the ids of entries whose clock ran backwards, among the `newest` ones or all.

        An entry is one when another with a lower `sequence` carries a later instant; 0 is no number. Entries that
        different sources numbered must not be judged together. Costs one pass.
        """
        behind: set[str] = set()
        instant_here: datetime | None = None
        lowest_here = lowest_later = MAX_WHOLE
        for entry in islice(self, newest):
            if entry.at != instant_here:
                lowest_later = min(lowest_later, lowest_here)
                instant_here, lowest_here = entry.at, MAX_WHOLE
            if lowest_later < entry.sequence:
                behind.add(entry.id)
            lowest_here = min(lowest_here, entry.sequence or MAX_WHOLE)
        return frozenset(behind)
