"""The title: the article's first title lines (joined where broken), held against the titles the page states.

Also finds where the head of the article ends: the labels, the document number and the notes of a law around the title.
A title that does not survive is derived elsewhere (``derived_title``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.blocks import Clue
from workers.extract.dates import find_dates, read_whole_date
from workers.extract.document_number import read_document_number
from workers.extract.facts import Fact
from workers.extract.labelled import TITLE_LABELS, is_labelled, labelled_values, title_values
from workers.extract.labels import read_label
from workers.extract.lines import Line, join_texts, squeezed
from workers.extract.statute import is_statute_note

SEARCHED = 14
LONGEST = 90
KINDS = """
    通知 意见 报告 总结 条例 办法 规定 细则 决定 决议 公告 通告 批复 复函 函 方案 计划 思路 规划 通报 制度
    要点 纲要 解释 答复
    公报 命令 令 议案 请示 纪要 规则 法 章程 汇报 指南 目录 清单 规范 标准 说明 概况
    情况 公示 声明 倡议书 规程 预案
"""
_KIND_END = re.compile(
    "(?:" + "|".join(sorted(KINDS.split(), key=len, reverse=True)) + r")(?:[（(][^（()）]{1,12}[)）])?$"
)
_GOES_ON = re.compile(r"^(?:及|和|与|的|暨|关于|并|以及)")
_FILE_NAME = re.compile(r"\s*\.(?:docx?|pdf|wps|txt|html?|xlsx?|ofd|rtf)(?:VIP)?$", re.IGNORECASE)
_ADDRESSEE = re.compile(r"[:：]$")
_CRUMB = re.compile(r"(?:^|\s)(?:您?当前的?位置|首页|您的位置|所在位置)\s*[:：>]?|[>＞»]\s*\S+\s*[>＞»]")
_NOTED = 8
_LONGEST_ORDER = 40
_NOW_PROMULGATED = re.compile(r"(?:现公布)?《([^》]{3,80})》(?:已经?由?|业经|经)")
_REPEATED = 4
_LONGEST_STATED = 300
_CHAPTER_AT_END = re.compile(r"[过布行正订准）)](第一[编章]\s?[一-鿿\s]{2,12})$")
_SITE = re.compile(r" ?[-_—–|｜]+ ?")
_SHORTEST_TITLE = 6
_LONGEST_SITE = 24


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
    span = _stated_span(lines, stated) or _own_span(lines, stated)
    if span is None:
        end = _head_end(lines, 0)
        return Head(None, _stated_fact(stated), tuple(lines[:end]), tuple(lines[end:]))
    start, stop = span
    title = _joined(lines[start:stop])
    end = _head_end(lines, _skip_repeats(lines, stop, title.text))
    rest = [line for line in lines[stop:end] if squeezed(line.text) not in squeezed(title.text)]
    fact = _promulgated(title.text, lines[stop:]) or Fact("title", clean_title(title.text), title.text, "body", 0.9)
    return Head(title, fact, (*lines[:start], *rest), tuple(lines[end:]))


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
        start = next((start for _, start, _ in find_dates(line.text[:300]) if is_statute_note(line.text[start:])), 0)
        start -= line.text[start - 1 : start] in ("（", "(")
        chapter = _CHAPTER_AT_END.search(line.text, max(0, start)) if start > 0 or is_statute_note(line.text) else None
        bounds = [0, *([start] if start > 3 else []), *([chapter.start(1)] if chapter else []), len(line.text)]
        cut += [line] if len(bounds) == 2 else [line.part(*span) for span in pairwise(bounds)]
    return [*cut, *lines[_NOTED:]]


def stated_titles(lines: Sequence[Line], clues: Sequence[Clue]) -> list[tuple[str, str]]:
    """Return the titles stated with a label, as (title, origin), the most telling first."""
    order = {name.lower(): place for place, name in enumerate(TITLE_LABELS)}
    found = [(order[clue.label.lower()], clue.value, clue.origin) for clue in clues if clue.label.lower() in order]
    for line in lines[:SEARCHED]:
        found += [(-1, value, "publish_line") for value in title_values(labelled_values(line.text))]
    return [
        (clean_title(value), origin) for _, value, origin in sorted(found, key=lambda item: item[0]) if value.strip()
    ]


def clean_title(text: str) -> str:
    """Return a title without the name of a file or the white space it came with."""
    text = _FILE_NAME.sub("", text.strip()[:_LONGEST_STATED])
    return " ".join(text.split())


def _comparable(text: str) -> str:
    return squeezed(_FILE_NAME.sub("", text) if len(text) <= _LONGEST_STATED else text[:_LONGEST_STATED])


def without_site(title: str) -> str:
    """Return a page's title without the names of column and site behind it (…条例_政策文件_某某县人民政府)."""
    while True:
        marks = list(_SITE.finditer(title))
        if not marks or marks[-1].start() < _SHORTEST_TITLE or len(title) - marks[-1].end() > _LONGEST_SITE:
            return title
        title = title[: marks[-1].start()]


