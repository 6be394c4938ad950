"""The timeline equals brute force under every filter, in both orders, from however many sources (spec 6)."""

import random
from datetime import timedelta
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_summary import (
    Activity,
    ActivityStatus,
    ActivityType,
    Channel,
    Conversation,
    ConversationStatus,
    DueStatus,
    DueWithin,
    EntryKind,
    History,
    InvalidValue,
    Known,
    ModifiedWithin,
    Page,
    PageConfiguration,
    PostsBy,
    QuickNote,
    Reader,
    RecordKind,
    RecordRef,
    TimelineFilter,
    TimelineFilters,
    TimelineSort,
    View,
    entry_matches,
    filter_selectors,
    summarize,
)
from customer_summary.testing import form_paths as paths
from customer_summary.testing.desk_strategies import START
from customer_summary.testing.strategies import values
from customer_summary.views.reader import LOCALES

NOW = START
DAYS = [timedelta(days=days, seconds=more) for days in (0, 1, 7, 30) for more in (-1, 0, 1)]
REFS = [paths.CONTACT, paths.CASE, paths.TALK, RecordRef(RecordKind.CASE, "case-9")]

near = st.sampled_from([NOW + sign * day for day in DAYS for sign in (1, -1)])
words = st.sampled_from(
    ["Parcel", "the PARCEL is late", "Straße", "STRASSE", "e\u0301te\u0301", "\u00e9t\u00e9", "", "100% *"]
)
activities = values(
    Activity,
    id=st.uuids().map(str),
    at=near,
    sequence=st.integers(0, 2),
    regarding=st.sampled_from(REFS),
    title=words.map(lambda word: word or "Call"),
    body=words,
    due=near | st.none(),
    modified_on=near | st.none(),
)
notes = st.builds(
    QuickNote,
    id=st.uuids().map(str),
    at=near,
    regarding=st.sampled_from([paths.CONTACT, paths.CASE]),
    title=words.map(lambda word: word or "Note"),
    body=words,
    modified_on=near | st.none(),
)
histories = st.lists(activities | activities | notes, max_size=12)
searches = st.sampled_from(["", "parcel", "late PARCEL", "strasse", "\u00c9T\u00c9", "nothing", "%", "*"])


def some(kind: Any) -> Any:
    return st.lists(st.sampled_from(kind), max_size=2, unique=True).map(tuple)


filters = st.builds(
    TimelineFilters,
    kinds=some(EntryKind),
    types=some(ActivityType),
    statuses=some(DueStatus),
    due=st.none() | st.sampled_from(DueWithin),
    posts_by=st.none() | st.sampled_from(PostsBy),
    modified=st.none() | st.sampled_from(ModifiedWithin),
    search=searches,
)


def hours(name: str) -> float:
    return {"24": 24, "7": 7 * 24, "30": 30 * 24}[name.split("_")[1]]


def passes(entry: Any, chosen: TimelineFilters) -> bool:
    """What each filter says, in plain words: written a second time, with nothing of the library's."""
    note = isinstance(entry, QuickNote)
    kind = "notes" if note else "posts" if entry.type.value == "post" else "activities"
    if chosen.kinds and kind not in [one.value for one in chosen.kinds]:
        return False
    if chosen.types and (note or entry.type.value not in [one.value for one in chosen.types]):
        return False
    if chosen.statuses:
        if note:
            return False
        is_active = entry.status is ActivityStatus.ACTIVE
        is_overdue = is_active and entry.due is not None and (NOW - entry.due).total_seconds() > 0
        stands = {"active": is_active, "overdue": is_overdue, "closed": not is_active}
        if not any(stands[one.value] for one in chosen.statuses):
            return False
    if chosen.due is not None:
        if note or entry.due is None:
            return False
        ahead = (entry.due - NOW).total_seconds() / 3600
        if not 0 <= (ahead if chosen.due.value.startswith("next") else -ahead) <= hours(chosen.due.value):
            return False
    if chosen.posts_by is not None and (kind != "posts" or entry.automatic != (chosen.posts_by.value == "auto")):
        return False
    if chosen.modified is not None:
        age = (NOW - (entry.modified_on or entry.at)).total_seconds() / 3600
        if not 0 <= age <= hours(chosen.modified.value):
            return False
    text = (entry.title + " " + entry.body).casefold().replace("e\u0301", "\u00e9")
    return all(word in text for word in chosen.search.casefold().split())


LINKED = Conversation(
    id=paths.CONVERSATION,
    at=START,
    channel=Channel.SMS,
    created_on=START,
    status=ConversationStatus.ACTIVE,
    agent="noor",
    assigned_on=START,
    accepted_on=START,
    first_accepted_on=START,
    in_session=True,
    customer=paths.CONTACT,
    case_id=paths.CASE.id,
)


def rows(entries: Any, view: View, size: int) -> list[str]:
    """The ids of the whole timeline, page by page."""
    found: list[str] = []
    known, configuration = Known(timeline=entries), PageConfiguration(timeline_rows=size)
    while True:
        shown = summarize(LINKED, known, reader=Reader(now=NOW), configuration=configuration, view=view)
        assert isinstance(shown, Page)
        timeline = shown.section("timeline")
        found += [row.id for row in timeline.rows]
        if timeline.next is None:
            assert (timeline.empty is None) == bool(timeline.rows)
            return found
        view = attrs.evolve(view, after=timeline.next)


GROUPS = {
    TimelineFilter.ALL: {"contact", "case", "conversation"},
    TimelineFilter.CUSTOMER: {"contact"},
    TimelineFilter.CASE: {"case"},
    TimelineFilter.CONVERSATION: {"conversation"},
}


