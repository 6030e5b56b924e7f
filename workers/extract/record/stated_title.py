"""Titles that a page states outside its text or with a label: ArticleTitle, 名称, <title>, a file's properties."""

import re
from collections.abc import Sequence

from schemas.blocks import Clue
from workers.extract.grammar.lines import Line, squeeze
from workers.extract.grammar.organs import is_organ
from workers.extract.record.labelled import TITLE_LABELS, labelled_values, title_values
from workers.extract.record.title_shape import can_be_title, clean_title, is_unnumbered, without_site
from workers.runtime.lazy_regex import lazy_compile

SEARCHED = 20
_SUBJECT = lazy_compile(r"^[|｜装订线\s]*主\s?旨\s?[:：]\s?(.{6,200}?)[。.]?$")
_CASE = lazy_compile(r"^(?:案\s?由|提案题目|议案题目|建议题目)\s?[:：]\s?(关于.{4,80}?(?:提案|议案|建议))$")
_PART = lazy_compile(r"[\u4e00-\u9fff]{2,4}\s?[:：]")
_FULL_LINE, _SUBJECT_LINES = 20, 5
_SITE_LABELS = ("sitename", "og:site_name", "columnname", "columntype")


def stated_titles(lines: Sequence[Line], clues: Sequence[Clue]) -> list[tuple[str, str]]:
    """Return the titles stated with a label, as (title, origin), the most telling first."""
    order = {name.lower(): place for place, name in enumerate(TITLE_LABELS)}
    found: list[tuple[int, str, str]] = [
        (order[clue.label.lower()], clue.value, clue.origin) for clue in clues if clue.label.lower() in order
    ]
    above_sections = True
    for index, line in enumerate(lines[:SEARCHED]):
        above_sections = above_sections and is_unnumbered(line.text)
        subject = _subject(lines, index)
        found += [(-2, subject[1], "subject_line")] if subject else []
        case = _CASE.match(line.text) if "关于" in line.text[:12] else None
        found += [(-2, case[1], "subject_line")] if case else []
        if above_sections:  # 「名称：」 inside a section names a thing
            found += [(-1, value, "publish_line") for value in title_values(labelled_values(line.text))]
    titles = [(clean_title(value), rank, origin) for rank, value, origin in sorted(found, key=lambda item: item[0])]
    names = _page_names(clues)
    return [
        (title, origin)
        for title, rank, origin in titles
        if can_be_title(without_site(title), sure=rank < order["title"]) and squeeze(title) not in names
    ]


def _page_names(clues: Sequence[Clue]) -> set[str]:
    """Return the names of the page's site, its column and the organ it is from, squeezed."""
    return {
        squeeze(clue.value)
        for clue in clues
        if clue.label.lower() in _SITE_LABELS or (clue.label.lower() == "contentsource" and is_organ(clue.value))
    }


def _subject(lines: Sequence[Line], start: int) -> re.Match[str] | None:
    """Match the 主旨 of a letter, which ends with its full stop, if need be some lines further down."""
    match = _SUBJECT.match(lines[start].text) if "旨" in lines[start].text else None
    if match is None or len(lines[start].text) < _FULL_LINE:
        return match
    text = lines[start].text
    for line in lines[start + 1 : start + _SUBJECT_LINES]:
        if text.endswith(("。", ".")) or line.table or _PART.match(line.text):
            break
        text += line.text
    return _SUBJECT.match(text) or match
