"""What a machine answers to one event: it changed something, it changed nothing, or it said no.

A host turns these into its own 200 or 409. Nothing the outside world does to a machine raises.
"""

from typing import TypeAlias

import attrs


@attrs.frozen
class Applied:
    """The event changed the state."""


@attrs.frozen
class Unchanged:
    """The event was allowed and changed nothing; `why` says what already held."""

    why: str


@attrs.frozen
class Refused:
    """The event was not allowed; `reason` is a stable name, `stands` what holds instead."""

    reason: str
    stands: str


Outcome: TypeAlias = Applied | Unchanged | Refused
