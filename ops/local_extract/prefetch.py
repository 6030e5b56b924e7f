"""Converts ahead: the sandbox converts the next file while this process works on the current one.

Must import nothing that normalizes or extracts: the first conversion runs while those modules are imported. The result
or error of a conversion is reported when its file's turn comes, so that it counts for that file alone.
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
    """The result of a conversion.

    Attributes:
        conversion: The conversion, or the error.
        seconds: Duration of the conversion.
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
        name: Its suffix hints at its format.
        sandbox: Converts it.
        progress: Called regularly with the current page of a scan.

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
    """Yield each input with its conversion, having started that of the next one."""
    due: tuple[Input, Begun | None] | None = None
    for item in inputs:
        following = (item, begin(item))
        if due:
            yield due
        due = following
    if due:
        yield due
