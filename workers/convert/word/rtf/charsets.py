"""Which codec the bytes of an RTF are in: that of the font they are set in, else that of the document."""

import codecs

# Values of fcharset: the identifiers of Windows' fonts.
_OF_FONT = {
    **{77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253"},
    **{162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874"},
    **{238: "cp1250", 255: "cp437"},
}
_CHINESE = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}
SYMBOL = "symbol"
SYMBOL_CHARSET = 2
_CONTROLS = bytes(code for code in range(0x20) if code not in {0x09, 0x0A, 0x0D})


def codec_of_page(page: int | None) -> str:
    """Return the codec of a code page (``ansicpg``); Windows' Latin one where there is none we know."""
    if page in _CHINESE:
        return _CHINESE[page]
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "cp1252"


def codec_of_font(charset: int | None, page: int | None) -> str:
    """Return the codec of a font's characters.

    Args:
        charset: Its ``fcharset``; 0 and 1 say little, since many writers give 0 to Chinese fonts too.
        page: Code page of the document.
    """
    return SYMBOL if charset == SYMBOL_CHARSET else _OF_FONT.get(charset or 0) or codec_of_page(page)


def decode(data: bytes, codec: str) -> str:
    """Return text; what cannot be read stands as U+FFFD, and bytes of symbol fonts as Word's private characters."""
    if codec == SYMBOL:
        return "".join(chr(0xF000 + byte) if byte > 0x20 else chr(byte) for byte in data)
    return data.translate(None, _CONTROLS).decode(codec, "replace")
