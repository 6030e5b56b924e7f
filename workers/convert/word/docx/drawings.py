"""Text inside drawings: text boxes, word art (VML) and diagrams (SmartArt), and whether a drawing is shown."""

import re

from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.docx.wml import BOX, DIAGRAM, DRAWING, MC, VML, Element, R, choose_alternative

_MAX_LENGTH = 1000
_NAMED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_INVISIBLE = re.compile(r"\bvisibility\s*:\s*hidden")


def is_hidden_drawing(drawing: Element) -> bool:
    """Return whether a drawing is not shown (ECMA-376 part 1, 20.4.2.5 ``hidden``; part 4, 19.1.2.19 ``style``)."""
    named = next(drawing.iter(_NAMED), None)
    if named is not None and named.get("hidden") in {"1", "true"}:
        return True
    shape = next(drawing.iter(VML + "shape", VML + "rect", VML + "group"), None)
    return shape is not None and _INVISIBLE.search(shape.get("style", "").lower()) is not None


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


def boxes_in(drawing: Element) -> list[Element]:
    """Return what holds text inside a drawing, each thing once and outermost only."""
    found: list[Element] = []
    pending = [drawing]
    while pending:
        element = pending.pop()
        if element.tag in {BOX, VML + "textpath", DIAGRAM + "relIds"}:
            found.append(element)
            continue
        if element.tag == MC + "AlternateContent":
            branch = choose_alternative(element)
            pending.extend([branch] if branch is not None else [])
            continue
        pending.extend(reversed(element))
    return found


def diagram_relation(box: Element) -> str | None:
    """Return the identifier of the relation to a diagram's data."""
    return box.get(R + "dm")
