"""Containers and the files inside them: their keys, and the digest of the children in the container's record."""

from collections.abc import Iterable
from dataclasses import dataclass

# Separates the key of a container from the path of a file inside it; a path never contains it.
CHILD_MARK = "!/"
NO_CHILDREN = "0" * 16


@dataclass(frozen=True, slots=True)
class Family:
    """The children of one container.

    Attributes:
        expected: Number of children that the container states.
        emitted: Number of children extracted.
        mark: ``family_mark`` of the extracted children.
    """

    expected: int
    emitted: int
    mark: str


def family_mark(children: Iterable[tuple[str, str]]) -> str:
    """Return an order-independent digest of a set of (key, ETag): 16 hexadecimal digits.

    A sweep computes the same digest from the records it streams, and so compares the children in constant memory.
    """
    mark = NO_CHILDREN
    for key, etag in children:
        mark = with_child(mark, key, etag)
    return mark


def with_child(mark: str, key: str, etag: str) -> str:
    """Return the digest of a set with one more child."""
    import hashlib  # noqa: PLC0415  start-up

    data = f"{key}\0{etag}".encode("utf-8", "surrogatepass")
    added = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())
    return f"{(int(mark, 16) + added) % (1 << 64):016x}"
