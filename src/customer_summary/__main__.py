"""The command line: what an agent saw at an instant, what happened, and the schemas of the documents.

Exit codes: 0 done; 1 whoever reads the output closed it; 2 the log, the settings or the command cannot be read; 3 there
is no page, with the reason; 4 there are findings in the settings, or errors in scripts.
"""

import argparse
import os
import sys
from io import TextIOWrapper
from pathlib import Path

import attrs

from customer_summary.agents_story import agents_lines
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.errors import CustomerSummaryError
from customer_summary.domain.sentiment_settings import SentimentSettings
from customer_summary.domain.timeline_filters import TimelineFilters, TimelineSort
from customer_summary.form_story import handled
from customer_summary.hosts.collection import collect, collect_closed, collect_customers
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.hosts.forms import Forms
from customer_summary.hosts.replay import MAX_LISTED, find, tell
from customer_summary.hosts.script_sessions import ScriptSessions
from customer_summary.hosts.sentiments import Sentiments
from customer_summary.open_log import opened, with_progress
from customer_summary.options import add_reader, instant
from customer_summary.rules.lint import lint
from customer_summary.rules.sentiment_ports import choose_ports
from customer_summary.scorers.embedded import EMBEDDED
from customer_summary.script_commands import check, draw
from customer_summary.script_story import due_lines, effect_lines
from customer_summary.sentiment_story import Levels, felt_lines
from customer_summary.story import event_line
from customer_summary.views.closed import closed_work_items
from customer_summary.views.known import View
from customer_summary.views.page import ClosedItem, DeskPanel, NoPage, Page, Part
from customer_summary.views.reader import Reader
from customer_summary.views.summary import summarize
from customer_summary.wire.documents import from_json
from customer_summary.wire.log import read_log
from customer_summary.wire.page import write_page
from customer_summary.wire.schema import SCHEMAS, read_schema

