"""What was typed, understood: words, phrases, 文号, what they may also be called, and conditions; never an error.

Simplification and folding happen here once, for both indexes and for highlighting. What cannot be parsed (an
unbalanced quotation mark, an operator) is searched as text.
"""

import re
from dataclasses import dataclass, replace

from schemas.queries import Query
from search.query.analysis import STOP_WORDS, fold, pairs, query_words, squeeze
from search.query.boosts import IN_ORDER_WEIGHTS
from search.query.hanzi import simplify
from search.query.numbers.numerals import DATE, ORDINAL, number, variants
from search.query.numbers.provisions import STATE, Provision, find_provision
from search.query.operators import Marks, read
from search.query.synonyms import Synonyms, load_shipped
from search.query.words import told_apart

MAX_CHARACTERS = 400
MAX_WORDS = 32
MAX_PHRASES = 8
MAX_FORMS = 12
MAX_OFFSET = 10_000
MAX_SIZE = 100
# Longer than any title; a question rarely stands in a text as it was typed.
IN_ORDER_CHARACTERS = range(2, 61)

# Of folded text: 国办发(2017)42号, also with 第 before the number and a space between its parts.
NUMBER = re.compile(r"([a-z\u3400-\u9fff]{1,16})\s?\(\s?((?:19|20)\d\d)\s?\)\s?(?:第\s?)?(\d{1,6})\s?号")
# The same where its brackets were lost on the way, 国办发?2017?42号 or 国办发2017 42号: so only in queries.
BARE_NUMBER = re.compile(r"([a-z\u3400-\u9fff]{1,16})[?*(-]?((?:19|20)\d\d)(?:[?*)-]\s?|\s)(\d{1,6})\s?号")
# 国务院令第711号, under whatever name of the state stands before it.
DECREE = re.compile(r"([\u3400-\u9fff]{1,20}令)\s?\(?第\s?(\d{1,6})\s?号\)?")
YEARS = re.compile(r"([0-9]{4}|[〇零○一二三四五六七八九]{4})?年?(-)?([0-9]{4}|[〇零○一二三四五六七八九]{4})?年?")

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of a query that together have synonyms, in squeezed form: all of ``words`` or any of ``forms`` will do."""

    words: tuple[str, ...]
    forms: Forms


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query in the form both indexes search for.

    Attributes:
        words: Bare words, folded and simplified, each once.
        phrases: What must stand, each as its alternatives in squeezed form (simplified, and as typed where that
            differs, with other numerals, behind an OR).
        numbers: 文号 by their ``number_key``.
        text: The bare text in squeezed form, for matches that keep its order.
        groups: What words may also be called; no word is in two.
        without: What must not stand, as ``phrases``.
        issuer: A part of the issuer's name.
        years: First and last year, inclusive.
        in_title: Whether words and phrases must stand in the title.
        provision: The article of a law asked for.
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

    @property
    def empty(self) -> bool:
        """Whether there is nothing to search for, so that everything is listed."""
        return not (self.words or self.phrases or self.numbers or self.without)

    @property
    def title(self) -> str:
        """Return the ``title_key`` of a title typed back."""
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
        """Return the words without lone Chinese characters, which stand in most texts, unless there is nothing else."""
        return tuple(word for word in self.words if len(word) > 1 or word.isascii()) or self.words

    @property
    def told_apart(self) -> tuple[str, ...]:
        """Return the words and their synonyms that are found as words, not by their characters."""
        called = [form for group in self.groups for form in group.forms]
        return tuple(word for word in dict.fromkeys([*self.words, *called]) if told_apart(word))

    @property
    def pairs(self) -> tuple[str, ...]:
        """Return the pairs of characters a question is ranked by, each once."""
        return tuple(dict.fromkeys(pair for pair in pairs(self.text) if pair.isalnum()))

    @property
    def singles(self) -> tuple[str, ...]:
        """Return the single characters a question is ranked by, each once, those of grammar left out."""
        return tuple(dict.fromkeys(each for each in self.text if each.isalnum() and each not in STOP_WORDS))


def clamp(query: Query) -> Query:
    """Return ``query`` within what an index can be asked: sizes in range, text that is Unicode."""
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
    """Return ``text`` with halves of surrogate pairs replaced, which no index can be sent."""
    return text.encode(errors="replace").decode()


def parse(text: str, synonyms: Synonyms | None = None) -> ParsedQuery:
    """Return what ``text`` asks for; only its first ``MAX_CHARACTERS`` characters count.

    Args:
        text: As typed.
        synonyms: Those shipped where None.
    """
    typed = text[:MAX_CHARACTERS]
    marks = read(typed)
    bare, more = _number_of(marks)
    years = _years(marks)
    if years is None:
        bare += " " + marks.fields["year"]
    numbers, rest = _numbers(bare)
    words, groups = _words(rest, synonyms or load_shipped())
    phrases = [*_forms(marks.phrases), *more]
    without = _forms([[each] for each in marks.without])
    issuer = simplify(marks.fields.get("issuer", "")).strip() or None
    if not (words or phrases or numbers or without or issuer or marks.fields) and typed.strip():
        # Only marks or an emoji: they are characters like others.
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
    )


def phrases_of(found: list[Forms]) -> tuple[Forms, ...]:
    """Return the phrases that are not empty, each once, no more than an index is asked for."""
    return tuple(dict.fromkeys(forms for forms in found if forms))[:MAX_PHRASES]


def _number_of(marks: Marks) -> tuple[str, list[Forms]]:
    """Return the bare text with the 文号 asked for by its mark, or that as a phrase where it is only a part of one."""
    bare, typed = fold(simplify(marks.bare)), fold(simplify(marks.fields.get("number", "")))
    if _numbers(typed)[0]:
        return f"{bare} {typed}", []
    return bare, _forms([[typed]] if typed else [])


def _years(marks: Marks) -> tuple[int | None, int | None] | None:
    """Return the years asked for by their mark; None where it says no year."""
    if "year" not in marks.fields:
        return (None, None)
    found = YEARS.fullmatch(squeeze(marks.fields["year"]))
    if found is None or not (found[1] or found[3]):
        return None
    first, last = (number(part) if part else None for part in (found[1], found[3]))
    return (first, last) if found[2] else (first or last, first or last)


def _words(rest: str, synonyms: Synonyms) -> tuple[tuple[str, ...], tuple[WordGroup, ...]]:
    """Return the bare words of folded ``rest`` and what they may also be called."""
    dated = [each for pattern in (DATE, ORDINAL) for each in pattern.finditer(rest)]
    ordinals = list(dict.fromkeys(squeeze(each[0]) for each in dated))
    plain = ORDINAL.sub(" ", DATE.sub(" ", rest)) if ordinals else rest
    whole = _torn(plain, synonyms)
    for name in whole:
        plain = plain.replace(name, " ")
    words = tuple([*(query_words(plain) if plain.strip() else []), *whole, *ordinals][:MAX_WORDS])
    groups = [WordGroup((each,), others) for each in ordinals if (others := variants(each)[1:]) and each in words]
    taken = {word for group in groups for word in group.words}
    for called, forms in synonyms.find_words(squeeze(rest)):
        own = (called,) if called in whole else tuple(query_words(called))
        if own and set(own) <= set(words) and taken.isdisjoint(own):
            taken.update(own)
            groups.append(WordGroup(own, forms))
    return words, tuple(groups[:MAX_PHRASES])


def _torn(plain: str, synonyms: Synonyms) -> list[str]:
    """Return the words with synonyms that others of ``plain`` are cut across: 公租房申请 is no 租房."""
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


def _numbers(bare: str) -> tuple[list[str], str]:
    """Return the keys of the 文号 in folded ``bare``, and what stands beside them."""
    numbers = [_key(match) for match in NUMBER.finditer(bare)]
    rest = NUMBER.sub(" ", bare)
    numbers += [_key(match) for match in BARE_NUMBER.finditer(rest)]
    rest = BARE_NUMBER.sub(" ", rest)
    return numbers + [_decree_key(match) for match in DECREE.finditer(rest)], DECREE.sub(" ", rest)


def _key(match: re.Match[str]) -> str:
    return f"{match[1]}({match[2]}){int(match[3])}号"


def _decree_key(match: re.Match[str]) -> str:
    return f"{match[1].removeprefix(STATE)}第{int(match[2])}号"


def number_key(document_number: str) -> str:
    """Return a 文号 in the one form it is compared in: 国办发〔2017〕第042号 and 国办发[2017]42号 are the same."""
    return DECREE.sub(_decree_key, NUMBER.sub(_key, squeeze(simplify(document_number))))


def in_order_weights(parsed: ParsedQuery) -> dict[str, float]:
    """Return the fields in which the bare text counts more where it stands as it was typed."""
    if len(parsed.text) not in IN_ORDER_CHARACTERS:
        return {}
    # One word has no order; in the text it is found already, and running through it again is the dearest part.
    return {name: weight for name, weight in IN_ORDER_WEIGHTS.items() if name != "text" or len(parsed.words) > 1}


def title_key(title: str) -> str:
    """Return a title in the one form it is compared in: its letters and digits, whatever marks stand between them."""
    return "".join(filter(str.isalnum, fold(title[:MAX_CHARACTERS])))


def number_keys(number: str) -> list[str]:
    """Return the keys ``number`` may stand for: words typed right before a 文号 may not belong to it."""
    return [number[start:] for start in range(_head(number))]


def short_number(number: str) -> str:
    """Return the end of a 文号 that still identifies it inside running text: 国办发(2017)42号 of 见国办发(2017)42号."""
    return number[max(0, _head(number) - 3) :]


def _head(number: str) -> int:
    """Return where the issuer's name ends in a 文号 key."""
    return number.index("(") if "(" in number else number.index("令")


def is_question(parsed: ParsedQuery) -> bool:
    """Tell whether a query is long enough to be ranked by its characters and pairs, whether it is widened or not."""
    return len(parsed.words) > 2 and not parsed.in_title


def words_required(count: int) -> int:
    """Return how many of ``count`` words a widened search asks for."""
    return max(1, round(count * 0.2))
