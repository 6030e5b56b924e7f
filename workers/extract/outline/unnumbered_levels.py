"""The level of a heading without a number: inside the numbered section that continues after it.

「其他文件」 between I. and II. is part of I.; between 三、 and a new 一、 it begins a text of its own. A heading style
states its level itself.
"""

from collections.abc import Sequence

from workers.extract.outline.line_marks import Mark
from workers.extract.record.title_shape import ends_like_title

_OUTER = frozenset({"part", "book", "chapter", "han", "han_formal", "roman"})
_INSIDE = 0.05
_SUBJECT_LENGTH = 4  # 「项目概况」 is a subject, 「某某项目概况」 a paper


def nest_unnumbered(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, headings without a number or a style of their own moved into the section that goes on."""
    if not any(_is_loose(mark) for mark in marks):
        return list(marks)
    beside = _sections_below(marks)
    if beside:
        marks = [
            mark._replace(rank=beside[index].rank, level=beside[index].level) if index in beside else mark
            for index, mark in enumerate(marks)
        ]
    around = _sections_around(marks)
    return [
        mark._replace(rank=outer.rank + _INSIDE, level=outer.level + 1)
        if _is_loose(mark) and (outer := around.get(index)) is not None
        else mark
        for index, mark in enumerate(marks)
    ]


def _is_loose(mark: Mark) -> bool:
    style = mark.line.style
    return mark.section and mark.label is None and not (style and style.heading_level) and mark.rank > 0


def _sections_below(marks: Sequence[Mark]) -> dict[int, Mark]:
    """Return for each loose heading above the first numbered section that section, if the two stand side by side.

    「项目概况」 or 「前言」 with text of its own does not hold 「一、」 to 「八、」 below it, unless the counting
    begins anew under a later one. The title of an attached text does.
    """
    first = next((index for index, mark in enumerate(marks) if mark.section and mark.label is not None), None)
    if first is None or not _counts_once(marks, first):
        return {}
    above = [index for index in range(first) if _is_loose(marks[index])]
    apart = all(marks[index].heading is not None and _has_text(marks, index) for index in above)
    return dict.fromkeys(above, marks[first]) if apart else {}


def _counts_once(marks: Sequence[Mark], first: int) -> bool:
    """Return whether the first number is 1, is followed by others of its form, and does not come again."""
    own = marks[first].label
    labels = (mark.label for mark in marks if mark.section and mark.label is not None)
    values = [label.value for label in labels if own and label.form is own.form]
    return values[0] == 1 and len(values) > 1 and values.count(1) == 1


def _has_text(marks: Sequence[Mark], index: int) -> bool:
    """Return whether text stands below a short heading that names no document."""
    below = marks[index + 1]
    text = marks[index].line.text
    return not below.section and (len(text) <= _SUBJECT_LENGTH or not ends_like_title(text))


def _sections_around(marks: Sequence[Mark]) -> dict[int, Mark]:
    """Return for each loose heading the innermost outer section that holds it and is not the last of its sequence."""
    found: dict[int, Mark] = {}
    last: dict[str, tuple[int, Mark]] = {}
    loose: list[int] = []
    for index, mark in enumerate(marks):
        if _is_loose(mark):
            loose.append(index)
        elif mark.section and mark.label is not None and mark.label.form.name in _OUTER:
            start, before = last.get(mark.label.form.name, (index, mark))
            if mark.label.value == (before.label.value if before.label else 0) + 1:
                inside = (place for place in loose if place > start)
                found |= {place: before for place in inside if place not in found or found[place].rank < before.rank}
            last = {name: one for name, one in last.items() if one[1].rank < mark.rank}
            last[mark.label.form.name] = (index, mark)
    return found
