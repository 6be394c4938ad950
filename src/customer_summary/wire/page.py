"""The page as a document: what a web page or another program reads, with every label and text made.

`value` is the raw value as JSON has it: instants and durations in ISO 8601, states and kinds by their stable names.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeAlias

import attrs

from customer_summary.domain.conversation import Skill
from customer_summary.domain.errors import InvalidValue, kind_of
from customer_summary.domain.history import Position
from customer_summary.domain.presence import PresenceStatus
from customer_summary.views.page import Choice, ClosedItem, DeskPanel, Field, NoPage, Page, Part, Row, Selector
from customer_summary.views.reader import Phrase
from customer_summary.wire.converter import structured, write_duration, write_instant
from customer_summary.wire.documents import VERSION, shared_converter, tagged
from customer_summary.wire.text import read_json, write_json

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None


@attrs.frozen(kw_only=True)
class FieldDocument:
    """A field: its label, raw value and display text; `ago` says how long ago, `unsaved` that it is only typed yet."""

    name: str
    label: str = attrs.field(repr=False)
    value: Value = attrs.field(repr=False)
    text: str = attrs.field(repr=False)
    ago: str | None
    editable: bool
    tone: str
    unsaved: bool = False


@attrs.frozen(kw_only=True)
class ChoiceDocument:
    """A button, or one entry of a selector."""

    name: str
    label: str
    selected: bool


@attrs.frozen(kw_only=True)
class RowDocument:
    """An entry of a list; only those of a desk have commands."""

    id: str
    fields: tuple[FieldDocument, ...]
    clock_ran_backwards: bool
    commands: tuple[ChoiceDocument, ...] = ()


@attrs.frozen(kw_only=True)
class SelectorDocument:
    """A choice of one."""

    name: str
    label: str
    choices: tuple[ChoiceDocument, ...]


@attrs.frozen(kw_only=True)
class PartDocument:
    """A section, a tab or a panel; `next` is the cursor to the following rows, None at the end.

    `version` is that of the record that shows, None where none is kept.
    """

    name: str
    label: str
    card: str
    fields: tuple[FieldDocument, ...]
    rows: tuple[RowDocument, ...]
    tabs: "tuple[PartDocument, ...]"
    selectors: tuple[SelectorDocument, ...]
    commands: tuple[ChoiceDocument, ...]
    empty: str | None
    next: Position | None
    version: int | None = None


@attrs.frozen(kw_only=True)
class DeskDocument:
    """The desk of an agent: alerts, presence, notifications and sessions."""

    agent: str
    parts: tuple[PartDocument, ...]


@attrs.frozen(kw_only=True)
class PageDocument:
    """The page of a conversation, in one language, as seen at `now`; `version` is that of its form's added columns."""

    conversation: str
    locale: str
    zone: str
    now: datetime
    heading: str
    title: str = attrs.field(repr=False)
    generation: str
    enhanced: bool
    form: str
    form_selector: bool
    fields: tuple[FieldDocument, ...]
    commands: tuple[ChoiceDocument, ...]
    sections: tuple[PartDocument, ...]
    communication: PartDocument
    desk: DeskDocument | None = None
    version: int | None = None
    script: PartDocument | None = None


@attrs.frozen(kw_only=True)
class ClosedItemDocument:
    """The read-only attributes of a closed conversation."""

    conversation: str
    locale: str
    zone: str
    now: datetime
    heading: str
    title: str = attrs.field(repr=False)
    fields: tuple[FieldDocument, ...]


@attrs.frozen(kw_only=True)
class NoPageDocument:
    """Why there is no page."""

    conversation: str
    locale: str
    reason: str
    text: str
    desk: DeskDocument | None = None


def page_document(page: Page) -> PageDocument:
    """Gives a page as a document, its texts made in the language of its reader."""
    return PageDocument(
        conversation=page.conversation,
        locale=page.reader.locale,
        zone=page.reader.zone,
        now=page.reader.now,
        heading=page.heading,
        title=page.title,
        generation=page.generation.value,
        enhanced=page.enhanced,
        form=page.form.value,
        form_selector=page.form_selector,
        fields=_fields(page.fields),
        commands=_choices(page.commands),
        sections=tuple(map(_part, page.sections)),
        communication=_part(page.communication),
        desk=_desk(page.desk),
        version=page.version,
        script=None if page.script is None else _part(page.script),
    )


