"""Paragraphs of DrawingML: their text, the numbers PowerPoint generates, and what they look like."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from schemas.blocks import Block, Role, Style
from workers.convert.package.zip_parts import Element
from workers.convert.slides.pptx.ground import is_white
from workers.convert.text.notation import without_seams
from workers.convert.text.numerals import format_number
from workers.convert.word.docx.equations import equation_text
from workers.convert.word.docx.wml import DRAWING as A
from workers.convert.word.docx.wml import MATH, MC, child_of, choose_alternative, integer
from workers.convert.word.numbering import join_label
from workers.convert.word.text_style import NOTHING, Align, TextStyle, as_seen

_ALIGNMENTS: dict[str, Align] = {"l": "left", "ctr": "center", "r": "right", "just": "justify", "dist": "justify"}

# ST_TextAutonumberScheme (ECMA-376 part 1, 20.1.10.61): the number, and what it stands between.
_NUMBERS = {
    **{"arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman"},
    **{"romanUc": "upperRoman", "circleNumDb": "decimalEnclosedCircle", "circleNumWdWhite": "decimalEnclosedCircle"},
    "circleNumWdBlack": "decimalFilledCircle",
    **{"ea1Chs": "chineseCountingThousand", "ea1Cht": "taiwaneseCountingThousand", "ea1JpnChsDb": "ideographDigital"},
    **{"ea1JpnKor": "chineseCountingThousand", "arabicDb": "decimalFullWidth"},
}
_RUN, _BREAK, _TEXT, _PROPERTIES = A + "r", A + "br", A + "t", A + "rPr"
_RUNS = frozenset({_RUN, A + "fld"})
_EQUATION = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
_NO_SIZE = 100  # hundredths of a point, the least a program sets
_PERCENT = re.compile(r"-?\d{1,7}(?:\.\d{1,6})?%?")
_AROUND = {"ParenBoth": ("(", ")"), "ParenR": ("", ")"), "Period": ("", "."), "Minus": ("", "-"), "Plain": ("", "")}


@dataclass(slots=True)
class Numbers:
    """Where the automatic numbers of one shape stand, by level."""

    values: dict[int, tuple[str, int]] = field(default_factory=dict)

    def label(self, properties: Element | None, level: int) -> str:
        """Count one paragraph and return its number, empty if it has none."""
        found = properties.find(A + "buAutoNum") if properties is not None else None
        scheme = found.get("type", "") if found is not None else ""
        self.values = {
            other: value
            for other, value in self.values.items()
            if other < level or (other == level and found is not None)
        }
        if found is None:
            return ""
        start = max(integer(found.get("startAt")) or 1, 1)
        before, value = self.values.get(level, ("", 0))
        value = value + 1 if before == scheme and value >= start else start
        self.values[level] = (scheme, value)
        around = next((around for around in _AROUND if scheme.endswith(around)), "Plain")
        left, right = _AROUND[around]
        return left + format_number(value, _NUMBERS.get(scheme.removesuffix(around), "decimal")) + right


def paragraphs(
    body: Element, role: Role, page: int, *, heading: int | None = None, on_paper: Callable[[], bool] = lambda: False
) -> Iterator[Block]:
    """Yield the paragraphs of a text body; behind each, as hidden, what of it nobody sees.

    Args:
        body: ``p:txBody`` or ``a:txBody``.
        role: Role of the blocks.
        page: Number of the slide.
        heading: Heading level of its paragraphs, else None.
        on_paper: Returns whether the text stands on nothing but white.
    """
    numbers = Numbers()
    for paragraph in body.iterchildren(A + "p"):
        properties = child_of(paragraph, A + "pPr")
        text, unseen = _text(paragraph, on_paper)
        if unseen:
            yield Block(unseen, role="hidden", page=page)
        if not text:
            continue
        level = max(integer(properties.get("lvl")) or 0, 0) if properties is not None else 0
        label = numbers.label(properties, level)
        align = _ALIGNMENTS.get(properties.get("algn", "")) if properties is not None else None
        said = _said_of_runs(paragraph)
        style = Style(heading_level=heading, align=align, bold=_bold(said), size=_size(said))
        text = join_label(label, text) if label else text
        yield Block(text, role=role, number=label or None, page=page, style=style)


def _text(paragraph: Element, on_paper: Callable[[], bool]) -> tuple[str, str]:
    """Return what is seen of a paragraph, and what is not."""
    shown: list[str] = []
    hidden: list[str] = []
    for text, look in _pieces(paragraph):
        if text and (look.unseen or (look.white and on_paper())):
            hidden.append(text)
        else:
            shown.append(as_seen(text, look, shown))
    return without_seams("".join(shown)).strip(), "".join(hidden).strip()


def _pieces(paragraph: Element) -> Iterator[tuple[str, TextStyle]]:
    for child in paragraph:
        tag = child.tag
        if tag in _RUNS:
            look = _look(child_of(child, _PROPERTIES))
            for piece in child.iterchildren(_TEXT):
                yield piece.text or "", look
        elif tag == _BREAK:
            yield "\n", NOTHING
        elif tag in {MC + "AlternateContent", _EQUATION}:
            branch = choose_alternative(child) if tag != _EQUATION else child
            equations = branch.iter(MATH + "oMath") if branch is not None else ()
            yield from ((equation_text(equation), NOTHING) for equation in equations)


def _look(properties: Element | None) -> TextStyle:
    """Return what a run's properties say of its digits, strokes and being seen (ECMA-376 part 1, 21.1.2.3.9)."""
    if properties is None:
        return NOTHING
    baseline = properties.get("baseline", "0")
    rise = float(baseline.removesuffix("%")) if _PERCENT.fullmatch(baseline) else 0.0
    fill = properties.find(A + "solidFill")
    alpha = fill.find(f"*/{A}alpha") if fill is not None else None
    clear = properties.find(A + "noFill") is not None or (alpha is not None and alpha.get("val") in {"0", "0%"})
    size = integer(properties.get("sz"))
    return TextStyle(
        shift=(rise > 0) - (rise < 0),
        struck=properties.get("strike", "noStrike") != "noStrike",
        hidden=(clear and properties.find(A + "ln") is None) or (size is not None and size <= _NO_SIZE),
        white=is_white(fill),
    )


def _said_of_runs(paragraph: Element) -> list[Element | None]:
    """Return the properties of the runs that are not blank."""
    runs = ((run, child_of(run, _TEXT)) for run in paragraph.iterchildren(_RUN))
    return [child_of(run, _PROPERTIES) for run, text in runs if text is not None and (text.text or "").strip()]


def _bold(said: list[Element | None]) -> bool | None:
    values = {properties.get("b") in {"1", "true"} if properties is not None else None for properties in said}
    return values.pop() if len(values) == 1 else None


def _size(said: list[Element | None]) -> float | None:
    for properties in said:
        size = integer(properties.get("sz")) if properties is not None else None
        if size:
            return size / 100
    return None
