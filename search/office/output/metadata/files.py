"""Metadata written as XML, JSON and as a table."""

import json
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from schemas.office.output.metadata import Metadata
from schemas.xml_text import legal_xml
from search.office.output.metadata.elements import ELEMENTS
from search.office.tables import Table

STANDARD = "GB/T 33480-2016"


def xml_chunks(found: Iterable[Metadata]) -> Iterator[bytes]:
    """Yield an XML document; an element that occurs several times is written as often, one without value not at all.

    Root and entries are named by this program: what the standard calls them could not be read.
    """
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<公文元数据集 标准="{STANDARD}">\n'.encode()
    for one in found:
        entry = Element(
            "公文元数据", {"文件": legal_xml(one.document), "标识": one.document_id, "篇": str(one.article)}
        )
        for name, values in one.elements.items():
            for value in values:
                SubElement(entry, name).text = legal_xml(value)
        yield tostring(entry, encoding="utf-8") + b"\n"
    yield "</公文元数据集>\n".encode()


def json_chunks(found: Iterable[Metadata]) -> Iterator[bytes]:
    """Yield a JSON document: a list of objects, the value of every element a list."""
    before = f'{{"标准": "{STANDARD}", "公文": [\n'
    for one in found:
        entry = {"文件": one.document, "标识": one.document_id, "篇": one.article, **one.elements}
        yield (before + json.dumps(entry, ensure_ascii=False)).encode("utf-8", "replace")
        before = ",\n"
    yield ("\n]}\n" if before.startswith(",") else before + "]}\n").encode()


def metadata_table(found: Iterable[Metadata]) -> Table:
    """Return a row for each document, several values of an element apart by 「；」."""
    rows = ((*("；".join(one.elements[name]) or None for name in ELEMENTS), one.document) for one in found)
    return Table("公文元数据", (*ELEMENTS, "文件"), rows)
