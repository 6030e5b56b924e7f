"""PDF with a text layer: reading order, whole paragraphs, page furniture apart.

PDFium is not thread-safe; this module runs in a process of its own, as all readers do. Recognising scans is not its
work: a page that is only a picture is reported.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from schemas.blocks import Block, Clue, Converted, Role
from schemas.errors import DocumentError
from schemas.outcomes import Category, Problem
from workers.convert.pdf_chars import PageText
from workers.convert.pdf_furniture import furniture
from workers.convert.pdf_order import Line
from workers.convert.pdf_paragraphs import blocks_of
from workers.convert.pdf_rules import grids
from workers.convert.pdf_tables import Table, items_of
from workers.convert.source import Source

_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")


def read(source: Source) -> Converted:
    """Return the text of a PDF.

    Raises:
        DocumentError: No password given opens it, it is damaged beyond reading, or it holds only pictures of text.
    """
    with _opened(source) as document:
        pages, heights, problems = _pages(document)
        clues = tuple(_clues(document))
    items = [item for page in pages for item in page]
    if not items:
        raise DocumentError(Category.EMPTY, "scanned pages, no text layer; have them recognised (OCR) and upload that")
    roles = furniture([[item for item in page if isinstance(item, Line)] for page in pages], heights)
    body = blocks_of([item for item in items if id(item) not in roles])
    edges = [_edge(item, roles[id(item)]) for item in items if isinstance(item, Line) and id(item) in roles]
    blocks = sorted([*body, *edges], key=lambda block: block.page or 0)
    return Converted("pdf", tuple(blocks), clues=clues, pages=len(pages), problems=tuple(problems))


def _edge(line: Line, role: Role) -> Block:
    return Block(text=line.text, role=role, page=line.page)


@contextmanager
def _opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    document = _open(source)
    try:
        yield document
    finally:
        document.close()


def _open(source: Source) -> pypdfium2.PdfDocument:
    for password in (None, *source.passwords):
        try:
            return pypdfium2.PdfDocument(source.path, password=password)
        except pypdfium2.PdfiumError as error:
            if error.err_code != pdfium.FPDF_ERR_PASSWORD:
                raise DocumentError(Category.CORRUPT, f"PDFium cannot open it: {error}") from None
    message = "the PDF needs a password and none of the configured ones opens it; upload it without, or set PASSWORDS"
    raise DocumentError(Category.ENCRYPTED, message)


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[list[Line | Table]], list[float], list[Problem]]:
    pages: list[list[Line | Table]] = []
    heights: list[float] = []
    problems: list[Problem] = []
    for index in range(len(document)):
        page = document[index]
        with PageText(page.raw) as text:
            segments = text.segments()
            ruled = grids(page.raw) if segments and text.turn == 0 else []
            items = items_of(segments, ruled, text, page=index + 1)
        if not items and _is_picture(page):
            message = f"page {index + 1} is a picture without text; have it recognised (OCR) and upload that"
            problems.append(Problem("convert", message, page=index + 1, lossy=True))
        pages.append(items)
        heights.append(page.get_height())
        page.close()
    return pages, heights, problems


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _clues(document: pypdfium2.PdfDocument) -> Iterator[Clue]:
    for label in _INFO:
        if value := document.get_metadata_value(label).strip():
            yield Clue(label, value, "embedded")
