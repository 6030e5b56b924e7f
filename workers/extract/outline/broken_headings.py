"""Joins headings broken over lines: a number alone on its line (第一章 / 总 则), a centred attached title."""

from collections.abc import Sequence

from workers.extract.grammar.lines import Line
from workers.extract.grammar.organs import is_organ
from workers.extract.grammar.section_numbers import read_label
from workers.extract.record.title_shape import ends_like_title, is_title_like

_FORMS = frozenset({"book", "chapter", "division", "part", "han", "han_bracketed"})
_MAX_LENGTH = 30
_MAX_LABEL_LENGTH = 12
_MAX_TITLE_LENGTH = 80
_ENDS = "。；;，,：:、"


def join_broken_headings(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, each lone number and each unfinished centred title joined with the line below it."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is None or (len(last.text) > _MAX_LABEL_LENGTH and last.style is None):  # most lines of text
            joined.append(line)
        elif _is_lone_label(last) and _is_name(line):
            joined[-1] = _join(last, line)
        elif _is_broken_title(last, line):
            joined[-1] = _join(last, line, joint="")
        else:
            joined.append(line)
    return joined


def _is_lone_label(line: Line) -> bool:
    label = None if line.table or not line.body or len(line.text) > _MAX_LABEL_LENGTH else read_label(line.text)
    return label is not None and label.form.name in _FORMS and label.end == len(line.text)


def _is_name(line: Line) -> bool:
    text = line.text
    short = (
        not line.table and line.body and 2 <= len(text) <= _MAX_LENGTH and text[-1] not in _ENDS and "。" not in text
    )
    return short and read_label(text) is None


def _is_broken_title(first: Line, second: Line) -> bool:
    if (
        not (_is_centred(first) and _is_centred(second))
        or first.table
        or second.table
        or len(first.text) + len(second.text) > _MAX_TITLE_LENGTH
    ):
        return False
    unfinished = is_title_like(first.text) and not ends_like_title(first.text) and not is_organ(first.text)
    return unfinished and ends_like_title(second.text) and is_title_like(first.text + second.text)


def _is_centred(line: Line) -> bool:
    return line.style is not None and line.style.align == "center"


def _join(label: Line, name: Line, *, joint: str | None = None) -> Line:
    if joint is None:
        joint = "" if label.text[-1] in "、.．）)" else " "
    original = None
    if label.original is not None or name.original is not None:
        original = label.display + joint + name.display
    return label._replace(text=label.text + joint + name.text, original=original, style=name.style or label.style)
