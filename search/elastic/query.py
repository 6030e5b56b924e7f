"""A parsed query in Elasticsearch's query language: every word or most of them, all phrases, all 文号, all filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.elastic.filters import Clause
from search.query.boosts import (
    EVERY_WORD_WEIGHT,
    NAME_WEIGHTS,
    NUMBER_WEIGHT,
    PHRASE_WEIGHTS,
    STATUTE_WEIGHT,
    SYNONYM_WEIGHT,
    TIE_BREAKER,
    TITLE_WEIGHT,
    WORD_WEIGHTS,
)
from search.query.parser import ParsedQuery, in_order_weights, is_question, number_keys, short_number, words_required

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Clauses:
    """A query in two halves, apart because the server finds the best rows of ``ranking`` alone much sooner.

    Attributes:
        matching: What a row must match; gives no score.
        ranking: Scores, added up; a row that matches also matches one of these.
    """

    matching: Clause
    ranking: Sequence[Clause]


def strict(parsed: ParsedQuery) -> Clauses:
    """Return the query that asks for every word."""
    required = _required_clauses(parsed)
    return _whole(parsed, required, _rank_clauses(parsed) if is_question(parsed) else required)


def loose(parsed: ParsedQuery) -> Clauses:
    """Return the query that asks for most words, and ranks what holds all of them first."""
    words = [_word(word, _weights(parsed, WORD_WEIGHTS)) for word in parsed.words]
    some = [*words, *(_any_phrase(group.forms, _weights(parsed, WORD_WEIGHTS)) for group in parsed.groups)]
    most = {"bool": {"should": some, "minimum_should_match": words_required(len(words))}}
    every = {"constant_score": {"filter": {"bool": {"must": _required_clauses(parsed)}}, "boost": EVERY_WORD_WEIGHT}}
    return _whole(parsed, [most], [*_rank_clauses(parsed), every])


def every_row() -> Clauses:
    """Return the query for every row, which claims are not."""
    return Clauses({"exists": {"field": "group"}}, ())


def _whole(parsed: ParsedQuery, required: Sequence[Clause], ranked: Sequence[Clause]) -> Clauses:
    weights = _weights(parsed, PHRASE_WEIGHTS)
    phrases = [_any_phrase(forms, weights) for forms in parsed.phrases]
    numbers = [_number(number) for number in parsed.numbers]
    matching = {
        "bool": {
            "filter": [*required, *phrases, *numbers] or [every_row().matching],
            "must_not": [_any_phrase(forms, weights) for forms in parsed.without],
        }
    }
    order = [_phrase(parsed.text, found)] if (found := in_order_weights(parsed)) else []
    text = [*ranked, *phrases, *order, *_name_clauses(parsed)]
    titled = {"constant_score": {"filter": {"term": {"title_key": parsed.title}}, "boost": TITLE_WEIGHT}}
    return Clauses(matching, [*text, *_in_statutes(text), *numbers, *([titled] if parsed.title else [])])


def _in_statutes(text: Sequence[Clause]) -> list[Clause]:
    """Return what makes ``text`` count more in statutes."""
    # Not by function_score: below it the server passes over no row, however little that could score.
    statute = {"term": {"statute": True}}
    again = {"must": [{"bool": {"should": text}}], "filter": [statute], "boost": STATUTE_WEIGHT - 1}
    return [{"bool": again}] if text else []


def _required_clauses(parsed: ParsedQuery) -> list[Clause]:
    """Return a clause for each word, or for the words that have synonyms together."""
    weights = _weights(parsed, WORD_WEIGHTS)
    grouped = {word for group in parsed.groups for word in group.words}
    made = [_word(word, weights) for word in parsed.words if word not in grouped]
    for group in parsed.groups:
        own = {"bool": {"must": [_word(word, weights) for word in group.words]}}
        others = {"bool": {"must": [_any_phrase(group.forms, weights)], "boost": SYNONYM_WEIGHT}}
        made.append({"dis_max": {"queries": [own, others]}})
    return made


def _rank_clauses(parsed: ParsedQuery) -> list[Clause]:
    """Return what a question is ranked by: pairs of characters and single ones, of its own text and of synonyms."""
    called = "".join(form for group in parsed.groups for form in group.forms)
    others = ParsedQuery(text=called)
    known = {*parsed.pairs, *parsed.singles}
    asked = [(1.0, [*parsed.pairs, *parsed.singles])]
    asked.append((SYNONYM_WEIGHT, [each for each in (*others.pairs, *others.singles) if each not in known]))
    return [
        {"match": {"text": {"query": " ".join(terms), "analyzer": "whitespace", "boost": weight}}}
        for weight, terms in asked
        if terms
    ]


def _name_clauses(parsed: ParsedQuery) -> list[Clause]:
    """Return what counts dictionary words in titles and headings."""
    text = " ".join(parsed.words)
    return [
        {"match": {f"{name}.words": {"query": text, "boost": weight}}} for name, weight in NAME_WEIGHTS.items() if text
    ]


def _weights(parsed: ParsedQuery, weights: Weights) -> Weights:
    return {"title": weights["title"]} if parsed.in_title else weights


def _word(word: str, weights: Weights) -> Clause:
    return _any_phrase([word], weights)


def _any_phrase(forms: Sequence[str], weights: Weights) -> Clause:
    if len(forms) == 1:
        return _phrase(forms[0], weights)
    return {"dis_max": {"queries": [_phrase(form, weights) for form in forms]}}


def _phrase(squeezed: str, weights: Weights) -> Clause:
    """Match ``squeezed`` in any of the fields in ``weights``: a character by itself, else by its pairs."""
    options: dict[str, Any] = {"query": squeezed, "type": "phrase", "tie_breaker": TIE_BREAKER}
    fields = [f"{name}^{weight}" for name, weight in weights.items()]
    return {"multi_match": options | {"fields": fields, "analyzer": "pairs" if len(squeezed) > 1 else "grams"}}


def _number(number: str) -> Clause:
    own = {"constant_score": {"filter": {"terms": {"number_key": number_keys(number)}}, "boost": NUMBER_WEIGHT}}
    cited = {"constant_score": {"filter": _phrase(short_number(number), PHRASE_WEIGHTS)}}
    return {"bool": {"should": [own, cited], "minimum_should_match": 1}}
