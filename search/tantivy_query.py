"""A parsed query as tantivy queries: every word or most of them, all phrases, all 文号, all filters."""

from collections.abc import Iterable, Mapping, Sequence

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search.analysis import is_cut_apart
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


class Builder:
    """Builds the queries of one search over ``schema``."""

    def __init__(self, schema: tantivy.Schema, filters: Sequence[Clause]) -> None:
        self._schema = schema
        self._filters = [(Occur.Must, Clause.const_score_query(each, 0.0)) for each in filters]

    def listing(self) -> Clause:
        """Return the query for the opening row of every article that passes the filters."""
        return Clause.boolean_query([(Occur.Must, Clause.term_query(self._schema, "ordinal", 0)), *self._filters])

    def everything(self) -> Clause:
        """Return the query for every row that passes the filters."""
        return Clause.boolean_query([(Occur.Must, Clause.const_score_query(Clause.all_query(), 0.0)), *self._filters])

    def strict(self, parsed: Parsed) -> Clause:
        """Return the query that asks for every word."""
        return self._whole(parsed, [(Occur.Must, self._word(word)) for word in parsed.words])

    def loose(self, parsed: Parsed) -> Clause:
        """Return the query that asks for most words, and ranks what holds more of them higher."""
        words = [self._word(word) for word in parsed.words]
        most = Clause.boolean_query([(Occur.Should, word) for word in words], words_required(len(words)))
        every = Clause.const_score_query(
            Clause.boolean_query([(Occur.Must, word) for word in words]), EVERY_WORD_WEIGHT
        )
        return self._whole(parsed, [(Occur.Must, most), (Occur.Should, every)])

    def _whole(self, parsed: Parsed, words: Sequence[tuple[Occur, Clause]]) -> Clause:
        phrases = [(Occur.Must, self._phrase(forms, PHRASE_WEIGHTS)) for forms in parsed.phrases]
        numbers = [(Occur.Must, self._number(number)) for number in parsed.numbers]
        order = []
        if weights := in_order_weights(parsed):
            order.append((Occur.Should, self._phrase([parsed.text], weights)))
        if parsed.title:
            titled = Clause.const_score_query(Clause.term_query(self._schema, "title_key", parsed.title), TITLE_WEIGHT)
            order.append((Occur.Should, titled))
        return Clause.boolean_query([*words, *phrases, *numbers, *order, *self._filters])

    def _word(self, word: str) -> Clause:
        """Match a word as one token, or by its characters where the segmenter may not have seen it as one."""
        if is_cut_apart(word):
            return self._phrase([word], CHARACTER_WEIGHTS)
        fields = ((Clause.term_query(self._schema, name, word), weight) for name, weight in WORD_WEIGHTS.items())
        return Clause.disjunction_max_query([self._boosted(*field) for field in fields], TIE_BREAKER)

    def _phrase(self, forms: Iterable[str], weights: Mapping[str, float]) -> Clause:
        """Match any of ``forms``, squeezed, character by character in any of the fields in ``weights``."""
        fields = ((self._characters(name, form), weight) for form in forms for name, weight in weights.items())
        return Clause.disjunction_max_query([self._boosted(*field) for field in fields], TIE_BREAKER)

    def _characters(self, field: str, squeezed: str) -> Clause:
        # A phrase query of one term ends the process in a panic.
        if len(squeezed) == 1:
            return Clause.term_query(self._schema, f"{field}_characters", squeezed)
        return Clause.phrase_query(self._schema, f"{field}_characters", list(squeezed))

    def _number(self, number: str) -> Clause:
        own = Clause.term_set_query(self._schema, "number", number_keys(number))
        cited = self._phrase([short_number(number)], PHRASE_WEIGHTS)
        weighed = [Clause.const_score_query(own, NUMBER_WEIGHT), Clause.const_score_query(cited, 1.0)]
        return Clause.boolean_query([(Occur.Should, each) for each in weighed])

    @staticmethod
    def _boosted(query: Clause, weight: float) -> Clause:
        return query if weight == 1.0 else Clause.boost_query(query, weight)
