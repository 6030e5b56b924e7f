"""One search on Elasticsearch: widen where needed, find the articles of the page, fetch what is shown of them."""

import time
from dataclasses import replace

from schemas.queries import Query, SearchResult
from schemas.records import SectionRow
from search.asking import Asked, asked
from search.cursor import Place, write_cursor
from search.elastic_client import ElasticClient
from search.elastic_facets import Counted, counted, counting, facets_of
from search.elastic_filters import Clause, facet_filters, issuer_filters, prefix_filters
from search.elastic_leaders import Leading, Page, Wanted, by_openings
from search.elastic_query import Clauses, everything, loose, strict
from search.elastic_records import ids_below
from search.elastic_shown import Shown, show
from search.folding import folded
from search.hits import document_hits
from search.query import ENOUGH, widens
from search.rows import fold_key, group, is_long, number_of
from search.sampling import SAMPLED
from search.synonyms import Synonyms

# Of a section compared with others: how much of its text, how many of its words, how many of these must be shared.
LIKE_CHARACTERS = 4_000
LIKE_WORDS = 25
LIKE_SHARE = "25%"
# So many rows are of enough articles, or of documents so large that widening would add little.
MANY_ROWS = 10_000


def search(
    client: ElasticClient, query: Query, *, documents: str, sections: str, synonyms: Synonyms | None = None
) -> SearchResult:
    """Return one page of hits."""
    started = time.perf_counter()
    ready = asked(query, synonyms)
    prefix = ready.query.prefix
    below = ids_below(client, documents, prefix) if prefix and is_long(prefix) else None
    filters = [*prefix_filters(ready.query, below), *issuer_filters(ready.parsed.issuer)]
    later = {}
    for name, some in facet_filters(ready.query).items():
        if name in ready.facets:
            later[name] = some
        else:
            filters += some
    page, wanted, widened = _page(Leading(client, sections, ready), ready, filters, later)
    return _result(client, ready, page, wanted, widened=widened, indexes=(documents, sections), started=started)


def similar(client: ElasticClient, row: SectionRow, *, size: int, documents: str, sections: str) -> SearchResult:
    """Return articles with sections like ``row``."""
    started = time.perf_counter()
    ready = asked(Query("", size=size, sections_each=1))
    like = {
        "fields": ["text"],
        "like": [f"{row.heading or ''}\n{row.text}"[:LIKE_CHARACTERS]],
        "analyzer": "pairs",
        "max_query_terms": LIKE_WORDS,
        "min_term_freq": 1,
        "min_doc_freq": 2,
        "minimum_should_match": LIKE_SHARE,
    }
    own = [{"term": {"group": number_of(group(row))}}, {"term": {"fold": number_of(fold_key(row))}}]
    alike = Clauses({"bool": {"filter": [{"more_like_this": like}], "must_not": own}}, [{"more_like_this": like}])
    wanted = Wanted(alike)
    ready = replace(ready, listing=False)
    page = Leading(client, sections, ready).page(wanted)
    return _result(client, ready, page, wanted, widened=False, indexes=(documents, sections), started=started)


def _page(
    leading: Leading, ready: Asked, filters: list[Clause], later: dict[str, list[Clause]]
) -> tuple[Page, Wanted, bool]:
    if ready.listing:
        wanted = Wanted(everything(), filters, later, listing=True)
        return leading.page(wanted), wanted, False
    if ready.place is None or not ready.place.loose:
        wanted = Wanted(strict(ready.parsed), filters, later)
        page = leading.page(wanted)
        if ready.place is not None or not _widens(leading, ready, page, wanted):
            return page, wanted, False
    wanted = Wanted(loose(ready.parsed), filters, later)
    return leading.page(wanted), wanted, True


def _widens(leading: Leading, ready: Asked, page: Page, wanted: Wanted) -> bool:
    """Tell whether to go on to some of the words; articles are counted for it only where they are few."""
    if not widens(ready.parsed, 0) or len(page.leaders) >= ENOUGH or page.rows >= MANY_ROWS:
        return False
    return widens(ready.parsed, leading.articles(wanted) if page.rows else 0)


def _result(
    client: ElasticClient,
    ready: Asked,
    page: Page,
    wanted: Wanted,
    *,
    widened: bool,
    indexes: tuple[str, str],
    started: float,
) -> SearchResult:
    query, openings = ready.query, by_openings(ready)
    sampled = not (page.counted or openings)
    counts = counting(wanted, ready.facets, openings=openings, sampled=sampled)
    shown = show(client, wanted, page.leaders, indexes=indexes, query=query, counting=counts)
    found = _counts(client, shown, ready, wanted, sections=indexes[1], sampled=sampled)
    hits = document_hits(shown.found, ready.parsed, explain=query.explain)
    return SearchResult(
        documents=found.articles,
        sections=found.rows,
        hits=folded(hits, shown.signatures) if query.fold else hits,
        milliseconds=(time.perf_counter() - started) * 1000,
        facets=facets_of(found, ready.facets),
        cursor=write_cursor(query, Place(page.leaders[-1].order, widened)) if page.more else None,
        notes=(*ready.notes, *([SAMPLED] if found.each > 1 else [])),
    )


def _counts(
    client: ElasticClient, shown: Shown, ready: Asked, wanted: Wanted, *, sections: str, sampled: bool
) -> Counted:
    """Return the counts; where a sample tells too little, all is counted."""
    openings = by_openings(ready)
    found = counted(shown.counts, openings=openings, sampled=sampled)
    if found.enough:
        return found
    whole = counting(wanted, ready.facets, openings=openings, sampled=False)
    answer = client.call(lambda server: server.search(index=sections, **whole))
    return counted(answer, openings=openings, sampled=False)
