"""Which text of a PDF page is drawn and yet not seen: under a black or white box, in the colour of the page, clear.

Only text that may be so is looked at: the page is drawn, and where the place of a text is of one colour, nobody reads
it there. Text that recognition laid invisibly over a scan lies on the ink it stands for, and stays.
"""

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from workers.convert.layout.pdfium_calls import (
    count_parts,
    font_of,
    is_embedded,
    kind_of,
    mode_of,
    part_at,
    read_colour,
    read_font_name,
    read_paint,
)
from workers.convert.layout.ruled_grids import Box, PageObjects, bounds_of
from workers.convert.layout.segment import Segment
from workers.convert.pdf.characters import PageText

_SCALE = 1.5
_PALE = 240  # of 255, from which a colour may be that of the paper
_CLEAR = 16  # of 255, up to which paint leaves no trace
_CONTRAST = 10  # of 255, below which two colours are one
_MIN_EXTENT = 4.0  # points; a rule is thinner than what can cover a letter
_ANY, _PALE_SHADES, _DARK_SHADES = range(256), range(_PALE, 256), range(100)
_STANDARD_FONTS = (b"Courier", b"Helvetica", b"Times-", b"Symbol", b"ZapfDingbats")  # ISO 32000-2, 9.6.2.2
_LYING_OVER = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM})
_MOST_COVERED, _MOST_PARTS = 0.4, 100
_SILENT_MODES = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


_Colour = tuple[int, int, int, int]  # red, green, blue, alpha, of 255


