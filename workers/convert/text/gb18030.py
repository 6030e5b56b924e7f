"""Where CPython's codecs for Chinese fall short of what files hold: GB 18030-2022, and the euro sign.

CPython's ``gb18030`` is the standard of 2005: it leaves 18 characters in the private use area to which the standard of
2022 gives code points of their own (its foreword lists them), and 0xA8BC and 0xA3A0 of older tables. Documents of any
format hold the private ones. Windows writes the euro sign as 0x80 in code page 936 and as 0xA3E1 in 950 (best fit
tables of Microsoft), which are in neither codec.
"""

import codecs
from collections.abc import Mapping
from types import MappingProxyType

_VERTICAL = "︐︒︑︓︔︕︖︗︘︙"  # U+E78D to U+E796
_IDEOGRAPHS = zip((0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864), range(0x9FB4, 0x9FBC), strict=True)

STANDARD: Mapping[int, str] = MappingProxyType(
    {0xE5E5: "\u3000", 0xE7C7: "ḿ"}
    | dict(enumerate(_VERTICAL, 0xE78D))
    | {private: chr(standard) for private, standard in _IDEOGRAPHS}
)
"""The standard character of each such private one; 0xA3A0 (U+E5E5) is a full-width space in the files that hold it."""

EURO = "gongkai-euro"
"""Error handler of ``decode``: reads the euro sign, and what else cannot be read as U+FFFD."""


def _euro(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start, data = error.start, error.object
    if error.encoding in {"gb18030", "gbk"} and data[start : start + 1] == b"\x80":
        return "€", start + 1
    if error.encoding == "big5hkscs" and data[start : start + 2] == b"\xa3\xe1":
        return "€", start + 2
    return "\ufffd", error.end


codecs.register_error(EURO, _euro)
