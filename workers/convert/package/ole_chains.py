"""Whether the sectors of a compound file form chains that end, for libraries that follow them without looking.

[MS-CFB] 2.2: every stream, the directory and the small-block table are chains in one of two tables. A circle in one of
them makes python-calamine ask for memory until there is none.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import olefile

from schemas.errors import DocumentError
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category

_FAULTS = (OSError, ValueError, IndexError, TypeError, AttributeError)


def check_chains(path: Path) -> None:
    """Read the tables of a compound file and follow every chain to its end.

    Raises:
        DocumentError: A chain runs in a circle, or the tables cannot be read.
    """
    try:
        with olefile.OleFileIO(path) as container:
            endless = any(not _ends(table, start) for table, start in _chains(container))
    except _FAULTS as error:
        raise _damage_error(str(error)) from error
    if endless:
        raise _damage_error("a chain of its sectors runs in a circle")


def _damage_error(reason: str) -> DocumentError:
    return DocumentError(Category.CORRUPT, Sentence.of("compound-damaged", error=reason))


def _chains(container: olefile.OleFileIO) -> Iterator[tuple[Sequence[int], int]]:
    container.loadminifat()
    yield container.fat, container.first_dir_sector
    yield container.fat, container.first_mini_fat_sector
    for entry in container.direntries:
        if entry is not None:
            small = entry.size < container.minisectorcutoff and entry is not container.root
            yield container.minifat if small else container.fat, entry.isectStart


def _ends(table: Sequence[int], sector: int) -> bool:
    for _ in range(len(table) + 1):
        if not 0 <= sector < len(table):
            return True
        sector = table[sector]
    return False
