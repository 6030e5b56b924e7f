"""The documents of the office's columns, streamed, and their counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.office.catalogue import UNSTATED
from schemas.office.catalogues.columns import Column, ColumnEntry, ColumnMatrix, ColumnRow
from schemas.office.facts import SHOWN, FactField, FactFilter, FoundFact
from search.office.catalogue.columns.columns_file import column_numbers
from search.protocol import FactStore


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of documents; what is empty or None selects all, ``site`` "/" those that lie in no folder."""

    unit: str = ""
    site: str = ""
    year: str = ""
    number: int | None = None

    def where(self) -> FactFilter:
        """Return the facts that are selected, of any column."""
        site = "" if self.site == "/" else self.site
        wanted = ((FactField.UNIT, self.unit, self.unit), (FactField.FOLDER, self.site, site))
        chosen = (*wanted, (FactField.YEAR, self.year, self.year))
        return {FactField.STATE: (SHOWN,), **{name: (value,) for name, given, value in chosen if given}}


def find_column_entries(index: FactStore, columns: Sequence[Column], selection: Selection) -> Iterator[ColumnEntry]:
    """Yield the selected documents by key, in constant memory."""
    for found in index.list_facts(selection.where()):
        entry = column_entry(columns, found)
        if selection.number is None or selection.number in entry.columns:
            yield entry


def column_entry(columns: Sequence[Column], found: FoundFact) -> ColumnEntry:
    """Return an article of a document with its columns."""
    fact = found.fact
    return ColumnEntry(
        key=found.key,
        document_id=found.document_id,
        article=fact.article,
        title=fact.title or found.key,
        unit=fact.unit,
        site=fact.folder,
        year=fact.year,
        dates=tuple([date for date in (fact.signed_on, fact.published_on) if date]),
        columns=column_numbers(columns, found.key, fact.plain, fact.kind),
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
