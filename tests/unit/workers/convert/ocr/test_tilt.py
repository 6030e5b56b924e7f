"""Lines of a tilted page, made by turning boxes of a straight one."""

import pytest

from workers.convert.ocr.tilt import Box, level

EM, LEADING = 40.0, 64.0
LENGTHS = (30, 30, 12, 30, 30, 6, 30)  # letters of each line: paragraphs end in short ones


def tilted(slope: float, narrowing: float) -> list[Box]:
    """Return boxes of lines that fall by ``slope`` of their width, the lower ones by more or less."""
    boxes = []
    for number, length in enumerate(LENGTHS):
        own = slope + narrowing * number
        left, width, start = 100.0, EM * length, 200 + LEADING * number
        top, bottom = sorted((start, start + own * width))
        boxes.append(Box(left, top - EM / 2, left + width, bottom + EM / 2, "文" * length))
    return boxes


@pytest.mark.parametrize("narrowing", [0.0, 0.003])
@pytest.mark.parametrize("slope", [-0.1, -0.03, 0.0, 0.03, 0.1])
def test_lines_stand_where_their_left_edges_do(slope: float, narrowing: float) -> None:
    lines = level(tilted(slope, narrowing))
    for number, line in enumerate(lines):
        assert line.middle == pytest.approx(200 + LEADING * number, abs=EM / 2)
        assert line.size == pytest.approx(EM, rel=0.01)


def test_a_large_title_keeps_its_size_and_a_lone_short_line_has_one() -> None:
    title = Box(100, 100, 900, 180, "关于印发工作要点的")
    assert level([title, *tilted(0.0, 0.0)])[0].size == pytest.approx(800 / 9)
    assert level([Box(0, 0, 80, 40, "公告")])[0].size == 40


def test_the_lines_of_a_title_have_one_size() -> None:
    # The second is too short for its width to tell the size of its letters.
    title = [Box(100, 100, 1100, 172, "国务院关于2018年度国家科学技术"), Box(100, 200, 440, 268, "奖励的决定")]
    sizes = [line.size for line in level([*title, *tilted(0.0, 0.0)])]
    assert sizes[0] == sizes[1] > 1.5 * EM
    assert set(sizes[2:]) == {EM}
