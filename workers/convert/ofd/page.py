"""One page of an OFD as segments and strokes, in points from the lower left corner, as a PDF page has them."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice, pairwise

from workers.convert.layout.ruled_grids import Box
from workers.convert.layout.segment import NO_SIZE, Segment
from workers.convert.ofd.markup import (
    IDENTITY,
    POINTS,
    Matrix,
    box,
    compose,
    deltas,
    em_width,
    letter_frame,
    local,
    matrix,
    number,
    numbers,
    texts_of,
)
from workers.convert.ofd.visibility import MIN_EXTENT, Fill, colour_of, is_clear, is_clipped
from workers.convert.package.zip_parts import Element

_MAX_DEPTH = 16
_MAX_OBJECTS = 1_000_000  # a drawing may hold others, each many times
_BOLD_WEIGHT = 600
_DEFAULT_SIZE = 3.7  # millimetres: 五号, for producers that leave the size out
_ROUNDING = 1.1  # producers round distances and boxes
_SAME_EMS = 0.3  # the same text again this close is a bold face by double printing
_SEE_THROUGH, _LIGHT = 200, 150  # of 255
_BLOCKS = {"Content", "Layer", "PageBlock"}


@dataclass(slots=True)
class PageItems:
    """What a page draws.

    Attributes:
        height: Of the page, in points.
        bold: Identifiers of heavy fonts.
        units: Drawings that pages place as one object (``CompositeGraphicUnit``), by identifier.
        segments: Its text.
        strokes: Its straight lines and filled boxes.
        sources: The object that draws a segment, by the segment's identity.
        pictures: How many images it shows.
        fills: Its filled boxes.
        orders: How many objects are drawn before a segment, by the segment's identity.
        unseen: Text that is drawn nowhere.
        edges: Left and right edge of every character; a segment's ``first`` counts in it.
        outer: Where the drawing at hand is placed on the page.
        drawn: How many objects were met.
    """

    height: float
    bold: frozenset[str]
    units: Mapping[str, Element] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    sources: dict[int, Element] = field(default_factory=dict)
    pictures: int = 0
    fills: list[Fill] = field(default_factory=list)
    orders: dict[int, int] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    edges: list[tuple[float, float]] = field(default_factory=list)
    outer: Matrix = IDENTITY
    drawn: int = 0
    _met: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, parent: Element, depth: int = 0) -> None:
        """Take in the objects under an element, in the order they are drawn."""
        for item in parent:
            kind = local(item)
            self.drawn += 1
            if item.get("Visible", "true").lower() == "false" or self.drawn > _MAX_OBJECTS:
                self.unseen.extend(texts_of(item))
                continue
            if kind in _BLOCKS and depth < _MAX_DEPTH:
                self.add(item, depth + 1)
            elif kind == "TextObject":
                self._text(item)
            elif kind == "PathObject":
                strokes = list(self._path(item))
                self.strokes.extend(strokes)
                self._fill(item, strokes)
            elif kind == "ImageObject":
                self.pictures += 1
            elif kind == "CompositeObject" and depth < _MAX_DEPTH:
                self._unit(item, depth)

    def add_placed(self, appearance: Element) -> None:
        """Take in what an annotation draws; its coordinates begin at its own corner."""
        kept, self.outer = self.outer, self._placing(appearance)
        self.add(appearance)
        self.outer = kept

    def cut(self, segment: Segment, places: list[float]) -> list[Segment]:
        """Return the parts of a segment between the given places, in points from the left."""
        edges = self.edges[segment.first : segment.first + len(segment.text)]
        parts: list[Segment] = []
        for start, end in pairwise([-math.inf, *places, math.inf]):
            inside = [index for index, (left, right) in enumerate(edges) if start < (left + right) / 2 <= end]
            if inside and (text := segment.text[inside[0] : inside[-1] + 1].strip()):
                first, last = inside[0], inside[-1]
                part = replace(segment, text=text, x0=edges[first][0], x1=edges[last][1], first=segment.first + first)
                if (source := self.sources.get(id(segment))) is not None:
                    self.sources[id(part)] = source
                parts.append(part)
        return parts

    def is_faint(self, segment: Segment) -> bool:
        """Return whether a segment is set in a light or see-through colour."""
        item = self.sources.get(id(segment))
        return item is not None and (number(item.get("Alpha"), 255.0) < _SEE_THROUGH or _is_light(item))

    def _unit(self, item: Element, depth: int) -> None:
        unit = self.units.get(item.get("ResourceID", ""))
        if unit is not None:
            kept, self.outer = self.outer, self._placing(item)
            self.add(unit, depth + 1)
            self.outer = kept

    def _fill(self, item: Element, edges: list[Box]) -> None:
        colour = colour_of(item) if item.get("Fill", "false").lower() == "true" else None
        if colour is None or not edges:
            return
        around = (
            *(min(edge[0] for edge in edges), min(edge[1] for edge in edges)),
            *(max(edge[2] for edge in edges), max(edge[3] for edge in edges)),
        )
        if around[2] - around[0] > MIN_EXTENT and around[3] - around[1] > MIN_EXTENT:
            self.fills.append(Fill((around[0], around[1], around[2], around[3]), colour, self.drawn))

    def _text(self, item: Element) -> None:
        parts = [(local(part), part) for part in item]
        if is_clear(item, next((part for name, part in parts if name == "FillColor"), None)):
            self.unseen.extend(texts_of(item))
            return
        size = number(item.get("Size") or item.get("size"), _DEFAULT_SIZE)
        bounds = box(item.get("Boundary"))
        placing = self._placing_in(bounds, item)
        bold = item.get("Font") in self.bold or number(item.get("Weight")) >= _BOLD_WEIGHT
        stretch = number(item.get("HScale"), 1.0)
        right = bounds[2] if bounds and item.get("CTM") is None else 0.0
        clipped = any(name == "Clips" for name, _ in parts)
        face = _Face(size, stretch, bold, placing, right, item, clipped=clipped)
        x = y = 0.0
        for name, code in parts:
            if name == "TextCode" and (text := (code.text or "").strip("\r\n\t")):
                # A code without a place goes on where the one before it began (GB/T 33190, 11.3).
                x, y = number(code.get("X"), x), number(code.get("Y"), y)
                self._code(text, code, (x, y), face)

    def _code(self, text: str, code: Element, start: tuple[float, float], face: "_Face") -> None:
        em = face.size * face.stretch
        widths = [em * width for width in map(em_width, text)]
        steps = deltas(code.get("DeltaX"), len(text) - 1)
        down = deltas(code.get("DeltaY"), len(text) - 1)
        if any(down) and not any(steps):
            self._vertical(text, start, face, sum(down))
            return
        steps += widths[len(steps) : len(text) - 1]
        lefts = list(accumulate(steps, initial=start[0]))
        ends = lefts[-1] + widths[-1]
        if lefts[-1] < face.right <= lefts[-1] + max([widths[-1], *steps[-1:]]) * _ROUNDING:
            ends = face.right
        rights = [
            end if (end := left + width) < after else after
            for left, width, after in zip(lefts, widths, [*lefts[1:], ends], strict=False)
        ]
        self._run(text, lefts, [*rights[:-1], ends], start[1], face)

    def _run(self, text: str, lefts: list[float], rights: list[float], y: float, face: "_Face") -> None:
        if not text.strip():
            return
        if face.clipped and is_clipped(face.item, (lefts[0], y), (lefts[len(text) - 1], y), face.size):
            self.unseen.append(text.strip())
            return
        size, turn, scale, oblique = letter_frame(*face.placing[:4], face.size)
        ends = [self._point(left, y, face.placing) for left in (lefts[0], lefts[len(text) - 1])]
        if size <= NO_SIZE:
            self.unseen.append(text.strip())
        if size <= NO_SIZE or self._printed(text, ends[0], size):
            return
        first = len(self.edges)
        if turn == 0:
            along, step = self._point(0.0, y, face.placing)[0], face.placing[0] * POINTS
            pairs = islice(zip(lefts, rights, strict=False), len(text))
            self.edges.extend([(along + left * step, along + right * step) for left, right in pairs])
        x0, x1 = ends[0][0], ends[-1][0] + (rights[len(text) - 1] - lefts[len(text) - 1]) * scale
        segment = Segment(text.strip() if oblique else text, x0, x1, ends[0][1], size, face.bold, turn, first, size)
        self.segments.append(segment)
        self.sources[id(segment)] = face.item
        self.orders[id(segment)] = self.drawn

    def _vertical(self, text: str, start: tuple[float, float], face: "_Face", length: float) -> None:
        x, y = self._point(*start, face.placing)
        size = round(face.size * POINTS, 1)
        end = y - length * POINTS
        if text.strip() and not self._printed(text, (x, y), size):
            self.segments.append(Segment(text.strip(), x, x + size, min(y, end), size, face.bold, 270, 0, size))

    def _printed(self, text: str, place: tuple[float, float], size: float) -> bool:
        """Return whether the same text stands at this place already, and remember that it does now."""
        places = self._met[text][-8:]
        if any(abs(place[0] - x) + abs(place[1] - y) < _SAME_EMS * size for x, y in places):
            return True
        self._met[text].append(place)
        return False

    def _point(self, x: float, y: float, placing: Matrix) -> tuple[float, float]:
        a, b, c, d, e, f = placing
        return (a * x + c * y + e) * POINTS, self.height - (b * x + d * y + f) * POINTS

    def _placing(self, item: Element) -> Matrix:
        """Return what turns coordinates of an object into those of the page."""
        return self._placing_in(box(item.get("Boundary")), item)

    def _placing_in(self, bounds: Box | None, item: Element) -> Matrix:
        a, b, c, d, e, f = matrix(item.get("CTM"))
        left, top, *_ = bounds or (0.0, 0.0)
        return compose(self.outer, (a, b, c, d, e + left, f + top))

    def _path(self, item: Element) -> Iterator[Box]:
        placing = self._placing(item)
        for data in item:
            if local(data) == "AbbreviatedData":
                for start, end in _edges((data.text or "").split()):
                    (x0, y0), (x1, y1) = self._point(*start, placing), self._point(*end, placing)
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(frozen=True, slots=True)
class _Face:
    """How a text object is set: size in millimetres, stretch, whether heavy, where it goes and ends, its object.

    ``clipped`` tells whether the object has clips.
    """

    size: float
    stretch: float
    bold: bool
    placing: Matrix
    right: float
    item: Element
    clipped: bool


def _is_light(item: Element) -> bool:
    """Return whether a text object is filled with a light colour of three components."""
    colour = next((child for child in item if local(child) == "FillColor"), None)
    if colour is None:
        return False
    values = numbers(colour.get("Value"))
    return number(colour.get("Alpha"), 255.0) < _SEE_THROUGH or (len(values) == 3 and sum(values) / 3 > _LIGHT)


_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_Point = tuple[float, float]


def _edges(tokens: list[str]) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight edges of a path in abbreviated form (GB/T 33190, 9.1)."""
    start = here = (0.0, 0.0)
    index = 0
    while index < len(tokens):
        operator = tokens[index]
        count = _ARGUMENTS.get(operator)
        index += 1
        if count is None:
            continue
        values = [number(token) for token in tokens[index : index + count]]
        index += count
        if operator == "C":
            yield here, start
            here = start
        elif len(values) == count:
            point = (values[-2], values[-1])
            if operator == "L":
                yield here, point
            if operator in {"M", "S"}:
                start = point
            here = point
