"""Lists of other pages below a text: 「相关链接」, 「关联稿件：」, 「延伸阅读」."""

from workers.normalize.chrome.breadcrumb import read_breadcrumb
from workers.normalize.chrome.buttons import is_button
from workers.normalize.chrome.labels import read_labels
from workers.normalize.chrome.zones import body_of
from workers.normalize.draft.sheet import Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

_HEAD = lazy_compile(
    r"[【\[]?(?:相关|关联|推荐|热门|最新|更多|延伸|图说|精彩|猜你)(?:的)?(?:稿件|链接|阅读|文章|新闻|报道|信息|推荐|资讯|内容|专题|解读|导读|图片|喜欢)"
    r"(?:推荐|列表)?[】\]]?[:：]?"
)
_MAX_LENGTH = 60
_BULLETS = frozenset("-—·•")
_SENTENCE_END = "。；;！!？?"


def remove_related(draft: Draft) -> Draft:
    """Take out a list of related pages and its head, where they stand below the running text.

    「關聯稿件:」 with a lone 「-」 under it, or 「相关链接」 with five headlines. The list ends with the first line
    that is long, a sentence, or what a page prints around its text; so this runs before that is removed.
    """
    rules: dict[int, str] = {}
    below = body_of(draft).last + 1
    listed = False
    for index in range(below, len(draft.lines)):
        line = draft.lines[index]
        listed = bool(_HEAD.fullmatch(line.text)) or (listed and _is_entry(line))
        if listed:
            rules[index] = "related_list"
    return draft.drop(rules)


def _is_entry(line: DraftLine) -> bool:
    """Return whether a line may be a link of the list; what else a page prints below its text ends it."""
    text = line.text
    if line.kind == "table" or len(text) > _MAX_LENGTH or text[-1:] in _SENTENCE_END:
        return False
    return text in _BULLETS or not (
        is_button(text, outside=True) or read_labels(text) or read_breadcrumb(text, above=False)
    )
