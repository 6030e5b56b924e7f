"""PDFium's functions that are called for every character or object of a page, with handles as plain numbers.

pypdfium2 makes a pointer of every handle it hands on. A number takes a third off a call, and tells whether two handles
are one; the pointers of pypdfium2 are accepted as arguments. What is written is given as an address.
"""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_INT, _HANDLE, _FLOAT = ctypes.c_int, ctypes.c_void_p, ctypes.c_float
_Function = Any  # of ctypes, which keeps the type to itself


def _call(function: _Function, result: Any, *arguments: Any) -> _Function:
    if len(arguments) != len(function.argtypes):
        raise TypeError(f"this version of pypdfium2 calls {function.__name__} with other arguments")
    return ctypes.cast(function, ctypes.CFUNCTYPE(result, *arguments))


count_objects = _call(pdfium.FPDFPage_CountObjects, _INT, _HANDLE)
object_at = _call(pdfium.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
kind_of = _call(pdfium.FPDFPageObj_GetType, _INT, _HANDLE)
read_bounds = _call(pdfium.FPDFPageObj_GetBounds, _INT, *[_HANDLE] * 5)
read_colour = _call(pdfium.FPDFPageObj_GetFillColor, _INT, *[_HANDLE] * 5)
count_edges = _call(pdfium.FPDFPath_CountSegments, _INT, _HANDLE)
edge_at = _call(pdfium.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INT)
kind_of_edge = _call(pdfium.FPDFPathSegment_GetType, _INT, _HANDLE)
closes = _call(pdfium.FPDFPathSegment_GetClose, _INT, _HANDLE)
read_point = _call(pdfium.FPDFPathSegment_GetPoint, _INT, *[_HANDLE] * 3)
read_paint = _call(pdfium.FPDFPath_GetDrawMode, _INT, *[_HANDLE] * 3)
count_parts = _call(pdfium.FPDFFormObj_CountObjects, _INT, _HANDLE)
part_at = _call(pdfium.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)

clip_of = _call(pdfium.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
count_clips = _call(pdfium.FPDFClipPath_CountPaths, _INT, _HANDLE)
count_clip_edges = _call(pdfium.FPDFClipPath_CountPathSegments, _INT, _HANDLE, _INT)
clip_edge_at = _call(pdfium.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INT, _INT)

font_of = _call(pdfium.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
mode_of = _call(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
is_embedded = _call(pdfium.FPDFFont_GetIsEmbedded, _INT, _HANDLE)
read_font_name = _call(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _HANDLE, _HANDLE, ctypes.c_size_t)

drawer_of = _call(pdfium.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
is_generated = _call(pdfium.FPDFText_IsGenerated, _INT, _HANDLE, _INT)
lacks_unicode = _call(pdfium.FPDFText_HasUnicodeMapError, _INT, _HANDLE, _INT)
unicode_of = _call(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
read_matrix = _call(pdfium.FPDFText_GetMatrix, _INT, _HANDLE, _INT, _HANDLE)
size_of = _call(pdfium.FPDFText_GetFontSize, ctypes.c_double, _HANDLE, _INT)
read_font = _call(
    pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _HANDLE, _INT, _HANDLE, ctypes.c_ulong, ctypes.POINTER(_INT)
)
read_origin = _call(pdfium.FPDFText_GetCharOrigin, _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
read_box = _call(pdfium.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)


class Floats:
    """Some single floats that PDFium writes into.

    Attributes:
        at: Address of each.
    """

    __slots__ = ("_floats", "at")

    def __init__(self, count: int) -> None:
        self._floats = (_FLOAT * count)()
        start = ctypes.addressof(self._floats)
        self.at = tuple(start + ctypes.sizeof(_FLOAT) * index for index in range(count))

    def read(self) -> list[float]:
        """Return what was written."""
        return self._floats[:]
