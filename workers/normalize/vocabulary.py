"""Word lists kept as text beside the code, and patterns made of them that pass over ordinary text quickly.

A file has lines ``name: word word …``; a vocabulary may take several lines, and # begins a remark.
"""

import re
from collections.abc import Iterable
from pathlib import Path


def vocabularies(file: str) -> dict[str, list[str]]:
    """Return the vocabularies of a file of this folder, by name."""
    found: dict[str, list[str]] = {}
    for line in Path(__file__).with_name(file).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition(": ")
            found.setdefault(name, []).extend(words.split())
    return found


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first, that looks at one character before it tries them."""
    longest_first = sorted(set(words), key=len, reverse=True)
    first = "".join(sorted({variant for word in longest_first for variant in (word[0].lower(), word[0].upper())}))
    return f"(?=[{re.escape(first)}])(?:{'|'.join(map(re.escape, longest_first))})"
