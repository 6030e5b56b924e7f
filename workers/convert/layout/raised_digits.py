"""Raised digits of a fixed page: an exponent or the mark of a note is no digit of the number it stands behind.

A raised run is smaller than its line and stands above the baseline; 10 with a raised 5 is written 10⁵.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from workers.convert.text.notation import raise_text

if TYPE_CHECKING:
    from workers.convert.layout.segment import Segment

_DIGITS = re.compile(r"[0-9]+")
_WHOLE = re.compile(r"[-+−]?[0-9]{1,3}|n|[\[(（【]?[0-9]{1,2}[\])）】]?")
_RISE = 0.15  # of the font size of the line
_HIGHEST = 0.75
_SMALL = 0.85
_APART = 0.35


def with_raised(text: str, size: float, rise_of: Callable[[int], float], size_of: Callable[[int], float]) -> str:
    """Return the text of one segment with its raised digits as superscripts.

    Args:
        text: Its characters.
        size: Its font size in points.
        rise_of: Returns how far a character stands above the baseline, by its offset.
        size_of: Returns the font size of a character, by its offset.
    """

    def is_raised(offset: int) -> bool:
        return _RISE * size < rise_of(offset) < _HIGHEST * size and size_of(offset) < _SMALL * size

    found = list(text)
    for digits in _DIGITS.finditer(text):
        # Raised digits end their run, so that one look tells an ordinary number.
        at = digits.end()
        while at > digits.start() and is_raised(at - 1):
            at -= 1
        if at < digits.end():
            start = at - (at > 0 and text[at - 1] in "-−+" and is_raised(at - 1))
            found[start : digits.end()] = raise_text(text[start : digits.end()])
    return "".join(found)


def settle_raised(segments: list["Segment"]) -> list["Segment"]:
    """Put raised digits that are segments of their own on the line they belong to, as superscripts."""
    largest = max((segment.size for segment in segments), default=0.0)
    for segment in segments:
        if (
            segment.size < _SMALL * largest
            and segment.angle == 0
            and len(segment.text) <= 4
            and _WHOLE.fullmatch(segment.text)
        ):
            owner = next((other for other in segments if _owns(other, segment)), None)
            if owner is not None:
                segment.text, segment.y = raise_text(segment.text), owner.y
    return segments


def _owns(other: "Segment", mark: "Segment") -> bool:
    return (
        other.angle == 0
        and other is not mark
        and abs(mark.x0 - other.x1) < _APART * other.size
        and _RISE * other.size < mark.y - other.y < _HIGHEST * other.size
        and mark.size < _SMALL * other.size
    )
