"""OpenDocument texts and sheets written by hand: the parts a test needs and no others."""

import zipfile
from pathlib import Path

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        **{"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"},
        "fo": "xsl-fo-compatible",
    }.items()
)
LINKS = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def write_odt(path: Path, content: str, *, styles: str = "", more: dict[str, str] | None = None) -> Path:
    """Write a text of this content, its automatic styles and more parts by name."""
    document = (
        f"<office:document-content {NAMES} {LINKS}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{content}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"content.xml": document, **(more or {})}.items():
            archive.writestr(name, data)
    return path


def write_ods(path: Path, content: str, styles: str = "") -> Path:
    """Write a workbook of this content and its automatic styles."""
    document = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", document)
    return path
