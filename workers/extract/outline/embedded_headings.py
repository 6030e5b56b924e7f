"""Cuts lines that hold headings inside them: pages that lost their line breaks, 「…如下: 一、加强领导 2009年,…」.

A number inside a line begins a section only if a sentence or a stretch ends before it and the sequence of its form
runs on (一 … 二 … 三); 「包括:(1)…;(2)…」 stays the enumeration in a sentence it is.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from workers.extract.grammar.lines import Line
from workers.extract.grammar.numerals import HAN_NUMBER
from workers.extract.grammar.section_numbers import BY_NAME, CITED, Label, read_label
from workers.extract.outline.annual_report import HEADINGS, format_heading_end, is_table_row
from workers.extract.record.signature import closing_dates
from workers.runtime.lazy_regex import found_at, lazy_compile

LONG = 30
ROW_LENGTH = 300
_PLACE = lazy_compile(
    rf"(?:(?<=[\s。！？”])|(?<=[一-鿿][：:]))(?=[（(〔【]?\s?{HAN_NUMBER}{{1,4}}\s?[、）)〕】]|第{HAN_NUMBER}{{1,6}}[编章节条]"
    r"|[（(]?\s?[0-9]{1,2}\s?[、．.）)]|附件)"
    rf"|[一二三四五六]、(?={HEADINGS.pattern})"
)
_BEGINS = lazy_compile(
    rf"[\s。！？”：:一二三四五六](?:(?<=([\s。！？”：:]))(?=[（(〔【\s0-9第附]|{HAN_NUMBER})|(?<=[一二三四五六])(?=、))"
)
_GLUED = lazy_compile(r"(?<=[一-鿿）)])(?=[0-9]{1,2}\s?[．.、]\s?[一-鿿12])")
_MIN_GLUED, _MAX_LIST_LENGTH = 2, 1500
_AFTER_FULL_STOP = frozenset({"han", "han_bracketed", "digit", "digit_bracketed", "clause", "chapter"})
_AFTER_COLON = frozenset({"han", "han_bracketed"})


class _Place(NamedTuple):
    line: int
    offset: int
    label: Label


def cut_inline(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those with sections inside cut before each of them."""
    places = [place for number, line in enumerate(lines) for place in _places(number, line)]
    cuts = {number: closing for number, line in enumerate(lines) if (closing := _closings(line))}
    for place in _running_on(places):
        cuts.setdefault(place.line, []).append(place.offset)
    if not cuts:
        return list(lines)
    return [
        piece
        for number, line in enumerate(lines)
        for piece in (_cut(line, sorted(cuts[number])) if number in cuts else (line,))
    ]


def _closings(line: Line) -> list[int]:
    """Return the places before and after a date that closes a text inside the line."""
    if line.table or not line.body:
        return []
    return [offset for span in closing_dates(line.text) for offset in span if offset < len(line.text)]


def _cut(line: Line, offsets: list[int]) -> Iterator[Line]:
    bounds = [0, *offsets, len(line.text)]
    for place, (start, end) in enumerate(pairwise(bounds)):
        piece = line.part(start, end)
        yield piece._replace(style=None, cut=place > 0)


def _places(number: int, line: Line) -> Iterator[_Place]:
    if line.table or not line.body:
        return
    label = read_label(line.text)
    if label:
        yield _Place(number, 0, label)
    if len(line.text) < LONG:
        return
    glued = list(_glued(number, line, label)) if label and label.form.name == "digit" else []
    if glued:
        yield from glued
        return
    quotes = _Quotes(line.text)
    starts = [match.start() for match in found_at(_BEGINS, _PLACE, line.text, 1)]
    for start, following in pairwise([*starts, len(line.text)]):
        label = read_label(line.text, start)
        if label is None or quotes.open_at(start) or not _may_begin(line.text, start, label):
            continue
        if not is_table_row(line.text[label.end : min(following, label.end + ROW_LENGTH)]):
            yield _Place(number, start, label)


def _glued(number: int, line: Line, label: Label) -> Iterator[_Place]:
    """Yield the items of a list run together, 「1. …总表2．…总表3．…」: three or more that count on, no sentence."""
    found: list[_Place] = []
    for match in _GLUED.finditer(line.text, label.end, label.end + _MAX_LIST_LENGTH):
        item = read_label(line.text, match.start())
        if item and item.form is label.form and item.value == label.value + len(found) + 1:
            found.append(_Place(number, match.start(), item))
    end = found[-1].offset if found else 0
    if len(found) >= _MIN_GLUED and "。" not in line.text[:end]:
        yield from found


def _may_begin(text: str, start: int, label: Label) -> bool:
    before, after = text[start - 1], text[label.end : label.end + 1]
    if format_heading_end(text[label.end : label.end + 40]):
        return True
    if label.form.name in ("clause", "chapter", "division", "book") and not after.isspace() and before != "。":
        return False
    if CITED.match(text, label.end):
        return False
    if before in "：:":
        return label.value == 1 and label.form.name in _AFTER_COLON
    if before in "。！？”":
        return label.form.name in _AFTER_FULL_STOP and (before != "”" or text[start - 2 : start - 1] in "。！？")
    earlier = text[:start].rstrip()[-1:] if start < 200 else text[start - 200 : start].rstrip()[-1:]
    return earlier not in "，,、；;第" or label.form.name in ("clause", "chapter")


class _Quotes:
    """Tells whether an offset lies inside a quotation; asked for rising offsets only, so that a line is read once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read = 0
        self._depth = 0

    def open_at(self, offset: int) -> bool:
        stretch = self._text[self._read : offset]
        self._read = offset
        self._depth = max(0, self._depth + stretch.count("“") - stretch.count("”"))
        return self._depth > 0


def _running_on(places: list[_Place]) -> Iterator[_Place]:
    """Yield the places inside lines whose number continues its sequence, or begins one that goes on."""
    if not any(place.offset for place in places):
        return
    going_on = _begins_sequence(places)
    open_values: dict[str, int] = {}
    for place, begins in zip(places, going_on, strict=True):
        label = place.label
        expected = label.value == open_values.get(label.form.name, 0) + 1 and (label.value > 1 or begins)
        accepted = place.offset == 0 or expected or (label.value == 1 and begins)
        if not accepted:
            continue
        open_values = {name: value for name, value in open_values.items() if _rank(name) < label.rank}
        open_values[label.form.name] = label.value
        if place.offset:
            yield place


def _rank(name: str) -> float:
    return BY_NAME[name].rank


def _begins_sequence(places: list[_Place]) -> list[bool]:
    """Tell for each place whether the next of its form, before one of an outer form, has the next value."""
    result = [False] * len(places)
    following: dict[str, int] = {}
    for index in range(len(places) - 1, -1, -1):
        label = places[index].label
        result[index] = following.get(label.form.name) == label.value + 1
        if places[index].offset == 0:
            following = {name: value for name, value in following.items() if _rank(name) <= label.rank}
        following[label.form.name] = label.value
    return result
