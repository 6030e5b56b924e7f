"""The files inside a container: written under names of our own, within the limits, and nothing left out unsaid.

Every reader of archives and mail hands its members to ``Members``; which bytes they are is the reader's business, what
they are called, where they lie and how many may come out is decided here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Self

from schemas.blocks import Block, Child, Clue, Converted
from schemas.errors import DocumentError
from schemas.limits import Limits
from schemas.litter import is_litter
from schemas.messages.sentence import Said, Sentence
from schemas.outcomes import Category, Problem
from workers.convert.source import Source

CHUNK = 1 << 18
HARMLESS_BYTES = 16 << 20  # below it no expansion is a bomb: a log of one repeated line packs a thousand times
_DISK_BLOCK = 4096
_MAX_PATH_LENGTH = 1_000
_SHOWN = 3
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class FullError(Exception):
    """A limit is reached: no further member comes out."""


@dataclass(slots=True)
class _Reason:
    said: Said
    category: Category | None
    counted: bool
    names: list[str] = field(default_factory=list)


class Sink:
    """One member being written; in ``with``, an error removes what was written of it."""

    def __init__(self, members: "Members", name: str, file: Path) -> None:
        self._members = members
        self._name = name
        self._place = file
        self._file: IO[bytes] = file.open("wb")
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write a piece.

        Raises:
            FullError: It would exceed a limit.
        """
        self._members.charge(len(data), self.size)
        self.size += len(data)
        return self._file.write(data)

    def close(self) -> None:
        """Make what was written a child."""
        self._file.close()
        self._members.children.append(Child(self._members.path_of(self._name), self.size, self._place.name))

    def discard(self) -> None:
        """Remove what was written."""
        self._file.close()
        self._place.unlink()


