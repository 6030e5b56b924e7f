"""Word lists stored as text beside the code, and patterns made of them that skip ordinary text quickly.

A file has lines ``name: word word …``; a vocabulary may take several lines, and # begins a remark.
"""

import re
from collections.abc import Iterable
from pathlib import Path

_FOLDED = "\u0130\u0131\u017f\u212a"


def vocabularies(file: str) -> dict[str, list[str]]:
    """Return the vocabularies of a file of the folder ``data``, by name."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "data" / file).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition(": ")
            found.setdefault(name, []).extend(words.split())
    return found


def starts_of(words: Iterable[str]) -> str:
    """Return a pattern for where one of the words may begin, in any case; each has two characters at least.

    A pattern of this form is searched for many times faster than one that ignores case, so it tells the texts apart
    that need the slower search. ``_FOLDED`` are the characters that match i, k and s when case is ignored.
    """
    first, second = ({form for word in words for form in (word[at].lower(), word[at].upper())} for at in (0, 1))
    return "".join((f"[{_class(first)}]", f"(?=[{_class(second)}])"))


def _class(characters: Iterable[str]) -> str:
    return re.escape("".join(sorted({*characters, *_FOLDED})))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first, that looks at one character before it tries them."""
    longest_first = sorted(set(words), key=len, reverse=True)
    first = "".join(sorted({variant for word in longest_first for variant in (word[0].lower(), word[0].upper())}))
    return f"(?=[{re.escape(first)}])(?:{'|'.join(map(re.escape, longest_first))})"
