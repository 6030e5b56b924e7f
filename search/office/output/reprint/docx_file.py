"""A document as docx: headings in Word's own styles with outline levels, tables, footnotes."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from schemas.office.output.reprint import Heading, Note, Part, TableRows, Title
from schemas.xml_text import legal_xml
from search.office.output.reprint.docx_notes import refer_to_note, write_notes
from search.office.output.reprint.docx_styles import BODY, DEEPEST, NUMBER, new_document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Writer:
    """A document being written; ``notes`` are the texts of its footnotes so far.

    Attributes:
        document: The python-docx document.
        depth: How many levels deeper than their own headings are set: 1 where articles are chapters of a gazette.
    """

    document: Any
    depth: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Write one part."""
        if isinstance(part, Title):
            self.title(part)
        elif isinstance(part, Heading):
            self.paragraph(part.text, f"Heading {min(part.level + self.depth, DEEPEST)}")
        elif isinstance(part, TableRows):
            self._table(part)
        elif isinstance(part, Note):
            self._note(part)
        else:
            self.paragraph(part.text, BODY)

    def title(self, part: Title) -> Any:
        """Write a title and its 文号, and return the paragraph of the title."""
        written = self.paragraph(part.text, "Heading 1" if self.depth else "Title")
        if part.document_number:
            self.paragraph(part.document_number, NUMBER)
        return written

    def paragraph(self, text: str, style: str) -> Any:
        """Write a paragraph and return it."""
        return self.document.add_paragraph(legal_xml(text, instead=" "), style=style)

    def finish(self) -> bytes:
        """Return the file."""
        write_notes(self.document, self.notes)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _table(self, part: TableRows) -> None:
        table = self.document.add_table(rows=0, cols=max(map(len, part.rows)))
        table.style = "Table Grid"
        for row in part.rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = legal_xml(text, instead=" ")

    def _note(self, part: Note) -> None:
        last = self.document.paragraphs[-1] if self.document.paragraphs else self.paragraph("", BODY)
        self.notes.append(legal_xml(part.text, instead=" "))
        refer_to_note(last, len(self.notes))


def docx_bytes(parts: Iterable[Part], *, title: str = "", author: str = "") -> bytes:
    """Return a document as a file, with these properties."""
    writer = Writer(new_document())
    properties = writer.document.core_properties
    properties.title, properties.author = legal_xml(title, instead=" ")[:255], legal_xml(author, instead=" ")[:255]
    for part in parts:
        writer.add(part)
    return writer.finish()
