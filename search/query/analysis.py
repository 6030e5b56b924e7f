"""Text analysis for indexes and queries: folding, words, single characters and their pairs.

Folding must keep the length of a text, because offsets in folded text are used as offsets in the text itself. Nothing
here depends on an index; the Elasticsearch mapping takes its character table from ``foldable_characters``.
"""

import re
from array import array
from collections.abc import Callable
from functools import cache, lru_cache
from operator import add
from unicodedata import normalize

from search.query.hanzi import regional_forms, simplified_forms
from search.query.segmenter import cut_for_search, has_word, tokenize

BRACKETS = {"(": "〔［【〖（﹝[⟦", ")": "〕］】〗）﹞]⟧"}
PUNCTUATION = {'"': "“”„‟「」『』﹁﹂", "'": "‘’‚‛", "-": "‐‑‒–—―−﹣", "·": "•‧∙⋅・･", "~": "〜～"}
# Small digits of formulas and units: O₃, m².
SMALL = {
    **{chr(0x2080 + digit): str(digit) for digit in range(10)},
    **{small: str(digit) for digit, small in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}
# Unicode blocks of compatibility characters: letter-like symbols and Roman numerals, units (㎡), fractions, ligatures,
# radicals and characters from older encodings.
_COMPATIBLE = (
    range(0x00BC, 0x00BF),
    range(0x2100, 0x218C),
    range(0x2E80, 0x2FD6),
    range(0x3371, 0x33E0),
    range(0xF900, 0xFB07),
)
SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029\u0085"
)

# ASCII white space as str.split has it.
BLANKS = " \t\n\u000b\f\r\u001c\u001d\u001e\u001f"

_GRAMMAR = """
的 了 和 与 及 或 是 在 也 都 就 又 而 被 把 对 从 向 给 有 没有 会 能 要 想 一个 吗 呢 吧 啊 么 请问
我 你 他 她 它 我们 你们 他们 谁 这 那 这个 那个 什么 怎么 怎样 如何 为什么 多少 哪些 哪个 哪里
是否 能否 可否 能不能 是不是 有没有 会不会 可不可以 怎么办 怎么样 为何 何时 多久 多长 几 吗 该 应该 可以 之 其 所 等
a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was
will with
"""
LETTER_MEETS_DIGIT = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")
# The English ones are those the IK analyzers leave out of an index.
STOP_WORDS = frozenset(_GRAMMAR.split())


@cache
def foldable_characters() -> dict[str, str]:
    """Return every character that folds to another one: width, brackets, quotes, dashes, spaces and script."""
    table = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)}
    table |= {odd: plain for plain, odds in (BRACKETS | PUNCTUATION).items() for odd in odds}
    single = {odd: plain for odd, plain in _compatible_characters().items() if len(plain) == 1}
    # A final sigma would make lower case depend on the context, and U+0130 is longer in lower case.
    simple = simplified_forms() | regional_forms()
    single = {odd: simple.get(plain, plain) for odd, plain in single.items()}
    return table | dict.fromkeys(SPACES, " ") | {"ς": "σ", "\u0130": "i"} | SMALL | single | simple


@cache
def _compatible_characters() -> dict[str, str]:
    """Return the NFKC form (compatibility decomposition of Unicode) of each character of ``_COMPATIBLE``."""
    characters = [chr(code) for block in _COMPATIBLE for code in block]
    made = {each: normalize("NFKC", each).replace("\u2044", "/") for each in characters}
    return {odd: plain.lower() for odd, plain in made.items() if odd != plain and not any(map(str.isspace, plain))}


@cache
def composed_characters() -> dict[str, str]:
    """Return every character that expands to several: ㎡ is m², Ⅲ is III, № is No, ½ is 1/2."""
    return {odd: plain for odd, plain in _compatible_characters().items() if len(plain) > 1}


@cache
def _composed_pattern() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(composed_characters()))}]")


def expand(text: str) -> str:
    """Return ``text`` with every composed character written out; the result is longer if anything changed."""
    table = composed_characters()
    return _composed_pattern().sub(lambda found: table[found[0]], text)


def expanded_places(text: str) -> list[int] | None:
    """Return the place in ``text`` of each character of ``expand(text)``; None if the two are equal."""
    if not _composed_pattern().search(text):
        return None
    table = composed_characters()
    return [place for place, character in enumerate(text) for _ in table.get(character, character)]


@cache
def _foldable_pattern() -> re.Pattern[str]:
    return re.compile(f"([{re.escape(''.join(foldable_characters()))}])")


@lru_cache(maxsize=128)
def fold(text: str) -> str:
    """Return ``text`` with width, case, marks, spaces and script made uniform; the length stays the same."""
    # The last results are kept: the text of a row is folded for its characters, its words and its numbers, and those of
    # a page of hits for the words they hold and for marks.
    table = foldable_characters()
    # Six times as fast as str.translate, because most characters do not change; a call for each match costs a quarter.
    parts = _foldable_pattern().split(text)
    parts[1::2] = map(table.__getitem__, parts[1::2])
    return "".join(parts).lower().replace("ς", "σ")


def squeeze(text: str) -> str:
    """Return ``text`` expanded, folded and without white space: the form for comparing exact phrases and 文号."""
    return "".join(fold(expand(text)).split())


def grams(text: str) -> str:
    """Return the index terms of a text, with a space between them: each character, and the pair it begins.

    A phrase matches exactly on the pairs, which have every second position. The terms are laid out in memory: put
    together one by one, they cost ten times as much.
    """
    plain = _code_points(squeeze(text))
    if not plain:
        return ""
    made = _code_points(" ") * (5 * len(plain) - 4)
    made[0::5], made[2::5], made[3::5] = plain, plain[:-1], plain[1:]
    return made.tobytes().decode("utf-32-le")


def _code_points(text: str) -> "array[int]":
    return array("I", text.encode("utf-32-le"))


def pairs(squeezed: str) -> list[str]:
    """Return all pairs of adjacent characters."""
    return list(map(add, squeezed, squeezed[1:]))


def index_words(text: str, cut: Callable[[str, bool], list[str]] = cut_for_search) -> list[str]:
    """Return the words ``text`` is indexed under: dictionary words, including shorter ones inside longer ones.

    The hidden Markov model that guesses unknown words is off: its guesses depend on the context, so the same name
    would be segmented differently in a text and in a query.
    """
    return [word for word in cut(_separate_letters(fold(text)), False) if not word.isspace()]


def _separate_letters(text: str) -> str:
    """Return ``text`` with letters and digits separated, so that gb/t9704 and gb/t 9704 are the same words."""
    return LETTER_MEETS_DIGIT.sub(" ", text)


def query_words(text: str) -> list[str]:
    """Return the search words of simplified, folded ``text``, each once, in order.

    Characters that form no dictionary word stay together as one unknown word. Stop words are left out unless there is
    nothing else.
    """
    words: list[str] = []
    previous_end = -1
    for word, start, end in tokenize(_separate_letters(text)):
        if not any(character.isalnum() for character in word):
            continue
        if words and len(word) == 1 and start == previous_end and _joins(word) and _joins(words[-1]):
            words[-1] += word
        else:
            words.append(word)
        previous_end = end
    distinct = list(dict.fromkeys(words))
    return [word for word in distinct if word not in STOP_WORDS] or distinct


def is_cut_apart(word: str) -> bool:
    """Return whether an index may not hold ``word`` as one word, so that it must be matched by its characters."""
    return not word.isascii() and (len(word) == 1 or not has_word(word))


def _joins(word: str) -> bool:
    return word not in STOP_WORDS and is_cut_apart(word)
