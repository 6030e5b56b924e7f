"""Lines of long sections: their anchors on the page, and the same place in the other text."""

import re
from dataclasses import replace

import pytest

from schemas.anchors import LONG_SECTION, line_at, section_anchor, split_anchor
from schemas.cleaned import Normalized, Paragraph
from schemas.records import SectionRow
from search.pages.document_layout import read
from search.pages.original.same_place import find_block, find_section
from tests.support.http_application import World
from tests.support.library import record_of, rows_of

LINES = [f"第{n}项事务由业主大会决定并公开。" * 10 for n in range(30)]
TABLE = "\n".join(f"{n}\t金额{n}" for n in range(30, 40))
TEXT = "\n".join([*LINES, TABLE])
DETAILS = Normalized(
    "txt", (*(Paragraph(line, block=n + 5) for n, line in enumerate(LINES)), Paragraph(TABLE, block=40))
)


def test_anchors_of_lines_are_told_from_those_of_sections() -> None:
    assert split_anchor(section_anchor(0, 3, 12)) == ("s0-3", 12)
    assert [split_anchor(other) for other in ("s0-3", "p4", "b12", "s0-3px", "")] == [
        ("s0-3", None), ("p4", None), ("b12", None), ("s0-3px", None), ("", None)
    ]  # fmt: skip
    assert line_at("短\n节", 2) is None
    assert line_at(TEXT, TEXT.index(LINES[17]) + 5) == 17


def test_every_line_of_a_long_section_has_its_anchor_on_the_page_and_a_short_one_has_none(world: World) -> None:
    identifier = world.add("长/规定.txt")
    assert not re.search(r'id="s[\d-]+p\d+"', world.client.get(f"/d/{identifier}").text)
    row = replace(long_row(), id=f"{identifier}-0-0", document_id=identifier)
    world.index.replace(record_of("长/规定.txt", [row]), [row])
    page = world.client.get(f"/d/{identifier}?at=s0-0p35").text
    assert re.findall(r'<(?:p|tr) id="(s[\d-]+p\d+)"', page) == [section_anchor(0, 0, n) for n in range(40)]


def long_row(key: str = "长/规定.txt") -> SectionRow:
    return replace(rows_of(key)[0], text=TEXT, text_original=None, ordinal=0, article=0)


@pytest.mark.parametrize(("asked", "shown"), [("p35", "p35"), ("p40", ""), ("", "")])
def test_a_line_that_is_not_there_leads_to_its_section(asked: str, shown: str) -> None:
    rows = [long_row()]
    assert read(record_of("长/规定.txt", rows), rows, at=f"s0-0{asked}").at == f"s0-0{shown}"


def test_the_place_of_a_line_is_the_same_in_both_texts() -> None:
    row = long_row()
    blocks = {row.id: "b5"}
    assert find_block("s0-0p17", [row], blocks, DETAILS) == "b22"
    assert find_block("s0-0p33", [row], blocks, DETAILS) == "b40"
    assert find_section("b22", [row], blocks, DETAILS) == "s0-0p17"
    short = replace(row, text=TEXT[: LONG_SECTION - 1])
    assert find_section("b22", [short], blocks, DETAILS) == "s0-0"
