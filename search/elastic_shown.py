"""What Elasticsearch holds of the articles of a page: the rows to show, how many share their text, their signatures."""

from collections.abc import Mapping, Sequence
from typing import Any

from search.elastic_client import ElasticClient, Response
from search.elastic_filters import Clause
from search.elastic_leaders import Leader, Wanted
from search.elastic_rows import read_row
from search.folding import Signatures
from search.hits import Found, Scored

SIGNED = ["id", "articles.ordinal", "articles.signature"]
Bucket = Mapping[str, Any]


def show(
    client: ElasticClient, wanted: Wanted, leaders: Sequence[Leader], *, indexes: tuple[str, str], rows: int, fold: bool
) -> tuple[list[Found], Signatures]:
    """Return the articles of ``leaders`` with their best rows, and their signatures; in one request.

    Args:
        client: The server.
        wanted: What matches.
        leaders: The articles.
        indexes: Names of the documents and the sections index.
        rows: How many rows of each article.
        fold: Whether to count those with the same text and to ask for signatures.
    """
    if not leaders:
        return [], {}
    documents, sections = indexes
    searches: list[dict[str, Any]] = [{"index": sections}, _rows_asked(wanted, leaders, rows=rows, fold=fold)]
    if fold:
        ids = sorted({each.document_id for each in leaders})
        searches += [{"index": documents}, {"query": {"ids": {"values": ids}}, "size": len(ids), "_source": SIGNED}]
    answers = client.call(lambda server: server.msearch(searches=searches))["responses"]
    for answer in answers:
        if "error" in answer:
            raise client.unavailable(f"a search failed: {answer['error'].get('reason', answer['error'])}")
    return _found(answers[0], leaders), _signatures(answers[1]) if fold else {}


def _rows_asked(wanted: Wanted, leaders: Sequence[Leader], *, rows: int, fold: bool) -> dict[str, Any]:
    # At half the cost of inner hits, which run a query for each article.
    top: Clause = {"top_hits": {"size": 1, "sort": [{"ordinal": "asc"}]} if wanted.listing else {"size": rows}}
    groups = [each.group for each in leaders]
    articles: Clause = {"terms": {"field": "group", "size": len(groups)}, "aggs": {"rows": top}}
    if not fold:
        return {"size": 0, "query": wanted.among("group", groups), "aggs": {"articles": articles}}
    keys = [each.fold for each in leaders]
    copies: Clause = {"cardinality": {"field": "group", "precision_threshold": 1000}}
    shown: Clause = {"filter": {"terms": {"group": groups}}, "aggs": {"articles": articles}}
    same: Clause = {"terms": {"field": "fold", "size": len(keys)}, "aggs": {"copies": copies}}
    return {"size": 0, "query": wanted.among("fold", keys), "aggs": {"shown": shown, "same": same}}


def _found(answer: Response, leaders: Sequence[Leader]) -> list[Found]:
    counted = answer["aggregations"]
    shown = counted.get("shown", counted)
    rows = {each["key"]: _scored(each) for each in shown["articles"]["buckets"]}
    copies = {each["key"]: each["copies"]["value"] for each in counted.get("same", {"buckets": ()})["buckets"]}
    return [Found(rows.get(each.group, ()), max(0, copies.get(each.fold, 1) - 1)) for each in leaders]


def _scored(bucket: Bucket) -> list[Scored]:
    # Sorted by place, rows have no score.
    return [(hit["_score"] or 0.0, read_row(hit["_source"])) for hit in bucket["rows"]["hits"]["hits"]]


def _signatures(answer: Response) -> Signatures:
    sources = (hit["_source"] for hit in answer["hits"]["hits"])
    return {
        (source["id"], article["ordinal"]): article.get("signature")
        for source in sources
        for article in source.get("articles", ())
    }
