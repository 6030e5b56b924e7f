"""Extracts an archive on all cores: its files are shared out like files of a folder, its line grows as they are done.

Only the outermost archive is shared out. What is inside a file of it, another archive or a mail, is read by the process
that has that file.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from ops.local_extract.extract_file import read_alone
from ops.local_extract.extract_one import FileResult, Tools, failure_of
from ops.local_extract.file_discovery import Input
from schemas.errors import DocumentError
from schemas.families import CHILD_MARK
from schemas.lines import ExtractLine, to_json
from schemas.outcomes import Status
from workers.sandbox.outcome import Conversion

_EMPTY = b'"children":[]'


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """The result of an archive while its files are worked on.

    Attributes:
        status: Of the archive itself.
        pieces: Of its line, as they are done; must be taken before the next result.
    """

    status: Status
    pieces: Iterator[bytes]

    @property
    def line(self) -> bytes:
        """All pieces; with many files this takes much memory."""
        return b"".join(self.pieces)


def extract_archive(
    item: Input, tools: Tools, share_out: Callable[[Iterable[Input]], Iterator[FileResult]]
) -> Iterator[FileResult | ArchiveResult]:
    """Yield the one result of an archive.

    Args:
        item: The archive.
        tools: The tools to open it.
        share_out: Extracts files and yields their results in order.

    Raises:
        GongkaiError: The installation is at fault, not the archive.
    """
    with ThreadPoolExecutor(1, "archive") as executor:  # confines a crash of a stage
        work = executor.submit(read_alone, item.path, item.name, tools.sandbox, tools.limits, hold=tools.hold)
        error = work.exception()
    if error is not None:
        yield failure_of(item, error)
        return
    line, conversion = work.result()
    if conversion is None or not conversion.converted.children:
        yield FileResult(line.status, to_json(line))
        return
    with conversion:
        pieces = _pieces(line, share_out(_children(item, conversion)))
        yield ArchiveResult(line.status, pieces)
        for _ in pieces:  # what the caller left
            pass


def _pieces(line: ExtractLine, children: Iterator[FileResult]) -> Iterator[bytes]:
    # A key of JSON stands between bare quotes, and those in a text are escaped: the mark is found nowhere else.
    head, mark, tail = to_json(replace(line, children=())).partition(_EMPTY)
    yield head + mark[:-1]
    for number, child in enumerate(children):
        yield (b"," if number else b"") + child.line.rstrip(b"\n")
    yield b"]" + tail


def _children(archive: Input, conversion: Conversion) -> Iterator[Input]:
    family = len(conversion.converted.children)
    for child in conversion.converted.children:
        name = f"{archive.name}{CHILD_MARK}{child.path}"
        try:
            stored = str(conversion.file_of(child))
        except DocumentError as error:
            yield Input(name, child.path, error.said, category=error.category)
        else:
            yield Input(name, child.path, stored=stored, depth=1, family=family)
