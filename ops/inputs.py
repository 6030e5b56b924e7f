"""Finds the files a command was pointed at, in a fixed order; what cannot be read is told, never passed over."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read.

    Attributes:
        name: The path as given, joined with what was found below it.
        below: The part of ``name`` from the folder given on; of a file given by itself, its last part.
        fault: Why it cannot be read; None where nothing speaks against it.
    """

    name: str
    below: str
    fault: str | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.name)


def find(names: Iterable[str]) -> Iterator[Input]:
    """Yield the files at and below the paths ``names``, folder by folder, each in the order of names.

    Links to files are followed; links to folders found below a given one are not, since they may lead in circles.
    """
    for name in names:
        path = Path(name)
        last = path.name or path.resolve().name
        if path.is_dir():
            yield from _folder(Input(name.rstrip("/") or "/", last))
        else:
            yield Input(name, last, _fault(path))


def _folder(folder: Input) -> Iterator[Input]:
    try:
        with os.scandir(folder.path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Input(folder.name, folder.below, f"the folder cannot be read: {error.strerror}")
        return
    for entry in found:
        name, below = f"{folder.name.rstrip('/')}/{entry.name}", f"{folder.below}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(Input(name, below))
        elif entry.is_dir():
            yield Input(name, below, "a link to a folder is not followed; give the folder itself")
        else:
            yield Input(name, below, _fault(Path(name)))


def _fault(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else "no such file"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not stat.S_ISREG(mode):
        return "neither a file nor a folder"
    return None if os.access(path, os.R_OK) else "cannot be read: Permission denied"
