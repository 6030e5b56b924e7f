"""The metadata of all documents that may be shown, streamed."""

from collections.abc import Callable, Iterator

from schemas.articles import Extracted
from schemas.office.output.metadata import Metadata
from schemas.records import DocumentRecord
from search.office.catalogue.entries import Cell, entry_of
from search.office.output.metadata.elements import read_elements
from search.office.shown import find_shown
from search.protocol import Index

ExtractedOf = Callable[[DocumentRecord], Extracted | None]


def find_metadata(index: Index, extracted_of: ExtractedOf, *, issuer: str = "", year: str = "") -> Iterator[Metadata]:
    """Yield the metadata of the articles of an issuer and year (empty: of all), by key, in constant memory."""
    wanted = Cell(issuer, year)
    for record in index.records_with(wanted.where()) if issuer or year else find_shown(index):
        selected = [article for article in record.articles if wanted.holds(entry_of(record, article))]
        extracted = extracted_of(record) if selected else None
        for summary in selected:
            articles = extracted.articles if extracted else ()
            article = articles[summary.ordinal] if summary.ordinal < len(articles) else None
            yield Metadata(record.key, record.id, summary.ordinal, read_elements(summary, article))
