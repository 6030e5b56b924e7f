"""Numbers in the prose of a report against the cells of its tables.

A number is compared only where the words right before it say which cell it is: 「新收政府信息公开申请14069件」. Words
about a part (其中), another year, one organ's own share, or 「14000余件」 are passed over: they need not equal any.
"""

import re
from collections.abc import Iterator

from schemas.office.annual_report import AnnualReport
from schemas.office.findings import Finding, Quote
from schemas.office.report_form import CHAPTERS, NUMERALS
from search.office.annual.rules import PROSE
from search.office.annual.sayings import SAYINGS, Number, Saying

# Words before a number, in its clause, after which it need not be the whole of a cell.
_PART = re.compile(
    "同比|较上|比上|相比|去年|以来|累计|占|第[一二三四]季度|[1-9]月"
    "|上半年|下半年|网上|网络|信函|当面|邮寄|现场|平台|系统|平均|每|审查|备案|清理|公开(?:发布)?(?:了)?(?:现行|规章|规范性|行政规范性)"
)
# Words for one organ of several, after which no number up to the next semicolon need be that of all.
_ORGAN = re.compile("本级|政府办|(?:省|市|区|县|州)政府(?!信息|网|门户|各|公报)")
# 县水利局收到, 各县区收到: a number of that organ alone, unless the report is its own or all of them are meant.
_OWN_NAME = re.compile("([\u4e00-\u9fff]{1,12}?(?:局|委员会|厅|中心|街道|办事处|镇|乡))$|(各(?:[县区市州乡镇]|街道)+)$")
_WHOLE = re.compile("[我本]|全[市县区省州]|各(?:级|部门|单位)")
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
                or _is_part(sentence, match.start(), saying, report.unit or "")
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


def _is_part(sentence: str, start: int, saying: Saying, unit: str) -> bool:
    """Tell whether the clause a number stands in, up to its words, speaks of a part."""
    before = sentence[max(0, start - _REACH) : start].replace("其中，", "其中")
    clause = before[max(before.rfind(mark) for mark in "，；,;（(") + 1 :]
    segment = sentence[max(sentence.rfind(mark, 0, start) for mark in "；;") + 1 : start]
    if _PART.search(clause) or _ORGAN.search(segment) or _of_other(clause, unit):
        return True
    return "其中" in clause and not saying.breakdown


def _of_other(clause: str, unit: str) -> bool:
    """Tell whether a clause names an organ other than that of the report, or some of its parts, as its subject."""
    named = _OWN_NAME.search(clause.removesuffix("共"))
    if named is None or _WHOLE.search(clause):
        return False
    return bool(named[2]) or not (unit and (unit.endswith(named[1]) or named[1].endswith(unit)))


def _of_another_year(before: str, year: int | None) -> bool:
    """Tell whether the last year named before a number is not the report's; 结转至2026年 is of the report's, too."""
    years = _YEAR.findall(before)
    return bool(years) and year is not None and int(years[-1]) not in {year, year + 1}
