"""PDFs with a font of their own: a box for every character, so that any machine draws the same."""

import zlib

from ops.bench.conversion.page_files import assemble_pdf
from workers.convert.pdf.fonts import stand_in

_SIZE, _LEFT, _TOP, _LEADING = 16, 80, 780, 30
_TO_UNICODE = (
    b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/U def/CMapType 2 def\n"
    b"1 begincodespacerange<0000><FFFF>endcodespacerange\n"
    b"1 beginbfrange<0000><FFFF><0000>endbfrange\n"
    b"endcmap end end"
)


def pdf_of(*pages: list[str], over: str = "", rotated: int = 0) -> bytes:
    """Return a PDF of A4 pages, each a list of lines; ``over`` is drawn over the text of each."""
    kids = " ".join(f"{8 + 2 * index} 0 R" for index in range(len(pages)))
    font = stand_in()
    written = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Box/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Box/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/FontDescriptor 5 0 R/CIDToGIDMap 6 0 R>>",
        b"<</Type/FontDescriptor/FontName/Box/Flags 4/FontBBox[50 -120 950 880]/ItalicAngle 0/Ascent 880/Descent -120"
        + f"/CapHeight 880/StemV 93/FontFile2 {8 + 2 * len(pages)} 0 R>>".encode(),
        _stream(b"\0\1" * 65_536),
        _stream(_TO_UNICODE),
    ]
    for index, lines in enumerate(pages):
        written.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotated}/Contents {9 + 2 * index} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        written.append(_stream("\n".join([*map(_line, range(len(lines)), lines), over]).encode()))
    written.append(_stream(font, f"/Length1 {len(font)}"))
    return assemble_pdf(written)


def _line(number: int, text: str) -> str:
    coded = text.encode("utf-16-be").hex()
    return f"BT /F1 {_SIZE} Tf 1 0 0 1 {_LEFT} {_TOP - number * _LEADING} Tm <{coded}> Tj ET"


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data)
    return f"<</Length {len(packed)}/Filter/FlateDecode{more}>>\nstream\n".encode() + packed + b"\nendstream"
