"""Strings of a PDF that PDFium writes into a buffer as UTF-16, as foreign programs left them.

pypdfium2 decodes titles and names strictly; one half of a character in one bookmark would cost the whole document.
"""

import ctypes
from collections.abc import Callable
from typing import Any

_MOST_BYTES = 4 << 20
MOST_CHARACTERS = 100_000


def read_string(write: Callable[[Any, int], int]) -> str:
    """Return a string, cut at 100,000 characters; '' for one beyond 4 MiB. Half a character becomes U+FFFD.

    PDFium writes nothing at all into a buffer that is too small, so the string is cut after it is written.

    Args:
        write: Writes it with its final zero into a buffer of so many bytes, and returns the bytes it has; given no
            buffer, it only returns them.
    """
    size = int(write(None, 0))
    if not 2 < size <= _MOST_BYTES:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    write(buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0").strip()[:MOST_CHARACTERS]
