"""What a reader is given: the file, its format, and what it may use."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from schemas.limits import Limits

if TYPE_CHECKING:
    from workers.convert.opened_archive import OpenedArchive

MAX_SUFFIX_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read.

    Attributes:
        path: The file, on local disk, read only.
        format: As the sniffer decided it.
        hint: The file name's suffix, lower case, without its dot; may be empty and may lie.
        workdir: An empty folder of this conversion's own, for children of containers and temporary files.
        passwords: Tried in turn on an encrypted file.
        scans: Whether pages may be recognised; where not, the first that has to be ends the conversion.
        ocr_engine: Which one recognises them (``workers.convert.ocr.engines``).
        opened: Its archive, where it is one and was opened before.
        limits: What the conversion may use; the sandbox enforces those of the process, readers those of containers.
    """

    path: Path
    format: str
    hint: str
    workdir: Path
    passwords: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    scans: bool = True
    ocr_engine: str = "auto"
    opened: "OpenedArchive | None" = None


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name, lower case and without its dot; empty if there is none worth the name."""
    found = PurePosixPath(name).suffix.lower().removeprefix(".")
    return found if found.isascii() and found.isalnum() and len(found) <= MAX_SUFFIX_LENGTH else ""
