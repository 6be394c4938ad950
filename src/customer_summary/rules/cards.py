"""Which fields the cards of the page show, and which of them may be edited there (spec 1.2, 1.3)."""

import attrs

from customer_summary.domain.case import Case, CaseState
from customer_summary.domain.configuration import Generation, PageConfiguration
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.customer import Contact
from customer_summary.domain.form import FormColumn, FormSettings
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.record_sheet import READ_ONLY, Record

OLDER_CUSTOMER = ("name", "job", "job_title", "relationship_type", "city", "category", "preferred_contact")
CONTACT_CARD = ("name", "location", "email", "mobile_phone", "job_title", "company")
ACCOUNT_CARD = ("name", "location", "phone", "primary_contact")
CASE_CARD = ("title", "priority", "status", "product", "owner")
RECENT_CASE_CARD = ("title", "priority", "status")


def customer_fields(kind: type, configuration: PageConfiguration) -> tuple[str, ...]:
    """Gives the names that the customer section shows for a contact or an account."""
    names: tuple[str, ...] = CONTACT_CARD if kind is Contact else ACCOUNT_CARD
    if configuration.generation is Generation.CUSTOMER_SUMMARY:
        names = OLDER_CUSTOMER
    elif configuration.enhances_customer and configuration.customer_fields:
        names = configuration.customer_fields
    stock = CONTACT_CARD if kind is Contact else ACCOUNT_CARD
    has = attrs.fields_dict(kind)
    return tuple(name for name in names if name in has) or stock


def case_fields(configuration: PageConfiguration) -> tuple[str, ...]:
    """Gives the names that the case section shows."""
    return (configuration.enhances_case and configuration.case_fields) or CASE_CARD


def recent_case_fields(configuration: PageConfiguration) -> tuple[str, ...]:
    """Gives the names that a row of the recent cases shows."""
    return (configuration.enhances_recent_cases and configuration.recent_case_fields) or RECENT_CASE_CARD


def added_columns(configuration: PageConfiguration, form: FormSettings, kind: RecordKind) -> tuple[FormColumn, ...]:
    """Gives the columns that show beside a record's own: only where the form is customised. [seed 004]"""
    return form.on(kind) if form.columns and configuration.is_customized else ()


def is_editable(configuration: PageConfiguration, record: Record) -> bool:
    """Says whether the card of a record is edited in place: an enhanced one, of what is active."""
    if isinstance(record, Case):
        return configuration.enhances_case and record.state is CaseState.ACTIVE
    return configuration.enhances_customer and configuration.customer_card_editable and record.active


def has_save(conversation: Conversation, configuration: PageConfiguration) -> bool:
    """Says whether the page has Save and Refresh: customised, and no call to emergency services."""
    return configuration.is_customized and not conversation.outbound_emergency


def is_at_hand(conversation: Conversation, ref: RecordRef) -> bool:
    """Says whether a record is linked to a conversation, or is the conversation itself."""
    if ref.kind is RecordKind.CASE:
        return ref.id == conversation.case_id
    return ref.id == conversation.id if ref.kind is RecordKind.CONVERSATION else ref == conversation.customer


def editable_columns(
    conversation: Conversation,
    configuration: PageConfiguration,
    form: FormSettings,
    ref: RecordRef,
    record: Record | None,
) -> frozenset[str]:
    """Gives the columns of a record that the agent can edit on the page of a conversation now.

    None outside a session, and none of a record that is not linked. A conversation has its added columns only, and
    they are edited where there is Save.
    """
    if not conversation.in_session or not is_at_hand(conversation, ref):
        return frozenset()
    added = frozenset(one.name for one in added_columns(configuration, form, ref.kind))
    if record is None:
        return added if ref == conversation.ref and has_save(conversation, configuration) else frozenset()
    if not is_editable(configuration, record):
        return frozenset()
    names = case_fields(configuration) if isinstance(record, Case) else customer_fields(type(record), configuration)
    return (frozenset(names) - READ_ONLY) | added
