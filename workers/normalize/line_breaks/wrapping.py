"""Detects plain text wrapped at a fixed width, as by editors and PDF exports of the nineties."""

from collections import Counter
from collections.abc import Sequence
from unicodedata import east_asian_width

from workers.runtime.lazy_regex import lazy_compile

# Most of the characters that are wide, in one step instead of one by one.
_WIDE = lazy_compile("[\u4e00-\u9fff，。、；：！？（）《》“”]+")
_NARROWEST, _WIDEST = 40, 160  # columns
_RAGGED = 3  # columns a full line may lack because a punctuation mark must not begin the next
_MIN_FULL = 6
_FULL_SHARE = 0.4
_WIDER_SHARE = 0.03


def wrap_width(texts: Sequence[str]) -> int | None:
    """Return the width in columns at which lines are wrapped, or None if they are not.

    Wrapped text has hardly a line wider than the width and very many that just fill it.
    """
    widths = Counter(min(columns(text), _WIDEST + 1) for text in texts)
    wider = 0
    for width in range(_WIDEST + 1, _NARROWEST - 1, -1):
        if wider > _WIDER_SHARE * len(texts):
            return None
        full = sum(widths[near] for near in range(width - _RAGGED, width + 1))
        if width <= _WIDEST and full >= max(_MIN_FULL, _FULL_SHARE * len(texts)):
            return width
        wider += widths[width]
    return None


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal; beyond the widest page its length will do."""
    if len(text) > _WIDEST:
        return len(text)
    rest = _WIDE.sub("", text)
    return 2 * (len(text) - len(rest)) + sum(2 if east_asian_width(character) in "WFA" else 1 for character in rest)
