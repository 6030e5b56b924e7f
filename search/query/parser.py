"""Parse a query: words, phrases, 文号, their synonyms, and filters; never an error.

Simplification and folding happen here once, for both indexes and for highlighting. Syntax that cannot be parsed (an
unbalanced quotation mark, a stray operator) is searched as text.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from schemas.queries import Query
from search.query.analysis import STOP_WORDS, expand, fold, pairs, query_words, squeeze
from search.query.boosts import IN_ORDER_WEIGHTS
from search.query.hanzi import simplify
from search.query.numbers.document_numbers import read_numbers, short_number
from search.query.numbers.numerals import ORDINAL, number, variants
from search.query.numbers.provisions import Provision, find_provision
from search.query.numbers.quantities import Quantity, quantity_of, read_quantities
from search.query.operators import Marks, read
from search.query.synonyms import Synonyms, load_shipped
from search.query.words import told_apart

MAX_CHARACTERS = 400
MAX_WORDS = 32
MAX_PHRASES = 8
MAX_FORMS = 12
MAX_SIZE = 100
# Longer than any title; a longer question rarely occurs verbatim in a text.
IN_ORDER_CHARACTERS = range(2, 61)

YEARS = re.compile(r"([0-9]{4}|[〇零○一二三四五六七八九]{4})?年?(-)?([0-9]{4}|[〇零○一二三四五六七八九]{4})?年?")

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of a query that share synonyms, in squeezed form: all of ``words`` or any of ``forms`` must match."""

    words: tuple[str, ...]
    forms: Forms


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query in the form both indexes search for.

    Attributes:
        words: Bare words, folded and simplified, each once.
        phrases: Exact phrases, each as its alternatives in squeezed form (simplified, and as typed if that differs,
            with other numerals, the other side of an OR).
        numbers: 文号 by their ``number_key``.
        text: The bare text in squeezed form, for matches in the typed order.
        groups: Words with their synonyms; no word is in two groups.
        without: Phrases that must not match, in the form of ``phrases``.
        issuer: A part of the issuer's name.
        years: First and last year, inclusive.
        in_title: Whether words and phrases must match in the title.
        provision: The requested article of a law.
        unquoted: Forms of phrases typed without quotation marks, which match as words.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[Forms, ...] = ()
    numbers: tuple[str, ...] = ()
    text: str = ""
    groups: tuple[WordGroup, ...] = ()
    without: tuple[Forms, ...] = ()
    issuer: str | None = None
    years: tuple[int | None, int | None] = (None, None)
    in_title: bool = False
    provision: Provision | None = None
    unquoted: Forms = ()

    @property
    def empty(self) -> bool:
        """Whether the query has nothing to search for, so that everything is listed."""
        return not (self.words or self.phrases or self.numbers or self.without)

    @property
    def title(self) -> str:
        """Return the ``title_key`` of the text, for a query that is a whole title."""
        return title_key(self.text)

    @property
    def marked(self) -> tuple[str, ...]:
        """Return everything to highlight, in squeezed form."""
        alternatives = [form for phrase in self.phrases for form in phrase]
        numbers = [form for number in self.numbers for form in (number, short_number(number))]
        called = [form for group in self.groups for form in group.forms]
        return tuple(dict.fromkeys([*alternatives, *numbers, *self.telling, *called]))

    @property
    def telling(self) -> tuple[str, ...]:
        """Return the words except single Chinese characters, which most texts contain; all words if none is left."""
        return tuple(word for word in self.words if len(word) > 1 or word.isascii()) or self.words

    @property
    def told_apart(self) -> tuple[str, ...]:
        """Return the words, synonyms and unquoted phrases that are matched as words, not by their characters."""
        called = [form for group in self.groups for form in group.forms]
        return tuple(word for word in dict.fromkeys([*self.words, *called, *self.unquoted]) if told_apart(word))

    @property
    def quantities(self) -> tuple[str, ...]:
        """Return the words and other forms that are numbers or dates, which match only as a whole."""
        called = [form for group in self.groups for form in group.forms]
        return tuple(word for word in dict.fromkeys([*self.words, *called]) if quantity_of(word))

    @property
    def pairs(self) -> tuple[str, ...]:
        """Return the character pairs that rank a question, each once; none of numbers, which match as a whole."""
        return tuple(
            dict.fromkeys(pair for part in self._words_without_quantities for pair in pairs(part) if pair.isalnum())
        )

    @property
    def singles(self) -> tuple[str, ...]:
        """Return the single characters that rank a question, each once, without stop words and numbers."""
        characters = (each for part in self._words_without_quantities for each in part)
        return tuple(dict.fromkeys(each for each in characters if each.isalnum() and each not in STOP_WORDS))

    @property
    def _words_without_quantities(self) -> list[str]:
        return _quantities(self.text)[0].split()


