"""Headers and footers of printed sheets: text between codes for places, fonts and fields.

ECMA-376 part 1, 18.3.1.46: ``&L``, ``&C`` and ``&R`` begin the three parts, ``&P`` and the like are fields, ``&"…"``
and ``&12`` set the type.
"""

import re
from collections.abc import Iterator

_PART = re.compile(r"&[LCR]")
_CODE = re.compile(r'&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&\d{1,3}|&[A-Za-z+-]')
_WORDS = re.compile(r"\w")


def page_headers(said: str) -> Iterator[str]:
    """Yield the texts of a header's parts, without their codes; none for a part of fields alone."""
    for part in _PART.split(said):
        text = _CODE.sub("", part.replace("&&", "\0")).replace("\0", "&").strip()
        if _WORDS.search(text):
            yield text
