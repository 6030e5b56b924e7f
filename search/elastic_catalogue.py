"""What else is asked of the documents index on Elasticsearch: suggestions, citations, statistics."""

import re
from collections.abc import Iterator, Sequence

from schemas.outcomes import State
from schemas.queries import ArticleLink, StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord
from search.elastic_client import ElasticClient
from search.elastic_filters import Clause
from search.elastic_records import stream_records
from search.elastic_rows import read_record
from search.links import cited_links, citing_links, names
from search.rows import WITHOUT_ROWS
from search.statistics import bounded, statistic_rows
from search.suggesting import CANDIDATES, chosen, typed_key

# Counting every document for one typed letter would take too long; beyond so many, counts are of the first ones.
LOOKED_AT = 3_000
# Lucene's regular expressions have these operators beside the usual ones.
OPERATORS = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$/-]')
WILDCARDS = re.compile(r"[*?\\]")
MOST_KEYS = 1_000
SHOWN: Clause = {"terms": {"state": [state for state in State if state not in WITHOUT_ROWS]}}


def suggest(client: ElasticClient, index: str, typed: str, *, size: int) -> list[Suggestion]:
    """Return what begins with ``typed``."""
    prefix = typed_key(typed)
    if not prefix:
        return []
    begins = OPERATORS.sub(lambda found: "\\" + found[0], prefix) + ".*"
    # Without global ordinals, which would be built anew after each refresh.
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
    return chosen(((each["key"], each["doc_count"]) for each in buckets), size)


def citing(client: ElasticClient, index: str, record: DocumentRecord, article: int, *, size: int) -> list[ArticleLink]:
    """Return articles that cite an article of ``record``."""
    keys = [name for each in record.articles if each.ordinal == article for name in names(each)]
    found = _having(client, index, "cites", keys, size=size)
    return [link for each in found for link in citing_links(each, keys, but=(record.id, article))][:size]


def cited(client: ElasticClient, index: str, keys: Sequence[str], *, size: int) -> list[ArticleLink]:
    """Return articles that bear one of the names ``keys``."""
    return [link for each in _having(client, index, "names", keys, size=size) for link in cited_links(each, keys)][
        :size
    ]


def statistics(client: ElasticClient, index: str, query: StatisticsQuery) -> Iterator[StatisticRow]:
    """Stream statistics."""
    query = bounded(query)
    parts = {"subjects": query.subject, "measures": query.measure}
    clauses: list[Clause] = [SHOWN, {"exists": {"field": "subjects"}}]
    clauses += [{"wildcard": {field: {"value": _holding(part)}}} for field, part in parts.items() if part]
    if query.issuer is not None:
        clauses.append({"term": {"issuers": query.issuer}})
    for record in stream_records(client, index, clauses, query.prefix or ""):
        yield from statistic_rows(record, query)


def _having(
    client: ElasticClient, index: str, field: str, keys: Sequence[str], *, size: int
) -> Iterator[DocumentRecord]:
    query: Clause = {"bool": {"filter": [{"terms": {field: list(keys)[:MOST_KEYS]}}, SHOWN]}}
    answer = client.call(
        lambda server: server.search(
            index=index, query=query, size=size + 1, sort=[{"key_order": "asc"}], track_total_hits=False
        )
    )
    return (read_record(hit["_source"]) for hit in answer["hits"]["hits"])


def _holding(part: str) -> str:
    escaped = WILDCARDS.sub(lambda found: "\\" + found[0], part)
    return f"*{escaped}*"
