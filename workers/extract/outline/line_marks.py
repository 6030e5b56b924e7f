"""The role of one line in the outline: heading, numbered paragraph, or text; ``candidates`` decides which."""

from typing import NamedTuple

from workers.extract.grammar.lines import Line
from workers.extract.grammar.section_numbers import Label


class Mark(NamedTuple):
    """One line, judged.

    Attributes:
        line: The line.
        section: Whether it begins a section.
        label: Its number; None for an unnumbered heading.
        heading: The stretch that is the heading, without its number; None for a numbered paragraph that has none.
        text: What follows the heading on the line, or the whole line if it begins no section.
        level: Of the section.
        rank: Its nesting order, smaller stands outside.
    """

    line: Line
    section: bool = False
    label: Label | None = None
    heading: Line | None = None
    text: Line | None = None
    level: int = 0
    rank: float = 0.0


def as_text(line: Line) -> Mark:
    """Judge a line to be text."""
    return Mark(line, text=line)
