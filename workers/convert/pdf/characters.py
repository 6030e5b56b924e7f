"""One page of a PDF as segments: runs of characters on one baseline, with their place and font, through PDFium.

A page has thousands of characters and a call into PDFium costs as much as the rest of the work on one of them. So the
text comes in one call, and places are asked for only at the ends of lines and around the spaces PDFium put in itself.
"""

import ctypes
import math
import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from workers.convert.layout.pdfium_calls import (
    Floats,
    drawer_of,
    font_of,
    is_generated,
    lacks_unicode,
    read_box,
    read_font,
    read_matrix,
    read_origin,
    size_of,
    unicode_of,
)
from workers.convert.layout.raised_digits import with_raised
from workers.convert.layout.segment import Segment

_LINE = re.compile(r"[^\r\n]+")
_SPACES = re.compile(r" +")
# 黑体 is what the headings of GB/T 9704 stand in; other sans faces (雅黑, ZenHei) are used for running text.
_HEAVY = re.compile(r"bold|black|heavy|simhei|heiti|fzht|黑体", re.IGNORECASE)
_SUSPECT = re.compile("[“”‘’]")
_NARROW = re.compile("[\0-\u2e7f]+")
_JUMP_EMS = 0.3
_DIGIT = re.compile("[0-9]")
_HALF = re.compile("[\ud800-\udfff]")
_LIGHT = 150  # of 255
_SEE_THROUGH = 200  # of 255
_OBLIQUE = 10  # degrees off the axes from which text is oblique
# One for one: offsets in the text stay those of PDFium's characters.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\xad": "-", "\x00": " "})
_HYPHEN = re.compile("[\ufffe\x02\xad\x00]")


_Box = tuple[float, float, float, float]  # left, bottom, right, top
_Placed = tuple[Segment, _Box]


class _Font(NamedTuple):
    size: float
    bold: bool
    angle: int


