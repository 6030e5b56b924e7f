"""Names from settings, tables and questions may hold anything; files of XML hold what XML 1.0 allows (2.2)."""

from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from schemas.xml_text import legal_xml
from search.office.form.docx_parts import add_rows, add_title


@given(st.text(st.characters()))
def test_any_text_stands_in_xml_and_legal_text_is_left_alone(text: str) -> None:
    element = ElementTree.Element("a")
    element.text = legal_xml(text)
    read = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text or ""
    assert read == legal_xml(text).replace("\r\n", "\n").replace("\r", "\n")
    assert len(legal_xml(text)) == len(text)


@pytest.mark.parametrize("name", ["某局\x00", "某\x0b局", "某\ud800局", "某\ufffe局"])
def test_a_name_that_xml_cannot_hold_costs_no_document_of_the_office(name: str) -> None:
    document = Document()
    add_title(document, name)
    add_rows(document, [[name]])
    assert "某" in document.paragraphs[0].text
    assert "局" in document.tables[0].cell(0, 0).text
