"""Spreadsheets: every sheet a heading and a table, whatever its container; hostile sizes are cut or refused."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.compound_file import make_compound
from tests.support.builders.odf import write_ods
from tests.support.word_reader import SAMPLES, body, of_role, tables
from workers.convert.registry import convert

SHEETS = SAMPLES.parent / "sheets"
TABLE = (("序号", "项目", "金额"), ("1", "公开平台", "12.5"), ("2", "培训", "3"), ("合计", "", "15.5"))


def read(path: Path) -> Converted:
    return convert(path, hint=path.suffix[1:], workdir=path.parent)


def sheet(name: str, *rows: str, style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def row(*cells: str, times: int = 1) -> str:
    inside = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{times}">{inside}</table:table-row>'


def test_title_and_notes_of_a_sheet_stand_apart_from_its_table() -> None:
    found = read(SHEETS / "table.xls")
    assert body(found)[:2] == ["收支表", "2023年部门收支总表"]
    assert body(found)[-1] == "注：数据为决算数"
    assert tables(found)[0].rows == TABLE
    assert found.blocks[0].style is not None
    assert found.blocks[0].style.heading_level == 1


def test_dates_and_whole_numbers_are_as_a_reader_writes_them() -> None:
    found = read(SHEETS / "table.xlsx")
    assert [cells[:3] for cells in tables(found)[0].rows] == list(TABLE)
    assert tables(found)[0].rows[2][3] == "2024-01-02"
    assert {clue.label: clue.value for clue in found.clues}["title"] == "收支总表"


def test_text_boxes_and_comments_of_an_ods_stand_beside_its_cells(tmp_path: Path) -> None:
    # ODF 1.3 part 3, 9.2.3 table:shapes, 14.1 office:annotation
    shapes = (
        "<table:shapes><draw:g><draw:custom-shape><text:p>附表说明</text:p></draw:custom-shape></draw:g></table:shapes>"
    )
    note = "<office:annotation><text:p>已核对</text:p></office:annotation>"
    noted = f"<table:table-row><table:table-cell>{note}<text:p>3</text:p></table:table-cell></table:table-row>"
    content = f'<table:table table:name="表">{shapes}{row("项目", "金额")}{noted}</table:table>'
    found = read(write_ods(tmp_path / "a.ods", content))
    assert [(block.role, block.text) for block in found.blocks if block.role != "body"] == [
        ("textbox", "附表说明"),
        ("footnote", "已核对"),
    ]


@pytest.mark.parametrize("name", ["table.xls", "table.xlsx"])
def test_a_hidden_sheet_is_recorded_as_hidden(name: str) -> None:
    assert of_role(read(SHEETS / name), "hidden") == ["隐藏表", "甲\t乙"]


def test_a_sheet_that_spans_more_than_memory_costs_only_itself() -> None:
    found = read(SHEETS / "sparse.xlsx")
    assert body(found) == ["好", "字"]
    assert [problem.category for problem in found.problems] == [Category.BOMB]


def test_an_ods_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    properties = '<style:table-properties table:display="false"/>'
    hidden = f'<style:style style:name="h" style:family="table">{properties}</style:style>'
    first = sheet("一", row("2023年收支表"), row("项目", "金额"), row("培训", "3"))
    content = first + sheet("二", row("甲", "乙"), style="h")
    found = read(write_ods(tmp_path / "a.ods", content, hidden))
    assert body(found) == ["一", "2023年收支表", "项目\t金额\n培训\t3"]
    assert of_role(found, "hidden") == ["二", "甲\t乙"]


def test_repetitions_of_an_ods_are_claims(tmp_path: Path) -> None:
    blank = '<table:table-row><table:table-cell table:number-columns-repeated="99999999"/></table:table-row>'
    content = sheet("一", row("甲", "乙", times=99999999), blank)
    (table,) = tables(read(write_ods(tmp_path / "a.ods", content)))
    assert len(table.rows) == 1000
    assert {len(cells) for cells in table.rows} == {2}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_is_read_in_any_encoding_and_with_any_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [separator.join(cells) for cells in (("序号", "名称"), ("1", '"政务\n公开"'), ("2", "依申请公开"))]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    (table,) = tables(read(path))
    assert table.rows == (("序号", "名称"), ("1", "政务\n公开"), ("2", "依申请公开"))


def test_a_quotation_mark_never_closed_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('序号,名称\n1,"政务公开\n2,依申请公开\n', "utf-8")
    assert "依申请公开" in "".join(body(read(path)))


@pytest.mark.parametrize("name", ["table.xls", "table.xlsx"])
def test_a_cut_workbook_is_corrupt(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((SHEETS / name).read_bytes()[:3000])
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert caught.value.category is Category.CORRUPT


def test_a_circle_of_sectors_is_corrupt_and_takes_no_memory(tmp_path: Path) -> None:
    path = make_compound(tmp_path / "a.xls", Workbook=b"\x09\x08" + bytes(5000))
    data = bytearray(path.read_bytes())
    data[512 + 4 * 5 : 512 + 4 * 6] = (2).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(DocumentError, match="circle") as caught:
        read(path)
    assert caught.value.category is Category.CORRUPT


def test_a_workbook_the_library_panics_at_is_corrupt() -> None:
    with pytest.raises(DocumentError, match="is damaged") as caught:
        read(SHEETS / "panics.xls")
    assert caught.value.category is Category.CORRUPT


def test_a_panic_at_the_opening_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.convert.spreadsheet.sheets.CalamineWorkbook", Panicking(at="from_path"))
    with pytest.raises(DocumentError, match="index out of bounds") as caught:
        read(SHEETS / "table.xls")
    assert caught.value.category is Category.CORRUPT


def test_a_sheet_the_library_panics_at_costs_that_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = CalamineWorkbook.from_path(SHEETS / "table.xls").sheet_names
    monkeypatch.setattr("workers.convert.spreadsheet.sheets.CalamineWorkbook", Panicking(at=first))
    found = read(SHEETS / "table.xls")
    damage, hidden = found.problems  # the other sheet is a hidden one
    assert (damage.place, damage.category, damage.lossy) == (first, Category.CORRUPT, True)
    assert (hidden.said.code, hidden.lossy) == ("hidden-cells", False)
    assert found.blocks


class PanicException(BaseException):
    """As PyO3 raises it."""


class Panicking:
    """The library's workbook, which panics when it is opened or at one of its sheets."""

    def __init__(self, at: str) -> None:
        self.at = at

    def from_path(self, path: str) -> "Panicking":
        if self.at == "from_path":
            raise PanicException("index out of bounds")
        self.workbook = CalamineWorkbook.from_path(path)
        self.sheets_metadata = self.workbook.sheets_metadata
        return self

    def get_sheet_by_name(self, name: str) -> object:
        if name == self.at:
            raise PanicException("index out of bounds")
        return self.workbook.get_sheet_by_name(name)

    def __enter__(self) -> "Panicking":
        return self

    def __exit__(self, *_: object) -> None:
        self.workbook.close()
