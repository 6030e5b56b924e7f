"""A document as it came out of its file, with what was taken away or found damaged marked where it stood."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.blocks import Block, Converted
from schemas.cleaned import Damage, Normalized, Removal
from schemas.records import SectionRow
from search.pages.pagination import in_parts
from search.pages.passages import Stretch, cut_up

MAX_BLOCK_LENGTH = 400_000
# How far from where it was recorded a stretch is looked for, where an earlier repair moved it.
_NEAR = 200
# A paragraph is told by its first characters; so many that begin alike are tried for a heading.
_BEGIN, _TOLD_BY, _MAX_TRIES = 60, 3, 100

Mark = tuple[int, int, str, bool]


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """One paragraph or table of the file.

    Attributes:
        anchor: Fragment it is linked by.
        role: As in ``Block``.
        page: 1-based, where it is the first block of its page; else None.
        rule: Rule that took the whole of it away; empty where it was kept.
        stretches: Its text; a table keeps tabs and line breaks.
        lost: What was taken out of it at a place that cannot be told any more.
        table: Whether it is a table.
        cut: Whether it is too long to be shown whole.
    """

    anchor: str
    role: str
    page: int | None
    rule: str
    stretches: tuple[Stretch, ...]
    lost: tuple[Stretch, ...]
    table: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class OriginalView:
    """Part ``part`` of ``parts`` of a document in its original form; ``rules`` counts what was found, by rule."""

    blocks: tuple[SourceBlock, ...]
    rules: tuple[tuple[str, int], ...]
    part: int
    parts: int
    part_of: dict[str, int]

    @property
    def runs(self) -> tuple[tuple[SourceBlock, ...], ...]:
        """Its blocks in order; those that were taken away one after the other, on one page, are together."""
        found: list[list[SourceBlock]] = []
        for block in self.blocks:
            if found and block.rule and found[-1][-1].rule and block.page is None:
                found[-1].append(block)
            else:
                found.append([block])
        return tuple(map(tuple, found))


def block_anchor(number: int) -> str:
    """Return the fragment a block is linked by."""
    return f"b{number}"


def source(converted: Converted, details: Normalized, *, part: int = 1, at: str = "") -> OriginalView:
    """Return the part of a document to show.

    Args:
        converted: The text as it came out of the file.
        details: What normalisation did to it.
        part: 1-based.
        at: Anchor whose part is wanted; unknown ones are passed over.
    """
    parts = list(
        in_parts(range(len(converted.blocks)), lambda number: min(len(converted.blocks[number].text), MAX_BLOCK_LENGTH))
    )
    part_of = {block_anchor(number): n for n, some in enumerate(parts, 1) for number in some}
    shown = min(max(part_of.get(at, part), 1), max(len(parts), 1))
    removals: dict[int, list[Removal]] = defaultdict(list)
    for removal in details.removals:
        removals[removal.block].append(removal)
    damages = _damages_by_block(converted, details)
    blocks, page = [], None
    for number in parts[shown - 1] if parts else ():
        block = converted.blocks[number]
        blocks.append(_source_block(number, block, removals[number], damages[number], new=block.page != page))
        page = block.page
    rules = Counter([*(removal.rule for removal in details.removals), *(damage.rule for damage in details.damages)])
    return OriginalView(tuple(blocks), tuple(rules.most_common()), shown, max(len(parts), 1), part_of)


def headings_in(details: Normalized | None, rows: Sequence[SectionRow]) -> dict[str, str]:
    """Return the anchors of the blocks in which sections begin, by row id, where a paragraph begins as they do."""
    if details is None:
        return {}
    begins: dict[str, list[int]] = defaultdict(list)
    texts = ["".join(paragraph.text[:_BEGIN].split()) for paragraph in details.paragraphs]
    for number, text in enumerate(texts):
        begins[text[:_TOLD_BY]].append(number)
    found, at = {}, -1
    for row in rows:
        label = "".join(f"{row.number or ''}{row.heading or row.text[:_BEGIN]}".split())[: _BEGIN // 2]
        places = begins.get(label[:_TOLD_BY], []) if row.number or row.heading else []
        following = bisect_right(places, at)
        place = next((p for p in places[following : following + _MAX_TRIES] if texts[p].startswith(label)), None)
        if place is not None:
            at = place
            found[row.id] = block_anchor(details.paragraphs[at].block)
    return found


def _source_block(
    number: int, block: Block, removals: Sequence[Removal], damages: Sequence[tuple[Damage, int]], *, new: bool
) -> SourceBlock:
    text = block.text[:MAX_BLOCK_LENGTH]
    whole = next((removal.rule for removal in removals if removal.offset is None), "")
    marks: list[Mark] = []
    lost = []
    for removal in removals if not whole else ():
        start = _find(text, removal.text, removal.offset or 0)
        if start < 0:
            lost.append(Stretch(removal.text, removal.rule, removed=True))
        else:
            marks.append((start, start + len(removal.text), removal.rule, True))
    for damage, lower in damages:
        start = text.find(damage.text, lower, lower + _NEAR + len(damage.text))
        marks.append((start, start + len(damage.text), damage.rule, False) if start >= 0 else _point(lower, damage))
    return SourceBlock(
        anchor=block_anchor(number),
        role=block.role,
        page=block.page if new else None,
        rule=whole,
        # Damage may have been taken away, too; that it is damage says more.
        stretches=tuple(cut_up(text, sorted(marks, key=lambda mark: (mark[0], mark[3])))),
        lost=tuple(lost),
        table=block.kind == "table",
        cut=len(block.text) > MAX_BLOCK_LENGTH,
    )


def _point(at: int, damage: Damage) -> Mark:
    return at, at, damage.rule, False


def _find(text: str, wanted: str, offset: int) -> int:
    if text.startswith(wanted, offset):
        return offset
    return text.find(wanted, max(0, offset - _NEAR), offset + _NEAR + len(wanted))


def _damages_by_block(converted: Converted, details: Normalized) -> dict[int, list[tuple[Damage, int]]]:
    """Return the damages of each block, with a place at or before which none of them stands."""
    found: dict[int, list[tuple[Damage, int]]] = defaultdict(list)
    for damage in details.damages:
        if damage.paragraph >= len(details.paragraphs):
            continue
        block, offset = details.paragraphs[damage.paragraph].block, damage.offset
        # Where blocks were joined to one paragraph, an offset may lie in a later one.
        while block + 1 < len(converted.blocks) and offset > len(converted.blocks[block].text):
            offset -= len(converted.blocks[block].text)
            block += 1
        if block < len(converted.blocks):
            found[block].append((damage, max(0, offset - 1)))
    return found
