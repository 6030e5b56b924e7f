"""One story of an RTF (body, a note, a header …): paragraphs as they end, and tables as their rows come."""

from dataclasses import dataclass, field

from schemas.blocks import Block, Role
from workers.convert.table_blocks import Cell, blank, table_blocks
from workers.convert.text.notation import without_seams
from workers.convert.word.numbering import join_label
from workers.convert.word.rtf.state import Paragraph
from workers.convert.word.text_style import TextStyle, Weights, as_seen, overlay, style_of

_SAME_EDGE = 30  # twentieths of a point
_MAX_EDGES = 200
_MAX_DEPTH = 16


@dataclass(slots=True)
class _Open:
    """A table whose rows are coming: those done with their cells' right edges, and the row and cell at hand."""

    rows: list[tuple[list[Cell], tuple[int, ...]]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    blocks: Cell = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """Collects the text of one story.

    Attributes:
        role: Role of its blocks.
        styles: What each paragraph style says, by number.
        blocks: What has been read outside tables.
        label: Pieces of the number of the paragraph at hand.
        shown: Pieces of its visible text.
        hidden: Pieces of its hidden text.
        hanging: Notes and text boxes anchored in it.
        weights: What its visible text looks like.
        edges: Right edges of the cells of the row at hand.
        outer_edges: Those of the rows around it.
        tables: The tables open here, the outermost first.
    """

    role: Role
    styles: dict[int, TextStyle]
    blocks: list[Block] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    hanging: list[Block] = field(default_factory=list)
    weights: Weights = field(default_factory=Weights)
    edges: list[int] = field(default_factory=list)
    outer_edges: list[list[int]] = field(default_factory=list)
    tables: list[_Open] = field(default_factory=list)

    def add(self, text: str, look: TextStyle) -> None:
        """Add text to the paragraph at hand."""
        if look.unseen:
            self.hidden.append(text)
        else:
            self.shown.append(as_seen(text, look, self.shown))
            self.weights.add(text, look)

    def end_paragraph(self, properties: Paragraph) -> None:
        """End a paragraph; the first outside a table ends the table before it."""
        self._level(min(properties.table, _MAX_DEPTH))
        look = overlay(
            self.styles.get(properties.style or 0, TextStyle()),
            TextStyle(
                outline=properties.outline,
                align=properties.align,
                first_line=properties.first_line,
                first_line_chars=properties.first_line_chars,
            ),
        )
        target = self.tables[-1].blocks if self.tables else self.blocks
        text, label = without_seams("".join(self.shown)).strip("\n").rstrip(), "".join(self.label).strip("\t \n")
        if label and label.isprintable() and any(character.isalnum() or character > "\u2150" for character in label):
            text = join_label(label, text)
        else:
            label = ""
        if text.strip():
            target.append(Block(text, role=self.role, number=label or None, style=style_of(look, self.weights)))
        if hidden := "".join(self.hidden).strip():
            target.append(Block(hidden, role="hidden"))
        target.extend(self.hanging)
        self.label, self.shown, self.hidden, self.hanging, self.weights = [], [], [], [], Weights()

    def end_cell(self, properties: Paragraph, level: int) -> None:
        """End a cell of the table at ``level``, counted from 1."""
        self.end_paragraph(properties)
        self._level(level)
        table = self.tables[-1]
        table.cells.append(table.blocks)
        table.blocks = []

    def end_row(self, level: int) -> None:
        """End a row of the table at ``level``."""
        self._level(level)
        table = self.tables[-1]
        while self.edges and len(table.cells) > len(self.edges) and not table.cells[-1]:
            table.cells.pop()  # LibreOffice ends the cells of a row anew after a table inside it
        if table.cells:
            table.rows.append((table.cells, tuple(self.edges[:_MAX_EDGES])))
        table.cells = []
        self.edges = self.outer_edges.pop() if level > 1 and self.outer_edges else self.edges

    def begin_nested_row(self) -> None:
        """Begin what is said of a row of a table inside a cell, at its end."""
        self.outer_edges.append(self.edges)
        self.edges = []

    def end(self, properties: Paragraph) -> list[Block]:
        """End the story and return its blocks."""
        if self.shown or self.hidden or self.hanging:
            self.end_paragraph(properties)
        self._level(0)
        return self.blocks

    def _level(self, level: int) -> None:
        """Close the tables deeper than ``level`` and open those up to it."""
        while len(self.tables) > level:
            table = self.tables.pop()
            if table.cells or table.blocks:
                table.rows.append(([*table.cells, *([table.blocks] if table.blocks else [])], ()))
            target = self.tables[-1].blocks if self.tables else self.blocks
            target.extend(table_blocks(_align(table.rows), self.role))
        while len(self.tables) < level:
            self.tables.append(_Open())


def _align(rows: list[tuple[list[Cell], tuple[int, ...]]]) -> list[list[Cell]]:
    """Return the rows with a blank after a cell for every column of other rows that it covers."""
    columns: list[int] = []
    for edge in sorted({edge for _, edges in rows for edge in edges}):
        if not columns or edge - columns[-1] > _SAME_EDGE:
            columns.append(edge)
    if len(columns) > _MAX_EDGES:
        return [cells for cells, _ in rows]
    return [_span(cells, edges, columns) for cells, edges in rows]


def _span(cells: list[Cell], edges: tuple[int, ...], columns: list[int]) -> list[Cell]:
    placed: list[Cell] = []
    for index, cell in enumerate(cells):
        placed.append(cell)
        if index < len(edges):
            covered = sum(column <= edges[index] + _SAME_EDGE for column in columns)
            placed.extend(blank(max(covered - len(placed), 0)))
    return placed
