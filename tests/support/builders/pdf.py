"""PDFs written by hand, for what no sample shows: columns, tables, running heads, streams out of order, pictures."""

import math
from dataclasses import dataclass, field

from ops.bench.conversion.page_files import assemble_pdf

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>",
)
_COURIER = "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"  # one of those every program draws (ISO 32000-2, 9.6.2.2)
_PICTURE = b"q 400 0 0 500 90 150 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


@dataclass
class Page:
    """Content of one A4 page; coordinates in points from its lower left."""

    operators: list[bytes] = field(default_factory=list)
    rotated: int = 0

    def text(self, x: float, y: float, text: str, *, size: float = 14) -> "Page":
        coded = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{coded}> Tj ET".encode())
        return self

    def lines(self, x: float, y: float, *texts: str, size: float = 14, leading: float = 22) -> "Page":
        for step, text in enumerate(texts):
            self.text(x, y - step * leading, text, size=size)
        return self

    def turned(self, x: float, y: float, text: str, *, size: float = 14) -> "Page":
        """Text that runs upwards, as on a landscape page scanned or printed upright."""
        coded = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F1 {size} Tf 0 1 -1 0 {x} {y} Tm <{coded}> Tj ET".encode())
        return self

    def oblique(self, x: float, y: float, text: str, degrees: float, *, size: float = 14) -> "Page":
        """Text at an angle, as watermarks are set."""
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        matrix = f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {x} {y}"
        coded = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F1 {size} Tf {matrix} Tm <{coded}> Tj ET".encode())
        return self

    def outline(self, x: float, y: float, *, size: float = 14) -> "Page":
        """The shape of a character drawn as a filled path: 回 and strokes across it."""
        parts = [f"{x} {y} {size} {size} re {x + 2} {y + 2} {size - 4} {size - 4} re"]
        for step in range(3):
            height = y + 3 + 3 * step
            parts.append(
                f"{x + 3} {height} m {x + size - 3} {height} l {x + size - 3} {height + 1} l {x + 3} {height + 1} l h"
            )
        self.operators.append((" ".join(parts) + " f*").encode())
        return self

    def scan(self, *, rows: int) -> "Page":
        """A picture of the whole page: white, with dark strokes where lines of text would be."""
        line, gap = b"\xff\x00\x00\xff" * 15, b"\xff" * 60
        data = b"".join(line + gap * 2 for _ in range(rows)).hex().encode()
        head = b"q 595 0 0 842 0 0 cm BI /W 60 /H %d /CS /G /BPC 8 /F /AHx ID " % (3 * rows)
        self.operators.append(head + data + b"> EI Q")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Page":
        self.operators.append(f"0.7 w {x0} {y0} m {x1} {y1} l S".encode())
        return self

    def picture(self) -> "Page":
        self.operators.append(_PICTURE)
        return self

    def grid(self, xs: list[float], ys: list[float]) -> "Page":
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self


def pdf(
    *pages: Page,
    catalogue: str = "",
    page_entries: str = "",
    resources: str = "",
    objects: tuple[str, ...] = (),
    unicode_map: dict[int, str] | None = None,
) -> bytes:
    """Return a PDF of these pages.

    Args:
        pages: The pages.
        catalogue: Further entries of the catalogue; ``{0}`` stands for the reference to the first of ``objects``.
        page_entries: The same of every page.
        resources: The same of every page's resources.
        objects: Further objects.
        unicode_map: What codes of the font stand for (ToUnicode), where that is not the code itself.
    """
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    further = 6 + 2 * len(pages)
    names = [f"{further + index} 0 R" for index in range(len(objects))]
    mapped = f"/ToUnicode {further + len(objects)} 0 R>>".encode() if unicode_map else b">>"
    written = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue.format(*names)}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        _FONT[0].removesuffix(b">>") + mapped,
        *_FONT[1:],
    ]
    for index, page in enumerate(pages):
        content = b"\n".join(page.operators)
        used = f"/Resources<</Font<</F1 3 0 R/F2{_COURIER}>>{resources.format(*names)}>>{page_entries.format(*names)}"
        head = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {page.rotated}/Contents {7 + 2 * index} 0 R"
        written.append(f"{head}{used}>>".encode())
        written.append(_stream(content))
    written.extend(item.encode() for item in objects)
    if unicode_map:
        written.append(_stream(_to_unicode(unicode_map)))
    return assemble_pdf(written)


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _to_unicode(codes: dict[int, str]) -> bytes:
    """Return a ToUnicode CMap (ISO 32000-2, 9.10.3) in which other codes stand for themselves."""
    single = "".join(f"<{code:04x}> <{text.encode('utf-16-be').hex()}>\n" for code, text in codes.items())
    head = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    same = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(0x4E, 0xA0))
    ranges = f"{same.count(chr(10))} beginbfrange\n{same}endbfrange\n"
    return f"{head}{ranges}{len(codes)} beginbfchar\n{single}endbfchar endcmap end".encode()
