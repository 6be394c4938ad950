"""The page: its value, its display texts, and the histories that it is cut from."""

from datetime import datetime

import attrs

from benchmarks import samples
from benchmarks.measure import Case, Figure, aiming, figures, interleaved
from customer_summary import Activity, History, Known, Page, Part, Reader, page_document, summarize

LOCALES = ("en", "nl", "fr", "uk")
COUNTS = (50, 10_000, 100_000)


def aims(few: int = COUNTS[0], many: int = COUNTS[-1]) -> dict[str, float]:
    """Gives what we aim at: milliseconds for a page and its display texts, a ratio for paging."""
    return {
        f"page of {few}, given as a list": 0.3,
        **{f"display texts of {few} ({locale})": 3.0 for locale in LOCALES},
        f"first {few} of a History of {many}": 2.0,
    }


def run(counts: tuple[int, ...] = COUNTS, rounds: int = 15) -> list[Figure]:
    """Measures everything about the page."""
    found = [
        *values(counts, rounds),
        *full(counts[0], rounds),
        *texts(counts[0], rounds),
        *paging(counts[0], counts[-1], rounds),
        *building(counts[-1], rounds),
    ]
    return aiming(found, aims(counts[0], counts[-1]))


def values(counts: tuple[int, ...] = COUNTS, rounds: int = 15) -> list[Figure]:
    """Measures `summarize()` by the number of activities; the order of a list is found each time."""
    whole, reader, configuration = samples.conversation(), samples.reader(), samples.configuration()

    def page_of(timeline: list[Activity] | History[Activity]) -> Case:
        known = attrs.evolve(samples.known([]), timeline=timeline)
        return lambda: summarize(whole, known, reader=reader, configuration=configuration)

    cases: dict[str, Case] = {}
    for count in counts:
        timeline = samples.activities(count)
        cases[f"page of {count}, given as a list"] = page_of(timeline)
        cases[f"page of {count}, given as a History"] = page_of(History(timeline))
    return figures(interleaved(cases, rounds), against=f"page of {counts[0]}, given as a list")


def full(count: int = 50, rounds: int = 15) -> list[Figure]:
    """Measures a page that has as many messages and self-service actions as activities."""
    whole, reader, configuration = samples.conversation(), samples.reader(), samples.configuration()
    known = attrs.evolve(
        samples.known(samples.activities(count)),
        messages=tuple(map(samples.message, range(count))),
        self_service=tuple(map(samples.action, range(count))),
    )
    cases: dict[str, Case] = {
        f"page with {count} messages and {count} actions too": lambda: summarize(
            whole, known, reader=reader, configuration=configuration
        ),
        "its document (en)": _document(_page(known, reader)),
    }
    return figures(interleaved(cases, rounds))


def _page(known: Known, reader: Reader) -> Page:
    page = summarize(samples.conversation(), known, reader=reader, configuration=samples.configuration())
    assert isinstance(page, Page)  # noqa: S101  # the samples are of a conversation in session
    return page


def texts(count: int = 50, rounds: int = 15) -> list[Figure]:
    """Measures the display texts in each language, the document made of them, and the texts of the activities."""
    known, cases = samples.known(samples.activities(count)), dict[str, Case]()
    for locale in LOCALES:
        reader = samples.reader(locale)
        page = _page(known, reader)
        instants = [row.entry.at for row in page.section("timeline").rows]
        cases[f"display texts of {count} ({locale})"] = _display_texts(page)
        cases[f"document of {count} ({locale})"] = _document(page)
        cases[f"  only the texts of its rows ({locale})"] = _row_texts(page)
        cases[f"  {count} instants as text ({locale})"] = _instants(reader, instants)
        cases[f"  {count} instants as ago ({locale})"] = _agos(reader, instants)
        cases[f"  {count} labels ({locale})"] = _labels(reader, count)
    return figures(interleaved(cases, rounds))


def _display_texts(page: Page) -> Case:
    """Every label, text and distance in time that a reader sees on a page."""

    def of_part(part: Part) -> list[object]:
        fields = [*part.fields, *(field for row in part.rows for field in row.fields)]
        texts: list[object] = [part.label, part.empty_text, *(one.label for one in part.commands)]
        texts += [choice.label for selector in part.selectors for choice in selector.choices]
        texts += [text for field in fields for text in (field.label, field.text, field.ago)]
        return [*texts, *(text for tab in part.tabs for text in of_part(tab))]

    return lambda: [of_part(part) for part in (*page.sections, page.communication)]


def _document(page: Page) -> Case:
    return lambda: page_document(page)


def _row_texts(page: Page) -> Case:
    return lambda: [field.text for row in page.section("timeline").rows for field in row.fields]


def _instants(reader: Reader, instants: list[datetime]) -> Case:
    return lambda: [reader.text(one) for one in instants]


def _agos(reader: Reader, instants: list[datetime]) -> Case:
    return lambda: [reader.ago(one) for one in instants]


def _labels(reader: Reader, count: int) -> Case:
    return lambda: [reader.label("section.case") for _ in range(count)]


def paging(few: int = 50, many: int = 100_000, rounds: int = 15) -> list[Figure]:
    """Measures the newest entries of a built history, and the same number from its middle."""
    small, large = History(samples.activities(few)), History(samples.activities(many))
    middle = large.page(max(1, many // 2)).next
    cases: dict[str, Case] = {
        f"first {few} of a History of {few}": lambda: small.page(few),
        f"first {few} of a History of {many}": lambda: large.page(few),
        f"{few} from the middle of {many}": lambda: large.page(few, middle),
    }
    runs = interleaved(cases, rounds)
    return figures(runs, against=f"first {few} of a History of {few}", scale=1e6, unit="us")


def _key(entry: Activity) -> tuple[datetime, int, str]:
    return entry.at, entry.sequence, entry.id


def building(many: int = 100_000, rounds: int = 15) -> list[Figure]:
    """Measures putting entries in order against sorting them by the same key."""
    entries = samples.activities(many)
    cases: dict[str, Case] = {
        f"History of {many}": lambda: History(entries),
        f"sorted() of {many}": lambda: sorted(entries, key=_key),
    }
    return figures(interleaved(cases, rounds), against=f"sorted() of {many}")
