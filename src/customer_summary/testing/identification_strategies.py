"""Strategies for what is asked of a directory and what an identification found: values whose fields hang together."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from hypothesis import strategies as st

from customer_summary.domain.channel import Channel
from customer_summary.domain.directory import SEARCHABLE, Attribute, Criterion, ExactQuery, SearchQuery
from customer_summary.domain.facts import SkillCatalogueMade
from customer_summary.domain.identification import (
    CASE_MEANS,
    CUSTOMER_MEANS,
    Claims,
    Identification,
    IdentificationKeys,
    IdentifiedBy,
    Match,
    MatchResult,
)
from customer_summary.domain.record import CUSTOMER_KINDS, RecordKind, RecordRef
from customer_summary.domain.visitor import VisitorDetails
from customer_summary.testing.plain_strategies import instants

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
_VALUES = _TEXTS.filter(bool)
_IDS = st.text("abc123-", min_size=1, max_size=5)


def _sorted(members: AbstractSet[Any]) -> list[Any]:
    return sorted(members, key=lambda one: one.value)


def refs(*kinds: RecordKind) -> st.SearchStrategy[RecordRef]:
    """References to records of these kinds, or to customers."""
    return st.builds(RecordRef, st.sampled_from(kinds or tuple(_sorted(CUSTOMER_KINDS))), _IDS)


def _matches(kinds: tuple[RecordKind, ...], means: AbstractSet[IdentifiedBy]) -> st.SearchStrategy[Match]:
    found = st.builds(Match, st.just(MatchResult.FOUND), refs(*kinds), st.sampled_from(_sorted(means)))
    others = [one for one in MatchResult if one is not MatchResult.FOUND]
    return found | st.builds(Match, st.sampled_from(others))


def customer_matches() -> st.SearchStrategy[Match]:
    """What came of looking for a customer."""
    return _matches((), CUSTOMER_MEANS)


def identifications() -> st.SearchStrategy[Identification]:
    """What came of an identification."""
    return st.builds(Identification, customer_matches(), _matches((RecordKind.CASE,), CASE_MEANS))


def claims() -> st.SearchStrategy[Claims]:
    """Claims of every kind, with records that are linked already or not."""
    keys = st.builds(IdentificationKeys, name=_TEXTS, email=_TEXTS, phone=_TEXTS, case_number=_TEXTS)
    return st.builds(
        Claims,
        channel=st.sampled_from(Channel),
        subject=st.none() | _IDS,
        sender=_TEXTS,
        keys=keys,
        customer=st.none() | refs(),
        case=st.none() | refs(RecordKind.CASE),
    )


def exact_queries() -> st.SearchStrategy[ExactQuery]:
    """Exact queries with one criterion or more."""
    criteria = st.builds(Criterion, st.sampled_from(Attribute), _VALUES)
    where = st.lists(criteria, min_size=1, max_size=3, unique_by=lambda one: one.attribute).map(tuple)
    return st.builds(ExactQuery, st.sampled_from(tuple(SEARCHABLE)), where)


def search_values() -> st.SearchStrategy[SearchQuery]:
    """Searches for any text in any columns of a kind."""

    def queries(kind: RecordKind) -> st.SearchStrategy[SearchQuery]:
        columns = st.lists(st.sampled_from(SEARCHABLE[kind]), max_size=3, unique=True).map(tuple)
        return st.builds(SearchQuery, kind=st.just(kind), text=_TEXTS, columns=columns, most=st.integers(1, 1000))

    return st.sampled_from(tuple(SEARCHABLE)).flatmap(queries)


def identified_variants() -> list[dict[str, st.SearchStrategy[Any]]]:
    """The ways in which a customer and a case that are linked were identified."""
    unproven = st.sampled_from([IdentifiedBy.PHONE, IdentifiedBy.KEYS])
    signed_in = st.builds(VisitorDetails, authenticated=st.just(value=True), browser=_TEXTS)
    return [
        {"customer_by": unproven, "case_by": st.sampled_from(_sorted(CASE_MEANS))},
        {"customer_by": st.just(IdentifiedBy.SUBJECT), "visitor": signed_in},
    ]


def skill_catalogues() -> st.SearchStrategy[SkillCatalogueMade]:
    """Catalogues that name a skill once."""
    skills = st.lists(_VALUES, max_size=4, unique=True).map(tuple)
    return st.builds(SkillCatalogueMade, at=instants(), skills=skills)


WHOLE: Mapping[type, Callable[[], st.SearchStrategy[Any]]] = {
    Match: customer_matches,
    Identification: identifications,
    Claims: claims,
    ExactQuery: exact_queries,
    SearchQuery: search_values,
    SkillCatalogueMade: skill_catalogues,
}
"""The strategy of each class."""
