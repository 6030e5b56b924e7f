"""Tables of contents, lists of parts, numbers of other scripts, and paragraphs that only look like headings."""

from typing import Any

import pytest

from schemas.articles import Article
from schemas.cleaned import Normalized, Paragraph
from tests.support.builders.clean_documents import read, rows
from workers.extract import extract
from workers.extract.grammar.lines import Line
from workers.extract.grammar.section_numbers import Label, read_label
from workers.extract.outline import contents

TEXT = "为了规范有关活动，维护当事人的合法权益，制定本条例。"


def headings(article: Article) -> list[tuple[str | None, str | None]]:
    return [(number, heading) for _, number, heading in rows(article.sections) if heading]


def test_names_that_come_in_every_chapter_do_not_end_a_table_of_contents() -> None:
    names = ("第一编 总则", "第一章 基本规定", "第一节 一般规定", "第二节 监护", "第二章 法人", "第一节 一般规定")
    body = [line for name in names for line in ((name, TEXT) if "节" in name else (name,))]
    article = read("甲省民事条例", "目录", *names, *body)
    assert [f"{number} {heading}" for number, heading in headings(article)] == list(names)


def test_a_table_of_contents_glued_to_the_line_before_is_none_of_the_outline() -> None:
    names = ("第一章 总则", "第二章 数据发展", "第三章 附则")
    body = [line for name in names for line in (name, f"第{'一二三'[names.index(name)]}条 {TEXT}")]
    note = "2021年6月10日甲省人民代表大会常务委员会第二十九次会议通过目录"
    article = read("甲省数据条例", note, *names, *body)
    assert [heading for _, heading in headings(article)] == ["总则", "数据发展", "附则"]


def test_lines_with_leaders_are_no_sections_wherever_they_stand() -> None:
    lead = [f"说明事项{number}，请知悉。" for number in range(80)]
    contents = [f"第{number}章 章节名称{number}..................{number}" for number in "一二三"]
    article = read("甲市招标文件示范文本", *lead, *contents, "第一章 投标邀请", TEXT)
    assert headings(article) == [("第一章", "投标邀请")]


def test_the_parts_a_paper_says_it_has_are_a_list() -> None:
    article = read(
        "甲市采购项目公开招标文件", "第一章 投标邀请", "一、项目基本情况", TEXT, "第二章 投标人须知", "一、文件的构成",
        "招标文件包括下列部分：", "第一章 投标邀请", "第二章 投标人须知", "第三章 采购需求", "二、投标报价", TEXT,
        "第三章 采购需求", TEXT,
    )  # fmt: skip
    assert headings(article) == [
        ("第一章", "投标邀请"), ("一、", "项目基本情况"), ("第二章", "投标人须知"), ("一、", "文件的构成"),
        ("二、", "投标报价"), ("第三章", "采购需求"),
    ]  # fmt: skip
    assert article.sections[4].path[0].startswith("第二章")


def test_a_year_behind_a_number_belongs_to_the_heading() -> None:
    article = read(
        "2025年度入户热点问答", "1.2025年度指标有多少个？", "答：共1.6万个。", "2.需要具备哪些条件？", "答：见办法。"
    )
    assert headings(article) == [("1.", "2025年度指标有多少个？"), ("2.", "需要具备哪些条件？")]


def test_items_run_together_in_one_line_are_told_apart() -> None:
    line = "1. 2025年部门财务收支预算总表2．2025年部门收入预算总表3．2025年部门支出预算总表4．2025年收支总表"
    article = read("甲市乙区2025年区级部门预算", "一、部门预算表", line, "二、其他情况说明", TEXT)
    assert [number for number, _ in headings(article)] == ["一、", "1.", "2．", "3．", "4．", "二、"]


@pytest.mark.parametrize(
    ("numbers", "inner"),
    [(("壹、", "贰、", "参、"), "一、"), (("I.", "II.", "III."), "1.")],
)
def test_numbers_of_taiwan_and_hong_kong_stand_above_the_common_ones(numbers: tuple[str, ...], inner: str) -> None:
    lines = [line for number in numbers for line in (f"{number} 事项说明", TEXT, f"{inner}具体安排", TEXT)]
    article = read("110学年度甲县科技教育竞赛实施计划", *lines)
    outer = [section for section in article.sections if section.number in numbers]
    assert [section.number for section in outer] == list(numbers)
    assert {len(section.path) for section in article.sections if section.number == inner} == {2}


