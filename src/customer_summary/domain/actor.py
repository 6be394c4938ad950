"""Who did something."""

from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.fields import Text, checked


class Party(Enum):
    """Who did it."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


@attrs.frozen(field_transformer=checked)
class Actor:
    """Who did it, with their id where it is not the agent whose desk it is."""

    party: Party
    id: Annotated[str, Text(strip=False)] = ""


BY_AGENT = Actor(Party.AGENT)
BY_SYSTEM = Actor(Party.SYSTEM)
