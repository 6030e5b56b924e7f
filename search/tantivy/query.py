"""A parsed query as tantivy queries: every word or most of them, all phrases, all 文号, all filters."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from search.query.analysis import pairs
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
from search.query.words import told_apart

Weights = Mapping[str, float]
# Makes the clause for a word in the fields that have a weight.
Find = Callable[[str, Weights], Clause]
Part = tuple[Occur, Clause]


class Builder:
    """Builds the queries of one search over ``schema``."""

    def __init__(self, schema: tantivy.Schema, filters: Sequence[Clause]) -> None:
        self._schema = schema
        self._filters = [(Occur.Must, Clause.const_score_query(each, 0.0)) for each in filters]

    def opening_rows(self) -> Clause:
        """Return the query for the opening row of every article that passes the filters."""
        return Clause.boolean_query([(Occur.Must, Clause.term_query(self._schema, "ordinal", 0)), *self._filters])

    def every_row(self) -> Clause:
        """Return the query for every row that passes the filters."""
        return Clause.boolean_query([self._all(), *self._filters])

    def strict(self, parsed: ParsedQuery) -> Clause:
        """Return the query that asks for every word."""
        every = [(Occur.Must, each) for each in self._required(parsed, self._word)]
        if is_question(parsed):
            every = [(Occur.Must, Clause.const_score_query(Clause.boolean_query(every), 0.0)), *self._ranked(parsed)]
        return self._whole(parsed, every)

    def words(self, parsed: ParsedQuery) -> Clause:
        """Return the query that asks for every word where it stands as one; ranked as ``strict``."""
        held = [(Occur.Must, each) for each in self._required(parsed, self._held)]
        every = [(Occur.Must, Clause.const_score_query(Clause.boolean_query(held), 0.0))]
        ranked = [(Occur.Must, each) for each in self._required(parsed, self._word)]
        return self._whole(parsed, [*every, *(self._ranked(parsed) if is_question(parsed) else ranked)])

    def loose(self, parsed: ParsedQuery) -> Clause:
        """Return the query that asks for most words, and ranks what holds more of them higher."""
        weights = _weights(parsed, WORD_WEIGHTS)
        some = [self._word(word, weights) for word in parsed.words]
        some += [self._phrase(group.forms, weights) for group in parsed.groups]
        required = words_required(len(parsed.words))
        most = Clause.const_score_query(Clause.boolean_query([(Occur.Should, each) for each in some], required), 0.0)
        every = Clause.boolean_query([(Occur.Must, each) for each in self._required(parsed, self._word)])
        bonus = Clause.const_score_query(every, EVERY_WORD_WEIGHT)
        return self._whole(parsed, [(Occur.Must, most), (Occur.Should, bonus), *self._ranked(parsed)])

    def _whole(self, parsed: ParsedQuery, words: Sequence[Part]) -> Clause:
        weights = _weights(parsed, PHRASE_WEIGHTS)
        text = [*words, *((Occur.Must, self._phrase(forms, weights)) for forms in parsed.phrases)]
        required = [(Occur.Must, self._number(number)) for number in parsed.numbers]
        if any(occur is Occur.Must for occur, _ in text):
            order = in_order_weights(parsed)
            text += [(Occur.Should, self._phrase([parsed.text], order))] if order else []
            required.append((Occur.Must, self._lifted(Clause.boolean_query([*text, *self._named(parsed)]))))
        titled = []
        if parsed.title:
            own = Clause.term_query(self._schema, "title_key", parsed.title)
            titled = [(Occur.Should, Clause.const_score_query(own, TITLE_WEIGHT))]
        titled += self._provision(parsed)
        without = [(Occur.MustNot, self._any(forms, weights, self._held)) for forms in parsed.without]
        return Clause.boolean_query([*(required or [self._all()]), *titled, *without, *self._filters])

    def _provision(self, parsed: ParsedQuery) -> list[Part]:
        """Return what finds the article of a law before those that cite it."""
        if parsed.provision is None:
            return []
        article = self._phrase(parsed.provision.articles, {"path": 1.0})
        own = Clause.term_set_query(self._schema, "title_key", [title_key(each) for each in parsed.provision.titles])
        made = ((own, PROVISION_WEIGHT), (self._exact("title", parsed.provision.law), PROVISION_OF_WEIGHT))
        both = [(Clause.boolean_query([(Occur.Must, article), (Occur.Must, law)]), weight) for law, weight in made]
        return [(Occur.Should, Clause.const_score_query(each, weight)) for each, weight in both]

    def _lifted(self, text: Clause) -> Clause:
        """Return ``text`` with what it finds in statutes counting more."""
        statute = Clause.const_score_query(Clause.term_query(self._schema, "statute", "true"), 0.0)
        again = Clause.boolean_query([(Occur.Must, text), (Occur.Must, statute)])
        return Clause.boolean_query([(Occur.Must, text), (Occur.Should, _boost(again, STATUTE_WEIGHT - 1))])

    def _required(self, parsed: ParsedQuery, find: Find) -> list[Clause]:
        """Return a clause by ``find`` for each word, or for the words that have synonyms together."""
        weights = _weights(parsed, WORD_WEIGHTS)
        grouped = {word for group in parsed.groups for word in group.words}
        made = [find(word, weights) for word in parsed.words if word not in grouped]
        for group in parsed.groups:
            own = Clause.boolean_query([(Occur.Must, find(word, weights)) for word in group.words])
            others = _boost(self._any(group.forms, weights, find), SYNONYM_WEIGHT)
            made.append(Clause.disjunction_max_query([own, others]))
        return made

    def _ranked(self, parsed: ParsedQuery) -> list[Part]:
        """Return what a question is ranked by: pairs of characters and single ones, its own and those of synonyms."""
        others = ParsedQuery(text="".join(form for group in parsed.groups for form in group.forms))
        weights = dict.fromkeys([*others.pairs, *others.singles], SYNONYM_WEIGHT)
        weights |= dict.fromkeys([*parsed.pairs, *parsed.singles], 1.0)
        terms = ((Clause.term_query(self._schema, "text", term), weight) for term, weight in weights.items())
        return [(Occur.Should, _boost(*term)) for term in terms]

    def _named(self, parsed: ParsedQuery) -> list[Part]:
        """Return what counts dictionary words in titles and headings."""
        words = dict.fromkeys(word for each in parsed.words for word in SEGMENTER.words(each))
        return [
            (Occur.Should, _boost(Clause.term_query(self._schema, name, word), weight))
            for name, weight in NAME_WEIGHTS.items()
            for word in words
        ]

    def _word(self, word: str, weights: Weights) -> Clause:
        return self._phrase([word], weights)

    def _held(self, word: str, weights: Weights) -> Clause:
        """Match ``word`` where it stands as one, where that can be told; gives no score of any meaning."""
        if not told_apart(word):
            return self._word(word, weights)
        fields = [Clause.term_query(self._schema, f"{name}_words", word) for name in weights]
        return Clause.boolean_query([(Occur.Should, each) for each in fields])

    @staticmethod
    def _any(forms: Sequence[str], weights: Weights, find: Find) -> Clause:
        return Clause.disjunction_max_query([find(form, weights) for form in forms], TIE_BREAKER)

    def _phrase(self, forms: Iterable[str], weights: Weights) -> Clause:
        """Match any of ``forms``, squeezed, in any of the fields in ``weights``."""
        fields = ((self._exact(name, form), weight) for form in forms for name, weight in weights.items())
        return Clause.disjunction_max_query([_boost(*field) for field in fields], TIE_BREAKER)

    def _exact(self, field: str, squeezed: str) -> Clause:
        # A phrase query of one term ends the process in a panic.
        if len(squeezed) <= 2:
            return Clause.term_query(self._schema, field, squeezed)
        # Between the pairs stand the single characters.
        placed = [(2 * place, pair) for place, pair in enumerate(pairs(squeezed))]
        return Clause.phrase_query(self._schema, field, placed)  # type: ignore[arg-type]

    def _number(self, number: str) -> Clause:
        own = Clause.term_set_query(self._schema, "number", number_keys(number))
        cited = self._phrase([short_number(number)], PHRASE_WEIGHTS)
        weighed = [Clause.const_score_query(own, NUMBER_WEIGHT), Clause.const_score_query(cited, 1.0)]
        return Clause.boolean_query([(Occur.Should, each) for each in weighed])

    @staticmethod
    def _all() -> Part:
        return Occur.Must, Clause.const_score_query(Clause.all_query(), 0.0)


def _weights(parsed: ParsedQuery, weights: Weights) -> Weights:
    return {"title": weights["title"]} if parsed.in_title else weights


def _boost(query: Clause, weight: float) -> Clause:
    return query if weight == 1.0 else Clause.boost_query(query, weight)
