"""Evidence for and against a run of lines being the title: size, weight, place, words, neighbours.

Each piece is a number from 0 to 1; their weights are learnt (``weights``).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from workers.extract.grammar.dates import find_dates, read_whole_date
from workers.extract.grammar.document_number import read_document_number
from workers.extract.grammar.lines import Line, squeeze
from workers.extract.grammar.organs import is_office, is_organ, leading_organ
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.labelled import is_labelled
from workers.extract.record.letterhead import is_redhead_line
from workers.extract.record.statute import is_statute_note
from workers.extract.record.title.candidates import SEARCHED, Candidate, names_sheet
from workers.extract.record.title.inner_lines import GOES_ON, UNFINISHED, bracketed_line, organ_inside
from workers.extract.record.title.masthead import is_issue_line, is_issue_number, is_masthead
from workers.extract.record.title_shape import (
    comparable_title,
    ends_like_title,
    is_contents_heading,
    is_title_like,
    page_names,
    site_names,
    title_parts,
    without_site,
)
from workers.runtime.lazy_regex import lazy_compile

_TEXT = 40
_AGAIN = 100
_BARE, _FEW_HAN, _FULL, _MANY = 4, 6, 8, 45
_ABOUT = lazy_compile("关于|印发|转发|《")
_YEAR = lazy_compile("(?:19|20)[0-9]{2}年|[0-9]{3}学年")
_MEETING = lazy_compile("[（(].{2,30}[)）]$")


@dataclass(frozen=True, slots=True)
class Page:
    """The features of a document that the evidence of all runs is read from.

    Attributes:
        lines: Of the article.
        body_size: Size of most of its text, in points; None if the format does not state it.
        largest: The largest size among the lines where a title may stand.
        stated: Titles the page states beside its text, squeezed, by origin; that of a web page also without its site.
        begins: What an ampler title of the web page begins with, too short to be sure that the rest is a site's name.
        sites: What may be names of column and site in the web page's title, squeezed.
        short: Texts of lines that may say a title again.
    """

    lines: Sequence[Line]
    body_size: float | None
    largest: float | None
    stated: dict[str, frozenset[str]]
    begins: frozenset[str]
    sites: frozenset[str]
    short: tuple[str, ...]


def read_page(lines: Sequence[Line], stated: Sequence[tuple[str, str]], *, top: int) -> Page:
    """Return the features for judging runs among the first ``top`` lines; ``stated`` holds (title, origin)."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.style and line.style.size and len(line.text) >= _TEXT:
            sizes[line.style.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else None
    upper = [line.style.size for line in lines[: min(top, SEARCHED)] if line.style and line.style.size]
    by_origin = {origin: frozenset(_spellings(stated, origin)) for _, origin in stated}
    pages = [title for title, origin in stated if origin == "html_meta"]
    named = by_origin.get("html_meta", frozenset())
    begins = frozenset(squeeze(name) for title in pages for name in page_names(title)) - named
    sites = frozenset(squeeze(name) for title in pages for name in site_names(title)) - named
    short = tuple(line.text for line in lines[:_AGAIN] if _may_repeat(line))
    return Page(lines, body, max(upper, default=None), by_origin, begins, sites, short)


def _may_repeat(line: Line) -> bool:
    """Return whether a line may say a title again: it is short and no sentence."""
    return len(line.text) <= _TEXT and not line.table and line.text[-1] not in "。；;，,"


def _spellings(stated: Sequence[tuple[str, str]], origin: str) -> Iterator[str]:
    """Yield the titles of one origin, squeezed; those of a web page as they are and without column and site."""
    for title, where in stated:
        if where == origin:
            yield squeeze(title)
        if where == origin == "html_meta":
            own = without_site(title)
            yield from (squeeze(name) for name in page_names(title) if len(name) >= len(own))


def title_evidence(run: Candidate, page: Page) -> dict[str, float]:
    """Return the evidence for or against a run, by name, without zeros."""
    found = chain(_look(run, page), _words(run), _place(run, page), _agreement(run, page))
    return {name: float(value) for name, value in found if value}


def _look(run: Candidate, page: Page) -> Iterator[tuple[str, float]]:
    style = run.line.style
    own = page.lines[run.start : run.stop]
    yield "sizes_differ", len({line.style.size if line.style else None for line in own}) > 1
    yield "weights_differ", len({bool(line.style and line.style.bold) for line in own}) > 1
    yield "alignments_differ", len({line.style.align if line.style else None for line in own} - {None}) > 1
    if style is None:
        return
    if style.size and page.body_size:
        yield "size_above_text", min(1.0, max(0.0, (style.size - page.body_size) / page.body_size))
        yield "size_below_text", style.size < page.body_size
    yield "size_largest", bool(style.size and page.largest and style.size >= page.largest)
    yield "bold", bool(style.bold)
    yield "centred", style.align == "center"
    yield "right_aligned", style.align == "right"
    yield "sheet_name", style.name == "sheet"
    yield "heading_style", style.heading_level is not None and style.name != "sheet"


def _words(run: Candidate) -> Iterator[tuple[str, float]]:
    text = run.line.text
    han = sum("一" <= character <= "鿿" for character in text)
    yield "kind", ends_like_title(text)
    yield "about", bool(_ABOUT.search(text))
    yield "year", bool(_YEAR.search(text))
    yield "short", max(0.0, (_FEW_HAN - han) / _FEW_HAN)
    yield "long", min(1.0, max(0.0, (len(text) - _MANY) / _MANY))
    yield "few_han", 1 - han / max(1, len(squeeze(text)))
    yield "organ_alone", is_office(text)
    yield "organ_first", leading_organ(text) is not None
    yield "colon_inside", "：" in text or ":" in text
    yield "question", text.endswith(("？", "?", "！", "!"))
    yield "unfinished", bool(UNFINISHED.search(text))
    yield "bracketed", text[0] in "（([【"
    yield "ends_bracketed", bool(_MEETING.search(text))
    yield "several_words", min(1.0, text.count(" ") / 4)
    yield from _dates(text)


def _dates(text: str) -> Iterator[tuple[str, float]]:
    dates = [date for date in find_dates(text) if len(date[0]) == len("2026-11-29")]
    yield "begins_dated", bool(dates) and dates[0][1] <= 1
    yield "ends_dated", bool(dates) and dates[-1][2] >= len(text) - 1


def _place(run: Candidate, page: Page) -> Iterator[tuple[str, float]]:
    lines = page.lines
    above = lines[run.start - 1] if run.start else None
    below = lines[run.stop] if run.stop < len(lines) else None
    yield "first", run.rank == 0
    yield "second", run.rank == 1
    yield "later", min(1.0, run.rank / 8)
    yield "far_down", min(1.0, run.start / 20)
    yield "in_table", run.start == run.stop
    yield "line_two", run.stop - run.start == 2
    yield "line_more", max(0, run.stop - run.start - 2) / 2
    yield "page_later", (run.line.page or 1) > 1 or _below_second_sheet(lines, run.start)
    first = lines[min(run.start, len(lines) - 1)]
    below_site = above is not None and _names_site(above, page)
    yield "cuts_above", above is not None and not below_site and _same_block(above, first)
    yield "cuts_below", below is not None and run.stop > run.start and _same_block(lines[run.stop - 1], below)
    yield "goes_on_below", below is not None and bool(GOES_ON.match(below.text)) and len(below.text) <= _TEXT
    yield "kind_inside", any(ends_like_title(line.text) for line in lines[run.start : max(run.start, run.stop - 1)])
    yield "organ_inside", organ_inside(lines[run.start : run.stop])
    yield "short_last", run.stop > run.start + 1 and _is_bare(lines[run.stop - 1])
    yield "bracketed_line", bracketed_line(lines[run.start : run.stop])
    yield "leaves_bare", run.stop > run.start and below is not None and _leaves_bare(lines[run.stop - 1], below)
    yield "fuller_above", above is not None and _is_fuller(above, run.line)
    bare = len(squeeze(run.line.text)) <= _BARE and not below_site
    yield "bare_below_organ", bare and above is not None and is_organ(above.text)
    yield "begins_unlike", _begins_unlike(run, above)
    yield "fuller_below", below is not None and _ends_with(below, run.line)
    yield "masthead", is_masthead(run.line.text, lines[run.stop : run.stop + 6])
    yield "below_number", any(read_document_number(line.text) for line in lines[max(0, run.start - 2) : run.start])
    yield "below_letterhead", above is not None and _is_letterhead(above)
    yield "below_annex", above is not None and _bare_annex(above)
    yield from _below(below)


def _below_second_sheet(lines: Sequence[Line], start: int) -> bool:
    return names_sheet(lines[0]) and any(names_sheet(line) for line in lines[1 : start + 1])


def _begins_unlike(run: Candidate, above: Line | None) -> bool:
    """Return whether a run begins as the rest of a title does; 「关于…」 does not if no title can stand above."""
    if not GOES_ON.match(run.line.text):
        return False
    if not run.line.text.startswith("关于"):
        return True
    marked = above is not None and (is_issue_number(above.text) or is_issue_line(above))
    return above is not None and is_title_like(above.text, part=True) and not marked


def _is_bare(line: Line) -> bool:
    return len(squeeze(line.text)) <= _BARE and not ends_like_title(line.text)


def _leaves_bare(last: Line, below: Line) -> bool:
    """Return whether a centred run of lines leaves out a last one of a word or two (「招标文件」)."""
    centred = all(line.style is not None and line.style.align == "center" for line in (last, below))
    return (
        centred
        and not below.table
        and len(squeeze(below.text)) <= _FEW_HAN
        and below.text[0] not in "（("
        and is_title_like(below.text, part=True)
        and not is_contents_heading(below.text)
        and not is_organ(below.text)
    )


def _is_fuller(above: Line, line: Line) -> bool:
    """Return whether the line above gives the subject of a bare kind of paper: a project's name above 「招标文件」."""
    return (
        not above.table
        and len(squeeze(line.text)) <= _FEW_HAN
        and sum("一" <= character <= "鿿" for character in above.text) >= _FULL
        and is_title_like(above.text)
        and not is_organ(above.text)
    )


def _ends_with(below: Line, line: Line) -> bool:
    """Return whether the line below says the same more fully: 「中标结果公告」 above 「…工程中标结果公告」."""
    words, fuller = squeeze(line.text), squeeze(below.text) if len(below.text) <= _AGAIN and not below.table else ""
    return len(fuller) > len(words) and fuller.endswith(words) and is_title_like(below.text)


def _below(line: Line | None) -> Iterator[tuple[str, float]]:
    if line is None:
        return
    text = line.text
    yield "table_below", line.table
    yield "text_below", not line.table and ("。" in text or len(text) > _TEXT)
    yield "addressee_below", not line.table and text.endswith(("：", ":"))
    yield "record_below", not line.table and _is_record(line)
    yield "section_below", not line.table and read_label(text) is not None
    yield "organ_below", not line.table and is_organ(text)


def _agreement(run: Candidate, page: Page) -> Iterator[tuple[str, float]]:
    words = comparable_title(run.line.text)
    for origin, titles in page.stated.items():
        yield f"stated_{origin}", words in titles
        yield f"part_of_{origin}", words not in titles and len(words) >= _FEW_HAN and any(words in t for t in titles)
        yield f"holds_{origin}", words not in titles and any(len(t) >= _FEW_HAN and t in words for t in titles)
    yield "begins_html_meta", words in page.begins
    yield "site_html_meta", any(_names_site(line, page) for line in page.lines[run.start : run.stop])
    again = _count_said(words, page.short) - (run.stop - run.start == 1)
    yield "said_again", min(2, max(0, again)) / 2


def _count_said(words: str, texts: Sequence[str]) -> int:
    """Return how many of the texts say no more and no less than ``words``, which are squeezed."""
    first, length = words[:1], len(words)
    return sum(len(text) >= length and first in text and squeeze(text) == words for text in texts)


def _names_site(line: Line, page: Page) -> bool:
    return bool(page.sites) and any(squeeze(part) in page.sites for part in title_parts(line.text))


def _same_block(one: Line, other: Line) -> bool:
    """Return whether two lines look alike and are no text, so that a title of one is likely to hold the other."""
    if one.table or other.table or not (one.style and other.style) or not _set_off(one):
        return False
    if names_sheet(one) or names_sheet(other):
        return False
    alike = (one.style.size, bool(one.style.bold)) == (other.style.size, bool(other.style.bold))
    aligned = one.style.align == other.style.align or None in (one.style.align, other.style.align)
    return alike and aligned and is_title_like(one.text) and is_title_like(other.text, part=True)


def _set_off(line: Line) -> bool:
    return bool(line.style and (line.style.align == "center" or line.style.bold or line.style.size))


def _is_letterhead(line: Line) -> bool:
    marked = is_redhead_line(line.text) or read_document_number(line.text) is not None
    return not line.table and (marked or is_issue_line(line))


def _is_record(line: Line) -> bool:
    return (
        read_document_number(line.text) is not None
        or read_whole_date(line.text) is not None
        or is_statute_note(line.text)
        or is_labelled(line)
    )


def _bare_annex(line: Line) -> bool:
    label = None if line.table else read_label(line.text)
    return label is not None and label.form.name == "annex" and label.end == len(line.text)
