"""The pinyin, with tones, of the characters that differ between the two scripts.

These are the characters whose pinyin converters of web pages inject. The table was made from the readings of pypinyin
0.55 (MIT; they come from Unicode's Unihan) for every character of GBK that OpenCC changes in either direction; a second
one has all others of GB 2312, for pages that inject a reading after any character.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_TONES = frozenset("\u0300\u0301\u0304\u030c")


def readings() -> dict[str, frozenset[str]]:
    """Return for each reading, with and without its tone, the characters (of two scripts) that have it."""
    return _table("readings.txt")


@cache
def _table(name: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in (Path(__file__).parents[1] / "data" / name).read_text("utf-8").splitlines():
        reading, characters = line.split(" ")
        for form in (reading, toneless(reading)):
            table.setdefault(form, set()).update(characters)
    return {reading: frozenset(characters) for reading, characters in table.items()}


@cache
def toneless(reading: str) -> str:
    """Return a reading without its tone: ``lǜ`` becomes ``lü``."""
    parts = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))


def is_read(character: str, reading: str) -> bool:
    """Return whether ``reading``, with its tone or without any, is one of the character's."""
    return character in readings().get(unicodedata.normalize("NFC", reading.lower()), ())


@lru_cache(maxsize=8192)  # few different ones recur on a page
def is_common_read(character: str, reading: str) -> bool:
    """Say the same of a character of GB 2312 that is the same in both scripts."""
    return character in _table("readings_common.txt").get(unicodedata.normalize("NFC", reading.lower()), ())
