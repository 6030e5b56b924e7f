"""Removes invisible characters and writes others in their plain form, one for one; the wording never changes.

Punctuation keeps the width it has: offices mix ``,`` and ``，`` freely and searches treat them as equal.
"""

import re
import unicodedata
from dataclasses import replace

from workers.convert.text.gb18030 import STANDARD
from workers.normalize.characters.radicals import IDEOGRAPHS
from workers.normalize.draft.sheet import Cut, Draft, DraftLine
from workers.runtime.lazy_regex import lazy_compile

# Controls save tab, line feed and their kin; zero-width and direction marks; soft hyphen; BOM; variation selectors.
_UNSEEN = (
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\ufff0-\ufffb]"
)
# A single class is looked for several times faster than a run of it, and few documents hold any.
_HAS_UNSEEN, _UNSEEN_RUN = lazy_compile(_UNSEEN), lazy_compile(_UNSEEN + "+")

# U+E5E5 is where GBK's A3A0 comes out, the full-width space of Chinese fonts.
_SPACES = dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288, 58853, 63733), " ")

_FULL_WIDTH = {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}

# Radicals and compatibility ideographs that PDF producers write for the ordinary character: ⽂ for 文, 﨑 stays.
_RADICALS = {
    code: plain
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain != chr(code)
}

_PLAIN = {**STANDARD, **_SPACES, **_FULL_WIDTH, **_RADICALS, **IDEOGRAPHS}
_HAS_PLAIN = lazy_compile("[" + "".join(map(re.escape, map(chr, _PLAIN))) + "]")
_BREAK = "[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_HAS_BREAK, _BREAK_RUN = lazy_compile(_BREAK), lazy_compile(_BREAK + "+")


def remove_unseen(draft: Draft) -> Draft:
    """Take out characters that print nothing.

    Pages copied from editors carry a zero-width space after each 「。」, files joined from two a BOM in the
    middle; either breaks a search for the words around it.
    """
    if not _HAS_UNSEEN.search(draft.text):
        return draft
    return draft.edit(lambda line: [Cut(*found.span(), "unseen") for found in _UNSEEN_RUN.finditer(line.text)])


def plain_forms(draft: Draft) -> Draft:
    """Write digits, Latin letters, spaces and radicals in their plain form.

    「２０１７年」 and 「2017年」, 「⽂件」 and 「文件」 are the same words to every reader and should be to a search.
    """
    if not _HAS_PLAIN.search(draft.text):
        return draft
    return replace(draft, lines=tuple(_plain(line) for line in draft.lines))


def split_breaks(draft: Draft) -> Draft:
    """Split blocks at the line breaks inside them, and trim each line.

    Word's manual break often stands between a title's two lines or after 「附件：」; whether two lines belong together
    is decided once for all formats, by ``line_breaks``.
    """
    broken = _HAS_BREAK.search(draft.text) is not None
    lines: list[DraftLine] = []
    for line in draft.lines:
        if line.kind == "table" or not (broken or _is_padded(line.text)):
            lines.append(line)
        else:
            lines += _split(line)
    return replace(draft, lines=tuple(lines))


def trim(draft: Draft) -> Draft:
    """Trim both ends of each line, where other repairs may have left spaces."""
    return draft.edit(_ends, tables=False)


def _plain(line: DraftLine) -> DraftLine:
    """Return the line in plain forms; it has no ``original`` yet, which only comes with ``simplify_text``."""
    if not _HAS_PLAIN.search(line.text):
        return line
    return line._replace(text=_HAS_PLAIN.sub(lambda found: _PLAIN[ord(found[0])], line.text))


def _split(line: DraftLine) -> list[DraftLine]:
    if not _HAS_BREAK.search(line.text):
        if not _is_padded(line.text):
            return [line]
        return [_stretch(line, 0, len(line.text), part=False)]
    starts = [0, *(found.end() for found in _BREAK_RUN.finditer(line.text))]
    ends = [*(found.start() for found in _BREAK_RUN.finditer(line.text)), len(line.text)]
    return [_stretch(line, a, b, part=True) for a, b in zip(starts, ends, strict=True) if line.text[a:b].strip()]


def _stretch(line: DraftLine, start: int, end: int, *, part: bool) -> DraftLine:
    raw = line.text[start:end]
    lead = len(raw) - len(raw.lstrip())
    number = line.number if start == 0 else None
    indented = line.indented or lead >= 2
    inner = line.stretch(start + lead, start + lead + len(raw.strip()))
    return inner._replace(part=part or line.part, indented=indented, number=number)


def _ends(line: DraftLine) -> list[Cut]:
    text = line.text
    if not _is_padded(text):
        return []
    lead, tail = len(text) - len(text.lstrip()), len(text.rstrip())
    return [Cut(0, lead), Cut(tail, len(text))] if lead < tail else [Cut(0, len(text))]


def _is_padded(text: str) -> bool:
    return bool(text) and (text[0].isspace() or text[-1].isspace())
