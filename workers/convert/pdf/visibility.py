"""Which text of a PDF page nobody sees: beside the page's box, clipped away, of no size, on a layer that is off.

What a layer shows is not asked of the file's dictionaries but of the renderer: the page is drawn small with and without
the text in question, and what makes no difference is not shown.
"""

import ctypes
import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from workers.convert.layout.pdfium_calls import (
    Floats,
    clip_edge_at,
    clip_of,
    count_clip_edges,
    count_clips,
    read_point,
)
from workers.convert.layout.ruled_grids import Box, bounds_of
from workers.convert.layout.segment import NO_SIZE, Segment
from workers.convert.pdf.characters import PageText

_SCALE = 0.75
_MAX_GROUPS = 24
_LAYERS = b"/OCProperties"
_OBJECT_STREAM = re.compile(rb"/ObjStm\b[^>]{0,300}>>\s{0,4}stream\r?\n")
_MAX_STREAM_SIZE = 1 << 20
_MAX_OBJECTS = 20_000
_MAX_DEPTH = 8
_MAX_CORNERS = 1000
_SLACK = 2.0  # points


def may_have_layers(path: Path) -> bool:
    """Return whether a file has layers (ISO 32000-2, 8.11), as far as can be told without opening it."""
    data = path.read_bytes()
    if _LAYERS in data:
        return True
    return any(_pack(data, found.end()) for found in _OBJECT_STREAM.finditer(data))


def _pack(data: bytes, start: int) -> bool:
    """Return whether the object stream whose content starts there holds layers, or cannot be looked into."""
    try:
        return _LAYERS in zlib.decompressobj().decompress(data[start:], _MAX_STREAM_SIZE)
    except zlib.error:
        return True


def unseen(page: pypdfium2.PdfPage, text: PageText, segments: list[Segment], *, layers: bool) -> list[Segment]:
    """Return the segments of a page that nobody sees.

    Args:
        page: The page.
        text: Its characters.
        segments: As ``text`` gives them.
        layers: Whether the document may have layers.
    """
    box = _page_box(page)
    off = set(_addresses_off(page)) if layers else set()
    found: list[Segment] = []
    for segment in segments:
        item = text.object_of(segment)
        if not item:
            continue
        inside = _holds(box, segment) if text.turn == 0 else _meets(text.box_of(segment), box)
        if not inside or segment.size <= NO_SIZE or _is_clipped(item) or item in off:
            found.append(segment)
    return found


def _page_box(page: pypdfium2.PdfPage) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    return box.left, box.bottom, box.right, box.top


def _holds(box: Box, segment: Segment) -> bool:
    """Return whether the first character of an upright segment lies in a box."""
    x, y = segment.x0 + 0.5 * segment.size, segment.y + 0.3 * segment.size
    return box[0] - _SLACK < x < box[2] + _SLACK and box[1] - _SLACK < y < box[3] + _SLACK


def _meets(one: Box, other: Box) -> bool:
    """Return whether the middle of a box lies in another."""
    x, y = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2
    return other[0] - _SLACK < x < other[2] + _SLACK and other[1] - _SLACK < y < other[3] + _SLACK


def _is_clipped(item: int) -> bool:
    """Return whether an object lies wholly outside one of the paths it is clipped to."""
    path = clip_of(item)
    count = count_clips(path) if path else 0
    if count <= 0 or not (own := bounds_of(item)):
        return False
    for number in range(min(count, _MAX_DEPTH)):  # noqa: SIM110 - asked of every text: a generator costs more than it
        if _is_outside(own, path, number):
            return True
    return False


def _is_outside(own: Box, path: int, number: int) -> bool:
    """Return whether a box lies wholly beside the extent of a clip path, which is read until it meets the box."""
    count = count_clip_edges(path, number)
    if not 0 < count <= _MAX_CORNERS or (count in _RECTANGLE and _meets_rectangle(own, path, number)):
        return False
    first, low, second, high = own
    left = bottom = math.inf
    right = top = -math.inf
    for index in range(count):
        read_point(clip_edge_at(path, number, index), *_POINT.at)
        x, y = _POINT.read()
        left, right = min(left, x), max(right, x)
        bottom, top = min(bottom, y), max(top, y)
        if right >= first and left <= second and top >= low and bottom <= high:
            return False
    return True


_POINT = Floats(2)  # read at once
_RECTANGLE = (4, 5)  # corners: the last may be the first again


def _meets_rectangle(own: Box, path: int, number: int) -> bool:
    """Return whether a box meets the extent of the first and third corner of a path, which is all of a rectangle's."""
    left, low, right, high = own
    read_point(clip_edge_at(path, number, 0), *_POINT.at)
    x0, y0 = _POINT.read()
    read_point(clip_edge_at(path, number, 2), *_POINT.at)
    x1, y1 = _POINT.read()
    beside = (x0 > right and x1 > right) or (x0 < left and x1 < left)
    return not (beside or (y0 > high and y1 > high) or (y0 < low and y1 < low))


def _addresses_off(page: pypdfium2.PdfPage) -> Iterator[int]:
    """Yield the addresses of text objects whose layer is not drawn."""
    groups: dict[object, list[Any]] = defaultdict(list)
    for item, key in _layered(page.raw):
        groups[key].append(item)
    if not groups:
        return
    shown = _drawn(page)
    for items in list(groups.values())[:_MAX_GROUPS]:
        for item in items:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        without = _drawn(page)
        for item in items:
            pdfium.FPDFPageObj_SetIsActive(item, True)
        if without == shown:
            yield from (address for item in items for address in _texts(item, 0))


def _layered(page: Any) -> Iterator[tuple[Any, object]]:
    """Yield objects that may belong to a layer, with what tells one layer from another."""
    count = pdfium.FPDFPage_CountObjects(page)
    for index in range(count if count <= _MAX_OBJECTS else 0):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield item, index
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT and (name := _layer(item)):
            yield item, name


def _layer(item: Any) -> bytes:
    for number in range(min(pdfium.FPDFPageObj_CountMarks(item), _MAX_DEPTH)):
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        if _text(pdfium.FPDFPageObjMark_GetName, mark) == "OC".encode("utf-16-le"):
            return b"OC" + _text(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Name")
    return b""


def _text(get: Any, mark: Any, *key: bytes) -> bytes:
    buffer, size = (ctypes.c_ushort * 128)(), ctypes.c_ulong()
    return bytes(buffer)[: max(size.value - 2, 0)] if get(mark, *key, buffer, 256, size) else b""


def _texts(item: Any, depth: int) -> Iterator[int]:
    if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
        yield _address(item)
    elif pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        for index in range(min(pdfium.FPDFFormObj_CountObjects(item), _MAX_OBJECTS)):
            yield from _texts(pdfium.FPDFFormObj_GetObject(item, index), depth + 1)


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0 if item else 0


def _drawn(page: pypdfium2.PdfPage) -> bytes:
    bitmap = page.render(scale=_SCALE, grayscale=True)
    data = bytes(bitmap.buffer)
    bitmap.close()
    return data
