"""Compile the clauses of ``search.query.ranking`` to Elasticsearch's query DSL; no ranking is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """

    matching: Clause
    ranking: Sequence[Clause]


def every_row() -> Clauses:
    """Return the query for every row, without the row manifests."""
    return Clauses({"exists": {"field": "group"}}, ())


def compile_ranking(wanted: Ranking) -> Clauses:
    """Return the query for ``wanted``."""
    required = _each(wanted.required) or [every_row().matching]
    matching = {"bool": {"filter": required, "must_not": _each(wanted.without)}}
    text = _each((*wanted.certain, *wanted.optional))
    return Clauses(matching, [*text, *_in_statutes(text, wanted.statute_weight), *_each(wanted.beside)])


def _in_statutes(text: Sequence[Clause], weight: float) -> list[Clause]:
    """Return the clauses that multiply the score of ``text`` by ``weight`` in statutes."""
    # Not by function_score: it disables Lucene's block-max (WAND) skipping.
    again = {"must": [{"bool": {"should": text}}], "filter": [_compile(STATUTE)], "boost": weight - 1}
    return [{"bool": again}] if text and weight > 1 else []


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
