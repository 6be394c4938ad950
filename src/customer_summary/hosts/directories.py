"""A directory in memory: an index of the normal forms for exact queries, and a look at every record for a search."""

from collections.abc import Iterable
from itertools import islice

from customer_summary.domain.directory import Criterion, DirectoryRecord, ExactQuery, SearchQuery
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.rules.directory import at_most_two, criteria_of, found_by
from customer_summary.rules.machine import APPLIED
from customer_summary.rules.phones import PhoneNormaliser, simple_phone

ID_TAKEN = "id_taken"
SAME_RECORD = Unchanged("already there")


class MemoryDirectory:
    """Contacts, accounts and cases in memory, for tests, demos and what fits: a search reads all of them."""

    def __init__(
        self, records: Iterable[DirectoryRecord] = (), normalise_phone: PhoneNormaliser = simple_phone
    ) -> None:
        self.normalise_phone = normalise_phone
        self._records: dict[RecordRef, DirectoryRecord] = {}
        self._index: dict[tuple[RecordKind, Criterion], dict[RecordRef, None]] = {}
        self.put(records)

    def put(self, records: Iterable[DirectoryRecord]) -> None:
        """Takes records as they stand; each takes the place of the one with its kind and id."""
        for record in records:
            ref = record.ref
            if ref in self._records:
                for one in criteria_of(self._records[ref], self.normalise_phone):
                    self._index[ref.kind, one].pop(ref)
            self._records[ref] = record
            for one in criteria_of(record, self.normalise_phone):
                self._index.setdefault((ref.kind, one), {})[ref] = None

    def exact(self, query: ExactQuery, /) -> tuple[DirectoryRecord, ...]:
        """Gives at most two records that meet a query, active ones first."""
        sets = sorted((self._index.get((query.kind, one), {}) for one in query.where), key=len)
        met = (ref for ref in sets[0] if all(ref in one for one in sets[1:]))
        return at_most_two(self._records[ref] for ref in met)

    def search(self, query: SearchQuery, /) -> tuple[DirectoryRecord, ...]:
        """Gives the active records that a search finds, those that came first before the others."""
        found = (one for one in self._records.values() if found_by(query, one, self.normalise_phone))
        return tuple(islice(found, query.most))

    def create(self, record: DirectoryRecord, /) -> Outcome:
        """Takes a new record, unless one with its kind and id is there."""
        there = self._records.get(record.ref)
        if there is None:
            self.put((record,))
            return APPLIED
        return SAME_RECORD if there == record else Refused(ID_TAKEN, record.ref.kind.value)
