"""The columns of a record: which values they take, and which of them no form can save (spec 1.5)."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import attrs

from customer_summary.domain.context import Primitive
from customer_summary.domain.errors import InvalidValue, kind_of
from customer_summary.domain.form import UNSUPPORTED_COLUMNS, FormColumn
from customer_summary.domain.outcome import Refused
from customer_summary.domain.record_sheet import Record


def own_value(kind: type[Record], column: str, value: Primitive) -> Any:
    """Gives the value of a column that a kind of record has of its own, as the record holds it.

    Raises `InvalidValue` for one that it cannot hold.
    """
    if not isinstance(value, str):
        raise InvalidValue(column, f"expected text, got {kind_of(value)}")
    declared = attrs.fields_dict(kind)[column].type
    if not (isinstance(declared, type) and issubclass(declared, Enum)):
        return value
    options = {one.value: one for one in declared}
    if value not in options:
        raise InvalidValue(column, f"expected one of {', '.join(options)}")
    return options[value]


def refused_columns(columns: Iterable[str], known: frozenset[str]) -> Refused | None:
    """Refuses columns that no form can save, by name, and those that this form does not have."""
    columns = sorted(set(columns))
    unsupported = [one for one in columns if one in UNSUPPORTED_COLUMNS]
    if unsupported:
        return Refused("unsupported_columns", ", ".join(unsupported))
    unknown = [one for one in columns if one not in known]
    return Refused("unknown_columns", ", ".join(unknown)) if unknown else None


def shown_value(column: FormColumn, values: Mapping[str, Primitive]) -> Primitive:
    """Gives what an added column shows: its value where it has one, else its default."""
    value = values.get(column.name, "")
    return column.default if value == "" else value
