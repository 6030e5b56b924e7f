"""Strings of cells that look different in parts, as a reader sees them, whichever binary format holds them."""

from workers.convert.spreadsheet.sheet_look import marked_text
from workers.convert.word.text_style import NOTHING, TextStyle


def runs_as_seen(text: str, starts: list[tuple[int, int]], fonts: list[TextStyle]) -> str:
    """Return a text as it is seen whose runs have these starts, in UTF-16 units, and fonts; '' if all look alike."""
    units = text.encode("utf-16-le", "surrogatepass")
    looks = [(0, NOTHING), *((start, fonts[font] if font < len(fonts) else NOTHING) for start, font in starts)]
    if not any(look.shift or look.struck for _, look in looks):
        return ""
    ends = [*(start for start, _ in looks[1:]), len(units) // 2]
    pieces = (units[2 * start : 2 * end] for (start, _), end in zip(looks, ends, strict=True))
    runs = [(piece.decode("utf-16-le", "replace"), look) for piece, (_, look) in zip(pieces, looks, strict=True)]
    return marked_text(run for run in runs if run[0])
