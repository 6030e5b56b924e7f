"""Parts of a document set on pages after GB/T 9704-2012 (党政机关公文格式): 22 lines of 28 characters; in millimetres.

Rows of tables are lines of their cells, without rules; notes stand in small type where they are referred to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.office.output.reprint import Heading, Note, Part, TableRows, Title
from schemas.xml_text import legal_xml
from search.office.output.reprint.line_breaks import break_lines, width_of

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, TEXT_WIDTH, TEXT_HEIGHT = 28.0, 37.0, 156.0, 225.0
LINES, CHARACTERS = 22, 28
PITCH = TEXT_HEIGHT / LINES
_POINT = 25.4 / 72
_ROUNDING = 0.01
_FOOT = 7.0  # from the text down to the page number
_SPACE = "\N{IDEOGRAPHIC SPACE}"
_BREAKS = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Face:
    """How a paragraph is set.

    Attributes:
        font: Name of its font.
        size: Height of its characters.
        advance: From one Chinese character to the next.
        indent: Chinese characters its first line is moved in.
        is_centred: Whether its lines stand in the middle.
    """

    font: str
    size: float
    advance: float
    indent: int = 0
    is_centred: bool = False

    @property
    def room(self) -> int:
        """Width of a line in halves of a Chinese character."""
        return int(TEXT_WIDTH / self.advance + _ROUNDING) * 2


_LARGEST, _LARGE, _MIDDLE, _SMALL = (points * _POINT for points in (22, 16, 14, 10.5))  # 二号, 三号, 四号, 五号
_STEP = TEXT_WIDTH / CHARACTERS
TITLE = Face("宋体", _LARGEST, _LARGEST, is_centred=True)
NUMBER = Face("仿宋", _LARGE, _STEP, is_centred=True)
BODY = Face("仿宋", _LARGE, _STEP, indent=2)
ROW = Face("仿宋", _LARGE, _STEP)
NOTE = Face("宋体", _SMALL, _SMALL, indent=2)
FOLIO = Face("宋体", _MIDDLE, _MIDDLE)
# 黑体 for 一、, 楷体 for （一）, 仿宋 below.
_HEADINGS = (Face("黑体", _LARGE, _STEP, indent=2), Face("楷体", _LARGE, _STEP, indent=2))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        text: What it says.
        left: Its left edge from that of the page.
        top: Upper edge of its strip of the page, one ``PITCH`` high.
        advances: How wide each of its characters is.
        face: How it is set.
    """

    text: str
    left: float
    top: float
    advances: tuple[float, ...]
    face: Face


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a title (level 0) or heading stands: page from 0, and its upper edge."""

    text: str
    level: int
    page: int
    top: float


@dataclass(slots=True)
class Pages:
    """A document being set.

    Attributes:
        pages: Its pages so far, as lines.
        marks: Its titles and headings.
    """

    pages: list[list[Line]] = field(default_factory=lambda: [[]])
    marks: list[Mark] = field(default_factory=list)
    _used: int = 0

    def add(self, part: Part) -> None:
        """Set one part."""
        if isinstance(part, Title):
            self._title(part)
        elif isinstance(part, Heading):
            face = _HEADINGS[part.level - 1] if part.level <= len(_HEADINGS) else BODY
            self._paragraph(part.text, face, level=part.level)
        elif isinstance(part, TableRows):
            for row in part.rows:
                self._paragraph(_SPACE.join(row), ROW)
        else:
            self._paragraph(part.text, NOTE if isinstance(part, Note) else BODY)

    def _title(self, part: Title) -> None:
        self._skip_line()
        self._paragraph(part.text, TITLE, level=0)
        if part.document_number:
            self._paragraph(part.document_number, NUMBER)
        self._skip_line()

    def _paragraph(self, text: str, face: Face, *, level: int | None = None) -> None:
        shown = legal_xml(_BREAKS.sub(" ", text), instead=" ").strip(" ")
        lines = list(break_lines(shown, face.room, indent=2 * face.indent))
        if level is not None and lines:
            # A heading stays with the line below it.
            self._make_room(min(len(lines) + 1, LINES))
            self.marks.append(Mark(shown, level, len(self.pages) - 1, self._top))
        for index, line in enumerate(lines):
            self._make_room(1)
            indent = 0 if index else face.indent
            self.pages[-1].append(_set_line(line, face, self._top, indent=indent, is_last=index == len(lines) - 1))
            self._used += 1

    @property
    def _top(self) -> float:
        return TOP + self._used * PITCH

    def _skip_line(self) -> None:
        if 0 < self._used < LINES:
            self._used += 1

    def _make_room(self, count: int) -> None:
        if self._used + count > LINES:
            self.pages.append([])
            self._used = 0


def set_pages(parts: Iterable[Part]) -> Pages:
    """Return a document set on pages, at least one, each with its number."""
    pages = Pages()
    for part in parts:
        pages.add(part)
    for index, page in enumerate(pages.pages):
        page.append(_folio(index + 1))
    return pages


def _set_line(text: str, face: Face, top: float, *, indent: int, is_last: bool) -> Line:
    """Set a line; all but the last of a paragraph are stretched to the right edge."""
    advances = [width_of(character) * face.advance / 2 for character in text]
    spare = TEXT_WIDTH - indent * face.advance - sum(advances)
    left = LEFT + (spare / 2 if face.is_centred else indent * face.advance)
    if not (is_last or face.is_centred) and len(text) > 1:
        advances[:-1] = [advance + spare / (len(text) - 1) for advance in advances[:-1]]
    return Line(text, left, top, tuple(advances), face)


def _folio(number: int) -> Line:
    """Return the number of a page, 7 mm below the text, a character from its right edge, on even pages its left one."""
    text = f"— {number} —"
    line = _set_line(text, FOLIO, TOP + TEXT_HEIGHT + _FOOT - (PITCH - FOLIO.size) / 2, indent=1, is_last=True)
    if number % 2 == 0:
        return line
    left = LEFT + TEXT_WIDTH - FOLIO.advance - sum(line.advances)
    return Line(text, left, line.top, line.advances, FOLIO)
