"""The counts of a search on Elasticsearch: matching articles and facet values, in a request separate from the hits.

Articles are counted, not rows. A filter on a requested facet does not narrow that facet's own values: each count obeys
all other filters. If very many rows match, only a sample is counted: see ``search.results.count_sampling``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.queries import Facet
from search.elastic.client import Response
from search.elastic.filters import Clause
from search.elastic.top_articles import EXACT_ROWS, OPENING, Wanted
from search.results.count_sampling import BELOW, ENOUGH, ONE_IN
from search.results.facets import facet, most

EXACT_FACET_COUNT = 1_000
# Number of facet values that each shard returns; if there are more, counts of rare values are too low.
SHARD_VALUES = 1_000
SAMPLE: Clause = {"range": {"group": {"lt": BELOW}}}


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """Match totals, raw aggregations, and the sampling factor to multiply counts by."""

    articles: int
    rows: int
    aggregations: Mapping[str, Any]
    each: int = 1

    @property
    def enough(self) -> bool:
        """Whether the counts are exact or their sample is large enough."""
        return self.each == 1 or self.articles >= ENOUGH * self.each


def count_query(wanted: Wanted, facets: Sequence[str], *, openings: bool, sampled: bool) -> dict[str, Any]:
    """Return the request that counts articles and facet values.

    Args:
        wanted: What matches.
        facets: Those to count.
        openings: Whether row 0 alone can represent each article.
        sampled: Whether to count the articles of a sample.
    """
    made = {"found": _count_under(wanted.after, openings=openings)}
    for under, names in _group_by_ignored_filter(facets, wanted.later).items():
        filters = [each for name, some in wanted.later.items() if name != under for each in some]
        made[f"under {under}"] = _values(names, filters, openings=openings)
    # Filters only: counts need no scores.
    matching = {"bool": {"filter": [*wanted.always, *([SAMPLE] if sampled else [])]}}
    return {"size": 0, "track_total_hits": False, "query": matching, "aggs": made}


def read_counts(answer: Response, *, openings: bool, sampled: bool) -> MatchCounts:
    """Return the counts in the response to ``count_query``."""
    found, each = answer["aggregations"]["found"], ONE_IN if sampled else 1
    articles = found["opening"]["doc_count"] if openings else found["articles"]["value"]
    return MatchCounts(int(articles) * each, int(found["doc_count"]) * each, answer["aggregations"], each)


def facets_of(counts: MatchCounts, facets: Sequence[str]) -> tuple[Facet, ...]:
    """Return the facets in the requested order."""
    values = [_inside(each) for name, each in counts.aggregations.items() if name.startswith("under ")]
    found = {name: each[name] for each in values for name in each if name in facets}
    return tuple(facet(name, _pairs(found[name]["buckets"], counts.each)) for name in facets)


def _group_by_ignored_filter(facets: Sequence[str], later: Mapping[str, list[Clause]]) -> dict[str, list[str]]:
    """Group the facets by the facet whose filter they ignore: themselves if they are filtered, else the empty name."""
    made: dict[str, list[str]] = {}
    for name in facets:
        made.setdefault(name if name in later else "", []).append(name)
    return made


def _count_under(under: Sequence[Clause], *, openings: bool) -> Clause:
    counts: Clause = {"opening": {"filter": OPENING}} if openings else {"articles": _articles(EXACT_ROWS)}
    return {"filter": {"bool": {"filter": list(under)}}, "aggs": counts}


def _values(names: Sequence[str], under: Sequence[Clause], *, openings: bool) -> Clause:
    # Every row of an article carries the roles of all its sections.
    exact = {name: {"terms": _terms(name)} for name in names if openings and name != "role"}
    articles = {"articles": _articles(EXACT_FACET_COUNT)}
    others = [name for name in names if name not in exact]
    counted = {name: {"terms": _terms(name), "aggs": articles} for name in others}
    made: Clause = {}
    if exact:
        made["openings"] = {"filter": OPENING, "aggs": exact}
    if counted:
        made |= counted
    return {"filter": {"bool": {"filter": list(under)}}, "aggs": made}


def _terms(name: str) -> Clause:
    # A value that is nowhere among the most frequent of its shard may be so in all of them together.
    return {"field": name, "size": most(name), "shard_size": SHARD_VALUES}


def _articles(exact: int) -> Clause:
    return {"cardinality": {"field": "group", "precision_threshold": exact}}


def _inside(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, **values.get("openings", {})}


def _pairs(buckets: Sequence[Mapping[str, Any]], times: int) -> dict[Any, int]:
    return {
        each["key"]: times * int(each["articles"]["value"] if "articles" in each else each["doc_count"])
        for each in buckets
    }
