"""Opening a log on the command line: for reading twice, and saying how far it is."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from customer_summary.wire.log import Line, read_log

PROGRESS_EVERY = 50_000


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Opens a log for reading twice; what cannot be read twice, such as standard input, is kept on disk meanwhile."""
    with nullcontext(_standard_input()) if path == "-" else Path(path).open("rb") as log:
        if path != "-" and log.seekable():
            yield log
            return
        with TemporaryFile() as spool:
            copyfileobj(log, spool)
            spool.seek(0)
            yield spool


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # closed by whoever started the program
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard input")
    return sys.stdin.buffer


def with_progress(log: BinaryIO) -> Iterator[Line]:
    """Reads a log and says on standard error how far it is, where it is a long one."""
    end = "\r" if sys.stderr.isatty() else "\n"
    for count, line in enumerate(read_log(log), 1):
        if count % PROGRESS_EVERY == 0:
            print(f"read {count} facts", end=end, file=sys.stderr, flush=True)
        yield line
