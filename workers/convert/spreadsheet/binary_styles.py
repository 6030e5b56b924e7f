"""Fonts and formats of the cells of an xls, as far as they change what is read ([MS-XLS] 2.4.122, 2.4.126, 2.4.353)."""

import re
from dataclasses import dataclass, field, replace

from workers.convert.spreadsheet.sheet_look import SMALLEST
from workers.convert.word.doc.binary import u16, u32
from workers.convert.word.text_style import NOTHING, TextStyle

FONT, FORMAT, FORMAT_OF_CELL = 0x31, 0x41E, 0xE0

_WHITE = frozenset({1, 9, 0x41})  # 2.5.161 Icv: white twice, and the ground of a window
_STRUCK = 0x8
_SHIFTS = {1: 1, 2: -1}
_BLANK = re.compile(rb"\s*;\s*;\s*;?\s*")
_LEFT_OUT = 4  # 2.5.129 FontIndex: no font has this number


@dataclass(slots=True)
class BinaryStyles:
    """Fonts, number formats and cell formats of a workbook as its records come."""

    fonts: list[TextStyle] = field(default_factory=list)
    blank: set[int] = field(default_factory=set)
    formats: list[tuple[int, int, bool]] = field(default_factory=list)

    def add(self, kind: int, content: bytes) -> None:
        """Add what one record says."""
        if kind == FONT:
            self.fonts.append(
                TextStyle(
                    hidden=True if u16(content, 0) / 20 <= SMALLEST else None,
                    struck=True if u16(content, 2) & _STRUCK else None,
                    shift=_SHIFTS.get(u16(content, 8)),
                    white=True if u16(content, 4) in _WHITE else None,
                )
            )
        elif kind == FORMAT:
            if _BLANK.fullmatch(content[5:].replace(b"\0", b"")):
                self.blank.add(u16(content, 0))
        else:
            filled = u32(content, 14) >> 26 != 0 and u16(content, 18) & 0x7F not in _WHITE
            self.formats.append((u16(content, 0), u16(content, 2), filled))

    def looks(self) -> dict[int, TextStyle]:
        """Return the looks of cell formats by number, those only that change what is read."""
        found: dict[int, TextStyle] = {}
        for number, (font, shown, filled) in enumerate(self.formats):
            index = font - (font > _LEFT_OUT)
            look = self.fonts[index] if index < len(self.fonts) else NOTHING
            white = look.white and not filled
            look = replace(look, white=white, hidden=True if shown in self.blank or white or look.hidden else None)
            if look.unseen or look.shift or look.struck:
                found[number] = look
        return found
