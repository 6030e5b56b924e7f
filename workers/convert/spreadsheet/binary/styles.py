"""Fonts and formats of cells, as far as they change what is read ([MS-XLS] 2.4.122, 2.4.126, 2.4.353).

An xlsb has the same in records of its own, which ``xlsb_looks`` takes apart.
"""

from dataclasses import dataclass, field, replace

from workers.convert.spreadsheet.formats.number_format import Show, built_in_format, number_format, shows_nothing
from workers.convert.spreadsheet.sheet_look import SMALLEST
from workers.convert.word.doc.binary import u8, u16, u32
from workers.convert.word.text_style import NOTHING, TextStyle

FONT, FORMAT, FORMAT_OF_CELL = 0x31, 0x41E, 0xE0

PAPER = frozenset({1, 9, 0x41})
"""Colours of paper by their index: white twice, and the ground of a window (2.5.161 Icv)."""
_STRUCK = 0x8
_SHIFTS = {1: 1, 2: -1}
LEFT_OUT = 4
"""No font of an xls has this number, and those behind it are counted one too high ([MS-XLS] 2.5.129 FontIndex)."""


@dataclass(slots=True)
class BinaryStyles:
    """Fonts, number formats and cell formats of a workbook as its records come.

    Attributes:
        fonts: In their order.
        codes: Number formats by their number.
        formats: Place of the font, number of the number format, and whether the cell is filled, of each cell format.
    """

    fonts: list[TextStyle] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    formats: list[tuple[int, int, bool]] = field(default_factory=list)

    def add(self, kind: int, content: bytes) -> None:
        """Add what one record says."""
        if kind == FONT:
            self.fonts.append(font_look(content, shift_at=8, white=u16(content, 4) in PAPER))
        elif kind == FORMAT:
            self.codes[u16(content, 0)] = characters(content, 4, u16(content, 2))
        else:
            filled = u32(content, 14) >> 26 != 0 and u16(content, 18) & 0x7F not in PAPER
            font = u16(content, 0)
            self.formats.append((font - (font > LEFT_OUT), u16(content, 2), filled))

    def looks(self) -> dict[int, TextStyle]:
        """Return the looks of cell formats by number, those only that change what is read."""
        found: dict[int, TextStyle] = {}
        for number, (font, shown, filled) in enumerate(self.formats):
            look = self.fonts[font] if font < len(self.fonts) else NOTHING
            white, blank = look.white and not filled, shows_nothing(self.codes.get(shown, ""))
            look = replace(look, white=white, hidden=True if blank or white or look.hidden else None)
            if look.unseen or look.shift or look.struck:
                found[number] = look
        return found

    def number_formats(self, *, since_1904: bool = False) -> dict[int, Show]:
        """Return what cell formats show of a value by number, those only that do not show it as it is."""
        found: dict[int, Show] = {}
        for number, (_, shown, _) in enumerate(self.formats):
            code = self.codes.get(shown) or built_in_format(shown)
            if not shows_nothing(code) and (show := number_format(code, since_1904=since_1904)):
                found[number] = show
        return found


def font_look(content: bytes, *, shift_at: int, white: bool) -> TextStyle:
    """Return what a font says of a text ([MS-XLS] 2.4.122, [MS-XLSB] 2.4.149).

    Args:
        content: Of its record, which begins with the height and the flags in both formats.
        shift_at: Where it says whether letters are raised or lowered.
        white: Whether they have the colour of paper.

    Raises:
        Damaged: The record ends too early.
    """
    return TextStyle(
        hidden=True if u16(content, 0) / 20 <= SMALLEST else None,
        struck=True if u16(content, 2) & _STRUCK else None,
        shift=_SHIFTS.get(u16(content, shift_at)),
        white=True if white else None,
    )


def characters(data: bytes, at: int, length: int) -> str:
    """Return characters behind the flag that says whether each is one byte or two ([MS-XLS] 2.5.294)."""
    wide = u8(data, at) & 1
    content = data[at + 1 : at + 1 + length * (2 if wide else 1)]
    return content.decode("utf-16-le", "replace") if wide else content.decode("latin-1")