def is_title_like(text: str) -> bool:
    """Tell whether a line could be a title: short, no sentence, no label, no number before it."""
    return (
        (4 if not ends_like_title(text) else 2) <= len(text) <= LONGEST
        and not text.endswith(("。", "；", ";", "，", ",", "、"))
        and "。" not in text
        and not _ADDRESSEE.search(text)
        and read_whole_date(text) is None
        and read_document_number(text) is None
        and not is_statute_note(text)
        and not labelled_values(text)
        and not _CRUMB.search(text)
        and _unnumbered(text)
        and any("一" <= character <= "鿿" for character in text)
    )


def ends_like_title(text: str) -> bool:
    """Tell whether a line ends with the name of a kind of document (…通知, …总结, …办法（试行）)."""
    return bool(_KIND_END.search(text.rstrip("》”」")))


def _unnumbered(text: str) -> bool:
    label = read_label(text)
    return label is None or label.form.name in ("annex", "part")


def _stated_span(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    """Return the lines that spell a stated title, whole or broken over up to four lines."""
    wanted = {squeezed(title) for title, _ in stated} | {squeezed(without_site(title)) for title, _ in stated}
    wanted.discard("")
    for start in range(min(SEARCHED, len(lines))):
        joined = ""
        for stop in range(start, min(start + 4, len(lines))):
            if lines[stop].table or is_labelled(lines[stop]):
                break
            joined += _comparable(lines[stop].text)
            if joined in wanted:
                return start, stop + 1
            if not any(title.startswith(joined) for title in wanted):
                break
    return None


def _own_span(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    """Return the lines of a title that is not the stated one, where they make the better title."""
    span = _title_span(lines)
    return None if span and stated and _prefers_stated(lines[span[0] : span[1]], stated) else span


def _prefers_stated(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a title stated with a label is better than lines that do not spell it."""
    text = "".join(line.text for line in lines)
    return squeezed(text) not in {squeezed(title) for title, _ in stated} and (
        not ends_like_title(text) or (stated[0][1] != "html_meta" and ends_like_title(stated[0][0]))
    )


def _title_span(lines: Sequence[Line]) -> tuple[int, int] | None:
    for start, line in enumerate(lines[:SEARCHED]):
        if line.table or _runs_on(line.text) or _begins_section(line.text):
            return None
        if is_title_like(line.text):
            return start, _title_stop(lines, start)
    return None


def _runs_on(text: str) -> bool:
    return "。" in text or len(text) > LONGEST or bool(_ADDRESSEE.search(text) and len(text) > 60)


def _begins_section(text: str) -> bool:
    return not _unnumbered(text)


def _title_stop(lines: Sequence[Line], start: int) -> int:
    """Return the end of a title broken over lines: it goes on while it has no kind, or the next line cannot begin."""
    stop, text = start + 1, lines[start].text
    while stop < min(len(lines), start + 4) and _continues(lines, stop, text):
        text += lines[stop].text
        stop += 1
    return stop


def _continues(lines: Sequence[Line], stop: int, text: str) -> bool:
    line = lines[stop]
    if not is_title_like(line.text) or line.table or squeezed(line.text) in squeezed(text):
        return False
    whole = text + line.text
    if len(whole) > LONGEST + 10:
        return False
    if _GOES_ON.match(line.text):
        return stop + 1 >= len(lines) or squeezed(whole) != squeezed(lines[stop - 1].text)
    return not ends_like_title(text) and ends_like_title(whole) and _alike(lines[stop - 1], line)


def _alike(one: Line, other: Line) -> bool:
    if one.style is None or other.style is None:
        return True
    return (one.style.align, one.style.size) == (other.style.align, other.style.size)


def _skip_repeats(lines: Sequence[Line], stop: int, title: str) -> int:
    """Return the index behind lines that only say the title again, whole or broken over two or three."""
    wanted = squeezed(clean_title(title))
    joined, index = "", stop
    while index < min(len(lines), stop + _REPEATED) and not lines[index].table:
        joined += _comparable(lines[index].text)
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
        or (len(text) < 100 and bool(_CRUMB.search(text)))
        or (len(text) < 40 and text.endswith("发布") and "。" not in text)
    )


def _joined(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    text, original = join_texts(lines, "")
    return Line(text=text, original=original, page=lines[0].page, style=lines[0].style)


def _stated_fact(stated: Sequence[tuple[str, str]]) -> Fact | None:
    if not stated:
        return None
    title, origin = stated[0]
    kept = without_site(title) if origin == "html_meta" else title
    return Fact("title", kept, title, origin, 0.8)
