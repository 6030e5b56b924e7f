"""What a spreadsheet program shows of a sheet is what is read of it, whatever is hidden in it and however it is set.

ECMA-376 part 1, 18.8 (styles), 18.3.1 (rows, columns, headers); ODF 1.3 part 3, 16.2 and 19.749; [MS-XLS] as the
records named say: as LibreOffice 7 shows and prints them.
"""

import struct
from pathlib import Path

import pytest
import xlsxwriter

from schemas.blocks import Converted
from tests.support.builders.biff import cell_format, font, record
from tests.support.builders.compound_file import make_compound
from tests.support.builders.odf import write_ods
from tests.support.word_reader import body, of_role, read
from workers.convert.spreadsheet.binary.xls_looks import binary_looks
from workers.convert.spreadsheet.page_headers import page_headers

BESIDE = "标记"


def xlsx(folder: Path, properties: dict[str, object], *, row: bool = False, column: bool = False) -> Converted:
    """Return what is read of a sheet with one cell of this format, in a hidden row or column."""
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("一")
        sheet.write_row(0, 0, ["项目", "金额", "备注"])
        sheet.write_row(1, 0, ["培训", "3", "无"])
        sheet.write(2, 1, BESIDE, book.add_format(properties))
        if row:
            sheet.set_row(2, None, None, {"hidden": True})
        if column:
            sheet.set_column(1, 1, None, None, {"hidden": True})
    return read(path)


@pytest.mark.parametrize(
    "properties",
    [{"font_color": "white"}, {"font_color": "#FEFEFE"}, {"font_size": 1}, {"num_format": ";;;"}],
)
def test_a_cell_nobody_sees_is_kept_apart_and_said(tmp_path: Path, properties: dict[str, object]) -> None:
    found = xlsx(tmp_path, properties)
    assert (body(found), of_role(found, "hidden")) == (["一", "项目\t金额\t备注\n培训\t3\t无"], [BESIDE])
    assert [(problem.said.code, problem.said.values["count"]) for problem in found.problems] == [("hidden-cells", 1)]


def test_rows_and_columns_that_are_hidden_are_kept_apart(tmp_path: Path) -> None:
    assert of_role(xlsx(tmp_path, {}, row=True), "hidden") == [BESIDE]
    found = xlsx(tmp_path, {}, column=True)
    assert (body(found), of_role(found, "hidden")) == (["一", "项目\t备注\n培训\t无"], [f"金额\n3\n{BESIDE}"])


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ({"font_color": "white", "bg_color": "red"}, BESIDE),
        ({"font_color": "white", "bg_color": "white"}, None),
        ({"font_strikeout": True}, f"~~{BESIDE}~~"),
        ({"num_format": "0;;"}, BESIDE),
    ],
)
def test_what_is_seen_of_a_cell_is_read_as_it_looks(
    tmp_path: Path, properties: dict[str, object], shown: str | None
) -> None:
    assert body(xlsx(tmp_path, properties))[2:] == ([shown] if shown else [])


def test_runs_of_a_cell_and_headers_of_pages_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("一")
        sheet.write_rich_string(0, 0, "10", book.add_format({"font_script": 1}), "5", "公顷")
        sheet.write_rich_string(0, 1, "原定", book.add_format({"font_strikeout": True}), "三月", "四月")
        sheet.set_header('&L&"宋体"&12临政办发〔2024〕15号&R&D')
        sheet.set_footer("&C第&P页")
    found = read(path)
    assert body(found) == ["一", "10⁵公顷\t原定~~三月~~四月"]
    assert (of_role(found, "header"), of_role(found, "footer")) == (["临政办发〔2024〕15号"], ["第页"])


def test_the_codes_of_a_page_header_are_no_text() -> None:
    # 18.3.1.46: && is the sign itself, &P and &N are fields, &K a colour
    assert list(page_headers('&L&"Arial,Bold"&10甲&&乙&C&P/&N&R&KFF0000丙')) == ["甲&乙", "丙"]


@pytest.mark.parametrize(
    ("styles", "row", "seen", "unseen"),
    [
        ("", '<table:table-row table:visibility="collapse">{}</table:table-row>', [], ["乙"]),
        ("", '<table:table-row table:visibility="filter">{}</table:table-row>', [], ["乙"]),
        ('fo:color="#ffffff"', "<table:table-row>{}</table:table-row>", [], ["乙"]),
        ('style:text-line-through-style="solid"', "<table:table-row>{}</table:table-row>", ["~~乙~~"], []),
    ],
)
def test_an_ods_shows_its_cells_as_their_styles_say(
    tmp_path: Path, styles: str, row: str, seen: list[str], unseen: list[str]
) -> None:
    properties = f"<style:text-properties {styles}/>"
    style = f'<style:style style:name="c" style:family="table-cell">{properties}</style:style>'
    cell = '<table:table-cell table:style-name="c"><text:p>乙</text:p></table:table-cell>'
    first = "<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row>"
    content = f'<table:table table:name="一">{first}{row.format(cell)}</table:table>'
    found = read(write_ods(tmp_path / "a.ods", content, style))
    assert (body(found)[2:], of_role(found, "hidden")) == (seen, unseen)


