"""Facets of one search over a tantivy index: articles counted by value, not rows."""

from typing import Any

import tantivy

from schemas.queries import Facet
from search.facets import facet, most
from search.tantivy_clauses import Clauses, How
from search.tantivy_filters import facet_filters

# Each segment counts by itself; so many values of each are added up.
OF_A_SEGMENT = 5_000


def facets(searcher: tantivy.Searcher, clauses: Clauses, how: How) -> tuple[Facet, ...]:
    """Return the facets that were asked for, each counted without its own filters."""
    found: dict[str, Facet] = {}
    for (without, kind), names in _together(clauses, how).items():
        asked = {name: _asked(name, rows=kind != "listing") for name in names}
        answer: Any = searcher.aggregate(clauses.make(kind, without=without), asked)
        for name in names:
            counted = {_value(name, each["key"]): _count(each) for each in answer[name]["buckets"]}
            found[name] = facet(name, counted)
    return tuple(found[name] for name in clauses.asked.facets)


def _together(clauses: Clauses, how: How) -> dict[tuple[str | None, How], list[str]]:
    """Return the facets that are counted in one go: those without a filter of their own, over the same rows."""
    filtered = facet_filters(clauses.schema, clauses.asked.query)
    made: dict[tuple[str | None, How], list[str]] = {}
    for name in clauses.asked.facets:
        # An opening row stands for its article in all but what its sections treat.
        kind: How = "everything" if how == "listing" and name == "role" else how
        made.setdefault((name if name in filtered else None, kind), []).append(name)
    return made


def _asked(name: str, *, rows: bool) -> dict[str, Any]:
    values: dict[str, Any] = {"terms": {"field": name, "size": most(name), "segment_size": OF_A_SEGMENT}}
    if rows:
        values["aggs"] = {"articles": {"cardinality": {"field": "group"}}}
    return values


def _value(name: str, key: Any) -> Any:
    # Numbers come as floating point ones.
    return int(key) if name == "year" else key


def _count(bucket: dict[str, Any]) -> int:
    return int(bucket["articles"]["value"] if "articles" in bucket else bucket["doc_count"])
