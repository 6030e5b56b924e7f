"""The facts the office counts, as nested objects of the records, counted by aggregations.

Composite aggregations come page by page, so that memory stays constant whatever the number of counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from schemas.office.facts import LISTS, SHOWN, FactCount, FactField, FactFilter, NewestFact, read_place
from search.elastic.client import ElasticClient
from search.elastic.filters import Clause

PAGE = 10_000
# Each bucket has three more below it, and the server counts them all against its limit of 65,535.
NEWEST_PAGE = 5_000
_PATH = "facts"
Bucket = Mapping[str, Any]


def count_facts(client: ElasticClient, index: str, by: Sequence[FactField], where: FactFilter) -> Iterator[FactCount]:
    """Yield the counts by the values of these fields."""
    for bucket in _buckets(client, index, by, where, page=PAGE, below={}):
        yield FactCount(tuple(bucket["key"][name] for name in by), bucket["doc_count"])


def newest_facts(client: ElasticClient, index: str, where: FactFilter, *, until: str) -> Iterator[NewestFact]:
    """Yield the newest fact of each unit and classes."""
    by = (FactField.UNIT, FactField.CLASSES)
    below = {
        "signed": _last("signed_place", {"range": {_field("signed_on"): {"lte": until}}}),
        "published": _last("published_place", {"range": {_field("published_on"): {"lte": until}}}),
        "any": _last("place", {"match_all": {}}),
    }
    for bucket in _buckets(client, index, by, {FactField.STATE: (SHOWN,), **where}, page=NEWEST_PAGE, below=below):
        places = [found["key"] for name in below for found in bucket[name]["last"]["buckets"]]
        yield read_place(bucket["key"]["unit"], bucket["key"]["classes"], places)


def fact_clause(where: FactFilter) -> Clause:
    """Return the filter of the records that have a fact in ``where``."""
    return {"nested": {"path": _PATH, "query": {"bool": {"filter": _filters(where)}}}}


def _buckets(
    client: ElasticClient, index: str, by: Sequence[FactField], where: FactFilter, *, page: int, below: Clause
) -> Iterator[Bucket]:
    sources = [{str(name): {"terms": {"field": _field(name)}}} for name in by]
    after: Any = None
    while True:

        def ask(server: Elasticsearch, after: Any = after) -> Any:
            composite = {"size": page, "sources": sources, **({"after": after} if after else {})}
            groups = {"composite": composite, **({"aggs": below} if below else {})}
            kept = {"filter": {"bool": {"filter": _filters(where)}}, "aggs": {"groups": groups}}
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
    terms = {"field": _field(field), "size": 1, "shard_size": 1, "order": {"_key": "desc"}}
    return {"filter": only, "aggs": {"last": {"terms": terms}}}


def _filters(where: FactFilter) -> list[Clause]:
    return [
        {"terms": {_field(f"{name}_each" if name in LISTS else name): list(values)}} for name, values in where.items()
    ]


def _field(name: str) -> str:
    return f"{_PATH}.{name}"
