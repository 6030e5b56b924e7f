"""The looks of an xlsx that change what is read: fonts and number formats of cells, and runs of shared strings.

ECMA-376 part 1, 18.8 (styles) and 18.4 (shared strings). Most workbooks have none of them, which a look at the bytes
tells, and their sheets are not read a second time.
"""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from workers.convert.spreadsheet.formats.number_format import Show, built_in_format, number_format, shows_nothing
from workers.convert.spreadsheet.sheet_look import SMALLEST, marked_text
from workers.convert.word.docx.package import Package
from workers.convert.word.docx.wml import Element
from workers.convert.word.text_style import NOTHING, TextStyle, is_pale

_Item = TypeVar("_Item")

_SHIFTS = {"superscript": 1, "subscript": -1}
_WHITE = frozenset({"1", "9"})  # 18.8.27, the indexed colours
_LIGHT = "0"  # 20.1.6.2: the first colour of a theme is that of the ground
LEAST_RUNS = (b"vertAlign", b"strike")
"""What markup holds, at the least, where letters of a cell look different in a way that changes what is read."""


@dataclass(frozen=True, slots=True)
class CellStyles:
    """Cell formats of a workbook by number, those only that change what is read.

    Attributes:
        looks: What they look like.
        formats: What they show of a value.
    """

    looks: dict[int, TextStyle] = field(default_factory=dict)
    formats: dict[int, Show] = field(default_factory=dict)


def cell_styles(package: Package, name: str, *, since_1904: bool = False) -> CellStyles:
    """Return the cell formats of a workbook whose part of styles is so called.

    Args:
        package: The workbook.
        name: Of the part.
        since_1904: Whether its days are counted from 1904.
    """
    root = package.xml(name)
    found = CellStyles()
    if root is None:
        return found
    fonts = [font_look(font) for font in root.iterfind("{*}fonts/{*}font")]
    filled = [_is_filled(fill) for fill in root.iterfind("{*}fills/{*}fill")]
    codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iterfind("{*}numFmts/{*}numFmt")}
    for number, item in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        shown = item.get("numFmtId", "0")
        blank = shows_nothing(codes.get(shown, ""))
        look = _at(fonts, item.get("fontId"), NOTHING)
        white = look.white and not _at(filled, item.get("fillId"), otherwise=False)
        look = replace(look, hidden=True if look.hidden or white or blank else None, white=white or None)
        if look.unseen or look.shift or look.struck:
            found.looks[number] = look
        code = codes.get(shown) or built_in_format(int(shown) if shown.isdecimal() else 0)
        if not blank and (show := number_format(code, since_1904=since_1904)):
            found.formats[number] = show
    return found


def shared_texts(package: Package, name: str) -> dict[int, str]:
    """Return the shared strings of several looks as a reader sees them, by number."""
    data = package.data(name) or b""
    if not any(word in data for word in LEAST_RUNS):
        return {}
    root = package.parse(data, name)
    found: dict[int, str] = {}
    for number, item in enumerate(root.iterfind("{*}si")):
        if text := rich_text(item):
            found[number] = text
    return found


def rich_text(item: Element) -> str:
    """Return a string as it is seen, empty where all of it looks alike (18.4.8 si, 18.3.1.53 is)."""
    runs = [(run.findtext("{*}t") or "", font_look(run.find("{*}rPr"))) for run in item.iterfind("{*}r")]
    return marked_text(runs) if any(look.shift or look.struck for _, look in runs) else ""


def font_look(font: Element | None) -> TextStyle:
    """Return what a font says of a text (18.8.22; 18.4.7 for a run)."""
    if font is None:
        return NOTHING
    size, shift, strike, colour = (font.find("{*}" + name) for name in ("sz", "vertAlign", "strike", "color"))
    return TextStyle(
        hidden=True if size is not None and _points(size.get("val", "")) <= SMALLEST else None,
        shift=_SHIFTS.get(shift.get("val", "")) if shift is not None else None,
        struck=True if strike is not None and strike.get("val", "1") not in {"0", "false"} else None,
        white=True if colour is not None and _is_white(colour) else None,
    )


def _is_white(colour: Element) -> bool:
    rgb = colour.get("rgb", "")
    return (
        (len(rgb) == 8 and is_pale(rgb[2:]))
        or colour.get("indexed") in _WHITE
        or (colour.get("theme") == _LIGHT and not float(colour.get("tint") or 0))
    )


def _is_filled(fill: Element) -> bool:
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return True
    ground = pattern.find("{*}fgColor")
    plain = pattern.get("patternType") == "solid" and ground is not None and _is_white(ground)
    return not plain and pattern.get("patternType", "none") != "none"


def _points(size: str) -> float:
    return float(size) if size.replace(".", "", 1).isdigit() else 11.0


def _at(items: list[_Item], number: str | None, otherwise: _Item) -> _Item:
    return items[int(number)] if number and number.isdecimal() and int(number) < len(items) else otherwise
