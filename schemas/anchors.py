"""Anchors of places in a document: ``s0-3`` is section 3 of article 0, ``s0-3p12`` the line 12 of its text, from 0.

Only long sections have anchored lines; a line is a paragraph or a row of a table. A line's anchor depends on the text
of its section alone, so it stays the same until that text changes.
"""

# Characters from which the lines of a section have anchors of their own.
LONG_SECTION = 2_000


def section_anchor(article: int, ordinal: int, line: int | None = None) -> str:
    """Return the URL fragment of a section, or of one of its lines."""
    return f"s{article}-{ordinal}" if line is None else f"s{article}-{ordinal}p{line}"


def block_anchor(number: int) -> str:
    """Return the URL fragment of a block of the original's text."""
    return f"b{number}"


def line_at(text: str, offset: int) -> int | None:
    """Return the line of a long section that contains an offset; None in a short section, which is linked whole."""
    return text.count("\n", 0, offset) if len(text) >= LONG_SECTION else None


def split_anchor(anchor: str) -> tuple[str, int | None]:
    """Return the anchor of the section, and the line where the anchor is that of a line: ``s0-3p12`` is (s0-3, 12)."""
    section, mark, line = anchor.partition("p")
    known = anchor.startswith("s") and mark and line.isascii() and line.isdigit() and len(line) < 7
    return (section, int(line)) if known else (anchor, None)
