"""Compile the clauses of ``search.query.ranking`` to Elasticsearch's query DSL; no ranking is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.elastic.filters import Clause
from search.query import ranking
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
from search.query.words import compounds

FIELDS = {"document_number": "number_key"}


@dataclass(frozen=True, slots=True)
class Clauses:
    """A query in two halves, because the server finds the best rows of ``ranking`` alone much sooner.

    Attributes:
        matching: Clauses a row must match; they do not score.
        ranking: Clauses whose scores are added up; a row that matches also matches one of these.
        unskipped: Clauses of the same sum, for ``of_few``.
    """

    matching: Clause
    ranking: Sequence[Clause]
    unskipped: Sequence[Clause] = ()

    def of_few(self) -> "Clauses":
        """Return the same query for few rows, all of which are scored: it cannot skip rows, but looks up fewer terms.

        A score may differ in its last digit, so one list of rows is read in one of the two ways.
        """
        return replace(self, ranking=self.unskipped or self.ranking)


def every_row() -> Clauses:
    """Return the query for every row, without the row manifests."""
    return Clauses({"exists": {"field": "group"}}, ())


def compile_ranking(wanted: Ranking) -> Clauses:
    """Return the query for ``wanted``."""
    required = _each(wanted.required) or [every_row().matching]
    matching = {"bool": {"filter": required, "must_not": _each(wanted.without)}}
    text, beside = _each((*wanted.certain, *wanted.optional)), _each(wanted.beside)
    if not text or wanted.statute_weight <= 1:
        return Clauses(matching, [*text, *beside])
    more, whole = _added_in_statutes(text, wanted.statute_weight), _multiplied_in_statutes(text, wanted.statute_weight)
    return Clauses(matching, [*text, more, *beside], [whole, *beside])


def _added_in_statutes(text: Sequence[Clause], weight: float) -> Clause:
    """Return the clause that makes the score of ``text`` ``weight`` times as much in statutes where it is added."""
    # Not by function_score: it disables Lucene's block-max (WAND) skipping.
    again = {"must": [{"bool": {"should": text}}], "filter": [_compile(STATUTE)], "boost": weight - 1}
    return {"bool": again}


def _multiplied_in_statutes(text: Sequence[Clause], weight: float) -> Clause:
    """Return the clause that scores like ``text``, in statutes ``weight`` times as much."""
    statutes = {"filter": _compile(STATUTE), "weight": weight}
    return {"function_score": {"query": {"bool": {"should": text}}, "functions": [statutes], "boost_mode": "multiply"}}


def _each(clauses: Sequence[ranking.Clause]) -> list[Clause]:
    return [_compile(each) for each in clauses]


def _compile(clause: ranking.Clause) -> Clause:
    """Return ``clause`` in the query DSL."""
    match clause:
        case Phrase():
            return _phrase(clause)
        case HeldWord():
            return _held_word(clause)
        case Number():
            fields = [f"{name}_numbers^{weight}" for name, weight in clause.weights.items()]
            return {"multi_match": {"query": clause.key, "fields": fields, "tie_breaker": TIE_BREAKER}}
        case Terms():
            return _terms(clause, 1.0)
        case Value():
            return {"terms": {FIELDS.get(clause.field, clause.field): list(clause.values)}}
        case _:
            return _compound(clause)


def _compound(clause: ranking.Compound) -> Clause:
    """Return a compound clause in the query DSL."""
    match clause:
        case Every():
            return {"bool": {"must": _each(clause.clauses)}}
        case Some():
            return {"bool": {"should": _each(clause.clauses), "minimum_should_match": clause.least}}
        case Best():
            return {"dis_max": {"queries": _each(clause.clauses), "tie_breaker": clause.tie_breaker}}
        case Weighed(Terms() as terms, weight):
            return _terms(terms, weight)
        case Weighed():
            return {"bool": {"must": [_compile(clause.clause)], "boost": clause.weight}}
        case Constant():
            return {"constant_score": {"filter": _compile(clause.clause), "boost": clause.weight}}


def _phrase(clause: Phrase) -> Clause:
    """Match a single character by itself, a longer phrase by its pairs."""
    options: dict[str, Any] = {"query": clause.text, "type": "phrase", "tie_breaker": TIE_BREAKER}
    fields = [f"{name}^{weight}" for name, weight in clause.weights.items()]
    return {"multi_match": options | {"fields": fields, "analyzer": "pairs" if len(clause.text) > 1 else "grams"}}


def _held_word(clause: HeldWord) -> Clause:
    names = [{"term": {f"{name}_words": clause.word}} for name in clause.fields if name != "text"]
    # IK segments 民政部门 as one token, which holds the words that are its parts.
    longer = [clause.word, *compounds(clause.word), *clause.longer]
    text = [{"terms": {"text.words": longer}}] if "text" in clause.fields else []
    return {"bool": {"should": [*text, *names]}}


def _terms(clause: Terms, weight: float) -> Clause:
    # One query over many terms runs much faster than many queries, and can skip rows (WAND).
    return {"match": {clause.field: {"query": " ".join(clause.terms), "analyzer": "whitespace", "boost": weight}}}
