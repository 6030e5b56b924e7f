"""Suggestions, citations, statistics and the office's counts from the documents index on Elasticsearch."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from schemas.office.facts import LISTS, SHOWN, FactCount, FactField, FactFilter, NewestFact, read_place
from schemas.outcomes import State
from schemas.queries import ArticleLink, StatisticRow, StatisticsQuery, Suggestion
from schemas.records import DocumentRecord
from search.elastic.client import ElasticClient, read_record
from search.elastic.filters import Clause
from search.elastic.record_scan import stream_records
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
WITH_ROWS: Clause = {"terms": {"state": [state for state in State if state not in WITHOUT_ROWS]}}

# Composite aggregations come page by page, so that memory stays constant whatever the number of counts.
COUNTS_PAGE = 10_000
# Each bucket has three more below it, and the server counts them all against its limit of 65,535.
NEWEST_PAGE = 5_000
_PATH = "facts"
Bucket = Mapping[str, Any]


def suggest(client: ElasticClient, index: str, typed: str, *, size: int) -> list[Suggestion]:
    """Return the suggestions that begin with ``typed``."""
    prefix = typed_key(typed)
    if not prefix:
        return []
    begins = OPERATORS.sub(lambda found: "\\" + found[0], prefix) + ".*"
    # Execution hint "map" avoids global ordinals, which would be rebuilt after each refresh.
    starts = {"field": "starts", "include": begins, "size": size * CANDIDATES, "execution_hint": "map"}
    query: Clause = {"bool": {"filter": [{"prefix": {"starts": prefix}}, WITH_ROWS]}}
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
    clauses: list[Clause] = [WITH_ROWS, {"exists": {"field": "subjects"}}]
    clauses += [{"wildcard": {field: {"value": _contains(part)}}} for field, part in parts.items() if part]
    if query.issuer is not None:
        clauses.append({"term": {"issuers": query.issuer}})
    for record in stream_records(client, index, clauses, query.prefix or ""):
        yield from statistic_rows(record, query)


def count_facts(client: ElasticClient, index: str, by: Sequence[FactField], where: FactFilter) -> Iterator[FactCount]:
    """Yield the counts by the values of these fields."""
    for bucket in _buckets(client, index, by, where, page=COUNTS_PAGE, below={}):
        yield FactCount(tuple(bucket["key"][name] for name in by), bucket["doc_count"])


def newest_facts(client: ElasticClient, index: str, where: FactFilter, *, until: str) -> Iterator[NewestFact]:
    """Yield the newest fact of each unit and classes."""
    by = (FactField.UNIT, FactField.CLASSES)
    below = {
        "signed": _last("signed_place", {"range": {_fact_field("signed_on"): {"lte": until}}}),
        "published": _last("published_place", {"range": {_fact_field("published_on"): {"lte": until}}}),
        "any": _last("place", {"match_all": {}}),
    }
    for bucket in _buckets(client, index, by, {FactField.STATE: (SHOWN,), **where}, page=NEWEST_PAGE, below=below):
        places = [found["key"] for name in below for found in bucket[name]["last"]["buckets"]]
        yield read_place(bucket["key"]["unit"], bucket["key"]["classes"], places)


def fact_clause(where: FactFilter) -> Clause:
    """Return the filter of the records that have a fact in ``where``."""
    return {"nested": {"path": _PATH, "query": {"bool": {"filter": _fact_filters(where)}}}}


def _articles_with(
    client: ElasticClient, index: str, field: str, keys: Sequence[str], *, size: int
) -> Iterator[DocumentRecord]:
    query: Clause = {"bool": {"filter": [{"terms": {field: list(keys)[:MAX_KEYS]}}, WITH_ROWS]}}
    answer = client.call(
        lambda server: server.search(
            index=index, query=query, size=size + 1, sort=[{"key_order": "asc"}], track_total_hits=False
        )
    )
    return (read_record(hit["_source"]) for hit in answer["hits"]["hits"])


def _contains(part: str) -> str:
    escaped = WILDCARDS.sub(lambda found: "\\" + found[0], part)
    return f"*{escaped}*"


def _buckets(
    client: ElasticClient, index: str, by: Sequence[FactField], where: FactFilter, *, page: int, below: Clause
) -> Iterator[Bucket]:
    sources = [{str(name): {"terms": {"field": _fact_field(name)}}} for name in by]
    after: Any = None
    while True:

        def ask(server: Elasticsearch, after: Any = after) -> Any:
            composite = {"size": page, "sources": sources, **({"after": after} if after else {})}
            groups = {"composite": composite, **({"aggs": below} if below else {})}
            kept = {"filter": {"bool": {"filter": _fact_filters(where)}}, "aggs": {"groups": groups}}
            facts = {"nested": {"path": _PATH}, "aggs": {"kept": kept}}
            return server.search(
                index=index, size=0, query=fact_clause(where), aggs={"facts": facts}, track_total_hits=False
            )

        answer = client.call(ask)["aggregations"]["facts"]["kept"]["groups"]
        yield from answer["buckets"]
        after = answer.get("after_key")
        if after is None or len(answer["buckets"]) < page:
            return


def _last(field: str, only: Clause) -> Clause:
    """Return the aggregation of the greatest value of a field among the facts that match ``only``."""
    terms = {"field": _fact_field(field), "size": 1, "shard_size": 1, "order": {"_key": "desc"}}
    return {"filter": only, "aggs": {"last": {"terms": terms}}}


def _fact_filters(where: FactFilter) -> list[Clause]:
    return [
        {"terms": {_fact_field(f"{name}_each" if name in LISTS else name): list(values)}}
        for name, values in where.items()
    ]


def _fact_field(name: str) -> str:
    return f"{_PATH}.{name}"
