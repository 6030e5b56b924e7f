"""Temporary folders that do not outlive the process they belong to, however it ends.

An owner's folder is locked (flock) as long as the owner lives; the next process to start removes unlocked ones. A lock,
unlike a process id, means the same in every container that shares the disk.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

_PREFIX = "gongkai-sandbox-"


class OwnedFolder:
    """This process's folder, with a folder in it per document.

    Attributes:
        path: The folder.
    """

    def __init__(self, parent: Path) -> None:
        """Remove the folders of dead owners in ``parent`` and make a folder there."""
        sweep(parent)
        self.path, self._lock = _make(parent)
        self._serial = count(1)

    def add(self) -> Path:
        """Return a new empty folder."""
        path = self.path / str(next(self._serial))
        path.mkdir(parents=True)  # a cleaner of old temporary files may have removed it
        return path

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)

    def abandon(self) -> None:
        """Release, without removing it, a folder that belongs to the process this one was forked from."""
        os.close(self._lock)


def discard(folder: Path) -> None:
    """Remove a document's folder; fast if it is empty, as nearly always."""
    try:
        folder.rmdir()
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Remove the folders in ``parent`` whose owners are dead."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError), _is_locked(folder):
            shutil.rmtree(folder, ignore_errors=True)


def size_exceeds(folder: str, limit: int) -> bool:
    """Return whether the files below ``folder`` take more than ``limit`` bytes on disk."""
    total = 0
    waiting = [folder]
    while waiting and total <= limit:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total > limit


def _make(parent: Path) -> tuple[Path, int]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))
        # Between these two lines a sweep may remove the folder as a dead owner's: then make another.
        with suppress(OSError):
            return path, _lock(path)


def _lock(path: Path) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.stat()
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def _is_locked(path: Path) -> Iterator[None]:
    descriptor = _lock(path)
    try:
        yield
    finally:
        os.close(descriptor)
