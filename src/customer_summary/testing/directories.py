"""The contract of a directory: what must hold for any host's own, and strategies of records and queries to try it with.

`check_directory(make)` tries all of it. `make` gives an empty directory that already holds the records it is given.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customer_summary.domain.case import Case, CaseStatus
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.directory import SEARCHABLE, Attribute, Criterion, DirectoryRecord, ExactQuery, SearchQuery
from customer_summary.domain.outcome import Applied, Refused, Unchanged
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.rules.directory import Directory, at_most_two, criteria_of, found_by, is_active, meets
from customer_summary.rules.phones import PhoneNormaliser, simple_phone

Make = Callable[[Sequence[DirectoryRecord]], Directory]

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KINDS = tuple(SEARCHABLE)
INERT = (
    "%",
    "_",
    '"',
    "'",
    "*",
    "a OR b",
    "NEAR(",
    "{name} : a",
    "\u202eanna",
    "\x00anna",
    "=anna",
    "<b>anna</b>",
    "${anna}",
)
"""Texts that some store could take for more than text."""

_WORDS = st.sampled_from(
    ("Anna", "ANNA", "anna", "Jan", "Jansen", "de", "Ängström", "a", "ß", "漢字", "7", "06", *INERT)
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join).filter(lambda text: bool(text.strip()))
_PHONES = st.sampled_from(("", "+31 6 12345678", "+31612345678", "06-12345678", "(06) 1234 5678", "-", "no number"))
_EMAILS = st.sampled_from(("", "anna@example.org", "Anna@Example.org", "jan@example.org", "a_%@example.org"))
_IDS = st.sampled_from(("1", "2", "3", "4", "5", "'; DROP TABLE records; --"))


def directory_records() -> st.SearchStrategy[DirectoryRecord]:
    """Records that resemble each other: the same few names, numbers and addresses, some inactive."""
    flags = st.booleans()
    contacts = st.builds(
        Contact, id=_IDS, name=_TEXTS, email=_EMAILS, mobile_phone=_PHONES, company=_TEXTS, active=flags
    )
    accounts = st.builds(Account, id=_IDS, name=_TEXTS, email=_EMAILS, phone=_PHONES, number=_TEXTS, active=flags)
    customers = st.builds(RecordRef, st.sampled_from([RecordKind.CONTACT, RecordKind.ACCOUNT]), _IDS)
    cases = st.builds(
        Case,
        id=_IDS,
        title=_TEXTS,
        number=_TEXTS,
        customer=st.none() | customers,
        status=st.sampled_from(CaseStatus),
        created_on=st.just(AT),
        modified_on=st.just(AT),
    )
    return contacts | accounts | cases


def directory_contents() -> st.SearchStrategy[list[DirectoryRecord]]:
    """What a directory may hold: each kind and id once."""
    return st.lists(directory_records(), max_size=12, unique_by=lambda one: one.ref)


def search_queries() -> st.SearchStrategy[SearchQuery]:
    """Searches for words that some records have, their beginnings, and with `*` their insides."""
    term = st.builds(
        lambda star, text, most: star + text[:most], st.sampled_from(["", "*"]), _WORDS, st.integers(1, 12)
    )
    texts = st.lists(term, max_size=3).map(" ".join) | _PHONES | _EMAILS

    def queries(kind: RecordKind) -> st.SearchStrategy[SearchQuery]:
        columns = st.lists(st.sampled_from(SEARCHABLE[kind]), max_size=3, unique=True).map(tuple)
        most = st.integers(1, 20)
        return st.builds(SearchQuery, kind=st.just(kind), text=texts, columns=st.just(()) | columns, most=most)

    return st.sampled_from(KINDS).flatmap(queries)


def check_exact(
    directory: Directory, records: Sequence[DirectoryRecord], query: ExactQuery, normalise_phone: PhoneNormaliser
) -> None:
    """Holds if an exact query gives two at most of the records that meet it, each once, active ones first."""
    found, met = tuple(directory.exact(query)), [one for one in records if meets(query, one, normalise_phone)]
    assert set(found) <= set(met), "an exact query must give nothing that does not meet it"
    assert found == at_most_two(found), "an exact query must give two at most, each once, active ones first"
    expected = at_most_two(met)
    assert [*map(is_active, found)] == [*map(is_active, expected)], "an exact query must give what there is"


def check_search(
    directory: Directory, records: Sequence[DirectoryRecord], query: SearchQuery, normalise_phone: PhoneNormaliser
) -> None:
    """Holds if a search gives the records that it finds, each once, no more than were asked for, always the same."""
    found, expected = tuple(directory.search(query)), {one for one in records if found_by(query, one, normalise_phone)}
    assert len(set(found)) == len(found), "a search must give a record once"
    assert set(found) <= expected, "a search must give nothing that it does not find"
    assert len(found) == min(query.most, len(expected)), "a search must give all there is, up to what was asked for"
    assert tuple(directory.search(query)) == found, "a search that is repeated must give the same"


def check_create(directory: Directory, record: DirectoryRecord, other: DirectoryRecord) -> None:
    """Holds if a new record can be found, comes again without a change, and keeps its place from another one."""
    by_id = ExactQuery(record.ref.kind, (Criterion(Attribute.ID, record.id),))
    assert isinstance(directory.create(record), Applied), "a new record must be created"
    assert tuple(directory.exact(by_id)) == (record,), "a created record must be there"
    assert isinstance(directory.create(record), Unchanged), "the same record must change nothing"
    assert isinstance(directory.create(other), Refused), "another record of the same id must be refused"
    assert tuple(directory.exact(by_id)) == (record,), "a refused record must change nothing"


def check_directory(make: Make, normalise_phone: PhoneNormaliser = simple_phone, examples: int = 100) -> None:
    """Tries a directory with so many examples of each law: records, queries, and text that must stay inert data."""
    for check in (_try_exact, _try_search, _try_create):
        _run(check, make, normalise_phone, examples)


def _run(
    check: Callable[[st.DataObject, Make, PhoneNormaliser], None],
    make: Make,
    normalise_phone: PhoneNormaliser,
    examples: int,
) -> None:
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def example(data: st.DataObject) -> None:
        check(data, make, normalise_phone)

    example()


def _try_exact(data: st.DataObject, make: Make, normalise_phone: PhoneNormaliser) -> None:
    records = data.draw(directory_contents())
    known = [(one.ref.kind, found) for one in records for found in [criteria_of(one, normalise_phone)]]
    directory = make(records)
    for kind, criteria in known:
        some = data.draw(st.lists(st.sampled_from(criteria), min_size=1, unique_by=lambda one: one.attribute))
        strange = data.draw(st.sampled_from(INERT))
        others = (Criterion(Attribute.NAME, strange), Criterion(some[0].attribute, some[0].value + strange))
        for where in (tuple(some), *((one,) for one in others)):
            check_exact(directory, records, ExactQuery(kind, where), normalise_phone)


def _try_search(data: st.DataObject, make: Make, normalise_phone: PhoneNormaliser) -> None:
    records = data.draw(directory_contents())
    directory = make(records)
    for query in data.draw(st.lists(search_queries(), min_size=1, max_size=5)):
        check_search(directory, records, query, normalise_phone)


def _try_create(data: st.DataObject, make: Make, _: PhoneNormaliser) -> None:
    records, record = data.draw(directory_contents()), data.draw(directory_records())
    there = [one for one in records if one.ref != record.ref]
    other: DirectoryRecord = (
        evolve(record, title=f"{record.title} x")
        if isinstance(record, Case)
        else evolve(record, name=f"{record.name} x")
    )
    check_create(make(there), record, other)
