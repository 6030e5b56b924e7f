"""A document as OFD after GB/T 33190-2016: pages of text objects, an outline that leads to them, nothing embedded.

The same document gives the same bytes. Clauses named here are those of the standard.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from schemas.office.output.reprint import Part
from schemas.records import DocumentRecord
from schemas.xml_text import legal_xml
from search.office.output.reprint.pages import (
    HEIGHT,
    LEFT,
    PITCH,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TOP,
    WIDTH,
    Line,
    Mark,
    set_pages,
)

MEDIA_TYPE = "application/ofd"
NAMESPACE = "http://www.ofdspec.org/2016"
FONTS = ("宋体", "仿宋", "黑体", "楷体")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ASCENT = 0.86  # of the size, from the upper edge of a character to its baseline


def ofd_bytes(parts: Iterable[Part], record: DocumentRecord) -> bytes:
    """Return a document as a file, with title, issuer and date of its record."""
    done = set_pages(parts)
    identifiers = count(1)
    fonts = {name: str(next(identifiers)) for name in FONTS}
    pages = [str(next(identifiers)) for _ in done.pages]
    contents = [_content(lines, fonts, identifiers) for lines in done.pages]
    files = {
        "OFD.xml": _start(record),
        "Doc_0/Document.xml": _document(pages, done.marks, str(next(identifiers))),
        "Doc_0/PublicRes.xml": _resources(fonts),
        **{f"Doc_0/Pages/Page_{index}/Content.xml": content for index, content in enumerate(contents)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, root in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            data = tostring(root, encoding="UTF-8", xml_declaration=True)
            package.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def title_of(record: DocumentRecord) -> str:
    """Return the title of a document, or the name of its file."""
    return (record.articles[0].title if record.articles else None) or record.key.rpartition("/")[2]


def _start(record: DocumentRecord) -> Element:
    """Return the entry of the package (clause 7.4)."""
    root = _root("OFD", Version="1.0", DocType="OFD")
    body = _add(root, "DocBody")
    info = _add(body, "DocInfo")
    first = record.articles[0] if record.articles else None
    dated = ((first.signed_on or first.published_on) if first else None) or ""
    known = {"Title": title_of(record), "Author": first.issuer if first else None}
    _add(info, "DocID", record.id)
    for name, value in known.items():
        if value:
            _add(info, name, legal_xml(value, instead=" "))
    if _DAY.fullmatch(dated):
        _add(info, "CreationDate", dated)
    _add(body, "DocRoot", "Doc_0/Document.xml")
    return root


def _document(pages: list[str], marks: Iterable[Mark], last: str) -> Element:
    """Return the document: its measures, pages and outline (clauses 7.5 and 7.8)."""
    root = _root("Document")
    shared = _add(root, "CommonData")
    _add(shared, "MaxUnitID", last)
    area = _add(shared, "PageArea")
    _add(area, "PhysicalBox", _numbers(0, 0, WIDTH, HEIGHT))
    _add(area, "ContentBox", _numbers(LEFT, TOP, TEXT_WIDTH, TEXT_HEIGHT))
    _add(shared, "PublicRes", "PublicRes.xml")
    listed = _add(root, "Pages")
    for index, identifier in enumerate(pages):
        _add(listed, "Page", ID=identifier, BaseLoc=f"Pages/Page_{index}/Content.xml")
    above: list[tuple[int, Element]] = []
    for mark in marks:
        if not above:
            above.append((-1, _add(root, "Outlines")))
        while above[-1][0] >= mark.level:
            above.pop()
        above.append((mark.level, _outline_entry(above[-1][1], mark, pages)))
    return root


def _outline_entry(parent: Element, mark: Mark, pages: list[str]) -> Element:
    entry = _add(parent, "OutlineElem", Title=mark.text)
    jump = _add(_add(_add(entry, "Actions"), "Action", Event="CLICK"), "Goto")
    _add(jump, "Dest", Type="XYZ", PageID=pages[mark.page], Left="0", Top=_numbers(mark.top), Zoom="0")
    return entry


def _resources(fonts: Mapping[str, str]) -> Element:
    """Return the fonts, by name alone (clause 7.9)."""
    root = _root("Res", BaseLoc="Res")
    listed = _add(root, "Fonts")
    for name, identifier in fonts.items():
        _add(listed, "Font", ID=identifier, FontName=name, FamilyName=name, Charset="unicode")
    return root


def _content(lines: Iterable[Line], fonts: Mapping[str, str], identifiers: Iterator[int]) -> Element:
    """Return a page (clause 7.7) with a text object (clause 11) for each line."""
    root = _root("Page")
    layer = _add(_add(root, "Content"), "Layer", ID=str(next(identifiers)), Type="Body")
    for line in lines:
        box = _numbers(line.left, line.top, sum(line.advances), PITCH)
        size, identifier = _numbers(line.face.size), str(next(identifiers))
        text = _add(layer, "TextObject", ID=identifier, Boundary=box, Font=fonts[line.face.font], Size=size)
        baseline = (PITCH - line.face.size) / 2 + _ASCENT * line.face.size
        code = _add(text, "TextCode", line.text, X="0", Y=_numbers(baseline))
        if len(line.text) > 1:
            code.set("DeltaX", " ".join(_steps(line.advances[:-1])))
    return root


def _steps(advances: Iterable[float]) -> Iterator[str]:
    """Yield the distances from character to character, repeated ones as ``g`` with their number (clause 11.3)."""
    for step, same in groupby(map(_numbers, advances)):
        times = len(list(same))
        yield f"g {times} {step}" if times > 1 else step


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _root(name: str, **attributes: str) -> Element:
    return Element(f"ofd:{name}", {"xmlns:ofd": NAMESPACE, **attributes})


def _add(parent: Element, element: str, content: str | None = None, /, **attributes: str) -> Element:
    added = SubElement(parent, f"ofd:{element}", attributes)
    added.text = content
    return added
