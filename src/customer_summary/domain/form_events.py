"""What an agent does on a form: types into a field, presses Save or Refresh. And what an administrator made of it.

`at` is when the host received it. The agent's own instant travels as well, so that what comes late or twice loses.
"""

from datetime import datetime
from typing import TypeAlias

import attrs

from customer_summary.domain.fields import Id, checked
from customer_summary.domain.form import FormSettings
from customer_summary.domain.record import RecordRef
from customer_summary.domain.record_sheet import ColumnEdit
from customer_summary.domain.tick import Tick


@attrs.frozen(kw_only=True, field_transformer=checked)
class FormSettingsMade:
    """An administrator made the columns of the form, all at once."""

    at: datetime
    settings: FormSettings


@attrs.frozen(kw_only=True, field_transformer=checked)
class FieldEdited:
    """The agent typed a value into a field; it is not saved yet. `edit` names the version that they saw."""

    at: datetime
    conversation: Id
    agent: Id
    record: RecordRef
    edit: ColumnEdit
    edited_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class FormSaved:
    """The agent pressed Save: everything typed up to `saved_at` is to be saved, all of it or none."""

    at: datetime
    conversation: Id
    agent: Id
    saved_at: datetime


@attrs.frozen(kw_only=True, field_transformer=checked)
class FormRefreshed:
    """The agent pressed Refresh: the data are read anew, and what was typed up to `refreshed_at` is discarded."""

    at: datetime
    conversation: Id
    agent: Id
    refreshed_at: datetime


FormFact: TypeAlias = FieldEdited | FormSaved | FormRefreshed
FormEvent: TypeAlias = FormFact | Tick
"""Everything that can happen to the draft of a form."""
