"""A gazette as docx: a table of contents that Word brings up to date, then each document on a page of its own."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from schemas.office.output.reprint import Title
from schemas.xml_text import legal_xml
from search.office.output.gazette.issue import Issue
from search.office.output.reprint.docx_file import Writer
from search.office.output.reprint.docx_styles import BODY, new_document

# Headings of the first level, which are the titles of the documents, with links to them (ECMA-376 part 1, 17.16.5.68).
_FIELD = ' TOC \\o "1-1" \\h \\z '


def docx_bytes(issue: Issue) -> bytes:
    """Return the file."""
    writer = Writer(new_document(), depth=1)
    writer.document.core_properties.title = legal_xml(issue.title)[:255]
    writer.paragraph(issue.title, "Title")
    _contents(writer, issue.entries())
    for place, item in enumerate(issue.items, 1):
        for part in issue.parts(item):
            if isinstance(part, Title):
                title = writer.title(part)
                title.paragraph_format.page_break_before = True
                _mark(title, place)
            else:
                writer.add(part)
    return writer.finish()


def _contents(writer: Writer, entries: Sequence[str]) -> None:
    """Write the contents: a field whose result, shown until Word computes it with pages, are links to the titles."""
    begin = writer.paragraph("目录", BODY)
    _field(begin, "begin")
    for place, entry in enumerate(entries, 1):
        paragraph = writer.paragraph("", BODY)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"d{place}")
        link.append(paragraph.add_run(legal_xml(f"{place}. {entry}"))._element)
        paragraph._element.append(link)
    _field(writer.paragraph("", BODY), "end")


def _field(paragraph: Any, kind: str) -> None:
    if kind == "begin":
        _character(paragraph, "begin", dirty="true")
        text = OxmlElement("w:instrText")
        text.set(qn("xml:space"), "preserve")
        text.text = _FIELD
        paragraph.add_run()._element.append(text)
        _character(paragraph, "separate")
    else:
        _character(paragraph, "end")


def _character(paragraph: Any, kind: str, **more: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    for name, value in more.items():
        mark.set(qn(f"w:{name}"), value)
    paragraph.add_run()._element.append(mark)


def _mark(paragraph: Any, place: int) -> None:
    for tag in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{tag}")
        mark.set(qn("w:id"), str(place))
        if tag == "bookmarkStart":
            mark.set(qn("w:name"), f"d{place}")
        paragraph._element.append(mark)
