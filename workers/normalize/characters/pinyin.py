"""Pinyin that page converters inject after characters: 當(dāng)前 becomes 當前 again.

A bracket goes only where its content is a reading of the very character before it. So (GDP), (k8) and (PPP) stay, and
so does the pinyin an author gives for a rare character, because one or two in a whole document are no injection.
Brackets whose opening was destroyed are ``shifted_bytes``'s business.
"""

from functools import lru_cache

from workers.normalize.characters.readings import is_read
from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

LETTERS = "a-zA-Züêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
INTACT = lazy_compile(rf"[(（] ?([{LETTERS}]{{1,6}}) ?[)）]")
_ENOUGH = 3


def remove_pinyin(draft: Draft) -> Draft:
    """Take out injected pinyin: 政務(wù)公開, 時(shí)間, 會(huì)議, 國（guó）家.

    From the pages of Mudanjiang's Disabled Persons' Federation and of document-sharing sites, which print it after
    every character that simplification changed, and so break every word a search could look for.
    """
    found = [_find(line) for line in draft.lines]
    if sum(map(len, found)) < _ENOUGH and draft.script != "hant":
        return draft
    return draft.cut(found).flag("injected_pinyin") if any(found) else draft


def _find(line: DraftLine) -> list[Cut]:
    text = line.text
    if "(" not in text and "（" not in text:
        return []
    cuts: list[Cut] = []
    for found in INTACT.finditer(text):
        start, end = found.span()
        if start and _is_reading(text[start - 1 : end]):
            cuts.append(Cut(start, end, "injected_pinyin", "", ""))
    return cuts


@lru_cache(maxsize=8192)
def _is_reading(stretch: str) -> bool:
    """Say whether a bracket, 「當(dāng)」, holds a reading of the character before it; few different ones recur."""
    return is_read(stretch[0], stretch[2:-1].strip(" "))
