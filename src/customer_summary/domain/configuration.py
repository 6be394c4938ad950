"""What an administrator decides about the page (spec 1.3)."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Annotated, TypeAlias

import attrs

from customer_summary.domain.case import Case
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Many, Whole, checked

Setting: TypeAlias = bool | int | str | tuple[str, ...]
MAX_CARD_FIELDS = 10
"""Fields on a card. The source counts 7 simple and 3 composite ones; each of ours may be either to a host."""
MAX_ROWS = 1000

_NOT_SHOWN = {"id", "active", "customer"}  # a card shows what people read, no references and no switches
_CARD_FIELDS = {"customer_fields": (Contact, Account), "case_fields": (Case,), "recent_case_fields": (Case,)}


class Generation(Enum):
    """The two generations of the same page: [seed 000, 001] and [seed 004]."""

    CUSTOMER_SUMMARY = "customer_summary"
    ACTIVE_CONVERSATION = "active_conversation"


class SettingLevel(Enum):
    """Where a setting is made. The value of the app overrides that of the environment."""

    ENVIRONMENT = "environment"
    APP = "app"


@attrs.frozen(kw_only=True, field_transformer=checked)
class PageConfiguration:
    """Every switch of the page; as it stands it is the page of an administrator who switched nothing on.

    `enhanced_active_conversation_form`, the three `disable_..._card` and `show_form_selector` belong to the newer
    generation. `additional_details` says that somebody configured that tab. The `..._fields` name what an enhanced
    card shows, in order; empty means the card's own list.
    """

    generation: Generation = Generation.ACTIVE_CONVERSATION
    enhanced_active_conversation_form: bool = False
    customize_active_conversation_form: bool = False
    show_form_selector: bool = False
    disable_customer_card: bool = False
    disable_case_card: bool = False
    disable_recent_cases_card: bool = False
    self_service_enabled: bool = False
    skill_update_enabled: bool = False
    additional_details: bool = False
    customer_card_editable: bool = True
    customer_fields: Annotated[tuple[str, ...], Many(most=MAX_CARD_FIELDS)] = ()
    case_fields: Annotated[tuple[str, ...], Many(most=MAX_CARD_FIELDS)] = ()
    recent_case_fields: Annotated[tuple[str, ...], Many(most=MAX_CARD_FIELDS)] = ()
    recent_case_rows: Annotated[int, Whole(least=1, most=MAX_ROWS)] = 4
    timeline_rows: Annotated[int, Whole(least=1, most=MAX_ROWS)] = 50
    message_rows: Annotated[int, Whole(least=1, most=MAX_ROWS)] = 50

    def __attrs_post_init__(self) -> None:
        for setting, kinds in _CARD_FIELDS.items():
            known = {field.name for kind in kinds for field in attrs.fields(kind)} - _NOT_SHOWN
            chosen = getattr(self, setting)
            if not known.issuperset(chosen):
                raise InvalidValue(setting, f"no such field; known: {', '.join(sorted(known))}")
            if len(set(chosen)) < len(chosen):
                raise InvalidValue(setting, "no two may be the same")

    @property
    def is_enhanced(self) -> bool:
        """Whether the page is the enhanced one; the older generation never is."""
        return self.generation is Generation.ACTIVE_CONVERSATION and self.enhanced_active_conversation_form

    @property
    def is_customized(self) -> bool:
        """Whether the page has its commands and repeats queue and start time; the older generation never does."""
        return self.generation is Generation.ACTIVE_CONVERSATION and self.customize_active_conversation_form

    @property
    def enhances_customer(self) -> bool:
        """Whether the customer card is the enhanced one, with its inline edit."""
        return self.is_enhanced and not self.disable_customer_card

    @property
    def enhances_case(self) -> bool:
        """Whether the case card is the enhanced one, with its inline edit."""
        return self.is_enhanced and not self.disable_case_card

    @property
    def enhances_recent_cases(self) -> bool:
        """Whether the recent cases card is the enhanced one, with its colours."""
        return self.is_enhanced and not self.disable_recent_cases_card

    @property
    def shows_form_selector(self) -> bool:
        """Whether the switch between active and closed is on the page: hidden on the enhanced one by default."""
        return self.show_form_selector or not self.is_enhanced

    @classmethod
    def of(
        cls, environment: Mapping[str, Setting] | None = None, app: Mapping[str, Setting] | None = None
    ) -> "PageConfiguration":
        """Builds a configuration from the settings that were made: the app's value overrides the environment's.

        >>> PageConfiguration.of({"recent_case_rows": 8}, {"recent_case_rows": 6}).recent_case_rows
        6
        """
        merged = {**(environment or {}), **(app or {})}
        return cls(**{name: checked_setting(name, value) for name, value in merged.items()})  # type: ignore[arg-type]  # each value was checked against its name


def checked_setting(name: str, value: Setting | Iterable[str]) -> object:
    """Gives the value of one setting as the configuration holds it.

    Refuses, with `InvalidValue`, a name that is no setting and a value that breaks its rule.
    """
    if name not in SETTINGS:
        raise InvalidValue("name", f"no such setting; known: {', '.join(SETTINGS)}")
    known = {one.value: one for one in Generation}
    if name == "generation" and isinstance(value, str):
        if value not in known:
            raise InvalidValue(name, f"expected one of {', '.join(known)}")
        return known[value]
    return getattr(PageConfiguration(**{name: value}), name)  # type: ignore[arg-type]  # checked by the constructor


SETTINGS: tuple[str, ...] = tuple(field.name for field in attrs.fields(PageConfiguration))
"""The names of all settings, in the order in which they are documented."""
