"""The filled form as docx, its merged cells those of the form."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from schemas.office.applications import FilledForm
from search.office.form.grid import Grid, grids, places, width
from search.office.form.text import chapters, preamble, title

_BODY, _TITLE, _HEADING = "仿宋_GB2312", "方正小标宋_GBK", "黑体"
_SMALL, _LARGE, _LARGEST = 9, 16, 22


def docx_bytes(form: FilledForm) -> bytes:
    """Return the file."""
    document = Document()
    _paragraph(document, title(form), font=_TITLE, size=_LARGEST, align=WD_ALIGN_PARAGRAPH.CENTER)
    _paragraph(document, preamble(form), indent=True)
    tables = grids(form)
    for ordinal, heading, paragraphs in chapters(form):
        _paragraph(document, heading, font=_HEADING, indent=True)
        for one in paragraphs:
            _paragraph(document, one, indent=True)
        if ordinal in tables:
            _table(document, tables[ordinal])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraph(
    document: Any, text: str, *, font: str = _BODY, size: int = _LARGE, align: Any = None, indent: bool = False
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _run(paragraph, text, font=font, size=size)


def _run(paragraph: Any, text: str, *, font: str, size: int) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid), cols=width(grid))
    table.style = "Table Grid"
    for row, column, cell in places(grid):
        first = table.cell(row, column)
        merged = first.merge(table.cell(row + cell.rows - 1, column + cell.columns - 1))
        paragraph = merged.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, cell.text, font=_BODY, size=_SMALL)
