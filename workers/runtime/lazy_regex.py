"""Regular expressions that are compiled on first use, and searched only where they can begin.

Compiling all patterns of a stage takes longer than reading a document, and most documents need half of them; a command
that reads one file must not wait for the rest. Only compilation is deferred: a pattern is written where it is used.
"""

import re
from collections.abc import Iterator
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


class LazyPattern:
    """A pattern whose methods are bound to this object once compiled: a ``__getattr__`` would slow every call."""

    def __init__(self, pattern: str, flags: int) -> None:
        """Store the arguments for ``re.compile``."""
        self.pattern = pattern
        self.flags = flags


class _Late(LazyPattern):
    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        self.__class__ = LazyPattern  # type: ignore[assignment]
        return getattr(compiled, name)


def lazy_compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the equivalent of ``re.compile(pattern, flags)``, compiled on the first use of one of its methods."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


def found_at(starts: re.Pattern[str], pattern: re.Pattern[str], text: str, at: int = 0) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern.finditer(text, at)``, trying it only where ``starts`` matches.

    A pattern that begins with a lookbehind is tried at every character; a character class alone is many times faster.

    Args:
        starts: Matches the first character of ``pattern``; its one group, if it matches, is the character before it.
        pattern: The pattern to find.
        text: The text to search.
        at: Index to start from.
    """
    for start in starts.finditer(text, max(0, at - 1)):
        place = start.end() if start.lastindex else start.start()
        if place >= at and (match := pattern.match(text, place)):
            yield match
            at = max(match.end(), place + 1)
