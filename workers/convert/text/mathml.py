"""Equations in MathML (MathML 3, chapter 3), as OpenDocument and web pages have them, on one line: 1/2, 10⁴, √(a+b)."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lxml import etree

from workers.convert.text.notation import append_index, fraction, power, root

_MAX_DEPTH = 60
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_SILENT = frozenset({"annotation", "annotation-xml", "mspace", "mphantom", "none", "mprescripts", "malignmark"})
_APPLIED = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))  # invisible operators


def mathml_text(equation: etree._Element, depth: int = 0) -> str:
    """Return the text of a MathML element; what lies too deep is read from left to right."""
    name = _name(equation)
    if name in _SILENT:
        return ""
    if name in _TOKENS or depth > _MAX_DEPTH:
        return "".join("".join(map(str, equation.itertext())).split()).translate(_APPLIED)
    parts = [child for child in equation if isinstance(child.tag, str) and _name(child) not in _SILENT - {"none"}]
    draw = _DRAWN.get(name)
    texts = [mathml_text(part, depth + 1) for part in parts]
    if draw is None or len(texts) < _FEWEST.get(name, 1):
        return "".join(texts)
    return draw(texts)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _joined(texts: Iterable[str]) -> str:
    return "".join(texts)


def _limits(texts: list[str]) -> str:
    inside = "..".join(text for text in texts[1:] if text)
    return f"{texts[0]}({inside})" if inside else texts[0]


def _rows(texts: list[str]) -> str:
    return "; ".join(texts)


def _cells(texts: list[str]) -> str:
    return " ".join(texts)


_FEWEST = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "mroot": 2}
_DRAWN: Mapping[str, Callable[[list[str]], str]] = MappingProxyType(
    {
        "mfrac": lambda texts: fraction(texts[0], texts[1]),
        "msup": lambda texts: power(texts[0], texts[1]),
        "msub": lambda texts: append_index(texts[0], texts[1]),
        "msubsup": lambda texts: power(append_index(texts[0], texts[1]), texts[2]),
        "msqrt": lambda texts: root(_joined(texts)),
        "mroot": lambda texts: root(texts[0], texts[1]),
        "mfenced": lambda texts: f"({','.join(texts)})",
        **{"munder": _limits, "mover": _limits, "munderover": _limits},
        **{"mtable": _rows, "mtr": _cells},
    }
)
