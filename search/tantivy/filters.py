"""The filters of a query, which do not score, for tantivy; scoring clauses are in ``search.tantivy.query``."""

from collections.abc import Mapping, Sequence

import tantivy
from tantivy import Query as Clause

from schemas.queries import FACETS, Query
from search.results.row_keys import cut_key

ESCAPED = frozenset(r"\.+*?()|[]{}^$#&-~/")
# Beyond any year a document can have; tantivy's range needs a bound.
MAX_YEAR = 1_000_000


def prefix_filters(schema: tantivy.Schema, query: Query, below: Sequence[str] | None) -> list[Clause]:
    """Return the filters by key prefix and by document, if there are any.

    Args:
        schema: The schema of the index.
        query: The search.
        below: Identifiers of the documents below the key prefix, if the prefix is too long for a regular expression.
    """
    made = [Clause.term_set_query(schema, "document_id", query.documents)] if query.documents else []
    if below is not None:
        return [*made, Clause.term_set_query(schema, "document_id", below)]
    if not query.prefix:
        return made
    return [*made, Clause.regex_query(schema, "key", _escape(cut_key(query.prefix)) + "(?s:.)*")]


def issuer_filters(schema: tantivy.Schema, part: str | None) -> list[Clause]:
    """Return the filter for issuers with ``part`` in their name; empty if ``part`` is None."""
    return [] if part is None else [Clause.regex_query(schema, "issuer", f"(?s:.)*{_escape(part)}(?s:.)*")]


def facet_filters(schema: tantivy.Schema, query: Query) -> Mapping[str, list[Clause]]:
    """Return the filters of ``query`` by the facet they belong to; a facet without a filter is absent."""
    made: dict[str, list[Clause]] = {}
    for name in FACETS:
        value = getattr(query, name)
        if value is not None:
            made[name] = [Clause.term_query(schema, name, value)]
    if query.year_from is not None or query.year_to is not None:
        first = -MAX_YEAR if query.year_from is None else query.year_from
        last = MAX_YEAR if query.year_to is None else query.year_to
        made.setdefault("year", []).append(Clause.range_query(schema, "year", tantivy.FieldType.Integer, first, last))
    return made


def _escape(text: str) -> str:
    return "".join(f"\\{character}" if character in ESCAPED else character for character in text)
