"""The documents of the catalogue, streamed from the records of the index, and their counts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.office.catalogue import UNSTATED, CatalogueMatrix, CatalogueRow, Entry
from schemas.outcomes import SEARCHABLE
from schemas.records import ArticleSummary, DocumentRecord
from search.office.catalogue.classes import class_numbers
from search.protocol import RecordStore

_PAGE = 500
_YEAR = len("2025")


@dataclass(frozen=True, slots=True)
class Cell:
    """A selection of documents; conditions that are empty or None select all.

    Attributes:
        issuer: Exact 发文机关, or ``UNSTATED``.
        year: Four digits, or ``UNSTATED``.
        number: Number of a class, or ``UNCLASSED``.
    """

    issuer: str = ""
    year: str = ""
    number: int | None = None

    def holds(self, entry: Entry) -> bool:
        """Return whether a document is selected."""
        return (
            self.issuer in ("", entry.issuer)
            and self.year in ("", entry.year)
            and (self.number is None or self.number in entry.classes)
        )


def find_entries(index: RecordStore, cell: Cell) -> Iterator[Entry]:
    """Yield the selected documents by key, in constant memory."""
    after = ""
    while page := index.records(states=SEARCHABLE, after=after, limit=_PAGE):
        for record in page:
            yield from (entry for article in record.articles if cell.holds(entry := entry_of(record, article)))
        after = page[-1].key


def entry_of(record: DocumentRecord, article: ArticleSummary) -> Entry:
    """Return an article of a document as an entry."""
    dated = article.signed_on or article.published_on or ""
    return Entry(
        key=record.key,
        document_id=record.id,
        article=article.ordinal,
        title=article.title or record.key,
        issuer=article.issuer or UNSTATED,
        year=dated[:_YEAR] or UNSTATED,
        signed_on=article.signed_on,
        published_on=article.published_on,
        classes=class_numbers(article.title, article.kind),
    )


def count_entries(entries: Iterable[Entry], *, today: str) -> CatalogueMatrix:
    """Return the counts of documents, and the newest of each issuer and class; a date after ``today`` is none."""
    documents: Counter[tuple[str, str]] = Counter()
    counts: dict[tuple[str, str], Counter[int]] = {}
    newest: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        place = entry.issuer, entry.year
        documents[place] += 1
        counts.setdefault(place, Counter()).update(entry.classes)
        for number in entry.classes:
            known = newest.get((entry.issuer, number))
            if known is None or known.newest_until(today) < entry.newest_until(today):
                newest[entry.issuer, number] = entry
    order = sorted(
        sorted(documents, key=lambda place: _descending(place[1])), key=lambda place: (place[0] == UNSTATED, place[0])
    )
    rows = [CatalogueRow(*place, documents[place], dict(counts[place])) for place in order]
    return CatalogueMatrix(rows, newest)


def _descending(year: str) -> int:
    return -int(year) if year.isdigit() else 0
