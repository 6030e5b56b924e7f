"""Chinese words and numbers that style sheets generate: ``li::before { content: counter(n, cjk-ideographic) "、" }``.

CSS Lists and Counters Level 3, section 4: an instance lives from the element that resets it to the end of that one's
parent. What is generated is written into the text of the element it stands before, as the browser draws it.
"""

import re
from dataclasses import dataclass

from lxml import etree

from workers.convert.html.lists import in_style

_HAN = re.compile("[一-鿿]")
_PAIR = re.compile(r"([\w-]+)(?:\s+(-?\d{1,6}))?")
_TOKEN = re.compile(
    r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|"
    r"counter\(\s*([\w-]+)\s*(?:,\s*([\w-]+)\s*)?\)|"
    r"counters\(\s*([\w-]+)\s*,\s*[\"']([^\"']*)[\"']\s*(?:,\s*([\w-]+)\s*)?\)"
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """What an element does to counters, and the generated content before it."""

    resets: tuple[tuple[str, int], ...]
    increments: tuple[tuple[str, int], ...]
    content: str

    @classmethod
    def of(cls, said: dict[str, str], before: dict[str, str]) -> "Numbering | None":
        """Return what the declarations for an element and for its ``::before`` say; None if nothing counts."""
        content = before.get("content", "")
        increments = _pairs(said.get("counter-increment", ""), 1) + _pairs(before.get("counter-increment", ""), 1)
        resets = _pairs(said.get("counter-reset", ""), 0)
        seen = before.get("display") != "none" and before.get("visibility") != "hidden"
        content = content if seen and ("counter" in content or _HAN.search(content)) else ""
        return cls(resets, increments, content) if resets or increments or content else None


def number_elements(root: etree._Element, numberings: dict[etree._Element, Numbering]) -> None:
    """Write the numbers before the elements that have them, in document order."""
    counters: dict[str, list[tuple[int, etree._Element | None]]] = {}
    written: list[tuple[etree._Element, str]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            for values in counters.values():
                while values and values[-1][1] is element:
                    values.pop()
        elif numbering := numberings.get(element):
            _count(element, numbering, counters)
            if numbering.content:
                written.append((element, _generated(numbering.content, counters)))
    for element, text in written:
        element.text = text + (element.text or "").lstrip()


def _count(
    element: etree._Element, numbering: Numbering, counters: dict[str, list[tuple[int, etree._Element | None]]]
) -> None:
    for name, value in numbering.resets:
        values, owner = counters.setdefault(name, []), element.getparent()
        if values and values[-1][1] is owner:
            values.pop()
        values.append((value, owner))
    for name, step in numbering.increments:
        values = counters.setdefault(name, [])
        value, owner = values.pop() if values else (0, element.getparent())
        values.append((value + step, owner))


def _generated(content: str, counters: dict[str, list[tuple[int, etree._Element | None]]]) -> str:
    text = ""
    for found in _TOKEN.finditer(content):
        double, single, name, style, names, between, styles = found.groups()
        if name or names:
            values = [value for value, _ in counters.get(name or names, ())] or [0]
            shown = [in_style(value, style or styles or "decimal") for value in values]
            text += shown[-1] if name else (between or "").join(shown)
        else:
            text += double if double is not None else single or ""
    return text


def _pairs(value: str, default: int) -> tuple[tuple[str, int], ...]:
    return tuple((name, int(number or default)) for name, number in _PAIR.findall(value) if name != "none")
