"""Lines of a PDF to whole paragraphs, by what typesetting says: size, right edge, first-line indent, leading."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from schemas.blocks import Block, Role, Style
from workers.convert.layout.reading_order import TextLine
from workers.convert.layout.ruled_tables import Table, continue_table
from workers.convert.layout.running_heads import furniture

_STARTS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十百千零\d]{1,7}[编章节条款]|"
    r"附件?[:：\d]|[①-⑳]|[12]\d{3}年"
)
# A unit behind a number counts only before what continues no name: 户以上 and 个月的, but not 户外 or 人的因素.
_MEASURE = (
    r"(?:[百千万亿]+|[百千万亿]*"
    r"(?:[美欧日港]?元|个月?|[天日月年岁周吨亩米]|小时|分钟|公[里斤顷升]|[平立]方(?:米|公里)?))"
)
_CLASSIFIER = r"[百千万亿]*[辆套张倍届件座份余家项名人次户条台位所处种批期]"
_COUNTED = rf"(?:[万亿]元|{_MEASURE}[的内]|(?:{_MEASURE}|{_CLASSIFIER})(?:$|[，。；：,;:）)]|及?以[上下内]|左右))"
# Of a clause: 5.2.1.1, or 5.2 before a blank and no unit.
_DECIMAL = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){2,4}(?![\d%])|\d{1,2}[.．]\d{1,2}\s+" rf"(?!{_COUNTED})[一-鿿“《（(]")
_ITEM = re.compile(r"[a-z][)）]|—")  # of a list below a clause
_SAME_SIZE = 0.6
_FULL_EMS = 1.6  # room that a mark which must not begin a line leaves at the end of a full one
_HANGING_EMS = 6  # how far the text behind a number and a name (「一、甲组：」) may hang
_RAGGED_EMS = 3.5  # room an unbreakable word of digits or Latin letters leaves at the end of an unfinished line
_SURE_START = re.compile(r"[一二三四五六七八九十]{1,3}、|第\s*[一二三四五六七八九十百]{1,4}\s*[编章节][\s\u3000]")
# Of a standard: 「3 术语和定义」.
_CLAUSE = re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\s+(?!{_COUNTED})[一-鿿、]{{2,16}}")
_ALONE = re.compile(r"[.…·．]{4,}\s*\d{1,4}$")  # a line of a table of contents
_HOME = frozenset({"首页", "网站首页", "本站首页", "首頁"})  # the first word of a site's menu, on a web page in print
_MAX_MENU_LENGTH = 120
_ENDS = "。！？!?；;：:"


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in one column: its edges, its body size and the distance of its lines, in points."""

    left: float
    right: float
    size: float
    leading: float
    indented: bool


def blocks_of_pages(pages: list[list[TextLine | Table]], heights: list[float]) -> tuple[Block, ...]:
    """Return a whole document: paragraphs, tables, and on each page after them its running heads and page number.

    Args:
        pages: Lines and tables of every page in reading order.
        heights: Height of every page in points.
    """
    roles = furniture([[item for item in page if isinstance(item, TextLine)] for page in pages], heights)
    items = [item for page in pages for item in page]
    body = blocks_of([item for item in items if id(item) not in roles])
    edges = [
        Block(text=item.text, role=roles[id(item)], page=item.page)
        for item in items
        if isinstance(item, TextLine) and id(item) in roles
    ]
    return tuple(sorted([*body, *edges], key=lambda block: block.page or 0))


def blocks_of(items: list[TextLine | Table]) -> list[Block]:
    """Return the paragraphs and tables that ``items`` (in reading order, furniture taken out) are set in."""
    measures = _measures([item for item in items if isinstance(item, TextLine)])
    groups: list[list[TextLine] | Table] = []
    for item in items:
        last = groups[-1] if groups else None
        if isinstance(item, Table):
            if not (isinstance(last, Table) and continue_table(last, item)):
                groups.append(item)
        elif isinstance(last, list) and _continues(last, item, measures):
            last.append(item)
        else:
            groups.append([item])
    return [_table(group) if isinstance(group, Table) else _block(group, measures[_key(group[0])]) for group in groups]


def _table(table: Table) -> Block:
    rows = tuple(tuple(row) for row in table.rows)
    text = "\n".join("\t".join(row) for row in rows)
    role: Role = "chrome" if len(rows) == 1 and _HOME.intersection(rows[0]) and len(text) < _MAX_MENU_LENGTH else "body"
    return Block(text=text, kind="table", role=role, page=table.page, rows=rows)


def _key(line: TextLine) -> int:
    return line.column


def _measures(lines: list[TextLine]) -> dict[int, _Measure]:
    by_column: dict[int, list[TextLine]] = {}
    for line in lines:
        by_column.setdefault(_key(line), []).append(line)
    return {column: _measure(members) for column, members in by_column.items()}


