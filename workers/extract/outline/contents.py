"""Finds tables of contents, whose lines are no sections: under 目录 or without it, with leaders, glued, anywhere.

An entry is recognised by a line further down that repeats it. 「第一节 一般规定」 may stand in every chapter, so a
table of contents ends where its first entry comes again, not where any does. 「招标文件包括：」 above the names of all
parts is such a list, too.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from workers.extract.grammar.lines import Line, squeeze
from workers.extract.grammar.section_numbers import Label, read_label
from workers.runtime.lazy_regex import lazy_compile

_MAX_ENTRY_LENGTH, _MAX_LINE_LENGTH = 60, 250
_MIN_COUNT, _SHARE = 3, 0.6
_SENTENCE_ENDS = "。；;"
_LEADER = lazy_compile(r"[.．…·‥]{4,}|(?:\s[.．…·]){4,}|[_＿—]{6,}\s?[0-9]{1,4}$")
_LEADER_MARKS = ("..", "．．", "…", "··", "‥", ". .", "． ．", "· ·", ".．", "．.", "__", "＿＿", "——")
_GLUED_HEADING = lazy_compile(r"[^录]目\s?[录次]$")
_YEAR = lazy_compile(r"^(?:19|20)[0-9]{2}年度?")
_PAGE = lazy_compile(r"[\s0-9０-９ⅠⅡⅢⅣⅤⅥⅰⅱⅲⅳⅴ—-]+$")
_NAMED = frozenset({"book", "chapter", "division", "part"})


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines of tables of contents, their own headings included."""
    text = "\n".join([line.text for line in lines])
    leaders = any(mark[0] in text and mark in text for mark in _LEADER_MARKS)  # most documents hold none
    found = {index for index, line in enumerate(lines) if _has_leader(line)} if leaders else set()
    runs = _runs(lines)
    headed = "目" in text and any(_is_heading(line.text) for line in lines)
    if not (runs or headed):
        return frozenset(found)
    keys = [_entry(line) for line in lines]
    names: dict[str, int] = {}
    headings = [index for index, line in enumerate(lines) if _is_heading(line.text)] if headed else []
    ends = _ends_of_entries(keys, {index + 1 for index in headings if index + 1 < len(keys)})
    for index in headings:
        if index in found:
            continue
        below, alone = ends.get(index + 1, index + 1), _is_alone(lines[index].text)
        if alone and below == index + 1 and (stop := _end_of_page(lines, index)):
            names = names or _names(keys)
            below = stop if _comes_again(keys[index + 1 : stop], names, stop) else below
        if alone or below > index + 1:
            found.update(range(index, max(below, index + 1)))
    left = Counter(key for index, key in enumerate(keys) if key and index not in found)
    for start, stop in _cut(runs, keys):
        if found.isdisjoint(range(start, stop)) and _is_list(keys[start:stop], left):
            found.update(range(start, stop))
            left.subtract(keys[start:stop])
    return frozenset(found)


def _has_leader(line: Line) -> bool:
    text = line.text
    if line.table or len(text) > _MAX_LINE_LENGTH or not any(mark in text for mark in _LEADER_MARKS):
        return False
    return bool(_LEADER.search(text))


def _is_heading(text: str) -> bool:
    """Return whether a line heads a table of contents; of 「八、申请材料目录」 only its entries tell."""
    if len(text) > _MAX_LINE_LENGTH or "目" not in text or not ("录" in text or "次" in text):
        return False
    return _is_alone(text) or bool(_GLUED_HEADING.search(text))


def _is_alone(text: str) -> bool:
    return squeeze(text) in ("目录", "目次")


