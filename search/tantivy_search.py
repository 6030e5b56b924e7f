"""One search over a tantivy index: widen where needed, group by article, fetch rows from the ledger."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import tantivy

from schemas.queries import Query, SearchResult
from search.hits import Scored, document_hits
from search.ledger import Ledger
from search.query import MAX_OFFSET, Parsed, bounded, parse, widens
from search.rows import is_long
from search.tantivy_filters import filters
from search.tantivy_query import Builder

# Up to this many matching rows are grouped one by one, so that counts are exact; beyond it they are estimated.
EXACT = 20_000


@dataclass(frozen=True, slots=True)
class _Found:
    """Matching rows by article, best article first; counts of articles and rows."""

    articles: list[list[tuple[float, tantivy.DocAddress]]]
    documents: int
    sections: int


def search(searcher: tantivy.Searcher, schema: tantivy.Schema, ledger: Ledger, query: Query) -> SearchResult:
    """Return one page of hits."""
    started = time.perf_counter()
    query = bounded(query)
    parsed = parse(query.text)
    below = ledger.ids(query.prefix) if query.prefix and is_long(query.prefix) else None
    builder = Builder(schema, filters(schema, query, below))
    found = _listed(searcher, builder, query) if parsed.empty else _matched(searcher, builder, parsed, query)
    page = found.articles[query.offset : query.offset + query.size] if query.offset + query.size <= MAX_OFFSET else []
    best = (_rows(searcher, ledger, article[: query.sections_each]) for article in page)
    hits = document_hits(best, parsed.marked)
    return SearchResult(found.documents, found.sections, hits, (time.perf_counter() - started) * 1000)


def _wanted(query: Query) -> int:
    return min(query.offset, MAX_OFFSET) + query.size


def _matched(searcher: tantivy.Searcher, builder: Builder, parsed: Parsed, query: Query) -> _Found:
    strict = _grouped(searcher, builder.strict(parsed), _wanted(query))
    return _grouped(searcher, builder.loose(parsed), _wanted(query)) if widens(parsed, strict.documents) else strict


def _listed(searcher: tantivy.Searcher, builder: Builder, query: Query) -> _Found:
    """Return the opening rows of all articles, newest document first."""
    openings: Any = searcher.search(builder.listing(), _wanted(query), order_by_field="day")
    sections: Any = searcher.search(builder.everything(), 1)
    return _Found([[(0.0, address)] for _, address in openings.hits], openings.count, sections.count)


def _grouped(searcher: tantivy.Searcher, query: tantivy.Query, wanted: int) -> _Found:
    limit = EXACT
    while True:
        result: Any = searcher.search(query, limit)
        articles: dict[Any, list[tuple[float, tantivy.DocAddress]]] = {}
        groups = searcher.fast_field_values("group", [address for _, address in result.hits])
        for group, hit in zip(groups, result.hits, strict=True):
            articles.setdefault(group, []).append(hit)
        if result.count <= limit:
            return _Found(list(articles.values()), len(articles), result.count)
        if len(articles) >= wanted:
            estimate = round(searcher.cardinality(query, "group"))
            return _Found(list(articles.values()), max(len(articles), estimate), result.count)
        limit *= 8


def _rows(searcher: tantivy.Searcher, ledger: Ledger, hits: Iterable[tuple[float, tantivy.DocAddress]]) -> list[Scored]:
    """Return the rows of ``hits`` as the ledger holds them now; one that was replaced meanwhile is left out."""
    rows: list[Scored] = []
    for score, address in hits:
        stored = searcher.doc(address).to_dict()
        row = ledger.section(stored["document_id"][0], stored["article"][0], stored["ordinal"][0])
        if row is not None:
            rows.append((score, row))
    return rows
