"""The second reader for PDF: pdfminer.six, slower and more forgiving, for what PDFium refuses or cannot name.

It parses in Python; the caller's limits on CPU and memory are what stops a hostile file.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTTextLine
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from workers.convert.layout.reading_order import TextLine, lines_of
from workers.convert.layout.segment import Segment
from workers.convert.pdf.errors import PasswordError, UnreadableError

# It logs a line for every oddity of a page; what matters is in the problems of the outcome.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

# With its default of 0.5 it reads across two columns whose leading is wide.
_LAYOUT = LAParams(line_margin=1.0)
_UNNAMED = re.compile(r"\(cid:\d+\)")  # how pdfminer writes a glyph without Unicode
_FAULTS = (PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def read_pages(path: Path, *, password: str, pages: list[int] | None = None) -> list[tuple[list[TextLine], float]]:
    """Return lines and height of each page.

    Args:
        path: The file.
        password: Empty for none.
        pages: 0-based numbers of the pages wanted; all where None.

    Raises:
        UnreadableError: Nothing can be read.
    """
    try:
        layouts = extract_pages(path, password=password, page_numbers=pages, laparams=_LAYOUT)
        return [(lines_of(list(_segments(page)), page=page.pageid), page.height) for page in layouts]
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise PasswordError(type(error).__name__) from error
    except _FAULTS as error:
        raise UnreadableError(f"{type(error).__name__}: {error}"[:200]) from error


def _segments(container: LTContainer[Any]) -> Iterator[Segment]:
    open_: list[LTContainer[Any]] = [container]
    while open_:
        item = open_.pop()
        if isinstance(item, LTTextLine):
            yield from _line(item)
        elif isinstance(item, LTContainer):
            open_.extend(child for child in item if isinstance(child, LTContainer))


def _line(line: LTTextLine) -> Iterator[Segment]:
    characters = [child for child in line if isinstance(child, LTChar)]
    text = _UNNAMED.sub("\ufffd", line.get_text().strip())
    if characters and text:
        size = round(characters[0].size, 1)
        bold = all("bold" in character.fontname.lower() for character in characters)
        yield Segment(text, line.x0, line.x1, line.y0, size, bold, end_size=round(characters[-1].size, 1))
