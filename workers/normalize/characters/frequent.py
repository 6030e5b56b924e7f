"""The characters of ordinary Chinese text, to distinguish text from misread bytes."""

from functools import cache, lru_cache
from pathlib import Path

from workers.normalize.characters.script import simplify

_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉〔〕【】—…·％－　" + "".join(map(chr, range(0xFF10, 0xFF1A))))


@lru_cache(maxsize=8192)
def is_frequent(character: str) -> bool:
    """Return whether a character, in either script, is of the 2,500 most frequent or Chinese punctuation.

    Counted over the word frequencies of jieba 0.42 (MIT); 疲 is among them, 惺 and 箠 are not.
    """
    return len(character) == 1 and (character in _PUNCTUATION or simplify(character) in _frequent())


@cache
def _frequent() -> frozenset[str]:
    return frozenset((Path(__file__).parents[1] / "data/frequent.txt").read_text("utf-8").replace("\n", ""))
