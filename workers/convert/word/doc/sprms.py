"""Single property modifications: the little instructions that say what a paragraph or run looks like ([MS-DOC] 2.6)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from workers.convert.word.doc.binary import Damaged, cut, i16, u8, u16, u32
from workers.convert.word.text_style import NOTHING, PALE, Align, TextStyle

# Operand size by the top three bits of the code; 6 means that the operand begins with its length.
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_DEF_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_ALIGNMENTS: Mapping[int, Align] = MappingProxyType(
    {
        0: "left",
        1: "center",
        2: "right",
        3: "justify",
        4: "justify",
        5: "justify",
        7: "justify",
        8: "justify",
        9: "justify",
    }
)
# Shading and highlighting of characters, paragraphs and cells, of Word 97 and later ([MS-DOC] 2.6.1 to 2.6.3).
_GROUNDS = frozenset({0x2A0C, 0x4866, 0xCA71, 0x442D, 0xC64D, 0xD609, 0xD612, 0xD616, 0xD60C, 0xD670})
_HUGE = frozenset({0x6645, 0x6646})
_HUGE_BYTES = tuple(code.to_bytes(2, "little") for code in _HUGE)
AS_STYLE, AGAINST_STYLE = 0x80, 0x81


@dataclass(frozen=True, slots=True)
class RowShape:
    """The cells of a table row.

    Attributes:
        edges: Horizontal positions of the cell borders in twentieths of a point, one more than cells.
        merged: For each cell, whether it continues the one before or above and shows nothing of its own.
    """

    edges: tuple[int, ...] = ()
    merged: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    """Properties of a paragraph that a list of modifications sets.

    Attributes:
        style: Index of its style.
        look: What it says itself.
        depth: How many tables it is nested in; None if nothing is said.
        cell_end: Whether its mark ends a cell of a nested table.
        row_end: Whether its mark ends a row.
        row: The shape of the row it ends.
    """

    style: int = 0
    look: TextStyle = NOTHING
    depth: int | None = None
    cell_end: bool = False
    row_end: bool = False
    row: RowShape = RowShape()


@dataclass(frozen=True, slots=True)
class RunShape:
    """Properties of a run that a list of modifications sets; None if nothing is said.

    Attributes:
        style: Index of its character style.
        bold: 0 or 1, or ``AS_STYLE`` or ``AGAINST_STYLE``.
        hidden: As ``bold``.
        deleted: Whether it is a tracked deletion.
        size: Font size in half-points.
        special: Whether control codes in it have their special meaning.
        symbol: Code of the symbol that stands for each of its characters.
        symbol_font: Index of the symbol's font.
        font: Index of the font of Latin text and symbols.
        shift: As in ``TextStyle``.
        position: Half-points above its line, negative below.
        pale: Whether its colour is that of paper.
        struck: As ``bold``: struck through, once or twice.
        data: Whether ``place`` is that of the data of a form field, not of a picture.
        place: Offset in the ``Data`` stream.
    """

    style: int | None = None
    bold: int | None = None
    hidden: int | None = None
    deleted: bool = False
    size: int | None = None
    special: bool = False
    symbol: int | None = None
    symbol_font: int = 0
    font: int | None = None
    shift: int | None = None
    position: int = 0
    pale: bool | None = None
    struck: int | None = None
    data: bool = False
    place: int | None = None


def modifications(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield code and operand of each modification; stops where the list is cut short."""
    offset = 0
    while offset + 2 <= len(data):
        code = data[offset] | data[offset + 1] << 8
        size, skip = _SIZES[code >> 13], 0
        if size < 0:
            size, skip = _operand(data, offset + 2, code)
        if offset + 2 + skip + size > len(data):
            return
        yield code, data[offset + 2 + skip : offset + 2 + skip + size]
        offset += 2 + skip + size


def paragraph_shape(data: bytes, style: int, storage: bytes) -> ParagraphShape:
    """Return what a list of modifications makes of a paragraph.

    Args:
        data: The list.
        style: Index of the paragraph's style.
        storage: The ``Data`` stream, where long lists are kept.
    """
    refers = any(code in data for code in _HUGE_BYTES)
    return _paragraph_shape(data, style, storage) if refers else _small_paragraph_shape(data, style)


@lru_cache(maxsize=4096)
def _small_paragraph_shape(data: bytes, style: int) -> ParagraphShape:
    return _paragraph_shape(data, style, b"")


def _paragraph_shape(data: bytes, style: int, storage: bytes) -> ParagraphShape:
    shape = ParagraphShape(style)
    said: dict[str, object] = {}
    nested: int | None = None
    for code, operand in _with_huge(data, storage):
        if code in _LOOKS:
            said.update(_LOOKS[code](operand))
        elif code == 0x4600:
            shape = replace(shape, style=u16(operand, 0))
        elif code == 0x2416:
            nested = nested if operand[0] and nested else operand[0] & 1
        elif code == 0x6649:
            nested = u32(operand, 0)
        elif code in {0x2417, 0x244C}:
            shape = replace(shape, row_end=bool(operand[0]))
        elif code == 0x244B:
            shape = replace(shape, cell_end=bool(operand[0]))
        elif code in _ROWS:
            shape = replace(shape, row=_ROWS[code](shape.row, operand))
    # Word 97 knew no nesting: being in a table is then all that is said.
    return replace(shape, depth=nested, look=TextStyle(**said) if said else NOTHING)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def run_shape(data: bytes) -> RunShape:
    """Return what a list of modifications makes of a run; few lists make up a document."""
    said: dict[str, object] = {}
    for code, operand in modifications(data):
        if code == 0x2A33:  # back to plain: everything before is void
            said = {key: found for key, found in said.items() if key in {"special", "symbol", "symbol_font"}}
        elif code in _RUN_LOOKS:
            said.update(_RUN_LOOKS[code](operand))
    return RunShape(**said) if said else _PLAIN  # type: ignore[arg-type]


