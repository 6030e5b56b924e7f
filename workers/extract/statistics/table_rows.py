"""Numbers in the cells of a real table: 「（一）予以公开 | 33 | 0 | 0 | 0 | 0 | 0 | 33」 under its column heads.

Column heads are the rows without numbers above; a merged cell holds for the rows or columns its blanks cover. Tables
whose cells a page has run together are read in ``flattened_tables``.
"""

from collections.abc import Iterator, Sequence

from schemas.articles import Statistic
from workers.extract.statistics.vocabulary import DISCLOSURE, UNIT, to_number
from workers.runtime.lazy_regex import lazy_compile

Row = Sequence[str]
_CELL = lazy_compile(rf"^([0-9]{{1,12}}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}})(\.[0-9]{{1,6}})?\s?({UNIT})?$")
_UNIT_CELL = lazy_compile(f"^{UNIT}$")
_UNIT_NAMED = lazy_compile(rf"单位[:：]\s?({UNIT})")
_YEAR = lazy_compile("((?:19|20)[0-9]{2})年?度?")
_PERSON = lazy_compile(
    "(?:.{0,6}姓名|性别|民族|出生(?:年月|日期)|年龄|籍贯|学历|身份证(?:件)?号码?|准考证号?|报名序号|考号|(?:笔试|面试|综合|考试|总)?(?:成绩|得分|总分)"
    "|手机(?:号码?)?|政治面貌|毕业院校|职称)(?:[（(].*[)）])?"
)
_IDENTIFIER = lazy_compile(r"电话|传真|邮编|邮政编码|代码|编号|证号|账号|号码|条款号|型号|网址|信箱|QQ")
_HEADED = 6
_SERIAL = frozenset(("序号", "编号", "代码", "行次"))
_MAX_LABEL_LENGTH = 80


def read_rows(rows: Sequence[Row], year: int | None) -> Iterator[Statistic]:
    """Yield the numbers of a table on disclosure work, row by row."""
    if not any(DISCLOSURE.search(cell) for row in rows for cell in row) or _is_of_persons(rows):
        return
    heads: list[Row] = []
    labels: list[str] = []
    in_data = False
    for row in rows:
        numbers = [place for place, cell in enumerate(row) if _CELL.match(cell.strip())]
        if not numbers and in_data and sum(bool(cell.strip()) for cell in row) == 1:
            continue  # 「二、科技成果转化激励方面」: a caption between rows, under the same heads
        if not numbers:
            heads = [row] if in_data else [*heads, row]
            in_data, labels = False, []
            continue
        in_data = True
        first = _first_value(row, numbers, heads)
        labels = _inherit(row[:first], labels)
        yield from _numbers(row, first, heads, labels, year)


def _is_of_persons(rows: Sequence[Row]) -> bool:
    """Return whether a table lists people: one of its first rows heads a column with what only a person has."""
    return any(_PERSON.fullmatch("".join(cell.split())) for row in rows[:_HEADED] for cell in row)


def _first_value(row: Row, numbers: Sequence[int], heads: Sequence[Row]) -> int:
    """Return the first column that holds a value and no serial number, as one left of a row's label is."""
    labelled = len(numbers) < sum(bool(cell.strip()) for cell in row)
    values = (place for place in numbers if _head(heads, place) not in _SERIAL and not (labelled and place == 0))
    return next(values, len(row))


def _inherit(cells: Row, above: Sequence[str]) -> list[str]:
    """Fill blanks left of a row's last label from the row above: a merged 「（三）不予公开」 holds for all its rows."""
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    filled = list(cells)
    for place in range(last):
        if not filled[place].strip() and place < len(above):
            filled[place] = above[place]
    return filled


def _numbers(
    row: Row, first: int, heads: Sequence[Row], labels: Sequence[str], year: int | None
) -> Iterator[Statistic]:
    unit = next((cell.strip() for cell in row[:first] if _UNIT_CELL.match(cell.strip())), "")
    path = [name for cell in labels if (name := _name(cell)) and not _UNIT_CELL.match(name) and not name.isdigit()]
    evidence = " ".join(cell.strip() for cell in row if cell.strip())
    for place in range(first, len(row)):
        match = _CELL.match(row[place].strip())
        if not match:
            continue
        columns = _head_path(heads, place)
        if columns and _IDENTIFIER.search(columns[-1]):
            continue
        subject = "：".join(path) or "：".join(columns[:-1])
        measure = "：".join(columns if path else columns[-1:])
        if not subject and not measure:
            continue
        named = _UNIT_NAMED.search("".join(columns)) or _UNIT_NAMED.search(subject)
        dated = _YEAR.search(measure)
        yield Statistic(
            subject or measure,
            measure if subject else "",
            to_number(match[1], match[2]),
            match[3] or unit or (named[1] if named else "件" if measure.endswith("件数") else ""),
            int(dated[1]) if dated else year,
            evidence[:1000],
            table=True,
        )


def _name(cell: str) -> str:
    return "".join(cell.split())[:_MAX_LABEL_LENGTH]


def _head(heads: Sequence[Row], place: int) -> str:
    path = _head_path(heads, place)
    return path[-1] if path else ""


def _head_path(heads: Sequence[Row], place: int) -> list[str]:
    """Return the heads above a column, outermost first; a blank belongs to the merged cell left of it."""
    path: list[str] = []
    for depth, head in enumerate(heads):
        at = place
        while 0 < at < len(head) and not head[at].strip() and not _begins(heads[:depth], at):
            at -= 1
        name = "".join(head[at].split()) if at < len(head) else ""
        if name and name not in path:
            path.append(name)
    return path


def _begins(above: Sequence[Row], place: int) -> bool:
    """Return whether a column begins a cell in some row above, so that a blank below it is not the left neighbour's."""
    return any(place < len(head) and head[place].strip() for head in above)
