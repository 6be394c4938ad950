"""What the slugs of scripts and macros stand for in a session (spec 7.6)."""

from collections.abc import Mapping

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.customer import Customer
from customer_summary.rules.slugs import ODATA, LookUp

_OF_CONTEXT, _OF_SESSION = "$oc.", "$session."


def _nothing(_: str) -> None:
    return None


@attrs.frozen
class SessionSlugs:
    """Finds the values of slugs: call it with a name. It only looks up, and never reads a value as a text with slugs.

    Of the linked records those count that are handed over and are the linked ones. `session` holds what the host
    knows: `$session.x`, `anchor.x`, `Session.CurrentTab.entityId` and the like, by their whole names. `odata` is asked
    for a whole `$odata...` slug.
    """

    conversation: Conversation
    customer: Customer | None = attrs.field(default=None, repr=False)
    case: Case | None = attrs.field(default=None, repr=False)
    session: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    odata: LookUp = attrs.field(default=_nothing, repr=False)

    def __call__(self, name: str) -> str | None:
        """Gives the value of a slug, None where it has none."""
        if name.startswith(ODATA):
            return self.odata(name)
        if name.startswith(_OF_CONTEXT):
            return self._variable(name.removeprefix(_OF_CONTEXT))
        known = self._standard()
        if name in known:
            return known[name] or None
        if name in self.session:
            return self.session[name]
        return None if name.startswith(_OF_SESSION) else self._answer(name)

    def _standard(self) -> dict[str, str | None]:
        conversation, customer, case = self.conversation, self.customer, self.case
        visitor = conversation.visitor
        linked = conversation.customer if visitor.authenticated else None
        is_linked = customer is not None and customer.ref == conversation.customer
        is_case = case is not None and case.ref == conversation.case_ref
        return {
            "customerName": customer.name if customer is not None and is_linked else None,
            "caseId": conversation.case_id,
            "caseTitle": case.title if case is not None and is_case else None,
            "LiveWorkItemId": conversation.id,
            "queueId": conversation.queue,
            "visitorLanguage": visitor.language,
            "visitorDevice": visitor.device,
            "customerEntityName": None if linked is None else linked.kind.value,
            "customerRecordId": None if linked is None else linked.id,
        }

    def _variable(self, name: str) -> str | None:
        return next((one.stored for one in self.conversation.context if one.name == name), None)

    def _answer(self, name: str) -> str | None:
        """Gives the customer's answer to a question before the chat."""
        for one in self.conversation.survey:
            if one.question.name == name:
                return ("true" if one.answer else "false") if isinstance(one.answer, bool) else one.answer or None
        return None
