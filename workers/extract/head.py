"""The head of an article: title, labels, document number and the notes of a law; and where the text below begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.blocks import Clue
from workers.extract.dates import find_dates, read_whole_date
from workers.extract.document_number import read_document_number
from workers.extract.facts import Fact
from workers.extract.labelled import labelled_values
from workers.extract.lines import Line, join_texts, squeezed
from workers.extract.redhead import is_redhead_line
from workers.extract.stated_title import SEARCHED, prefers_stated, stated_fact, stated_span, stated_titles
from workers.extract.statute import is_statute_note
from workers.extract.title import find_title
from workers.extract.title_shape import CRUMB, clean_title, comparable_title
from workers.late import late

_NOTED = 8
_LONGEST_ORDER = 40
_NOW_PROMULGATED = late(r"(?:现公布)?《([^》]{3,80})》(?:已经?由?|业经|经)")
_REPEATED = 4
# 「本办法自2019年2月1日起施行」 is a sentence, no note behind a title.
_WITHIN = ("自", "从", "于", "至", "到")
_CHAPTER_AT_END = late(r"[过布行正订准）)](第一[编章]\s?[一-鿿\s]{2,12})$")


@dataclass(frozen=True, slots=True)
class Head:
    """An article cut at the end of its head.

    Attributes:
        title: The title line or lines, joined; None where the text has none.
        fact: The title with its evidence; None where neither text nor clues have one.
        lines: The lines of the head, title lines left out.
        body: What follows.
    """

    title: Line | None
    fact: Fact | None
    lines: tuple[Line, ...]
    body: tuple[Line, ...]


def split_head(lines: Sequence[Line], clues: Sequence[Clue]) -> Head:
    """Find the title and cut the article below its head."""
    lines = _cut_notes(lines)
    stated = stated_titles(lines, clues)
    span = stated_span(lines, stated) or _own_span(lines, stated)
    if span is None:
        end = _head_end(lines, 0)
        return Head(None, stated_fact(stated), tuple(lines[:end]), tuple(lines[end:]))
    start, stop = span
    title = _joined(lines[start:stop])
    end = _head_end(lines, _skip_repeats(lines, stop, title.text))
    rest = [line for line in lines[stop:end] if squeezed(line.text) not in squeezed(title.text)]
    fact = _promulgated(title.text, lines[stop:]) or Fact("title", clean_title(title.text), title.text, "body", 0.9)
    return Head(title, fact, (*lines[:start], *rest), tuple(lines[end:]))


def _own_span(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    """Return the lines of a title that is not the stated one, where they make the better title."""
    span = find_title(lines)
    return None if span and stated and prefers_stated(lines[span[0] : span[1]], stated) else span


def _promulgated(title: str, below: Sequence[Line]) -> Fact | None:
    """Return the title of the law that an order promulgates: 「国务院令」, 「《专利代理条例》已经…通过，现予公布」."""
    if not title.endswith("令") or len(title) > _LONGEST_ORDER:
        return None
    for line in below[:_NOTED]:
        match = _NOW_PROMULGATED.match(line.text)
        if match:
            return Fact("title", match[1], match.group(), "body", 0.8)
    return None


def _cut_notes(lines: Sequence[Line]) -> Sequence[Line]:
    """Cut the notes of a law off a title they run on from: 「…条例（2003年6月8日…公布）第一章 总则」."""
    cut: list[Line] = []
    for line in lines[:_NOTED]:
        dates = [start for _, start, _ in find_dates(line.text[:300]) if line.text[start - 1 : start] not in _WITHIN]
        start = next((start for start in dates if is_statute_note(line.text[start:])), 0)
        start -= line.text[start - 1 : start] in ("（", "(")
        chapter = _CHAPTER_AT_END.search(line.text, max(0, start)) if start > 0 or is_statute_note(line.text) else None
        bounds = [0, *([start] if start > 3 else []), *([chapter.start(1)] if chapter else []), len(line.text)]
        cut += [line] if len(bounds) == 2 else [line.part(*span) for span in pairwise(bounds)]
    return [*cut, *lines[_NOTED:]]


def _skip_repeats(lines: Sequence[Line], stop: int, title: str) -> int:
    """Return the index behind lines that only say the title again, whole or broken over two or three."""
    wanted = squeezed(clean_title(title))
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
    end = start
    while end < min(len(lines), start + SEARCHED) and _belongs_to_head(lines[end]):
        end += 1
    return end


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


def _joined(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    text, original = join_texts(lines, "")
    return Line(text=text, original=original, page=lines[0].page, style=lines[0].style)
