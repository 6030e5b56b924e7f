"""Text that was decoded in the wrong encoding: undone where every byte is still there, marked where not.

The encoding of whole files is the converter's business; this is for what a page, an archive or a mail carried along
already broken.
"""

from collections.abc import Callable
from dataclasses import replace

from workers.normalize.characters.frequent import is_frequent
from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

# What the first bytes of the most frequent characters and of 「，。、」 become when UTF-8 is read as GBK.
_UTF8_AS_GBK = lazy_compile("[銆锛鐨涓鍥鏀绛鍏鍦涔浜鏈浠鏄鍙瀹绗骞鏂缁寮鎴璁鍔鐢锟]")
_LATIN_LETTER = "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
_LATIN = lazy_compile(_LATIN_LETTER + "{4}")
_HAN = lazy_compile("[\u3400-\u9fff]")
_LOST = lazy_compile("\ufffd+|(?:锟斤拷|锟叫达拷|烫烫烫|屯屯屯)+")
_LOST_BYTES = lazy_compile("\ufffd[\ufffd?]*")
_SIGNS_OF_LOSS = "\ufffd锟烫屯"  # the first character of every match of _LOST
_MAX_LOST = 0.2  # holes over characters; beyond it the text was something else
_MAX_FREQUENT = 0.85  # share of the 2,500 most frequent characters in ordinary text, with room for names
_MIN_COUNT = 2


def undo_mojibake(draft: Draft) -> Draft:
    """Decode again what was decoded wrongly: 鏀垮簻淇℃伅 is 政府信息, ÕþÎñ¹«¿ª is 政务公开.

    The first is UTF-8 read as GBK, the second GBK read as Latin-1. Attachment names and pasted paragraphs of older
    sites stand so amid sound text. A few bytes that were lost on the way become U+FFFD, which is then marked.
    """
    if not _UTF8_AS_GBK.search(draft.text) and not any(_is_latin(line.text) for line in draft.lines):
        return draft
    lines, undone = [], []
    for line in draft.lines:
        better = _undo(line.text)
        lines.append(line if better is None else _replace(line, better))
        undone += [] if better is None else [replace(line.removal("mojibake"), offset=line.place(0)[1])]
    return replace(draft, lines=tuple(lines), removals=(*draft.removals, *undone)) if undone else draft


def mark_lost_characters(draft: Draft) -> Draft:
    """Mark where characters are gone for good: U+FFFD, and 锟斤拷, which is U+FFFD read once more as GBK."""
    text = draft.text
    if not any(sign in text for sign in _SIGNS_OF_LOSS):
        return draft
    return draft.edit(
        lambda line: [Cut(*found.span(), put=found[0], damage="mojibake") for found in _LOST.finditer(line.text)]
    )


def _replace(line: DraftLine, text: str) -> DraftLine:
    return line._replace(text=text, pieces=line.pieces[:1], marks=(), number=None)


def _undo(text: str) -> str | None:
    if _UTF8_AS_GBK.search(text):
        return _sound(text, _gbk_to_utf8)
    if _is_latin(text):
        return _sound(text, _latin_to_utf8) or _sound(text, _latin_to_gbk)
    return None


def _is_latin(text: str) -> bool:
    """Say whether the text beyond ASCII is of several accented letters and signs, and no Chinese: no row of dashes."""
    if text.isascii() or _HAN.search(text) or not _LATIN.search(text):
        return False
    beyond = [character for character in text if character > "\x7f"]
    letters = [character for character in beyond if "\xa1" <= character <= "\xff"]
    return 2 * len(letters) >= len(beyond) and len(set(letters)) >= _MIN_COUNT


def _gbk_to_utf8(text: str) -> str:
    return _LOST_BYTES.sub("\ufffd", text.replace("\ufffd", "?").encode("gb18030").decode("utf-8", "replace"))


def _latin_to_utf8(text: str) -> str:
    return _LOST_BYTES.sub("\ufffd", _bytes_of_latin(text.replace("\ufffd", "?")).decode("utf-8", "replace"))


def _latin_to_gbk(text: str) -> str:
    return _bytes_of_latin(text).decode("gb18030")


def _bytes_of_latin(text: str) -> bytes:
    """Return the bytes of a text that was read as Windows-1252, whose five empty places browsers fill from Latin-1."""
    return b"".join(c.encode("cp1252") if ord(c) > 0xFF else bytes((ord(c),)) for c in text)


def _sound(text: str, undo: Callable[[str], str]) -> str | None:
    """Return the repaired text, if its bytes decode and give ordinary Chinese."""
    try:
        undone = undo(text)
    except UnicodeError:
        return None
    han = _HAN.findall(undone)
    if len(han) < _MIN_COUNT or undone.count("\ufffd") > _MAX_LOST * len(han):
        return None
    if sum(map(is_frequent, han)) < _MAX_FREQUENT * len(han):
        return None
    return undone
