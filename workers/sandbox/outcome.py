"""Translates how a child ended into the outcome of its document."""

import re
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from schemas.blocks import Child, Converted
from schemas.codec import decode_object
from schemas.errors import DocumentError, KilledError, ScanFoundError
from schemas.limits import Limits
from schemas.messages.sentence import Sentence
from schemas.outcomes import Category
from workers.confinement.processes import signal_name
from workers.sandbox.folders import discard
from workers.sandbox.protocol import SCAN_FOUND, ChildEnd, Failure, Stop

_NEAR_THE_LIMIT = 0.8  # of the memory limit: a native parser out of memory often dies by a signal
# A failing allocator aborts (PDFium does), and a buffer that grows by half or doubles fails as early as this.
_GIVES_UP: dict[int, float] = {signal.SIGABRT: 0.4, signal.SIGTRAP: 0.4, signal.SIGILL: 0.4}
_FAULT_PLACE = re.compile(r'  File "([^"\n]{1,400})", line (\d+) in ')
_MEANINGS = {
    "memory_bytes": Sentence.of("limit-memory"),
    "cpu_seconds": Sentence.of("limit-cpu"),
    "wall_seconds": Sentence.of("limit-wall"),
    "written_bytes": Sentence.of("limit-written"),
    "processes": Sentence.of("limit-processes"),
}
_OUT_OF_MEMORY = ("std::bad_alloc", "Out of memory", "out of memory", "Cannot allocate memory", "memory allocation of")


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted document. Close it (or use it in ``with``) when its children are no longer needed.

    Attributes:
        converted: The document.
        data: The same as JSON.
        folder: Holds the files of ``converted.children``; None if there are none.
        seconds: From request to answer.
        cpu_seconds: Of the child and the programs it ran.
        peak_bytes: Largest resident size of the child.
    """

    converted: Converted
    data: bytes
    folder: Path | None
    seconds: float
    cpu_seconds: float
    peak_bytes: int

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the files of the children."""
        if self.folder:
            discard(self.folder)

    def file_of(self, child: Child) -> Path:
        """Return the path of a child's bytes.

        Raises:
            DocumentError: The path leaves the conversion's folder, or is no regular file: an archive may try that.
        """
        root = self.folder.resolve() if self.folder else None
        path = root / child.stored if root else None
        if (
            root is None
            or path is None
            or path.resolve() != path
            or not path.is_relative_to(root)
            or not path.is_file()
        ):
            raise DocumentError(Category.CORRUPT, Sentence.of("child-did-not-come-out", path=child.path))
        return path


def explain(
    ended: ChildEnd, failure: Failure | None, printed: str, limits: Limits
) -> DocumentError | ScanFoundError | None:
    """Return the error that a child's end means for its document, or None if the child succeeded.

    Args:
        ended: How the child ended.
        failure: The error it reported, if any.
        printed: Its printed output, shortened.
        limits: Its resource limits.
    """
    if ended.stop or ended.code < 0:
        return _explain_kill(ended, printed, limits)
    if failure and failure.category == Category.BOMB and not failure.message:
        return _explain_limit(Category.BOMB, "memory_bytes", limits)
    if failure and failure.category == SCAN_FOUND:
        return ScanFoundError(failure.message)
    if failure:
        said = decode_object(Sentence, failure.said) if failure.said else failure.message
        return DocumentError(Category(failure.category), said, page=failure.page)
    if ended.code:
        said = Sentence.of("reader-ended", status=ended.code, said=_last_words(printed))
        return DocumentError(Category.CRASH, said)
    return None


def _explain_kill(ended: ChildEnd, printed: str, limits: Limits) -> DocumentError:
    if ended.stop:
        category = Category.TIMEOUT if ended.stop == Stop.WALL else Category.BOMB
        return _explain_limit(category, ended.stop, limits)
    if ended.code == -signal.SIGXCPU:
        return _explain_limit(Category.TIMEOUT, "cpu_seconds", limits)
    if ended.code == -signal.SIGXFSZ:
        return _explain_limit(Category.BOMB, "written_bytes", limits)
    near = _GIVES_UP.get(-ended.code, _NEAR_THE_LIMIT)
    starved = ended.peak_bytes > near * limits.memory_bytes or any(sign in printed for sign in _OUT_OF_MEMORY)
    if starved:
        return _explain_limit(Category.BOMB, "memory_bytes", limits)
    if ended.code == -signal.SIGKILL:
        return KilledError(Category.CRASH, Sentence.of("reader-killed-by-system"))
    place = _FAULT_PLACE.search(printed)
    said = Sentence.of("reader-killed", signal=signal_name(-ended.code))
    if place:
        where = f"{Path(place[1]).name}:{place[2]}"
        said = Sentence.of("reader-killed-at", signal=signal_name(-ended.code), place=where)
    return DocumentError(Category.CRASH, said)


def _explain_limit(category: Category, limit: str, limits: Limits) -> DocumentError:
    value = float(getattr(limits, limit))
    setting = f"GONGKAI_LIMIT_{limit.upper()}"
    return DocumentError(
        category, Sentence.of("limit-exceeded", limit=limit, value=value, meaning=_MEANINGS[limit], setting=setting)
    )


def _last_words(printed: str) -> str:
    lines = printed.strip().splitlines()
    return f": {lines[-1][:200]}" if lines else ""
