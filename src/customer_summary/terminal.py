"""The page on a terminal, laid out with rich (extra `cli`): readable at 80 columns, plain where it is no terminal."""

import sys
from collections.abc import Iterator
from datetime import datetime

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from customer_summary.domain.message import Message
from customer_summary.plain import plain
from customer_summary.views.page import Choice, ClosedItem, DeskPanel, Field, Page, Part, Row
from customer_summary.views.tone import Tone

WIDTH = 80
LABEL_WIDTH = 24
INSTANT_WIDTH = 30
"""The longest instant: September 22, 2026 11:42:05 AM."""
_STYLES = {
    Tone.NEUTRAL: "",
    Tone.MUTED: "dim",
    Tone.GOOD: "green",
    Tone.NOTICE: "yellow",
    Tone.URGENT: "bold red",
}

MAX_LINES, MAX_CHARACTERS = 40, 4000
"""What the terminal shows of one text; the JSON has all of it."""
_BEFORE = {"body": "\n", "url": "\n", "text": ": "}
"""What stands before a field of a row; a point before all others."""
_IN_THE_SENTENCE = frozenset({"base", "reason", "since"})
"""Fields of the presence that its sentence says already."""


def print_page(page: Page, rows: int) -> None:
    """Prints a page; of each list at most `rows` rows, and how many more there are."""
    reader = page.reader
    as_of = reader.label("page.as_of", instant=reader.text(reader.now))
    blocks = [] if page.desk is None else [*_desk(page.desk, rows)]
    blocks.append(_title(page.title, f"{page.heading} \u00b7 {as_of} ({reader.zone})"))
    if page.commands:
        blocks.append(Padding(_buttons(page.commands), (0, 2)))
    if page.fields:
        blocks.append(Padding(_fields(page.fields), (0, 2)))
    for part in (*page.sections, page.communication, *([page.script] if page.script else [])):
        blocks += _section(part, Group(*_part(part, rows)))
    _print(Group(*blocks))


def print_desk(desk: DeskPanel, rows: int) -> None:
    """Prints the desk of an agent, where there is no page below it."""
    _print(Group(*_desk(desk, rows)))


def print_item(item: ClosedItem) -> None:
    """Prints the read-only attributes of a closed conversation."""
    _print(Group(_title(item.title, item.heading), Padding(_fields(item.fields), (0, 2))))


def print_list(part: Part, rows: int) -> None:
    """Prints one list under its heading."""
    _print(Group(*_section(part, Group(*_part(part, rows)))))


