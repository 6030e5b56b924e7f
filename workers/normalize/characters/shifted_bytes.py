"""Stretches whose bytes a careless pinyin injector shifted, put right where the bytes are all there.

The injector replaced byte pairs in GBK text, also pairs made of the second byte of one character and the first of the
next. In 們在統 (8283 D4DA BD79) it saw 冊 (83D4) and wrote (cè) after it. The D4 swallowed the bracket and became a
question mark, and all up to the next single byte was read one byte off: 們?cè)诮y. So the lost byte is the second of a
character that is read cè and begins with the last byte of 們, and the rest is read again from there. A byte pair that
is no character was dropped by the reader: what can be read before and after stays, between them is a hole.
"""

import re
from functools import cache

from workers.convert.text.plausibility import plausibility
from workers.normalize.characters.frequent import is_frequent
from workers.normalize.characters.pinyin import INTACT, LETTERS
from workers.normalize.characters.readings import is_read, readings
from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

HOLE = "□"  # the sign for a missing character in editions of Chinese texts

_BROKEN = lazy_compile(rf"\?([{LETTERS}]{{1,6}})\)")
_MAX_LENGTH = 40
_WRITTEN = 0.5  # plausibility of the characters in the first levels of GB 2312 and Big5


def repair_shifted_bytes(draft: Draft) -> Draft:
    """Read shifted stretches again, and mark as damage what was lost in them.

    「提高申請?zhí)幚硇剩奖愎姭@取」 reads 提高申請處理□獲取, with a damage;
    「因?yàn)楸O(jiān)」 reads 因為監 and nothing is lost.
    Runs after the intact brackets are gone, because 理財(cái)?shù)闹魅 was shifted before (cái) was put in.
    """
    repaired = draft.edit(_find)
    return draft if repaired.removals == draft.removals else repaired.flag("injected_pinyin")


def _find(line: DraftLine) -> list[Cut]:
    if "?" not in line.text:
        return []
    cuts: list[Cut] = []
    for found in _BROKEN.finditer(line.text):
        if found.start() and found[1].lower() in readings() and (not cuts or found.start() >= cuts[-1].end):
            cuts.append(_repair(line.text, found))
    return cuts


def _repair(text: str, found: re.Match[str]) -> Cut:
    """Return the cut that puts a stretch right; where no reading is certain it leaves a hole for the bracket alone."""
    read = [_reread(text, found.end(), lead) for lead in _lost_bytes(text[found.start() - 1], found[1])]
    whole = [(end, put) for end, put in read if HOLE not in put]
    best = whole or [(end, put) for end, put in read if put.strip(HOLE)]
    if len(set(best)) != 1:
        return Cut(*found.span(), "broken_pinyin", put=HOLE, damage="broken_pinyin")
    end, put = best[0]
    intact = INTACT.match(text, end)
    if intact and is_read(put[-1], intact[1]):
        end = intact.end()
    return Cut(found.start(), end, "broken_pinyin", put=put, damage="" if whole else "broken_pinyin")


def _lost_bytes(before: str, reading: str) -> list[int]:
    """Return the second bytes of the characters of this reading whose first byte is the last of ``before``."""
    last = before.encode("gb18030")[-1]
    return sorted({pair[1] for pair in _pairs(reading.lower()) if pair[0] == last})


@cache
def _pairs(reading: str) -> tuple[bytes, ...]:
    return tuple(pair for c in readings().get(reading, ()) if len(pair := c.encode("gb18030")) == 2)


def _reread(text: str, start: int, lead: int) -> tuple[int, str]:
    """Read on from ``start`` with the byte ``lead`` before it, to where bytes and characters fall together again."""
    out: list[str] = []
    at = start
    while at < min(len(text), start + _MAX_LENGTH):
        broken = _BROKEN.match(text, at)
        if broken:
            return broken.end(), _with_holes(out + _same(lead, broken[1]))
        units = text[at].encode("gb18030", "ignore")
        at += 1
        if len(units) == 1:
            character = _decode(lead, units[0])
            if is_frequent(character):
                return at, _with_holes([*out, character])
            units = bytes((0xA3, units[0] | 0x80))  # a full-width sign that was made half-width afterwards
        if len(units) != 2:
            break
        out.append(_decode(lead, units[0]))
        lead = units[1]
    return at, HOLE


def _same(lead: int, reading: str) -> list[str]:
    """Return the one character of this reading that begins with ``lead``, or a stand-in for a hole."""
    fitting = [pair.decode("gb18030") for pair in _pairs(reading.lower()) if pair[0] == lead]
    if len(fitting) > 1:  # 強 and 廧, a form of 牆 that nobody writes
        fitting = [character for character in fitting if plausibility(character) >= _WRITTEN]
    return fitting if len(fitting) == 1 else [""]


def _decode(lead: int, trail: int) -> str:
    return bytes((lead, trail)).decode("gb18030", "ignore")


def _with_holes(read: list[str]) -> str:
    """Return what was read with one hole for everything between the first and the last doubtful character.

    Between two holes a character may be the halves of two others, however common it looks.
    """
    doubtful = [index for index, character in enumerate(read) if not is_frequent(character)]
    if not doubtful:
        return "".join(read)
    return "".join(read[: doubtful[0]]) + HOLE + "".join(read[doubtful[-1] + 1 :])
