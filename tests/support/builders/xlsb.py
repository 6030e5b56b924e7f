"""Workbooks in the binary format of Excel 2007 and later ([MS-XLSB]), as small as readers accept."""

import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COUNT = struct.Struct("<I")
BLACK, WHITE = b"\x04\0\0\0\0\0\0\xff", b"\x04\0\0\0\xff\xff\xff\xff"


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record: its kind in one byte or two, its length in seven bits a byte (2.1.4)."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, rest = b"", len(content)
    while True:
        length += bytes([rest & 0x7F | (0x80 if rest > 0x7F else 0)])
        rest >>= 7
        if not rest:
            return head + length + content


def string(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def font(*, colour: bytes = BLACK, height: int = 220, flags: int = 0, shift: int = 0) -> bytes:
    head = struct.pack("<HHHHBBBB", height, flags, 400, shift, 0, 0, 134, 0)
    return record(43, head + colour + b"\0" + string("宋体"))


def fill(*, pattern: int = 0) -> bytes:
    return record(45, struct.pack("<I", pattern) + BLACK + b"\0" * 48)


def cell_format(*, font: int = 0, shown: int = 0, fill: int = 0) -> bytes:
    return record(47, struct.pack("<HHHHHBBHH", 0, shown, font, fill, 0, 0, 0, 0, 0))


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def real(column: int, style: int, value: float) -> bytes:
    return record(5, struct.pack("<IId", column, style, value))


def shared(column: int, style: int, number: int) -> bytes:
    return record(7, struct.pack("<III", column, style, number))


def text_item(text: str, *runs: tuple[int, int]) -> bytes:
    """Return a shared string with the starts and fonts of its runs."""
    said = b"".join(struct.pack("<HH", *run) for run in runs)
    return record(19, bytes([bool(runs)]) + string(text) + (struct.pack("<I", len(runs)) + said if runs else b""))


@dataclass(frozen=True, slots=True)
class Styles:
    """Fonts, fills, cell formats and codes of number formats by number."""

    fonts: tuple[bytes, ...] = (font(),)
    fills: tuple[bytes, ...] = (fill(),)
    cells: tuple[bytes, ...] = (cell_format(),)
    codes: tuple[tuple[int, str], ...] = ()

    def part(self) -> bytes:
        """Return the part of styles."""
        codes = tuple(record(44, struct.pack("<H", number) + string(code)) for number, code in self.codes)
        lists = ((615, codes), (611, self.fonts), (603, self.fills), (617, self.cells))
        made = (record(kind, _COUNT.pack(len(items))) + b"".join(items) + record(kind + 1) for kind, items in lists)
        return record(278) + b"".join(made) + record(279)


def write_xlsb(
    path: Path,
    cells: bytes,
    *,
    texts: tuple[bytes, ...] = (),
    styles: Styles | None = None,
    columns: bytes = b"",
    behind: bytes = b"",
    comments: bytes = b"",
) -> Path:
    """Write a workbook of one sheet."""

    def relations(*targets: tuple[str, str, str]) -> str:
        made = "".join(f'<Relationship Id="{name}" Type="{KIND}/{kind}" Target="{to}"/>' for name, kind, to in targets)
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'

    book = record(131) + record(153, struct.pack("<III", 0, 0, 0)) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + string("s1") + string("一")) + record(144) + record(132)
    sheet = record(129) + record(148, struct.pack("<IIII", 0, 9, 0, 9)) + columns + record(145) + cells + record(146)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations(("r1", "officeDocument", "xl/workbook.bin")))
        parts = (
            ("s1", "worksheet", "worksheets/sheet1.bin"),
            ("s2", "styles", "styles.bin"),
            ("s3", "sharedStrings", "sharedStrings.bin"),
        )
        archive.writestr("xl/_rels/workbook.bin.rels", relations(*parts))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/styles.bin", (styles or Styles()).part())
        head = record(159, struct.pack("<II", len(texts), len(texts)))
        archive.writestr("xl/sharedStrings.bin", head + b"".join(texts) + record(160))
        archive.writestr("xl/worksheets/sheet1.bin", sheet + behind + record(130))
        if comments:
            archive.writestr("xl/worksheets/_rels/sheet1.bin.rels", relations(("c1", "comments", "../comments1.bin")))
            archive.writestr("xl/comments1.bin", comments)
    return path
