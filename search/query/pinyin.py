"""Pinyin without tones of the 3,755 common characters of GB 2312-80 level 1; not for others.

GB 2312-80 level 1 is sorted by pinyin, so the first character of each syllable (``data/pinyin.txt``) determines the
syllable of all others.
"""

from bisect import bisect_right
from importlib import resources

_SYLLABLES = (resources.files("search") / "data" / "pinyin.txt").read_text("utf-8").split()
_NAMES = [each[:-1] for each in _SYLLABLES]
_BOUNDS = [each[-1].encode("gb2312") for each in _SYLLABLES]
_LAST = "座".encode("gb2312")


def syllable(character: str) -> str:
    """Return the pinyin of ``character`` (ü is v), an ASCII character unchanged, "" for any other."""
    if character.isascii():
        return character
    code = character.encode("gb2312", "ignore")
    return _NAMES[bisect_right(_BOUNDS, code) - 1] if _BOUNDS[0] <= code <= _LAST else ""


def pinyin(text: str) -> str:
    """Return the pinyin of ``text`` without spaces: zhengfu of 政府."""
    return "".join(map(syllable, text))


def initials(text: str) -> str:
    """Return the first letter of each syllable: zf of 政府."""
    return "".join(syllable(character)[:1] for character in text)
