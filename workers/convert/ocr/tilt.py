"""Boxes around lines of a page that is not quite straight, as on photographs, to lines that are.

An upright box around a line that rises or falls is higher than its letters: by how much says how steep the line is, and
that lines stand at even distances says which way. Perspective makes the lines of a page differ, so that each is judged
by its neighbours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_LONG = 8.0  # ems; the width of such a line tells the size of its letters to 2 % (measured)
_NEIGHBOURS = 5
_SAME_EM, _SAME_HEIGHT = 0.1, 0.25  # letters of one size differ by so much, by width of a long line, by height


@dataclass(frozen=True, slots=True)
class Box:
    """An upright box around a line of text, in pixels from the left and the top.

    Attributes:
        left: Its edges.
        top: See ``left``.
        right: See ``left``.
        bottom: See ``left``.
        text: What stands in it.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def width(self) -> float:
        """Its width, never 0."""
        return max(1.0, self.right - self.left)

    @property
    def ems(self) -> float:
        """Its width in letters as wide as Han."""
        return max(0.5, sum(1.0 if letter >= "\u2e80" or letter in "“”‘’—…" else 0.5 for letter in self.text))


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A line as it would stand on a straight page, in pixels.

    Attributes:
        box: As it stands on the picture.
        middle: Distance of its middle from the top, where the left edge of the text is.
        size: Of its letters.
    """

    box: Box
    middle: float
    size: float


def level(boxes: Sequence[Box]) -> list[LevelLine]:
    """Return the lines of a page in the order of the boxes."""
    long = sorted((box for box in boxes if box.ems >= _LONG), key=_middle)
    usual = median(box.width / box.ems for box in long) if long else median(box.bottom - box.top for box in boxes)
    slopes = [_slope(box, long) for box in boxes]
    sizes = _even_out([_size(box, slope, usual) for box, slope in zip(boxes, slopes, strict=True)], usual)
    edge = min(box.left for box in boxes)
    ways = [
        [
            _middle(box) + way * slope * (edge - (box.left + box.right) / 2)
            for box, slope in zip(boxes, slopes, strict=True)
        ]
        for way in (1, -1)
    ]
    middles = min(ways, key=lambda way: _unevenness(boxes, way))
    return [LevelLine(*each) for each in zip(boxes, middles, sizes, strict=True)]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _slope(box: Box, long: list[Box]) -> float:
    """Return how far the lines around a box rise or fall, by their width."""
    near = sorted(long, key=lambda other: abs(_middle(other) - _middle(box)))[:_NEIGHBOURS]
    rises = [max(0.0, other.bottom - other.top - other.width / other.ems) / other.width for other in near]
    return median(rises) if rises else 0.0


def _size(box: Box, slope: float, usual: float) -> float:
    own, same = box.width / box.ems, _SAME_EM
    if box.ems < _LONG:
        own, same = max(0.5 * usual, box.bottom - box.top - slope * box.width), _SAME_HEIGHT
    return usual if abs(own - usual) < same * usual else own


def _even_out(sizes: list[float], usual: float) -> list[float]:
    """Return sizes of which those that only measuring tells apart are one: the lines of a title."""
    groups: dict[float, float] = {usual: usual}
    largest = math.inf
    for size in sorted(set(sizes) - {usual}, reverse=True):
        largest = size if size <= (1 - _SAME_EM) * largest else largest
        groups[size] = largest
    return [groups[size] for size in sizes]


def _unevenness(boxes: Sequence[Box], middles: list[float]) -> float:
    """Return how much the distances differ between lines of which one stands below the other."""
    rows = sorted(zip(middles, range(len(boxes)), strict=True))
    gaps = [below - above for (above, first), (below, second) in pairwise(rows) if _share(boxes[first], boxes[second])]
    usual = median(gaps) if gaps else 0.0
    return sum(abs(gap - usual) for gap in gaps)


def _share(box: Box, other: Box) -> bool:
    return box.left < other.right and other.left < box.right
