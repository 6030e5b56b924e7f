"""The working sheet that the repairs share: lines that know each character's origin, and the findings so far.

A repair never loses a place: it asks a line to make cuts and gets back the shorter line and the removals. What a
repair looks for is its own file's business. Lines, places and cuts are named tuples, because a page of injected pinyin
has hundreds of them and a frozen dataclass takes three times as long to make or change.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from typing import Literal, NamedTuple

from schemas.blocks import Clue, Role, Style
from schemas.cleaned import Removal
from schemas.outcomes import Problem

Script = Literal["hans", "hant", "none"]

_at = itemgetter(0)


# (start, end): first character of a stretch, and after its last.
Span = tuple[int, int]
# (at, block, offset): from ``at`` on, the characters of a line stem from ``offset`` on in the text of ``block``.
Piece = tuple[int, int, int]


class Mark(NamedTuple):
    """A damage at a place in a line; it becomes a ``schemas.cleaned.Damage`` when paragraphs are numbered."""

    at: int
    rule: str
    text: str


class Cut(NamedTuple):
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


class DraftLine(NamedTuple):
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
        return self.pieces[0][1]

    def place(self, at: int) -> tuple[int, int]:
        """Return block and offset from which the character at ``at`` stems."""
        start, block, offset = self.pieces[max(0, bisect_right(self.pieces, at, key=_at) - 1)]
        return block, offset + max(0, at - start)

    def stretch(self, start: int, end: int) -> "DraftLine":
        """Return the line's characters from ``start`` to ``end`` as a line."""
        low, high = (bisect_left(self.pieces, at, key=_at) for at in (start, end))
        pieces = (
            (0, *self.place(start)),
            *_move((piece for piece in self.pieces[low:high] if piece[0] > start), -start),
        )
        first, last = (bisect_left(self.marks, at, key=_at) for at in (start, end))
        marks = tuple(mark._replace(at=mark.at - start) for mark in self.marks[first:last])
        original = self.original if self.original is None else self.original[start:end]
        return self._replace(text=self.text[start:end], original=original, pieces=pieces, marks=marks)

    def edit(self, cuts: Sequence[Cut]) -> tuple["DraftLine", list[Removal]]:
        """Return the line after the cuts, and their removals.

        Args:
            cuts: Ascending and disjoint.
        """
        if not cuts:
            return self, []
        if len(self.pieces) == 1 and self.original is None and not self.marks:
            return self._edit_whole(cuts)
        display = self.display
        pieces, origins = _pieces(self.pieces, cuts)
        removals = [
            Removal(rule, display[start:end], block, offset)
            for (start, end, rule, _, _), (block, offset) in zip(cuts, origins, strict=True)
            if rule
        ]
        text = _apply(self.text, cuts)
        original = None if self.original is None else _apply(self.original, cuts)
        return DraftLine(text, tuple(pieces), original, _marks(self, cuts), *self[4:]), removals

    def _edit_whole(self, cuts: Sequence[Cut]) -> tuple["DraftLine", list[Removal]]:
        """Do as ``edit`` for a line not edited before, in one pass."""
        text, (_, block, offset) = self.text, self.pieces[0]
        parts: list[str] = []
        pieces: list[Piece] = [] if cuts[0][0] == 0 else [self.pieces[0]]
        removals: list[Removal] = []
        done = shift = 0
        for start, end, rule, put, _ in cuts:
            parts += (text[done:start], put)
            if put:
                pieces.append((start - shift, block, offset + start))
            shift += end - start - len(put)
            pieces.append((end - shift, block, offset + end))
            if rule:
                removals.append(Removal(rule, text[start:end], block, offset + start))
            done = end
        parts.append(text[done:])
        return DraftLine("".join(parts), tuple(pieces), None, _marks(self, cuts), *self[4:]), removals

    def remove(self, spans: Sequence[Span], rule: str) -> tuple["DraftLine", list[Removal]]:
        """Return the line without these stretches, and their removals: ``edit`` where there are hundreds of one kind.

        Args:
            spans: Ascending and disjoint.
            rule: As in ``Cut``, for all of them.
        """
        if not spans:
            return self, []
        if len(self.pieces) > 1 or self.original is not None or self.marks:
            return self.edit([Cut(start, end, rule) for start, end in spans])
        text, (_, block, offset) = self.text, self.pieces[0]
        parts: list[str] = []
        pieces: list[Piece] = [] if spans[0][0] == 0 else [self.pieces[0]]
        done = shift = 0
        for start, end in spans:
            parts.append(text[done:start])
            shift += end - start
            pieces.append((end - shift, block, offset + end))
            done = end
        parts.append(text[done:])
        removals = [Removal(rule, text[start:end], block, offset + start) for start, end in spans]
        return DraftLine("".join(parts), tuple(pieces), None, (), *self[4:]), removals

    def removal(self, rule: str) -> Removal:
        """Return the record of the whole line's removal."""
        block, offset = self.place(0)
        return Removal(rule, self.display, block, offset if self.part else None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document at work; the fields become those of ``schemas.cleaned.Normalized``."""

    format: str
    lines: tuple[DraftLine, ...]
    script: Script = "none"
    removals: tuple[Removal, ...] = ()
    clues: tuple[Clue, ...] = ()
    flags: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """Return all lines run together: what a character is not in, none of them holds."""
        return "".join([line.text for line in self.lines])

    def edit(self, find: Callable[[DraftLine], Sequence[Cut]], *, tables: bool = True) -> "Draft":
        """Return the draft with the cuts made that ``find`` asks for in each line (``tables``: in tables too)."""
        return self.cut([find(line) if tables or line.kind == "paragraph" else () for line in self.lines])

    def cut(self, cuts: Sequence[Sequence[Cut]]) -> "Draft":
        """Return the draft with these cuts made, given for each line."""
        if not any(cuts):
            return self
        return self._take([line.edit(found) for line, found in zip(self.lines, cuts, strict=True)])

    def remove(self, spans: Sequence[Sequence[Span]], rule: str) -> "Draft":
        """Return the draft without these stretches, given for each line."""
        return self._take([line.remove(found, rule) for line, found in zip(self.lines, spans, strict=True)])

    def _take(self, edited: list[tuple[DraftLine, list[Removal]]]) -> "Draft":
        """Return the draft with these lines in place of its own, and their removals recorded."""
        removals = (*self.removals, *chain.from_iterable(taken for _, taken in edited))
        return replace(self, lines=tuple(line for line, _ in edited), removals=removals)

    def drop(self, rules: dict[int, str]) -> "Draft":
        """Return the draft without the lines whose indexes are keys of ``rules``, each recorded under its rule."""
        if not rules:
            return self
        taken = tuple(self.lines[index].removal(rule) for index, rule in sorted(rules.items()))
        kept = tuple(line for index, line in enumerate(self.lines) if index not in rules)
        return replace(self, lines=kept, removals=self.removals + taken)

    def flag(self, *names: str) -> "Draft":
        """Return the draft with these flags set."""
        return replace(self, flags=tuple(dict.fromkeys((*self.flags, *names))))

    def hint(self, clues: Iterable[Clue]) -> "Draft":
        """Return the draft with these clues added, none twice."""
        return replace(self, clues=tuple(dict.fromkeys((*self.clues, *clues))))


def join_lines(group: Sequence[DraftLine]) -> DraftLine:
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
        pieces += _move(line.pieces, at)
        marks += [mark._replace(at=at + mark.at) for mark in line.marks]
        at += len(line.text)
    text, display = "".join(texts), "".join(displays)
    original = None if display == text else display
    return group[0]._replace(text=text, original=original, pieces=tuple(pieces), marks=tuple(marks))


def _apply(text: str, cuts: Sequence[Cut]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, _, put, _ in cuts:
        parts += (text[done:start], put)
        done = end
    return "".join((*parts, text[done:]))


def _pieces(old: Sequence[Piece], cuts: Sequence[Cut]) -> tuple[list[Piece], list[tuple[int, int]]]:
    """Return the pieces after the cuts, and block and offset each cut began at, from where what is put there stems."""
    out: list[Piece] = []
    origins: list[tuple[int, int]] = []
    at, block, offset = old[0]
    shift, following = 0, 0
    for start, end, _, put, _ in cuts:
        while following < len(old) and old[following][0] <= start:
            at, block, offset = old[following]
            if at < start:
                out.append((at - shift, block, offset))
            following += 1
        origins.append((block, offset + start - at))
        if put:
            out.append((start - shift, block, offset + start - at))
        while following < len(old) and old[following][0] <= end:
            at, block, offset = old[following]
            following += 1
        shift += end - start - len(put)
        out.append((end - shift, block, offset + end - at))
    return [*out, *_move(old[following:], -shift)], origins


def _move(pieces: Iterable[Piece], by: int) -> list[Piece]:
    return [(at + by, block, offset) for at, block, offset in pieces]


def _marks(line: DraftLine, cuts: Sequence[Cut]) -> tuple[Mark, ...]:
    if not line.marks and not any(cut.damage for cut in cuts):
        return ()
    moved: list[Mark] = []
    shift, following = 0, 0
    for cut in cuts:
        while following < len(line.marks) and line.marks[following].at < cut.end:
            mark = line.marks[following]
            moved.append(mark._replace(at=min(mark.at, cut.start) - shift))
            following += 1
        if cut.damage:
            moved.append(Mark(cut.start - shift, cut.damage, line.display[cut.start : cut.end]))
        shift += cut.end - cut.start - len(cut.put)
    return (*moved, *(mark._replace(at=mark.at - shift) for mark in line.marks[following:]))
