"""Buttons of a page that came along as text: print, close, share, font size, scan with your phone, next."""

from workers.normalize.chrome.zones import body_of
from workers.normalize.draft.sheet import Draft
from workers.normalize.vocabulary import any_of, vocabularies
from workers.runtime.lazy_regex import lazy_compile

_TERMS = vocabularies("buttons.txt")
_WORD = lazy_compile(any_of(_TERMS["sure"] + _TERMS["maybe"]))
_SURE_WORD = lazy_compile(any_of(_TERMS["sure"]))
_LETTER = lazy_compile(r"[\u3400-\u9fffA-Za-z0-9]")
_PHRASE = lazy_compile(
    r"(?:用?手机|微信)?扫(?:一扫|码|描)[^。，,；;]{0,6}(?:手机|打开|分享|关注|查看|浏览|访问|二维码)[^。，,；;]{0,14}"
    r"|分享(?:到|至)[:：]?[^。，,；;]{0,20}|[上下]一[篇条章][:：].{0,60}"
)
_SIZES = lazy_compile(r"[【\[(（]?(?:字体|字号)(?:大小)?[:：]? ?[【\[]? ?大 ?中 ?小[ 】\])）]*")
_MAX_LENGTH = 80


def remove_buttons(draft: Draft) -> Draft:
    """Take out lines that are buttons and nothing else: 「扫一扫在手机打开当前页」, 「【打印本页】」, 「• 图片解读:」.

    Words that may also stand in a table or a list, 「打印」, 「中」, 「下载」, go only above or below the running text.
    """
    body = body_of(draft)
    rules = {
        index: "page_button"
        for index, line in enumerate(draft.lines)
        if line.kind == "paragraph" and is_button(line.text, outside=body.outside(index))
    }
    return draft.drop(rules)


def is_button(text: str, *, outside: bool) -> bool:
    """Return whether a line is made of buttons; ``outside``: it stands above or below the running text."""
    if len(text) > _MAX_LENGTH or "。" in text:
        return False
    if _PHRASE.fullmatch(text):
        return True
    if _LETTER.match(text) and not _WORD.match(text):  # as most lines
        return False
    if _LETTER.search(_WORD.sub("", text)):
        return False
    sure = _SURE_WORD.search(text)
    return bool(sure) or (outside and len(text) > 1) or (text in {"-", "—", "|"} and outside)


def blank_buttons(text: str) -> str:
    """Return ``text`` with the words that are buttons anywhere replaced by as many spaces."""
    if len(text) > 4 * _MAX_LENGTH:
        return text
    for pattern in (_SIZES, _SURE_WORD):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text
