"""The list tables (PlfLst, PlfLfo, LVL) as ``numbering.NumberedList`` ([MS-DOC] 2.9.131, 2.9.147, 2.9.150)."""

from dataclasses import dataclass
from types import MappingProxyType

from workers.convert.word.doc.binary import cut, i32, u8, u16, u32, utf16
from workers.convert.word.doc.sprms import run_shape
from workers.convert.word.numbering import Level, NumberedList, Suffix

_LSTF, _LVLF, _LFO = 28, 28, 16
_MAX_COUNT = 4096
_MAX_LENGTH = 64
_SUFFIXES: dict[int, Suffix] = {0: "tab", 1: "space", 2: "nothing"}

# [MS-OSHARED] 2.2.1.3, by the names of ST_NumberFormat.
FORMATS = MappingProxyType(
    dict(
        enumerate(
            (
                *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText"),
                *("ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha"),
                *("decimalFullWidth", "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand"),
                *("decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero"),
                *("bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen"),
                *("decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional"),
                *("ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional"),
                *("taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified"),
                *("chineseCountingThousand", "decimal", "koreanDigital", "koreanCounting", "koreanLegal"),
                *("koreanDigital2", "hebrew1", "arabicAlpha", "hebrew2", "arabicAbjad", "hindiVowels"),
                *("hindiConsonants", "hindiNumbers", "hindiCounting", "thaiLetters", "thaiNumbers", "thaiCounting"),
                *("vietnameseCounting", "numberInDash", "russianLower", "russianUpper"),
            )
        )
    )
    | {0xFF: "none"}
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A list definition: its levels, each tied to a style or not."""

    identifier: int
    levels: dict[int, Level]


def read_lists(definitions: bytes, overrides: bytes) -> dict[int, NumberedList]:
    """Return the lists by the 1-based index paragraphs refer to.

    Args:
        definitions: From the ``PlfLst`` to the end of the table stream; the levels follow the structure itself.
        overrides: From the ``PlfLfo`` likewise.

    Raises:
        Damaged: One of them is cut short.
    """
    if not definitions or not overrides:
        return {}
    known = {definition.identifier: definition for definition in _definitions(definitions)}
    count = min(u32(overrides, 0), _MAX_COUNT)
    offset = 4 + _LFO * count
    lists: dict[int, NumberedList] = {}
    for index in range(count):
        head = cut(overrides, 4 + _LFO * index, _LFO)
        identifier, changes = i32(head, 0), min(u8(head, 12), 9)
        levels = dict(known[identifier].levels) if identifier in known else {}
        starts, offset = _changes(overrides, offset + 4, changes, levels)
        lists[index + 1] = NumberedList(identifier, levels, starts)
    return lists


def _definitions(data: bytes) -> list[Definition]:
    count = min(u16(data, 0), _MAX_COUNT)
    offset = 2 + _LSTF * count
    found: list[Definition] = []
    for index in range(count):
        head = cut(data, 2 + _LSTF * index, _LSTF)
        levels: dict[int, Level] = {}
        for level in range(1 if head[26] & 1 else 9):
            style = u16(head, 8 + 2 * level)
            levels[level], offset = _level(data, offset, style if style != 0xFFF else None)
        found.append(Definition(i32(head, 0), levels))
    return found


def _changes(data: bytes, offset: int, count: int, levels: dict[int, Level]) -> tuple[dict[int, int], int]:
    """Apply the level overrides at ``offset``; return the start values they set and where they end."""
    starts: dict[int, int] = {}
    for _ in range(count):
        start, flags = i32(data, offset), u32(data, offset + 4)
        level = flags & 0xF
        offset += 8
        if flags & 0x20:
            tied = levels[level].style if level in levels else None
            levels[level], offset = _level(data, offset, tied)
        if flags & 0x10:
            starts[level] = levels[level].start if flags & 0x20 else start
    return starts, offset


def _level(data: bytes, offset: int, style: object) -> tuple[Level, int]:
    head = cut(data, offset, _LVLF)
    runs, paragraphs = head[24], head[25]
    properties = offset + _LVLF + paragraphs
    text = properties + runs
    length = u16(data, text)
    template = utf16(data, text + 2, length)
    level = Level(
        start=max(0, i32(head, 0)),
        format=FORMATS.get(head[4], "decimal"),
        parts=_parts(template, head[6:15]),
        suffix=_SUFFIXES.get(head[15], "tab"),
        restart=_restart(head),
        legal=bool(head[5] & 0x04),
        style=style if isinstance(style, int) else None,
        hidden=runs > 0 and run_shape(cut(data, properties, runs)).hidden == 1,
    )
    return level, text + 2 + 2 * length


def _restart(head: bytes) -> int | None:
    """Return the 1-based level that starts this one again; see ``Level.restart``."""
    if not head[5] & 0x08:
        return None
    return head[26]


def _parts(template: str, places: bytes) -> tuple[str | int, ...]:
    """Split a label at its placeholders: characters 0 to 8 at the 1-based places stored beside it."""
    marks = {place - 1 for place in places if place}
    parts: list[str | int] = []
    text = ""
    for index, char in enumerate(template[:_MAX_LENGTH]):
        if index in marks and ord(char) < 9:
            parts.extend([text] if text else [])
            parts.append(ord(char))
            text = ""
        elif char >= " ":
            text += char
    return (*parts, text) if text else tuple(parts)
