"""Opens a tantivy index, with errors that say what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import tantivy

from schemas.errors import DependencyError
from search.tantivy.schema import VERSION

T = TypeVar("T")


class WriterBusyError(DependencyError):
    """Another process has the index open for writing."""


def index_exists(folder: Path) -> bool:
    """Return whether there is a tantivy index in a folder."""
    return folder.is_dir() and tantivy.Index.exists(str(folder))


def open_with(call: Callable[[], T]) -> T:
    """Return what ``call`` opens.

    Raises:
        WriterBusyError: Another process writes.
        DependencyError: It cannot be opened.
    """
    try:
        return call()
    except (ValueError, OSError) as error:
        if "LockBusy" in str(error):
            raise WriterBusyError("index", "another process has this index open for writing; only one may") from error
        hint = f"where it is damaged, remove words-{VERSION} in its folder: `gongkai run` fills it from the ledger"
        raise DependencyError("index", f"cannot open the tantivy index: {error}; {hint}") from error
