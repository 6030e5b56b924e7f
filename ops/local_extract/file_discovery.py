"""Finds the files named to a command, in a fixed order; reports unreadable ones and skips none."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from schemas.litter import is_litter
from schemas.messages.sentence import Said
from schemas.outcomes import Category

_SHOWN = 3
# Names by which an archive is recognised before it is opened; under another name, one process reads the whole of it.
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".mbox"})


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read.

    Attributes:
        name: The path as given, joined with what was found below it.
        below: The part of ``name`` below the given folder; for a file given directly, its last part.
        fault: Why it cannot be read; None if it can.
        litter: Whether it was found in a folder and is a leftover of a system or program, not a document.
        stored: Where it lies, if that is not ``name``: a file that came out of an archive.
        depth: Number of archives around it.
        family: Number of files in those archives.
        category: Of the fault.
    """

    name: str
    below: str
    fault: Said | None = None
    litter: bool = False
    stored: str = ""
    depth: int = 0
    family: int = 0
    category: Category | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.stored or self.name)


def is_archive(item: Input) -> bool:
    """Return whether a file's name is that of an archive."""
    return item.fault is None and item.path.suffix.lower() in _ARCHIVES


def find(names: Iterable[str]) -> Iterator[Input]:
    """Yield the files at and below the paths ``names``, folder by folder, each in the order of names.

    Links to files are followed; links to folders found below a given one are not, since they may lead in circles.
    """
    for name in names:
        last = Path(name).name or Path(name).resolve().name
        kind, fault = _look(Path(name))
        if kind == "folder":
            yield from _folder(Input(name.rstrip("/") or "/", last))
        else:
            yield Input(name, last, fault)


def documents(names: Iterable[str], say: Callable[[str], object]) -> list[Input]:
    """Return the inputs of ``find`` without litter, after reporting what was left out."""
    found = list(find(names))
    left = [item.name for item in found if item.litter]
    if left:
        shown = ", ".join(left[:_SHOWN]) + (" …" if len(left) > _SHOWN else "")
        say(f"{len(left)} files that a system or an open program left behind are no documents, left out: {shown}")
    return [item for item in found if not item.litter]


def _folder(folder: Input) -> Iterator[Input]:
    try:
        found = sorted(os.listdir(folder.path))  # noqa: PTH208  names alone: a link is looked at where it is met
    except OSError as error:
        yield Input(folder.name, folder.below, f"the folder cannot be read: {error.strerror}")
        return
    for entry in found:
        name, below = f"{folder.name.rstrip('/')}/{entry}", f"{folder.below}/{entry}"
        kind, fault = _look(Path(name))
        if kind == "file":
            yield Input(name, below, fault, is_litter(entry))
        elif Path(name).is_symlink():
            yield Input(name, below, "a link to a folder is not followed; give the folder itself")
        else:
            yield from _folder(Input(name, below))


def _look(path: Path) -> tuple[Literal["file", "folder"], Said | None]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "file", "a link that leads nowhere" if path.is_symlink() else "no such file"
    except OSError as error:
        return "file", f"cannot be read: {error.strerror}"
    if stat.S_ISDIR(mode):
        return "folder", None
    if not stat.S_ISREG(mode):
        return "file", "neither a file nor a folder"
    return "file", None if os.access(path, os.R_OK) else "cannot be read: Permission denied"
