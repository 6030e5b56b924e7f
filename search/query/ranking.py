"""The ranking policy: which rows a search finds and in which order, as one tree of clauses for every index.

Each index compiles the tree to its own queries (``search/elastic/query.py``, ``search/tantivy/query.py``) and adds
nothing to it. The weights are in ``search/query/boosts.py``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from search.query.boosts import (
    EVERY_WORD_WEIGHT,
    FORM_TIE_BREAKER,
    NAME_WEIGHTS,
    NUMBER_WEIGHT,
    PHRASE_WEIGHTS,
    PROVISION_OF_WEIGHT,
    PROVISION_WEIGHT,
    STATUTE_WEIGHT,
    SYNONYM_WEIGHT,
    TITLE_WEIGHT,
    WORD_WEIGHTS,
)
from search.query.lexicon import Segmenter
from search.query.numbers.document_numbers import number_keys, short_number
from search.query.numbers.quantities import quantity_of
from search.query.parser import ParsedQuery, in_order_weights, is_question, title_key, words_required
from search.query.ways import How
from search.query.words import told_apart

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The characters of squeezed ``text`` side by side in any of the fields, the best of which counts most."""

    text: str
    weights: Weights


@dataclass(frozen=True, slots=True)
class HeldWord:
    """``word`` as one word in any of the fields; its score means nothing.

    Attributes:
        word: A word of two or three characters.
        fields: The fields to match in.
        longer: Words of the lexicon that contain it.
    """

    word: str
    fields: tuple[str, ...]
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number or date, by its key, in any of the fields, the best of which counts most."""

    key: str
    weights: Weights


@dataclass(frozen=True, slots=True)
class Terms:
    """Any of the index terms ``terms`` in ``field``; each adds to the score."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A field with exactly one of ``values``; its score means nothing."""

    field: Literal["title_key", "document_number", "statute"]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of ``clauses``; their scores are added up."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least ``least`` of ``clauses``; their scores are added up."""

    clauses: tuple["Clause", ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Best:
    """Any of ``clauses``: the best counts, and of the others the share ``tie_breaker``."""

    clauses: tuple["Clause", ...]
    tie_breaker: float = 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """``clause`` with its score times ``weight``."""

    clause: "Clause"
    weight: float


@dataclass(frozen=True, slots=True)
class Constant:
    """``clause`` with the score ``weight``, whatever its own is."""

    clause: "Clause"
    weight: float


Compound = Every | Some | Best | Weighed | Constant
Clause = Phrase | HeldWord | Number | Terms | Value | Compound
# Makes the clause for a word in the weighted fields.
Find = Callable[[str, Weights], Clause]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The clauses that decide which rows match, and those whose scores are added up.

    Attributes:
        required: Clauses a row must match; they do not score. If empty, every row matches.
        certain: Scored clauses that match every row that matches ``required``.
        optional: Scored clauses that a row need not match.
        beside: As ``optional``, but without ``statute_weight``.
        without: Clauses a row must not match.
        statute_weight: Factor of ``certain`` and ``optional`` in a statute.
    """

    required: tuple[Clause, ...] = ()
    certain: tuple[Clause, ...] = ()
    optional: tuple[Clause, ...] = ()
    beside: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()
    statute_weight: float = 1.0


STATUTE = Value("statute", ("true",))


def rank(parsed: ParsedQuery, how: How, segmenter: Segmenter) -> Ranking:
    """Return the ranking of ``parsed``.

    Args:
        parsed: The query.
        how: ``words`` requires every word as a word, ``strict`` the characters of every word, ``loose`` some of the
            words, ranking rows with all of them first. A listing requires nothing.
        segmenter: The segmenter of the index's titles and headings.
    """
    if how in {"listing", "everything"}:
        return Ranking()
    find = partial(find_word, segmenter)
    every, names = _required_words(parsed, find_characters), _name_words(parsed, segmenter)
    if how == "loose":
        bonus = Constant(Every(every), EVERY_WORD_WEIGHT)
        words = Ranking((_some_words(parsed),), (), (*_question_terms(parsed), bonus, *names))
        return _whole(parsed, find, words, find_characters)
    required = every if how == "strict" else _required_words(parsed, find)
    unquoted = find_characters if how == "strict" else find
    if is_question(parsed):
        return _whole(parsed, find, Ranking(required, (), (*_question_terms(parsed), *names)), unquoted)
    return _whole(parsed, find, Ranking(required, every, names), unquoted)


def _whole(parsed: ParsedQuery, find: Find, words: Ranking, unquoted: Find) -> Ranking:
    """Return the ranking of all of ``parsed``: its words as in ``words``, unquoted phrases required by ``unquoted``."""
    weights = _in_fields(parsed, PHRASE_WEIGHTS)
    phrases, asked = _phrases(parsed, find_characters), _phrases(parsed, unquoted)
    numbers = tuple(_number(number) for number in parsed.numbers)
    ordered = (Phrase(parsed.text, order),) if (order := in_order_weights(parsed)) else ()
    titled = (Constant(Value("title_key", (parsed.title,)), TITLE_WEIGHT),) if parsed.title else ()
    return Ranking(
        required=(*words.required, *asked, *numbers),
        certain=(*words.certain, *phrases),
        optional=(*words.optional, *ordered),
        beside=(*numbers, *_provision(parsed), *titled),
        without=tuple(_any_form(forms, weights, find) for forms in parsed.without),
        statute_weight=STATUTE_WEIGHT,
    )


def _phrases(parsed: ParsedQuery, find: Find) -> tuple[Clause, ...]:
    """Return a clause for each phrase: the characters of a quoted form, one made by ``find`` for an unquoted form."""

    def find_form(form: str, weights: Weights) -> Clause:
        return find(form, weights) if form in parsed.unquoted else Phrase(form, weights)

    return tuple(_any_form(forms, _in_fields(parsed, PHRASE_WEIGHTS), find_form) for forms in parsed.phrases)


def find_word(segmenter: Segmenter, word: str, weights: Weights) -> Clause:
    """Return a clause that matches ``word`` as a word if that can be decided, else by its characters."""
    if told_apart(word):
        return HeldWord(word, tuple(weights), tuple(segmenter.compounds(word)))
    return find_characters(word, weights)


def find_characters(word: str, weights: Weights) -> Clause:
    """Return a clause that matches ``word`` by its characters, but a number or date only as a whole."""
    quantity = quantity_of(word)
    return Number(quantity.key, weights) if quantity else Phrase(word, weights)


def find_loosely(word: str, weights: Weights) -> Clause:
    """Return a clause that matches ``word`` by its characters, and a number also if its unit is elsewhere."""
    found, quantity = find_characters(word, weights), quantity_of(word)
    if quantity is None or quantity.bare is None:
        return found
    value, unit = quantity.bare
    return Best((found, Weighed(Every((Number(value, weights), Phrase(unit, weights))), SYNONYM_WEIGHT)))


def _required_words(parsed: ParsedQuery, find: Find) -> tuple[Clause, ...]:
    """Return a clause made by ``find`` for each word, and one for each group of words with synonyms."""
    weights = _in_fields(parsed, WORD_WEIGHTS)
    grouped = {word for group in parsed.groups for word in group.words}
    made = [find(word, weights) for word in parsed.words if word not in grouped]
    for group in parsed.groups:
        own = Every(tuple(find(word, weights) for word in group.words))
        # Other spellings of a date have the same key.
        others = [form for form in group.forms if own != Every((find(form, weights),))]
        called = (Weighed(_any_form(others, weights, find), SYNONYM_WEIGHT),) if others else ()
        made.append(Best((own, *called)))
    return tuple(made)


def _some_words(parsed: ParsedQuery) -> Clause:
    """Return a clause that requires some of the words or their synonyms."""
    weights = _in_fields(parsed, WORD_WEIGHTS)
    words = [find_loosely(word, weights) for word in parsed.words]
    called = [_any_form(group.forms, weights, find_characters) for group in parsed.groups]
    return Some((*words, *called), words_required(len(parsed.words)))


def _question_terms(parsed: ParsedQuery) -> tuple[Clause, ...]:
    """Return the clauses that rank a question: character pairs and single characters, also of its synonyms."""
    called = ParsedQuery(text="".join(form for group in parsed.groups for form in group.forms))
    own = (*parsed.pairs, *parsed.singles)
    others = tuple(each for each in (*called.pairs, *called.singles) if each not in set(own))
    asked = ((own, 1.0), (others, SYNONYM_WEIGHT))
    numbers = tuple(find_loosely(word, WORD_WEIGHTS) for word in parsed.words if quantity_of(word))
    return (*(Weighed(Terms("text", terms), weight) for terms, weight in asked if terms), *numbers)


def _name_words(parsed: ParsedQuery, segmenter: Segmenter) -> tuple[Clause, ...]:
    """Return the clauses that score dictionary words in titles and headings."""
    words = tuple(dict.fromkeys(word for each in parsed.words for word in segmenter.words(each)))
    return tuple(Weighed(Terms(name, words), weight) for name, weight in NAME_WEIGHTS.items() if words)


def _number(number: str) -> Clause:
    """Return a clause that finds the document of a 文号, and ranks those that cite it below."""
    own = Constant(Value("document_number", tuple(number_keys(number))), NUMBER_WEIGHT)
    # A 文号 with lost brackets is indexed by its end.
    cited = (Phrase(short_number(number), PHRASE_WEIGHTS), Number(short_number(number), PHRASE_WEIGHTS))
    return Some((own, Constant(Best(cited), 1.0)))


def _provision(parsed: ParsedQuery) -> tuple[Clause, ...]:
    """Return the clauses that rank the article of a law above those that cite it."""
    asked = parsed.provision
    if asked is None:
        return ()
    article = _any_form(asked.articles, {"path": 1.0}, Phrase)
    own = Value("title_key", tuple(title_key(title) for title in asked.titles))
    laws = ((own, PROVISION_WEIGHT), (Phrase(asked.law, {"title": 1.0}), PROVISION_OF_WEIGHT))
    return tuple(Constant(Every((article, law)), weight) for law, weight in laws)


def _any_form(forms: Sequence[str], weights: Weights, find: Find) -> Clause:
    """Return a clause that matches any spelling of one thing."""
    if len(forms) == 1:
        return find(forms[0], weights)
    return Best(tuple(find(form, weights) for form in forms), FORM_TIE_BREAKER)


def _in_fields(parsed: ParsedQuery, weights: Weights) -> Weights:
    return {"title": weights["title"]} if parsed.in_title else weights
