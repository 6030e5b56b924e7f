"""One search over a tantivy index: widen where needed, group by article, fetch rows from the ledger."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from schemas.queries import DocumentHit, Query, SearchResult, Sort
from schemas.records import SectionRow
from search.asking import Asked, asked
from search.cursor import Place, write_cursor
from search.folding import Signatures, folded
from search.hits import Found, Scored, document_hits
from search.ledger import Ledger
from search.query import widens
from search.rows import fold_key, group, is_long, number_of
from search.sampling import SAMPLED
from search.synonyms import Synonyms
from search.tantivy_clauses import Clauses, How, within
from search.tantivy_facets import counted
from search.tantivy_leaders import OF_A_PAGE, Article, Leading, Page, Row
from search.tantivy_similar import like


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a search looks: the index as it was when the search began, and the ledger that holds the rows."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    ledger: Ledger


def search(shelf: Shelf, query: Query, synonyms: Synonyms | None = None) -> SearchResult:
    """Return one page of hits."""
    started = time.perf_counter()
    ready = asked(query, synonyms)
    prefix = ready.query.prefix
    clauses = Clauses(shelf.schema, ready, shelf.ledger.ids(prefix) if prefix and is_long(prefix) else None)
    how, page = _page(shelf, clauses)
    counts = counted(shelf.searcher, clauses, how, page.articles_in_all)
    cursor = write_cursor(ready.query, Place(page.articles[-1].place, how == "loose")) if page.more else None
    return SearchResult(
        documents=counts.articles,
        sections=_count(shelf.searcher, clauses.make("everything")) if how == "listing" else page.sections,
        hits=_hits(shelf, ready, page, clauses.make(how)),
        milliseconds=(time.perf_counter() - started) * 1000,
        facets=counts.facets,
        cursor=cursor,
        notes=(*ready.notes, *([SAMPLED] if counts.each > 1 else [])),
    )


def similar(shelf: Shelf, row: SectionRow, *, size: int) -> SearchResult:
    """Return articles with sections like ``row``."""
    started = time.perf_counter()
    ready = replace(asked(Query("", size=size, sections_each=1)), listing=False)
    own = [("group", number_of(group(row))), ("fold", number_of(fold_key(row)))]
    others = [(Occur.MustNot, Clause.term_query(shelf.schema, name, number)) for name, number in own]
    clause = Clause.boolean_query([(Occur.Must, like(shelf.searcher, shelf.schema, row)), *others])
    page = Leading(shelf.searcher, shelf.schema, ready).page(clause)
    hits, articles = _hits(shelf, ready, page, clause), page.articles_in_all
    if articles is None:
        articles = round(shelf.searcher.cardinality(clause, "group"))
    return SearchResult(articles, page.sections, hits, (time.perf_counter() - started) * 1000)


def _page(shelf: Shelf, clauses: Clauses) -> tuple[How, Page]:
    ready = clauses.asked
    leading = Leading(shelf.searcher, shelf.schema, ready)
    if ready.listing and ready.query.role is None:
        return "listing", leading.page(clauses.make("listing"), openings=True)
    if ready.listing:
        return "everything", leading.page(clauses.make("everything"))
    if ready.place is not None:
        how: How = "loose" if ready.place.loose else "strict"
        return how, leading.page(clauses.make(how))
    page = leading.page(clauses.make("strict"))
    if page.articles_in_all is not None and widens(ready.parsed, page.articles_in_all):
        return "loose", leading.page(clauses.make("loose"))
    return "strict", page


def _hits(shelf: Shelf, ready: Asked, page: Page, clause: Clause) -> tuple[DocumentHit, ...]:
    rows = _best(shelf, ready, page, clause)
    found = [Found(_scored(shelf, some), each.others) for each, some in zip(page.articles, rows, strict=True)]
    hits = document_hits(found, ready.parsed, explain=ready.query.explain)
    return folded(hits, _signatures(shelf.ledger, {hit.document_id for hit in hits})) if ready.query.fold else hits


def _best(shelf: Shelf, ready: Asked, page: Page, clause: Clause) -> list[Sequence[Row]]:
    """Return the rows to show of each article, best first."""
    if ready.listing:
        return [[_opening(shelf, each)] for each in page.articles]
    if ready.order is Sort.RELEVANCE:
        return [each.rows[: ready.query.sections_each] for each in page.articles]
    groups = [each.place[1] for each in page.articles]
    found: Any = shelf.searcher.search(within(shelf.schema, clause, "group", groups), OF_A_PAGE)
    numbers = shelf.searcher.fast_field_values("group", [address for _, address in found.hits])
    best: dict[float | None, list[Row]] = {}
    for number, row in zip(numbers, found.hits, strict=True):
        best.setdefault(number, []).append(row)
    return [best[each][: ready.query.sections_each] for each in groups]


def _opening(shelf: Shelf, article: Article) -> Row:
    # Rows that are equally new come in the order they were indexed in.
    addresses = [address for _, address in article.rows]
    ordinals = shelf.searcher.fast_field_values("ordinal", addresses)
    first = min(range(len(ordinals)), key=lambda at: ordinals[at] or 0)
    return 0.0, addresses[first]


def _scored(shelf: Shelf, hits: Iterable[Row]) -> list[Scored]:
    """Return the rows of ``hits`` as the ledger holds them now; one that was replaced meanwhile is left out."""
    rows: list[Scored] = []
    for score, address in hits:
        stored = shelf.searcher.doc(address).to_dict()
        row = shelf.ledger.section(stored["document_id"][0], stored["article"][0], stored["ordinal"][0])
        if row is not None:
            rows.append((score, row))
    return rows


def _signatures(ledger: Ledger, document_ids: Iterable[str]) -> Signatures:
    records = (ledger.record(each) for each in document_ids)
    return {(each.id, some.ordinal): some.signature for each in records if each for some in each.articles}


def _count(searcher: tantivy.Searcher, clause: Clause) -> int:
    found: Any = searcher.search(clause, 1)
    return int(found.count)
