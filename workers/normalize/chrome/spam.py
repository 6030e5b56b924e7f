"""Search-engine spam that was planted in the pages of hacked or abandoned government sites.

Whole lines go by the density of two vocabularies, pornography and gambling; a report that names online gambling among
the crimes it fights has neither. Inside a sentence only the planted phrase goes.
"""

import re

from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.normalize.vocabulary import any_of, starts_of, vocabularies
from workers.runtime.lazy_regex import lazy_compile

# ``weak`` words count only beside telling ones; ``lures`` are link texts for a brand. A brand
# alone may be a company that treats waste water, or a county.
_TERMS = vocabularies("spam.txt")
_TELLING = _TERMS["porn"] + _TERMS["gambling"] + _TERMS["brands"]
_STRONG = lazy_compile(any_of(_TELLING), re.IGNORECASE)
_START = lazy_compile(starts_of(_TELLING))
_ANY = lazy_compile(any_of(_TELLING + _TERMS["weak"] + _TERMS["lures"]), re.IGNORECASE)
_WORDS = lazy_compile(r"[\u3400-\u9fffa-zA-Z0-9]")
_LINKS = lazy_compile(r"[|｜丨]")

# The quantifiers are possessive: a million times 凯发 must stay linear.
_LURED = rf"(?:[-·_|]?+(?:{any_of(_TERMS['brands'] + _TERMS['lures'])}))"
_PHRASE = lazy_compile(rf"\d?+(?:{any_of(_TERMS['brands'])}){_LURED}++(?:的(?=[\u3400-\u9fff]))?+", re.IGNORECASE)
_LURE = lazy_compile(any_of(_TERMS["lures"]), re.IGNORECASE)
_HINT = lazy_compile("官网|官方网站|登[录陆]|入口|app|下载|网址|注册|k8", re.IGNORECASE)

_SENTENCES = 120  # characters of ordinary text to a full stop at most, roughly
_FARM_COVER = 0.45
_SHORT_COVER = 0.75


def remove_spam(draft: Draft) -> Draft:
    """Take out planted lines and phrases, and flag the document.

    First and last lines of link farms: 「久久99精品久久久久久琪琪,久久人人爽…」, 「主站蜘蛛池模板: 国产…|…|…」;
    and a home link renamed, in a breadcrumb or, by the same blind replacement, in a sentence:
    「部门文件、凯发k8官网登录入口的公告、法规公文」.
    """
    if not _tells(draft.text):
        return draft
    draft, before = _whole_lines(draft), draft
    draft = draft.edit(_phrases)
    return draft if draft.removals == before.removals else draft.flag("spam")


def _tells(text: str) -> bool:
    """Return whether a telling term stands anywhere; a line or a phrase that goes has one."""
    return any(_STRONG.match(text, start.start()) for start in _START.finditer(text))


def _whole_lines(draft: Draft) -> Draft:
    return draft.drop({index: "seo_spam" for index, line in enumerate(draft.lines) if is_spam(line.text)})


def is_spam(text: str) -> bool:
    """Return whether a line is made of spam: telling terms, and such terms over most of its words."""
    if text.count("。") * _SENTENCES > len(text) or not _tells(text):
        return False
    strong = {found[0].lower() for found in _STRONG.finditer(text)}
    if len(strong) < 2:
        return False
    covered = sum(len(found[0]) for found in _ANY.finditer(text))
    farm = len(_LINKS.findall(text)) >= 3 or len(strong) >= 6
    return covered >= (_FARM_COVER if farm else _SHORT_COVER) * len(_WORDS.findall(text))


def _phrases(line: DraftLine) -> list[Cut]:
    if not _tells(line.text) or not _HINT.search(line.text):
        return []
    return [
        Cut(*found.span(), "seo_spam")
        for found in _PHRASE.finditer(line.text)
        if _HINT.search(found[0]) and len(_LURE.findall(found[0])) >= 2
    ]