class PageText:
    """The characters of one page; a context, because they lie in PDFium's memory.

    Attributes:
        count: How many there are.
        turn: Direction most of them run in, degrees counter-clockwise; known once ``segments`` was called.
    """

    def __init__(self, page: Any) -> None:
        self._page = pdfium.FPDFText_LoadPage(page)
        self._handle = ctypes.cast(self._page, ctypes.c_void_p).value or 0
        self.count = max(pdfium.FPDFText_CountChars(self._page), 0) if self._page else 0
        self.turn = 0
        self._origin = (ctypes.c_double * 2)()
        self._origin_at = ctypes.addressof(self._origin)
        self._box, self._matrix = Floats(4), Floats(6)
        self._objects: dict[int, int] = {}
        self._heavy: dict[int, bool] = {}

    def __enter__(self) -> "PageText":
        return self

    def __exit__(self, *_: object) -> None:
        if self._page:
            pdfium.FPDFText_ClosePage(self._page)

    def segments(self) -> list[Segment]:
        """Return the page's segments in the order of its content stream, turned upright."""
        raw: list[_Placed] = []
        for line in _LINE.finditer(self._text()):
            self._split(line, raw)
        votes: Counter[int] = Counter()
        for segment, _ in raw:
            if segment.angle % 90 == 0:
                votes[segment.angle] += len(segment.text)
        self.turn = votes.most_common(1)[0][0] if votes else 0
        return _upright(raw, self.turn)

    def cut(self, segment: Segment, places: list[float]) -> list[Segment]:
        """Return the parts of an unturned segment between the given places, in points from the left."""
        firsts = _firsts(segment)
        boxes = self.boxes_of(segment)
        parts: list[Segment] = []
        for start, end in pairwise([-math.inf, *places, math.inf]):
            inside = [offset for offset, box in enumerate(boxes) if start < (box[0] + box[2]) / 2 <= end]
            if inside and (text := segment.text[inside[0] : inside[-1] + 1].strip()):
                x0, x1 = boxes[inside[0]][0], boxes[inside[-1]][2]
                parts.append(replace(segment, text=text, x0=x0, x1=x1, first=firsts[inside[0]]))
        return parts

    def object_of(self, segment: Segment) -> int:
        """Return the page object that draws the first character of a segment, by its address; 0 where there is none."""
        return self._drawer_of(segment.first)

    def box_of(self, segment: Segment) -> _Box:
        """Return the box of the first character of a segment, on the page as it is stored."""
        return self._loose_box(segment.first)

    def boxes_of(self, segment: Segment) -> list[_Box]:
        """Return the box of every character of a segment, on the page as it is stored."""
        return [self._loose_box(first) for first in _firsts(segment)[:-1]]

    def is_faint(self, segment: Segment) -> bool:
        """Return whether a segment is set in a light or see-through colour."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFText_GetFillColor(self._page, segment.first, red, green, blue, alpha)
        light = (red.value + green.value + blue.value) / 3
        return light > _LIGHT or alpha.value < _SEE_THROUGH

    def unmapped_share(self) -> float:
        """Return the share of sampled characters whose font does not say which character they are."""
        sampled = range(0, self.count, max(self.count // 100, 1))
        handle = self._handle
        wrong = [lacks_unicode(handle, index) for index in sampled].count(1)
        return wrong / len(sampled) if sampled else 0.0

    def _text(self) -> str:
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, self.count, buffer)
        text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", "surrogatepass")
        if len(text) == self.count:
            return text
        if written - 1 == self.count:  # PDFium counts both halves of a character beyond U+FFFF
            return "".join(map(chr, buffer[: self.count]))
        # The bulk text leaves out characters without Unicode, and then its offsets no longer are those of places.
        codes = (unicode_of(self._handle, index) for index in range(self.count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)

    def _drawer_of(self, index: int) -> int:
        drawn = self._objects.get(index)
        if drawn is None:
            drawn = self._objects[index] = drawer_of(self._handle, index) or 0
        return drawn

    def _split(self, line: re.Match[str], into: list[_Placed]) -> None:
        """Add the parts of what PDFium calls a line, cut at every space that is not in the content stream."""
        text, at = line[0], line.start()
        begin = 0
        for space in _SPACES.finditer(text):
            if is_generated(self._handle, at + space.start()) == 1:
                self._add_stripped(text[begin : space.start()], at + begin, into)
                begin = space.end()
        self._add_stripped(text[begin:] if begin else text, at + begin, into)

    def _add_stripped(self, part: str, at: int, into: list[_Placed]) -> None:
        if stripped := part.strip(" "):
            self._add_in_order(stripped, at + len(part) - len(part.lstrip(" ")), into)

    def _add_in_order(self, text: str, first: int, into: list[_Placed]) -> None:
        """Add one segment, or several where characters drawn later stand between those drawn before.

        Producers draw quotation marks and the like, which come from another font, after the rest of their line.
        """
        placed = self._segment(text, first)
        if len(text) == 1 or placed[0].angle % 90 or not (_SUSPECT.search(text) or _too_narrow(placed, text)):
            into.append(placed)
            return
        begin, edge = 0, self._loose_box(first)[2]
        for offset in range(1, len(text)):
            left, _, right, _ = self._loose_box(first + offset)
            if abs(left - edge) > _JUMP_EMS * placed[0].size:
                into.append(self._segment(text[begin:offset], first + begin))
                begin = offset
            edge = right
        into.append(self._segment(text[begin:], first + begin))

    def _segment(self, text: str, first: int) -> _Placed:
        last = first + len(text) - 1
        drawn = self._drawer_of(first)
        font, left = self._font(first, drawn), self._loose_box(first)
        tail, right = (font, left) if first == last else (self._tail(drawn, font, last), self._loose_box(last))
        box = (min(left[0], right[0]), min(left[1], right[1]), max(left[2], right[2]), max(left[3], right[3]))
        at_x, at_y = self._origin_of(first)
        clean = text.translate(_HYPHENS) if _HYPHEN.search(text) else text
        if _HALF.search(clean):
            clean = clean.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        elif _DIGIT.search(clean):
            clean = self._with_raised(clean, first, font, _rise(at_x, at_y, font.angle))
        segment = Segment(clean, at_x, 0.0, at_y, font.size, font.bold and tail.bold, font.angle, first, tail.size)
        return segment, box

    def _with_raised(self, text: str, first: int, font: _Font, base: float) -> str:
        handle, origin, at, angle = self._handle, self._origin, self._origin_at, font.angle

        def rise_of(offset: int) -> float:
            read_origin(handle, first + offset, at, at + 8)
            return (_rise(origin[0], origin[1], angle) if angle else origin[1]) - base

        return with_raised(text, font.size, rise_of, lambda offset: self._font(first + offset, 0).size)

    def _origin_of(self, index: int) -> tuple[float, float]:
        read_origin(self._handle, index, self._origin_at, self._origin_at + 8)
        x, y = self._origin
        return x, y

    def _loose_box(self, index: int) -> _Box:
        read_box(self._handle, index, self._box.at[0])
        left, top, right, bottom = self._box.read()  # the order of FS_RECTF
        return left, bottom, right, top

    def _tail(self, first: int, font: _Font, last: int) -> _Font:
        """Return the font of the last character of a segment; one text object has one font (ISO 32000-2, 9.4.3)."""
        drawn = drawer_of(self._handle, last) or 0
        return font if drawn and drawn == first else self._font(last, drawn)

    def _font(self, index: int, drawn: int) -> _Font:
        """Return the font of a character, which the object at an address draws."""
        read_matrix(self._handle, index, self._matrix.at[0])
        a, b, c, d, _, _ = self._matrix.read()
        scale = math.hypot(c, d) or 1.0
        size = size_of(self._handle, index) * scale
        angle = 0 if b == 0 < a else _angle(math.degrees(math.atan2(b, a)))
        return _Font(round(size, 1), self._is_heavy(index, drawn), angle)

    def _is_heavy(self, index: int, drawn: int) -> bool:
        font = (font_of(drawn) or 0) if drawn else 0
        heavy = self._heavy.get(font)
        if heavy is None:
            name = ctypes.create_string_buffer(128)
            read_font(self._handle, index, ctypes.addressof(name), 128, None)
            heavy = _is_heavy(name.value)
            if font:
                self._heavy[font] = heavy
        return heavy


def _rise(x: float, y: float, angle: int) -> float:
    """Return where a baseline stands, growing upwards as its text is read."""
    return y if angle == 0 else {90: -x, 180: -y, 270: x}.get(angle, 0.0)


def _firsts(segment: Segment) -> list[int]:
    """Return where each character of a segment begins, as PDFium counts, and where the last one ends."""
    return list(accumulate((2 if sign > "\uffff" else 1 for sign in segment.text), initial=segment.first))


@lru_cache(maxsize=256)
def _is_heavy(font_name: bytes) -> bool:
    return bool(_HEAVY.search(font_name.decode("utf-8", "replace")))


def _angle(degrees: float) -> int:
    """Return the multiple of 90 that text runs along, or its own angle where it is oblique."""
    axis = round(degrees / 90) * 90
    return (axis if abs(degrees - axis) <= _OBLIQUE else round(degrees)) % 360


def _too_narrow(placed: _Placed, text: str) -> bool:
    """Return whether the last character does not stand where the width of the text says."""
    segment, box = placed
    extent = box[2] - box[0] if segment.angle in {0, 180} else box[3] - box[1]
    if extent >= 0.5 * segment.size * len(text):
        return False  # wide enough if every character were
    wide = len(_NARROW.sub("", text))
    return extent < 0.5 * segment.size * (wide + 0.3 * (len(text) - wide))


def _upright(raw: list[_Placed], turn: int) -> list[Segment]:
    """Return the segments with the page turned back by ``turn`` degrees."""
    for segment, (left, bottom, right, top) in raw:
        if not turn:
            segment.x0, segment.x1 = left, right
            continue
        x, y = segment.x0, segment.y
        segment.angle = (segment.angle - turn) % 360
        segment.x0, segment.x1, segment.y = {
            90: (bottom, top, -x),
            180: (-right, -left, -y),
            270: (-top, -bottom, x),
        }[turn]
    return [segment for segment, _ in raw]
