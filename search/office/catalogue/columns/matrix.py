"""The documents of the office's columns, streamed, and their counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.office.catalogue import UNSTATED
from schemas.office.catalogues.columns import Column, ColumnEntry, ColumnMatrix, ColumnRow
from schemas.records import ArticleSummary, DocumentRecord
from search.office.catalogue.columns.columns_file import column_numbers
from search.office.shown import find_shown
from search.protocol import RecordStore

_YEAR = len("2025")


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of documents; what is empty or None selects all, ``site`` "/" those that lie in no folder."""

    unit: str = ""
    site: str = ""
    year: str = ""
    number: int | None = None

    def holds(self, entry: ColumnEntry) -> bool:
        """Return whether a document is selected."""
        return (
            self.unit in ("", entry.unit)
            and self.site in ("", entry.site or "/")
            and self.year in ("", entry.year)
            and (self.number is None or self.number in entry.columns)
        )


def find_column_entries(index: RecordStore, columns: Sequence[Column], selection: Selection) -> Iterator[ColumnEntry]:
    """Yield the selected documents by key, in constant memory."""
    for record in find_shown(index):
        for article in record.articles:
            entry = column_entry(columns, record, article)
            if selection.holds(entry):
                yield entry


def column_entry(columns: Sequence[Column], record: DocumentRecord, article: ArticleSummary) -> ColumnEntry:
    """Return an article of a document with its columns."""
    dates = tuple(filter(None, (article.signed_on, article.published_on)))
    folder, slash, _ = record.key.partition("/")
    return ColumnEntry(
        key=record.key,
        document_id=record.id,
        article=article.ordinal,
        title=article.title or record.key,
        unit=article.issuer or UNSTATED,
        site=folder if slash else "",
        year=dates[0][:_YEAR] if dates else UNSTATED,
        dates=dates,
        columns=column_numbers(columns, record.key, article.title, article.kind),
    )


def count_columns(entries: Iterable[ColumnEntry], *, today: str) -> ColumnMatrix:
    """Return the counts of documents, and the newest of each site and column; a date after ``today`` is none."""
    documents: Counter[tuple[str, str, str]] = Counter()
    counts: dict[tuple[str, str, str], Counter[int]] = {}
    newest: dict[tuple[str, int], ColumnEntry] = {}
    for entry in entries:
        place = entry.site, entry.unit, entry.year
        documents[place] += 1
        counts.setdefault(place, Counter()).update(entry.columns)
        for number in entry.columns:
            known = newest.get((entry.site, number))
            if known is None or known.newest_until(today) < entry.newest_until(today):
                newest[entry.site, number] = entry
    order = sorted(documents, key=_order)
    rows = [
        ColumnRow(unit, site, year, documents[place], counts[place]) for place in order for site, unit, year in [place]
    ]
    return ColumnMatrix(rows, newest)


def _order(place: tuple[str, str, str]) -> tuple[str, bool, str, int]:
    site, unit, year = place
    return site, unit == UNSTATED, unit, -int(year) if year.isdigit() else 0
