"""Document properties (author, title, dates …) as clues; python-docx reads the core ones."""

from collections.abc import Iterator
from datetime import datetime

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError

from schemas.blocks import Clue
from workers.convert.word.docx.wml import Element

_CORE = ("title", "subject", "author", "keywords", "category", "comments", "last_modified_by", "created", "modified")
_EXTENDED = {"Company": "company"}
_MAX_LENGTH = 1000


def read_properties(core: bytes | None, extended: Element | None, custom: Element | None = None) -> Iterator[Clue]:
    """Yield the properties that are set, dates in ISO 8601.

    Args:
        core: The core properties part (``docProps/core.xml``).
        extended: Root of the extended properties part (``docProps/app.xml``).
        custom: Root of the part of properties that users made up (``docProps/custom.xml``).
    """
    properties = _core(core) if core else None
    for name in _CORE if properties is not None else ():
        yield from _clue(name, getattr(properties, name))
    for item in extended if extended is not None else ():
        label = _EXTENDED.get(item.tag.rpartition("}")[2])
        if label:
            yield from _clue(label, item.text)
    for item in custom if custom is not None else ():
        yield from _clue(f"custom:{item.get('name', '')}"[:_MAX_LENGTH], "".join(map(str, item.itertext())))


def _core(data: bytes) -> CoreProperties | None:
    try:
        root = parse_xml(data)
    except XMLSyntaxError:
        return None
    return CoreProperties(root) if isinstance(root, CT_CoreProperties) else None


def _clue(label: str, value: str | datetime | None) -> Iterator[Clue]:
    text = value.isoformat() if isinstance(value, datetime) else (value or "").strip()
    if text:
        yield Clue(label, text[:_MAX_LENGTH], "embedded")
