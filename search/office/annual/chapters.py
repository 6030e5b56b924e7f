"""The six chapters: there, in order, under their numerals; the fifth says something, the sixth tells of the fee.

That the fee is told of in chapter six the form itself says: 「收取信息处理费情况在此处报告」.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from schemas.office.annual_report import AnnualReport, Chapter
from schemas.office.findings import Finding, Quote, Rule
from schemas.office.report_form import CHAPTERS as NAMES
from schemas.office.report_form import NUMERALS
from search.office.annual.rules import CHAPTERS, FEE, PROBLEMS

_PLACEHOLDER = re.compile(r"[（(][^（()）]{0,4}文字描述[^（()）]*[)）]|[（(]?此处填写[^）)]*[)）]?")
_NOTHING = re.compile(
    r"(?:本年度|我[局县市区镇街道办委]*|本[机关单位]*)?(?:暂|尚)?(?:无|没有|不存在|未发现)[^，。；]{0,16}[。．.；]?"
)
_LEAST_WORDS = 12
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_FEE = re.compile("信息处理费|收费|收取[^。；]{0,12}费|费用")
_SAYS_HOW_MUCH = re.compile(
    r"[0-9][0-9,.]*\s*(?:万|千|百)?元|[0-9]+\s*[件份起]|零|(?:无|未|没有|不存在|不收取|均不|免)[^。；]{0,24}|[一二三四五六七八九十百千万]+元"
)
_NO_NOTICE = re.compile("(?:未|没有|无)(?:曾)?(?:发出|发送|下达|开具|产生|制发)[^，。；]{0,8}(?:收费|缴费|通知)")
_UNPAID = "3.6.2"


def check_chapters(report: AnnualReport) -> Iterator[Finding]:
    """Yield what is missing, moved, numbered otherwise, empty or untold."""
    yield from _missing(report)
    yield from _order(report)
    yield from _numerals(report)
    yield from _empty(report)
    yield from _fee(report)


def _place(ordinal: int) -> str:
    return f"{NUMERALS[ordinal - 1]}、{NAMES[ordinal - 1]}"


def _finding(report: AnnualReport, rule: Rule, message: str, *, place: str, text: str = "") -> Finding:
    return Finding(rule, message, (Quote(report.document, place, text[:200], report.document_id),))


def _missing(report: AnnualReport) -> Iterator[Finding]:
    for ordinal in range(1, len(NAMES) + 1):
        if report.chapter(ordinal) is None:
            place = _place(ordinal)
            other = next((c for c in report.chapters if not c.ordinal and c.number == NUMERALS[ordinal - 1]), None)
            instead = f"，此处标题写作「{other.number}、{other.heading}」" if other else ""
            message = f"缺第{NUMERALS[ordinal - 1]}部分「{place}」{instead}；请按格式补上"
            yield _finding(report, CHAPTERS, message, place=place, text=other.heading if other else "")


def _order(report: AnnualReport) -> Iterator[Finding]:
    known = [chapter.ordinal for chapter in report.chapters if chapter.ordinal]
    for before, after in pairwise(known):
        if after < before:
            message = f"「{_place(after)}」在「{_place(before)}」之后；六个部分的次序不变，请调整"
            yield _finding(report, CHAPTERS, message, place=_place(after))
        elif after == before:
            yield _finding(report, CHAPTERS, f"「{_place(after)}」出现两次；请删去一处", place=_place(after))


def _numerals(report: AnnualReport) -> Iterator[Finding]:
    for chapter in report.chapters:
        if chapter.ordinal and chapter.number and chapter.number != NUMERALS[chapter.ordinal - 1]:
            message = (
                f"「{NAMES[chapter.ordinal - 1]}」编号为「{chapter.number}」，应为「{NUMERALS[chapter.ordinal - 1]}」"
            )
            yield _finding(report, CHAPTERS, message, place=_place(chapter.ordinal), text=chapter.number + "、")


def _said(chapter: Chapter) -> str:
    return _PLACEHOLDER.sub("", chapter.text).strip()


def _empty(report: AnnualReport) -> Iterator[Finding]:
    for ordinal, rule in ((1, CHAPTERS), (5, PROBLEMS)):
        chapter = report.chapter(ordinal)
        text = _said(chapter) if chapter else ""
        if chapter and (_NOTHING.fullmatch(text) or len(_WORDS.findall(text)) < _LEAST_WORDS):
            shown = f"只有「{text}」" if text else "没有内容"
            message = f"「{_place(ordinal)}」{shown}；请写明情况"
            yield _finding(report, rule, message, place=_place(ordinal), text=text or chapter.text)


def _fee(report: AnnualReport) -> Iterator[Finding]:
    chapter = report.chapter(6)
    if chapter is None:
        return
    text, place = _said(chapter), _place(6)
    unpaid = report.value(_UNPAID)
    if not _FEE.search(text):
        also = f"，而表三有{unpaid}件逾期未按收费通知缴费" if unpaid else ""
        message = f"没有说明信息处理费的收取情况{also}；请写明发出收费通知的件数和金额，没有的也写明"
        yield _finding(report, FEE, message, place=place, text=text or "（空白）")
    elif not any(_SAYS_HOW_MUCH.search(sentence) for sentence in re.split("[。；\n]", text) if _FEE.search(sentence)):
        message = "提到信息处理费，没有写明金额，也没有写明未收取；请写明"
        yield _finding(report, FEE, message, place=place, text=text)
    elif unpaid and (said := _NO_NOTICE.search(text)):
        message = f"称「{said.group()}」，而表三有{unpaid}件逾期未按收费通知缴费；请核对"
        yield _finding(report, FEE, message, place=place, text=said.group())