def _print(block: RenderableType) -> None:
    """Prints to a terminal as it is; elsewhere 80 columns wide, without colour and without spaces at line ends."""
    console = Console(highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        console.print(block)
        return
    flat = Console(highlight=False, markup=False, emoji=False, width=WIDTH, color_system=None)
    with flat.capture() as captured:
        flat.print(block)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _section(part: Part, content: RenderableType) -> list[RenderableType]:
    heading = Rule(Text(plain(part.label), style="bold"), align="left")
    return [heading, Padding(content, (0, 2, 1, 2))]


def _desk(desk: DeskPanel, rows: int) -> Iterator[RenderableType]:
    """Draws a desk: each alert in a box of its own, then what of presence, notifications and sessions there is."""
    for row in desk.part("alerts").rows:
        yield _alert(row)
    presence = desk.part("presence")
    fields = tuple(one for one in presence.fields if one.name not in _IN_THE_SENTENCE)
    yield from _section(presence, Group(_fields(fields), _buttons(presence.commands)))
    notifications, sessions = desk.part("notifications"), desk.part("sessions")
    if notifications.rows:
        boxes = [_notification(row) for row in notifications.rows[:rows]]
        yield from _section(notifications, Group(*boxes, *_left(notifications.rows, rows)))
    if sessions.rows:
        yield from _section(sessions, Group(*_part(sessions, rows)))


def _alert(row: Row) -> RenderableType:
    title, at, text = row.fields
    when = Text(f"{plain(at.text)} ({at.ago})", style="dim")
    heading = Text(f"! {plain(title.text)}", style=_STYLES[title.tone])
    return Panel(Group(when, Text(plain(text.text)), _buttons(row.commands)), title=heading, title_align="left")


def _notification(row: Row) -> RenderableType:
    scenario, *rest = row.fields
    heading = Text(" ".join(plain(scenario.text).split()), style="bold")
    buttons = [_buttons(row.commands)] if row.commands else []
    return Panel(Group(_fields(tuple(rest)), *buttons), title=heading, title_align="left")


def _left(rows: tuple[Row, ...], most: int) -> tuple[Text, ...]:
    """Says how many rows more there are, where there are any."""
    left = len(rows) - most
    return (Text(f"\u2026 {rows[0].reader.label('list.more', count=left)}", style="dim"),) if left > 0 else ()


def _buttons(commands: tuple[Choice, ...]) -> Text:
    return Text("  ".join(f"[{plain(one.label)}]" for one in commands), style="dim")


def _title(title: str, subtitle: str) -> RenderableType:
    return Panel(Text.assemble((" ".join(plain(title).split()), "bold"), "\n", (plain(subtitle), "dim")))


def _part(part: Part, rows: int) -> Iterator[RenderableType]:
    for selector in part.selectors:
        if selector.choices:
            yield Text(plain(selector.label), style="dim")
            choices = [Text(f"({'x' if one.selected else ' '}) {plain(one.label)}") for one in selector.choices]
            yield Padding(Columns(choices, padding=(0, 2)), (0, 0, 0, 2))
    if part.fields:
        yield _fields(part.fields)
    if part.rows:
        yield _rows(part.rows, rows, newest_last=isinstance(part.rows[0].entry, Message))
    if part.next is not None and len(part.rows) <= rows:
        yield Text("\u2026")
    if part.empty_text is not None:
        yield Text(plain(part.empty_text), style="italic")
    for tab in part.tabs:
        yield Text("")
        yield Text(f"\u25b8 {plain(tab.label)}", style="bold")
        yield Padding(Group(*_part(tab, rows)), (0, 0, 0, 2))
    if part.commands:
        yield _buttons(part.commands)


def _grid(width: int) -> Table:
    """Makes two columns; a long word is folded, never cut."""
    table = Table.grid(padding=(0, 2))
    table.add_column(width=width, style="dim", overflow="fold")
    table.add_column(overflow="fold")
    return table


def _fields(fields: tuple[Field, ...]) -> Table:
    table = _grid(LABEL_WIDTH)
    for field in fields:
        pencil = " \u270e" if field.editable else ""
        pencil += f" ({plain(field.reader.label('field.unsaved'))})" if field.unsaved else ""
        table.add_row(Text(plain(field.label)), _value(field) + Text(pencil))
    return table


def _value(field: Field) -> Text:
    text = _shown(field) or "\u2013"
    if field.ago is not None:
        text += f" ({field.ago})"
    return Text(text, style=_STYLES[field.tone])


def _shown(field: Field) -> str:
    """Gives the text of a field; of a very long one the beginning, and how many characters more there are."""
    text = field.text
    kept = "\n".join(text[: MAX_CHARACTERS + 1].splitlines()[:MAX_LINES])[:MAX_CHARACTERS]
    if len(text) <= MAX_CHARACTERS and text.count("\n") < MAX_LINES:
        return plain(text)
    return f"{plain(kept)} \u2026 {field.reader.label('list.more', count=len(text) - len(kept))}"


def _rows(rows: tuple[Row, ...], most: int, *, newest_last: bool) -> RenderableType:
    """Draws the newest `most` rows: the instant in the first column, what happened in the second."""
    left = len(rows) - most
    shown = rows if left <= 0 else rows[-most:] if newest_last else rows[:most]
    dated = any(isinstance(field.value, datetime) for row in shown[:1] for field in row.fields)
    table = _grid(INSTANT_WIDTH if dated else 1)
    for row in shown:
        fields = row.fields
        when = next((field for field in fields if isinstance(field.value, datetime)), None)
        rest = [field for field in fields if field is not when]
        table.add_row(Text(_when(when, row)), _row_text(row, rest))
    if left <= 0:
        return table
    more = _left(rows, most)
    return Group(*more, table) if newest_last else Group(table, *more)


def _when(field: Field | None, row: Row) -> str:
    """Draws the instant of a row, and how long ago it was; of a message only the instant."""
    if field is None:
        return "\u2022"
    return plain(field.text) if isinstance(row.entry, Message) else f"{plain(field.text)}\n{field.ago}"


def _row_text(row: Row, fields: list[Field]) -> Text:
    """Draws what a row says beside its instant: short fields on one line, what has lines of its own below."""
    text = Text()
    title = next((field.value for field in fields if field.name == "title"), None)
    for field in fields:
        if field.name == "url" and field.value == title:
            continue  # the address of a page is often its title
        words = _shown(field)
        if isinstance(field.value, datetime):
            words = f"{plain(field.label)} {words}"
        if text:
            text.append(_BEFORE.get(field.name, " \u00b7 "))
        text.append(words, style=_STYLES[field.tone])
    if row.clock_ran_backwards:
        text.append(f"\n({row.reader.label('list.clock_ran_backwards')})", style="italic")
    return text + Text("  ") + _buttons(row.commands) if row.commands else text
