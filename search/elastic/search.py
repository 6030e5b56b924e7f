"""One search on Elasticsearch: widen it if needed, find the articles of the page, fetch their contents."""

import time
from dataclasses import replace
from typing import Any

from schemas.queries import Query, SearchResult, Sort
from schemas.records import SectionRow
from search.elastic.alike import alike_clause
from search.elastic.client import ElasticClient
from search.elastic.facets import SAMPLE, MatchCounts, count_query, facets_of, read_counts
from search.elastic.fetch import FetchedPage, fetch_page
from search.elastic.filters import Clause, facet_filters, issuer_filters, prefix_filters
from search.elastic.query import Clauses, compile_ranking, every_row
from search.elastic.record_scan import ids_below
from search.elastic.top_articles import EXACT_ROWS, ArticleRanker, TopPage, Wanted, ranks_opening_rows
from search.query.cursor import Place, write_cursor
from search.query.request import PreparedQuery, Vocabulary, prepare
from search.query.ways import ENOUGH, How, enough, notes_of
from search.results.collapse import collapse_near_duplicates
from search.results.count_sampling import SAMPLED
from search.results.hits import document_hits, surest_first
from search.results.row_keys import article_key, collapse_key, hash63, is_long


def search(
    client: ElasticClient, query: Query, *, documents: str, sections: str, vocabulary: Vocabulary
) -> SearchResult:
    """Return one page of hits."""
    started = time.perf_counter()
    ready = prepare(query, vocabulary)
    prefix = ready.query.prefix
    below = ids_below(client, documents, prefix) if prefix and is_long(prefix) else None
    filters = [*prefix_filters(ready.query, below), *issuer_filters(ready.parsed.issuer)]
    later = {}
    for name, some in facet_filters(ready.query).items():
        if name in ready.facets:
            later[name] = some
        else:
            filters += some
    page, wanted, how = _page(ArticleRanker(client, sections, ready), ready, filters, later)
    return _result(client, ready, page, wanted, how=how, indexes=(documents, sections), started=started)


def similar(client: ElasticClient, row: SectionRow, *, size: int, documents: str, sections: str) -> SearchResult:
    """Return articles with sections similar to ``row``."""
    started = time.perf_counter()
    ready = prepare(Query("", size=size, sections_each=1))
    like = alike_clause(client, sections, row)
    if like is None:
        return SearchResult(0, 0, (), (time.perf_counter() - started) * 1000)
    own = [{"term": {"group": hash63(article_key(row))}}, {"term": {"fold": hash63(collapse_key(row))}}]
    alike = Clauses({"bool": {"filter": [like], "must_not": own}}, [like])
    wanted = Wanted(alike)
    ready = replace(ready, listing=False)
    page = ArticleRanker(client, sections, ready).page(wanted)
    return _result(client, ready, page, wanted, how="strict", indexes=(documents, sections), started=started)


def _page(
    leading: ArticleRanker, ready: PreparedQuery, filters: list[Clause], later: dict[str, list[Clause]]
) -> tuple[TopPage, Wanted, How]:
    if ready.listing:
        wanted = Wanted(every_row(), filters, later, listing=True)
        return leading.page(wanted), wanted, "listing"
    *tried, last = ready.ways
    for how in tried:
        wanted = Wanted(compile_ranking(ready.rank(how)), filters, later)
        page = leading.page(wanted)
        if _is_enough(leading, ready, page, wanted):
            return page, wanted, how
    wanted = Wanted(compile_ranking(ready.rank(last)), filters, later)
    return leading.page(wanted), wanted, last


def _is_enough(leading: ArticleRanker, ready: PreparedQuery, page: TopPage, wanted: Wanted) -> bool:
    """Return whether no wider search is needed; articles are counted for it only if they are few."""
    # Rows beyond the counting limit belong to enough articles, or to documents so large that widening adds little.
    if not page.rows or len(page.leaders) >= ENOUGH or page.rows >= EXACT_ROWS:
        return page.rows > 0
    return enough(ready.parsed, 1) or enough(ready.parsed, leading.articles(wanted))


def _result(
    client: ElasticClient,
    ready: PreparedQuery,
    page: TopPage,
    wanted: Wanted,
    *,
    how: How,
    indexes: tuple[str, str],
    started: float,
) -> SearchResult:
    query, openings = ready.query, ranks_opening_rows(ready)
    sampled = not (page.counted or openings)
    counts = count_query(wanted, ready.facets, openings=openings, sampled=sampled)
    strict = _by_characters(ready, wanted, sampled=sampled) if how == "words" else None
    shown = fetch_page(client, wanted, page.leaders, indexes=indexes, query=query, counting=counts, rest=strict)
    found = _counts(client, shown, ready, wanted, sections=indexes[1], sampled=sampled)
    ranked = shown.found if ready.order is not Sort.RELEVANCE else surest_first(shown.found, ready.parsed, how)
    hits = document_hits(ranked, ready.parsed, how, explain=query.explain)
    return SearchResult(
        documents=found.articles,
        sections=found.rows,
        hits=collapse_near_duplicates(hits, shown.signatures) if query.fold else hits,
        milliseconds=(time.perf_counter() - started) * 1000,
        facets=facets_of(found, ready.facets),
        cursor=write_cursor(query, Place(page.leaders[-1].order, how)) if page.more else None,
        notes=(
            *ready.notes,
            *notes_of(ready.parsed, how, literal=query.literal),
            *([SAMPLED] if found.each > 1 else []),
        ),
        apart=0 if strict is None else _apart(shown, page, sampled=sampled),
    )


def _by_characters(ready: PreparedQuery, wanted: Wanted, *, sampled: bool) -> dict[str, Any]:
    """Return the search that counts the rows with the characters of the words, as words or not."""
    strict = replace(wanted, query=compile_ranking(ready.rank("strict")))
    query = strict.within(*([SAMPLE] if sampled else []), scored=False)
    # What is counted exactly less what is shown must be left when counting stops.
    return {"query": query, "track_total_hits": True if sampled else 2 * EXACT_ROWS}


def _apart(shown: FetchedPage, page: TopPage, *, sampled: bool) -> int:
    """Return how many rows at least hold the characters of the words, but not the words; of a sample, an estimate."""
    # Every row with the words also holds their characters; a query for the rest would look up all compounds once more.
    if not sampled:
        return max(0, shown.rest - page.rows)
    each = read_counts(shown.counts, openings=False, sampled=True)
    return max(0, shown.rest * each.each - each.rows)


def _counts(
    client: ElasticClient, shown: FetchedPage, ready: PreparedQuery, wanted: Wanted, *, sections: str, sampled: bool
) -> MatchCounts:
    """Return the counts; if the sample is too small, count everything."""
    openings = ranks_opening_rows(ready)
    found = read_counts(shown.counts, openings=openings, sampled=sampled)
    if found.enough:
        return found
    whole = count_query(wanted, ready.facets, openings=openings, sampled=False)
    answer = client.call(lambda server: server.search(index=sections, **whole))
    return read_counts(answer, openings=openings, sampled=False)