@given(
    histories,
    filters,
    st.sampled_from(TimelineFilter),
    st.sampled_from([None, paths.CONTACT, paths.CASE, REFS[3]]),
    st.sampled_from(TimelineSort),
    st.integers(1, 4),
)
def test_the_timeline_equals_brute_force_under_every_filter(  # noqa: PLR0917  # Hypothesis gives them in this order
    entries: list[Any],
    chosen: TimelineFilters,
    shown: TimelineFilter,
    selected: RecordRef | None,
    sort: TimelineSort,
    size: int,
) -> None:
    linked = [paths.CONTACT, paths.CASE]
    there = [selected, paths.TALK] if selected in linked else [*linked, paths.TALK]
    expected = [
        one
        for one in entries
        if one.regarding in there and one.regarding.kind.value in GROUPS[shown] and passes(one, chosen)
    ]
    expected.sort(key=lambda one: (one.at, one.sequence, one.id), reverse=sort is TimelineSort.NEWEST)
    view = View(shown=shown, selected=selected, filters=chosen, sort=sort)
    assert rows(entries, view, size) == [one.id for one in expected]


@given(histories, filters)
def test_a_filter_passes_what_brute_force_passes(entries: list[Any], chosen: TimelineFilters) -> None:
    assert [entry_matches(one, chosen, NOW) for one in entries] == [passes(one, chosen) for one in entries]


SAMPLES: list[Any] = [
    QuickNote(id="note", at=NOW, regarding=paths.CASE, body="x"),
    *(
        Activity(id=f"{kind.value}-{status.value}-{automatic}-{index}", at=NOW, regarding=paths.CASE, type=kind, title="t", status=status, automatic=automatic, due=due, modified_on=due)
        for kind, status, automatic in product((ActivityType.TASK, ActivityType.POST), ActivityStatus, (False, True))
        for index, due in enumerate([None, *(NOW + sign * day for day in DAYS for sign in (1, -1))])
    ),
]  # fmt: skip
EVERY: list[TimelineFilters] = [
    *(TimelineFilters(kinds=(one,)) for one in EntryKind),
    *(TimelineFilters(types=(one,)) for one in ActivityType),
    *(TimelineFilters(statuses=(one,)) for one in DueStatus),
    *(TimelineFilters(due=one) for one in DueWithin),
    *(TimelineFilters(posts_by=one) for one in PostsBy),
    *(TimelineFilters(modified=one) for one in ModifiedWithin),
]


@pytest.mark.parametrize("chosen", EVERY, ids=lambda one: repr(one)[:80])
def test_each_value_of_each_filter_is_exact_at_its_bounds(chosen: TimelineFilters) -> None:
    found = {one.id for one in SAMPLES if entry_matches(one, chosen, NOW)}
    assert found == {one.id for one in SAMPLES if passes(one, chosen)}
    assert found or chosen.types
    assert len(found) < len(SAMPLES)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("STRASSE", True),
        ("strasse lang", True),
        ("lang\nStraße", True),
        ("\u00c9T\u00c9", True),
        ("\ufb01n", True),
        ("kurz strasse", False),
        ("%", False),
        (".*", False),
    ],
)
def test_words_are_found_however_they_are_written(search: str, found: Any) -> None:
    note = QuickNote(id="1", at=NOW, regarding=paths.CASE, title="Lange Straße", body="e\u0301te\u0301, fine")
    assert entry_matches(note, TimelineFilters(search=search), NOW) == found


@given(histories, st.integers(1, 4), st.randoms(use_true_random=False))
def test_activities_of_several_sources_are_one_timeline(entries: list[Any], count: int, chance: random.Random) -> None:
    sources: list[list[Any]] = [[] for _ in range(count)]
    for one in entries:
        chance.choice(sources).append(one)
    again = chance.sample(entries, len(entries) // 2)
    merged = History(one for source in (*sources, again) for one in source)
    assert tuple(merged) == tuple(History(entries))


def test_two_sources_that_use_one_id_for_two_things_are_refused() -> None:
    one = QuickNote(id="1", at=NOW, regarding=paths.CASE, body="a")
    with pytest.raises(InvalidValue, match="given twice with different content"):
        History([one, attrs.evolve(one, body="b")])


@pytest.mark.parametrize("locale", LOCALES)
def test_the_filter_pane_has_every_filter_in_words(locale: str) -> None:
    chosen = TimelineFilters(kinds=(EntryKind.NOTES, EntryKind.POSTS), due=DueWithin.NEXT_7_DAYS)
    pane = filter_selectors(View(filters=chosen, sort=TimelineSort.OLDEST), Reader(now=NOW, locale=locale))
    assert [one.name for one in pane[:-1]] == [
        one.name for one in attrs.fields(TimelineFilters) if one.name != "search"
    ]
    selected = {one.name: [choice.name for choice in one.choices if choice.selected] for one in pane}
    assert {name: found for name, found in selected.items() if found} == {
        "kinds": ["notes", "posts"],
        "due": ["next_7_days"],
        "sort": ["oldest"],
    }
    labels = [one.label for one in pane] + [choice.label for one in pane for choice in one.choices]
    assert all(labels)
    assert len({one.label for one in pane}) == len(pane)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"search": "x" * 401}, "search: at most 400"),
        ({"kinds": "notes"}, "kinds: expected a list"),
        ({"due": "next_7_days"}, "due: expected DueWithin"),
        ({"types": (EntryKind.NOTES,)}, r"types\[0\]: expected ActivityType"),
        ({"statuses": (DueStatus.ACTIVE,) * 4}, "statuses: at most 3"),
    ],
)
def test_filters_that_cannot_be_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        TimelineFilters(**fields)
    assert "secret" not in repr(TimelineFilters(search="secret"))
