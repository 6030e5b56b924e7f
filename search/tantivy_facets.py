"""Facets of one search over a tantivy index: articles counted by value, not rows."""

from typing import Any

import tantivy

from schemas.queries import Facet
from search.facets import facet, most
from search.tantivy_clauses import Clauses, How

# Each segment counts by itself; so many values of each are added up.
OF_A_SEGMENT = 5_000


def facets(searcher: tantivy.Searcher, clauses: Clauses, how: How) -> tuple[Facet, ...]:
    """Return the facets that were asked for, each counted without its own filters."""
    made = []
    for name in clauses.asked.facets:
        # An opening row stands for its article in all but what its sections treat.
        kind: How = "everything" if how == "listing" and name == "role" else how
        clause = clauses.make(kind, without=name)
        answer: Any = searcher.aggregate(clause, {"values": _asked(name, rows=kind != "listing")})
        made.append(facet(name, {_value(name, each["key"]): _count(each) for each in answer["values"]["buckets"]}))
    return tuple(made)


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
