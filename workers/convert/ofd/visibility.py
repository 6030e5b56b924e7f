"""Which text of an OFD page nobody sees: clear, clipped away, covered by a filled box, or in the colour of its ground.

Told from what the file says of colours and places (GB/T 33190, 8.3 colours, 8.5 objects and their clips, 9.1 paths).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from workers.convert.layout.ruled_grids import Box
from workers.convert.layout.segment import Segment
from workers.convert.ofd.markup import Matrix, box, child, children, compose, matrix, number, numbers, text_of
from workers.convert.package.zip_parts import Element

_OPAQUE = 250.0  # of 255
_CLEAR = 5.0
_PALE = 240.0  # of 255, from which a colour may be that of the paper
_CONTRAST = 10.0
MIN_EXTENT = 4.0
"""Points from which a filled path may hide a letter; a rule is thinner."""
_Colour = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled path: its box in points, its colour, and how many objects are drawn before it."""

    box: Box
    colour: _Colour
    order: int


def colour_of(item: Element) -> _Colour | None:
    """Return red, green and blue that an object is filled with, where it is opaque and says so."""
    colour = child(item, "FillColor")
    return None if colour is None or _alpha(item, colour) < _OPAQUE else _colour(colour.get("Value", ""))


@lru_cache(maxsize=256)
def _colour(value: str) -> _Colour | None:
    values = numbers(value)
    return tuple(values * (3 // len(values))) if len(values) in {1, 3} else None


def is_clear(item: Element, colour: Element | None) -> bool:
    """Return whether a text object is drawn without any trace.

    Args:
        item: The object.
        colour: Its ``FillColor``, where it has one.
    """
    drawn = item.get("Fill", "true").lower() != "false" or item.get("Stroke", "false").lower() == "true"
    return not drawn or _alpha(item, colour) <= _CLEAR


def _alpha(item: Element, colour: Element | None) -> float:
    """Return how opaque an object is, of 255; what it says itself and what its colour says both count."""
    inner = number(colour.get("Alpha"), 255.0) if colour is not None else 255.0
    return min(number(item.get("Alpha"), 255.0), inner)


def is_clipped(item: Element, start: tuple[float, float], end: tuple[float, float], size: float) -> bool:
    """Return whether text lies wholly outside what its object is clipped to.

    Several clips are met together, the areas of one beside each other. Some producers count them from the corner of
    the page instead of that of the object, so both places have to lie outside.

    Args:
        item: The object.
        start: Where the first character begins, in millimetres from the object's corner.
        end: Where the last one does.
        size: Of the letters, in millimetres.
    """
    clips = list(children(item, "Clips", "Clip"))
    if not clips:
        return False
    corner = box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    placing = matrix(item.get("CTM"))
    points = [_apply(placing, start), _apply(placing, (end[0] + size, end[1] - size))]
    own = _around(points)
    onpage = _around([(x + corner[0], y + corner[1]) for x, y in points])
    for clip in clips:
        areas = [found for area in children(clip, "Area") if (found := _area(area))]
        if areas and not any(_overlap(area, place) for area in areas for place in (own, onpage)):
            return True
    return False


class Placed(Protocol):
    """What has to be known of a page whose segments are told apart."""

    fills: list[Fill]
    pictures: int
    orders: dict[int, int]
    sources: dict[int, Element]

    def cut(self, segment: Segment, places: list[float]) -> list[Segment]:
        """Return the parts of a segment between the given places."""


def part_concealed(segments: list[Segment], page: Placed) -> tuple[list[Segment], list[Segment]]:
    """Return the segments that are seen, and those (and parts of those) that are not.

    Args:
        segments: Of a page.
        page: Its filled boxes in the order they are drawn, the order and object of each segment, and how many pictures
            it has, which may lie under white text.
    """
    seen: list[Segment] = []
    gone: list[Segment] = []
    for segment in segments:
        if segment.angle:
            seen.append(segment)
            continue
        around = [fill for fill in page.fills if _meets(fill.box, segment)] if page.fills else []
        item, order = page.sources.get(id(segment)), page.orders.get(id(segment), 0)
        own = colour_of(item) if item is not None and (around or not page.pictures) else None
        if own and min(own) >= _PALE and not around and not page.pictures:
            gone.append(segment)
            continue
        if not around:
            seen.append(segment)
            continue
        over = [fill.box for fill in around if fill.order > order]
        under = [fill for fill in around if fill.order < order]
        if under and _is_alike(under[-1].colour, own):
            over.append(under[-1].box)
        edges = sorted({edge for hidden in over for edge in (hidden[0], hidden[2]) if segment.x0 < edge < segment.x1})
        for part in page.cut(segment, edges) if edges else [segment]:
            middle = (part.x0 + part.x1) / 2
            (gone if any(hidden[0] <= middle <= hidden[2] for hidden in over) else seen).append(part)
    return seen, gone


def _meets(filled: Box, segment: Segment) -> bool:
    height = segment.y + 0.3 * segment.size
    return filled[1] < height < filled[3] and filled[0] < segment.x1 and filled[2] > segment.x0


def _is_alike(one: _Colour, other: _Colour | None) -> bool:
    """Return whether text has the colour of its ground; text that says nothing is black."""
    text = other or (0.0, 0.0, 0.0)
    return len(one) == len(text) and all(
        abs(first - second) < _CONTRAST for first, second in zip(one, text, strict=True)
    )


def _area(area: Element) -> Box | None:
    path = child(area, "Path")
    if path is None:
        return None
    bounds = box(path.get("Boundary"))
    if bounds is None:
        return None
    placing = compose(matrix(area.get("CTM")), matrix(path.get("CTM")))
    values = [number(token) for token in (text_of(path, "AbbreviatedData")).split() if not token.isalpha()]
    inside = list(zip(values[::2], values[1::2], strict=False)) or [(0.0, 0.0), (bounds[2], bounds[3])]
    return _around([(x + bounds[0], y + bounds[1]) for x, y in (_apply(placing, point) for point in inside)])


def _apply(placing: Matrix, point: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = placing
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
