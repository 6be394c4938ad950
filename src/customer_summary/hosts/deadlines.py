"""The next of many deadlines, where each change costs O(log n)."""

from collections.abc import Hashable
from heapq import heapify, heappop, heappush
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Ordered(Generic[K]):
    """Keys with a place each, the least first. A place that was replaced stays in the heap until it comes up.

    Places are compared, and must be different for different keys: end them with the key.
    """

    __slots__ = ("_heap", "_places")

    def __init__(self) -> None:
        self._heap: list[tuple[Any, K]] = []
        self._places: dict[K, Any] = {}

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: K) -> bool:
        return key in self._places

    def put(self, key: K, place: Any) -> None:
        """Gives a key its place; None takes it out."""
        if place is None:
            self._places.pop(key, None)
        elif self._places.get(key) != place:
            self._places[key] = place
            heappush(self._heap, (place, key))
            if len(self._heap) > 64 + 4 * len(self._places):
                self._heap = [(one, other) for other, one in self._places.items()]
                heapify(self._heap)

    def first(self) -> tuple[Any, K] | None:
        """Gives the least place and its key; None where there is none."""
        heap, places = self._heap, self._places
        while heap:
            place, key = heap[0]
            if places.get(key) == place:
                return heap[0]
            heappop(heap)
        return None

    def pop(self) -> tuple[Any, K] | None:
        """Takes the first out of the order for now: `put` or `restore` brings it back."""
        found = self.first()
        if found is not None:
            heappop(self._heap)
        return found

    def restore(self, popped: list[tuple[Any, K]]) -> None:
        """Brings back what was popped and has not changed meanwhile."""
        for place, key in popped:
            if self._places.get(key) == place:
                heappush(self._heap, (place, key))


Deadlines = Ordered[tuple[int, str]]
"""Entities by the instant at which something is due: places are (instant, rank, key), as in the order of settling."""
