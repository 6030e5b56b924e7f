"""The filled form as docx, its merged cells those of the form."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from schemas.office.applications import FilledForm
from search.office.form.docx_parts import BODY, HEADING, SMALL, add_paragraph, add_run, add_title
from search.office.form.grid import Grid, grids, places, width
from search.office.form.text import chapters, preamble, title


def docx_bytes(form: FilledForm) -> bytes:
    """Return the file."""
    document = Document()
    add_title(document, title(form))
    add_paragraph(document, preamble(form), indent=True)
    tables = grids(form)
    for ordinal, heading, paragraphs in chapters(form):
        add_paragraph(document, heading, font=HEADING, indent=True)
        for one in paragraphs:
            add_paragraph(document, one, indent=True)
        if ordinal in tables:
            _table(document, tables[ordinal])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid), cols=width(grid))
    table.style = "Table Grid"
    # python-docx goes through the whole table whenever it is asked for one cell.
    cells = [row.cells for row in table.rows]
    for row, column, cell in places(grid):
        first = cells[row][column]
        if cell.rows > 1 or cell.columns > 1:
            first.merge(cells[row + cell.rows - 1][column + cell.columns - 1])
        paragraph = first.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_run(paragraph, cell.text, font=BODY, size=SMALL)
