"""Word 6 and 95 documents: their text, paragraph by paragraph, and their tables.

By LibreOffice where that is installed; else by what follows, which knows where the text lies and little more. Such a
file has no Unicode: a character is a byte or two of the code page of its language, and positions count bytes. The
layout is that of Microsoft's binary file format of Word 6 (1993), which has the head of [MS-DOC] with other offsets.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from schemas.blocks import Block, Converted, Role
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.confinement.external_program import ProgramFailedError, ProgramTimeoutError
from workers.convert.source import Source
from workers.convert.text.encoding import decode
from workers.convert.text.plausibility import plausibility
from workers.convert.word.doc.binary import cut, u16, u32
from workers.convert.word.doc.fib import MAGIC, OLD_MAGIC, OLDEST
from workers.convert.word.doc.pieces import piece_places
from workers.convert.word.libreoffice import is_installed, through_office

_FLAGS, _LANGUAGE, _FIRST, _LAST, _LENGTHS, _PIECES = 0x0A, 0x06, 0x18, 0x1C, 0x34, 0x160
_FAST_SAVED, _ENCRYPTED, _WIDE = 0x0004, 0x0100, 0x1000
_CODE_PAGES = {0x0804: "gb18030", 0x1004: "gb18030", 0x0404: "big5", 0x0C04: "big5", 0x0411: "cp932", 0x0412: "cp949"}
# The stories in their order in the text, and what becomes of them; None is left out.
_STORIES: tuple[Role | None, ...] = ("body", "footnote", "header", None, None, "footnote", "textbox", None)
_FIELD = re.compile("\x13[^\x13-\x15]{0,2000}\x14?|\x15")
_PARAGRAPH = re.compile("[\r\x0c]")
_INVISIBLE = re.compile("[\x00-\x06\x08\x0e-\x1f]")
_SAMPLE, _SLIGHTLY = 3000, 0.1


def is_old(stream: bytes) -> bool:
    """Return whether a ``WordDocument`` stream is of Word 6 or 95."""
    magic = u16(stream, 0)
    return magic in OLD_MAGIC or (magic == MAGIC and u16(stream, 2) < OLDEST)


def read_old(source: Source, stream: bytes) -> Converted:
    """Read the document.

    Raises:
        DocumentError: It is encrypted, or holds no text.
        Damaged: It is cut short.
    """
    if u16(stream, _FLAGS) & _ENCRYPTED:
        raise DocumentError(Category.ENCRYPTED, Sentence.of("document-password"))
    blocks = tuple(_blocks(stream))
    office = _by_office(source)
    # LibreOffice goes by the fonts, and takes Chinese in a font that says nothing for Western.
    if office and _plausible(office.blocks) > _plausible(blocks) - _SLIGHTLY:
        return office
    if not blocks:
        raise DocumentError(Category.EMPTY, Sentence.of("word-95-empty"))
    problem = Problem.of("convert", Sentence.of("word-95-text-only"), lossy=True)
    return Converted(format="doc", blocks=blocks, problems=(problem,))


def _by_office(source: Source) -> Converted | None:
    if not is_installed():
        return None
    try:
        found = through_office(source)
    except (ProgramFailedError, ProgramTimeoutError):
        return None
    return replace(found, format="doc") if found and found.blocks else None


def _plausible(blocks: tuple[Block, ...]) -> float:
    return plausibility("\n".join(block.text for block in blocks)[:_SAMPLE])


def _blocks(stream: bytes) -> Iterator[Block]:
    width = 2 if u16(stream, _FLAGS) & _WIDE else 1
    data = _text(stream, width)
    position = 0
    for index, role in enumerate(_STORIES):
        length = u32(stream, _LENGTHS + 4 * index) * width
        if role and length:
            yield from _story(_decode(data[position : position + length], stream, width), role)
        position += length


def _text(stream: bytes, width: int) -> bytes:
    if not u16(stream, _FLAGS) & _FAST_SAVED:
        first = u32(stream, _FIRST)
        return cut(stream, first, max(0, u32(stream, _LAST) - first))
    clx = cut(stream, u32(stream, _PIECES), u32(stream, _PIECES + 4))
    return b"".join(
        stream[place : place + (end - start) * width] for start, end, place in piece_places(clx, len(stream))
    )


def _decode(data: bytes, stream: bytes, width: int) -> str:
    if width == 2:
        return data.decode("utf-16-le", "replace")
    return decode(data, declared=_CODE_PAGES.get(u16(stream, _LANGUAGE))).text


def _story(text: str, role: Role) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for paragraph in _PARAGRAPH.split(_FIELD.sub("", text)):
        *cells, rest = paragraph.split("\x07")
        rows.extend(_rows(cells))
        if shown := _visible_text(rest):
            yield from _table(rows, role)
            yield Block(shown, role=role)
            rows = []
    yield from _table(rows, role)


def _rows(cells: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield rows of cells: each ends with a mark of its own, as if it had one more cell, an empty one.

    An empty cell looks the same; it cuts its row in two, and no text is lost.
    """
    row: list[str] = []
    for cell in map(_visible_text, cells):
        if cell or not row:
            row.append(cell)
        else:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)


def _table(rows: list[tuple[str, ...]], role: Role) -> Iterator[Block]:
    filled = tuple(row for row in rows if any(row))
    if filled:
        yield Block("\n".join("\t".join(row) for row in filled), kind="table", role=role, rows=filled)


def _visible_text(text: str) -> str:
    return _INVISIBLE.sub("", text.replace("\x0b", "\n").replace("\x1e", "-").replace("\x1f", "")).strip()
