"""The page as one value: sections of fields, tabs and rows, each with its label, raw value and display text.

No HTML and no colours: a terminal, a web page and a test read the same value. Labels and display texts are made by
the page's reader when they are asked for; everything else is decided when the page is built.
"""

from datetime import datetime
from enum import Enum
from typing import Any, Protocol, TypeVar

import attrs

from customer_summary.domain.configuration import Generation
from customer_summary.domain.errors import UnknownKey
from customer_summary.domain.history import Position
from customer_summary.rules.page import Form, NoPageReason
from customer_summary.views.cards import LABELS, tone_of
from customer_summary.views.reader import Reader
from customer_summary.views.tone import Tone


class Card(Enum):
    """How a section looks: its default card, read-only, or the enhanced one."""

    DEFAULT = "default"
    ENHANCED = "enhanced"


@attrs.frozen
class Field:
    """One field. `value` is raw; `text` is what people read; `ago` is how long ago, for an instant.

    `unsaved` says that the agent typed the value and has not saved it.

    `caption` is a label of the host's or the customer's side, such as the text of a survey question; a field
    without one is labelled from the catalogue.
    """

    name: str
    key: str
    value: Any = attrs.field(repr=False)
    reader: Reader = attrs.field(repr=False)
    editable: bool = False
    tone: Tone = Tone.NEUTRAL
    caption: str | None = attrs.field(default=None, repr=False)
    unsaved: bool = False

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.caption if self.caption is not None else self.reader.label(self.key)

    @property
    def text(self) -> str:
        """The value as the reader reads it."""
        return self.reader.text(self.value)

    @property
    def ago(self) -> str | None:
        """How long ago an instant was ("3 minuten geleden"); None for anything else."""
        return self.reader.ago(self.value) if isinstance(self.value, datetime) else None


@attrs.frozen
class Row:
    """One entry of a list: an action, a case, an activity, a note, a message, or something at the agent's desk.

    `names` are the attributes of the entry that show, `more` are fields of another making, `commands` its buttons.
    `clock_ran_backwards` flags an entry that came after another with a later instant; of a message, another one shown.
    """

    id: str
    entry: Any = attrs.field(repr=False)
    reader: Reader = attrs.field(repr=False)
    names: tuple[str, ...] = ()
    coloured: bool = False
    clock_ran_backwards: bool = False
    more: tuple[Field, ...] = attrs.field(default=(), repr=False)
    commands: "tuple[Choice, ...]" = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the entry that have a value, in order."""
        fields = fields_of(self.entry, self.names, self.reader, coloured=self.coloured) if self.names else ()
        return tuple(field for field in (*fields, *self.more) if field.value is not None and field.value != "")


def fields_of(
    source: object,
    names: tuple[str, ...],
    reader: Reader,
    *,
    editable: frozenset[str] = frozenset(),
    unsaved: frozenset[str] = frozenset(),
    coloured: bool = False,
) -> tuple[Field, ...]:
    """Gives the named attributes of a value as fields, in order."""
    labels = LABELS[type(source)]
    values = [(name, getattr(source, name)) for name in names]
    return tuple(
        Field(
            name,
            labels[name],
            value,
            reader,
            editable=name in editable,
            tone=tone_of(value) if coloured else Tone.NEUTRAL,
            unsaved=name in unsaved,
        )
        for name, value in values
    )


@attrs.frozen
class Choice:
    """A button, or one entry of a selector. `name` is what a host is told when it is chosen.

    `caption` is a label of the administrator's; without one it is labelled from the catalogue.
    """

    name: str
    key: str
    reader: Reader = attrs.field(repr=False)
    selected: bool = False
    caption: str | None = None

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.caption if self.caption is not None else self.reader.label(self.key)


@attrs.frozen
class Selector:
    """A choice of one: the activity filter, or the record whose timeline shows."""

    name: str
    key: str
    reader: Reader = attrs.field(repr=False)
    choices: tuple[Choice, ...]

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.reader.label(self.key)


@attrs.frozen(kw_only=True)
class Part:
    """A section of the page, a tab of one, or the panel beside it: fields, rows, and what can be done there.

    `empty` is the identifier of what to say where there is nothing; `next` is the cursor to the following rows.
    `version` is that of the record that shows, None where the host does not keep one: an edit names it.
    """

    name: str
    key: str
    reader: Reader = attrs.field(repr=False)
    card: Card = Card.DEFAULT
    fields: tuple[Field, ...] = ()
    rows: tuple[Row, ...] = ()
    tabs: "tuple[Part, ...]" = ()
    selectors: tuple[Selector, ...] = ()
    commands: tuple[Choice, ...] = ()
    empty: str | None = None
    next: Position | None = None
    version: int | None = None

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.reader.label(self.key)

    @property
    def empty_text(self) -> str | None:
        """What to say where there is nothing, in the reader's language."""
        return None if self.empty is None else self.reader.label(self.empty)

    def field(self, name: str) -> Field:
        """Gives a field by name; raises `UnknownKey` where the section does not show it."""
        return _by_name(self.fields, name, "field")

    def tab(self, name: str) -> "Part":
        """Gives a tab by name; raises `UnknownKey` where it does not show."""
        return _by_name(self.tabs, name, "tab")


