"""Finds a table of contents (目录 and the chapter lines under it), whose lines are no sections."""

from collections.abc import Sequence

from workers.extract.labels import read_label
from workers.extract.lines import Line, squeezed

_LONGEST_ENTRY = 60


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines of a table of contents, its own heading included."""
    start = next((index for index, line in enumerate(lines[:60]) if _is_heading(line.text)), None)
    if start is None:
        return frozenset()
    seen: set[str] = set()
    for index in range(start + 1, len(lines)):
        text = lines[index].text
        entry = _entry(text)
        if entry in seen or lines[index].table or len(text) > _LONGEST_ENTRY or text.endswith("。"):
            return frozenset(range(start, index))
        seen.add(entry)
    return frozenset()


def _is_heading(text: str) -> bool:
    return "目" in text and squeezed(text) in ("目录", "目次")


def _entry(text: str) -> str:
    label = read_label(text)
    return (
        squeezed(text).rstrip("0123456789")
        if label is None
        else label.text + squeezed(text[label.end :]).rstrip("0123456789")
    )
