"""Draw a page of a PDF by PDFium, as it is printed, with the places of the text that is seen on it."""

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from schemas.drawings import WEBP, Box, Drawing, DrawnPage, Run, Secret
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.layout.segment import Segment
from workers.convert.pdf.characters import PageText
from workers.convert.pdf.page import read_visible
from workers.convert.pdf.visibility import may_have_layers
from workers.convert.preview.cover import COVERED, cover_secrets, refuse_uncovered
from workers.convert.preview.page_number import require_page
from workers.convert.preview.picture import MAX_SIDE, encode
from workers.convert.source import Source

_DPI = 150
_REFUSED_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_FIRST_CJK = "\u2e80"
_LARGE = 0.05  # of a page; seals and emblems are smaller
_MAX_ASKED = 50  # characters of one font looked for in it


def draw(source: Source, page: int, secrets: tuple[Secret, ...] | None = None) -> DrawnPage:
    """Return a page, with the secrets of a document in which something is masked covered.

    Raises:
        DocumentError: There is no such page, no password opens the file, it is damaged, or it names a Chinese font
            that neither it nor this machine has: the page would be empty where text stands. Or not every secret is
            found on it, or a picture on it may show what nobody read.
    """
    for password in ("", *source.passwords):
        try:
            with pypdfium2.PdfDocument(source.path, password=password or None) as document:
                require_page(page, len(document))
                document.init_forms()
                return _draw(document, page, secrets, layers=may_have_layers(source.path))
        except pypdfium2.PdfiumError as error:
            if error.err_code not in _REFUSED_PASSWORD:
                said = Sentence.of("drawn-damaged", page=page, error=str(error))
                raise DocumentError(Category.CORRUPT, said) from error
    raise DocumentError(Category.ENCRYPTED, Sentence.of("pdf-password"))


def _draw(
    document: pypdfium2.PdfDocument, number: int, secrets: tuple[Secret, ...] | None, *, layers: bool
) -> DrawnPage:
    page = document[number - 1]
    bitmap = page.render(scale=min(_DPI / 72, MAX_SIDE / max(*page.get_size(), 1.0)), may_draw_forms=True)
    image = bitmap.to_pil().convert("RGB")
    blank = Drawing(number, len(document), image.width, image.height, WEBP)
    with PageText(page.raw) as text:
        segments = read_visible(page, text, layers=layers)
        lacks: tuple[str, ...] = ("fonts",) if _has_stand_ins(text, segments, number) else ()
        runs = tuple(_runs(page, text, segments, blank))
    if secrets is not None:
        if not runs or _has_large_picture(page):
            raise refuse_uncovered(number)
        runs, lacks = cover_secrets(image, runs, secrets, page=number), (*lacks, *([COVERED] if secrets else []))
    return DrawnPage(replace(blank, runs=runs, lacks=lacks), encode(image))


def _has_large_picture(page: pypdfium2.PdfPage) -> bool:
    """Return whether the pictures on a page, or the pieces of one, are so large that a table could be read in them."""
    width, height = page.get_size()
    boxes = (found.get_bounds() for found in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)))
    return bool(sum((right - left) * (top - bottom) for left, bottom, right, top in boxes) > _LARGE * width * height)


def _has_stand_ins(text: PageText, segments: list[Segment], number: int) -> bool:
    """Return whether text is drawn in another font than the one the file names, for lack of it.

    Raises:
        DocumentError: No font on this machine has these characters either.
    """
    asked: dict[int, set[str]] = defaultdict(set)
    for segment in segments:
        drawn = ctypes.cast(text.object_of(segment), pdfium.FPDF_PAGEOBJECT)
        font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
        if not font or pdfium.FPDFFont_GetIsEmbedded(font) != 0:
            continue
        known = asked[ctypes.addressof(font.contents)]
        for sign in set(segment.text) - known if len(known) < _MAX_ASKED else ():
            known.add(sign)
            if sign >= _FIRST_CJK and not pdfium.FPDFFont_GetGlyphPath(font, ord(sign), 12.0):
                raise DocumentError(Category.UNSUPPORTED, Sentence.of("drawn-without-font", page=number))
    return any(sign >= _FIRST_CJK for signs in asked.values() for sign in signs)


def _runs(page: pypdfium2.PdfPage, text: PageText, segments: list[Segment], drawing: Drawing) -> Iterator[Run]:
    for segment in segments:
        yield Run(segment.text, tuple(_place(page, box, drawing) for box in text.boxes_of(segment)))


def _place(page: pypdfium2.PdfPage, box: Box, drawing: Drawing) -> Box:
    """Return a box of the page as it is stored on the picture, which is cropped and may be turned."""
    left, bottom, right, top = box
    corners = [_point(page, x, y, drawing) for x, y in ((left, bottom), (right, top))]
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _point(page: pypdfium2.PdfPage, x: float, y: float, drawing: Drawing) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, int(drawing.width), int(drawing.height), 0, x, y, across, down)
    return across.value, down.value
