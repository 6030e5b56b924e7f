"""What a PDF page shows and what is read of it are the same words, whatever is hidden in it, and how.

What is shown follows from ISO 32000-2 (8.5.4 clipping, 8.11 optional content, 9.3.6 rendering modes, 11.6.4.4 constant
alpha, 12.5.6.8 squares, 14.11.2 page boxes); what poppler draws of the same pages is compared in tests/integration.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from schemas.blocks import Converted
from tests.support.builders.pdf import Page, pdf
from tests.support.pdf_reader import reading

WORD = re.compile(r"\b[bcdfghjkm]{5}\b")
STEP = 7.2  # points from one letter of Courier at 12 points to the next
SQUARE = "<</Type/XObject/Subtype/Form/BBox[0 0 50 18]/Length 22>>stream\n0 g 0 0 50 18 re f    \nendstream"
LAYERS = "/OCProperties<</OCGs[{1}]/D<</OFF[{1}]>>>>"


def written(x: float, y: float, words: str, before: str = "") -> str:
    return f"{before} BT /F2 12 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET"


def bar(x: float, y: float, letters: int, colour: str = "0 g") -> str:
    return f"{colour} {x - 1} {y - 4} {STEP * letters + 2} 16 re f 0 g"


@dataclass
class Made:
    """Operators that show a word or two, with the words that are shown and those that are not."""

    operators: str
    shown: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    annotation: str = ""


@dataclass
class Maker:
    """Makes words, and lines of them."""

    seed: int
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def word(self) -> str:
        return "".join(self.chance.choices("bcdfghjkm", k=5))

    def shown(self, operators: Callable[[str], str]) -> Made:
        word = self.word()
        return Made(f"q {operators(word)} Q", (word,))

    def unseen(self, operators: Callable[[str], str], annotation: str = "") -> Made:
        word = self.word()
        return Made(f"q {operators(word)} Q", (), (word,), annotation)

    def half_covered(self, x: float, y: float) -> Made:
        one, other = self.word(), self.word()
        return Made(f"{written(x, y, f'{one} {other}')} {bar(x + 6 * STEP, y, 5)}", (one,), (other,))

    def line(self, kind: str, x: float, y: float) -> Made:
        if kind == "half covered":
            return self.half_covered(x, y)
        kinds: dict[str, Callable[[], Made]] = {
            "plain": lambda: self.shown(lambda w: written(x, y, w)),
            "grey": lambda: self.shown(lambda w: written(x, y, w, "0.5 g")),
            "white on a bar": lambda: self.shown(lambda w: bar(x, y, 5) + written(x, y, w, " 1 g")),
            "on a pale bar": lambda: self.shown(lambda w: bar(x, y, 5, "0.9 g") + written(x, y, w, " 0 g")),
            "outlined": lambda: self.shown(lambda w: written(x, y, w, "1 Tr")),
            "white": lambda: self.unseen(lambda w: written(x, y, w, "1 g")),
            "covered": lambda: self.unseen(lambda w: f"{written(x, y, w)} {bar(x, y, 5)}"),
            "whited out": lambda: self.unseen(lambda w: f"{written(x, y, w)} {bar(x, y, 5, '1 g')}"),
            "black on black": lambda: self.unseen(lambda w: bar(x, y, 5) + written(x, y, w, " 0 g")),
            "invisible": lambda: self.unseen(lambda w: written(x, y, w, "3 Tr")),
            "clear": lambda: self.unseen(lambda w: written(x, y, w, "/GS gs")),
            "clipped": lambda: self.unseen(lambda w: written(x, y, w, "0 0 10 10 re W n")),
            "switched off": lambda: self.unseen(lambda w: f"/OC /L BDC {written(x, y, w)} EMC"),
            "cropped": lambda: self.unseen(lambda w: written(x + 400, y, w)),
            "under a square": lambda: self.unseen(
                lambda w: written(x, y, w),
                f"<</Type/Annot/Subtype/Square/F 4/Rect[{x - 5} {y - 5} {x + 45} {y + 13}]/AP<</N {{0}}>>>>",
            ),
        }
        return kinds[kind]()


KINDS = (
    *("plain", "grey", "white on a bar", "on a pale bar", "outlined", "white", "covered", "whited out"),
    *("black on black", "invisible", "clear", "clipped", "switched off", "cropped", "under a square", "half covered"),
)


def page_of(lines: list[Made]) -> bytes:
    page = Page(operators=[line.operators.encode() for line in lines])
    annotations = "".join(line.annotation for line in lines)
    return pdf(
        page,
        catalogue=LAYERS,
        page_entries=f"/CropBox[50 50 400 800]/Annots[{annotations}]",
        resources="/ExtGState<</GS<</ca 0>>>>/Properties<</L {1}>>",
        objects=(SQUARE, "<</Type/OCG/Name(L)>>"),
    )


def words_of(converted: Converted, *, hidden: bool) -> set[str]:
    return set(WORD.findall(" ".join(b.text for b in converted.blocks if (b.role == "hidden") == hidden)))


def make(seed: int) -> list[Made]:
    maker = Maker(seed)
    kinds = maker.chance.sample(KINDS * 2, 24)
    return [maker.line(kind, 90 + 20 * maker.chance.randint(0, 4), 740 - 26 * row) for row, kind in enumerate(kinds)]


@pytest.mark.parametrize("seed", range(6))
def test_what_the_page_shows_is_what_is_read_and_the_rest_is_kept_apart_and_said(tmp_path: Path, seed: int) -> None:
    lines = make(seed)
    converted = reading(tmp_path, page_of(lines), scans=False)
    assert words_of(converted, hidden=False) == {word for line in lines for word in line.shown}
    assert words_of(converted, hidden=True) == {word for line in lines for word in line.unseen}
    assert any("not shown" in problem.message for problem in converted.problems)
