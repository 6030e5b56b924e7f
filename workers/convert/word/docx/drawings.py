"""Text that is drawn rather than set: word art (VML) and diagrams (SmartArt)."""

from workers.convert.word.docx.inline import diagram_relation
from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.docx.wml import DRAWING, VML, Element

_MAX_LENGTH = 1000


def drawn_text(element: Element, package: Package, relations: dict[str, Relation]) -> list[str]:
    """Return the lines of a drawing that ``inline.boxes_in`` found."""
    if element.tag == VML + "textpath":
        text = " ".join(element.get("string", "").split())[:_MAX_LENGTH]
        return [text] if text else []
    part = package.place(relations.get(diagram_relation(element) or ""))
    data = package.xml(part) if part is not None else None
    return [] if data is None else _paragraphs(data)


def _paragraphs(data: Element) -> list[str]:
    lines = ["".join(run.text or "" for run in line.iter(DRAWING + "t")) for line in data.iter(DRAWING + "p")]
    return [line.strip() for line in lines if line.strip()]
