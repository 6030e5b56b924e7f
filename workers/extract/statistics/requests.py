"""Table three of the annual report, 收到和处理政府信息公开申请情况, if a page has run its cells together.

The national format (国办公开办函〔2021〕30号) fixes rows and columns: 「（一）予以公开330000033」 is a row of seven
numbers, the last the sum of the six before. It is read if its sum, or the sums over rows, leave one reading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from workers.extract.statistics.digit_runs import Cells, cut_with_total
from workers.runtime.lazy_regex import lazy_compile

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_NEW, _CARRIED, _TOTAL, _NEXT = (
    "本年新收政府信息公开申请数量",
    "上年结转政府信息公开申请数量",
    "总计",
    "结转下年度继续办理",
)
_RESULT = "三、本年度办理结果"
_MAIN = (_NEW, _CARRIED, _NEXT)
_LABELS = (
    ("", _NEW),
    ("", _CARRIED),
    ("", "予以公开"),
    ("", "部分公开"),
    ("（三）不予公开", "属于国家秘密"),
    ("（三）不予公开", "其他法律行政法规禁止公开"),
    ("（三）不予公开", "三安全一稳定"),
    ("（三）不予公开", "保护第三方合法权益"),
    ("（三）不予公开", "属于三类内部事务信息"),
    ("（三）不予公开", "属于四类过程性信息"),
    ("（三）不予公开", "属于行政执法案卷"),
    ("（三）不予公开", "属于行政查询事项"),
    ("（四）无法提供", "本机关不掌握相关政府信息"),
    ("（四）无法提供", "没有现成信息需要另行制作"),
    ("（四）无法提供", "补正后申请内容仍不明确"),
    ("（五）不予处理", "信访举报投诉类申请"),
    ("（五）不予处理", "重复申请"),
    ("（五）不予处理", "要求提供公开出版物"),
    ("（五）不予处理", "无正当理由大量反复申请"),
    ("（五）不予处理", "要求行政机关确认或重新出具已获取信息"),
    ("", "其他处理"),
    ("（六）其他处理", "申请人无正当理由逾期不补正"),
    ("（六）其他处理", "申请人逾期未按收费通知要求缴纳费用"),
    ("（六）其他处理", "其他"),
    ("", _TOTAL),
    ("", _NEXT),
)
_WINDOW = 260
_BEHIND = 90
_RUN = lazy_compile(r"[0-9][0-9\s]*")
_NUMBERED = lazy_compile(r"(?:[（(][一二三四五六七八]+[)）]|[0-9][.．、]|[一二三四]、)\s?$")
_MAX_NUMBER_LENGTH = 6
_ORDINAL_MARK = ".．、"
_MAX_TRIES = 4096


@dataclass(frozen=True, slots=True)
class StuckRow:
    """One row as the page shows it.

    Attributes:
        subject: Its label, with that of the rows it belongs to.
        start: Where its label begins in the text.
        end: Where its digits end.
        groups: Its digits, as far as gaps part them.
        cells: All readings of the digits; a single one if it is certain.
    """

    subject: str
    start: int
    end: int
    groups: tuple[str, ...]
    cells: tuple[Cells, ...]


def read_requests(text: str) -> list[StuckRow]:
    """Return the rows of table three in ``text``, each with the readings its sums allow; empty if there is none."""
    start = _first_row(text)
    if start < 0:
        return []
    return _settle([row for row in _rows(text, start) if row.groups])


def _first_row(text: str) -> int:
    """Return where the first row begins whose label digits follow; a label cited in a sentence is no row."""
    start = -1
    for _ in range(20):
        start = text.find(_NEW, start + 1)
        if start < 0 or text[start + len(_NEW) : start + len(_NEW) + 4].strip()[:1].isdigit():
            return start
    return -1


def row_places(text: str) -> list[tuple[str, int, int]]:
    """Return (subject, start of its label, end of its label) of each row of table three in running text."""
    start = _first_row(text)
    return _places(text, start) if start >= 0 else []


def _places(text: str, start: int) -> list[tuple[str, int, int]]:
    places: list[tuple[str, int, int]] = []
    at = start
    for parent, label in _LABELS:
        match = _spaced_pattern(label).search(text, at, at + _WINDOW + len(label))
        if match:
            begin, at = _number_start(text, match.start()), match.end()
            own = "".join(text[begin : match.start()].split()) + label
            path = [own] if label in _MAIN else [_RESULT, parent, own]
            places.append(("：".join(filter(None, path)), begin, at))
    return places


def _rows(text: str, start: int) -> Iterator[StuckRow]:
    places = _places(text, start)
    ends = [begin for _, begin, _ in places[1:]] + [places[-1][2] + _BEHIND]
    for (subject, begin, end), limit in zip(places, ends, strict=True):
        stop, groups = _digits(text, end, min(limit, len(text)))
        yield StuckRow(subject, begin, stop, groups, tuple(_readings(groups)))


def _number_start(text: str, start: int) -> int:
    """Return where the number before a label begins: of 「（七）总计」, 「3.其他」, 「四、结转下年度继续办理」."""
    match = _NUMBERED.search(text, max(0, start - _MAX_NUMBER_LENGTH), start)
    return match.start() if match else start


def _spaced_pattern(label: str) -> re.Pattern[str]:
    """Match a label that line breaks inside a cell have cut (法律服务 机构); 其他 only as a row of its own."""
    spaced = r"\s?".join(re.escape(character) for character in label)
    return lazy_compile(rf"(?<=[.．、])\s?{spaced}(?!\s?处理)" if label == "其他" else spaced)


def _digits(text: str, start: int, limit: int) -> tuple[int, tuple[str, ...]]:
    """Return the first run of digits that fills a row, and its end; the number of the next row (6.) is not its own."""
    for run in _RUN.finditer(text, start, limit):
        digits, end = run.group().rstrip(), run.start() + len(run.group().rstrip())
        if text[run.end() : run.end() + 1] in tuple(_ORDINAL_MARK):
            digits = digits[:-1]
        groups = tuple(digits.split())
        if len("".join(groups)) >= len(COLUMNS):
            return end, groups
    return start, ()


def _readings(groups: Sequence[str]) -> list[Cells]:
    if len(groups) == len(COLUMNS):
        return [tuple(int(group) for group in groups)]
    return cut_with_total(groups, len(COLUMNS))


def _settle(rows: list[StuckRow]) -> list[StuckRow]:
    """Choose among several readings of a row by the sums over rows, if these leave only one."""
    wanted = (_NEW, _CARRIED, _TOTAL, _NEXT)
    main = [next((row for row in rows if row.subject.endswith(label)), None) for label in wanted]
    known = [row for row in main if row is not None and row.cells]
    if len(known) == len(wanted) and any(len(row.cells) > 1 for row in known):
        tried = islice(product(*(row.cells for row in known)), _MAX_TRIES)
        fitting = [cells for cells in tried if _balances(cells)]
        if len(fitting) == 1:
            chosen = {row.subject: cells for row, cells in zip(known, fitting[0], strict=True)}
            rows = [_with(row, chosen[row.subject]) if row.subject in chosen else row for row in rows]
    return _by_difference(rows)


def _balances(cells: Sequence[Cells]) -> bool:
    new, carried, total, following = cells
    return all(a + b == c + d for a, b, c, d in zip(new, carried, total, following, strict=True))


def _by_difference(rows: list[StuckRow]) -> list[StuckRow]:
    """Determine a single open result as the difference between the total and the others."""
    results = [row for row in rows if row.subject.startswith(_RESULT) and not row.subject.endswith(_TOTAL)]
    total = next((row for row in rows if row.subject.endswith(_TOTAL) and len(row.cells) == 1), None)
    unsettled = [row for row in results if len(row.cells) != 1]
    if total is None or len(unsettled) != 1 or not unsettled[0].cells:
        return rows
    others = [row.cells[0] for row in results if len(row.cells) == 1]
    missing = tuple(value - sum(cells[place] for cells in others) for place, value in enumerate(total.cells[0]))
    if missing not in unsettled[0].cells:
        return rows
    return [_with(row, missing) if row is unsettled[0] else row for row in rows]


def _with(row: StuckRow, cells: Cells) -> StuckRow:
    return StuckRow(row.subject, row.start, row.end, row.groups, (cells,))
