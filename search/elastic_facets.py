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
EXACT_FACET_COUNT = 2_000
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
    for name in facets:
        under = [each for other, some in later.items() if other != name for each in some]
        made[f"facet {name}"] = _values(name, under, openings=openings and name != "role")
    return made


def articles_of(answer: Response) -> int:
    """Return how many articles match."""
    found = answer["aggregations"]["found"]
    return int(found["articles"]["value"] if "articles" in found else found["doc_count"])


def facets_of(answer: Response, facets: Sequence[str]) -> tuple[Facet, ...]:
    """Return the facets, in the order asked for."""
    return tuple(facet(name, _pairs(answer["aggregations"][f"facet {name}"])) for name in facets)


def _obeyed(later: Filters) -> list[Clause]:
    return [each for some in later.values() for each in some]


def _counted(under: Sequence[Clause], *, openings: bool) -> Clause:
    if openings:
        return {"filter": {"bool": {"filter": [*under, OPENING]}}}
    return {"filter": {"bool": {"filter": list(under)}}, "aggs": {"articles": _articles(EXACT_COUNT)}}


def _values(name: str, under: Sequence[Clause], *, openings: bool) -> Clause:
    values: Clause = {"terms": {"field": name, "size": most(name)}}
    if not openings:
        values["aggs"] = {"articles": _articles(EXACT_FACET_COUNT)}
    return {"filter": {"bool": {"filter": [*under, OPENING] if openings else list(under)}}, "aggs": {"values": values}}


def _articles(exact: int) -> Clause:
    return {"cardinality": {"field": "group", "precision_threshold": exact}}


def _pairs(counted: Mapping[str, Any]) -> dict[Any, int]:
    buckets = counted["values"]["buckets"]
    return {
        each["key"]: int(each["articles"]["value"] if "articles" in each else each["doc_count"]) for each in buckets
    }
