"""The scripts, macros and session templates that a store holds, each found by its unique name."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from customer_summary.domain.macro import Macro
from customer_summary.domain.script import AgentScript, SessionTemplate

Written: TypeAlias = AgentScript | Macro | SessionTemplate


@attrs.frozen
class ScriptLibrary:
    """What is in force: the last version of each script, macro and session template."""

    scripts: Mapping[str, AgentScript] = attrs.field(factory=dict)
    macros: Mapping[str, Macro] = attrs.field(factory=dict)
    templates: Mapping[str, SessionTemplate] = attrs.field(factory=dict)

    @classmethod
    def of(cls, written: Iterable[Written]) -> "ScriptLibrary":
        """Builds a library; of two with one unique name the later one holds."""
        every = tuple(written)
        return cls(
            {one.unique_name: one for one in every if isinstance(one, AgentScript)},
            {one.unique_name: one for one in every if isinstance(one, Macro)},
            {one.unique_name: one for one in every if isinstance(one, SessionTemplate)},
        )

    def script(self, unique_name: str | None) -> AgentScript | None:
        """Finds a script that can be loaded: one that is there and active."""
        found = self.scripts.get(unique_name or "")
        return found if found is not None and found.active else None
