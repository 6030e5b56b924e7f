"""Writes the measured text as a binary Word document ([MS-DOC]) in a compound file ([MS-CFB]).

Writes the minimum that Word, LibreOffice and our reader need: one piece of text, paragraph and character properties in
formatted disk pages, one style, one font, one list of three levels whose numbers are not in the text.
"""

import struct
from collections.abc import Iterator, Sequence

from ops.bench.conversion.text import Page, Paragraph

_PAGE = 512
_TEXT = 1024  # where the text begins; the head takes 900 bytes
_CHINESE, _DECIMAL = 39, 0  # [MS-OSHARED] 2.2.1.3
_LEVELS = ((_CHINESE, "\0、"), (_CHINESE, "（\1）"), (_DECIMAL, "\2."))
# Index of each structure in FibRgFcLcb97 ([MS-DOC] 2.5.6).
_PLACES = {"styles": 1, "sections": 6, "chpx": 12, "papx": 13, "fonts": 15, "settings": 31, "pieces": 33}
_PLACES |= {"lists": 73, "overrides": 74}
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Run = tuple[int, int, bytes]  # first byte, byte after the last, properties


def doc(pages: list[Page]) -> bytes:
    """Return a Word 97 document of these pages."""
    paragraphs = [paragraph for page in pages for paragraph in page]
    text = "".join(f"{paragraph.text}\r" for paragraph in paragraphs).encode("utf-16-le")
    main = _pad(bytes(_TEXT) + text)
    runs = list(_runs(paragraphs))
    papx_pages = list(_pages([(a, b, _papx(p)) for p, (a, b) in zip(paragraphs, runs, strict=True)], item=13))
    chpx_pages = list(_pages([(a, b, _chpx(p)) for p, (a, b) in zip(paragraphs, runs, strict=True)], item=1))
    structures = {
        "styles": _styles(),
        "sections": struct.pack("<IIHIHI", 0, len(text) // 2, 0, 0xFFFFFFFF, 0, 0),
        "papx": _bins(papx_pages, len(main) // _PAGE),
        "chpx": _bins(chpx_pages, len(main) // _PAGE + len(papx_pages)),
        "fonts": _fonts("宋体"),
        "settings": bytes(500),
        "pieces": b"\x02" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(text) // 2, 0, _TEXT, 0),
        "lists": _lists(),
        "overrides": struct.pack("<Iiii", 1, 1, 0, 0) + bytes(4) + struct.pack("<I", 0xFFFFFFFF),
    }
    main += b"".join(page for _, _, page in [*papx_pages, *chpx_pages])
    head = _head(structures, len(text))
    return compound({"1Table": b"".join(structures.values()), "WordDocument": head + main[len(head) :]})


def _head(structures: dict[str, bytes], length: int) -> bytes:
    flags = 0x1000 | 0x0200  # characters of two bytes; structures in the stream 1Table
    fib = struct.pack("<HHHHHHHIBBHHII", 0xA5EC, 0xC1, 0, 0x0804, 0, flags, 0xBF, 0, 0, 0, 0, 0, _TEXT, _TEXT + length)
    fib += struct.pack("<H26xH", 14, 0x0804)
    fib += struct.pack("<HIIII", 22, _TEXT + length, 0, 0, length // 2) + bytes(4 * 18)
    places = [(0, 0)] * 93
    offset = 0
    for name, data in structures.items():
        size = 2 + 28 if name == "lists" else len(data)  # the levels follow the structure, and are not counted
        places[_PLACES[name]] = (offset, size)
        offset += len(data)
    return fib + struct.pack("<H", 93) + b"".join(struct.pack("<II", *place) for place in places) + bytes(2)


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    start = _TEXT
    for paragraph in paragraphs:
        end = start + 2 * len(paragraph.text) + 2
        yield start, end
        start = end


def _papx(paragraph: Paragraph) -> bytes:
    """Return style and properties with the count in front of them (2.9.187)."""
    if paragraph.level is None:
        return b"\0\x01" + bytes(2)
    return b"\x05" + struct.pack("<HHBHH", 0, 0x260A, paragraph.level, 0x460B, 1)


def _chpx(paragraph: Paragraph) -> bytes:
    grpprl = struct.pack("<HH", 0x4A43, 32) + struct.pack("<HB", 0x0835, paragraph.level == 0)
    return bytes([len(grpprl)]) + grpprl


def _pages(runs: list[Run], *, item: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield formatted disk pages with the first byte and the byte after the last that they describe (2.9.175)."""
    most = (_PAGE - 64) // (4 + item)
    for first in range(0, len(runs), most):
        part = runs[first : first + most]
        page = bytearray(_PAGE)
        struct.pack_into(f"<{len(part) + 1}I", page, 0, *(start for start, _, _ in part), part[-1][1])
        page[-1] = len(part)
        free, kept = _PAGE - 2, dict[bytes, int]()
        for index, (_, _, properties) in enumerate(part):
            if properties not in kept:
                free = (free - len(properties)) // 2 * 2
                page[free : free + len(properties)] = properties
                kept[properties] = free
            page[4 * (len(part) + 1) + item * index] = kept[properties] // 2
        yield part[0][0], part[-1][1], bytes(page)


def _bins(pages: list[tuple[int, int, bytes]], first: int) -> bytes:
    bounds = struct.pack(f"<{len(pages) + 1}I", *(start for start, _, _ in pages), pages[-1][1])
    return bounds + struct.pack(f"<{len(pages)}I", *range(first, first + len(pages)))


def _styles() -> bytes:
    name = "Normal"
    upx = struct.pack("<HHH", 2, 0, 0)
    standard = struct.pack("<H", len(name)) + f"{name}\0".encode("utf-16-le") + upx
    standard = struct.pack("<HHHHH", 0, 1 | 0xFFF << 4, 2, 10 + len(standard), 0) + standard
    head = struct.pack("<HHHHHHHHH", 15, 10, 1, 91, 15, 0, 0, 0, 0)
    return struct.pack("<H", len(head)) + head + struct.pack("<H", len(standard)) + standard + bytes(2 * 14)


def _fonts(name: str) -> bytes:
    font = struct.pack("<BHBB", 0, 400, 134, 0) + bytes(34) + f"{name}\0".encode("utf-16-le")
    return struct.pack("<HHB", 1, 0, len(font)) + font


def _lists() -> bytes:
    data = struct.pack("<Hii", 1, 1, 0) + struct.pack("<9H", *[0xFFF] * 9) + bytes(2)
    for index in range(9):
        form, text = _LEVELS[index] if index < len(_LEVELS) else (_DECIMAL, chr(index))
        place = text.index(chr(index)) + 1
        data += struct.pack("<iBB9sB8xBBBB", 1, form, 0, bytes([place]), 2, 0, 0, 0, 0)
        data += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    return data


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of up to three streams in its root, shorter names first, each padded to at least 4 KB."""
    bodies = {name: _pad(data.ljust(4096, b"\0")) for name, data in streams.items()}
    sectors = 1 + sum(len(body) for body in bodies.values()) // _PAGE
    tables = 1
    while tables * (_PAGE // 4) < sectors + tables:
        tables += 1
    fat = [_FAT] * tables + [_END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, body) in enumerate(bodies.items(), 1):
        start, count = len(fat), len(body) // _PAGE
        fat += [*range(start + 1, start + count), _END]
        entries.append(_entry(name, 2, start, len(body), right=number + 1 if number < len(bodies) else _FREE))
    fat += [_FREE] * (tables * (_PAGE // 4) - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, *(0, tables, tables, 0, 4096, _END, 0, _END, 0, 0))
    # The last of these numbers is the first of the 109 that name the sectors of the table.
    head = (head[:-4] + struct.pack(f"<{tables}I", *range(tables))).ljust(_PAGE, b"\xff")
    return head + struct.pack(f"<{len(fat)}I", *fat) + b"".join(entries).ljust(_PAGE, b"\0") + b"".join(bodies.values())


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBB3I16x4x8x8xIQ", coded, len(coded), kind, 1, _FREE, right, child, start, size)


def _pad(data: bytes) -> bytes:
    return data + bytes(-len(data) % _PAGE)
