"""A file that a form sends to be looked at: written down for as long as the request lasts, and never kept."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, Protocol

_MAX_NAME = 200


class Sent(Protocol):
    """A part of a form."""

    @property
    def filename(self) -> str | None:
        """What the sender calls it."""
        ...

    @property
    def file(self) -> BinaryIO:
        """Its content."""
        ...


@contextmanager
def written_down(sent: Sent) -> Iterator[tuple[Path, str]]:
    """Yield where the file lies, and its name without folders or invisible characters."""
    last = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in last if c.isprintable())[-_MAX_NAME:] or "文件"
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as folder:
        path = Path(folder) / "sent"
        with path.open("wb") as file:
            copyfileobj(sent.file, file, 1 << 20)
        yield path, name
