"""When there is a page, and which of its parts show (spec 1.1, 1.2, 1.4, 4.3, 5)."""

from collections.abc import Sized
from enum import Enum

from customer_summary.domain.case import Case
from customer_summary.domain.configuration import PageConfiguration
from customer_summary.domain.context import ContextVariable
from customer_summary.domain.conversation import Conversation, ConversationStatus
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.outcome import Outcome, Refused, Unchanged
from customer_summary.domain.record import RecordRef
from customer_summary.domain.self_service import SelfServiceAction
from customer_summary.domain.survey import names_asked


class NoPageReason(Enum):
    """Why there is no page now."""

    NOT_ACCEPTED = "not_accepted"
    WAITING = "waiting"
    SESSION_CLOSED = "session_closed"
    CLOSED = "closed"


class Form(Enum):
    """The two forms that the form selector switches between."""

    ACTIVE = "active"
    CLOSED = "closed"


def why_no_page(conversation: Conversation) -> NoPageReason | None:
    """Says why there is no page, or None where there is one: from acceptance until the session closes."""
    if conversation.in_session:
        return None
    if conversation.status is ConversationStatus.CLOSED:
        return NoPageReason.CLOSED
    if conversation.status is ConversationStatus.WAITING:
        return NoPageReason.WAITING
    return NoPageReason.NOT_ACCEPTED if conversation.accepted_on is None else NoPageReason.SESSION_CLOSED


def switch_form(configuration: PageConfiguration, shown: Form, to: Form) -> Outcome:
    """Answers a press on the form selector (spec 1.4).

    The other form never opens: the selector is hidden (`not_available`), or shown and of no use (`form_mismatch`).
    """
    if {type(shown), type(to)} != {Form}:
        raise InvalidValue("form", "expected Form.ACTIVE or Form.CLOSED")
    if shown is to:
        return Unchanged("already shown")
    return Refused("form_mismatch" if configuration.shows_form_selector else "not_available", shown.value)


def shows_self_service(conversation: Conversation, configuration: PageConfiguration, shown: Sized) -> bool:
    """Says whether the tab shows: switched on, and for a chat or where there is something to show."""
    return configuration.self_service_enabled and (conversation.channel.is_messaging or len(shown) > 0)


def is_before_agent(conversation: Conversation, action: SelfServiceAction) -> bool:
    """Says whether an action came up to the first acceptance by any agent; later ones are kept but not shown."""
    return conversation.first_accepted_on is None or action.at <= conversation.first_accepted_on


def additional_details(conversation: Conversation, configuration: PageConfiguration) -> tuple[ContextVariable, ...]:
    """Gives the displayable variables that are no survey answers, in order of arrival; the tab shows if any.

    None where nobody configured the tab, and none outside the messaging channels. [seed 004]
    """
    if not configuration.additional_details or not conversation.channel.is_messaging:
        return ()
    asked = names_asked(conversation.survey)
    return tuple(one for one in conversation.context if one.displayable and one.name not in asked)


def is_case_of(customer: RecordRef | None, case: Case) -> bool:
    """Says whether a case is the linked customer's: of any state, the linked case included."""
    return customer is not None and case.customer == customer
