"""One story of a document (body, notes, headers …) as blocks: numbered paragraphs, tables, and what hangs on them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from schemas.blocks import Block, Role
from workers.convert.table_blocks import table_blocks
from workers.convert.word.docx.inline import Inline, ParagraphText
from workers.convert.word.docx.lists import Lists
from workers.convert.word.docx.styles import StyleSheet, paragraph_look
from workers.convert.word.docx.tables import cells_of, rows_of
from workers.convert.word.docx.wml import (
    BOX,
    DELETED,
    MC,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    TABLE,
    TEXT,
    Element,
    W,
    child_of,
    choose_alternative,
    is_on,
    value,
)
from workers.convert.word.numbering import Counters, NumberedList, join_label, level_of
from workers.convert.word.text_style import NOTHING, TextStyle, overlay, style_of

_STYLE = W + "pStyle"
_VANISH = W + "vanish"
_WRAPPERS = {
    *(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "txbxContent")),
    *(W + name for name in ("ftr", "hdr", "footnote", "endnote", "docPartBody")),
}


@dataclass(slots=True)
class Context:
    """What all stories of a document share.

    Attributes:
        styles: The style sheet.
        lists: The list definitions.
        note: Returns the element of a footnote or endnote.
        drawn_text: Returns the lines of a drawing that is no text box of paragraphs (word art, diagram).
        chunk: Returns the blocks of an embedded document of another format.
        on_paper: Returns whether nothing in the document lies coloured under its text.
        boxes: Counters of lists inside text boxes, which are one story.
        notes: Counters of lists inside notes.
        deletions: How many tracked deletions were left out.
        hidden: How many paragraphs have text that is not shown.
    """

    styles: StyleSheet
    lists: Lists
    note: Callable[[Literal["footnotes", "endnotes"], str], Element | None]
    drawn_text: Callable[[Element], list[str]]
    chunk: Callable[[Element], list[Block]]
    on_paper: Callable[[], bool]
    boxes: Counters = field(default_factory=Counters)
    notes: Counters = field(default_factory=Counters)
    deletions: int = 0
    hidden: int = 0


@dataclass(slots=True)
class Story:
    """Reads the elements of one story in order.

    Attributes:
        context: Shared by all stories.
        role: Role of the blocks.
        counters: Where the lists of this story stand.
        blocks: What has been read.
    """

    context: Context
    role: Role
    counters: Counters
    blocks: list[Block] = field(default_factory=list)
    inline: Inline = field(init=False)
    pending: ParagraphText | None = None

    def __post_init__(self) -> None:
        on_paper = self.context.on_paper if self.role == "body" else lambda: False
        self.inline = Inline(self.context.styles, on_paper)

    def read(self, container: Element) -> list[Block]:
        """Return the blocks of a container element."""
        self._elements(container)
        if self.pending is not None:
            self._finish(self.pending, self.context.styles.paragraph(None), None)
        self.context.deletions += self.inline.deletions
        return self.blocks

    def _elements(self, container: Element) -> None:
        for child in container:
            tag = child.tag
            if tag == PARAGRAPH:
                self._paragraph(child)
            elif tag == TABLE:
                self._table(child)
            elif tag in DELETED:
                self.inline.deletions += 1
                gone = "".join(part.text or "" for part in child.iter(W + "delText", TEXT)).strip()
                self.blocks.extend([Block(gone, role="hidden")] if gone else [])
            elif tag in _WRAPPERS:
                self._elements(child)
            elif tag == MC + "AlternateContent":
                branch = choose_alternative(child)
                if branch is not None:
                    self._elements(branch)
            elif tag == W + "altChunk":
                self.blocks.extend(self.context.chunk(child))

    def _paragraph(self, paragraph: Element) -> None:
        properties = child_of(paragraph, PARAGRAPH_PROPERTIES)
        style_id = value(properties, _STYLE)
        look = self.context.styles.paragraph(style_id)
        line = self.pending or ParagraphText()
        self.pending = None
        self.inline.read(paragraph, look, line)
        mark = child_of(properties, RUN_PROPERTIES) if properties is not None else None
        if mark is not None and next(mark.iterchildren(*DELETED), None) is not None:
            # A deleted paragraph mark: what is left of the paragraph runs on in the next one.
            self.inline.deletions += 1
            self.pending = line
            return
        own = paragraph_look(properties) if properties is not None and len(properties) else NOTHING
        vanish = child_of(mark, _VANISH) if mark is not None else None
        unseen = look.hidden or (vanish is not None and is_on(vanish))
        if unseen and not line.shown:
            own = replace(own, list_id="0")
        self._finish(line, overlay(look, own), style_id)

    def _finish(self, line: ParagraphText, look: TextStyle, style_id: str | None) -> None:
        numbered, level = self._list(look, style_id)
        label = self.counters.advance(look.list_id, numbered, level) if numbered else ""
        text = line.text.rstrip().lstrip("\n")
        if label and numbered:
            text = join_label(label, text, numbered.levels[level].suffix)
        if text.strip():
            self.blocks.append(Block(text, role=self.role, number=label or None, style=style_of(look, line.weights)))
        self._hang(line)

    def _list(self, look: TextStyle, style_id: str | None) -> tuple[NumberedList | None, int]:
        numbered = self.context.lists.get(str(look.list_id)) if look.list_id else None
        if numbered is None:
            return None, 0
        tied = () if look.list_style is None else (style_id or self.context.styles.default, look.list_style)
        return numbered, level_of(numbered, look.list_level, tied)

    def _hang(self, line: ParagraphText) -> None:
        """Add what hangs on a paragraph after it; ``table_blocks`` moves it behind a table."""
        target = self.blocks
        if line.hidden or line.deleted:
            self.context.hidden += any(map(str.strip, line.hidden))
            for unseen in ("".join(line.hidden).strip(), "".join(line.deleted).strip()):
                if unseen:
                    target.append(Block(unseen, role="hidden"))
        for kind, identifier in line.notes:
            element = self.context.note(kind, identifier)
            if element is not None:
                target.extend(Story(self.context, "footnote", self.context.notes).read(element))
        for box in line.boxes:
            role: Role = "textbox" if self.role == "body" else self.role
            if box.tag == BOX:
                target.extend(Story(self.context, role, self.context.boxes).read(box))
            else:
                target.extend(Block(text, role=role) for text in self.context.drawn_text(box))

    def _table(self, table: Element) -> None:
        outer = self.blocks
        rows = [list(cells_of(row, self._cell)) for row in rows_of(table)]
        self.blocks = outer
        outer.extend(table_blocks(rows, self.role))

    def _cell(self, cell: Element) -> list[Block]:
        self.blocks = []
        self._elements(cell)
        return self.blocks
