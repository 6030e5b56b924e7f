"""Regular expressions that are compiled when they are first used.

Compiling all of the stage takes longer than reading a document, and most documents need half of them; a command that
reads one file is not to wait for the others. Nothing else is put off: a pattern is written where it is used.
"""

import re
from typing import Any, cast


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # Kept on the object, so that only the first use of a method comes by here.
        found = self.__dict__[name] = getattr(re.compile(self.pattern, self.flags), name)
        return found


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return ``re.compile(pattern, flags)``, but compile at the first use of one of its methods."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
