"""The style sheet (STSH): what a style means once its ancestors are taken in ([MS-DOC] 2.9.271, 2.9.260)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from workers.convert.word.doc.binary import Damaged, cut, u8, u16, utf16
from workers.convert.word.doc.sprms import AGAINST_STYLE, AS_STYLE, paragraph_shape, run_shape
from workers.convert.word.text_style import NOTHING, TextStyle, overlay

_NONE = 0xFFF
_MAX_COUNT = 4096
_MAX_DEPTH = 32
_FONT_NAME = 39
_PARAGRAPH, _CHARACTER = 1, 2
# 2.9.260 sti. Word stores these names in the language of its menus (「目录 1」); docx has them in English.
_BUILT_IN = {
    **{0: "Normal", 29: "footnote text", 31: "header", 32: "footer", 34: "caption", 62: "Title", 74: "Subtitle"},
    **{number: f"heading {number}" for number in range(1, 10)},
    **{number + 18: f"toc {number}" for number in range(1, 10)},
}


@dataclass(frozen=True, slots=True)
class Style:
    """One style as stored.

    Attributes:
        base: Index of the style it is based on, or None.
        look: What it says itself.
    """

    base: int | None
    look: TextStyle


@dataclass(slots=True)
class StyleSheet:
    """All styles of a document by index; each is read when it is first asked for, most never are.

    Attributes:
        stored: The bytes of each style.
        fixed: Size of the part of each that has a name behind it.
        styles: Those that were read.
        resolved: What those say that were asked for.
    """

    stored: dict[int, bytes] = field(default_factory=dict)
    fixed: int = 0
    styles: dict[int, Style] = field(default_factory=dict)
    resolved: dict[int, TextStyle] = field(default_factory=dict)

    def look(self, index: int) -> TextStyle:
        """Return what a style says, ancestors included."""
        if index not in self.resolved:
            look = NOTHING
            for style in reversed(list(self._chain(index))):
                look = overlay(look, style.look)
            self.resolved[index] = look
        return self.resolved[index]

    def _chain(self, index: int | None) -> Iterator[Style]:
        met: set[int] = set()
        while index is not None and index in self.stored and index not in met and len(met) < _MAX_DEPTH:
            met.add(index)
            if index not in self.styles:
                self.styles[index] = _style(self.stored[index], index, self.fixed)
            yield self.styles[index]
            index = self.styles[index].base


def read_fonts(data: bytes) -> list[str]:
    """Return the names of the fonts by index ([MS-DOC] 2.9.277, 2.9.82).

    Raises:
        Damaged: The table is cut short.
    """
    fonts: list[str] = []
    offset = 4
    for _ in range(min(u16(data, 0), _MAX_COUNT) if data else 0):
        size = u8(data, offset)
        font = cut(data, offset + 1, size)
        fonts.append(font[_FONT_NAME:].decode("utf-16-le", "replace").partition("\0")[0])
        offset += 1 + size
    return fonts


def read_styles(data: bytes) -> StyleSheet:
    """Return the style sheet.

    Raises:
        Damaged: It is cut short; styles read so far are lost, so the caller says so.
    """
    if not data:
        return StyleSheet()
    head = u16(data, 0)
    count, fixed = min(u16(data, 2), _MAX_COUNT), u16(data, 4)
    sheet = StyleSheet(fixed=fixed)
    offset = 2 + head
    for index in range(count):
        size = u16(data, offset)
        if size:
            std = cut(data, offset + 2, size)
            cut(std, 0, max(6, fixed + 2 + 2 * u16(std, fixed)))  # what stands before its looks is there
            sheet.stored[index] = std
        offset += 2 + size + size % 2
    return sheet


def _style(std: bytes, index: int, fixed: int) -> Style:
    built_in, kind_and_base, variants = u16(std, 0) & 0xFFF, u16(std, 2), u16(std, 4) & 0xF
    kind, base = kind_and_base & 0xF, kind_and_base >> 4
    length = u16(std, fixed)
    name = utf16(std, fixed + 2, length)
    look = TextStyle(name=_BUILT_IN.get(built_in) or name.partition(",")[0])
    if kind == _PARAGRAPH and 1 <= built_in <= 9:
        look = replace(look, outline=built_in - 1)
    try:
        for form, modifications in enumerate(_variants(std, fixed + 4 + 2 * length, variants)):
            look = overlay(look, _variant(modifications, kind, form))
    except Damaged:
        pass  # a style is usable without what stands behind its damaged part
    if look.list_id is not None:
        look = replace(look, list_style=index)
    return Style(None if base == _NONE else base, look if kind == _PARAGRAPH else replace(look, name=None))


def _variants(std: bytes, offset: int, count: int) -> Iterator[bytes]:
    for _ in range(count):
        offset += offset % 2
        size = u16(std, offset)
        yield cut(std, offset + 2, size)
        offset += 2 + size


def _variant(data: bytes, kind: int, form: int) -> TextStyle:
    """Return what one list of a style says: of a paragraph style the first is about paragraphs, the second runs."""
    if kind == _PARAGRAPH and form == 0:
        return paragraph_shape(data[2:], u16(data, 0), b"").look
    if (kind, form) not in {(_PARAGRAPH, 1), (_CHARACTER, 0)}:
        return NOTHING
    run = run_shape(data)
    return TextStyle(
        bold=_plain(run.bold),
        hidden=_plain(run.hidden),
        size=run.size,
        shift=run.shift,
        white=run.pale,
        struck=_plain(run.struck),
    )


def _plain(toggle: int | None) -> bool | None:
    return None if toggle in {None, AS_STYLE} else toggle in {1, AGAINST_STYLE}


def apply_toggle(toggle: int | None, styled: bool | None) -> bool | None:
    """Return an on-off property of a run, given what its style says."""
    if toggle is None or toggle == AS_STYLE:
        return styled
    return not styled if toggle == AGAINST_STYLE else bool(toggle)
