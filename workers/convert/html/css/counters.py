"""Chinese words and numbers that style sheets generate: ``li::before { content: counter(n, cjk-ideographic) "、" }``.

CSS Lists and Counters Level 3, section 4: an instance lives from the element that resets it to the end of that one's
parent. What is generated is written into the text of the element it stands in, as the browser draws it; ``attr()``
too (CSS Values 4, 7.7).
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
    r"counters\(\s*([\w-]+)\s*,\s*[\"']([^\"']*)[\"']\s*(?:,\s*([\w-]+)\s*)?\)|"
    r"attr\(\s*([\w-]+)\s*\)"
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """What an element does to counters, and the generated content before it and after what is in it."""

    resets: tuple[tuple[str, int], ...]
    increments: tuple[tuple[str, int], ...]
    before: str
    after: str

    @classmethod
    def of(cls, said: dict[str, str], before: dict[str, str], after: dict[str, str]) -> "Numbering | None":
        """Return what declarations for an element, its ``::before`` and ``::after`` say; None if that is nothing."""
        increments = _pairs(said.get("counter-increment", ""), 1) + _pairs(before.get("counter-increment", ""), 1)
        resets = _pairs(said.get("counter-reset", ""), 0)
        first, last = _content(before), _content(after)
        return cls(resets, increments, first, last) if resets or increments or first or last else None


def number_elements(root: etree._Element, numberings: dict[etree._Element, Numbering]) -> None:
    """Write the numbers before the elements that have them, in document order."""
    counters: dict[str, list[tuple[int, etree._Element | None]]] = {}
    written: list[tuple[etree._Element, str, bool]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        numbering = numberings.get(element)
        if event == "end":
            if numbering and numbering.after:
                written.append((element, _generated(numbering.after, element, counters), True))
            for values in counters.values():
                while values and values[-1][1] is element:
                    values.pop()
        elif numbering:
            _count(element, numbering, counters)
            if numbering.before:
                written.append((element, _generated(numbering.before, element, counters), False))
    for element, text, after in written:
        if not after:
            element.text = text + (element.text or "").lstrip()
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text


def _content(said: dict[str, str]) -> str:
    """Return the generated content that is seen and has numbers or Chinese words; signs alone are ornament."""
    content = said.get("content", "")
    seen = said.get("display") != "none" and said.get("visibility") != "hidden"
    return content if seen and ("counter" in content or "attr(" in content or _HAN.search(content)) else ""


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


def _generated(
    content: str, element: etree._Element, counters: dict[str, list[tuple[int, etree._Element | None]]]
) -> str:
    text = ""
    for found in _TOKEN.finditer(content):
        double, single, name, style, names, between, styles, attribute = found.groups()
        if attribute:
            text += element.get(attribute.lower()) or ""
        elif name or names:
            values = [value for value, _ in counters.get(name or names, ())] or [0]
            shown = [in_style(value, style or styles or "decimal") for value in values]
            text += shown[-1] if name else (between or "").join(shown)
        else:
            text += double if double is not None else single or ""
    return text if "counter" in content or _HAN.search(text) else ""


def _pairs(value: str, default: int) -> tuple[tuple[str, int], ...]:
    return tuple((name, int(number or default)) for name, number in _PAIR.findall(value) if name != "none")
