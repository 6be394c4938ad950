"""What hangs on a conversation: links to records, skills, context variables (spec 2.4, 4.3, 11).

Each rule is told the state and an event, and says what changes or why nothing does. In which status an event may come
is the table's business, in `rules.conversation`.
"""

from datetime import datetime
from typing import Any, TypeAlias

from customer_summary.domain.context import MAX_VARIABLES
from customer_summary.domain.conversation import MAX_SKILLS, Conversation
from customer_summary.domain.conversation_events import (
    ContextRemoved,
    ContextSet,
    RecordLinked,
    RecordsIdentified,
    RecordUnlinked,
    SkillAdded,
    SkillRemoved,
)
from customer_summary.domain.identification import IdentifiedBy
from customer_summary.domain.outcome import Refused, Unchanged
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind
from customer_summary.domain.survey import names_asked

TOO_MANY_VARIABLES = "too_many_variables"

Answer: TypeAlias = dict[str, Any] | Unchanged | Refused
"""What a rule says: the fields that change, or why none does."""


def refused(reason: str, conversation: Conversation) -> Refused:
    """Gives a refusal that says in which status the conversation stands."""
    return Refused(reason, conversation.status.value)


def linked(state: Conversation, event: RecordLinked, _: datetime) -> Answer:
    """A customer or a case takes the place of the one linked before (spec 2.4)."""
    if event.record in state.linked:
        return Unchanged("already linked")
    if event.record.kind in CUSTOMER_KINDS:
        return {"customer": event.record, "customer_by": None}
    if event.record.kind is RecordKind.CASE:
        return {"case_id": event.record.id, "case_by": None}
    return refused("not_a_customer_or_case", state)


def unlinked(state: Conversation, event: RecordUnlinked, _: datetime) -> Answer:
    """One link goes, the other stays; only while an agent is at work (spec 2.4)."""
    if not state.in_session:
        return refused("no_session", state)
    if event.record == state.customer:
        return {"customer": None, "customer_by": None}
    if event.record == state.case_ref:
        return {"case_id": None, "case_by": None}
    return Unchanged("not linked")


def identified(state: Conversation, event: RecordsIdentified, _: datetime) -> Answer:
    """What was found is linked where nothing is; what is linked already stays (spec 2.1)."""
    customer, case = event.identification.customer, event.identification.case
    if customer.by is IdentifiedBy.SUBJECT and not state.visitor.authenticated:
        return refused("not_authenticated", state)
    changes: dict[str, Any] = {}
    if customer.record is not None and state.customer is None:
        changes |= {"customer": customer.record, "customer_by": customer.by}
    if case.record is not None and state.case_id is None:
        changes |= {"case_id": case.record.id, "case_by": case.by}
    if changes:
        return changes
    found = [one.record for one in (customer, case) if one.record is not None]
    if set(found) <= set(state.linked):
        return Unchanged("already linked" if found else "nothing was found")
    return refused("linked_already", state)


def skill_added(state: Conversation, event: SkillAdded, _: datetime) -> Answer:
    """A skill is attached once (spec 11)."""
    if not state.in_session:
        return refused("no_session", state)
    if event.agent not in {None, state.agent}:
        return refused("assigned_to_another_agent", state)
    if any(skill.name == event.skill.name for skill in state.skills):
        return Unchanged("already attached")
    if len(state.skills) == MAX_SKILLS:
        return refused("too_many_skills", state)
    if event.skill.percentage is not None:
        return refused("percentage_of_a_person", state)  # how sure a learned finder was; a person is
    return {"skills": (*state.skills, event.skill)}


def skill_removed(state: Conversation, event: SkillRemoved, _: datetime) -> Answer:
    """A skill is taken off by name (spec 11)."""
    if not state.in_session:
        return refused("no_session", state)
    if event.agent not in {None, state.agent}:
        return refused("assigned_to_another_agent", state)
    left = tuple(skill for skill in state.skills if skill.name != event.name)
    return {"skills": left} if len(left) < len(state.skills) else Unchanged("not attached")


def context_set(state: Conversation, event: ContextSet, _: datetime) -> Answer:
    """A variable is new, or takes a new value; 100 at most, survey answers not counted (spec 4.3)."""
    names = [variable.name for variable in state.context]
    if event.variable.name not in names:
        asked = names_asked(state.survey)
        if event.variable.name not in asked and len(set(names) - asked) == MAX_VARIABLES:
            return refused(TOO_MANY_VARIABLES, state)
        return {"context": (*state.context, event.variable)}
    index = names.index(event.variable.name)
    if state.context[index] == event.variable:
        return Unchanged("already has this value")
    return {"context": (*state.context[:index], event.variable, *state.context[index + 1 :])}


def context_removed(state: Conversation, event: ContextRemoved, _: datetime) -> Answer:
    """A variable goes (spec 4.3)."""
    left = tuple(variable for variable in state.context if variable.name != event.name)
    return {"context": left} if len(left) < len(state.context) else Unchanged("not set")
