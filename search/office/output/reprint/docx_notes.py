"""Footnotes of a written docx file (ECMA-376 part 1, 17.11): python-docx writes none, so their part is made here."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from search.office.output.reprint.docx_styles import NOTE

_FIRST = 1
_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))


def refer_to_note(paragraph: Any, number: int) -> None:
    """Add the mark of a footnote, numbered from 1, to a paragraph."""
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._element.append(reference)


def write_notes(document: Any, texts: list[str]) -> None:
    """Write the part with the texts of the footnotes, numbered from 1; without any none is written."""
    if not texts:
        return
    root = Element(_name("footnotes"))
    for kind, identifier in _SEPARATORS:
        note = SubElement(root, _name("footnote"), {_name("type"): kind, _name("id"): identifier})
        SubElement(SubElement(SubElement(note, _name("p")), _name("r")), _name(kind))
    style = document.styles[NOTE].style_id
    for number, text in enumerate(texts, _FIRST):
        paragraph = SubElement(SubElement(root, _name("footnote"), {_name("id"): str(number)}), _name("p"))
        SubElement(SubElement(paragraph, _name("pPr")), _name("pStyle"), {_name("val"): style})
        SubElement(SubElement(paragraph, _name("r")), _name("t"), {"xml:space": "preserve"}).text = text
    data = tostring(root, encoding="utf-8", xml_declaration=True)
    main = document.part
    part = PackagePart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, data, main.package)
    main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _name(tag: str) -> str:
    return f"{{{nsmap['w']}}}{tag}"
