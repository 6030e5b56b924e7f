"""The ways the prose of a report names a cell of its tables, each with the numbers it may then give."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.office.annual_report import AnnualReport, dispute_place, issued_place, request_place
from schemas.office.report_form import (
    APPLICANTS,
    CARRIED,
    CHARGED,
    DECIDED,
    IN_FORCE,
    ISSUED,
    NEW,
    NEXT,
    NORMATIVE,
    REGULATIONS,
    REPEALED,
    REQUEST_ROWS,
    RESULTS_TOTAL,
    ROW_LABELS,
    ROWS_OF_FORM,
    Form,
)

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
        return _sum_of(found)

    return values


def _handled(report: AnnualReport) -> list[Number | None]:
    """Return the numbers that may be said to have been handled: received or answered, those without content or not."""
    answered, others = report.value(RESULTS_TOTAL), _group("3.6")(report)[0]
    both = _received("总计")(report)
    rest = answered - others if answered is not None and others is not None else answered
    return [answered, rest, *both]


def _sum_of(found: Sequence[Number | None]) -> list[Number | None]:
    return [sum(each for each in found if each is not None)] if None not in found else [None]


def _row_name(label: str) -> str:
    """Return the words of a row's label: 「信访举报投诉」 of 「1.信访举报投诉类申请」."""
    return re.split("、行政机关", label.partition(".")[2])[0].removesuffix("类申请")


def _issued(subject: str, column: str) -> Callable[[AnnualReport], list[Number | None]]:
    return lambda report: [report.issued_value(subject, column)]


def _disputes(*places: int) -> Callable[[AnnualReport], list[Number | None]]:
    def values(report: AnnualReport) -> list[Number | None]:
        if len(report.disputes) <= max(places):
            return [None]
        found = [report.disputes[place].value for place in places]
        return _sum_of(found)

    return values


_SORT = "(?:政府信息公开|依申请公开(?:政府信息)?|信息公开)"
_APPLICATION = f"(?:{_SORT}?(?:的)?申请(?:公开)?(?:数量|总数|总量|量|案件)?|依申请公开(?:政府信息)?)"
_REQUESTS = (
    Saying(
        _words(
            f"(?:收到|新收|受理|接收|接到|收悉)(?:了|各类|公众|的|群众|社会公众|公民、法人和其他组织)*(?:政府信息)?{_APPLICATION}"
        ),
        request_place(NEW, "总计"),
        _received("总计"),
    ),
    Saying(_words(f"{_SORT}申请(?:数量|总数|总量|量)"), request_place(NEW, "总计"), _received("总计")),
    Saying(
        _words(
            f"(?:(?<!未)(?:办理|处理)(?:了)?{_SORT}?申请|(?<!未)(?:已全部|均已|已)?答复(?:了)?(?:{_SORT}?申请|(?<=已答复)|(?<=全部答复)))"
        ),
        request_place(RESULTS_TOTAL, "总计"),
        _handled,
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
    Saying(
        re.compile(f"{_COUNT}(?:申请)?(?:需)?结转(?:至|到|入)?(?:下一?年度?|次年|明年|[0-9]{{4}}年)"),
        request_place(NEXT, "总计"),
        _cell(NEXT),
    ),
)
_RESULTS = (
    Saying(
        _words("(?<!不)予以公开(?!及|和|、)(?:的)?(?:申请|答复|决定)?"),
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
# Rows of single results, as their labels begin; 其他 says too little.
_ROWS = tuple(
    Saying(_words(f"{name}(?:类)?(?:申请)?(?:的)?"), request_place(row.code, "总计"), _cell(row.code), breakdown=True)
    for row in REQUEST_ROWS
    if row.code.count(".") == 2 and len(name := _row_name(ROW_LABELS[row.code])) > len("其他")
)
_WHO = tuple(
    Saying(_words(f"{name}(?:提出|提交)?(?:的)?(?:申请)?"), request_place(NEW, name), _received(name), breakdown=True)
    for name in APPLICANTS[:5]
)
_BODIES = (
    Saying(
        _words("法人(?:或者?|和|及)其他组织(?:提出|提交)?(?:的)?(?:申请)?"),
        "表三「一、本年新收政府信息公开申请数量」×法人或其他组织",
        lambda report: _sum_of([report.value(NEW, name) for name in APPLICANTS[1:6]]),
        breakdown=True,
    ),
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
# 「制定规章3部、规范性文件12件」: the verb stands once.
_BOTH = tuple(
    Saying(
        re.compile(f"{verb}(?:政府)?规章{_JOIN}[0-9]+[件部][、，和及](?:行政)?规范性文件{_JOIN}{_COUNT}"),
        issued_place(NORMATIVE, column),
        _issued(NORMATIVE, column),
    )
    for verb, column in ((_ISSUE, ISSUED), ("废止(?:了)?", REPEALED), ("现行有效(?:的)?", IN_FORCE))
)
DECISIONS = ("行政许可", "行政处罚", "行政强制")
_DECISIONS = tuple(
    Saying(
        _words(f"(?:作出|办理|实施|处理)(?:了)?{name}(?:处理)?(?:决定)?(?:数量)?|{name}(?:处理)?决定(?:数量)?"),
        issued_place(name, DECIDED),
        _issued(name, DECIDED),
    )
    for name in DECISIONS
) + tuple(
    Saying(
        re.compile(
            f"(?:作出|办理|实施)(?:了)?行政(?:许可|处罚|强制)[^。；;]{{0,40}}?[，、]{name}(?:决定)?{_JOIN}{_COUNT}"
        ),
        issued_place(name, DECIDED),
        _issued(name, DECIDED),
    )
    for name in DECISIONS[1:]
)
_CHARGES = (
    Saying(
        re.compile(rf"行政事业性收费(?:金额|收入)?{_JOIN}(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)\s?万元"),
        issued_place("行政事业性收费", CHARGED),
        _issued("行政事业性收费", CHARGED),
    ),
)
# 「行政复议、行政诉讼」 has one number for both.
_NO_REVIEW = "".join(f"(?<!复议{word}[、和及与或])" for word in ("", "案件", "申请"))
_DISPUTES = (
    Saying(_words("(?<!经)(?<!后)行政复议(?:案件|申请)?"), dispute_place(4), _disputes(4)),
    Saying(_words(f"{_NO_REVIEW}行政诉讼(?:案件)?"), "表四「行政诉讼」×总计", _disputes(9, 14)),
    Saying(
        _words("行政复议(?:案件)?[、和及与](?:提起)?(?:行政)?诉讼(?:案件)?"), "表四复议与诉讼×总计", _disputes(4, 9, 14)
    ),
    *(
        Saying(
            re.compile(f"行政复议[^。；;诉]{{0,40}}?(?:结果)?{name}{_JOIN}{_COUNT}"),
            dispute_place(place),
            _disputes(place),
            breakdown=True,
        )
        for place, name in enumerate(("维持", "纠正", "其他结果", "尚未审结"))
    ),
    Saying(
        _words("(?:未经复议)?直接(?:起诉|提起行政诉讼)(?:的)?(?:案件)?"), dispute_place(9), _disputes(9), breakdown=True
    ),
    Saying(_words("复议后(?:起诉|提起行政诉讼)(?:的)?(?:案件)?"), dispute_place(14), _disputes(14), breakdown=True),
)
SAYINGS = (*_REQUESTS, *_RESULTS, *_ROWS, *_WHO, *_BODIES, *_DOCUMENTS, *_BOTH, *_DECISIONS, *_CHARGES, *_DISPUTES)
