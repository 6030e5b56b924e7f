"""A stand-in for the Chinese fonts a PDF names and does not hold, so that nothing is looked for on the machine.

PDFium asks such a font for the outline of every character, to know the place it takes. A real font with thousands of
outlines makes that two thirds of the work on a page and takes 30 MB; without any font, characters placed one by one
have no extent and are left out as invisible. This one is a box for every character. What is read does not depend on
the fonts a machine has, and widths come from the document.
"""

import ctypes
import struct
from collections.abc import Mapping

import pypdfium2.raw as pdfium

_EM = 1000
_BOX = (50, -120, 950, 880)  # left, bottom, right, top
_EAST_ASIAN = frozenset({128, 129, 134, 136})  # FXFONT_*_CHARSET: Shift-JIS, Hangul, GB 2312, Big5
_HANDLE = 1


def stand_in() -> bytes:
    """Return a TrueType font (ISO/IEC 14496-22) in which every character is the same box."""
    left, bottom, right, top = _BOX
    box = struct.pack(">hhhhhHH", 1, left, bottom, right, top, 3, 0) + b"\1\1\1\1"
    box += struct.pack(">4h", left, right - left, 0, left - right) + struct.pack(">4h", bottom, 0, top - bottom, 0)
    every = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x2FFFF, 1)  # format 13: many to one
    tables = {
        b"OS/2": struct.pack(">HhHHH", 0, _EM, 400, 5, 0).ljust(68, b"\0") + struct.pack(">5h", 880, -120, 0, 880, 120),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + every,
        b"glyf": box,
        b"head": struct.pack(">IIIIHH16x4hHHhhh", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, _EM, *_BOX, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhh14xH", 1 << 16, 880, -120, 0, _EM, left, _EM - right, right, 1, 0, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, left),
        b"loca": struct.pack(">III", 0, 0, len(box)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 1 << 16, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"post": struct.pack(">IIhhI16x", 3 << 16, 0, -100, 50, 0),
    }
    return _pack(tables)


def _pack(tables: Mapping[bytes, bytes]) -> bytes:
    head = struct.pack(">IHHHH", 1 << 16, len(tables), 128, 3, 16 * len(tables) - 128)
    place = 12 + 16 * len(tables)
    body = b""
    for name, data in tables.items():
        head += name + struct.pack(">III", 0, place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


def _map_font(_: object, weight: int, italic: int, charset: int, pitch: int, face: object, exact: object) -> int | None:
    return _HANDLE if charset in _EAST_ASIAN else None


def _font_data(_: object, handle: object, table: int, buffer: int | None, size: int) -> int:
    if table:  # asked for by name: a collection's head, which this is not
        return 0
    if buffer and size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


_FONT = stand_in()
_FIELDS = dict(pdfium.FPDF_SYSFONTINFO._fields_)
# PDFium keeps the address: it has to live as long as this process.
_INFO = pdfium.FPDF_SYSFONTINFO(
    version=1, MapFont=_FIELDS["MapFont"](_map_font), GetFontData=_FIELDS["GetFontData"](_font_data)
)


def use_stand_in() -> None:
    """Have PDFium take the stand-in from now on; again does nothing more."""
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(_INFO))