_PLAIN = RunShape()
_WHITE = 8  # 2.9.119 Ico


@lru_cache(maxsize=4096)
def lays_colour(data: bytes) -> bool:
    """Return whether modifications lay a colour under text, so that white letters may be seen on it."""
    return any(code in _GROUNDS and any(operand) for code, operand in modifications(data))


def _operand(data: bytes, offset: int, code: int) -> tuple[int, int]:
    """Return the size of an operand that says it itself, and of the length in front of it."""
    if code == _DEF_TABLE:
        return (max(0, u16(data, offset) - 1), 2) if offset + 2 <= len(data) else (len(data), 0)
    if offset >= len(data):
        return len(data), 0
    length = data[offset]
    if code == _CHANGE_TABS and length == 0xFF and offset + 2 < len(data):
        deleted = data[offset + 1]
        added = offset + 2 + 4 * deleted
        length = 2 + 4 * deleted + 3 * (data[added] if added < len(data) else 0)
    return length, 1


def _with_huge(data: bytes, storage: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield modifications, those kept in the ``Data`` stream in place of the reference to them."""
    for code, operand in modifications(data):
        if code not in _HUGE:
            yield code, operand
            continue
        try:
            offset = u32(operand, 0)
            kept = cut(storage, offset + 2, u16(storage, offset))
        except Damaged:
            continue
        yield from ((inner, found) for inner, found in modifications(kept) if inner not in _HUGE)


def _list(operand: bytes) -> dict[str, object]:
    index = i16(operand, 0)
    # 2.6.2 sprmPIlfo: negative values mean "in no list, indents kept".
    return {"list_id": index if 0 < index < 0x7FFF else 0}


_LOOKS: Mapping[int, Callable[[bytes], dict[str, object]]] = {
    0x2403: lambda operand: {"align": _ALIGNMENTS.get(operand[0])},
    0x2461: lambda operand: {"align": _ALIGNMENTS.get(operand[0])},
    0x260A: lambda operand: {"list_level": operand[0]},
    0x460B: _list,
    0x2640: lambda operand: {"outline": operand[0]},
    0x8411: lambda operand: {"first_line": i16(operand, 0)},
    0x8460: lambda operand: {"first_line": i16(operand, 0)},
    0x4457: lambda operand: {"first_line_chars": i16(operand, 0)},
}


# 2.6.1: what each modification says of a run.
_RUN_LOOKS: Mapping[int, Callable[[bytes], dict[str, object]]] = {
    0x4A30: lambda operand: {"style": u16(operand, 0)},
    0x0835: lambda operand: {"bold": operand[0]},
    0x083C: lambda operand: {"hidden": operand[0]},
    **dict.fromkeys((0x0837, 0x2A53), lambda operand: {"struck": operand[0]}),
    0x2A48: lambda operand: {"shift": {1: 1, 2: -1}.get(operand[0], 0)},
    0x4845: lambda operand: {"position": i16(operand, 0)},
    0x6870: lambda operand: {"pale": operand[3] == 0 and min(operand[:3]) >= PALE},
    0x2A42: lambda operand: {"pale": operand[0] == _WHITE},
    0x0806: lambda operand: {"data": bool(operand[0])},
    0x6A03: lambda operand: {"place": u32(operand, 0)},
    0x0800: lambda operand: {"deleted": bool(operand[0] & 1)},
    0x4A43: lambda operand: {"size": u16(operand, 0) or None},
    0x4A4F: lambda operand: {"font": u16(operand, 0)},
    0x0855: lambda operand: {"special": bool(operand[0])},
    0x6A09: lambda operand: {"symbol_font": u16(operand, 0), "symbol": u16(operand, 2)},
}


def _define(_: RowShape, operand: bytes) -> RowShape:
    count = min(u8(operand, 0), 63)
    edges = tuple(i16(operand, 1 + 2 * index) for index in range(count + 1))
    cells = 1 + 2 * (count + 1)
    merged = tuple(_continues(operand, cells + 20 * index) for index in range(count))
    return RowShape(edges, merged)


def _continues(operand: bytes, offset: int) -> bool:
    if offset + 2 > len(operand):
        return False
    flags = u16(operand, offset)
    return flags & 0x0003 == 0x0002 or flags & 0x0060 == 0x0020


def _merge_down(row: RowShape, operand: bytes) -> RowShape:
    index, how = u8(operand, 0), u8(operand, 1)
    return replace(row, merged=tuple(how == 1 if cell == index else was for cell, was in enumerate(row.merged)))


def _merge_across(row: RowShape, operand: bytes) -> RowShape:
    first, limit = operand[0], operand[1]
    return replace(row, merged=tuple(first < cell < limit or was for cell, was in enumerate(row.merged)))


_ROWS: Mapping[int, Callable[[RowShape, bytes], RowShape]] = {
    _DEF_TABLE: _define,
    0xD62B: _merge_down,
    0x5624: _merge_across,
}
