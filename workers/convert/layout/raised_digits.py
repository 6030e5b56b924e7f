"""Raised digits of a fixed page: an exponent or the mark of a note is no digit of the number it stands behind.

A raised run is smaller than its line and stands above the baseline; 10 with a raised 5 is written 10⁵. A lowered one
stands below it: H₂O.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from workers.convert.text.notation import lower_text, raise_text

if TYPE_CHECKING:
    from workers.convert.layout.segment import Segment

_DIGITS = re.compile(r"[0-9]+")
_WHOLE = re.compile(r"[-+−]?[0-9]{1,3}|n|[\[(（【]?[0-9]{1,2}[\])）】]?")
_RISE = 0.15  # of the font size of the line
_HIGHEST = 0.75
_DROP, _LOWEST = -0.08, -0.5
_SMALL = 0.85
_APART = 0.35


def with_raised(text: str, size: float, rise_of: Callable[[int], float], size_of: Callable[[int], float]) -> str:
    """Return the text of one segment with its raised digits as superscripts, and lowered ones as subscripts.

    Args:
        text: Its characters.
        size: Its font size in points.
        rise_of: Returns how far a character stands above the baseline, by its offset.
        size_of: Returns the font size of a character, by its offset.
    """

    def shift_of(offset: int) -> int:
        rise = rise_of(offset)
        if not (_RISE * size < rise < _HIGHEST * size or _LOWEST * size < rise < _DROP * size):
            return 0
        return (1 if rise > 0 else -1) if size_of(offset) < _SMALL * size else 0

    found: list[str] = []
    for digits in _DIGITS.finditer(text):
        # Shifted digits end their run, so that one look tells an ordinary number; the first of all is not shifted.
        at = digits.end()
        shift = shift_of(at - 1) if at > 1 else 0
        if not shift:
            continue
        found = found or list(text)
        while at > digits.start() and shift_of(at - 1) == shift:
            at -= 1
        if shift > 0:
            start = at - (at > 0 and text[at - 1] in "-−+" and shift_of(at - 1) > 0)
            found[start : digits.end()] = raise_text(text[start : digits.end()])
        elif shift < 0 and "." not in text[max(0, at - 1) : at] + text[digits.end() : digits.end() + 1]:
            found[at : digits.end()] = lower_text(text[at : digits.end()])
    return "".join(found) or text


def settle_raised(segments: list["Segment"]) -> list["Segment"]:
    """Put raised digits that are segments of their own on the line they belong to, as superscripts."""
    small = _SMALL * max([segment.size for segment in segments], default=0.0)
    marks = [
        segment
        for segment in segments
        if segment.size < small and segment.angle == 0 and len(segment.text) <= 4 and _WHOLE.fullmatch(segment.text)
    ]
    if not marks:
        return segments
    ends = sorted((segment.x1, order) for order, segment in enumerate(segments))
    near = _APART * small / _SMALL
    for mark in marks:
        ended = ends[bisect_left(ends, (mark.x0 - near, 0)) : bisect_right(ends, (mark.x0 + near, len(ends)))]
        orders = sorted(order for _, order in ended)
        owner = next((segments[order] for order in orders if _owns(segments[order], mark)), None)
        if owner is not None:
            mark.text, mark.y = raise_text(mark.text), owner.y
    return segments


def _owns(other: "Segment", mark: "Segment") -> bool:
    return (
        other.angle == 0
        and other is not mark
        and abs(mark.x0 - other.x1) < _APART * other.size
        and _RISE * other.size < mark.y - other.y < _HIGHEST * other.size
        and mark.size < _SMALL * other.size
    )
