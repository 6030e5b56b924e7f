"""One story of a document (body, notes, headers …) as blocks: numbered paragraphs, tables, and what hangs on them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from schemas.blocks import Block, Role
from workers.convert.word.doc.document import Document
from workers.convert.word.doc.inline import Inline, ParagraphText
from workers.convert.word.doc.pieces import whole
from workers.convert.word.doc.sprms import ParagraphShape
from workers.convert.word.doc.styles import apply_toggle
from workers.convert.word.doc.tables import Tables
from workers.convert.word.numbering import Counters, NumberedList, join_label, level_of
from workers.convert.word.text_style import TextStyle, overlay, style_of

_MARK = re.compile("[\r\x07\x0c]")
_CELL = "\x07"


@dataclass(slots=True)
class Story:
    """Reads one story.

    Attributes:
        document: The document.
        role: Role of the blocks.
        counters: Where the lists of this story stand.
        hanging: Returns the blocks that hang on a stretch of text: notes called there, boxes anchored there.
    """

    document: Document
    role: Role
    counters: Counters
    hanging: Callable[[int, int], list[Block]] = lambda start, end: []
    tables: Tables = field(init=False)
    inline: Inline = field(init=False)
    pending: ParagraphText | None = None

    def __post_init__(self) -> None:
        self.tables = Tables(self.role)
        self.inline = Inline(self.document, on_paper=self.role == "body")

    def read(self, start: int, end: int) -> list[Block]:
        """Return the blocks of the text between two positions."""
        position = start
        for mark in _MARK.finditer(self.document.text, start, end):
            self._paragraph(position, mark.start(), mark.group())
            position = mark.end()
        if position < end:
            self._paragraph(position, end, "\r")
        return self.tables.enter(0)

    def _paragraph(self, start: int, mark: int, sign: str) -> None:
        shape = self.document.paragraph_at(mark)
        depth = max(shape.depth or 0, 1 if sign == _CELL else 0)
        target = self.tables.enter(depth)
        if shape.row_end and depth:
            self._row(mark, shape)
            return
        styled = self.document.styles.look(shape.style)
        line = self.pending or ParagraphText()
        self.pending = None
        self.inline.read(start, mark, styled, line)
        run = self.document.characters.at(mark)
        ending = self.document.run_of(run) if run is not None else None
        ends_cell = depth > 0 and (sign == _CELL or shape.cell_end)
        if ending is not None and ending.deleted and not ends_cell and sign == "\r":
            # A deleted paragraph mark: what is left of the paragraph runs on in the next one.
            self.inline.deletions += 1
            self.pending = line
            return
        own = shape.look
        if not line.shown and ending is not None and apply_toggle(ending.hidden, styled.hidden):
            own = replace(own, list_id=0)
        self._finish(line, overlay(styled, own), shape.style, target)
        if ends_cell:
            self.tables.open[-1].end_cell()

    def _row(self, mark: int, shape: ParagraphShape) -> None:
        table = self.tables.open[-1]
        run = self.document.characters.at(mark)
        if run is not None and self.document.run_of(run).deleted:
            self.inline.deletions += 1
            table.row, table.cell = [], []
            return
        table.end_row(shape.row)

    def _finish(self, line: ParagraphText, look: TextStyle, style: int, target: list[Block]) -> None:
        numbered, level = self._list(look, style)
        label = self.counters.advance(look.list_id, numbered, level) if numbered else ""
        text = line.text
        if label and numbered:
            text = join_label(label, text, numbered.levels[level].suffix)
        if text.strip():
            target.append(Block(text, role=self.role, number=label or None, style=style_of(look, line.weights)))
        self.document.hidden += any(map(str.strip, line.hidden))
        unseen = (whole("".join(pieces)).strip() for pieces in (line.hidden, line.deleted))
        target.extend(Block(text, role="hidden") for text in unseen if text)
        for start, end in line.spans:
            target.extend(self.hanging(start, end))

    def _list(self, look: TextStyle, style: int) -> tuple[NumberedList | None, int]:
        numbered = self.document.lists.get(look.list_id) if isinstance(look.list_id, int) else None
        if numbered is None:
            return None, 0
        tied = () if look.list_style is None else (style, look.list_style)
        return numbered, level_of(numbered, look.list_level, tied)
