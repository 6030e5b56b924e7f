"""What of an xlsb stands or shows beside the values of its cells, by sheet ([MS-XLSB]); the same as of an xlsx.

Its parts are streams of records instead of XML (2.1.4). The values themselves are python-calamine's.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from schemas.blocks import Block, Role
from workers.convert.package.zip_parts import Parts
from workers.convert.spreadsheet.binary.rich_text import runs_as_seen
from workers.convert.spreadsheet.binary.styles import PAPER, BinaryStyles, font_look
from workers.convert.spreadsheet.drawings import blocks_beside
from workers.convert.spreadsheet.formats.number_format import Show
from workers.convert.spreadsheet.page_headers import page_headers
from workers.convert.spreadsheet.sheet_look import SheetLook, is_sparse
from workers.convert.word.doc.binary import Damaged, cut, u8, u16, u32, utf16
from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.text_style import PALE, TextStyle

_BOOK_PROPERTIES, _SHEET, _TEXT = 153, 156, 19
_FONT, _FORMAT, _FILL, _CELL_FORMAT, _CELL_FORMATS, _END_OF_CELL_FORMATS = 43, 44, 45, 47, 617, 618
_ROW, _COLUMNS, _SHARED, _MARGINS, _COMMENT = 0, 60, 7, 479, 637
_CELLS = frozenset((*range(2, 12), 62))
_GROUNDS = frozenset({461, 550, 551, 562, 660})  # conditional formats, drawings, pictures and tables
_HIDDEN_ROW = 0x10
_RICH = 0x1
_SHIFT_OF_FONT = 6
_BY_INDEX, _BY_VALUE, _BY_THEME = 1, 2, 3
_SOLID = 1
_LAST_COLUMN = 16_383
_NO_TEXT = 0xFFFF_FFFF

_Record = tuple[int, bytes]


def xlsb_looks(package: Package) -> dict[str, SheetLook]:
    """Return what there is beside the values of the cells, by the sheet's name; of a damaged part nothing."""
    main = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "/xl/workbook.bin")
    relations = package.relations(main)
    parts = {relation.kind: relation.target for relation in relations.values() if not relation.external}
    book = list(_records(package, main))
    since_1904 = any(kind == _BOOK_PROPERTIES and content[:1] and content[0] & 1 for kind, content in book)
    styles = _whole_styles(package, parts.get("styles"))
    texts = _rich_texts(package, parts.get("sharedStrings"), styles)
    looks, shown = styles.looks(), styles.number_formats(since_1904=since_1904)
    found: dict[str, SheetLook] = {}
    for name, identifier, hidden in _sheets(book):
        relation = relations.get(identifier)
        if relation is not None and not relation.external:
            found[name] = _Sheet(looks, shown, texts).read(package, relation, hidden=hidden)
    return found


def _sheets(book: list[_Record]) -> Iterator[tuple[str, str, bool]]:
    """Yield name, relation, and whether it is hidden, of each sheet whose record is whole."""
    for content in (content for kind, content in book if kind == _SHEET):
        with suppress(Damaged):  # the library says whether the sheet can be read
            identifier, at = _string(content, 8)
            yield _string(content, at)[0], identifier, u32(content, 0) != 0


