"""Turns what one visitor did, as the access log of a web server tells it, into a log.

The source has the combined format: address, time, request, status, size, referrer, agent. Every line of the visitor
becomes one action for its request, and one more where the referrer tells what the visitor had searched for:

- status 400 and above: a custom action, "Error 404: /path", wherever the path leads;
- else, where the path begins with `/blog/`: a knowledge article that was viewed;
- else: a page that was visited;
- besides, with any status: a phrase that was searched, where the referrer is a search engine and its own parameter for
  the phrase (`PHRASE_IN`) is not empty. The phrase is as old as the request; the request stands above it.

The number of the line in the file is the `sequence` of its actions, and names them. The title is the path without its
escapes and its query, or the phrase; the url is the target as it was requested. What is longer than 600 characters
(title) or 1000 (url) is cut there, and ends in an ellipsis.

A line that is cut off is kept if its address, time, request and status are there; the referrer counts if it is
complete. A line of the visitor without these four is left out. Both are reported on standard error, with the number
of the line. The chat begins a minute after the last action, is accepted, and stays in session, so that its page shows.

    python examples/import_access_log.py access.log visitor-0004 > visits.ndjson
    python -m customer_summary show visits.ndjson
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import attrs

import customer_summary as cs
from customer_summary.domain.facts import Fact
from customer_summary.domain.fields import MAX_NAME, check_instant
from customer_summary.domain.self_service import MAX_TITLE, MAX_URL

CONVERSATION = "conversation-1"
AGENT = "agent"
BEFORE_CHAT = timedelta(minutes=1)
ASSIGNED, ACCEPTED = timedelta(seconds=5), timedelta(seconds=10)
FIRST_ERROR = 400
PHRASE_IN = {"google": "q", "bing": "q", "duckduckgo": "q", "yahoo": "p", "yandex": "text", "baidu": "wd"}
"""Search engines, by a part of their host's name, and the parameter in which each one keeps the phrase."""

_QUOTED = r'"((?:[^"\\]|\\.)*)'
_LINE = re.compile(
    rf'\S+ \S+ .*?\[([^\]]+)\] {_QUOTED}" (\d{{3}})(?!\d)'  # time, request, status
    rf'(?: \S+(?: {_QUOTED}"(?: {_QUOTED}("?))?)?)?'  # referrer, agent, whether it ends
)
_NUMBERED = re.compile(r"visitor-0*([1-9][0-9]{0,8})")


@attrs.frozen
class Visit:
    """One line: what matters of it, and whether it is complete."""

    at: datetime
    request: str
    status: int
    referrer: str
    agent: str
    complete: bool


def read_line(line: str) -> Visit | None:
    """Reads one line, also one that is cut off after its status; None where time, request or status are missing."""
    match = _LINE.match(line)
    if match is None:
        return None
    try:
        at = check_instant(datetime.strptime(match[1], "%d/%b/%Y:%H:%M:%S %z"), "at")
    except ValueError:
        return None
    return Visit(at, match[2], int(match[3]), match[4] or "", match[5] or "", complete=match[6] == '"')


def phrase_in(referrer: str) -> str:
    """Gives the phrase that led from a search engine to the site; empty where the referrer tells none."""
    try:
        where = urlsplit(referrer)
        given = parse_qs(where.query)
    except ValueError:
        return ""
    parameters = (PHRASE_IN[part] for part in (where.hostname or "").split(".") if part in PHRASE_IN)
    return next((" ".join(given[one][0].split()) for one in parameters if one in given), "")


def actions_in(visit: Visit, number: int) -> Iterator[cs.SelfServiceAction]:
    """Gives the actions of one line: what was searched for, where the referrer tells it, and the request."""
    phrase = phrase_in(visit.referrer)
    if phrase:
        yield cs.SelfServiceAction(
            id=f"line-{number}-phrase",
            at=visit.at,
            sequence=number,
            kind=cs.SelfServiceKind.PHRASE_SEARCHED,
            title=_cut(phrase, MAX_TITLE),
            url=_cut(visit.referrer, MAX_URL),
        )
    words = visit.request.split()
    target = words[1] if len(words) > 1 else visit.request.strip() or "-"
    path = unquote(target.partition("?")[0])
    path = path if path.strip() else target
    kind, title = cs.SelfServiceKind.PAGE_VISITED, path
    if visit.status >= FIRST_ERROR:
        kind, title = cs.SelfServiceKind.CUSTOM_ACTION, f"Error {visit.status}: {path}"
    elif path.startswith("/blog/"):
        kind = cs.SelfServiceKind.ARTICLE_VIEWED
    yield cs.SelfServiceAction(
        id=f"line-{number}-request",
        at=visit.at,
        sequence=number,
        kind=kind,
        title=_cut(title, MAX_TITLE),
        url=_cut(target, MAX_URL),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\u2026"


def chat_of(lines: Iterable[str], visitor: str, report: Callable[[str], None]) -> Iterator[Fact]:
    """Gives the facts of the visitor's chat, and reports the lines that are broken.

    Reads the lines as a stream and keeps the actions of this visitor only. Raises `DecodeError` where there are none.
    """
    actions: list[cs.SelfServiceAction] = []
    agent, left_out = "", 0
    for number, line in enumerate(lines, 1):
        if line.partition(" ")[0].rstrip() != visitor:
            continue
        visit = read_line(line)
        if visit is None:
            left_out += 1
            report(f"line {number}: no time, request or status, left out")
            continue
        if not visit.complete:
            report(f"line {number}: cut off, kept as far as it goes")
        agent = visit.agent or agent
        actions.extend(actions_in(visit, number))
    if left_out:
        report(f"lines left out: {left_out}")
    if not actions:
        raise cs.DecodeError((cs.Problem("", "no line of this visitor that can be read"),))
    yield from chat(actions, visitor, agent)


def chat(actions: Iterable[cs.SelfServiceAction], visitor: str, agent: str) -> Iterator[Fact]:
    """Gives a chat that begins after the actions and hands them over."""
    known = tuple(actions)
    start = max(action.at for action in known) + BEFORE_CHAT
    numbered = _NUMBERED.fullmatch(visitor)
    yield cs.SettingMade(at=start, name="self_service_enabled", value=True)
    yield cs.ConversationStarted(
        at=start,
        conversation=CONVERSATION,
        channel=cs.Channel.LIVE_CHAT,
        visitor_number=int(numbered[1]) if numbered else None,
        visitor=cs.VisitorDetails(browser=_cut(agent, MAX_NAME)),
    )
    for action in known:
        yield cs.SelfServiceRecorded(at=start, conversation=CONVERSATION, action=action)
    yield cs.ConversationAssigned(at=start + ASSIGNED, conversation=CONVERSATION, agent=AGENT)
    yield cs.ConversationAccepted(at=start + ACCEPTED, conversation=CONVERSATION, agent=AGENT)


def main(argv: list[str] | None = None) -> int:
    """Writes the log of one visitor to standard output."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, help="an access log in the combined format")
    parser.add_argument("visitor", help="the address with which the visitor's lines begin")
    options = parser.parse_args(argv)

    def report(words: str) -> None:
        print(f"import_access_log: {words}", file=sys.stderr)

    try:
        with options.file.open(encoding="utf-8", errors="backslashreplace", newline="\n") as lines:
            log = [cs.write_fact(fact) + "\n" for fact in chat_of(lines, options.visitor, report)]
        sys.stdout.buffer.writelines(line.encode() for line in log)
        sys.stdout.flush()
    except cs.CustomerSummaryError as error:
        report(str(error))
        return 2
    except OSError as error:
        report(f"{options.file}: {error.strerror}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
