"""One story of an OpenDocument text (body, notes, headers …) as blocks: numbered paragraphs, tables, drawings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from schemas.blocks import Block, Role
from workers.convert.package.zip_parts import Element
from workers.convert.table_blocks import MAX_COLUMNS, Cell, blank, table_blocks
from workers.convert.word.numbering import Counters, NumberedList, join_label
from workers.convert.word.odt.inline import Inline, ParagraphText
from workers.convert.word.odt.lists import Lists, start_of
from workers.convert.word.odt.odf import DRAW, OFFICE, TABLE, TEXT, count
from workers.convert.word.odt.styles import outline_of
from workers.convert.word.text_style import TextStyle, overlay, style_of

MAX_DEPTH = 100
_STYLE_NAME = TEXT + "style-name"
_HEADING, _LIST, _LIST_ITEM, _TABLE = TEXT + "h", TEXT + "list", TEXT + "list-item", TABLE + "table"
_PARAGRAPHS = {TEXT + "p", _HEADING}
_SILENT = {TEXT + "tracked-changes", TEXT + "sequence-decls", OFFICE + "forms", TEXT + "number", OFFICE + "annotation"}
_ROWS = {TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group")}
_MAX_REPEATED = 1000
_MAX_TABLE_SIZE = 200_000


@dataclass(frozen=True, slots=True)
class _Item:
    """A place in a list: the list, its style, its 0-based level, and the number this item sets."""

    numbered: NumberedList
    style: str
    level: int
    start: int | None = None


@dataclass(slots=True)
class Story:
    """Reads the elements of one story in order.

    Attributes:
        inline: Reads paragraphs.
        lists: The list styles.
        role: Role of the blocks.
        counters: Where the lists stand.
        blocks: What has been read.
        within: The list the element being read lies in.
        depth: How deep the element being read lies.
        too_deep: Whether something lay too deep to be read.
    """

    inline: Inline
    lists: Lists
    role: Role = "body"
    counters: Counters = field(default_factory=Counters)
    blocks: list[Block] = field(default_factory=list)
    within: _Item | None = None
    depth: int = 0
    too_deep: bool = False

    def read(self, container: Element) -> list[Block]:
        """Return the blocks of a container element."""
        self._elements(container, None)
        return self.blocks

    def _elements(self, container: Element, item: _Item | None) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.too_deep = True
        else:
            for child in container:
                # Only the first paragraph of a list item is numbered.
                item = self._element(child, item)
        self.depth -= 1

    def _element(self, child: Element, item: _Item | None) -> _Item | None:
        tag = str(child.tag)
        if tag in _PARAGRAPHS:
            self._paragraph(child, item)
            return None
        if tag == _LIST:
            self._list(child)
        elif tag == _TABLE:
            self._table(child)
        elif tag.startswith(DRAW):
            self._drawing(child)
        elif tag == TEXT + "section" and _is_hidden(child):
            self._hide(child)
        elif tag not in _SILENT:
            self._elements(child, None)
        return item

    def _hide(self, section: Element) -> None:
        role, before = self.role, len(self.blocks)
        self.role = "hidden"
        self._elements(section, None)
        self.role = role
        self.inline.hidden += len(self.blocks) - before

    def _list(self, element: Element) -> None:
        outer = self.within
        style = element.get(_STYLE_NAME) or (outer.style if outer else "")
        # A list inside another counts with it, whatever style it brings.
        identity = self.lists.begin(element, style) if outer is None else outer.numbered.definition
        place = _Item(self.lists.numbered_list(style, identity), style, 0 if outer is None else outer.level + 1)
        self.within = place
        for entry in element:
            own, start = entry.get(TEXT + "style-override"), start_of(entry)
            item = place if start is None else replace(place, start=start)
            if own:
                item = replace(item, numbered=self.lists.numbered_list(own, identity))
            self._elements(entry, item if entry.tag == _LIST_ITEM else None)
        self.within = outer

    def _paragraph(self, paragraph: Element, item: _Item | None) -> None:
        name = paragraph.get(_STYLE_NAME)
        look = self.inline.styles.paragraph(name)
        if paragraph.tag == _HEADING:
            look = overlay(look, TextStyle(outline=outline_of(paragraph)))
            item = item or self._outlined(paragraph, name)
        line = self.inline.read(paragraph, look)
        label = self._label(item) if item else ""
        text = line.text.rstrip().lstrip("\n")
        if label and item:
            text = join_label(label, text, item.numbered.levels[item.level].suffix)
        if text.strip():
            self.blocks.append(Block(text, role=self.role, number=label or None, style=style_of(look, line.weights)))
        self._hang(line)

    def _outlined(self, heading: Element, style: str | None) -> _Item | None:
        """Return the place of a heading outside any list in the outline, unless its style takes that away."""
        if "Outline" not in self.lists.definitions or self.within is not None:
            return None
        if heading.get(TEXT + "is-list-header") == "true" or self.inline.styles.list_style(style) == "":
            return None
        numbered = self.lists.numbered_list("Outline", "Outline")
        return _Item(numbered, "Outline", outline_of(heading), start_of(heading))

    def _label(self, item: _Item) -> str:
        if item.start is not None:
            counts = self.counters.values.setdefault(item.numbered.definition, {})
            counts[item.level] = item.start - 1
        return self.counters.advance(item.numbered.definition, item.numbered, item.level)

    def _hang(self, line: ParagraphText) -> None:
        """Add what hangs on a paragraph after it; ``table_blocks`` moves it behind a table."""
        if hidden := "".join(line.hidden).strip():
            self.blocks.append(Block(hidden, role="hidden"))
        for element in line.hanging:
            if element.tag == TEXT + "note":
                self._apart(element.iterfind(TEXT + "note-body"), "footnote")
            else:
                self._drawing(element)

    def _drawing(self, drawing: Element) -> None:
        self.inline.count_objects(drawing)
        self._apart([drawing], "textbox" if self.role == "body" else self.role)

    def _apart(self, containers: Iterable[Element], role: Role) -> None:
        """Read text that stands beside the running one."""
        kept = self.role, self.within, self.depth
        role = "hidden" if self.role == "hidden" else role
        self.role, self.within, self.depth = role, None, self.depth + 1
        self.too_deep = self.too_deep or self.depth > MAX_DEPTH
        for container in containers if self.depth <= MAX_DEPTH else ():
            for child in container:
                if str(child.tag).startswith((TEXT, TABLE, DRAW)):
                    self._element(child, None)
        self.role, self.within, self.depth = kept

    def _table(self, table: Element) -> None:
        outer, within = self.blocks, self.within
        self.within = None
        rows: list[list[Cell]] = []
        for row in _rows_of(table):
            if row.get(TABLE + "visibility", "visible") != "visible":
                self._hide_row(row, outer)
                continue
            cells = list(self._cells(row))
            times = count(row.get(TABLE + "number-rows-repeated"), 1, most=_MAX_REPEATED) if any(cells) else 1
            rows.extend([cells] * times)
            if len(rows) > _MAX_TABLE_SIZE:
                break
        self.blocks, self.within = outer, within
        outer.extend(table_blocks(rows, self.role))

    def _hide_row(self, row: Element, outer: list[Block]) -> None:
        """Add what a row holds that is collapsed or filtered out (ODF 1.3 part 3, 19.749) as hidden text."""
        role, self.role = self.role, "hidden"
        hidden = [block for cell in self._cells(row) for block in cell]
        self.role = role
        self.inline.hidden += len(hidden)
        outer.extend(hidden)

    def _cells(self, row: Element) -> Iterator[Cell]:
        for cell in row:
            times = count(cell.get(TABLE + "number-columns-repeated"), 1, most=MAX_COLUMNS)
            if cell.tag == TABLE + "table-cell":
                self.blocks = []
                self._elements(cell, None)
                yield self.blocks
                yield from blank(times - 1) if not self.blocks else [self.blocks] * (times - 1)
            elif cell.tag == TABLE + "covered-table-cell":
                yield from blank(times)


def _is_hidden(section: Element) -> bool:
    """Return whether a section is not shown (ODF 1.3 part 3, 19.822 ``text:display``, 19.830 ``text:is-hidden``)."""
    display = section.get(TEXT + "display", "true")
    return display == "none" or (display == "condition" and section.get(TEXT + "is-hidden") == "true")


def _rows_of(table: Element) -> Iterator[Element]:
    pending = list(reversed(table))
    while pending:
        element = pending.pop()
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in _ROWS:
            pending.extend(reversed(element))
