"""The SQLite directory: exact queries, identification and search, by the number of contacts and cases that it holds.

The floor of an exact query is one look-up by hand in an index of SQLite with nothing around it; that of a search is a
plain scan with `LIKE`, as one writes it without an index.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from sqlite3 import Connection, connect

from benchmarks.measure import Case as Run
from benchmarks.measure import Figure, aiming, figures, interleaved
from customer_summary import (
    Attribute,
    Case,
    Channel,
    Claims,
    Contact,
    Criterion,
    ExactQuery,
    IdentificationKeys,
    RecordKind,
    RecordRef,
    SearchQuery,
    SqliteDirectory,
    identified,
)

FEW, MANY = 1_000, 100_000
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
FIRST = ("Anna", "Jan", "Olha", "Noor", "Piet", "Marie", "Luc", "Taras", "Iryna", "Sanne", "Daan", "Emma", "Louis")
_HEADS, _TAILS = ("Mul", "Sto", "Kra", "Ver", "Hof", "Bak"), ("der", "man", "stra", "ova", "enko")
LAST = tuple(f"{head}{tail}" for head in _HEADS for tail in _TAILS)
TROUBLE = ("Oven stays cold", "Fridge is loud", "Washer leaks", "Delivery is late", "Invoice is wrong")
SEARCHES = {
    "one letter, in a fifth of the names": (RecordKind.CONTACT, "m"),
    "a first name, of one in 13": (RecordKind.CONTACT, "anna"),
    "two words, of one in 390": (RecordKind.CONTACT, "anna hofstra"),
    "an e-mail address": (RecordKind.CONTACT, "anna.mulder.0@"),
    "a whole phone number": (RecordKind.CONTACT, "+31 6 10000000"),
    "the inside of a word": (RecordKind.CONTACT, "*stra"),
    "what nobody has": (RecordKind.CONTACT, "zzz"),
    "a word, in a fifth of the cases": (RecordKind.CASE, "oven"),
    "the number of a case": (RecordKind.CASE, "cas-000000"),
    "two letters inside a word that nobody has": (RecordKind.CONTACT, "*zq"),
}
SHORT = "two letters inside a word that nobody has"
"""Shorter than a trigram: every record is looked at."""


def contacts(count: int) -> Iterator[Contact]:
    """Contacts with names that many share, and an address and a number of their own."""
    for number in range(count):
        first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
        email = f"{first}.{last}.{number}@example.org".lower()
        yield Contact(id=f"contact-{number}", name=f"{first} {last}", email=email, mobile_phone=f"+316{number + 10**7}")


def cases(count: int) -> Iterator[Case]:
    """Cases, one for each contact."""
    for number in range(count):
        yield Case(
            id=f"case-{number}",
            title=f"{TROUBLE[number % len(TROUBLE)]} since day {number}",
            number=f"CAS-{number:06}",
            customer=RecordRef(RecordKind.CONTACT, f"contact-{number}"),
            created_on=MONDAY,
            modified_on=MONDAY,
        )


def run(few: int = FEW, many: int = MANY, rounds: int = 15) -> list[Figure]:
    """Measures a directory with few and with many contacts and cases."""
    with ExitStack() as opened:
        directories = {}
        for count in (few, many):
            directory = directories[count] = opened.enter_context(closing(SqliteDirectory.open()))
            directory.put(contacts(count))
            directory.put(cases(count))
        plain = opened.enter_context(closing(by_hand(many)))
        return [*exact(directories, few, many, plain, rounds), *searches(directories, few, many, plain, rounds)]


def by_hand(count: int) -> Connection:
    """A table with an index, and nothing else."""
    connection = connect(":memory:")
    connection.execute("CREATE TABLE contact (id TEXT, name TEXT, email TEXT, phone TEXT)")
    rows = ((one.id, one.name, one.email, one.mobile_phone) for one in contacts(count))
    connection.executemany("INSERT INTO contact VALUES (?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX by_email ON contact (email)")
    return connection


def exact_aims(few: int = FEW, many: int = MANY) -> dict[str, float]:
    """Gives the most that a hundred times as many records should cost, as a multiple."""
    return {f"{name}, of {many}": 1.5 for name in _exact_cases(few)}


def search_aims(many: int = MANY) -> dict[str, float]:
    """Gives the most milliseconds that a search should take."""
    return {f"{name}, of {many}": 20.0 for name in SEARCHES}


def _exact_cases(count: int) -> dict[str, tuple[ExactQuery | None, Claims]]:
    """What is asked: an exact query, or where there is none an identification."""
    middle = next(one for number, one in enumerate(contacts(count)) if number == count // 2)
    query = ExactQuery(RecordKind.CONTACT, (Criterion(Attribute.EMAIL, middle.email),))
    keys = IdentificationKeys(name=middle.name, email=middle.email)
    sms = Claims(channel=Channel.SMS, sender=middle.mobile_phone)
    return {
        "exact, one e-mail address": (query, sms),
        "identified by phone, with the only active case": (None, sms),
        "identified by name and e-mail, with the case": (None, Claims(channel=Channel.LIVE_CHAT, keys=keys)),
    }


def exact(directories: dict[int, SqliteDirectory], few: int, many: int, plain: Connection, rounds: int) -> list[Figure]:
    """Measures exact queries and identifications, each against the same in the small directory."""
    found: list[Figure] = []
    for name in _exact_cases(few):
        runs: dict[str, Run] = {}
        for count in (few, many):
            query, claims = _exact_cases(count)[name]
            asked = partial(identified, directories[count], claims)
            runs[f"{name}, of {count}"] = partial(directories[count].exact, query) if query else asked
        found += figures(interleaved(runs, rounds), against=f"{name}, of {few}", scale=1e6, unit="us")
    email = next(contacts(1)).email
    floor = {"a row by hand": partial(_rows, plain, "SELECT * FROM contact WHERE email = ? LIMIT 2", email)}
    return [*figures(interleaved(floor, rounds), scale=1e6, unit="us"), *aiming(found, exact_aims(few, many))]


def _rows(connection: Connection, statement: str, value: str) -> list[object]:
    return connection.execute(statement, (value,)).fetchall()


def searches(
    directories: dict[int, SqliteDirectory], few: int, many: int, plain: Connection, rounds: int
) -> list[Figure]:
    """Measures searches of twenty rows, each in both directories, and a scan by hand."""
    scan = "SELECT * FROM contact WHERE name LIKE ? LIMIT 20"
    runs: dict[str, Run] = {"a scan by hand that finds nobody": partial(_rows, plain, scan, "%zq%")}
    for name, (kind, text) in SEARCHES.items():
        for count in (few, many):
            query = SearchQuery(kind=kind, text=text)
            runs[f"{name}, of {count}"] = partial(directories[count].search, query)
    return aiming(figures(interleaved(runs, rounds)), search_aims(many))
