"""Builds the sections of an article from its judged lines: level by the form of the number, path by true nesting."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.articles import Section
from schemas.outcomes import Problem
from workers.extract.grammar.lines import Line, join_texts
from workers.extract.outline.broken_headings import join_broken_headings
from workers.extract.outline.candidates import judge
from workers.extract.outline.embedded_headings import cut_inline
from workers.extract.outline.gaps import report_gaps
from workers.extract.outline.line_marks import Mark


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of an article's body.

    Attributes:
        preamble: Lines before the first section.
        sections: In document order.
        problems: Gaps, repeats and restarts in the numbering.
    """

    preamble: tuple[Line, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Node:
    """A section that is still being filled."""

    mark: Mark
    path: tuple[str, ...]
    parent: int | None
    level: int
    lines: list[Line] = field(default_factory=list)


def read_outline(body: Sequence[Line], title: str | None = None) -> Outline:
    """Read the sections of an article's body; a line that only repeats its ``title`` is none."""
    preamble: list[Line] = []
    nodes: list[Node] = []
    open_nodes: list[int] = []
    for mark in judge(cut_inline(join_broken_headings(body)), title):
        if mark.section:
            while open_nodes and nodes[open_nodes[-1]].mark.rank >= mark.rank:
                open_nodes.pop()
            parent = open_nodes[-1] if open_nodes else None
            path = (*(nodes[parent].path if parent is not None else ()), _label_of(mark))
            open_nodes.append(len(nodes))
            nodes.append(Node(mark, path, parent, _level(mark, nodes[parent] if parent is not None else None)))
        target = nodes[-1].lines if nodes else preamble
        if mark.text is not None and mark.text.text:
            target.append(mark.text)
    return Outline(tuple(preamble), tuple(_section(node) for node in nodes), tuple(report_gaps(nodes)))


def _level(mark: Mark, parent: Node | None) -> int:
    """Return the level of a section: that of its form, or one below a numbered part that holds it (章 in a 编)."""
    outer = None if parent is None or mark.label is None else parent.mark.label
    return mark.level if parent is None or outer is None else max(mark.level, parent.level + 1)


def _label_of(mark: Mark) -> str:
    number = mark.label.text if mark.label else ""
    heading = mark.heading.text if mark.heading else ""
    joint = " " if number and heading and (number.endswith(("章", "节", "编", "分")) or number[-1].isdigit()) else ""
    return f"{number}{joint}{heading}"


def _section(node: Node) -> Section:
    mark = node.mark
    text, original = join_texts(node.lines)
    return Section(
        level=node.level,
        path=node.path,
        number=mark.label.text if mark.label else None,
        heading=mark.heading.text if mark.heading else None,
        text=text,
        heading_original=mark.heading.original if mark.heading else None,
        text_original=original,
        page=mark.line.page,
    )
