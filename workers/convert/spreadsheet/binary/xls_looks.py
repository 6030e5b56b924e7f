"""What of an xls stands or shows beside the values of its cells, by sheet ([MS-XLS]; BIFF8 only, as from Excel 97 on).

Hidden rows and columns, fonts and formats of cells, text boxes, comments, headers and footers of pages. The values
themselves are python-calamine's.
"""

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import olefile

from schemas.blocks import Block
from workers.convert.spreadsheet.binary.shared_strings import rich_strings
from workers.convert.spreadsheet.binary.styles import FONT, FORMAT, FORMAT_OF_CELL, LEFT_OUT, BinaryStyles, characters
from workers.convert.spreadsheet.formats.number_format import Show
from workers.convert.spreadsheet.page_headers import page_headers
from workers.convert.spreadsheet.sheet_look import SheetLook
from workers.convert.word.doc.binary import Damaged, u8, u16, u32
from workers.convert.word.text_style import NOTHING, TextStyle

_BEGIN, _END, _PASSWORD, _CONTINUE, _SHEET = 0x809, 0x0A, 0x2F, 0x3C, 0x85
_ROW, _COLUMNS, _SEVERAL, _OBJECT, _TEXT, _HEADER, _FOOTER = 0x208, 0x7D, 0xBD, 0x5D, 0x1B6, 0x14, 0x15
_CELLS = frozenset({0xFD, 0x204, 0x203, 0x27E, 0x06, 0x205, 0xD6})  # strings, numbers, results of formulas
_GROUNDS = frozenset({0x1B0, 0xEC})  # conditional formats and drawings, which may lay a colour under white letters
_STRINGS, _SHARED = 0xFC, 0xFD
_VERSION, _SINCE_1904 = 0x0600, 0x22
_NOTE = 0x19  # 2.5.143 ftCmo: kind of an object that is a comment
_HEAD = struct.Struct("<HH")
_FAULTS = (OSError, ValueError, IndexError, TypeError, AttributeError, Damaged, struct.error)


class _Record(NamedTuple):
    kind: int
    start: int
    end: int


def binary_looks(path: Path) -> dict[str, SheetLook]:
    """Return what there is beside the values of the cells, by the sheet's name; nothing if that is damaged."""
    try:
        with olefile.OleFileIO(path) as container:
            if not container.exists("Workbook"):
                return {}
            data = container.openstream("Workbook").read()
        return _looks(data)
    except _FAULTS:
        return {}  # the library says whether the workbook can be read


def _looks(data: bytes) -> dict[str, SheetLook]:
    if u16(data, 4) != _VERSION:
        return {}
    styles, places, since_1904 = BinaryStyles(), dict[str, int](), False
    strings: list[bytes] = []
    before = 0
    for kind, start, end in _records(data, 0):
        if kind == _STRINGS or (kind == _CONTINUE and before == _STRINGS):
            strings.append(data[start:end])
            before = _STRINGS
            continue
        before = kind
        content = data[start:end] if kind in {FONT, FORMAT, FORMAT_OF_CELL, _SHEET} else b""
        if kind == _PASSWORD:
            return {}
        if kind == _SINCE_1904:
            since_1904 = u16(data, start) == 1
        if kind == _SHEET:
            places[characters(content, 7, u8(content, 6))] = u32(content, 0)
        elif content:
            styles.add(kind, content)
    looks, shown = styles.looks(), styles.number_formats(since_1904=since_1904)
    # Runs count fonts as cells do: the number that no font has is passed over.
    texts = rich_strings(strings, [*styles.fonts[:LEFT_OUT], NOTHING, *styles.fonts[LEFT_OUT:]])
    return {name: _Sheet(data, looks, shown, texts).read(place) for name, place in places.items()}


def _records(data: bytes, at: int) -> Iterator[_Record]:
    """Yield the records of the substream that begins at an offset, those of substreams inside it (charts) left out."""
    depth = 0
    while at + 4 <= len(data):
        kind, length = _HEAD.unpack_from(data, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield _Record(kind, at + 4, min(at + 4 + length, len(data)))
        at += 4 + length


class _Sheet:
    """Reads the records of one sheet."""

    def __init__(self, data: bytes, looks: dict[int, TextStyle], shown: dict[int, Show], texts: dict[int, str]) -> None:
        self._data, self._looks, self._shown, self._texts = data, looks, shown, texts
        self._styled = bool(looks or shown)
        self._look = SheetLook()
        self._pale: set[tuple[int, int]] = set()
        self._drawn = False
        self._note = False
        self._left = 0

    def read(self, place: int) -> SheetLook:
        """Return the look of the sheet whose substream begins at ``place``."""
        for kind, start, end in _records(self._data, place):
            if kind == _SHARED and self._texts:
                self._string(start)
            if kind in _CELLS:
                if self._styled:
                    self._cell(*struct.unpack_from("<HHH", self._data, start))
            elif kind == _SEVERAL:
                self._several(start, end)
            else:
                self._beside(kind, start, end)
        if self._drawn:
            for cell in self._pale:
                del self._look.cells[cell]
        return self._look

    def _cell(self, row: int, column: int, number: int) -> None:
        if number in self._shown:
            self._look.formats[row, column] = self._shown[number]
        look = self._looks.get(number)
        if look is not None:
            self._look.cells[row, column] = replace(look, white=None)
            if look.white:
                self._pale.add((row, column))

    def _string(self, start: int) -> None:
        if text := self._texts.get(u32(self._data, start + 6)):
            self._look.texts[u16(self._data, start), u16(self._data, start + 2)] = text

    def _several(self, start: int, end: int) -> None:
        row, first = struct.unpack_from("<HH", self._data, start)
        for index in range((end - start - 6) // 6 if self._styled else 0):
            self._cell(row, first + index, u16(self._data, start + 4 + 6 * index))

    def _beside(self, kind: int, start: int, end: int) -> None:
        data = self._data
        if kind == _ROW:
            if u16(data, start + 12) & 0x20:
                self._look.hidden_rows.add(u16(data, start))
        elif kind == _COLUMNS:
            if u16(data, start + 8) & 1:
                self._look.hidden_columns.update(range(u16(data, start), u16(data, start + 2) + 1))
        elif kind == _OBJECT:
            self._note = u16(data, start + 4) == _NOTE
        elif kind == _TEXT:
            self._left = u16(data, start + 10)
        elif kind == _CONTINUE and self._left:
            self._text(characters(data[start:end], 0, self._left))
        elif kind in {_HEADER, _FOOTER} and end - start > 3:
            said = characters(data[start:end], 2, u16(data, start))
            role = "header" if kind == _HEADER else "footer"
            self._look.beside.extend(Block(text, role=role) for text in page_headers(said))  # type: ignore[arg-type]
        self._drawn = self._drawn or kind in _GROUNDS

    def _text(self, text: str) -> None:
        """Add the text of a box or comment; a long one goes on in further records."""
        self._left = max(0, self._left - len(text))
        lines = (line.strip() for line in text.replace("\r", "\n").split("\n"))
        role = "footnote" if self._note else "textbox"
        self._look.beside.extend(Block(line, role=role) for line in lines if line)  # type: ignore[arg-type]
