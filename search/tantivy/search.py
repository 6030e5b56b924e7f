"""One search over a tantivy index: widen it if needed, group by article, fetch rows from the document store."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from schemas.queries import DocumentHit, Query, SearchResult, Sort
from schemas.records import SectionRow
from search.query.cursor import Place, write_cursor
from search.query.request import PreparedQuery, Vocabulary, prepare
from search.query.ways import How, enough, notes_of
from search.results.collapse import Signatures, collapse_near_duplicates
from search.results.count_sampling import SAMPLED
from search.results.hits import ArticleMatch, Scored, document_hits, surest_first
from search.results.row_keys import article_key, collapse_key, hash63, is_long
from search.tantivy.clauses import SearchClauses, within
from search.tantivy.document_store import DocumentStore
from search.tantivy.facets import count_matches
from search.tantivy.similar import like
from search.tantivy.top_articles import OF_A_PAGE, Among, ArticleRanker, Row, TopArticle, TopPage


@dataclass(frozen=True, slots=True)
class Shelf:
    """The snapshot of the index for one search, and the document store that holds the rows."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    ledger: DocumentStore


def search(shelf: Shelf, query: Query, vocabulary: Vocabulary) -> SearchResult:
    """Return one page of hits."""
    started = time.perf_counter()
    ready = prepare(query, vocabulary)
    prefix = ready.query.prefix
    clauses = SearchClauses(
        shelf.schema, shelf.searcher, ready, shelf.ledger.ids(prefix) if prefix and is_long(prefix) else None
    )
    how, page = _page(shelf, clauses)
    counts = count_matches(shelf.searcher, clauses, how, page.articles_in_all)
    cursor = write_cursor(ready.query, Place(page.articles[-1].place, how)) if page.more else None
    return SearchResult(
        documents=counts.articles,
        sections=_count(clauses, "everything") if how == "listing" else page.sections,
        hits=_hits(shelf, ready, page, partial(clauses.make_among, how), how),
        milliseconds=(time.perf_counter() - started) * 1000,
        facets=counts.facets,
        cursor=cursor,
        notes=(
            *ready.notes,
            *notes_of(ready.parsed, how, literal=query.literal),
            *([SAMPLED] if counts.each > 1 else []),
        ),
        apart=_count(clauses, "strict") - page.sections if how == "words" else 0,
    )


def similar(shelf: Shelf, row: SectionRow, *, size: int) -> SearchResult:
    """Return articles with sections similar to ``row``."""
    started = time.perf_counter()
    ready = replace(prepare(Query("", size=size, sections_each=1)), listing=False)
    own = [("group", hash63(article_key(row))), ("fold", hash63(collapse_key(row)))]
    others = [(Occur.MustNot, Clause.term_query(shelf.schema, name, number)) for name, number in own]
    clause = Clause.boolean_query([(Occur.Must, like(shelf.searcher, shelf.schema, row)), *others])
    among = partial(within, shelf.schema, clause)
    page = ArticleRanker(shelf.searcher, ready).page(clause, among, lambda: clause)
    hits, articles = _hits(shelf, ready, page, among, "strict"), page.articles_in_all
    if articles is None:
        articles = round(shelf.searcher.cardinality(clause, "group"))
    return SearchResult(articles, page.sections, hits, (time.perf_counter() - started) * 1000)


def _page(shelf: Shelf, clauses: SearchClauses) -> tuple[How, TopPage]:
    ready = clauses.asked
    leading, scored = ArticleRanker(shelf.searcher, ready), ready.order is Sort.RELEVANCE

    def lead(how: How, *, openings: bool = False) -> TopPage:
        among = partial(clauses.make_among, how, scored=scored)
        matching = partial(clauses.make, how, scored=False)
        return leading.page(clauses.make(how, scored=scored), among, matching, openings=openings)

    if ready.listing and ready.query.role is None:
        return "listing", lead("listing", openings=True)
    if ready.listing:
        return "everything", lead("everything")
    *tried, last = ready.ways
    for how in tried:
        page = lead(how)
        if page.articles_in_all is None or enough(ready.parsed, page.articles_in_all):
            return how, page
    return last, lead(last)


def _hits(shelf: Shelf, ready: PreparedQuery, page: TopPage, among: Among, how: How) -> tuple[DocumentHit, ...]:
    rows = _best(shelf, ready, page, among)
    found = [ArticleMatch(_score(shelf, some), each.others) for each, some in zip(page.articles, rows, strict=True)]
    ranked = found if ready.order is not Sort.RELEVANCE else surest_first(found, ready.parsed, how)
    hits = document_hits(ranked, ready.parsed, how, explain=ready.query.explain)
    return (
        collapse_near_duplicates(hits, _signatures(shelf.ledger, {hit.document_id for hit in hits}))
        if ready.query.fold
        else hits
    )


def _best(shelf: Shelf, ready: PreparedQuery, page: TopPage, among: Among) -> list[Sequence[Row]]:
    """Return the rows to show of each article, best first."""
    if ready.listing:
        return [[_opening(shelf, each)] for each in page.articles]
    if ready.order is Sort.RELEVANCE:
        return [each.rows[: ready.query.sections_each] for each in page.articles]
    groups = [each.place[1] for each in page.articles]
    found: Any = shelf.searcher.search(among("group", groups), OF_A_PAGE)
    numbers = shelf.searcher.fast_field_values("group", [address for _, address in found.hits])
    best: dict[float | None, list[Row]] = {}
    for number, row in zip(numbers, found.hits, strict=True):
        best.setdefault(number, []).append(row)
    return [best[each][: ready.query.sections_each] for each in groups]


def _opening(shelf: Shelf, article: TopArticle) -> Row:
    # Rows with equal dates come in the order of indexing.
    addresses = [address for _, address in article.rows]
    ordinals = shelf.searcher.fast_field_values("ordinal", addresses)
    first = min(range(len(ordinals)), key=lambda at: ordinals[at] or 0)
    return 0.0, addresses[first]


def _score(shelf: Shelf, hits: Iterable[Row]) -> list[Scored]:
    """Return the rows of ``hits`` from the document store, without rows that were replaced meanwhile."""
    rows: list[Scored] = []
    for score, address in hits:
        stored = shelf.searcher.doc(address).to_dict()
        row = shelf.ledger.section(stored["document_id"][0], stored["article"][0], stored["ordinal"][0])
        if row is not None:
            rows.append((score, row))
    return rows


def _signatures(ledger: DocumentStore, document_ids: Iterable[str]) -> Signatures:
    records = (ledger.record(each) for each in document_ids)
    return {(each.id, some.ordinal): some.signature for each in records if each for some in each.articles}


def _count(clauses: SearchClauses, how: How) -> int:
    # In the order of any field, no row is scored.
    found: Any = clauses.searcher.search(clauses.make(how, scored=False), 1, order_by_field="group")
    return int(found.count)
