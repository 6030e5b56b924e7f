"""Page chrome run into the text, where a crawler put a whole page on one line."""

from dataclasses import replace

from schemas.blocks import Clue
from workers.normalize.characters.unseen import split_breaks
from workers.normalize.chrome.labels import WEB
from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.normalize.vocabulary import any_of, vocabularies
from workers.runtime.lazy_regex import lazy_compile

_BUTTONS = vocabularies("buttons.txt")
_HERE = lazy_compile(r"(?:您?当前|您?所在|您的)(?:的)?位置[:：] ?\S{1,80}(?= |$)")
_FIELD = lazy_compile(
    rf"(?<!\S)({any_of(WEB | {'时间', '日期'})})[:：] ?(\S{{0,40}}(?: \d{{1,2}}:\d{{2}}(?::\d{{2}})?)?)(?=\s|$)"
)
_BUTTON = lazy_compile(
    rf"(?<!\S)(?:{any_of(_BUTTONS['sure'] + _BUTTONS['maybe'] + ['相关链接：', '相关链接:'])})(?=\s|$)"
)
_HEAD = 400
_TAIL = 60
_LONG = 200


def split_inline_chrome(draft: Draft) -> Draft:
    """Take chrome out of the head and the tail of a text that is one line, and break the line where it stood.

    「当前位置： 首页政务公开… 平潭综合实验区2013年政府信息公开工作年度报告 来源：… 时间：2014-01-10 00:00 微信 微博
    QQ空间 全真版 文字版 文件下载 --> 平潭综合实验区 2013年…」: the title stands between and is a line of its own again.
    """
    first = next((index for index, line in enumerate(draft.lines) if line.kind == "paragraph"), None)
    if first is None or len(draft.lines[first].text) < _LONG:
        return draft
    cuts, clues = _cuts(draft.lines[first])
    if not cuts:
        return draft
    edited, removals = draft.lines[first].edit(cuts)
    lines = (*draft.lines[:first], edited, *draft.lines[first + 1 :])
    return split_breaks(replace(draft, lines=lines, removals=(*draft.removals, *removals)).hint(clues))


def _cuts(line: DraftLine) -> tuple[list[Cut], list[Clue]]:
    """Return the cuts, and the clues read from them; none unless the head tells of a page system twice."""
    head, tail = line.text[:_HEAD], len(line.text) - _TAIL
    here, fields = _HERE.match(head), list(_FIELD.finditer(head))
    if bool(here) + len(fields) < 2:
        return [], []
    found = [here, *fields] if here else [*fields]
    buttons = [match for match in _BUTTON.finditer(head) if any(match.start() >= other.end() for other in found)]
    last = [match for match in _BUTTON.finditer(line.text, max(tail, _HEAD)) if match.end() == len(line.text)]
    cuts: list[Cut] = []
    for match in sorted([*found, *buttons, *last], key=lambda match: match.start()):
        if not cuts or match.start() >= cuts[-1].end:
            cuts.append(Cut(*match.span(), "page_chrome", put="\n"))
    clues = [Clue(match[1], match[2].strip(), "publish_line") for match in fields if match[2].strip()]
    return cuts, clues
