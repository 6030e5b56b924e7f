"""The monthly assessment: counts by unit, points by the office's rules, and a documents list behind each figure."""

import datetime
import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from schemas.errors import SettingsError
from schemas.office.assessment import AssessedUnit, Counted
from schemas.office.catalogue import UNSTATED
from schemas.outcomes import State
from schemas.records import ArticleSummary, DocumentRecord, document_id
from search.office.assessment.assess import Month, assess_month
from search.office.assessment.documents import assessment_findings, counted_documents
from search.office.assessment.notice import notice_bytes
from search.office.assessment.rules_file import load_rules
from search.office.assessment.table import assessment_table
from search.office.deadlines.calendar import load_calendar
from tests.support.disclosures import row_of
from tests.support.fakes.index import MemoryIndex

TODAY = datetime.date(2026, 11, 29)
LETTER = "某局政府信息公开申请答复书"
IN_OCTOBER = datetime.datetime(2026, 10, 20, tzinfo=datetime.UTC).timestamp()


def add(index: MemoryIndex, key: str, text: str = "", state: State = State.INDEXED, **fields: str) -> None:
    articles = (ArticleSummary(0, sections=1, **fields),) if fields else ()
    record = DocumentRecord(
        document_id(key), key, "1", state, format="txt", articles=articles, sections=1, modified_at=IN_OCTOBER
    )
    index.replace(record, [row_of(key, 0, 0, text)] if fields else [])


def month() -> Month:
    """An October of two offices: on time, late, undated, incomplete, a letter late, a held file and others' months."""
    index = MemoryIndex()
    whole = {"issuer": "甲局", "index_number": "1", "document_number": "甲发〔2026〕1号"}
    add(index, "甲局/按时.txt", title="按时", signed_on="2026-10-09", published_on="2026-10-12", **whole)
    add(index, "甲局/逾期.txt", title="逾期", signed_on="2026-09-01", published_on="2026-10-12", **whole)
    add(index, "甲局/不明.txt", title="不明", published_on="2026-10-12", **whole)
    add(index, "甲局/九月.txt", title="九月", signed_on="2026-09-01", published_on="2026-09-02", **whole)
    add(index, "甲局/暂存.txt", state=State.HELD)
    add(index, "其他/暂存.txt", state=State.HELD)
    text = "本局于2026年8月3日收到您的申请。根据《条例》第三十六条第（四）项，该信息不存在。"
    add(index, "乙局/答复.txt", text, title=LETTER, issuer="乙局", signed_on="2026-10-15")
    text = "本局于2026年9月28日收到您的申请。该信息已主动公开。"
    add(index, "乙局/答复2.txt", text, title=LETTER, issuer="乙局", signed_on="2026-10-15")
    unmarked = {(document_id("甲局/九月.txt"), 0): "甲局"}
    return Month(index, "2026-10", load_rules(), load_calendar(), TODAY, unmarked)


def test_each_unit_is_counted_scored_and_ranked() -> None:
    first, second, unnamed = assess_month(month()).scores
    assert dict(first.counts) == {
        Counted.PUBLISHED: 3, Counted.ON_TIME: 1, Counted.LATE: 1, Counted.COMPLETE: 2, Counted.INCOMPLETE: 1,
        Counted.HELD: 1, Counted.UNMARKED: 1,
    }  # fmt: skip
    # 100 + 3 × 0.5 - 2 - 0.5 - 1 - 1
    assert (first.unit, first.total, first.rank) == ("甲局", 97.0, 1)
    assert (second.unit, dict(second.counts)) == ("乙局", {Counted.ANSWERED: 2, Counted.ANSWERED_LATE: 1})
    # 100 + 2 × 0.5 - 5
    assert (second.total, second.rank) == (96.0, 2)
    assert (unnamed.unit, unnamed.rank, dict(unnamed.counts)) == (UNSTATED, None, {Counted.HELD: 1})


def test_every_figure_has_as_many_documents() -> None:
    asked = month()
    for score in assess_month(asked).scores:
        for counted in Counted:
            listed = list(counted_documents(asked, counted, score.unit))
            assert len(listed) == score.counts.get(counted, 0), (score.unit, counted)
    (late,) = counted_documents(asked, Counted.ANSWERED_LATE)
    assert (late.document, "应于2026-08-31前答复" in late.note) == ("乙局/答复.txt", True)


