"""Fonts a PDF names and does not hold: nothing of its text hangs on the fonts of the machine."""

import struct
from pathlib import Path

from tests.support.builders.containers import read
from tests.support.builders.pdf import Page, pdf
from workers.convert.pdf.fonts import stand_in


def test_characters_placed_one_by_one_in_a_font_that_is_not_there_are_read(tmp_path: Path) -> None:
    page = Page()
    for place, character in enumerate("政务公开"):
        page.text(100 + 14 * place, 700, character)
    assert [block.text for block in read(tmp_path, pdf(page)).blocks] == ["政务公开"]


def test_the_stand_in_has_one_box_for_every_character() -> None:
    font = stand_in()
    entries = {font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16]) for at in range(12, 12 + 16 * 9, 16)}
    start, _ = entries[b"cmap"]
    assert struct.unpack(">IIII", font[start + 24 : start + 40]) == (1, 0x20, 0x2FFFF, 1)
    assert max(start + length for start, length in entries.values()) <= len(font) < 1_000
