"""Titles a page states beside its text or with a label: ArticleTitle, 名称, <title>, a file's properties."""

from collections.abc import Sequence

from schemas.blocks import Clue
from workers.extract.grammar.lines import Line, squeeze
from workers.extract.record.labelled import TITLE_LABELS, labelled_values, title_values
from workers.extract.record.title_shape import can_be_title, clean_title, without_site
from workers.runtime.lazy_regex import lazy_compile

SEARCHED = 20
_SUBJECT = lazy_compile(r"^[|｜装订线\s]*主\s?旨\s?[:：]\s?(.{6,200}?)[。.]?$")
_SITE_LABELS = ("sitename", "og:site_name", "columnname", "columntype")


def stated_titles(lines: Sequence[Line], clues: Sequence[Clue]) -> list[tuple[str, str]]:
    """Return the titles stated with a label, as (title, origin), the most telling first."""
    order = {name.lower(): place for place, name in enumerate(TITLE_LABELS)}
    found: list[tuple[int, str, str]] = [
        (order[clue.label.lower()], clue.value, clue.origin) for clue in clues if clue.label.lower() in order
    ]
    for line in lines[:SEARCHED]:
        subject = _SUBJECT.match(line.text)
        found += [(-2, subject[1], "subject_line")] if subject else []
        found += [(-1, value, "publish_line") for value in title_values(labelled_values(line.text))]
    titles = [(clean_title(value), origin) for _, value, origin in sorted(found, key=lambda item: item[0])]
    site = {squeeze(clue.value) for clue in clues if clue.label.lower() in _SITE_LABELS}
    return [
        (title, origin) for title, origin in titles if can_be_title(without_site(title)) and squeeze(title) not in site
    ]
