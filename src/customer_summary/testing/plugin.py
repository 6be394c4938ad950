"""Tells Hypothesis which classes have strategies here. Hypothesis calls `register` when it is imported.

That may be while `testing.strategies` is being imported, so this module must not need it, nor Hypothesis, beforehand.
"""

from typing import Any

from customer_summary.domain.kinds import KINDS


def register() -> None:
    """Makes `st.from_type` know every class of the library."""
    from hypothesis import strategies as st  # noqa: PLC0415  # see above

    for kind in KINDS:
        st.register_type_strategy(kind, _strategy)


def _strategy(kind: type) -> Any:
    from customer_summary.testing.strategies import values  # noqa: PLC0415  # see above

    return values(kind)
