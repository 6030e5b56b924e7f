"""Annotations of a PDF page (ISO 32000-2, 12.5): what they draw becomes part of the page, what they only note does not.

Text typed on a page (FreeText), stamps and the values of form fields are seen by every reader. Review notes are seen
by nobody who prints the page; they are handed on as hidden text, because whoever opens the file has them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from workers.convert.layout.ruled_grids import Box
from workers.convert.layout.segment import Segment
from workers.convert.pdf.fields import Form
from workers.convert.pdf.strings import MOST_CHARACTERS, read_string

_DRAWN = frozenset({pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET})
_SILENT = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
_COVERING = frozenset({pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_REDACT, pdfium.FPDF_ANNOT_POLYGON})
_UNSEEN_FLAGS = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_MAX_COUNT = 5_000
_USUAL_SIZE = 12.0


@dataclass(slots=True)
class Annotations:
    """What the annotations of a page say.

    Attributes:
        drawn: Whether any of them has an appearance that shows text.
        typed: Text a reader's program draws though the file holds no appearance for it, where it stands.
        notes: Text that is not drawn.
        covers: Left, bottom, right and top of what may be drawn over text.
        cut: How many of them say more than is read.
    """

    drawn: bool = False
    typed: list[Segment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    covers: list[Box] = field(default_factory=list)
    cut: int = 0


def read_annotations(page: pypdfium2.PdfPage, form: Form) -> Annotations:
    """Return what the annotations of a page say.

    Args:
        page: Open.
        form: Of its document.
    """
    found = Annotations()
    for annotation in _annotations(page.raw):
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        if subtype in _SILENT:
            continue
        unseen = bool(pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN_FLAGS)
        if subtype in _COVERING and not unseen:
            found.covers.append(_place(annotation))
        if not unseen and subtype in _DRAWN and pdfium.FPDFAnnot_HasKey(annotation, b"AP"):
            found.drawn = True
            continue
        said, shown = _said(annotation, form, subtype)
        found.cut += len(said) >= MOST_CHARACTERS
        if unseen or subtype not in _DRAWN or not shown:
            found.notes.extend([said] if said else [])
        elif said:
            found.typed.extend(_typed(annotation, said))
    return found


def _said(annotation: Any, form: Form, subtype: int) -> tuple[str, bool]:
    """Return what an annotation says, and whether a field of a form would show it."""
    if subtype != pdfium.FPDF_ANNOT_WIDGET:
        return _string(annotation, b"Contents"), True
    return form.value_of(annotation) or (_string(annotation, b"V"), True)


def flatten(page: pypdfium2.PdfPage) -> bool:
    """Draw the annotations of a page into it; the page has to be loaded anew where that is done."""
    return bool(pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


def _annotations(page: Any) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_COUNT)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield annotation
            pdfium.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes) -> str:
    return read_string(partial(pdfium.FPDFAnnot_GetStringValue, annotation, key))


def _place(annotation: Any) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    return box.left, box.bottom, box.right, box.top


def _typed(annotation: Any, text: str) -> Iterator[Segment]:
    left, bottom, right, top = _place(annotation)
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    step = (top - bottom) / max(len(lines), 1)
    size = round(min(max(0.8 * step, 1.0), _USUAL_SIZE), 1)
    for row, line in enumerate(lines):
        if line:
            y = top - step * (row + 1) + 0.2 * step
            yield Segment(line, left, min(right, left + size * len(line)), y, size, bold=False)
