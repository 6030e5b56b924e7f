"""Regular expressions that are compiled when they are first used, and searched only where they may begin.

Compiling all of the stage takes longer than reading a document, and most documents need half of them; a command that
reads one file is not to wait for the others. Nothing else is put off: a pattern is written where it is used.
"""

import re
from collections.abc import Iterator
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


class LazyPattern:
    """A pattern; once compiled, of this class itself: a ``__getattr__`` would make every call of a method slower."""

    def __init__(self, pattern: str, flags: int) -> None:
        """Keep what ``re.compile`` is given."""
        self.pattern = pattern
        self.flags = flags


class _Late(LazyPattern):
    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        self.__class__ = LazyPattern  # type: ignore[assignment]
        return getattr(compiled, name)


def lazy_compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return ``re.compile(pattern, flags)``, but compile at the first use of one of its methods."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


def found_at(starts: re.Pattern[str], pattern: re.Pattern[str], text: str, at: int = 0) -> Iterator[re.Match[str]]:
    """Yield what ``pattern.finditer(text, at)`` does, trying it only where ``starts`` says.

    A pattern that begins with a look back is tried at every character; a class alone is found many times faster.

    Args:
        starts: Finds what ``pattern`` may begin with; what its one group finds is the character before instead.
        pattern: What is looked for.
        text: Where.
        at: First character of what is found.
    """
    for start in starts.finditer(text, max(0, at - 1)):
        place = start.end() if start.lastindex else start.start()
        if place >= at and (match := pattern.match(text, place)):
            yield match
            at = max(match.end(), place + 1)