OK, CLOSED_PIPE, BAD_INPUT, NO_PAGE, FINDINGS = 0, 1, 2, 3, 4


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and gives its exit code."""
    options = _parser().parse_args(arguments)
    code = BAD_INPUT
    if isinstance(sys.stdout, TextIOWrapper):  # what a stream cannot write must not end the page halfway
        as_json = options.run is _schema or getattr(options, "format", "") == "json"
        sys.stdout.reconfigure(encoding="utf-8" if as_json else None, errors="backslashreplace")
    try:
        code = int(options.run(options))
        print(end="", flush=True)
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = CLOSED_PIPE
    except CustomerSummaryError as error:
        print(f"customer_summary: {error}", file=sys.stderr)
    except OSError as error:
        print(f"customer_summary: {error.filename or 'input or output'}: {error.strerror or error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="customer_summary", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    show = commands.add_parser("show", help="print the page of a conversation as its agent saw it")
    show.add_argument("log", metavar="LOG", help="the log, newline-delimited JSON; - for standard input")
    show.add_argument("--conversation", metavar="ID", help="which one, where the log holds several")
    show.add_argument("--agent", metavar="ID", help="whose desk to show (default: of who has it or is offered it)")
    show.add_argument("--at", metavar="INSTANT", type=instant, help="as seen then (default: at the end of the log)")
    show.add_argument("--closed", action="store_true", help="what the closed work items show of a closed conversation")
    show.add_argument("--search", metavar="WORDS", default="", help="only what says these words on the timeline")
    orders = [one.value for one in TimelineSort]
    show.add_argument("--sort", choices=orders, default=orders[0], help="order of the timeline (default: newest first)")
    show.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_reader(show)
    show.set_defaults(run=_show)
    closed = commands.add_parser("closed", help="print what an agent closed on a day")
    closed.add_argument("log", metavar="LOG", help="the log; - for standard input")
    closed.add_argument("--agent", metavar="ID", required=True, help="who closed it")
    closed.add_argument("--at", metavar="INSTANT", type=instant, help="on the day of it (default: the end of the log)")
    add_reader(closed)
    closed.set_defaults(run=_closed)
    events = commands.add_parser("events", help="print what happened, a line each")
    events.add_argument("log", metavar="LOG", help="the log; - for standard input")
    events.set_defaults(run=_events)
    agents = commands.add_parser("agents", help="print who is in which presence and why, and what they have")
    agents.add_argument("log", metavar="LOG", help="the log; - for standard input")
    agents.add_argument("--at", metavar="INSTANT", type=instant, help="as it was then (default: at the end of the log)")
    agents.set_defaults(run=_agents)
    feel = commands.add_parser("sentiment", help="print how the customer feels after each of their messages")
    feel.add_argument("log", metavar="LOG", help="the log; - for standard input")
    feel.add_argument("--conversation", metavar="ID", help="which one (default: all)")
    feel.add_argument("--settings", metavar="FILE", help="the settings as a JSON document (default: the stock ones)")
    feel.set_defaults(run=_sentiment)
    schema = commands.add_parser("schema", help="print a JSON Schema")
    schema.add_argument("name", choices=SCHEMAS)
    schema.set_defaults(run=_schema)
    hardly = commands.add_parser("lint", help="say what in the settings of desks will hardly be meant")
    hardly.add_argument("settings", metavar="SETTINGS", help="the settings as a JSON document; - for standard input")
    hardly.set_defaults(run=_lint)
    wrong = commands.add_parser("check", help="say what is wrong with agent scripts and macros, with its line")
    wrong.add_argument("scripts", metavar="SCRIPTS", nargs="+", help="files of scripts, TOML or JSON, checked together")
    wrong.set_defaults(run=_check)
    diagram = commands.add_parser("diagram", help="draw agent scripts as a Mermaid flow chart")
    diagram.add_argument("scripts", metavar="SCRIPTS", nargs="+", help="files of scripts, TOML or JSON")
    diagram.add_argument("--script", metavar="NAME", help="the unique name of one script (default: all)")
    diagram.set_defaults(run=_diagram)
    return parser


def _show(options: argparse.Namespace) -> int:
    view = View(filters=TimelineFilters(search=options.search), sort=TimelineSort(options.sort))
    with opened(options.log) as log:
        scripts = ScriptSessions()
        lines = scripts.following(with_progress(log), options.at)
        scene = find(lines, options.conversation, options.at, options.agent)
        if scene.conversation is None or (options.conversation is None and len(scene.found) > 1):
            return _no_conversation(options.conversation, scene.found)
        log.seek(0)
        known = attrs.evolve(
            collect(read_log(log), scene, view),
            desk=scene.desk,
            session_limit=scene.session_limit,
            sentiment=scene.sentiment,
            guidance=scripts.shown(scene.conversation, scene.now),
        )
    reader = Reader(now=scene.now or scene.conversation.at, locale=options.locale, zone=options.zone)
    answer = summarize(scene.conversation, known, reader=reader, configuration=scene.configuration, view=view)
    if isinstance(answer, NoPage) and options.closed and answer.closed is not None:
        return _print(answer.closed, options)
    if isinstance(answer, NoPage):
        if options.format == "json":
            print(write_page(answer))
        elif answer.desk is not None and _draw(answer.desk, options.rows) != OK:
            return BAD_INPUT
        return _say(answer.text)
    if options.closed:
        return _say("the conversation is not closed: show its page without --closed")
    return _print(answer, options)


def _closed(options: argparse.Namespace) -> int:
    with opened(options.log) as log:
        found, now = collect_closed(with_progress(log), options.agent, options.at)
        if now is None:
            return _say("the log is empty")
        reader = Reader(now=now, locale=options.locale, zone=options.zone)
        log.seek(0)
        wanted = {one.customer for one in found if one.customer is not None}
        customers = collect_customers(read_log(log), wanted, now)
    return _draw(closed_work_items(found, options.agent, reader=reader, customers=customers), options.rows)


def _print(shown: Page | ClosedItem, options: argparse.Namespace) -> int:
    if options.format != "json":
        return _draw(shown, options.rows)
    print(write_page(shown))
    return OK


def _draw(shown: Page | ClosedItem | DeskPanel | Part, rows: int) -> int:
    try:
        from customer_summary.terminal import print_desk, print_item, print_list, print_page  # noqa: PLC0415  # rich loads late
    except ModuleNotFoundError:
        print(
            "customer_summary: the text needs the extra cli (the package rich); --format json needs nothing",
            file=sys.stderr,
        )
        return BAD_INPUT
    match shown:
        case Page():
            print_page(shown, rows)
        case ClosedItem():
            print_item(shown)
        case DeskPanel():
            print_desk(shown, rows)
        case Part():
            print_list(shown, rows)
    return OK


def _no_conversation(asked: str | None, found: tuple[str, ...]) -> int:
    """Says why there is no conversation to show, and names those there are."""
    if not found:
        return _say("the log holds no conversation")
    if asked is None and len(found) > 1:
        reason = "the log holds several conversations: choose one with --conversation"
    elif asked is not None and asked not in found and len(found) < MAX_LISTED:
        reason = "the log holds no conversation with this id"
    elif asked is not None and asked not in found:
        reason = "no conversation with this id had started by then; the first ones of the log"
    else:
        return _say("the conversation had not started by then")
    listed = "".join(f"\n  {one}" for one in found)
    return _say(f"{reason}:{listed}" + ("\n  ..." if len(found) == MAX_LISTED else ""))


def _say(reason: str) -> int:
    print(end="", flush=True)  # so that what was printed stands before the reason
    print(f"customer_summary: {reason}", file=sys.stderr)
    return NO_PAGE


def _events(options: argparse.Namespace) -> int:
    with opened(options.log) as log:
        sentiments, forms = Sentiments((centre := ContactCentre()).desks, every=True), Forms(every=True)
        scripts = ScriptSessions()
        for happened in tell(with_progress(log), centre=centre):
            told, lines = handled(happened, forms)
            due, guided = [*due_lines(told.at, scripts)], scripts.take(told.line)
            shown = told if guided is None else attrs.evolve(told, outcome=guided.outcome)
            print(*due, event_line(shown), *lines, *felt_lines(told, sentiments), *effect_lines(guided), sep="\n")
    return OK


def _agents(options: argparse.Namespace) -> int:
    centre = ContactCentre()
    with opened(options.log) as log:
        for _ in tell(with_progress(log), lambda _: False, centre, options.at):
            pass
    if options.at is not None:
        centre.advance(options.at)
    for line in agents_lines(centre):
        print(line)
    return OK


def _sentiment(options: argparse.Namespace) -> int:
    settings = SentimentSettings()
    if options.settings is not None:
        settings = from_json(SentimentSettings, Path(options.settings).read_bytes())
    levels = Levels(choose_ports(settings, EMBEDDED), settings)
    with opened(options.log) as log:
        for line in levels.lines(with_progress(log), options.conversation):
            print(line)
    return OK


def _schema(options: argparse.Namespace) -> int:
    print(read_schema(options.name), end="")
    return OK


def _lint(options: argparse.Namespace) -> int:
    with opened(options.settings) as document:
        findings = lint(from_json(DeskSettings, document.read()))
    for one in findings:
        print(f"{one.path}: {one.kind.value}: {one.text}")
    if not findings:
        print("no findings")
    return FINDINGS if findings else OK


def _check(options: argparse.Namespace) -> int:
    read, right = check(options.scripts)
    return BAD_INPUT if not read else OK if right else FINDINGS


def _diagram(options: argparse.Namespace) -> int:
    why_not = draw(options.scripts, options.script)
    if why_not is None:
        return OK
    return _say(why_not) if why_not else BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
