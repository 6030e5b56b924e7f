"""What of an xlsx stands or shows beside the values of its cells, by sheet: hidden rows, looks, drawings, page headers.

The values themselves are python-calamine's; a sheet's markup is gone through only for what the workbook has at all.
"""

import re
from collections.abc import Iterator
from html import unescape

from schemas.blocks import Block, Role
from workers.convert.spreadsheet.drawings import beside_cells
from workers.convert.spreadsheet.page_headers import page_headers
from workers.convert.spreadsheet.sheet_look import Place, SheetLook, is_sparse
from workers.convert.spreadsheet.workbook_styles import LEAST_RUNS, CellStyles, cell_styles, rich_text, shared_texts
from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.docx.wml import Element, R

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_HIDDEN = re.compile(rb"\b(?:hidden=\"(?:1|true)|(?:ht|width)=\"0(?:\.0*)?)\"")  # 18.3.1.73, 18.3.1.13
_MAY_HIDE = (b'hidden="', b'ht="0', b'width="0')
_NUMBER = re.compile(rb"\b(r|min|max)=\"(\d{1,7})\"")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>\s*(?:<(?:\w+:)?v>(\d{1,9})<)?)")
_WHERE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_STYLE = re.compile(rb"\bs=\"(\d{1,6})\"")
_SHARED = re.compile(rb"\bt=\"s\"")
_MARGIN = re.compile(rb"<(?:\w+:)?(odd|even|first)(Header|Footer)>([^<]*)</")
# What may lay a colour under white letters is looked for by name, and where it is, they count as seen.
_GROUNDS = (b"conditionalFormatting", b"<tablePart", b"<drawing", b"<legacyDrawing", b"<picture")
_REFERENCE = re.compile(rb'<c\b[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
# A reference of so many letters or digits at least; only few cells far apart span an area that is sparse.
_FAR_DOWN, _VERY_FAR_DOWN = re.compile(rb'r="[A-Z]{1,3}[0-9]{4}'), re.compile(rb'r="[A-Z]{1,3}[0-9]{5}')
_FAR_RIGHT = re.compile(rb'r="[A-Z]{3}[0-9]')
_MOST_COLUMNS = 16_384


def sheet_looks(package: Package) -> dict[str, SheetLook]:
    """Return what there is beside the values of the cells, by the sheet's name."""
    main = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "/xl/workbook.xml")
    root, relations = package.xml(main), package.relations(main)
    parts = {relation.kind: relation.target for relation in relations.values() if not relation.external}
    since_1904 = root is not None and next(root.iterfind("{*}workbookPr[@date1904='1']"), None) is not None
    styles = cell_styles(package, parts["styles"], since_1904=since_1904) if "styles" in parts else CellStyles()
    texts = shared_texts(package, parts["sharedStrings"]) if "sharedStrings" in parts else {}
    beside = beside_cells(package)
    found: dict[str, SheetLook] = {}
    for sheet in root.iter("{*}sheet") if root is not None else ():
        relation = relations.get(sheet.get(R + "id", ""))
        name = sheet.get("name", "")
        if relation is not None and not relation.external:
            found[name] = _look(package, relation, styles, texts, hidden=sheet.get("state", "visible") != "visible")
            found[name].beside += beside.get(name, ())
    return found


def _look(package: Package, sheet: Relation, styles: CellStyles, texts: dict[int, str], *, hidden: bool) -> SheetLook:
    data = package.data(sheet.target) or b""
    look = SheetLook(beside=list(_margins(data, hidden=hidden)), sparse=_is_sparse(data))
    if any(word in data for word in _MAY_HIDE):
        look.hidden_rows = {number - 1 for said in _hidden(_ROW, data) for number in (said.get(b"r", 0),) if number}
        for said in _hidden(_COLUMN, data):
            last = min(said.get(b"max", 0), _MOST_COLUMNS)
            look.hidden_columns.update(range(said.get(b"min", 1) - 1, last))
    if styles.looks or styles.formats or texts:
        seen = any(word in data for word in _GROUNDS)
        looks = {number: each for number, each in styles.looks.items() if not (seen and each.white)}
        _add_cells(look, data, CellStyles(looks, styles.formats), texts)
    if b"inlineStr" in data and any(word in data for word in LEAST_RUNS):
        look.texts.update(_inline_texts(package.parse(data, sheet.target)))
    return look


def _inline_texts(root: Element) -> Iterator[tuple[Place, str]]:
    """Yield the strings of several looks that stand in their cells (18.3.1.53)."""
    for cell in root.iter("{*}c"):
        inside = cell.find("{*}is") if cell.get("t") == "inlineStr" else None
        where = _PLACE.fullmatch(cell.get("r", ""))
        if inside is not None and where and (text := rich_text(inside)):
            yield (int(where[2]) - 1, _column_of(where[1].encode()) - 1), text


def _hidden(kind: re.Pattern[bytes], data: bytes) -> Iterator[dict[bytes, int]]:
    for found in kind.finditer(data):
        if _HIDDEN.search(found[1]):
            yield {name: int(number) for name, number in _NUMBER.findall(found[1])}


def _add_cells(look: SheetLook, data: bytes, styles: CellStyles, texts: dict[int, str]) -> None:
    looks, formats = styles.looks, styles.formats
    for found in _CELL.finditer(data):
        style, shared = _STYLE.search(found[1]), texts and _SHARED.search(found[1])
        number = int(style[1]) if style else -1
        text = texts.get(int(found[2])) if shared and found[2] else None
        if (number in looks or number in formats or text) and (where := _WHERE.search(found[1])):
            place: Place = int(where[2]) - 1, _column_of(where[1]) - 1
            if number in looks:
                look.cells[place] = looks[number]
            if number in formats:
                look.formats[place] = formats[number]
            if text:
                look.texts[place] = text


def _is_far(data: bytes) -> bool:
    """Return whether cells may span a sparse area: 999 rows of ZZZ columns are too few, and 9,999 of ZZ."""
    return bool(_FAR_DOWN.search(data) and (_FAR_RIGHT.search(data) or _VERY_FAR_DOWN.search(data)))


def _is_sparse(data: bytes) -> bool:
    if not _is_far(data):
        return False
    columns: set[bytes] = set()
    last = count = 0
    for found in _REFERENCE.finditer(data):
        columns.add(found[1])
        last = max(last, int(found[2]))
        count += 1
    return is_sparse(last, max((_column_of(letters) for letters in columns), default=0), count)


def _column_of(letters: bytes) -> int:
    """Return the number of a column, counted from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _margins(data: bytes, *, hidden: bool) -> Iterator[Block]:
    """Yield the headers and footers that pages of the sheet have (ECMA-376 part 1, 18.3.1.46), each text once."""
    met: set[str] = set()
    if b"headerFooter" not in data:
        return
    if b"<headerFooter" not in data and b":headerFooter" not in data:
        return
    for _, kind, said in _MARGIN.findall(data):
        role: Role = "header" if kind == b"Header" else "footer"
        for text in page_headers(unescape(said.decode("utf-8", "replace"))):
            if text not in met:
                met.add(text)
                yield Block(text, role="hidden" if hidden else role)
