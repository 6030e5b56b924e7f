"""The year a report speaks of: in its title, its period, and wherever its prose begins a sentence with a year."""

import re
from collections.abc import Iterator

from schemas.office.annual_report import AnnualReport
from schemas.office.findings import Finding, Quote
from schemas.office.report_form import CHAPTERS, NUMERALS
from search.office.annual.rules import YEAR

_PERIOD = re.compile(
    r"(?:统计|数据|时限|期限)[^。]{0,24}?((?:19|20)[0-9]{2})年1月1日(?:起|开始)?\s?[至到—－~-]{1,2}\s?(?:((?:19|20)[0-9]{2})年)?"
)
_LEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十0-9]{1,2}[)）、.．]\s?[^，。0-9]{0,16}[。：\s]?)?\s?((?:19|20)[0-9]{2})年(?:度|以来|全年)?(?=[，,、\u4e00-\u9fff])"
)
_UP_TO = re.compile(r"截[至止]到?\s?((?:19|20)[0-9]{2})年(?:12月31日|年?底|年?末|底|末)")
_COMPARES = re.compile(
    "比|较|相比|同比|以来|基础上|增长|下降|遗留|结转|整改|针对|修订|印发|发布的|上一?年|施行|实施|要点|规划|月[0-9]{1,2}日"
)
_AHEAD = re.compile("将|下一步|计划|拟|今后|要")
_YEAR_OF_TITLE = re.compile("((?:19|20)[0-9]{2})年?")
_FEE = re.compile("信息处理费|收费通知")
# Chapters about the year itself; the fifth looks back and ahead.
_CHAPTERS = (1, 2, 3, 4, 6)


def check_years(report: AnnualReport) -> Iterator[Finding]:
    """Yield each place that speaks of another year as if it were the report's."""
    if report.year is None:
        return
    yield from _period(report, report.year)
    for chapter in report.chapters:
        if chapter.ordinal in _CHAPTERS:
            place = f"{NUMERALS[chapter.ordinal - 1]}、{CHAPTERS[chapter.ordinal - 1]}"
            yield from _sentences(report, report.year, place, chapter.text)


def _finding(report: AnnualReport, said: str, *, place: str, text: str) -> Finding:
    message = f"{place}写作{said}年，报告年度为{report.year}年；请核对"
    return Finding(YEAR, message, (Quote(report.document, place, text[:200], report.document_id),))


def _period(report: AnnualReport, year: int) -> Iterator[Finding]:
    for match in _PERIOD.finditer(report.preamble):
        for said in (match[1], match[2]):
            if said and int(said) != year:
                yield _finding(report, said, place="统计期限", text=match.group())
                break


def _sentences(report: AnnualReport, year: int, place: str, text: str) -> Iterator[Finding]:
    for sentence in re.split("[。\n]", text):
        said = _year_said(sentence.strip(), year)
        if said:
            yield _finding(report, said, place=place, text=sentence.strip())


def _year_said(sentence: str, year: int) -> str | None:
    """Return the year a sentence is about where that is neither the report's nor named beside it."""
    match = _UP_TO.search(sentence) or _LEADING.match(sentence)
    if not match or int(match[1]) == year or str(year) in sentence:
        return None
    if _FEE.search(sentence) and int(match[1]) < year + 1:
        return match[1]
    ahead = int(match[1]) > year and _AHEAD.search(sentence)
    clauses = sentence[match.end() :].lstrip("，,、").partition("，")[0]
    return None if ahead or _COMPARES.search(clauses) else match[1]
