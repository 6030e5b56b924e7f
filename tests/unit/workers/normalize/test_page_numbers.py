import pytest

from schemas.blocks import Block, Converted
from tests.support.builders.papers import amid, clean, rules, texts
from workers.normalize import normalize

PAGE = "各试点单位要认真梳理汇总公开事项清单,明确事项名称、权力类型和责任部门等内容,形成目录。" * 6


@pytest.mark.parametrize(
    "line", ["— 2 —", "- 3 -", "-3-", "－4－", "第 3 页 共 9 页", "第3页", "Page 3 of 9", "·5·", "— 12 —"]
)
def test_a_dressed_page_number_goes_wherever_it_stands(line):
    assert amid(line) == []


def test_bare_numbers_go_as_a_row_through_the_text():
    cleaned = clean(PAGE, "1", PAGE, "2", PAGE, "3", PAGE)
    assert [p.text for p in cleaned.paragraphs] == [PAGE] * 4
    assert rules(cleaned) == [("page_number", "1"), ("page_number", "2"), ("page_number", "3")]


@pytest.mark.parametrize(
    "lines",
    [
        ("0", "12", "3", "7"),
        ("1", "2", "3", "4"),
        ("主动公开", "1", "依申请公开", "2", "不予公开", "3"),
        ("2011", "2012", "2013"),
        ("1/3", "2/3"),
    ],
)
def test_numbers_of_a_flattened_table_stay(lines):
    assert amid(*lines) == list(lines)


def test_page_numbers_inside_sentences_go_as_a_row():
    lines = [f"{PAGE}引 {number} 领作用。" for number in (2, 3, 5, 6)]
    assert texts(*lines) == [f"{PAGE}引领作用。"] * 4


def test_a_number_before_a_measure_word_goes_only_where_it_fills_the_row():
    lines = [
        f"{PAGE}引 2 领作用。",
        f"{PAGE}引 3 领作用。",
        f"{PAGE}定 4 期公开。",
        f"{PAGE}共 9 件。",
        f"{PAGE}引 5 领作用。",
    ]
    cleaned = texts(*lines)
    assert cleaned[2] == f"{PAGE}定期公开。"
    assert "9 件" in cleaned[3]


def test_figures_set_off_by_spaces_are_no_page_numbers():
    line = "共收到申请 12 件,办结 10 件,于 3 月 5 日公布。"
    assert "page_number" not in [rule for rule, _ in rules(clean(*[line] * 4))]


def test_a_numbered_list_is_no_row_of_pages():
    line = "要求:一是,1 加强领导,2 完善制度,3 强化监督。"
    assert texts(line) == [line]


def test_running_heads_beside_page_numbers_go():
    page = ("山东省人民政府公报", "— {} —", PAGE)
    lines = [part.format(number) for number in (1, 2, 3) for part in page]
    cleaned = clean(*lines)
    assert [p.text for p in cleaned.paragraphs] == [PAGE] * 3
    assert [rule for rule, _ in rules(cleaned)].count("running_head") == 3


def test_running_heads_at_the_edge_of_pages_go():
    blocks = [
        Block(text, page=number)
        for number in (1, 2, 3, 4)
        for text in (f"市政府公报 2019年第3期 第{number}页", f"{PAGE}({number})")
    ]
    assert len(normalize(Converted("pdf", tuple(blocks))).paragraphs) == 4


def test_a_heading_that_is_repeated_stays():
    lines = ("工作措施", PAGE, "工作措施", PAGE, "工作措施", PAGE)
    assert texts(*lines) == list(lines)