def _records(parts: Parts, name: str | None) -> Iterator[_Record]:
    """Yield kind and content of the records of a part, up to where it is damaged; none if there is no such part."""
    data = (parts.data(name) if name else None) or b""
    at = 0
    while at + 2 <= len(data):
        kind, at = _varying(data, at, 2)
        length, at = _varying(data, at, 4)
        yield kind, data[at : at + length]
        at += length


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, the lowest first, and the place behind it."""
    number = 0
    for step in range(most):
        byte = data[at] if at < len(data) else 0
        number |= (byte & 0x7F) << 7 * step
        at += 1
        if not byte & 0x80:
            break
    return number, at


def _string(content: bytes, at: int) -> tuple[str, int]:
    """Return a string and the place behind it (2.5.168)."""
    length = u32(content, at)
    if length == _NO_TEXT:
        return "", at + 4
    return utf16(content, at + 4, length), at + 4 + 2 * length


def _whole_styles(parts: Parts, name: str | None) -> BinaryStyles:
    """Return fonts and formats of cells, which count each other by place; none if one of them is damaged."""
    try:
        return _styles(parts, name)
    except Damaged:
        return BinaryStyles()


def _styles(parts: Parts, name: str | None) -> BinaryStyles:
    styles, filled, inside = BinaryStyles(), list[bool](), False
    for kind, content in _records(parts, name):
        if kind == _FONT:
            white = _is_white(cut(content, 12, 8))
            styles.fonts.append(font_look(content, shift_at=_SHIFT_OF_FONT, white=white))
        elif kind == _FORMAT:
            styles.codes[u16(content, 0)] = _string(content, 2)[0]
        elif kind == _FILL:
            pattern = u32(content, 0)
            filled.append(pattern != 0 and not (pattern == _SOLID and _is_white(cut(content, 4, 8))))
        elif kind in {_CELL_FORMATS, _END_OF_CELL_FORMATS}:
            inside = kind == _CELL_FORMATS
        elif kind == _CELL_FORMAT and inside:
            fill = u16(content, 6)
            styles.formats.append((u16(content, 4), u16(content, 2), fill < len(filled) and filled[fill]))
    return styles


def _is_white(colour: bytes) -> bool:
    """Return whether a colour is that of paper (2.5.4)."""
    kind, index, tint = colour[0] >> 1, colour[1], struct.unpack_from("<h", colour, 2)[0]
    if kind == _BY_VALUE:
        return min(colour[4:7]) >= PALE
    return (kind == _BY_INDEX and index in PAPER) or (kind == _BY_THEME and index == 0 and tint == 0)


def _rich_texts(parts: Parts, name: str | None, styles: BinaryStyles) -> dict[int, str]:
    """Return the shared strings of several looks as a reader sees them, by number (2.5.122)."""
    if not any(font.shift or font.struck for font in styles.fonts):
        return {}
    items = (content for kind, content in _records(parts, name) if kind == _TEXT)
    texts = ((number, _rich_text(content, styles.fonts)) for number, content in enumerate(items))
    return {number: text for number, text in texts if text}


def _rich_text(content: bytes, fonts: list[TextStyle]) -> str:
    """Return a string as a reader sees it; '' if all of it looks alike or its runs are damaged."""
    try:
        if not u8(content, 0) & _RICH:
            return ""
        text, at = _string(content, 1)
        pairs = [(u16(content, at + 4 + 4 * n), u16(content, at + 6 + 4 * n)) for n in range(u32(content, at))]
    except Damaged:
        return ""
    return runs_as_seen(text, pairs, fonts)


class _Sheet:
    """Reads the records of one sheet."""

    def __init__(self, looks: dict[int, TextStyle], shown: dict[int, Show], texts: dict[int, str]) -> None:
        self._looks, self._shown, self._texts = looks, shown, texts
        self._look = SheetLook()
        self._pale: set[tuple[int, int]] = set()
        self._row = self._last = self._right = self._count = 0
        self._drawn = False

    def read(self, package: Package, sheet: Relation, *, hidden: bool) -> SheetLook:
        """Return the look of a sheet."""
        try:
            for kind, content in _records(package, sheet.target):
                self._add(kind, content, hidden=hidden)
        except Damaged:
            pass  # the library says whether the sheet can be read
        for cell in self._pale if self._drawn else ():
            del self._look.cells[cell]
        self._look.sparse = is_sparse(self._last + 1, self._right + 1, self._count)
        role: Role | None = "hidden" if hidden else None
        self._look.beside += [*_comments(package, sheet, role or "footnote"), *blocks_beside(package, sheet, role)]
        return self._look

    def _add(self, kind: int, content: bytes, *, hidden: bool) -> None:
        if kind == _ROW:
            self._row = u32(content, 0)
            if u8(content, 11) & _HIDDEN_ROW:
                self._look.hidden_rows.add(self._row)
        elif kind in _CELLS:
            self._cell(kind, content)
        elif kind == _COLUMNS:
            if u16(content, 16) & 1:
                self._look.hidden_columns.update(range(u32(content, 0), min(u32(content, 4), _LAST_COLUMN) + 1))
        elif kind == _MARGINS:
            self._look.beside.extend(_margins(content, hidden=hidden))
        self._drawn = self._drawn or kind in _GROUNDS

    def _cell(self, kind: int, content: bytes) -> None:
        place = self._row, u32(content, 0)
        number = u32(content, 4) & 0xFFFFFF
        self._last, self._right = max(self._last, place[0]), max(self._right, place[1])
        self._count += 1
        if number in self._shown:
            self._look.formats[place] = self._shown[number]
        if look := self._looks.get(number):
            self._look.cells[place] = replace(look, white=None)
            if look.white:
                self._pale.add(place)
        if kind == _SHARED and (text := self._texts.get(u32(content, 8))):
            self._look.texts[place] = text


def _margins(content: bytes, *, hidden: bool) -> Iterator[Block]:
    """Yield headers and footers of pages, each text once (2.4.61)."""
    at, met = 2, set[str]()
    for number in range(6):
        said, at = _string(content, at)
        role: Role = "footer" if number % 2 else "header"
        for text in page_headers(said):
            if text not in met:
                met.add(text)
                yield Block(text, role="hidden" if hidden else role)


def _comments(package: Package, sheet: Relation, role: Role) -> Iterator[Block]:
    """Yield the comments on cells (2.4.324) whose records are whole."""
    related = [each for each in package.relations(sheet.target).values() if not each.external]
    for relation in related if all(each.kind != "threadedComment" for each in related) else ():
        if relation.kind == "comments":
            for content in (content for kind, content in _records(package, relation.target) if kind == _COMMENT):
                with suppress(Damaged):
                    if text := _string(content, 1)[0].strip():
                        yield Block(text, role=role)
