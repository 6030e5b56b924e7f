"""Reads a document's statements on the validity of others: in sentences, in lists below a heading, and in tables."""

import re
from collections.abc import Iterator, Sequence

from schemas.office.validity import Change, Statement
from workers.extract.grammar.document_number import find_document_number
from workers.extract.grammar.lines import Line
from workers.extract.references.citations import find_citations
from workers.extract.validity.sentence import read_sentence
from workers.runtime.lazy_regex import lazy_compile

_MAX_HEADING = 90
_MAX_EVIDENCE = 300
_MIN_TITLE = 4
_ENDS = lazy_compile("废止|失效|停止(?:执行|施行|实施)|不再(?:执行|施行)")
_KEEPS = lazy_compile("继续有效|继续执行|现行有效|(?:予以|决定)保留|保留的")
_AMENDS = lazy_compile("修改|修订|修正")
_LISTS = lazy_compile(
    "目录|清单|名单|下列|以下|如下|一览表|[：:]$|(?:废止|失效|有效|修改|保留|执行)的?[^，。]{0,12}(?:文件|规章|法规)"
)
_PLAN = lazy_compile("拟|征求意见|建议|草案|是否|申请|议案|请示|解读|说明")
_ITEM = lazy_compile(
    r"^\s?(?:[（(]?[0-9一二三四五六七八九十百]{1,4}[)）]?\s?[、．.:：]?\s?)?(?:关于印发)?(?=《)|^\s?[0-9]{1,4}\s?[、．.]\s?\S"
)
_NAMES = lazy_compile("名称|标题|题名|文件名")
_NUMBERS = lazy_compile("文号|发文字号|文件号|文件编号")
_RESULTS = lazy_compile("清理(?:意见|结果|结论)|处理(?:意见|结果|决定)|结论|意见|有效性|效力|状态|备注")


def read_statements(lines: Sequence[Line], title: str | None = None) -> tuple[Statement, ...]:
    """Return a document's statements on others, in order, each pair of document and change once.

    Args:
        lines: Its lines, tables among them.
        title: Its own title, which says what its tables list if nothing else does.
    """
    found: dict[tuple[Change, str, str, tuple[str, ...]], Statement] = {}
    for one in _statements(lines, title):
        found.setdefault((one.change, one.title or "", one.number or "", one.provisions), one)
    return tuple(found.values())


def _statements(lines: Sequence[Line], title: str | None) -> Iterator[Statement]:
    heading = title or ""
    if title and not _PLAN.search(title):
        yield from _prose(title)
    listed = _change(heading) if _LISTS.search(heading) else None
    for line in lines:
        if line.rows:
            yield from _table(line.rows, listed, heading)
        elif listed and _ITEM.match(line.text) and not _ENDS.search(_outside(line.text)):
            yield from _item(line.text, listed, heading)
        else:
            yield from _prose(line.text)
            if _is_heading(line.text):
                heading, listed = line.text, _change(line.text)


def _prose(text: str) -> Iterator[Statement]:
    for sentence in re.split("[。；;\n]", text):
        if sentence:
            yield from read_sentence(sentence)


def _is_heading(text: str) -> bool:
    outside = _outside(text)
    return len(outside) <= _MAX_HEADING and bool(_LISTS.search(outside)) and "。" not in outside.rstrip("。：:")


def _change(heading: str) -> Change | None:
    """Return the change a heading states for the documents listed below it; None if it states none, or only a plan."""
    text = _outside(heading)
    if _PLAN.search(text):
        return None
    kinds = [
        kind
        for kind, pattern in ((Change.KEEPS, _KEEPS), (Change.REPEALS, _ENDS), (Change.AMENDS, _AMENDS))
        if pattern.search(text)
    ]
    return kinds[0] if len(kinds) == 1 else None


def _outside(text: str) -> str:
    """Return the text without the titles in it."""
    return re.sub("《[^《》]*(?:《[^《》]*》[^《》]*)*》", "", text)


def _item(text: str, change: Change, heading: str) -> Iterator[Statement]:
    cited = next(find_citations(text), None)
    if cited:
        number = cited.number or find_document_number(text[cited.end :])
        yield Statement(change, cited.title, number, cited.provisions, None, _evidence(heading, text))
        return
    bare = re.sub(r"^\s?[（(]?[0-9]{1,4}[)）]?\s?[、．.]?\s?", "", text)
    if number := find_document_number(bare):
        name = re.split(r"[（(]", bare, maxsplit=1)[0].strip("，,。；; ")
        yield Statement(change, name or None, number, (), None, _evidence(heading, text))


def _table(rows: Sequence[Sequence[str]], listed: Change | None, heading: str) -> Iterator[Statement]:
    head = next((index for index, row in enumerate(rows[:4]) if any(_NAMES.search(cell) for cell in row)), None)
    if head is None:
        return
    names = _column(rows[head], _NAMES)
    numbers, results = _column(rows[head], _NUMBERS), _column(rows[head], _RESULTS)
    for row in rows[head + 1 :]:
        title = _cell(row, names).strip("《》 ")
        said = _cell(row, results)
        change = (_change(said) if said else None) or (listed if not _KEEPS.search(said) else Change.KEEPS)
        if change is None or len(title) < _MIN_TITLE or _PLAN.search(said):
            if len(title) >= _MIN_TITLE or not any(row):
                continue
            listed = _change(" ".join(dict.fromkeys(row))) or listed
            continue
        number = find_document_number(_cell(row, numbers)) or find_document_number(title)
        title = re.sub(r"\s*[（(][^（()）]*号[)）]\s*$", "", title).strip("《》 ")
        yield Statement(change, title, number, (), None, _evidence(said or heading, " ".join(filter(None, row))))


def _column(row: Sequence[str], pattern: "re.Pattern[str]") -> int | None:
    return next((index for index, cell in enumerate(row) if pattern.search(cell)), None)


def _cell(row: Sequence[str], column: int | None) -> str:
    return " ".join(row[column].split()) if column is not None and column < len(row) else ""


def _evidence(heading: str, text: str) -> str:
    return f"{heading} {text}".strip()[:_MAX_EVIDENCE]
