"""List and count the records of an Elasticsearch index, in key order or by state."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from elasticsearch import Elasticsearch

from schemas.office.facts import FoundFact
from schemas.outcomes import State
from schemas.records import DocumentRecord, RecordKey, document_id
from search.elastic.client import ElasticClient, read_record
from search.elastic.filters import Clause, below
from search.elastic.serialize import read_facts
from search.results.row_keys import PREFIX_BYTES, cut_key, is_long

PAGE = 1000
RECORDS_BATCH_SIZE = 200
FACTS_PAGE = 2_000
KEEP_ALIVE = "5m"
COMPARED = ["key", "etag", "state", "stages", "parent", "children_mark", "children_expected", "children_emitted"]
Source = dict[str, Any]


def stream_keys(client: ElasticClient, index: str, prefix: str) -> Iterator[RecordKey]:
    """Stream the keys of all records below ``prefix``, ascending by bytes, a page at a time."""
    for source in _in_byte_order(_stream(client, index, _below(prefix), fields=COMPARED), prefix):
        yield RecordKey(
            source["key"],
            source["etag"],
            State(source["state"]),
            source["stages"],
            source.get("parent"),
            source.get("children_mark", ""),
            source.get("children_expected", 0),
            source.get("children_emitted", 0),
        )


def list_records(
    client: ElasticClient, index: str, prefix: str, *, states: Sequence[State], after: str, limit: int
) -> list[DocumentRecord]:
    """Return at most ``limit`` records below ``prefix`` in ``states`` (all if empty), by key, after ``after``."""
    clauses = _below(prefix) + ([{"terms": {"state": list(states)}}] if states else [])
    if after:
        # The server compiles the bound to an automaton and refuses more than 1,000 states.
        clauses.append({"range": {"key_order": {"gte": _shorten(after)}}})
    found = _in_byte_order(_stream(client, index, clauses, fields=["*"], page=min(PAGE, limit)), prefix)
    # Keys that share a beginning longer than the index compares may sort before ``after``.
    sources = (source for source in found if source["key"].encode() > after.encode())
    return [read_record(source) for _, source in zip(range(limit), sources, strict=False)]


def list_newest(client: ElasticClient, index: str, state: State | None, *, limit: int) -> list[DocumentRecord]:
    """Return at most ``limit`` records (in a state) with the greatest ``indexed_at``, descending by it."""
    clauses: list[Clause] = [{"term": {"state": state}}] if state else []

    def ask(server: Elasticsearch) -> Any:
        return server.search(
            index=index,
            query={"bool": {"filter": clauses}},
            sort=[{"indexed_at": "desc"}],
            size=limit,
            track_total_hits=False,
        )

    return [read_record(hit["_source"]) for hit in client.call(ask)["hits"]["hits"]]


def stream_records(
    client: ElasticClient, index: str, clauses: Sequence[Clause], prefix: str
) -> Iterator[DocumentRecord]:
    """Stream the records below ``prefix`` that match all ``clauses``, ascending by key."""
    sources = _stream(client, index, [*_below(prefix), *clauses], fields=["*"], page=RECORDS_BATCH_SIZE)
    return (read_record(source) for source in _in_byte_order(sources, prefix))


def stream_facts(client: ElasticClient, index: str, clauses: Sequence[Clause]) -> Iterator[FoundFact]:
    """Stream the facts of the documents that match all ``clauses``, ascending by key and article."""
    sources = _stream(client, index, clauses, fields=["id", "key", "facts"], page=FACTS_PAGE)
    for source in _in_byte_order(sources, ""):
        yield from read_facts(source)


def stream_since(client: ElasticClient, index: str, moment: float) -> Iterator[DocumentRecord]:
    """Stream the records whose ``indexed_at`` is at least ``moment``, ascending by it."""
    clauses: list[Clause] = [{"range": {"indexed_at": {"gte": moment}}}]
    sources = _stream(client, index, clauses, fields=["*"], order="indexed_at", page=RECORDS_BATCH_SIZE)
    return map(read_record, sources)


def count_by_state(client: ElasticClient, index: str, prefix: str) -> dict[State, int]:
    """Count records below ``prefix`` by state."""
    if is_long(prefix):
        return dict(Counter(each.state for each in stream_keys(client, index, prefix)))
    query: Clause = {"bool": {"filter": _below(prefix)}}
    states: Clause = {"states": {"terms": {"field": "state", "size": len(State)}}}
    answer = client.call(lambda server: server.search(index=index, size=0, query=query, aggs=states))
    return {State(bucket["key"]): bucket["doc_count"] for bucket in answer["aggregations"]["states"]["buckets"]}


def ids_below(client: ElasticClient, index: str, prefix: str) -> list[str]:
    """Return the identifiers of all documents below a ``prefix`` that is too long for a filter."""
    return [document_id(each.key) for each in stream_keys(client, index, prefix)]


def _below(prefix: str) -> list[Clause]:
    """Return the filter for ``prefix``, or for the beginning of a long prefix."""
    short = _shorten(prefix)
    return [below(short)] if short else []


def _shorten(key: str) -> str:
    return key.encode(errors="replace")[:PREFIX_BYTES].decode(errors="ignore")


def _in_byte_order(sources: Iterable[Source], prefix: str) -> Iterator[Source]:
    """Sort the few keys so long that the index compares only their beginning."""
    for _, run in groupby(sources, key=lambda source: cut_key(source["key"])):
        ordered = sorted(run, key=lambda source: str(source["key"]).encode())
        yield from (source for source in ordered if source["key"].startswith(prefix))


def _stream(
    client: ElasticClient,
    index: str,
    clauses: Sequence[Clause],
    *,
    fields: Sequence[str],
    page: int = PAGE,
    order: str = "key_order",
) -> Iterator[Source]:
    """Stream the sources that match all ``clauses`` in the order of a field, from one point in time (PIT)."""
    opened = client.call(lambda server: server.open_point_in_time(index=index, keep_alive=KEEP_ALIVE))
    point, after = opened["id"], None
    try:
        while True:

            def ask(server: Elasticsearch, point: str = point, after: Any = after) -> Any:
                return server.search(
                    pit={"id": point, "keep_alive": KEEP_ALIVE},
                    query={"bool": {"filter": list(clauses)}},
                    sort=[{order: "asc"}],
                    size=page,
                    search_after=after,
                    source_includes=fields,
                    track_total_hits=False,
                )

            answer = client.call(ask)
            hits = answer["hits"]["hits"]
            yield from (hit["_source"] for hit in hits)
            if len(hits) < page:
                return
            point, after = answer["pit_id"], hits[-1]["sort"]
    finally:
        client.call(lambda server: server.close_point_in_time(id=point))
