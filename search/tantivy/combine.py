"""Conditions and sums of tantivy queries, which ``search.tantivy.query`` and the filters are put together from."""

from collections.abc import Sequence

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search.query.boosts import TIE_BREAKER

# Up to this number of values are found sooner one by one than as a set.
FEW = 20
Part = tuple[Occur, Clause]


def any_value(schema: tantivy.Schema, field: str, values: Sequence[str] | Sequence[int]) -> Clause:
    """Return a query for rows with one of ``values`` in ``field``."""
    if len(values) > FEW:
        return Clause.term_set_query(schema, field, list(values))
    return any_of([Clause.term_query(schema, field, value) for value in values])


def any_of(clauses: Sequence[Clause], least: int = 1) -> Clause:
    """Return a query for rows that match at least ``least`` of ``clauses``; their scores are added up."""
    if len(clauses) == 1:
        return clauses[0]
    return Clause.boolean_query([(Occur.Should, each) for each in clauses], least)


def best_field(fields: Sequence[Clause]) -> Clause:
    """Return a query for rows that match one of ``fields``, the best of which counts most."""
    return fields[0] if len(fields) == 1 else Clause.disjunction_max_query(list(fields), TIE_BREAKER)


def every_row() -> Part:
    """Return the condition that every row meets."""
    return Occur.Must, without_score(Clause.all_query())


def without_score(query: Clause) -> Clause:
    """Return ``query`` as a condition that adds nothing to the score."""
    return Clause.const_score_query(query, 0.0)


def boost(query: Clause, weight: float) -> Clause:
    """Return ``query`` with its score times ``weight``."""
    return query if weight == 1.0 else Clause.boost_query(query, weight)
