"""A document in parts, from its section rows: titles, headings, paragraphs, tables and notes.

Of a file that holds several articles each title begins with 第一篇：, by which readers of compilations divide them.
Rows are masked as the settings say before they are indexed, so whatever is made of them is, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from schemas.cleaned import Normalized
from schemas.names import join_number
from schemas.office.output.reprint import Heading, Note, Paragraph, Part, TableRows, Title
from schemas.records import SectionRow

_DIGITS = ("", *"一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Apart:
    """Lines that stand apart from the running text: footnotes and endnotes, and rows of tables with one cell."""

    notes: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()


def read_apart(details: Normalized | None) -> Apart:
    """Return which lines of a document stand apart, in its own script; none once its artefact is gone."""
    paragraphs = details.paragraphs if details else ()
    tables = (line.strip() for one in paragraphs if one.kind == "table" for line in one.display.split("\n"))
    notes = (one.display.strip() for one in paragraphs if one.role == "footnote")
    return Apart(frozenset(notes), frozenset(tables))


def read_parts(rows: Sequence[SectionRow], apart: Apart | None = None) -> Iterator[Part]:
    """Yield the parts of a document, in its own script.

    Args:
        rows: All its rows, by article and ordinal.
        apart: Its notes and rows of one cell; without them both are paragraphs.
    """
    apart = apart or Apart()
    articles = [list(group) for _, group in groupby(rows, key=lambda row: row.article)]
    for place, article in enumerate(articles, 1):
        first = article[0]
        title = first.title_original or first.title or ""
        label = f"第{write_number(place)}篇：" if len(articles) > 1 else ""
        if label or title:
            yield Title(label + title, first.document_number)
        for row in article:
            yield from _row_parts(row, apart)


def write_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals, a larger one in digits."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    lead = _DIGITS[tens] if tens > 1 else ""
    return f"{lead}{'十' if tens else ''}{_DIGITS[ones]}"


def _row_parts(row: SectionRow, apart: Apart) -> Iterator[Part]:
    heading = row.heading_original or row.heading
    if heading:
        yield Heading(join_number(row.number, heading), max(len(row.path), 1))
    lines = (row.text_original or row.text).split("\n")
    if row.number and not heading:
        lines[0] = row.number + lines[0]
    for is_table, some in groupby(lines, key=lambda line: "\t" in line or line.strip() in apart.rows):
        if is_table:
            yield TableRows(tuple(tuple(cell.strip() for cell in line.split("\t")) for line in some))
        else:
            yield from (_paragraph(line.strip(), apart) for line in some if line.strip())


def _paragraph(line: str, apart: Apart) -> Part:
    return Note(line) if line in apart.notes else Paragraph(line)
