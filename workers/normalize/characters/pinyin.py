"""Pinyin that page converters inject after characters: 當(dāng)前 becomes 當前 again.

A bracket goes only where its content is a reading of the very character before it. So (GDP), (k8) and (PPP) stay, and
so does the pinyin an author gives for a rare character, because one or two in a whole document are no injection.
Brackets whose opening was destroyed are ``shifted_bytes``'s business.

Converters of one kind annotate what simplification changed, with tones. Others take any character, leave the tones out
and repeat themselves: 政(zheng)(zheng)府(fu). No author writes so, and it is the sign of the second kind.
"""

from dataclasses import replace
from functools import lru_cache

from schemas.blocks import Clue
from workers.normalize.characters.readings import is_common_read, is_read, toneless
from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

LETTERS = "a-zA-Züêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
INTACT = lazy_compile(rf"[(（] ?([{LETTERS}]{{1,6}}) ?[)）]")
_REPEATED = lazy_compile(rf"(?:[(（] ?[{LETTERS}]{{1,6}} ?[)）])+")
_MAX_SINGLE = 10
_ENOUGH = 3
_ENOUGH_TONED = 8
_SHARE = 0.05  # of a document's Han characters
_HAN = lazy_compile("[一-鿿]")


def remove_pinyin(draft: Draft) -> Draft:
    """Take out injected pinyin: 政務(wù)公開, 時(shí)間, 會(huì)議, 國（guó）家, 政(zheng)(zheng)府(fu).

    From the pages of Mudanjiang's Disabled Persons' Federation and of document-sharing sites, which print it after
    every character that simplification changed, and of mirrors of government sites, and so break every word a search
    could look for.
    """
    holds = ["(" in line.text or "（" in line.text for line in draft.lines]
    if not any(holds):
        return draft
    found = [_find(line) if bracket else [] for line, bracket in zip(draft.lines, holds, strict=True)]
    common = [_find_common(line) if bracket else [] for line, bracket in zip(draft.lines, holds, strict=True)]
    if not _is_injected(draft, common):
        common = [[] for _ in found]
    if sum(map(len, found)) < _ENOUGH and draft.script != "hant" and not any(common):
        return draft
    both = [sorted((*changed, *others)) for changed, others in zip(found, common, strict=True)]
    if not any(both):
        return draft
    clean = draft.cut(both).flag("injected_pinyin")
    return replace(clean, clues=tuple(map(_clean, clean.clues)))


def _is_injected(draft: Draft, common: list[list[Cut]]) -> bool:
    """Return whether readings after characters that are the same in both scripts are an injection."""
    texts = [line.text[cut.start : cut.end] for line, cuts in zip(draft.lines, common, strict=True) for cut in cuts]
    if sum(toneless(text) == text for text in texts) >= _ENOUGH or any(text.count(")") > 1 for text in texts):
        return True
    if len(texts) < _ENOUGH_TONED:
        return False
    return len(texts) >= _SHARE * sum(len(_HAN.findall(line.text)) for line in draft.lines)


def _clean(clue: Clue) -> Clue:
    """Return a clue without readings: the title in a page's head holds them too."""
    kept, end = "", 0
    for found in _REPEATED.finditer(clue.value):
        before = clue.value[found.start() - 1 : found.start()]
        if all(is_read(before, reading) or is_common_read(before, reading) for reading in INTACT.findall(found[0])):
            kept, end = kept + clue.value[end : found.start()], found.end()
    return replace(clue, value=kept + clue.value[end:]) if end else clue


def _find_common(line: DraftLine) -> list[Cut]:
    cuts: list[Cut] = []
    for found in _REPEATED.finditer(line.text):
        start, end = found.span()
        before, bracket = line.text[start - 1 : start], found[0]
        if len(bracket) <= _MAX_SINGLE and bracket.count(")") + bracket.count("）") == 1:  # as nearly all are
            if before and is_common_read(before, bracket[1:-1].strip(" ")):
                cuts.append(Cut(start, end, "injected_pinyin", "", ""))
            continue
        readings = INTACT.findall(bracket)
        if before and all(is_common_read(before, reading) for reading in readings):
            cuts.append(Cut(*found.span(), "injected_pinyin", "", ""))
        elif before and len(readings) > 1 and all(is_read(before, reading) for reading in readings):
            rest = INTACT.match(found[0])
            start = found.start() + (rest.end() if rest else 0)
            cuts.append(Cut(start, found.end(), "injected_pinyin", "", ""))
    return cuts


def _find(line: DraftLine) -> list[Cut]:
    text = line.text
    cuts: list[Cut] = []
    for found in INTACT.finditer(text):
        start, end = found.span()
        if start and _is_reading(text[start - 1 : end]):
            cuts.append(Cut(start, end, "injected_pinyin", "", ""))
    return cuts


@lru_cache(maxsize=8192)
def _is_reading(stretch: str) -> bool:
    """Return whether a bracket, 「當(dāng)」, holds a reading of the character before it; few different ones recur."""
    return is_read(stretch[0], stretch[2:-1].strip(" "))
