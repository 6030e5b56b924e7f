"""How characters are read: the pinyin of those that differ between the two scripts, with tones.

These are the characters whose pinyin converters of web pages inject. The table was made from the readings of pypinyin
0.55 (MIT; they come from Unicode's Unihan) for every character of GBK that OpenCC changes in either direction.
"""

import unicodedata
from functools import cache
from pathlib import Path

_TONES = frozenset("\u0300\u0301\u0304\u030c")


@cache
def readings() -> dict[str, frozenset[str]]:
    """Return for each reading, with and without its tone, the characters that have it."""
    table: dict[str, set[str]] = {}
    for line in (Path(__file__).parents[1] / "data/readings.txt").read_text("utf-8").splitlines():
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
    """Say whether ``reading``, with its tone or without any, is one of the character's."""
    return character in readings().get(unicodedata.normalize("NFC", reading.lower()), ())
