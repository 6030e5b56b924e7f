"""Writes the measured text as the formats that are zip packages: docx, odt, ofd, xlsx, pptx."""

import io
import zipfile

from ops.bench.conversion.page_files import lay_out_lines
from ops.bench.conversion.text import Page, Paragraph

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_OFD = '<ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016">{1}</ofd:{0}>'

# Number format in Word and in OpenDocument, and the label, of each level.
LEVELS = (
    ("chineseCountingThousand", "一, 二, 三, ...", "", "、"),
    ("chineseCountingThousand", "一, 二, 三, ...", "（", "）"),
    ("decimal", "1", "", "."),
)


def docx(pages: list[Page]) -> bytes:
    """Return a Word package whose numbers are only in numbering.xml."""
    body = "".join(_word_paragraph(paragraph) for page in pages for paragraph in page)
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{before}%{index + 1}{after}"/></w:lvl>'
        for index, (form, _, before, after) in enumerate(LEVELS)
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    parts = {
        "document": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        "numbering": f'<w:numbering xmlns:w="{_WORD}">{numbering}</w:numbering>',
        "styles": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
    }
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    types = {f"/word/{name}.xml": f"{kind}{'document.main' if name == 'document' else name}+xml" for name in parts}
    return _office(
        {f"word/{name}.xml": data for name, data in parts.items()},
        types,
        {
            "": {"word/document.xml": "officeDocument"},
            "word/document.xml": {"numbering.xml": "numbering", "styles.xml": "styles"},
        },
    )


def _word_paragraph(paragraph: Paragraph) -> str:
    numbered = (
        f'<w:numPr><w:ilvl w:val="{paragraph.level}"/><w:numId w:val="1"/></w:numPr>'
        if paragraph.level is not None
        else '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    )
    run = '<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr>'
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r>{run}<w:t>{paragraph.text}</w:t></w:r></w:p>"


def odt(pages: list[Page]) -> bytes:
    """Return an OpenDocument text with automatic numbers."""
    styles = "".join(
        f'<text:list-level-style-number text:level="{index + 1}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}"/>'
        for index, (_, form, before, after) in enumerate(LEVELS)
    )
    body = "".join(_odf_paragraph(paragraph) for page in pages for paragraph in page)
    namespaces = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "text", "style"))
    content = (
        f"<office:document-content {namespaces}><office:automatic-styles>"
        f'<text:list-style style:name="L1">{styles}</text:list-style></office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest}
    return _zip_parts(parts, first=("mimetype", "application/vnd.oasis.opendocument.text"))


def _odf_paragraph(paragraph: Paragraph) -> str:
    text = f"<text:p>{paragraph.text}</text:p>"
    if paragraph.level is None:
        return text
    for _ in range(paragraph.level + 1):
        text = f"<text:list-item>{text}</text:list-item>"
        text = f'<text:list text:style-name="L1" text:continue-numbering="true">{text}</text:list>'
    return text


def ofd(pages: list[Page]) -> bytes:
    """Return an OFD package (GB/T 33190) with a text object for each printed line."""
    numbered = "".join(f'<ofd:Page ID="{i + 2}" BaseLoc="Pages/P{i}.xml"/>' for i in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    root = "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    parts = {
        "OFD.xml": _OFD.format("OFD", root),
        "Doc_0/Document.xml": _OFD.format(
            "Document", f"<ofd:CommonData>{area}</ofd:CommonData><ofd:Pages>{numbered}</ofd:Pages>"
        ),
    }
    for index, page in enumerate(pages):
        objects = "".join(_ofd_line(row, text, begins) for row, (text, begins) in enumerate(lay_out_lines(page)))
        content = f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
        parts[f"Doc_0/Pages/P{index}.xml"] = _OFD.format("Page", content)
    return _zip_parts(parts)


def _ofd_line(row: int, text: str, begins: bool) -> str:
    x, y = (40 if begins else 30), 30 + 7.5 * row
    code = f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(len(text) - 1, 1)} 5">{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="{row + 10}" Boundary="{x} {y} {5 * len(text)} 6" Size="5">{code}</ofd:TextObject>'


def xlsx(pages: list[Page]) -> bytes:
    """Return a workbook of one sheet, with forty rows of six cells per page."""
    rows = []
    for number in range(40 * len(pages)):
        page = pages[number // 40]
        texts = [f"{number + 1}", page[0].text, page[1].text, page[3].text, f"{number * 7}", page[2].text[:20]]
        cells = "".join(
            f'<c r="{"ABCDEF"[column]}{number + 1}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(texts)
        )
        rows.append(f'<row r="{number + 1}">{cells}</row>')
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    named = '<sheets><sheet name="台账" sheetId="1" r:id="r0"/></sheets>'
    book = f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">{named}</workbook>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    return _office(
        {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet},
        {"/xl/workbook.xml": f"{kind}sheet.main+xml", "/xl/worksheets/sheet1.xml": f"{kind}worksheet+xml"},
        {"": {"xl/workbook.xml": "officeDocument"}, "xl/workbook.xml": {"worksheets/sheet1.xml": "worksheet"}},
    )


def pptx(pages: list[Page]) -> bytes:
    """Return a presentation with a slide per page."""
    names = [f"slides/slide{index}.xml" for index in range(len(pages))]
    identifiers = "".join(f'<p:sldId id="{256 + index}" r:id="r{index}"/>' for index in range(len(pages)))
    spaces = f'xmlns:p="{_SLIDE}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"'
    parts = {
        "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{identifiers}</p:sldIdLst></p:presentation>"
    }
    for name, page in zip(names, pages, strict=True):
        title, *rest = page
        shapes = _shape(1, "title", [title]) + _shape(2, "body", rest)
        parts[f"ppt/{name}"] = f"<p:sld {spaces}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    kind = "application/vnd.openxmlformats-officedocument.presentationml."
    types = {f"/ppt/{name}": f"{kind}slide+xml" for name in names}
    return _office(
        parts,
        types | {"/ppt/presentation.xml": f"{kind}presentation.main+xml"},
        {"": {"ppt/presentation.xml": "officeDocument"}, "ppt/presentation.xml": dict.fromkeys(names, "slide")},
    )


def _shape(number: int, kind: str, paragraphs: "list[Paragraph]") -> str:
    texts = "".join(f"<a:p><a:r><a:t>{paragraph.shown}</a:t></a:r></a:p>" for paragraph in paragraphs)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind}"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}"/></p:nvPr>'
        f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>{texts}</p:txBody></p:sp>"
    )


def _office(parts: dict[str, str], types: dict[str, str], relations: dict[str, dict[str, str]]) -> bytes:
    """Return an Office package of these parts with their content types and typed relationships."""
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    head = {"[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>'}
    for owner, targets in relations.items():
        folder, _, name = owner.rpartition("/")
        links = "".join(
            f'<Relationship Id="r{index}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for index, (target, kind) in enumerate(targets.items())
        )
        path = f"{folder}/_rels/{name}.rels" if owner else "_rels/.rels"
        head[path] = f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
    return _zip_parts(head | parts)


def _zip_parts(parts: dict[str, str], *, first: tuple[str, str] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(first[0], first[1], zipfile.ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + data)
    return target.getvalue()
