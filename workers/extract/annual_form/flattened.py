"""The three tables of the annual report if a page has flattened them into running text.

「（一）予以公开 33 0 0 0 0 0 33」 is read as it stands; 「（一）予以公开330000033」 by its sum, if that leaves one
reading.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.office.annual_report import Cell, IssuedRow, RequestCells, dispute_place, issued_place, request_place
from schemas.office.report_form import APPLICANTS, CHARGED, DISPUTE_GROUPS, OUTCOMES
from workers.extract.annual_form.cells import Tables
from workers.extract.annual_form.labels import code_of
from workers.extract.statistics.disputes import read_disputes
from workers.extract.statistics.issued import read_issued
from workers.extract.statistics.requests import COLUMNS, StuckRow, read_requests, row_places
from workers.runtime.lazy_regex import lazy_compile

_CELL = r"(?:[0-9]+(?:\.[0-9]+)?|[/／—–－-]+|无)"
_SEVEN = lazy_compile(rf"(?<!\S){_CELL}(?:\s+{_CELL}){{{len(APPLICANTS) - 1}}}(?!\S)")
_FEWER = lazy_compile(rf"(?<!\S){_CELL}(?:\s+{_CELL}){{2,{len(APPLICANTS) - 2}}}(?!\S)")
_BEHIND = lazy_compile("四\\s?[、.．]\\s?(?:因)?政府信息公开行政|行政复议")
_MAX_ROW = 120
_FIFTEEN = lazy_compile(rf"复议后起诉[^0-9/—]*?总计\s+({_CELL}(?:\s+{_CELL}){{9,15}})(?!\S)")


def read_flattened_tables(text: str, stated: frozenset[int | float]) -> Tables:
    """Return the cells of the form's tables found in a report's running text.

    Args:
        text: The whole text, newline separated.
        stated: Numbers its sentences state, which decide how the digits of table two are cut.
    """
    issued = tuple(_issued(text, stated))
    requests = tuple(_requests(text))
    disputes = tuple(_disputes(text))
    found = tuple(number for number, there in ((2, issued), (3, requests), (4, disputes)) if there)
    foreign = tuple(word for word in ("本年新制作数量", "政府集中采购") if word in text)
    return Tables(issued, requests, disputes, found, foreign)


def _issued(text: str, stated: frozenset[int | float]) -> Iterator[IssuedRow]:
    for row in read_issued(text, stated):
        subject = "行政规范性文件" if row.subject == "规范性文件" else row.subject
        columns = tuple(CHARGED if name == "本年收费金额" else name for name in row.columns)
        texts = [str(value) for value in row.values]
        cells = tuple(Cell(one, issued_place(subject, name)) for one, name in zip(texts, columns, strict=False))
        yield IssuedRow(subject, columns, cells if len(cells) == len(columns) else ())


def _requests(text: str) -> Iterator[RequestCells]:
    stuck = {row.start: row for row in read_requests(text)}
    places = row_places(text)
    ends = [begin for _, begin, _ in places[1:]] + [_end(text, places[-1][2])] if places else []
    for (subject, begin, after), end in zip(places, ends, strict=True):
        code = code_of(subject.rsplit("：", 1)[-1])
        segment = text[after:end]
        if code is None or (code == "3.6" and not any(character.isdigit() for character in segment)):
            continue
        yield from _read_row(code, segment, stuck.get(begin), text[begin:end])


def _end(text: str, last: int) -> int:
    """Return where the last row ends: before the heading of the next chapter, or its table."""
    found = _BEHIND.search(text, last, last + _MAX_ROW)
    return found.start() if found else min(len(text), last + _MAX_ROW)


def _read_row(code: str, segment: str, stuck: StuckRow | None, evidence: str) -> Iterator[RequestCells]:
    if whole := _SEVEN.search(segment):
        yield _row(code, whole.group().split(), evidence)
    elif stuck and len(stuck.cells) == 1:
        yield _row(code, [str(value) for value in stuck.cells[0]], evidence)
    elif fewer := _FEWER.search(segment):
        yield _row(code, fewer.group().split(), evidence)
    elif stuck:
        yield RequestCells(code, (), evidence.strip(), readings=len(stuck.cells))


def _row(code: str, texts: Sequence[str], evidence: str) -> RequestCells:
    names = zip(texts, COLUMNS, strict=False)
    return RequestCells(
        code, tuple(Cell(one, request_place(code, name)) for one, name in names), evidence.strip()[-200:]
    )


def _disputes(text: str) -> Iterator[Cell]:
    found = _FIFTEEN.search(text)
    texts = found[1].split() if found else []
    if not texts:
        rows = read_disputes(text)
        if len(rows) == len(DISPUTE_GROUPS) and all(len(row.cells) == 1 for row in rows):
            texts = [str(value) for row in rows for value in row.cells[0][: len(OUTCOMES)]]
    yield from (Cell(one, dispute_place(number)) for number, one in enumerate(texts))


def spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of the rows of table three in running text: no sentence stands there."""
    places = row_places(text)
    return [(first[1], second[1]) for first, second in pairwise(places)] if places else []
