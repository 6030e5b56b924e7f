"""The ruled lines of a PDF page, and the grids they form: where its tables are."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from workers.convert.layout.pdfium_calls import (
    Floats,
    closes,
    count_edges,
    count_objects,
    edge_at,
    kind_of,
    kind_of_edge,
    object_at,
    read_bounds,
    read_point,
)

_THIN = 3.0  # points; a filled box no thicker is a rule
_MIN_LENGTH = 6.0
_NEAR = 2.5  # rules this close are one, ends this close to a rule touch it
_MAX_OBJECTS = 20_000  # a page with more is a drawing or a map
_MAX_RULES = 3_000


Box = tuple[float, float, float, float]


class Rule(NamedTuple):
    """A horizontal or vertical rule: its place across, and from where to where it runs, in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: edges of its columns from left to right and of its rows from the top down, and its rules."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    def holds(self, x: float, y: float) -> bool:
        """Return whether the point lies inside the table."""
        return self.xs[0] - 1 < x < self.xs[-1] + 1 and self.ys[-1] - 1 < y < self.ys[0] + 1


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What a page draws, by the addresses PDFium has it at: all of it in order, and with its kind what is no text."""

    ordered: list[int]
    beside: list[tuple[int, int]]


def objects_of(page: Any) -> PageObjects:
    """Return what a page (its raw PDFium handle) draws; nothing of a drawing or a map."""
    count = count_objects(page)
    handle = ctypes.cast(page, ctypes.c_void_p).value
    ordered = [object_at(handle, index) for index in range(count if count <= _MAX_OBJECTS else 0)]
    text = pdfium.FPDF_PAGEOBJ_TEXT
    return PageObjects(ordered, [(kind, item) for item in ordered if (kind := kind_of(item)) != text])


def strokes_of(objects: Iterable[tuple[int, int]]) -> Iterator[Box]:
    """Yield the boxes of the strokes among what a page draws beside text, of which kind and address are given."""
    return (stroke for kind, item in objects if kind == pdfium.FPDF_PAGEOBJ_PATH for stroke in _strokes(item))


def rules_across(strokes: Iterable[Box]) -> list[Rule]:
    """Return the horizontal rules among strokes; none of a page that is a drawing."""
    across, down = _rules(strokes)
    return across if len(across) + len(down) <= _MAX_RULES else []


def grids_of(strokes: Iterable[Box]) -> list[Grid]:
    """Return the tables that strokes rule, topmost first; a single frame is no table.

    Args:
        strokes: Left, bottom, right and top of each stroke or filled box, in points.
    """
    across, down = _rules(strokes)
    if len(across) < 2 or len(down) < 3 or len(across) + len(down) > _MAX_RULES:
        return []
    across, down = _merge(across), _merge(down)
    found = [grid for group in _touching_groups(across, down) if (grid := _grid(*group))]
    return sorted(found, key=lambda grid: -grid.ys[0])


def _rules(strokes: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    across: list[Rule] = []
    down: list[Rule] = []
    for left, bottom, right, top in strokes:
        if top - bottom <= _THIN and right - left >= _MIN_LENGTH:
            across.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN and top - bottom >= _MIN_LENGTH:
            down.append(Rule((left + right) / 2, bottom, top))
        if len(across) + len(down) > _MAX_RULES:
            break
    return across, down


def bounds_of(item: int) -> Box | None:
    """Return left, bottom, right and top of a page object, in points."""
    if not read_bounds(item, *_BOUNDS.at):
        return None
    left, bottom, right, top = _BOUNDS.read()
    return left, bottom, right, top


_BOUNDS = Floats(4)  # read at once


def _strokes(item: int) -> Iterator[Box]:
    """Yield the boxes of a path's strokes: the path itself where it is thin, else each straight edge of it."""
    if (box := bounds_of(item)) is None:
        return
    left, bottom, right, top = box
    if min(right - left, top - bottom) <= _THIN:
        yield left, bottom, right, top
    elif count_edges(item) <= 400:
        yield from _edges(item)


def _edges(item: int) -> Iterator[Box]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT), matrix)
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    place = Floats(2)
    before: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for index in range(count_edges(item)):
        segment = edge_at(item, index)
        read_point(segment, *place.at)
        x, y = place.read()
        point = (a * x + c * y + e, b * x + d * y + f)
        kind = kind_of_edge(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before:
            yield _box(before, point)
        if start and closes(segment):
            yield _box(point, start)
        before = point


def _box(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _merge(rules: list[Rule]) -> list[Rule]:
    """Join rules in one line that touch: producers draw a border cell by cell."""
    merged: list[Rule] = []
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][0].at < _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    for line in lines:
        at = line[0].at
        line.sort(key=lambda rule: rule.start)
        start, end = line[0].start, line[0].end
        for rule in line[1:]:
            if rule.start > end + _NEAR:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return merged


def _touching_groups(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield groups of rules connected by crossings."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, flat in enumerate(across):
        for j, upright in enumerate(down):
            if (
                flat.start - _NEAR <= upright.at <= flat.end + _NEAR
                and upright.start - _NEAR <= flat.at <= upright.end + _NEAR
            ):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for index, rule in enumerate([*across, *down]):
        groups[root(index)][index >= len(across)].append(rule)
    yield from groups.values()


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs, ys = _places(down), _places(across)[::-1]
    if len(ys) < 2 or len(xs) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2 or len(xs) < 3:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(across), tuple(down))


def _places(rules: list[Rule]) -> list[float]:
    places: list[float] = []
    for rule in sorted(rules):
        if not places or rule.at - places[-1] > _NEAR:
            places.append(rule.at)
    return places
