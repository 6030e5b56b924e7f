"""Reads a normalized document of any format as an annual report."""

from collections.abc import Sequence
from itertools import pairwise

from schemas.cleaned import Normalized
from schemas.office.annual_report import AnnualReport
from schemas.office.report_form import Form
from workers.extract.annual_form.cells import Tables, read_tables
from workers.extract.annual_form.chapters import read_chapters
from workers.extract.annual_form.flattened import read_flattened_tables, spans
from workers.runtime.lazy_regex import lazy_compile

_TITLE = lazy_compile(
    r"(?P<before>[^\n。：《]{0,40}?)(?:政务公开|政府信息公开)(?:工作)?(?P<between>[^\n。]{0,10}?)年度?(?:工作)?报告"
)
_YEAR = lazy_compile("((?:19|20)[0-9]{2})年?度?")
_PERIOD = lazy_compile(r"(?:统计|数据|时限|期限)[^。]{0,20}?((?:19|20)[0-9]{2})年1月1日")
_STATED = lazy_compile(r"规范性文件[^。0-9]{0,12}([0-9]{1,6})\s?件")
_HEAD = 12
_MAX_TITLE, _MAX_NAME = 60, 24
_MIN_CHAPTERS = 3
_MIN_ROWS = 6


def read_report(
    normalized: Normalized,
    *,
    document: str,
    document_id: str = "",
    title: str | None = None,
    issuer: str | None = None,
    published_on: str | None = None,
) -> AnnualReport | None:
    """Return the annual report in a document; None if it has neither its chapters nor its tables.

    Args:
        normalized: The document.
        document: Its key, or the name of its file.
        document_id: In the index.
        title: If known.
        issuer: Who signed it, if known.
        published_on: If known.
    """
    tables = [paragraph.rows for paragraph in normalized.paragraphs if paragraph.rows]
    prose = [one.text for one in normalized.paragraphs if not one.rows and one.text and one.role == "body"]
    text = "\n".join(prose)
    found = _tables(tables, text)
    preamble, chapters = read_chapters(list(_without_rows(text).split("\n")))
    known = [chapter for chapter in chapters if chapter.ordinal]
    if len(known) < _MIN_CHAPTERS and len(found.requests) < _MIN_ROWS:
        return None
    name = _title(title, prose)
    return AnnualReport(
        document=document,
        document_id=document_id,
        title=name,
        unit=_unit(name) or issuer or "",
        year=_year(name, text),
        published_on=published_on,
        form=_form(found),
        preamble=preamble,
        chapters=chapters,
        issued=found.issued,
        requests=found.requests,
        disputes=found.disputes,
        tables=found.found,
        foreign=found.foreign,
    )


def _tables(tables: Sequence[Sequence[Sequence[str]]], text: str) -> Tables:
    """Return the cells of real tables, and from running text the cells of missing tables."""
    found = read_tables(tables)
    if found.found == (2, 3, 4):
        return found
    flat = read_flattened_tables(text, frozenset(int(number) for number in _STATED.findall(text)))
    return Tables(
        found.issued or flat.issued,
        found.requests or flat.requests,
        found.disputes or flat.disputes,
        tuple(sorted({*found.found, *flat.found})),
        found.foreign or flat.foreign,
    )


def _without_rows(text: str) -> str:
    """Return running text with the rows of a flattened table three blanked out."""
    for start, end in reversed(spans(text)):
        text = text[:start] + "\n" + text[end:]
    return text


def _title(title: str | None, prose: Sequence[str]) -> str:
    """Return the title: the first title-like line, with the line before it if that names the reporting office."""
    lines = [line.strip() for paragraph in prose[:_HEAD] for line in paragraph.split("\n")[:3]]
    joined = [before + line for before, line in pairwise(lines) if _TITLE.match(line) and len(before) < _MAX_NAME]
    named = [match.group() for line in (*lines, *joined) if len(line) < _MAX_TITLE and (match := _TITLE.search(line))]
    best = sorted(named, key=lambda one: (not _YEAR.search(one), not _unit(one)))
    return best[0] if best else title or ""


def _unit(title: str) -> str:
    """Return the reporting office named in a title: 「甲市2025年…」, 「2025年甲市…」, 「甲市民政局2025年度…」."""
    match = _TITLE.search(title)
    if not match:
        return ""
    name = _YEAR.sub("", match["before"]) or _YEAR.sub("", match["between"])
    return "".join(name.split()).removeprefix("关于").removesuffix("的").strip("年度")


def _year(title: str, text: str) -> int | None:
    match = _YEAR.search(title) or _PERIOD.search(text)
    return int(match[1]) if match else None


def _form(tables: Tables) -> Form | None:
    codes = {row.code for row in tables.requests}
    columns = {column for row in tables.issued for column in row.columns}
    if "3.6" in codes or tables.foreign:
        return Form.OF_2019
    return Form.OF_2021 if "3.6.1" in codes or columns & {"本年制发件数", "现行有效件数"} else None
