"""Pages of a PDF as lines and tables: by PDFium, and by the second reader where PDFium fails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from schemas.blocks import Block
from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.layout.reading_order import TextLine
from workers.convert.layout.ruled_tables import Table
from workers.convert.ocr.recognised import Recognised
from workers.convert.ocr.side_by_side import Job
from workers.convert.pdf.errors import UnreadableError
from workers.convert.pdf.fields import Form
from workers.convert.pdf.page import read_page, with_recognised
from workers.convert.pdf.visibility import may_have_layers
from workers.convert.text.plausibility import plausibility

Recognise = Callable[[pypdfium2.PdfPage, int], Job[Recognised]]

_UNMAPPED = 0.2  # share of characters without Unicode from which a page is read again
_SAMPLE = 2000


@dataclass(slots=True)
class Pages:
    """What was read.

    Attributes:
        items: Lines and tables of each page in reading order.
        heights: Of each page, in points.
        pictures: 1-based numbers of pages that show a picture and no text that could be read.
        beside: Watermarks, and text that nobody sees.
        problems: What was met.
    """

    items: list[list[TextLine | Table]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_document(document: pypdfium2.PdfDocument, path: Path, *, password: str, recognise: Recognise) -> Pages:
    """Return all pages of an open document; a page that fails is reported and the others go on.

    Args:
        document: Open.
        path: Its file, for the second reader.
        password: That opens it.
        recognise: Begins with a page that is only a picture; the pages after it are read meanwhile.
    """
    pages, layers = Pages(), may_have_layers(path)
    begun: list[tuple[int, Job[Recognised], int]] = []
    with Form(document) as form:
        for number in range(1, len(document) + 1):
            try:
                read, page = read_page(document, number, form=form, layers=layers)
            except pypdfium2.PdfiumError:
                _add_second(pages, path, number, password)
                continue
            pages.heights.append(page.get_height())
            items = read.items
            if read.unmapped > _UNMAPPED:
                items = _remap(pages, items, path, number, password)
            elif read.unread:
                begun.append((number, recognise(page, number), len(pages.problems)))
            pages.items.append(items)
            pages.beside.extend(read.beside)
            pages.problems.extend(read.problems)
            page.close()
    _add_recognised(pages, begun)
    return pages


def _add_recognised(pages: Pages, begun: list[tuple[int, Job[Recognised], int]]) -> None:
    """Add what stands on the pages that were begun with; each with the place of its problems among the others."""
    added = 0
    for number, job, place in begun:
        recognised = job.finish()
        items = with_recognised(pages.items[number - 1], recognised)
        pages.items[number - 1] = items
        pages.problems[place + added : place + added] = recognised.problems
        added += len(recognised.problems)
        if not items:
            pages.pictures.append(number)


def read_refused(path: Path, *, password: str) -> Pages:
    """Return what the second reader makes of a file PDFium refuses.

    Raises:
        UnreadableError: Nothing.
    """
    read = _second(path, password=password)
    pages = Pages(problems=[Problem.of("convert", Sentence.of("pdf-second-reader"), lossy=True)])
    pages.items = [list(lines) for lines, _ in read]
    pages.heights = [height for _, height in read]
    if not any(pages.items):
        raise UnreadableError("it holds no readable page")
    return pages


def _second(path: Path, *, password: str, pages: list[int] | None = None) -> list[tuple[list[TextLine], float]]:
    from workers.convert.pdf.pdfminer_fallback import read_pages  # noqa: PLC0415 - pdfminer.six, rarely needed, takes 90 ms

    return read_pages(path, password=password, pages=pages)


def _add_second(pages: Pages, path: Path, number: int, password: str) -> None:
    try:
        ((lines, height),) = _second(path, password=password, pages=[number - 1])
    except (UnreadableError, ValueError):
        lines, height = [], 0.0
    if not lines:
        said = Sentence.of("page-damaged", page=number)
        pages.problems.append(Problem.of("convert", said, page=number, lossy=True))
    pages.items.append(list(lines))
    pages.heights.append(height)


def _remap(
    pages: Pages, items: list[TextLine | Table], path: Path, number: int, password: str
) -> list[TextLine | Table]:
    """Return the better of both readings of a page whose fonts do not say what their glyphs mean."""
    try:
        ((lines, _),) = _second(path, password=password, pages=[number - 1])
    except (UnreadableError, ValueError):
        lines = []
    ours = plausibility(" ".join(item.text for item in items if isinstance(item, TextLine))[:_SAMPLE])
    theirs = plausibility(" ".join(line.text for line in lines)[:_SAMPLE]) if lines else -1.0
    if max(ours, theirs) <= 0.5:  # nothing but ASCII and noise
        said = Sentence.of("page-fonts", page=number)
        pages.problems.append(Problem.of("convert", said, page=number, lossy=True))
    return list(lines) if theirs > ours else items
