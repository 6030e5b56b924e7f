"""Document properties of an OOXML package (xlsx, pptx) as clues, from the parts every writer uses."""

from collections.abc import Iterator

from schemas.blocks import Clue
from schemas.errors import DocumentError
from workers.convert.package.zip_parts import Element, Parts

_CORE = {
    **{"title": "title", "subject": "subject", "creator": "author", "keywords": "keywords", "category": "category"},
    **{"lastModifiedBy": "last_modified_by", "created": "created", "modified": "modified"},
}
_EXTENDED = {"Company": "company"}
_MAX_LENGTH = 1000


def ooxml_clues(parts: Parts) -> tuple[Clue, ...]:
    """Return the properties that are set, dates in ISO 8601."""
    return (*_of(parts, "docProps/core.xml", _CORE), *_of(parts, "docProps/app.xml", _EXTENDED))


def _of(parts: Parts, name: str, labels: dict[str, str]) -> Iterator[Clue]:
    for entry in _root(parts, name):
        label, value = labels.get(str(entry.tag).rpartition("}")[2]), (entry.text or "").strip()
        if label and value:
            yield Clue(label, value[:_MAX_LENGTH], "embedded")


def _root(parts: Parts, name: str) -> Element | tuple[()]:
    try:
        root = parts.spare(name)
    except DocumentError:
        return ()
    return () if root is None else root
