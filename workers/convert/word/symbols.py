"""Glyphs of symbol fonts (``w:sym``, ``sprmCSymbol``) as Unicode characters, where there are any."""

import re

_WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **{0x28: "☎", 0x2A: "✉", 0x52: "☼", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒"},
    **{0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA5: "◎"},
    **{0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨"},
    **{0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_WINGDINGS_2 = {
    **dict(zip(range(0x6A, 0x74), "①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **{0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□", 0x98: "●"},
}
_SYMBOL = {
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **{0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"},
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_BASE = 0xF000
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def symbol(code: str, font: str) -> str:
    """Return the character of a symbol font's glyph, given as ``F0FE``; nothing if the code is malformed.

    An unknown glyph stays the private character it is, so that the loss can be seen.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= point <= 0xFFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    return _glyph(point, font) or chr(point)


def in_font(text: str, font: str) -> str:
    """Return text whose private characters are glyphs of a symbol font with those it is known for in Unicode."""
    return _PRIVATE.sub(lambda found: _glyph(ord(found.group()), font) or found.group(), text)


def has_glyphs(text: str) -> bool:
    """Return whether text holds private characters that only a symbol font gives a shape."""
    return _PRIVATE.search(text) is not None


def _glyph(point: int, font: str) -> str | None:
    return _FONTS.get(font.strip().lower(), {}).get(point - _BASE if point >= _BASE else point)
