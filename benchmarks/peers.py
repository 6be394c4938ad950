"""What the peers share: `peers_msgspec` and `peers_pydantic` are the conversation as these libraries would have it.

Both have the same fields and limits, written by hand. Both are strict: unknown keys are refused, nothing is converted
but instants and enumerations. What neither can declare, the rules between fields, is one function that both call. What
the peers leave unchecked: neither refuses a key given twice, a control character in an id or a year at the end of the
calendar; msgspec strips no spaces; pydantic lets NaN pass.
"""

from typing import Any, Protocol

from customer_summary import AnswerType, Channel, ConversationStatus

MAX_WHOLE = 2**53 - 1
MAX_VARIABLES, MAX_QUESTIONS = 100, 10
BARE = r"^\S(.*\S)?$"
"""A text with no space around it."""


def check_rules(conversation: Any) -> None:
    """Checks what no single field says: unique names, answers that suit their questions, channels that suit flags."""
    _require(conversation.customer is None or conversation.customer.kind.value in {"contact", "account"})
    by, signed_in = conversation.customer_by, conversation.visitor.authenticated
    _require(by is None or (conversation.customer is not None and by.value in {"subject", "phone", "keys"}))
    _require(signed_in or by is None or by.value != "subject")
    of_case = conversation.case_by
    _require(of_case is None or (conversation.case_id is not None and of_case.value in {"keys", "customer"}))
    for named in (conversation.skills, [one.question for one in conversation.survey], conversation.context):
        _require(len({one.name for one in named}) == len(named))
    _require(not conversation.persistent or conversation.channel is Channel.LIVE_CHAT)
    _require(not conversation.outbound_emergency or conversation.channel is Channel.VOICE)
    asked = {one.question.name for one in conversation.survey}
    _require(sum(one.name not in asked for one in conversation.context) <= MAX_VARIABLES)
    for one in conversation.context:
        _require(one.name != "SelfService")
        _require(len(str(one.value)) <= 4000)
    for answer in conversation.survey:
        _check_answer(answer.question, answer.answer)
    _check_status(conversation)


def _check_status(state: Any) -> None:
    status, nobody = state.status, state.agent is None
    accepted = None not in {state.agent, state.assigned_on, state.accepted_on, state.first_accepted_on}
    at_work = status in {ConversationStatus.ACTIVE, ConversationStatus.WRAP_UP}
    _require(nobody or status is not ConversationStatus.OPEN)
    _require(not nobody or status in {ConversationStatus.OPEN, ConversationStatus.CLOSED})
    _require(nobody or state.assigned_on is not None)
    _require(not state.in_session or (at_work and accepted))
    _require(state.wrap_up_on is not None or status is not ConversationStatus.WRAP_UP)
    _require((state.closed_on is None) == (status is not ConversationStatus.CLOSED))


def _check_answer(question: Any, answer: Any) -> None:
    _require(question.name != "SelfService")
    _require((question.type is AnswerType.OPTION_SET) == bool(question.options))
    _require(len(set(question.options)) == len(question.options))
    if question.type is AnswerType.CONSENT:
        _require(answer == "" or isinstance(answer, bool))
    else:
        _require(isinstance(answer, str) and len(answer) <= 4000)
        _require(not answer or not question.options or answer in question.options)
    _require(not question.required or bool(answer))


def _require(holds: bool) -> None:  # noqa: FBT001  # a rule holds or not
    if not holds:
        raise ValueError("a rule between fields is broken")


class Peer(Protocol):
    """What is measured of a library: text to value, and value to text."""

    def read(self, text: str) -> Any:
        """Gives the value of a JSON text."""

    def write(self, value: Any) -> str:
        """Gives a value as JSON text."""
