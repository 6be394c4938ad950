"""What a host has to do after an event of a record or a form. Each effect has an id, the same in every replay."""

from datetime import datetime
from typing import TypeAlias

import attrs

from customer_summary.domain.context import Primitive
from customer_summary.domain.record import RecordRef
from customer_summary.domain.send import EffectId


@attrs.frozen
class AnnounceChange:
    """Show the new version of a record wherever it shows: these columns have new values."""

    id: EffectId
    record: RecordRef
    version: int
    columns: tuple[str, ...]
    by: str


@attrs.frozen
class Conflict:
    """One column that somebody else changed meanwhile: what stands, who made it and when, and what was to be saved."""

    column: str
    stands: Primitive = attrs.field(repr=False)
    wanted: Primitive = attrs.field(repr=False)
    version: int
    changed_at: datetime
    changed_by: str


@attrs.frozen
class ShowConflicts:
    """Show `to` what others changed meanwhile. Nothing of their save was written; it stays with them as unsaved."""

    id: EffectId
    record: RecordRef
    to: str
    version: int
    conflicts: tuple[Conflict, ...]


@attrs.frozen
class ReloadForm:
    """Read the data of the form anew, and say which unsaved columns were discarded."""

    id: EffectId
    conversation: str
    agent: str
    discarded: tuple[tuple[RecordRef, str], ...]


RecordEffect: TypeAlias = AnnounceChange | ShowConflicts
FormEffect: TypeAlias = RecordEffect | ReloadForm
