"""An annual report for tests that is right, and any file read as one."""

from pathlib import Path

from schemas.articles import Article
from schemas.office.annual_report import AnnualReport
from schemas.office.applications import FilledForm
from schemas.office.report_form import REQUEST_ROWS
from workers.convert.registry import convert
from workers.extract import extract
from workers.extract.annual_form.reader import read_report
from workers.normalize import normalize

YEAR, UNIT = 2025, "测试市"
# Numbers of a city's report of 2025, as made for the cases of this project.
_ROWS = (
    (13612, 252, 0, 45, 128, 32), (535, 6, 0, 1, 18, 0), (5345, 129, 0, 41, 19, 14), (2120, 39, 0, 1, 6, 2),
    (13, 0, 0, 0, 0, 0), (30, 0, 0, 0, 0, 0), (11, 0, 0, 0, 0, 0), (49, 2, 0, 0, 0, 0), (103, 1, 0, 0, 0, 0),
    (84, 1, 0, 0, 0, 0), (282, 4, 0, 0, 0, 0), (147, 0, 0, 0, 1, 2), (3075, 50, 0, 0, 89, 8), (177, 3, 0, 0, 0, 0),
    (19, 0, 0, 0, 0, 0), (199, 1, 0, 0, 3, 0), (147, 1, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0), (100, 1, 0, 0, 0, 0),
    (5, 0, 0, 0, 0, 0), (315, 3, 0, 0, 0, 0), (202, 0, 0, 1, 0, 0), (941, 17, 0, 1, 3, 3),
    (13364, 252, 0, 44, 121, 29), (783, 6, 0, 2, 25, 3),
)  # fmt: skip
_DISPUTES = (376, 97, 196, 121, 790, 16, 1, 12, 27, 56, 74, 1, 30, 51, 156)
_ISSUED: dict[str, dict[str, int | float]] = {
    "规章": {"本年制发件数": 3, "本年废止件数": 5, "现行有效件数": 74},
    "行政规范性文件": {"本年制发件数": 564, "本年废止件数": 984, "现行有效件数": 4185},
    "行政许可": {"本年处理决定数量": 11398889},
    "行政处罚": {"本年处理决定数量": 6937489},
    "行政强制": {"本年处理决定数量": 166105},
    "行政事业性收费": {"本年收费金额（单位：万元）": 316441.5},
}
_OVERVIEW = """2025年，全市各级行政机关扎实推进政务公开工作。
（一）主动公开方面。全市制定规章3件，废止规章5件，现行有效规章74件；制发行政规范性文件564件，废止984件，现行有效4185件。\
作出行政许可决定11398889件，作出行政处罚决定6937489件，实施行政强制166105件，行政事业性收费316441.5万元。
（二）依申请公开方面。2025年，共收到政府信息公开申请14069件，其中自然人13612件、商业企业252件；上年结转560件，办结13810件，\
结转下年度819件。予以公开5548件，部分公开2168件，不予公开730件，无法提供3421件，不予处理457件，其他处理1486件。
（三）监督保障方面。因政府信息公开引发行政复议790件；行政诉讼212件，其中未经复议直接起诉56件，复议后起诉156件。截至2025年底，全部归档。"""
_PROBLEMS = (
    "对照新要求，仍存在以下短板：一是2024年清理的栏目还需规范，二是解读质量有待提高。2026年，将加强培训，改进工作。"
)
_FEES = "依据《政府信息公开信息处理费管理办法》，2025年全市发出收费通知205件，实际收取信息处理费共计400元。"


def right_form() -> FilledForm:
    """Return a report without any fault."""
    requests = {row.code: (*cells, sum(cells)) for row, cells in zip(REQUEST_ROWS, _ROWS, strict=True)}
    return FilledForm(UNIT, YEAR, _ISSUED, requests, _DISPUTES, {1: _OVERVIEW, 5: _PROBLEMS, 6: _FEES})


def read_file(path: Path) -> AnnualReport | None:
    """Return the annual report a file is, read as the application does."""
    normalized = normalize(convert(path, hint=path.suffix[1:], workdir=path.parent))
    articles: tuple[Article, ...] = extract(normalized).articles
    first = articles[0] if articles else None
    return read_report(
        normalized,
        document=path.name,
        title=first.title if first else None,
        issuer=first.issuer if first else None,
        published_on=first.published_on if first else None,
    )


def numbers(path: Path) -> tuple[dict[str, tuple[float | int | None, ...]], tuple[float | int | None, ...]]:
    """Return tables three and four as a file is read."""
    report = read_file(path)
    assert report is not None
    requests = {row.code: tuple(cell.value for cell in row.cells) for row in report.requests}
    return requests, tuple(cell.value for cell in report.disputes)
