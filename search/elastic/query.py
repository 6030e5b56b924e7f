"""A parsed query in Elasticsearch's query language: every word or most of them, all phrases, all 文号, all filters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.elastic.filters import Clause
from search.query.boosts import (
    EVERY_WORD_WEIGHT,
    NAME_WEIGHTS,
    NUMBER_WEIGHT,
    PHRASE_WEIGHTS,
    PROVISION_OF_WEIGHT,
    PROVISION_WEIGHT,
    STATUTE_WEIGHT,
    SYNONYM_WEIGHT,
    TIE_BREAKER,
    TITLE_WEIGHT,
    WORD_WEIGHTS,
)
from search.query.lexicon import SEGMENTER
from search.query.parser import (
    ParsedQuery,
    in_order_weights,
    is_question,
    number_keys,
    short_number,
    title_key,
    words_required,
)
from search.query.words import compounds, told_apart

Weights = Mapping[str, float]
# Makes the clause for a word in the fields that have a weight.
Find = Callable[[str, Weights], Clause]


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
    required = _required_clauses(parsed, _word)
    return _whole(parsed, required, _rank_clauses(parsed) if is_question(parsed) else required)


def words(parsed: ParsedQuery) -> Clauses:
    """Return the query that asks for every word where it stands as one; ranked as ``strict``."""
    ranked = _rank_clauses(parsed) if is_question(parsed) else _required_clauses(parsed, _word)
    return _whole(parsed, _required_clauses(parsed, _held), ranked)


def loose(parsed: ParsedQuery) -> Clauses:
    """Return the query that asks for most words, and ranks what holds all of them first."""
    weights = _weights(parsed, WORD_WEIGHTS)
    some = [_word(each, weights) for each in parsed.words]
    some += [_any_phrase(group.forms, weights) for group in parsed.groups]
    most = {"bool": {"should": some, "minimum_should_match": words_required(len(parsed.words))}}
    every = _constant({"bool": {"must": _required_clauses(parsed, _word)}}, EVERY_WORD_WEIGHT)
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
            "must_not": [_any(forms, weights, _held) for forms in parsed.without],
        }
    }
    order = [_phrase(parsed.text, found)] if (found := in_order_weights(parsed)) else []
    text = [*ranked, *phrases, *order, *_name_clauses(parsed)]
    titled = {"constant_score": {"filter": {"term": {"title_key": parsed.title}}, "boost": TITLE_WEIGHT}}
    more = [*numbers, *_provision_clauses(parsed), *([titled] if parsed.title else [])]
    return Clauses(matching, [*text, *_in_statutes(text), *more])


def _provision_clauses(parsed: ParsedQuery) -> list[Clause]:
    """Return what finds the article of a law before those that cite it."""
    if parsed.provision is None:
        return []
    article = _any_phrase(parsed.provision.articles, {"path": 1.0})
    own = {"terms": {"title_key": [title_key(title) for title in parsed.provision.titles]}}
    made = ((own, PROVISION_WEIGHT), (_phrase(parsed.provision.law, {"title": 1.0}), PROVISION_OF_WEIGHT))
    return [_constant({"bool": {"filter": [article, law]}}, weight) for law, weight in made]


def _in_statutes(text: Sequence[Clause]) -> list[Clause]:
    """Return what makes ``text`` count more in statutes."""
    # Not by function_score: below it the server passes over no row, however little that could score.
    statute = {"term": {"statute": True}}
    again = {"must": [{"bool": {"should": text}}], "filter": [statute], "boost": STATUTE_WEIGHT - 1}
    return [{"bool": again}] if text else []


def _required_clauses(parsed: ParsedQuery, find: Find) -> list[Clause]:
    """Return a clause by ``find`` for each word, or for the words that have synonyms together."""
    weights = _weights(parsed, WORD_WEIGHTS)
    grouped = {word for group in parsed.groups for word in group.words}
    made = [find(word, weights) for word in parsed.words if word not in grouped]
    for group in parsed.groups:
        own = {"bool": {"must": [find(word, weights) for word in group.words]}}
        others = {"bool": {"must": [_any(group.forms, weights, find)], "boost": SYNONYM_WEIGHT}}
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
    cut = " ".join(dict.fromkeys(word for each in parsed.words for word in SEGMENTER.words(each)))
    return [{"match": {name: {"query": cut, "boost": weight}}} for name, weight in NAME_WEIGHTS.items() if cut]


def _weights(parsed: ParsedQuery, weights: Weights) -> Weights:
    return {"title": weights["title"]} if parsed.in_title else weights


def _word(word: str, weights: Weights) -> Clause:
    return _phrase(word, weights)


def _held(word: str, weights: Weights) -> Clause:
    """Match ``word`` where it stands as one, where that can be told; gives no score of any meaning."""
    if not told_apart(word):
        return _word(word, weights)
    names = [{"term": {f"{name}_words": word}} for name in weights if name != "text"]
    # IK cuts 民政部门 as one: it holds the words that its own parts are.
    longer = [word, *compounds(word), *SEGMENTER.compounds(word)]
    text = [{"terms": {"text.words": longer}}] if "text" in weights else []
    return {"bool": {"should": [*text, *names]}}


def _any(forms: Sequence[str], weights: Weights, find: Find) -> Clause:
    if len(forms) == 1:
        return find(forms[0], weights)
    return {"dis_max": {"queries": [find(form, weights) for form in forms]}}


def _any_phrase(forms: Sequence[str], weights: Weights) -> Clause:
    return _any(forms, weights, _phrase)


def _constant(matching: Clause, weight: float) -> Clause:
    return {"constant_score": {"filter": matching, "boost": weight}}


def _phrase(squeezed: str, weights: Weights) -> Clause:
    """Match ``squeezed`` in any of the fields in ``weights``: a character by itself, else by its pairs."""
    options: dict[str, Any] = {"query": squeezed, "type": "phrase", "tie_breaker": TIE_BREAKER}
    fields = [f"{name}^{weight}" for name, weight in weights.items()]
    return {"multi_match": options | {"fields": fields, "analyzer": "pairs" if len(squeezed) > 1 else "grams"}}


def _number(number: str) -> Clause:
    own = {"constant_score": {"filter": {"terms": {"number_key": number_keys(number)}}, "boost": NUMBER_WEIGHT}}
    cited = {"constant_score": {"filter": _phrase(short_number(number), PHRASE_WEIGHTS)}}
    return {"bool": {"should": [own, cited], "minimum_should_match": 1}}
