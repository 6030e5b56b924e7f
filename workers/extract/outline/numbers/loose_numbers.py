"""Numbers of headings without the mark that belongs after them: 「1 总则」 above 「1.1 编制目的」, 「一：概述」.

Such a number alone may be anything; it counts only if all lines of its form, read from the top, count 1, 2, 3 …, and
for figures if decimal numbers begin with them: with each, or with most if the numbers between take up what is
counted (a last chapter 「3 附则」 often has no 3.1); of three or more, one is enough (「1 范围」 has none).
"""

import re
from collections.abc import Sequence

from workers.extract.grammar.lines import Line
from workers.extract.grammar.numerals import HAN_NUMBER, read_number
from workers.extract.grammar.section_numbers import BY_NAME, Form, Label, read_label
from workers.runtime.lazy_regex import lazy_compile

_MIN_COUNT, _ENOUGH = 2, 3
_MAX_LENGTH = 40
_HAN = lazy_compile(rf"({HAN_NUMBER}{{1,3}})(?:\s|[:：]\s?)(?=[一-鿿]{{2}})")
_FIGURE = lazy_compile(r"([0-9]{1,2})\s(?=[一-鿿]{2})")
_DECIMAL = lazy_compile(r"([0-9]{1,2})[.．][0-9]{1,2}(?![0-9])")
_FIRST = frozenset(f"0123456789{HAN_NUMBER[1:-1]}")
_SENTENCE = frozenset("。；;，,")
_NONE = Line("")


def loose_labels(lines: Sequence[Line], passed_over: frozenset[int] = frozenset()) -> dict[int, Label]:
    """Return the labels of lines that begin with a number and no mark after it, by line index.

    Args:
        lines: Of an article's body.
        passed_over: Indices of lines that are no part of the text, as those of a table of contents.
    """
    short = [n for n, line in enumerate(lines) if n not in passed_over and _may_head(line)]
    figures = _row(lines, short, _FIGURE, BY_NAME["digit"])
    if figures:
        read = [_NONE if n in passed_over else line for n, line in enumerate(lines)]
        majors = {int(match[1]) for line in read if (match := _DECIMAL.match(line.text))}
        figures = figures if _are_chapters(read, figures, majors) or _clauses(figures, majors) else {}
    return figures | _row(lines, short, _HAN, BY_NAME["han"])


def _are_chapters(lines: Sequence[Line], figures: dict[int, Label], majors: set[int]) -> bool:
    """Tell whether figures head chapters: the decimal numbers between two of them begin with the upper one, if any."""
    if 2 * len(majors.intersection(label.value for label in figures.values())) < len(figures):
        return False
    chapter = 0
    for index, line in enumerate(lines):
        if index in figures:
            chapter = figures[index].value
        elif (match := _DECIMAL.match(line.text)) and line.body and not line.table and int(match[1]) != chapter:
            return False
    return True


def _clauses(figures: dict[int, Label], majors: set[int]) -> bool:
    """Return whether three or more figures count on and decimal numbers begin with one: the clauses of a standard."""
    values = {label.value for label in figures.values()}
    return len(values) >= _ENOUGH and bool(values & majors)


def _may_head(line: Line) -> bool:
    text = line.text
    return (
        line.body
        and not line.table
        and 3 < len(text) <= _MAX_LENGTH
        and text[0] in _FIRST
        and text[-1] not in _SENTENCE
        and read_label(text) is None
    )


def _row(lines: Sequence[Line], short: Sequence[int], pattern: re.Pattern[str], form: Form) -> dict[int, Label]:
    """Return the labels of this form if they count from one without a gap."""
    found: dict[int, Label] = {}
    for index in short:
        match = pattern.match(lines[index].text)
        if match and (value := read_number(match[1])) is not None:
            found[index] = Label(form, value, match.group().strip(), match.end())
    counted = [label.value for label in found.values()] == list(range(1, len(found) + 1))
    return found if counted and len(found) >= _MIN_COUNT else {}
