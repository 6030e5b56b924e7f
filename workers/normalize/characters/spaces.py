"""Spaces inside the text: those of layout go, those that separate stay as one.

A space is kept wherever it is the only boundary: between a run-in heading and its text
(「一、强化领导 为使政务公开…」), between names, after a label. It goes between letters that were spaced out, and in the
middle of a sentence.
"""

import re

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_RUN = lazy_compile(r" {2,}|\t[ \t]*")
_HAN = "\u3400-\u9fff"
_MARKS = "，。、；：！？）》〉”’】〕"
_OPENING = "（《〈“‘【〔"
# The space comes first in these, the look back after it: so a search goes from space to space.
_BESIDE_MARK = lazy_compile(rf" (?:(?<=[{_HAN}] )(?=[{_MARKS}])|(?<=[{_OPENING}，、] )(?=[{_HAN}]))")
_BETWEEN_SPACES = lazy_compile(rf" [{_HAN}] ")
_SPACED = lazy_compile(rf"(?<![^\s])[{_HAN}](?: [{_HAN}]){{2,}}(?![^\s：:，。])")
_WORDS = (
    "通 知",
    "公 告",
    "目 录",
    "附 件",
    "决 定",
    "意 见",
    "公 报",
    "批 复",
    "通 告",
    "总 则",
    "附 则",
    "前 言",
    "命 令",
)
_MIDDLE = lazy_compile(rf" (?<=[{_HAN}] )(?=[{_HAN}])")
_CLAUSE = lazy_compile(r"[。！？；：:;!?\n]")
_NUMBERED = lazy_compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（]?[一二三四五六七八九十\d]{1,3}[)）.．、]|第.{1,5}[编章节条款]|[①-⑳]"
)
_MIN_LENGTH = 4
_DIGIT = lazy_compile(rf" (?:(?<=[{_HAN}] )(?=\d)|(?<=\d )(?=[{_HAN}]))")
_DIGIT_BARE = lazy_compile(rf"(?<=[{_HAN}])(?=\d)|(?<=\d)(?=[{_HAN}])")
# 「1 范围」, 「4.1 总则」: the space ends the number of a section.
_SECTION_NUMBER = lazy_compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3} (?![年月日时])")
_HABIT = 0.7
_MIN_COUNT = 10


def tidy_spaces(draft: Draft) -> Draft:
    """Make every run of spaces one, and take out those that separate nothing.

    「会 议 纪 要」 is 会议纪要; 「這是萬古 不變的一條經驗」 in mid-sentence is where a printed line ended. Where a
    whole document sets its figures off, 「2023 年 5 月」, those spaces go too: people search 「2023年5月」.
    """
    draft = draft.edit(_runs).edit(_words, tables=False)
    return draft.edit(_figures) if _sets_figures_off(draft) else draft


def _runs(line: DraftLine) -> list[Cut]:
    if line.kind == "table":
        return [Cut(*found.span(), put=" ") for found in re.finditer(" {2,}", line.text)]
    if "  " not in line.text and "\t" not in line.text:
        return []
    return [Cut(*found.span(), put=" ") for found in _RUN.finditer(line.text)]


def _words(line: DraftLine) -> list[Cut]:
    if " " not in line.text:
        return []
    gaps = {found.start() for found in _BESIDE_MARK.finditer(line.text)}
    if _BETWEEN_SPACES.search(line.text):
        for found in _SPACED.finditer(line.text):
            gaps.update(range(found.start() + 1, found.end(), 2))
    if line.text in _WORDS:
        gaps.add(1)
    if _MIDDLE.search(line.text):
        gaps.update(_mid_sentence(line.text))
    return [Cut(at, at + 1, "space") for at in sorted(gaps)]


def _mid_sentence(text: str) -> list[int]:
    """Return the single spaces that stand between two stretches of one clause, both longer than a name."""
    gaps = []
    start = 0
    for clause in [*_CLAUSE.finditer(text), None]:
        end = clause.start() if clause else len(text)
        at = text.find(" ", start, end)
        if at >= 0 and text.find(" ", at + 1, end) < 0 and _inside(text, start, at, end):
            gaps.append(at)
        start = clause.end() if clause else end
    return gaps


def _inside(text: str, start: int, at: int, end: int) -> bool:
    """Return whether the space at ``at`` has a comma before and after it in its clause, and words on both sides."""
    comma = max(text.rfind(mark, start, at) for mark in "，,")
    if comma < 0 or not _MIDDLE.match(text, at):
        return False
    if _NUMBERED.match(text[start:at].lstrip()):
        return False
    following = min((found for mark in "，,。；" if (found := text.find(mark, at, end + 1)) >= 0), default=-1)
    return following >= 0 and at - comma > _MIN_LENGTH and following - at > _MIN_LENGTH


def _sets_figures_off(draft: Draft) -> bool:
    text = "\n".join([line.text for line in draft.lines])
    apart = len(_DIGIT.findall(text))
    return apart >= _MIN_COUNT and apart >= _HABIT * (apart + len(_DIGIT_BARE.findall(text)))


def _figures(line: DraftLine) -> list[Cut]:
    number = _SECTION_NUMBER.match(line.text)
    return [Cut(*found.span(), "space") for found in _DIGIT.finditer(line.text, number.end() if number else 0)]
