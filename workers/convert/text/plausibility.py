"""How much a stretch of text looks like Chinese as offices write it; the measure by which encodings are told apart."""

import re
import unicodedata
from functools import cache
from pathlib import Path

_PUNCTUATION = "　、。，；：？！“”‘’《》（）〈〉【】〔〕「」『』—…·％＋－０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩○●◆■△▲→×"
_BROKEN = -3.0
_NEUTRAL = re.compile("[\x20-\x7e\t\n\r\f]+")


def plausibility(text: str) -> float:
    """Return the mean weight of the characters beyond printable ASCII: near 1 for Chinese, below 0 for noise.

    Text of printable ASCII alone is 0.5, the empty string 0.
    """
    beyond = beyond_ascii(text)
    return weight(beyond) if beyond or not text else 0.5


def beyond_ascii(text: str) -> str:
    """Return the characters of a text that say something about its encoding."""
    return _NEUTRAL.sub("", text)


def weight(beyond: str) -> float:
    """Return the mean weight of characters, 0 of none."""
    return sum(map(_WEIGHTS.__getitem__, beyond)) / len(beyond) if beyond else 0.0


class _Weights(dict[str, float]):
    """Weights of the characters met so far: a look-up in C for each character, a call only for the first of each."""

    def __missing__(self, character: str) -> float:
        self[character] = weight = _weight(character)
        return weight


_WEIGHTS = _Weights()


def _weight(character: str) -> float:
    if character in _common():
        return 1.0
    if character in _first_level():
        return 0.6
    code = ord(character)
    if 0x4E00 <= code <= 0x9FFF:
        return 0.1
    if code == 0xFFFD or unicodedata.category(character) in {"Cc", "Co", "Cn", "Cs"}:
        return _BROKEN
    return -0.3 if code > 0xFFFF or 0xAC00 <= code <= 0xD7FF else 0.0


@cache
def _common() -> frozenset[str]:
    path = Path(__file__).with_name("common_characters.txt")
    return frozenset(path.read_text("utf-8").replace("\n", "") + _PUNCTUATION)


@cache
def _first_level() -> frozenset[str]:
    """Return the frequent halves of both standards: GB 2312 rows 16 to 55 and the first level of Big5."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    simplified = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    traditional = bytes(b for row in range(0xA4, 0xC6) for cell in trails for b in (row, cell))
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))
