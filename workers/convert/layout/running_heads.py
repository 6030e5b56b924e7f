"""Which lines of a PDF are no part of its text: running heads and feet, and page numbers."""

import re
from collections import Counter

from schemas.blocks import Role
from workers.convert.layout.reading_order import TextLine

_PAGE_NUMBER = re.compile(
    r"[-—–－―·•\s]*\d{1,4}[-—–－―·•\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|"
    r"Page\s+\d{1,4}(?:\s+of\s+\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.13  # share of the page height at its top and foot where furniture stands
_ROWS = 3  # lines from either end of a page looked at


def furniture(pages: list[list[TextLine]], heights: list[float]) -> dict[int, Role]:
    """Return the role of each line that is furniture, by ``id(line)``.

    Args:
        pages: Lines of every page in reading order.
        heights: Height of every page in points.
    """
    candidates = [
        (line, role) for lines, height in zip(pages, heights, strict=True) for line, role in _edge(lines, height)
    ]
    seen = Counter(_likeness(line) for line, _ in candidates)
    often = max(3, 0.25 * len(pages)) if len(pages) > 3 else 2
    roles: dict[int, Role] = {}
    for line, role in candidates:
        if _PAGE_NUMBER.fullmatch(line.text.strip()) or (len(pages) > 1 and seen[_likeness(line)] >= often):
            roles[id(line)] = role
    return roles


def _edge(lines: list[TextLine], height: float) -> list[tuple[TextLine, Role]]:
    by_height = sorted(lines, key=lambda line: -line.y)
    top = [(line, "header") for line in by_height[:_ROWS] if line.y > (1 - _MARGIN) * height]
    foot = [(line, "footer") for line in by_height[-_ROWS:] if line.y < _MARGIN * height]
    return top + foot  # type: ignore[return-value]


def _likeness(line: TextLine) -> tuple[str, int]:
    """Return what running heads share from page to page: their words without numbers, and their height."""
    return _DIGITS.sub("#", line.text), round(line.y / 6)
