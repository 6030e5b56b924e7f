"""The counts of one search over a tantivy index: matching articles, and the values of each facet.

Articles are counted, not rows. If very many rows match, only a sample is counted: see
``search.results.count_sampling``.
"""

from dataclasses import dataclass
from typing import Any

import tantivy

from schemas.queries import Facet
from search.query.ways import How
from search.results.count_sampling import ENOUGH, ONE_IN
from search.results.facets import facet, most
from search.tantivy.clauses import SearchClauses
from search.tantivy.filters import facet_filters

# Each segment counts separately; this is the number of values taken from each.
OF_A_SEGMENT = 5_000
ARTICLES: dict[str, Any] = {"articles": {"cardinality": {"field": "group"}}}


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """Matching articles, the facets in the requested order, and the sampling factor to multiply counts by."""

    articles: int
    facets: tuple[Facet, ...]
    each: int = 1


def count_matches(searcher: tantivy.Searcher, clauses: SearchClauses, how: How, articles: int | None) -> MatchCounts:
    """Count the articles and the requested facets, each facet without its own filters.

    Args:
        searcher: A snapshot of the index.
        clauses: The queries of the search.
        how: The way of searching.
        articles: The number of matching articles; None if it must be counted, too.
    """
    if articles is not None:
        return _count_facet(searcher, clauses, how, articles)
    sample = _count_facet(searcher, clauses, how, each=ONE_IN)
    return sample if sample.articles >= ENOUGH * ONE_IN else _count_facet(searcher, clauses, how)


def _count_facet(
    searcher: tantivy.Searcher, clauses: SearchClauses, how: How, articles: int | None = None, *, each: int = 1
) -> MatchCounts:
    together = _group_by_request(clauses, how)
    if articles is None:
        together.setdefault((None, how), [])
    found: dict[str, Facet] = {}
    for (without, kind), names in together.items():
        asked = {name: _request_for(name, rows=kind != "listing") for name in names}
        if articles is None and (without, kind) == (None, how):
            asked |= ARTICLES
        answer: Any = searcher.aggregate(clauses.make(kind, scored=False, without=without, sampled=each > 1), asked)
        for name in names:
            values = {_value(name, one["key"]): each * _count(one) for one in answer[name]["buckets"]}
            found[name] = facet(name, values)
        if "articles" in asked:
            articles = each * round(answer["articles"]["value"])
    return MatchCounts(articles or 0, tuple(found[name] for name in clauses.asked.facets), each)


def _group_by_request(clauses: SearchClauses, how: How) -> dict[tuple[str | None, How], list[str]]:
    """Group the facets that one request can count: those without their own filter, over the same rows."""
    filtered = facet_filters(clauses.schema, clauses.asked.query)
    made: dict[tuple[str | None, How], list[str]] = {}
    for name in clauses.asked.facets:
        # An opening row has all facets of its article except the roles of its sections.
        kind: How = "everything" if how == "listing" and name == "role" else how
        made.setdefault((name if name in filtered else None, kind), []).append(name)
    return made


def _request_for(name: str, *, rows: bool) -> dict[str, Any]:
    values: dict[str, Any] = {"terms": {"field": name, "size": most(name), "segment_size": OF_A_SEGMENT}}
    if rows:
        values["aggs"] = ARTICLES
    return values


def _value(name: str, key: Any) -> Any:
    # tantivy returns numbers as floats.
    return int(key) if name == "year" else key


def _count(bucket: dict[str, Any]) -> int:
    return int(bucket["articles"]["value"] if "articles" in bucket else bucket["doc_count"])
