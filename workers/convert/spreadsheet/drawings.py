"""What lies on a sheet beside its cells: text boxes and shapes (DrawingML, VML), comments and threads of comments."""

from collections.abc import Iterator
from dataclasses import replace

from schemas.blocks import Block, Role
from workers.convert.slides.pptx.text import paragraphs
from workers.convert.word.docx.package import Package, Relation
from workers.convert.word.docx.wml import VML, Element, R

_SHEET = "{*}sheet"
_DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}txBody"
_THREADED = "threadedComment"


def beside_cells(package: Package) -> dict[str, list[Block]]:
    """Return the text boxes and comments of each sheet by the sheet's name; none for sheets without."""
    main = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "/xl/workbook.xml")
    root, relations = package.xml(main), package.relations(main)
    found: dict[str, list[Block]] = {}
    for sheet in root.iter(_SHEET) if root is not None else ():
        relation = relations.get(sheet.get(R + "id", ""))
        if relation is not None and not relation.external:
            role: Role | None = "hidden" if sheet.get("state", "visible") != "visible" else None
            if blocks := list(blocks_beside(package, relation, role)):
                found[sheet.get("name", "")] = blocks
    return found


def blocks_beside(package: Package, sheet: Relation, role: Role | None) -> Iterator[Block]:
    """Yield the text boxes of a sheet, and comments that are stored as XML.

    Args:
        package: The workbook.
        sheet: Where the sheet is.
        role: Of all of them, where the sheet is hidden.
    """
    relations = [relation for relation in package.relations(sheet.target).values() if not relation.external]
    threaded = any(relation.kind == _THREADED for relation in relations)
    for relation in relations:
        if relation.kind == "drawing" and (root := package.xml(relation.target)) is not None:
            for body in root.iter(_DRAWING_TEXT):
                yield from (replace(block, page=None) for block in paragraphs(body, role or "textbox", 0))
        elif relation.kind == "vmlDrawing" and (root := package.xml(relation.target)) is not None:
            yield from (Block(text, role=role or "textbox") for text in _boxes(root))
        # A thread is stored a second time as a comment, for programs that know no threads.
        elif relation.kind in {_THREADED, *(() if threaded else ("comments",))} and not _is_binary(relation):
            yield from (Block(text, role=role or "footnote") for text in _comments(package.xml(relation.target)))


def _is_binary(relation: Relation) -> bool:
    return relation.target.lower().endswith(".bin")


def _boxes(root: Element) -> Iterator[str]:
    for shape in root.iter(VML + "shape", VML + "rect"):
        # The shapes of comments lie here, too; their text is in the part of the comments.
        kinds = {data.get("ObjectType") for data in shape.iter("{urn:schemas-microsoft-com:office:excel}ClientData")}
        text = " ".join("".join(map(str, box.itertext())).strip() for box in shape.iter(VML + "textbox")).strip()
        if text and "Note" not in kinds:
            yield text


def _comments(root: Element | None) -> Iterator[str]:
    for comment in root.iter("{*}comment", "{*}" + _THREADED) if root is not None else ():
        text = "".join(part.text or "" for part in comment.iter("{*}t", "{*}text") if len(part) == 0).strip()
        if text:
            yield text
