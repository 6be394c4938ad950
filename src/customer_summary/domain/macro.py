"""Macros: sets of instructions that the system performs one after another, and every action there is (spec 7.5)."""

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Annotated, Final

import attrs

from customer_summary.domain.condition import Condition
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Name, Span, Text, checked
from customer_summary.domain.script import MAX_ALL_TEXT, ScriptText, ScriptTitle, check_unique_name

MAX_ACTIONS = 100
MAX_ATTRIBUTES = 50

_ACTION_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_RESERVED = frozenset({"anchor", "Session"})

FieldText = Annotated[str, Text(most=4000, strip=False)]


class Connector(Enum):
    """What an action belongs to. [spec 7.5]"""

    PRODUCTIVITY = "productivity"
    SESSION = "session"
    OMNICHANNEL = "omnichannel"
    FLOW = "flow"
    BUILT_IN = "built_in"


class ActionKind(Enum):
    """Every action of a macro. [spec 7.5]"""

    OPEN_NEW_FORM = "open_new_form"
    OPEN_RECORD = "open_record"
    AUTOFILL_FORM = "autofill_form"
    UPDATE_RECORD = "update_record"
    RESOLVE_CASE = "resolve_case"
    OPEN_EMAIL = "open_email"
    OPEN_GRID = "open_grid"
    SEARCH_KNOWLEDGE = "search_knowledge"
    SEARCH_RELEVANCE = "search_relevance"
    SET_SCRIPT_FOCUS = "set_script_focus"
    CLONE_CURRENT_RECORD = "clone_current_record"
    CLONE_RECORD = "clone_record"
    OPEN_ARTICLE = "open_article"
    SAVE_RECORD = "save_record"
    GET_CURRENT_TAB = "get_current_tab"
    REFRESH_TAB = "refresh_tab"
    FOCUS_TAB = "focus_tab"
    OPEN_TAB = "open_tab"
    REFRESH_CONTEXT = "refresh_context"
    SET_CONTEXT = "set_context"
    LINK_RECORD = "link_record"
    UNLINK_RECORD = "unlink_record"
    SEND_ARTICLE = "send_article"
    RUN_FLOW = "run_flow"
    CONDITION = "condition"


OUTPUTS = ("entityName", "pageType", "tabId", "recordId", "primaryName")
"""What an action may hand to later ones. [spec 7.5]"""

_P, _S, _O = Connector.PRODUCTIVITY, Connector.SESSION, Connector.OMNICHANNEL
_TAB = OUTPUTS[:3]
_RECORD = OUTPUTS


@attrs.frozen
class ActionRule:
    """What an action needs and gives: the fields it must and may have, its outputs, and what else is true of it.

    One that is `irreversible` changes something outside the screen that cannot be taken back from it.
    """

    connector: Connector
    mandatory: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    irreversible: bool = False


ACTIONS: Final[Mapping[ActionKind, ActionRule]] = {
    ActionKind.OPEN_NEW_FORM: ActionRule(_P, ("entity",), ("form_id", "attributes"), _TAB),
    ActionKind.OPEN_RECORD: ActionRule(_P, ("entity", "record_id"), ("form_id",), _RECORD),
    ActionKind.AUTOFILL_FORM: ActionRule(_P, ("entity", "attributes"), (), _TAB),
    ActionKind.UPDATE_RECORD: ActionRule(_P, ("entity", "record_id", "attributes"), irreversible=True),
    ActionKind.RESOLVE_CASE: ActionRule(_P, ("billable_time", "case_id", "resolution"), irreversible=True),
    ActionKind.OPEN_EMAIL: ActionRule(_P, ("entity", "record_id", "recipients", "template_id"), (), _TAB),
    ActionKind.OPEN_GRID: ActionRule(_P, ("entity", "view_id", "view_type"), (), _TAB),
    ActionKind.SEARCH_KNOWLEDGE: ActionRule(_P, (), ("search", "tab_label"), _TAB),
    ActionKind.SEARCH_RELEVANCE: ActionRule(_P, ("search",), ("tab_label",), _TAB),
    ActionKind.SET_SCRIPT_FOCUS: ActionRule(_P, ("script",)),
    ActionKind.CLONE_CURRENT_RECORD: ActionRule(_P, ("title",), (), _RECORD),
    ActionKind.CLONE_RECORD: ActionRule(_P, ("entity", "record_id"), (), _RECORD),
    ActionKind.OPEN_ARTICLE: ActionRule(_P, ("record_id",), (), _RECORD),
    ActionKind.SAVE_RECORD: ActionRule(_P, (), (), _RECORD, irreversible=True),
    ActionKind.GET_CURRENT_TAB: ActionRule(_S, (), (), _RECORD),
    ActionKind.REFRESH_TAB: ActionRule(_S, ("tab_id",)),
    ActionKind.FOCUS_TAB: ActionRule(_S, ("tab_id",)),
    ActionKind.OPEN_TAB: ActionRule(_S, (), ("attributes",), _TAB),
    ActionKind.REFRESH_CONTEXT: ActionRule(_S),
    ActionKind.SET_CONTEXT: ActionRule(_S, ("variable",), ("value",)),
    ActionKind.LINK_RECORD: ActionRule(_O, ("entity", "record_id"), ("primary_name",)),
    ActionKind.UNLINK_RECORD: ActionRule(_O, ("entity", "record_id"), ("primary_name",)),
    ActionKind.SEND_ARTICLE: ActionRule(_O, irreversible=True),
    ActionKind.RUN_FLOW: ActionRule(Connector.FLOW, ("entity", "record_id"), ("flow",), irreversible=True),
    ActionKind.CONDITION: ActionRule(Connector.BUILT_IN, ("condition",)),
}
"""What each action needs and gives. A field that is neither mandatory nor optional does not belong to it."""

