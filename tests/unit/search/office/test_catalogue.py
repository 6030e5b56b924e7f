"""The catalogue: the class a title and a genre give, counts, and classes that are empty or stale."""

import datetime

import pytest

from schemas.office.bases import regulation
from schemas.office.catalogue import UNCLASSED, UNSTATED
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.office.catalogue.classes import class_numbers, load_classes
from search.office.catalogue.entries import Cell, count_catalogue, find_entries
from search.office.catalogue.review import months_before, review_catalogue
from search.office.catalogue.table import catalogue_table, entry_table
from tests.support.fakes.index import MemoryIndex

TODAY = datetime.date(2026, 11, 29)

# (title, genre, the items of 第二十条 it falls under)
TITLES = (
    ("某市公共资源交易管理办法", "办法", (1,)),
    ("某市人民政府办公室关于印发《某市户外广告管理办法（试行）》的通知", "通知", (1,)),
    ("关于学习贯彻《政府信息公开条例》的通知", "通知", (UNCLASSED,)),
    ("某市司法局主要职责内设机构和人员编制规定", "规定", (1, 2)),
    ("某县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "纲要", (3,)),
    ("某市2024年国民经济和社会发展统计公报", "公报", (4,)),
    ("某市统计局关于召开座谈会的通知", "通知", (UNCLASSED,)),
    ("食品经营行政许可办事指南", "指南", (5,)),
    ("某市行政审批局2025年工作总结", "总结", (UNCLASSED,)),
    ("行政处罚决定书（某市监处罚〔2025〕3号）", None, (6,)),
    ("某局2025年部门预算", None, (7,)),
    ("某局2025年部門預算", None, (7,)),
    ("某局2024年度“三公”经费决算说明", "说明", (7,)),
    ("某市行政事业性收费目录清单", "清单", (8,)),
    ("某局办公设备政府采购中标公告", "公告", (9,)),
    ("关于某河治理工程初步设计的批复", "批复", (10,)),
    ("2025年义务教育阶段招生工作方案", "方案", (11,)),
    ("关于开展党风廉政警示教育的通知", "通知", (UNCLASSED,)),
    ("某县自然灾害救助应急预案", "预案", (12,)),
    ("2025年第三期食品安全监督抽检信息公告", "公告", (13,)),
    ("某省2025年度考试录用公务员公告", "公告", (14,)),
    ("某市水利局2024年政府信息公开工作年度报告", "年度报告", (15,)),
    ("关于市政协第12号提案的答复", "答复", (15,)),
    ("关于全面推行行政规范性文件合法性审核机制的指导意见", "意见", (UNCLASSED,)),
    ("某市现行有效规范性文件目录", "目录", (1,)),
    ("关于国家组织药品集中采购和使用试点方案的通知", "通知", (11,)),
    ("关于召开会议的通知", "通知", (UNCLASSED,)),
    (None, None, (UNCLASSED,)),
)


def record(key: str, *articles: ArticleSummary, state: State = State.INDEXED) -> DocumentRecord:
    return DocumentRecord(
        id=document_id(key), key=key, etag="1", state=state, size=1, content="c", format="txt", articles=articles
    )


def article(title: str, issuer: str | None, signed_on: str | None, published_on: str | None = None) -> ArticleSummary:
    return ArticleSummary(0, title, issuer=issuer, signed_on=signed_on, published_on=published_on)


def index() -> MemoryIndex:
    made = MemoryIndex()
    for one in (
        record("a.txt", article("2025年部门预算", "某市财政局", "2026-02-01")),
        record("b.txt", article("2024年部门决算", "某市财政局", "2025-09-01", "2025-09-20")),
        record("c.txt", article("教育经费预算", "某市教育局", "2024-03-01")),
        record("d.txt", article("关于开会的通知", None, None)),
        record("e.txt", article("2023年部门预算", "某市教育局", None, "2023-01-10")),
        record("f.txt", article("2026年部门预算", "某市教育局", "2026-01-01"), state=State.REMOVED),
    ):
        made.replace(one, [])
    return made


@pytest.mark.parametrize(("title", "kind", "numbers"), TITLES)
def test_a_document_is_in_the_classes_its_title_and_genre_name(title, kind, numbers) -> None:
    assert class_numbers(title, kind) == numbers


def test_the_classes_are_the_fifteen_items_and_each_has_an_example() -> None:
    classes = load_classes()
    assert [one.number for one in classes] == list(range(1, 16))
    assert (classes[6].mark, classes[6].text) == ("（七）", "财政预算、决算信息")
    assert (classes[13].mark, classes[13].short) == ("（十四）", "公务员招考")
    assert {number for _, _, numbers in TITLES for number in numbers} == set(range(16))


def test_documents_are_counted_by_issuer_year_and_class_and_every_count_leads_to_as_many() -> None:
    held = index()
    matrix = count_catalogue(held, Cell(), today=TODAY.isoformat())
    assert [(row.issuer, row.year, row.documents, dict(row.counts)) for row in matrix.rows] == [
        ("某市教育局", "2024", 1, {7: 1, 11: 1}),
        ("某市教育局", "2023", 1, {7: 1}),
        ("某市财政局", "2026", 1, {7: 1}),
        ("某市财政局", "2025", 1, {7: 1}),
        (UNSTATED, UNSTATED, 1, {UNCLASSED: 1}),
    ]
    for row in matrix.rows:
        for number, count in row.counts.items():
            assert len(list(find_entries(held, Cell(row.issuer, row.year, number)))) == count


def test_many_documents_are_counted_over_pages() -> None:
    held = index()
    for number in range(1203):
        held.replace(record(f"z{number:05}.txt", article("部门预算", "某局", "2026-01-01")), [])
    assert len(list(find_entries(held, Cell(number=7)))) == 1203 + 4


def test_the_tables_have_a_column_for_each_class_in_its_own_words() -> None:
    held = index()
    matrix = count_catalogue(held, Cell("某市教育局"), today=TODAY.isoformat())
    table = catalogue_table(matrix.rows)
    assert [dict(zip(table.head, row, strict=True))["（七）财政预算、决算信息"] for row in table.rows] == [1, 1]
    listed = list(entry_table(find_entries(index(), Cell("某市教育局", "2024"))).rows)
    assert listed == [
        ("教育经费预算", "某市教育局", "2024", "（七）预算与决算、（十一）民生", "2024-03-01", None, "c.txt")
    ]


def test_empty_and_stale_classes_are_named_with_their_item_of_the_paragraph() -> None:
    held = index()
    matrix = count_catalogue(held, Cell(), today=TODAY.isoformat())
    found = list(review_catalogue(held, matrix, today=TODAY, months=12))
    empty = {one.rule.bases[0] for one in found if one.rule.code == "catalogue.empty"}
    assert empty == {regulation(f"第二十条第{one.mark}项") for one in load_classes() if one.number not in (7, 11)}
    stale = [one for one in found if one.rule.code == "catalogue.stale"]
    assert [(one.rule.bases[0].paragraph, one.rule.bases[1].paragraph) for one in stale] == [
        ("第二十条第（十一）项", "第十二条")
    ]
    assert (stale[0].evidence[0].document, stale[0].evidence[0].text) == ("c.txt", "教育经费预算")
    assert "2024-03-01" in stale[0].message


def test_each_issuer_of_several_is_told_what_it_lacks() -> None:
    held = index()
    matrix = count_catalogue(held, Cell(), today=TODAY.isoformat())
    found = list(review_catalogue(held, matrix, today=TODAY, months=12))
    units = {(one.rule.code, one.message[:5]): one for one in found if one.rule.code.startswith("catalogue.unit")}
    assert set(units) == {
        ("catalogue.unit-empty", "某市教育局"),
        ("catalogue.unit-empty", "某市财政局"),
        ("catalogue.unit-stale", "某市教育局"),
    }
    assert [quote.document for quote in units["catalogue.unit-stale", "某市教育局"].evidence] == ["c.txt", "c.txt"]
    alone = count_catalogue(held, Cell("某市教育局"), today=TODAY.isoformat())
    assert {one.rule.code for one in review_catalogue(held, alone, today=TODAY)} == {
        "catalogue.empty",
        "catalogue.stale",
    }


@pytest.mark.parametrize(
    ("date", "stale"),
    [("2025-11-29", False), ("2025-11-28", True), ("2025-11", False), ("2025", False), ("2024", True)],
)
def test_a_class_is_stale_from_the_day_its_newest_document_is_too_old(date: str, stale: bool) -> None:
    held = MemoryIndex()
    held.replace(record("a.txt", article("部门预算", "某局", date)), [])
    matrix = count_catalogue(held, Cell(), today=TODAY.isoformat())
    codes = [one.rule.code for one in review_catalogue(held, matrix, today=TODAY, months=12)]
    assert ("catalogue.stale" in codes) is stale


def test_a_date_after_today_does_not_make_a_class_current() -> None:
    held = MemoryIndex()
    held.replace(record("a.txt", article("部门预算", "某局", "2062-01-01", "2020-01-01")), [])
    matrix = count_catalogue(held, Cell(), today=TODAY.isoformat())
    stale = [one for one in review_catalogue(held, matrix, today=TODAY) if one.rule.code == "catalogue.stale"]
    assert len(stale) == 1
    assert "2020-01-01" in stale[0].message


def test_months_end_where_the_month_does() -> None:
    assert months_before(datetime.date(2026, 8, 31), 6) == datetime.date(2026, 2, 28)
    assert months_before(datetime.date(2026, 1, 15), 1) == datetime.date(2025, 12, 15)
    assert months_before(datetime.date(2026, 12, 31), 12) == datetime.date(2025, 12, 31)
