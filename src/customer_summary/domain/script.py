"""Agent scripts: what an agent should do in a session, step by step, and which script a session begins with (spec 7).

A script is built from whatever an author wrote, as long as each text and number is one; what is missing or points
nowhere is named by `rules.script_check`, all of it at once.
"""

import re
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.condition import Condition
from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import Id, Many, Text, Whole, checked

MAX_SCRIPT_TEXT = 2000
"""Characters in the name, the text and the description of a step. [spec 7.1]"""
MAX_STEPS = 200
MAX_ALL_TEXT = 600_000
"""Characters in all texts of a script, or of a macro, together: so that it fits a line of a log."""
MAX_ATTACHED = 100
MAX_EXPRESSION_DEPTH = 8

UNIQUE_NAME = re.compile(r"[A-Za-z0-9]{3,8}_\S(?:.*\S)?")
"""A prefix of 3 to 8 letters and digits, an underscore, and a name. [spec 7.1]"""

ScriptTitle = Annotated[str, Text(least=1, most=MAX_SCRIPT_TEXT)]
ScriptText = Annotated[str, Text(most=MAX_SCRIPT_TEXT)]
Target = Annotated[str, Text(bare=True)]


def check_unique_name(name: str, field: str = "unique_name") -> None:
    """Refuses, with `InvalidValue`, what is no unique name such as `shop_refund`."""
    if not UNIQUE_NAME.fullmatch(name):
        raise InvalidValue(field, "expected a prefix of 3 to 8 letters or digits, an underscore and a name")


class StepKind(Enum):
    """What a step is: something the agent does, something the system does, or another script. [seed 000, 001]"""

    TEXT = "text"
    MACRO = "macro"
    SUB_SCRIPT = "sub_script"

    @property
    def code(self) -> int:
        """The code that the system of the documents stores. [spec 7.1]"""
        return 192_350_000 + list(StepKind).index(self)


class StepState(Enum):
    """How the last run of a step ended. [spec 7.2]"""

    NOT_RUN = "not_run"
    DONE = "done"
    FAILED = "failed"


@attrs.frozen(kw_only=True, field_transformer=checked)
class ScriptStep:
    """One step. A text step has a `text`, a macro step the name of a `macro`, a sub-script step that of a `script`.

    Only the last two have a `description`: the instruction that the system performs. `name` is the title. It, `text`
    and `description` may hold slugs such as `${customerName}`. `order` is presentation; steps may be done in any order.
    """

    unique_name: Id
    name: ScriptTitle
    order: Annotated[int, Whole(least=1)]
    kind: StepKind
    text: ScriptText = ""
    macro: Target = ""
    script: Target = ""
    description: ScriptText = ""
    owner: str = ""

    def __attrs_post_init__(self) -> None:
        check_unique_name(self.unique_name)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentScript:
    """A script: its steps, in whatever order they were written. At most 200, no two with one unique name.

    `language` is a tag such as `en`, empty where the script has none. One that is not `active` cannot be loaded.
    """

    unique_name: Id
    name: ScriptTitle
    language: Annotated[str, Text(most=35)] = ""
    description: ScriptText = ""
    active: bool = True
    steps: Annotated[tuple[ScriptStep, ...], Many(most=MAX_STEPS, unique="unique_name")] = ()

    def __attrs_post_init__(self) -> None:
        check_unique_name(self.unique_name)
        if sum(len(step.name) + len(step.text) + len(step.description) for step in self.steps) > MAX_ALL_TEXT:
            raise InvalidValue("steps", f"at most {MAX_ALL_TEXT} characters in all")

    @property
    def shown(self) -> tuple[ScriptStep, ...]:
        """The steps in ascending order; those with one number stay as they were written. [spec 7.1]"""
        return tuple(sorted(self.steps, key=lambda step: step.order))

    def step(self, unique_name: str) -> ScriptStep | None:
        """Finds a step by its unique name."""
        return next((step for step in self.steps if step.unique_name == unique_name), None)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ScriptChoice:
    """An expression: which script a session begins with. [spec 7.4]

    Where the condition holds the script `then_script` is the default, or what `then_choice` chooses; where it does not
    hold `else_script`, or what `else_choice` chooses. A branch may set nothing. Nested 8 deep at most.
    """

    condition: Condition
    then_script: Target = ""
    then_choice: "ScriptChoice | None" = None
    else_script: Target = ""
    else_choice: "ScriptChoice | None" = None

    def __attrs_post_init__(self) -> None:
        for field, script, choice in (
            ("then_choice", self.then_script, self.then_choice),
            ("else_choice", self.else_script, self.else_choice),
        ):
            if choice is not None and not isinstance(choice, ScriptChoice):
                raise InvalidValue(field, "expected ScriptChoice")
            if script and choice is not None:
                raise InvalidValue(field, "a branch sets a script or goes on, not both")
        if self.depth > MAX_EXPRESSION_DEPTH:
            raise InvalidValue("condition", f"at most {MAX_EXPRESSION_DEPTH} conditions deep")

    @property
    def choices(self) -> "tuple[ScriptChoice, ...]":
        """The expressions of its branches."""
        return tuple(one for one in (self.then_choice, self.else_choice) if one is not None)

    @property
    def depth(self) -> int:
        """How many conditions are asked at most."""
        return 1 + max((one.depth for one in self.choices), default=0)

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that it may choose."""
        own = tuple(one for one in (self.then_script, self.else_script) if one)
        return own + tuple(script for one in self.choices for script in one.scripts)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionTemplate:
    """The scripts of one type of session, and how its default script is chosen. [spec 7.4]"""

    unique_name: Id
    scripts: Annotated[tuple[Target, ...], Many(most=MAX_ATTACHED)] = ()
    default: ScriptChoice | None = None

    def __attrs_post_init__(self) -> None:
        check_unique_name(self.unique_name)
        if len(set(self.scripts)) < len(self.scripts):
            raise InvalidValue("scripts", "no two may be the same")
