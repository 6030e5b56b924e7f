"""The unit of extraction: a stretch of one clean paragraph together with its original-script twin.

Every step cuts and joins ``Line`` objects and changes no character, so that an offset in the simplified text is also an
offset in the original. What to cut is decided elsewhere.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.blocks import Style
from schemas.cleaned import Normalized, Paragraph

READ_ROLES = frozenset({"body", "footnote", "textbox", "caption"})


class Line(NamedTuple):
    """A stretch of one paragraph, or a whole table; a named tuple, since every line is made anew several times.

    Attributes:
        text: Simplified text, without outer white space.
        original: The same stretch in its original script and of the same length; None if equal.
        table: Whether it is a table, which is never read for headings.
        body: Whether it is running text (footnotes, captions and text boxes are text, but hold no headings).
        page: 1-based page.
        style: Typographic evidence; None for a stretch that was cut out of a longer paragraph.
        cut: Whether it was cut out of a longer paragraph and does not begin a line of its own.
        rows: Cells of a table, row by row; a merged cell stands where it begins, the rest of it is blank.
    """

    text: str
    original: str | None = None
    table: bool = False
    body: bool = True
    page: int | None = None
    style: Style | None = None
    cut: bool = False
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def display(self) -> str:
        """Return the text in the script the document was written in."""
        return self.text if self.original is None else self.original

    def part(self, start: int, end: int | None = None) -> "Line":
        """Return the stretch from ``start`` to ``end`` without outer white space, in both scripts."""
        piece = self.text[start:end]
        text = piece.strip()
        if self.original is None:
            return self if len(text) == len(self.text) else self._with(text, None)
        start += len(piece) - len(piece.lstrip())
        original = self.original[start : start + len(text)]
        return self._with(text, original if original != text else None)

    def _with(self, text: str, original: str | None) -> "Line":
        return Line(text, original, *self[2:])


def read_lines(normalized: Normalized) -> list[Line]:
    """Return the document's lines in reading order; page furniture and hidden text are left out."""
    lines: list[Line] = []
    for paragraph in normalized.paragraphs:
        if paragraph.role not in READ_ROLES:
            continue
        line = _line(paragraph)
        if line.table:
            lines.append(line)
        else:
            lines.extend(_split(line))
    return [line for line in lines if line.text]


def _line(paragraph: Paragraph) -> Line:
    table = paragraph.kind == "table"
    return Line(
        text=paragraph.text,
        original=paragraph.original,
        table=table,
        body=paragraph.role == "body",
        page=paragraph.page,
        style=paragraph.style,
        rows=paragraph.rows,
    ).part(0)


def _split(line: Line) -> Iterable[Line]:
    if "\n" not in line.text:
        yield line
        return
    start = 0
    for piece in line.text.split("\n"):
        yield line.part(start, start + len(piece))
        start += len(piece) + 1


def join_texts(lines: Sequence[Line], separator: str = "\n") -> tuple[str, str | None]:
    """Join lines into one text and its original-script twin (None if equal)."""
    text = separator.join([line.text for line in lines])
    for line in lines:
        if line.original is not None:
            return text, separator.join([line.display for line in lines])
    return text, None


def squeeze(text: str) -> str:
    """Return ``text`` without white space and punctuation, to compare titles by."""
    return text if text.isalnum() else "".join(filter(str.isalnum, text))
