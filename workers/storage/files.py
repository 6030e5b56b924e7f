"""Regular files by path, examined so that no change goes unnoticed: the basis of ``FolderStore``."""

import os
import stat
import time
from pathlib import Path

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category

# Coarsest step of file times on Linux (a jiffy at 100 Hz): two writes within it may carry the same time.
_CLOCK_STEP_NS = 10_000_000


def change_mark(found: os.stat_result) -> str:
    """Return a value that differs after every write to, or replacement of, a file seen by ``look``."""
    return f"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"


def look(target: Path | int) -> os.stat_result | None:
    """Return the state of a regular file (path or descriptor), or None if there is none.

    A file written a moment ago is looked at again a little later, so that the next write gets another time. A file
    written to continuously is returned as it is: its last write is yet to come.
    """
    found = None
    for _ in range(3):
        found = _stat(target)
        if found is None:
            return None
        age = time.time_ns() - found.st_mtime_ns
        if not 0 <= age < _CLOCK_STEP_NS:
            return found
        time.sleep((_CLOCK_STEP_NS - age) / 1e9)
    return found


def open_for_reading(path: Path) -> int | None:
    """Return a descriptor of a regular file, or None if there is none.

    Raises:
        DocumentError: The file may not be read; that is the file's fault, not the store's.
    """
    try:
        # Without O_NONBLOCK a named pipe would block the caller for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise DocumentError(Category.CORRUPT, Sentence.of("file-forbidden", path=str(path))) from error
    if _stat(descriptor) is None:
        os.close(descriptor)
        return None
    return descriptor


def _stat(target: Path | int) -> os.stat_result | None:
    try:
        found = os.fstat(target) if isinstance(target, int) else os.lstat(target)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None
