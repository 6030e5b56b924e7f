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
from workers.normalize.draft.sheet import Draft, DraftLine, Span
from workers.runtime.lazy_regex import lazy_compile

LETTERS = "a-zA-Züêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
INTACT = lazy_compile(rf"[(（] ?([{LETTERS}]{{1,6}}) ?[)）]")
_BRACKET = f"[(（] ?[{LETTERS}]{{1,6}} ?[)）]"
_REPEATED = lazy_compile(f"{_BRACKET}(?:{_BRACKET})*")  # a pattern that begins with a class is found many times faster
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
    read = [_find(line) if bracket else ([], []) for line, bracket in zip(draft.lines, holds, strict=True)]
    found, common = [changed for changed, _ in read], [others for _, others in read]
    if not _is_injected(draft, common):
        common = [[] for _ in found]
    if sum(map(len, found)) < _ENOUGH and draft.script != "hant" and not any(common):
        return draft
    both = [sorted((*changed, *others)) for changed, others in zip(found, common, strict=True)]
    if not any(both):
        return draft
    clean = draft.remove(both, "injected_pinyin").flag("injected_pinyin")
    return replace(clean, clues=tuple(map(_clean, clean.clues)))


def _is_injected(draft: Draft, common: list[list[Span]]) -> bool:
    """Return whether readings after characters that are the same in both scripts are an injection."""
    texts = [line.text[start:end] for line, spans in zip(draft.lines, common, strict=True) for start, end in spans]
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


def _find(line: DraftLine) -> tuple[list[Span], list[Span]]:
    """Return the readings of characters that simplification changes, and those of others."""
    text = line.text
    changed: list[Span] = []
    common: list[Span] = []
    for found in _REPEATED.finditer(text):
        start, end = found.span()
        if not start:
            continue
        length, skipped = _read(text[start - 1 : end])
        if length:
            changed.append((start, start + length))
        if skipped >= 0:
            common.append((start + skipped, end))
    return changed, common


@lru_cache(maxsize=8192)  # few different ones recur on a page
def _read(stretch: str) -> tuple[int, int]:
    """Return what is injected in brackets after a character, 「當(dāng)」 or 「政(zheng)(zheng)」.

    Returns:
        The length of the first bracket if it holds a reading of a character that simplification changes, else 0; and
        how many characters of the brackets stand before an injection after any other character, -1 if there is none.
    """
    before, brackets = stretch[0], stretch[1:]
    readings = INTACT.findall(brackets)
    first = INTACT.match(brackets)
    length = first.end() if first else 0
    changed = length if is_read(before, readings[0]) else 0
    if all(is_common_read(before, reading) for reading in readings):
        return changed, 0
    repeated = len(readings) > 1 and all(is_read(before, reading) for reading in readings)
    return changed, length if repeated else -1
