"""The assessment as tables: the scores, and the documents behind a figure."""

from collections.abc import Iterable

from schemas.office.assessment import COUNTED_NAMES, Assessment, Counted, CountedDocument, ScoredItem, UnitScore
from search.office.tables import Cell, Table

DOCUMENT_HEAD = ("单位", "文件", "成文日期", "发布日期", "说明", "键")


def assessment_table(assessment: Assessment) -> Table:
    """Return the scores, a row for each unit: every count, then the points of each item."""
    items = [f"{one.name}得分" for one in assessment.rules.items]
    head = ("名次", "单位", *COUNTED_NAMES.values(), *items, "总分")
    return Table(notice_title(assessment), head, [_row(one) for one in assessment.scores])


def document_table(documents: Iterable[CountedDocument]) -> Table:
    """Return documents, a row for each."""
    rows = ((one.unit, one.title, one.signed_on, one.published_on, one.note, one.document) for one in documents)
    return Table("考核所计文件", DOCUMENT_HEAD, rows)


def notice_title(assessment: Assessment) -> str:
    """Return the title of the notice: ``{month}`` of the rules is 2026年10月."""
    return assessment.rules.title.replace("{month}", month_words(assessment.month))


def month_words(month: str) -> str:
    """Return 2026-10 as 2026年10月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def points_text(points: float) -> str:
    """Return points without needless zeros."""
    return f"{points:g}"


def item_text(item: ScoredItem) -> str:
    """Return how an item is scored: 公开文件每件加 0.5 分，至多 20 分."""
    word = "加" if item.points >= 0 else "扣"
    most = "" if item.most is None else f"，至多{points_text(item.most)}分"
    return f"{item.name}（{COUNTED_NAMES[item.counts]}）每件{word}{points_text(abs(item.points))}分{most}"


def _row(one: UnitScore) -> tuple[Cell, ...]:
    return one.rank, one.unit, *(one.counts.get(counted, 0) for counted in Counted), *one.points, one.total
