"""Names and numbers of OFD markup; by local name, because producers disagree on the namespace."""

import math
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from posixpath import normpath
from typing import NamedTuple

from workers.convert.package.zip_parts import Element

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of the format."""

_MAX_SIZE = 1e6
_OBLIQUE = 10  # degrees off the axes from which text is a watermark

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return _local_name(str(element.tag))


@lru_cache(maxsize=512)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def children(parent: Element | None, *path: str) -> Iterator[Element]:
    """Yield the elements under ``parent`` along a path of local names."""
    for child in parent if parent is not None else ():
        if local(child) == path[0]:
            if len(path) > 1:
                yield from children(child, *path[1:])
            else:
                yield child


def child(parent: Element | None, *path: str) -> Element | None:
    """Return the first element along a path of local names, or None."""
    return next(children(parent, *path), None)


def resolve_name(base: str, target: str) -> str:
    """Return the name of a part as another part refers to it: from its own folder, or with a slash from the root."""
    target = target.replace("\\", "/")
    folder = base.rpartition("/")[0]
    return normpath(target if target.startswith("/") or not folder else f"{folder}/{target}").lstrip("/")


def text_of(parent: Element | None, *path: str) -> str:
    """Return the text of the first element along a path, without white space around it."""
    found = child(parent, *path)
    return (found.text or "").strip() if found is not None else ""


def texts_of(appearance: Element) -> Iterator[str]:
    """Yield the texts of an object or of what holds objects, in the order they are drawn."""
    for element in appearance.iter():
        if isinstance(element.tag, str) and local(element) == "TextObject":
            text = "".join((code.text or "").strip() for code in children(element, "TextCode"))
            if text.strip():
                yield text.strip()


def number(text: str | None, default: float = 0.0) -> float:
    """Return a number; ``default`` where the text is none, and never one beyond all paper."""
    if not text:
        return default
    try:
        found = float(text)
    except ValueError:
        return default
    return found if -_MAX_SIZE < found < _MAX_SIZE else default


def numbers(text: str | None) -> list[float]:
    """Return numbers separated by spaces."""
    pieces = (text or "").split()
    try:
        found = list(map(float, pieces))
    except ValueError:
        found = []
    if found and all(-_MAX_SIZE < each < _MAX_SIZE for each in found):
        return found
    return [number(piece) for piece in pieces]


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """Return left, top, width and height, or None if there are not four numbers."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def matrix(text: str | None) -> Matrix:
    """Return a transformation (attribute ``CTM``); the identity where there is none."""
    found = numbers(text) if text else ()
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else IDENTITY


def compose(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the transformation that applies ``inner`` first."""
    if outer is IDENTITY:
        return inner
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


class LetterFrame(NamedTuple):
    """How text is drawn on its page: size in points, direction in degrees, points of a millimetre, whether oblique."""

    size: float
    turn: int
    scale: float
    oblique: bool


@lru_cache(maxsize=1024)
def letter_frame(a: float, b: float, c: float, d: float, size: float) -> LetterFrame:
    """Return how text of a size in millimetres is drawn by the first four numbers of its transformation."""
    degrees = math.degrees(math.atan2(b, a))
    oblique = _OBLIQUE < degrees % 90 < 90 - _OBLIQUE
    turn = (round(-degrees) if oblique else round(-degrees / 90) * 90) % 360
    return LetterFrame(round(size * math.hypot(c, d) * POINTS, 1), turn, math.hypot(a, b) * POINTS, oblique)


def deltas(text: str | None, count: int) -> list[float]:
    """Return the distances from one character to the next (``DeltaX``), ``g n v`` written out.

    Args:
        text: The attribute.
        count: How many are of use; a repetition may claim more.
    """
    if not text:
        return []
    if "g" not in text:
        return numbers(text)[:count] if count > 0 else []
    pieces = iter(text.split())
    found: list[float] = []
    for piece in pieces:
        if len(found) >= count:
            break
        if piece == "g":
            times = int(number(next(pieces, "0")))
            found.extend([number(next(pieces, "0"))] * min(max(times, 0), count - len(found)))
        else:
            found.append(number(piece))
    return found


@lru_cache(maxsize=1 << 16)
def em_width(character: str) -> float:
    """Return the width of a character in ems if the file does not say it: Chinese ones take one, Latin ones half."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
