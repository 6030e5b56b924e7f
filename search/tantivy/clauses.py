"""The query of one search over a tantivy index, with all of its filters or without those of one facet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search.query.request import PreparedQuery
from search.query.ways import How
from search.tantivy.combine import any_value
from search.tantivy.filters import facet_filters, issuer_filters, prefix_filters
from search.tantivy.query import Compiler
from search.tantivy.schema import SAMPLE, SAMPLED_ROW


@dataclass(frozen=True, slots=True)
class SearchClauses:
    """Makes the queries of one search.

    Attributes:
        schema: The schema of the index.
        searcher: A snapshot of the index.
        asked: The search.
        below: Identifiers of the documents below the key prefix, if the prefix is too long to be matched.
        rarities: The rarities of terms that all queries of the search share.
    """

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    asked: PreparedQuery
    below: Sequence[str] | None = None
    rarities: dict[tuple[str, str], float] = field(default_factory=dict)

    def make(
        self,
        how: How,
        *,
        scored: bool = True,
        without: str | None = None,
        sampled: bool = False,
        among: tuple[str, Sequence[int]] | None = None,
    ) -> Clause:
        """Return the query for the matching rows.

        Args:
            how: The way of searching.
            scored: Whether the rows are scored; if not, all that only scores is left out, which tantivy would step
                through even where it scores nothing.
            without: A facet whose filters are ignored.
            sampled: Whether only rows of the sample match; see ``search.results.count_sampling``.
            among: A field and its values of the rows of a page.
        """
        query = self.asked.query
        filters = [each for name, some in facet_filters(self.schema, query).items() if name != without for each in some]
        if sampled:
            filters.append(Clause.term_query(self.schema, SAMPLE, SAMPLED_ROW))
        if among is not None:
            filters.append(any_value(self.schema, *among))
        # Regular expressions and sets of documents cost too much to be repeated.
        others = prefix_filters(self.schema, query, self.below) + issuer_filters(self.schema, self.asked.parsed.issuer)
        compiler = Compiler(self.schema, self.searcher, filters, others, few=among is not None, rarities=self.rarities)
        if how == "listing":
            return compiler.opening_rows()
        ranking = self.asked.rank(how)
        return compiler.compile_ranking(ranking) if scored else compiler.compile_matching(ranking)

    def make_among(self, how: How, field: str, values: Sequence[int], *, scored: bool = True) -> Clause:
        """Return the query for the matching rows with one of these values in ``field``."""
        return self.make(how, scored=scored, among=(field, values))


def within(schema: tantivy.Schema, clause: Clause, field: str, values: Sequence[int]) -> Clause:
    """Return ``clause`` restricted to rows with one of these values in ``field``."""
    own = Clause.const_score_query(any_value(schema, field, values), 0.0)
    return Clause.boolean_query([(Occur.Must, clause), (Occur.Must, own)])
