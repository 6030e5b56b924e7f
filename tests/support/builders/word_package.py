"""Builds small docx packages for tests, so that each test shows the markup it is about."""

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TYPES = {
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "styles": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "numbering": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    "footnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    "endnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml",
    "comments": "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    "header": "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
    "footer": "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
}


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """Write a package.

    Args:
        path: Where to.
        body: Content of ``w:body``.
        parts: Content of the root element of other parts by kind; ``header1`` and ``footer1`` can be referred to by
            that word as a relation's identifier.
    """
    roots = {"document": f"<w:body>{body}</w:body>", **parts}
    tags = {"header": "hdr", "footer": "ftr"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = relations = ""
        for name, content in roots.items():
            kind = name.rstrip("0123456789")
            tag = tags.get(kind, kind)
            archive.writestr(f"word/{name}.xml", f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>")
            overrides += f'<Override PartName="/word/{name}.xml" ContentType="{TYPES[kind]}"/>'
            if name != "document":
                relations += f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>'
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
        )
        main = f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>')
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
    return path


def p(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of one run."""
    marks = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    inside = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p>{marks}<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text: str, number: int, level: int = 0, style: str = "") -> str:
    """Return a paragraph of a list."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return p(text, f'{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text: str, style: str, extra: str = "") -> str:
    """Return a paragraph of a style."""
    return p(text, f'<w:pStyle w:val="{style}"/>{extra}')


def level(
    index: int, text: str, format_: str = "decimal", extra: str = "", start: int = 1, suffix: str = "nothing"
) -> str:
    """Return a level of a list definition."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>{extra}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(identifier: int, *levels: str) -> str:
    """Return a list definition."""
    kind = "multilevel" if len(levels) > 1 else "singleLevel"
    inside = "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="{kind}"/>{inside}</w:abstractNum>'


def num(identifier: int, definition: int, overrides: str = "") -> str:
    """Return a list instance."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def start_at(level_: int, value: int) -> str:
    """Return a start override of a list instance."""
    return f'<w:lvlOverride w:ilvl="{level_}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
