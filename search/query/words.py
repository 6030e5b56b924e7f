"""Tell words in a text from characters that are only side by side: 民政 is a word of 民政部门, not of 人民政府.

The words of a text are those of its best segmentation, and those inside its compounds that end where the compound's own
parts end. A segmentation errs now and then, so there are two, both of folded text: by word frequency (rjieba), and by
the fewest words (as IK's ``ik_smart``). Only words of two or three characters that both dictionaries have are decided
this way: longer ones hardly ever arise by accident, and words in no dictionary are matched by their characters.

The dictionary is ``main2012.dic`` of IK Analyzer (Apache License 2.0) without its non-Chinese entries.
"""

import gzip
import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING

from search.query import segmenter
from search.query.analysis import fold

if TYPE_CHECKING:
    import rjieba

TOLD_APART = range(2, 4)
CUTS = 2
# No word of either dictionary is longer; a longer token was never segmented, and scanning it takes quadratic time.
MAX_COMPOUND = 20
# Characters of context before and after a word that decide its boundaries.
AROUND = 40
_HAN = re.compile(r"[\u3400-\u9fff]*")
# The equal frequency of all words in the segmenter for fewest words; 0 means none to rjieba.
EVEN, NEVER = 1000, 0
_cutting = threading.Lock()


@cache
def dictionary() -> str:
    """Return the words of the dictionary, with a line break before and after each."""
    packed = (resources.files("search") / "data" / "dictionary.txt.gz").read_bytes()
    return "\n" + gzip.decompress(packed).decode()


@lru_cache(maxsize=10_000)
def told_apart(word: str) -> bool:
    """Return whether ``word`` can be told from characters that are only side by side."""
    return len(word) in TOLD_APART and segmenter.has_word(word) and _even_segmenter().has_word(word)


@lru_cache(maxsize=100_000)
def inner_words(compound: str) -> tuple[str, ...]:
    """Return the words of up to three characters inside ``compound``, without ``compound`` itself.

    They are those of its best segmentation with a dictionary without longer words, applied recursively.
    """
    made = dict.fromkeys(_cut_by(compound, 3)) if len(compound) > 3 else {}
    for part in [*made] or [compound]:
        made.update(dict.fromkeys(_cut_by(part, 2)) if len(part) == 3 else {})
    return tuple(word for word in made if word != compound)


@lru_cache(maxsize=4096)
def compounds(word: str) -> tuple[str, ...]:
    """Return the longer words of the dictionary that contain ``word``."""
    return tuple(each for each in _containing_words(word) if word in inner_words(each))


def text_words(text: str) -> set[str]:
    """Return the ``told_apart`` words of ``text`` that both segmentations have."""
    folded = fold(text)
    often, fewest = (
        chain.from_iterable(map(_told_apart_in, [token for token in tokens if 1 < len(token) <= MAX_COMPOUND]))
        for tokens in (segmenter.cut(folded), _even_segmenter().cut(folded, False))
    )
    return set(often).intersection(fewest)


def name_words(words: list[str]) -> list[str]:
    """Return ``words`` of a name plus the words inside them, each once."""
    return list(dict.fromkeys(each for word in words for each in _with_inner(word)))


def holds(text: str, word: str) -> int:
    """Return how many of the two segmentations have ``word`` in its best place in ``text``: 0, 1 or 2."""
    folded = fold(text)
    best = 0
    for found in re.finditer(re.escape(word), folded):
        best = max(best, stands(folded, found.start(), found.end()))
        if best == CUTS:
            break
    return best


def stands(folded: str, start: int, end: int) -> int:
    """Return how many of the two segmentations have a word from ``start`` to ``end``: 0, 1 or 2."""
    return sum(_words_at(folded, start, end))


def is_word(folded: str, start: int, end: int) -> bool:
    """Return whether either segmentation has a word from ``start`` to ``end``."""
    return any(_words_at(folded, start, end))


def _words_at(folded: str, start: int, end: int) -> Iterator[bool]:
    """Yield for each segmentation whether it has a word from ``start`` to ``end``."""
    first, last = start, _HAN.match(folded, end, end + AROUND).end()  # type: ignore[union-attr]
    while first > max(0, start - AROUND) and "\u3400" <= folded[first - 1] <= "\u9fff":
        first -= 1
    around, word = folded[first:last], folded[start:end]
    yield _is_word_at(_likeliest_words(around), word, start - first)
    yield _is_word_at(_fewest_words(around), word, start - first)


@lru_cache(maxsize=4096)
def _likeliest_words(folded: str) -> list[str]:
    """Return the words that make up ``folded`` by their frequency."""
    return segmenter.cut(folded)


@lru_cache(maxsize=4096)
def _fewest_words(folded: str) -> list[str]:
    """Return the fewest words that make up ``folded``."""
    words: list[str] = _even_segmenter().cut(folded, False)
    return words


def _is_word_at(tokens: list[str], word: str, at: int) -> bool:
    """Return whether ``word`` at offset ``at`` is one of ``tokens``, or a word inside one of them."""
    start = 0
    for token in tokens:
        if start + len(token) > at:
            break
        start += len(token)
    if token == word and start == at:
        return True
    return _is_compound(token) and word in inner_words(token) and token.find(word) == at - start


def _with_inner(token: str) -> tuple[str, ...]:
    return (token, *inner_words(token)) if _is_compound(token) else (token,)


@lru_cache(maxsize=50_000)
def _told_apart_in(token: str) -> tuple[str, ...]:
    """Return the ``told_apart`` words among ``token`` and the words inside it."""
    words = (word for word in _with_inner(token) if len(word) in TOLD_APART)
    return tuple(word for word in words if segmenter.has_word(word) and _even_segmenter().has_word(word))


def _is_compound(token: str) -> bool:
    return 2 < len(token) <= MAX_COMPOUND


def _containing_words(word: str) -> Iterator[str]:
    """Yield the words of the dictionary that contain ``word``, without ``word`` itself."""
    words = dictionary()
    at = words.find(word)
    while at >= 0:
        start, end = words.rfind("\n", 0, at) + 1, words.find("\n", at)
        if end - start > len(word):
            yield words[start:end]
        at = words.find(word, end)


@cache
def _segmenter_up_to(length: int) -> "rjieba.Jieba":
    """Return a segmenter from which words above ``length`` characters can be removed one by one."""
    return segmenter.own()


def _cut_by(word: str, length: int) -> list[str]:
    with _cutting:
        short = _segmenter_up_to(length)
        for each in short.cut_all(word):
            if len(each) > length:
                short.add_word(each, NEVER, None)
        return [each for each, _, _ in short.tokenize(word, "default", False)]


@cache
def _even_segmenter() -> "rjieba.Jieba":
    """Return a segmenter with equal frequency for all words of the dictionary; it takes 0.9 s and 26 MB."""
    made = segmenter.own()
    made.clear()  # type: ignore[no-untyped-call]
    for word in dictionary().split():
        made.add_word(word, EVEN, None)
    return made
