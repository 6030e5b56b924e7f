"""Cuts a page into its articles: 「第一篇：…」 to 「第五篇：…」, or reports that just follow one another.

An attached text (the 办法 after the 通知 that issues it) stays with its article: it is not a report of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workers.extract.grammar.dates import read_whole_date
from workers.extract.grammar.lines import Line, squeeze
from workers.extract.grammar.numerals import HAN_NUMBER, read_number
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.signature import find_signature
from workers.extract.record.title_shape import ends_like_title, is_title_like
from workers.runtime.lazy_regex import lazy_compile

_ESSAY = lazy_compile(rf"^第({HAN_NUMBER}{{1,3}}|[0-9]{{1,2}})篇\s{{0,3}}[：:]\s{{0,3}}(?=\S)")
_MAX_TITLE_LENGTH = 80
_ISSUES = lazy_compile("印发|转发|发布|批转|公布|下发|颁布|报送|附件")
_BEFORE_TITLE = 3
_MIN_LINES = 3


@dataclass(frozen=True, slots=True)
class ArticleSpan:
    """The lines of one article.

    Attributes:
        lines: All its lines, in order.
        title: The title the page gives it (第二篇：…), which is not repeated in ``lines``; None if it gives none.
        lead: Lines of the page before the first article; the date and source they state hold for all.
    """

    lines: tuple[Line, ...]
    title: Line | None = None
    lead: tuple[Line, ...] = ()


def split_articles(lines: Sequence[Line]) -> list[ArticleSpan]:
    """Return the articles of a page, in order; at least one."""
    essays = _essays(lines)
    if essays:
        return _at_essays(lines, essays)
    starts = _following_reports(lines)
    bounds = [0, *starts, len(lines)]
    return [ArticleSpan(tuple(lines[start:end])) for start, end in pairwise(bounds) if start < end]


def _essays(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return (line, offset of the title) of each 「第N篇：」, if at least two continue from the first."""
    found: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if not line.text.startswith("第") or line.table or len(line.text) > _MAX_TITLE_LENGTH:
            continue
        match = _ESSAY.match(line.text)
        if match and read_number(match[1]) == len(found) + 1:
            found.append((index, match.end()))
    return found if len(found) >= 2 else []


def _at_essays(lines: Sequence[Line], essays: Sequence[tuple[int, int]]) -> list[ArticleSpan]:
    ends = [index for index, _ in essays[1:]] + [len(lines)]
    return [
        ArticleSpan(
            tuple(lines[index + 1 : end]),
            title=lines[index].part(offset),
            lead=tuple(lines[: essays[0][0]]),
        )
        for (index, offset), end in zip(essays, ends, strict=True)
    ]


def _following_reports(lines: Sequence[Line]) -> list[int]:
    """Return where further reports begin: a title line below a signature whose text does not issue or attach it."""
    starts: list[int] = []
    begin = 0
    while True:
        signature = find_signature(lines, begin)
        if signature is None:
            return starts
        start = _title_below(lines, signature + 1)
        if start is None or _issues(lines[begin : signature + 1], lines[start].text):
            return starts
        starts.append(start)
        begin = start


def _title_below(lines: Sequence[Line], start: int) -> int | None:
    for index in range(start, min(start + _BEFORE_TITLE, len(lines) - _MIN_LINES)):
        text = lines[index].text
        label = read_label(text)
        if lines[index].table or (label is not None and label.form.name == "annex"):
            return None
        if is_title_like(text) and ends_like_title(text) and len(text) >= 8:
            return index
        if read_whole_date(text) is None and len(text) > 30:
            return None
    return None


def _issues(lines: Sequence[Line], title: str) -> bool:
    """Return whether the text above the signature issues, forwards or attaches what follows."""
    core = squeeze(title)
    head = "".join(line.text for line in lines[:3])
    return bool(_ISSUES.search(head)) or any(core in squeeze(line.text) or "附件" in line.text[:4] for line in lines)
