"""Sheets of the binary formats are read as they are shown: number formats, raised and struck letters, what is hidden.

[MS-XLSB] as the records named in its builder say; [MS-XLS] 2.4.265 SST with its Continue, 2.5.293.
"""

import struct
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import biff
from tests.support.builders.compound_file import make_compound
from tests.support.builders.xlsb import (
    WHITE,
    Styles,
    cell_format,
    fill,
    font,
    real,
    record,
    row,
    shared,
    string,
    text_item,
    write_xlsb,
)
from tests.support.word_reader import body, of_role, read, tables
from workers.convert.source import Source
from workers.convert.spreadsheet.binary.shared_strings import rich_strings
from workers.convert.spreadsheet.binary.xlsb_looks import xlsb_looks
from workers.convert.word.docx.package import open_package
from workers.convert.word.text_style import NOTHING, TextStyle

FONTS = (font(), font(flags=8), font(shift=1), font(shift=2), font(colour=WHITE), font(height=20))
WIDE = record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1))
LOOKS = Styles(
    fonts=FONTS,
    fills=(fill(), fill(pattern=1)),
    cells=(
        *(cell_format(), cell_format(font=4), cell_format(font=5), cell_format(font=4, fill=1), cell_format(shown=200)),
        cell_format(font=1),
    ),
    codes=((200, ";;;"),),
)


def test_an_xlsb_is_read_as_it_is_shown(tmp_path: Path) -> None:
    formats = tuple(cell_format(shown=number) for number in (0, 200, 4, 201))
    looks = Styles(cells=formats, codes=((200, '0.0"％"%'), (201, 'yyyy"年"m"月"d"日"')))
    cells = row(0) + real(0, 1, 0.125) + real(1, 0, 0.125) + row(1) + real(0, 2, 1234) + real(1, 3, 45485)
    found = read(write_xlsb(tmp_path / "a.xlsb", cells, styles=looks))
    assert tables(found)[0].rows == (("12.5％%", "0.125"), ("1,234.00", "2024年7月12日"))


def test_raised_and_struck_letters_of_an_xlsb(tmp_path: Path) -> None:
    texts = (
        *(text_item("10万5", (3, 2)), text_item("旧的新的", (0, 1), (2, 0)), text_item("甲")),
        text_item("H2O", (1, 3), (2, 0)),
    )
    cells = row(0) + b"".join(shared(number, 0, number) for number in range(4))
    cells += row(1) + shared(0, 5, 2) + shared(1, 0, 2)
    found = read(write_xlsb(tmp_path / "a.xlsb", cells, texts=texts, styles=LOOKS))
    assert tables(found)[0].rows == (("10万⁵", "~~旧的~~新的", "甲", "H₂O"), ("~~甲~~", "甲", "", ""))


@pytest.mark.parametrize(
    ("hidden", "columns", "style"),
    [(True, b"", 0), (False, WIDE, 0), (False, b"", 1), (False, b"", 2), (False, b"", 4)],
    ids=["row", "column", "white", "tiny", "no format"],
)
def test_a_cell_of_an_xlsb_nobody_sees_is_kept_apart(tmp_path: Path, hidden: bool, columns: bytes, style: int) -> None:
    texts = (text_item("项目"), text_item("标记"), text_item("白字"))
    cells = row(0) + shared(0, 0, 0) + shared(2, 3, 2) + row(1, hidden=hidden) + shared(1, style, 1)
    cells += row(2) + shared(0, 0, 0)
    found = read(write_xlsb(tmp_path / "a.xlsb", cells, texts=texts, styles=LOOKS, columns=columns))
    assert of_role(found, "hidden") == ["标记"]
    assert "白字" in "".join(block.text for block in found.blocks if block.role == "body")


def test_comments_and_page_headers_of_an_xlsb_stand_beside_its_cells(tmp_path: Path) -> None:
    none = struct.pack("<I", 0xFFFFFFFF)
    margins = record(479, struct.pack("<H", 0) + string("&C内部资料") + string("&P") + 4 * none)
    comments = record(628) + record(637, b"\0" + string("请核对")) + record(629)
    cells, texts = row(0) + shared(0, 0, 0), (text_item("项目"),)
    found = read(write_xlsb(tmp_path / "a.xlsb", cells, texts=texts, behind=margins, comments=comments))
    assert body(found) == ["一", "项目"]
    assert (of_role(found, "header"), of_role(found, "footnote")) == (["内部资料"], ["请核对"])


def test_two_far_cells_of_an_xlsb_cost_only_their_sheet(tmp_path: Path) -> None:
    cells = row(0) + real(0, 0, 1) + row(1_048_575) + real(16_383, 0, 1)
    found = read(write_xlsb(tmp_path / "a.xlsb", cells))
    assert [problem.said.code for problem in found.problems] == ["sheet-sparse"]


