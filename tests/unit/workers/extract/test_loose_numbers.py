"""Numbers without the mark behind them begin a section only where they count through the document."""

from tests.support.builders.clean_documents import read, rows

TEXT = "各单位要认真贯彻落实上级部署，切实加强组织领导，确保各项工作落到实处，取得实效。"


def test_the_chapters_of_a_plan_numbered_in_decimals() -> None:
    article = read(
        "某市应急预案", "1 总则", "1.1 编制目的", TEXT, "1.2 适用范围", TEXT, "2 组织机构", "2.1 领导机构", TEXT
    )
    assert [(number, heading) for _, number, heading in rows(article.sections)] == [
        ("1", "总则"),
        ("1.1", "编制目的"),
        ("1.2", "适用范围"),
        ("2", "组织机构"),
        ("2.1", "领导机构"),
    ]
    assert article.sections[1].path == ("1 总则", "1.1 编制目的")


def test_figures_without_decimals_below_them_are_no_headings() -> None:
    assert rows(read("某局工作情况", "1 号楼", TEXT, "2 号楼", TEXT).sections) == []


def test_han_numbers_before_a_space_or_a_colon() -> None:
    assert rows(read("某局工作总结", "一 总体情况", TEXT, "二 存在问题", TEXT).sections) == [
        (1, "一", "总体情况"),
        (1, "二", "存在问题"),
    ]
    assert rows(read("某局工作总结", "一：总体情况", TEXT, "二：存在问题", TEXT).sections) == [
        (1, "一：", "总体情况"),
        (1, "二：", "存在问题"),
    ]


def test_a_row_with_a_gap_or_a_single_number_is_text() -> None:
    assert rows(read("某局工作总结", "一 总体情况", TEXT, "三 存在问题", TEXT).sections) == []
    assert rows(read("某局工作总结", "二 总体情况", TEXT).sections) == []


def test_a_name_before_a_colon_ends_the_heading_of_a_long_run_in_paragraph() -> None:
    article = read("某局工作总结", f"一、总体情况：{TEXT}", f"二、存在问题：{TEXT}")
    assert rows(article.sections) == [(1, "一、", "总体情况"), (1, "二、", "存在问题")]
    assert article.sections[0].text == TEXT