def _measure(lines: list[TextLine]) -> _Measure:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] or 10.0
    body = [line for line in lines if abs(line.size - size) < 0.6 and not line.cells]
    body = [line for line in body if len(line.text) > 12] or body or lines
    left = sorted(line.x0 for line in body)[len(body) // 10]
    right = sorted(line.x1 for line in body)[len(body) * 9 // 10]
    steps = [a.y - b.y for a, b in pairwise(body) if a.page == b.page and 0 < a.y - b.y < 4 * size]
    starts = [line for line in body if 0.8 * size < line.x0 - left < 4 * size]
    return _Measure(left, right, size, median(steps) if steps else 1.5 * size, len(starts) > 0.05 * len(body))


def _continues(lines: list[TextLine], line: TextLine, measures: dict[int, _Measure]) -> bool:
    """Return whether ``line`` goes on with the paragraph of ``lines``."""
    before = lines[-1]
    old, new = measures[_key(before)], measures[_key(line)]
    em = line.size or 10.0
    if line.cells or before.cells or not _follows(before, line, new) or _ALONE.search(before.text):
        return False
    finished = before.text[-1] in _ENDS
    gap = old.right - before.x1
    if min(abs(before.size - line.size), abs(before.end_size - line.size)) > _SAME_SIZE:
        # A run-in heading in a larger size that fills its line; headings of their own are followed by an indent.
        run_in = new.indented and before.x0 > old.left + em and line.x0 < new.left + 0.5 * em
        return run_in and not finished and gap < 1.7 * em
    if _STARTS.match(line.text) and (finished or line.x0 > new.left + 0.5 * em or _SURE_START.match(line.text)):
        return False
    if gap >= _FULL_EMS * em and _CLAUSE.fullmatch(line.text):
        return False
    if line.x0 > new.left + 1.2 * em:
        return not finished and (_centered_rest(before, line, old) or _goes_on_inset(lines, line, old))
    if finished:
        return new.indented and gap < 1.2 * em
    # Ragged lines end where the next word no longer fits; an unfinished sentence bridges what that leaves.
    bridged = gap < _RAGGED_EMS * em or (not new.indented and gap < 0.3 * (old.right - old.left))
    return bridged or _centered_rest(before, line, old)


def _goes_on_inset(lines: list[TextLine], line: TextLine, measure: _Measure) -> bool:
    """Return whether a numbered paragraph goes on below its number, or below the text behind it, after a full line."""
    before = lines[-1]
    em = line.size or 10.0
    gap, margin, step = measure.right - before.x1, before.x0 - measure.left, line.x0 - before.x0
    hangs = len(lines) == 1 and 0.8 * em < step < _HANGING_EMS * em
    if gap >= (_RAGGED_EMS if hangs else _FULL_EMS) * em or abs(margin - gap) < 0.7 * em:  # not full, or centred
        return False
    if _DECIMAL.match(line.text) or _ITEM.match(line.text):
        return False
    numbered = _STARTS.match(lines[0].text) or _DECIMAL.match(lines[0].text)
    return (hangs or abs(step) < 0.5 * em) and bool(numbered)


def _follows(before: TextLine, line: TextLine, measure: _Measure) -> bool:
    """Return whether ``line`` is the next one down its column, or begins the next column or page."""
    if before.page != line.page or before.column != line.column:
        return True
    return 0 < before.y - line.y < 1.6 * max(measure.leading, line.size)


def _centered_rest(before: TextLine, line: TextLine, measure: _Measure) -> bool:
    """Return whether ``line`` is the rest of a centred heading or note that did not fit the line before."""
    em = line.size
    if before.page != line.page or line.text[0] in "（([〔":
        return False
    if line.size > measure.size + 1.5:
        return abs((before.x0 + before.x1) - (line.x0 + line.x1)) < 2 * em or abs(before.x0 - line.x0) < 0.3 * em
    before_is_full = before.x1 > measure.right - 1.7 * em and before.x0 < measure.left + 1.7 * em
    off_axis = abs((line.x0 + line.x1) - (measure.left + measure.right)) / 2
    return before_is_full and off_axis < 0.7 * em and line.x1 < measure.right - 1.7 * em


def _block(group: list[TextLine], measure: _Measure) -> Block:
    first = group[0]
    text = first.text
    for line in group[1:]:
        text += (" " if _needs_space(text, line.text) else "") + line.text
    middle = (measure.left + measure.right) / 2
    margin = first.x0 - measure.left
    centered = margin > 3 * first.size and abs((first.x0 + first.x1) / 2 - middle) < first.size
    right = not centered and margin > 6 * first.size and first.x1 > measure.right - 5 * first.size
    align = "center" if centered else "right" if right else None
    indent = margin if 0.5 * first.size < margin < 5 * first.size and not centered else None
    style = Style(
        bold=True if all(line.bold for line in group) else None,
        size=first.size,
        align=align,  # type: ignore[arg-type]
        indent=round(indent, 1) if indent else None,
    )
    return Block(text=text, page=first.page, style=style)


def _needs_space(before: str, after: str) -> bool:
    return before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum()