def xls_string(text: str, *runs: tuple[int, int]) -> bytes:
    """Return a string of two bytes a character with its runs."""
    head = struct.pack("<HB", len(text), 1 | (8 if runs else 0)) + (struct.pack("<H", len(runs)) if runs else b"")
    return head + text.encode("utf-16-le") + b"".join(struct.pack("<HH", *run) for run in runs)


@pytest.mark.parametrize("cut", [None, 36, 40, 42, 46])
def test_raised_and_struck_letters_in_a_cell_of_an_xls(tmp_path: Path, cut: int | None) -> None:
    # 2.5.129 FontIndex: the fifth font has the number 5
    begin, end = biff.record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), biff.record(0x0A, b"")
    fonts = biff.font() + biff.font(flags=8) + biff.font() + biff.font() + biff.font(shift=1)
    texts = xls_string("旧的新的", (0, 1), (2, 0)), xls_string("10万5", (3, 5)), xls_string("甲")
    content = struct.pack("<II", 3, 3) + b"".join(texts)
    if cut is None:
        strings = biff.record(0xFC, content)
    else:  # within the second string or behind it: characters go on behind a flag of their own
        goes_on = b"\x01" if cut < 42 else b""
        strings = biff.record(0xFC, content[:cut]) + biff.record(0x3C, goes_on + content[cut:])
    head = begin + fonts + biff.cell_format(0)
    name = biff.record(0x85, struct.pack("<IBBBB", len(head) + 4 + 9 + len(strings) + 4, 0, 0, 1, 0) + b"A")
    cells = b"".join(biff.record(0xFD, struct.pack("<HHHI", 0, n, 0, n)) for n in range(3))
    more = b"".join(biff.record(0xFD, struct.pack("<HHHI", 1, n, 0, 2)) for n in range(2))
    sheet = biff.record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + more + end
    found = read(make_compound(tmp_path / "a.xls", Workbook=head + name + strings + end + sheet))
    assert tables(found)[0].rows == (("~~旧的~~新的", "10万⁵", "甲"), ("甲", "甲", ""))


class Counted(bytes):
    """A record that counts how much of it is copied."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        Counted.copied += len(found) if isinstance(found, bytes) else 0
        return found


def test_shared_strings_are_read_without_copying_what_follows_them() -> None:
    texts = b"".join(xls_string("10万5", (3, 1)) for _ in range(500))
    records = [Counted(struct.pack("<II", 500, 500) + texts)]
    Counted.copied = 0
    found = rich_strings(records, [NOTHING, TextStyle(shift=1)])
    assert (len(found), set(found.values())) == (500, {"10万⁵"})
    assert Counted.copied <= len(records[0])


BAD_FONT, LONG_COMMENT = record(43, b"\0" * 10), record(637, b"\0" + struct.pack("<I", 99) + "甲".encode("utf-16-le"))
RUNS = record(19, b"\1" + string("旧的") + struct.pack("<I", 99) + struct.pack("<HH", 0, 1))


def test_a_damaged_style_of_an_xlsb_costs_no_value(tmp_path: Path) -> None:
    texts, cells = (text_item("旧的", (0, 1)),), row(0) + shared(0, 0, 0)
    found = read(write_xlsb(tmp_path / "a.xlsb", cells, texts=texts, styles=Styles(fonts=(*FONTS, BAD_FONT))))
    assert body(found) == ["一", "旧的"]


def test_a_damaged_string_of_an_xlsb_costs_no_look_of_another(tmp_path: Path) -> None:
    cells, texts = row(0) + shared(0, 0, 0) + shared(1, 0, 1), (RUNS, text_item("10万5", (3, 2)))
    found = read(write_xlsb(tmp_path / "a.xlsb", cells, texts=texts, styles=LOOKS))
    assert tables(found)[0].rows == (("旧的", "10万⁵"),)


def test_an_empty_shared_string_of_an_xlsb_is_no_look_and_no_fault(tmp_path: Path) -> None:
    path = write_xlsb(tmp_path / "a.xlsb", row(0), texts=(record(19), text_item("10万5", (3, 2))), styles=LOOKS)
    package = open_package(Source(path=path, format="xlsb", hint="xlsb", workdir=tmp_path), format_="xlsb")
    with package.archive:
        assert xlsb_looks(package)["一"].texts == {}


def test_a_damaged_comment_of_an_xlsb_costs_no_other(tmp_path: Path) -> None:
    comments = record(628) + LONG_COMMENT + record(637, b"\0" + string("请核对")) + record(629)
    found = read(write_xlsb(tmp_path / "a.xlsb", row(0) + real(0, 0, 1), comments=comments))
    assert (body(found), of_role(found, "footnote")) == (["一", "1"], ["请核对"])
