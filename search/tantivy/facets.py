"""What one search over a tantivy index counts beside finding: matching articles, and of each facet its values.

Articles are counted, not rows. Where very many rows match, those of a sample are: see
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

# Each segment counts by itself; so many values of each are added up.
OF_A_SEGMENT = 5_000
ARTICLES: dict[str, Any] = {"articles": {"cardinality": {"field": "group"}}}


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """How many articles match, the facets in the order asked for, and how many each of what was counted stands for."""

    articles: int
    facets: tuple[Facet, ...]
    each: int = 1


def count_matches(searcher: tantivy.Searcher, clauses: SearchClauses, how: How, articles: int | None) -> MatchCounts:
    """Count what was asked for; each facet without its own filters.

    Args:
        searcher: The index as it is now.
        clauses: What matches.
        how: In which way.
        articles: How many match; None where that has to be counted, too.
    """
    if articles is not None:
        return _count_facet(searcher, clauses, how, articles)
    sample = _count_facet(searcher, clauses, how, each=ONE_IN)
    return sample if sample.articles >= ENOUGH * ONE_IN else _count_facet(searcher, clauses, how)


def _count_facet(
    searcher: tantivy.Searcher, clauses: SearchClauses, how: How, articles: int | None = None, *, each: int = 1
) -> MatchCounts:
    together = _together(clauses, how)
    if articles is None:
        together.setdefault((None, how), [])
    found: dict[str, Facet] = {}
    for (without, kind), names in together.items():
        asked = {name: _request_for(name, rows=kind != "listing") for name in names}
        if articles is None and (without, kind) == (None, how):
            asked |= ARTICLES
        answer: Any = searcher.aggregate(clauses.make(kind, without=without, sampled=each > 1), asked)
        for name in names:
            values = {_value(name, one["key"]): each * _count(one) for one in answer[name]["buckets"]}
            found[name] = facet(name, values)
        if "articles" in asked:
            articles = each * round(answer["articles"]["value"])
    return MatchCounts(articles or 0, tuple(found[name] for name in clauses.asked.facets), each)


def _together(clauses: SearchClauses, how: How) -> dict[tuple[str | None, How], list[str]]:
    """Return the facets that are counted in one go: those without a filter of their own, over the same rows."""
    filtered = facet_filters(clauses.schema, clauses.asked.query)
    made: dict[tuple[str | None, How], list[str]] = {}
    for name in clauses.asked.facets:
        # An opening row stands for its article in all but what its sections treat.
        kind: How = "everything" if how == "listing" and name == "role" else how
        made.setdefault((name if name in filtered else None, kind), []).append(name)
    return made


def _request_for(name: str, *, rows: bool) -> dict[str, Any]:
    values: dict[str, Any] = {"terms": {"field": name, "size": most(name), "segment_size": OF_A_SEGMENT}}
    if rows:
        values["aggs"] = ARTICLES
    return values


def _value(name: str, key: Any) -> Any:
    # Numbers come as floating point ones.
    return int(key) if name == "year" else key


def _count(bucket: dict[str, Any]) -> int:
    return int(bucket["articles"]["value"] if "articles" in bucket else bucket["doc_count"])
