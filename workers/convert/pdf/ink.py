"""Whether what a PDF page shows is told by its text: scans with a stamped number, and pages of glyph outlines, are not.

Browsers and office programs print some pages as outlines, without one character; a scanned page may carry a number that
was stamped on later. Only a page that may be one of these is drawn, small, and the ink beside its text measured.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from workers.convert.layout.pdfium_calls import count_edges, count_parts, kind_of, part_at
from workers.convert.layout.ruled_grids import bounds_of
from workers.convert.layout.segment import Segment

_MAX_OBJECTS = 20_000
_MAX_DEPTH = 3
_OUTLINE = 12  # edges of a glyph: 口 has as many
_TALLEST = 40.0  # points; letters of a red letterhead are no taller
_FEW_OUTLINES = 60  # edges of three or four characters
_MANY_OUTLINES = 400
_COVERED = 0.4  # share of a page that the pictures of a scan cover
_FEW_CHARACTERS = 200
_SCALE = 50 / 72
_DARK = 140  # of 255
_LIGHT = 200
_PAPER = 0.5  # share of a scan that is empty
_MIN_COUNT = 0.002  # share of a page that the ink of one line covers
_MAX_COUNT = 0.35
_BESIDE = 0.4  # ink beside the text for ink under it, from which the text does not account for the page
_DARKENED = bytes(value < _DARK for value in range(256))
_LIGHTENED = bytes(value > _LIGHT for value in range(256))


@dataclass(slots=True)
class _Drawn:
    """What a page draws beside text: area of its pictures in square points, edges of its glyph-like outlines."""

    pictures: int = 0
    area: float = 0.0
    edges: int = 0


def is_unread(page: pypdfium2.PdfPage, objects: Iterable[tuple[int, int]], segments: list[Segment]) -> bool:
    """Return whether a page shows text that its own text does not hold.

    Args:
        page: The page.
        objects: Kind and address of what it draws.
        segments: Its text, as stored on the page.
    """
    drawn = _Drawn()
    _look(objects, drawn, 0)
    characters = sum(len(segment.text) for segment in segments)
    if not characters:
        return bool(drawn.pictures) or drawn.edges >= _FEW_OUTLINES
    width, height = page.get_size()
    scanned = drawn.area > _COVERED * width * height and characters < _FEW_CHARACTERS
    if not scanned and drawn.edges < _MANY_OUTLINES:
        return False
    return _has_ink_beside(page, segments)


def _look(objects: Iterable[tuple[int, int]], drawn: _Drawn, depth: int) -> None:
    for kind, item in objects:
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawn.edges += _edges(item)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures += 1
            if box := bounds_of(item):
                drawn.area += (box[2] - box[0]) * (box[3] - box[1])
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            count = min(count_parts(item), _MAX_OBJECTS)
            inner = (part_at(item, index) for index in range(count))
            _look(((kind_of(part), part) for part in inner), drawn, depth + 1)


def _edges(item: int) -> int:
    """Return the number of edges of a path that is filled and no taller than a line of text, else 0."""
    edges = int(count_edges(item))
    if edges < _OUTLINE or not (box := bounds_of(item)):
        return 0
    return edges if box[3] - box[1] <= _TALLEST else 0


def _has_ink_beside(page: pypdfium2.PdfPage, segments: list[Segment]) -> bool:
    bitmap = page.render(scale=_SCALE, grayscale=True, rotation=-page.get_rotation() % 360)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    data = bytes(bitmap.buffer)
    bitmap.close()
    dark = data.translate(_DARKENED)
    light = data.translate(_LIGHTENED).count(1)
    left, bottom, *_ = page.get_bbox()
    under = bytearray(dark)
    for segment in segments:
        x0, x1 = (min(max(int((x - left) * _SCALE), 0), width) for x in (segment.x0 - 1, segment.x1 + 2))
        top = height - int((segment.y + 1.1 * segment.size - bottom) * _SCALE)
        foot = height - int((segment.y - 0.4 * segment.size - bottom) * _SCALE)
        for row in range(max(top, 0), min(foot + 1, height)):
            under[row * stride + x0 : row * stride + x1] = bytes(max(x1 - x0, 0))
    whole, beside = dark.count(1), under.count(1)
    size = width * height
    return (
        light > _PAPER * size and _MIN_COUNT * size < beside < _MAX_COUNT * size and beside > _BESIDE * (whole - beside)
    )
