"""Conversions begun before their turn: the sandbox works on the next file while this process works on the one before.

Imports nothing that normalizes or extracts: the first conversion runs while that is still being imported. What comes of
a conversion, an error too, is told when its file's turn comes, so that no file answers for another.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from ops.local_extract.file_discovery import Input
from schemas.errors import DocumentError
from workers.convert.source import suffix_of
from workers.sandbox.client import Sandbox
from workers.sandbox.outcome import Conversion
from workers.sandbox.protocol import Reached


@dataclass(frozen=True, slots=True)
class ConvertedInput:
    """What became of a conversion.

    Attributes:
        conversion: It, or why there is none.
        seconds: It took.
    """

    conversion: Conversion | DocumentError | OSError
    seconds: float


Begun = Future[ConvertedInput]
"""A conversion on its way; a defect, or an installation at fault, is the future's exception."""


def convert(
    path: Path, name: str, sandbox: Sandbox, *, progress: Callable[[Reached], None] = lambda reached: None
) -> ConvertedInput:
    """Convert one file.

    Args:
        path: The file.
        name: Its suffix tells what it may be.
        sandbox: Converts it.
        progress: Called now and then with the page a scan is at.

    Raises:
        GongkaiError: The installation is at fault, not the document.
    """
    started = time.perf_counter()
    conversion: Conversion | DocumentError | OSError
    try:
        conversion = sandbox.convert(path, hint=suffix_of(name), progress=progress)
    except (DocumentError, OSError) as error:
        conversion = error
    return ConvertedInput(conversion, time.perf_counter() - started)


def one_ahead(inputs: Iterable[Input], begin: Callable[[Input], Begun | None]) -> Iterator[tuple[Input, Begun | None]]:
    """Yield each input with its conversion, that of the next one begun already."""
    due: tuple[Input, Begun | None] | None = None
    for item in inputs:
        following = (item, begin(item))
        if due:
            yield due
        due = following
    if due:
        yield due
