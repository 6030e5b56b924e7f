"""PDFs written by hand, for what no sample shows: columns, tables, running heads, streams out of order, pictures."""

from dataclasses import dataclass, field

from ops.bench.conversion.page_files import assemble_pdf

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>",
)
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


def pdf(*pages: Page) -> bytes:
    """Return a PDF of these pages."""
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        *_FONT,
    ]
    for index, page in enumerate(pages):
        content = b"\n".join(page.operators)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {page.rotated}/Contents {7 + 2 * index} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return assemble_pdf(objects)
