"""A document's original text, with removals and damages marked in place."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.anchors import block_anchor
from schemas.blocks import Block, Converted
from schemas.cleaned import Damage, Normalized, Removal
from schemas.records import SectionRow
from search.pages.pagination import in_parts
from search.pages.passages import Stretch, cut_up

MAX_BLOCK_LENGTH = 400_000
# Maximum distance from its recorded offset at which a stretch is searched for, since earlier repairs may move it.
_NEAR = 200
# Characters that identify a paragraph, and maximum of paragraphs with the same beginning tried for a heading.
_BEGIN, _PREFIX_CHARACTERS, _MAX_TRIES = 60, 3, 100

Mark = tuple[int, int, str, bool]


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """One paragraph or table of the file.

    Attributes:
        anchor: URL fragment of the block.
        role: As in ``Block``.
        page: 1-based page, if this is the first block of its page; else None.
        rule: The rule that removed the whole block; empty if it was not removed.
        stretches: Its text; a table keeps tabs and line breaks.
        lost: Text removed from it at an unknown place.
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
    """Part ``part`` of ``parts`` of a document's original text; ``rules`` counts removals and damages by rule."""

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


def source(converted: Converted, details: Normalized, *, part: int = 1, at: str = "") -> OriginalView:
    """Return the part of a document to show.

    Args:
        converted: The convert artefact.
        details: The normalize artefact.
        part: 1-based part.
        at: Anchor whose part is requested; unknown ones are ignored.
    """
    parts = list(
        in_parts(range(len(converted.blocks)), lambda number: min(len(converted.blocks[number].text), MAX_BLOCK_LENGTH))
    )
    part_of = {block_anchor(number): n for n, some in enumerate(parts, 1) for number in some}
    shown = min(max(part_of.get(at, part), 1), max(len(parts), 1))
    blocks = tuple(_blocks(converted, details, parts[shown - 1] if parts else ()))
    return OriginalView(blocks, _count_rules(details), shown, max(len(parts), 1), part_of)


def source_of_page(converted: Converted, details: Normalized, page: int) -> OriginalView:
    """Return the text of a page of the original as a view of one part."""
    numbers = [number for number, block in enumerate(converted.blocks) if block.page == page]
    blocks = tuple(_blocks(converted, details, numbers))
    return OriginalView(blocks, _count_rules(details), 1, 1, {block_anchor(number): 1 for number in numbers})


def _blocks(converted: Converted, details: Normalized, numbers: Sequence[int]) -> Iterator[SourceBlock]:
    removals: dict[int, list[Removal]] = defaultdict(list)
    for removal in details.removals:
        removals[removal.block].append(removal)
    damages, page = _damages_by_block(converted, details), None
    for number in numbers:
        block = converted.blocks[number]
        yield _source_block(number, block, removals[number], damages[number], new=block.page != page)
        page = block.page


def _count_rules(details: Normalized) -> tuple[tuple[str, int], ...]:
    rules = Counter([*(removal.rule for removal in details.removals), *(damage.rule for damage in details.damages)])
    return tuple(rules.most_common())


def headings_in(details: Normalized | None, rows: Sequence[SectionRow]) -> dict[str, str]:
    """Return the anchor of the block in which each section begins, by row id, for sections that match a paragraph."""
    if details is None:
        return {}
    begins: dict[str, list[int]] = defaultdict(list)
    texts = ["".join(paragraph.text[:_BEGIN].split()) for paragraph in details.paragraphs]
    for number, text in enumerate(texts):
        begins[text[:_PREFIX_CHARACTERS]].append(number)
    found, at = {}, -1
    for row in rows:
        label = "".join(f"{row.number or ''}{row.heading or row.text[:_BEGIN]}".split())[: _BEGIN // 2]
        places = begins.get(label[:_PREFIX_CHARACTERS], []) if row.number or row.heading else []
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
        # If damage was also removed, it is marked as damage, which says more.
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
    """Return the damages of each block, each with an offset at which to start searching for it."""
    found: dict[int, list[tuple[Damage, int]]] = defaultdict(list)
    for damage in details.damages:
        if damage.paragraph >= len(details.paragraphs):
            continue
        block, offset = details.paragraphs[damage.paragraph].block, damage.offset
        # If blocks were joined to one paragraph, an offset may belong to a later block.
        while block + 1 < len(converted.blocks) and offset > len(converted.blocks[block].text):
            offset -= len(converted.blocks[block].text)
            block += 1
        if block < len(converted.blocks):
            found[block].append((damage, max(0, offset - 1)))
    return found
