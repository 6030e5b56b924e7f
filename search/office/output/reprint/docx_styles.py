"""The styles of written docx files: fonts and sizes of GB/T 9704-2012, headings with their outline levels."""

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, NOTE, NUMBER = "Body Text", "footnote text", "Document Number"
DEEPEST = 9
_TITLE_FONT, _BODY_FONT = "方正小标宋_GBK", "仿宋_GB2312"
# 黑体 for 一、, 楷体 for （一）, 仿宋 below.
_HEADING_FONTS = ("黑体", "楷体_GB2312")
_LARGEST, _LARGE, _SMALL = 22, 16, 10.5


def new_document() -> Any:
    """Return an empty document of A4 pages with these styles."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    styles = document.styles
    _font(styles["Title"], _TITLE_FONT, _LARGEST)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level in range(1, DEEPEST + 1):
        _font(styles[f"Heading {level}"], (*_HEADING_FONTS, *[_BODY_FONT] * DEEPEST)[level - 1], _LARGE)
    _font(styles[BODY], _BODY_FONT, _LARGE)
    styles[BODY].paragraph_format.first_line_indent = Pt(2 * _LARGE)
    _font(styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH), _BODY_FONT, _SMALL)
    number = styles.add_style(NUMBER, WD_STYLE_TYPE.PARAGRAPH)
    _font(number, _BODY_FONT, _LARGE)
    number.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return document


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), name)