def test_a_hidden_column_and_a_raised_word_of_an_ods(tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    cells = '<text:p>10<text:span text:style-name="up">5</text:span></text:p>'
    row = f"<table:table-cell>{cells}</table:table-cell><table:table-cell><text:p>乙</text:p></table:table-cell>"
    content = f'<table:table table:name="一">{columns}<table:table-row>{row}</table:table-row></table:table>'
    up = '<style:text-properties style:text-position="super 58%"/>'
    style = f'<style:style style:name="up" style:family="text">{up}</style:style>'
    found = read(write_ods(tmp_path / "a.ods", content, style))
    assert (body(found), of_role(found, "hidden")) == (["一", "10⁵"], ["乙"])


def binary_book(*records: bytes, grounds: bytes = b"") -> bytes:
    """Return a BIFF8 stream: five fonts, a cell format for each, and one sheet with these records."""
    begin, end = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), record(0x0A, b"")
    fonts = font() + font(colour=9) + font(height=20) + font(flags=8) + font(shift=1)
    blank = record(0x41E, struct.pack("<HHB", 200, 3, 0) + b";;;")
    numbers = (0, 1, 2, 3, 5)  # 2.5.129: there is no font 4
    formats = (
        b"".join(cell_format(number) for number in numbers) + cell_format(0, shown=200) + cell_format(1, pattern=1)
    )
    head = begin + fonts + blank + formats
    name = record(0x85, struct.pack("<IBBBB", len(head) + 4 + 9 + 4, 0, 0, 1, 0) + b"A")
    return head + name + end + begin + b"".join(records) + grounds + end


def cell(row: int, column: int, number: int) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, number, 1.0))


def test_looks_of_an_xls_are_told_by_fonts_and_formats(tmp_path: Path) -> None:
    # 2.4.122 Font, 2.4.353 XF, 2.4.126 Format
    cells = [cell(0, number, number) for number in range(7)]
    look = binary_looks(make_compound(tmp_path / "a.xls", Workbook=binary_book(*cells)))["A"]
    assert {column for (_, column), style in look.cells.items() if style.unseen} == {1, 2, 5}
    assert (look.cells[0, 3].struck, look.cells[0, 4].shift) == (True, 1)
    assert (0, 6) not in look.cells  # on a pattern
    drawn = binary_looks(make_compound(tmp_path / "b.xls", Workbook=binary_book(*cells, grounds=record(0xEC, b""))))
    assert {column for (_, column), style in drawn["A"].cells.items() if style.unseen} == {2, 5}


def test_rows_columns_boxes_comments_and_headers_of_an_xls(tmp_path: Path) -> None:
    # 2.4.221 Row (fDyZero), 2.4.53 ColInfo (fHidden), 2.4.181 Obj, 2.4.329 TxO with its Continue, 2.4.136 Header
    def box(kind: int, text: str) -> bytes:
        what = record(0x5D, struct.pack("<HHHH", 0x15, 18, kind, 1) + bytes(14))
        said = record(0x1B6, struct.pack("<10xHH", len(text), 16) + bytes(4))
        return what + said + record(0x3C, b"\x01" + text.encode("utf-16-le")) + record(0x3C, bytes(16))

    look = binary_looks(
        make_compound(
            tmp_path / "a.xls",
            Workbook=binary_book(
                record(0x208, struct.pack("<HHHHHHI", 7, 0, 1, 0, 0, 0, 0x20)),
                record(0x7D, struct.pack("<HHHHH", 2, 3, 0, 0, 1)),
                record(0x14, struct.pack("<HB", 4, 0) + b"&CHi"),
                box(6, "填表说明"),
                box(0x19, "批注"),
            ),
        )
    )["A"]
    assert (look.hidden_rows, look.hidden_columns) == ({7}, {2, 3})
    assert [(block.role, block.text) for block in look.beside] == [
        ("header", "Hi"),
        ("textbox", "填表说明"),
        ("footnote", "批注"),
    ]


@pytest.mark.parametrize("cut", range(20, 700, 97))
def test_a_cut_xls_has_no_looks_and_no_error(tmp_path: Path, cut: int) -> None:
    binary_looks(make_compound(tmp_path / "a.xls", Workbook=binary_book(cell(0, 0, 1))[:cut]))
