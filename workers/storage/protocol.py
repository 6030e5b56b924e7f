"""The interface of every object store; one contract suite in tests/contract runs against each implementation."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

STREAM_BYTES = 1 << 18  # held in memory at once while an object is streamed


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One object as the store lists it.

    Attributes:
        key: Without the bucket.
        etag: Changes whenever the content does; without quotation marks.
        size: In bytes.
        modified_at: Seconds since 1970.
    """

    key: str
    etag: str
    size: int
    modified_at: float


@dataclass(frozen=True, slots=True)
class ObjectStream:
    """One version of an object as a stream: ``chunks`` must be read to the end or closed.

    They raise ``ObjectChangedError`` if the object is written to meanwhile.
    """

    info: ObjectInfo
    chunks: Generator[bytes, None, None]


def begin_stream(chunks: Generator[bytes, None, None]) -> Generator[bytes, None, None]:
    """Return the chunks after the empty first one: closing a generator frees its resources only once it has begun."""
    next(chunks)
    return chunks


class ObjectStore(Protocol):
    """One bucket. Every method may be called from any thread.

    All methods raise ``schemas.errors.DependencyError`` (server ``object store``) when the store cannot be reached.
    """

    def bootstrap(self) -> list[str]:
        """Create the bucket if it is missing and return a line for each thing created."""
        ...

    def describe(self) -> str:
        """Contact the store and return its kind and address in one line."""
        ...

    def stat(self, key: str) -> ObjectInfo | None:
        """Return the object as it is now, or None."""
        ...

    def read(self, key: str) -> bytes | None:
        """Return the content of a small object, or None if it is not there."""
        ...

    def fetch(self, key: str, target: Path, *, most: int | None = None) -> ObjectInfo | None:
        """Stream the object into a local file and return what was fetched, or None if it is not there.

        An object of more than ``most`` bytes is not copied; the caller sees that by its size.
        """
        ...

    def stream(self, key: str) -> ObjectStream | None:
        """Open the current version of the object without copying it, or return None if it is not there."""
        ...

    def write(self, key: str, data: bytes, *, content_type: str = "application/octet-stream") -> None:
        """Store a small object whole or not at all."""
        ...

    def upload(self, key: str, source: Path, *, content_type: str = "application/octet-stream") -> str:
        """Store a local file whole or not at all, streaming; return its ETag."""
        ...

    def remove(self, key: str) -> None:
        """Remove the object; removing what is not there is fine."""
        ...

    def obstacle(self, key: str, folders: Sequence[str]) -> str | None:
        """Return an object that is one of the key's ``folders``, or lies below the key, or None.

        A store might accept both that object and the key's, yet list only one. A store that refuses the second anyway
        returns None.
        """
        ...

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Stream the objects below ``prefix``, ascending by the key's UTF-8 bytes, in constant memory."""
        ...
