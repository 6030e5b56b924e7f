"""One search on Elasticsearch: widen where needed, group by article on the server."""

import time
from collections.abc import Sequence
from typing import Any

from schemas.records import Query, SearchResult
from search.elastic_client import ElasticClient, Response
from search.elastic_query import EXACT_COUNT, Clause, everything, filters_of, loose, strict
from search.elastic_records import ids_below
from search.elastic_rows import read_row
from search.hits import Scored, document_hits
from search.query import ENOUGH, MAX_OFFSET, Parsed, bounded, parse
from search.rows import is_long

NEWEST = [{"day": "desc"}, {"group": "asc"}, {"ordinal": "asc"}]


def search(client: ElasticClient, query: Query, *, documents: str, sections: str) -> SearchResult:
    """Return one page of hits."""
    started = time.perf_counter()
    query = bounded(query)
    parsed = parse(query.text)
    below = ids_below(client, documents, query.prefix) if query.prefix and is_long(query.prefix) else None
    answer = _answer(client, sections, parsed, query, filters_of(query, below))
    hits = answer["hits"]["hits"]
    found = (_opening(hit) if parsed.empty else _best(hit) for hit in hits)
    return SearchResult(
        documents=_documents(answer),
        sections=answer["hits"]["total"]["value"],
        hits=document_hits(found, parsed.marked),
        milliseconds=(time.perf_counter() - started) * 1000,
    )


def _answer(client: ElasticClient, index: str, parsed: Parsed, query: Query, filters: Sequence[Clause]) -> Response:
    if parsed.empty:
        return _ask(
            client, index, query, {"query": everything(filters), "sort": NEWEST, "collapse": {"field": "group"}}
        )
    best = {"name": "best", "size": query.sections_each}
    grouped = {"collapse": {"field": "group", "inner_hits": best}, "source": False}
    answer = _ask(client, index, query, {"query": strict(parsed, filters), **grouped})
    if _documents(answer) >= ENOUGH or len(parsed.words) < 3:
        return answer
    return _ask(client, index, query, {"query": loose(parsed, filters), **grouped})


def _ask(client: ElasticClient, index: str, query: Query, body: dict[str, Any]) -> Response:
    # Beyond its result window the server answers with an error; there, only the counts are asked for.
    page = (query.offset, query.size) if query.offset + query.size <= MAX_OFFSET else (0, 0)
    counted: Clause = {"cardinality": {"field": "group", "precision_threshold": EXACT_COUNT}}
    return client.call(
        lambda server: server.search(
            index=index, from_=page[0], size=page[1], track_total_hits=True, aggs={"articles": counted}, **body
        )
    )


def _documents(answer: Response) -> int:
    return int(answer["aggregations"]["articles"]["value"])


def _best(hit: dict[str, Any]) -> list[Scored]:
    inner = hit["inner_hits"]["best"]["hits"]["hits"]
    return [(each["_score"], read_row(each["_source"])) for each in inner]


def _opening(hit: dict[str, Any]) -> list[Scored]:
    return [(0.0, read_row(hit["_source"]))]
