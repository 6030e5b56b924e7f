"""Tables without rules, in both formats that place text on a page."""

from pathlib import Path

import pytest

from schemas.blocks import Block
from tests.support.builders.containers import read
from tests.support.builders.ofd import make_ofd, text
from tests.support.builders.pdf import Page, pdf
from workers.convert.layout.aligned_tables import Aligned, parts_of
from workers.convert.layout.segment import Segment

HEAD = ("序号", "改革举措", "主要内容")
FIRST = (
    ("1", "知识产权民", "整合分散的"),
    ("", "事案件合一", "审判资源，"),
    ("", "审判", "实行合一，"),
    ("", "", "提高效率。"),
)
SECOND = (("2", "以降低损失", "围绕专利应"), ("", "为核心机制", "用和维权。"))
WANTED = (
    HEAD,
    ("1", "知识产权民事案件合一审判", "整合分散的审判资源，实行合一，提高效率。"),
    ("2", "以降低损失为核心机制", "围绕专利应用和维权。"),
)
PLACES = (60, 140, 240)


def on_pdf(folder: Path) -> tuple[Block, ...]:
    page = Page().text(200, 760, "推广清单")
    for line, cells in enumerate((HEAD, *FIRST, *SECOND)):
        for x, cell in zip(PLACES, cells, strict=True):
            page.text(x, 700 - 22 * line, cell)
    page.text(60, 700 - 22 * 9, "以上各项自公布之日起在全国范围内推广，各地区各部门要认真组织实施。")
    return read(folder, pdf(page)).blocks


def on_ofd(folder: Path) -> tuple[Block, ...]:
    objects = [text("推广清单", 80, 20)]
    for line, cells in enumerate((HEAD, *FIRST, *SECOND)):
        objects += [text(cell, x / 2.5, 40 + 8 * line) for x, cell in zip(PLACES, cells, strict=True) if cell]
    objects.append(text("以上各项自公布之日起在全国范围内推广，各地区各部门要实施。", 24, 40 + 8 * 9))
    return read(folder, make_ofd(folder / "made.ofd", "".join(objects)).read_bytes()).blocks


@pytest.mark.parametrize("made", [on_pdf, on_ofd])
def test_cells_of_several_lines_are_read_as_a_whole(tmp_path: Path, made: "type[object]") -> None:
    title, table, after = made(tmp_path)  # type: ignore[misc]
    assert title.text == "推广清单"
    assert (table.kind, table.rows) == ("table", WANTED)
    assert after.text.startswith("以上各项")


def segments(*rows: tuple[float, str, float]) -> list[Segment]:
    """Return one segment for each (x, text, y), ten points wide a character."""
    return [Segment(content, x, x + 10 * len(content), y, 10.0, False) for x, content, y in rows]


def test_two_columns_of_text_are_no_table() -> None:
    page = segments(*((x, "政府信息公开工作", 700.0 - 15 * line) for line in range(30) for x in (50, 150)))
    assert list(parts_of(page)) == [page]


def test_columns_set_to_the_right_stay_lines() -> None:
    numbers = ("1", "10", "100", "1000", "10000", "100000", "1")
    page = [
        segment
        for line, number in enumerate(numbers)
        for segment in segments(
            (50, "主动公开", 700 - 15 * line),
            (200 - 10 * len(number), number, 700 - 15 * line),
            (300 - 10 * len(number), number, 700 - 15 * line),
        )
    ]
    assert not [part for part in parts_of(page) if isinstance(part, Aligned)]


def test_what_begins_at_the_left_edge_above_and_below_is_no_row_of_the_table() -> None:
    page = segments((50, "附件", 730.0))
    page += segments(*((x, "内容", 700.0 - 15 * line) for line in range(4) for x in (50, 150, 250)))
    page += segments(*((250, "内容", 640.0 - 15 * line) for line in range(4)), (50, "说明", 570.0))
    above, table, below = parts_of(page)
    assert [segment.text for segment in above] == ["附件"]  # type: ignore[union-attr]
    assert isinstance(table, Aligned)
    assert table.rows[-1] == ["内容", "内容", "内容内容内容内容内容"]
    assert [segment.text for segment in below] == ["说明"]  # type: ignore[union-attr]


def test_the_rest_of_a_row_from_the_page_before_goes_on_in_its_column() -> None:
    page = segments((250, "新主体的权", 715.0), (250, "损失。", 700.0))
    page += segments(*((x, "内容", 685.0 - 15 * line) for line in range(6) for x in (50, 150, 250)))
    (table,) = parts_of(page)
    assert isinstance(table, Aligned)
    assert table.rows[0] == ["", "", "新主体的权损失。"]
