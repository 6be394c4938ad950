"""The one order in time: newest first, whatever the order of the input; paged without sorting again."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Activity,
    ActivityType,
    History,
    InvalidValue,
    Position,
    QuickNote,
    RecordKind,
    RecordRef,
    SelfServiceAction,
    SelfServiceKind,
)
from customer_summary.testing.laws import check_order, check_paging
from customer_summary.testing.strategies import values

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONTACT = RecordRef(RecordKind.CONTACT, "c")

near = st.integers(0, 4).map(lambda minutes: NOON + timedelta(minutes=minutes))
entries = st.lists(
    values(
        SelfServiceAction,
        at=near,
        sequence=st.integers(0, 3),
        ended_at=st.none(),
        kind=st.just(SelfServiceKind.CUSTOM_ACTION),
    )
    | values(Activity, at=near, sequence=st.integers(0, 3)),
    max_size=30,
    unique_by=lambda entry: entry.id,
)


def action(name: str, minutes: int, sequence: int = 0) -> SelfServiceAction:
    at = NOON + timedelta(minutes=minutes)
    return SelfServiceAction(id=name, at=at, sequence=sequence, kind=SelfServiceKind.PAGE_VISITED, title="t")


@given(entries, st.randoms(use_true_random=False))
def test_a_history_is_newest_first_whatever_the_order_of_its_input(found: list[Any], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    check_order(found, shuffled)


@given(entries, st.integers(1, 12))
def test_paging_equals_slicing(found: list[Any], size: int) -> None:
    check_paging(History(found), size)


@given(entries, st.integers(1, 12), st.sampled_from(list(SelfServiceKind)))
def test_paging_a_filtered_history_equals_paging_the_history_of_what_passes(
    found: list[Any], size: int, kind: Any
) -> None:
    def passes(entry: Any) -> bool:
        return isinstance(entry, Activity) or entry.kind is kind

    history, filtered, cursor = History(found), History(filter(passes, found)), None
    for _ in range(len(found) + 1):
        page = history.page(size, cursor, passes)
        assert page == filtered.page(size, cursor)
        if page.next is None:
            return
        cursor = page.next
    pytest.fail("the cursor must end")


@given(entries, values(Position))
def test_a_cursor_need_not_be_the_place_of_an_entry(found: list[Any], cursor: Position) -> None:
    history = History(found)
    older = [one for one in history if (one.at, one.sequence, one.id) < (cursor.at, cursor.sequence, cursor.id)]
    assert list(history.page(100, cursor).entries) == older


@given(entries)
def test_an_entry_is_flagged_when_another_with_a_lower_number_is_later(found: list[Any]) -> None:
    expected = {
        one.id for one in found if any(0 < other.sequence < one.sequence and other.at > one.at for other in found)
    }
    history = History(found)
    assert history.backwards() == expected
    shown = [one.id for one in history][:5]
    assert history.backwards(5) == expected.intersection(shown)


def test_the_worked_case_of_the_specification() -> None:
    shown = [one.id for one in History([action("a", 1), action("b", 5), action("c", 3)])]
    assert shown == ["b", "c", "a"]


def test_equal_instants_are_told_apart_by_number_then_by_id() -> None:
    shown = [one.id for one in History([action("a", 1, 1), action("b", 1, 2), action("d", 1, 1), action("c", 1, 1)])]
    assert shown == ["b", "d", "c", "a"]


def test_a_page_stays_right_when_newer_entries_arrive() -> None:
    older = [action(str(number), number) for number in range(10)]
    cursor = History(older).page(4).next
    with_newer = History([*older, action("new", 60)])
    assert [one.id for one in with_newer.page(3, cursor).entries] == ["5", "4", "3"]


def test_one_id_with_two_contents_is_refused() -> None:
    with pytest.raises(InvalidValue, match="id: given twice with different content"):
        History([action("a", 1), action("a", 2)])
    note = QuickNote(id="a", at=NOON, regarding=CONTACT, title="t")
    activity = Activity(id="a", at=NOON, regarding=CONTACT, type=ActivityType.TASK, title="t")
    with pytest.raises(InvalidValue):
        History[Any]([note, activity])


def test_one_id_with_the_same_content_is_one_entry() -> None:
    one = action("a", 1)
    assert len(History([one, attrs.evolve(one), one])) == 1


def test_a_page_holds_at_least_one_entry() -> None:
    with pytest.raises(InvalidValue, match="size"):
        History[Any]().page(0)


def test_repr_of_a_history_shows_no_entry() -> None:
    assert repr(History([action("a", 1)])) == "History(1 entries)"
