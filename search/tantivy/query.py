"""Compile the clauses of ``search.query.ranking`` to tantivy queries; no ranking is decided here."""

from collections.abc import Iterable, Sequence
from copy import copy
from math import log

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search.query import ranking
from search.query.analysis import pairs
from search.query.boosts import K1
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
from search.tantivy.combine import Part, any_of, any_value, best_field, boost, every_row, without_score
from search.tantivy.schema import EVERY_WORD

FIELDS = {"document_number": "number"}
# The fields that ``search.tantivy.schema.EVERY_WORD`` has the words of.
NAMED_FIELDS = frozenset(("text", "path", "title"))
# Maximum of words that narrow where phrases are looked for; each is one more term to step through.
NARROWING = 4
# What tantivy has instead of ``K1`` and cannot be told otherwise (its ``src/query/bm25.rs``).
TANTIVY_K1 = 1.2


class Compiler:
    """Makes the queries of one search over ``schema``, each with all of its ``filters``.

    A phrase costs tantivy the positions of its pairs in each row that has them all. In a union it pays that even for
    rows that another clause rules out. So every phrase carries the conditions its rows must meet anyway, which
    tantivy checks first where they are rarer.

    Attributes:
        schema: The schema of the index.
        searcher: The snapshot of the index whose terms are counted.
        filters: Conditions of every row, cheap enough to be repeated.
        others: Further conditions of every row.
        few: Whether few rows meet the conditions. A union is stepped through in blocks of rows, each row of which is
            scored; for few rows each of its parts is restricted to them.
        rarities: Rarities found before, by field and term: each takes a look into every segment.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        filters: Sequence[Clause],
        others: Sequence[Clause] = (),
        *,
        few: bool = False,
        rarities: dict[tuple[str, str], float] | None = None,
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._filters = [(Occur.Must, without_score(each)) for each in (*filters, *others)]
        self._narrow = self._filters[: len(filters)]
        self._few = few
        self._rarities = {} if rarities is None else rarities

    def opening_rows(self) -> Clause:
        """Return the query for the opening row of every article that passes the filters."""
        return Clause.boolean_query([(Occur.Must, Clause.term_query(self._schema, "ordinal", 0)), *self._filters])

    def compile_ranking(self, wanted: Ranking) -> Clause:
        """Return the query for ``wanted``, with scores."""
        inside = self._inside(wanted.required)
        text = inside._text(wanted)
        required = any(occur is Occur.Must for occur, _ in text)
        lifted = [(Occur.Must if required else Occur.Should, inside._in_statutes(wanted, text))]
        beside = [
            (Occur.Must if each in wanted.required else Occur.Should, inside._compile(each)) for each in wanted.beside
        ]
        return Clause.boolean_query([*(lifted if text else []), *beside, *inside._conditions(wanted)])

    def compile_matching(self, wanted: Ranking) -> Clause:
        """Return the query for the rows that match ``wanted``; their scores mean nothing."""
        inside = self._inside(wanted.required)
        required = [(Occur.Must, inside._match(each)) for each in wanted.required]
        return Clause.boolean_query([*required, *inside._conditions(wanted)])

    def _conditions(self, wanted: Ranking) -> list[Part]:
        """Return the conditions of every row but the required clauses."""
        without = [(Occur.MustNot, self._match(each)) for each in wanted.without]
        return [*([] if wanted.required else [every_row()]), *without, *self._filters]

    def _inside(self, together: Sequence[ranking.Clause]) -> "Compiler":
        """Return a compiler for clauses whose rows must also match each clause of ``together``."""
        cheap = [self._match(each) for each in together if not _is_costly(each)][:NARROWING]
        return self._narrowed(*(without_score(each) for each in cheap))

    def _narrowed(self, *conditions: Clause) -> "Compiler":
        """Return a compiler for clauses whose rows must also meet ``conditions``."""
        made = copy(self)
        made._narrow = [*self._narrow, *((Occur.Must, each) for each in conditions)]
        return made

    def _text(self, wanted: Ranking) -> list[Part]:
        """Return the parts that score more in statutes; a clause both required and scored is added only once."""
        scored = (*wanted.certain, *wanted.beside)
        unscored = [Constant(each, 0.0) for each in wanted.required if each not in scored]
        # A union that is required is stepped through for every row, one that only scores is not when nothing is scored.
        certain = [(Occur.Must if each in wanted.required else Occur.Should, each) for each in wanted.certain]
        return [
            *((Occur.Must, self._compile(each)) for each in unscored),
            *((occur, self._compile(each)) for occur, each in certain),
            *(part for each in wanted.optional for part in self._flatten_sum(each)),
        ]

    def _flatten_sum(self, clause: ranking.Clause) -> list[Part]:
        """Return ``clause`` as parts of a sum, each a union of terms alone, which is stepped through soonest."""
        match clause:
            case Weighed(Terms(field="text") as terms, weight):
                parts = [self._saturate(terms.field, term, weight) for term in terms.terms]
                return self._unions(zip(*parts, strict=True))
            case Weighed(Terms() as terms, weight):
                return self._unions([[boost(term, weight) for term in self._each_term(terms)]])
            case _:
                return [(Occur.Should, self._compile(clause))]

    def _unions(self, sums: Iterable[Sequence[Clause]]) -> list[Part]:
        """Return each of ``sums`` as one part; for few rows all that they add up as parts."""
        if self._few:
            return [(Occur.Should, self._of_few(each)) for some in sums for each in some]
        return [(Occur.Should, any_of(some)) for some in sums]

    def _of_few(self, clause: Clause) -> Clause:
        """Return ``clause`` restricted to the rows that meet the conditions, if these are few."""
        return Clause.boolean_query([(Occur.Must, clause), *self._filters]) if self._few else clause

    def _saturate(self, field: str, term: str, weight: float) -> tuple[Clause, Clause]:
        """Return the two clauses that score ``term`` about as BM25 with ``K1`` does, which counts repetitions less.

        At average length they are as far apart as the formulas: k1 (tf - 1) / (tf + k1) is what repetitions add.
        """
        found, share = Clause.term_query(self._schema, field, term), K1 / TANTIVY_K1
        rarity = self._rarity(field, term)
        return boost(found, weight * share), Clause.const_score_query(found, weight * (1 - share) * rarity)

    def _rarity(self, field: str, term: str) -> float:
        """Return the inverse document frequency of BM25 (tantivy: ``query/bm25.rs``)."""
        if (field, term) not in self._rarities:
            rows, holding = self._searcher.num_docs, self._searcher.doc_freq(field, term)
            self._rarities[field, term] = log(1 + max(0.0, rows - holding + 0.5) / (holding + 0.5))
        return self._rarities[field, term]

    def _in_statutes(self, wanted: Ranking, text: Sequence[Part]) -> Clause:
        """Return ``text``, the parts of ``wanted``, with its score times ``statute_weight`` in statutes."""
        statute = self._match(STATUTE)
        again = Clause.boolean_query(
            [*self._narrowed(without_score(statute))._text(wanted), (Occur.Must, without_score(statute))]
        )
        lift = boost(again, wanted.statute_weight - 1)
        return Clause.boolean_query([(Occur.Must, Clause.boolean_query(list(text))), (Occur.Should, lift)])

    def _compile(self, clause: ranking.Clause) -> Clause:
        """Return ``clause`` as a tantivy query."""
        match clause:
            case Phrase():
                return self._phrase(clause)
            case HeldWord():
                return any_of(self._held(clause))
            case Number():
                return self._number(clause)
            case Terms():
                return any_of(self._each_term(clause))
            case Value():
                return any_value(self._schema, FIELDS.get(clause.field, clause.field), clause.values)
            case _:
                return self._compound(clause)

    def _compound(self, clause: ranking.Compound) -> Clause:
        """Return a compound clause as a tantivy query."""
        match clause:
            case Every():
                inside = self._inside(clause.clauses)
                return Clause.boolean_query([(Occur.Must, inside._compile(each)) for each in clause.clauses])
            case Some():
                return any_of([self._compile(each) for each in clause.clauses], clause.least)
            case Best():
                found = [self._compile(each) for each in clause.clauses]
                return Clause.disjunction_max_query(found, clause.tie_breaker)
            case Weighed():
                return boost(self._compile(clause.clause), clause.weight)
            case Constant():
                return Clause.const_score_query(self._match(clause.clause), clause.weight)

    def _match(self, clause: ranking.Clause) -> Clause:
        """Return a query for the rows that match ``clause``; its score means nothing."""
        match clause:
            case Phrase():
                return any_of([self._exact(name, clause.text) for name in clause.weights])
            case Every():
                inside = self._inside(clause.clauses)
                return Clause.boolean_query([(Occur.Must, inside._match(each)) for each in clause.clauses])
            case Best() | Some(least=1):
                return self._match_any(clause.clauses)
            case Some():
                return any_of([self._match(each) for each in clause.clauses], clause.least)
            case Weighed() | Constant():
                return self._match(clause.clause)
            case _:
                return self._compile(clause)

    def _match_any(self, clauses: Sequence[ranking.Clause]) -> Clause:
        """Return a query for the rows that match one of ``clauses``, phrases only in rows that match none without."""
        cheap = [self._match(each) for each in clauses if not _is_costly(each)]
        costly = [each for each in clauses if _is_costly(each)]
        if not (cheap and costly):
            return any_of([self._match(each) for each in clauses])
        rest = self._narrowed(without_score(Clause.boolean_query([every_row(), (Occur.MustNot, any_of(cheap))])))
        return any_of([*cheap, *(rest._match(each) for each in costly)])

    def _held(self, clause: HeldWord) -> list[Clause]:
        """Return the terms of a word, one if it may stand in any field."""
        fields = [EVERY_WORD] if NAMED_FIELDS.issubset(clause.fields) else [f"{name}_words" for name in clause.fields]
        return [Clause.term_query(self._schema, name, clause.word) for name in fields]

    def _phrase(self, clause: Phrase) -> Clause:
        found = best_field([boost(self._exact(name, clause.text), weight) for name, weight in clause.weights.items()])
        return self._of_few(found)

    def _number(self, clause: Number) -> Clause:
        weights = clause.weights.items()
        terms = (Clause.term_query(self._schema, f"{name}_numbers", clause.key) for name, _ in weights)
        return best_field([boost(term, weight) for term, (_, weight) in zip(terms, weights, strict=True)])

    def _exact(self, field: str, squeezed: str) -> Clause:
        # A phrase query of one term ends the process in a panic.
        if len(squeezed) <= 2:
            return Clause.term_query(self._schema, field, squeezed)
        # Single characters have the positions between the pairs.
        placed = [(2 * place, pair) for place, pair in enumerate(pairs(squeezed))]
        phrase = Clause.phrase_query(self._schema, field, placed)  # type: ignore[arg-type]
        return Clause.boolean_query([(Occur.Must, phrase), *self._narrow]) if self._narrow else phrase

    def _each_term(self, clause: Terms) -> list[Clause]:
        return [Clause.term_query(self._schema, clause.field, term) for term in clause.terms]


def _is_costly(clause: ranking.Clause) -> bool:
    """Return whether ``clause`` compares positions."""
    match clause:
        case Phrase():
            return len(clause.text) > 2
        case Every() | Some() | Best():
            return any(map(_is_costly, clause.clauses))
        case Weighed() | Constant():
            return _is_costly(clause.clause)
        case _:
            return False