@attrs.frozen(kw_only=True)
class DeskPanel:
    """The desk of one agent, above the page. Its `parts` are alerts, presence, notifications and sessions."""

    agent: str
    reader: Reader
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """Gives a part by name; raises `UnknownKey` for one that no desk has."""
        return _by_name(self.parts, name, "part")


@attrs.frozen(kw_only=True)
class Page:
    """The page of one conversation, as its agent sees it at the reader's instant.

    `sections` are customer, conversation_summary, case, recent_cases and timeline, in this order. [seed 000, 001,
    004] `communication` is the panel beside them with the messages, `desk` the agent's desk where the host knows it,
    `script` the panel with the agent script, where the session has one. The page is the anchor tab of its session and
    cannot be closed. `version` is that of the columns that were added to the conversation's form.
    """

    conversation: str
    reader: Reader
    generation: Generation
    enhanced: bool
    form: Form = Form.ACTIVE
    form_selector: bool
    title: str = attrs.field(repr=False)
    fields: tuple[Field, ...]
    commands: tuple[Choice, ...]
    sections: tuple[Part, ...]
    communication: Part
    desk: DeskPanel | None = None
    version: int | None = None
    script: Part | None = None

    @property
    def heading(self) -> str:
        """The name of the page, in its generation's words."""
        return self.reader.label("page.enhanced" if self.enhanced else f"page.{self.generation.value}")

    def section(self, name: str) -> Part:
        """Gives a section by name; raises `UnknownKey` for one that no page has."""
        return _by_name(self.sections, name, "section")


@attrs.frozen(kw_only=True)
class ClosedItem:
    """A closed conversation as the closed work items show it: attributes, all read-only."""

    conversation: str
    reader: Reader
    title: str = attrs.field(repr=False)
    fields: tuple[Field, ...]

    @property
    def heading(self) -> str:
        """The name of the form."""
        return self.reader.label("page.closed_conversation")


@attrs.frozen(kw_only=True)
class NoPage:
    """There is no page now, and why. `closed` is what can be looked at where the conversation is closed.

    `desk` is the agent's desk where the host knows it, such as that of the agent to whom it is being offered.
    """

    conversation: str
    reason: NoPageReason
    reader: Reader
    closed: ClosedItem | None = None
    desk: DeskPanel | None = None

    @property
    def text(self) -> str:
        """The reason as a sentence in the reader's language."""
        return self.reader.label(f"no_page.{self.reason.value}")


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def _by_name(parts: tuple[N, ...], name: str, what: str) -> N:
    for part in parts:
        if part.name == name:
            return part
    raise UnknownKey(what, tuple(part.name for part in parts))
