"""A parsed query as tantivy queries: every word or most of them, all phrases, all 文号, all filters."""

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from schemas.records import Query
from search.analysis import in_dictionary
from search.query import Parsed, number_keys, short_number, words_required
from search.rows import cut_key

WEIGHTS = {"title": 2.0, "heading": 1.5, "path": 1.0, "text": 1.0}
CHARACTER_WEIGHTS = {"title_characters": 2.0, "path_characters": 1.5, "text_characters": 1.0}
# What one field adds to the best one; all fields of a section speak of the same thing.
TIE_BREAKER = 0.3
NUMBER_WEIGHT = 20.0
EVERY_WORD_WEIGHT = 20.0
IN_ORDER_WEIGHT = 1.0
IN_ORDER_CHARACTERS = range(3, 41)
ESCAPED = frozenset(r"\.+*?()|[]{}^$#&-~/")


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
        phrases = [(Occur.Must, self._any_phrase(forms)) for forms in parsed.phrases]
        numbers = [(Occur.Must, self._number(number)) for number in parsed.numbers]
        order = []
        if len(parsed.words) > 1 and len(parsed.text) in IN_ORDER_CHARACTERS:
            order = [(Occur.Should, Clause.boost_query(self._any_phrase([parsed.text]), IN_ORDER_WEIGHT))]
        return Clause.boolean_query([*words, *phrases, *numbers, *order, *self._filters])

    def _word(self, word: str) -> Clause:
        """Match a word as one token, or by its characters where the segmenter may not have seen it as one."""
        fields = [
            self._boosted(Clause.term_query(self._schema, name, word), weight) for name, weight in WEIGHTS.items()
        ]
        if not word.isascii() and (len(word) == 1 or not in_dictionary(word)):
            fields = self._phrases(word)
        return Clause.disjunction_max_query(fields, TIE_BREAKER)

    def _any_phrase(self, forms: Iterable[str]) -> Clause:
        return Clause.disjunction_max_query([query for form in forms for query in self._phrases(form)], TIE_BREAKER)

    def _phrases(self, squeezed: str) -> list[Clause]:
        return [self._boosted(self._phrase(name, squeezed), weight) for name, weight in CHARACTER_WEIGHTS.items()]

    def _phrase(self, field: str, squeezed: str) -> Clause:
        # A phrase query of one term ends the process in a panic.
        if len(squeezed) == 1:
            return Clause.term_query(self._schema, field, squeezed)
        return Clause.phrase_query(self._schema, field, list(squeezed))

    def _number(self, number: str) -> Clause:
        own = Clause.term_set_query(self._schema, "number", number_keys(number))
        cited = self._any_phrase([short_number(number)])
        weighed = [Clause.const_score_query(own, NUMBER_WEIGHT), Clause.const_score_query(cited, 1.0)]
        return Clause.boolean_query([(Occur.Should, each) for each in weighed])

    @staticmethod
    def _boosted(query: Clause, weight: float) -> Clause:
        return query if weight == 1.0 else Clause.boost_query(query, weight)


def filters(schema: tantivy.Schema, query: Query, below: Sequence[str] | None) -> list[Clause]:
    """Return the filters of ``query``.

    Args:
        schema: Of the index.
        query: What was asked.
        below: Identifiers of the documents below the key prefix, where that is too long for a regular expression.
    """
    made = []
    if query.issuer is not None:
        made.append(Clause.term_query(schema, "issuer", query.issuer))
    if query.year is not None:
        made.append(Clause.term_query(schema, "year", query.year))
    if below is not None:
        made.append(Clause.term_set_query(schema, "document_id", below))
    elif query.prefix:
        escaped = "".join(
            f"\\{character}" if character in ESCAPED else character for character in cut_key(query.prefix)
        )
        made.append(Clause.regex_query(schema, "key", escaped + "(?s:.)*"))
    return made
