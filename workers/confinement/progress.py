"""How far a conversion that goes page by page has come: written by its reader, looked up by the fork server.

A small file in the conversion's own folder, so that a document of any other kind pays nothing. What stands in it is
the child's claim: it buys time page by page, never more than ``Limits.scan_seconds`` in all.
"""

import os
from contextlib import suppress
from pathlib import Path

_NAME = ".progress"
_MAX_LENGTH = 32


class Progress:
    """Tells how far one conversion is; a context, which takes its file away at the end."""

    def __init__(self, workdir: Path) -> None:
        self._path = workdir / _NAME

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)

    def reach(self, page: int, pages: int) -> None:
        """Say that work on a page begins.

        Args:
            page: From 1.
            pages: How many there are.
        """
        unfinished = self._path.with_suffix(".part")
        unfinished.write_text(f"{page} {pages}")
        unfinished.replace(self._path)


def read_progress(workdir: str) -> tuple[int, int] | None:
    """Return the page a conversion is at and how many there are; None where it says nothing of the kind."""
    with suppress(OSError):
        descriptor = os.open(os.path.join(workdir, _NAME), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # noqa: PTH118
        try:
            words = os.read(descriptor, _MAX_LENGTH).split()
        finally:
            os.close(descriptor)
        if len(words) == 2 and all(word.isdigit() for word in words):
            return int(words[0]), int(words[1])
    return None