def closed_item_document(item: ClosedItem) -> ClosedItemDocument:
    """Gives the attributes of a closed conversation as a document."""
    return ClosedItemDocument(
        conversation=item.conversation,
        locale=item.reader.locale,
        zone=item.reader.zone,
        now=item.reader.now,
        heading=item.heading,
        title=item.title,
        fields=_fields(item.fields),
    )


def no_page_document(answer: NoPage) -> NoPageDocument:
    """Gives the reason why there is no page as a document."""
    return NoPageDocument(
        conversation=answer.conversation,
        locale=answer.reader.locale,
        reason=answer.reason.value,
        text=answer.text,
        desk=_desk(answer.desk),
    )


PageDocuments: TypeAlias = PageDocument | ClosedItemDocument | NoPageDocument

DOCUMENTS: Mapping[str, type[PageDocuments]] = {
    "page": PageDocument,
    "closed_item": ClosedItemDocument,
    "no_page": NoPageDocument,
}
"""The tag of each document: what `document` says it is."""


def write_page(shown: Page | ClosedItem | NoPage | PageDocuments) -> str:
    """Writes what `summarize` gave as JSON text on one line: `v`, `document`, and the fields of that document.

    Refuses anything else with `InvalidValue`.
    """
    match shown:
        case Page():
            document: PageDocuments = page_document(shown)
        case ClosedItem():
            document = closed_item_document(shown)
        case NoPage():
            document = no_page_document(shown)
        case _:
            document = shown
    for tag, kind in DOCUMENTS.items():
        if type(document) is kind:
            return write_json({"v": VERSION, "document": tag, **shared_converter().unstructure(document)})
    raise InvalidValue("shown", f"expected a page, got {kind_of(shown)}")


def read_page(text: bytes | str) -> PageDocuments:
    """Reads what `write_page` wrote. Raises `DecodeError` with every problem found."""
    tag, fields = tagged("document", DOCUMENTS, read_json(text))
    return structured(shared_converter(), DOCUMENTS[tag], fields)


def _desk(desk: DeskPanel | None) -> DeskDocument | None:
    return None if desk is None else DeskDocument(agent=desk.agent, parts=tuple(map(_part, desk.parts)))


def _part(part: Part) -> PartDocument:
    return PartDocument(
        name=part.name,
        label=part.label,
        card=part.card.value,
        fields=_fields(part.fields),
        rows=tuple(map(_row, part.rows)),
        tabs=tuple(map(_part, part.tabs)),
        selectors=tuple(map(_selector, part.selectors)),
        commands=_choices(part.commands),
        empty=part.empty_text,
        next=part.next,
        version=part.version,
    )


def _row(row: Row) -> RowDocument:
    return RowDocument(
        id=row.id,
        fields=_fields(row.fields),
        clock_ran_backwards=row.clock_ran_backwards,
        commands=_choices(row.commands),
    )


def _selector(selector: Selector) -> SelectorDocument:
    return SelectorDocument(name=selector.name, label=selector.label, choices=_choices(selector.choices))


def _choices(choices: tuple[Choice, ...]) -> tuple[ChoiceDocument, ...]:
    return tuple(ChoiceDocument(name=one.name, label=one.label, selected=one.selected) for one in choices)


def _fields(fields: tuple[Field, ...]) -> tuple[FieldDocument, ...]:
    return tuple(
        FieldDocument(
            name=one.name,
            label=one.label,
            value=_raw(one.value),
            text=one.text,
            ago=one.ago,
            editable=one.editable,
            tone=one.tone.value,
            unsaved=one.unsaved,
        )
        for one in fields
    )


def _raw(value: object) -> Value:
    match value:
        case None | str() | bool() | int() | float():
            return value
        case datetime():
            return write_instant(value)
        case timedelta():
            return write_duration(value)
        case Enum():
            return str(value.value)
        case Skill():
            return value.name
        case Phrase():
            return _raw(value.raw)
        case PresenceStatus():
            return value.text
        case tuple():
            return tuple(str(_raw(one)) for one in value)
        case _:
            raise TypeError(f"a field holds no {type(value).__name__}")
