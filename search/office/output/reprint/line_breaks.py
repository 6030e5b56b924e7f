"""Text broken into lines: Chinese characters of full width, Latin ones of half, no punctuation where none may be."""

import unicodedata
from collections.abc import Callable, Iterator

_NOT_FIRST = frozenset("，。、；：？！）〕】》〉」』”’…—～·％‰℃,.;:?!)]}%")
_NOT_LAST = frozenset("（〔【《〈「『“‘([{￥")
_MOST = 16
"""How many characters at most go over to the next line: a long address is divided, no line left half empty for it."""


def width_of(character: str) -> int:
    """Return the width of a character in halves of a Chinese one."""
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def break_lines(text: str, room: int, *, indent: int = 0) -> Iterator[str]:
    """Yield the lines of a paragraph, without white space where they are broken.

    Args:
        text: The paragraph.
        room: Width of a line, in halves of a Chinese character.
        indent: By how much less the first line holds.
    """
    room -= indent
    text, start = text.rstrip(), 0
    while start < len(text):
        end = _break_of(text, start, _fitting(text, start, room))
        yield text[start:end].rstrip()
        start = end
        while start < len(text) and text[start].isspace():
            start += 1
        room += indent
        indent = 0


def _fitting(text: str, start: int, room: int) -> int:
    """Return where the characters end that have room, at least one."""
    for index in range(start, len(text)):
        room -= width_of(text[index])
        if room < 0:
            return max(index, start + 1)
    return len(text)


def _break_of(text: str, start: int, end: int) -> int:
    """Return where a line is broken that has room up to ``end``: there if no better place is near."""
    if end == len(text):
        return end
    rules: tuple[Callable[[str, str], bool], ...] = (
        lambda last, first: not (_is_barred(last, first) or _is_word(last + first)),
        lambda last, first: not _is_barred(last, first),
    )
    for may_break in rules:
        for place in range(end, max(end - _MOST, start), -1):
            if may_break(text[place - 1], text[place]):
                return place
    return end


def _is_barred(last: str, first: str) -> bool:
    return first in _NOT_FIRST or last in _NOT_LAST


def _is_word(pair: str) -> bool:
    return pair.isascii() and not any(map(str.isspace, pair))
