"""Finds a table of contents (目录 and the chapter lines under it), whose lines are no sections."""

from collections.abc import Sequence

from workers.extract.grammar.lines import Line, squeeze
from workers.extract.grammar.section_numbers import read_label

_MAX_ENTRY_LENGTH = 60


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines of a table of contents, its own heading included."""
    start = next((index for index, line in enumerate(lines[:60]) if _is_heading(line.text)), None)
    if start is None:
        return frozenset()
    seen: set[str] = set()
    for index in range(start + 1, len(lines)):
        text = lines[index].text
        entry = _entry(text)
        if entry in seen or lines[index].table or len(text) > _MAX_ENTRY_LENGTH or text.endswith("。"):
            return frozenset(range(start, index))
        seen.add(entry)
    return frozenset()


def _is_heading(text: str) -> bool:
    return "目" in text and squeeze(text) in ("目录", "目次")


def _entry(text: str) -> str:
    label = read_label(text)
    return (
        squeeze(text).rstrip("0123456789")
        if label is None
        else label.text + squeeze(text[label.end :]).rstrip("0123456789")
    )
