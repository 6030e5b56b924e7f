"""Turns the working sheet into the artefact: numbers paragraphs, and sorts removals and damages by place."""

from schemas.cleaned import Damage, Normalized, Paragraph, Removal
from workers.normalize.draft.sheet import Draft, DraftLine


def close_draft(draft: Draft) -> Normalized:
    """Return the artefact, without the lines that have become empty."""
    lines = [line for line in draft.lines if line.text.strip()]
    return Normalized(
        format=draft.format,
        paragraphs=tuple(_paragraph(line) for line in lines),
        clues=draft.clues,
        removals=_in_order(draft.removals),
        damages=tuple(_damages(lines)),
        script=draft.script,
        flags=draft.flags,
        problems=draft.problems,
    )


def _in_order(removals: tuple[Removal, ...]) -> tuple[Removal, ...]:
    places = [(each.block, -1 if each.offset is None else each.offset, n) for n, each in enumerate(removals)]
    return tuple([removals[n] for _, _, n in sorted(places)])


def _damages(lines: list[DraftLine]) -> list[Damage]:
    return [
        Damage(mark.rule, index, min(mark.at, len(line.text)), mark.text)
        for index, line in enumerate(lines)
        for mark in line.marks
    ]


def _paragraph(line: DraftLine) -> Paragraph:
    rows = tuple(tuple(row.split("\t")) for row in line.text.split("\n")) if line.kind == "table" else ()
    return Paragraph(
        text=line.text,
        original=None if line.original in (None, line.text) else line.original,
        block=line.block,
        kind=line.kind,
        role=line.role,
        number=line.number if line.number and line.text.startswith(line.number) else None,
        page=line.page,
        style=line.style,
        rows=rows,
    )