@dataclass(frozen=True, slots=True)
class _Cover:
    """A filled box, its colour where that is known, and how many objects of the page are drawn before it."""

    box: Box
    order: float
    colour: _Colour | None = None


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A text that may not be seen, and how dark (of 255) its place has to be for that, where its font may not be drawn.

    A font that is not embedded may be missing, and then its text is not drawn wherever it stands.
    """

    segment: Segment
    shades: range


def part_concealed(
    page: pypdfium2.PdfPage,
    text: PageText,
    segments: list[Segment],
    objects: PageObjects,
    annotated: Iterable[Box],
) -> tuple[list[Segment], list[Segment]]:
    """Return the segments of an upright page that are seen, and those (and parts of those) that are not.

    Args:
        page: The page.
        text: Its characters.
        segments: As ``text`` gives them.
        objects: What the page draws.
        annotated: Boxes of annotations that may cover text.
    """
    covers = [_Cover(box, math.inf) for box in annotated]
    paths = (item for kind, item in objects.beside if kind == pdfium.FPDF_PAGEOBJ_PATH)
    filled = [(item, box) for item in paths if (box := _filled(item))]
    lying_over = [(item, box) for kind, item in objects.beside if (box := _opaque(page, kind, item))]
    places = {item: order for order, item in enumerate(objects.ordered)} if filled or lying_over else {}
    covers += [_Cover(box, places.get(item, 0), _colour(item)) for item, box in filled]
    covers += [_Cover(box, places.get(item, 0)) for item, box in lying_over]
    parts: list[Segment | _Suspect] = []
    for segment in segments:
        item = text.object_of(segment)
        if item and not segment.angle and (covers or _is_faint(item)):
            parts.extend(_parts(text, segment, item, covers, places))
        else:
            parts.append(segment)
    if not any(isinstance(part, _Suspect) for part in parts):
        return segments, []
    drawn, seen, gone = _Drawing(page), list[Segment](), list[Segment]()
    for part in parts:
        if isinstance(part, Segment):
            seen.append(part)
        else:
            shade = drawn.shade_of(part.segment)
            (seen if shade is None or shade not in part.shades else gone).append(part.segment)
    return seen, gone


def _parts(
    text: PageText, segment: Segment, item: int, covers: list[_Cover], places: dict[int, int]
) -> Iterator[Segment | _Suspect]:
    """Yield a segment whole, or cut at the edges of what may cover it; each as a suspect where it may not be seen."""
    if _is_faint(item):
        yield _Suspect(segment, _ANY if _is_drawable(item) else _PALE_SHADES)
        return
    met = [cover for cover in covers if _meets(cover.box, segment)]
    if not met:
        yield segment
        return
    order, colour = places.get(item, math.inf), _colour(item)
    over = [cover.box for cover in met if _hides(cover, order, colour)]
    edges = sorted({edge for box in over for edge in (box[0], box[2]) if segment.x0 < edge < segment.x1})
    for part in text.cut(segment, edges) if edges else [segment]:
        middle = (part.x0 + part.x1) / 2
        covered = any(box[0] <= middle <= box[2] for box in over)
        yield _Suspect(part, _ANY if _is_drawable(item) else _DARK_SHADES) if covered else part


def _meets(box: Box, segment: Segment) -> bool:
    height = segment.y + 0.3 * segment.size
    return box[1] < height < box[3] and box[0] < segment.x1 and box[2] > segment.x0


def _hides(cover: _Cover, order: float, colour: _Colour | None) -> bool:
    """Return whether a box may hide text: it is drawn after it, or before it in the same colour."""
    if cover.order == math.inf or cover.order > order:
        return True
    return bool(colour and cover.colour) and all(
        abs(one - other) < _CONTRAST for one, other in zip(colour or (), cover.colour or (), strict=True)
    )


def _is_faint(item: int) -> bool:
    """Return whether a text object leaves no trace on white paper, as far as its own state tells."""
    if mode_of(item) in _SILENT_MODES:
        return True
    if not read_colour(item, *_COLOUR_AT):
        return False
    red, green, blue, alpha = _COLOUR
    return alpha <= _CLEAR or min(red, green, blue) >= _PALE


def _is_drawable(item: int) -> bool:
    """Return whether the font of a text object is embedded, or one that every program brings."""
    font = font_of(item)
    if not font:
        return False
    if is_embedded(font) == 1:
        return True
    name = ctypes.create_string_buffer(64)
    read_font_name(font, ctypes.addressof(name), 64)
    return name.value.startswith(_STANDARD_FONTS)


def _colour(item: int) -> _Colour | None:
    if not read_colour(item, *_COLOUR_AT):
        return None
    red, green, blue, alpha = _COLOUR
    return red, green, blue, alpha


# What PDFium writes into; read at once.
_COLOUR = (ctypes.c_uint * 4)()
_COLOUR_AT = tuple(ctypes.addressof(_COLOUR) + 4 * index for index in range(4))
_PAINT = (ctypes.c_int * 2)()
_PAINT_AT = ctypes.addressof(_PAINT)


def _opaque(page: pypdfium2.PdfPage, kind: int, item: int) -> Box | None:
    """Return the box of a picture, or of a drawing with a picture or filled box in it, that may be laid over words.

    One that fills the page is a scan, or the ground of it.
    """
    if kind not in _LYING_OVER or not (box := bounds_of(item)):
        return None
    width, height = page.get_size()
    area = (box[2] - box[0]) * (box[3] - box[1])
    if min(box[2] - box[0], box[3] - box[1]) <= _MIN_EXTENT or area > _MOST_COVERED * width * height:
        return None
    return box if kind == pdfium.FPDF_PAGEOBJ_IMAGE or any(map(_covers, _parts_of(item))) else None


def _parts_of(form: int) -> Iterator[int]:
    return (part_at(form, index) for index in range(min(count_parts(form), _MOST_PARTS)))


def _covers(part: int) -> bool:
    kind = kind_of(part)
    return kind == pdfium.FPDF_PAGEOBJ_IMAGE or (kind == pdfium.FPDF_PAGEOBJ_PATH and _filled(part) is not None)


def _filled(item: int) -> Box | None:
    """Return the box of a filled path that is large enough to cover a letter."""
    if not read_paint(item, _PAINT_AT, _PAINT_AT + 4) or not _PAINT[0]:
        return None
    box = bounds_of(item)
    return box if box and box[2] - box[0] > _MIN_EXTENT and box[3] - box[1] > _MIN_EXTENT else None


class _Drawing:
    """A page as it is drawn, in shades of grey."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        bitmap = page.render(scale=_SCALE, grayscale=True, rotation=-page.get_rotation() % 360)
        self._width, self._height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        self._data = bytes(bitmap.buffer)
        bitmap.close()
        self._left, self._bottom, *_ = page.get_bbox()

    def shade_of(self, segment: Segment) -> int | None:
        """Return how light (of 255) the place of a segment is, where it is of one colour throughout."""
        inset = 0.1 * segment.size
        x0, x1 = (round((x - self._left) * _SCALE) for x in (segment.x0 + inset, segment.x1 - inset))
        top = self._height - round((segment.y + 0.6 * segment.size - self._bottom) * _SCALE)
        foot = self._height - round((segment.y + 0.1 * segment.size - self._bottom) * _SCALE)
        x0, x1, top, foot = max(x0, 0), min(x1, self._width), max(top, 0), min(foot + 1, self._height)
        shades = b"".join(self._data[row * self._stride + x0 : row * self._stride + x1] for row in range(top, foot))
        return shades[0] if shades and max(shades) - min(shades) < _CONTRAST else None
