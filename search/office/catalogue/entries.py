"""The documents of the catalogue, and their counts from the facts of the index."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from schemas.office.catalogue import UNSTATED, CatalogueMatrix, CatalogueRow, Entry
from schemas.office.facts import SHOWN, FactField, FactFilter, FoundFact, NewestFact, list_values
from schemas.records import ArticleSummary, DocumentRecord
from search.office.catalogue.classes import class_numbers
from search.protocol import FactStore

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

    def where(self) -> FactFilter:
        """Return the facts that are selected."""
        number = "" if self.number is None else str(self.number)
        wanted = {FactField.UNIT: self.issuer, FactField.YEAR: self.year, FactField.CLASSES: number}
        return {FactField.STATE: (SHOWN,), **{name: (value,) for name, value in wanted.items() if value}}

    def holds(self, entry: Entry) -> bool:
        """Return whether a document is selected."""
        return (
            self.issuer in ("", entry.issuer)
            and self.year in ("", entry.year)
            and (self.number is None or self.number in entry.classes)
        )


def find_entries(index: FactStore, cell: Cell) -> Iterator[Entry]:
    """Return the selected documents by key, in constant memory."""
    return map(listed_entry, index.list_facts(cell.where()))


def listed_entry(found: FoundFact) -> Entry:
    """Return a fact as an entry."""
    fact = found.fact
    return Entry(
        key=found.key,
        document_id=found.document_id,
        article=fact.article,
        title=fact.title or found.key,
        issuer=fact.unit,
        year=fact.year,
        signed_on=fact.signed_on or None,
        published_on=fact.published_on or None,
        classes=tuple(map(int, list_values(fact.classes))),
    )


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


def count_catalogue(index: FactStore, cell: Cell, *, today: str) -> CatalogueMatrix:
    """Return the counts of the selected documents, and the newest of each issuer and class.

    Args:
        index: Counts its facts; no record is read.
        cell: What is selected; its class is not looked at.
        today: A date after this day (ISO 8601) is none.
    """
    where = replace(cell, number=None).where()
    documents: Counter[tuple[str, str]] = Counter()
    counts: dict[tuple[str, str], Counter[int]] = {}
    for group in index.count_facts((FactField.UNIT, FactField.YEAR, FactField.CLASSES), where):
        unit, year, classes = group.values
        documents[unit, year] += group.count
        for number in list_values(classes):
            counts.setdefault((unit, year), Counter())[int(number)] += group.count
    order = sorted(
        sorted(documents, key=lambda place: _descending(place[1])), key=lambda place: (place[0] == UNSTATED, place[0])
    )
    rows = [CatalogueRow(*place, documents[place], dict(counts[place])) for place in order]
    return CatalogueMatrix(rows, _newest(index.newest_facts(where, until=today)))


def _newest(groups: Iterable[NewestFact]) -> dict[tuple[str, int], NewestFact]:
    found: dict[tuple[str, int], NewestFact] = {}
    for one in groups:
        for number in map(int, list_values(one.classes)):
            known = found.get((one.unit, number))
            if known is None or known.dated < one.dated:
                found[one.unit, number] = one
    return found


def _descending(year: str) -> int:
    return -int(year) if year.isdigit() else 0
