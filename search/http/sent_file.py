"""A file that a form sends for checking: written to disk for the duration of the request, never stored."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, Protocol, TypeVar

from fastapi import HTTPException

from schemas.errors import DocumentError

T = TypeVar("T")

_MAX_NAME = 200


class Sent(Protocol):
    """A file part of a form."""

    @property
    def filename(self) -> str | None:
        """The file name given by the sender."""
        ...

    @property
    def file(self) -> BinaryIO:
        """The content."""
        ...


def require_reader(read: T | None) -> T:
    """Return what reads sent files.

    Raises:
        HTTPException: Files are not accepted here (403).
    """
    if read is None:
        raise HTTPException(403, "files are not read here")
    return read


@contextmanager
def written_down(sent: Sent) -> Iterator[tuple[Path, str]]:
    """Yield the path of the file, and its name without folders or invisible characters.

    Raises:
        HTTPException: The block found that the file cannot be read (422).
    """
    last = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in last if c.isprintable())[-_MAX_NAME:] or "文件"
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as folder:
        path = Path(folder) / "sent"
        with path.open("wb") as file:
            copyfileobj(sent.file, file, 1 << 20)
        try:
            yield path, name
        except DocumentError as error:
            raise HTTPException(422, f"{name}: {error}") from error
