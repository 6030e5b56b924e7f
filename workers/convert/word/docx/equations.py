"""Equations (OMML, ECMA-376 part 1, 22.1) on one line: 1/2, 10⁴, √(a+b), Σ(i=1..n)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workers.convert.text.notation import append_index, fraction, power, root
from workers.convert.word.docx.wml import DELETED, MATH, TEXT, Element, W

_MAX_DEPTH = 60
_VALUE = MATH + "val"
_SILENT = DELETED | {W + "rPr", W + "ctrlPr"}


def equation_text(equation: Element, depth: int = 0) -> str:
    """Return the text of an element of an equation; what lies too deep is read from left to right."""
    return "".join(_piece(child, depth) for child in equation)


def _piece(element: Element, depth: int) -> str:
    tag = str(element.tag)
    if tag in {MATH + "t", TEXT}:
        return element.text or ""
    if tag in _SILENT or (tag.startswith(MATH) and tag.endswith("Pr")):
        return ""
    draw = _DRAWN.get(tag.removeprefix(MATH)) if depth < _MAX_DEPTH else None
    if depth > 2 * _MAX_DEPTH:
        return "".join(part.text or "" for part in element.iter(MATH + "t"))
    return draw(element, depth + 1) if draw else equation_text(element, depth + 1)


def _part(element: Element, name: str, depth: int) -> str:
    found = element.find(MATH + name)
    return equation_text(found, depth).strip() if found is not None else ""


def _said(element: Element, properties: str, name: str, default: str) -> str:
    found = element.find(f"{MATH}{properties}/{MATH}{name}")
    return found.get(_VALUE, default) if found is not None else default


def _fraction(element: Element, depth: int) -> str:
    over, under = _part(element, "num", depth), _part(element, "den", depth)
    if _said(element, "fPr", "type", "bar") == "noBar":
        return f"({over} {under})"
    return fraction(over, under)


def _sup(element: Element, depth: int) -> str:
    return power(_part(element, "e", depth), _part(element, "sup", depth))


def _sub(element: Element, depth: int) -> str:
    return append_index(_part(element, "e", depth), _part(element, "sub", depth))


def _both(element: Element, depth: int) -> str:
    return power(_sub(element, depth), _part(element, "sup", depth))


def _before(element: Element, depth: int) -> str:
    return power(_part(element, "sub", depth), _part(element, "sup", depth)) + _part(element, "e", depth)


def _radical(element: Element, depth: int) -> str:
    return root(_part(element, "e", depth), _part(element, "deg", depth))


def _operator(element: Element, depth: int) -> str:
    sign = _said(element, "naryPr", "chr", "∫")
    limits = [limit for limit in (_part(element, "sub", depth), _part(element, "sup", depth)) if limit]
    return f"{sign}{'(' + '..'.join(limits) + ')' if limits else ''}{_part(element, 'e', depth)}"


def _delimited(element: Element, depth: int) -> str:
    left, right = _said(element, "dPr", "begChr", "("), _said(element, "dPr", "endChr", ")")
    inside = (equation_text(part, depth).strip() for part in element.iterfind(MATH + "e"))
    return f"{left}{_said(element, 'dPr', 'sepChr', '|').join(inside)}{right}"


def _rows(element: Element, depth: int) -> str:
    rows = (
        [equation_text(cell, depth).strip() for cell in row.iterfind(MATH + "e")]
        for row in element.iterfind(MATH + "mr")
    )
    return "; ".join(" ".join(row) for row in rows)


def _lines(element: Element, depth: int) -> str:
    return "; ".join(equation_text(line, depth).strip() for line in element.iterfind(MATH + "e"))


def _function(element: Element, depth: int) -> str:
    name, argument = _part(element, "fName", depth), _part(element, "e", depth)
    return f"{name} {argument}" if name[-1:].isalnum() and argument[:1].isalnum() else name + argument


def _limit(element: Element, depth: int) -> str:
    return f"{_part(element, 'e', depth)}({_part(element, 'lim', depth)})"


_DRAWN: Mapping[str, Callable[[Element, int], str]] = MappingProxyType(
    {
        **{"f": _fraction, "sSup": _sup, "sSub": _sub, "sSubSup": _both, "sPre": _before, "rad": _radical},
        **{"nary": _operator, "d": _delimited, "m": _rows, "eqArr": _lines, "func": _function},
        **{"limLow": _limit, "limUpp": _limit},
    }
)
