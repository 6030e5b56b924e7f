"""A page of the original as a picture, with the places of a search or of a section on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import HTTPException

from schemas.anchors import section_anchor, split_anchor
from schemas.blocks import Converted
from schemas.drawings import DRAWN_FORMATS, Box, Drawing, Run
from schemas.errors import BusyError, DocumentError
from schemas.messages.sentence import say
from schemas.records import DocumentRecord, SectionRow
from search.api.drawn_pages import drawn_page
from search.http.ports import Services
from search.query.analysis import squeeze
from search.query.hanzi import simplify
from search.query.parser import ParsedQuery
from search.results.highlight import whole

# Characters by which a place is found on its page.
_BEGIN = 40
_MAX_PAGES = 40  # with matches that are listed
_BUSY = "其他页面正在绘制，请稍后刷新本页。"
_WITHHELD = "原件未经审核或不提供下载，不显示其页面。"
_NOT_DRAWN = "此文件不提供页面图像：格式没有固定版面。"
LACKS = {
    "fonts": "文件未嵌入所用字体，图中以代用字体绘出。",
    "redrawn": "此页按文件所记的位置重绘，字体取自您的设备。",
    "seals": "图中未绘出电子印章。",
    "pictures": "图中有插图未能绘出。",
    "covered": "图中涂黑处是打码的内容。",
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the original.

    Attributes:
        page: 1-based.
        pages: Number of pages of the original.
        drawing: What is known of its picture; None if there is none.
        reason: Why there is none, in Chinese.
        spots: Boxes on the picture that are marked.
        matches: Pages on which the words of the search stand.
    """

    page: int
    pages: int
    drawing: Drawing | None
    reason: str = ""
    spots: tuple[Box, ...] = ()
    matches: tuple[int, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not as in the original, in Chinese."""
        return tuple(LACKS[lack] for lack in self.drawing.lacks if lack in LACKS) if self.drawing else ()


def may_be_drawn(record: DocumentRecord) -> bool:
    """Return whether a document's page links to pictures of its original."""
    return record.format in DRAWN_FORMATS and record.state.is_searchable


def read_leaf(
    services: Services,
    record: DocumentRecord,
    converted: Converted,
    *,
    page: int,
    wanted: str,
    words: ParsedQuery | None,
) -> Leaf:
    """Return a page of a document's original.

    Args:
        services: The services of the request.
        record: The document.
        converted: Its convert artefact.
        page: 1-based; one beyond the last is that.
        wanted: Text to be marked without a search.
        words: The search whose words are marked.
    """
    pages = converted.pages or 1
    page = min(max(page, 1), pages)
    matches = tuple(_pages_with(words, converted))[:_MAX_PAGES] if words else ()
    try:
        drawing = drawn_page(services, record, page).drawing
    except DocumentError as error:
        return Leaf(page, pages, None, say(error.said, "zh"), matches=matches)
    except BusyError:
        return Leaf(page, pages, None, _BUSY, matches=matches)
    except HTTPException as error:
        return Leaf(page, pages, None, _WITHHELD if error.status_code == 403 else _NOT_DRAWN, matches=matches)
    return Leaf(page, pages, drawing, "", find_spots(drawing.runs, wanted, words), matches)


def find_spots(runs: Sequence[Run], wanted: str, words: ParsedQuery | None) -> tuple[Box, ...]:
    """Return the boxes of the words of a search, or of ``wanted`` without one; a match over two lines has two."""
    text = "\n".join(run.text for run in runs)
    terms, apart = (words.marked, words.told_apart) if words else ((squeeze(simplify(wanted)),), ())
    marks = whole(simplify(text), text, terms, apart).marks
    return tuple(_boxes(runs, marks if words else marks[:1]))


def page_of(at: str, block: str, converted: Converted, rows: Sequence[SectionRow]) -> int:
    """Return the page on which a place stands: that of its block, else that of its section, else the first."""
    number = block.removeprefix("b")
    if number.isdigit() and int(number) < len(converted.blocks) and (page := converted.blocks[int(number)].page):
        return page
    section, _ = split_anchor(at)
    return next((row.page for row in rows if row.page and section_anchor(row.article, row.ordinal) == section), 1)


def text_at(at: str, converted: Converted, rows: Sequence[SectionRow]) -> str:
    """Return how the text of a place begins: a block, a section or a line; empty if unknown."""
    section, line = split_anchor(at)
    if at.startswith("b") and at[1:].isdigit() and int(at[1:]) < len(converted.blocks):
        return converted.blocks[int(at[1:])].text.strip()[:_BEGIN]
    for row in rows:
        if section_anchor(row.article, row.ordinal) == section:
            lines = row.text.split("\n")
            heading = f"{row.number or ''}{row.heading or ''}"
            return (lines[line] if line is not None and line < len(lines) else heading or lines[0]).strip()[:_BEGIN]
    return ""


def _pages_with(words: ParsedQuery, converted: Converted) -> Iterator[int]:
    texts: dict[int, list[str]] = {}
    for block in converted.blocks:
        if block.page and block.role != "hidden":
            texts.setdefault(block.page, []).append(simplify(block.text))
    for page, some in sorted(texts.items()):
        if any(whole(text, None, words.marked, words.told_apart).marks for text in some):
            yield page


def _boxes(runs: Sequence[Run], marks: Sequence[tuple[int, int]]) -> Iterator[Box]:
    start = 0
    for run in runs:
        for first, last in marks:
            boxes = run.boxes[max(first - start, 0) : max(last - start, 0)]
            if boxes:
                yield (
                    min(box[0] for box in boxes), min(box[1] for box in boxes),
                    max(box[2] for box in boxes), max(box[3] for box in boxes),
                )  # fmt: skip
        start += len(run.text) + 1
