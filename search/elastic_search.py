"""One search on Elasticsearch: widen where needed, group by article on the server."""

import time
from collections.abc import Sequence
from typing import Any

from schemas.queries import Query, SearchResult
from search.elastic_client import ElasticClient, Response
from search.elastic_filters import Clause, filters_of
from search.elastic_query import EXACT_COUNT, everything, loose, strict
from search.elastic_records import ids_below
from search.elastic_rows import read_row
from search.hits import Scored, document_hits
from search.query import MAX_OFFSET, bounded, parse, widens
from search.rows import is_long

NEWEST = [{"day": "desc"}, {"group": "asc"}, {"ordinal": "asc"}]


def search(client: ElasticClient, query: Query, *, documents: str, sections: str) -> SearchResult:
    """Return one page of hits."""
    started = time.perf_counter()
    query = bounded(query)
    parsed = parse(query.text)
    below = ids_below(client, documents, query.prefix) if query.prefix and is_long(query.prefix) else None
    filters = filters_of(query, below)
    asked = _Asked(client, sections, query)
    if parsed.empty:
        answer = asked.articles(everything(filters), sort=NEWEST)
        found = [[(0.0, read_row(hit["_source"]))] for hit in answer["hits"]["hits"]]
    else:
        wanted = strict(parsed, filters)
        answer = asked.articles(wanted, source=False)
        if widens(parsed, _documents(answer)):
            wanted = loose(parsed, filters)
            answer = asked.articles(wanted, source=False)
        found = asked.best(wanted, [hit["fields"]["group"][0] for hit in answer["hits"]["hits"]])
    return SearchResult(
        documents=_documents(answer),
        sections=answer["hits"]["total"]["value"],
        hits=document_hits(found, parsed.marked),
        milliseconds=(time.perf_counter() - started) * 1000,
    )


class _Asked:
    """The two requests a search makes: which articles match best, and which of their rows do."""

    def __init__(self, client: ElasticClient, index: str, query: Query) -> None:
        self._client = client
        self._index = index
        self._query = query

    def articles(self, wanted: Clause, **options: Any) -> Response:
        """Ask for the best row of each article of the page, and the counts."""
        # Beyond its result window the server answers with an error; there, only the counts are asked for.
        inside = self._query.offset + self._query.size <= MAX_OFFSET
        counted: Clause = {"cardinality": {"field": "group", "precision_threshold": EXACT_COUNT}}
        return self._client.call(
            lambda server: server.search(
                index=self._index,
                query=wanted,
                collapse={"field": "group"},
                aggs={"articles": counted},
                track_total_hits=True,
                from_=self._query.offset if inside else 0,
                size=self._query.size if inside else 0,
                **options,
            )
        )

    def best(self, wanted: Clause, groups: Sequence[str]) -> list[list[Scored]]:
        """Ask for the best rows of each of ``groups``, at half the cost of inner hits, which run a query for each."""
        if not groups:
            return []
        query = {"bool": {"must": [wanted], "filter": [{"terms": {"group": groups}}]}}
        rows: Clause = {"rows": {"top_hits": {"size": self._query.sections_each}}}
        articles: Clause = {"articles": {"terms": {"field": "group", "size": len(groups)}, "aggs": rows}}
        answer = self._client.call(lambda server: server.search(index=self._index, query=query, aggs=articles, size=0))
        found = {bucket["key"]: _scored(bucket) for bucket in answer["aggregations"]["articles"]["buckets"]}
        return [found[group] for group in groups if group in found]


def _documents(answer: Response) -> int:
    return int(answer["aggregations"]["articles"]["value"])


def _scored(bucket: dict[str, Any]) -> list[Scored]:
    return [(hit["_score"], read_row(hit["_source"])) for hit in bucket["rows"]["hits"]["hits"]]
