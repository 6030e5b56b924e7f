"""A place of the cleaned text found in the original, and the reverse."""

from collections.abc import Mapping, Sequence

from schemas.anchors import LONG_SECTION, section_anchor, split_anchor
from schemas.cleaned import Normalized
from schemas.records import SectionRow

# Characters by which a line of a section is recognised among the paragraphs of the original.
_BEGIN = 40


def find_block(at: str, rows: Sequence[SectionRow], blocks: Mapping[str, str], details: Normalized) -> str:
    """Return the anchor of the block in which a section, or a line of it, begins; empty if unknown.

    Args:
        at: Anchor of the section or line.
        rows: All rows of the document.
        blocks: Anchors of blocks by row id; a section without one begins in the last one before it.
        details: The normalize artefact.
    """
    section, line = split_anchor(at)
    found, first = "", 0
    for row in rows:
        found = blocks.get(row.id, found)
        if section_anchor(row.article, row.ordinal) == section:
            lines = row.text.split("\n")
            first = _number(found)
            wanted = _begin(lines[line]) if line is not None and line < len(lines) else ""
            return _block_of(wanted, details, first) or found
    return ""


def find_section(at: str, rows: Sequence[SectionRow], blocks: Mapping[str, str], details: Normalized) -> str:
    """Return the anchor of the section, or of the line of a long one, that a block belongs to; empty if unknown."""
    wanted = _number(at)
    found = None
    for row in rows:
        if row.id in blocks and _number(blocks[row.id]) <= wanted:
            found = row
    return section_anchor(found.article, found.ordinal, _line_of(wanted, found, details)) if found else ""


def _block_of(wanted: str, details: Normalized, first: int) -> str:
    for paragraph in details.paragraphs if wanted else ():
        if paragraph.block >= first and wanted in _squeeze(paragraph.text):
            return f"b{paragraph.block}"
    return ""


def _line_of(block: int, row: SectionRow, details: Normalized) -> int | None:
    if len(row.text) < LONG_SECTION:
        return None
    texts = [_begin(paragraph.text) for paragraph in details.paragraphs if paragraph.block == block]
    lines = [_squeeze(line) for line in row.text.split("\n")]
    return next((n for n, line in enumerate(lines) for text in texts if text and text in line), None)


def _begin(text: str) -> str:
    return _squeeze(text)[:_BEGIN]


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _number(block: str) -> int:
    digits = block.removeprefix("b")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
