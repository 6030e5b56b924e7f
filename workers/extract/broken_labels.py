"""Joins a number that stands alone on its line (第一章 / 总 则) with the heading on the next."""

from collections.abc import Sequence
from dataclasses import replace

from workers.extract.labels import read_label
from workers.extract.lines import Line

_FORMS = frozenset({"book", "chapter", "division", "part", "han", "han_bracketed"})
_LONGEST = 30
_ENDS = "。；;，,：:、"


def join_broken_labels(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, each lone number joined with the short line below it."""
    joined: list[Line] = []
    for line in lines:
        if joined and _is_lone_label(joined[-1]) and _is_name(line):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _is_lone_label(line: Line) -> bool:
    label = None if line.table or not line.body or len(line.text) > 12 else read_label(line.text)
    return label is not None and label.form.name in _FORMS and label.end == len(line.text)


def _is_name(line: Line) -> bool:
    text = line.text
    short = not line.table and line.body and 2 <= len(text) <= _LONGEST and text[-1] not in _ENDS and "。" not in text
    return short and read_label(text) is None


def _join(label: Line, name: Line) -> Line:
    joint = " " if label.text[-1] not in "、.．）)" else ""
    original = None
    if label.original is not None or name.original is not None:
        original = label.display + joint + name.display
    return replace(label, text=label.text + joint + name.text, original=original, style=name.style or label.style)
