"""Document properties of an OpenDocument file (``meta.xml``) as clues."""

from collections.abc import Iterator

from schemas.blocks import Clue
from workers.convert.odt.odf import DC, META, OFFICE
from workers.convert.parts import Parts

_PROPERTIES = {
    **{DC + "title": "title", DC + "subject": "subject", META + "initial-creator": "author"},
    **{META + "keyword": "keywords", DC + "creator": "last_modified_by", META + "creation-date": "created"},
    DC + "date": "modified",
}
_LONGEST = 1000


def odf_clues(parts: Parts) -> Iterator[Clue]:
    """Yield the properties that are set, dates in ISO 8601."""
    root = parts.xml("meta.xml")
    for entry in root.iterfind(f"{OFFICE}meta/*") if root is not None else ():
        label, value = _PROPERTIES.get(str(entry.tag)), (entry.text or "").strip()
        if label and value:
            yield Clue(label, value[:_LONGEST], "embedded")
