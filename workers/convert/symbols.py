"""Glyphs of symbol fonts (``w:sym``, ``sprmCSymbol``) as Unicode characters, where there are any."""

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
_PRIVATE = range(0xF000, 0xF100)


def symbol(code: str, font: str) -> str:
    """Return the character of a symbol font's glyph.

    Args:
        code: Hexadecimal code, as ``F0FE``; empty or malformed gives nothing.
        font: Name of the font.

    Returns:
        The Unicode character; the code itself as a character where it is unknown, so that the loss can be seen.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    glyph = point - 0xF000 if point in _PRIVATE else point
    known = _FONTS.get(font.strip().lower(), {}).get(glyph)
    if known:
        return known
    return chr(point) if 0x20 <= point <= 0xFFFF and not 0xD800 <= point <= 0xDFFF else ""
