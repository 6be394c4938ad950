"""The sections of the page and the panel beside them (spec 1.2): which fields, tabs and rows each one shows."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

import attrs

from customer_summary.domain.configuration import PageConfiguration
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.history import Entry, History
from customer_summary.domain.identification import IdentifiedBy
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind
from customer_summary.domain.timeline_filters import NO_FILTERS, TimelineSort
from customer_summary.domain.visitor import VisitorDetails
from customer_summary.rules.cards import case_fields, customer_fields, recent_case_fields
from customer_summary.rules.page import additional_details, is_before_agent, is_case_of, shows_self_service
from customer_summary.rules.timeline import TimelineFilter, entry_matches, timeline_records
from customer_summary.views.cards import HIT_FIELDS, LABELS, ROW_FIELDS, VISITOR_BASICS
from customer_summary.views.editing import Editing
from customer_summary.views.known import Known, View
from customer_summary.views.page import Card, Choice, Field, Part, Row, Selector, fields_of
from customer_summary.views.reader import Reader
from customer_summary.views.sentiment import sentiment_fields, sentiment_tab
from customer_summary.views.tone import Tone

E = TypeVar("E", bound=Entry)

_LINKED_LABELS = {
    RecordKind.CONTACT: "timeline.linked.contacts",
    RecordKind.ACCOUNT: "timeline.linked.accounts",
    RecordKind.CASE: "timeline.linked.cases",
}


def _ordered(entries: Iterable[E]) -> History[E]:
    return entries if isinstance(entries, History) else History(entries)


@attrs.frozen
class Sections:
    """Builds the parts of one page."""

    conversation: Conversation
    known: Known
    reader: Reader
    configuration: PageConfiguration
    view: View
    edit: Editing = attrs.field(init=False)

    @edit.default
    def _editing(self) -> Editing:
        return Editing(self.conversation, self.known, self.reader, self.configuration)

    def customer(self) -> Part:
        """The linked contact or account, with the fields of its generation and card."""
        customer, linked = self.known.customer, self.conversation.customer
        enhanced = self.configuration.enhances_customer
        names = customer_fields(type(customer), self.configuration) if customer else ()
        shown = self.edit.record_fields(customer, names) if customer else ()
        adding = ("button.search_records", "button.add_contact", "button.add_account")
        return self.part(
            "customer",
            "section.customer",
            card=Card.ENHANCED if enhanced else Card.DEFAULT,
            fields=(*shown, *self.identified_by(self.conversation.customer_by)),
            rows=self.hits(CUSTOMER_KINDS),
            version=self.edit.version(linked),
            commands=self.choices(("button.unlink",) if linked else adding),
            empty=None if customer else "empty.record" if linked else "empty.customer",
        )

    def summary(self) -> Part:
        """The details of the conversation, and the tabs that show now."""
        conversation = self.conversation
        may_edit_skills = self.configuration.skill_update_enabled and conversation.channel.is_messaging
        actions = History(one for one in self.known.self_service if is_before_agent(conversation, one))
        tabs = [self.survey()]
        if shows_self_service(conversation, self.configuration, actions):
            rows = self.rows(actions, actions.backwards())
            empty = None if rows else "empty.self_service"
            tabs.append(self.part("self_service", "tab.self_service", rows=rows, empty=empty))
        tabs.append(self.visitor())
        variables = additional_details(conversation, self.configuration)
        if variables:
            fields = tuple(Field(one.name, "", one.value, self.reader, caption=one.name) for one in variables)
            tabs.append(self.part("additional_details", "tab.additional_details", fields=fields))
        return self.part(
            "conversation_summary",
            "section.conversation_summary",
            fields=self.details(editable=may_edit_skills),
            tabs=tuple(tabs),
        )

    def case(self) -> Part:
        """The linked case."""
        case, linked, enhanced = self.known.case, self.conversation.case_id, self.configuration.enhances_case
        names = case_fields(self.configuration)
        shown = self.edit.record_fields(case, names, coloured=enhanced) if case else ()
        return self.part(
            "case",
            "section.case",
            card=Card.ENHANCED if enhanced else Card.DEFAULT,
            fields=(*shown, *self.identified_by(self.conversation.case_by)),
            rows=self.hits({RecordKind.CASE}),
            version=self.edit.version(self.conversation.case_ref),
            commands=self.choices(("button.unlink",) if linked else ("button.search_records", "button.add_case")),
            empty=None if case else "empty.record" if linked else "empty.case",
        )

    def identified_by(self, by: IdentifiedBy | None) -> tuple[Field, ...]:
        """By what a record was identified, where nobody linked it by hand; what is no proof is to be noticed."""
        tone = Tone.GOOD if by is IdentifiedBy.SUBJECT else Tone.NOTICE
        field = Field("identified_by", "field.identified_by", by, self.reader, tone=tone)
        return () if by is None else (field,)

    def hits(self, kinds: AbstractSet[RecordKind]) -> tuple[Row, ...]:
        """What the agent's search found, each to be linked by selecting it. [seed 004]"""
        link = self.choices(("button.link",))
        return tuple(
            Row(f"{one.ref.kind.value}:{one.id}", one, self.reader, HIT_FIELDS[type(one)], commands=link)
            for one in self.known.found
            if one.ref.kind in kinds and one.ref not in self.conversation.linked
        )

    def recent_cases(self) -> Part:
        """The newest cases of the linked customer."""
        enhanced = self.configuration.enhances_recent_cases
        names = recent_case_fields(self.configuration)
        newest = History(one for one in self.known.cases if is_case_of(self.conversation.customer, one)).page(
            self.configuration.recent_case_rows, self.view.cases_after
        )
        return self.part(
            "recent_cases",
            "section.recent_cases",
            card=Card.ENHANCED if enhanced else Card.DEFAULT,
            rows=tuple(Row(case.id, case, self.reader, names, coloured=enhanced) for case in newest.entries),
            empty=None if newest.entries else "empty.recent_cases",
            next=newest.next,
        )

    def timeline(self) -> Part:
        """What happened on the linked records and the conversation, in the order and behind the filters chosen."""
        records = timeline_records(self.conversation, self.view.shown, self.view.selected)
        filters, now = self.view.filters, self.reader.now
        all_pass = filters == NO_FILTERS
        newest = _ordered(self.known.timeline).page(
            self.configuration.timeline_rows,
            self.view.after,
            lambda entry: entry.regarding in records and (all_pass or entry_matches(entry, filters, now)),
            oldest_first=self.view.sort is TimelineSort.OLDEST,
        )
        linked = self.conversation.linked
        return self.part(
            "timeline",
            "section.timeline",
            fields=self.edit.note_fields(),
            rows=self.rows(newest.entries),
            selectors=(self.filters(), self.linked_records()),
            commands=self.choices(("button.add_note",) if linked else ()),
            empty=None if newest.entries else "timeline.empty",
            next=newest.next,
        )

    def communication(self) -> Part:
        """The panel beside the page: how the customer feels, and the newest messages as they were sent."""
        felt = self.known.sentiment
        messages = _ordered(self.known.messages)
        newest = messages.page(self.configuration.message_rows, self.view.messages_after)
        backwards = History(newest.entries).backwards()
        return self.part(
            "communication",
            "page.communication_panel",
            fields=() if felt is None else sentiment_fields(felt, self.reader),
            tabs=() if felt is None else (sentiment_tab(felt, self.reader),),
            rows=self.rows(newest.entries[::-1], backwards),
            empty=None if newest.entries else "empty.messages",
            next=newest.next,
        )

    def details(self, *, editable: bool) -> tuple[Field, ...]:
        """The five details of every conversation."""
        conversation = self.conversation
        return (
            self.field("engagement_channel", "field.engagement_channel", conversation.channel),
            self.field("waiting_time", "field.waiting_time", conversation.waiting_time),
            self.field("skills", "field.skills", conversation.skills, editable=editable),
            self.queue(),
            self.start_time(),
        )

    def queue(self) -> Field:
        """The queue through which the present agent got the conversation."""
        return self.field("queue", "field.queue", self.conversation.queue)

    def start_time(self) -> Field:
        """When the present agent started."""
        return self.field("start_time", "field.start_time", self.conversation.start_time)

    def survey(self) -> Part:
        """Question and answer, in the order in which they were asked."""
        answers = self.conversation.survey
        fields = tuple(
            Field(one.question.name, "", one.answer, self.reader, caption=one.question.text) for one in answers
        )
        return self.part(
            "pre_chat_survey",
            "tab.pre_chat_survey",
            fields=fields,
            empty=None if fields else "empty.pre_chat_survey",
        )

    def visitor(self) -> Part:
        """The visitor's five basic details, known or not, and what else is known."""
        visitor = self.conversation.visitor
        more = tuple(name for name in LABELS[VisitorDetails] if name not in VISITOR_BASICS and getattr(visitor, name))
        fields = fields_of(visitor, (*VISITOR_BASICS, *more), self.reader)
        return self.part("visitor_details", "tab.visitor_details", fields=fields)

    def filters(self) -> Selector:
        """The activity filter. [seed 000, 001]"""
        choices = tuple(
            Choice(one.value, f"timeline.filter.{one.value}", self.reader, selected=one is self.view.shown)
            for one in TimelineFilter
        )
        return Selector("filter", "button.filter", self.reader, choices)

    def linked_records(self) -> Selector:
        """The records actually linked; nothing linked, nothing to choose. [seed 004]"""
        linked = self.conversation.linked
        selected = self.view.selected if self.view.selected in linked else None
        everything = (Choice("all", "timeline.linked.all", self.reader, selected=selected is None),) if linked else ()
        choices = tuple(
            Choice(f"{ref.kind.value}:{ref.id}", _LINKED_LABELS[ref.kind], self.reader, selected=ref == selected)
            for ref in linked
        )
        return Selector("linked_records", "timeline.linked_records", self.reader, everything + choices)

    def field(self, name: str, key: str, value: object, *, editable: bool = False) -> Field:
        """One field, read by the page's reader."""
        return Field(name, key, value, self.reader, editable=editable)

    def rows(self, entries: Iterable[Entry], backwards: frozenset[str] = frozenset()) -> tuple[Row, ...]:
        """Rows with the fields of their kind."""
        reader = self.reader
        return tuple(
            Row(one.id, one, reader, ROW_FIELDS[type(one)], clock_ran_backwards=one.id in backwards) for one in entries
        )

    def choices(self, keys: tuple[str, ...]) -> tuple[Choice, ...]:
        """Buttons, each named after the last word of its label."""
        return tuple(Choice(key.rpartition(".")[2], key, self.reader) for key in keys)

    def part(self, name: str, key: str, **rest: Any) -> Part:
        """One part, read by the page's reader."""
        return Part(name=name, key=key, reader=self.reader, **rest)
