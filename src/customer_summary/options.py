"""The options that commands share: who reads, as of when, and how much of a list."""

import argparse
from datetime import datetime

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import check_instant
from customer_summary.views.reader import LOCALES
from customer_summary.wire.converter import read_instant

MAX_ROWS = 1_000_000


def add_reader(command: argparse.ArgumentParser) -> None:
    """Adds who reads: their language and zone, and how much of a list."""
    command.add_argument("--locale", choices=LOCALES, default="en", help="language (default: en)")
    command.add_argument("--zone", default="UTC", metavar="ZONE", help="time zone, such as Europe/Kyiv (default: UTC)")
    command.add_argument("--rows", type=rows, default=20, metavar="N", help="rows of a list in the text (default: 20)")


def instant(text: str) -> datetime:
    """Reads an instant in RFC 3339, with its offset."""
    try:
        return check_instant(read_instant(text), "")
    except InvalidValue as error:
        raise argparse.ArgumentTypeError(error.rule) from None


def rows(text: str) -> int:
    """Reads how many rows of a list are to show."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(MAX_ROWS)) or not 1 <= int(text) <= MAX_ROWS:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {MAX_ROWS}")
    return int(text)
