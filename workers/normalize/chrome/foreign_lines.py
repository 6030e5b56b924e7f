"""Titles in other languages that pages with injected pinyin put around a text they copied, to be found by them."""

from workers.normalize.draft.sheet import Draft
from workers.runtime.lazy_regex import lazy_compile

_HAN = lazy_compile("[一-鿿]")
_WORD = lazy_compile(r"[^\W\d_]{2,}")
_ADDRESS = lazy_compile(r"https?://|www\.|@")
_MIN_WORDS = 3


def remove_foreign_lines(draft: Draft) -> Draft:
    """Remove lines of foreign words only, if the page injected pinyin: its own text has no such lines."""
    if "injected_pinyin" not in draft.flags:
        return draft
    taken = [
        index
        for index, line in enumerate(draft.lines)
        if line.kind == "paragraph" and not _HAN.search(line.text) and not _ADDRESS.search(line.text)
        if len(_WORD.findall(line.text)) >= _MIN_WORDS
    ]
    return draft.drop(dict.fromkeys(taken, "seo_spam"))
