"""Line breaks inside sentences, from pages of a print that were run together and from text wrapped at a fixed width.

A break goes where the text cannot end there: inside a bracket or title mark, after a comma, before a full stop. It also
goes where a paragraph of prose stops without any end mark and plain prose follows, and where all lines are as long as
the page is wide. Headings, numbered lines, signatures and lines the source indents stay apart. So does a title set in
two lines, 「…2010年政务公开工作总结」 「及2011年工作思路」: the extract stage reads it with the title's own evidence.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from workers.normalize.draft.sheet import Draft, DraftLine, join_lines
from workers.normalize.line_breaks.wrapping import columns, wrap_width
from workers.runtime.lazy_regex import lazy_compile

_OPEN_END = lazy_compile("[、，,（(《〈“‘〔\\[]$")
_CLOSED_START = lazy_compile("[，。、；：！？）》〉”’〕】,;]")
_PROSE = lazy_compile("[，,。；;：:]")
_SENTENCE = lazy_compile("[。；;]")
_MID_WORD = lazy_compile("[\u3400-\u9fffA-Za-z0-9%％]$")
_ENDS = lazy_compile("[。！？!?；;：:…”’」』）)】》]$")
_NEW = lazy_compile(
    r"[一二三四五六七八九十]{1,3}(?:[、.．是要]|[，,])|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|第[一二三四五六七八九十百零〇\d]{1,5}[编章节条款项篇部页]"
    r"|\d{1,3}(?:[.．、)）:：]|[\u4e00-\u9fff ])|[①-⑳●○◆■□★▲•·※►]|[(（]|【|\[|《|“|[—\-*#+>]"
    r"|附[件表:：]|备?注[:：]|[A-Za-z]"
    r"|为|根据|按照|依据|今年|近年|去年|截至|同时|此外|另外|其次|首先|最后|下一步|目前|现将|特此|对于|关于|总之|以上"
    r"|抄送|主送|来源|联系|地址|电话|二[〇○Oo0零]|本|我[局市县区镇省院校]|各|全"
)
_SIGNED = lazy_compile(
    r"(?:[\u4e00-\u9fff]{2,}(?:局|委|委员会|办公室|政府|厅|部|院|中心|公司|联合会|街道|处|会|科|站|所|校|学)|日)$"
)
_SIGNATURE = 30  # characters of the longest signature
_ENOUGH = 30  # characters of a paragraph that is prose
_LOOSE = frozenset(("txt", "html", "pdf", "ofd", "scan"))  # formats whose paragraphs may be a printer's lines
_OFTEN, _MOSTLY = 3, 0.6
_MIN_LENGTH = 15
_CONTINUES = lazy_compile("的|和(?![谐平田县])")
_LONG = 60  # characters that no heading has
_MAX_HEADING_LENGTH = 60
_RUN_IN = 10
_MIN_REST_LENGTH = 6
_RAGGED = 3  # columns a full line may lack because a punctuation mark must not begin the next
_BRACKET_OR_STOP = lazy_compile("[（(）)《》〈〉〔〕。]")
_PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "〔": "〕"}


@dataclass(frozen=True)
class _Habits:
    """How the whole document breaks lines: its format, its wrap width, whether it indents."""

    lines: Sequence[DraftLine]
    loose: bool
    width: int | None

    @cached_property
    def indents(self) -> bool:
        return sum(line.indented for line in self.lines) >= 2

    @cached_property
    def pairs(self) -> Counter[str]:
        """Count each character, and each two that follow each other."""
        counts: Counter[str] = Counter()
        for line in self.lines:
            counts.update(line.text)
            counts.update(map("".join, pairwise(line.text)))
        return counts

    def is_one_word(self, before: str, after: str) -> bool:
        """Return whether the two characters belong together wherever the first stands: 工 and 作."""
        times = self.pairs[before + after]
        return times >= _OFTEN and times >= _MOSTLY * self.pairs[before]


def join_broken_lines(draft: Draft) -> Draft:
    """Join lines that one sentence runs through.

    「…在推行政務公開工作中,我們結合部門」 and 「工作實際,從職能範圍…公佈。」; 「先後制定出臺了…、《南寧市公」 and
    「局政務信息公開管理暫行辦法》,規範和明確了…」. Formats that know their paragraphs are joined only where the break
    is impossible.
    """
    lines = [line for line in draft.lines if line.text]
    habits = _Habits(
        lines, draft.format in _LOOSE, wrap_width([line.text for line in lines]) if draft.format == "txt" else None
    )
    groups: list[list[DraftLine]] = []
    for line in lines:
        if groups and _joins(groups[-1][-1], line, habits):
            groups[-1].append(line)
        else:
            groups.append([line])
    return replace(draft, lines=tuple(map(join_lines, groups)))


def _joins(before: DraftLine, after: DraftLine, habits: _Habits) -> bool:
    if not _may_join(before, after):
        return False
    if _impossible(before.text, after.text):
        return True
    if habits.width is not None:
        full = columns(before.text) >= habits.width - _RAGGED
        return full and not _NEW_NUMBER.match(after.text) and (habits.indents or not _ends_in(_ENDS, before.text))
    return habits.loose and _runs_on(before.text, after.text, habits)


def _ends_in(pattern: re.Pattern[str], text: str) -> bool:
    """Return whether a pattern of one character and ``$`` is found, without a look at the whole text."""
    return bool(pattern.search(text, len(text) - 2))


def _may_join(before: DraftLine, after: DraftLine) -> bool:
    if before.kind == "table" or after.kind == "table" or before.role != after.role:
        return False
    headings = [line for line in (before, after) if line.style and line.style.heading_level]
    return not (headings or after.number or after.indented)


def _impossible(before: str, after: str) -> bool:
    """Return whether no reader would end a paragraph between the two."""
    closes = _CLOSED_START.match(after) and not (after[0] in "”’" and _ends_in(_ENDS, before))
    if closes or _is_open(before[-200:], after[:200]):
        return True
    return _ends_in(_OPEN_END, before) and not _NEW_NUMBER.match(after) and len(before) >= _ENOUGH


def _is_open(before: str, after: str) -> bool:
    """Return whether a bracket or title mark opens before the break and closes after it."""
    first = _BRACKET_OR_STOP.search(after)
    if not first or first[0] not in _PAIRS.values():
        return False
    opened: list[str] = []
    for character in before:
        if character in _PAIRS:
            opened.append(_PAIRS[character])
        elif opened and character == opened[-1]:
            opened.pop()
    return bool(opened) and opened[-1] == first[0]


def _runs_on(before: str, after: str, habits: _Habits) -> bool:
    """Return whether prose stops without an end and prose goes on."""
    if not (_ends_in(_MID_WORD, before) and _ends_in(_ENDS, after) and _PROSE.search(before) and _PROSE.search(after)):
        return False
    if _NEW_NUMBER.match(after) or len(before) < _MIN_LENGTH or len(after) < _MIN_REST_LENGTH:
        return False
    if _CONTINUES.match(after):
        return True
    if _is_prose(before) and not _NEW.match(after) and not (len(after) <= _SIGNATURE and _SIGNED.search(after)):
        return True
    return habits.is_one_word(before[-1], after[0])  # last, since it has every pair of characters counted


def _is_prose(text: str) -> bool:
    """Return whether a line holds whole sentences; a numbered line only after its heading, 「二、精心组织 在推行…」."""
    if _NEW_NUMBER.match(text) and "。" not in text:
        text = text.rpartition(" ")[2] if " " in text[:_MAX_HEADING_LENGTH] else ""
        return len(text) >= _RUN_IN and bool(_PROSE.search(text))
    return len(text) >= _ENOUGH and bool(_SENTENCE.search(text) or (len(text) >= _LONG and _PROSE.search(text)))


_NEW_NUMBER = lazy_compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百零〇\d]{1,5}[编章节条]|\d{1,2}[.．、]|[①-⑳]"
)
