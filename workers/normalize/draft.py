"""The working sheet the repairs share: lines that know where each character came from, and what was found so far.

A repair never loses a place: it asks a line to make cuts and gets back the shorter line and the removals. What a
repair looks for is its own file's business.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from schemas.blocks import Clue, Role, Style
from schemas.cleaned import Removal
from schemas.outcomes import Problem

Script = Literal["hans", "hant", "none"]


@dataclass(frozen=True, slots=True)
class Piece:
    """From ``at`` on, the characters of a line stem from ``offset`` on in the text of ``block``."""

    at: int
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A damage at a place in a line; it becomes a ``schemas.cleaned.Damage`` when paragraphs are numbered."""

    at: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Replace ``start`` to ``end`` of a line by ``put``.

    Attributes:
        start: First character.
        end: After the last character.
        rule: Name under which the removal is recorded; empty for a change of form that takes nothing away.
        put: What stands there afterwards.
        damage: Rule of the damage to mark there, or empty.
    """

    start: int
    end: int
    rule: str = ""
    put: str = ""
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table at work; ``text``, ``original`` and the rest become those of ``Paragraph``.

    ``part`` is True for a stretch of a block that held several lines, ``indented`` where the line began with the two
    characters' space of a new paragraph.
    """

    text: str
    pieces: tuple[Piece, ...]
    original: str | None = None
    marks: tuple[Mark, ...] = ()
    kind: Literal["paragraph", "table"] = "paragraph"
    role: Role = "body"
    number: str | None = None
    page: int | None = None
    style: Style | None = None
    part: bool = False
    indented: bool = False

    @property
    def display(self) -> str:
        """Return the text in the script it was written in."""
        return self.text if self.original is None else self.original

    @property
    def block(self) -> int:
        """Return the index of the block the line starts in."""
        return self.pieces[0].block

    def place(self, at: int) -> tuple[int, int]:
        """Return block and offset from which the character at ``at`` stems."""
        piece = self.pieces[max(0, bisect_right(self.pieces, at, key=_at) - 1)]
        return piece.block, piece.offset + max(0, at - piece.at)

    def stretch(self, start: int, end: int) -> "Line":
        """Return the line's characters from ``start`` to ``end`` as a line."""
        low, high = (bisect_left(self.pieces, at, key=_at) for at in (start, end))
        pieces = (
            Piece(0, *self.place(start)),
            *(_moved(p, -start) for p in self.pieces[low:high] if p.at > start),
        )
        first, last = (bisect_left(self.marks, at, key=_mark_at) for at in (start, end))
        marks = tuple(replace(mark, at=mark.at - start) for mark in self.marks[first:last])
        original = self.original if self.original is None else self.original[start:end]
        return replace(self, text=self.text[start:end], original=original, pieces=pieces, marks=marks)

    def edit(self, cuts: Sequence[Cut]) -> tuple["Line", list[Removal]]:
        """Return the line with the cuts made, and what they took.

        Args:
            cuts: Ascending and disjoint.
        """
        if not cuts:
            return self, []
        removals = [self._removal(cut) for cut in cuts if cut.rule]
        return replace(
            self,
            text=_apply(self.text, cuts),
            original=None if self.original is None else _apply(self.original, cuts),
            pieces=tuple(_pieces(self, cuts)),
            marks=tuple(_marks(self, cuts)),
        ), removals

    def _removal(self, cut: Cut) -> Removal:
        block, offset = self.place(cut.start)
        return Removal(cut.rule, self.display[cut.start : cut.end], block, offset)

    def removed(self, rule: str) -> Removal:
        """Return the record of the whole line's removal."""
        block, offset = self.place(0)
        return Removal(rule, self.display, block, offset if self.part else None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document at work; the fields become those of ``schemas.cleaned.Normalized``."""

    format: str
    lines: tuple[Line, ...]
    script: Script = "none"
    removals: tuple[Removal, ...] = ()
    clues: tuple[Clue, ...] = ()
    flags: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def edit(self, find: Callable[[Line], Sequence[Cut]], *, tables: bool = True) -> "Draft":
        """Return the draft with the cuts made that ``find`` asks for in each line (``tables``: in tables too)."""
        lines, removals = [], list(self.removals)
        for line in self.lines:
            edited, taken = line.edit(find(line)) if tables or line.kind == "paragraph" else (line, [])
            lines.append(edited)
            removals += taken
        return replace(self, lines=tuple(lines), removals=tuple(removals))

    def drop(self, rules: dict[int, str]) -> "Draft":
        """Return the draft without the lines whose indexes are keys of ``rules``, each recorded under its rule."""
        if not rules:
            return self
        taken = tuple(self.lines[index].removed(rule) for index, rule in sorted(rules.items()))
        kept = tuple(line for index, line in enumerate(self.lines) if index not in rules)
        return replace(self, lines=kept, removals=self.removals + taken)

    def translate(self, table: dict[int, str]) -> "Draft":
        """Return the draft with single characters exchanged for single characters; that takes nothing away."""
        return replace(self, lines=tuple(_translate(line, table) for line in self.lines))

    def flag(self, *names: str) -> "Draft":
        """Return the draft with these flags set."""
        return replace(self, flags=tuple(dict.fromkeys((*self.flags, *names))))

    def hint(self, clues: Iterable[Clue]) -> "Draft":
        """Return the draft with these clues added, none twice."""
        return replace(self, clues=tuple(dict.fromkeys((*self.clues, *clues))))


def join_lines(group: Sequence[Line]) -> Line:
    """Return one line for several, with a space between where both sides are Latin."""
    if len(group) == 1:
        return group[0]
    texts: list[str] = []
    displays: list[str] = []
    pieces: list[Piece] = []
    marks: list[Mark] = []
    at = 0
    for line in group:
        gap = " " if at and line.text[:1].isascii() and texts[-1][-1:].isascii() else ""
        at += len(gap)
        texts += [gap, line.text]
        displays += [gap, line.display]
        pieces += [_moved(piece, at) for piece in line.pieces]
        marks += [replace(mark, at=at + mark.at) for mark in line.marks]
        at += len(line.text)
    text, display = "".join(texts), "".join(displays)
    original = None if display == text else display
    return replace(group[0], text=text, original=original, pieces=tuple(pieces), marks=tuple(marks))


def _translate(line: Line, table: dict[int, str]) -> Line:
    text = line.text.translate(table)
    original = line.original if line.original is None else line.original.translate(table)
    return line if text == line.text and original == line.original else replace(line, text=text, original=original)


def _at(piece: Piece) -> int:
    return piece.at


def _mark_at(mark: Mark) -> int:
    return mark.at


def _apply(text: str, cuts: Sequence[Cut]) -> str:
    parts: list[str] = []
    done = 0
    for cut in cuts:
        parts += (text[done : cut.start], cut.put)
        done = cut.end
    return "".join((*parts, text[done:]))


def _pieces(line: Line, cuts: Sequence[Cut]) -> list[Piece]:
    """Return the pieces of the line after the cuts: what is put stems from where the cut began."""
    out: list[Piece] = []
    old, shift, following = line.pieces, 0, 0
    for cut in cuts:
        while following < len(old) and old[following].at < cut.start:
            out.append(_moved(old[following], -shift))
            following += 1
        if cut.put:
            out.append(Piece(cut.start - shift, *line.place(cut.start)))
        while following < len(old) and old[following].at <= cut.end:
            following += 1
        shift += cut.end - cut.start - len(cut.put)
        out.append(Piece(cut.end - shift, *line.place(cut.end)))
    return out + [_moved(piece, -shift) for piece in old[following:]]


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.at + by, piece.block, piece.offset)


def _marks(line: Line, cuts: Sequence[Cut]) -> list[Mark]:
    moved, shift, following = [], 0, 0
    for cut in cuts:
        while following < len(line.marks) and line.marks[following].at < cut.end:
            mark = line.marks[following]
            moved.append(replace(mark, at=min(mark.at, cut.start) - shift))
            following += 1
        if cut.damage:
            moved.append(Mark(cut.start - shift, cut.damage, line.display[cut.start : cut.end]))
        shift += cut.end - cut.start - len(cut.put)
    return moved + [replace(mark, at=mark.at - shift) for mark in line.marks[following:]]
