"""The signature block: the issuer's name, and below it (or after it) the date of signing.

The first block of an article is its own: what follows it is an attached text with, maybe, a signature of its own. A
block inside a quotation belongs to what is quoted.
"""

from collections.abc import Iterator, Sequence

from workers.extract.grammar.dates import find_dates, read_date, read_whole_date
from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import first_organ, is_organ, may_sign
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.facts import Fact, FactSource
from workers.extract.record.labelled import is_label_name
from workers.runtime.lazy_regex import lazy_compile

_SIGNED, _DATE_ALONE, _IN_TEXT, _UNLIKE_ORGAN = 0.95, 0.75, 0.7, 0.65
_UNDATED, _SHORTEST_ORGAN = 0.45, 5
_TAIL_LINES = 4
_LONG = 60
_QUOTED = 60
_NEAR_END = 8
_MAX_ORGANS = 12
_MAX_NAME_LENGTH = 16
_NAME = lazy_compile(r"(?:时间|日期|期限|时限|截止日?|起始日|到期日|生日|年月)\s*[:：]?$")
_LONE_DATE = lazy_compile(r"[。）]\s+([一二12][^\s。，,]{3,5}年[^\s。，,]{1,3}月[^\s。，,]{1,3}日)(?=\s|$)")
_OFFICE = r"(?:总\s?理|委员长|主\s?席|[省市县区州镇乡]\s?长|主\s?任|部长|局长|厅长|署长|行长|院长|校长|检察长|审计长)"
_OFFICER = lazy_compile(
    rf"^(?:{_OFFICE}\s*[:：]?\s*|[一-鿿]{{2,20}}?{_OFFICE}(?:\s*[:：]\s*|\s+))[一-鿿]{{1,2}}\s?[一-鿿×]{{1,3}}$"
)
_JUDGE = lazy_compile(
    r"^(?:代理)?(?:审\s?判\s?[长员]|书\s?记\s?员|法\s?官\s?助\s?理|人\s?民\s?陪\s?审\s?员)\s*[一-鿿·\s]{2,8}$"
)


def read_signature(source: FactSource) -> Iterator[Fact]:
    """Read issuer and date from the signature block, else the date that stands alone at the end."""
    place = find_signature(source.body)
    if place is not None:
        yield from _block(source.body, place)
        return
    yield from _same_line(source.body)
    start = max(0, len(source.body) - _TAIL_LINES)
    for index, line in enumerate(source.body[start:], start):
        date = read_whole_date(line.text)
        if date and len(date) >= 7 and not (index and _is_stated(source.body[index - 1])):
            yield Fact("signed_on", date, line.text, "signature", _DATE_ALONE)
    yield from _undated(source.body)


def _undated(lines: Sequence[Line]) -> Iterator[Fact]:
    """Read the organ that closes a text whose date stands elsewhere."""
    last = lines[-1] if lines and not lines[-1].table else None
    if last is not None and len(last.text) >= _SHORTEST_ORGAN and is_organ(last.text) and read_label(last.text) is None:
        yield Fact("issuer", first_organ(last.text), last.text, "signature", _UNDATED)


def is_officer(text: str) -> bool:
    """Return whether a line is the head of an authority with the name: 「省长　某某某」, 「甲市市长　某某」."""
    return bool(_OFFICER.match(text.strip()))


def find_signature(lines: Sequence[Line], start: int = 0) -> int | None:
    """Return the index of the date line of the first signature block from ``start`` on that is not quoted, or None."""
    depth, read = 0, start
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.table or len(line.text) > 40:
            continue
        date = read_whole_date(line.text)
        if date and len(date) >= 7 and _signs(lines[index - 1], near_end=len(lines) - index <= _NEAR_END):
            depth, read = _depth(lines[read:index], depth), index
            if not _is_quoted(lines, index, depth):
                return index
    return None


def _depth(lines: Sequence[Line], depth: int) -> int:
    """Return how many quotations are open after these lines, if ``depth`` were before them."""
    for line in lines:
        depth = max(0, depth + line.text.count("“") - line.text.count("”"))
    return depth


def _is_quoted(lines: Sequence[Line], index: int, depth: int) -> bool:
    """Return whether a quotation is open here that also closes; a lone opening mark is damage, not a quotation."""
    return depth > 0 and any("”" in line.text for line in lines[index + 1 : index + 1 + _QUOTED])


def _signs(line: Line, *, near_end: bool) -> bool:
    return (
        not line.table
        and (is_organ(line.text) or bool(_OFFICER.match(line.text)) or (near_end and may_sign(line.text)))
        and not line.text.endswith("发布")
        and line.text[0] not in "（("
        and not _is_stated(line)
        and read_label(line.text) is None
        and not read_date(line.text)
    )


def _is_stated(line: Line) -> bool:
    """Return whether a line names the event of the date below it: 考试时间, 报名截止日期."""
    return len(line.text) <= _MAX_NAME_LENGTH and (is_label_name(line.text) or bool(_NAME.search(line.text)))


def signing_lines(lines: Sequence[Line], place: int) -> Sequence[Line]:
    """Return the lines of a signature block above its date line, the topmost organ first."""
    top = place - 1
    while top > 0 and place - top < _MAX_ORGANS and is_organ(lines[top - 1].text) and len(lines[top - 1].text) >= 3:
        top -= 1
    return lines[top:place]


def _block(lines: Sequence[Line], place: int) -> Iterator[Fact]:
    top = place - len(signing_lines(lines, place))
    date = read_whole_date(lines[place].text)
    if not _OFFICER.match(lines[top].text) and not _JUDGE.match(lines[place - 1].text):
        confidence = _SIGNED if is_organ(lines[top].text) else _UNLIKE_ORGAN
        yield Fact("issuer", first_organ(lines[top].text), lines[top].text, "signature", confidence)
    if date:
        yield Fact("signed_on", date, lines[place].text, "signature", _SIGNED)


def _same_line(lines: Sequence[Line]) -> Iterator[Fact]:
    """Read 「湛江开发区人口和社会事务管理局 2014年12月20日」, also at the end of a page without line breaks."""
    for line in lines:
        if line.table:
            continue
        for date, start, end in find_dates(line.text):
            before = line.text[max(0, start - 45) : start].split()
            after = line.text[end : end + 1]
            if len(date) == 10 and before and is_organ(before[-1]) and (not after or after.isspace() or after in "（("):
                whole = len(line.text) < 60
                confidence = _SIGNED if whole else _IN_TEXT
                yield Fact("issuer", first_organ(before[-1]), line.text[start - 45 : end], "signature", confidence)
                yield Fact("signed_on", date, line.text[start:end], "signature", confidence)
                return
    yield from _date_in_text(lines)


def _date_in_text(lines: Sequence[Line]) -> Iterator[Fact]:
    """Read the date that stands alone after the closing sentence, on a page without line breaks."""
    for line in lines:
        for start, end in closing_dates(line.text):
            date = read_whole_date(line.text[start:end])
            if date and len(date) == 10:
                yield Fact("signed_on", date, line.text[start:end], "signature", _IN_TEXT)
                return


def closing_dates(text: str) -> list[tuple[int, int]]:
    """Return where dates stand alone inside a long line, after a closing sentence: (start, end) of each."""
    return [match.span(1) for match in _LONE_DATE.finditer(text)] if len(text) > _LONG and "年" in text else []
