"""What Elasticsearch counts beside finding: matching articles, and of each facet its values; in the same request.

Articles are counted, not rows. A filter by a facet that is itself asked for does not narrow its own values: such
filters come after the query (``post_filter``), and each count is taken under those it has to obey.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from schemas.queries import Facet
from search.elastic_client import Response
from search.elastic_filters import Clause
from search.facets import facet, most

# Above this many articles the server's count is an estimate.
EXACT_COUNT = 10_000
EXACT_FACET_COUNT = 1_000
# Values are counted in this many rows at most, the best of all.
ROWS = 10_000
SAMPLED = "命中的章节很多，分面数字只统计最相关的一万节。"
# A row 0 stands for its article wherever every row matches.
OPENING: Clause = {"term": {"ordinal": 0}}

Filters = Mapping[str, list[Clause]]


def counting(facets: Sequence[str], later: Filters, *, openings: bool) -> dict[str, Clause]:
    """Return the aggregations of a search.

    Args:
        facets: Those to count.
        later: Filters that come after the query, by facet.
        openings: Whether with any row of an article its opening row matches, which then stands for it.
    """
    made = {"found": _counted(_obeyed(later), openings=openings)}
    for under, names in _together(facets, later).items():
        filters = [each for name, some in later.items() if name != under for each in some]
        made[f"under {under}"] = _values(names, filters, openings=openings)
    return made


def articles_of(answer: Response) -> int:
    """Return how many articles match."""
    found = answer["aggregations"]["found"]
    return int(found["articles"]["value"] if "articles" in found else found["doc_count"])


def estimates(answer: Response, facets: Sequence[str]) -> tuple[str, ...]:
    """Return what is to be said of the counts: nothing where they are exact."""
    sampled = any("best" in each for name, each in answer["aggregations"].items() if name.startswith("under "))
    return (SAMPLED,) if sampled and facets and answer["hits"]["total"]["value"] > ROWS else ()


def facets_of(answer: Response, facets: Sequence[str]) -> tuple[Facet, ...]:
    """Return the facets, in the order asked for."""
    counted = [_inside(each) for name, each in answer["aggregations"].items() if name.startswith("under ")]
    found = {name: each[name] for each in counted for name in each if name in facets}
    return tuple(facet(name, _pairs(found[name]["buckets"])) for name in facets)


def _together(facets: Sequence[str], later: Filters) -> dict[str, list[str]]:
    """Return the facets by the one whose filters they do not obey; empty for those that obey all."""
    made: dict[str, list[str]] = {}
    for name in facets:
        made.setdefault(name if name in later else "", []).append(name)
    return made


def _obeyed(later: Filters) -> list[Clause]:
    return [each for some in later.values() for each in some]


def _counted(under: Sequence[Clause], *, openings: bool) -> Clause:
    if openings:
        return {"filter": {"bool": {"filter": [*under, OPENING]}}}
    return {"filter": {"bool": {"filter": list(under)}}, "aggs": {"articles": _articles(EXACT_COUNT)}}


def _values(names: Sequence[str], under: Sequence[Clause], *, openings: bool) -> Clause:
    # What its sections treat an article says in all of its rows.
    exact = {name: {"terms": {"field": name, "size": most(name)}} for name in names if openings and name != "role"}
    articles = {"articles": _articles(EXACT_FACET_COUNT)}
    others = [name for name in names if name not in exact]
    counted = {name: {"terms": {"field": name, "size": most(name)}, "aggs": articles} for name in others}
    made: Clause = {}
    if exact:
        made["openings"] = {"filter": OPENING, "aggs": exact}
    if counted:
        made["best"] = {"sampler": {"shard_size": ROWS}, "aggs": counted}
    return {"filter": {"bool": {"filter": list(under)}}, "aggs": made}


def _articles(exact: int) -> Clause:
    return {"cardinality": {"field": "group", "precision_threshold": exact}}


def _inside(counted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each for part in ("openings", "best") for name, each in counted.get(part, {}).items()}


def _pairs(buckets: Sequence[Mapping[str, Any]]) -> dict[Any, int]:
    return {
        each["key"]: int(each["articles"]["value"] if "articles" in each else each["doc_count"]) for each in buckets
    }
