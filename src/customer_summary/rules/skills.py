"""The skills an agent may pick from (spec 11)."""

from collections.abc import Iterable

from customer_summary.domain.conversation import Conversation
from customer_summary.rules.directory import folded

MOST_SUGGESTED = 10


def suggest_skills(
    catalogue: Iterable[str], text: str, conversation: Conversation | None = None, most: int = MOST_SUGGESTED
) -> tuple[str, ...]:
    """Gives the skills of a catalogue that the letters suggest, in order of the alphabet.

    Those that begin with the letters come first, then those with a word that does. What is attached already is left
    out. Without letters everything is suggested.

    >>> suggest_skills(("Ovens", "Field service", "Dutch", "Old ovens"), "ov")
    ('Ovens', 'Old ovens')
    """
    attached = {skill.name for skill in conversation.skills} if conversation else set[str]()
    wanted = folded(text)
    ranked = []
    for skill in {*catalogue} - attached:
        name = folded(skill)
        if name.startswith(wanted):
            ranked.append((0, name, skill))
        elif f" {wanted}" in name:
            ranked.append((1, name, skill))
    return tuple(skill for _, _, skill in sorted(ranked)[:most])
