"""The passages of a section for display: paragraphs with damage marked, and tables."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.cleaned import Damage, Normalized

# A line of a section ends like its paragraph; it is looked up by this many characters of its end.
_TAIL = 6
_MAX_TRIES = 20
# The placeholder of normalisation for missing characters.
LOST = "□"
# 2010年 heads a column, 128.5 and 003060312320 do not.
_DIGIT_FIRST = re.compile(r"[-+−]?\d[\d.,\s]*[%％]?$")

Damages = dict[str, list[tuple[str, list[Damage]]]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, with its removal or damage.

    Attributes:
        text: Verbatim text; may be empty if something was lost.
        rule: The rule that removed it or detected damage; empty for sound text.
        removed: Whether it is absent from the cleaned text.
    """

    text: str
    rule: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (``stretches``) or a table (``cells``), whose first row is line ``line`` of its section, from 0."""

    stretches: tuple[Stretch, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    line: int = 0

    @property
    def head(self) -> tuple[str, ...]:
        """The first row of a table, where its cells are words and more rows follow; else empty."""
        words = len(self.cells) > 2 and all(cell and not _DIGIT_FIRST.match(cell) for cell in self.cells[0])
        return self.cells[0] if words else ()

    @property
    def body_line(self) -> int:
        """The line of the first row below its head."""
        return self.line + (1 if self.head else 0)

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows of a table below its head."""
        return self.cells[1:] if self.head else self.cells


def damages_by_tail(details: Normalized | None) -> Damages:
    """Return the damaged paragraphs with their damages, by the end of their text."""
    grouped: dict[int, list[Damage]] = defaultdict(list)
    for damage in details.damages if details else ():
        grouped[damage.paragraph].append(damage)
    tails: Damages = defaultdict(list)
    for number, some in sorted(grouped.items()):
        if details and number < len(details.paragraphs):
            text = details.paragraphs[number].display.rstrip()
            tails[text[-_TAIL:]].append((text, sorted(some, key=lambda damage: damage.offset)))
    return tails


def passages(text: str, damages: Damages) -> Iterator[Passage]:
    """Yield the paragraphs and tables of a section's text.

    Args:
        text: Lines; those with tabs are rows of a table.
        damages: Damages by tail; those used are removed, so that equal lines do not share them.
    """
    table: list[tuple[str, ...]] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if "\t" in line:
            table.append(tuple(cell.strip() for cell in line.split("\t")))
            continue
        if table:
            yield Passage(cells=tuple(table), line=number - len(table))
            table = []
        if line.strip():
            yield Passage(stretches=tuple(_stretches(line, damages)), line=number)
    if table:
        yield Passage(cells=tuple(table), line=len(lines) - len(table))


def cut_up(text: str, marks: Sequence[tuple[int, int, str, bool]]) -> Iterator[Stretch]:
    """Yield all of ``text`` as stretches.

    Args:
        text: Any text.
        marks: (start, end, rule, removed), ascending; a mark that overlaps the one before it is shortened or ignored.
    """
    at = 0
    for begin, end, rule, removed in marks:
        start = max(begin, at)
        if end < start or begin < end == start:
            continue
        if start > at:
            yield Stretch(text[at:start])
        yield Stretch(text[start:end], rule, removed)
        at = end
    if at < len(text):
        yield Stretch(text[at:])


def _stretches(line: str, damages: Damages) -> Iterator[Stretch]:
    text = line.rstrip()
    waiting = damages.get(text[-_TAIL:], [])
    fitting = next((n for n, (whole, _) in enumerate(waiting[:_MAX_TRIES]) if whole.endswith(text)), None)
    if fitting is None:
        return iter((Stretch(line),))
    whole, some = waiting.pop(fitting)
    shift = len(text) - len(whole)
    return cut_up(line, [_mark(line, damage, shift) for damage in some if damage.offset + shift >= 0])


def _mark(line: str, damage: Damage, shift: int) -> tuple[int, int, str, bool]:
    start = min(damage.offset + shift, len(line))
    if line.startswith(damage.text, start):
        return start, start + len(damage.text), damage.rule, False
    # The restored part of the stretch precedes the placeholder for the missing part.
    sign = line.find(LOST, start, start + len(damage.text) + 1)
    return start, max(start, sign + 1), damage.rule, False
