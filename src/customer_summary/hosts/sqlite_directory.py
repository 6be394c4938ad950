"""A directory in SQLite, by the standard library alone: an index of normal forms, and full-text search by trigrams.

Text goes in and out as bound parameters and as words; nothing that a record or a query holds is ever SQL, a pattern or
a query of the full-text search.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection, connect

from customer_summary.domain.case import Case
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.directory import EXACT_MOST, SEARCHABLE, DirectoryRecord, ExactQuery, SearchQuery
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.identification import PhoneSettings
from customer_summary.domain.outcome import Outcome, Refused
from customer_summary.domain.record import RecordKind
from customer_summary.hosts.directories import ID_TAKEN, SAME_RECORD
from customer_summary.rules.directory import Needle, criteria_of, hay_of, is_active, needles_of
from customer_summary.rules.machine import APPLIED
from customer_summary.rules.phones import NONE_OFFERED, OfferedPhones, choose_phones
from customer_summary.wire.documents import from_json, to_json

_CLASSES: dict[RecordKind, type[DirectoryRecord]] = {
    RecordKind.CONTACT: Contact,
    RecordKind.ACCOUNT: Account,
    RecordKind.CASE: Case,
}
_LEAST = 3
"""Characters of the shortest text that an index of trigrams finds; a shorter one is looked for in every record."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS records (number INTEGER PRIMARY KEY, kind TEXT, id TEXT, body TEXT, UNIQUE (kind, id))",
    """CREATE TABLE IF NOT EXISTS criteria (kind TEXT, attribute TEXT, value TEXT, active INTEGER, record INTEGER,
        PRIMARY KEY (kind, attribute, value, active, record)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS criteria_of_record ON criteria (record)",
    *(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS words_of_{kind.value} USING"
        f" fts5({', '.join(columns)}, tokenize = 'trigram case_sensitive 1')"
        for kind, columns in SEARCHABLE.items()
    ),
)


class SqliteDirectory:
    """Contacts, accounts and cases in a SQLite database, indexed for exact queries and for search.

    `connection` is the host's, with its own rules of threads and locking; the directory makes its tables there. Each
    call that writes does all or nothing: in a transaction of its own, or in the host's where one is open. The rule for
    phone numbers stands in the database with its indexes: opening it with another one is refused with `InvalidValue`.
    What SQLite itself raises, such as a full disk, comes as it is.
    """

    def __init__(
        self, connection: Connection, phones: PhoneSettings | None = None, offered: OfferedPhones = NONE_OFFERED
    ) -> None:
        settings = phones or PhoneSettings()
        self.normalise_phone = choose_phones(settings, offered)
        self._connection = connection
        with self._at_once():
            for statement in _TABLES:
                connection.execute(statement)
            wanted = json.dumps([settings.normaliser, settings.region])
            connection.execute("INSERT OR IGNORE INTO settings VALUES ('phones', ?)", (wanted,))
            ((found,),) = connection.execute("SELECT value FROM settings WHERE name = 'phones'")
        if found != wanted:
            raise InvalidValue("phones", "must be the settings that the directory was made with")

    @classmethod
    def open(
        cls, path: str = ":memory:", phones: PhoneSettings | None = None, offered: OfferedPhones = NONE_OFFERED
    ) -> "SqliteDirectory":
        """Opens the directory in a file, and makes it where there is none."""
        return cls(connect(path), phones, offered)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def put(self, records: Iterable[DirectoryRecord]) -> None:
        """Takes records as they stand, all in one transaction; each takes the place of the one with its kind and id."""
        with self._at_once():
            for record in records:
                if not self._insert(record):
                    self._update(record)

    def exact(self, query: ExactQuery, /) -> tuple[DirectoryRecord, ...]:
        """Gives at most two records that meet a query, active ones first."""
        first, *rest = sorted(query.where, key=lambda one: _SELECTIVE.index(one.attribute.value))
        joins = "".join(
            f" JOIN criteria c{place} ON (c{place}.kind, c{place}.attribute, c{place}.value, c{place}.active,"
            f" c{place}.record) = (c.kind, ?, ?, c.active, c.record)"
            for place in range(len(rest))
        )
        parameters = [text for one in rest for text in (one.attribute.value, one.value)]
        rows = self._connection.execute(
            f"SELECT body FROM criteria c CROSS JOIN records r ON r.number = c.record{joins}"
            " WHERE c.kind = ? AND c.attribute = ? AND c.value = ? ORDER BY c.active DESC, c.record DESC LIMIT ?",
            (*parameters, query.kind.value, first.attribute.value, first.value, EXACT_MOST),
        )
        return self._read(query.kind, rows)

    def search(self, query: SearchQuery, /) -> tuple[DirectoryRecord, ...]:
        """Gives the active records that a search finds, those that came first before the others."""
        found: dict[int, str] = {}
        for needles in needles_of(query, self.normalise_phone):
            found |= self._found(query, needles)
        return self._read(query.kind, [(found[number],) for number in sorted(found)[: query.most]])

    def _found(self, query: SearchQuery, needles: tuple[Needle, ...]) -> dict[int, str]:
        """Gives the first records that one alternative finds, by number."""
        table = _words_of(query.kind)
        long = [one for one in needles if len(one.text) >= _LEAST]
        short = [one for one in needles if len(one.text) < _LEAST]
        conditions = [f"{table} MATCH ?"] if long else []
        conditions += [f"({' OR '.join(f'instr({table}.{column}, ?)' for column in one.columns)})" for one in short]
        parameters = [" AND ".join(map(_phrase, long))] if long else []
        parameters += [one.text for one in short for _ in one.columns]
        rows = self._connection.execute(
            f"SELECT records.number, body FROM {table} CROSS JOIN records ON records.number = {table}.rowid"
            f" WHERE {' AND '.join(conditions)} ORDER BY {table}.rowid LIMIT ?",
            (*parameters, query.most),
        )
        return {int(number): str(body) for number, body in rows}

    def create(self, record: DirectoryRecord, /) -> Outcome:
        """Takes a new record, unless one with its kind and id is there; of two at once, one comes first."""
        with self._at_once():
            if self._insert(record):
                return APPLIED
        rows = self._connection.execute(
            "SELECT body FROM records WHERE kind = ? AND id = ?", (record.ref.kind.value, record.id)
        )
        return (
            SAME_RECORD if self._read(record.ref.kind, rows) == (record,) else Refused(ID_TAKEN, record.ref.kind.value)
        )

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Does all of it or nothing, in the host's transaction or in one that locks for writing at once.

        A lock for reading could not be widened where others want the same.
        """
        is_own = not self._connection.in_transaction
        self._connection.execute("BEGIN IMMEDIATE" if is_own else "SAVEPOINT directory")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK" if is_own else "ROLLBACK TO directory")
            raise
        else:
            if is_own:
                self._connection.execute("COMMIT")
        finally:
            if not is_own:
                self._connection.execute("RELEASE directory")

    def _insert(self, record: DirectoryRecord) -> bool:
        row = self._connection.execute(
            "INSERT INTO records (kind, id, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING number",
            (record.ref.kind.value, record.id, to_json(record)),
        ).fetchall()
        for (number,) in row:
            self._index(record, number)
        return bool(row)

    def _update(self, record: DirectoryRecord) -> None:
        ((number,),) = self._connection.execute(
            "UPDATE records SET body = ? WHERE kind = ? AND id = ? RETURNING number",
            (to_json(record), record.ref.kind.value, record.id),
        ).fetchall()
        self._connection.execute("DELETE FROM criteria WHERE record = ?", (number,))
        self._connection.execute(f"DELETE FROM {_words_of(record.ref.kind)} WHERE rowid = ?", (number,))
        self._index(record, number)

    def _index(self, record: DirectoryRecord, number: int) -> None:
        kind, active = record.ref.kind, is_active(record)
        criteria = criteria_of(record, self.normalise_phone)
        self._connection.executemany(
            "INSERT INTO criteria VALUES (?, ?, ?, ?, ?)",
            [(kind.value, one.attribute.value, one.value, active, number) for one in criteria],
        )
        if active:
            texts = [hay_of(record, column, self.normalise_phone) for column in SEARCHABLE[kind]]
            places = ", ".join("?" * (len(texts) + 1))
            columns = ", ".join(SEARCHABLE[kind])
            self._connection.execute(
                f"INSERT INTO {_words_of(kind)} (rowid, {columns}) VALUES ({places})", (number, *texts)
            )

    @staticmethod
    def _read(kind: RecordKind, rows: Iterable[tuple[str]]) -> tuple[DirectoryRecord, ...]:
        return tuple(from_json(_CLASSES[kind], body) for (body,) in rows)


_SELECTIVE = ("id", "number", "email", "phone", "customer", "name")
"""The attributes in the order in which an index narrows most: many people share a name."""


def _words_of(kind: RecordKind) -> str:
    return f"words_of_{kind.value}"


def _phrase(needle: Needle) -> str:
    """Gives a needle as a phrase of the full-text search: it holds words and spaces, never a quote."""
    return f'{{{" ".join(needle.columns)}}} : "{needle.text}"'
