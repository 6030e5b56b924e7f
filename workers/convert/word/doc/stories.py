"""The stories of a document beside its body: where each lies, and where in the body it belongs."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from schemas.blocks import Block
from workers.convert.word.doc.binary import Damaged, i32
from workers.convert.word.doc.document import Document
from workers.convert.word.doc.story import Story
from workers.convert.word.numbering import Counters

Range = tuple[int, int]

_SHAPE, _BOX = 26, 22
# 2.8.24: after six separators, each section has even header, odd header, even footer, odd footer, first header, footer.
_SEPARATORS = 6
_KINDS = ("header", "header", "footer", "footer", "header", "footer")


def story_starts(document: Document) -> dict[str, Range]:
    """Return start and end of each story in the text, by the names of ``Fib.stories``.

    Raises:
        Damaged: The body lies outside of the text.
    """
    ranges: dict[str, Range] = {}
    position, end = 0, len(document.text)
    for name, length in document.fib.stories.items():
        ranges[name] = (min(position, end), min(position + length, end))
        position += length
    if end and not ranges["body"][1]:
        raise Damaged("the text has no body")
    return ranges


def margins(document: Document, starts: dict[str, Range], role: Literal["header", "footer"]) -> Iterator[Block]:
    """Yield the paragraphs of headers or footers in order of their sections, each distinct text once."""
    base, limit = starts["headers"]
    met: set[str] = set()
    for index, (start, end, _) in enumerate(document.places("header_texts", 0)[_SEPARATORS:]):
        if _KINDS[index % 6] != role or not 0 <= start < end:
            continue
        for block in Story(document, role, Counters()).read(min(base + start, limit), min(base + end, limit)):
            if block.text not in met:
                met.add(block.text)
                yield block


@dataclass(slots=True)
class Hanging:
    """Notes and text boxes by the place in the body they hang on; each is given out once.

    Attributes:
        document: The document.
        starts: Start and end of each story.
        places: Positions in the body, ascending.
        stretches: For each position, the story and stretch of text that hangs there.
    """

    document: Document
    starts: dict[str, Range]
    places: list[int] = field(init=False)
    stretches: list[tuple[str, Range]] = field(init=False)
    boxes: Counters = field(default_factory=Counters)
    notes: Counters = field(default_factory=Counters)
    given: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        found = sorted([*self._notes("footnote", "footnotes"), *self._notes("endnote", "endnotes"), *self._boxes()])
        self.places = [place for place, _, _ in found]
        self.stretches = [(story, stretch) for _, story, stretch in found]

    def between(self, start: int, end: int) -> list[Block]:
        """Return the blocks that hang on the text between two positions."""
        blocks: list[Block] = []
        for index in range(bisect_left(self.places, start), bisect_left(self.places, end)):
            blocks.extend(self._blocks(index))
        return blocks

    def rest(self) -> list[Block]:
        """Return text boxes whose anchor is not known; notes whose call was deleted are not shown by Word either."""
        end = self.starts["body"][1]
        indices = range(bisect_left(self.places, end), len(self.places))
        return [block for index in indices for block in self._blocks(index)]

    def _blocks(self, index: int) -> list[Block]:
        if index in self.given:
            return []
        self.given.add(index)
        story, (start, end) = self.stretches[index]
        if story == "boxes":
            return Story(self.document, "textbox", self.boxes).read(start, end)
        return Story(self.document, "footnote", self.notes).read(start, end)

    def _notes(self, kind: str, story: str) -> Iterator[tuple[int, str, Range]]:
        calls = [start for start, _, _ in self.document.places(f"{kind}_calls", 2)]
        texts = self.document.places(f"{kind}_texts", 0)
        for call, (start, end, _) in zip(calls, texts, strict=False):
            yield call, story, self._inside(story, start, end)

    def _boxes(self) -> Iterator[tuple[int, str, Range]]:
        anchors = {_number(item, 0): start for start, _, item in self.document.places("body_shapes", _SHAPE)}
        beyond = self.starts["body"][1]
        for start, end, item in self.document.places("box_texts", _BOX):
            yield anchors.get(_number(item, 14), beyond), "boxes", self._inside("boxes", start, end)

    def _inside(self, story: str, start: int, end: int) -> Range:
        base, limit = self.starts[story]
        first = min(base + max(start, 0), limit)
        return first, min(max(base + end, first), limit)


def _number(item: bytes, offset: int) -> int | None:
    return i32(item, offset) if len(item) >= offset + 4 else None
