"""Candidates for the title: each run of up to five title-like lines near the top, before the text begins.

Only finds them; ``evidence`` holds what speaks for each.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workers.extract.grammar.document_number import is_council_number
from workers.extract.grammar.lines import Line, join_texts, squeeze
from workers.extract.grammar.organs import is_office
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.title.masthead import is_below_masthead, is_issue_number
from workers.extract.record.title_shape import (
    MAX_TITLE_LENGTH,
    ends_like_title,
    is_contents_heading,
    is_title_like,
    is_unnumbered,
    is_url,
)
from workers.runtime.lazy_regex import lazy_compile

SEARCHED = 40
_MAX_LINES = 5
_MAX_JOINED_LENGTH = MAX_TITLE_LENGTH + 30
_LONG_LINE = 60
_NAME_ROWS = 3
_TITLE_LENGTH = 6
_SUBJECT = lazy_compile("关于|有关|《")
_LETTER = lazy_compile("(?:(?:[通便公信复]|邀请|咨询)?函|通知|通告|公告)$")
_FIRST_PART = "第一部分"
_PAGE_MARKS = frozenset("·•—-")
_PAGE_NUMBER = lazy_compile(r"(?:^|\s)([·•—-])\s?[0-9]{1,4}\s?\1$")
_COUNCIL_MARKS = ("讨论文件", "资料文件", "参考文件", "供委员参考", "立法会参考资料摘要")


class Candidate(NamedTuple):
    """A run of lines that may be the title.

    Attributes:
        start: Index of the first of them.
        stop: Index after the last.
        line: The lines, joined, without a leading 附件1.
        rank: How many lines that could be a title stand above.
    """

    start: int
    stop: int
    line: Line
    rank: int


def title_candidates(lines: Sequence[Line]) -> Iterator[Candidate]:
    """Yield the runs of lines that may be the title, in order of place."""
    lines = _without_page_numbers(lines)
    salutation = next((place for place, line in enumerate(lines[:SEARCHED]) if _is_salutation(line)), -1)
    titled = any(_is_title(line) for line in lines[: max(salutation, 0)])
    below = [] if titled else list(_candidates(lines, salutation + 1))
    yield from below or _candidates(lines, 0)


def _is_salutation(line: Line) -> bool:
    """Return whether a line opens a letter, below which its subject stands, as letters of Hong Kong have it."""
    return not line.table and line.text.rstrip("：:") == "敬启者"


def _is_title(line: Line) -> bool:
    """Return whether a line is a title by its form, and more than the name of a kind (通函)."""
    long_enough = not line.table and len(line.text) >= _TITLE_LENGTH
    return long_enough and ends_like_title(line.text) and not _names_letter(line.text)


def _names_letter(text: str) -> bool:
    """Return whether a text names a kind of letter, and beside it only from whom it is or to whom: 「某局通函」."""
    kind = None if _SUBJECT.search(text) else _LETTER.search(text)
    return kind is not None and (text.startswith("致") or is_office(text[: kind.start()]))


def _candidates(lines: Sequence[Line], top: int) -> Iterator[Candidate]:
    rank = 0
    before_council = False
    for start, line in enumerate(lines[top:SEARCHED], top):
        if _ends_search(line):
            return
        before_council = before_council or is_council_number(line.text)
        if before_council and _addresses_council(line):
            continue
        if line.table:
            yield from _named_table(lines, start, rank)
            return
        if _may_begin(line) and not is_below_masthead(lines, start):
            yield from _runs(lines, start, rank)
            rank += 1


def _ends_search(line: Line) -> bool:
    """Return whether the text begins with a line: a sentence, a numbered section, an address, a table of contents."""
    text = line.text
    if line.table:
        return False
    return (
        "。" in text
        or len(text) > MAX_TITLE_LENGTH + 10
        or not is_unnumbered(text)
        or (len(text) > _LONG_LINE and text.endswith((":", "：")))
        or is_contents_heading(text)
    )


def _may_begin(line: Line) -> bool:
    label = read_label(line.text)
    return (
        is_title_like(line.text, part=True)
        and not (label is not None and label.end == len(line.text))
        and not is_url(line.text)
        and not is_issue_number(line.text)
        and not line.text.startswith(_FIRST_PART)
        and not _running_head(line.text)
    )


def _without_page_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines, titles among the first of them without the number of their page: 「…的通知 — 1 —」."""
    heads = {place: head for place, line in enumerate(lines[:SEARCHED]) if (head := _running_head(line.text))}
    if not heads:
        return lines
    counts = Counter(_running_head(line.text) for line in lines)
    cut = list(lines)
    for place, head in heads.items():
        if ends_like_title(head) and counts[head] == 1:
            cut[place] = lines[place].part(0, len(head))
    return cut


def _running_head(text: str) -> str:
    """Return what stands before the number of a page between dots or dashes: 「甲县年鉴　·187·」; else nothing."""
    number = _PAGE_NUMBER.search(text) if text[-1:] in _PAGE_MARKS else None
    return text[: number.start()].rstrip() if number else ""


def _addresses_council(line: Line) -> bool:
    """Return whether a line says for which committee of Hong Kong's council a paper is, and what for (讨论文件)."""
    return not line.table and (line.text.endswith("委员会") or line.text in _COUNCIL_MARKS)


def _named_table(lines: Sequence[Line], place: int, rank: int) -> Iterator[Candidate]:
    """Yield the first row of a table that one merged cell fills and names it: 「2022年某市…岗位一览表」.

    「附件3」, the date and the unit may fill rows above it.
    """
    rows = lines[place].rows
    for row in rows[:_NAME_ROWS] if len(rows) > 2 and len(rows[0]) > 1 else ():
        cells = [cell for cell in row if cell.strip()]
        if len(cells) != 1:
            return
        if _may_begin(line := Line(" ".join(cells[0].split()), page=lines[place].page)):
            yield Candidate(place, place, line, rank)
            return


def _runs(lines: Sequence[Line], start: int, rank: int) -> Iterator[Candidate]:
    length = 0
    for stop in range(start + 1, min(start + _MAX_LINES, len(lines)) + 1):
        line = lines[stop - 1]
        length += len(line.text)
        if stop > start + 1 and (names_sheet(line) or not _goes_on(lines, start, stop - 1, length)):
            return
        yield Candidate(start, stop, _join(lines[start:stop]), rank)


def names_sheet(line: Line) -> bool:
    """Return whether a line is the name of a sheet."""
    return line.style is not None and line.style.name == "sheet"


def _goes_on(lines: Sequence[Line], start: int, place: int, length: int) -> bool:
    line = lines[place]
    if line.table or length > _MAX_JOINED_LENGTH or not is_title_like(line.text, part=True):
        return False
    if is_contents_heading(line.text) or is_issue_number(line.text) or line.text.startswith(_FIRST_PART):
        return False
    words = squeeze(line.text)
    return all(words not in squeeze(above.text) and squeeze(above.text) not in words for above in lines[start:place])


def _join(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        label = read_label(lines[0].text)
        return lines[0].part(label.end) if label and label.form.name == "annex" else lines[0]
    text, original = join_texts(lines, "")
    return Line(text=text, original=original, page=lines[0].page, style=lines[0].style)
