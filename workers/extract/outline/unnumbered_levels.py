"""The level of a heading without a number: inside the numbered section that continues after it.

「其他文件」 between I. and II. is part of I.; between 三、 and a new 一、 it begins a text of its own. A heading style
states its level itself.
"""

from collections.abc import Sequence

from workers.extract.outline.line_marks import Mark

_OUTER = frozenset({"part", "book", "chapter", "han", "han_formal", "roman"})
_INSIDE = 0.05


def nest_unnumbered(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, headings without a number or a style of their own moved into the section that goes on."""
    if not any(_is_loose(mark) for mark in marks):
        return list(marks)
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
