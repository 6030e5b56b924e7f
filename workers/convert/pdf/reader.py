"""PDF with a text layer: reading order, whole paragraphs, tables, page furniture apart.

PDFium is not thread-safe; this module runs in a process of its own, as all readers do. A page that is only a picture
is handed to ``scan``.
"""

from collections.abc import Iterator
from functools import partial
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from schemas.blocks import Block, Clue, Converted
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.convert.archive.members import Members
from workers.convert.layout.paragraphs import blocks_of_pages
from workers.convert.ocr.scanned_pages import Pages as Scanned
from workers.convert.ocr.scanned_pages import Recogniser
from workers.convert.pdf.attachments import read_attachments
from workers.convert.pdf.errors import PasswordError, UnreadableError
from workers.convert.pdf.fonts import use_stand_in
from workers.convert.pdf.pages import Pages, read_document, read_refused
from workers.convert.pdf.strings import read_string
from workers.convert.source import Source
from workers.convert.text.unseen import suspect_stretches

use_stand_in()  # before the first document: fonts that were looked up stay

_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_MAX_DEPTH, _MOST_BOOKMARKS = 8, 5_000
_REFUSED_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def read(source: Source) -> Converted:
    """Return the text of a PDF.

    Raises:
        DocumentError: No password given opens it, it is damaged beyond reading, or it holds only pictures of text.
    """
    pages, clues, members, titles = _read(source)
    if not any(pages.items) and not (members and members.children):
        raise _empty(pages)
    converted = Converted(
        format="pdf",
        blocks=_in_order([*blocks_of_pages(pages.items, pages.heights), *pages.beside]),
        clues=clues,
        pages=len(pages.items),
        problems=tuple(pages.problems),
        unseen=suspect_stretches(titles),
    )
    return members.beside(converted) if members else converted


def _in_order(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks page by page, each watermark once."""
    met: set[str] = set()
    kept = [block for block in blocks if block.role != "chrome" or not (block.text in met or met.add(block.text))]  # type: ignore[func-returns-value]
    return tuple(sorted(kept, key=lambda block: block.page or 0))


def _read(source: Source) -> tuple[Pages, tuple[Clue, ...], Members | None, list[str]]:
    for password in ("", *source.passwords):
        try:
            with pypdfium2.PdfDocument(source.path, password=password or None) as document, Scanned(source) as scanned:
                if not len(document):
                    raise DocumentError(Category.CORRUPT, Sentence.of("pdf-without-pages"))
                recognise = Recogniser(source, scanned, len(document))
                pages = read_document(document, source.path, password=password, recognise=recognise)
                return pages, tuple(_clues(document)), read_attachments(document, source), _bookmarks(document)
        except pypdfium2.PdfiumError as error:
            if error.err_code not in _REFUSED_PASSWORD:
                return _read_refused(source), (), None, []
    raise _encrypted_error()


def _read_refused(source: Source) -> Pages:
    for password in ("", *source.passwords):
        try:
            return read_refused(source.path, password=password)
        except PasswordError:
            continue
        except UnreadableError as error:
            raise DocumentError(Category.CORRUPT, Sentence.of("pdf-damaged", error=str(error))) from None
    raise _encrypted_error()


def _encrypted_error() -> DocumentError:
    return DocumentError(Category.ENCRYPTED, Sentence.of("pdf-password"))


def _empty(pages: Pages) -> DocumentError:
    if pages.pictures:
        cause = next((problem.said for problem in pages.problems), Sentence.of("nothing-recognised"))
        return DocumentError(Category.EMPTY, Sentence.of("pdf-scanned", cause=cause))
    if pages.problems:
        return DocumentError(Category.CORRUPT, pages.problems[0].said)
    return DocumentError(Category.EMPTY, Sentence.of("pdf-empty"))


def _bookmarks(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the titles of the bookmarks, which stand beside the pages and may be of an earlier version of them."""
    marks = islice(document.get_toc(max_depth=_MAX_DEPTH), _MOST_BOOKMARKS)
    return [read_string(partial(pdfium.FPDFBookmark_GetTitle, mark)) for mark in marks]


def _clues(document: pypdfium2.PdfDocument) -> Iterator[Clue]:
    for label in _INFO:
        if value := read_string(partial(pdfium.FPDF_GetMetaText, document, label.encode())):
            yield Clue(label, value, "embedded")
