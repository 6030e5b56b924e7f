"""Suggestions, citations and statistics from the documents index on Elasticsearch."""

import re
from collections.abc import Iterator, Sequence

from schemas.outcomes import State
from schemas.queries import ArticleLink, StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord
from search.elastic.client import ElasticClient
from search.elastic.filters import Clause
from search.elastic.record_scan import stream_records
from search.elastic.serialize import read_record
from search.results.autocomplete import CANDIDATES, choose_suggestions, typed_key
from search.results.citations import cited_links, citing_links, names
from search.results.row_keys import WITHOUT_ROWS
from search.results.statistics import clamp, statistic_rows

# Counting every document for one typed letter would take too long; beyond this limit only the first ones are counted.
LOOKED_AT = 3_000
# Lucene's regular expressions have these operators beside the usual ones.
OPERATORS = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$/-]')
WILDCARDS = re.compile(r"[*?\\]")
MAX_KEYS = 1_000
SHOWN: Clause = {"terms": {"state": [state for state in State if state not in WITHOUT_ROWS]}}


def suggest(client: ElasticClient, index: str, typed: str, *, size: int) -> list[Suggestion]:
    """Return the suggestions that begin with ``typed``."""
    prefix = typed_key(typed)
    if not prefix:
        return []
    begins = OPERATORS.sub(lambda found: "\\" + found[0], prefix) + ".*"
    # Execution hint "map" avoids global ordinals, which would be rebuilt after each refresh.
    starts = {"field": "starts", "include": begins, "size": size * CANDIDATES, "execution_hint": "map"}
    query: Clause = {"bool": {"filter": [{"prefix": {"starts": prefix}}, SHOWN]}}
    answer = client.call(
        lambda server: server.search(
            index=index,
            query=query,
            aggs={"starts": {"terms": starts}},
            size=0,
            terminate_after=LOOKED_AT,
            track_total_hits=False,
        )
    )
    buckets = answer["aggregations"]["starts"]["buckets"]
    return choose_suggestions(((each["key"], each["doc_count"]) for each in buckets), size)


def list_citing(
    client: ElasticClient, index: str, record: DocumentRecord, article: int, *, size: int
) -> list[ArticleLink]:
    """Return articles that cite an article of ``record``."""
    keys = [name for each in record.articles if each.ordinal == article for name in names(each)]
    found = _articles_with(client, index, "cites", keys, size=size)
    return [link for each in found for link in citing_links(each, keys, but=(record.id, article))][:size]


def list_cited(client: ElasticClient, index: str, keys: Sequence[str], *, size: int) -> list[ArticleLink]:
    """Return articles that bear one of the names ``keys``."""
    return [
        link for each in _articles_with(client, index, "names", keys, size=size) for link in cited_links(each, keys)
    ][:size]


def statistics(client: ElasticClient, index: str, query: StatisticsQuery) -> Iterator[StatisticRow]:
    """Stream the statistics that match ``query``."""
    query = clamp(query)
    parts = {"subjects": query.subject, "measures": query.measure}
    clauses: list[Clause] = [SHOWN, {"exists": {"field": "subjects"}}]
    clauses += [{"wildcard": {field: {"value": _contains(part)}}} for field, part in parts.items() if part]
    if query.issuer is not None:
        clauses.append({"term": {"issuers": query.issuer}})
    for record in stream_records(client, index, clauses, query.prefix or ""):
        yield from statistic_rows(record, query)


def _articles_with(
    client: ElasticClient, index: str, field: str, keys: Sequence[str], *, size: int
) -> Iterator[DocumentRecord]:
    query: Clause = {"bool": {"filter": [{"terms": {field: list(keys)[:MAX_KEYS]}}, SHOWN]}}
    answer = client.call(
        lambda server: server.search(
            index=index, query=query, size=size + 1, sort=[{"key_order": "asc"}], track_total_hits=False
        )
    )
    return (read_record(hit["_source"]) for hit in answer["hits"]["hits"])


def _contains(part: str) -> str:
    escaped = WILDCARDS.sub(lambda found: "\\" + found[0], part)
    return f"*{escaped}*"
