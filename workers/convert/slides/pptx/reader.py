"""The way from a presentation to its blocks: the slides in order, on each its title, its other shapes, its notes."""

from collections.abc import Callable, Iterator
from functools import cache

from schemas.blocks import Block, Converted, Role
from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.package.ooxml_clues import ooxml_clues
from workers.convert.slides.pptx.ground import P, is_beside, is_hidden, is_on_paper, slide_size
from workers.convert.slides.pptx.text import paragraphs
from workers.convert.source import Source
from workers.convert.table_blocks import Cell, table_blocks
from workers.convert.word.docx.drawings import drawn_text
from workers.convert.word.docx.package import Package, Relation, open_package
from workers.convert.word.docx.wml import DIAGRAM, DRAWING, MC, Element, R, choose_alternative
from workers.convert.word.omissions import report_omissions

_MAX_DEPTH = 50
_TITLES = {"title": 1, "ctrTitle": 1}
_MARGINS: dict[str, Role] = {"dt": "footer", "ftr": "footer", "sldNum": "footer", "hdr": "header"}
_SHAPES = {P + name for name in ("sp", "graphicFrame", "cxnSp")}
_OBJECTS = {"oleObject", "package", "chart"}


def read(source: Source) -> Converted:
    """Read a presentation.

    Raises:
        DocumentError: It is encrypted, damaged or a bomb, or no slide holds text.
    """
    package = open_package(source, format_="pptx")
    with package.archive:
        main = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "")
        main = main or "/ppt/presentation.xml"
        root, relations = package.xml(main), package.relations(main)
        if root is None:
            raise DocumentError(Category.CORRUPT, Sentence.of("part-missing", part=main.lstrip("/")))
        slides = [relations.get(item.get(R + "id", "")) for item in root.iterfind(f"{P}sldIdLst/{P}sldId")]
        blocks: list[Block] = []
        objects = comments = hidden = 0
        size = slide_size(root)
        for number, slide in enumerate(slides, 1):
            part = package.place(slide)
            if part is not None:
                reader = _Slide(package, part, number, size)
                found = reader.read()
                blocks.extend(found)
                hidden += sum(block.role == "hidden" for block in found)
                objects += reader.objects
                comments += reader.comments
                hidden -= reader.comments
        if not blocks:
            raise DocumentError(Category.EMPTY, Sentence.of("presentation-without-text"))
        problems = (*package.problems, *report_omissions(0, comments, objects, hidden=hidden))
        return Converted("pptx", tuple(blocks), clues=ooxml_clues(package), pages=len(slides), problems=problems)


