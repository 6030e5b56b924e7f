"""A parsed query in Elasticsearch's query language: every word or most of them, all phrases, all 文号, all filters."""

from collections.abc import Mapping, Sequence

from search.analysis import STOP_WORDS, is_cut_apart
from search.elastic_filters import Clause
from search.query import (
    CHARACTER_WEIGHTS,
    EVERY_WORD_WEIGHT,
    NUMBER_WEIGHT,
    PHRASE_WEIGHTS,
    TIE_BREAKER,
    TITLE_WEIGHT,
    WORD_WEIGHTS,
    Parsed,
    in_order_weights,
    number_keys,
    short_number,
    words_required,
)


def strict(parsed: Parsed, filters: Sequence[Clause]) -> Clause:
    """Return the query that asks for every word."""
    return _whole(parsed, [_word(word) for word in parsed.words], [], filters)


def loose(parsed: Parsed, filters: Sequence[Clause]) -> Clause:
    """Return the query that asks for most words, and ranks what holds all of them first."""
    words = [_word(word) for word in parsed.words]
    most = {"bool": {"should": words, "minimum_should_match": words_required(len(words))}}
    every = {"constant_score": {"filter": {"bool": {"must": words}}, "boost": EVERY_WORD_WEIGHT}}
    return _whole(parsed, [most], [every], filters)


def everything(filters: Sequence[Clause]) -> Clause:
    """Return the query for every row, which claims are not."""
    return {"bool": {"filter": [{"exists": {"field": "group"}}, *filters]}}


def _whole(parsed: Parsed, words: Sequence[Clause], bonus: Sequence[Clause], filters: Sequence[Clause]) -> Clause:
    phrases = [_any_phrase(forms) for forms in parsed.phrases]
    numbers = [_number(number) for number in parsed.numbers]
    weights = in_order_weights(parsed)
    order = [_phrase(parsed.text, weights)] if weights else []
    if parsed.title:
        titled = {"term": {"title_key": parsed.title}}
        order.append({"constant_score": {"filter": titled, "boost": TITLE_WEIGHT}})
    return {"bool": {"must": [*words, *phrases, *numbers], "should": [*bonus, *order], "filter": list(filters)}}


def _word(word: str) -> Clause:
    """Match a word by the server's own segmentation, or by its characters where that may not have seen it as one."""
    if word in STOP_WORDS or is_cut_apart(word):
        return _phrase(word, CHARACTER_WEIGHTS)
    fields = [f"{name}^{weight}" for name, weight in WORD_WEIGHTS.items()]
    return {"multi_match": {"query": word, "fields": fields, "operator": "and", "tie_breaker": TIE_BREAKER}}


def _phrase(squeezed: str, weights: Mapping[str, float]) -> Clause:
    """Match ``squeezed`` character by character in any of the fields in ``weights``."""
    fields = [f"{name}.exact^{weight}" for name, weight in weights.items()]
    return {"multi_match": {"query": squeezed, "fields": fields, "type": "phrase", "tie_breaker": TIE_BREAKER}}


def _any_phrase(forms: Sequence[str]) -> Clause:
    return {"dis_max": {"queries": [_phrase(form, PHRASE_WEIGHTS) for form in forms]}}


def _number(number: str) -> Clause:
    own = {"constant_score": {"filter": {"terms": {"number_key": number_keys(number)}}, "boost": NUMBER_WEIGHT}}
    cited = {"constant_score": {"filter": _phrase(short_number(number), PHRASE_WEIGHTS)}}
    return {"bool": {"should": [own, cited], "minimum_should_match": 1}}
