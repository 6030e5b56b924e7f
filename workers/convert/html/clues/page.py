"""Labelled values around the text of a page: ``meta`` elements, the metadata table, breadcrumb and publish line.

The names of the ``meta`` elements are those of the standard for government sites (GB/T 政府网站 网页标签规范); labels
are given as they stand, what they mean is decided in extraction.
"""

import re
from collections.abc import Iterator

from lxml import etree

from schemas.blocks import Clue
from workers.convert.html.clues.label_tables import PUBLISH_LABEL, Clues, read_label_tables
from workers.convert.html.regions import Regions
from workers.convert.html.runs import collapse
from workers.convert.html.tables import grids
from workers.convert.html.walk import Piece, Walk

_META_NAMES = frozenset(
    {"sitename", "columnname", "columntype", "articletitle", "pubdate", "contentsource", "author", "keywords"}
    | {"publishdate", "source", "title", "og:title", "article:published_time", "og:release_date", "article:author"}
    | {"publish_date", "publish-date", "publishtime", "publish_time", "publication_date", "dc.date", "dc.date.issued"}
    | {"dcterms.created", "dcterms.issued", "bytedance:published_time", "apub:time", "weibo: article:create_at"}
    | {"firstpublishedtime", "lastmodifiedtime", "catalogs", "guid", "others", "description"}
)
_MAX_LENGTH = 500

_DATE_ONLY = r"[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_BARE_DATE = re.compile(_DATE_ONLY)
_DATE = re.compile(rf"{_DATE_ONLY}(?:[ T]?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
# With the time of day: what a page system stamps a text with, whatever else stands in the line.
_STAMP = re.compile(
    rf"(?<!\d)({_DATE_ONLY}) ?(?:[,，]? ?[（(]?(?:星期|周)[一二三四五六日天][）)]?)? ?\d{{1,2}}:\d{{2}}(?!\d)"
)
_STAMP_LABEL = re.compile(r"(?:发布|发表|录入|提交)(?:日期|时间|于|在)\s*[:：]?\s*$")
_MAX_STAMPED_LENGTH = 80
_NEAR = 8  # pieces between a stamp and the running text
_NO_VALUE = frozenset({"字号", "字体", "字体大小", "视力保护色", "打印"})
_AFTER = frozenset({"责任编辑", "责编", "编辑", "来源", "信息来源", "稿源", "文章来源", "发布日期", "发布时间"})
_MAX_LINE_LENGTH = 220

_PLACE = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?的?(?:所在)?(?:的)?位置(?:是|为)?\s*[:：]|当前位置|您所在的位置|首页"
)
_CRUMB_MARK = re.compile(r"\s*(?:>{1,2}|＞{1,2}|»|›|→|&gt;|/|\\|—>|->|≫)\s*")


def meta_clues(root: etree._Element) -> Iterator[Clue]:
    """Yield the page's ``title`` and the ``meta`` elements that describe its article."""
    title = next(root.iter("title"), None)
    if title is not None and (text := collapse("".join(map(str, title.itertext())))):
        yield Clue("title", text[:_MAX_LENGTH], "html_meta")
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip()
        value = collapse(element.get("content") or "")
        if value and name.lower() in _META_NAMES:
            yield Clue(name, value[:_MAX_LENGTH], "html_meta")


def page_clues(walk: Walk, regions: Regions) -> Clues:
    """Return the clues in the text of a page.

    Args:
        walk: The page.
        regions: Where its main text is; labels and dates inside it mostly are its own.
    """
    found = Clues()
    pieces = walk.pieces
    grid = grids(walk.containers)
    read_label_tables(walk, regions, found)
    for index, piece in enumerate(pieces):
        if index in found.used or index in found.judged or piece.hidden or len(piece.text) > _MAX_LINE_LENGTH:
            continue
        before = index < max(regions.prose_starts, 1)
        if grid[piece.container] and _BARE_DATE.fullmatch(piece.text):
            continue
        if before or ":" in piece.text or "：" in piece.text:
            _publish_line(index, piece.text, found, before=before, inside=regions.body[index])
        if before and index not in found.used:
            _breadcrumb(index, pieces, found)
        if index not in found.used and index > regions.prose_starts - _NEAR:
            _stamp(index, piece.text, found, before=before, inside=regions.body[index])
    return found


def _publish_line(index: int, text: str, found: Clues, *, before: bool, inside: bool) -> None:
    labels = list(PUBLISH_LABEL.finditer(text))
    date = _DATE.match(text.lstrip("[【(（")) if before else None
    if date and len(date[0]) <= 0.6 * len(text) and not labels:
        date = None
    if date and inside and not labels and ":" not in date[0]:
        # It may be the document's own: a clue, if in the notation of sites, but it stays in the text.
        found.clues.extend([Clue("date", date[0], "publish_line")] if "年" not in date[0] else [])
        return
    if not _is_publish_line(labels, date, before=before):
        return
    if date:
        found.clues.append(Clue("date", date[0], "publish_line"))
    found.clues.extend(_labelled_clues(text, labels))
    found.used.add(index)


def _stamp(index: int, text: str, found: Clues, *, before: bool, inside: bool) -> None:
    """Read a date with its time of day from the line around it: below the text only where it says what it is."""
    stamp = _STAMP.search(text) if len(text) <= _MAX_STAMPED_LENGTH and "。" not in text else None
    if stamp is None or (before and inside) or any(clue.label == "date" for clue in found.clues):
        return
    if before or _STAMP_LABEL.search(text, 0, stamp.start()):
        found.clues.append(Clue("date", stamp[1], "publish_line"))
        found.used.add(index)


def _is_publish_line(labels: list[re.Match[str]], date: re.Match[str] | None, *, before: bool) -> bool:
    if not labels:
        return date is not None
    if not before:
        return labels[0].start() < 3 and _label(labels[0]) in _AFTER
    return labels[0].start() <= 30


def _labelled_clues(text: str, labels: list[re.Match[str]]) -> Iterator[Clue]:
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        value = text[label.end() : end].strip(" \u3000|｜[]【】()（）>\t")
        if value and len(value) <= 80 and _label(label) not in _NO_VALUE:
            yield Clue(_label(label), value, "publish_line")


def _label(match: re.Match[str]) -> str:
    return match["short"] or match["long"] or match["bare"]


def _breadcrumb(index: int, pieces: list[Piece], found: Clues) -> None:
    """Read a breadcrumb in one piece, or one whose crumbs are the pieces after its label."""
    place = _PLACE.search(pieces[index].text[:30])
    if not place:
        return
    text, last = pieces[index].text, index
    while last + 1 < len(pieces) and last < index + 8 and _is_crumb(pieces[last + 1]):
        last += 1
        text += " > " + pieces[last].text
    start = place.start() if place[0] == "首页" else place.end()
    crumbs = [crumb.strip(" \u3000:：>＞") for crumb in _CRUMB_MARK.split(text[start:])]
    crumbs = [crumb for crumb in crumbs if crumb and crumb != "正文"]
    if len(crumbs) < 2 or max(map(len, crumbs)) > 60 or any(clue.origin == "breadcrumb" for clue in found.clues):
        return
    found.clues.extend(Clue("breadcrumb", crumb, "breadcrumb") for crumb in crumbs)
    found.used.update(range(index, last + 1))


def _is_crumb(piece: Piece) -> bool:
    marked = _CRUMB_MARK.match(piece.text) is not None or piece.text[-1] in ">＞»›"
    return len(piece.text) < 40 and (marked or piece.text == "正文")