def clamp(query: Query) -> Query:
    """Return ``query`` within an index's limits: sizes in range, valid Unicode."""
    return replace(
        query,
        text=_unicode(query.text[:MAX_CHARACTERS]),
        issuer=None if query.issuer is None else _unicode(query.issuer),
        prefix=None if query.prefix is None else _unicode(query.prefix),
        size=min(max(1, query.size), MAX_SIZE),
        offset=max(0, query.offset),
        sections_each=min(max(1, query.sections_each), MAX_SIZE),
    )


def _unicode(text: str) -> str:
    """Return ``text`` with lone surrogates replaced, which no index accepts."""
    return text.encode(errors="replace").decode()


def parse(text: str, synonyms: Synonyms | None = None) -> ParsedQuery:
    """Parse ``text``; only its first ``MAX_CHARACTERS`` characters count.

    Args:
        text: As typed.
        synonyms: The synonyms; the shipped ones if None.
    """
    typed = text[:MAX_CHARACTERS]
    marks = read(typed)
    bare, more = _number_of(marks)
    years = _years(marks)
    if years is None:
        bare += " " + marks.fields["year"]
    numbers, rest = read_numbers(bare)
    words, groups = _words(rest, synonyms or load_shipped())
    phrases = [*_forms(marks.phrases), *more]
    without = _forms([[each] for each in marks.without])
    issuer = simplify(marks.fields.get("issuer", "")).strip() or None
    if not (words or phrases or numbers or without or issuer or marks.fields) and typed.strip():
        # The text is only punctuation or an emoji: search for it as it is.
        phrases = _forms([[typed]])
    return ParsedQuery(
        words=words,
        phrases=phrases_of(phrases),
        numbers=tuple(dict.fromkeys(numbers))[:MAX_PHRASES],
        text=squeeze(rest).strip("?!.,;:。、·"),
        groups=groups,
        without=phrases_of(without),
        issuer=issuer,
        years=years or (None, None),
        in_title=marks.in_title,
        provision=find_provision(rest),
        unquoted=tuple(form for forms in _forms([[each] for each in marks.unquoted]) for form in forms),
    )


def phrases_of(found: list[Forms]) -> tuple[Forms, ...]:
    """Return the non-empty phrases, each once, up to the maximum of one query."""
    return tuple(dict.fromkeys(forms for forms in found if forms))[:MAX_PHRASES]


def _number_of(marks: Marks) -> tuple[str, list[Forms]]:
    """Return the bare text with the 文号 of ``no:``, or that value as a phrase if it is only part of a 文号."""
    bare, typed = (fold(expand(simplify(each))) for each in (marks.bare, marks.fields.get("number", "")))
    if read_numbers(typed)[0]:
        return f"{bare} {typed}", []
    return bare, _forms([[typed]] if typed else [])


def _years(marks: Marks) -> tuple[int | None, int | None] | None:
    """Return the first and last year of ``year:``; None if its value is no year."""
    if "year" not in marks.fields:
        return (None, None)
    found = YEARS.fullmatch(squeeze(marks.fields["year"]))
    if found is None or not (found[1] or found[3]):
        return None
    first, last = (number(part) if part else None for part in (found[1], found[3]))
    return (first, last) if found[2] else (first or last, first or last)


