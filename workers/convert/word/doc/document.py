"""An opened Word document: its text with the properties of each character, and its tables of styles, lists, places."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from schemas.messages.sentence import Sentence
from schemas.outcomes import Category, Problem
from workers.convert.word.doc.binary import Damaged, plc
from workers.convert.word.doc.fib import Fib, structure
from workers.convert.word.doc.formatted import Stored, character_properties, paragraph_properties
from workers.convert.word.doc.lists import read_lists
from workers.convert.word.doc.pieces import Run, read_pieces, runs_of
from workers.convert.word.doc.sprms import ParagraphShape, RunShape, lays_colour, paragraph_shape, run_shape
from workers.convert.word.doc.styles import StyleSheet, read_fonts, read_styles
from workers.convert.word.numbering import NumberedList

T = TypeVar("T")

_PLAIN = RunShape()


@dataclass(slots=True)
class Runs:
    """Runs of a text, and the one a position lies in.

    Attributes:
        runs: In order, without gaps.
        starts: Their first positions.
    """

    runs: list[Run]
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [run.start for run in self.runs]

    def at(self, position: int) -> Run | None:
        """Return the run a position lies in."""
        index = bisect_right(self.starts, position) - 1
        return self.runs[index] if index >= 0 and position < self.runs[index].end else None

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, Run]]:
        """Yield the parts of runs that lie between two positions."""
        index = max(0, bisect_right(self.starts, start) - 1)
        while index < len(self.runs) and self.runs[index].start < end:
            run = self.runs[index]
            if run.end > start:
                yield max(start, run.start), min(end, run.end), run
            index += 1


@dataclass(slots=True)
class Document:
    """Everything the stories of a document are read from.

    Attributes:
        fib: Its head.
        text: The text of all stories, one code unit a position.
        paragraphs: Paragraph properties by position.
        characters: Character properties by position.
        fonts: Names of fonts by index.
        styles: The style sheet.
        lists: Lists by index.
        table: The table stream.
        storage: The ``Data`` stream.
        problems: What was met while reading.
        deletions: How many tracked deletions of the body were left out.
        hidden: How many paragraphs have text that is not shown.
    """

    fib: Fib
    table: bytes
    storage: bytes
    text: str = ""
    paragraphs: Runs = field(default_factory=lambda: Runs([]))
    characters: Runs = field(default_factory=lambda: Runs([]))
    fonts: list[str] = field(default_factory=list)
    styles: StyleSheet = field(default_factory=StyleSheet)
    lists: dict[int, NumberedList] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    deletions: int = 0
    hidden: int = 0
    bare: bool | None = None
    paragraph_shapes: dict[tuple[bytes, bytes], ParagraphShape] = field(default_factory=dict)
    run_shapes: dict[tuple[bytes, bytes], RunShape] = field(default_factory=dict)

    def paragraph_at(self, mark: int) -> ParagraphShape:
        """Return the properties of the paragraph whose mark stands at a position."""
        run = self.paragraphs.at(mark)
        if run is None:
            return ParagraphShape()
        key = (run.properties, run.extra)
        if key not in self.paragraph_shapes:
            style = int.from_bytes(run.properties[:2], "little")
            modifications = run.properties[2:] + run.extra
            self.paragraph_shapes[key] = self.attempt(
                "properties of a paragraph", ParagraphShape(style), lambda: self._shape(modifications, style)
            )
        return self.paragraph_shapes[key]

    def run_of(self, run: Run) -> RunShape:
        """Return the properties of a run."""
        if not run.properties and not run.extra:
            return _PLAIN
        key = (run.properties, run.extra)
        if key not in self.run_shapes:
            self.run_shapes[key] = run_shape(run.properties + run.extra)
        return self.run_shapes[key]

    @property
    def on_paper(self) -> bool:
        """Whether nothing of the document can lie coloured under its text: no shading and no drawing."""
        if self.bare is None:
            drawn = "\x01" in self.text or "\x08" in self.text or bool(self.places("body_shapes", 26))
            said = {(run.properties, run.extra) for run in self.characters.runs}
            rows = {(run.properties[2:], run.extra) for run in self.paragraphs.runs}
            self.bare = not drawn and not any(lays_colour(own + more) for own, more in said | rows)
        return self.bare

    def font(self, index: int | None) -> str:
        """Return the name of a font, empty if it is not known."""
        return self.fonts[index] if index is not None and index < len(self.fonts) else ""

    def places(self, name: str, item_size: int) -> Sequence[tuple[int, int, bytes]]:
        """Return start, end and item of a structure of places; empty if it is missing or damaged."""
        return self.attempt(name, [], lambda: list(plc(structure(self.fib, self.table, name), item_size)))

    def attempt(self, what: str, otherwise: T, read: Callable[[], T]) -> T:
        """Return what ``read`` returns, or ``otherwise`` and a lossy problem where its bytes are damaged."""
        try:
            return read()
        except Damaged as error:
            said = Sentence.of("word-structure-unreadable", structure=what.replace("_", " "), error=str(error))
            if len(self.problems) < _MAX_PROBLEMS:
                self.problems.append(Problem.of("convert", said, Category.CORRUPT, place=what, lossy=True))
            return otherwise

    def _shape(self, modifications: bytes, style: int) -> ParagraphShape:
        return paragraph_shape(modifications, style, self.storage)


_MAX_PROBLEMS = 20


def read_document(fib: Fib, main: bytes, table: bytes, storage: bytes) -> Document:
    """Return a document from its streams.

    Raises:
        Damaged: Its text cannot be found; everything else that is damaged becomes a problem.
    """
    document = Document(fib, table, storage)
    pieces, document.text, lost = read_pieces(structure(fib, table, "clx"), main)
    if lost:
        said = Sentence.of("word-text-missing", lost=lost, total=len(document.text))
        document.problems.append(Problem.of("convert", said, Category.CORRUPT, lossy=True))
    none: list[Stored] = []
    papx = document.attempt("papx", none, lambda: paragraph_properties(structure(fib, table, "papx"), main))
    chpx = document.attempt("chpx", none, lambda: character_properties(structure(fib, table, "chpx"), main))
    document.paragraphs = Runs(list(runs_of(pieces, papx)))
    document.characters = Runs(list(runs_of(pieces, chpx)))
    document.styles = document.attempt("styles", StyleSheet(), lambda: read_styles(structure(fib, table, "styles")))
    unnamed: list[str] = []
    document.fonts = document.attempt("fonts", unnamed, lambda: read_fonts(structure(fib, table, "fonts")))
    empty: dict[int, NumberedList] = {}
    document.lists = document.attempt(
        "lists", empty, lambda: read_lists(_from(fib, table, "lists"), _from(fib, table, "list_overrides"))
    )
    return document


def _from(fib: Fib, table: bytes, name: str) -> bytes:
    """Return everything from the start of a structure: what belongs to it may follow it."""
    return table[fib.places[name][0] :] if name in fib.places else b""
