"""Fetch the articles of a page from Elasticsearch: rows, number of copies, signatures, and all counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.queries import Query
from search.elastic.client import ElasticClient, Response
from search.elastic.filters import Clause
from search.elastic.serialize import read_row
from search.elastic.top_articles import SEARCH_TYPE, TopRow, Wanted
from search.results.collapse import Signatures
from search.results.hits import ArticleMatch, Scored

SIGNED = ["id", "articles.ordinal", "articles.signature"]
Bucket = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """The articles of a page with their best rows, their signatures, and the response to the counting request.

    ``rest`` is the number of rows that match the extra query, counted as far as asked.
    """

    found: Sequence[ArticleMatch]
    signatures: Signatures
    counts: Response
    rest: int = 0


def fetch_page(
    client: ElasticClient,
    wanted: Wanted,
    leaders: Sequence[TopRow],
    *,
    indexes: tuple[str, str],
    query: Query,
    counting: dict[str, Any],
    rest: Mapping[str, Any] | None = None,
) -> FetchedPage:
    """Return the articles of ``leaders`` and all counts, in one request.

    Args:
        client: The server.
        wanted: What matches.
        leaders: The articles.
        indexes: Names of the documents and the sections index.
        query: How many rows of each article, and whether to count those with the same text and ask for signatures.
        counting: The request that counts.
        rest: The extra query and how far to count its matching rows, as parameters of a search.
    """
    documents, sections = indexes
    rows, fold = query.sections_each, query.fold
    searches: list[dict[str, Any]] = [{"index": sections, "request_cache": True}, counting]
    if leaders:
        shown = {"index": sections, "request_cache": False, "search_type": SEARCH_TYPE}
        searches += [shown, _rows_asked(wanted, leaders, rows=rows, fold=fold)]
    if leaders and fold:
        ids = sorted({each.document_id for each in leaders})
        searches += [{"index": documents}, {"query": {"ids": {"values": ids}}, "size": len(ids), "_source": SIGNED}]
    if rest is not None:
        searches += [{"index": sections}, {"size": 0, **rest}]
    answers = client.call(lambda server: server.msearch(searches=searches))["responses"]
    for answer in answers:
        if "error" in answer:
            raise client.unavailable(f"a search failed: {answer['error'].get('reason', answer['error'])}")
    found = _read_page(answers[1], leaders) if leaders else []
    beside = 0 if rest is None else answers[-1]["hits"]["total"]["value"]
    return FetchedPage(found, _signatures(answers[2]) if leaders and fold else {}, answers[0], beside)


def _rows_asked(wanted: Wanted, leaders: Sequence[TopRow], *, rows: int, fold: bool) -> dict[str, Any]:
    # Aggregations cost half of inner hits, which run a query for each article.
    first = {"size": 1, "sort": [{"ordinal": "asc"}]}
    # Rows of equal score would stand in the order they came in. Without track_scores: with it the server runs the query
    # again for each article; the score is among the sort values anyway.
    best = {"size": rows, "sort": [{"_score": "desc"}, {"ordinal": "asc"}]}
    top: Clause = {"top_hits": first if wanted.listing else best}
    groups, few = [each.group for each in leaders], wanted.of_few()
    # In breadth-first mode the server would run the whole query again to score the rows.
    terms = {"field": "group", "include": groups, "size": max(1, len(groups)), "collect_mode": "depth_first"}
    articles: Clause = {"terms": terms, "aggs": {"rows": top}}
    if not fold:
        return {"size": 0, "query": few.among("group", groups).within(), "aggs": {"articles": articles}}
    keys = [each.fold for each in leaders]
    copies: Clause = {"cardinality": {"field": "group", "precision_threshold": 1000}}
    same: Clause = {"terms": {"field": "fold", "size": len(keys)}, "aggs": {"copies": copies}}
    return {"size": 0, "query": few.among("fold", keys).within(), "aggs": {"articles": articles, "same": same}}


def _read_page(answer: Response, leaders: Sequence[TopRow]) -> list[ArticleMatch]:
    counted = answer["aggregations"]
    rows = {each["key"]: _score(each) for each in counted["articles"]["buckets"]}
    copies = {each["key"]: each["copies"]["value"] for each in counted.get("same", {"buckets": ()})["buckets"]}
    return [ArticleMatch(rows.get(each.group, ()), max(0, copies.get(each.fold, 1) - 1)) for each in leaders]


def _score(bucket: Bucket) -> list[Scored]:
    # The sort values are score and ordinal; rows sorted by ordinal alone have no score.
    hits = bucket["rows"]["hits"]["hits"]
    return [(hit["sort"][0] if len(hit["sort"]) > 1 else 0.0, read_row(hit["_source"])) for hit in hits]


def _signatures(answer: Response) -> Signatures:
    sources = (hit["_source"] for hit in answer["hits"]["hits"])
    return {
        (source["id"], article["ordinal"]): article.get("signature")
        for source in sources
        for article in source.get("articles", ())
    }