def _words(rest: str, synonyms: Synonyms) -> tuple[tuple[str, ...], tuple[WordGroup, ...]]:
    """Return the bare words of folded ``rest`` and their synonyms."""
    ordinals = list(dict.fromkeys(squeeze(each[0]) for each in ORDINAL.finditer(rest)))
    plain, quantities, joined = _quantities(ORDINAL.sub(" ", rest))
    ordinals += quantities
    whole = _words_across_boundary(plain, synonyms)
    for name in whole:
        plain = plain.replace(name, " ")
    others = query_words(plain) if plain.strip() else []
    # Stop words are searched for if there is nothing else.
    others = [] if ordinals and STOP_WORDS.issuperset(others) else others
    words = tuple(dict.fromkeys([*others, *whole, *ordinals]))[:MAX_WORDS]
    groups = [WordGroup((each,), forms) for each in ordinals if (forms := variants(each)[1:]) and each in words]
    groups += [each for each in joined if set(each.words) <= set(words)]
    taken = {word for group in groups for word in group.words}
    for called, forms in synonyms.find_words(squeeze(rest)):
        own = (called,) if called in whole else tuple(query_words(called))
        if own and set(own) <= set(words) and taken.isdisjoint(own):
            taken.update(own)
            groups.append(WordGroup(own, forms))
    return words, tuple(groups[:MAX_PHRASES])


def _quantities(plain: str) -> tuple[str, list[str], list[WordGroup]]:
    """Split folded ``plain``: the rest, its numbers and dates, and groups for those with several readings."""
    words: list[str] = []
    groups = []
    rest = plain
    for reading in read_quantities(plain):
        parts = tuple(dict.fromkeys(_as_typed(plain, each) for each in reading.likely))
        words += parts
        if len(parts) > 1 and reading.others:
            groups.append(WordGroup(parts, tuple(_as_typed(plain, each) for each in reading.others)))
        start, end = reading.likely[0].start, reading.likely[-1].end
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return rest, list(dict.fromkeys(words)), groups


def _as_typed(plain: str, quantity: Quantity) -> str:
    return squeeze(plain[quantity.start : quantity.end])


def _words_across_boundary(plain: str, synonyms: Synonyms) -> list[str]:
    """Return the words with synonyms that cross a word boundary of ``plain``: 公租房申请 does not contain 租房."""
    words = set(query_words(plain))
    names = (name for name, _ in synonyms.find_words(plain))
    return [name for name in names if name in plain and query_words(name) == [name] and name not in words]


def _forms(phrases: list[list[str]]) -> list[Forms]:
    """Return each phrase as its alternatives in squeezed form."""
    made = []
    for alternatives in phrases:
        written = [form for each in alternatives for form in (squeeze(simplify(each)), squeeze(each))]
        forms = dict.fromkeys(form for each in written for form in variants(each) if form)
        made.append(tuple(forms)[:MAX_FORMS])
    return made


def in_order_weights(parsed: ParsedQuery) -> dict[str, float]:
    """Return the fields in which the bare text scores more if it occurs as typed."""
    if len(parsed.text) not in IN_ORDER_CHARACTERS:
        return {}
    # A single word has no order; it already matches in the text, and a second phrase query there costs most.
    return {name: weight for name, weight in IN_ORDER_WEIGHTS.items() if name != "text" or len(parsed.words) > 1}


@lru_cache(maxsize=1024)
def title_key(title: str) -> str:
    """Return a title in the form for comparison: its letters and digits, without the marks between them."""
    return "".join(filter(str.isalnum, fold(expand(title[:MAX_CHARACTERS]))))


def is_question(parsed: ParsedQuery) -> bool:
    """Return whether a query is long enough to be ranked by its characters and pairs, widened or not."""
    return len(parsed.words) > 2 and not parsed.in_title


def words_required(count: int) -> int:
    """Return the number of words, out of ``count``, that a widened search requires."""
    return max(1, round(count * 0.2))
