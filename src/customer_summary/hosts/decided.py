"""What administrators had decided about conversations at each place of a log."""

import attrs

from customer_summary.domain.configuration import SettingLevel
from customer_summary.domain.facts import (
    ContextDefinitionsMade,
    Fact,
    SettingMade,
    SkillCatalogueMade,
    configuration_of,
)
from customer_summary.rules.admission import Admission


@attrs.define
class Decided:
    """Follows the settings of a log; `admission` is what holds now."""

    admission: Admission = attrs.field(factory=Admission)
    _settings: dict[tuple[SettingLevel, str], SettingMade] = attrs.field(factory=dict)

    def take(self, fact: Fact) -> None:
        """Takes a fact of the log; one that decides nothing of this is passed over."""
        match fact:
            case SettingMade():
                self._settings[fact.level, fact.name] = fact
                may_edit = configuration_of(self._settings).skill_update_enabled
                self.admission = attrs.evolve(self.admission, skill_updates=may_edit)
            case SkillCatalogueMade():
                self.admission = attrs.evolve(self.admission, skills=frozenset(fact.skills))
            case ContextDefinitionsMade():
                self.admission = attrs.evolve(self.admission, definitions=fact.definitions)
