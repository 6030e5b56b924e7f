"""The standard catalogue: its table read with merged cells, items matched with documents, late and missing ones."""

import datetime

import pytest

from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.office.deadlines.calendar import load_calendar
from search.office.standard.item_table import standard_table
from search.office.standard.matches import item_terms, match_items
from search.office.standard.periods import Period, read_period
from search.office.standard.review import review_items
from search.office.standard.table import read_items
from tests.support.fakes.index import MemoryIndex

HEAD = [
    ["某县财政预决算领域基层政务公开标准目录"] + [""] * 13,
    ["序号", "公开事项", "", "公开内容\n（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
     "公开对象", "", "公开方式", "", "公开层级", ""],
    ["", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群众", "主动", "依申请公开", "县级", "乡级"],
]  # fmt: skip
BASIS = "《中华人民共和国政府信息公开条例》（国令第711号）"


def row(number: str, first: str, second: str, contents: str, period: str, basis: str = "", request: bool = False):
    marks = ["", "√"] if request else ["√", ""]
    return [number, first, second, contents, basis, period, "县财政局", "■政府网站", "√", "", *marks, "√", ""]


TABLE = [
    *HEAD,
    row("1", "财政预决算", "部门预算", "收支总体情况表、一般公共预算支出表", "批复后20个工作日内", BASIS),
    row("2", "", "部门决算", "决算报表", "同上"),
    row("3", "政府采购", "采购公告", "采购公告、中标（成交）结果公告", "每月公开"),
    row("4", "惠民补贴", "补贴发放花名册", "姓名、金额", "自信息形成之日起20个工作日内", request=True),
    row("5", "监督检查", "会计监督检查", "检查结果", "及时公开"),
    row("6", "国有资产", "国有资产管理报告", "报告全文", "按有关规定"),
]


def article(title: str, signed_on: str | None, published_on: str | None) -> ArticleSummary:
    return ArticleSummary(0, title, issuer="某县财政局", signed_on=signed_on, published_on=published_on)


@pytest.fixture
def index() -> MemoryIndex:
    made = MemoryIndex()
    for key, one in {
        "a.txt": article("某县教育局2025年部门预算", "2025-02-05", "2025-02-20"),
        "b.txt": article("某县教育局2024年部门决算", "2025-08-01", "2025-10-20"),
        "c.txt": article("某县办公设备采购公告", "2026-03-01", "2026-03-01"),
        "d.txt": article("某县2025年度会计监督检查结果", "2025-12-01", None),
        "e.txt": article("关于召开会议的通知", "2025-12-01", None),
        "f.txt": article("某县国有资产管理报告", "2025-12-01", None),
    }.items():
        record = DocumentRecord(document_id(key), key, "1", State.INDEXED, content="c", format="txt", articles=(one,))
        made.replace(record, [])
    held = DocumentRecord(
        document_id("x"), "x", "1", State.HELD, articles=(article("补贴发放花名册", "2025-01-01", None),)
    )
    made.replace(held, [])
    return made


def test_the_table_is_read_with_its_two_head_rows_and_merged_cells() -> None:
    items = read_items([[["无关"], ["表格"]], TABLE])
    assert [(one.number, one.first, one.second) for one in items] == [
        ("1", "财政预决算", "部门预算"), ("2", "财政预决算", "部门决算"), ("3", "政府采购", "采购公告"),
        ("4", "惠民补贴", "补贴发放花名册"), ("5", "监督检查", "会计监督检查"), ("6", "国有资产", "国有资产管理报告"),
    ]  # fmt: skip
    assert (items[1].period, items[1].basis, items[1].unit) == ("批复后20个工作日内", BASIS, "县财政局")
    assert [one.on_request for one in items] == [False, False, False, True, False, False]
    assert items[0].place == "表2第4行"


def test_a_table_goes_on_over_a_page_and_repeats_its_head() -> None:
    items = read_items([TABLE[:4], TABLE[4:5], [*HEAD[1:], *TABLE[5:]]])
    assert [one.number for one in items] == ["1", "2", "3", "4", "5", "6"]


def test_a_table_with_one_level_of_matters() -> None:
    rows = [
        ["序号", "公开事项", "公开内容（要素）", "公开时限", "公开主体"],
        ["1", "政策文件", "涉农资金文件", "20个工作日", "镇政府"],
    ]
    assert [(one.name, one.period) for one in read_items([rows])] == [("政策文件", "20个工作日")]


def test_items_have_their_documents_and_the_rest_is_named(index: MemoryIndex) -> None:
    matched = match_items(index, read_items([TABLE]))
    assert [one.count for one in matched] == [1, 1, 1, 0, 1, 1]
    found = list(review_items("目录.docx", matched, calendar=load_calendar(), today=datetime.date(2026, 11, 29)))
    named = [(one.rule.code, one.evidence[0].document) for one in found]
    assert named == [("standard.late", "b.txt"), ("standard.overdue", "c.txt"), ("standard.period", "目录.docx")]
    assert "用了" in found[0].message
    index.forget([document_id("a.txt")])
    unmatched = review_items(
        "目录.docx",
        match_items(index, read_items([TABLE])),
        calendar=load_calendar(),
        today=datetime.date(2026, 11, 29),
    )
    first = next(unmatched)
    assert (first.rule.code, first.evidence[0].place) == ("standard.unmatched", "表1第4行")
    rows = list(standard_table(matched).rows)
    assert (rows[0][7], rows[0][10]) == (1, "a.txt")


def test_words_that_say_nothing_of_the_matter_match_nothing() -> None:
    item = read_items([[*HEAD, row("1", "其他", "其他信息", "相关情况说明", "及时")]])[0]
    assert item_terms(item) == ()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("自信息形成或者变更之日起20个工作日内予以公开", Period(20, True, None, True)),
        ("信息形成（变更）二十个工作日内", Period(20, True, None, True)),
        ("7日内", Period(7, False, None, True)),
        ("每年1月31日前", Period(None, False, 366, True)),
        ("每季度公开", Period(None, False, 92, True)),
        ("实时公开", Period(None, False, None, True)),
        ("按规定", Period(None, False, None, False)),
    ],
)
def test_periods_are_read_as_they_are_written(text: str, period: Period) -> None:
    assert read_period(text) == period
