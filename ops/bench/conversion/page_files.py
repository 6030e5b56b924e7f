"""Writes the measured text as web page, plain text, RTF and PDF."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from ops.bench.conversion.text import Page

_SAMPLE = Path(__file__).parents[2] / "samples" / "政务公开工作要点.pdf"
_LINE = 30  # characters of a printed line
_TOKEN = re.compile(r"\d+|.")  # no typesetter breaks a number
_HTML = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>{0}</title></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div><h1>{0}</h1>
<div class="info">来源：市政府办公室　发布日期：2024-03-01</div><div class="content">
{1}
</div><div class="footer">版权所有：市人民政府　<a href="/map">网站地图</a></div></body></html>"""
_TITLE = "关于做好政务公开工作的通知"
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>",
)


def lines(pages: list[Page]) -> list[str]:
    """Return the paragraphs as a reader sees them."""
    return [paragraph.shown for page in pages for paragraph in page]


def lay_out_lines(page: Page) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a printed page, each with whether a paragraph begins there."""
    for paragraph in page:
        line, begins = "", True
        for token in _TOKEN.findall(paragraph.shown):
            if len(line) + len(token) > _LINE - 2 * begins:
                yield line, begins
                line, begins = "", False
            line += token
        yield line, begins


def txt(pages: list[Page]) -> bytes:
    """Return plain text in GB18030."""
    return "\r\n".join(lines(pages)).encode("gb18030")


def big5(pages: list[Page]) -> bytes:
    """Return plain text in Big5, converted to traditional characters where they differ."""
    table = str.maketrans(
        "务开请动网闻发会见许财预县区门办关单织设监检业训进强认实时断完统筹规报",
        "務開請動網聞發會見許財預縣區門辦關單織設監檢業訓進強認實時斷完統籌規報",
    )
    return "\r\n".join(lines(pages)).translate(table).encode("big5", "ignore")


def html(pages: list[Page]) -> bytes:
    """Return a disclosure page in GB18030 that says gb2312."""
    return _HTML.format(_TITLE, "\n".join(f"<p>　　{line}</p>" for line in lines(pages))).encode("gb18030")


def rtf(pages: list[Page]) -> bytes:
    """Return RTF as Word writes it: GBK in hexadecimal, numbers spelled out beside the list they come from."""
    body = io.StringIO()
    for page in pages:
        for paragraph in page:
            label = f"{{\\listtext\\pard {_hex(paragraph.label)}}}" if paragraph.label else ""
            body.write(f"\\pard\\plain {label}{{\\f0\\fs32 {_hex(paragraph.text)}\\par}}\r\n")
    head = "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}}\r\n"
    return (head + body.getvalue() + "}").encode("ascii")


def _hex(text: str) -> str:
    return "".join(chr(byte) if byte < 0x80 else f"\\'{byte:02x}" for byte in text.encode("gbk"))


def pdf(pages: list[Page]) -> bytes:
    """Return this number of pages of the shipped sample, with embedded fonts."""
    import pypdfium2  # noqa: PLC0415 - not to be counted in other formats

    target = io.BytesIO()
    with pypdfium2.PdfDocument(_SAMPLE) as sample, pypdfium2.PdfDocument.new() as document:
        document.import_pages(sample, [0] * len(pages))
        document.save(target)
    return target.getvalue()


def pdf_without_fonts(pages: list[Page]) -> bytes:
    """Return a PDF in STSong-Light, which is not embedded: every viewer must provide it."""
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(), *_FONT]
    for index, page in enumerate(pages):
        content = "\n".join(_operators(page)).encode()
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {7 + 2 * index} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return assemble_pdf(objects)


def _operators(page: Page) -> Iterator[str]:
    for row, (text, begins) in enumerate(lay_out_lines(page)):
        x, y = (118 if begins else 90), 760 - 22 * row
        yield f"BT /F1 14 Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def assemble_pdf(objects: list[bytes]) -> bytes:
    """Return the PDF of these objects, numbered from 1; the first is its catalogue."""
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