def _ends_of_entries(keys: Sequence[str], starts: Collection[int]) -> dict[int, int]:
    """Return where the entries that begin at each of ``starts`` end: where the first comes again, before other text.

    A pass from the last line to the first, since each of a thousand lines may head a table of contents.

    Args:
        keys: What each line shares with its heading.
        starts: Indices of lines below a heading.
    """
    lengths = {len(keys[start]) for start in starts}
    ends: dict[int, int] = {}
    whole: dict[str, int] = {}  # the next line by its key
    begun: dict[str, int] = {}  # the next line by what its key begins with
    for index in range(len(keys) - 1, -1, -1):
        key = keys[index]
        if not key:
            whole.clear()
            begun.clear()
            continue
        if index in starts:
            again = [whole[part] for size in range(1, len(key)) if (part := key[:size]) in whole]
            ends[index] = min([*again, *([begun[key]] if key in begun else [])], default=index)
        whole[key] = index
        begun.update((key[:size], index) for size in lengths if size <= len(key))
    return ends


def _end_of_page(lines: Sequence[Line], heading: int) -> int:
    """Return the end of numbered names that fill a page below a heading and end there; 0 if there are none."""
    page, stop = lines[heading].page, heading + 1
    last: Label | None = None
    while page is not None and stop < len(lines) and lines[stop].page == page:
        text = lines[stop].text
        last = None if lines[stop].table or text[-1] in _SENTENCE_ENDS else read_label(text)
        if last is None or len(text) > _MAX_ENTRY_LENGTH:
            return 0
        stop += 1
    if last is None or stop - heading <= _MIN_COUNT or stop == len(lines):
        return 0
    return 0 if _counts_on(lines, stop, last) else stop


def _counts_on(lines: Sequence[Line], start: int, last: Label) -> bool:
    """Return whether the page that begins at ``start`` numbers on from the page before."""
    for index in range(start, len(lines)):
        if lines[index].page != lines[start].page:
            return False
        label = read_label(lines[index].text)
        if label is not None and label.form is last.form:
            return label.value == last.value + 1
    return False


def _names(keys: Sequence[str]) -> dict[str, int]:
    """Return for each name, without its number and year, the index of the last line that is it."""
    return {name: index for index, key in enumerate(keys) if key and (name := _name(key))}


def _name(key: str) -> str:
    label = read_label(key)
    return _YEAR.sub("", key[label.end :] if label else key, count=1)


def _comes_again(entries: Sequence[str], names: Mapping[str, int], stop: int) -> bool:
    """Return whether half of the entries are names further down, with their number or without."""
    return 2 * sum(names.get(_name(entry), 0) >= stop for entry in entries) >= len(entries)


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the stretches of names of parts with nothing between them."""
    named = [index for index, line in enumerate(lines) if line.text[:1] == "第" and _is_named(line)]
    starts = [index for place, index in enumerate(named) if not place or named[place - 1] != index - 1]
    members = set(named)
    return [
        (start, next(index for index in range(start, len(lines) + 1) if index not in members))
        for start in starts
        if start + _MIN_COUNT - 1 in members
    ]


def _cut(runs: Sequence[tuple[int, int]], keys: Sequence[str]) -> list[tuple[int, int]]:
    """Return the stretches, each cut where its first name comes again."""
    pieces: list[tuple[int, int]] = []
    for start, stop in runs:
        bounds = [index for index in range(start, stop) if keys[index] == keys[start]]
        pieces += pairwise([*bounds, stop])
    return [(start, stop) for start, stop in pieces if stop - start >= _MIN_COUNT and keys[start]]


def _is_named(line: Line) -> bool:
    label = read_label(line.text)
    return label is not None and label.form.name in _NAMED and label.end < len(line.text)


def _is_list(keys: Sequence[str], repeated: Counter[str]) -> bool:
    """Return whether most names of a run stand elsewhere as lines, too."""
    own = Counter(keys)
    again = sum(1 for key in keys if repeated[key] > own[key])
    return again >= _SHARE * len(keys)


def _entry(line: Line) -> str:
    """Return the text an entry shares with its heading; empty if the line is no entry."""
    text = line.text
    if line.table or not line.body or len(text) > _MAX_LINE_LENGTH or text.endswith(("。", "；", ";")):
        return ""
    leader = _LEADER.search(text) if _has_leader(line) else None
    text = _PAGE.sub("", text[: leader.start()] if leader else text)
    if not text or len(text) > _MAX_ENTRY_LENGTH:
        return ""
    label = read_label(text)
    return squeeze(text) if label is None else label.text + squeeze(text[label.end :])