class Members:
    """The members of one container.

    Attributes:
        children: What came out so far.
        full: Whether a limit was reached.
        open_end: Set by a reader that cannot count what it left unread.
    """

    def __init__(self, source: Source) -> None:
        self.children: list[Child] = []
        self.full: str | None = None
        self.open_end = False
        self._limits: Limits = source.limits
        self._packed = max(1, source.path.stat().st_size)
        self._folder = source.workdir
        self._unpacked = self._on_disk = self._serial = 0
        self._used: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last number given to members of one path
        self._reasons: dict[tuple[str, Category | None], _Reason] = {}

    def add(self, name: str, pieces: Callable[[], Iterable[bytes]]) -> None:
        """Write a member; one that a limit stops is recorded as left out.

        Args:
            name: As it stands in the container.
            pieces: Called for its content; whatever that raises leaves here, with nothing of the member kept.
        """
        try:
            with self.sink(name) as sink:
                for piece in pieces():
                    sink.write(piece)
        except FullError:
            self.leave_at_limit(name)

    def sink(self, name: str) -> Sink:
        """Return where the content of a member goes.

        Raises:
            FullError: No member may come out any more.
        """
        if not self.full and len(self.children) >= self._limits.child_count:
            self.full = "child_count"
        if self.full:
            raise FullError
        self._serial += 1
        return Sink(self, name, self._folder / f"member-{self._serial}")

    def charge(self, length: int, before: int) -> None:
        """Count bytes about to be written to a member that holds ``before`` so far.

        Raises:
            FullError: They would exceed a limit.
        """
        self._unpacked += length
        self._on_disk += -(-(before + length) // _DISK_BLOCK) - -(-before // _DISK_BLOCK)
        if self._unpacked > max(HARMLESS_BYTES, self._limits.expansion_ratio * self._packed):
            self.full = "expansion_ratio"
        elif self._on_disk * _DISK_BLOCK > 0.9 * self._limits.written_bytes:  # the sandbox kills beyond the whole of it
            self.full = "written_bytes"
        if self.full:
            raise FullError

    def is_litter(self, name: str) -> bool:
        """Return whether a member is no document but left by a system or program; it is recorded and left out."""
        if is_litter(name.replace("\\", "/")):
            self.remark(name, Sentence.of("files-litter"))
            return True
        return False

    def leave_out(self, name: str, category: Category, said: Said) -> None:
        """Record a member that does not become a document, and why: ``are encrypted …``."""
        self._note(name, said, category, counted=True)

    def remark(self, name: str, said: Said) -> None:
        """Record what is worth knowing of a name that stands for no document."""
        self._note(name, said, None, counted=False)

    def leave_at_limit(self, name: str) -> None:
        """Record a member that a limit kept inside."""
        limit = self.full or "child_count"
        value = float(getattr(self._limits, limit))
        setting = f"GONGKAI_LIMIT_{limit.upper()}"
        self.leave_out(name, Category.BOMB, Sentence.of("files-at-limit", limit=limit, value=value, setting=setting))

    def converted(self, format_: str, *, blocks: tuple[Block, ...] = (), clues: tuple[Clue, ...] = ()) -> Converted:
        """Return the container as a document of its children.

        Raises:
            DocumentError: Nothing came out of it.
        """
        problems = tuple(self._problem(reason) for reason in self._reasons.values())
        if not self.children and not blocks:
            worst = next((problem for problem in problems if problem.category), None)
            if worst is None or worst.category is None:
                raise DocumentError(Category.EMPTY, Sentence.of("container-empty"))
            raise DocumentError(worst.category, worst.said)
        return self.beside(Converted(format=format_, blocks=blocks, clues=clues))

    def beside(self, converted: Converted) -> Converted:
        """Return a document as the container of its members."""
        left = sum(len(reason.names) for reason in self._reasons.values() if reason.counted)
        return replace(
            converted,
            container=True,
            children=tuple(self.children),
            children_expected=len(self.children) + left,
            problems=(*converted.problems, *(self._problem(reason) for reason in self._reasons.values())),
        )

    def _note(self, name: str, said: Said, category: Category | None, *, counted: bool) -> None:
        reason = self._reasons.setdefault((str(said), category), _Reason(said, category, counted))
        reason.names.append(printable(name)[:200])

    def _problem(self, reason: _Reason) -> Problem:
        count = len(reason.names)
        names = "、".join(reason.names[:_SHOWN]) + (" …" if count > _SHOWN else "")
        said = Sentence.of("files-left-out", count=count, names=names, cause=reason.said)
        if not reason.counted:
            said = Sentence.of("files-remarked", count=count, names=names, cause=reason.said)
        elif self.open_end:
            said = Sentence.of("files-left-out-at-least", count=count, names=names, cause=reason.said)
        return Problem.of("convert", said, reason.category, lossy=reason.counted)

    def path_of(self, name: str) -> str:
        """Return the path of a member that came out, in no other's way and inside the container."""
        plain = printable(name).replace("\\", "/")
        parts = [part for part in plain.split("/") if part not in {"", "."}]
        kept = [part for part in parts if part != ".." and not re.fullmatch("[A-Za-z]:", part)]
        if kept != parts or plain.startswith("/"):
            self.remark(name, Sentence.of("files-outside-names"))
        path = ("/".join(kept) or "unnamed")[-_MAX_PATH_LENGTH:]
        return self._unused(path.replace("!/", "！/"))

    def _unused(self, path: str) -> str:
        # What follows the mark !/ in a key is one child's path, so that a key names its container without doubt.
        pure, number, found = PurePosixPath(path), self._numbers.get(path, 1), path
        while found in self._used:
            number += 1
            found = str(pure.with_name(f"{pure.stem} ({number}){pure.suffix}"))
        self._numbers[path] = number
        self._used.add(found)
        return found


def printable(name: str) -> str:
    """Return a name with a replacement character for each control character and each byte that was no text."""
    return _UNPRINTABLE.sub("\ufffd", name)


def chunks(file: IO[bytes]) -> Iterable[bytes]:
    """Yield the content of an open file, piece by piece."""
    while piece := file.read(CHUNK):
        yield piece