TEXT_FIELDS: Final = (
    "entity",
    "record_id",
    "form_id",
    "case_id",
    "billable_time",
    "resolution",
    "recipients",
    "template_id",
    "view_id",
    "view_type",
    "search",
    "tab_label",
    "tab_id",
    "script",
    "title",
    "variable",
    "value",
    "primary_name",
    "flow",
)
"""The fields of actions that are texts, each with or without slugs."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class FormAttribute:
    """One field of a form and its value. A lookup takes three: `customer.id`, `customer.type` and `customer.name`."""

    name: Name
    value: FieldText = ""


@attrs.frozen(kw_only=True, field_transformer=checked)
class MacroAction:
    """One action. Which of the fields it must and may have, `ACTIONS` says by its kind.

    `name` is what later actions call it by: `${form.tabId}` is an output of the action `form`, and `branch` names a
    condition action before this one, so that it runs only where that came to be `branch_when`. `continue_on_failure`
    lets the macro go on where this action fails. `timeout` is how long its answer is waited for.
    """

    name: str
    kind: ActionKind
    entity: FieldText = ""
    record_id: FieldText = ""
    form_id: FieldText = ""
    case_id: FieldText = ""
    billable_time: FieldText = ""
    resolution: FieldText = ""
    recipients: FieldText = ""
    template_id: FieldText = ""
    view_id: FieldText = ""
    view_type: FieldText = ""
    search: FieldText = ""
    tab_label: FieldText = ""
    tab_id: FieldText = ""
    script: FieldText = ""
    title: FieldText = ""
    variable: FieldText = ""
    value: FieldText = ""
    primary_name: FieldText = ""
    flow: FieldText = ""
    attributes: Annotated[tuple[FormAttribute, ...], Many(most=MAX_ATTRIBUTES, unique="name")] = ()
    condition: Condition | None = None
    branch: str = ""
    branch_when: bool = True
    continue_on_failure: bool = False
    timeout: Annotated[timedelta, Span(timedelta(seconds=1), timedelta(hours=1))] = timedelta(seconds=30)

    def __attrs_post_init__(self) -> None:
        if not _ACTION_NAME.fullmatch(self.name) or self.name in _RESERVED:
            raise InvalidValue("name", "expected a letter, then up to 39 letters, digits and underscores")

    @property
    def rule(self) -> ActionRule:
        """What this kind of action needs and gives."""
        return ACTIONS[self.kind]

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The fields that have something in them, by name; an attribute as `attributes.customer.id`."""
        found = [(name, getattr(self, name)) for name in TEXT_FIELDS]
        found += [(f"attributes.{one.name}", one.value) for one in self.attributes]
        return tuple(one for one in found if one[1])

    def has(self, field: str) -> bool:
        """Says whether a field was written."""
        return bool(getattr(self, field))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Macro:
    """A macro: at most 100 actions in the order in which they run, no two with one name."""

    unique_name: Id
    name: ScriptTitle
    description: ScriptText = ""
    actions: Annotated[tuple[MacroAction, ...], Many(most=MAX_ACTIONS, unique="name")] = ()

    def __attrs_post_init__(self) -> None:
        check_unique_name(self.unique_name)
        if sum(len(text) for action in self.actions for _, text in action.texts) > MAX_ALL_TEXT:
            raise InvalidValue("actions", f"at most {MAX_ALL_TEXT} characters in all")
