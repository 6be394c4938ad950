"""Builds the page (spec 1): what a host knows of one conversation, as its agent sees it.

The work is choosing: which sections, fields, tabs and rows show, in which order, what may be edited. Words come later,
from the page's reader.
"""

from typing import TypeAlias

from customer_summary.domain.case import Case
from customer_summary.domain.configuration import PageConfiguration
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.customer import Customer
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.record import RecordRef
from customer_summary.rules.cards import has_save
from customer_summary.rules.page import NoPageReason, why_no_page
from customer_summary.rules.session_slugs import SessionSlugs
from customer_summary.views.desk import desk_panel
from customer_summary.views.known import FROM_THE_TOP, NOTHING_KNOWN, Known, View
from customer_summary.views.page import ClosedItem, DeskPanel, NoPage, Page, Part
from customer_summary.views.reader import Reader
from customer_summary.views.scripts import script_panel
from customer_summary.views.sections import Sections

STOCK = PageConfiguration()
"""The page of an administrator who switched nothing on."""

Answer: TypeAlias = Page | NoPage


def summarize(
    conversation: Conversation,
    known: Known = NOTHING_KNOWN,
    *,
    reader: Reader,
    configuration: PageConfiguration = STOCK,
    view: View = FROM_THE_TOP,
) -> Answer:
    """Gives the page of a conversation, or why there is none now (spec 1.1).

    The page exists from acceptance until the session closes. Before, while waiting and after, a `NoPage` says so; that
    of a closed conversation carries its read-only attributes. Either has the agent's desk where the host hands it over.

    Refuses, with `InvalidValue`, a `customer` or `case` that is not the linked one, and histories that hold one id
    with two contents.
    """
    _same("customer", known.customer, conversation.customer)
    _same("case", known.case, conversation.case_ref)
    build = Sections(conversation, known, reader, configuration, view)
    reason = why_no_page(conversation)
    if reason is not None:
        closed = _closed_item(build) if reason is NoPageReason.CLOSED else None
        return NoPage(conversation=conversation.id, reason=reason, reader=reader, closed=closed, desk=_desk(build))
    return _page(build)


def _same(name: str, given: Customer | Case | None, linked: RecordRef | None) -> None:
    if given is not None and given.ref != linked:
        raise InvalidValue(name, "must be the one that the conversation is linked to")


def _page(build: Sections) -> Page:
    configuration = build.configuration
    customize = configuration.is_customized
    return Page(
        conversation=build.conversation.id,
        reader=build.reader,
        generation=configuration.generation,
        enhanced=configuration.is_enhanced,
        form_selector=configuration.shows_form_selector,
        title=_title(build),
        fields=(build.queue(), build.start_time(), *build.edit.added_fields()) if customize else (),
        commands=build.choices(_commands(build.conversation, configuration)) if customize else (),
        sections=(build.customer(), build.summary(), build.case(), build.recent_cases(), build.timeline()),
        communication=build.communication(),
        desk=_desk(build),
        version=build.edit.version(build.conversation.ref),
        script=_script(build),
    )


def _script(build: Sections) -> Part | None:
    known = build.known
    if known.guidance is None:
        return None
    slugs = SessionSlugs(build.conversation, known.customer, known.case, known.session)
    return script_panel(known.guidance, slugs, build.reader)


def _desk(build: Sections) -> DeskPanel | None:
    desk = build.known.desk
    return None if desk is None else desk_panel(desk, reader=build.reader, session_limit=build.known.session_limit)


def _closed_item(build: Sections) -> ClosedItem:
    conversation = build.conversation
    return ClosedItem(
        conversation=conversation.id,
        reader=build.reader,
        title=_title(build),
        fields=(
            build.field("status", "field.conversation.status", conversation.status),
            *build.details(editable=False),
            build.field("closed_on", "field.conversation.closed_on", conversation.closed_on),
        ),
    )


def _title(build: Sections) -> str:
    """Gives the title of the session: the customer's name, the case's title, or the visitor by number."""
    if build.known.customer is not None:
        return build.known.customer.name
    if build.known.case is not None:
        return build.known.case.title
    number = build.conversation.visitor_number
    if number is None:
        return build.reader.label("session.unknown_visitor")
    return build.reader.label("session.visitor", number=number)


def _commands(conversation: Conversation, configuration: PageConfiguration) -> tuple[str, ...]:
    """Gives Save, Refresh and Related; a call to emergency services has neither of the first two."""
    related = ("field.related",)
    return ("button.save", "button.refresh", *related) if has_save(conversation, configuration) else related
