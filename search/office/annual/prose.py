"""Numbers in the prose of a report against the cells of its tables.

A number is compared only where the words right before it say which cell it is: 「新收政府信息公开申请14069件」. Words
about a part (其中), another year, one organ's own share, or 「14000余件」 are passed over: they need not equal any.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schemas.office.annual_report import AnnualReport, dispute_place, issued_place, request_place
from schemas.office.findings import Finding, Quote
from schemas.office.report_form import (
    APPLICANTS,
    CARRIED,
    CHAPTERS,
    CHARGED,
    DECIDED,
    IN_FORCE,
    ISSUED,
    NEW,
    NEXT,
    NORMATIVE,
    NUMERALS,
    REGULATIONS,
    REPEALED,
    RESULTS_TOTAL,
    ROWS_OF_FORM,
    Form,
)
from search.office.annual.rules import PROSE

Number = int | float
_COUNT = r"(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)\s?(?![0-9,.]|[余多万亿])(?:件|份|宗|起|项|部|条|例|个)"
_JOIN = r"[共有为是了的（(：:\s]{0,3}(?:计|达|约)?"


@dataclass(frozen=True, slots=True)
class Saying:
    """A way prose names a cell.

    Attributes:
        pattern: Matches the words, and the number as group ``n``.
        place: Where the cell is, in words.
        values: Numbers the words may give; None among them means that the cell is not there.
        breakdown: Whether the cell is itself a part, so that 其中 before it says nothing against it.
    """

    pattern: re.Pattern[str]
    place: str
    values: Callable[[AnnualReport], list[Number | None]]
    breakdown: bool = False


def _words(before: str, after: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{before}){_JOIN}{_COUNT}{after}")


def _cell(code: str, applicant: str = "总计") -> Callable[[AnnualReport], list[Number | None]]:
    return lambda report: [report.value(code, applicant)]


def _received(applicant: str) -> Callable[[AnnualReport], list[Number | None]]:
    """Return the numbers that may be said to have come in: those of the year, and with those carried over."""

    def values(report: AnnualReport) -> list[Number | None]:
        new, carried = report.value(NEW, applicant), report.value(CARRIED, applicant)
        both = new + carried if new is not None and carried is not None else None
        return [new, both] if both is not None else [new]

    return values


def _group(code: str) -> Callable[[AnnualReport], list[Number | None]]:
    """Return the sum of a group of results."""

    def values(report: AnnualReport) -> list[Number | None]:
        rows = [row.code for row in ROWS_OF_FORM[report.form or Form.OF_2021] if row.code.startswith(code)]
        found = [report.value(each) for each in rows]
        return [sum(each for each in found if each is not None)] if None not in found else [None]

    return values


def _issued(subject: str, column: str) -> Callable[[AnnualReport], list[Number | None]]:
    return lambda report: [report.issued_value(subject, column)]


def _disputes(*places: int) -> Callable[[AnnualReport], list[Number | None]]:
    def values(report: AnnualReport) -> list[Number | None]:
        if len(report.disputes) <= max(places):
            return [None]
        found = [report.disputes[place].value for place in places]
        return [sum(each for each in found if each is not None)] if None not in found else [None]

    return values


_APPLICATION = "(?:政府信息公开|依申请公开|信息公开)?(?:的)?申请(?:公开)?(?:数量|总数|总量|案件)?"
_REQUESTS = (
    Saying(
        _words(
            f"(?:收到|新收|受理|接收|接到|收悉)(?:了|各类|公众|的|群众|社会公众|公民、法人和其他组织)*(?:政府信息)?{_APPLICATION}"
        ),
        request_place(NEW, "总计"),
        _received("总计"),
    ),
    Saying(
        _words("(?<!未)(?:办结|办理完毕|办理完结|处理完毕)(?:政府信息公开|依申请公开)?(?:申请)?"),
        request_place(RESULTS_TOTAL, "总计"),
        _cell(RESULTS_TOTAL),
    ),
    Saying(
        _words("(?:上一?年度?|去年)(?:度)?结转(?:的)?(?:政府信息公开)?(?:申请)?"),
        request_place(CARRIED, "总计"),
        _cell(CARRIED),
    ),
    Saying(
        _words("结转(?:至|到|入)?(?:下一?年度?|次年|明年|[0-9]{4}年度?)(?:继续)?(?:办理|答复|处理)?(?:的)?(?:申请)?"),
        request_place(NEXT, "总计"),
        _cell(NEXT),
    ),
)
_RESULTS = (
    Saying(
        _words("(?<!不)予以公开(?!及|和|、)(?:的)?(?:申请)?"),
        request_place("3.1", "总计"),
        _cell("3.1"),
        breakdown=True,
    ),
    Saying(_words("(?<![及和、])部分公开(?:的)?(?:申请)?"), request_place("3.2", "总计"), _cell("3.2"), breakdown=True),
    Saying(_words("不予公开(?:的)?(?:申请)?"), "表三「（三）不予公开」×总计", _group("3.3"), breakdown=True),
    Saying(_words("无法提供(?:的)?(?:申请)?"), "表三「（四）无法提供」×总计", _group("3.4"), breakdown=True),
    Saying(_words("不予处理(?:的)?(?:申请)?"), "表三「（五）不予处理」×总计", _group("3.5"), breakdown=True),
    Saying(_words("(?<!作)其他处理(?:的)?(?:申请)?"), "表三「（六）其他处理」×总计", _group("3.6"), breakdown=True),
)
_WHO = tuple(
    Saying(_words(f"{name}(?:提出|提交)?(?:的)?(?:申请)?"), request_place(NEW, name), _received(name), breakdown=True)
    for name in APPLICANTS[:5]
)
_ISSUE = "(?:制发|制定|印发|出台|新制定|新制发|发布|制定印发|制定出台|新增)(?:了)?"
_KINDS = ((REGULATIONS, "(?:政府)?规章"), (NORMATIVE, "(?:行政)?规范性文件"))
_DOCUMENTS = tuple(
    saying
    for subject, name in _KINDS
    for saying in (
        Saying(_words(f"{_ISSUE}(?:各类)?{name}"), issued_place(subject, ISSUED), _issued(subject, ISSUED)),
        Saying(
            _words(f"(?:废止|失效|废止失效|废止和宣布失效)(?:了)?{name}"),
            issued_place(subject, REPEALED),
            _issued(subject, REPEALED),
        ),
        Saying(_words(f"现行有效(?:的)?{name}"), issued_place(subject, IN_FORCE), _issued(subject, IN_FORCE)),
        Saying(_words(f"{name}现行有效"), issued_place(subject, IN_FORCE), _issued(subject, IN_FORCE)),
        Saying(
            re.compile(f"{name}[^。；]{{0,40}}?[，、](?:废止|宣布失效)(?:了)?{_JOIN}{_COUNT}"),
            issued_place(subject, REPEALED),
            _issued(subject, REPEALED),
        ),
        Saying(
            re.compile(f"{name}[^。；]{{0,60}}?[，、]现行有效{_JOIN}{_COUNT}"),
            issued_place(subject, IN_FORCE),
            _issued(subject, IN_FORCE),
        ),
    )
)
_DECISIONS = tuple(
    Saying(
        _words(f"(?:作出|办理|实施|处理)(?:了)?{name}(?:处理)?(?:决定)?(?:数量)?|{name}(?:处理)?决定(?:数量)?"),
        issued_place(name, DECIDED),
        _issued(name, DECIDED),
    )
    for name in ("行政许可", "行政处罚", "行政强制")
)
_CHARGES = (
    Saying(
        re.compile(rf"行政事业性收费(?:金额|收入)?{_JOIN}(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)\s?万元"),
        issued_place("行政事业性收费", CHARGED),
        _issued("行政事业性收费", CHARGED),
    ),
)
_DISPUTES = (
    Saying(_words("(?<!经)(?<!后)行政复议(?:案件|申请)?"), dispute_place(4), _disputes(4)),
    Saying(_words("(?<!、)行政诉讼(?:案件)?"), "表四「行政诉讼」×总计", _disputes(9, 14)),
    Saying(_words("未经复议直接(?:起诉|提起行政诉讼)(?:的)?(?:案件)?"), dispute_place(9), _disputes(9), breakdown=True),
    Saying(_words("复议后(?:起诉|提起行政诉讼)(?:的)?(?:案件)?"), dispute_place(14), _disputes(14), breakdown=True),
)
SAYINGS = (*_REQUESTS, *_RESULTS, *_WHO, *_DOCUMENTS, *_DECISIONS, *_CHARGES, *_DISPUTES)

# Words before a number, in its clause, after which it need not be the whole of a cell.
_PART = re.compile(
    "同比|较上|比上|相比|去年|以来|累计|占|第[一二三四]季度|[1-9]月"
    "|上半年|下半年|网上|网络|信函|当面|邮寄|现场|平台|系统|平均|每|审查|备案|清理|公开(?:发布)?(?:了)?(?:现行|规章|规范性|行政规范性)"
)
# Words for one organ of several, after which no number up to the next semicolon need be that of all.
_ORGAN = re.compile("本级|政府办|(?:省|市|区|县|州)政府(?!信息|网|门户|各|公报)")
_YEAR = re.compile("((?:19|20)[0-9]{2})年")
_REACH = 40


def check_prose(report: AnnualReport) -> Iterator[Finding]:
    """Yield each number of the prose that is none of those its words may give."""
    for chapter in report.chapters:
        if not chapter.ordinal or chapter.ordinal == len(CHAPTERS):
            continue
        place = f"{NUMERALS[chapter.ordinal - 1]}、{CHAPTERS[chapter.ordinal - 1]}"
        for sentence in re.split("[。\n]", chapter.text):
            yield from _sentence(report, place, sentence)


def _sentence(report: AnnualReport, place: str, sentence: str) -> Iterator[Finding]:
    if not any(character.isdigit() for character in sentence):
        return
    done: set[int] = set()
    for saying in SAYINGS:
        for match in saying.pattern.finditer(sentence):
            values = saying.values(report)
            said = _number(match["n"])
            if (
                match.start("n") in done
                or None in values
                or said in values
                or _is_part(sentence, match.start(), saying)
                or _of_another_year(sentence[: match.start()], report.year)
            ):
                continue
            done.add(match.start("n"))
            wanted = "或".join(str(value) for value in values)
            message = f"正文「{match.group()}」，{saying.place}为{wanted}；请核对"
            words = Quote(report.document, place, sentence.strip()[:200], report.document_id)
            yield Finding(PROSE, message, (words, Quote(report.document, saying.place, wanted, report.document_id)))


def _number(text: str) -> Number:
    plain = text.replace(",", "").rstrip(".")
    return float(plain) if "." in plain else int(plain)


def _is_part(sentence: str, start: int, saying: Saying) -> bool:
    """Tell whether the clause a number stands in, up to its words, speaks of a part."""
    before = sentence[max(0, start - _REACH) : start].replace("其中，", "其中")
    clause = before[max(before.rfind(mark) for mark in "，；,;（(") + 1 :]
    segment = sentence[max(sentence.rfind(mark, 0, start) for mark in "；;") + 1 : start]
    return bool(_PART.search(clause) or _ORGAN.search(segment)) or ("其中" in clause and not saying.breakdown)


def _of_another_year(before: str, year: int | None) -> bool:
    """Tell whether the last year named before a number is not the report's; 结转至2026年 is of the report's, too."""
    years = _YEAR.findall(before)
    return bool(years) and year is not None and int(years[-1]) not in {year, year + 1}
