"""Document properties of an OpenDocument file (``meta.xml``) as clues."""

from collections.abc import Iterator

from schemas.blocks import Clue
from workers.convert.package.zip_parts import Parts
from workers.convert.word.odt.odf import DC, META, OFFICE

_PROPERTIES = {
    **{DC + "title": "title", DC + "subject": "subject", META + "initial-creator": "author"},
    **{META + "keyword": "keywords", DC + "creator": "last_modified_by", META + "creation-date": "created"},
    DC + "date": "modified",
}
_MAX_LENGTH = 1000


def odf_clues(parts: Parts) -> Iterator[Clue]:
    """Yield the properties that are set, dates in ISO 8601."""
    root = parts.spare("meta.xml")
    for entry in root.iterfind(f"{OFFICE}meta/*") if root is not None else ():
        label, value = _PROPERTIES.get(str(entry.tag)), (entry.text or "").strip()
        if label and value:
            yield Clue(label, value[:_MAX_LENGTH], "embedded")
