"""Putting made-up documents into an index, and reading what a search answers."""

from dataclasses import replace

from schemas.queries import SearchResult
from schemas.records import ArticleSummary
from search.protocol import Index
from tests.support.disclosures import record_of, row_of


def add(index: Index, key: str, *texts: str, summary: dict[str, object] | None = None, **fields: object) -> str:
    """Put in a document of one article, a row for each text; return its identifier.

    Args:
        index: Where to.
        key: Object key.
        texts: Of the rows.
        summary: Fields of the article's summary, beside those it shares with its rows.
        fields: Of all rows.
    """
    rows = [row_of(key, 0, ordinal, text, **fields) for ordinal, text in enumerate(texts)]
    first = rows[0]
    article = ArticleSummary(
        ordinal=0,
        title=first.title,
        issuer=first.issuer,
        document_number=first.document_number,
        signed_on=first.signed_on,
        published_on=first.published_on,
        sections=len(rows),
    )
    article = replace(article, **(summary or {}))  # type: ignore[arg-type]
    record = record_of(key, rows, articles=(article,))
    index.replace(record, rows)
    return record.id


def keys_of(result: SearchResult) -> list[str]:
    """Return the keys of the hits, in order."""
    return [hit.key for hit in result.hits]


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> list[str]:
    """Return the marked stretches of a text."""
    return [text[start:end] for start, end in marks]


def facet(result: SearchResult, name: str) -> dict[str, int]:
    """Return the values of a facet with their counts, in order."""
    return {value.value: value.count for each in result.facets if each.name == name for value in each.values}
