"""Reads the papers below ``tests/samples/papers``: made after the look of published ones, with their right values.

Each begins with ``=== name, format``; then lines ``field: value`` (more right values, divided by ``|``, behind
``accept`` for the title and ``accept_FIELD`` for others; ``statistics`` if it states figures of disclosure work), and
below ``---`` the lines of the page. ``{22cb}`` before a line is its look: size in points, ``c`` centred, ``r`` right,
``b`` bold, ``h1`` a heading, ``p2`` on page 2;
``{sheet}`` is the name of a sheet, ``{textbox}`` a text box. Lines that begin with ``|`` are rows of a table.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from schemas.blocks import Block, Clue, Converted, Style

PAPERS = Path(__file__).parent.parent / "samples" / "papers"
FIELDS = {"title": "title", "issuer": "issuer", "number": "document_number", "signed": "signed_on"}
_ALIGN = {"c": "center", "r": "right"}


@dataclass
class Paper:
    """One paper: its name, its right values by field, and its lines as the file has them."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def takes(self, name: str) -> list[str | None]:
        """Return the right values of a field; [None] if the paper states none."""
        more = self.values.get("accept" if name == "title" else f"accept_{name}", "").split("|")
        given = [self.values.get(name, ""), *more]
        return [None if value.strip() == "None" else value.strip() for value in given if value.strip()] or [None]

    @property
    def outline(self) -> list[str] | None:
        """Return the headings with their numbers; None where the paper does not list them."""
        return [row.strip() for row in self.values["outline"].split("|")] if "outline" in self.values else None

    def converted(self) -> Converted:
        """Return the paper as a reader of its format would."""
        format_ = self.name.rpartition(", ")[2]
        clues = (Clue("title", self.values["embedded"], "embedded"),) if "embedded" in self.values else ()
        return Converted(format_, tuple(_blocks(self.lines)), clues=clues)


def papers() -> list[Paper]:
    """Return all papers."""
    return [paper for path in sorted(PAPERS.glob("*.txt")) for paper in _read(path.read_text("utf-8").splitlines())]


def _read(lines: Iterable[str]) -> Iterator[Paper]:
    paper: Paper | None = None
    for line in lines:
        if line.startswith("=== "):
            if paper:
                yield paper
            paper, page = Paper(line[4:]), False
        elif line == "---":
            page = True
        elif paper and page:
            paper.lines.append(line)
        elif paper:
            name, _, value = line.partition(": ")
            paper.values[name] = value
    if paper:
        yield paper


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    for table, group in groupby(lines, key=lambda line: line.startswith("|")):
        own = list(group)
        yield from [_table(own)] if table else map(_paragraph, own)


def _table(lines: list[str]) -> Block:
    cells = [line[1:].removesuffix("|").split("|") for line in lines]
    width = max(map(len, cells))
    rows = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
    return Block("\n".join(map("\t".join, rows)), kind="table", rows=rows)


def _paragraph(line: str) -> Block:
    match = re.match(r"\{([^}]*)\}(.*)", line)
    if match is None:
        return Block(line)
    look, text = match[1], match[2]
    if look == "textbox":
        return Block(text, role="textbox")
    if look == "sheet":
        return Block(text, style=Style(heading_level=1, name="sheet"))
    found: dict[str, Any] = {name: int(number) for name, number in re.findall(r"([hp])([0-9]+)", look)}
    look = re.sub(r"[hp][0-9]+", "", look)
    size = re.search("[0-9]+", look)
    align = next((name for mark, name in _ALIGN.items() if mark in look), None)
    style = Style(
        heading_level=found.get("h"),
        bold=True if "b" in look else None,
        size=float(size[0]) if size else None,
        align=align,  # type: ignore[arg-type]
    )
    return Block(text, page=found.get("p"), style=style)
