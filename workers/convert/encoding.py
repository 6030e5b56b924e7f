"""Bytes to text in whatever encoding Chinese offices use, by our own rule."""


def looks_like_text(head: bytes) -> str | None:
    """Return a codec the head decodes with well enough to look at its markup, or None where it is no text."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\x00" in head:
        return None
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start >= len(head) - 4 else "gb18030"
    return "utf-8"
