"""The query of one search over a tantivy index, with all of its filters or without those of one facet."""

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search.query.request import PreparedQuery
from search.query.ways import How
from search.results.count_sampling import BELOW
from search.tantivy.filters import facet_filters, issuer_filters, prefix_filters
from search.tantivy.query import Compiler


@dataclass(frozen=True, slots=True)
class SearchClauses:
    """Makes the queries of one search.

    Attributes:
        schema: The schema of the index.
        asked: The search.
        below: Identifiers of the documents below the key prefix, if the prefix is too long to be matched.
    """

    schema: tantivy.Schema
    asked: PreparedQuery
    below: Sequence[str] | None = None

    def make(self, how: How, *, without: str | None = None, sampled: bool = False) -> Clause:
        """Return the query for the matching rows.

        Args:
            how: The way of searching.
            without: A facet whose filters are ignored.
            sampled: Whether only rows of the sample match; see ``search.results.count_sampling``.
        """
        query = self.asked.query
        filters = prefix_filters(self.schema, query, self.below)
        filters += issuer_filters(self.schema, self.asked.parsed.issuer)
        for name, some in facet_filters(self.schema, query).items():
            filters += some if name != without else []
        if sampled:
            filters.append(Clause.range_query(self.schema, "group", tantivy.FieldType.Integer, 0, BELOW, True, False))
        compiler = Compiler(self.schema, filters)
        if how == "listing":
            return compiler.opening_rows()
        return compiler.compile_ranking(self.asked.rank(how))


def within(schema: tantivy.Schema, clause: Clause, field: str, values: Sequence[int]) -> Clause:
    """Return ``clause`` restricted to rows with one of these values in ``field``."""
    own = Clause.const_score_query(Clause.term_set_query(schema, field, values), 0.0)
    return Clause.boolean_query([(Occur.Must, clause), (Occur.Must, own)])