class _Slide:
    """Reads one slide.

    Attributes:
        objects: How many embedded objects and charts it shows.
        comments: How many review comments hang on it.
    """

    def __init__(self, package: Package, part: str, number: int, size: tuple[int, int]) -> None:
        self._package, self._part, self._number, self._size = package, part, number, size
        self._on_paper: Callable[[], bool] = lambda: False
        self._relations: dict[str, Relation] = {}
        self.objects = self.comments = 0

    def read(self) -> list[Block]:
        """Return its blocks, the title first; text of a hidden slide is hidden."""
        root = self._root(self._part)
        if root is None:
            return []
        self._relations = self._package.relations(self._part)
        self._on_paper = cache(lambda: is_on_paper(self._package, root, self._relations))
        away = root.get("show") in {"0", "false"}
        shapes = list(_shapes(root.find(f"{P}cSld/{P}spTree"), self._size))
        shapes.sort(key=lambda item: _placeholder(item[0]) not in _TITLES)
        blocks = [
            block for shape, unseen in shapes for block in self._shape(shape, "hidden" if away or unseen else "body")
        ]
        self.objects = sum(not r.external and r.kind in _OBJECTS for r in self._relations.values())
        comments = list(self._comments())
        self.comments = len(comments)
        return [*blocks, *self._notes(), *comments]

    def _root(self, part: str) -> Element | None:
        try:
            return self._package.xml(part)
        except DocumentError as error:
            if error.category is not Category.CORRUPT:
                raise
            said = Sentence.of("slide-damaged", slide=self._number, cause=error.said)
            self._package.problems.append(Problem.of("convert", said, page=self._number, lossy=True))
            return None

    def _shape(self, shape: Element, role: Role) -> Iterator[Block]:
        if shape.tag == P + "graphicFrame":
            for table in shape.iter(DRAWING + "tbl"):
                yield from self._table(table, role)
            for diagram in shape.iter(DIAGRAM + "relIds"):
                lines = drawn_text(diagram, self._package, self._relations)
                yield from (Block(line, role=role, page=self._number) for line in lines)
            return
        body = shape.find(P + "txBody")
        if body is not None:
            kind = _placeholder(shape)
            yield from paragraphs(
                body,
                role if role == "hidden" else _MARGINS.get(kind, role),
                self._number,
                heading=_TITLES.get(kind),
                on_paper=self._on_paper,
            )

    def _table(self, table: Element, role: Role) -> Iterator[Block]:
        rows: list[list[Cell]] = []
        for row in table.iterfind(DRAWING + "tr"):
            cells: list[Cell] = []
            for cell in row.iterfind(DRAWING + "tc"):
                body = cell.find(DRAWING + "txBody")
                covered = cell.get("hMerge") in {"1", "true"} or cell.get("vMerge") in {"1", "true"}
                cells.append([] if covered or body is None else list(paragraphs(body, role, self._number)))
            rows.append(cells)
        for block in table_blocks(rows, role):
            yield Block(block.text, block.kind, block.role, block.number, self._number, block.style, block.rows)

    def _comments(self) -> Iterator[Block]:
        """Yield the review comments (ECMA-376 part 1, 19.4; threads of them, [MS-PPTX] 2.6); no slide shows them."""
        for relation in self._relations.values():
            part = self._package.place(relation) if relation.kind == "comments" else None
            root = self._root(part) if part is not None else None
            for comment in root.iter("{*}cm", "{*}reply") if root is not None else ():
                bodies = [child for child in comment if str(child.tag).endswith(("}text", "}txBody"))]
                said = "".join("".join(map(str, body.itertext())) for body in bodies).strip()
                if said:
                    yield Block(said, role="hidden", page=self._number)

    def _notes(self) -> Iterator[Block]:
        """Yield the speaker's notes."""
        notes = next((r for r in self._relations.values() if r.kind == "notesSlide"), None)
        part = self._package.place(notes)
        root = self._root(part) if part is not None else None
        for shape, _ in _shapes(root.find(f"{P}cSld/{P}spTree")) if root is not None else ():
            body = shape.find(P + "txBody")
            if body is not None and _placeholder(shape) == "body":
                yield from paragraphs(body, "footnote", self._number)


def _shapes(tree: Element | None, size: tuple[int, int] = (0, 0)) -> Iterator[tuple[Element, bool]]:
    """Yield the shapes of a tree in order, those inside groups in their place, and whether nobody sees them."""
    pending = [(child, 0, False) for child in reversed(tree)] if tree is not None else []
    while pending:
        element, depth, unseen = pending.pop()
        unseen = unseen or is_hidden(element) or (depth == 0 and is_beside(element, size))
        if element.tag in _SHAPES:
            yield element, unseen
        elif element.tag == P + "grpSp" and depth < _MAX_DEPTH:
            pending.extend((child, depth + 1, unseen) for child in reversed(element))
        elif element.tag == MC + "AlternateContent":
            branch = choose_alternative(element)
            pending.extend((child, depth + 1, unseen) for child in (reversed(branch) if branch is not None else ()))


def _placeholder(shape: Element) -> str:
    """Return the kind of placeholder a shape is, empty for none; one without a kind is a body."""
    found = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return found.get("type", "body") if found is not None else ""
