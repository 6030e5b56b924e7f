"""The filters of a query, which do not score, for Elasticsearch; scoring clauses are in ``search.elastic.query``."""

from collections.abc import Mapping, Sequence
from typing import Any

from schemas.queries import FACETS, Query
from search.results.row_keys import key_range

Clause = dict[str, Any]


def prefix_filters(query: Query, below_prefix: Sequence[str] | None) -> list[Clause]:
    """Return the filters by key prefix and by document, if there are any.

    Args:
        query: The search.
        below_prefix: Identifiers of the documents below the key prefix, if the prefix is too long to be matched.
    """
    made: list[Clause] = [{"terms": {"document_id": query.documents}}] if query.documents else []
    if below_prefix is not None:
        made.append({"terms": {"document_id": below_prefix}})
    elif query.prefix:
        made.append(below(query.prefix))
    return made


def facet_filters(query: Query) -> Mapping[str, list[Clause]]:
    """Return the filters of ``query`` by the facet they belong to; a facet without a filter is absent."""
    made: dict[str, list[Clause]] = {}
    for name in FACETS:
        value = getattr(query, name)
        if value is not None:
            made[name] = [{"term": {name: value}}]
    bounds = {"gte": query.year_from, "lte": query.year_to}
    if years := {name: year for name, year in bounds.items() if year is not None}:
        made.setdefault("year", []).append({"range": {"year": years}})
    return made


def issuer_filters(part: str | None) -> list[Clause]:
    """Return the filter for issuers with ``part`` in their name; empty if ``part`` is None."""
    if part is None:
        return []
    escaped = "".join(f"\\{character}" if character in "*?\\" else character for character in part)
    return [{"wildcard": {"issuer": {"value": f"*{escaped}*", "case_insensitive": True}}}]


def below(prefix: str) -> Clause:
    """Return the filter for keys that begin with ``prefix``."""
    low, high = key_range(prefix)
    return {"range": {"key_order": {"gte": low, "lt": high}}}
