"""The office's own columns: read from its file, counted by unit, sub-site and year, empty and stale ones named."""

import datetime
import json
from pathlib import Path

import pytest

from schemas.errors import SettingsError
from schemas.office.catalogues.columns import NO_COLUMN
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.office.catalogue.columns.columns_file import read_columns
from search.office.catalogue.columns.matrix import Selection, count_columns, find_column_entries
from search.office.catalogue.columns.review import review_columns
from search.office.catalogue.columns.table import column_entry_table, column_table
from tests.support.fakes.index import MemoryIndex

TODAY = datetime.date(2026, 11, 29)
# Twelve, as the office of the seeds has.
NAMES = (
    "机构职能",
    "法规公文",
    "规划计划",
    "统计信息",
    "行政许可",
    "财政信息",
    "人事信息",
    "政府采购",
    "重大项目",
    "应急管理",
    "监督检查",
    "工作动态",
)
COLUMNS = [{"name": name, "words": [name]} for name in NAMES]
COLUMNS[5] = {"name": "财政信息", "words": ["预算", "决算"], "without": ["会议"]}
COLUMNS[11] = {"name": "工作动态", "folders": ["水利局/动态/"], "kinds": ["简报"], "days": 14}


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "栏目.json"
    file.write_text(json.dumps({"columns": COLUMNS}, ensure_ascii=False), "utf-8")
    return str(file)


@pytest.fixture
def index() -> MemoryIndex:
    made = MemoryIndex()
    for key, title, issuer, signed_on in (
        ("水利局/预算.txt", "2026年部門預算", "某市水利局", "2026-02-01"),
        ("水利局/动态/1.txt", "领导检查防汛", "某市水利局", "2026-11-01"),
        ("教育局/决算.txt", "2024年部门决算", "某市教育局", "2025-09-01"),
        ("教育局/会议.txt", "关于召开预算会议的通知", "某市教育局", "2025-09-01"),
        ("散件.txt", "机构职能", None, None),
    ):
        one = ArticleSummary(0, title, issuer=issuer, signed_on=signed_on)
        record = DocumentRecord(document_id(key), key, "1", State.INDEXED, content="c", format="txt", articles=(one,))
        made.replace(record, [])
    return made


def test_documents_are_counted_by_sub_site_unit_and_year_and_every_count_leads_to_them(
    path: str, index: MemoryIndex
) -> None:
    columns = read_columns(path)
    matrix = count_columns(find_column_entries(index, columns, Selection()), today=TODAY.isoformat())
    assert [(row.site, row.unit, row.year, dict(row.counts)) for row in matrix.rows] == [
        ("", "未载明", "未载明", {1: 1}),
        ("教育局", "某市教育局", "2025", {6: 1, NO_COLUMN: 1}),
        ("水利局", "某市水利局", "2026", {6: 1, 12: 1}),
    ]
    for row in matrix.rows:
        for number, count in row.counts.items():
            chosen = Selection(row.unit, row.site or "/", row.year, number)
            assert len(list(find_column_entries(index, columns, chosen))) == count
    head = column_table(columns, matrix.rows).head
    assert head == ("子站点", "发文机关", "年份", *NAMES, "未入栏目", "文件数")
    listed = list(column_entry_table(columns, find_column_entries(index, columns, Selection(number=12))).rows)
    assert [one[4] for one in listed] == ["工作动态"]


def test_empty_and_stale_columns_are_named_of_all_and_of_each_sub_site(path: str, index: MemoryIndex) -> None:
    columns = read_columns(path)
    matrix = count_columns(find_column_entries(index, columns, Selection()), today=TODAY.isoformat())
    found = list(review_columns(columns, matrix, today=TODAY))
    whole = [(one.rule.code, one.evidence[0].place) for one in found if "site" not in one.rule.code]
    assert ("column.empty", "法规公文") in whole
    assert ("column.stale", "工作动态最近一件") in whole
    assert ("column.stale", "财政信息最近一件") in whole
    assert len(whole) == 12
    sites = {one.message[:3] for one in found if one.rule.code == "column.site-stale"}
    assert sites == {"教育局", "水利局", "（不在"}
    news = next(one for one in found if "工作动态" in one.message and one.rule.code == "column.stale")
    assert "14 天" in news.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not of the form"),
        ('{"columns": []}', "has no columns"),
        ('{"columns": [{"name": "甲"}]}', "column 1 has neither words nor kinds nor folders"),
        ('{"columns": [{"name": "甲", "words": "乙"}]}', "column 1: words is a list of words"),
        ('{"columns": [{"name": "甲", "words": ["乙"], "day": 3}]}', "column 1 has day, which no column has"),
        ('{"columns": [{"name": "甲", "words": ["乙"], "days": 0}]}', "column 1: days is a whole number from 1"),
    ],
)
def test_a_file_that_is_not_of_the_form_is_refused_with_the_place(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "栏目.json"
    file.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=said) as raised:
        read_columns(str(file))
    assert "GONGKAI_OFFICE_CLASSES" in str(raised.value)


def test_without_a_file_there_are_no_columns() -> None:
    assert read_columns("") == ()
    with pytest.raises(SettingsError, match="cannot be read"):
        read_columns("/nowhere/columns.json")
