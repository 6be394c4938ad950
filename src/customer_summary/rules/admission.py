"""What administrators decided about skills and context variables, applied to each event before its conversation.

A host asks `admit` first and gives what it gets to the life cycle. A log is replayed the same way, with what was
decided at each event.
"""

import attrs

from customer_summary.domain.context import ContextDefinition, ContextType
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import ContextSet, ConversationEvent, SkillAdded, SkillRemoved
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.outcome import Refused
from customer_summary.rules.context import typed_value
from customer_summary.rules.conversation_details import refused


@attrs.frozen(kw_only=True)
class Admission:
    """`skills` is the catalogue, None where there is none and any skill goes; `skill_updates` the page's setting.

    `definitions` are the variables that an administrator defined. A variable that nobody defined is text.
    """

    skills: frozenset[str] | None = None
    skill_updates: bool = False
    definitions: tuple[ContextDefinition, ...] = ()

    def admit(self, conversation: Conversation, event: ConversationEvent) -> ConversationEvent | Refused:
        """Gives the event as its conversation takes it, a variable with the type of its definition; or a refusal."""
        match event:
            case SkillAdded() | SkillRemoved():
                reason = self._why_not(conversation, event)
                return event if reason is None else refused(reason, conversation)
            case ContextSet(variable=variable):
                try:
                    value = typed_value(variable.value, self._type_of(variable.name))
                except InvalidValue:
                    return refused("wrong_type", conversation)
                return attrs.evolve(event, variable=attrs.evolve(variable, value=value))
        return event

    def _why_not(self, conversation: Conversation, event: SkillAdded | SkillRemoved) -> str | None:
        if not self.skill_updates:
            return "skills_not_editable"
        if not conversation.channel.is_messaging:
            return "not_on_this_channel"
        unknown = isinstance(event, SkillAdded) and self.skills is not None and event.skill.name not in self.skills
        return "unknown_skill" if unknown else None

    def _type_of(self, name: str) -> ContextType:
        return next((one.type for one in self.definitions if one.name == name), ContextType.TEXT)
