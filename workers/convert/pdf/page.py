"""One page of a PDF: its text as lines and tables, and apart from them what nobody sees or is no text of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2

from schemas.blocks import Block
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.layout.reading_order import TextLine
from workers.convert.layout.ruled_grids import PageObjects, grids_of, objects_of, strokes_of
from workers.convert.layout.ruled_tables import Table, items_of
from workers.convert.layout.segment import Segment
from workers.convert.layout.struck_lines import mark_struck
from workers.convert.layout.watermarks import part_watermarks
from workers.convert.ocr.recognised import Recognised
from workers.convert.pdf.annotations import Annotations, flatten, read_annotations
from workers.convert.pdf.characters import PageText
from workers.convert.pdf.concealed import part_concealed
from workers.convert.pdf.fields import Form
from workers.convert.pdf.ink import is_unread
from workers.convert.pdf.strings import MOST_CHARACTERS
from workers.convert.pdf.visibility import unseen


@dataclass(slots=True)
class Page:
    """What was read of a page.

    Attributes:
        items: Its lines and tables in reading order.
        unmapped: Share of its characters whose font does not say which they are.
        unread: Whether it shows text that these do not hold.
        beside: Watermarks, and text that nobody sees.
        problems: Remarks on what is left out.
    """

    items: list[TextLine | Table]
    unmapped: float
    unread: bool
    beside: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_page(
    document: pypdfium2.PdfDocument, number: int, *, form: Form, layers: bool
) -> tuple[Page, pypdfium2.PdfPage]:
    """Return what is read of a page, and the page, open.

    Args:
        document: Open.
        number: Of the page, from 1.
        form: Of the document.
        layers: Whether the document has layers.

    Raises:
        pypdfium2.PdfiumError: The page cannot be loaded.
    """
    page = document[number - 1]
    annotations = read_annotations(page, form)
    if annotations.drawn and flatten(page):
        page.close()
        page = document[number - 1]
    with PageText(page.raw) as text:
        return _read(page, number, text, annotations, layers=layers), page


def read_visible(page: pypdfium2.PdfPage, text: PageText, *, layers: bool) -> list[Segment]:
    """Return the text that is seen on a page, annotations apart; none if most of it does not run left to right.

    Args:
        page: Open.
        text: Its characters.
        layers: Whether the document has layers.
    """
    with Form(page.pdf) as form:
        annotations = read_annotations(page, form)
    segments, _, _ = _part_unseen(page, text, annotations, layers=layers)
    return segments if text.turn == 0 else []


def _part_unseen(
    page: pypdfium2.PdfPage, text: PageText, annotations: Annotations, *, layers: bool
) -> tuple[list[Segment], list[Segment], PageObjects]:
    """Return the text of a page that is seen, that which is not, and what an unturned page draws."""
    segments = text.segments()
    gone = unseen(page, text, segments, layers=layers) if segments else []
    if gone:
        taken = set(map(id, gone))
        segments = [segment for segment in segments if id(segment) not in taken]
    objects = objects_of(page.raw) if text.turn == 0 else PageObjects([], [])
    if text.turn == 0:
        segments, covered = part_concealed(page, text, segments, objects, annotations.covers)
        gone += covered
    return segments, gone, objects


def _read(page: pypdfium2.PdfPage, number: int, text: PageText, annotations: Annotations, *, layers: bool) -> Page:
    segments, gone, objects = _part_unseen(page, text, annotations, layers=layers)
    shown, marks = part_watermarks(segments, text.is_faint)
    if text.turn == 0:
        shown += annotations.typed
    unread = text.turn == 0 and is_unread(page, objects.beside, shown)
    strokes = list(strokes_of(objects.beside)) if shown else []
    ruled = grids_of(strokes)
    shown = mark_struck(shown, strokes, text) if strokes else shown
    found = Page(items_of(shown, ruled, text, page=number), text.unmapped_share(), unread)
    hidden = [*_texts(gone), *annotations.notes]
    found.beside = [Block(mark, role="chrome", page=number) for mark in marks]
    found.beside += [Block(said, role="hidden", page=number) for said in hidden]
    found.problems.extend(_remarks(number, len(gone), annotations))
    return found


def _texts(segments: list[Segment]) -> list[str]:
    return [segment.text for segment in segments if segment.text.strip()]


def _remarks(number: int, gone: int, annotations: Annotations) -> Iterator[Problem]:
    if gone:
        yield Problem.of("convert", Sentence.of("page-hidden-text", count=gone, page=number), page=number)
    if notes := len(annotations.notes):
        yield Problem.of("convert", Sentence.of("page-notes", count=notes, page=number), page=number)
    if annotations.cut:
        said = Sentence.of("page-annotations-cut", count=annotations.cut, limit=MOST_CHARACTERS, page=number)
        yield Problem.of("convert", said, page=number, lossy=True)


def with_recognised(items: list[TextLine | Table], recognised: Recognised) -> list[TextLine | Table]:
    """Return the lines of a page with those recognised beside them, from top to bottom."""
    lines = [item for item in items if isinstance(item, TextLine)]
    tables = [item for item in items if isinstance(item, Table)]
    # Recognition sees the whole page: of what the file holds as text, that text is right.
    added = [line for line in recognised.lines if not any(_same_place(line, other) for other in lines)]
    placed: list[TextLine | Table] = [*lines, *added, *tables]
    return sorted(placed, key=lambda item: -(item.top if isinstance(item, Table) else item.y))


def _same_place(line: TextLine, other: TextLine) -> bool:
    overlap = min(line.x1, other.x1) - max(line.x0, other.x0)
    return abs(line.y - other.y) < 0.7 * max(line.size, other.size) and overlap > 0.3 * (line.x1 - line.x0)
