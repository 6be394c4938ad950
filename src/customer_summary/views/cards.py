"""The label of every field of a card or a row, which fields a row shows, and the tones (spec 1.2)."""

from collections.abc import Mapping

from customer_summary.domain.case import Case, CaseStatus, Priority
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.message import Message
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.timeline import Activity, QuickNote
from customer_summary.domain.visitor import VisitorDetails
from customer_summary.views.tone import Tone

_ENTRY = {
    "at": "field.at",
    "title": "field.activity.title",
    "body": "field.activity.body",
    "author": "field.activity.author",
}

LABELS: Mapping[type, Mapping[str, str]] = {
    Contact: {
        "name": "field.customer.name",
        "job": "field.customer.job",
        "job_title": "field.customer.job_title",
        "relationship_type": "field.customer.relationship_type",
        "city": "field.customer.city",
        "category": "field.customer.category",
        "preferred_contact": "field.customer.preferred_contact",
        "location": "field.customer.location",
        "email": "field.customer.email",
        "mobile_phone": "field.customer.mobile_phone",
        "company": "field.customer.company",
    },
    Account: {
        "name": "field.customer.account_name",
        "number": "field.customer.number",
        "relationship_type": "field.customer.relationship_type",
        "city": "field.customer.city",
        "category": "field.customer.category",
        "preferred_contact": "field.customer.preferred_contact",
        "location": "field.customer.location",
        "email": "field.customer.email",
        "phone": "field.customer.phone",
        "primary_contact": "field.customer.primary_contact",
    },
    Case: {
        "title": "field.case.title",
        "number": "field.case.number",
        "priority": "field.case.priority",
        "status": "field.case.status",
        "product": "field.case.product",
        "owner": "field.case.owner",
        "created_on": "field.case.created_on",
        "modified_on": "field.case.modified_on",
    },
    VisitorDetails: {
        "authenticated": "field.visitor.authenticated",
        "browser": "field.visitor.browser",
        "operating_system": "field.visitor.operating_system",
        "location": "field.visitor.location",
        "language": "field.visitor.language",
        "device": "field.visitor.device",
        "origin_url": "field.visitor.origin_url",
    },
    SelfServiceAction: {
        "at": "self_service.timestamp",
        "kind": "self_service.action_type",
        "title": "self_service.description",
        "url": "field.self_service.url",
        "ended_at": "field.self_service.ended_at",
    },
    Activity: {
        **_ENTRY,
        "type": "field.activity.type",
        "status": "field.activity.status",
        "due": "field.activity.due",
    },
    QuickNote: {**_ENTRY, "type": "field.activity.type", "attachment": "field.activity.attachment"},
    Message: {
        "at": "field.at",
        "author": "field.message.author",
        "sender": "field.message.sender",
        "text": "field.message.text",
    },
}
"""The label of each field that can show, by the class it belongs to."""

ROW_FIELDS: Mapping[type, tuple[str, ...]] = {
    SelfServiceAction: ("at", "kind", "title", "url", "ended_at"),
    Activity: ("at", "type", "title", "author", "status", "due", "body"),
    QuickNote: ("at", "type", "title", "author", "attachment", "body"),
    Message: ("at", "author", "sender", "text"),
}

HIT_FIELDS: Mapping[type, tuple[str, ...]] = {
    Contact: ("name", "company", "email", "mobile_phone"),
    Account: ("name", "number", "email", "phone"),
    Case: ("number", "title", "status"),
}
"""What a search shows of what it found: the columns it looks in, and of a case its status."""

VISITOR_BASICS = ("authenticated", "browser", "operating_system", "location", "language")
"""Always on the visitor's tab; what else is known follows."""

_TONES: Mapping[object, Tone] = {
    Priority.HIGH: Tone.URGENT,
    Priority.LOW: Tone.MUTED,
    CaseStatus.ON_HOLD: Tone.NOTICE,
    CaseStatus.WAITING_FOR_DETAILS: Tone.NOTICE,
    CaseStatus.PROBLEM_SOLVED: Tone.GOOD,
    CaseStatus.INFORMATION_PROVIDED: Tone.GOOD,
    CaseStatus.CANCELLED: Tone.MUTED,
    CaseStatus.MERGED: Tone.MUTED,
}


def tone_of(value: object) -> Tone:
    """Gives the tone of a priority or a status on an enhanced card. [seed 004: coloured priority and status]"""
    return _TONES.get(value, Tone.NEUTRAL) if isinstance(value, Priority | CaseStatus) else Tone.NEUTRAL
