"""Chinese text in seven bits, as old mail carries it: HZ (RFC 1843), ISO-2022-CN (RFC 1922) and its kin, UTF-7.

Such bytes are ASCII to every other reader, so that they are taken for what they are only if they bear the signs of
it: the escapes of the standard, and for UTF-7, which has none of its own, the charset the document declares.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

ISO_2022_CN = "iso-2022-cn"
_ESCAPES: Mapping[bytes, str] = MappingProxyType(
    {b"\x1b$)A": ISO_2022_CN, b"\x1b$)G": ISO_2022_CN, b"\x1b$)C": "iso2022_kr", b"\x1b$A": "iso2022_jp_2"}
    | {b"\x1b$B": "iso2022_jp_2", b"\x1b$@": "iso2022_jp_2", b"\x1b$(D": "iso2022_jp_2"}
)
_HZ = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e]){1,200})~\}")
_DESIGNATION = re.compile(rb"\x1b\$[)*+][A-Z]")
_SHIFTED = re.compile(rb"\x0e([^\x0f\n]*)\x0f?")
GLANCE = 65_536
"""Bytes from the beginning that have to be ASCII in a text of seven bits."""


def seven_bit_codec(data: bytes, declared: str | None) -> str | None:
    """Return the codec of text in seven bits, or None if nothing says that it is more than ASCII.

    Args:
        data: The whole text, or its beginning.
        declared: Python codec the document names.
    """
    head = data[:GLANCE]
    if not head.isascii():
        return None
    if b"\x1b$" in head:
        return next((codec for escape, codec in _ESCAPES.items() if escape in head), None)
    if declared == "utf-7" and b"+" in head:
        return declared if _reads(data, declared) else None
    if b"~{" in head and (runs := _HZ.findall(head)) and (declared == "hz" or _is_chinese(b"".join(runs))):
        return "hz" if _reads(data, "hz") else None
    return None


def from_iso_2022_cn(data: bytes) -> str:
    """Return ISO-2022-CN text; a plane of CNS 11643, which nothing here reads, comes out as U+FFFD."""
    plain = _SHIFTED.sub(_to_eight_bits, data)
    return _DESIGNATION.sub(b"", plain).decode("gb18030", "replace")


def _to_eight_bits(shifted: re.Match[bytes]) -> bytes:
    earlier = _DESIGNATION.findall(shifted.string, 0, shifted.start())
    if earlier and not earlier[-1].endswith(b"A"):
        return "\ufffd".encode("gb18030") * (len(shifted[1]) // 2)
    return bytes(byte | 0x80 if byte > 0x20 else byte for byte in shifted[1])


def _is_chinese(pairs: bytes) -> bool:
    """Return whether pairs of GB 2312 are mostly Han of its first level (rows 16 to 55) and punctuation."""
    rows = pairs[::2]
    usual = sum(0x30 <= row <= 0x57 or row in {0x21, 0x23} for row in rows)
    return usual >= 0.8 * len(rows)


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