def test_the_clauses_of_a_standard_are_numbered_without_a_mark() -> None:
    article = read(
        "甲类公文格式", "1 范围", TEXT, "2 规范性引用文件", TEXT, "3 要求", "3.1 版面", TEXT, "3.2 格式", TEXT
    )
    assert [number for number, _ in headings(article)] == ["1", "2", "3", "3.1", "3.2"]


def test_sentences_of_a_list_are_no_headings_and_lose_nothing() -> None:
    items = (
        "负责本区规划编制工作；",
        "组织开展土地调查",
        "参与制定住房发展政策；",
        "监督重点项目实施；",
        "完成区政府交办的其他任务。",
    )
    lines = [f"{place}.{item}" for place, item in enumerate(items, start=1)]
    article = read("甲区规划局主要职责", "一、主要职责", *lines, "二、机构设置", TEXT)
    assert [number for number, _ in headings(article)] == ["一、", "二、"]
    assert [section.text for section in article.sections[1:-1]] == list(items)


def test_questions_of_a_list_are_headings() -> None:
    lines = [
        line
        for number in range(1, 5)
        for line in (f"{number}.申请第{number}项需要具备哪些条件？", "答：依照办法执行。")
    ]
    article = read("甲市入户热点问答", *lines)
    assert [number for number, _ in headings(article)] == ["1.", "2.", "3.", "4."]


def test_a_line_spoken_of_is_no_clause() -> None:
    article = read(
        "甲类公文格式",
        "1 范围",
        TEXT,
        "2 版面",
        "2.1 格式",
        "第二条红色双线上一行如有文字，距离为字高的一半。",
        "3 附则",
        TEXT,
    )
    assert "第二条" not in [section.number for section in article.sections]


@pytest.mark.parametrize(
    ("first", "next_page", "found"),
    [
        ((), ("4.农药登记", "5.兽药登记", "6.种子登记"), ["1.", "2.", "3.", "4.", "5.", "6."]),
        ((), ("4.农药登记", "企业登记", "食品许可", "药品许可"), ["1.", "2.", "3.", "4."]),
        ((), ("以上事项由各部门办理。", "1.其他说明", TEXT), ["1.", "2.", "3.", "1."]),
        ((), ("1.企业登记", TEXT, "2.食品许可", TEXT, "3.药品许可", TEXT), ["1.", "2.", "3."]),
        (("4.名词解释",), ("2025年企业登记", TEXT, "食品许可", TEXT), []),
    ],
    ids=["list goes on", "numbered on", "not repeated", "contents", "contents of names"],
)
def test_names_that_fill_a_page_are_contents_only_if_they_come_again(
    first: tuple[str, ...], next_page: tuple[str, ...], found: list[str]
) -> None:
    pages = (("甲县许可事项", "目录", "1.企业登记", "2.食品许可", "3.药品许可", *first), next_page)
    lines = (Paragraph(line, page=number) for number, page in enumerate(pages, 1) for line in page)
    article = extract(Normalized("pdf", tuple(lines))).articles[0]
    assert [section.number for section in article.sections if section.number] == found
    assert "numbers-missing" not in [problem.code for problem in article.problems]


@pytest.mark.parametrize("line", ["1、附件目录", "目录"])
def test_each_line_is_looked_at_a_few_times_however_many_name_contents(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    looked_at: list[str] = []

    def count(text: str) -> Label | None:
        looked_at.append(text)
        return read_label(text)

    monkeypatch.setattr(contents, "read_label", count)
    contents.contents_lines([Line(line, page=1)] * 400)
    assert len(looked_at) <= 4 * 400


class Counted(str):
    """A key that counts how often it is looked at."""

    __slots__ = ()
    looked_at = 0

    def startswith(self, *args: Any) -> bool:
        Counted.looked_at += 1
        return super().startswith(*args)

    def __getitem__(self, part: Any) -> str:
        Counted.looked_at += 1
        return super().__getitem__(part)

    def __hash__(self) -> int:
        Counted.looked_at += 1
        return super().__hash__()


def test_entries_are_looked_at_a_few_times_however_many_distinct_lines_name_contents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = contents._entry
    monkeypatch.setattr(contents, "_entry", lambda line: Counted(entry(line)))
    contents.contents_lines([Line(f"第{number}号部门事项目录", page=1) for number in range(1000)])
    assert 1000 <= Counted.looked_at <= 40 * 1000
