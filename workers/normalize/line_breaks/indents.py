"""Paragraphs run together into one line, told apart only by the two spaces that indented each: 「…如下：　　一、…」.

A gap of two spaces also stands inside names (「组　　长：」) and after labels (「第一章　　总则」). It is an indent
where many gaps of the line follow the end of a sentence, and there only beside an end, a number or a 文号.
"""

from collections.abc import Iterator
from dataclasses import replace

from workers.normalize.draft.sheet import Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_LONG, _MIN_GAPS, _SHARE = 120, 3, 0.3
_GAP = lazy_compile(" {2,}")
_END = lazy_compile("[。：；！？:;!?”]$")
_NUMBER = lazy_compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[（(]?[0-9]{1,2}(?:[）)]|[.．、](?![0-9]))|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十百零0-9]{1,5}(?:章|节|编|条|部分)|[壹贰叁肆伍陆柒捌玖拾]{1,2}、)"
)
_DOCUMENT_NUMBER = lazy_compile(r"[一-鿿]{1,12}[〔［\[（(](?:19|20)[0-9]{2}[〕］\]）)]第?[0-9]{1,5}号$")
_SHORTEST_HEADING, _LONGEST_HEADING = 2, 50


def split_indents(draft: Draft) -> Draft:
    """Split lines that hold several indented paragraphs before each of them."""
    if "  " not in draft.text:
        return draft
    lines: list[DraftLine] = []
    for line in draft.lines:
        lines += _split(line)
    return replace(draft, lines=tuple(lines))


def _split(line: DraftLine) -> list[DraftLine]:
    if line.kind == "table" or len(line.text) < _LONG or "  " not in line.text:
        return [line]
    bounds = list(_bounds(line.text))
    if len(bounds) == 1:
        return [line]
    return [
        line.stretch(start, stop)._replace(part=True, number=None if start else line.number, indented=bool(start))
        for start, stop in bounds
    ]


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each paragraph."""
    gaps = [gap.span() for gap in _GAP.finditer(text) if gap.start() and gap.end() < len(text)]
    ended = sum(bool(_END.search(text, start - 1, start)) for start, _ in gaps)
    if ended < _MIN_GAPS or ended < _SHARE * len(gaps):
        yield 0, len(text)
        return
    begin, left = 0, 0
    for place, (start, stop) in enumerate(gaps):
        right = gaps[place + 1][0] if place + 1 < len(gaps) else len(text)
        if _parts(text[left:start], text[stop:right]):
            yield begin, start
            begin = stop
        left = stop
    yield begin, len(text)


def _parts(before: str, after: str) -> bool:
    """Return whether a gap between two stretches parts two paragraphs."""
    if _END.search(before) or _DOCUMENT_NUMBER.match(before) or _DOCUMENT_NUMBER.match(after):
        return True
    number = _NUMBER.match(before)
    if number is None:
        return bool(_NUMBER.match(after))
    return _SHORTEST_HEADING <= len(before) - number.end() <= _LONGEST_HEADING
