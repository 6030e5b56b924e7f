"""The runs of a piece of a page as one text and one look: white space as a browser shows it, raised and struck letters.

A run nobody sees is taken out of the text around it and returned apart.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from schemas.blocks import Style
from workers.convert.html.style import ElementStyle
from workers.convert.text.notation import lower_text, raise_text, struck

Run = tuple[str, ElementStyle]

EDGES = " \t\r\n\f\xa0\u200b\ufeff\u3000"
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")


def text_of(runs: Sequence[Run]) -> str:
    """Return the text of runs, white space collapsed."""
    if any(look.shift or look.struck for _, look in runs):
        return collapse(_mark(runs))
    return collapse("".join(text for text, _ in runs))


def _mark(runs: Sequence[Run]) -> str:
    """Return the text of runs with raised and lowered digits as such, and what is struck marked."""
    text = ""
    for is_struck, group in groupby(runs, key=lambda run: run[1].struck):
        part = ""
        for shift, shifted in groupby(group, key=lambda run: run[1].shift):
            piece = "".join(each for each, _ in shifted)
            before = text + part
            part += raise_text(piece, before) if shift > 0 else lower_text(piece, before) if shift < 0 else piece
        text += struck(part) if is_struck else part
    return text


def summary(runs: Sequence[Run], heading: int | None) -> tuple[Style | None, int]:
    """Return the look of a piece (what all its characters share, the size of most) and its linked characters."""
    first = runs[0][1]
    if len(runs) == 1:
        bold, size, linked = first.bold, first.size, len(runs[0][0].strip()) if first.linked else 0
    else:
        shown = [(len(text.strip()), look) for text, look in runs]
        bold = all(look.bold for length, look in shown if length)
        linked = sum(length for length, look in shown if look.linked)
        size = _usual_size(shown)
    if heading is None and not bold and size is None and first.align is None and first.indent is None:
        return None, linked
    return Style(heading, True if bold else None, size, first.align, first.indent_points(size)), linked


def _usual_size(shown: list[tuple[int, ElementStyle]]) -> float | None:
    sizes: dict[float | None, int] = {}
    for length, look in shown:
        sizes[look.size] = sizes.get(look.size, 0) + length
    return max(sizes, key=lambda size: sizes[size])


def collapse(text: str) -> str:
    """Return ``text`` as a browser shows it: runs of white space are one space; a line end between Han is none."""
    text = text.strip(EDGES)
    return _SPACE.sub(_one_space, text) if _SPACE.search(text) else text


def _one_space(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    run = match[0]
    if run.strip("\u200b\ufeff") == "":
        return ""
    broken = ("\n" in run or "\r" in run) and start > 0 and end < len(text)
    return "" if broken and _is_wide(text[start - 1]) and _is_wide(text[end]) else " "


def _is_wide(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff01" <= character <= "\uff5e" or character in "“”‘’—…"
