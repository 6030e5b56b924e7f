"""Compile the clauses of ``search.query.ranking`` to tantivy queries; no ranking is decided here."""

from collections.abc import Sequence

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search.query import ranking
from search.query.analysis import pairs
from search.query.boosts import TIE_BREAKER
from search.query.ranking import (
    STATUTE,
    Best,
    Constant,
    Every,
    HeldWord,
    Number,
    Phrase,
    Ranking,
    Some,
    Terms,
    Value,
    Weighed,
)

FIELDS = {"document_number": "number"}
Part = tuple[Occur, Clause]


class Compiler:
    """Makes the queries of one search over ``schema``, each with all of its ``filters``."""

    def __init__(self, schema: tantivy.Schema, filters: Sequence[Clause]) -> None:
        self._schema = schema
        self._filters = [(Occur.Must, Clause.const_score_query(each, 0.0)) for each in filters]

    def opening_rows(self) -> Clause:
        """Return the query for the opening row of every article that passes the filters."""
        return Clause.boolean_query([(Occur.Must, Clause.term_query(self._schema, "ordinal", 0)), *self._filters])

    def compile_ranking(self, wanted: Ranking) -> Clause:
        """Return the query for ``wanted``."""
        text = self._text(wanted)
        required = any(occur is Occur.Must for occur, _ in text)
        lifted = [(Occur.Must if required else Occur.Should, self._in_statutes(text, wanted.statute_weight))]
        beside = [
            (Occur.Must if each in wanted.required else Occur.Should, self._compile(each)) for each in wanted.beside
        ]
        without = [(Occur.MustNot, self._compile(each)) for each in wanted.without]
        every = [] if wanted.required else [_all()]
        return Clause.boolean_query([*every, *(lifted if text else []), *beside, *without, *self._filters])

    def _text(self, wanted: Ranking) -> list[Part]:
        """Return the parts that score more in statutes; a clause both required and scored is added only once."""
        scored = (*wanted.certain, *wanted.beside)
        unscored = [Constant(each, 0.0) for each in wanted.required if each not in scored]
        return [
            *((Occur.Must, self._compile(each)) for each in (*unscored, *wanted.certain)),
            *(part for each in wanted.optional for part in self._flatten_sum(each)),
        ]

    def _flatten_sum(self, clause: ranking.Clause) -> list[Part]:
        """Return ``clause`` as parts of a sum: a flat sum finds its best rows sooner."""
        match clause:
            case Weighed(Terms() as terms, weight):
                return [(Occur.Should, _boost(term, weight)) for term in self._each_term(terms)]
            case _:
                return [(Occur.Should, self._compile(clause))]

    def _in_statutes(self, text: Sequence[Part], weight: float) -> Clause:
        """Return ``text`` with its score times ``weight`` in statutes."""
        found = Clause.boolean_query(list(text))
        again = [(Occur.Must, found), (Occur.Must, self._compile(Constant(STATUTE, 0.0)))]
        return Clause.boolean_query(
            [
                (Occur.Must, found),
                (Occur.Should, _boost(Clause.boolean_query(again), weight - 1)),
            ]
        )

    def _compile(self, clause: ranking.Clause) -> Clause:
        """Return ``clause`` as a tantivy query."""
        match clause:
            case Phrase():
                return self._phrase(clause)
            case HeldWord():
                terms = [Clause.term_query(self._schema, f"{name}_words", clause.word) for name in clause.fields]
                return _any_of(terms)
            case Number():
                return self._number(clause)
            case Terms():
                return _any_of(self._each_term(clause))
            case Value():
                return Clause.term_set_query(self._schema, FIELDS.get(clause.field, clause.field), list(clause.values))
            case _:
                return self._compound(clause)

    def _compound(self, clause: ranking.Compound) -> Clause:
        """Return a compound clause as a tantivy query."""
        match clause:
            case Every():
                return Clause.boolean_query([(Occur.Must, self._compile(each)) for each in clause.clauses])
            case Some():
                return _any_of([self._compile(each) for each in clause.clauses], clause.least)
            case Best():
                found = [self._compile(each) for each in clause.clauses]
                return Clause.disjunction_max_query(found, clause.tie_breaker)
            case Weighed():
                return _boost(self._compile(clause.clause), clause.weight)
            case Constant():
                return Clause.const_score_query(self._compile(clause.clause), clause.weight)

    def _phrase(self, clause: Phrase) -> Clause:
        return _best_field([_boost(self._exact(name, clause.text), weight) for name, weight in clause.weights.items()])

    def _number(self, clause: Number) -> Clause:
        weights = clause.weights.items()
        terms = (Clause.term_query(self._schema, f"{name}_numbers", clause.key) for name, _ in weights)
        return _best_field([_boost(term, weight) for term, (_, weight) in zip(terms, weights, strict=True)])

    def _exact(self, field: str, squeezed: str) -> Clause:
        # A phrase query of one term ends the process in a panic.
        if len(squeezed) <= 2:
            return Clause.term_query(self._schema, field, squeezed)
        # Single characters have the positions between the pairs.
        placed = [(2 * place, pair) for place, pair in enumerate(pairs(squeezed))]
        return Clause.phrase_query(self._schema, field, placed)  # type: ignore[arg-type]

    def _each_term(self, clause: Terms) -> list[Clause]:
        return [Clause.term_query(self._schema, clause.field, term) for term in clause.terms]


def _any_of(clauses: Sequence[Clause], least: int = 1) -> Clause:
    return Clause.boolean_query([(Occur.Should, each) for each in clauses], least)


def _best_field(fields: Sequence[Clause]) -> Clause:
    return fields[0] if len(fields) == 1 else Clause.disjunction_max_query(list(fields), TIE_BREAKER)


def _all() -> Part:
    return Occur.Must, Clause.const_score_query(Clause.all_query(), 0.0)


def _boost(query: Clause, weight: float) -> Clause:
    return query if weight == 1.0 else Clause.boost_query(query, weight)
