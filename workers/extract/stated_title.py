"""Titles a page states with a label (ArticleTitle, 名称, <title>), and the lines of the text that spell them."""

from collections.abc import Sequence

from schemas.blocks import Clue
from workers.extract.facts import Fact
from workers.extract.labelled import TITLE_LABELS, is_labelled, labelled_values, title_values
from workers.extract.lines import Line, squeezed
from workers.extract.title_shape import can_be_title, clean_title, comparable_title, ends_like_title, without_site

SEARCHED = 14
_SITE_LABELS = ("sitename", "og:site_name", "columnname", "columntype")


def stated_titles(lines: Sequence[Line], clues: Sequence[Clue]) -> list[tuple[str, str]]:
    """Return the titles stated with a label, as (title, origin), the most telling first."""
    order = {name.lower(): place for place, name in enumerate(TITLE_LABELS)}
    found = [(order[clue.label.lower()], clue.value, clue.origin) for clue in clues if clue.label.lower() in order]
    for line in lines[:SEARCHED]:
        found += [(-1, value, "publish_line") for value in title_values(labelled_values(line.text))]
    titles = [(clean_title(value), origin) for _, value, origin in sorted(found, key=lambda item: item[0])]
    site = {squeezed(clue.value) for clue in clues if clue.label.lower() in _SITE_LABELS}
    return [
        (title, origin) for title, origin in titles if can_be_title(without_site(title)) and squeezed(title) not in site
    ]


def stated_span(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    """Return the lines that spell a stated title, whole or broken over up to four lines."""
    wanted = {squeezed(title) for title, _ in stated} | {squeezed(without_site(title)) for title, _ in stated}
    wanted.discard("")
    if not wanted:
        return None
    for start in range(min(SEARCHED, len(lines))):
        joined = ""
        for stop in range(start, min(start + 4, len(lines))):
            if lines[stop].table or is_labelled(lines[stop]):
                break
            joined += comparable_title(lines[stop].text)
            if joined in wanted:
                return start, stop + 1
            if not any(title.startswith(joined) for title in wanted):
                break
    return None


def prefers_stated(lines: Sequence[Line], stated: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a title stated with a label is better than lines that do not spell it."""
    text = "".join(line.text for line in lines)
    return squeezed(text) not in {squeezed(title) for title, _ in stated} and (
        not ends_like_title(text) or (stated[0][1] != "html_meta" and ends_like_title(stated[0][0]))
    )


def stated_fact(stated: Sequence[tuple[str, str]]) -> Fact | None:
    """Return the most telling stated title as a fact, without the site's name; None where none is stated."""
    if not stated:
        return None
    title, origin = stated[0]
    kept = without_site(title) if origin == "html_meta" else title
    return Fact("title", kept, title, origin, 0.8)
