"""Paragraphs and tables of the documents the office writes, in the fonts of official documents."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from schemas.xml_text import legal_xml

BODY, TITLE, HEADING = "仿宋_GB2312", "方正小标宋_GBK", "黑体"
SMALL, LARGE, LARGEST = 9, 16, 22


def add_title(document: Any, text: str) -> None:
    """Add a title."""
    add_paragraph(document, text, font=TITLE, size=LARGEST, align=WD_ALIGN_PARAGRAPH.CENTER)


def add_paragraph(
    document: Any, text: str, *, font: str = BODY, size: int = LARGE, align: Any = None, indent: bool = False
) -> None:
    """Add a paragraph; sizes are in points, an indent is of two characters."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    add_run(paragraph, text, font=font, size=size)


def add_run(paragraph: Any, text: str, *, font: str, size: int) -> None:
    """Add text in a font for both scripts."""
    run = paragraph.add_run(legal_xml(text))
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def add_rows(document: Any, rows: Sequence[Sequence[str]]) -> None:
    """Add a table of equal rows."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            add_run(cell.paragraphs[0], text, font=BODY, size=SMALL)
