"""A folder as a bucket: keys are relative paths.

Files are written under a temporary name and renamed. Symbolic links are neither followed nor listed. A folder that
was never bootstrapped counts as unreachable, not as empty: a disk that is not mounted must not look like a bucket
from which everything was removed.
"""

import logging
import os
import shutil
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO

from schemas.errors import DependencyError, ObjectChangedError
from workers.storage.files import change_mark, look, open_for_reading
from workers.storage.object_keys import KEY_BYTES, KeyRefusedError, ObstructedError, accept, objection
from workers.storage.protocol import STREAM_BYTES, ObjectInfo, ObjectStream, begin_stream

STAGING = ".gongkai-staging"  # where files are written before they are renamed; also the mark of a bootstrapped folder

_ABANDONED_SECONDS = 24 * 3600

_log = logging.getLogger(__name__)


class FolderStore:
    """One folder; see ``ObjectStore`` for the methods.

    Attributes:
        root: The folder, without symbolic links.
    """

    def __init__(self, root: Path, *, durable: bool = True) -> None:
        """Use a folder as bucket, without touching it yet.

        Args:
            root: Created by ``bootstrap``.
            durable: Whether a write must have reached the disk when it returns; not needed for what can be rebuilt.
        """
        self.root = Path(os.path.realpath(root))
        self._staging = self.root / STAGING
        self._durable = durable
        self._serial = count()
        self._longest_key = KEY_BYTES - len(os.fsencode(self.root)) - 2  # the system limits a path to 4096 bytes

    def bootstrap(self) -> list[str]:
        """Create the folder; remove temporary files of interrupted writes older than a day."""
        with self._reaching():
            if self._staging.is_dir():
                _clear_abandoned(self._staging)
                return []
            fresh = not self.root.exists()
            self._staging.mkdir(parents=True)
            if fresh:  # the permissions of an existing folder are its owner's choice
                self.root.chmod(0o700)
        return [f"folder {self.root}"]

    def describe(self) -> str:
        """Return the folder's path."""
        self._require()
        return f"folder {self.root}"

    def stat(self, key: str) -> ObjectInfo | None:
        """Look at a file."""
        path = self._locate(key)
        with self._reaching():
            found = look(path) if path else None
        if found is None:
            self._require()
        return _info(key, found) if found else None

    def read(self, key: str) -> bytes | None:
        """Read a file whole."""
        with self._opened(key) as file:
            return file.read() if file else None

    def fetch(self, key: str, target: Path, *, most: int | None = None) -> ObjectInfo | None:
        """Copy a file out, unless it is too large.

        Raises:
            ObjectChangedError: It was written to meanwhile.
        """
        with self._opened(key) as source:
            if source is None:
                return None
            before = look(source.fileno()) or os.fstat(source.fileno())
            if most is not None and before.st_size > most:
                return _info(key, before)
            with target.open("wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
            if change_mark(before) != change_mark(os.fstat(source.fileno())):
                raise ObjectChangedError(f"{key} was written to while it was read")
        return _info(key, before)

    def stream(self, key: str) -> ObjectStream | None:
        """Open a file; content written over it meanwhile is never returned."""
        path = self._locate(key)
        with self._reaching():
            descriptor = open_for_reading(path) if path else None
        if descriptor is None:
            self._require()
            return None
        found = look(descriptor) or os.fstat(descriptor)
        return ObjectStream(_info(key, found), begin_stream(_chunks(descriptor, key, change_mark(found))))

    def write(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> None:
        """Write a file; the content type is not kept."""
        with self._replacing(key) as file:
            file.write(data)

    def upload(self, key: str, source: Path, *, content_type: str = "application/octet-stream") -> str:
        """Copy a file in; the content type is not kept."""
        with source.open("rb") as original, self._replacing(key) as file:
            shutil.copyfileobj(original, file, 1 << 20)
        found = self.stat(key)
        return found.etag if found else ""

    def remove(self, key: str) -> None:
        """Remove a file; its folder stays."""
        path = self._locate(key)
        with self._reaching():
            if path and look(path):
                path.unlink(missing_ok=True)
        self._require()

    def obstacle(self, key: str, folders: Sequence[str]) -> str | None:
        """Return None: no file system keeps a file and a folder under one name."""
        return None

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Stream the files; memory grows only with the largest folder and the depth."""
        self._require()
        open_folders = [self._entries("")]
        while open_folders:
            key, is_folder = next(open_folders[-1], (None, False))
            if key is None:
                open_folders.pop()
            elif is_folder:
                if prefix.startswith(key) or key.startswith(prefix):
                    open_folders.append(self._entries(key))
            elif key.startswith(prefix):
                with self._reaching():
                    found = look(self.root / key)
                if found:
                    yield _info(key, found)

    def _entries(self, above: str) -> Iterator[tuple[str, bool]]:
        # A folder sorts with its trailing slash, since all keys below it begin so.
        with self._reaching():
            try:
                with os.scandir(self.root / above) as entries:
                    found = [above + entry.name + "/" * entry.is_dir(follow_symlinks=False) for entry in entries]
            except (FileNotFoundError, NotADirectoryError):
                self._require()
                return
        for key in sorted(found, key=os.fsencode):
            if key == f"{STAGING}/":
                continue
            if reason := objection(key.removesuffix("/"), longest=self._longest_key):
                _log.warning("%s: %s %s and is passed over; rename it", self.root, ascii(key), reason)
            else:
                yield key, key.endswith("/")

    def _locate(self, key: str) -> Path | None:
        if objection(key, longest=self._longest_key) or key.split("/", 1)[0] == STAGING:
            return None
        path = self.root / key
        return path if os.path.realpath(path) == str(path) else None

    @contextmanager
    def _opened(self, key: str) -> Iterator[IO[bytes] | None]:
        path = self._locate(key)
        with self._reaching():
            descriptor = open_for_reading(path) if path else None
        if descriptor is None:
            self._require()
            yield None
            return
        with os.fdopen(descriptor, "rb") as file:
            yield file

    @contextmanager
    def _replacing(self, key: str) -> Iterator[IO[bytes]]:
        accept(key, longest=self._longest_key)
        target = self._locate(key)
        if target is None:
            raise KeyRefusedError(f"object key {key!r} leads through a symbolic link or is reserved; rename it")
        temporary = self._staging / f"{os.getpid()}-{time.time_ns()}-{next(self._serial)}"
        with self._reaching():
            try:
                with temporary.open("xb") as file:
                    yield file
                    self._settle(file)
                _place(temporary, target, key)
            finally:
                temporary.unlink(missing_ok=True)

    def _settle(self, file: IO[bytes]) -> None:
        file.flush()
        if self._durable:
            os.fsync(file.fileno())
        # Set the time from a finer clock: two writes within one step of the file system's clock get different times.
        os.utime(file.fileno(), ns=(time.time_ns(),) * 2)

    def _require(self) -> None:
        with self._reaching():
            self._staging.stat()

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            cause = f"{error.strerror} ({error.filename})"
            advice = "is its disk mounted? `gongkai run` and `gongkai doctor --bootstrap` create it where it is new"
            raise DependencyError(f"object store {self.root}", f"{cause}; {advice}") from error


def _chunks(descriptor: int, key: str, mark: str) -> Generator[bytes, None, None]:
    with os.fdopen(descriptor, "rb") as file:
        yield b""
        while chunk := file.read(STREAM_BYTES):
            if change_mark(os.fstat(file.fileno())) != mark:
                raise ObjectChangedError(f"{key} was written to while it was read")
            yield chunk


def _info(key: str, found: os.stat_result) -> ObjectInfo:
    return ObjectInfo(key=key, etag=change_mark(found), size=found.st_size, modified_at=found.st_mtime)


def _place(temporary: Path, target: Path, key: str) -> None:
    try:
        try:
            temporary.replace(target)
        except FileNotFoundError:
            _make_folders(target.parent)
            temporary.replace(target)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise ObstructedError(key, str(error.filename2 or error.filename)) from error


def _make_folders(folder: Path) -> None:
    # Path.mkdir(parents=True) recurses, and a key may have more components than Python allows calls.
    missing = [folder]
    while not missing[-1].parent.is_dir():
        missing.append(missing[-1].parent)
    for path in reversed(missing):
        path.mkdir(exist_ok=True)


def _clear_abandoned(staging: Path) -> None:
    oldest = time.time() - _ABANDONED_SECONDS
    for path in staging.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
