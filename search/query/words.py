"""Which words a text holds, apart from characters that only stand side by side: 民政 is in 民政部门, not in 人民政府.

The words of a text are those of its best cut, and those inside its compounds that end where the compound's own parts
end. A cut errs now and then, so there are two: by how often words are used (rjieba), and by the fewest words (as
``ik_smart`` of IK does), both of folded text. Only words of two or three characters that both dictionaries have are
told apart so: longer ones hardly ever arise by accident, and what no dictionary has is found by its characters.

The dictionary is ``main2012.dic`` of IK Analyzer (Apache License 2.0) without what is not Chinese.
"""

import gzip
import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from search.query import segmenter
from search.query.analysis import fold

if TYPE_CHECKING:
    import rjieba

Span = tuple[int, int]
TOLD_APART = range(2, 4)
CUTS = 2
# No word of either dictionary is longer; a token that is was never cut, and looking into it would take its square.
MAX_COMPOUND = 20
# So many characters before and behind a word tell where words end.
AROUND = 40
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]")
# A word's use is no more than this often where all words are to weigh the same; rjieba takes 0 for none.
EVEN, NEVER = 1000, 0
_cutting = threading.Lock()


@cache
def dictionary() -> str:
    """Return the words of the dictionary, a line break before and behind each."""
    packed = (resources.files("search") / "data" / "dictionary.txt.gz").read_bytes()
    return "\n" + gzip.decompress(packed).decode()


@lru_cache(maxsize=10_000)
def told_apart(word: str) -> bool:
    """Tell whether ``word`` can be told from characters that only stand side by side."""
    return len(word) in TOLD_APART and f"\n{word}\n" in dictionary() and segmenter.has_word(word)


@lru_cache(maxsize=100_000)
def inner_words(compound: str) -> tuple[str, ...]:
    """Return the words of up to three characters inside ``compound``, itself left out.

    They are those of its best cut as if no longer word were in the dictionary, and of these again.
    """
    made = dict.fromkeys(_cut_by(compound, 3)) if len(compound) > 3 else {}
    for part in [*made] or [compound]:
        made.update(dict.fromkeys(_cut_by(part, 2)) if len(part) == 3 else {})
    return tuple(word for word in made if word != compound)


@lru_cache(maxsize=4096)
def compounds(word: str) -> tuple[str, ...]:
    """Return the longer words of the dictionary that ``word`` is a part of."""
    return tuple(each for each in _around(word) if word in inner_words(each))


def text_words(text: str) -> list[str]:
    """Return the words of ``text`` that are told apart and that both cuts see, each once."""
    folded = fold(text)
    fewest = {word for token, _, _ in _fewest(folded) for word in _with_inner(token)}
    often = dict.fromkeys(word for token, _, _ in segmenter.tokenize(folded) for word in _with_inner(token))
    return [word for word in often if len(word) in TOLD_APART and word in fewest and _even().has_word(word)]


def name_words(words: list[str]) -> list[str]:
    """Return ``words`` of a name with those inside them, each once."""
    return list(dict.fromkeys(each for word in words for each in _with_inner(word)))


def holds(text: str, word: str) -> int:
    """Return how many of both cuts see ``word`` where it stands best in ``text``."""
    folded = fold(text)
    best = 0
    for found in re.finditer(re.escape(word), folded):
        best = max(best, stands(folded, found.start(), found.end()))
        if best == CUTS:
            break
    return best


def stands(folded: str, start: int, end: int) -> int:
    """Return how many of both cuts see a word from ``start`` to ``end``."""
    first = start - len(_NOT_HAN.split(folded[max(0, start - AROUND) : start])[-1])
    around = folded[first:end] + _NOT_HAN.split(folded[end : end + AROUND])[0]
    place = (start - first, end - first)
    return sum(place in _spans(around, often=often) for often in (True, False))


@lru_cache(maxsize=4096)
def _spans(folded: str, *, often: bool) -> frozenset[Span]:
    """Return where the words of ``folded`` stand, by one of the cuts."""
    cut = segmenter.tokenize if often else _fewest
    return frozenset(place for token in cut(folded) for place in _inside(*token))


def _inside(token: str, start: int, end: int) -> Iterator[Span]:
    yield start, end
    for word in inner_words(token) if _is_compound(token) else ():
        place = start + token.find(word)
        yield place, place + len(word)


def _with_inner(token: str) -> tuple[str, ...]:
    return (token, *inner_words(token)) if _is_compound(token) else (token,)


def _is_compound(token: str) -> bool:
    return 2 < len(token) <= MAX_COMPOUND


def _around(word: str) -> Iterator[str]:
    """Yield the words of the dictionary that hold the characters of ``word``, itself left out."""
    words = dictionary()
    at = words.find(word)
    while at >= 0:
        start, end = words.rfind("\n", 0, at) + 1, words.find("\n", at)
        if end - start > len(word):
            yield words[start:end]
        at = words.find(word, end)


@cache
def _of_up_to(length: int) -> "rjieba.Jieba":
    """Return a segmenter that is taught, word by word, to know none above ``length`` characters."""
    return segmenter.own()


def _cut_by(word: str, length: int) -> list[str]:
    with _cutting:
        short = _of_up_to(length)
        for each in short.cut_all(word):
            if len(each) > length:
                short.add_word(each, NEVER, None)
        return [each for each, _, _ in short.tokenize(word, "default", False)]


@cache
def _even() -> "rjieba.Jieba":
    """Return a segmenter to which all words of the dictionary are the same; it takes 0.9 s and 26 MB."""
    made = segmenter.own()
    made.clear()  # type: ignore[no-untyped-call]
    for word in dictionary().split():
        made.add_word(word, EVEN, None)
    return made


def _fewest(folded: str) -> list[tuple[str, int, int]]:
    """Return the fewest words that make up ``folded``, each with its begin and end."""
    tokens: list[tuple[str, int, int]] = _even().tokenize(folded, "default", False)
    return tokens