def test_each_finding_has_its_document_and_paragraph() -> None:
    found = {one.rule.code: one for one in assessment_findings(month(), "甲局")}
    assert {code: one.rule.bases[0].paragraph for code, one in found.items()} == {
        "deadline.publication": "第二十六条",
        "assessment.incomplete": "第十二条",
        "assessment.held": "第十七条",
        "validity.unmarked": "第六条",
    }
    assert "没有成文日期" in found["assessment.incomplete"].message
    assert found["assessment.incomplete"].evidence[0].document_id == document_id("甲局/不明.txt")


def test_an_office_names_its_units_and_others_are_not_scored() -> None:
    asked = month()
    units = (AssessedUnit("第一组", ("甲局", "丙局"), ("其他",)), AssessedUnit("空组", ("丁局",), ("丁局",)))
    found = assess_month(replace(asked, rules=replace(asked.rules, units=units)))
    scores = {one.unit: one for one in found.scores}
    assert set(scores) == {"第一组", "空组", UNSTATED}
    assert (scores["第一组"].counts[Counted.PUBLISHED], scores["第一组"].counts[Counted.HELD]) == (3, 1)
    assert scores["空组"].total == 100
    assert found.unlisted == 0
    only = replace(asked, rules=replace(asked.rules, units=units[1:]))
    assert assess_month(only).unlisted == 3


def test_the_notice_holds_scores_method_and_findings() -> None:
    asked = month()
    found = assess_month(asked)
    document = Document(io.BytesIO(notice_bytes(found, assessment_findings(asked), today=TODAY)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert text.startswith("关于2026年10月政务公开考核情况的通报")
    assert "第四十六条" in text
    assert "逾期公开（逾期公开）每件扣2分" in text
    assert "乙局：《某局政府信息公开申请答复书》2026-10-15答复" in text
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[1] for row in table] == ["单位", *(one.unit for one in found.scores)]
    rows = [list(row) for row in assessment_table(found).rows]
    assert [row[-1] for row in rows] == [one.total for one in found.scores]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "is no TOML"),
        ("start = 100", "items: nothing is scored"),
        ("[[items]]\ncounts = 'publishd'\npoints = 1", "items 1, counts: 'publishd' is none of published"),
        ("[[items]]\ncounts = 'late'", "items 1, points: is missing"),
        ("[[items]]\ncounts = 'late'\npoints = '2'", "items 1, points: '2' is no number"),
        ("[[items]]\ncounts = 'late'\npoints = -2\nmost = -1", "items 1, most: -1 is negative"),
        ("[[items]]\ncounts = 'late'\npoint = -2", "'point' is not known; it takes counts, name, points, most"),
        ("[[items]]\ncounts = 'late'\npoints = 1\n[[items]]\ncounts = 'late'\npoints = 2", "late is scored twice"),
        ("fields = ['author']\n[[items]]\ncounts = 'late'\npoints = 1", "fields: 'author' is none of title"),
        ("least = 5\nhighest = 1\n[[items]]\ncounts = 'late'\npoints = 1", "least: 5 is above highest, 1"),
        ("[[items]]\ncounts = 'late'\npoints = 1\n[[units]]\nissuers = ['甲局']", "units 1, name: is missing"),
        (
            "[[items]]\ncounts = 'late'\npoints = 1\n[[units]]\nname = 'A'\n[[units]]\nname = 'B'\nissuers = ['A']",
            "'A' is in issuers of two units",
        ),
        ("items = 3", r"items: is no list of tables; head each with \[\[items\]\]"),
    ],
)
def test_a_wrong_rules_file_is_said_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "规则.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=said) as raised:
        load_rules(str(path))
    assert str(raised.value).startswith(f"GONGKAI_OFFICE_ASSESSMENT: {path}")


def test_a_missing_rules_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_rules(str(tmp_path / "没有.toml"))


def test_points_stay_within_their_bounds() -> None:
    asked = month()
    items = tuple(replace(one, points=-60.0, most=50.0) for one in asked.rules.items)
    found = assess_month(replace(asked, rules=replace(asked.rules, items=items, least=10.0)))
    scores = {one.unit: one for one in found.scores}
    assert min(scores["甲局"].points) == -50.0
    assert scores["甲局"].total == 10.0
