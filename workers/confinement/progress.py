"""Progress of a page-by-page conversion: written by its reader, polled by the fork server.

A small file in the conversion's own folder, so that any other kind of document pays nothing. Its content is only the
child's claim: it extends the deadline page by page, never beyond ``Limits.scan_seconds`` in all.
"""

import os
from contextlib import suppress
from pathlib import Path

_NAME = ".progress"
_MAX_LENGTH = 32


class Progress:
    """Reports the progress of one conversion; a context manager that removes its file at the end."""

    def __init__(self, workdir: Path) -> None:
        self._path = workdir / _NAME

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)

    def reach(self, page: int, pages: int) -> None:
        """Report that work on a page begins.

        Args:
            page: From 1.
            pages: How many there are.
        """
        unfinished = self._path.with_suffix(".part")
        unfinished.write_text(f"{page} {pages}")
        unfinished.replace(self._path)


def read_progress(workdir: str) -> tuple[int, int] | None:
    """Return a conversion's current page and page count, or None if it reports none."""
    with suppress(OSError):
        descriptor = os.open(os.path.join(workdir, _NAME), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # noqa: PTH118
        try:
            words = os.read(descriptor, _MAX_LENGTH).split()
        finally:
            os.close(descriptor)
        if len(words) == 2 and all(word.isdigit() for word in words):
            return int(words[0]), int(words[1])
    return None
