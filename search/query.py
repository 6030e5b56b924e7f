"""What was typed, understood: bare words, exact phrases and 文号; never an error.

Simplification and folding happen here once, for both indexes and for highlighting. What cannot be parsed (an
unbalanced quotation mark, an operator) is searched as text.
"""

import re
from dataclasses import dataclass, replace

from schemas.queries import Query
from search.analysis import fold, query_words, squeeze
from search.script import simplify

MAX_CHARACTERS = 400
MAX_WORDS = 32
MAX_PHRASES = 8
MAX_OFFSET = 10_000
MAX_SIZE = 100
# Weights of the fields, measured on 300 lay questions over 58,713 articles of law (nDCG@10 0.26 with titles at 2, 0.31
# so): all sections of an article share the words of its title. A title typed back is found by their order.
WORD_WEIGHTS = {"title": 0.4, "heading": 0.8, "path": 0.4, "text": 1.0}
CHARACTER_WEIGHTS = {"title": 0.4, "path": 0.4, "text": 1.0}
PHRASE_WEIGHTS = {"title": 2.0, "path": 1.5, "text": 1.0}
IN_ORDER_WEIGHTS = {"title": 3.0, "path": 2.0, "text": 1.0}
# What one field adds to the best one.
TIE_BREAKER = 0.1
NUMBER_WEIGHT = 20.0
TITLE_WEIGHT = 20.0
EVERY_WORD_WEIGHT = 10.0
# Longer than any title; a question rarely stands in a text as it was typed.
IN_ORDER_CHARACTERS = range(2, 61)
# A search for more than two words that matches fewer articles than this with all of them is widened to some.
ENOUGH = 10

QUOTED = re.compile(r'["“”„‟＂]([^"“”„‟＂]*)["“”„‟＂]|[「『]([^「『」』]*)[」』]')
# Of folded text: 国办发(2017)42号, also with 第 before the number and a space between its parts.
NUMBER = re.compile(r"([a-z\u3400-\u9fff]{1,16})\s?\(\s?((?:19|20)\d\d)\s?\)\s?(?:第\s?)?(\d{1,6})\s?号")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query in the form both indexes search for.

    Attributes:
        words: Bare words, folded and simplified, each once.
        phrases: Exact phrases, each as its alternatives in squeezed form (simplified, and as typed where that differs).
        numbers: 文号 by their ``number_key``.
        text: The bare text in squeezed form, for matches that keep its order.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    text: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to search for, so that everything is listed."""
        return not (self.words or self.phrases or self.numbers)

    @property
    def title(self) -> str:
        """Return the ``title_key`` of a title typed back."""
        return title_key(self.text)

    @property
    def marked(self) -> tuple[str, ...]:
        """Return everything to highlight, in squeezed form."""
        alternatives = [form for phrase in self.phrases for form in phrase]
        numbers = [form for number in self.numbers for form in (number, short_number(number))]
        return tuple(dict.fromkeys([*alternatives, *numbers, *self.words]))


def bounded(query: Query) -> Query:
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


def parse(text: str) -> Parsed:
    """Return what ``text`` asks for; only its first ``MAX_CHARACTERS`` characters count."""
    typed = text[:MAX_CHARACTERS]
    quoted = ["".join(match.groups(default="")) for match in QUOTED.finditer(typed)]
    bare = fold(simplify(QUOTED.sub(" ", typed)))
    numbers = [_key(match) for match in NUMBER.finditer(bare)]
    rest = NUMBER.sub(" ", bare)
    words = query_words(rest)
    if not (words or quoted or numbers):
        # Only marks or an emoji: they are characters like others.
        quoted = [typed]
    phrases = [tuple(dict.fromkeys((squeeze(simplify(phrase)), squeeze(phrase)))) for phrase in quoted]
    return Parsed(
        words=tuple(words[:MAX_WORDS]),
        phrases=tuple(dict.fromkeys(phrase for phrase in phrases if phrase[0]))[:MAX_PHRASES],
        numbers=tuple(dict.fromkeys(numbers))[:MAX_PHRASES],
        text=squeeze(rest).strip("?!.,;:。、·"),
    )


def _key(match: re.Match[str]) -> str:
    return f"{match[1]}({match[2]}){int(match[3])}号"


def number_key(document_number: str) -> str:
    """Return a 文号 in the one form it is compared in: 国办发〔2017〕第042号 and 国办发[2017]42号 are the same."""
    return NUMBER.sub(_key, squeeze(simplify(document_number)))


def in_order_weights(parsed: Parsed) -> dict[str, float]:
    """Return the fields in which the bare text counts more where it stands as it was typed."""
    if len(parsed.text) not in IN_ORDER_CHARACTERS:
        return {}
    # One word has no order; in the text it is found already, and running through it again is the dearest part.
    return {name: weight for name, weight in IN_ORDER_WEIGHTS.items() if name != "text" or len(parsed.words) > 1}


def title_key(title: str) -> str:
    """Return a title in the one form it is compared in: its letters and digits, whatever marks stand between them."""
    return "".join(character for character in fold(title[:MAX_CHARACTERS]) if character.isalnum())


def number_keys(number: str) -> list[str]:
    """Return the keys ``number`` may stand for: words typed right before a 文号 may not belong to it."""
    head = number.index("(")
    return [number[start:] for start in range(head)]


def short_number(number: str) -> str:
    """Return the end of a 文号 that still identifies it inside running text: 国办发(2017)42号 of 见国办发(2017)42号."""
    return number[max(0, number.index("(") - 3) :]


def widens(parsed: Parsed, documents: int) -> bool:
    """Tell whether a search for every word, which found so many articles, goes on to one for some of the words."""
    return documents < (ENOUGH if len(parsed.words) > 2 else 1) and len(parsed.words) > 1


def words_required(count: int) -> int:
    """Return how many of ``count`` words a widened search asks for."""
    return max(1, round(count * 0.2))
