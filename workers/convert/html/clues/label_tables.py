"""Tables of labels and values on a page: above its text they are the page's own; those within it extraction judges."""

import re
from dataclasses import dataclass, field

from schemas.blocks import Clue
from workers.convert.html.regions import Regions
from workers.convert.html.walk import Walk

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
_BEGINS_TEXT = re.compile(r"。|.{5}[:：]$|^各.+[:：]$|(?:下列|如下|以下)[:：]$")
# What a page says of itself above its text; anything else begins it, lest a table within it is lost.
_OF_PAGE_LINE = re.compile(
    r"(?:现在|[^，。下现予经决]){0,20}(?:位置(?:是|为)?|首页|基本信息|信息公开|公开(?:信息|目录|指南)|信息(?:目录|索引|概览)|导航|搜索|检索)[。:：]|"
    r"(?:今天是|欢迎)[^。]*[。:：]"
)
# Of the page they stand on, wherever that is: no paper names another by these alone.
_OF_PUBLICATION = frozenset({"来源", "信息来源", "发布日期", "发布时间", "发布机构", "发布单位"})

# Labels of the line that says where and when a page was published.
# The long labels need nothing in front of them: 「来源：某某局浏览量：12」 is common.
PUBLISH_LABEL = re.compile(
    r"(?:(?:^|(?<=[\s\u3000|｜\[【(（>]))(?P<short>时间|日期|来源|稿源|作者|编辑|责编|浏览|阅读|点击|人气|审核|供稿|打印)|"
    r"(?P<long>发布日期|发布时间|发表时间|发文日期|成文日期|公开日期|公开时间|更新时间|更新日期|录入时间|信息来源|文章来源|稿件来源|"
    r"责任编辑|浏览次数|浏览量|阅读次数|阅读量|点击数|点击率|点击量|访问量|访问次数|字号|字体|字体大小|视力保护色|发布机构|发布单位|"
    r"发布人|发布者))\s*[:：]|(?P<bare>发布日期|发布时间|发表时间|更新时间|发表于|发布于)\s*[:：]?\s*(?=[12]\d{3}[-/.年])"
)

Pair = tuple[str, str, int, int]  # label, value, the index of each


@dataclass(slots=True)
class Clues:
    """What was found around the text.

    Attributes:
        clues: Labels with their values.
        used: Indexes of the pieces they were read from, which are chrome.
        judged: Indexes of pieces in tables within the text, which may be of another paper: they stay text, and are
            judged beside what the paper says of itself (``workers.extract.record.label_tables``).
    """

    clues: list[Clue] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    judged: set[int] = field(default_factory=set)


def read_label_tables(walk: Walk, regions: Regions, found: Clues) -> None:
    """Add what runs of labels and values say, in cells or ``label：value`` lines, and tables of nothing else."""
    inside = _pieces_of_tables(walk)
    if inside:
        _set_aside(walk, regions, inside, found)
    _read_runs(walk, regions, found)
    for indexes in inside:
        if len(indexes) <= 2 * _MAX_PAIRS and found.used.isdisjoint(indexes) and found.judged.isdisjoint(indexes):
            pairs = _all_pairs(walk, indexes)
            found.clues.extend(Clue(label, value, "meta_table") for label, value, _, _ in pairs)
            found.used.update(indexes if pairs else ())


def _set_aside(walk: Walk, regions: Regions, inside: list[list[int]], found: Clues) -> None:
    """Mark the tables of nothing but labels and values that stand within the text."""
    starts = _start_of_text(walk, regions)
    for indexes in inside:
        if indexes[0] > starts and all(regions.body[index] for index in indexes):
            pairs = _all_pairs(walk, indexes)
            of_page = len(pairs) <= _MAX_PAIRS and _OF_PUBLICATION.issuperset(label for label, *_ in pairs)
            found.judged.update(indexes if pairs and not of_page else ())


def _start_of_text(walk: Walk, regions: Regions) -> int:
    """Return the index of the first sentence, however short, or line that introduces what follows."""
    for index, piece in enumerate(walk.pieces[: regions.prose_starts]):
        if regions.body[index] and _begins_text(piece.text) and not _TABLE_LABEL.fullmatch(piece.text):
            return index
    return regions.prose_starts


def _begins_text(text: str) -> bool:
    """Return whether a line is a sentence, a salutation or announces something; 「您当前的位置：」 is of the page."""
    return _BEGINS_TEXT.search(text) is not None and _OF_PAGE_LINE.fullmatch(text) is None


def _pieces_of_tables(walk: Walk) -> list[list[int]]:
    """Return the indexes of the shown pieces of each table that has some."""
    inside: dict[int, list[int]] = {}
    if not any(container.tag == "table" for container in walk.containers):
        return []
    tables = _tables_around(walk)
    for index, piece in enumerate(walk.pieces):
        table = tables[piece.container] if piece.container >= 0 else None
        if table is not None and not piece.hidden:
            inside.setdefault(table, []).append(index)
    return list(inside.values())


def _all_pairs(walk: Walk, indexes: list[int]) -> list[Pair]:
    """Return the pairs of a table; none if it holds anything else."""
    pairs, at = [], indexes[0]
    while at <= indexes[-1] and (pair := _pair(walk, at)):
        pairs.append(pair)
        at = pair[3] + 1
    return pairs if at == indexes[-1] + 1 else []


def _read_runs(walk: Walk, regions: Regions, found: Clues) -> None:
    """Read runs of label and value; three with a telling one make a table."""
    run: list[Pair] = []
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


def _pair(walk: Walk, index: int) -> Pair | None:
    """Return a label, its value, and the indexes of both."""
    pieces = walk.pieces
    text = pieces[index].text[:_MAX_LENGTH]
    if " " in text or "\u3000" in text:
        text = _INNER_SPACE.sub("", text)
    inline = _TABLE_PAIR.fullmatch(text) if ":" in text or "：" in text else None
    if inline:
        # Several labels in one piece are a publish line.
        return None if PUBLISH_LABEL.search(inline[2]) else (inline[1], inline[2].strip(), index, index)
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


def _close_run(walk: Walk, regions: Regions, run: list[Pair], found: Clues) -> None:
    labels = {label for label, *_ in run}
    if (
        len(labels) < 3
        or not any(_STRONG_LABEL.fullmatch(label) for label in labels)
        or run[0][2] in found.judged
        or (run[0][2] > regions.prose_starts and regions.body[run[0][2]])
    ):
        return
    for label, value, first, last in run:
        found.clues.append(Clue(label, value, "meta_table"))
        found.used.update((first, last))
    between = range(run[0][2], run[-1][3] + 1)
    found.used.update(
        index for index in between if _TABLE_LABEL.fullmatch(_INNER_SPACE.sub("", walk.pieces[index].text))
    )
