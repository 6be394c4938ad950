"""Directories: what every one must hold, tried on the one in memory and on the one in SQLite; and what a search finds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing

import pytest

from customer_summary.domain.directory import DirectoryRecord
from customer_summary.hosts.directories import MemoryDirectory
from customer_summary.hosts.sqlite_directory import SqliteDirectory
from customer_summary.rules.directory import Directory
from customer_summary.testing.directories import check_directory

Make = Callable[[Sequence[DirectoryRecord]], Directory]


@pytest.fixture
def sqlite() -> Iterator[Make]:
    with ExitStack() as opened:

        def make(records: Sequence[DirectoryRecord]) -> SqliteDirectory:
            opened.close()
            made = opened.enter_context(closing(SqliteDirectory.open()))
            made.put(records)
            return made

        yield make


def test_the_directory_in_memory_keeps_the_contract() -> None:
    check_directory(MemoryDirectory)


def test_the_directory_in_sqlite_keeps_the_contract(sqlite: Make) -> None:
    check_directory(sqlite)
