"""The head of an article: title, labels, document number and the notes of a law; and where the text below begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.blocks import Clue
from workers.extract.grammar.dates import find_dates, read_whole_date
from workers.extract.grammar.document_number import read_document_number
from workers.extract.grammar.lines import Line, squeeze
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.facts import Fact
from workers.extract.record.labelled import is_labelled, labelled_values
from workers.extract.record.letterhead import is_redhead_line
from workers.extract.record.stated_title import stated_titles
from workers.extract.record.statute import is_statute_note
from workers.extract.record.title.ranking import Title, find_title
from workers.extract.record.title_shape import CRUMB, clean_title, comparable_title
from workers.runtime.lazy_regex import lazy_compile

_NOTED = 8
_MAX_HEAD_LENGTH = 14
_MAX_SPECKS, _MAX_SPECK_LENGTH = 3, 6
_MAX_GLUED_LENGTH, _NEAR = 100, 60
_MAX_ORDER_LENGTH = 40
_LABEL_BEHIND = lazy_compile(r"^([^：:。，]{4,60}?)\s[一-鿿]{2,8}[：:]\s?\S{1,60}$")
_SECTION_BEHIND = lazy_compile(r"^([^。，：:]{6,60}?)(?:[（(]一[)）]|(?<=[^一-十])一、)(?=[一-鿿])")
_FIRST = ("一、", "一）", "一)")
_SECOND = lazy_compile(r"^(?:[（(]二[)）]|二、)")
_NOW_PROMULGATED = lazy_compile(r"(?:现公布)?《([^》]{3,80})》(?:已经?由?|业经|经)")
_OUTER_MARKS = str.maketrans("〈〉", "《》")  # of a title quoted inside a title (GB/T 15834—2011, 4.15.3.5)
_REPEATED = 4
# 「本办法自2019年2月1日起施行」 is a sentence, no note after a title.
_WITHIN = ("自", "从", "于", "至", "到", "经", "由", "在", "将", "已", "定")
_CHAPTER_AT_END = lazy_compile(r"[过布行正订准）)](第一[编章]\s?[一-鿿\s]{2,12})$")


@dataclass(frozen=True, slots=True)
class Head:
    """An article cut at the end of its head.

    Attributes:
        title: The title line or lines, joined; None if the text has none.
        fact: The title with its evidence; None if neither text nor clues have one.
        lines: The lines of the head, title lines left out.
        body: What follows.
    """

    title: Line | None
    fact: Fact | None
    lines: tuple[Line, ...]
    body: tuple[Line, ...]


def split_head(lines: Sequence[Line], clues: Sequence[Clue]) -> Head:
    """Find the title and cut the article below its head."""
    lines = cut_notes(lines)
    title = find_title(lines, stated_titles(lines, clues))
    if title is None or title.reading.line is None or title.reading.start is None:
        end = _head_end(lines, 0)
        return Head(None, _fact(title) if title else None, tuple(lines[:end]), tuple(lines[end:]))
    line, start, stop = title.reading.line, title.reading.start, title.reading.stop
    end = _head_end(lines, _skip_repeats(lines, stop, line.text))
    rest = [other for other in lines[stop:end] if squeeze(other.text) not in squeeze(line.text)]
    fact = _promulgated_title(line.text, lines[stop:]) or _fact(title)
    return Head(line, fact, (*lines[:start], *rest), tuple(lines[end:]))


def _fact(title: Title) -> Fact:
    reading = title.reading
    return Fact("title", clean_title(reading.text), reading.text, reading.origin, title.confidence, title.reasons)


def _promulgated_title(title: str, below: Sequence[Line]) -> Fact | None:
    """Return the title of the law that an order promulgates: 「国务院令」, 「《专利代理条例》已经…通过，现予公布」."""
    if not title.endswith("令") or len(title) > _MAX_ORDER_LENGTH:
        return None
    for line in below[:_NOTED]:
        match = _NOW_PROMULGATED.match(line.text)
        if match:
            return Fact("title", match[1].translate(_OUTER_MARKS), match.group(), "body", 0.8)
    return None


def cut_notes(lines: Sequence[Line]) -> Sequence[Line]:
    """Cut text running on from a title: the notes of a law, 「…条例（2003年6月8日…公布）第一章」, or a label."""
    cut: list[Line] = []
    for line in lines[:_NOTED]:
        found = () if is_labelled(line) else find_dates(line.text[:300])
        dates = [start for _, start, _ in found if line.text[start - 1 : start] not in _WITHIN]
        start = next((start for start in dates if is_statute_note(line.text[start:])), 0)
        start -= line.text[start - 1 : start] in ("（", "(")
        noted = "第一" in line.text and (start > 0 or is_statute_note(line.text))
        chapter = _CHAPTER_AT_END.search(line.text, max(0, start)) if noted else None
        label = _label_behind(line.text) or _first_section(line, lines)
        inner = {start if start > 3 else 0, chapter.start(1) if chapter else 0, label.end(1) if label else 0}
        bounds = [0, *sorted(inner - {0}), len(line.text)]
        cut += [line] if len(bounds) == 2 else [line.part(*span) for span in pairwise(bounds)]
    return [*cut, *lines[_NOTED:]]


def _label_behind(text: str) -> re.Match[str] | None:
    return _LABEL_BEHIND.match(text) if "：" in text or ":" in text else None


def _first_section(line: Line, lines: Sequence[Line]) -> re.Match[str] | None:
    """Match a title the first section runs on from: 「…组说明（一）作品上传」, if 「（二）」 begins a line below."""
    if line.table or len(line.text) > _MAX_GLUED_LENGTH or not any(mark in line.text for mark in _FIRST):
        return None
    match = _SECTION_BEHIND.match(line.text)
    return match if match and any(_SECOND.match(below.text) for below in lines[1:_NEAR]) else None


def _skip_repeats(lines: Sequence[Line], stop: int, title: str) -> int:
    """Return the index after lines that only repeat the title, whole or broken over two or three lines."""
    wanted = squeeze(clean_title(title))
    joined, index = "", stop
    while index < min(len(lines), stop + _REPEATED) and not lines[index].table:
        joined += comparable_title(lines[index].text)
        index += 1
        if joined == wanted:
            joined, stop = "", index
        elif not wanted.startswith(joined):
            break
    return stop


def _head_end(lines: Sequence[Line], start: int) -> int:
    end, place = start, start
    while place < min(len(lines), start + _MAX_HEAD_LENGTH):
        if _belongs_to_head(lines[place]):
            end = place + 1
        elif place - end >= _MAX_SPECKS or not _is_speck(lines[place]):
            break
        place += 1
    return end


def _is_speck(line: Line) -> bool:
    """Return whether a line is no more than a mark or a character: a stain in a scan, or a torn word."""
    if line.table or len(line.text) > 2 * _MAX_SPECK_LENGTH:
        return False
    letters = squeeze(line.text)
    han = sum("一" <= character <= "鿿" for character in letters)
    return len(letters) <= _MAX_SPECK_LENGTH and han <= 1 and read_label(line.text) is None


def _belongs_to_head(line: Line) -> bool:
    text = line.text
    return not line.table and (
        bool(labelled_values(text))
        or read_document_number(text) is not None
        or is_statute_note(text)
        or read_whole_date(text) is not None
        or is_redhead_line(text)
        or (len(text) < 100 and bool(CRUMB.search(text)))
        or (len(text) < 40 and text.endswith("发布") and "。" not in text)
    )
