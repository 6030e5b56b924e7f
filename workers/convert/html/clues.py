"""Labelled values around the text of a page: ``meta`` elements, the metadata table, breadcrumb and publish line.

The names of the ``meta`` elements are those of the standard for government sites (GB/T 政府网站 网页标签规范); labels
are given as they stand, what they mean is decided in extraction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from schemas.blocks import Clue
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
_MOST_ANCESTORS = 8
_MAX_PAIRS = 2

_STRONG = (
    "索引号|信息索引号|文号|发文字号|发文文号|文件编号|发文机关|发布机构|发文单位|制发机关|主题分类|信息分类|成文日期|"
    "生成日期"
)
_WEAK = (
    "发布单位|发文日期|发布日期|发文时间|发布时间|公开日期|公开时限|公开方式|公开范围|公开形式|公开类别|体裁分类|服务对象|组配分类|主题词|"
    "关键词|关键字|名称|信息名称|标题|文件名称|有效性|是否有效|效力状态|时效性|废止日期|生效日期|实施日期|失效日期|内容概述|来源|主题|公文种类|"
    "文种|题材|责任部门|公开主体|信息来源|载体类型"
)
_TABLE_LABEL = re.compile(rf"[\[【]?\s*({_STRONG}|{_WEAK})\s*[\]】]?\s*[:：]?")
_TABLE_PAIR = re.compile(rf"[\[【]?\s*({_STRONG}|{_WEAK})\s*[\]】]?\s*[:：]\s*(\S.{{0,{_MAX_LENGTH}}})")
_STRONG_LABEL = re.compile(_STRONG)
_INNER_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")

# The long labels need nothing in front of them: 「来源：某某局浏览量：12」 is common.
_PUBLISH = re.compile(
    r"(?:(?:^|(?<=[\s\u3000|｜\[【(（>]))(?P<short>时间|日期|来源|稿源|作者|编辑|责编|浏览|阅读|点击|人气|审核|供稿|打印)|"
    r"(?P<long>发布日期|发布时间|发表时间|发文日期|成文日期|公开日期|公开时间|更新时间|更新日期|录入时间|信息来源|文章来源|稿件来源|"
    r"责任编辑|浏览次数|浏览量|阅读次数|阅读量|点击数|点击率|点击量|访问量|访问次数|字号|字体|字体大小|视力保护色|发布机构|发布单位|"
    r"发布人|发布者))\s*[:：]|(?P<bare>发布日期|发布时间|发表时间|更新时间|发表于|发布于)\s*[:：]?\s*(?=[12]\d{3}[-/.年])"
)
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


@dataclass(slots=True)
class Clues:
    """What was found, and the indexes of the pieces it was read from (they are chrome)."""

    clues: list[Clue] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


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
    _meta_table(walk, regions, found)
    _label_tables(walk, found)
    for index, piece in enumerate(pieces):
        if index in found.used or piece.hidden or len(piece.text) > _MAX_LINE_LENGTH:
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


def _meta_table(walk: Walk, regions: Regions, found: Clues) -> None:
    """Read runs of label and value, in cells or ``label：value`` lines; three with a telling one make a table."""
    run: list[tuple[str, str, int, int]] = []
    index = last = 0
    while index < len(walk.pieces):
        pair = _pair(walk, index)
        if pair is None:
            index += 1
            continue
        if run and index - last > 3:
            _close_run(walk, regions, run, found)
            run = []
        run.append(pair)
        index = last = pair[3] + 1
    _close_run(walk, regions, run, found)


def _label_tables(walk: Walk, found: Clues) -> None:
    """Read tables that hold nothing but one or two labels with their values: 成文日期 and 发布日期 side by side."""
    inside: dict[int, list[int]] = {}
    if not any(container.tag == "table" for container in walk.containers):
        return
    tables = _tables_around(walk)
    for index, piece in enumerate(walk.pieces):
        table = tables[piece.container] if piece.container >= 0 else None
        if table is not None and not piece.hidden:
            inside.setdefault(table, []).append(index)
    for indexes in inside.values():
        if len(indexes) > 2 * _MAX_PAIRS or found.used.intersection(indexes):
            continue
        pairs, at = [], indexes[0]
        while at <= indexes[-1] and (pair := _pair(walk, at)):
            pairs.append(pair)
            at = pair[3] + 1
        if pairs and at == indexes[-1] + 1:
            found.clues.extend(Clue(label, value, "meta_table") for label, value, _, _ in pairs)
            found.used.update(indexes)


def _within_text(regions: Regions, index: int) -> bool:
    """Return whether a piece stands behind the first sentence of the text: a long table there may be of another paper.

    It stays text, and is judged beside what the paper says of itself (``workers.extract.record.label_tables``).
    """
    return index > regions.prose_starts and regions.body[index]


def _pair(walk: Walk, index: int) -> tuple[str, str, int, int] | None:
    """Return label, value, and the indexes of both."""
    pieces = walk.pieces
    text = pieces[index].text[:_MAX_LENGTH]
    if " " in text or "\u3000" in text:
        text = _INNER_SPACE.sub("", text)
    inline = _TABLE_PAIR.fullmatch(text) if ":" in text or "：" in text else None
    if inline:
        # Several labels in one piece are a publish line.
        return None if _PUBLISH.search(inline[2]) else (inline[1], inline[2].strip(), index, index)
    label = _TABLE_LABEL.fullmatch(text)
    if not label or index + 1 >= len(pieces) or not _in_one_row(walk, index):
        return None
    value = pieces[index + 1].text
    if len(value) > _MAX_LENGTH or _TABLE_LABEL.fullmatch(_INNER_SPACE.sub("", value)):
        return None
    return label[1], value, index, index + 1


def _in_one_row(walk: Walk, index: int) -> bool:
    """Return whether a piece and the next stand in one table row, or else side by side: an empty value has no piece."""
    first, second = (_ancestors(walk, walk.pieces[index + step].container) for step in (0, 1))
    rows = [next((at for at in chain if walk.containers[at].tag == "tr"), None) for chain in (first, second)]
    return rows[0] == rows[1] if rows[0] is not None else not set(first[:3]).isdisjoint(second[:3])


def _tables_around(walk: Walk) -> list[int | None]:
    """Return for each container the innermost table that it is or stands in, unless that is far out."""
    found: list[tuple[int | None, int]] = []
    for index, container in enumerate(walk.containers):
        if container.tag == "table":
            found.append((index, 1))
        else:
            table, steps = found[container.parent] if container.parent >= 0 else (None, 0)
            found.append((table, steps + 1) if steps < _MOST_ANCESTORS else (None, 0))
    return [table for table, _ in found]


def _ancestors(walk: Walk, container: int) -> list[int]:
    chain: list[int] = []
    while container >= 0 and len(chain) < _MOST_ANCESTORS:
        chain.append(container)
        container = walk.containers[container].parent
    return chain


def _close_run(walk: Walk, regions: Regions, run: list[tuple[str, str, int, int]], found: Clues) -> None:
    labels = {label for label, *_ in run}
    if (
        len(labels) < 3
        or not any(_STRONG_LABEL.fullmatch(label) for label in labels)
        or _within_text(regions, run[0][2])
    ):
        return
    for label, value, first, last in run:
        found.clues.append(Clue(label, value, "meta_table"))
        found.used.update((first, last))
    between = range(run[0][2], run[-1][3] + 1)
    found.used.update(
        index for index in between if _TABLE_LABEL.fullmatch(_INNER_SPACE.sub("", walk.pieces[index].text))
    )


def _publish_line(index: int, text: str, found: Clues, *, before: bool, inside: bool) -> None:
    labels = list(_PUBLISH.finditer(text))
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
